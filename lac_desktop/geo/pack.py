# SPDX-License-Identifier: AGPL-3.0-or-later
"""An area pack, opened: the map, the places and the streets of an area, all offline.

A pack is a read-only folder: ``basemap.pmtiles`` (or ``.mbtiles``), ``places.gpkg``, ``walk.npz``
and ``pack.toml``. A member that is missing or damaged takes only its own part away.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lac_desktop.domain.geometry import Point
from lac_desktop.errors import LacError
from lac_desktop.geo import pack_info
from lac_desktop.geo.pack_info import PackInfo
from lac_desktop.geo.places import Areas, Boundary, Located, Places, open_places

if TYPE_CHECKING:
    from lac_desktop.geo.walk import WalkGraph

__all__ = ["Areas", "Boundary", "Located", "Pack", "PackInfo", "open_pack"]


def open_pack(folder: Path) -> "Pack":
    """Open an area pack; quick, for its members are read when they are first asked for.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` when the folder is no pack and
    :class:`~lac_desktop.errors.NewerVersionError` when a newer LAC Desktop wrote it.
    """
    return Pack(pack_info.read_info(Path(folder)))


class Pack:
    """The public facts of one area; safe to use from several threads.

    ``problems`` grows by a sentence for each member that turns out to be damaged.
    """

    def __init__(self, info: PackInfo) -> None:
        self.info = info
        self.problems: list[str] = list(info.missing)
        self._lock = threading.Lock()
        self._places: Places | None = None
        self._places_tried = False
        self._walk: WalkGraph | None = None
        self._walk_tried = False

    @property
    def why_no_places(self) -> str:
        """Why nothing can be looked up, as a sentence, or "" where that works."""
        if self._open_places() is not None:
            return ""
        about_places = [text for text in self.problems if "be looked up" in text]
        return about_places[-1] if about_places else ""

    @property
    def basemap(self) -> Path | None:
        """The file of map tiles, or None."""
        for name in pack_info.BASEMAPS:
            file = self.info.folder / name
            if file.is_file():
                return file
        return None

    def locate(self, text: str) -> Located | None:
        """Find the point that a postcode, part of one, place name or grid reference means.

        Spaces and capitals do not matter; "LE15" gives the middle of the district; names are
        tried whole, then as a beginning, then with typing errors. None when nothing fits.
        """
        places = self._open_places()
        return places.locate(text) if places else None

    def suggest(self, text: str, limit: int = 8) -> list[Located]:
        """Postcodes and places that begin like the text, for as-you-type lists."""
        places = self._open_places()
        return places.suggest(text, limit) if places else []

    def areas_at(self, point: Point) -> Areas:
        """Ward, LSOA and local authority at a point; the nearest polygon within 200 m counts."""
        places = self._open_places()
        return places.areas_at(point) if places else Areas()

    def boundaries(
        self, kind: Literal["ward", "lsoa", "msoa", "lad"], vintage: int | None = None
    ) -> list[Boundary]:
        """All boundaries of a kind, by default of the newest vintage (year) in the pack."""
        places = self._open_places()
        return places.boundaries(kind, vintage) if places else []

    def vintages(self, kind: Literal["ward", "lsoa", "msoa", "lad"]) -> list[int]:
        """Years of this kind of boundary in the pack, the newest first; 0 is an unknown year."""
        places = self._open_places()
        return places.vintages(kind) if places else []

    def walk(self) -> "WalkGraph | None":
        """The street graph, read once; None when the pack has none or it is damaged."""
        with self._lock:
            if not self._walk_tried:
                self._walk_tried = True
                file = self.info.folder / pack_info.WALK
                if file.is_file():
                    self._walk = self._read_walk(file)
            return self._walk

    def close(self) -> None:
        """Let go of the files, so that the folder can be replaced."""
        with self._lock:
            if self._places:
                self._places.close()
            self._places, self._places_tried = None, False

    def _read_walk(self, file: Path) -> "WalkGraph | None":
        from lac_desktop.geo.walk import WalkGraph

        try:
            return WalkGraph.load(file)
        except LacError as error:
            self.problems.append(error.message)
            return None

    def _open_places(self) -> Places | None:
        with self._lock:
            if not self._places_tried:
                self._places_tried = True
                file = self.info.folder / pack_info.PLACES
                if file.is_file():
                    try:
                        self._places = open_places(file, self.info.bounds.centre)
                    except LacError as error:
                        self.problems.append(error.message)
            return self._places
