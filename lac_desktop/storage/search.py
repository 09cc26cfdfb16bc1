# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding assets: by place, words, kind, opening time and every other filter of a query.

Three forms of SQL, by what narrows the most. With a place: the R*Tree first, then each candidate
is looked up. The rows that hold the words are listed once for that (0.3 µs each), unless they
outnumber the candidates by far: asking the full-text table about one row costs 15 µs a word.
With words: the full-text table first, ranked by bm25. Else a walk over the narrow table
``asset_find``.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import METRES_PER_DEGREE, Box, Point, box_around
from lac_desktop.domain.query import Order, Query
from lac_desktop.storage import binding, match
from lac_desktop.storage.complete import Completion, complete
from lac_desktop.storage.conditions import Conditions, conditions
from lac_desktop.storage.found_rows import Row, rows
from lac_desktop.storage.indexing import Indexer

__all__ = ["Completion", "Facets", "Hits", "Row", "complete", "facets", "rows", "search"]

#: More candidates in a box than this, and the words are looked up first.
_MANY = 3000
#: Asking about one row costs as much as listing so many that hold the words, for each word asked.
_LISTED_FOR_ONE_ASKED = 50
#: So many are hardly ever listed, so that counting them first would cost more than it saves.
_NEVER_DEAR = 100_000
#: Metres walked in a minute, at the slow pace of 4.8 km/h, where no street graph is at hand.
METRES_PER_MINUTE = 80.0
#: The R*Tree rounds outwards to float32, so the exact position decides.
_EXACTLY = "a.lon BETWEEN :west AND :east AND a.lat BETWEEN :south AND :north"
_IN_BOX = (
    "r.east >= :west AND r.west <= :east AND r.north >= :south AND r.south <= :north "
    f"AND {_EXACTLY}"
)
_HAS_WORDS = "EXISTS (SELECT 1 FROM asset_fts WHERE rowid = a.rid AND asset_fts MATCH {})"
#: The plus keeps SQLite from beginning with the list, a thousand times slower.
_LISTED = "+a.rid IN (SELECT rowid FROM asset_fts WHERE asset_fts MATCH {})"
_BY_PLACE = "asset_rt r CROSS JOIN asset_find a ON a.rid = r.rid"
_BY_WORDS = "asset_fts CROSS JOIN asset_find a ON a.rid = asset_fts.rowid"


#: Which of these positions (latitudes, longitudes; NaN for none) lie in an area.
Within = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """What was found, in order: arrays of one length.

    ``rid`` row numbers (int64); ``lat``, ``lon`` WGS84 degrees (float64, NaN without a position);
    ``category`` letters (U1); ``metres`` from the place asked for as the crow flies (NaN without).
    """

    rid: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    category: NDArray[np.str_]
    metres: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.rid)

    def take(self, which: Any) -> "Hits":
        """Some of them: by a mask, an order of places, or a slice."""
        return Hits(
            self.rid[which],
            self.lat[which],
            self.lon[which],
            self.category[which],
            self.metres[which],
        )


@dataclass(frozen=True, slots=True)
class Facets:
    """How many answers there are of each kind and category."""

    total: int
    kinds: dict[str, int]
    categories: dict[str, int]


def search(
    db: binding.Connection,
    query: Query,
    *,
    now: datetime,
    indexer: Indexer | None = None,
    within: Within | None = None,
) -> Hits:
    """Every asset that fits a query, in its order, cut to its limit.

    Metres are as the crow flies; ``within_minutes`` alone counts as 80 m a minute. ``indexer`` is
    needed for a time outside the stored eight weeks; ``within`` keeps what lies in an area.
    Confidential assets are found too.
    """
    parts = _from_where(db, query, now, indexer)
    if parts is None:
        return _hits([], query.near)[0]
    tables, wanted, score = parts
    found = db.execute(
        f"SELECT a.rid, a.lat, a.lon, a.category, {score}, a.checked FROM {tables} "  # noqa: S608
        f"WHERE {wanted.sql}",
        wanted.values,
    ).fetchall()
    hits, scores, checked = _hits(found, query.near)
    reach = _reach(query)
    if query.near is not None and reach is not None:
        near = hits.metres <= reach
        hits, scores, checked = hits.take(near), scores[near], checked[near]
    if within is not None:
        inside = within(hits.lat, hits.lon)
        hits, scores, checked = hits.take(inside), scores[inside], checked[inside]
    order = _order(db, query, hits, scores, checked)
    return hits.take(order if query.limit is None else order[: query.limit])


def facets(
    db: binding.Connection,
    query: Query,
    *,
    now: datetime,
    indexer: Indexer | None = None,
    within: Within | None = None,
) -> Facets:
    """Count the answers of a query by kind and category, whatever its limit."""
    parts = _from_where(db, query, now, indexer)
    if parts is None:
        return Facets(0, {}, {})
    tables, wanted, _ = parts
    reach = _reach(query) if query.near is not None else None
    if reach is None and within is None:
        sql = f"SELECT a.kind, a.category, count(*) FROM {tables} WHERE {wanted.sql} GROUP BY 1, 2"  # noqa: S608
        return _counted(db.execute(sql, wanted.values).fetchall())
    sql = f"SELECT a.kind, a.category, 1, a.lat, a.lon FROM {tables} WHERE {wanted.sql}"  # noqa: S608
    found = db.execute(sql, wanted.values).fetchall()
    lats = np.array([row[3] for row in found], dtype=np.float64)
    lons = np.array([row[4] for row in found], dtype=np.float64)
    fits = within(lats, lons) if within is not None else np.ones(len(found), np.bool_)
    if reach is not None:
        fits &= _metres(lats, lons, query.near) <= reach
    return _counted([row[:3] for row, fit in zip(found, fits, strict=True) if fit])


def _counted(counts: Sequence[Any]) -> Facets:
    kinds: dict[str, int] = {}
    categories: dict[str, int] = {}
    for kind, category, number in counts:
        kinds[kind] = kinds.get(kind, 0) + number
        categories[category] = categories.get(category, 0) + number
    return Facets(sum(categories.values()), kinds, categories)


def _reach(query: Query) -> float | None:
    if query.within_metres is not None or query.within_minutes is None:
        return query.within_metres
    return query.within_minutes * METRES_PER_MINUTE


def _place_box(query: Query) -> Box | None:
    """The smallest box that holds every answer, or None if they may be anywhere."""
    reach = _reach(query)
    if query.near is None or reach is None:
        return query.box
    around = box_around(query.near, reach)
    if query.box is None:
        return around
    return Box(
        max(around.west, query.box.west),
        max(around.south, query.box.south),
        min(around.east, query.box.east),
        min(around.north, query.box.north),
    )


def _from_where(
    db: binding.Connection, query: Query, now: datetime, indexer: Indexer | None
) -> tuple[str, Conditions, str] | None:
    """The tables, conditions and score of a query; None if nothing can fit."""
    words = match.expression(db, query.text)
    if words is not None and query.any_of:
        some = match.any_expression(db, query.any_of)
        words = f"({words}) AND ({some})" if words and some else some
    if words is None:
        return None
    box = _place_box(query)
    candidates = _number_in(db, box) if words and box is not None else 0
    by_place = box is not None and candidates <= _MANY
    wanted = conditions(db, query, now, indexer, few=by_place)
    if box is not None:
        wanted.values.update(west=box.west, south=box.south, east=box.east, north=box.north)
    if by_place:
        wanted.parts.insert(0, _IN_BOX)
        if not words:
            return _BY_PLACE, wanted, "0.0"
        has = _LISTED if _few_with(db, words, candidates) else _HAS_WORDS
        wanted.add(has.format(":words"), words=words)
        if query.order is not Order.BEST:
            return _BY_PLACE, wanted, "0.0"
        wanted.values["named"] = f"{{name name_cy}} : ({words})"
        return _BY_PLACE, wanted, f"-({has.format(':named')})"
    if box is not None:
        wanted.add(_EXACTLY)
    if not words:
        return "asset_find a", wanted, "0.0"
    wanted.parts.insert(0, "asset_fts MATCH :words")
    wanted.values["words"] = words
    return _BY_WORDS, wanted, "asset_fts.rank" if query.order is Order.BEST else "0.0"


def _number_in(db: binding.Connection, box: Box) -> int:
    """How many assets lie in a box, counted until there are too many."""
    return db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM asset_rt r "
        "WHERE r.east >= ? AND r.west <= ? AND r.north >= ? AND r.south <= ? LIMIT ?)",
        (box.west, box.east, box.south, box.north, _MANY + 1),
    ).fetchone()[0]


def _few_with(db: binding.Connection, words: str, candidates: int) -> bool:
    """Whether listing all assets that hold the words costs less than asking of each candidate."""
    most = candidates * _LISTED_FOR_ONE_ASKED * max(1, words.count('"') // 2)
    if most > _NEVER_DEAR:
        return True
    number = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM asset_fts WHERE asset_fts MATCH ? LIMIT ?)",
        (words, most + 1),
    ).fetchone()[0]
    return number <= most


def _hits(
    found: Sequence[Any], near: Point | None
) -> tuple[Hits, NDArray[np.float64], NDArray[np.int64]]:
    """Rows (rid, lat, lon, category, score, checked) as arrays, with metres from a place."""
    rid, lat, lon, category, score, checked = (
        zip(*found, strict=True) if found else ((), (), (), (), (), ())
    )
    lats = np.array(lat, dtype=np.float64)  # None becomes NaN
    lons = np.array(lon, dtype=np.float64)
    hits = Hits(
        np.array(rid, dtype=np.int64),
        lats,
        lons,
        np.array(category, dtype="U1"),
        _metres(lats, lons, near),
    )
    return hits, np.array(score, dtype=np.float64), np.array(checked, dtype=np.int64)


def _metres(
    lats: NDArray[np.float64], lons: NDArray[np.float64], near: Point | None
) -> NDArray[np.float64]:
    """Metres from a place, as :func:`lac_desktop.domain.geometry.distance_m` gives them."""
    if near is None:
        return np.full(len(lats), np.nan)
    dy = (lats - near.lat) * METRES_PER_DEGREE
    middle = np.radians((lats + near.lat) / 2)
    dx = (lons - near.lon) * METRES_PER_DEGREE * np.cos(middle)
    return np.hypot(dx, dy)


def _order(
    db: binding.Connection,
    query: Query,
    hits: Hits,
    scores: NDArray[np.float64],
    checked: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The order of the answers; ties are by row, so that it is always the same."""
    far = np.where(np.isnan(hits.metres), math.inf, hits.metres)
    match query.order:
        case Order.NAME:
            return np.lexsort((hits.rid, _name_ranks(db, hits.rid)))
        case Order.CHECKED:
            return np.lexsort((hits.rid, far, checked))
        case Order.NEAREST:
            return np.lexsort((hits.rid, far))
        case _:
            return np.lexsort((hits.rid, far, scores))


def _name_ranks(db: binding.Connection, rids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each asset stands when all are sorted by name, upper and lower case alike."""
    if len(rids) > _MANY:
        named = db.execute("SELECT rid FROM asset ORDER BY name COLLATE NOCASE, rid").fetchall()
    else:
        named = db.execute(
            "SELECT rid FROM asset WHERE rid IN (SELECT value FROM json_each(?)) "
            "ORDER BY name COLLATE NOCASE, rid",
            (json.dumps(rids.tolist()),),
        ).fetchall()
    ordered = np.array([row[0] for row in named], dtype=np.int64)
    ranks = np.zeros(int(ordered.max(initial=0)) + 1, dtype=np.int64)
    ranks[ordered] = np.arange(len(ordered))
    return ranks[rids]
