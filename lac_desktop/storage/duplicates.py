# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of assets that may be one: marked, shown side by side, and decided once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lac_desktop.storage import binding
from lac_desktop.storage.assets import rid_of
from lac_desktop.storage.steps import Step, begin, forget_if_empty, resume

DECISIONS = ("", "same", "different")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two assets by id that look alike. ``score`` is 0 to 1, ``reasons`` phrases for people
    ("same telephone number"), ``decision`` "" (open), "same" or "different"."""

    a: str
    b: str
    score: float = 0.0
    reasons: Sequence[str] = ()
    decision: str = ""


def mark(db: binding.Connection, pairs: Iterable[Pair]) -> int:
    """Mark pairs as alike and return how many were new; decided ones stay as decided.

    Pairs with an id that is not there are passed over.
    """
    new = 0
    for pair in pairs:
        rids = _rids(db, pair.a, pair.b)
        if rids is None:
            continue
        made = db.execute(
            "INSERT INTO duplicate(a, b, score, reasons, decision) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (a, b) DO NOTHING",
            (*rids, pair.score, json.dumps(list(pair.reasons)), pair.decision),
        )
        new += made.rowcount
    return new


def decide(db: binding.Connection, a: str, b: str, decision: str, *, step: Step | int) -> int:
    """Decide whether two assets are the same, undoably; return the step's number (0: no change).

    A pair that was not marked before is marked now.
    """
    if decision not in DECISIONS:
        raise ValueError(f"not a decision: {decision}")
    own = isinstance(step, Step)
    number = begin(db, step) if isinstance(step, Step) else step
    resume(db, number)
    rids = _rids(db, a, b)
    if rids is None:
        raise ValueError("a pair needs two assets that are there")
    mark(db, [Pair(a, b)])
    db.execute("UPDATE duplicate SET decision = ? WHERE a = ? AND b = ?", (decision, *rids))
    return 0 if own and forget_if_empty(db, number) else number


def pairs(db: binding.Connection, decision: str | None = "") -> list[Pair]:
    """The pairs with a decision (None: any) of which both are still there, likeliest first."""
    rows = db.execute(
        "SELECT a.id, b.id, d.score, d.reasons, d.decision FROM duplicate d "
        "JOIN asset a ON a.rid = d.a JOIN asset b ON b.rid = d.b "
        "WHERE a.removed = '' AND b.removed = '' AND (?1 IS NULL OR d.decision = ?1) "
        "ORDER BY d.score DESC, d.rid",
        (decision,),
    )
    return [Pair(a, b, score, tuple(json.loads(why)), said) for a, b, score, why, said in rows]


def _rids(db: binding.Connection, a: str, b: str) -> tuple[int, int] | None:
    """The row numbers of a pair, the smaller first; None if either is missing or both are one."""
    one, other = rid_of(db, a), rid_of(db, b)
    if one is None or other is None or one == other:
        return None
    return min(one, other), max(one, other)
