# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each answer says about itself: minutes on foot, and when it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from lac_desktop.domain import sessions as happening
from lac_desktop.domain.query import Found
from lac_desktop.domain.wording import clock_time, when
from lac_desktop.services import opening
from lac_desktop.services.indexing import term_dates
from lac_desktop.services.notebook import Notebook, centre
from lac_desktop.storage import assets as stored
from lac_desktop.storage.found_rows import Row

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far an answer is on foot; None where no place was asked for."""

    metres: float | None
    minutes: float | None
    crow: bool


class Spells:
    """Opening sentences for the rows of one page, each distinct opening time worked out once."""

    def __init__(self, notebook: Notebook, at: datetime, rows: Sequence[Row]) -> None:
        self.notebook = notebook
        self.at = at
        with notebook.vault.read() as db:
            self._assets = stored.get_many(db, [row.id for row in rows if row.has_sessions])
        self._near = centre(notebook)
        self._terms = term_dates(notebook.settings)
        self._known: dict[str, tuple[bool | None, str]] = {}

    def answer(self, row: Row, walk: Walk) -> Found:
        """Make the answer of a row."""
        is_open, words = self._opening(row)
        return Found(
            rid=row.rid,
            id=row.id,
            name=row.name,
            kind=row.kind,
            category=row.category,
            gives=row.gives,
            point=row.point,
            metres=walk.metres,
            minutes=walk.minutes,
            crow=walk.crow,
            open=is_open,
            opening=words,
            known=row.known,
            checked_on=row.checked_on,
            confidential=row.confidential,
            source=row.source,
            marked_duplicate=row.marked_duplicate,
            vanished_on=row.vanished_on,
        )

    def _opening(self, row: Row) -> tuple[bool | None, str]:
        """Whether it is open at the time asked for, and the sentence: hours, then sessions."""
        is_open, words = self._hours(row.hours) if row.hours else (None, "")
        if row.has_sessions and is_open is not True:
            happens, told = self._sessions(row.id)
            if happens or not words:
                return (True if happens else is_open), told or words
        return is_open, words or row.hours_text

    def _hours(self, spec: str) -> tuple[bool | None, str]:
        if spec not in self._known:
            told = opening.evaluate(
                spec, self.at, self.notebook.settings.nation, self._near, self._terms
            )
            self._known[spec] = (told.open, told.text)
        return self._known[spec]

    def _sessions(self, asset_id: str) -> tuple[bool, str]:
        """Whether a session is on at the time, and when the next one is."""
        asset = self._assets.get(asset_id)
        if asset is None:
            return False, ""
        today = datetime.combine(self.at.date(), time())
        coming = happening.occurrences(
            asset.sessions, today.date(), (today + _WEEK * 5).date(), self._terms
        )
        for one in coming:
            if one.start is None or (one.end or one.start) < self.at:
                continue
            if one.start <= self.at:
                until = f", until {clock_time(one.end)}" if one.end else ""
                return True, f"On now{until}"
            return False, _capital(when(one.start, self.at))
        return False, ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def kind_name(notebook: Notebook, kind: str) -> str:
    """What a kind is called, or its id where the table does not have it."""
    known = notebook.kinds.kinds.get(kind)
    return known.name if known else kind


def public_row(row: Found) -> dict[str, Any]:
    """An answer as the command line tells it: a confidential place has no coordinates there."""
    point = None if row.confidential else row.point
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "category": row.category,
        "lat": None if point is None else round(point.lat, 6),
        "lon": None if point is None else round(point.lon, 6),
        "metres": None if row.metres is None or row.confidential else round(row.metres),
        "minutes": None if row.minutes is None or row.confidential else round(row.minutes, 1),
        "open": row.open,
        "source": row.source,
        "opening": row.opening,
        "crow": row.crow,
    }
