# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where on the streets a point lies: the nearest place on the nearest street."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import METRES_PER_DEGREE
from lac_desktop.geo.walk_net import Floats, Ints, StreetNet

#: A point further than this from any street is not on the street graph.
OFF_ROAD_METRES = 250.0
#: Size of the index's cells in degrees: about 130 m at our latitudes.
_CELL_LAT, _CELL_LON = 0.0012, 0.002
#: Columns of cells round the world, with room for a search beyond its edge.
_COLUMNS = 200_000
#: Points looked up at once, so that many points need little memory.
_CHUNK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Snap:
    """Points tied to the streets; make it once for many points and use it for many walks.

    All arrays are (n,): ``edge`` (-1 where no street is within 250 m), ``along`` metres from the
    beginning of the edge, ``off`` metres from the point to the street (inf without one), and the
    points' own ``lat`` and ``lon``.
    """

    edge: Ints
    along: Floats
    off: Floats
    lat: Floats
    lon: Floats

    def __len__(self) -> int:
        return len(self.edge)

    @property
    def crow(self) -> NDArray[np.bool_]:
        """True where no street is near, so that distances are as the crow flies."""
        return self.edge < 0


class SegmentIndex:
    """The straight pieces of some edges of a network, sorted into cells of a grid."""

    def __init__(self, net: StreetNet, edges: NDArray[np.bool_]) -> None:
        """Index the edges marked in ``edges`` (E,)."""
        self._net = net
        edge_of = np.repeat(np.arange(len(net.metres)), np.diff(net.start))
        inner = np.ones(len(net.lon), bool)
        inner[net.start[1:] - 1] = False  # the last vertex of an edge begins no piece
        piece = np.flatnonzero(inner & edges[edge_of]) if len(edge_of) else edge_of
        cells, which = self._sampled(piece)
        order = np.argsort(cells, kind="stable")
        self._cells, self._piece = cells[order], which[order]
        self._edge_of = edge_of

    def _sampled(self, piece: Ints) -> tuple[Ints, Ints]:
        """Cells each piece touches, found by points at most half a cell apart along it."""
        net = self._net
        dlon, dlat = net.lon[piece + 1] - net.lon[piece], net.lat[piece + 1] - net.lat[piece]
        spans = np.maximum(np.abs(dlon) / _CELL_LON, np.abs(dlat) / _CELL_LAT)
        count = np.ceil(spans * 2).astype(np.int64) + 1
        owner = np.repeat(np.arange(len(piece)), count)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        share = step / np.maximum(count - 1, 1)[owner]
        lon = net.lon[piece][owner] + dlon[owner] * share
        lat = net.lat[piece][owner] + dlat[owner] * share
        pairs = np.column_stack([_cell(lat, lon), piece[owner]])
        if not len(pairs):
            return pairs[:, 0], pairs[:, 1]
        fresh = np.ones(len(pairs), bool)
        fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
        return pairs[fresh, 0], pairs[fresh, 1]

    def snap(self, lats: Floats, lons: Floats) -> Snap:
        """Tie points (n,) in WGS84 degrees to the nearest indexed edge within 250 m."""
        lats, lons = np.atleast_1d(np.asarray(lats, float)), np.atleast_1d(np.asarray(lons, float))
        result = Snap(
            np.full(len(lats), -1), np.zeros(len(lats)), np.full(len(lats), np.inf), lats, lons
        )
        sure = np.isfinite(lats) & np.isfinite(lons) & (np.abs(lats) <= 85)
        for first in range(0, len(lats), _CHUNK):
            todo = np.flatnonzero(sure[first : first + _CHUNK]) + first
            if len(todo):
                self._snap_some(result, todo)
        far = ~(result.off <= OFF_ROAD_METRES)
        result.edge[far], result.off[far], result.along[far] = -1, np.inf, 0.0
        return result

    def _snap_some(self, result: Snap, todo: Ints) -> None:
        """Look in the cells around, then further out for those that found nothing near enough."""
        width = np.cos(np.radians(np.abs(result.lat[todo]).max() + _CELL_LAT)) * _CELL_LON
        cell = min(width, _CELL_LAT) * METRES_PER_DEGREE
        self._search(result, todo, 1)
        # A sample lies within a quarter cell of any point of a piece.
        todo = todo[result.off[todo] > 0.75 * cell]
        rings = int(np.ceil(OFF_ROAD_METRES / cell + 0.25))
        if len(todo) and rings > 1:
            self._search(result, todo, rings)

    def _search(self, result: Snap, todo: Ints, rings: int) -> None:
        """Find the nearest piece in the square of cells so many rings around each point."""
        lat, lon = result.lat[todo], result.lon[todo]
        rows = _cell(lat, lon)[:, None] + np.arange(-rings, rings + 1)[None, :] * _COLUMNS
        low = np.searchsorted(self._cells, rows - rings, side="left").ravel()
        count = np.searchsorted(self._cells, rows + rings, side="right").ravel() - low
        if not count.any():
            return
        at = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)
        piece = self._piece[at]
        owner = np.repeat(np.repeat(np.arange(len(todo)), 2 * rings + 1), count)
        square, share = self._distances(piece, lat[owner], lon[owner])
        heads = np.flatnonzero(np.diff(owner, prepend=-1))
        least = np.minimum.reduceat(square, heads)
        hits = np.flatnonzero(square == np.repeat(least, np.diff(heads, append=len(owner))))
        _, firsts = np.unique(owner[hits], return_index=True)
        best = hits[firsts]
        self._note(result, todo[owner[best]], piece[best], np.sqrt(square[best]), share[best])

    def _distances(self, piece: Ints, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Squared metres from points to pieces, and how far along the piece (0 to 1)."""
        net = self._net
        kx, ky = np.cos(np.radians(lat)) * METRES_PER_DEGREE, METRES_PER_DEGREE
        ax, ay = (net.lon[piece] - lon) * kx, (net.lat[piece] - lat) * ky
        dx = (net.lon[piece + 1] - net.lon[piece]) * kx
        dy = (net.lat[piece + 1] - net.lat[piece]) * ky
        length = dx * dx + dy * dy
        share = np.clip(-(ax * dx + ay * dy) / np.where(length > 0, length, 1.0), 0.0, 1.0)
        return (ax + share * dx) ** 2 + (ay + share * dy) ** 2, share

    def _note(self, result: Snap, at: Ints, piece: Ints, off: Floats, share: Floats) -> None:
        """Write down what was found for the points numbered ``at``."""
        net = self._net
        result.edge[at], result.off[at] = self._edge_of[piece], off
        begin, end = net.along[piece], net.along[piece + 1]
        result.along[at] = begin + (end - begin) * share


def _cell(lat: Floats, lon: Floats) -> Ints:
    """Number of the cell that holds each point; neighbours in a row are consecutive."""
    row = np.floor(lat / _CELL_LAT).astype(np.int64)
    column = np.floor(lon / _CELL_LON).astype(np.int64) + _COLUMNS // 2
    return row * _COLUMNS + column
