# SPDX-License-Identifier: AGPL-3.0-or-later
"""The light map under the pins of the shareable page, taken from the area pack's street map."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import Box, Point, box_around, distance_m
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.backdrop import BackArea, Backdrop, BackLabel, BackLine, LonLat
from lac_desktop.services.maps import UNITS, Features, MapTiles, Tile

#: Drawing classes of the street map and what they become under the pins.
_AREAS = {
    "water": "water",
    "wood": "wood",
    "park": "green",
    "grass": "green",
    "pitch": "green",
    "cemetery": "green",
    "building": "building",
}
_LINES = {
    "motorway": "main",
    "trunk": "main",
    "primary": "main",
    "secondary": "main",
    "tertiary": "street",
    "minor": "street",
    "pedestrian": "street",
    "service": "path",
    "path": "path",
    "track": "path",
    "rail": "rail",
    "river": "stream",
    "stream": "stream",
}
_RANKS = {"city": 0, "town": 0, "village": 2, "suburb": 3, "hamlet": 4, "neighbourhood": 5}
_MAIN_FIRST = ("motorway", "trunk", "primary", "secondary", "tertiary")

#: How many tiles are read at most: a closer look at a small area, a coarser one at a large.
_MOST_TILES = 100

#: What is left over after straightening lines, in metres.
_TOLERANCE = 2.5

#: How many times as wide as tall a screen shows the map.
_WIDEST = 2.4

_Array = NDArray[np.float64]


def view_of(points: Sequence[Point]) -> Box | None:
    """The area that a page of these points shows: wide enough for a screen with all of them on it.

    One or two strays far away do not stretch it: of more than 50 the middle 98 in 100 count.
    """
    if not points:
        return None
    share = (0.01, 0.99) if len(points) > 50 else (0.0, 1.0)
    south, north = np.quantile([one.lat for one in points], share).tolist()
    west, east = np.quantile([one.lon for one in points], share).tolist()
    middle = Point((south + north) / 2, (west + east) / 2)
    tall = max(1_200.0, distance_m(Point(south, middle.lon), Point(north, middle.lon)) * 1.3)
    wide = max(1_200.0, distance_m(Point(middle.lat, west), Point(middle.lat, east)) * 1.3)
    tall, wide = max(tall, wide / _WIDEST), max(wide, tall * _WIDEST)
    across, up = box_around(middle, wide / 2), box_around(middle, tall / 2)
    return Box(across.west, up.south, across.east, up.north)


def backdrop_of(tiles: MapTiles, box: Box, progress: Progress = silent) -> Backdrop | None:
    """Streets, water, green and names of an area, or None for a street map of pictures.

    A damaged tile leaves a gap. Raises CancelledError when ``progress`` does.
    """
    if tiles.raster:
        return None
    zoom, columns, rows = _tiles_over(box, tiles)
    areas: list[BackArea] = []
    lines: list[BackLine] = []
    labels: list[BackLabel] = []
    total = len(columns) * len(rows)
    for number, (x, y) in enumerate((x, y) for x in columns for y in rows):
        progress(number, total, "Drawing the streets")
        try:
            tile = tiles.tile(zoom, x, y)
        except UnreadableFileError:
            continue
        if tile is None:
            continue
        place = _Place(zoom, x, y)
        areas += _areas(tile, place)
        lines += _lines(tile, place)
        labels += _labels(tile, place)
    return Backdrop(_in_order(areas), _in_order(lines), tuple(_once_each(labels)))


def _tiles_over(box: Box, tiles: MapTiles) -> tuple[int, range, range]:
    """The closest zoom at which few enough tiles cover the box, and their columns and rows."""
    for zoom in range(tiles.max_zoom, tiles.min_zoom, -1):
        west, north = _tile_at(box.west, box.north, zoom)
        east, south = _tile_at(box.east, box.south, zoom)
        columns, rows = range(west, east + 1), range(north, south + 1)
        if len(columns) * len(rows) <= _MOST_TILES:
            return zoom, columns, rows
    return tiles.min_zoom, range(1 << tiles.min_zoom), range(1 << tiles.min_zoom)


def _tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the Web Mercator tile that holds a position."""
    sine = math.sin(math.radians(max(-85.0, min(85.0, lat))))
    across = (lon + 180) / 360
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    last = (1 << zoom) - 1
    return tuple(max(0, min(last, int(part * (1 << zoom)))) for part in (across, down))  # type: ignore[return-value]


class _Place:
    """Where a tile lies: turns tile units into longitude and latitude."""

    def __init__(self, zoom: int, x: int, y: int) -> None:
        self._size = UNITS * (1 << zoom)
        self._x, self._y = x * UNITS, y * UNITS
        middle = math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / (1 << zoom))))
        #: Metres on the ground of one tile unit.
        self.metres = 40_075_016.7 * math.cos(middle) / self._size

    def lonlat(self, xy: _Array) -> list[LonLat]:
        """Positions (n, 2) in tile units, as longitude and latitude in degrees."""
        lon = (xy[:, 0] + self._x) / self._size * 360 - 180
        lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (xy[:, 1] + self._y) / self._size))))
        return list(zip(lon.round(6).tolist(), lat.round(6).tolist(), strict=True))


def _parts(features: Features) -> list[list[_Array]]:
    """The parts of every feature."""
    cut = features.parts
    spans = [features.xy[cut[i] : cut[i + 1]] for i in range(len(cut) - 1)]
    first = features.features
    return [spans[first[i] : first[i + 1]] for i in range(len(first) - 1)]


def _straightened(shapes: list[_Array], tolerance: float) -> list[_Array]:
    """Lines with fewer corners (Douglas and Peucker), none off by more than the tolerance."""
    import shapely

    whole = [shape for shape in shapes if len(shape) >= 2]
    if not whole:
        return []
    owner = np.repeat(np.arange(len(whole)), [len(shape) for shape in whole])
    made: Any = shapely.linestrings(np.concatenate(whole), indices=owner)
    made = shapely.simplify(made, tolerance, preserve_topology=False)
    xy, owner = shapely.get_coordinates(made, return_index=True)
    return np.split(xy, np.flatnonzero(np.diff(owner)) + 1)


def _areas(tile: Tile, place: _Place) -> Iterator[BackArea]:
    """The filled areas of a tile; specks that nobody would see are left out."""
    for name, features in tile.areas.items():
        kind = _AREAS.get(name)
        if kind is None:
            continue
        least = 40.0 if kind == "building" else 400.0
        for rings in _parts(features):
            if not rings or len(rings[0]) < 4 or _extent(rings[0]) * place.metres**2 < least:
                continue
            closed = _straightened([_closed(ring) for ring in rings], _TOLERANCE / place.metres)
            kept = tuple(tuple(place.lonlat(ring)) for ring in closed if len(ring) >= 4)
            if kept:
                yield BackArea(kind, kept)


def _closed(ring: _Array) -> _Array:
    return ring if (ring[0] == ring[-1]).all() else np.concatenate((ring, ring[:1]))


def _extent(ring: _Array) -> float:
    """The area of the box around a ring, in tile units squared."""
    width, height = ring.max(axis=0) - ring.min(axis=0)
    return float(width * height)


def _lines(tile: Tile, place: _Place) -> Iterator[BackLine]:
    """The streets, paths, railways and streams of a tile; what runs in a tunnel is left out."""
    for name, features in tile.lines.items():
        base, _, level = name.partition("/")
        kind = _LINES.get(base)
        if kind is None or level == "tunnel":
            continue
        parts = [part for feature in _parts(features) for part in feature]
        for part in _straightened(parts, _TOLERANCE / place.metres):
            yield BackLine(kind, tuple(place.lonlat(part)))


def _labels(tile: Tile, place: _Place) -> Iterator[BackLabel]:
    """The names in a tile: of places, water and parks at a point, of streets along them."""
    for key, features in tile.labels.items():
        kind, _, cls = key.partition(":")
        if kind not in ("place", "street", "water", "park"):
            continue
        for name, parts in zip(features.names, _parts(features), strict=False):
            if not name or not parts:
                continue
            longest = max(parts, key=len)
            if kind == "street":
                if (label := _along(name, cls, longest, place)) is not None:
                    yield label
                continue
            at = longest.mean(axis=0)
            if not (0 <= at[0] < UNITS and 0 <= at[1] < UNITS):
                continue  # it belongs to the tile next to this one
            rank = _RANKS.get(cls, 5) if kind == "place" else 6
            yield BackLabel(kind, name, place.lonlat(at[None, :])[0], rank=rank)


def _along(name: str, cls: str, line: _Array, place: _Place) -> BackLabel | None:
    """The name of a street on its longest straight stretch, or None where it is too short."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    if not len(lengths):
        return None
    across, down = line[-1] - line[0]
    chord = math.hypot(across, down)
    if chord > 0.97 * lengths.sum():
        middle, straight = (line[0] + line[-1]) / 2, chord
    else:
        best = int(lengths.argmax())
        middle, straight = (line[best] + line[best + 1]) / 2, float(lengths[best])
        across, down = steps[best]
    metres = straight * place.metres
    if metres < 30:
        return None
    angle = math.degrees(math.atan2(down, across))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    rank = 7 if cls in _MAIN_FIRST else 8
    return BackLabel("street", name, place.lonlat(middle[None, :])[0], angle, metres, rank)


def _once_each(labels: Iterable[BackLabel]) -> Iterator[BackLabel]:
    """The most important names first; a name that stands twice within 300 metres stays once."""
    seen: dict[tuple[str, int, int], None] = {}
    for label in sorted(labels, key=lambda one: (one.rank, -one.metres, one.text, one.at)):
        near = (label.text, round(label.at[0] / 0.004), round(label.at[1] / 0.0027))
        if near not in seen:
            seen[near] = None
            yield label


def _in_order(shapes: Sequence[Any]) -> tuple[Any, ...]:
    """The largest first, because the last ones go where the room is short."""

    def size(shape: Any) -> float:
        points = shape.rings[0] if isinstance(shape, BackArea) else shape.points
        lons, lats = zip(*points, strict=True)
        return max(lons) - min(lons) + max(lats) - min(lats)

    return tuple(sorted(shapes, key=size, reverse=True))
