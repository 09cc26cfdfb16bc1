# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read GeoPackages and Shapefiles with pyogrio, every layer, in whatever coordinates they are."""

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.features import Feature, Features, reading
from lac_desktop.exchange.geometry_json import Shape, area_text
from lac_desktop.exchange.read_geojson import plain_text
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import called, damaged, member, opened_zip

_MOST = 300_000


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read all layers of a GeoPackage or a Shapefile (also zipped); raises UnreadableFileError."""
    progress(0, None, f"Reading {path.name}")
    chosen = options or Options()
    with tempfile.TemporaryDirectory(prefix="lac-import-") as folder:
        plain = _unzipped(path, Path(folder))
        try:
            found = _layers(path.name, plain, chosen)
        except UnreadableFileError:
            raise
        except Exception as error:  # pyogrio's errors and GDAL's have no common base
            raise damaged(path.name) from error
    if not found.features:
        raise nothing_found(path.name)
    return reading(found, kinds, chosen, progress)


def _unzipped(path: Path, folder: Path) -> Path:
    """The file that GDAL opens: itself, or the Shapefile of a zip or folder."""
    if path.is_dir():
        return next(iter(sorted(path.rglob("*.[sS][hH][pP]"))), path)
    with path.open("rb") as stream:
        head = stream.read(16)
    if head.startswith(b"SQLite format 3"):
        return called(path, ".gpkg", folder)
    if not head.startswith(b"PK\x03\x04"):
        return path
    with opened_zip(path) as archive:
        for name in archive.namelist():
            plain = PurePosixPath(name.replace("\\", "/")).name
            if plain.lower().endswith((".shp", ".shx", ".dbf", ".prj", ".cpg")):
                (folder / plain).write_bytes(member(archive, name))
    return next(iter(sorted(folder.glob("*.[sS][hH][pP]"))), path)


def _layers(file: str, plain: Path, options: Options) -> Features:
    """Every layer that has features, one after the other."""
    import pyogrio
    from pyogrio.errors import DataSourceError

    layers = [str(name) for name, _ in pyogrio.list_layers(plain)]
    if options.sheet and options.sheet not in layers:
        raise UnreadableFileError(
            f"{file} has no layer called “{options.sheet}”.", f"It has {', '.join(layers)}."
        )
    features: list[Feature] = []
    problems: list[Problem] = []
    for layer in [options.sheet] if options.sheet else layers:
        try:
            features += _layer(plain, layer, len(features))
        except (ValueError, RuntimeError, DataSourceError) as error:
            said = str(error).splitlines()[0][:200] if str(error) else "it is damaged"
            message = f"The layer “{layer}” could not be read: {said}"
            problems.append(Problem(file, None, "", message))
    if not features and problems:
        raise damaged(file)
    title = " ".join(layers[:1]) if len(layers) == 1 else ""
    return Features(file, features, tuple(problems), title.replace("_", " "), layers=tuple(layers))


def _layer(plain: Path, layer: str, before: int) -> Iterator[Feature]:
    """The features of one layer, moved to WGS84."""
    import warnings

    from pyogrio.raw import read as read_raw

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL warns of rings and measures that we mend or ignore
        meta, _, geometries, columns = read_raw(plain, layer=layer, max_features=_MOST)
    names = [str(name) for name in meta["fields"]]
    shapes = _shapes(geometries, meta.get("crs"))
    count = len(columns[0]) if len(columns) else len(shapes)
    for n in range(count):
        values = {name: _text(column[n]) for name, column in zip(names, columns, strict=True)}
        yield Feature(before + n + 1, values, shapes[n] if shapes else Shape())


def _text(value: Any) -> str:
    """One attribute as text; GDAL's missing values and dates of numpy included."""
    if value is None or value != value:  # NaN, NaT
        return ""
    if hasattr(value, "item"):
        value = value.item()
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return plain_text(value)


def _shapes(geometries: Any, crs: str | None) -> list[Shape]:
    """The geometries as shapes in degrees."""
    if geometries is None:
        return []
    import shapely

    found = shapely.from_wkb(geometries, on_invalid="ignore")
    found = shapely.force_2d(found)
    if crs and crs.upper() not in ("EPSG:4326", "OGC:CRS84"):
        found = _to_degrees(found, crs)
    return [_shape(geometry) for geometry in found]


def _to_degrees(geometries: Any, crs: str) -> Any:
    """Move shapely geometries from their own coordinates to WGS84 longitude and latitude."""
    import pyproj
    import shapely

    move = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)

    def moved(positions: Any) -> Any:
        import numpy

        lons, lats = move.transform(positions[:, 0], positions[:, 1])
        return numpy.column_stack([lons, lats])

    return shapely.transform(geometries, moved)


def _shape(geometry: Any) -> Shape:
    """One shapely geometry as a shape."""
    import shapely

    if geometry is None or geometry.is_empty:
        return Shape()
    if "Point" in geometry.geom_type:
        first = shapely.get_parts(geometry)[0]
        return Shape(Point(first.y, first.x))
    if "Polygon" in geometry.geom_type:
        sound = geometry if geometry.is_valid else shapely.make_valid(geometry)
        middle = sound.representative_point()
        return Shape(Point(middle.y, middle.x), _area(geometry))
    line = shapely.get_parts(geometry)[0]
    if "Line" not in line.geom_type:
        return _shape(line)
    middle = line.interpolate(0.5, normalized=True)
    return Shape(Point(middle.y, middle.x), _area(geometry), line=True)


def _area(geometry: Any) -> str:
    """The geometry as GeoJSON text: whole where it has few corners, else simplified."""
    import json

    import shapely

    from lac_desktop.exchange.geometry_json import MOST_CORNERS

    if shapely.get_num_coordinates(geometry) > MOST_CORNERS:
        return area_text(geometry)
    return json.dumps(json.loads(str(shapely.to_geojson(geometry))), separators=(",", ":"))
