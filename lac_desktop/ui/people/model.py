# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people walked alongside as a table: name and standing, last contact, next promise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from lac_desktop.domain.days import last_spoken_words, promised_words, spoken_day
from lac_desktop.domain.person import Standing
from lac_desktop.domain.wording import ago, long_date
from lac_desktop.services.people import PersonRow
from lac_desktop.ui.words import tr

_Index = QModelIndex | QPersistentModelIndex
NAME, LAST, NEXT = range(3)
#: Role that gives the whole row.
PERSON = Qt.ItemDataRole.UserRole + 1

STANDING = {
    Standing.ALONGSIDE: "Walking alongside",
    Standing.STEPPED_BACK: "Stepped back",
    Standing.BACK: "Back in touch",
    Standing.MOVED: "Moved away",
    Standing.DIED: "Died",
}
_SINCE = {
    Standing.ALONGSIDE: "Walking alongside since {date}",
    Standing.STEPPED_BACK: "Stepped back on {date}",
    Standing.BACK: "Back in touch since {date}",
    Standing.MOVED: "Moved away on {date}",
    Standing.DIED: "Died on {date}",
}
#: Filters of the list: id -> words. "here" is everybody nothing ended with.
FILTERS: Mapping[str, str] = {
    "here": "Everybody",
    "alongside": "Walking alongside",
    "stepped": "Stepped back",
    "quiet": "Not spoken to for a while",
    "gone": "Moved away or died",
}
_ALONGSIDE = (Standing.ALONGSIDE, Standing.BACK)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list shows: a filter, and words that a name holds."""

    which: str = "here"
    text: str = ""


def standing_words(standing: Standing, since: date | None) -> str:
    """Where the walk stands, with the day it began: "Walking alongside since 14 October 2025"."""
    if since is None:
        return tr(STANDING[standing])
    return tr(_SINCE[standing], date=long_date(since, tr))


def chosen(rows: Sequence[PersonRow], asked: Asked, today: date, weeks: int) -> list[PersonRow]:
    """The people that a filter and the typed words leave, in the order of ``rows``."""
    tests: Mapping[str, Callable[[PersonRow], bool]] = {
        "here": lambda row: not row.standing.ends_reminders,
        "alongside": lambda row: row.standing in _ALONGSIDE,
        "stepped": lambda row: row.standing is Standing.STEPPED_BACK,
        "quiet": lambda row: row.standing in _ALONGSIDE and _is_quiet(row, today, weeks),
        "gone": lambda row: row.standing.ends_reminders,
    }
    words = folded(asked.text).split()
    fits = tests[asked.which]
    if words:  # whoever is looked for by name is found wherever the walk stands
        fits = tests[asked.which] if asked.which != "here" else lambda _row: True
    return [row for row in rows if fits(row) and _named(row, words)]


def _is_quiet(row: PersonRow, today: date, weeks: int) -> bool:
    """Whether the last conversation is longer ago; without one, whether the walk began before."""
    last = row.last_contact or row.since
    return last is None or last < today - timedelta(weeks=weeks)


def _named(row: PersonRow, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the name."""
    parts = folded(row.name).split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def folded(text: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


class PeopleModel(QAbstractTableModel):
    """Rows of people; light enough to hold them all."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.rows: list[PersonRow] = []

    def show_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show these people."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many people."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Name, last contact, next promise."""
        return 0 if parent is not None and parent.isValid() else 3

    def row_of(self, person: str) -> int:
        """Where a person stands, or -1."""
        return next((n for n, row in enumerate(self.rows) if row.id == person), -1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; PERSON gives the row, and the first cell is read out as a sentence."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == PERSON:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row) if index.column() == NAME else self._text(row, index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (tr("Name and standing"), tr("Last spoken"), tr("Next promise"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def spoken(self, row: PersonRow) -> str:
        """A person as one sentence."""
        parts = [row.name, standing_words(row.standing, row.since),
                 last_spoken_words(row.last_contact, self._today(), tr),
                 self._text(row, NEXT)]  # fmt: skip
        return ", ".join(part for part in parts if part)

    def _text(self, row: PersonRow, column: int) -> str:
        """What a cell shows."""
        if column == NAME:
            return row.name
        if column == LAST:
            return ago(row.last_contact, self._today(), tr) if row.last_contact else tr("Not yet")
        promise = row.next_promise
        if promise is None:
            return ""
        what = " ".join(promise.what[:300].split())
        return f"{what} ({promised_words(promise.by, self._today(), tr)})"


def under_name(row: PersonRow, today: date) -> str:
    """Standing and drafts, under the name."""
    said = tr(STANDING[row.standing])
    if row.since is not None:
        said = tr("{standing} since {day}", standing=said, day=spoken_day(row.since, today, tr))
        if row.standing is not Standing.ALONGSIDE and row.standing is not Standing.BACK:
            said = standing_words(row.standing, row.since)
    return said + (tr(". A conversation to finish") if row.drafts else "")
