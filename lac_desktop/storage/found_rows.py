# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the list shows of some assets: one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lac_desktop.domain.asset import Known, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.storage import binding

_KNOWN = {known.value: known for known in Known}


@dataclass(frozen=True, slots=True)
class Row:
    """One asset as the list and the command line show it.

    ``has_sessions`` says that something happens there; ``marked_duplicate`` that it may be one
    that is there already and nobody has decided yet. ``due`` is a day number (0: never checked).
    """

    rid: int
    id: str
    name: str
    kind: str
    category: str
    gives: str
    address: str
    postcode: str
    point: Point | None
    hours: str
    hours_text: str
    has_sessions: bool
    known: Known
    checked_on: date | None
    due: int
    visibility: Visibility
    confidential: bool
    source: str
    marked_duplicate: bool
    vanished_on: date | None


_ROWS = """SELECT a.rid, a.id, a.name, a.kind, f.category, a.gives, a.address, a.postcode, a.lat,
  a.lon, a.hours, a.hours_text, f.sessions, a.known, a.checked_on, f.due, a.visibility,
  a.confidential, a.source, a.vanished_on, EXISTS (SELECT 1 FROM duplicate d
    JOIN asset_find x ON x.rid = d.b WHERE d.a = a.rid AND d.decision = '')
  OR EXISTS (SELECT 1 FROM duplicate d
    JOIN asset_find x ON x.rid = d.a WHERE d.b = a.rid AND d.decision = '')
  FROM asset a JOIN asset_find f ON f.rid = a.rid WHERE a.rid IN ({marks})"""


def rows(db: binding.Connection, rids: Iterable[int]) -> list[Row]:
    """The details of some row numbers, in the order asked; those that are gone are left out."""
    keys = [int(rid) for rid in rids]
    found: dict[int, Row] = {}
    for start in range(0, len(keys), 1000):
        some = keys[start : start + 1000]
        for row in db.execute(_ROWS.format(marks=", ".join("?" * len(some))), some):
            found[row[0]] = _row(row)
    return [found[key] for key in keys if key in found]


def _row(row: tuple) -> Row:
    lat, lon = row[8], row[9]
    return Row(
        *row[:8],
        point=None if lat is None or lon is None else Point(lat, lon),
        hours=row[10],
        hours_text=row[11],
        has_sessions=bool(row[12]),
        known=_KNOWN[row[13]],
        checked_on=None if row[14] is None else date.fromisoformat(row[14]),
        due=row[15],
        visibility=Visibility(row[16]),
        confidential=bool(row[17]),
        source=row[18],
        marked_duplicate=bool(row[20]),
        vanished_on=None if row[19] is None else date.fromisoformat(row[19]),
    )
