# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people.db holds about one person beside the records themselves, and counts of it.

For answers to requests and for previews of an erasure: history, who looked, drafts, mentions.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from lac_desktop.storage import binding, people_records
from lac_desktop.storage.people_tables import BY_NOUN, TABLES

T = TypeVar("T")


def history(db: binding.Connection, table: str, rid: int) -> list[tuple[Any, ...]]:
    """Changes of one row that still hold values: seq, at, who, field, old, new."""
    return db.execute(
        "SELECT c.seq, s.at, s.who, c.field, c.old, c.new FROM change c "
        "JOIN step s ON s.number = c.step WHERE c.tbl = ? AND c.row = ? AND c.erased = 0",
        (table, rid),
    ).fetchall()


def count_history(db: binding.Connection, rows: Mapping[str, Iterable[int]]) -> int:
    """How many changes hold earlier versions of these rows."""
    question = "SELECT count(*) FROM change WHERE tbl = ? AND row = ? AND erased = 0"
    return sum(
        int(db.execute(question, (table, rid)).fetchone()[0])
        for table, rids in rows.items()
        for rid in rids
    )


def looks(db: binding.Connection, person: str) -> list[tuple[str, str, str, str]]:
    """Every line of the access log about a person, the first first: at, who, what, detail."""
    return db.execute(
        "SELECT at, who, what, detail FROM access WHERE person = ? ORDER BY seq", (person,)
    ).fetchall()


def drafts_naming(db: binding.Connection, person: str) -> list[tuple[str, str]]:
    """Drafts with a person's number in them: when they were kept, and their value as JSON."""
    return db.execute(
        "SELECT kept, value FROM draft WHERE instr(person, ?1) OR instr(value, ?1)", (person,)
    ).fetchall()


def count_drafts(db: binding.Connection, person: str) -> int:
    """How many drafts are of a person."""
    question = "SELECT count(*) FROM draft WHERE instr(person, ?)"
    return int(db.execute(question, (person,)).fetchone()[0])


def _naming(columns: Iterable[str]) -> str:
    """A condition on rows that hold the text ``?1`` in any of these columns."""
    return " OR ".join(f'instr("{column}", ?1)' for column in columns)


def records_naming(db: binding.Connection, noun: type[T], person: str) -> list[T]:
    """Records of a noun that hold a person's number in any column, oldest first."""
    return people_records.meeting(db, noun, _naming(BY_NOUN[noun].columns), (person,))


def count_linked(db: binding.Connection, own: Mapping[str, set[int]], person: str) -> int:
    """How many records of others, conversations aside, name a person by number.

    ``own`` are the row numbers by table that are the person's own.
    """
    found = 0
    for table in TABLES.values():
        if table.shared:
            continue
        listed = db.execute(
            f"SELECT rid FROM {table.name} WHERE {_naming(table.columns)}",  # noqa: S608 own names
            (person,),
        ).fetchall()
        found += len({row[0] for row in listed} - own.get(table.name, set()))
    return found


def unsorted_notes(db: binding.Connection) -> list[tuple[str, str]]:
    """Quick notes that belong to nobody yet: text, and when they were made."""
    return db.execute("SELECT text, made FROM quick_note WHERE person = ''").fetchall()


def first_look(db: binding.Connection) -> date | None:
    """The day of the oldest line of the access log."""
    row = db.execute("SELECT min(at) FROM access").fetchone()
    return date.fromisoformat(row[0][:10]) if row[0] else None


def forget_looks(db: binding.Connection, before: date) -> None:
    """Take the lines of the access log before a day away."""
    db.execute("DELETE FROM access WHERE at < ?", (before.isoformat(),))
