# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making the basemap: cutting OpenStreetMap features into vector tiles, in a PMTiles file.

The world is cut like a tree: what lies in a tile is handed to its four children, so that a huge
lake is never cut with every small tile, and memory holds one branch at a time.
"""

import gzip
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import Progress
from lac_desktop.geo import basemap_encode, basemap_rules
from lac_desktop.geo.basemap_rules import Facts, Features
from lac_desktop.geo.osm_layers import OsmLayer

if TYPE_CHECKING:
    import numpy as np

#: How far features reach over the edge of their tile, in tile units: wide lines and their caps.
_BUFFER = 80
#: How far simplifying may move a line, in tile units (8 are one pixel of 512); the last zoom is
#: drawn larger, so that it is kept finer.
_TOLERANCE, _LAST_TOLERANCE = 4.0, 1.0
#: Areas smaller than this many square units (64 are one pixel) are left out; the last zoom: 8.
_LEAST_AREA, _LAST_LEAST_AREA = 160.0, 8.0
#: Latitude at which the square web map ends (spherical Mercator, EPSG:3857).
_EDGE = 85.051129
#: Administrative boundaries of these levels are drawn (countries, counties, districts).
_LEVELS = {"2": 8, "4": 8, "5": 8, "6": 8, "7": 10, "8": 10}
_LAKE_NAME_ZOOM = 12


@dataclass(frozen=True, slots=True)
class _Branch:
    """What lies in a tile and around its edge: shapes in world units and their row numbers."""

    zoom: int
    x: int
    y: int
    shapes: "np.ndarray"
    rows: "np.ndarray"


def features_of(points: OsmLayer, lines: OsmLayer, areas: OsmLayer) -> Features:
    """Everything of an extract that the basemap shows, in world units (0 to 1, y down)."""
    import numpy as np
    import shapely

    parts = [
        basemap_rules.classify(areas, "area"),
        basemap_rules.classify(lines, "line"),
        basemap_rules.classify(points, "point"),
        _borders(areas),
        _lake_names(areas),
    ]
    every = basemap_rules.joined(parts)
    broken = ~shapely.is_valid(every.shapes)
    # "structure" gives polygons for polygons; the other method mixes in lines, which get lost later
    every.shapes[broken] = shapely.make_valid(
        every.shapes[broken], method="structure", keep_collapsed=False
    )
    world = shapely.transform(every.shapes, _to_world)
    usable = ~shapely.is_empty(world) & np.isfinite(shapely.bounds(world)).all(axis=1)
    order = np.argsort(-shapely.area(world), kind="stable")  # small areas lie on top of large ones
    return _chosen(every, world, order[usable[order]])


def write(features: Features, out: Path, bounds: Box, name: str, progress: Progress) -> int:
    """Write the tiles to ``out`` (PMTiles version 3, gzip); returns how many there are.

    ``bounds`` are noted in the header in WGS84 degrees. Raises CancelledError through ``progress``.
    """
    from pmtiles.tile import zxy_to_tileid
    from pmtiles.writer import Writer

    with tempfile.TemporaryFile(dir=out.parent) as heap:
        places: list[tuple[int, int, int]] = []
        for zoom, x, y, data in tiles(features, progress):
            packed = gzip.compress(data, compresslevel=6, mtime=0)
            places.append((zxy_to_tileid(zoom, x, y), heap.tell(), len(packed)))
            heap.write(packed)
        if not places:
            return 0
        with out.open("wb") as stream:
            writer = Writer(stream)
            for number, at, size in sorted(places):
                heap.seek(at)
                writer.write_tile(number, heap.read(size))
            writer.finalize(_header(bounds), _metadata(name, bounds, features))
    return len(places)


def tiles(features: Features, progress: Progress) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield zoom, x, y and the uncompressed bytes of every tile that shows something."""
    import numpy as np

    least, greatest = basemap_rules.zoom_range()
    stack = [_Branch(0, 0, 0, features.shapes, np.arange(len(features)))]
    total: int | None = None
    done = 0
    while stack:
        branch = stack.pop()
        if branch.zoom == greatest and total is None:
            total = _tiles_of(features, greatest)
        if branch.zoom >= least:
            data = _tile(features, branch, last=branch.zoom == greatest)
            if data:
                yield branch.zoom, branch.x, branch.y, data
        if branch.zoom == greatest:
            done += 1
            progress(min(done, total or done), total, "Drawing map tiles")
        else:
            stack.extend(_children(branch))


def _tiles_of(features: Features, zoom: int) -> int:
    """How many tiles of a zoom level the middles of the features touch, for the progress."""
    import numpy as np
    import shapely

    bounds = shapely.bounds(features.shapes)
    cells = np.floor((bounds[:, :2] + bounds[:, 2:]) / 2 * (1 << zoom)).astype(np.int64)
    return len(np.unique(cells, axis=0))


def _children(branch: _Branch) -> Iterator[_Branch]:
    """The four tiles below, each with what reaches into it, cut off where it leaves."""
    import numpy as np
    import shapely

    bounds = shapely.bounds(branch.shapes)
    zoom = branch.zoom + 1
    margin = _BUFFER / basemap_encode.EXTENT
    for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
        x, y = branch.x * 2 + dx, branch.y * 2 + dy
        west, east = (x - margin) / (1 << zoom), (x + 1 + margin) / (1 << zoom)
        north, south = (y - margin) / (1 << zoom), (y + 1 + margin) / (1 << zoom)
        hit = (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
        hit &= (bounds[:, 1] <= south) & (bounds[:, 3] >= north)
        index = np.flatnonzero(hit)
        if not len(index):
            continue
        shapes = branch.shapes[index]
        part = bounds[index]
        cut = (part[:, 0] < west) | (part[:, 2] > east)
        cut |= (part[:, 1] < north) | (part[:, 3] > south)
        if cut.any():
            shapes[cut] = shapely.clip_by_rect(shapes[cut], west, north, east, south)
            left = ~shapely.is_empty(shapes)
            index, shapes = index[left], shapes[left]
        if len(index):
            yield _Branch(zoom, x, y, shapes, branch.rows[index])


def _tile(features: Features, branch: _Branch, *, last: bool) -> bytes:
    """The bytes of one tile, b"" when nothing of it shows at this zoom."""
    import numpy as np
    import shapely

    shown = features.zooms[branch.rows] <= branch.zoom
    if not shown.any():
        return b""
    size = float(basemap_encode.EXTENT << branch.zoom)
    corner = np.array([branch.x, branch.y]) * float(basemap_encode.EXTENT)
    shapes = shapely.transform(branch.shapes[shown], lambda xy: xy * size - corner)
    rows = branch.rows[shown]
    bounds = shapely.bounds(shapes)
    edge = basemap_encode.EXTENT + _BUFFER  # the parent's cut reaches further than this tile's
    over = (bounds[:, :2] < -_BUFFER).any(axis=1) | (bounds[:, 2:] > edge).any(axis=1)
    if over.any():
        shapes[over] = shapely.clip_by_rect(shapes[over], -_BUFFER, -_BUFFER, edge, edge)
    shapes = shapely.simplify(shapes, _LAST_TOLERANCE if last else _TOLERANCE)
    flat = shapely.get_dimensions(shapes) == 2
    area = shapely.area(shapes)
    left = ~shapely.is_empty(shapes) & (
        ~flat | (area >= (_LAST_LEAST_AREA if last else _LEAST_AREA))
    )
    kept = np.flatnonzero(left)
    chosen = rows[kept].tolist()
    layers = [features.layers[row] for row in chosen]
    facts = [features.facts[row] for row in chosen]
    return basemap_encode.encode(shapes[kept], layers, facts)


def _to_world(lonlat: "np.ndarray") -> "np.ndarray":
    """WGS84 degrees to the square web map from 0 to 1, y down (spherical Mercator)."""
    import numpy as np

    lat = np.radians(np.clip(lonlat[:, 1], -_EDGE, _EDGE))
    x = (lonlat[:, 0] + 180) / 360
    y = (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2
    return np.column_stack([x, y])


def _chosen(features: Features, shapes: "np.ndarray", rows: "np.ndarray") -> Features:
    """Some of the features, with other shapes."""
    listed = rows.tolist()
    return Features(
        shapes[rows],
        [features.layers[row] for row in listed],
        [features.facts[row] for row in listed],
        features.zooms[rows],
    )


def _borders(areas: OsmLayer) -> Features:
    """Outlines of administrative areas, as lines."""
    import numpy as np
    import shapely

    kind, level = areas.tags["boundary"], areas.tags["admin_level"]
    rows = [
        row
        for row in np.flatnonzero(kind == "administrative").tolist()
        if level[row] is not None and str(level[row]) in _LEVELS
    ]
    facts: list[Facts] = [(("admin_level", int(level[row])),) for row in rows]
    zooms = np.array([_LEVELS[str(level[row])] for row in rows], dtype=np.int8)
    shapes = shapely.boundary(areas.shapes[np.array(rows, dtype=np.int64)])
    return Features(shapes, ["boundary"] * len(rows), facts, zooms)


def _lake_names(areas: OsmLayer) -> Features:
    """A point inside every named water, to hang its name on."""
    import numpy as np
    import shapely

    natural, use, name = (areas.tags[key] for key in ("natural", "landuse", "name"))
    water = (natural == "water") | (use == "reservoir")
    rows = np.flatnonzero(water & areas.has("name"))
    facts: list[Facts] = [(("class", "lake"), ("name", str(name[row]))) for row in rows.tolist()]
    zooms = np.full(len(rows), _LAKE_NAME_ZOOM, dtype=np.int8)
    zooms[shapely.area(areas.shapes[rows]) > 1e-4] = 10  # square degrees: about 0.8 km²
    shapes = shapely.point_on_surface(areas.shapes[rows])
    return Features(shapes, ["water_name"] * len(rows), facts, zooms)


def _header(bounds: Box) -> dict[str, object]:
    """The parts of a PMTiles header that the writer does not fill in itself."""
    from pmtiles.tile import Compression, TileType

    centre = bounds.centre
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(bounds.west * 1e7),
        "min_lat_e7": round(bounds.south * 1e7),
        "max_lon_e7": round(bounds.east * 1e7),
        "max_lat_e7": round(bounds.north * 1e7),
        "center_zoom": 12,
        "center_lon_e7": round(centre.lon * 1e7),
        "center_lat_e7": round(centre.lat * 1e7),
    }


def _metadata(name: str, bounds: Box, features: Features) -> dict[str, object]:
    """What other programs show about the tiles; ``vector_layers`` is required by the format."""
    least, greatest = basemap_rules.zoom_range()
    fields: dict[str, dict[str, str]] = {}
    for layer, facts in zip(features.layers, features.facts, strict=True):
        known = fields.setdefault(layer, {})
        for key, value in facts:
            known[key] = "Number" if isinstance(value, int) else "String"
    return {
        "name": name,
        "type": "baselayer",
        "format": "pbf",
        "attribution": "© OpenStreetMap contributors",
        "bounds": f"{bounds.west:.6f},{bounds.south:.6f},{bounds.east:.6f},{bounds.north:.6f}",
        "vector_layers": [
            {"id": layer, "fields": known, "minzoom": least, "maxzoom": greatest}
            for layer, known in sorted(fields.items())
        ],
    }
