# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding assets: one answer for the list and for the map, with walking minutes along streets."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.query import Found, Order, Query
from lac_desktop.geo.reach import Reach
from lac_desktop.services import answers, patch
from lac_desktop.services.answers import Walk
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.places import Place, pace, suggest_places
from lac_desktop.storage import assets as stored
from lac_desktop.storage import complete as completing
from lac_desktop.storage import found_rows, search
from lac_desktop.storage.search import Facets, Hits, Within

#: Up to here walking is along streets even where no limit was asked for; beyond, crow flies.
_STREETS_WITHIN_METRES = 2_000.0

#: The longest walk whose streets are looked at; more would make the laptop wait.
_FURTHEST_WALK_METRES = 6_000.0


@dataclass(frozen=True, slots=True, eq=False)
class FoundSet:
    """Every answer to a query, in order, as columns of one length n.

    ``rids`` int64; ``lats``, ``lons`` float64 degrees (NaN without a point); ``categories`` one
    letter each ("U1"); ``metres`` and ``minutes`` on foot from ``query.near`` (NaN without);
    ``crow`` says which of them are as the crow flies. ``at`` is the local time that "open" was
    asked for and that the rows speak of. ``total`` counts the assets there are at all.
    """

    query: Query
    at: datetime
    rids: NDArray[np.int64]
    lats: NDArray[np.float64]
    lons: NDArray[np.float64]
    categories: NDArray[np.str_]
    metres: NDArray[np.float64]
    minutes: NDArray[np.float64]
    crow: NDArray[np.bool_]
    total: int

    def __len__(self) -> int:
        return len(self.rids)

    def walk(self, place: int) -> Walk:
        """Metres, minutes and crow of the answer at a place in the order."""
        metres = float(self.metres[place])
        if np.isnan(metres):
            return Walk(None, None, False)
        return Walk(metres, float(self.minutes[place]), bool(self.crow[place]))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list under the search box: an asset, a place to look near, or a person."""

    text: str
    detail: str
    asset_id: str = ""
    place: Place | None = None
    person_id: str = ""


def find(notebook: Notebook, query: Query) -> FoundSet:
    """Find everything that fits, sorted; ``query.open_now`` is filled in with the time now."""
    now = notebook.clock()
    at = query.open_at or now
    asked = replace(query, open_at=at) if query.open_now or query.open_at else query
    if query.order is Order.BEST and query.near is None and not query.text.strip():
        asked = replace(asked, order=Order.NAME)  # nothing else says what is best
    limit = walking_limit(notebook, query)
    asked, within = _in_patch(notebook, asked)
    with notebook.vault.read() as db:
        hits = search.search(
            db,
            replace(asked, within_metres=limit, within_minutes=None, limit=None),
            now=now,
            indexer=notebook.indexer,
            within=within,
        )
        total = stored.count(db)
    found = _walked(notebook, asked, hits, limit, at, total)
    return _cut(found, query.limit)


def _in_patch(notebook: Notebook, query: Query) -> tuple[Query, Within | None]:
    """A query with the box round the patch where it asks for that, and the test of its outline.

    In a notebook without a patch everything counts as inside.
    """
    around = patch.box(notebook) if query.patch else None
    if around is None:
        return query, None
    shape, box = notebook.settings.patch, query.box
    if box is not None:
        around = Box(
            max(around.west, box.west), max(around.south, box.south),
            min(around.east, box.east), min(around.north, box.north),
        )  # fmt: skip
    return replace(query, box=around), lambda lats, lons: patch.inside(shape, lats, lons)


def walking_limit(notebook: Notebook, query: Query) -> float | None:
    """The shorter of both limits in metres on foot, or None without one."""
    limits = [query.within_metres] if query.within_metres is not None else []
    if query.within_minutes is not None:
        limits.append(pace(notebook).metres(query.within_minutes))
    return min(limits) if limits and query.near is not None else None


def _walked(
    notebook: Notebook, query: Query, hits: Hits, limit: float | None, at: datetime, total: int
) -> FoundSet:
    """Put walking metres in the place of crow-fly ones, drop what is too far, sort."""
    size = len(hits)
    metres, crow = hits.metres.copy(), np.ones(size, bool)
    if query.near is not None and size:
        metres, crow = _on_foot(notebook, query, hits, limit)
    order = np.arange(size)
    if limit is not None:
        order = order[metres[order] <= limit]
    if _nearest_first(query):
        order = order[np.argsort(metres[order], kind="stable")]
    chosen = metres[order]
    return FoundSet(
        query=query,
        at=at,
        rids=hits.rid[order],
        lats=hits.lat[order],
        lons=hits.lon[order],
        categories=hits.category[order],
        metres=chosen,
        minutes=chosen / pace(notebook).metres_a_minute,
        crow=crow[order],
        total=total,
    )


def _nearest_first(query: Query) -> bool:
    if query.near is None:
        return False
    return query.order is Order.NEAREST or (query.order is Order.BEST and not query.text.strip())


def _on_foot(
    notebook: Notebook, query: Query, hits: Hits, limit: float | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Metres on foot, and which of them are only as the crow flies.

    Without a limit, what lies beyond the streets looked at keeps its crow-fly distance, which is
    then said. With a limit, what the streets do not reach is too far (inf).
    """
    graph = notebook.pack.walk() if notebook.pack else None
    reach = _reach(notebook, query, limit)
    if graph is None or reach is None:
        return hits.metres.copy(), np.ones(len(hits), bool)
    near = np.flatnonzero(hits.metres <= reach.metres)
    snap = notebook.snaps(graph).snap(hits.rid[near], hits.lat[near], hits.lon[near])
    walked = np.full(len(hits), np.inf)
    walked[near] = reach.metres_to(snap)
    crow = np.ones(len(hits), bool)
    crow[near] = snap.crow
    if limit is None or limit > reach.metres:
        beyond = ~np.isfinite(walked)
        walked[beyond] = hits.metres[beyond]
        crow[beyond] = True
    else:
        crow &= np.isfinite(walked)
    return walked, crow


def _reach(notebook: Notebook, query: Query, limit: float | None) -> Reach | None:
    """The streets round where is looked near; None without streets or without a place."""
    graph = notebook.pack.walk() if notebook.pack else None
    if graph is None or query.near is None:
        return None
    within = min(limit or _STREETS_WITHIN_METRES, _FURTHEST_WALK_METRES)
    avoids_steps = pace(notebook).avoids_steps
    return notebook.snaps(graph).reach(query.near, within, avoids_steps=avoids_steps)


def _cut(found: FoundSet, limit: int | None) -> FoundSet:
    if limit is None or len(found) <= limit:
        return found
    columns = ("rids", "lats", "lons", "categories", "metres", "minutes", "crow")
    return replace(found, **{name: getattr(found, name)[:limit] for name in columns})


def rows(
    notebook: Notebook, found: FoundSet, start: int = 0, stop: int | None = None
) -> list[Found]:
    """The answers from ``start`` until before ``stop`` with all that a row shows."""
    part = slice(start, stop)
    with notebook.vault.read() as db:
        listed = found_rows.rows(db, found.rids[part].tolist())
    spells = answers.Spells(notebook, found.at, listed)
    place = {int(rid): i for i, rid in enumerate(found.rids[part], start)}
    return [spells.answer(row, found.walk(place[row.rid])) for row in listed]


def facets(notebook: Notebook, query: Query) -> Facets:
    """Counts for the filter chips under this query: by kind and category, due a check, unknown."""
    now = notebook.clock()
    if query.open_now and query.open_at is None:
        query = replace(query, open_at=now)
    limit = walking_limit(notebook, query)
    asked, within = _in_patch(notebook, query)
    asked = replace(asked, within_metres=limit, within_minutes=None)
    with notebook.vault.read() as db:
        return search.facets(
            db, asked, now=now, indexer=notebook.indexer,
            within=_walkable(notebook, query, limit, within),
        )  # fmt: skip


def _walkable(
    notebook: Notebook, query: Query, limit: float | None, within: Within | None
) -> Within | None:
    """The test of an outline, and of a limit on foot along the streets."""
    reach = None if limit is None else _reach(notebook, query, limit)
    graph = notebook.pack.walk() if notebook.pack else None
    if limit is None or reach is None or graph is None or limit > reach.metres:
        return within

    def walked(lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.bool_]:
        fits = reach.metres_to(graph.snap(lats, lons)) <= limit
        return fits if within is None else fits & within(lats, lons)

    return walked


def complete(notebook: Notebook, text: str, limit: int = 8) -> list[Suggestion]:
    """What the search box offers while one types: assets first, then places to look near."""
    with notebook.vault.read() as db:
        hits = completing.complete(db, text, limit)
    found = [
        Suggestion(hit.name, answers.kind_name(notebook, hit.kind), asset_id=hit.id) for hit in hits
    ]
    near = suggest_places(notebook, text, max(2, limit - len(found)))
    return found + [Suggestion(f"Near {p.words}", p.detail, place=p) for p in near]
