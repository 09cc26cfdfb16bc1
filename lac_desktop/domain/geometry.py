# SPDX-License-Identifier: AGPL-3.0-or-later
"""Points and boxes on the ground, in WGS84 degrees (EPSG:4326)."""

import math
from dataclasses import dataclass

#: Metres in one degree of latitude on the WGS84 mean sphere (6,371,008.8 m).
METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ground: latitude and longitude in degrees, WGS84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of longitudes and latitudes, WGS84 degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Say whether the point lies inside or on the edge."""
        return self.west <= point.lon <= self.east and self.south <= point.lat <= self.north

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return Point((self.south + self.north) / 2, (self.west + self.east) / 2)


#: Where the coordinates of a UK place must lie (islands included).
UK = Box(-9.5, 49.0, 2.5, 61.5)


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points as the crow flies (equirectangular: 0.03 m off at 800 m)."""
    lat = math.radians((a.lat + b.lat) / 2)
    dy = (a.lat - b.lat) * METRES_PER_DEGREE
    dx = (a.lon - b.lon) * METRES_PER_DEGREE * math.cos(lat)
    return math.hypot(dx, dy)


def box_around(centre: Point, metres: float) -> Box:
    """The smallest box that holds a circle of so many metres."""
    dlat = metres / METRES_PER_DEGREE
    dlon = dlat / max(0.01, math.cos(math.radians(centre.lat)))
    return Box(centre.lon - dlon, centre.lat - dlat, centre.lon + dlon, centre.lat + dlat)
