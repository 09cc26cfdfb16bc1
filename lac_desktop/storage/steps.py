# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts that can be undone, and the record of what each changed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lac_desktop.storage import binding
from lac_desktop.storage.clock import tick

#: What a notebook came with, such as the demo's town: undo stops before it.
BEGINNING = "beginning"
#: Kinds of step that are no human hand: what they change may be updated by a later import.
NOT_BY_HAND = ("import", "undo", "redo", BEGINNING)


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable act: an edit, a bulk edit, a merge, a removal or a whole import.

    ``why`` is a phrase for the history and the undo menu ("Edit Oakham Library"). ``kind`` is a
    word such as "edit", "bulk edit", "merge", "remove", "check" or "import"; changes of an
    "import" do not count as made by hand.
    """

    who: str
    why: str
    when: datetime
    kind: str = "edit"


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step as recorded; ``state`` is "done", "undone" or "dropped" (can no longer be redone).

    ``changes`` counts the values it changed.
    """

    number: int
    who: str
    why: str
    when: datetime
    kind: str
    state: str
    changes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an asset's history, as text for people.

    ``field`` is an attribute of Asset, or "added", "removed" or "brought back" for the whole
    asset (``old`` and ``new`` are then empty). ``erased`` says that the values were erased.
    """

    step: int
    who: str
    when: datetime
    why: str
    kind: str
    field: str
    old: str
    new: str
    erased: bool = False


def begin(db: binding.Connection, step: Step, *, undoes: int | None = None) -> int:
    """Open a step in the caller's writing transaction and return its number.

    Whatever could have been redone no longer can be, unless this step is an undo or a redo.
    """
    if undoes is None:
        db.execute("UPDATE step SET state = 'dropped' WHERE state = 'undone'")
    made = db.execute(
        "INSERT INTO step(who, why, at, kind, by_hand, undoes, clock) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            step.who,
            step.why,
            step.when.isoformat(),
            step.kind,
            int(step.kind not in NOT_BY_HAND),
            undoes,
            _next_clock(db, step.when),
        ),
    )
    number = int(made.lastrowid or 0)
    db.execute("UPDATE act SET step = ?", (number,))
    return number


def resume(db: binding.Connection, number: int) -> None:
    """Let what follows in this transaction belong to a step begun before."""
    db.execute("UPDATE act SET step = ?", (number,))


def _next_clock(db: binding.Connection, when: datetime) -> str:
    kept = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('node', 'clock')").fetchall())
    node = kept.get("node")
    if node is None:
        node = secrets.token_hex(4)
        db.execute("INSERT INTO meta VALUES ('node', ?)", (node,))
    clock = tick(kept.get("clock", ""), when, node)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('clock', ?)", (clock,))
    return clock


def forget_if_empty(db: binding.Connection, number: int) -> bool:
    """Drop a step that changed nothing, and say whether it was dropped."""
    if db.execute("SELECT 1 FROM change WHERE step = ? LIMIT 1", (number,)).fetchone():
        return False
    db.execute("UPDATE act SET step = NULL")
    db.execute("DELETE FROM step WHERE number = ?", (number,))
    return True


_STEPS = """SELECT s.number, s.who, s.why, s.at, s.kind, s.state,
  (SELECT count(*) FROM change c WHERE c.step = s.number)
  FROM step s WHERE s.undoes IS NULL"""


def _done(row: Any) -> StepDone:
    number, who, why, at, kind, state, changes = row
    return StepDone(number, who, why, datetime.fromisoformat(at), kind, state, changes)


def steps(db: binding.Connection, limit: int = 100) -> list[StepDone]:
    """The latest steps, newest first; undos and redos show in the state of what they undid."""
    rows = db.execute(f"{_STEPS} ORDER BY s.number DESC LIMIT ?", (limit,))
    return [_done(row) for row in rows]


def touched(db: binding.Connection, number: int) -> int:
    """How many assets a step changed."""
    row = db.execute(
        "SELECT count(DISTINCT row) FROM change WHERE step = ? AND tbl = 'asset'", (number,)
    )
    return int(row.fetchone()[0])


def next_undo(db: binding.Connection) -> StepDone | None:
    """The step that undo would take back; what the notebook came with is never taken back."""
    row = db.execute(
        f"{_STEPS} AND s.state = 'done' AND s.kind <> ? ORDER BY s.number DESC LIMIT 1",
        (BEGINNING,),
    ).fetchone()
    return None if row is None else _done(row)


def next_redo(db: binding.Connection) -> StepDone | None:
    """The step that redo would bring back: the earliest of those undone."""
    row = db.execute(f"{_STEPS} AND s.state = 'undone' ORDER BY s.number LIMIT 1").fetchone()
    return None if row is None else _done(row)
