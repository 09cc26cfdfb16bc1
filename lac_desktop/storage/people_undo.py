# SPDX-License-Identifier: AGPL-3.0-or-later
"""Undo and redo of a step about people, by reversing what the change table recorded.

A value is put back only where it still is what the step made it. A row that was deleted comes
back from its record, unless that was erased.
"""

import json
from datetime import datetime
from typing import Any, TypeVar

from lac_desktop.storage import binding
from lac_desktop.storage.people_records import rederive, underive
from lac_desktop.storage.people_tables import BY_NOUN, TABLES, decode
from lac_desktop.storage.steps import Step, StepDone, begin, next_redo, next_undo

T = TypeVar("T")


def undo(db: binding.Connection, *, who: str, when: datetime) -> StepDone | None:
    """Take back the latest step; None if there is nothing to take back."""
    target = next_undo(db)
    return _reverse(db, target, Step(who, target.why, when, "undo")) if target else None


def redo(db: binding.Connection, *, who: str, when: datetime) -> StepDone | None:
    """Bring back what was undone last; None if nothing was, or something was done since."""
    target = next_redo(db)
    return _reverse(db, target, Step(who, target.why, when, "redo")) if target else None


def added(db: binding.Connection, noun: type[T], step: int) -> list[T]:
    """The records of a noun that a step added, as it added them; erased ones left out."""
    table = BY_NOUN[noun]
    rows = db.execute(
        "SELECT new FROM change WHERE step = ? AND tbl = ? AND field = '+' AND NOT erased "
        "ORDER BY seq",
        (step, table.name),
    ).fetchall()
    kept = [json.loads(row[0]) for row in rows]
    return [decode(noun, [one["id"], *(one[name] for name in table.columns)]) for one in kept]


def _reverse(db: binding.Connection, target: StepDone, act: Step) -> StepDone:
    backwards = act.kind == "undo"
    begin(db, act, undoes=target.number)
    changes = db.execute(
        "SELECT tbl, row, field, old, new, erased FROM change WHERE step = ? ORDER BY seq",
        (target.number,),
    ).fetchall()
    talks: set[int] = set()
    for table, rid, field, old, new, erased in reversed(changes) if backwards else changes:
        if erased:
            continue
        if table == "conversation":
            talks.add(rid)
        _one(db, table, rid, field, (old, new) if backwards else (new, old), backwards)
    rederive(db, talks)
    state = "undone" if backwards else "done"
    db.execute("UPDATE step SET state = ? WHERE number = ?", (state, target.number))
    return target


def _one(
    db: binding.Connection, table: str, rid: int, field: str, values: Any, backwards: bool
) -> None:
    """Reverse one change: ``values`` are what to put and what must be there now."""
    put, now = values
    if table not in TABLES:
        raise ValueError(f"{table} is not recorded")
    if field in ("+", "-"):
        if (field == "+") == backwards:
            if table == "conversation":
                underive(db, rid)
            db.execute(f"DELETE FROM {table} WHERE rid = ?", (rid,))  # noqa: S608
        else:
            _bring_back(db, table, rid, json.loads(put))
        return
    if field not in TABLES[table].columns:
        raise ValueError(f"{table}.{field} is not recorded")
    db.execute(
        f'UPDATE {table} SET "{field}" = ? WHERE rid = ? AND "{field}" IS ?',  # noqa: S608
        (put, rid, now),
    )


def _bring_back(db: binding.Connection, table: str, rid: int, kept: dict[str, Any]) -> None:
    columns = ("id", *TABLES[table].columns)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * (len(columns) + 1))
    db.execute(
        f"INSERT OR IGNORE INTO {table}(rid, {names}) VALUES ({marks})",  # noqa: S608
        (rid, *(kept.get(name) for name in columns)),
    )
