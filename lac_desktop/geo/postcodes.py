# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading postcodes: Code-Point Open, the ONS Postcode Directory in any layout, and other lists.

Code-Point Open has no header (Postcode, quality, Eastings, Northings, ...; EPSG:27700; quality 90
means no position, written 0,0). The ONSPD's column names change with every release, so columns are
found by pattern; a postcode without a position has latitude 99.999999 or grid indicator 9.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo import build_files, grid, places_text

if TYPE_CHECKING:
    import numpy as np

#: Rows that are turned into points together: bounded memory, and numpy is worth its call.
_BATCH = 20_000

#: Patterns over lower-case column names; the first that matches any column wins.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("pcds", "pcd8", "pcd7", "pcd2", "pcd", r"post ?_?code"),
    "began": ("dointr",),
    "ended": ("doterm",),
    "lat": ("lat", "latitude"),
    "lon": ("long", "lon", "lng", "longitude"),
    "east": (r"(os)?east1m", "eastings?", "x", "geometry_x", "bng_e"),
    "north": (r"(os)?nrth1m", "north1m", "northings?", "y", "geometry_y", "bng_n"),
    "grid": ("osgrdind", "gridind"),
    "quality": ("positional_quality_indicator", "pq"),
    "ward": (r"wd\d\dcd", "osward", r"(admin_)?ward_?(code|cd)", "wc"),
    "lad": (r"lad\d\dcd", "oslaua", "ladcd", r"(la|lad|admin_district|district)_?code", "dc"),
    "lsoa21": (r"lsoa21(cd)?",),
    "lsoa11": (r"lsoa11(cd)?",),
    "lsoa": (r"lsoa_?(code|cd)",),
}
_CODE_POINT = {"code": 0, "quality": 1, "east": 2, "north": 3, "lad": 8, "ward": 9}

#: A postcode of this quality has no position (Code-Point Open user guide).
_NO_POSITION = 90


class Postcode(NamedTuple):
    """One postcode: WGS84 degrees; ``ended`` is YYYY-MM or ""; codes are "" when not given."""

    code: str
    lat: float
    lon: float
    ended: str
    ward: str
    lad: str
    lsoa11: str
    lsoa21: str


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file: counts, and the layout that was recognised."""

    read: int = 0
    kept: int = 0
    ended: int = 0
    outside: int = 0
    no_position: int = 0
    no_postcode: int = 0
    layout: str = ""
    date: str = ""
    notes: list[str] = field(default_factory=list)


def read(
    path: Path, tally: Tally, *, within: Box | None = None, progress: Progress = silent
) -> Iterator[list[Postcode]]:
    """Yield the postcodes of a file, folder or zip in batches, in bounded memory.

    ``within`` leaves out what lies elsewhere (counted). Raises
    :class:`~lac_desktop.errors.UnreadableFileError` when no table of postcodes is there.
    """
    found = postcodes_without_place = False
    with build_files.tables(path) as members:
        for member in _without_doubles(members):
            with build_files.rows(member) as rows:
                layout, first = _layout(rows)
                postcodes_without_place |= layout == {}
                if not layout:
                    continue
                found = True
                tally.layout = _product(layout)
                tally.date = max(tally.date, member.date)
                yield from _read_member(chain(first, rows), layout, tally, within, progress, member)
    if not found:
        expected = "no table of postcodes was found in it (Code-Point Open or ONSPD was expected)"
        if postcodes_without_place:
            expected = "it lists postcodes but neither coordinates nor grid positions"
        raise build_files.problem(path, expected)


def _without_doubles(members: list[build_files.Member]) -> list[build_files.Member]:
    """The ONSPD comes whole and again split by area: leave the split one out if both are there."""
    whole = [
        member
        for member in members
        if "multi_csv" not in member.name.lower() and re.search(r"(?i)onspd|pcd", member.name)
    ]
    is_double = any(member.size > 1 << 20 for member in whole)
    return [m for m in members if not (is_double and "multi_csv" in m.name.lower())]


def _layout(rows: Iterator[list[str]]) -> tuple[dict[str, int] | None, list[list[str]]]:
    """The columns of a table and the rows already taken that are data.

    None is no table of postcodes; an empty layout is one that has no positions.
    """
    try:
        first = next(rows, [])
        second = next(rows, [])
    except csv.Error:
        return None, []
    if _is_code_point(first):
        return dict(_CODE_POINT), [row for row in (first, second) if row]
    layout = _from_header(first)
    if "code" not in layout:
        return None, []
    if "code" in _from_header(second):
        return None, []  # Code-Point Open's column headers: a file of their own, in two rows
    placed = {"lat", "lon"} <= layout.keys() or {"east", "north"} <= layout.keys()
    return (layout if placed else {}), [second] if second else []


def _is_code_point(row: Sequence[str]) -> bool:
    """Whether a row looks like Code-Point Open's: a postcode and three whole numbers."""
    return (
        len(row) >= 10
        and bool(places_text.postcode(row[0]))
        and all(cell.strip().isdigit() for cell in row[1:4])
    )


def _from_header(header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by the patterns."""
    titles = [title.strip().strip('"').lower() for title in header]
    layout: dict[str, int] = {}
    for meaning, patterns in _COLUMNS.items():
        for pattern in patterns:
            place = next((i for i, t in enumerate(titles) if re.fullmatch(pattern, t)), None)
            if place is not None:
                layout[meaning] = place
                break
    return layout


def _product(layout: dict[str, int]) -> str:
    """Name the product for the attribution: its columns tell it."""
    if layout == _CODE_POINT or "quality" in layout:
        return "code-point-open"
    return "onspd" if "ended" in layout else "postcode-list"


def _read_member(
    rows: Iterator[list[str]],
    layout: dict[str, int],
    tally: Tally,
    within: Box | None,
    progress: Progress,
    member: build_files.Member,
) -> Iterator[list[Postcode]]:
    """The postcodes of one table, batch by batch."""
    while True:
        batch: list[list[str]] = []
        broken = False
        try:
            batch.extend(islice(rows, _BATCH))
        except csv.Error:
            broken = True
        if batch:
            yield _convert(batch, layout, tally, within)
            progress(tally.read, None, "Reading postcodes")
        if broken:
            tally.notes.append(f"“{member.name}” is damaged: reading stopped at row {tally.read}.")
        if broken or len(batch) < _BATCH:
            return


def _convert(
    batch: list[list[str]], layout: dict[str, int], tally: Tally, within: Box | None
) -> list[Postcode]:
    """Turn rows into postcodes, counting what is left out and why."""
    import numpy as np

    tally.read += len(batch)
    if "began" in layout:  # the newest postcode tells how old the directory is
        began = max(_month(_cell(row, layout["began"])) for row in batch)
        tally.date = max(tally.date, began if len(began) == 7 else "")
    lat, lon = _positions(batch, layout)
    good = np.isfinite(lat) & np.isfinite(lon)
    inside = good
    if within is not None:
        inside = good & (lat >= within.south) & (lat <= within.north)
        inside &= (lon >= within.west) & (lon <= within.east)
    columns = [layout.get(name, -1) for name in ("ward", "lad", "lsoa11", "lsoa21", "lsoa")]
    ended_at = layout.get("ended", -1)
    kept: list[Postcode] = []
    for row, is_good, is_inside, y, x in zip(
        batch, good.tolist(), inside.tolist(), lat.tolist(), lon.tolist(), strict=True
    ):
        if is_good and not is_inside:
            tally.outside += 1
            continue
        code = places_text.postcode(_cell(row, layout["code"]))
        if not code:
            tally.no_postcode += bool(any(row))
        elif not is_good:
            tally.no_position += 1
        else:
            ended = _month(_cell(row, ended_at))
            ward, lad, lsoa11, lsoa21, lsoa = (_area(_cell(row, at)) for at in columns)
            tally.ended += bool(ended)
            kept.append(Postcode(code, y, x, ended, ward, lad, lsoa11, lsoa21 or lsoa))
    tally.kept += len(kept)
    return kept


def _positions(batch: list[list[str]], layout: dict[str, int]) -> "tuple[np.ndarray, np.ndarray]":
    """Latitudes and longitudes of rows, NaN where there is none; ONSPD's own come first."""
    import numpy as np

    lat = np.full(len(batch), np.nan)
    lon = lat.copy()
    if "lat" in layout and "lon" in layout:
        lat = _numbers(batch, layout["lat"])
        lon = _numbers(batch, layout["lon"])
        off = ~((np.abs(lat) <= 90) & (np.abs(lon) <= 180)) | ((lat == 0) & (lon == 0))
        lat[off] = lon[off] = np.nan
    elif "east" in layout and "north" in layout:
        east = _numbers(batch, layout["east"])
        north = _numbers(batch, layout["north"])
        on_grid = (east > 0) & (east < 700_000) & (north > 0) & (north < 1_300_000)
        if on_grid.any():
            lat[on_grid], lon[on_grid] = grid.to_wgs84(east[on_grid], north[on_grid])
    if "quality" in layout:
        lat[_numbers(batch, layout["quality"]) >= _NO_POSITION] = np.nan
    if "grid" in layout:
        lat[_numbers(batch, layout["grid"]) == 9] = np.nan
    return lat, lon


def _numbers(batch: list[list[str]], at: int) -> "np.ndarray":
    """A column as float64; what is no number becomes NaN."""
    import numpy as np

    cells = [row[at] if len(row) > at else "" for row in batch]
    try:
        return np.array(cells, dtype=np.float64)
    except ValueError:
        return np.array([_number(cell) for cell in cells], dtype=np.float64)


def _number(cell: str) -> float:
    """A cell as a number, NaN when it is none."""
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _cell(row: Sequence[str], at: int) -> str:
    """A cell, "" when the row is short or the column is not there."""
    return row[at].strip() if 0 <= at < len(row) else ""


def _month(text: str) -> str:
    """ONSPD's YYYYMM as YYYY-MM; anything else that is filled in is kept as it is."""
    return f"{text[:4]}-{text[4:]}" if re.fullmatch(r"\d{6}", text) else text


def _area(code: str) -> str:
    """An area code, "" for the pseudo codes such as S99999999 that mean "not applicable"."""
    return "" if code.endswith("99999999") or len(code) != 9 else code
