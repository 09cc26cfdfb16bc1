# SPDX-License-Identifier: AGPL-3.0-or-later
"""GeoJSON geometries of unknown origin: check them, and find the point that stands for them.

Format: RFC 7946; positions are longitude, latitude in degrees (or National Grid metres where a
file does not keep to it).
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lac_desktop.domain.geometry import Point

#: An area with more corners than this is simplified before it is kept.
MOST_CORNERS = 2_000
_MOST_POSITIONS = 2_000_000
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
          "MultiPolygon": 3}  # fmt: skip
_SPELLED = {name.lower(): name for name in (*_DEPTH, "GeometryCollection")}


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry as understood: its point (lat is the second number), area as text, or a sentence.

    The point is on the ground of the file's own coordinates: degrees or metres. ``line`` says
    that the geometry is a line.
    """

    point: Point | None = None
    area: str = ""
    message: str = ""
    line: bool = False


class _BadGeometryError(ValueError):
    """A sentence about what is wrong with a geometry."""


def understand(geometry: Any) -> Shape:
    """Make a shape of a GeoJSON geometry, or say what is wrong with it."""
    if geometry is None:
        return Shape()
    try:
        return _understood(geometry, 0)
    except _BadGeometryError as error:
        return Shape(message=str(error))


def _understood(geometry: Any, depth: int) -> Shape:
    """Check one geometry; raises _BadGeometryError."""
    if not isinstance(geometry, Mapping):
        raise _BadGeometryError("The geometry is not one.")
    kind = _SPELLED.get(str(geometry.get("type", "")).lower())
    if kind is None:
        raise _BadGeometryError(f"“{str(geometry.get('type'))[:40]}” is not a geometry.")
    if kind == "GeometryCollection":
        return _first_of(geometry.get("geometries"), depth)
    coordinates = geometry.get("coordinates")
    positions = list(_positions(coordinates, _DEPTH[kind]))
    if not positions:
        raise _BadGeometryError("The geometry has no coordinates.")
    if kind in ("Point", "MultiPoint"):
        return Shape(Point(positions[0][1], positions[0][0]))
    fewest = 4 if "Polygon" in kind else 2
    if len(positions) < fewest:
        raise _BadGeometryError("The geometry has too few coordinates.")
    return _extended(kind, coordinates, positions)


def _first_of(parts: Any, depth: int) -> Shape:
    """The first usable part of a collection, areas before points."""
    if not isinstance(parts, list) or not parts or depth > 5:
        raise _BadGeometryError("The geometry has no parts.")
    shapes = [_understood(part, depth + 1) for part in parts[:1000]]
    return next((shape for shape in shapes if shape.area and not shape.line), shapes[0])


def _positions(node: Any, depth: int) -> Iterator[tuple[float, float]]:
    """All positions of nested coordinates; raises _BadGeometryError."""
    if not isinstance(node, list):
        raise _BadGeometryError("The coordinates are not numbers.")
    if depth:
        for inner in node[:_MOST_POSITIONS]:
            yield from _positions(inner, depth - 1)
        return
    if len(node) < 2:
        raise _BadGeometryError("A position has only one number.")
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in node[:2]):
        raise _BadGeometryError("The coordinates are not numbers.")
    try:
        x, y = float(node[0]), float(node[1])
    except OverflowError as error:
        raise _BadGeometryError("The coordinates are not numbers.") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise _BadGeometryError("The coordinates are not numbers.")
    yield x, y


def _extended(kind: str, coordinates: Any, positions: list[tuple[float, float]]) -> Shape:
    """The shape of a line or area: a point on it, and the geometry itself as text."""
    import shapely
    from shapely.geometry import shape

    try:
        found = shape({"type": kind, "coordinates": coordinates})
        if "Polygon" in kind and not found.is_valid:
            found = shapely.make_valid(found)
        middle = (
            found.representative_point()
            if "Polygon" in kind
            else found.interpolate(0.5, normalized=True)
        )
        point = Point(middle.y, middle.x)
    except (ValueError, TypeError, IndexError, AttributeError, shapely.errors.ShapelyError):
        xs, ys = zip(*positions, strict=True)
        return Shape(Point(sum(ys) / len(ys), sum(xs) / len(xs)))
    text = ""
    if len(positions) <= MOST_CORNERS:
        text = json.dumps({"type": kind, "coordinates": coordinates}, separators=(",", ":"))
    elif found.geom_type in _DEPTH:
        text = area_text(found)
    return Shape(point, text, line="Line" in kind)


def area_text(geometry: Any, tolerance: float = 0.00002) -> str:
    """A shapely geometry as GeoJSON text, simplified to about 2 m and rounded to 0.1 m."""
    import shapely

    plain = shapely.set_precision(shapely.simplify(geometry, tolerance), 1e-6)
    if plain.is_empty or plain.geom_type not in _DEPTH:
        return ""
    if "Polygon" in plain.geom_type:
        plain = shapely.orient_polygons(plain)  # RFC 7946: outer rings against the clock
    text = str(shapely.to_geojson(plain))
    return json.dumps(json.loads(text), separators=(",", ":"))
