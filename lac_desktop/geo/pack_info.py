# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an area pack says about itself: the nouns of ``pack.toml``, its writer and its reader."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lac_desktop.domain.geometry import Box
from lac_desktop.errors import NewerVersionError, UnreadableFileError

#: The newest layout of a pack that this program writes and reads.
FORMAT_VERSION = 1

#: Names of a pack's members.
BASEMAPS = ("basemap.pmtiles", "basemap.mbtiles")
PLACES = "places.gpkg"
WALK = "walk.npz"
ABOUT = "pack.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that went into a pack, and what we owe its makers.

    ``kind`` is "osm", "code-point-open", "onspd", "postcode-list", "os-open-names", "boundaries" or
    "basemap"; ``date`` is ISO (a day or a month) and empty when the file does not tell.
    """

    kind: str
    file: str
    date: str = ""
    licence: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What is in a pack: shown to the person, and carried onto every map.

    ``bounds`` are WGS84 degrees; ``built`` is an ISO date; ``counts`` say how many postcodes,
    terminated postcodes, names, wards, lsoas, streets ... there are; ``warnings`` and ``missing``
    are whole sentences.
    """

    name: str
    folder: Path
    bounds: Box
    built: str
    version: int
    sources: tuple[Source, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    attribution: str = ""
    has_basemap: bool = False
    has_walk: bool = False
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def attribution_of(sources: tuple[Source, ...]) -> str:
    """The line that every map must show: each sentence of the sources' words once, in order."""
    sentences: dict[str, None] = {}
    for source in sources:
        for sentence in re.split(r"(?<=\.)\s+", source.attribution.strip()):
            sentences[sentence.rstrip(".")] = None
    return ". ".join(sentence for sentence in sentences if sentence)


def to_toml(info: PackInfo) -> str:
    """``pack.toml`` for this pack, format version 1."""
    box = info.bounds
    lines = [
        f"format = {info.version}",
        f"name = {_quoted(info.name)}",
        f"built = {_quoted(info.built)}",
        f"bounds = [{box.west:.6f}, {box.south:.6f}, {box.east:.6f}, {box.north:.6f}]",
        f"attribution = {_quoted(info.attribution)}",
        f"warnings = [{', '.join(_quoted(text) for text in info.warnings)}]",
        "",
        "[counts]",
        *(f"{_quoted(key)} = {value}" for key, value in info.counts.items()),
    ]
    for source in info.sources:
        lines += ["", "[[source]]"]
        for key in ("kind", "file", "date", "licence", "attribution"):
            lines.append(f"{key} = {_quoted(getattr(source, key))}")
    return "\n".join(lines) + "\n"


def read_info(folder: Path) -> PackInfo:
    """Read ``pack.toml`` and look which members are there.

    Raises :class:`UnreadableFileError` when the folder is no pack, and
    :class:`NewerVersionError` when a newer LAC Desktop wrote it.
    """
    file = folder / ABOUT
    try:
        about = tomllib.loads(file.read_text(encoding="utf-8"))
    except PermissionError as error:
        raise UnreadableFileError(
            f"The area pack “{folder.name}” could not be opened: this account may not read it.",
            "Ask for the right to read the folder, or copy it.",
        ) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableFileError(
            f"“{folder.name}” is not an area pack: it holds no {ABOUT}.",
            "Choose a folder that LAC Desktop built, or build one with “pack build”.",
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _damaged(folder) from error
    version = about.get("format")
    if not isinstance(version, int):
        raise _damaged(folder)
    if version > FORMAT_VERSION:
        raise NewerVersionError(
            f"The area pack “{folder.name}” was built by a newer LAC Desktop.",
            "Install the newest version, or build the pack again with this one.",
        )
    try:
        return _info(folder, version, about)
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(folder) from error


def _info(folder: Path, version: int, about: dict[str, Any]) -> PackInfo:
    """The nouns from the parsed TOML; raises KeyError, TypeError or ValueError when one is off."""
    west, south, east, north = (float(value) for value in about["bounds"])
    has_basemap = any((folder / name).is_file() for name in BASEMAPS)
    has_walk = (folder / WALK).is_file()
    keys = ("kind", "file", "date", "licence", "attribution")
    sources = tuple(
        Source(**{key: str(row.get(key, "")) for key in keys}) for row in about.get("source", [])
    )
    counts = {str(key): int(value) for key, value in about.get("counts", {}).items()}
    return PackInfo(
        name=str(about["name"]),
        folder=folder,
        bounds=Box(west, south, east, north),
        built=str(about["built"]),
        version=version,
        sources=sources,
        counts=counts,
        attribution=str(about.get("attribution", "")),
        has_basemap=has_basemap,
        has_walk=has_walk,
        warnings=tuple(str(text) for text in about.get("warnings", [])),
        missing=_missing_members(folder, has_basemap, has_walk),
    )


def _missing_members(folder: Path, has_basemap: bool, has_walk: bool) -> tuple[str, ...]:
    """A sentence for each member that is not there, and what does not work without it."""
    gone: list[str] = []
    if not has_basemap:
        gone.append("There is no basemap: assets show on an empty background.")
    if not has_walk:
        gone.append("There is no street graph: distances are as the crow flies.")
    if not (folder / PLACES).is_file():
        gone.append("There are no places: postcodes, place names and wards cannot be looked up.")
    return tuple(gone)


def _damaged(folder: Path) -> UnreadableFileError:
    """The sentence for a ``pack.toml`` that makes no sense."""
    return UnreadableFileError(
        f"The area pack “{folder.name}” is damaged: its {ABOUT} cannot be understood.",
        "Build the pack again, or copy it again from where it came.",
    )


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's except for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
