# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as a GeoPackage 1.3 (OGC 12-128r18): one layer, by SQLite alone.

Written by hand rather than through GDAL, because it takes four small tables, needs no pandas, and
gives the same bytes for the same places. Sources and licences stand in the metadata extension.
"""

import html
import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import COLUMNS, row_of
from lac_desktop.exchange.shapes import shape_of
from lac_desktop.exchange.writing import Context, about, category_name

LAYER = "places"

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)

_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (
  id INTEGER PRIMARY KEY NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL REFERENCES gpkg_metadata(id),
  md_parent_id INTEGER REFERENCES gpkg_metadata(id));
"""

_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
    ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
)

Bounds = tuple[float, float, float, float]


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write the layer "places": points and areas in WGS84, text columns by property name."""
    # Made in memory, so that a full drive fails like that of any other file.
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;")
        db.execute("BEGIN")
        for statement in _TABLES.split(";"):
            db.execute(statement)
        db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        bounds = _write_layer(db, assets, progress)
        _describe(db, about(assets, context), context, bounds)
        db.execute("COMMIT")
        path.write_bytes(db.serialize())


def _write_layer(
    db: sqlite3.Connection, assets: Sequence[PublicAsset], progress: Progress
) -> Bounds | None:
    """Write every asset as a row and return west, south, east, north of them all."""
    keys = [column.key for column in COLUMNS if column.field or column.key == "category"]
    # "id" would read like the row number that every GeoPackage layer has, so that is "fid".
    columns = ", ".join(f'"{key}" TEXT' for key in keys)
    db.execute(
        f'CREATE TABLE "{LAYER}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, '
        f"geom GEOMETRY, {columns})"
    )
    marks = ", ".join("?" for _ in range(len(keys) + 2))
    statement = f'INSERT INTO "{LAYER}" VALUES ({marks})'  # noqa: S608  (names of our own)
    boxes: list[Bounds] = []
    for number, asset in enumerate(assets):
        if number % 200 == 0:
            progress(number, len(assets), "Writing")
        shape = shape_of(asset)
        row = row_of(asset) | {"category": category_name(asset)}
        geometry = None
        if shape is not None:
            boxes.append(_bounds(shape))
            geometry = _geometry(shape, boxes[-1])
        values = [row[key].encode("utf-8", "replace").decode() or None for key in keys]
        db.execute(statement, [number + 1, geometry, *values])
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _describe(
    db: sqlite3.Connection, lines: Sequence[str], context: Context, bounds: Bounds | None
) -> None:
    """Say what the layer is, where it lies, and who is to be named."""
    when = _utc(context.made)
    box = bounds or (None, None, None, None)
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)",
        (LAYER, "features", context.title, " ".join(lines), when, *box, 4326),
    )
    db.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,?,?)",
        (LAYER, "geom", "GEOMETRY", 4326, 0, 0),
    )
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        db.execute(
            "INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)",
            (
                table,
                None,
                "gpkg_metadata",
                "http://www.geopackage.org/spec130/#extension_metadata",
                "read-write",
            ),
        )
    text = "".join(f"<dc:rights>{html.escape(line)}</dc:rights>" for line in lines)
    db.execute(
        "INSERT INTO gpkg_metadata VALUES (1,'dataset',?,'text/xml',?)",
        (
            "http://purl.org/dc/elements/1.1/",
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{text}</metadata>',
        ),
    )
    db.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('table',?,NULL,NULL,?,1,NULL)", (LAYER, when)
    )


def _utc(when: datetime) -> str:
    """A moment as GeoPackage writes it; local times without a zone are taken as they stand."""
    if when.tzinfo is not None:
        when = when.astimezone(UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _positions(shape: dict[str, Any]) -> list[list[float]]:
    """Every position of a Point, Polygon or MultiPolygon."""
    where = shape["coordinates"]
    if shape["type"] == "Point":
        return [where]
    polygons = [where] if shape["type"] == "Polygon" else where
    return [position for polygon in polygons for ring in polygon for position in ring]


def _bounds(shape: dict[str, Any]) -> Bounds:
    """West, south, east and north of a shape."""
    lons, lats = zip(*_positions(shape), strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _geometry(shape: dict[str, Any], box: Bounds) -> bytes:
    """A geometry as GeoPackage holds it: header (little-endian, with envelope for areas), WKB."""
    west, south, east, north = box
    if shape["type"] == "Point":
        return struct.pack("<2sBBi", b"GP", 0, 0b0001, 4326) + _wkb(shape)
    head = struct.pack("<2sBBi4d", b"GP", 0, 0b0011, 4326, west, east, south, north)
    return head + _wkb(shape)


def _wkb(shape: dict[str, Any]) -> bytes:
    """Well-known binary, little-endian, of a Point, Polygon or MultiPolygon (ISO 13249-3)."""
    where = shape["coordinates"]
    if shape["type"] == "Point":
        return struct.pack("<BI2d", 1, 1, *where)
    if shape["type"] == "MultiPolygon":
        parts = [_wkb({"type": "Polygon", "coordinates": polygon}) for polygon in where]
        return struct.pack("<BII", 1, 6, len(parts)) + b"".join(parts)
    rings = [
        struct.pack("<I", len(ring)) + b"".join(struct.pack("<2d", *p) for p in ring)
        for ring in where
    ]
    return struct.pack("<BII", 1, 3, len(rings)) + b"".join(rings)
