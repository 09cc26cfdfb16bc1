# SPDX-License-Identifier: AGPL-3.0-or-later
"""An area drawn round walked streets, without jumping a railway or a river.

Buffering every street took 0.5 s a walk. Instead the walked streets are painted on a grid of 12 m
and thickened by three cells; gaps of up to some 150 m between them are closed, but not where a
street runs that was not walked; the edge is softened and traced by marching squares (W. Lorensen
and H. Cline's marching cubes of 1987 in two dimensions). So what is inside lies within about 40 m
of a walked street, or between walked streets, and on no street that was not walked, unless one
runs within 20 m of the other.
"""

import math

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import METRES_PER_DEGREE
from lac_desktop.geo.walk_net import Floats, Ints

Ring = Floats
Mask = NDArray[np.bool_]

_CELL_METRES = 12.0
#: Radius in cells by which walked streets are thickened.
_THICK = 3
#: Radius in cells by which they are thickened further, and thinned again, to close gaps.
_CLOSE = 5
#: Radius in cells round streets not walked in which no gap is closed.
_APART = 2
#: Cells left free round the picture for all of that and the softening.
_MARGIN = _THICK + _CLOSE + 5
#: Surrounded yards without other streets belong to the area up to this size, square metres.
_YARD = 60_000.0
#: Vertices that stand out by less than this are left out, metres.
_STRAIGHT_METRES = 1.2


def outline_of(lon: Floats, lat: Floats, others: tuple[Floats, Floats]) -> list[Ring]:
    """Rings (n, 2) of lon, lat round points that lie at most 12 m apart along walked streets.

    ``others`` are longitudes and latitudes along streets that are too far to walk. Outer rings run
    anticlockwise and come first; holes run clockwise. Rings are closed (the last vertex repeats
    the first). No points give no rings.
    """
    if not len(lon):
        return []
    lat0, lon0 = float(lat.min()), float(lon.min())
    ky = METRES_PER_DEGREE / _CELL_METRES
    kx = ky * np.cos(np.radians((lat0 + float(lat.max())) / 2))
    scale, origin = np.array([kx, ky]), np.array([lon0, lat0])
    column, row = _cells(np.column_stack([lon, lat]), scale, origin)
    walked = np.zeros((int(row.max()) + _MARGIN + 1, int(column.max()) + _MARGIN + 1), bool)
    walked[row, column] = True
    apart = np.zeros_like(walked)
    column, row = _cells(np.column_stack(others), scale, origin)
    seen = (row >= 0) & (row < apart.shape[0]) & (column >= 0) & (column < apart.shape[1])
    apart[row[seen], column[seen]] = True
    field = _softened(_area(walked, apart))
    rings = [ring for ring in _trace(field) if _kept(ring, apart)]
    rings.sort(key=_twice_area, reverse=True)
    return [(_simplified(ring) - _MARGIN) / scale + origin for ring in rings]


def _cells(places: Floats, scale: Floats, origin: Floats) -> tuple[Ints, Ints]:
    """Columns and rows of the grid for lon, lat (n, 2)."""
    at = np.rint((places - origin) * scale).astype(np.int64) + _MARGIN
    return at[:, 0], at[:, 1]


def _area(walked: Mask, apart: Mask) -> Mask:
    """Thicken the walked streets, close gaps between them, and spare streets not walked."""
    area = _thickened(walked, _THICK)
    closed = ~_thickened(~_thickened(area, _CLOSE), _CLOSE)
    close_by = _thickened(walked, 1)
    area &= ~_thickened(apart, 1) | close_by
    return area | (closed & ~_thickened(apart, _APART))


def _thickened(mask: Mask, radius: int) -> Mask:
    """Paint a disc of so many cells in radius round each cell."""
    halves = [int(math.sqrt((radius + 0.5) ** 2 - up * up)) for up in range(radius + 1)]
    wide = mask.copy()
    result = np.zeros_like(mask)
    for half in range(radius + 1):
        if half:
            wide[:, half:] |= mask[:, :-half]
            wide[:, :-half] |= mask[:, half:]
        for up in (up for up, h in enumerate(halves) if h == half):
            if up:
                result[up:] |= wide[:-up]
                result[:-up] |= wide[up:]
            else:
                result |= wide
    return result


def _softened(mask: Mask) -> NDArray[np.float32]:
    """Blur with a binomial filter of five cells, so that the edge is no staircase."""
    field = mask.astype(np.float32)
    for _ in range(2):
        for whole in (field, field.T):
            edges = whole[:-1] + whole[1:]
            whole[1:-1] = (edges[:-1] + edges[1:]) / np.float32(4)
    return field


def _trace(field: NDArray[np.float32]) -> list[Floats]:
    """Follow the line where the field is one half; rings (n, 2) of column, row, inside on the left.

    The field must be below one half all along its border. A line crosses the grid between two
    neighbouring nodes, one inside and one outside; crossings between (r, c) and (r, c + 1) have
    the number 2 * (r * width + c), those between (r, c) and (r + 1, c) one more.
    """
    inside = field >= 0.5
    width = field.shape[1]
    leaves, enters = _crossings(inside, width)
    follow = dict(zip(leaves.tolist(), enters.tolist(), strict=True))
    rings: list[Floats] = []
    while follow:
        first, here = follow.popitem()
        ring = [first]
        while here != first:
            ring.append(here)
            here = follow.pop(here)
        ring.append(first)
        rings.append(_placed(np.asarray(ring), field, width))
    return rings


def _crossings(inside: Mask, width: int) -> tuple[Ints, Ints]:
    """Where the line enters and leaves each square between four nodes, as crossing numbers."""
    corner = inside.astype(np.int64)
    case = corner[:-1, :-1] + 2 * corner[:-1, 1:] + 4 * corner[1:, 1:] + 8 * corner[1:, :-1]
    row, column = np.nonzero((case > 0) & (case < 15))
    kind = case[row, column]
    base = 2 * (row * width + column)
    # The square's sides: below (row r), right, above (row r + 1), left.
    sides = np.stack([base, base + 3, base + 2 * width, base + 1])
    begin: list[Ints] = []
    end: list[Ints] = []
    for number, pairs in _SQUARES.items():
        here = sides[:, kind == number]
        for a, b in pairs:
            begin.append(here[a])
            end.append(here[b])
    return np.concatenate(begin), np.concatenate(end)


#: Which side the line comes in by and goes out by, for each set of corners that are inside, with
#: the inside on its left. Corners 1, 2, 4, 8 are lower left, lower right, upper right, upper left;
#: sides 0, 1, 2, 3 are below, right, above, left. Saddles (5, 10) keep their corners apart.
_SQUARES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 3),), 2: ((1, 0),), 3: ((1, 3),), 4: ((2, 1),), 5: ((0, 3), (2, 1)), 6: ((2, 0),),
    7: ((2, 3),), 8: ((3, 2),), 9: ((0, 2),), 10: ((1, 0), (3, 2)), 11: ((1, 2),),
    12: ((3, 1),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip


def _placed(crossing: Ints, field: NDArray[np.float32], width: int) -> Floats:
    """Columns and rows (n, 2) of crossings, found between their two nodes in proportion."""
    upward = crossing % 2
    row, column = np.divmod(crossing // 2, width)
    a = field[row, column]
    b = field[row + upward, column + 1 - upward]
    share = (0.5 - a) / (b - a)
    return np.column_stack([column + share * (1 - upward), row + share * upward]).astype(float)


def _twice_area(ring: Floats) -> float:
    """Twice the signed area; positive where the ring runs anticlockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def _kept(ring: Floats, apart: Mask) -> bool:
    """Say whether a ring is drawn: outer ones are, and holes that are no mere yard."""
    if _twice_area(ring) > 0 or -_twice_area(ring) * _CELL_METRES**2 / 2 > _YARD:
        return True
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    around = apart[math.ceil(south) : int(north) + 1, math.ceil(west) : int(east) + 1]
    return bool(around.any())


def _simplified(ring: Floats) -> Floats:
    """Leave out vertices that lie almost on the line between their neighbours, every other one."""
    tolerance = _STRAIGHT_METRES / _CELL_METRES
    for _ in range(4):
        if len(ring) < 12:
            break
        before, here, after = ring[:-2], ring[1:-1], ring[2:]
        chord = after - before
        length = np.maximum(np.hypot(chord[:, 0], chord[:, 1]), 1e-9)
        gap = chord[:, 0] * (here - before)[:, 1] - chord[:, 1] * (here - before)[:, 0]
        keep = np.abs(gap) / length > tolerance
        keep[1::2] = True
        ring = ring[np.concatenate([[True], keep, [True]])]
    return ring
