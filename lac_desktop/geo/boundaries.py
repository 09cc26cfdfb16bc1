# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading wards, LSOAs, MSOAs and local authorities from any common map format.

Columns are found by pattern (WD13CD, WD25NM, WD25NMW, lsoa11cd, code, area_name ...), for their
names carry the year; that year is kept, because a join on the wrong vintage silently loses areas.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lac_desktop.domain.geometry import UK, Box
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo import boundaries_kml, build_files, grid

if TYPE_CHECKING:
    import numpy as np

_EXPECTED = (
    "areas were expected as GeoJSON, TopoJSON, GeoPackage, Shapefile (or a zip of one) or KML"
)
_WHERE = "Download the boundaries again from the Open Geography Portal."
_SUFFIXES = (".shp", ".gpkg", ".geojson", ".json", ".topojson", ".kml", ".fgb")

#: Beginnings of the columns of each kind, the finest first; "oa" is known only to be refused.
_KINDS = {
    "oa": r"oa",
    "lsoa": r"(?:lsoa|dz|sdz)",
    "msoa": r"(?:msoa|iz)",
    "ward": r"(?:wd|ward|cmwd)",
    "lad": r"(?:lad|ltla|utla|ctyua)",
}
#: Kinds by the first three characters of a code of the Government Statistical Service.
_ENTITIES = {
    **dict.fromkeys(("E00", "W00", "S00"), "oa"),
    **dict.fromkeys(("E01", "W01", "S01", "N20"), "lsoa"),
    **dict.fromkeys(("E02", "W02", "S02", "N21"), "msoa"),
    **dict.fromkeys(("E05", "W05", "S13", "N08"), "ward"),
    **dict.fromkeys(("E06", "E07", "E08", "E09", "W06", "S12", "N09"), "lad"),
}
_CODES = (r"area_?code", r"gss_?code", r"ons_?code", r"geo_?code", r"code", r"cd", r"id")
_NAMES = (r"area_?name", r"geo_?name", r"name", r"nm")
_WELSH = (r"area_?name_?(cy|w|welsh)", r"name_?(cy|w|welsh)", r"nmw")
#: Areas that reach further than this (degrees of latitude and longitude, metres) are a country's.
_REGION_DEGREES, _REGION_METRES = (2.3, 3.6), 250_000.0
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19[89]\d)(?!\d)")


class Area(NamedTuple):
    """One area: ``kind`` is ward, lsoa, msoa or lad; ``shape`` a shapely multipolygon, WGS84."""

    kind: str
    code: str
    name: str
    cy: str
    vintage: int
    shape: Any


@dataclass(slots=True)
class Tally:
    """What became of a file's features, and what the person should know about it."""

    read: int = 0
    kept: int = 0
    outside: int = 0
    no_shape: int = 0
    date: str = ""
    notes: list[str] = field(default_factory=list)


class _Columns(NamedTuple):
    """Which columns hold what, and what they mean."""

    kind: str
    code: str
    name: str
    cy: str
    vintage: int


def read(
    path: Path,
    tally: Tally,
    folder: Path,
    *,
    within: Box | None = None,
    progress: Progress = silent,
) -> list[Area]:
    """The areas of a file or zip; ``folder`` is for unpacking.

    Of a whole country's only those that reach into ``within`` are kept; a region's (up to about
    250 km across) all are, for they say which area is meant.
    Coordinates in the National Grid that do not say so, and swapped latitudes and longitudes, are
    put right and noted. Raises :class:`~lac_desktop.errors.UnreadableFileError` when nothing
    usable is there.
    """
    areas: list[Area] = []
    reasons: list[str] = []
    for file in _unpacked(path, folder, progress):
        progress(len(areas), None, f"Reading boundaries from {path.name}")
        for facts, shapes, crs in _layers(file, path, within):
            columns = _columns(facts, path.name)
            if isinstance(columns, str):
                reasons.append(columns)
                continue
            placed = _placed(shapes, crs, tally, path)
            areas += _areas(columns, facts, placed, tally, within)
    if not areas and reasons:
        raise build_files.problem(path, reasons[0], _WHERE)
    if not areas and not tally.outside:
        raise build_files.problem(path, _EXPECTED, _WHERE)
    tally.kept += len(areas)
    return areas


def _unpacked(path: Path, folder: Path, progress: Progress) -> list[Path]:
    """The map files of a path: itself, or what a zip holds, taken out into ``folder``."""
    kind = build_files.sniff(path)
    if kind == "folder":
        return sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
    if kind == "empty":
        raise build_files.problem(path, "the file is empty", _WHERE)
    if kind != "zip":
        return [path]
    out = folder / f"zip-{len(list(folder.iterdir()))}"
    out.mkdir()
    with build_files.open_zip(path) as archive:
        for number, member in enumerate(archive.infolist()):
            if not member.is_dir():
                progress(number, len(archive.infolist()), f"Unpacking {path.name}")
                archive.extract(member, out)
    return sorted(file for file in out.rglob("*") if file.suffix.lower() in _SUFFIXES)


def _layers(
    file: Path, original: Path, within: Box | None
) -> "Iterator[tuple[dict[str, np.ndarray], np.ndarray, str]]":
    """The attributes, shapes and coordinate system of each layer of a file that has areas."""
    kind = build_files.sniff(file)
    if kind in ("kml", "xml"):
        build_files.refuse_entities(file)
        yield *boundaries_kml.read(file), "EPSG:4326"
        return
    if kind == "json":
        build_files.refuse_links(file, original)
    elif kind not in ("sqlite", "shapefile", "flatgeobuf"):
        raise build_files.problem(original, _EXPECTED, _WHERE)
    build_files.refuse_cut_off(file, original)
    from pyogrio import errors

    try:
        with warnings.catch_warnings():  # GDAL warns of odd shapes, which are counted later
            warnings.simplefilter("ignore", RuntimeWarning)
            found = _through_gdal(file, within)
    except (errors.DataSourceError, errors.DataLayerError, errors.FeatureError) as error:
        raise build_files.problem(original, _EXPECTED, _WHERE) from error
    except (errors.GeometryError, RuntimeError, UnicodeDecodeError, ValueError) as error:
        raise build_files.problem(original, "its shapes are damaged", _WHERE) from error
    yield from found


def _through_gdal(
    file: Path, within: Box | None
) -> "list[tuple[dict[str, np.ndarray], np.ndarray, str]]":
    """The layers of a file that may have areas; raises pyogrio's errors."""
    import pyogrio
    import shapely
    from pyogrio import raw

    found = []
    for layer, geometry in pyogrio.list_layers(file):
        if geometry is None or not re.search(r"Polygon|Unknown|Collection", geometry):
            continue
        info = pyogrio.read_info(file, layer=layer, force_total_bounds=True)
        crs = str(info["crs"] or "")
        box = _bbox(within, crs) if _is_country(info["total_bounds"]) else None
        meta, _, wkb, columns = raw.read(file, layer=layer, force_2d=True, bbox=box)
        if box and not len(wkb):  # perhaps the coordinates are not what the file says
            meta, _, wkb, columns = raw.read(file, layer=layer, force_2d=True)
        facts = {str(name): column for name, column in zip(meta["fields"], columns, strict=True)}
        found.append((facts, shapely.from_wkb(wkb, on_invalid="ignore"), crs))
    return found


def _bbox(within: Box | None, crs: str) -> tuple[float, float, float, float] | None:
    """The box to read, in the layer's own coordinates where we can say it."""
    import numpy as np

    if within is None:
        return None
    if crs in ("EPSG:4326", "OGC:CRS84"):
        return within.west, within.south, within.east, within.north
    if crs == "EPSG:27700":
        lats = np.array([within.south, within.south, within.north, within.north])
        lons = np.array([within.west, within.east, within.west, within.east])
        east, north = grid.from_wgs84(lats, lons)
        return float(east.min()), float(north.min()), float(east.max()), float(north.max())
    return None


def _is_country(bounds: "Sequence[float] | None") -> bool:
    """Whether west, south, east, north reach further than a region, in degrees or metres."""
    if bounds is None:
        return False
    west, south, east, north = bounds
    high, wide = _REGION_DEGREES
    if max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 180:
        return north - south > high or east - west > wide
    return max(east - west, north - south) > _REGION_METRES


def _columns(facts: "Mapping[str, np.ndarray]", file: str) -> _Columns | str:
    """Which columns mean what; a text is the reason why the layer is of no use."""
    best: tuple[int, str, str, int] | None = None
    for kind, start in _KINDS.items():
        for title in facts:
            match = re.fullmatch(rf"{start}(\d\d)cd", title.lower())
            if match:
                distinct = len(set(facts[title].tolist()))
                if best is None or distinct > best[0]:
                    best = (distinct, kind, title, int(match[1]))
    if best is None:
        return _plain_columns(facts, file)
    _, kind, title, year = best
    if kind == "oa":
        return "it holds output areas; wards, LSOAs, MSOAs or local authorities were expected"
    names = {name.lower(): name for name in facts}
    stem = title.lower()[:-2]
    vintage = (1900 if year > 80 else 2000) + year
    return _Columns(kind, title, names.get(f"{stem}nm", ""), names.get(f"{stem}nmw", ""), vintage)


def _plain_columns(facts: "Mapping[str, np.ndarray]", file: str) -> _Columns | str:
    """The same for columns without a year: the codes themselves tell the kind."""
    code = _title(facts, _CODES, of_codes=True)
    if not code:
        return "it has no column of ward, LSOA, MSOA or local authority codes"
    codes = [str(value).strip()[:3] for value in facts[code].tolist() if value]
    kinds = [_ENTITIES.get(start, "") for start in codes]
    kind = max(set(kinds), key=kinds.count)
    if kind in ("", "oa"):
        return "its areas are not wards, LSOAs, MSOAs or local authorities"
    year = _YEAR.search(file)
    vintage = int(year[1]) if year else 0
    return _Columns(kind, code, _title(facts, _NAMES), _title(facts, _WELSH), vintage)


def _title(
    facts: "Mapping[str, np.ndarray]", patterns: tuple[str, ...], *, of_codes: bool = False
) -> str:
    """The first column whose name fits a pattern (and that holds area codes), or ""."""
    for pattern in patterns:
        for title in facts:
            if not re.fullmatch(pattern, title.lower()):
                continue
            first = next((str(v).strip() for v in facts[title].tolist() if v), "")
            if not of_codes or re.fullmatch(r"[EWSN]\d{8}", first):
                return title
    return ""


def _placed(shapes: "np.ndarray", crs: str, tally: Tally, path: Path) -> "np.ndarray":
    """Shapes in WGS84 degrees, whatever they were in and whatever the file says about it."""
    import numpy as np
    import shapely

    usable = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    if not len(usable):
        return shapes
    middles = np.median(shapely.bounds(usable), axis=0)
    x, y = (middles[0] + middles[2]) / 2, (middles[1] + middles[3]) / 2
    degrees = abs(x) <= 180 and abs(y) <= 90
    if not degrees and crs in ("", "EPSG:4326", "OGC:CRS84"):
        tally.notes.append(f"“{path.name}” is in National Grid metres without saying so.")
        crs = "EPSG:27700"
    elif degrees and UK.south <= x <= UK.north and UK.west <= y <= UK.east:
        tally.notes.append(f"“{path.name}” had latitude and longitude swapped.")
        return shapely.transform(shapes, lambda xy: xy[:, ::-1])
    if crs == "EPSG:27700":
        return shapely.transform(
            shapes, lambda xy: np.column_stack(grid.to_wgs84(xy[:, 0], xy[:, 1])[::-1])
        )
    return shapes if degrees else _projected(shapes, crs)


def _projected(shapes: "np.ndarray", crs: str) -> "np.ndarray":
    """Shapes of another coordinate system, through pyproj."""
    import numpy as np
    import pyproj
    import shapely

    to = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
    return shapely.transform(shapes, lambda xy: np.column_stack(to.transform(xy[:, 0], xy[:, 1])))


def _areas(
    columns: _Columns,
    facts: "Mapping[str, np.ndarray]",
    shapes: "np.ndarray",
    tally: Tally,
    within: Box | None,
) -> list[Area]:
    """Areas of one layer; several features of one code become one area."""
    import numpy as np
    import shapely

    tally.read += len(shapes)
    parts: dict[str, list[Any]] = {}
    rows: dict[str, int] = {}
    bounds = shapely.bounds(shapes)
    if within and not _is_country(shapely.total_bounds(shapes).tolist()):
        within = None
    for row, code in enumerate(facts[columns.code].tolist()):
        shape = shapes[row]
        if not code or shape is None or not np.isfinite(bounds[row]).all():
            tally.no_shape += 1
        elif within and not _touch(bounds[row].tolist(), within):
            tally.outside += 1
        else:
            polygons = _polygons(shape)
            tally.no_shape += not polygons
            if polygons:
                parts.setdefault(str(code).strip(), []).extend(polygons)
                rows.setdefault(str(code).strip(), row)
    return [
        Area(
            columns.kind,
            code,
            _text(facts, columns.name, rows[code]) or code,
            _text(facts, columns.cy, rows[code]),
            columns.vintage,
            shapely.MultiPolygon(polygons),
        )
        for code, polygons in parts.items()
    ]


def _polygons(shape: Any) -> list[Any]:
    """The polygons of a shape, put right if they cross themselves; none if a corner is nowhere."""
    import numpy as np
    import shapely

    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return []
    valid = shape if shapely.is_valid(shape) else shapely.make_valid(shape)
    polygons: list[Any] = []
    for part in shapely.get_parts(valid).tolist():
        if part.geom_type == "Polygon":
            polygons.append(part)
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            polygons += _polygons(part)
    return [polygon for polygon in polygons if not polygon.is_empty]


def _touch(bounds: list[float], box: Box) -> bool:
    """Whether bounds (west, south, east, north) reach into a box."""
    west, south, east, north = bounds
    return west <= box.east and east >= box.west and south <= box.north and north >= box.south


def _text(facts: "Mapping[str, np.ndarray]", title: str, row: int) -> str:
    """A cell as text, "" when there is no such column or nothing in it."""
    value = facts[title][row] if title else None
    return "" if value is None else str(value).strip()
