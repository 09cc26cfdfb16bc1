# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo neighbourhood: an invented town, made from a seed number whenever it is missing.

Brackenfold lies in the open sea off the Lincolnshire coast and its postcodes begin with ZK, so it
can be taken for no real place. Everybody and everything in it is invented; telephone numbers are
from the range that Ofcom keeps free for drama (01632 960000 to 960999).
"""

import hashlib
import json
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lac_desktop import paths
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.urgent import UrgentNumber

if TYPE_CHECKING:
    from lac_desktop.domain.asset import Asset
    from lac_desktop.domain.kinds import KindTable

#: The town we show; another number makes another town with the same bones.
SEED = 1998
#: Goes up when the town is made differently, so that an older copy is made again.
VERSION = 2
NAME = "Brackenfold"
#: What every map of it says where real ones name their sources.
CREDIT = "Invented neighbourhood for illustration"
_SPOTS = "demo.json"
#: Folders in which a pack is being made begin with this.
_MAKING, _DAY_SECONDS = "making-", 86_400


def demo_pack(progress: Progress = silent, *, seed: int = SEED) -> Path:
    """Folder of the demo's area pack in this account's cache, built when it is missing.

    Takes some seconds the first time. Raises CancelledError through ``progress``; a half-built
    pack is never left behind.
    """
    shelf = paths.cache() / "demo"
    folder = shelf / f"{NAME.lower()}-{seed}-{_edition()}"
    if (folder / _SPOTS).is_file():
        return folder
    shelf.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=_MAKING, dir=shelf))
    try:
        made = _make(workshop, seed, progress)
        try:
            made.rename(folder)
        except OSError:
            # Another window was quicker; what it made is the same.
            if not (folder / _SPOTS).is_file():
                raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    _tidy(shelf, folder)
    return folder


def demo_assets(kinds: "KindTable", today: date, seed: int = SEED) -> "tuple[Asset, ...]":
    """Some 160 assets of every kind, the same ones for the same seed and day.

    Last checks and dated sessions are spread around ``today``. Raises ValueError when ``kinds``
    lacks a kind that the demo uses: that would be a bug.
    """
    from lac_desktop.services import demo_entries
    from lac_desktop.services.demo_spots import Spot

    rows = demo_entries.entries()
    unknown = {row["kind"] for row in rows} - set(kinds.kinds)
    if unknown:
        raise ValueError(f"the demo uses kinds that are not there: {', '.join(sorted(unknown))}")
    text = (demo_pack(seed=seed) / _SPOTS).read_text(encoding="utf-8")
    spots = {key: Spot(*values) for key, values in json.loads(text).items()}
    return demo_entries.assets(rows, spots, today, seed)


def urgent_numbers() -> tuple[UrgentNumber, ...]:
    """The demo council's own numbers for when somebody is worried about someone."""
    return (
        UrgentNumber("safeguarding-adults", "01632 960 911", note="Weekdays, 8:30am to 5pm."),
        UrgentNumber("safeguarding-children", "01632 960 912", note="Weekdays, 8:30am to 5pm."),
        UrgentNumber("out-of-hours", "01632 960 913", label="Evenings and weekends, all ages"),
        UrgentNumber("domestic-abuse", "01632 960 914", note="Day and night."),
    )


def _tidy(shelf: Path, folder: Path) -> None:
    """Remove older editions of the same town, and what a crash left half made a day ago."""
    stem = folder.name.rpartition("-")[0]
    for other in shelf.iterdir():
        older = other.name.startswith(f"{stem}-") and other != folder
        left = other.name.startswith(_MAKING) and time.time() - other.stat().st_mtime > _DAY_SECONDS
        if older or left:
            shutil.rmtree(other, ignore_errors=True)


def _edition() -> str:
    """A short text that changes whenever the town would be made differently."""
    from lac_desktop.geo.pack_info import FORMAT_VERSION

    digest = hashlib.sha256(f"{VERSION}/{FORMAT_VERSION}".encode())
    for file in sorted((paths.resources() / "demo").glob("*.toml")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _make(workshop: Path, seed: int, progress: Progress) -> Path:
    """Make the town, write the files a real place comes in, and build its pack from them."""
    from lac_desktop.geo.build import build
    from lac_desktop.services import demo_credit, demo_entries, demo_files, demo_spots, demo_town

    town = demo_town.make_town(seed, progress)
    progress(0, None, "Drawing the map")
    osm, postcodes = workshop / "brackenfold.osm", workshop / "codepoint.csv"
    names, pack = workshop / "TB60.csv", workshop / "pack"
    demo_files.write_osm(town, osm)
    demo_files.write_postcodes(town, postcodes)
    demo_files.write_names(town, names)
    boundaries = demo_files.write_boundaries(town, workshop)
    build(
        pack, osm=[osm], postcodes=[postcodes], boundaries=boundaries, names=[names], name=NAME,
        progress=progress,
    )  # fmt: skip
    demo_credit.say_invented(pack, CREDIT)
    spots: dict[str, Any] = demo_spots.spots(town, demo_entries.entries())
    (pack / _SPOTS).write_text(json.dumps(spots), encoding="utf-8")
    return pack
