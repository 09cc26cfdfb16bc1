# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking up postcodes, place names and areas in a pack's ``places.gpkg``, all offline.

A GeoPackage is an SQLite file, so it is read with the standard library alone (OGC 12-128r18).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lac_desktop.domain.geometry import Point

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that a point lies in; empty texts where the pack does not know.

    ``lsoa`` and ``ward_code``, ``lad``, ``msoa`` are official codes; ``vintage`` is the year of
    the LSOA codes and ``ward_vintage`` that of the ward (2011 and 2021 LSOAs both occur), 0 unknown.
    """

    ward: str = ""
    ward_code: str = ""
    lsoa: str = ""
    lsoa_name: str = ""
    lad: str = ""
    vintage: int = 0
    ward_cy: str = ""
    ward_vintage: int = 0
    lad_name: str = ""
    msoa: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A place that was looked up: where it is and what it is.

    ``name`` is the postcode as written by Royal Mail or the place's name; ``terminated`` is the
    month (YYYY-MM) a postcode went out of use, else empty; ``detail`` says more ("Village,
    Rutland", "Middle of the postcode district").
    """

    point: Point
    kind: Literal["postcode", "place"]
    name: str
    ward: str = ""
    ward_code: str = ""
    lsoa: str = ""
    lsoa_name: str = ""
    terminated: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Boundary:
    """One ward, LSOA, MSOA or local authority.

    ``rings`` are float64 arrays of shape (n, 2) with longitude and latitude, closed, all polygons'
    outer and inner rings together: fill them by the even-odd rule. ``vintage`` 0 is unknown.
    """

    code: str
    name: str
    name_cy: str
    vintage: int
    rings: "tuple[np.ndarray, ...]"


def open_places(file: Path, centre: Point) -> "Places":
    """Open ``places.gpkg``; ``centre`` breaks ties between places of the same name."""
    raise NotImplementedError


class Places:
    """The look-ups over one ``places.gpkg``."""

    def locate(self, text: str) -> Located | None:
        """See :meth:`lac_desktop.geo.pack.Pack.locate`."""
        raise NotImplementedError

    def suggest(self, text: str, limit: int) -> list[Located]:
        """See :meth:`lac_desktop.geo.pack.Pack.suggest`."""
        raise NotImplementedError

    def areas_at(self, point: Point) -> Areas:
        """See :meth:`lac_desktop.geo.pack.Pack.areas_at`."""
        raise NotImplementedError

    def boundaries(self, kind: str, vintage: int | None) -> list[Boundary]:
        """See :meth:`lac_desktop.geo.pack.Pack.boundaries`."""
        raise NotImplementedError

    def vintages(self, kind: str) -> list[int]:
        """See :meth:`lac_desktop.geo.pack.Pack.vintages`."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file."""
