# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a notebook remembers about its owner's work: who, which nation, which patch and pack."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from lac_desktop.domain.geometry import Point

NATIONS = ("england", "wales", "scotland", "northern-ireland")


@dataclass(frozen=True, slots=True)
class NotebookSettings:
    """Settings that travel with the notebook, encrypted inside it.

    ``patch`` is a GeoJSON geometry (WGS84) as text, or empty. ``pack_folder`` is the area pack
    last used. ``pace`` is an id of ``resources/walking.toml``. ``terms`` are school terms as pairs
    of ISO dates, first and last day. ``home_lat`` and ``home_lon`` centre the map at first sight.
    """

    who: str = ""
    nation: str = "england"
    patch: str = ""
    patch_name: str = ""
    pack_folder: str = ""
    pace: str = "usual"
    lock_minutes: int = 10
    terms: tuple[tuple[str, str], ...] = ()
    home_lat: float | None = None
    home_lon: float | None = None
    demo: bool = False

    @property
    def home(self) -> Point | None:
        """Where the map opens, if that was chosen."""
        if self.home_lat is None or self.home_lon is None:
            return None
        return Point(self.home_lat, self.home_lon)


def to_json(settings: NotebookSettings) -> dict[str, Any]:
    """The settings as plain JSON values."""
    return asdict(settings)


def from_json(raw: Mapping[str, Any]) -> NotebookSettings:
    """Read settings; unknown ones are dropped and senseless ones take their usual value."""
    usual = NotebookSettings()
    known = {f.name: raw[f.name] for f in fields(NotebookSettings) if f.name in raw}
    known["terms"] = tuple(
        (str(term[0]), str(term[1])) for term in known.get("terms", ()) if len(term) == 2
    )
    settings = replace(usual, **known)
    if settings.nation not in NATIONS:
        settings = replace(settings, nation=usual.nation)
    return settings
