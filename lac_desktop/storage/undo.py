# SPDX-License-Identifier: AGPL-3.0-or-later
"""Undo and redo of a step of any size, by reversing what the change table recorded.

A value is put back only where it still is what the step made it, so a later edit is never lost.
An undo is itself a step in the history; nothing that happened disappears.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.storage import binding, derived
from lac_desktop.storage.indexing import Indexer
from lac_desktop.storage.rows import SELECTED, decode
from lac_desktop.storage.schema import ASSET_COLUMNS, REMOVED
from lac_desktop.storage.steps import Step, StepDone, begin, next_redo, next_undo

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo or redo did: the step concerned, and how many assets it touched.

    ``kept`` counts values and assets left alone because they were changed since.
    """

    step: StepDone
    assets: int
    kept: int


def undo(
    db: binding.Connection,
    *,
    who: str,
    when: datetime,
    indexer: Indexer,
    step: StepDone | None = None,
    progress: Progress = silent,
) -> Undone | None:
    """Take back the latest step, or the one given; None if there is nothing to take back."""
    target = step or next_undo(db)
    if target is None or target.state != "done":
        return None
    return _reverse(db, target, Step(who, target.why, when, "undo"), indexer, progress)


def redo(
    db: binding.Connection,
    *,
    who: str,
    when: datetime,
    indexer: Indexer,
    progress: Progress = silent,
) -> Undone | None:
    """Bring back what was undone last; None if nothing was, or something was done since."""
    target = next_redo(db)
    if target is None:
        return None
    return _reverse(db, target, Step(who, target.why, when, "redo"), indexer, progress)


def _reverse(
    db: binding.Connection, target: StepDone, act: Step, indexer: Indexer, progress: Progress
) -> Undone:
    backwards = act.kind == "undo"
    progress(0, None, "Undoing" if backwards else "Redoing")
    begin(db, act, undoes=target.number)
    fields = db.execute(
        "SELECT tbl, field, count(DISTINCT row) FROM change WHERE step = ? GROUP BY tbl, field",
        (target.number,),
    ).fetchall()
    wanted = changed = 0
    for table, field, rows in fields:
        wanted += rows
        if field == "+":
            changed += _appear(db, target.number, backwards)
        else:
            changed += _put_back(db, table, field, target.number, backwards)
    state = "undone" if backwards else "done"
    db.execute("UPDATE step SET state = ? WHERE number = ?", (state, target.number))
    touched = [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT row FROM change WHERE step = ? AND tbl = 'asset'", (target.number,)
        )
    ]
    _derive(db, touched, indexer, progress)
    return Undone(target, len(touched), wanted - changed)


def _appear(db: binding.Connection, number: int, backwards: bool) -> int:
    """Hide the assets that a step added, unless a hand has changed them since; or show them."""
    rows = "rid IN (SELECT row FROM change WHERE step = :n AND tbl = 'asset' AND field = '+')"
    if not backwards:
        done = db.execute(
            f"UPDATE asset SET removed = '' WHERE removed = 'undone' AND {rows}",  # noqa: S608
            {"n": number},
        )
        return done.rowcount
    done = db.execute(
        "UPDATE asset SET removed = 'undone' WHERE removed = '' "  # noqa: S608
        f"AND {rows} AND NOT EXISTS (SELECT 1 FROM change c JOIN step s ON s.number = c.step "
        "WHERE c.tbl = 'asset' AND c.row = asset.rid AND s.by_hand AND s.state = 'done' "
        "AND s.number <> :n)",
        {"n": number},
    )
    return done.rowcount


def _put_back(db: binding.Connection, table: str, field: str, number: int, backwards: bool) -> int:
    """Set one column of all rows that a step changed to what it was before (or after)."""
    allowed = {"asset": (*ASSET_COLUMNS, REMOVED), "duplicate": ("decision",)}
    if field not in allowed[table]:
        raise ValueError(f"{table}.{field} is not recorded")
    of_step = f"FROM change c WHERE c.step = :n AND c.tbl = '{table}' AND c.field = '{field}'"
    first = f"(SELECT c.old {of_step} AND c.row = {table}.rid ORDER BY c.seq LIMIT 1)"
    last = f"(SELECT c.new {of_step} AND c.row = {table}.rid ORDER BY c.seq DESC LIMIT 1)"
    put, where = (first, last) if backwards else (last, first)
    done = db.execute(
        f"UPDATE {table} SET {field} = {put} "  # noqa: S608
        f"WHERE rid IN (SELECT c.row {of_step}) AND {field} IS {where}",
        {"n": number},
    )
    return done.rowcount


def _derive(
    db: binding.Connection, rids: Sequence[int], indexer: Indexer, progress: Progress
) -> None:
    for start in range(0, len(rids), _CHUNK):
        progress(start, len(rids), "Preparing the search")
        chunk = rids[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        alive = db.execute(
            f"SELECT rid, {SELECTED} FROM asset WHERE removed = '' AND rid IN ({marks})",  # noqa: S608
            chunk,
        ).fetchall()
        derived.remove(db, chunk)
        derived.put(db, [(row[0], decode(row[1:])) for row in alive], indexer, fresh=True)
