# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rescue what can be read of a damaged notebook into a new one; the damaged one is only read.

SQLCipher checks every page, so a row comes out as it was written or not at all. Tables are read
by row number in halves: where a span cannot be read it is split, down to single rows.
"""
# ruff: noqa: S608 - every name in these statements comes from this package's own schema

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import DamagedVaultError
from lac_desktop.storage import backup, binding, keys, location, migrations, people_records
from lac_desktop.storage import people_schema_read as schema_read
from lac_desktop.storage.backup import COMMUNITY, PEOPLE
from lac_desktop.storage.failures import told
from lac_desktop.storage.people_tables import TABLES
from lac_desktop.storage.seal import broken_at

_PLANS = {COMMUNITY: migrations.community, PEOPLE: migrations.people}
#: Made anew rather than copied: the search, and what the migrations write.
_MADE = ("asset_find", "asset_rt", "asset_fts", "asset_quick", "words", "word", "hours",
         "hours_interval", "session_interval", "conversation_person", "_sqlite_migrations",
         "act")  # fmt: skip
_CHAIN = ("change", "change_proof")
_SPAN = 4096
#: Row number up to which is looked where the file cannot say its highest.
_HIGHEST = 1 << 18
#: After so many places that cannot be read, what is left of a table is given up: some seconds.
_MOST_FAILURES = 8_000
_DAMAGED = "damaged"


@dataclass(slots=True)
class Salvaged:
    """What came out: rows by table, and sentences on what did not."""

    rows: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def salvage(folder: Path, secret: str, target: Path, progress: Progress = silent) -> Salvaged:
    """Copy every readable row of both files into a new notebook that the same secrets open.

    ``target`` must be free; it appears whole. Raises WrongPassphraseError, or DamagedVaultError
    where neither copy of the keys can be read.
    """
    location.refuse_network(target)
    bundle = keys.unwrap(keys.load(folder), secret)
    found = Salvaged()
    try:
        with backup.folder_beside(target) as temporary, told():
            for name in (keys.NAME, keys.COPY_NAME):
                if (folder / name).is_file():
                    shutil.copyfile(folder / name, temporary / name)
            for name, key in ((COMMUNITY, bundle.community), (PEOPLE, bundle.people)):
                _one_file(folder / name, temporary / name, key, bundle.chain, found, progress)
            if not any(found.rows.get(table) for table in ("asset", "person", "conversation")):
                found.lost.append("No place and no person could be read.")
            shutil.rmtree(temporary / _DAMAGED, ignore_errors=True)
            temporary.rename(target)
    finally:
        bundle.wipe()
    return found


def _one_file(
    file: Path, new: Path, key: bytearray, chain: bytearray, found: Salvaged, progress: Progress
) -> None:
    plan = _PLANS[file.name]()
    made = binding.connect(new, key)
    try:
        migrations.migrate(made, plan, lambda _version: None)
        source = _opened(file, new.parent / _DAMAGED, key)
        if source is None:
            found.lost.append(f"Nothing of {file.name} can be read; restore a backup for it.")
            return
        try:
            _copy_all(source, made, file.name, found, progress)
        finally:
            source.close()
        _finish(made, plan, chain, file.name, found)
    finally:
        made.close()


class _Damaged:
    """A copy of the damaged file, for reading; opened anew after each page that cannot be read.

    A copy, because opening a file with a write-ahead log changes it. Opened anew, because a page
    that fails its check leaves SQLCipher's connection unable to read the others.
    """

    def __init__(self, file: Path, key: bytearray) -> None:
        self._file, self._key = file, key
        self._connection = binding.reader(file, key)

    def rows(self, question: str, values: tuple[Any, ...] = ()) -> list[Any] | None:
        """The rows of a question, or None where a page of them cannot be read."""
        try:
            return self._connection.execute(question, values).fetchall()
        except binding.Error:
            self._connection.close()
            self._connection = binding.reader(self._file, self._key)
            return None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _opened(file: Path, aside: Path, key: bytearray) -> _Damaged | None:
    """The damaged file for reading, or None where not even its tables can be listed."""
    if not file.is_file() or file.stat().st_size == 0:
        return None
    aside.mkdir(exist_ok=True)
    for part in (file, file.with_name(f"{file.name}-wal")):
        if part.is_file():
            shutil.copyfile(part, aside / part.name)
    try:
        return _Damaged(aside / file.name, key)
    except binding.Error:
        return None


def _copy_all(
    source: _Damaged,
    made: binding.Connection,
    name: str,
    found: Salvaged,
    progress: Progress,
) -> None:
    made.execute("PRAGMA foreign_keys = OFF")
    made.execute("BEGIN IMMEDIATE")
    for trigger in [
        r[0] for r in made.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
    ]:
        made.execute(f'DROP TRIGGER "{trigger}"')
    for table in schema_read.tables(made):
        if table.engine or table.name in _MADE:
            continue
        progress(0, None, "Rescuing")
        copied, whole = _copy(source, made, table.name)
        found.rows[table.name] = found.rows.get(table.name, 0) + copied
        if not whole:
            found.lost.append(f"Part of “{table.name}” in {name} could not be read.")
    made.execute("COMMIT")


def _copy(source: _Damaged, made: binding.Connection, table: str) -> tuple[int, bool]:
    """Copy one table; how many rows came, and whether all of it could be read."""
    wanted = {r[0] for r in made.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    there = source.rows("SELECT name FROM pragma_table_info(?)", (table,))
    if there is None:
        return 0, False
    columns = [row[0] for row in there if row[0] in wanted]
    if not columns:
        return 0, True  # a table of a later version than the file's
    listed = ", ".join(f'"{column}"' for column in columns)
    insert = f'INSERT OR REPLACE INTO "{table}"({listed}) VALUES ({", ".join("?" * len(columns))})'
    rows = source.rows(f'SELECT {listed} FROM "{table}"')
    if rows is not None:
        made.executemany(insert, rows)
        return len(rows), True
    copied = 0
    for some in _spans(source, table, listed, _has_rowid(made, table)):
        made.executemany(insert, some)
        copied += len(some)
    return copied, False


def _has_rowid(made: binding.Connection, table: str) -> bool:
    found = made.execute("SELECT wr FROM pragma_table_list WHERE name = ?", (table,)).fetchone()
    return found is not None and not found[0]


def _spans(source: _Damaged, table: str, listed: str, by_row: bool) -> Iterator[list[Any]]:
    """The rows of a damaged table that can be read, in spans split down to single rows."""
    if not by_row:
        return  # without row numbers there is no way around the damage
    known = source.rows("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    highest = source.rows(f'SELECT max(rowid) FROM "{table}"')
    ends = [row[0] for rows in (known, highest) if rows for row in rows if row[0]]
    high = max(ends, default=_HIGHEST)
    pending = [(start, min(start + _SPAN - 1, high)) for start in range(1, high + 1, _SPAN)]
    question = f'SELECT {listed} FROM "{table}" WHERE rowid BETWEEN ? AND ?'
    failures = 0
    while pending and failures < _MOST_FAILURES:
        start, end = pending.pop()
        rows = source.rows(question, (start, end))
        if rows is not None:
            yield rows
            continue
        failures += 1
        if start < end:
            middle = (start + end) // 2
            pending += [(start, middle), (middle + 1, end)]


def _finish(
    made: binding.Connection, plan: migrations.Plan, chain: bytearray, name: str, found: Salvaged
) -> None:
    """Take out what points nowhere, derive what is derived, and guard the file again."""
    made.execute("BEGIN IMMEDIATE")
    if broken_at(made, chain) is not None:
        for table in ("field_clock", *_CHAIN, "import_batch", "step"):
            if table in {one.name for one in schema_read.tables(made)}:
                made.execute(f"DELETE FROM {table}")
        made.execute("DELETE FROM sqlite_sequence WHERE name IN ('change', 'step')")
        found.lost.append(f"The history of {name} is not whole, so it was left behind.")
    _drop_orphans(made)
    if name == COMMUNITY:
        made.execute("DELETE FROM meta WHERE key = 'indexed by'")  # derived at the next unlocking
    else:
        people_records.rederive(
            made, [row[0] for row in made.execute("SELECT rid FROM conversation").fetchall()]
        )
    migrations.install_triggers(made, plan)
    made.execute("COMMIT")
    made.execute("PRAGMA foreign_keys = ON")
    made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if made.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise DamagedVaultError("The rescued copy did not pass its check.", "Restore a backup.")


def _drop_orphans(made: binding.Connection) -> None:
    """Delete rows that point to rows which could not be rescued."""
    while orphans := made.execute("PRAGMA foreign_key_check").fetchall():
        for table, rid, _other, _number in orphans:
            if rid is None or table in TABLES:
                raise DamagedVaultError("The copy does not fit together.", "Restore a backup.")
            made.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rid,))
