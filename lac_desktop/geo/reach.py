# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything within so many metres on foot of one place."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import METRES_PER_DEGREE, Point, box_around
from lac_desktop.geo.outline import Ring, outline_of
from lac_desktop.geo.walk_net import EdgeBounds, Floats, Ints, StreetNet, places_along
from lac_desktop.geo.walk_snap import Snap
from lac_desktop.geo.walk_spread import Walks, as_array

#: Distance between the points that an outline is drawn round; less than its grid.
_EVERY_METRES = 9.0
#: A street walked to its limit is rounded off over so many metres of its further course.
_ROUND_METRES = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How far everything is on foot from one place, up to ``metres``.

    ``start`` is that place tied to the streets (one point); ``onward`` and ``ends`` (junctions,)
    are metres from it to the junctions from where one may go on and where one may only end, known
    for a little more than ``metres``.
    """

    net: StreetNet
    start: Snap
    metres: float
    onward: Floats
    ends: Floats
    usable: NDArray[np.bool_]
    private: NDArray[np.bool_]
    bounds: EdgeBounds
    snap: Callable[[Floats, Floats], Snap]

    def metres_to(self, places: Snap | Floats, lons: Floats | None = None) -> Floats:
        """Metres on foot to each place (n,), inf where it is not within reach.

        ``places`` is a :class:`Snap` (fast, made once), or latitudes with ``lons``. The straight
        bits between a place and its street count too. Places with no street within 250 m get
        the distance as the crow flies: ``Snap.crow`` says which.
        """
        if not isinstance(places, Snap):
            if lons is None:
                raise TypeError("latitudes come with longitudes")
            places = self.snap(places, lons)
        on_street = np.flatnonzero(~places.crow)
        total = crow_metres(self.start.lat[0], self.start.lon[0], places)
        edge, along = places.edge[on_street], places.along[on_street]
        near, far = self._at_ends(edge)
        metres = np.minimum(near + along, far + self.net.metres[edge] - along)
        same = edge == self.start.edge[0]
        straight = np.abs(along[same] - self.start.along[0]) + self.start.off[0]
        metres[same] = np.minimum(metres[same], straight)
        metres[~self.usable[edge]] = np.inf
        # Snapping rounds by micrometres; nothing is nearer than the crow flies.
        total[on_street] = np.maximum(metres + places.off[on_street], total[on_street])
        total[~(total <= self.metres)] = np.inf
        return total

    def outline(self, metres: float | None = None) -> list[Ring]:
        """Rings (n, 2) of lon, lat round the streets within ``metres``; see geo/outline.py."""
        limit = self.metres if metres is None else min(metres, self.metres)
        around = box_around(Point(self.start.lat[0], self.start.lon[0]), limit)
        lon, lat, away = self._sampled(self.bounds.edges_in(around))
        walked, other = away <= limit, away > limit + _ROUND_METRES
        near = self._with_start(lon[walked], lat[walked], limit)
        return outline_of(*near, (lon[other], lat[other]))

    def _at_ends(self, edge: Ints) -> tuple[Floats, Floats]:
        """Metres from the start to the first and the last junction of each edge."""
        near, far = self.onward[self.net.edge_from[edge]], self.onward[self.net.edge_to[edge]]
        private = self.private[edge]
        if private.any():
            inside = edge[private]
            near[private] = self.ends[self.net.edge_from[inside]]
            far[private] = self.ends[self.net.edge_to[inside]]
        return near, far

    def _sampled(self, edge: Ints) -> tuple[Floats, Floats, Floats]:
        """Points all along streets: longitudes, latitudes and metres on foot to each."""
        length = self.net.metres[edge]
        count = np.ceil(length / _EVERY_METRES).astype(np.int64) + 1
        owner = np.repeat(np.arange(len(edge)), count)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        along = step * (length / np.maximum(count - 1, 1))[owner]
        near, far = self._at_ends(edge)
        metres = np.minimum(near[owner] + along, (far + length)[owner] - along)
        first = edge[owner] == self.start.edge[0]
        straight = np.abs(along[first] - self.start.along[0]) + self.start.off[0]
        metres[first] = np.minimum(metres[first], straight)
        metres[~self.usable[edge][owner]] = np.inf
        lon, lat = places_along(self.net, edge[owner], along)
        return lon, lat, metres

    def _with_start(self, lon: Floats, lat: Floats, limit: float) -> tuple[Floats, Floats]:
        """Add the straight way from the place itself to its street."""
        at_lon, at_lat = places_along(self.net, self.start.edge, self.start.along)
        off = min(self.start.off[0], limit)
        whole = max(self.start.off[0], 1e-9)
        share = np.linspace(0.0, off / whole, int(off / _EVERY_METRES) + 2)
        lon = np.concatenate([lon, self.start.lon + (at_lon - self.start.lon) * share])
        lat = np.concatenate([lat, self.start.lat + (at_lat - self.start.lat) * share])
        return lon, lat


def make_reach(
    net: StreetNet,
    walks: Walks,
    start: Snap,
    metres: float,
    bounds: EdgeBounds,
    snap: Callable[[Floats, Floats], Snap],
) -> Reach:
    """Walk out from a place that lies on the streets (``start.edge[0] >= 0``)."""
    edge, off = int(start.edge[0]), float(start.off[0])
    along, length = float(start.along[0]), float(net.metres[edge])
    first, last = int(net.edge_from[edge]), int(net.edge_to[edge])
    seeds = {first: off + along}
    seeds[last] = min(seeds.get(last, np.inf), off + length - along)
    onward, ends = walks.spread(seeds, bool(walks.private[edge]), metres + _ROUND_METRES)
    reached = as_array(onward, net.junctions)
    only_end = reached if ends is onward else as_array(ends, net.junctions)
    return Reach(net, start, metres, reached, only_end, walks.usable, walks.private, bounds, snap)


def crow_metres(lat: float, lon: float, places: Snap) -> Floats:
    """Metres as the crow flies from one point to many (n,), as ``distance_m`` reckons them."""
    middle = np.radians((places.lat + lat) / 2)
    return METRES_PER_DEGREE * np.hypot(places.lat - lat, (places.lon - lon) * np.cos(middle))
