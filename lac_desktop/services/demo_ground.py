# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ground the demo town is drawn on: metres, curves, and a picture of what is taken."""

import tomllib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop import paths
from lac_desktop.domain.geometry import METRES_PER_DEGREE, Point

#: Places in metres east and north of the town's middle, shape (n, 2).
Line = NDArray[np.float64]
Mask = NDArray[np.bool_]


def read_toml(name: str) -> dict[str, Any]:
    """One of the demo's shipped files."""
    return tomllib.loads((paths.resources() / "demo" / name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Globe:
    """Turns the town's metres into WGS84 degrees."""

    middle: Point

    def lonlat(self, places: Line) -> Line:
        """Longitudes and latitudes (n, 2) in degrees, rounded as OpenStreetMap rounds."""
        ky = METRES_PER_DEGREE
        kx = ky * np.cos(np.radians(self.middle.lat))
        lon = self.middle.lon + places[:, 0] / kx
        lat = self.middle.lat + places[:, 1] / ky
        return np.round(np.column_stack([lon, lat]), 7)

    def point(self, place: Line) -> Point:
        """One place (2,) as a point."""
        lon, lat = self.lonlat(place[None, :])[0]
        return Point(float(lat), float(lon))


def curve(course: Any, every: float = 14.0, closed: bool = False) -> Line:
    """A smooth line through the given places (Catmull-Rom), with a vertex every so many metres."""
    knots = np.asarray(course, float)
    if closed:
        knots = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        first, last = 2 * knots[0] - knots[1], 2 * knots[-1] - knots[-2]
        knots = np.concatenate([[first], knots, [last]])
    parts = []
    for i in range(1, len(knots) - 2):
        a, b, c, d = knots[i - 1 : i + 3]
        count = max(2, int(np.hypot(*(c - b)) / every))
        t = np.linspace(0, 1, count, endpoint=False)[:, None]
        parts.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    return np.concatenate([*parts, knots[-2:-1]])


def lengths(line: Line) -> NDArray[np.float64]:
    """Metres from the beginning of a line to each of its vertices (n,)."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def at_metres(line: Line, metres: NDArray[np.float64]) -> tuple[Line, Line]:
    """Places (n, 2) so many metres along a line, and the directions (n, 2) it runs there."""
    along = lengths(line)
    x, y = np.interp(metres, along, line[:, 0]), np.interp(metres, along, line[:, 1])
    ahead, behind = np.minimum(metres + 4, along[-1]), np.maximum(metres - 4, 0)
    dx = np.interp(ahead, along, line[:, 0]) - np.interp(behind, along, line[:, 0])
    dy = np.interp(ahead, along, line[:, 1]) - np.interp(behind, along, line[:, 1])
    size = np.maximum(np.hypot(dx, dy), 1e-9)
    return np.column_stack([x, y]), np.column_stack([dx / size, dy / size])


def sampled(line: Line, every: float) -> Line:
    """Places along a line, at most so many metres apart, its ends included."""
    total = lengths(line)[-1]
    return at_metres(line, np.linspace(0, total, max(2, int(np.ceil(total / every)) + 1)))[0]


def left_of(direction: Line) -> Line:
    """Directions (n, 2) turned a quarter to the left."""
    return np.column_stack([-direction[:, 1], direction[:, 0]])


def in_ring(places: Line, ring: Line) -> Mask:
    """Whether places (n, 2) lie inside a ring, by the even-odd rule (n,)."""
    inside = np.zeros(len(places), bool)
    x, y = places[:, 0], places[:, 1]
    for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if y1 != y2:
            inside ^= ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return inside


class Taken:
    """A picture of the ground in square cells: what is already used."""

    def __init__(self, edge: tuple[float, float, float, float], cell: float) -> None:
        """Cover ``edge`` (west, south, east, north in metres) with cells of so many metres."""
        west, south, east, north = edge
        self._origin, self._cell = np.array([west, south]), cell
        self.mask: Mask = np.zeros(
            (int((north - south) / cell) + 1, int((east - west) / cell) + 1), bool
        )

    def _cells(self, places: Line) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
        at = ((places - self._origin) / self._cell).astype(np.int64)
        row, column = at[:, 1], at[:, 0]
        height, width = self.mask.shape
        known = (places >= self._origin).all(axis=1) & (row < height) & (column < width)
        return row, column, known

    def any(self, places: Line) -> bool:
        """Whether any place is taken; everything outside the ground is."""
        row, column, known = self._cells(places)
        return not known.all() or bool(self.mask[row, column].any())

    def used(self, places: Line) -> Mask:
        """Which places are taken or outside the ground (n,)."""
        row, column, known = self._cells(places)
        used = ~known
        used[known] = self.mask[row[known], column[known]]
        return used

    def first(self, places: Line) -> int:
        """Number of the first place that is taken or outside the ground; all of them if none."""
        used = self.used(places)
        return int(used.argmax()) if used.any() else len(places)

    def take(self, places: Line) -> None:
        """Take the cells of these places."""
        row, column, known = self._cells(places)
        self.mask[row[known], column[known]] = True

    def take_line(self, line: Line, half_width: float) -> None:
        """Take a strip along a line."""
        steps = np.arange(-half_width, half_width + self._cell / 2, self._cell * 0.7)
        dx, dy = (grid.ravel() for grid in np.meshgrid(steps, steps))
        near = dx * dx + dy * dy <= half_width * half_width + 1e-9
        disc = np.column_stack([dx[near], dy[near]])
        spots = sampled(line, max(self._cell, half_width / 2))
        self.take((spots[:, None, :] + disc[None, :, :]).reshape(-1, 2))

    def take_ring(self, ring: Line, margin: float) -> None:
        """Take the inside of a ring and a margin round it."""
        self.take(self.inside(ring))
        if margin > 0:
            self.take_line(np.concatenate([ring, ring[:1]]), margin)

    def inside(self, ring: Line) -> Line:
        """Places in a ring, one a cell."""
        low, high = ring.min(axis=0), ring.max(axis=0)
        x = np.arange(low[0], high[0] + self._cell, self._cell * 0.95)
        y = np.arange(low[1], high[1] + self._cell, self._cell * 0.95)
        grid = np.column_stack([g.ravel() for g in np.meshgrid(x, y)])
        return grid[in_ring(grid, ring)]
