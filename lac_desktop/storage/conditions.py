# SPDX-License-Identifier: AGPL-3.0-or-later
"""The filters of a query as SQL over ``asset_find a``."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lac_desktop.domain.asset import ACCESS_FACTS, Known
from lac_desktop.domain.query import Query
from lac_desktop.storage import binding
from lac_desktop.storage.horizon import DAY, current, minutes
from lac_desktop.storage.indexing import Indexer, Interval
from lac_desktop.storage.rows import KNOWN_RANK, SELECTED, decode

_DUPLICATES = """a.rid IN (
  SELECT d.a FROM duplicate d JOIN asset_find x ON x.rid = d.b WHERE d.decision = ''
  UNION ALL SELECT d.b FROM duplicate d JOIN asset_find x ON x.rid = d.a WHERE d.decision = '')"""
_NOW = "day = :day AND start <= :at AND until > :at AND unknown = 0"


@dataclass(slots=True)
class Conditions:
    """Conditions that all must hold, and the values of their parameters."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, part: str, **values: Any) -> None:
        """Ask for one more thing."""
        self.parts.append(part)
        self.values.update(values)

    def one_of(self, column: str, choices: frozenset[str]) -> None:
        """Ask that a column holds one of some words; no choices ask nothing."""
        if choices:
            names = {f"{column}{i}": choice for i, choice in enumerate(sorted(choices))}
            self.add(f"a.{column} IN ({', '.join(':' + name for name in names)})", **names)

    @property
    def sql(self) -> str:
        """The conditions joined, to follow WHERE or AND."""
        return " AND ".join(self.parts) or "1"


def conditions(
    db: binding.Connection,
    query: Query,
    now: datetime,
    indexer: Indexer | None,
    *,
    few: bool,
) -> Conditions:
    """Everything a query asks for but place and text.

    ``few`` says that a small number of rows is looked at, which are then looked up one by one.
    ``indexer`` is needed for a time outside the stored horizon; ValueError without it.
    """
    wanted = Conditions()
    wanted.one_of("kind", query.kinds)
    wanted.one_of("category", query.categories)
    bits = sum(1 << ACCESS_FACTS.index(fact) for fact in query.access if fact in ACCESS_FACTS)
    if query.access - frozenset(ACCESS_FACTS):
        raise ValueError(f"unknown access facts: {sorted(query.access - frozenset(ACCESS_FACTS))}")
    if bits:
        wanted.add("(a.access & :access) = :access", access=bits)
    if query.free:
        wanted.add("a.free = 1")
    if query.has_greeter:
        wanted.add("a.greeter = 1")
    if query.stale:
        wanted.add("a.due <= :today", today=now.toordinal())
    if query.known_at_least is not Known.UNKNOWN:
        wanted.add("a.known >= :known", known=KNOWN_RANK[query.known_at_least.value])
    if query.nobody_known:
        wanted.add("a.known < :somebody", somebody=KNOWN_RANK[Known.KNOW_SOMEONE.value])
    if query.vanished:
        wanted.add("a.vanished = 1")
    if query.has_duplicate:
        wanted.add(_DUPLICATES)
    when = query.open_at or (now if query.open_now else None)
    if when is not None:
        _open_at(db, wanted, minutes(when), indexer, few=few)
    return wanted


def _open_at(
    db: binding.Connection, wanted: Conditions, at: int, indexer: Indexer | None, *, few: bool
) -> None:
    start, end = current(db)
    if not start <= at < end:
        _open_far_away(db, wanted, at, indexer)
        return
    hours = f"SELECT hours FROM hours_interval WHERE {_NOW}"  # noqa: S608
    sessions = f"SELECT asset FROM session_interval WHERE {_NOW}"  # noqa: S608
    if few:
        part = (
            f"(EXISTS ({hours} AND hours = a.hours) "
            f"OR (a.sessions = 1 AND EXISTS ({sessions} AND asset = a.rid)))"
        )
    else:
        part = f"(a.hours IN ({hours}) OR a.rid IN ({sessions}))"
    wanted.add(part, day=at // DAY, at=at)


def _open_far_away(
    db: binding.Connection, wanted: Conditions, at: int, indexer: Indexer | None
) -> None:
    """A time for which nothing is stored: each distinct value is worked out once."""
    if indexer is None:
        raise ValueError("a time outside the stored horizon needs the indexer")
    specs = db.execute("SELECT rid, spec FROM hours").fetchall()
    hours = [rid for rid, spec in specs if _holds(indexer.hours(spec, at, at + 1), at)]
    rows = db.execute(
        f"SELECT rid, {SELECTED} FROM asset "  # noqa: S608
        "WHERE rid IN (SELECT rid FROM asset_find WHERE sessions = 1)"
    ).fetchall()
    there = [row[0] for row in rows if _holds(indexer.sessions(decode(row[1:]), at, at + 1), at)]
    wanted.add(
        "(a.hours IN (SELECT value FROM json_each(:hours)) "
        "OR a.rid IN (SELECT value FROM json_each(:there)))",
        hours=json.dumps(hours),
        there=json.dumps(there),
    )


def _holds(intervals: Any, at: int) -> bool:
    some: list[Interval] = list(intervals)
    return any(start <= at < end and not unknown for start, end, unknown in some)
