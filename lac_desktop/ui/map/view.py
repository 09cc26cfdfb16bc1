# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the map looks: Web Mercator (EPSG:3857) as a square from 0 to 1, and the way to pixels.

Zoom follows the convention of 512 pixels a tile: the world is ``512 * 2**zoom`` pixels wide.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.geometry import Box, Point

Floats = NDArray[np.float64]

TILE = 512
MIN_ZOOM, MAX_ZOOM = 2.0, 19.0

_MAX_LAT = 85.0511
_EARTH_M = 40_075_016.686  # metres around the equator


def project(lats: Any, lons: Any) -> tuple[Floats, Floats]:
    """WGS84 degrees to world coordinates x, y (0 to 1, y southwards)."""
    lat = np.clip(np.asarray(lats, np.float64), -_MAX_LAT, _MAX_LAT)
    x = np.asarray(lons, np.float64) / 360 + 0.5
    return x, 0.5 - np.arcsinh(np.tan(np.radians(lat))) / (2 * np.pi)


def project_point(point: Point) -> tuple[float, float]:
    """One point to world coordinates."""
    x, y = project(point.lat, point.lon)
    return float(x), float(y)


def unproject(x: float, y: float) -> Point:
    """World coordinates to WGS84 degrees."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
    return Point(lat, x * 360 - 180)


@dataclass(frozen=True, slots=True)
class View:
    """A look at the map: centre in world coordinates, zoom, size in logical pixels."""

    x: float
    y: float
    zoom: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels that the whole world is wide."""
        return TILE * 2.0**self.zoom

    @property
    def left(self) -> float:
        """World x of the left edge."""
        return self.x - self.width / 2 / self.scale

    @property
    def top(self) -> float:
        """World y of the upper edge."""
        return self.y - self.height / 2 / self.scale

    @property
    def centre(self) -> Point:
        """The middle, in degrees."""
        return unproject(self.x, self.y)

    @property
    def metres_per_pixel(self) -> float:
        """Metres on the ground that a pixel covers at the centre."""
        return _EARTH_M * math.cos(math.radians(self.centre.lat)) / self.scale

    def to_pixels(self, x: Any, y: Any) -> tuple[Any, Any]:
        """World coordinates to pixels of this view; numbers or arrays."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """Pixels of this view to world coordinates."""
        return self.left + px / self.scale, self.top + py / self.scale

    def point_at(self, px: float, py: float) -> Point:
        """The place under a pixel, in degrees."""
        return unproject(*self.to_world(px, py))

    def panned(self, dx: float, dy: float) -> "View":
        """The view moved by so many pixels."""
        return self.moved(self.x + dx / self.scale, self.y + dy / self.scale)

    def moved(self, x: float, y: float) -> "View":
        """The view with another centre, kept on the world."""
        return replace(self, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))

    def zoomed(self, zoom: float, px: float, py: float) -> "View":
        """The view at another zoom, with what lies under a pixel kept there."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        wx, wy = self.to_world(px, py)
        scale = TILE * 2.0**zoom
        x = wx - (px - self.width / 2) / scale
        y = wy - (py - self.height / 2) / scale
        return replace(self, zoom=zoom).moved(x, y)

    def grown(self, factor: float) -> "View":
        """The view with more around it."""
        return replace(
            self, width=math.ceil(self.width * factor), height=math.ceil(self.height * factor)
        )

    def holds(self, other: "View", spare: float = 0.0) -> bool:
        """Whether this view covers another one with spare pixels of its own around it."""
        gap_x = (self.width - other.width * self.scale / other.scale) / 2 - spare
        gap_y = (self.height - other.height * self.scale / other.scale) / 2 - spare
        return (
            abs(self.x - other.x) * self.scale <= gap_x + 0.5
            and abs(self.y - other.y) * self.scale <= gap_y + 0.5
        )


def view_at(point: Point, zoom: float, width: float, height: float) -> View:
    """A view centred on a point."""
    x, y = project_point(point)
    return View(x, y, zoom, width, height)


def view_of(box: Box, width: float, height: float, margin: float = 32.0) -> View:
    """The view that shows a whole box with a margin in pixels, no closer than zoom 17."""
    (x0, x1), (y1, y0) = project([box.south, box.north], [box.west, box.east])
    wide = max(x1 - x0, 1e-9) / max(1.0, width - 2 * margin)
    high = max(y1 - y0, 1e-9) / max(1.0, height - 2 * margin)
    zoom = math.log2(1 / (TILE * max(wide, high)))
    zoom = min(17.0, max(MIN_ZOOM, zoom))
    return View(float(x0 + x1) / 2, float(y0 + y1) / 2, zoom, width, height)


def box_of(lats: Sequence[float] | Floats, lons: Sequence[float] | Floats) -> Box | None:
    """The box around points, or None where there are none."""
    if len(lats) == 0:
        return None
    return Box(float(np.min(lons)), float(np.min(lats)), float(np.max(lons)), float(np.max(lats)))
