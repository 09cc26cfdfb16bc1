# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking up postcodes, place names and areas in a pack's ``places.gpkg``, all offline.

A GeoPackage is an SQLite file, so it is read with the standard library alone (OGC 12-128r18).
"""

import re
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo import build_files, grid, places_text
from lac_desktop.geo.places_areas import AreaIndex, Areas, Boundary

__all__ = ["Areas", "Boundary", "Located", "Places", "open_places"]

_POSTCODE = "SELECT code, lat, lon, ended, ward, lsoa11, lsoa21 FROM postcode"
_NAME = "SELECT n.name, n.cy, n.what, n.rank, n.lat, n.lon, n.context, k.key"
_JOIN = " FROM name_key k JOIN name n ON n.fid = k.name_id"
_TABLES = {"postcode", "name", "name_key", "boundary", "postcode_part"}

#: A postcode within a longer text, such as the end of an address.
_INSIDE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*$")
_HOUSE = re.compile(r"^\s*(?:flat\s+)?\d+[a-z]?(?:\s*[-–/]\s*\d+[a-z]?)?\s*,?\s+(?=\D)", re.I)

#: How alike (percent, rapidfuzz ratio) a mistyped name must be, from how many letters on.
_ALIKE, _LEAST_LETTERS = 82.0, 4
#: What one step of rank is worth in likeness when a mistyped name could mean several places.
_RANK_WORTH = 1.5
#: A street belongs to a place whose middle is this near.
_AROUND_METRES = 3_000.0
_MOST = 200


@dataclass(frozen=True, slots=True)
class Located:
    """A place that was looked up: where it is and what it is.

    ``name`` is the postcode as Royal Mail writes it or the place's name; ``terminated`` is the
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
class _Name:
    """A stored name: ``key`` is the spelling under which it was found."""

    name: str
    cy: str
    what: str
    rank: int
    lat: float
    lon: float
    context: str
    key: str

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


def open_places(file: Path, centre: Point) -> "Places":
    """Open ``places.gpkg``; ``centre`` breaks ties between places of the same name.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` when the file is damaged.
    """
    try:
        build_files.refuse_cut_off(file, file)
        uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            found = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
            if not found >= _TABLES:
                raise sqlite3.DatabaseError("a table is missing")
        except BaseException:
            db.close()
            raise
    except (sqlite3.Error, OSError, UnreadableFileError) as error:
        raise _damaged(file) from error
    return Places(db, file, centre)


def _damaged(file: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"The places of the area pack “{file.parent.name}” are damaged: postcodes and place names"
        " cannot be looked up.",
        "Build the pack again, or copy it again from where it came.",
    )


class Places:
    """The look-ups over one ``places.gpkg``; safe to use from several threads."""

    def __init__(self, db: sqlite3.Connection, file: Path, centre: Point) -> None:
        self._db = db
        self._file = file
        self._centre = centre
        self._lock = threading.RLock()
        self._keys: list[str] | None = None
        self._areas = AreaIndex(self._all)

    def locate(self, text: str) -> Located | None:
        """See :meth:`lac_desktop.geo.pack.Pack.locate`."""
        tidy = " ".join(text.split())[:_MOST]
        if not tidy:
            return None
        code = places_text.postcode(tidy)
        if code:
            return self._postcode(code)
        part = places_text.part_of_postcode(tidy)
        found = self._part(part) if part else None
        if found:
            return found
        point = grid.parse(tidy)
        if point:
            return self._with_areas(point, "place", tidy.upper(), detail="Grid reference")
        ending = _INSIDE.search(tidy.upper())
        found = self._postcode(f"{ending[1]} {ending[2]}") if ending else None
        return found or self._place(tidy)

    def suggest(self, text: str, limit: int) -> list[Located]:
        """See :meth:`lac_desktop.geo.pack.Pack.suggest`."""
        squeezed = places_text.compact(text)[:8]
        found: list[Located] = []
        if re.match(r"[A-Z]{1,2}\d", squeezed):
            part = self._part(places_text.part_of_postcode(text))
            found += [part] if part else []
            rows = self._all(
                f"{_POSTCODE} WHERE compact >= ? AND compact < ? ORDER BY ended <> '', compact"
                " LIMIT ?",
                (squeezed, squeezed + "~", limit),
            )
            found += [self._from_postcode(row, with_areas=False) for row in rows]
        key = places_text.key(text[:_MOST])
        if key and len(found) < limit:
            names = self._beginning(key, limit * 3)
            if len(names) < limit:
                names += self._alike(key)
            seen: set[tuple[str, str]] = set()
            for name in names:
                if (name.name, name.context) not in seen:
                    seen.add((name.name, name.context))
                    found.append(Located(name.point, "place", name.name, detail=_detail(name)))
        return found[:limit]

    def areas_at(self, point: Point) -> Areas:
        """See :meth:`lac_desktop.geo.pack.Pack.areas_at`."""
        with self._lock:
            return self._areas.at(point)

    def boundaries(self, kind: str, vintage: int | None) -> list[Boundary]:
        """See :meth:`lac_desktop.geo.pack.Pack.boundaries`."""
        with self._lock:
            return self._areas.boundaries(kind, vintage)

    def vintages(self, kind: str) -> list[int]:
        """See :meth:`lac_desktop.geo.pack.Pack.vintages`."""
        with self._lock:
            return self._areas.vintages(kind)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; damage inside the file becomes a sentence."""
        with self._lock:
            try:
                return self._db.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise _damaged(self._file) from error

    def _postcode(self, code: str) -> Located | None:
        """A unit postcode that is in the pack."""
        rows = self._all(f"{_POSTCODE} WHERE compact = ?", (code.replace(" ", ""),))
        return self._from_postcode(rows[0], with_areas=True) if rows else None

    def _from_postcode(self, row: tuple[Any, ...], *, with_areas: bool) -> Located:
        """A stored postcode; its polygon's areas win over the codes of the file."""
        code, lat, lon, ended, ward, lsoa11, lsoa21 = row
        detail = f"Postcode out of use since {ended}" if ended else "Postcode"
        point = Point(lat, lon)
        if not with_areas:
            return Located(point, "postcode", code, terminated=ended, detail=detail)
        at = self.areas_at(point)
        return Located(
            point,
            "postcode",
            code,
            ward=at.ward,
            ward_code=at.ward_code or ward,
            lsoa=at.lsoa or lsoa21 or lsoa11,
            lsoa_name=at.lsoa_name,
            terminated=ended,
            detail=detail,
        )

    def _part(self, part: str) -> Located | None:
        """The middle of a postcode district or sector that is in the pack."""
        rows = self._all("SELECT lat, lon, postcodes FROM postcode_part WHERE part = ?", (part,))
        if not rows:
            return None
        lat, lon, number = rows[0]
        what = "sector" if " " in part else "district"
        detail = f"Middle of the postcode {what}, {number:,} postcodes"
        return self._with_areas(Point(lat, lon), "postcode", part, detail=detail)

    def _place(self, text: str) -> Located | None:
        """A named place: whole, in the place named after it, as a beginning, mistyped."""
        head, _, tail = text.partition(",")
        around = places_text.key(tail.partition(",")[0])
        key = places_text.key(head)
        if not self._named(key, ""):
            key = places_text.key(_HOUSE.sub("", head))
        found = self._named(key, around)
        found = found or self._split(key) or self._beginning(key, 20) or self._alike(key)
        if not found:
            return None
        best = found[0]
        return self._with_areas(best.point, "place", best.name, detail=_detail(best))

    def _named(self, key: str, around: str) -> list[_Name]:
        """Places of just this name; with ``around`` those in or near that place, else it itself.

        Without ``around`` the better known come first, then those near the middle of the pack.
        """
        found = [_Name(*row) for row in self._all(f"{_NAME}{_JOIN} WHERE k.key = ?", (key,))]
        anchors = self._named(around, "") if around else []
        if not anchors:
            return sorted(found, key=lambda name: (name.rank, distance_m(name.point, self._centre)))
        middle = anchors[0].point
        near = [
            name
            for name in [*found, *self._beginning(key, _MOST)]
            if distance_m(name.point, middle) <= _AROUND_METRES
        ]
        near.sort(key=lambda name: (name.key != key, distance_m(name.point, middle)))
        return near or anchors

    def _split(self, key: str) -> list[_Name]:
        """ "high street oakham": a name followed by the place it lies in."""
        words = key.split()
        for cut in range(len(words) - 1, 0, -1):
            around = " ".join(words[cut:])
            if self._named(around, ""):
                return self._named(" ".join(words[:cut]), around)
        return []

    def _beginning(self, key: str, limit: int) -> list[_Name]:
        """Places whose names begin like this, the better known and shorter first."""
        if not key:
            return []
        rows = self._all(
            f"{_NAME}{_JOIN} WHERE k.key >= ? AND k.key < ?"
            " ORDER BY k.rank, length(k.key), k.key LIMIT ?",
            (key, key + "\U0010ffff", limit),
        )
        return [_Name(*row) for row in rows]

    def _alike(self, key: str) -> list[_Name]:
        """Places with a name that this could be a mistyping of, the likeliest first."""
        if len(key) < _LEAST_LETTERS:
            return []
        from rapidfuzz import fuzz, process

        with self._lock:
            if self._keys is None:
                self._keys = [row[0] for row in self._all("SELECT DISTINCT key FROM name_key")]
            keys = self._keys
        alike = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12)
        found = [(score, name) for other, score, _ in alike for name in self._named(other, "")[:1]]
        found.sort(key=lambda pair: pair[1].rank * _RANK_WORTH - pair[0])
        return [name for _, name in found]

    def _with_areas(
        self, point: Point, kind: Literal["postcode", "place"], name: str, *, detail: str
    ) -> Located:
        at = self.areas_at(point)
        return Located(
            point,
            kind,
            name,
            ward=at.ward,
            ward_code=at.ward_code,
            lsoa=at.lsoa,
            lsoa_name=at.lsoa_name,
            detail=detail,
        )


def _detail(name: _Name) -> str:
    """What a place is and where: "Village, Rutland"."""
    what = name.what.capitalize() if name.what else ""
    return ", ".join(part for part in (what, name.context) if part)
