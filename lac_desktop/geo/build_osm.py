# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a pack that come from OpenStreetMap or from a basemap that somebody brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import Progress
from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo import (
    basemap_build,
    build_files,
    build_sources,
    names,
    osm_layers,
    pack_info,
)
from lac_desktop.geo.names import Name
from lac_desktop.geo.osm_layers import OsmLayer
from lac_desktop.geo.pack_info import Source

_CHUNK = 4 << 20


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read from OpenStreetMap files; ``bounds`` is where the streets lie (WGS84)."""

    points: OsmLayer
    lines: OsmLayer
    areas: OsmLayer
    names: list[Name]
    bounds: Box
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class OwnBasemap:
    """A basemap that was copied into a pack."""

    source: Source
    tiles: int
    bounds: Box


def read(files: Sequence[Path], scratch: Path, progress: Progress) -> Extract | None:
    """Read all extracts; what several hold is taken once. None when there are none.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` for a file that is no extract, is cut
    off, or holds nothing.
    """
    from lac_desktop.geo.walk import wanted_tags

    line_tags = tuple(dict.fromkeys((*osm_layers.LINE_TAGS, *wanted_tags())))
    wanted = (
        ("points", osm_layers.POINT_TAGS),
        ("lines", line_tags),
        ("multipolygons", tuple(dict.fromkeys((*osm_layers.AREA_TAGS, *wanted_tags())))),
    )
    found: dict[str, list[OsmLayer]] = {layer: [] for layer, _ in wanted}
    sources: list[Source] = []
    for number, original in enumerate(files):
        folder = scratch / f"osm-{number}"
        folder.mkdir()
        file = osm_layers.prepare(original, folder, progress)
        for step, (layer, tags) in enumerate(wanted):
            progress(step, len(wanted), f"Reading {original.name}")
            found[layer].append(osm_layers.read(file, layer, tags, folder))  # type: ignore[arg-type]
        if not any(len(found[layer][-1]) for layer, _ in wanted):
            raise build_files.problem(original, "the OpenStreetMap extract holds nothing")
        sources.append(build_sources.source("osm", original, osm_layers.date_of(file)))
    if not files:
        return None
    points, lines, areas = (osm_layers.joined(found[layer]) for layer, _ in wanted)
    return Extract(
        points, lines, areas, names.of_osm(points, lines), _bounds(points, lines, areas), sources
    )


def write_walk(extract: Extract, file: Path, progress: Progress) -> dict[str, int]:
    """Write the street graph; returns its counts for ``pack.toml``."""
    from lac_desktop.geo.walk import build_graph, wanted_tags

    lines: list[Any] = []
    tags: list[dict[str, str]] = []
    for layer in (extract.lines, extract.areas):
        _add_ways(layer, wanted_tags(), lines, tags)
    graph = build_graph(lines, tags, progress=progress)
    graph.save(file)
    return {"street corners": len(graph.net.lon), "street pieces": len(graph.net.edge_from)}


def write_basemap(extract: Extract, file: Path, name: str, progress: Progress) -> int:
    """Make the vector tiles; returns how many there are."""
    progress(0, None, "Choosing what the map shows")
    features = basemap_build.features_of(extract.points, extract.lines, extract.areas)
    return basemap_build.write(features, file, extract.bounds, name, progress)


def copy_basemap(file: Path, folder: Path, progress: Progress) -> OwnBasemap:
    """Copy a PMTiles or MBTiles file, vector or raster, into a pack.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` when it is neither, or damaged.
    """
    from lac_desktop.geo.tilesource import open_tiles

    kind = build_files.sniff(file)
    if kind not in ("pmtiles", "sqlite"):
        raise build_files.problem(file, "a basemap as PMTiles or MBTiles was expected")
    build_files.refuse_cut_off(file, file)
    tiles = open_tiles(file)
    try:
        info = tiles.info
    finally:
        tiles.close()
    target = folder / pack_info.BASEMAPS[0 if kind == "pmtiles" else 1]
    total = file.stat().st_size
    with file.open("rb") as source, target.open("wb") as sink:
        while chunk := source.read(_CHUNK):
            sink.write(chunk)
            progress(sink.tell() >> 20, total >> 20, "Copying the basemap (MB)")
    entry = build_sources.source("basemap", file)
    entry = Source(entry.kind, entry.file, entry.date, entry.licence, info.attribution)
    return OwnBasemap(entry, _tile_count(target, kind), info.bounds)


def _tile_count(file: Path, kind: str) -> int:
    """How many tiles a basemap holds, by its own account."""
    if kind == "pmtiles":  # addressed tiles: eight bytes at 72 of the header (version 3)
        return int.from_bytes(build_files.head(file)[72:80], "little")
    import sqlite3

    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return int(db.execute("SELECT count(*) FROM tiles").fetchone()[0])
    except sqlite3.Error as error:
        raise UnreadableFileError(
            f"The basemap “{file.name}” is damaged.", "Copy or download it again."
        ) from error
    finally:
        db.close()


def _add_ways(
    layer: OsmLayer, keys: Sequence[str], lines: list[Any], tags: list[dict[str, str]]
) -> None:
    """Append the ways that may be walked, with their tags; areas as their outer rings."""
    import numpy as np
    import shapely

    maybe = np.zeros(len(layer), dtype=bool)
    for key in ("highway", "man_made", "railway", "public_transport"):
        maybe |= layer.has(key)
    rows = np.flatnonzero(maybe)
    if not len(rows):
        return
    parts, owner = shapely.get_parts(layer.shapes[rows], return_index=True)
    polygons = shapely.get_dimensions(parts) == 2
    parts[polygons] = shapely.get_exterior_ring(parts[polygons])
    xy, part = shapely.get_coordinates(parts, return_index=True)
    cuts = np.flatnonzero(np.diff(part)) + 1
    columns = {key: layer.tags[key] for key in keys if key in layer.tags}
    for line, whose in zip(np.split(xy, cuts), owner.tolist(), strict=True):
        row = int(rows[whose])
        lines.append(line)
        tags.append({k: str(v[row]) for k, v in columns.items() if v[row] is not None})


def _bounds(points: OsmLayer, lines: OsmLayer, areas: OsmLayer) -> Box:
    """Where the streets lie; a lake or a border that reaches far out does not count."""
    import shapely

    streets = lines.shapes[lines.has("highway")]
    for shapes in (streets, lines.shapes, areas.shapes, points.shapes):
        if len(shapes):
            west, south, east, north = (float(v) for v in shapely.total_bounds(shapes))
            return Box(west, south, east, north)
    raise AssertionError("an extract without features was let through")
