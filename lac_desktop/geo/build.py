# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building an area pack from files that a council can download for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo.pack_info import PackInfo


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a pack lacks: what it is, why it matters, where to download it."""

    what: str
    why: str
    where: str


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
    """Build the pack folder ``out`` from what is given; any part may be left out."""
    raise NotImplementedError


def missing(
    *,
    osm: bool = False,
    postcodes: bool = False,
    boundaries: bool = False,
    names: bool = False,
    basemap: bool = False,
) -> list[Need]:
    """What the given inputs leave out, most important first."""
    raise NotImplementedError
