# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make sense of the coordinates in a file: which are wrong, swapped, or of the National Grid.

Degrees are WGS84 (EPSG:4326); metres are the British National Grid (EPSG:27700). Without the
OSTN15 grid file the conversion is a few metres off, which is fine on foot.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lac_desktop.domain.geometry import UK, Box, Point

_DMS = re.compile(
    r"^\s*([NSEW])?\s*(\d{1,3})\s*[°d:\s]\s*(\d{1,2}(?:\.\d+)?)\s*['′:\s]?\s*(\d{1,2}(?:\.\d+)?)?\s*[\"″]?\s*([NSEW])?\s*$",
    re.IGNORECASE,
)
_GRID_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Placed:
    """A position as understood: ``point`` or None, what was wrong, and a mend as "lat, lon".

    ``note`` says what was done without asking, such as a conversion from the National Grid.
    """

    point: Point | None
    message: str = ""
    suggestion: str = ""
    note: str = ""


def number(text: str) -> float | None:
    """Read a coordinate: decimal point or comma, degrees with minutes and seconds, N/S/E/W."""
    stripped = text.strip().replace("\u2212", "-")
    decimal = re.fullmatch(r"([+-]?\d+),(\d+)", stripped)
    if decimal:
        stripped = f"{decimal[1]}.{decimal[2]}"
    try:
        value = float(stripped)
    except ValueError:
        return _degrees(stripped)
    return value if math.isfinite(value) else None


def _degrees(text: str) -> float | None:
    """Read degrees, minutes and seconds such as 52°40'12\"N, or None."""
    plain = re.fullmatch(r"\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*([NSEW])\s*", text, re.IGNORECASE)
    if plain:
        return float(plain[1]) * (-1 if plain[2].upper() in "SW" else 1)
    found = _DMS.match(text)
    if not found or not (found[1] or found[5]):
        return None
    minutes, seconds = float(found[3]), float(found[4] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = int(found[2]) + minutes / 60 + seconds / 3600
    return -value if (found[1] or found[5]).upper() in "SW" else value


def outline(text: str) -> tuple[str, str] | None:
    """A point inside a WKT polygon as (latitude or northing, longitude or easting), or None."""
    if not re.match(r"\s*(?:MULTI)?POLYGON\s*Z?\s*\(", text, re.IGNORECASE) or len(text) > 500_000:
        return None
    import shapely

    try:
        middle = shapely.make_valid(shapely.from_wkt(text)).representative_point()
    except shapely.errors.ShapelyError:
        return None
    return repr(middle.y), repr(middle.x)


def pair(text: str) -> tuple[str, str] | None:
    """Split one cell that holds both coordinates, such as "52.67, -0.73" or "POINT (x y)"."""
    if text.lstrip()[:1] in "PpMm":
        inside = outline(text)
        if inside:
            return inside
    point = re.fullmatch(
        r"\s*POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)\s*", text, re.IGNORECASE
    )
    if point:
        return point[2], point[1]
    both = re.fullmatch(
        r"\s*[\[(]?\s*([+-]?\d[\d.]*)\s*(?:,\s*|;\s*|\s+)([+-]?\d[\d.]*)\s*[\])]?\s*", text
    )
    return (both[1], both[2]) if both else None


@lru_cache(maxsize=1)
def _transformer() -> object:
    """The conversion from the National Grid, made once because making it takes 50 ms."""
    import pyproj

    return pyproj.Transformer.from_crs(27700, 4326, always_xy=True)


def from_grid(eastings: Sequence[float], northings: Sequence[float]) -> list[Point]:
    """Convert National Grid metres to points."""
    lons, lats = _transformer().transform(list(eastings), list(northings))  # type: ignore[attr-defined]
    return [Point(round(lat, 7), round(lon, 7)) for lat, lon in zip(lats, lons, strict=True)]


def in_grid(easting: float, northing: float) -> bool:
    """Say whether two numbers can be metres of the National Grid on land."""
    return 1_000 < easting < 700_000 and 1_000 < northing < 1_300_000


def grid_reference(text: str) -> Point | None:
    """Read a grid reference such as "SK 860 090" or "SK8600009000": the middle of its square."""
    packed = re.sub(r"\s+", "", text).upper()
    found = re.fullmatch(r"([A-HJ-Z]{2})(\d{4,10})", packed)
    if not found or len(found[2]) % 2:
        return None
    first, second = (_GRID_LETTERS.index(letter) for letter in found[1])
    east = ((first - 2) % 5) * 5 + second % 5
    north = (19 - first // 5 * 5) - second // 5
    half = len(found[2]) // 2
    size = 10 ** (5 - half)
    easting = east * 100_000 + int(found[2][:half]) * size + size / 2
    northing = north * 100_000 + int(found[2][half:]) * size + size / 2
    return from_grid([easting], [northing])[0] if in_grid(easting, northing) else None


def place(lat_text: str, lon_text: str, bounds: Box | None = None) -> Placed:
    """Make a point of two cells that are said to be latitude and longitude.

    ``bounds`` is where the neighbourhood lies, if known: swapped numbers must land there (or in
    the UK) to be called swapped. Numbers of the National Grid are converted and noted.
    """
    lat, lon = number(lat_text), number(lon_text)
    if lat is None or lon is None:
        wrong = lat_text if lat is None else lon_text
        return Placed(None, f"“{wrong.strip()[:40]}” is not a coordinate.")
    if abs(lat) < 1e-6 and abs(lon) < 1e-6:
        return Placed(None, "The position 0, 0 lies in the sea off Africa: it means “unknown”.")
    if 99.9999 < lat < 100:
        return Placed(None, "The latitude 99.999999 is how postcode lists write “unknown”.")
    if in_grid(lon, lat):
        return _converted(lon, lat)
    if in_grid(lat, lon):
        return _converted(lat, lon)
    return _degrees_checked(lat, lon, bounds)


def _converted(easting: float, northing: float) -> Placed:
    """Turn metres into a point, or say that they lie outside Britain."""
    point = from_grid([easting], [northing])[0]
    if not UK.holds(point):
        return Placed(None, "The position lies outside the United Kingdom.")
    return Placed(
        point, note="The coordinates were of the British National Grid and were converted."
    )


def _degrees_checked(lat: float, lon: float, bounds: Box | None) -> Placed:
    """Check degrees against the globe, the UK and the neighbourhood."""
    swapped = Point(lon, lat) if -90 <= lon <= 90 and -180 <= lat <= 180 else None
    given = Point(lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
    if given and UK.holds(given):
        flipped = Point(lat, -lon)
        if bounds and not bounds.holds(given) and bounds.holds(flipped):
            return Placed(
                given,
                "The longitude seems to lack its minus sign: the place lies outside your area.",
                f"{lat:.6f}, {-lon:.6f}",
            )
        return Placed(given)
    if swapped and UK.holds(swapped):
        return Placed(None, "Latitude and longitude seem to be swapped.", f"{lon:.6f}, {lat:.6f}")
    if given and bounds and bounds.holds(given):
        return Placed(given)
    if given is None:
        return Placed(None, f"{lat:g}, {lon:g} is not a place on Earth.")
    return Placed(
        None,
        f"The position {lat:.4f}, {lon:.4f} lies outside the United Kingdom.",
        f"{lat:.6f}, {lon:.6f}",
    )
