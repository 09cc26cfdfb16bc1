# SPDX-License-Identifier: AGPL-3.0-or-later
"""The places that were found as a table, read page by page as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from lac_desktop.domain.query import Found, Order
from lac_desktop.domain.wording import ago, checked_words, minutes_walk
from lac_desktop.services import find
from lac_desktop.ui.asset.facts import KNOWN
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
NAME, WALK, OPEN, KNOW, CHECKED = range(5)
_PAGE = 24
_PAGES_KEPT = 120
#: Role that gives the whole row as a Found.
FOUND = Qt.ItemDataRole.UserRole + 1
_ORDERS = {NAME: Order.NAME, WALK: Order.NEAREST, CHECKED: Order.CHECKED}


class PlacesModel(QAbstractTableModel):
    """Rows of a found set; only some pages are kept in memory."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found = session.found
        self._pages: OrderedDict[int, list[Found]] = OrderedDict()
        session.found_changed.connect(self._changed)

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many places were found."""
        inside = parent is not None and parent.isValid()
        return 0 if inside or self._found is None else len(self._found)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Name, walk, opening, how well known, last check."""
        return 0 if parent is not None and parent.isValid() else 5

    def row(self, row: int) -> Found | None:
        """One place with all that its row shows."""
        if self._found is None or not 0 <= row < len(self._found):
            return None
        page = row // _PAGE
        if page not in self._pages:
            start = page * _PAGE
            self._pages[page] = find.rows(self._session.notebook, self._found, start, start + _PAGE)
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        at = row - page * _PAGE
        return rows[at] if at < len(rows) else None

    def row_of(self, asset_id: str, rid: int = -1) -> int:
        """Where a place stands, or -1; by its row number where that is known."""
        if self._found is None:
            return -1
        if rid >= 0:
            places = (self._found.rids == rid).nonzero()[0]
            return int(places[0]) if len(places) else -1
        for page, rows in self._pages.items():
            for at, found in enumerate(rows):
                if found.id == asset_id:
                    return page * _PAGE + at
        return -1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; FOUND gives the whole row, and each cell is read out in words."""
        found = self.row(index.row())
        if found is None:
            return None
        if role == FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(found, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(found, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == NAME:
            return found.name
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings; the spoken one says how the list is sorted."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        names = (tr("Name, kind and what it gives"), tr("Walk"), tr("Open"), tr("We know"),
                 tr("Checked"))  # fmt: skip
        if role == Qt.ItemDataRole.DisplayRole:
            return names[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if self.sorted_column() == section:
                return tr(
                    "{heading}, sorted {how}", heading=names[section], how=self.sorted_words()
                )
            return names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section == WALK else Qt.AlignmentFlag.AlignLeft
            return right | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a heading; those that cannot be sorted by leave the order as it is."""
        if column in _ORDERS:
            self._session.change(order=_ORDERS[column])

    def sorted_column(self) -> int:
        """The column that the list is sorted by, or -1."""
        query = self._session.query
        if query.order is Order.BEST:
            return WALK if query.near is not None and not query.text else -1
        return next((c for c, o in _ORDERS.items() if o is query.order), -1)

    def sorted_words(self) -> str:
        """How the list is sorted, in words."""
        column = self.sorted_column()
        words = {NAME: tr("by name"), WALK: tr("nearest first"),
                 CHECKED: tr("longest unchecked first")}  # fmt: skip
        if column in words:
            return words[column]
        return tr("best match first") if self._session.query.text else tr("by name")

    def _changed(self) -> None:
        """Another set was found."""
        self.beginResetModel()
        self._found = self._session.found
        self._pages.clear()
        self.endResetModel()

    def _text(self, found: Found, column: int) -> str:
        """What a cell shows."""
        if column == NAME:
            return found.name
        if column == WALK:
            return walk_words(found)
        if column == OPEN:
            return found.opening or tr("Not known")
        if column == KNOW:
            return tr(KNOWN[found.known.value]) if found.known.value else "–"
        today = self._session.notebook.clock().date()
        return ago(found.checked_on, today, tr) if found.checked_on else tr("Never")

    def _spoken(self, found: Found, column: int) -> str:
        """What a cell says to a screen reader; the first one says it all."""
        today = self._session.notebook.clock().date()
        if column == NAME:
            return spoken_row(self._session, found)
        if column == KNOW:
            return tr(KNOWN[found.known.value])
        if column == CHECKED:
            return checked_words(found.checked_on, today, tr)
        return self._text(found, column)


def walk_words(found: Found) -> str:
    """Minutes on foot; "about" where they are as the crow flies; "" without a place to start."""
    if found.minutes is None or found.minutes != found.minutes:
        return ""
    whole = max(1, -int(-found.minutes // 1))
    return tr("about {n} min", n=f"{whole:,}") if found.crow else tr("{n} min", n=f"{whole:,}")


def second_line(session: Session, found: Found) -> str:
    """Kind and what it gives."""
    kind = session.notebook.kinds.kinds.get(found.kind)
    name = kind.name if kind else tr("Kind not known")
    return f"{name}: {found.gives}" if found.gives else name


def spoken_row(session: Session, found: Found) -> str:
    """A place as one sentence: name, kind, minutes, opening."""
    parts = [found.name, second_line(session, found)]
    if found.minutes is not None and found.minutes == found.minutes:
        walk = minutes_walk(found.minutes, tr)
        parts.append(tr("about {walk}", walk=walk) if found.crow else walk)
    parts.append(found.opening)
    if found.confidential:
        parts.append(tr("confidential address"))
    return ", ".join(p for p in parts if p)
