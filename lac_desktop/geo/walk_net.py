# SPDX-License-Identifier: AGPL-3.0-or-later
"""The walking street network as plain arrays: what is built, stored and searched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import METRES_PER_DEGREE, Box

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StreetNet:
    """Streets between junctions.

    Junctions are numbered 0 .. n-1; an edge is one street from a junction to the next. Shapes:
    ``edge_from``/``edge_to`` (E,) junction numbers, ``metres`` (E,) length along the street,
    ``flags`` (E,) bits of :class:`lac_desktop.geo.walk_rules.WayFlag`, ``name`` (E,) index into
    ``names`` (0 is the empty name). ``lon``/``lat`` (V,) are the vertices of all edges one after
    the other in WGS84 degrees, those of edge e being ``start[e]:start[e + 1]``, both ends
    included; ``along`` (V,) is the distance of each from the beginning of its edge.
    """

    junctions: int
    edge_from: Ints
    edge_to: Ints
    metres: Floats
    flags: NDArray[np.uint8]
    name: Ints
    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    start: Ints
    along: Floats


def measured(
    *,
    junctions: int,
    edge_from: Ints,
    edge_to: Ints,
    flags: NDArray[np.uint8],
    name: Ints,
    names: tuple[str, ...],
    lon: Floats,
    lat: Floats,
    start: Ints,
) -> StreetNet:
    """Make a network from its stored parts by measuring every street.

    Lengths are equirectangular at the middle latitude of each straight piece, which for pieces of
    some hundred metres is exact to a millimetre.
    """
    middle = np.radians((lat[1:] + lat[:-1]) / 2)
    steps = np.hypot(np.diff(lat), np.diff(lon) * np.cos(middle)) * METRES_PER_DEGREE
    total = np.concatenate([[0.0], np.cumsum(steps)]) if len(lon) else np.zeros(0)
    first = np.repeat(start[:-1], np.diff(start))
    along = total - total[first]
    return StreetNet(
        junctions=junctions, edge_from=edge_from, edge_to=edge_to, metres=along[start[1:] - 1],
        flags=flags, name=name, names=names, lon=lon, lat=lat, start=start, along=along,
    )  # fmt: skip


def places_along(net: StreetNet, edges: Ints, metres: Floats) -> tuple[Floats, Floats]:
    """Longitudes and latitudes of points so many metres along the given edges, all (n,)."""
    first, last = net.start[edges], net.start[edges + 1] - 1
    low, high = first.copy(), last - 1
    while (low < high).any():  # bisect in every edge at once
        middle = (low + high + 1) // 2
        beyond = net.along[middle] > metres
        high = np.where(beyond, np.maximum(middle - 1, low), high)
        low = np.where(beyond, low, middle)
    length = net.along[low + 1] - net.along[low]
    share = np.clip((metres - net.along[low]) / np.where(length > 0, length, 1.0), 0.0, 1.0)
    lon = net.lon[low] + (net.lon[low + 1] - net.lon[low]) * share
    lat = net.lat[low] + (net.lat[low + 1] - net.lat[low]) * share
    return lon, lat


class EdgeBounds:
    """The box of every edge, to find those in a rectangle."""

    def __init__(self, net: StreetNet) -> None:
        first = net.start[:-1]
        if not len(first):
            self._west = self._east = self._south = self._north = np.zeros(0)
            return
        self._west, self._east = (
            np.minimum.reduceat(net.lon, first), np.maximum.reduceat(net.lon, first),
        )  # fmt: skip
        self._south, self._north = (
            np.minimum.reduceat(net.lat, first), np.maximum.reduceat(net.lat, first),
        )  # fmt: skip

    def edges_in(self, box: Box) -> Ints:
        """Numbers of the edges whose box touches the given one."""
        return np.flatnonzero(
            (self._west <= box.east)
            & (self._east >= box.west)
            & (self._south <= box.north)
            & (self._north >= box.south)
        )
