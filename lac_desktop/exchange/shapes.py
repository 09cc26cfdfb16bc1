# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of a public asset as a GeoJSON geometry: its area where it has one, else its point."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from lac_desktop.domain.privacy import PublicAsset

#: Places after the point in coordinates: 1 cm on the ground.
PLACES = 7

Ring = list[list[float]]


def shape_of(asset: PublicAsset) -> dict[str, Any] | None:
    """The geometry of an asset as RFC 7946 wants it, or None where it has no place on the map.

    Outer rings run against the clock and holes with it; heights are dropped.
    """
    polygons = polygons_of(asset.area)
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    if polygons:
        return {"type": "MultiPolygon", "coordinates": polygons}
    if asset.point is None:
        return None
    lon, lat = round(asset.point.lon, PLACES), round(asset.point.lat, PLACES)
    return {"type": "Point", "coordinates": [lon, lat]}


def polygons_of(area: str) -> list[list[Ring]]:
    """The polygons of an area given as GeoJSON text; empty for anything that is no area."""
    if not area:
        return []
    try:
        found = json.loads(area)
        if found.get("type") == "Polygon":
            return [_wound(found["coordinates"])]
        if found.get("type") == "MultiPolygon":
            return [_wound(polygon) for polygon in found["coordinates"]]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return []
    return []


def _wound(rings: Sequence[Sequence[Sequence[float]]]) -> list[Ring]:
    """Round the rings of a polygon, close them and turn them the way RFC 7946 section 3.1.6 asks.

    Raises ValueError for a ring of fewer than three corners.
    """
    turned: list[Ring] = []
    for number, raw in enumerate(rings):
        ring = [[round(float(p[0]), PLACES), round(float(p[1]), PLACES)] for p in raw]
        if ring[0] != ring[-1]:
            ring.append(ring[0])
        if len(ring) < 4:
            raise ValueError("a ring needs three corners")
        if (_doubled_area(ring) > 0) != (number == 0):
            ring.reverse()
        turned.append(ring)
    if not turned:
        raise ValueError("a polygon needs a ring")
    return turned


def _doubled_area(ring: Ring) -> float:
    """Twice the signed area of a closed ring: positive where it runs against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
