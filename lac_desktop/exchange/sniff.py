# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tell what a file is by what stands in it, whatever its name says."""

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.unpack import beginning, head_of, opened_zip


class Format(StrEnum):
    """What LAC Desktop can read; the values are those of ``--format``."""

    OSM = "osm"
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    OPEN_REFERRAL = "oruk"
    HSDS_TABLES = "hsds"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    SHAPEFILE = "shp"
    KML = "kml"
    GPX = "gpx"


READABLE = (
    "LAC Desktop reads OpenStreetMap (.osm.pbf, .osm), CSV, XLSX, XLS, ODS, Open Referral JSON and "
    "CSV, GeoJSON, GeoPackage, Shapefile, KML, KMZ and GPX."
)

#: Beginnings of files that we know but cannot read: (bytes, what it is, what to do instead).
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Ask for the list as a spreadsheet."),
    (b"\x89PNG", "a picture", "Ask for the list as a spreadsheet."),
    (b"\xff\xd8\xff", "a picture", "Ask for the list as a spreadsheet."),
    (b"GIF8", "a picture", "Ask for the list as a spreadsheet."),
    (b"PMTiles", "a background map", "Add it to an area pack as the background map."),
    (b"{\\rtf", "a text document", "Save its table as CSV and import that."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and import the file inside."),
    (b"Rar!", "a RAR archive", "Unpack it and import the file inside."),
    (b"PAR1", "a Parquet file", "Save it as CSV and import that."),
    (b"MZ", "a program", READABLE),
    (b"\x7fELF", "a program", READABLE),
)
_ROOTS: Mapping[str, Format] = {"osm": Format.OSM, "kml": Format.KML, "gpx": Format.GPX}
_ROOT = re.compile(r"<(?!\?|!)(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_TABLES = re.compile(r"(^|/)(services?|organizations?|locations?)\.csv$", re.IGNORECASE)
_GEOMETRIES = "Point|MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection"
_GEOJSON = re.compile(rf'"type"\s*:\s*"(?:FeatureCollection|Feature|{_GEOMETRIES})"', re.IGNORECASE)


def unreadable(name: str, what: str, hint: str) -> UnreadableFileError:
    """The sentence for a file of a kind that we do not read."""
    return UnreadableFileError(f"{name} is {what}, which LAC Desktop cannot import.", hint)


def sniff(path: Path) -> Format:
    """Say what a file or folder is; raises UnreadableFileError with a way out."""
    if not path.exists():
        raise UnreadableFileError(f"There is no file {path.name}.", "Check its name and folder.")
    if path.is_dir():
        return _sniff_names(path.name, [str(p.relative_to(path)) for p in _inside(path)])
    if path.stat().st_size == 0:
        raise UnreadableFileError(f"{path.name} is empty.", "Save or download it again.")
    head = head_of(path)
    if not head.strip(b"\0 \r\n\t"):
        raise UnreadableFileError(f"{path.name} is empty.", "Save or download it again.")
    return _sniff_binary(path, head) or _sniff_text(path.name, head)


def _inside(folder: Path) -> list[Path]:
    """Files of a folder and the folders in it, at most a few thousand."""
    found = [p for p in sorted(folder.rglob("*"))[:5000] if p.is_file()]
    return [p for p in found if not p.name.startswith(".")]


def _sniff_names(name: str, members: list[str]) -> Format:
    """Tell what a folder or zip is by the names in it."""
    lower = [m.lower() for m in members if not m.startswith("__MACOSX")]
    if any(_TABLES.search(m) for m in lower):
        return Format.HSDS_TABLES
    for suffix, found in (
        (".kml", Format.KML),
        (".shp", Format.SHAPEFILE),
        (".geojson", Format.GEOJSON),
        (".json", Format.OPEN_REFERRAL),
        (".csv", Format.CSV),
        (".tsv", Format.CSV),
    ):
        if any(m.endswith(suffix) for m in lower):
            return found
    raise UnreadableFileError(f"{name} holds nothing that can be imported.", READABLE)


def _sniff_binary(path: Path, head: bytes) -> Format | None:
    """Tell binary formats by their first bytes; None for text."""
    if head[:4] == b"PK\x03\x04" or head[:4] == b"PK\x05\x06":
        return _sniff_zip(path)
    if b"OSMHeader" in head[:64]:
        return Format.OSM
    if head[:16] == b"SQLite format 3\0":
        return _sniff_sqlite(path, head)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _sniff_ole(path)
    if head[:4] == b"\x00\x00\x27\x0a":
        return Format.SHAPEFILE
    for start, what, hint in _OTHERS:
        if head.startswith(start):
            raise unreadable(path.name, what, hint)
    if path.suffix.lower() in (".shx", ".dbf", ".prj", ".cpg"):
        raise unreadable(path.name, "one part of a Shapefile", "Choose the file that ends in .shp.")
    return None


def _sniff_ole(path: Path) -> Format:
    """Tell old Excel files from locked new ones and from other Office files."""
    data = path.read_bytes() if path.stat().st_size < 64 * 1024 * 1024 else head_of(path)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFileError(
            f"{path.name} is locked with a password.",
            "Open it in Excel where you know the password, and save it without one.",
        )
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return Format.XLS
    if path.suffix.lower() == ".xls":  # cut off before its directory
        return Format.XLS
    raise unreadable(path.name, "an old Office document", "Save its table as CSV or XLSX.")


def _sniff_sqlite(path: Path, head: bytes) -> Format:
    """Tell GeoPackages from other SQLite databases by application id or tables."""
    if head[68:72] in (b"GPKG", b"GP10", b"GP11") or b"gpkg_contents" in head:
        return Format.GEOPACKAGE
    if b"CREATE TABLE tiles" in head or b"tile_data" in head:
        raise unreadable(
            path.name, "a background map", "Add it to an area pack as the background map."
        )
    raise unreadable(path.name, "a database of another program", READABLE)


def _sniff_zip(path: Path) -> Format:
    """Tell Office files, KMZ and zips of lists apart by their members."""
    with opened_zip(path) as archive:
        names = archive.namelist()
        if any(name.startswith("xl/workbook") for name in names):
            return Format.XLSX
        if "mimetype" in names and b"spreadsheet" in beginning(archive, "mimetype", 100):
            return Format.ODS
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise unreadable(path.name, "a document", "Save its table as CSV or XLSX.")
        return _sniff_names(path.name, names)


def _sniff_text(name: str, head: bytes) -> Format:
    """Tell XML, JSON and tables apart; refuse what is no text."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "latin-1", errors="ignore").lstrip(
        "\ufeffï»¿ \r\n\t\0"
    )
    if text.startswith("<"):
        return _sniff_xml(name, text)
    if text.startswith(("{", "[")):
        return _sniff_json(name, text)
    odd = sum(1 for letter in text[:8192] if ord(letter) < 32 and letter not in "\t\r\n\f")
    if not wide and odd > len(text[:8192]) / 50 + 2:
        raise UnreadableFileError(
            f"{name} is not a list that can be read: it is no text.", READABLE
        )
    if Path(name).suffix.lower() in (".json", ".geojson"):
        raise UnreadableFileError(
            f"{name} says it is JSON, but it does not start like JSON.",
            "Download it again, or ask for the list as CSV.",
        )
    return Format.CSV


def _sniff_xml(name: str, text: str) -> Format:
    """Tell XML by its first element."""
    root = _ROOT.search(
        re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", "", text, flags=re.S)
    )
    word = root[1].lower() if root else ""
    if word in _ROOTS:
        return _ROOTS[word]
    if word == "html":
        raise unreadable(
            name, "a web page", "Download the file itself instead of the page about it."
        )
    if word == "feed" or word == "rss":
        raise unreadable(name, "a news feed", "Ask for the list as CSV.")
    raise unreadable(name, "XML of another kind", READABLE)


def _sniff_json(name: str, text: str) -> Format:
    """Tell GeoJSON from Open Referral JSON."""
    if re.search(r'"type"\s*:\s*"Topology"', text):
        raise unreadable(name, "a file of boundaries (TopoJSON)", "Add it to an area pack.")
    return Format.GEOJSON if _GEOJSON.search(text) else Format.OPEN_REFERRAL
