# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we owe the makers of map data, and where people download it (``resources/sources.toml``)."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.geo.pack_info import PackInfo, Source


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a pack lacks: what it is, why it matters, where to download it.

    ``kind`` is the input of :func:`lac_desktop.geo.build.build` that it belongs to.
    """

    kind: str
    what: str
    why: str
    where: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "sources.toml").read_text(encoding="utf-8"))


def source(kind: str, file: Path, date: str = "") -> Source:
    """The entry of one file in ``pack.toml``.

    ``date`` is what the data itself says (ISO day, month or year); without one the file's own date
    is noted, but the attribution then names no year.
    """
    row = _table()["source"][kind]
    words = str(row["attribution"])
    known = date and kind != "boundaries"  # a vintage is no year of copyright
    words = words.replace("{year}", date[:4]) if known else words.replace(" {year}", "")
    return Source(kind, file.name, date or _day_of(file), str(row["licence"]), words)


def missing(have: PackInfo | Collection[str]) -> list[Need]:
    """What a pack, or the inputs for one, leave out; the most important first.

    ``have`` is a pack's facts or the names of the inputs that are given ("osm", "postcodes",
    "boundaries", "names", "basemap").
    """
    kinds = _kinds(have) if isinstance(have, PackInfo) else set(have)
    needs = [Need(**row) for row in _table()["need"]]
    return [need for need in needs if need.kind not in kinds]


def _kinds(info: PackInfo) -> set[str]:
    """Which inputs a pack was made from, by what is in it."""
    found: set[str] = set()
    if info.has_walk:
        found.add("osm")
    if info.counts.get("postcodes"):
        found.add("postcodes")
    if info.counts.get("wards") and info.counts.get("lsoas"):
        found.add("boundaries")
    if any(row.kind == "os-open-names" for row in info.sources):
        found.add("names")
    return found


def _day_of(file: Path) -> str:
    """The day a file was last changed."""
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
