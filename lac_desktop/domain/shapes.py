# SPDX-License-Identifier: AGPL-3.0-or-later
"""Areas on the ground as GeoJSON text (RFC 7946, WGS84): made of corners, read back as rings."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lac_desktop.domain.geometry import Box, Point

#: A ring of corners as (longitude, latitude) in degrees, the last one equal to the first.
Ring = tuple[tuple[float, float], ...]


def polygon_of(corners: Sequence[Point]) -> str:
    """One ring of corners as GeoJSON, counter-clockwise and closed; "" for fewer than three."""
    ring = [(round(corner.lon, 6), round(corner.lat, 6)) for corner in corners]
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(set(ring)) < 3:
        return ""
    if _turn(ring) < 0:
        ring.reverse()
    closed = [[lon, lat] for lon, lat in (*ring, ring[0])]
    return json.dumps({"type": "Polygon", "coordinates": [closed]})


def many_of(rings: Sequence[Ring]) -> str:
    """Rings that are each an area of their own, as GeoJSON; "" where there are none."""
    areas = [[[[lon, lat] for lon, lat in ring]] for ring in rings if len(ring) > 3]
    return json.dumps({"type": "MultiPolygon", "coordinates": areas}) if areas else ""


def rings_of(text: str) -> list[Ring]:
    """All rings of an area, holes included; none where the text is no area that can be read."""
    try:
        return [ring for ring in _rings(json.loads(text)) if len(ring) > 3] if text else []
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return []


def corners_of(text: str) -> list[Point]:
    """The corners of an area of one ring, each once; none for any other area."""
    rings = rings_of(text)
    return [Point(lat, lon) for lon, lat in rings[0][:-1]] if len(rings) == 1 else []


def box_of(text: str) -> Box | None:
    """The box around an area, or None where there is none."""
    places = [place for ring in rings_of(text) for place in ring]
    if not places:
        return None
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    return Box(min(lons), min(lats), max(lons), max(lats))


def crosses_itself(corners: Sequence[Point]) -> bool:
    """Whether two sides of a ring of corners cross, so that inside and outside are not clear."""
    size = len(corners)
    sides = [(corners[i], corners[(i + 1) % size]) for i in range(size)]
    for i, (a, b) in enumerate(sides):
        for j in range(i + 2, size):
            if (i, j) != (0, size - 1) and _cross(a, b, *sides[j]):
                return True
    return False


def _rings(shape: Any) -> Iterator[Ring]:
    """The rings of a GeoJSON object of any kind."""
    kind = shape["type"]
    if kind == "Feature":
        yield from _rings(shape["geometry"])
    elif kind == "FeatureCollection":
        for feature in shape["features"]:
            yield from _rings(feature)
    elif kind == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _rings(part)
    elif kind in ("Polygon", "MultiPolygon"):
        areas = [shape["coordinates"]] if kind == "Polygon" else shape["coordinates"]
        for area in areas:
            for ring in area:
                yield tuple((float(place[0]), float(place[1])) for place in ring)


def _turn(ring: Sequence[tuple[float, float]]) -> float:
    """Twice the signed area: above 0 for counter-clockwise."""
    following = (*ring[1:], ring[0])
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, following, strict=True))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the lines from a to b and from c to d cross."""
    one = _side(a, b, c) * _side(a, b, d)
    other = _side(c, d, a) * _side(c, d, b)
    return one < 0 and other < 0


def _side(a: Point, b: Point, c: Point) -> float:
    """On which side of the line from a to b the point c lies."""
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)
