# SPDX-License-Identifier: AGPL-3.0-or-later
"""What really lies in a file: its tables and columns, and every row that holds a person's id.

Nothing here knows a table by name, so a table of a later version is found too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lac_desktop.storage import binding

#: Tables that SQLite keeps for itself, full text among them.
_ENGINE = ("shadow", "sqlite_")


@dataclass(frozen=True, slots=True)
class RealTable:
    """One table as the file has it; ``engine`` says that SQLite keeps it for another table."""

    name: str
    columns: tuple[str, ...]
    engine: bool
    rows: int


def tables(db: binding.Connection) -> list[RealTable]:
    """All tables of a file by name, with how many rows each holds."""
    listed = db.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
    found: list[RealTable] = []
    for name, kind in sorted(listed):
        columns = db.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
        engine = kind == _ENGINE[0] or name.startswith(_ENGINE[1])
        rows = 0 if engine else db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        found.append(RealTable(name, tuple(row[0] for row in columns), engine, rows))
    return found


def rows_holding(
    db: binding.Connection, text: str, leave_out: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table in which any column holds the text: table and columns.

    ``leave_out`` names tables that are known otherwise.
    """
    for table in tables(db):
        if table.engine or table.name in leave_out or not table.columns:
            continue
        anywhere = " OR ".join(f'instr("{column}", ?1)' for column in table.columns)
        listed = ", ".join(f'"{column}"' for column in table.columns)
        for row in db.execute(
            f'SELECT {listed} FROM "{table.name}" WHERE {anywhere}',  # noqa: S608
            (text,),
        ).fetchall():
            yield table.name, dict(zip(table.columns, row, strict=True))
