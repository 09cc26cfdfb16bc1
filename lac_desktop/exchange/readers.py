# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door to every format that can come in: a file or folder in, a reading out."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError, UnreadableFileError
from lac_desktop.exchange.read_table import Options
from lac_desktop.exchange.sniff import Format, sniff

__all__ = ["Options", "read"]

#: The module that reads a format of map features or services; tables are read here.
_MODULES: Mapping[Format, str] = {
    Format.OSM: "read_osm",
    Format.OPEN_REFERRAL: "read_oruk",
    Format.HSDS_TABLES: "hsds_tables",
    Format.GEOJSON: "read_geojson",
    Format.GEOPACKAGE: "read_gdal",
    Format.SHAPEFILE: "read_gdal",
    Format.KML: "read_kml",
    Format.GPX: "read_gpx",
}

Reader = Callable[[Path, KindTable, Options | None, Progress], Reading]


def read(
    path: Path,
    *,
    kinds: KindTable,
    format: str | None = None,  # noqa: A002 -- the word that people use
    options: Options | None = None,
    progress: Progress = silent,
) -> Reading:
    """Read one file or folder; what stands in it decides, unless ``format`` is said.

    Raises UnreadableFileError with a way out, CancelledError when ``progress`` does.
    """
    try:
        chosen = _format(path, format)
        if chosen in _MODULES:
            module = import_module(f"lac_desktop.exchange.{_MODULES[chosen]}")
            reader: Reader = module.read
            return reader(path, kinds, options, progress)
        return _table(path, chosen, kinds, options or Options(), progress)
    except PermissionError as error:
        raise UnreadableFileError(
            f"{path.name} may not be read by this account.", "Ask for the right to read it."
        ) from error
    except IsADirectoryError as error:
        raise UnreadableFileError(f"{path.name} is a folder.", "Choose a file in it.") from error


def _format(path: Path, said: str | None) -> Format:
    """The format of a file: what it is, or what somebody says it is."""
    if said is None:
        return sniff(path)
    try:
        chosen = Format(said.lower())
    except ValueError as error:
        raise LacError(
            f"There is no format called {said}.", f"Choose one of {', '.join(Format)}."
        ) from error
    found = sniff(path)
    # A text file can be said to be a table; nothing makes a picture one.
    return chosen if {chosen, found} <= _TEXTS or chosen is found else found


_TEXTS = frozenset((Format.CSV, Format.OPEN_REFERRAL, Format.GEOJSON, Format.HSDS_TABLES))


def _table(
    path: Path, chosen: Format, kinds: KindTable, options: Options, progress: Progress
) -> Reading:
    """Read a CSV or a workbook."""
    from lac_desktop.exchange import read_csv, read_sheets, read_table

    if chosen is Format.CSV:
        sheet, names = read_csv.read_sheet(path, progress), ()
    else:
        sheet, names = read_sheets.read_sheet(path, chosen.value, options.sheet, progress)
    return read_table.read_sheet(path, sheet, kinds, options, names, progress)
