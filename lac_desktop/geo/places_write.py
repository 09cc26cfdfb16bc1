# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing ``places.gpkg``: a GeoPackage (OGC 12-128r18, version 1.3) that QGIS opens as well.

It is written through sqlite3 alone: the postcodes of Great Britain stream through in bounded
memory, and the look-up tables stand beside the layers as "attributes".
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lac_desktop.geo import places_text
from lac_desktop.geo.boundaries import Area
from lac_desktop.geo.names import Name
from lac_desktop.geo.postcodes import Postcode

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)

_SCHEMA = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
    m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name),
    FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE postcode (fid INTEGER PRIMARY KEY, geom POINT, code TEXT NOT NULL,
    compact TEXT NOT NULL UNIQUE, lat DOUBLE NOT NULL, lon DOUBLE NOT NULL, ended TEXT NOT NULL,
    ward TEXT NOT NULL, lad TEXT NOT NULL, lsoa11 TEXT NOT NULL, lsoa21 TEXT NOT NULL,
    standing INTEGER NOT NULL);
CREATE TABLE name (fid INTEGER PRIMARY KEY, geom POINT, name TEXT NOT NULL, cy TEXT NOT NULL,
    what TEXT NOT NULL, rank INTEGER NOT NULL, lat DOUBLE NOT NULL, lon DOUBLE NOT NULL,
    context TEXT NOT NULL);
CREATE TABLE name_key (id INTEGER PRIMARY KEY, key TEXT NOT NULL, name_id INTEGER NOT NULL,
    rank INTEGER NOT NULL);
CREATE TABLE boundary (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON, kind TEXT NOT NULL,
    code TEXT NOT NULL, name TEXT NOT NULL, name_cy TEXT NOT NULL, vintage INTEGER NOT NULL,
    west DOUBLE NOT NULL, south DOUBLE NOT NULL, east DOUBLE NOT NULL, north DOUBLE NOT NULL,
    UNIQUE (kind, vintage, code));
CREATE TABLE postcode_part (id INTEGER PRIMARY KEY, part TEXT NOT NULL UNIQUE,
    lat DOUBLE NOT NULL, lon DOUBLE NOT NULL, postcodes INTEGER NOT NULL);
"""

_FINISH = """
CREATE INDEX name_key_key ON name_key (key, rank);
INSERT INTO postcode_part (part, lat, lon, postcodes)
    SELECT substr(code, 1, instr(code, ' ') - 1), avg(lat), avg(lon), count(*) FROM postcode
    WHERE ended = '' GROUP BY 1;
INSERT INTO postcode_part (part, lat, lon, postcodes)
    SELECT substr(code, 1, instr(code, ' ') + 1), avg(lat), avg(lon), count(*) FROM postcode
    WHERE ended = '' GROUP BY 1;
ANALYZE;
"""

_LAYERS = {"postcode": "POINT", "name": "POINT", "boundary": "MULTIPOLYGON"}
_TABLES = ("name_key", "postcode_part")

#: Which source of a postcode wins over another (a lower number does).
_STANDING = {"onspd": 0, "code-point-open": 1, "postcode-list": 2, "os-open-names": 3}

_POSTCODE = """INSERT INTO postcode
    (geom, code, compact, lat, lon, ended, ward, lad, lsoa11, lsoa21, standing)
    VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (compact) DO UPDATE SET
    geom = excluded.geom, code = excluded.code, lat = excluded.lat, lon = excluded.lon,
    ended = excluded.ended, ward = excluded.ward, lad = excluded.lad, lsoa11 = excluded.lsoa11,
    lsoa21 = excluded.lsoa21, standing = excluded.standing
    WHERE excluded.standing < postcode.standing"""


@contextmanager
def create(file: Path) -> Iterator[sqlite3.Connection]:
    """Make the file; fill it inside the block, at whose end it is finished and checked.

    No journal is kept: whoever builds a pack throws an unfinished file away.
    """
    db = sqlite3.connect(file, isolation_level=None)
    try:
        db.executescript(_SCHEMA)
        db.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)",
            [
                ("Undefined Cartesian", -1, "NONE", -1, "undefined", ""),
                ("Undefined geographic", 0, "NONE", 0, "undefined", ""),
                ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude, latitude"),
            ],
        )
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
        db.executescript(_FINISH)
        _register(db)
    finally:
        db.close()


def add_postcodes(db: sqlite3.Connection, batch: Sequence[Postcode], source: str) -> None:
    """Store postcodes; of one that is there already, the better source stays."""
    blobs = _points([row.lon for row in batch], [row.lat for row in batch])
    standing = _STANDING.get(source, 9)
    db.executemany(
        _POSTCODE,
        [
            (blob, row.code, row.code.replace(" ", ""), *row[1:], standing)
            for blob, row in zip(blobs, batch, strict=True)
        ],
    )


def add_names(db: sqlite3.Connection, names: Sequence[Name]) -> None:
    """Store names, each under its English and its Welsh spelling."""
    blobs = _points([row.lon for row in names], [row.lat for row in names])
    first = db.execute("SELECT coalesce(max(fid), 0) + 1 FROM name").fetchone()[0]
    db.executemany(
        "INSERT INTO name (fid, geom, name, cy, what, rank, lat, lon, context)"
        " VALUES (?,?,?,?,?,?,?,?,?)",
        [(first + i, blob, *row) for i, (blob, row) in enumerate(zip(blobs, names, strict=True))],
    )
    keys = [
        (key, first + i, row.rank)
        for i, row in enumerate(names)
        for key in {places_text.key(row.name), places_text.key(row.cy)}
        if key
    ]
    db.executemany("INSERT INTO name_key (key, name_id, rank) VALUES (?,?,?)", keys)


def add_areas(db: sqlite3.Connection, areas: Sequence[Area]) -> None:
    """Store boundaries; one that came before stays."""
    import shapely

    for area in areas:
        blob = b"GP\0\1" + (4326).to_bytes(4, "little") + shapely.to_wkb(area.shape, byte_order=1)
        db.execute(
            "INSERT OR IGNORE INTO boundary"
            " (geom, kind, code, name, name_cy, vintage, west, south, east, north)"
            " VALUES (?,?,?,?,?,?,?,?,?,?)",
            (blob, *area[:5], *area.shape.bounds),
        )


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How much of everything there is, for ``pack.toml``."""
    one = "SELECT count(*) FROM postcode"
    found = {
        "postcodes": db.execute(one).fetchone()[0],
        "terminated postcodes": db.execute(f"{one} WHERE ended <> ''").fetchone()[0],
        "names": db.execute("SELECT count(*) FROM name").fetchone()[0],
    }
    kinds = "SELECT kind, count(*) FROM boundary GROUP BY kind ORDER BY kind DESC"
    return found | {f"{kind}s": number for kind, number in db.execute(kinds)}


def extent(db: sqlite3.Connection) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the boundaries, else of the postcodes, else of the names."""
    queries = (
        "SELECT min(west), min(south), max(east), max(north) FROM boundary",
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM postcode",
        "SELECT min(lon), min(lat), max(lon), max(lat) FROM name",
    )
    for query in queries:
        row = db.execute(query).fetchone()
        if row[0] is not None:
            return row
    return None


def _register(db: sqlite3.Connection) -> None:
    """Enter the layers and tables into the GeoPackage's lists."""
    for table, shape in _LAYERS.items():
        bounds = "min(lon), min(lat), max(lon), max(lat)"
        if table == "boundary":
            bounds = "min(west), min(south), max(east), max(north)"
        row = db.execute(f"SELECT {bounds} FROM {table}").fetchone()  # noqa: S608 (our own names)
        db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x,"
            " max_y, srs_id) VALUES (?, 'features', ?, ?, ?, ?, ?, 4326)",
            (table, table, *row),
        )
        db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (table, shape)
        )
    for table in _TABLES:
        db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES (?, 'attributes', ?)",
            (table, table),
        )


def _points(lons: "list[float]", lats: "list[float]") -> list[bytes]:
    """GeoPackage blobs of points: an 8-byte header and little-endian WKB."""
    import numpy as np

    rows = np.zeros(
        len(lons),
        dtype=[
            *(("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4")),
            *(("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")),
        ],
    )
    rows["magic"], rows["flags"], rows["srs"] = b"GP", 1, 4326
    rows["order"], rows["type"], rows["x"], rows["y"] = 1, 1, lons, lats
    data, size = rows.tobytes(), rows.dtype.itemsize
    return [data[at : at + size] for at in range(0, len(data), size)]
