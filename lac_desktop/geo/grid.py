# SPDX-License-Identifier: AGPL-3.0-or-later
"""British National Grid (EPSG:27700) to and from WGS84, and grid references such as "SK 860 090".

The method is Ordnance Survey's own ("A guide to coordinate systems in Great Britain", annexes B
and C): a transverse Mercator projection on the Airy 1830 ellipsoid and a seven-parameter Helmert
shift. Against the exact OSTN15 grid that is up to about 5 m off (typically 1 to 3 m): enough for
walking to a place. pyproj would be no better, for the OSTN15 file is not shipped with it.
"""

import math
import re
from typing import TYPE_CHECKING

from lac_desktop.domain.geometry import Point

if TYPE_CHECKING:
    import numpy as np

#: Semi-axes in metres of the two ellipsoids.
_AIRY = (6_377_563.396, 6_356_256.909)
_GRS80 = (6_378_137.0, 6_356_752.3141)

#: The National Grid: scale on the central meridian, true origin (degrees) and false origin (m).
_F0, _LAT0, _LON0, _E0, _N0 = 0.999_601_271_7, math.radians(49), math.radians(-2), 4e5, -1e5

#: WGS84 to OSGB36: shift in metres, scale in parts per million, rotations in seconds of arc.
_SHIFT, _SCALE, _TURN = (-446.448, 125.157, -542.060), 20.4894, (-0.1502, -0.2470, -0.8421)

#: Eastings and northings that lie on the grid at all.
_GRID_EAST, _GRID_NORTH = 700_000, 1_300_000

_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_REFERENCE = re.compile(r"([HJNOST][A-HJ-Z])\s*((?:\d\s*){4,10})")
_PAIR = re.compile(r"(\d{5,6}(?:\.\d+)?)\s*[,;\s]\s*(\d{5,7}(?:\.\d+)?)")


def to_wgs84(eastings: "np.ndarray", northings: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Latitudes and longitudes (WGS84 degrees) of National Grid metres; arrays of one shape."""
    import numpy as np

    east = np.asarray(eastings, dtype=np.float64)
    north = np.asarray(northings, dtype=np.float64)
    lat, lon = _unproject(east, north)
    x, y, z = _cartesian(lat, lon, _AIRY)
    x, y, z = _helmert(x, y, z, -1.0)
    lat, lon = _geographic(x, y, z, _GRS80)
    return np.degrees(lat), np.degrees(lon)


def from_wgs84(lats: "np.ndarray", lons: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """National Grid eastings and northings in metres of WGS84 degrees; arrays of one shape."""
    import numpy as np

    lat = np.radians(np.asarray(lats, dtype=np.float64))
    lon = np.radians(np.asarray(lons, dtype=np.float64))
    x, y, z = _cartesian(lat, lon, _GRS80)
    x, y, z = _helmert(x, y, z, 1.0)
    lat, lon = _geographic(x, y, z, _AIRY)
    return _project(lat, lon)


def point_at(easting: float, northing: float) -> Point:
    """The WGS84 point of one easting and northing in metres."""
    import numpy as np

    lat, lon = to_wgs84(np.array([easting]), np.array([northing]))
    return Point(float(lat[0]), float(lon[0]))


def metres_at(point: Point) -> tuple[float, float]:
    """Easting and northing in metres of one WGS84 point."""
    import numpy as np

    east, north = from_wgs84(np.array([point.lat]), np.array([point.lon]))
    return float(east[0]), float(north[0])


def parse(text: str) -> Point | None:
    """The point that a grid reference or an "easting, northing" pair means, else None.

    "SK 860 090" and "SK86000900" name squares of 100 m and 10 m: the point is the middle of the
    square. At least four digits are needed, for "SK86" could be the beginning of a postcode.
    """
    cleaned = text.strip().upper()
    pair = _PAIR.fullmatch(cleaned)
    if pair:
        easting, northing = float(pair[1]), float(pair[2])
        on_grid = 0 < easting < _GRID_EAST and 0 < northing < _GRID_NORTH
        return point_at(easting, northing) if on_grid else None
    match = _REFERENCE.fullmatch(cleaned)
    if not match:
        return None
    digits = re.sub(r"\s", "", match[2])
    if len(digits) % 2:
        return None
    half = len(digits) // 2
    size = 10 ** (5 - half)
    corner = _square(match[1])
    if corner is None:
        return None
    easting = corner[0] + int(digits[:half]) * size + size / 2
    northing = corner[1] + int(digits[half:]) * size + size / 2
    return point_at(easting, northing)


def reference(point: Point, digits: int = 6) -> str:
    """The grid reference of a point, such as "SK 860 090"; empty off the National Grid."""
    easting, northing = metres_at(point)
    if not (0 <= easting < _GRID_EAST and 0 <= northing < _GRID_NORTH):
        return ""
    column, row = int(easting // 100_000), int(northing // 100_000)
    first = _LETTERS[(3 - (row // 5)) * 5 + column // 5 + 2]
    second = _LETTERS[(4 - row % 5) * 5 + column % 5]
    half = digits // 2
    size = 10 ** (5 - half)
    parts = (int(value % 100_000) // size for value in (easting, northing))
    return " ".join([first + second, *(f"{part:0{half}d}" for part in parts)])


def _square(letters: str) -> tuple[float, float] | None:
    """South-west corner in metres of a 100 km square, None if it is not on the grid."""
    first, second = _LETTERS.index(letters[0]), _LETTERS.index(letters[1])
    east = (first % 5 - 2) * 5 + second % 5
    north = (3 - first // 5) * 5 + 4 - second // 5
    on_grid = 0 <= east < 7 and 0 <= north < 13
    return (east * 100_000.0, north * 100_000.0) if on_grid else None


def _cartesian(
    lat: "np.ndarray", lon: "np.ndarray", axes: tuple[float, float]
) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """Earth-centred metres of points (radians) on an ellipsoid, height 0."""
    import numpy as np

    a, b = axes
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return (
        nu * np.cos(lat) * np.cos(lon),
        nu * np.cos(lat) * np.sin(lon),
        nu * (1 - e2) * np.sin(lat),
    )


def _geographic(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray", axes: tuple[float, float]
) -> "tuple[np.ndarray, np.ndarray]":
    """Latitudes and longitudes (radians) of earth-centred metres on an ellipsoid."""
    import numpy as np

    a, b = axes
    e2 = 1 - (b / a) ** 2
    across = np.hypot(x, y)
    lat = np.arctan2(z, across * (1 - e2))
    for _ in range(6):
        nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), across)
    return lat, np.arctan2(y, x)


def _helmert(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray", sign: float
) -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """Shift from WGS84 to OSGB36 (sign 1) or, closely enough, back (sign -1)."""
    tx, ty, tz = (sign * value for value in _SHIFT)
    scale = 1 + sign * _SCALE * 1e-6
    rx, ry, rz = (sign * math.radians(value / 3600) for value in _TURN)
    return (
        tx + x * scale - rz * y + ry * z,
        ty + rz * x + y * scale - rx * z,
        tz - ry * x + rx * y + z * scale,
    )


def _meridian(lat: "np.ndarray") -> "np.ndarray":
    """Developed arc of the meridian from the true origin, metres (OS guide, C3)."""
    import numpy as np

    a, b = _AIRY
    n = (a - b) / (a + b)
    d, s = lat - _LAT0, lat + _LAT0
    return (b * _F0) * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * d
        - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(d) * np.cos(s)
        + (1.875 * n**2 + 1.875 * n**3) * np.sin(2 * d) * np.cos(2 * s)
        - (35 / 24 * n**3) * np.sin(3 * d) * np.cos(3 * s)
    )


def _radii(lat: "np.ndarray") -> "tuple[np.ndarray, np.ndarray, np.ndarray]":
    """The radii of curvature nu and rho, and eta squared, of the OS guide (C2)."""
    import numpy as np

    a, b = _AIRY
    e2 = 1 - (b / a) ** 2
    bend = 1 - e2 * np.sin(lat) ** 2
    nu = a * _F0 / np.sqrt(bend)
    rho = a * _F0 * (1 - e2) / bend**1.5
    return nu, rho, nu / rho - 1


def _project(lat: "np.ndarray", lon: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """Eastings and northings of OSGB36 latitudes and longitudes in radians (OS guide, C1)."""
    import numpy as np

    nu, rho, eta2 = _radii(lat)
    sin, cos, tan2 = np.sin(lat), np.cos(lat), np.tan(lat) ** 2
    d = lon - _LON0
    north = (
        _meridian(lat)
        + _N0
        + nu / 2 * sin * cos * d**2
        + nu / 24 * sin * cos**3 * (5 - tan2 + 9 * eta2) * d**4
        + nu / 720 * sin * cos**5 * (61 - 58 * tan2 + tan2**2) * d**6
    )
    five = 5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2
    east = (
        _E0
        + nu * cos * d
        + nu / 6 * cos**3 * (nu / rho - tan2) * d**3
        + nu / 120 * cos**5 * five * d**5
    )
    return east, north


def _unproject(east: "np.ndarray", north: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """OSGB36 latitudes and longitudes in radians of eastings and northings (OS guide, C2)."""
    import numpy as np

    lat = (north - _N0) / (_AIRY[0] * _F0) + _LAT0
    for _ in range(8):  # converges to well under a millimetre anywhere on the grid
        lat = lat + (north - _N0 - _meridian(lat)) / (_AIRY[0] * _F0)
    nu, rho, eta2 = _radii(lat)
    tan, tan2, sec = np.tan(lat), np.tan(lat) ** 2, 1 / np.cos(lat)
    d = east - _E0
    lat_out = (
        lat
        - tan / (2 * rho * nu) * d**2
        + tan / (24 * rho * nu**3) * (5 + 3 * tan2 + eta2 - 9 * tan2 * eta2) * d**4
        - tan / (720 * rho * nu**5) * (61 + 90 * tan2 + 45 * tan2**2) * d**6
    )
    lon_out = (
        _LON0
        + sec / nu * d
        - sec / (6 * nu**3) * (nu / rho + 2 * tan2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * tan2 + 24 * tan2**2) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * tan2 + 1320 * tan2**2 + 720 * tan2**3) * d**7
    )
    return lat_out, lon_out
