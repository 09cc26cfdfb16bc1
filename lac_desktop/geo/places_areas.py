# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which ward, LSOA and local authority a point lies in, and the outlines to draw."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lac_desktop.domain.geometry import Point, box_around
from lac_desktop.geo import places_shapes

if TYPE_CHECKING:
    import numpy as np

#: Boundaries are generalised: a point this many metres outside still belongs to the nearest area.
NEAREST_METRES = 200.0

_Query = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that a point lies in; empty texts where the pack does not know.

    ``lsoa``, ``ward_code``, ``lad`` and ``msoa`` are official codes; ``vintage`` is the year of
    the LSOA codes and ``ward_vintage`` that of the ward (both 2011 and 2021 occur), 0 unknown.
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


class _Found(NamedTuple):
    """An area's row number, code and names."""

    row: int
    code: str
    name: str
    name_cy: str


class _Kind(NamedTuple):
    """The areas of one kind and vintage: names by row, and bounds (n, 4) in degrees."""

    vintage: int
    rows: list[_Found]
    bounds: "np.ndarray"


class AreaIndex:
    """The areas of a pack, read kind by kind when first asked for; not thread-safe.

    ``query(sql, values)`` runs SQL over ``places.gpkg`` and gives all rows.
    """

    def __init__(self, query: _Query) -> None:
        self._query = query
        self._kinds: dict[str, _Kind] = {}
        self._rings = lru_cache(maxsize=512)(self._read_rings)

    def at(self, point: Point) -> Areas:
        """The areas of the newest vintage of each kind at a point."""
        ward, lsoa = self._at("ward", point), self._at("lsoa", point)
        lad, msoa = self._at("lad", point), self._at("msoa", point)
        return Areas(
            ward=ward.name if ward else "",
            ward_code=ward.code if ward else "",
            lsoa=lsoa.code if lsoa else "",
            lsoa_name=lsoa.name if lsoa else "",
            lad=lad.code if lad else "",
            vintage=self._kind("lsoa").vintage if lsoa else 0,
            ward_cy=ward.name_cy if ward else "",
            ward_vintage=self._kind("ward").vintage if ward else 0,
            lad_name=lad.name if lad else "",
            msoa=msoa.code if msoa else "",
        )

    def vintages(self, kind: str) -> list[int]:
        """Years of a kind, the newest first."""
        sql = "SELECT DISTINCT vintage FROM boundary WHERE kind = ? ORDER BY vintage DESC"
        return [row[0] for row in self._query(sql, (kind,))]

    def boundaries(self, kind: str, vintage: int | None) -> list[Boundary]:
        """All of a kind and vintage (the newest where None), in order of name."""
        if vintage is None:
            vintage = next(iter(self.vintages(kind)), 0)
        rows = self._query(
            "SELECT code, name, name_cy, vintage, geom FROM boundary WHERE kind = ? AND vintage = ?"
            " ORDER BY name, code",
            (kind, vintage),
        )
        return [
            Boundary(code, name, name_cy, year, places_shapes.rings_of(blob))
            for code, name, name_cy, year, blob in rows
        ]

    def _at(self, kind: str, point: Point) -> _Found | None:
        """The area of a kind that holds a point, else the nearest within 200 m."""
        import numpy as np

        known = self._kind(kind)
        if not known.rows:
            return None
        box, edges = box_around(point, NEAREST_METRES), known.bounds
        near = (edges[:, 0] <= box.east) & (edges[:, 2] >= box.west)
        near &= (edges[:, 1] <= box.north) & (edges[:, 3] >= box.south)
        candidates = [known.rows[index] for index in np.flatnonzero(near).tolist()]
        for area in candidates:
            if places_shapes.inside(self._rings(area.row), point):
                return area
        away = [
            (places_shapes.metres_to_edge(self._rings(area.row), point), area)
            for area in candidates
        ]
        metres, nearest = min(away, default=(float("inf"), None), key=lambda pair: pair[0])
        return nearest if metres <= NEAREST_METRES else None

    def _kind(self, kind: str) -> _Kind:
        """The newest areas of a kind, read once."""
        import numpy as np

        if kind not in self._kinds:
            vintage = next(iter(self.vintages(kind)), 0)
            rows = self._query(
                "SELECT fid, code, name, name_cy, west, south, east, north FROM boundary"
                " WHERE kind = ? AND vintage = ?",
                (kind, vintage),
            )
            bounds = np.array([row[4:] for row in rows], dtype=np.float64).reshape(-1, 4)
            self._kinds[kind] = _Kind(vintage, [_Found(*row[:4]) for row in rows], bounds)
        return self._kinds[kind]

    def _read_rings(self, row: int) -> "tuple[np.ndarray, ...]":
        blob = self._query("SELECT geom FROM boundary WHERE fid = ?", (row,))[0][0]
        return places_shapes.rings_of(blob)
