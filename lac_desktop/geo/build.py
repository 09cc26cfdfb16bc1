# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building an area pack from files that a council can download for nothing.

The pack is made in a folder beside the place where it will lie and moved there at the end, so
that cancelling, a full disk or a crash leave the old pack or nothing. Run it in a child process:
its arguments can be pickled, and the memory that GDAL takes is then given back.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lac_desktop.domain.geometry import UK, Box, box_around
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError
from lac_desktop.geo import (
    boundaries as boundary_files,
)
from lac_desktop.geo import (
    build_files,
    build_osm,
    build_sources,
    pack_info,
    places_write,
)
from lac_desktop.geo import (
    names as name_files,
)
from lac_desktop.geo import (
    postcodes as postcode_files,
)
from lac_desktop.geo.boundaries import Area
from lac_desktop.geo.build_sources import Need, missing
from lac_desktop.geo.names import Name
from lac_desktop.geo.pack_info import PackInfo, Source

__all__ = ["Need", "build", "missing"]

#: How far around the area postcodes and names are kept, metres.
_MARGIN = 10_000.0
_WARD_WHAT = "Ward"
#: Name of an old pack while the new one takes its place; and when leftovers are nobody's.
_ASIDE, _STALE_SECONDS = "old", 86_400.0
#: What systems say when nothing more fits; Windows knows no quota of that name.
_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


@dataclass(slots=True)
class _Work:
    """A pack while it is being built."""

    folder: Path
    scratch: Path
    progress: Progress
    bounds: Box | None = None
    sources: list[Source] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def within(self) -> Box | None:
        """The area and what lies around it; None keeps everything."""
        return widened(self.bounds, _MARGIN) if self.bounds else None


def build(
    out: Path,
    *,
    osm: Sequence[Path] = (),
    postcodes: Sequence[Path] = (),
    boundaries: Sequence[Path] = (),
    names: Sequence[Path] = (),
    basemap: Path | None = None,
    name: str = "",
    progress: Progress = silent,
) -> PackInfo:
    """Build the pack folder ``out`` from what is given; any part may be left out.

    The area is what the streets of the OpenStreetMap files and a region's wards and LSOAs cover:
    postcodes, names and a country's boundaries more than 10 km outside are left out. An existing
    pack is replaced.
    Raises :class:`~lac_desktop.errors.UnreadableFileError` when nothing of a file could be read,
    :class:`~lac_desktop.errors.LacError` when the pack cannot be put there, and CancelledError
    through ``progress``.
    """
    out = Path(out)
    inputs = [*osm, *postcodes, *boundaries, *names, *([basemap] if basemap else [])]
    _check(out, inputs)
    with _workshop(out) as (folder, scratch), _told():
        work = _Work(folder, scratch, progress)
        extract = build_osm.read([Path(file) for file in osm], scratch, progress)
        if extract:
            work.bounds, work.sources = extract.bounds, list(extract.sources)
        areas = _read_areas(work, boundaries)
        work.bounds = _with_areas(work.bounds, areas)
        extent = _write_places(work, areas, extract, postcodes, names)
        if extract:
            work.counts |= build_osm.write_walk(extract, folder / pack_info.WALK, progress)
        _add_basemap(work, extract, basemap, name or out.name)
        work.bounds = work.bounds or extent or UK
        _write_about(work, name or out.name)
        progress(1, 1, "Putting the pack in place")
        _put_in_place(folder, out)
    return pack_info.read_info(out)


def widened(box: Box, metres: float) -> Box:
    """A box with so many metres more on every side."""
    low = box_around(box.centre, metres)
    dlat, dlon = (low.north - low.south) / 2, (low.east - low.west) / 2
    return Box(box.west - dlon, box.south - dlat, box.east + dlon, box.north + dlat)


def _check(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse before anything is done: no inputs, inputs that are not there, a folder in use."""
    if not inputs:
        raise LacError(
            "There is nothing to build an area pack from.",
            "Give at least one file: " + "; ".join(need.what for need in missing(())) + ".",
        )
    for file in inputs:
        if not Path(file).is_dir():
            build_files.head(Path(file))
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not _is_pack(out)):
        raise LacError(
            f"“{out.name}” holds other things than an area pack and is left as it is.",
            "Choose a new or empty folder.",
        )


def _is_pack(folder: Path) -> bool:
    """Whether a folder holds a pack's members and nothing else."""
    ours = {*pack_info.BASEMAPS, pack_info.PLACES, pack_info.WALK, pack_info.ABOUT}
    names = {file.name for file in folder.iterdir()}
    return pack_info.ABOUT in names and names <= ours


@contextmanager
def _workshop(out: Path) -> Iterator[tuple[Path, Path]]:
    """Folders beside ``out`` for the pack and for unpacking; gone at the end, come what may."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        place = Path(tempfile.mkdtemp(prefix=f".{out.name}-building-", dir=out.parent))
    except OSError as error:
        raise LacError(
            f"The folder “{out.parent}” cannot be written to.", "Choose another folder."
        ) from error
    try:
        folder, scratch = place / "pack", place / "scratch"
        folder.mkdir()
        scratch.mkdir()
        yield folder, scratch
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Clear what a build that was killed left behind; an old pack that stood aside comes back."""
    for left in out.parent.glob(f".{out.name}-building-*"):
        is_stale = time.time() - left.stat().st_mtime > _STALE_SECONDS
        if not out.exists() and (left / _ASIDE / pack_info.ABOUT).is_file():
            (left / _ASIDE).rename(out)
        if is_stale:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _told() -> Iterator[None]:
    """A full disk becomes a sentence; everything else passes."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        full = isinstance(error, OSError) and error.errno in _FULL
        if full or "disk is full" in str(error):
            raise LacError(
                "The disk is full: the area pack was not built, and nothing was changed.",
                "Free some space, or choose a folder on another disk.",
            ) from error
        raise


def _read_areas(work: _Work, files: Sequence[Path]) -> list[Area]:
    """The boundaries of all files, noted as sources."""
    found: list[Area] = []
    for file in map(Path, files):
        tally = boundary_files.Tally()
        areas = boundary_files.read(
            file, tally, work.scratch, within=work.within, progress=work.progress
        )
        found += areas
        vintage = max((area.vintage for area in areas), default=0)
        work.sources.append(build_sources.source("boundaries", file, str(vintage or "")))
        work.notes += tally.notes
        if not areas:
            work.notes.append(f"No boundary in “{file.name}” reaches into the area of the map.")
        if tally.no_shape:
            work.notes.append(f"{tally.no_shape} areas in “{file.name}” have no usable shape.")
    return found


def _with_areas(bounds: Box | None, areas: Sequence[Area]) -> Box | None:
    """The box around the streets and the smaller areas; a local authority may reach far out."""
    import numpy as np

    small = [area for area in areas if area.kind in ("ward", "lsoa")]
    found = np.array([area.shape.bounds for area in (small or ([] if bounds else areas))])
    if bounds:
        box = [[bounds.west, bounds.south, bounds.east, bounds.north]]
        found = np.concatenate([found.reshape(-1, 4), box])
    if not len(found):
        return None
    west, south = found[:, :2].min(axis=0).tolist()
    east, north = found[:, 2:].max(axis=0).tolist()
    return Box(west, south, east, north)


def _write_places(
    work: _Work,
    areas: list[Area],
    extract: "build_osm.Extract | None",
    postcodes: Sequence[Path],
    names: Sequence[Path],
) -> Box | None:
    """Write ``places.gpkg`` from all sources; returns what it covers."""
    with places_write.create(work.folder / pack_info.PLACES) as db:
        places_write.add_areas(db, areas)
        known: list[Name] = []
        for file in map(Path, postcodes):
            if build_files.sniff(file) != "empty" and name_files.is_open_names(file):
                known += _add_names(work, db, file)
            else:
                _add_postcodes(work, db, file)
        for file in map(Path, names):
            known += _add_names(work, db, file)
        if extract:
            work.progress(0, None, "Collecting place names")
            fresh = name_files.unknown(extract.names, known)
            places_write.add_names(db, name_files.in_context(fresh, [*known, *fresh]))
        places_write.add_names(db, _ward_names(areas))
        work.counts |= places_write.counts(db)
        extent = places_write.extent(db)
    return Box(*extent) if extent else None


def _add_postcodes(work: _Work, db: sqlite3.Connection, file: Path) -> None:
    """Store one file of postcodes and say what was left out."""
    tally = postcode_files.Tally()
    for batch in postcode_files.read(file, tally, within=work.within, progress=work.progress):
        places_write.add_postcodes(db, batch, tally.layout)
    work.sources.append(build_sources.source(tally.layout, file, tally.date))
    work.notes += tally.notes
    if tally.no_position:
        work.notes.append(
            f"{tally.no_position:,} postcodes in “{file.name}” have no position and were left out."
        )
    if tally.no_postcode:
        work.notes.append(
            f"{tally.no_postcode:,} rows in “{file.name}” hold no postcode and were left out."
        )
    if not tally.kept:
        work.notes.append(f"No postcode in “{file.name}” lies in the area of the map.")


def _add_names(work: _Work, db: sqlite3.Connection, file: Path) -> list[Name]:
    """Store one file of names, and the postcodes in it."""
    tally = name_files.Tally()
    found: list[Name] = []
    for names, codes in name_files.read(file, tally, within=work.within, progress=work.progress):
        places_write.add_names(db, names)
        places_write.add_postcodes(db, codes, "os-open-names")
        found += names
    work.sources.append(build_sources.source("os-open-names", file, tally.date))
    work.notes += tally.notes
    if not tally.kept:
        work.notes.append(f"No name in “{file.name}” lies in the area of the map.")
    return found


def _ward_names(areas: Sequence[Area]) -> list[Name]:
    """Wards can be looked up by name as well; their point lies inside."""
    from lac_desktop.geo.basemap_rules import rules

    rank = int(rules()["ranks"]["ward"])
    found: list[Name] = []
    for area in areas:
        if area.kind == "ward":
            at = area.shape.point_on_surface()
            found.append(Name(area.name, area.cy, _WARD_WHAT, rank, at.y, at.x, ""))
    return found


def _add_basemap(
    work: _Work, extract: "build_osm.Extract | None", basemap: Path | None, name: str
) -> None:
    """The user's own basemap, else one made from the extract."""
    if basemap:
        own = build_osm.copy_basemap(Path(basemap), work.folder, work.progress)
        work.sources.append(own.source)
        work.counts["map tiles"] = own.tiles
        work.bounds = work.bounds or own.bounds
    elif extract:
        file = work.folder / pack_info.BASEMAPS[0]
        work.counts["map tiles"] = build_osm.write_basemap(extract, file, name, work.progress)


def _write_about(work: _Work, name: str) -> None:
    """Write ``pack.toml``, and see to it that all files are on the disk."""
    sources = tuple(work.sources)
    info = PackInfo(
        name=name,
        folder=work.folder,
        bounds=work.bounds or UK,
        built=date.today().isoformat(),
        version=pack_info.FORMAT_VERSION,
        sources=sources,
        counts=work.counts,
        attribution=pack_info.attribution_of(sources),
        warnings=tuple(dict.fromkeys(work.notes)),
    )
    (work.folder / pack_info.ABOUT).write_text(pack_info.to_toml(info), encoding="utf-8")
    for file in work.folder.iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def _put_in_place(folder: Path, out: Path) -> None:
    """Move the finished pack to ``out``; an old pack steps aside and comes back on failure."""
    aside = folder.with_name(_ASIDE)
    try:
        if out.exists():
            out.rename(aside)
        try:
            folder.rename(out)
        except OSError:
            if aside.exists():
                aside.rename(out)
            raise
    except OSError as error:
        raise LacError(
            f"The area pack “{out.name}” could not be replaced: it is in use.",
            "Close the windows that show it, and build it again.",
        ) from error
