# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assets nearby as candidates for the ladder, with the facts that its rules need."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.freshness import Freshness, freshness
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.interests import fold
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.wording import time_range
from lac_desktop.ladder.candidate import Candidate, Wanted
from lac_desktop.ladder.phrases import stems
from lac_desktop.services import find
from lac_desktop.services.indexing import from_minutes
from lac_desktop.services.ladder_heard import Heard
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage.indexing import Interval

#: How far on foot a suggestion may be, in minutes.
FURTHEST_MINUTES = 30.0
#: So many assets are read whole: the nearest of the kinds looked for, and the best by words.
_MOST, _MOST_BY_WORDS = 160, 120
_WEEK = timedelta(days=7)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def candidates(notebook: Notebook, heard: Heard, wanted: Wanted) -> list[Candidate]:
    """Assets that could be suggested: of the kinds looked for, that speak of what is loved, or
    that they went to. Confidential places are never among them.
    """
    near = heard.asked.near
    chosen: dict[int, tuple[float, bool]] = {}
    for query in _queries(heard, wanted, near):
        found = find.find(notebook, query)
        for place, rid in enumerate(found.rids.tolist()):
            walk = found.walk(place)
            minutes = -1.0 if walk.minutes is None else walk.minutes
            chosen.setdefault(rid, (minutes, walk.crow))
    with notebook.vault.read() as db:
        near_by = stored.by_rids(db, chosen)
        been = stored.get_many(db, wanted.been - {asset.id for asset in near_by.values()})
    held = [(asset, chosen[rid]) for rid, asset in near_by.items()]
    held += [(asset, None) for asset in been.values()]
    facts = _Facts(notebook, heard, notebook.clock())
    return [
        facts.candidate(asset, walk)
        for asset, walk in held
        if not asset.confidential and asset.kind not in heard.table.never
    ]


def _queries(heard: Heard, wanted: Wanted, near: Point | None) -> list[Query]:
    """What to look for: kinds, then whatever speaks of what is loved, said or gone through."""
    kinds = {kind for _name, _words, of in (*wanted.loves, *wanted.gifts) for kind in of}
    kinds |= set(wanted.situations)
    for scenario in heard.scenarios[:2]:
        for approach_id in scenario.approaches:
            approach = heard.table.approach(approach_id)
            kinds |= set(approach.kinds) if approach else set()
    for approach in heard.approaches:
        kinds |= set(approach.kinds)
    basis = Query(near=near, within_minutes=FURTHEST_MINUTES if near else None)
    queries: list[Query] = []
    if kinds:
        order = Order.NEAREST if near else Order.NAME
        queries.append(replace(basis, kinds=frozenset(kinds), order=order, limit=_MOST))
    if words := tuple(" ".join(stems(phrase)) for phrase in wanted.search_words):
        order = Order.NEAREST if near else Order.NAME
        queries.append(replace(basis, any_of=words, order=order, limit=_MOST_BY_WORDS))
    return queries


@dataclass(slots=True)
class _Facts:
    """Works out the facts of assets for one question."""

    notebook: Notebook
    heard: Heard
    now: datetime
    _open: dict[str, list[Interval]] = field(default_factory=dict)  # by hours, for this week

    def candidate(self, asset: Asset, walk: tuple[float, bool] | None) -> Candidate:
        """One asset as the rules see it; without a walk it is out of reach, or has no place."""
        kinds = self.notebook.kinds
        kind = kinds.kinds.get(asset.kind)
        asked = self.heard.asked
        far = walk is None and asked.near is not None and asset.point is not None
        minutes = walk[0] if walk is not None and walk[0] >= 0 else None
        state = freshness(asset.checked_on, kind.fresh_months if kind else 6, self.now.date())
        return Candidate(
            key=f"asset:{asset.id}",
            title=asset.name,
            kind=asset.kind,
            kind_name=kind.name if kind else asset.kind,
            category=kind.category if kind else "",
            rung=self.heard.table.rung(asset.kind, kind.category if kind else ""),
            words=fold(" ".join(_texts(asset, kind.name if kind else ""))),
            name_words=fold(f"{asset.name} {asset.name_cy}"),
            asset_id=asset.id,
            minutes=minutes,
            crow=walk[1] if walk else False,
            far=far,
            open_then=self._open_then(asset),
            hours_known=bool(asset.hours or asset.sessions),
            access=dict(asset.access),
            greeter=asset.greeter,
            cost=asset.cost,
            languages=asset.languages,
            known=asset.known,
            fresh=state is Freshness.FRESH,
            never_checked=asset.checked_on is None,
            vanished=asset.vanished_on is not None,
            could_give=fold(f"{asset.could_give} {asset.gives}"),
            gives=asset.gives,
        )

    def _open_then(self, asset: Asset) -> str | None:
        """When in the next seven days it is open while the person is free; see Candidate."""
        if not self.heard.asked.free_times:
            return ""
        if not asset.hours and not asset.sessions:
            return None
        start, end = _minutes(self.now), _minutes(self.now + _WEEK)
        free = self._hours(self.heard.asked.free_times, start, end)
        spells = [*self.notebook.indexer.sessions(asset, start, end)]
        spells += self._hours(asset.hours, start, end) if asset.hours else []
        shared = [
            (max(a, c), min(b, d))
            for a, b, _maybe in sorted(spells)
            for c, d, _unsure in free
            if min(b, d) - max(a, c) >= 30
        ]
        if not shared:
            return ""
        first, last = (from_minutes(minute) for minute in min(shared))
        return f"{_DAYS[first.weekday()]} {time_range(first, last)}"

    def _hours(self, spec: str, start: int, end: int) -> list[Interval]:
        """When hours are open this week; many places keep the same ones."""
        if spec not in self._open:
            self._open[spec] = list(self.notebook.indexer.hours(spec, start, end))
        return self._open[spec]


def _texts(asset: Asset, kind: str) -> list[str]:
    """Everything that an asset says of itself."""
    sessions = [f"{one.title} {one.note}" for one in asset.sessions]
    return [asset.name, asset.name_cy, kind, asset.description, asset.gives, *sessions]


def _minutes(when: datetime) -> int:
    return int((when - datetime(1970, 1, 1)).total_seconds() // 60)
