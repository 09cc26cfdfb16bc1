# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading place names: OS Open Names tiles, and the places and streets of OpenStreetMap.

OS Open Names comes as headerless CSV tiles of 34 columns in National Grid metres (technical
specification, "CSV format"); its Postcode rows are unit postcodes, a second and newer source.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo import basemap_rules, build_files, grid, places_text
from lac_desktop.geo.osm_layers import OsmLayer
from lac_desktop.geo.postcodes import Postcode

if TYPE_CHECKING:
    import numpy as np

_BATCH = 20_000
_COLUMNS = 34
_NAME1, _LANG1, _NAME2, _LANG2, _LOCAL_TYPE, _X, _Y = 2, 3, 4, 5, 7, 8, 9
_DISTRICT, _TOWN, _BOROUGH, _COUNTY = 16, 18, 21, 24
_UNRANKED = 10

#: Pieces of one street closer than this many degrees (about 1 km) are one street.
_STREET_GAP = 0.01


class Name(NamedTuple):
    """One named place: ``cy`` is its Welsh name; a lower rank is better known; WGS84 degrees."""

    name: str
    cy: str
    what: str
    rank: int
    lat: float
    lon: float
    context: str


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file of names."""

    read: int = 0
    kept: int = 0
    outside: int = 0
    no_position: int = 0
    date: str = ""
    notes: list[str] = field(default_factory=list)


def read(
    path: Path, tally: Tally, *, within: Box | None = None, progress: Progress = silent
) -> Iterator[tuple[list[Name], list[Postcode]]]:
    """Yield the names and the postcodes of OS Open Names (a tile, a folder or a zip) in batches.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` when none of it is OS Open Names.
    """
    found = False
    with build_files.tables(path) as members:
        for member in members:
            with build_files.rows(member) as rows:
                first = _first(rows)
                if first is None:
                    continue
                found = True
                tally.date = max(tally.date, member.date)
                yield from _read_member(chain(first, rows), tally, within, progress, member.name)
    if not found:
        raise build_files.problem(path, "no OS Open Names table of 34 columns was found in it")


def is_open_names(path: Path) -> bool:
    """Whether a file, folder or zip holds an OS Open Names tile."""
    with build_files.tables(path) as members:
        for member in members:
            with build_files.rows(member) as rows:
                if _first(rows) is not None:
                    return True
    return False


def _first(rows: Iterator[list[str]]) -> list[list[str]] | None:
    """The first row if the table is OS Open Names, [] in its place if it is a header; else None."""
    try:
        first = next(rows, [])
        if len(first) == _COLUMNS and first[0].strip().upper() == "ID":
            return [] if first[_NAME1].strip().upper() == "NAME1" else None
    except csv.Error:
        return None
    placed = len(first) == _COLUMNS and all(_is_number(first[at]) for at in (_X, _Y))
    return [first] if placed else None


def _read_member(
    rows: Iterator[list[str]], tally: Tally, within: Box | None, progress: Progress, name: str
) -> Iterator[tuple[list[Name], list[Postcode]]]:
    """The names of one tile, batch by batch."""
    while True:
        batch: list[list[str]] = []
        broken = False
        try:
            batch.extend(islice(rows, _BATCH))
        except csv.Error:
            broken = True
        if batch:
            yield _convert(batch, tally, within)
            progress(tally.read, None, "Reading place names")
        if broken:
            tally.notes.append(f"“{name}” is damaged: reading stopped at row {tally.read}.")
        if broken or len(batch) < _BATCH:
            return


def _convert(
    batch: list[list[str]], tally: Tally, within: Box | None
) -> tuple[list[Name], list[Postcode]]:
    """Turn rows into names and postcodes, counting what is left out."""
    import numpy as np

    tally.read += len(batch)
    good = [row for row in batch if len(row) == _COLUMNS and _on_grid(row[_X], row[_Y])]
    tally.no_position += len(batch) - len(good)
    if not good:
        return [], []
    east = np.array([float(row[_X]) for row in good])
    north = np.array([float(row[_Y]) for row in good])
    lats, lons = grid.to_wgs84(east, north)
    names: list[Name] = []
    codes: list[Postcode] = []
    for row, lat, lon in zip(good, lats.tolist(), lons.tolist(), strict=True):
        if within and not (
            within.south <= lat <= within.north and within.west <= lon <= within.east
        ):
            tally.outside += 1
            continue
        if row[_LOCAL_TYPE] == "Postcode":
            code = places_text.postcode(row[_NAME1])
            if code:
                codes.append(Postcode(code, lat, lon, "", "", "", "", ""))
        elif row[_NAME1].strip():
            names.append(_name(row, lat, lon))
    tally.kept += len(names) + len(codes)
    return names, codes


def _name(row: Sequence[str], lat: float, lon: float) -> Name:
    """One row as a name; the English one first where there are two."""
    one, two = row[_NAME1].strip(), row[_NAME2].strip()
    welsh = ""
    if row[_LANG1] == "cym":
        welsh, one = one, two or one
    elif row[_LANG2] == "cym":
        welsh = two
    what = row[_LOCAL_TYPE].strip()
    around = [row[at].strip() for at in (_TOWN, _BOROUGH, _COUNTY)]
    context = ", ".join(dict.fromkeys(part for part in around if part and part != one))
    rank = basemap_rules.rules()["ranks"]["open_names"].get(what.lower(), _UNRANKED)
    return Name(one, welsh, what, int(rank), lat, lon, context or row[_DISTRICT].strip())


def of_osm(points: OsmLayer, lines: OsmLayer) -> list[Name]:
    """The places, stations and streets of an OpenStreetMap extract.

    A street's pieces are put together; its point lies in the middle of its longest piece.
    """
    import numpy as np
    import shapely

    ranks: Mapping[str, object] = basemap_rules.rules()["ranks"]
    found: list[Name] = []
    names, welsh = points.tags["name"], points.tags["name:cy"]
    for key in ("place", "railway"):
        column = points.tags[key]
        for row in np.flatnonzero(points.has(key) & points.has("name")).tolist():
            rank = ranks.get(str(column[row]))
            if isinstance(rank, int):
                at = points.shapes[row]
                what = str(column[row]).replace("_", " ").capitalize()
                what = "Railway station" if key == "railway" else what
                cy = str(welsh[row] or "")
                found.append(Name(str(names[row]), cy, what, rank, at.y, at.x, ""))
    rows = np.flatnonzero(lines.has("highway") & lines.has("name"))
    shapes = lines.shapes[rows]
    middles = shapely.get_coordinates(shapely.line_interpolate_point(shapes, 0.5, normalized=True))
    found += _streets(
        [str(lines.tags["name"][row]) for row in rows],
        [str(lines.tags["name:cy"][row] or "") for row in rows],
        middles,
        shapely.length(shapes),
    )
    return found


def _streets(
    names: list[str], welsh: list[str], middles: "np.ndarray", lengths: "np.ndarray"
) -> list[Name]:
    """One name a street: pieces of the same name that lie near one another are one."""
    import numpy as np

    kept: dict[str, list[tuple[float, float]]] = {}
    found: list[Name] = []
    rank = int(basemap_rules.rules()["ranks"]["street"])
    for index in np.argsort(-lengths, kind="stable").tolist():
        lon, lat = middles[index].tolist()
        others = kept.setdefault(names[index], [])
        if any(abs(lat - y) < _STREET_GAP and abs(lon - x) < 2 * _STREET_GAP for y, x in others):
            continue
        others.append((lat, lon))
        found.append(Name(names[index], welsh[index], "Street", rank, lat, lon, ""))
    return found


def unknown(names: list[Name], known: list[Name]) -> list[Name]:
    """Those of ``names`` that are not among ``known``: the same spelling within about 2 km."""
    if not known:
        return names
    places: dict[str, list[Name]] = {}
    for name in known:
        for key in {places_text.key(name.name), places_text.key(name.cy)} - {""}:
            places.setdefault(key, []).append(name)

    def is_known(name: Name) -> bool:
        others = places.get(places_text.key(name.name), [])
        return any(
            abs(name.lat - other.lat) < 2 * _STREET_GAP
            and abs(name.lon - other.lon) < 3 * _STREET_GAP
            for other in others
        )

    return [name for name in names if not is_known(name)]


def in_context(names: list[Name], places: list[Name]) -> list[Name]:
    """Say for names without one in which place they lie: the nearest village or larger, 5 km."""
    import numpy as np

    known = [place for place in places if place.rank <= 4]
    if not known:
        return names
    lats = np.array([place.lat for place in known])
    lons = np.array([place.lon for place in known])
    told: list[Name] = []
    for name in names:
        if not name.context:
            squeeze = np.cos(np.radians(name.lat))
            away = (lats - name.lat) ** 2 + ((lons - name.lon) * squeeze) ** 2
            nearest = int(np.argmin(away))
            if away[nearest] < 0.045**2 and known[nearest].name != name.name:
                name = name._replace(context=known[nearest].name)
        told.append(name)
    return told


def _is_number(cell: str) -> bool:
    """Whether a cell is a whole or decimal number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _on_grid(x: str, y: str) -> bool:
    """Whether two cells are a position on the National Grid."""
    if not (_is_number(x) and _is_number(y)):
        return False
    return 0 < float(x) < 700_000 and 0 < float(y) < 1_300_000
