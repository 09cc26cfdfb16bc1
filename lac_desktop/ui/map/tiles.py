# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decoded tiles as Qt shapes, kept while there is room, and which of them a view needs."""

import math
import struct
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QImage, QPainterPath, QPolygonF

from lac_desktop.errors import UnreadableFileError
from lac_desktop.services.maps import Features, MapTiles
from lac_desktop.ui.map.view import TILE, View

Key = tuple[int, int, int]

_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])


@dataclass(frozen=True, slots=True)
class TileShapes:
    """One tile ready to paint, in tile units; or the picture of a raster tile."""

    areas: Mapping[str, list[QPainterPath]]
    lines: Mapping[str, list[QPolygonF]]
    labels: Mapping[str, Features]
    picture: QImage | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A tile and where its upper left corner lies in a view: pixels, and pixels a side."""

    key: Key
    shapes: TileShapes
    left: float
    top: float
    side: float


class TileCache:
    """The last tiles used of one street map; safe to use from several threads."""

    def __init__(self, tiles: MapTiles, room: int = 192) -> None:
        self.tiles = tiles
        self.damaged = 0
        self._room = room
        self._kept: OrderedDict[Key, TileShapes | None] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> TileShapes | None:
        """The shapes of a tile; None where there is none or it is damaged (then counted)."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        try:
            made = self._make(key)
        except UnreadableFileError:
            # One bad tile is a hole in the map; the count lets the window say so.
            self.damaged += 1
            made = None
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return made

    def _make(self, key: Key) -> TileShapes | None:
        """Decode a tile into shapes."""
        if self.tiles.raster:
            data = self.tiles.picture(*key)
            picture = QImage.fromData(data) if data else QImage()
            return None if picture.isNull() else TileShapes({}, {}, {}, picture)
        tile = self.tiles.tile(*key)
        if tile is None:
            return None
        return TileShapes(
            {cls: paths(found) for cls, found in tile.areas.items()},
            {cls: polylines(found) for cls, found in tile.lines.items()},
            tile.labels,
        )


def visible(cache: TileCache, view: View) -> list[Placed]:
    """The tiles that a view needs, north to south; those that are missing are left out."""
    tiles = cache.tiles
    # A picture of 256 pixels reads best at its own size; vectors are cut for 512.
    want = math.floor(view.zoom + (1 if tiles.raster else 0.25))
    z = min(tiles.max_zoom, max(tiles.min_zoom, want))
    count = 1 << z
    side = view.scale / count
    if view.width * view.height / side**2 > 400:
        return []  # far below the map's smallest zoom
    x0, y0 = view.to_world(0, 0)
    x1, y1 = view.to_world(view.width, view.height)
    found = []
    for row in range(max(0, int(y0 * count)), min(count - 1, int(y1 * count)) + 1):
        for column in range(max(0, int(x0 * count)), min(count - 1, int(x1 * count)) + 1):
            shapes = cache.get((z, column, row))
            if shapes is not None:
                left, top = view.to_pixels(column / count, row / count)
                found.append(Placed((z, column, row), shapes, left, top, side))
    return found


def paths(found: Features) -> list[QPainterPath]:
    """One closed path a feature (QPainterPath's stream format, so no loop over points)."""
    chunks: list[bytes] = []
    count = 0
    parts = found.parts.tolist()
    for first, last in zip(found.features[:-1].tolist(), found.features[1:].tolist(), strict=True):
        rings = [
            (parts[p], parts[p + 1]) for p in range(first, last) if parts[p + 1] > parts[p] + 2
        ]
        if not rings:
            continue
        total = sum(b - a + 1 for a, b in rings)
        elements = np.empty(total, _ELEMENT)
        elements["type"] = 1
        at = 0
        for a, b in rings:
            size = b - a
            for axis, name in enumerate(("x", "y")):
                elements[name][at : at + size] = found.xy[a:b, axis]
                elements[name][at + size] = found.xy[a, axis]
            elements["type"][at] = 0
            at += size + 1
        chunks += [struct.pack(">i", total), elements.tobytes(), struct.pack(">ii", 0, 0)]
        count += 1
    stream = _stream(b"".join(chunks))
    out = []
    for _ in range(count):
        path = QPainterPath()
        stream >> path  # pyright: ignore[reportUnusedExpression]
        out.append(path)
    return out


def polylines(found: Features) -> list[QPolygonF]:
    """One polyline a part, of those with two points or more."""
    flat = found.xy.astype(">f8")
    chunks: list[bytes] = []
    parts = found.parts.tolist()
    for a, b in pairwise(parts):
        if b - a > 1:
            chunks += [struct.pack(">I", b - a), flat[a:b].tobytes()]
    stream = _stream(b"".join(chunks))
    out = []
    for _ in range(len(chunks) // 2):
        line = QPolygonF()
        stream >> line  # pyright: ignore[reportUnusedExpression]
        out.append(line)
    return out


def _stream(data: bytes) -> QDataStream:
    """A stream that reads Qt's own binary format, big-endian doubles."""
    return QDataStream(QByteArray(data))  # this form keeps its own copy of the bytes


__all__ = ["TILE", "Placed", "TileCache", "TileShapes", "visible"]
