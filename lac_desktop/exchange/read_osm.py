# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read places out of OpenStreetMap extracts (.osm.pbf, .osm, packed or not) with pyogrio.

The OSM driver gives the layers points, lines and multipolygons; tags without a column of their own
come as one text in HSTORE form. Ids are ``osm:node/1``, ``osm:way/2`` and ``osm:relation/3``.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Candidate, Problem, Reading
from lac_desktop.domain.kinds import NO_NAME, KindTable, Match
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.exchange.osm_tags import asset_of, parse_hstore
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import damaged, head_of, unpacked

LICENCE = "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors"
LAYERS = ("points", "lines", "multipolygons")

#: Kinds whose ground matters on a map: their area is kept beside the point.
_WITH_AREA = frozenset(
    ("park", "nature-place", "allotment", "sports-ground", "community-garden", "playground",
     "cemetery")
)  # fmt: skip
#: Columns of GDAL's own that are no tags.
_NO_TAGS = frozenset(("osm_id", "osm_way_id", "z_order", "other_tags", "osm_version",
                      "osm_timestamp", "osm_uid", "osm_user", "osm_changeset"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """One feature that the kind table knows: where it stands in its layer, id, tags, meaning."""

    index: int
    id: str
    tags: Mapping[str, str]
    match: Match


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read every feature that the kind table knows; raises UnreadableFileError.

    Features of a kind that is no asset, private and nameless ones come held back.
    """
    progress(0, None, f"Reading {path.name}")
    suffix = ".osm.pbf" if b"OSMHeader" in head_of(path, 64) else ".osm"
    candidates: list[Candidate] = []
    problems: list[Problem] = []
    with unpacked(path, suffix, progress) as plain:
        whole = _is_whole_pbf if suffix == ".osm.pbf" else _is_whole_xml
        if not whole(plain):
            raise damaged(path.name)
        for step, layer in enumerate(LAYERS):
            progress(step, len(LAYERS), f"Reading {path.name}")
            candidates += _layer(path.name, plain, layer, kinds, len(candidates), problems)
    if not candidates:
        raise nothing_found(path.name)
    return Reading(
        source_id="osm",
        title=f"OpenStreetMap: {path.name}",
        licence=LICENCE,
        attribution=ATTRIBUTION,
        candidates=tuple(candidates),
        problems=tuple(problems),
        details={"box": _box(candidates), "partial": bool(problems)},
    )


def _is_whole_xml(xml: Path) -> bool:
    """Say whether the last element is closed; GDAL reads a file that was cut off as empty."""
    with xml.open("rb") as stream:
        stream.seek(max(0, xml.stat().st_size - 4096))
        return b"</osm>" in stream.read()


def _is_whole_pbf(pbf: Path) -> bool:
    """Walk the blocks of a PBF file to its end, for GDAL reads one that was cut off as empty.

    A block is a length of four bytes, a header that holds the size of the data (field 3, a
    varint), and the data: https://wiki.openstreetmap.org/wiki/PBF_Format.
    """
    size = pbf.stat().st_size
    at = 0
    with pbf.open("rb") as stream:
        while at < size:
            stream.seek(at)
            length = int.from_bytes(stream.read(4), "big")
            header = stream.read(length) if 0 < length <= 65536 else b""
            data = _data_size(header)
            if data is None:
                return False
            at += 4 + length + data
    return at == size


def _data_size(header: bytes) -> int | None:
    """The size of a block's data from its header, or None where there is none."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while at < len(header):
            byte = header[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        return value

    while at < len(header):
        tag = varint()
        value = varint()
        if tag == 0x18:
            return value
        at += value  # a text or bytes, the only others there are
    return None


def _layer(
    file: str, plain: Path, layer: str, kinds: KindTable, before: int, problems: list[Problem]
) -> list[Candidate]:
    """The candidates of one layer."""
    from pyogrio.errors import DataLayerError, DataSourceError
    from pyogrio.raw import read as read_raw

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            meta, _, geometries, columns = read_raw(plain, layer=layer)
        except DataLayerError:
            return []
        except (DataSourceError, RuntimeError, ValueError) as error:
            raise damaged(file) from error
    if any("rror" in str(w.message) and "parsing" in str(w.message) for w in said):
        message = f"{file} is damaged or not complete: some places may be missing."
        if all(problem.message != message for problem in problems):
            problems.append(Problem(file, None, "", message))
    places = list(_places(layer, [str(n) for n in meta["fields"]], columns, kinds))
    if not places or geometries is None:
        return []
    points, areas = _ground(geometries, places)
    return [
        _candidate(file, before + n + 1, place, point, area)
        for n, (place, point, area) in enumerate(zip(places, points, areas, strict=True))
    ]


def _places(
    layer: str, names: Sequence[str], columns: Sequence[Any], kinds: KindTable
) -> Iterator[_Place]:
    """The features of a layer that the kind table knows."""
    by_name = dict(zip(names, columns, strict=True))
    others = by_name["other_tags"]
    plain = [(name, column) for name, column in by_name.items() if name not in _NO_TAGS]
    ids = by_name["osm_id"]
    ways = by_name.get("osm_way_id")
    for index in range(len(ids)):
        tags = {name: column[index] for name, column in plain if column[index] is not None}
        if others[index] is not None:
            tags.update(parse_hstore(others[index]))
        if not tags:
            continue
        match = kinds.match_osm(tags)
        if match is not None:
            yield _Place(index, _id_of(layer, index, ids, ways), tags, match)


def _id_of(layer: str, index: int, ids: Sequence[Any], ways: Sequence[Any] | None) -> str:
    """The source of a feature: node, way or relation with its number."""
    if layer == "points":
        return f"osm:node/{ids[index]}"
    if layer == "lines":
        return f"osm:way/{ids[index]}"
    if ways is not None and ways[index] is not None:
        return f"osm:way/{ways[index]}"
    return f"osm:relation/{ids[index]}"


def _ground(geometries: Any, places: Sequence[_Place]) -> tuple[list[Point | None], list[str]]:
    """A point on every feature, and the simplified area of those where it matters."""
    import numpy
    import shapely

    chosen = geometries[numpy.array([place.index for place in places])]
    found = shapely.from_wkb(chosen, on_invalid="ignore")
    types = shapely.get_type_id(found)
    flat = numpy.isin(types, (3, 6))
    spots = found.copy()
    # GEOS finds no point inside some broken rings; a corner of theirs is near enough.
    for n in numpy.flatnonzero(flat):
        spots[n] = _inside(found[n])
    lines = numpy.isin(types, (1, 5))
    spots[lines] = shapely.line_interpolate_point(found[lines], 0.5, normalized=True)
    lons, lats = shapely.get_x(spots), shapely.get_y(spots)
    points = [
        Point(round(float(lat), 7), round(float(lon), 7)) if lat == lat else None
        for lat, lon in zip(lats, lons, strict=True)
    ]
    areas = [""] * len(places)
    for n in numpy.flatnonzero(flat).tolist():
        if places[n].match.kind in _WITH_AREA:
            areas[n] = _area(found[n])
    return points, areas


def _inside(polygon: Any) -> Any:
    """A point on a polygon, or its first corner where GEOS cannot find one."""
    import shapely

    try:
        return shapely.point_on_surface(polygon)
    except shapely.errors.GEOSException:
        return shapely.points(shapely.get_coordinates(polygon)[0])


def _area(polygon: Any) -> str:
    """The simplified area as GeoJSON, or "" where the geometry is too broken for one."""
    import shapely

    from lac_desktop.exchange.geometry_json import area_text

    try:
        return area_text(polygon)
    except shapely.errors.GEOSException:
        return ""


def _candidate(file: str, row: int, place: _Place, point: Point | None, area: str) -> Candidate:
    """One feature as a candidate."""
    tags, match = place.tags, place.match
    if point is None:
        problem = Problem(file, row, "point", f"The outline of {place.id} is broken.")
        problems: tuple[Problem, ...] = (problem,)
    else:
        problems = ()
    asset, more = asset_of(tags, match.kind, place.id, file, row)
    if asset is not None:
        from dataclasses import replace

        asset = replace(asset, point=point, area=area, licence=LICENCE, attribution=ATTRIBUTION)
    return Candidate(
        file=file,
        row=row,
        source=place.id,
        values=_values(tags, match.kind, point, area),
        asset=asset,
        problems=problems + more,
        held_back=match.held_back or ("" if asset is not None else NO_NAME),
        key=place.id,
    )


def _values(tags: Mapping[str, str], kind: str, point: Point | None, area: str) -> dict[str, str]:
    """What the preview shows, and what a feature needs once somebody gives it a name."""
    found = {"name": tags.get("name", ""), "kind": kind, "area": area}
    if point is not None:
        found |= {"lat": repr(point.lat), "lon": repr(point.lon)}
    return {field: text for field, text in found.items() if text}


def _box(candidates: Sequence[Candidate]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of everything read."""
    points = [c.asset.point for c in candidates if c.asset is not None and c.asset.point]
    if not points:
        return None
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    return min(lons), min(lats), max(lons), max(lats)
