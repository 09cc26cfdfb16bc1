# SPDX-License-Identifier: AGPL-3.0-or-later
"""The places on the map as columns, and how near ones gather into clusters.

Clusters hang on a grid fixed to the ground, one a half zoom, so they do not flicker while the
map is moved.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.ui.map.view import TILE, Floats, View, project

Ints = NDArray[np.int64]

#: Markers nearer than this are gathered where the view is busy, in pixels.
CLUSTER_PX = 44.0
#: Neighbouring clusters nearer than this are merged.
MERGE_PX = 38.0
#: Up to so many places in view all show; only those that would hide each other are gathered.
FEW = 60
_HIDDEN_PX = 17.0


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places with a position: row numbers, world coordinates and category letters."""

    rids: Ints
    x: Floats
    y: Floats
    categories: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.rids)

    def index(self, rid: int) -> int | None:
        """Where a row number stands in the columns."""
        found = np.flatnonzero(self.rids == rid)
        return int(found[0]) if found.size else None


def places_at(rids: Any, lats: Any, lons: Any, categories: Any) -> Places:
    """Columns of places from degrees; those without a position (NaN) are left out."""
    lat, lon = np.asarray(lats, np.float64), np.asarray(lons, np.float64)
    has = np.isfinite(lat) & np.isfinite(lon)
    x, y = project(lat[has], lon[has])
    letters = np.asarray(categories, "U1")[has]
    return Places(np.asarray(rids, np.int64)[has], x, y, letters)


NO_PLACES = places_at([], [], [], [])


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What is drawn for places: m marks in world coordinates, each one place or a cluster.

    Mark i holds the places ``order[starts[i]:starts[i + 1]]`` (positions in the columns).
    ``zoom`` is the one that it was made for.
    """

    zoom: float
    x: Floats
    y: Floats
    order: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.x)

    @property
    def counts(self) -> Ints:
        """Places in each mark."""
        return np.diff(self.starts)

    def members(self, mark: int) -> Ints:
        """The places of one mark."""
        return self.order[self.starts[mark] : self.starts[mark + 1]]

    def holding(self, place: int) -> int | None:
        """The mark that holds a place."""
        at = np.flatnonzero(self.order == place)
        return int(np.searchsorted(self.starts, at[0], side="right")) - 1 if at.size else None


NO_MARKS = Marks(0.0, np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(1, np.int64))


def half_zoom(zoom: float) -> float:
    """The zoom that clusters are made for."""
    return round(zoom * 2) / 2


def in_view(places: Places, view: View, spare: float = 0.0) -> NDArray[np.bool_]:
    """Which places lie in a view grown by so many pixels on each side."""
    x0, y0 = view.to_world(-spare, -spare)
    x1, y1 = view.to_world(view.width + spare, view.height + spare)
    return (places.x >= x0) & (places.x <= x1) & (places.y >= y0) & (places.y <= y1)


def gather(places: Places, view: View, around: View, size: float = 1.0) -> Marks:
    """Marks for all places of ``around``; ``view`` is what is looked at and decides how busy it is.

    ``size`` is the scale of markers (text size setting).
    """
    zoom = half_zoom(view.zoom)
    few = int(in_view(places, view).sum()) <= FEW
    apart = (_HIDDEN_PX if few else CLUSTER_PX) * size
    cell = apart / (TILE * 2.0**zoom)
    chosen = np.flatnonzero(in_view(places, around, apart * 3))
    if not chosen.size:
        return Marks(zoom, np.zeros(0), np.zeros(0), chosen, np.zeros(1, np.int64))
    column = np.floor(places.x[chosen] / cell).astype(np.int64)
    row = np.floor(places.y[chosen] / cell).astype(np.int64)
    code = row * (1 << 31) + column
    sort = np.argsort(code, kind="stable")
    code, chosen = code[sort], chosen[sort]
    starts = np.concatenate(([0], np.flatnonzero(np.diff(code)) + 1, [len(code)]))
    counts = np.diff(starts)
    x = np.add.reduceat(places.x[chosen], starts[:-1]) / counts
    y = np.add.reduceat(places.y[chosen], starts[:-1]) / counts
    keys = [divmod(key, 1 << 31) for key in code[starts[:-1]].tolist()]
    limit = (_HIDDEN_PX * 0.85 if few else MERGE_PX) * size / (TILE * 2.0**zoom)
    owner = _merge(keys, x, y, counts, limit)
    return _regrouped(zoom, places, chosen, starts, owner)


def _merge(
    keys: list[tuple[int, int]], x: Floats, y: Floats, counts: Ints, limit: float
) -> list[int]:
    """Give each cluster the larger neighbour that swallows it, or itself."""
    at = {key: index for index, key in enumerate(keys)}
    xs, ys = x.tolist(), y.tolist()
    owner = list(range(len(keys)))
    largest_first = np.lexsort((np.arange(len(keys)), -counts)).tolist()
    settled = [False] * len(keys)
    for index in largest_first:
        if settled[index]:
            continue
        settled[index] = True
        row, column = keys[index]
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                other = at.get((row + dr, column + dc))
                if other is None or settled[other]:
                    continue
                if math.hypot(xs[other] - xs[index], ys[other] - ys[index]) < limit:
                    owner[other] = index
                    settled[other] = True
    return owner


def _regrouped(zoom: float, places: Places, chosen: Ints, starts: Ints, owner: list[int]) -> Marks:
    """Put the places of merged clusters together."""
    group = np.repeat(np.array(owner), np.diff(starts))
    sort = np.argsort(group, kind="stable")
    group, order = group[sort], chosen[sort]
    edges = np.concatenate(([0], np.flatnonzero(np.diff(group)) + 1, [len(group)]))
    counts = np.diff(edges)
    x = np.add.reduceat(places.x[order], edges[:-1]) / counts
    y = np.add.reduceat(places.y[order], edges[:-1]) / counts
    return Marks(zoom, x, y, order, edges)
