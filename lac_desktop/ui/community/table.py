# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of places and its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from lac_desktop.services import about
from lac_desktop.ui.actions import COMMANDS
from lac_desktop.ui.community.delegate import PlaceDelegate
from lac_desktop.ui.community.model import (
    CHECKED,
    FOUND,
    KNOW,
    NAME,
    OPEN,
    WALK,
    PlacesModel,
)
from lac_desktop.ui.rows_only import list_by_rows
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_LETTERS = {
    Qt.Key.Key_S: "still-right",
    Qt.Key.Key_C: "call-script",
    Qt.Key.Key_E: "edit",
}
_KEYS = {
    Qt.Key.Key_Insert: "add",
    Qt.Key.Key_Delete: "remove",
}
_MENU = ("edit", "still-right", "near-here", "history", "duplicates", "bulk", "remove")


class PlacesTable(QTableView):
    """Two-line rows; lazy, so that 100,000 scroll without a stall."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self.commands: Callable[[], Mapping[str, Callable[[], object]]] = dict
        self.places = PlacesModel(session)
        self.setModel(self.places)
        self.delegate_ = PlaceDelegate(session, desk, self)
        self.setItemDelegate(self.delegate_)
        self.setAccessibleName(tr("Places"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = list_by_rows(self)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.sectionClicked.connect(self._sort)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self._open(index))
        desk.theme.changed.connect(self._sizes)
        session.selected.connect(lambda _id: self.show_selected())
        self.places.modelReset.connect(self._reset)
        self._sizes()

    def chosen_ids(self) -> list[str]:
        """Ids of the selected places; the one with the focus where none is selected."""
        found = self._session.found
        if found is None:
            return []
        rows = [row for first, last in self._spans() for row in range(first, last + 1)]
        rids = [int(found.rids[row]) for row in sorted(set(rows)) if row < len(found)]
        return about.ids_of(self._session.notebook, rids)

    def chosen_count(self) -> int:
        """How many places are selected."""
        return sum(last - first + 1 for first, last in self._spans())

    def _spans(self) -> list[tuple[int, int]]:
        """First and last row of each stretch that is selected."""
        chosen = self.selectionModel().selection()
        spans = [chosen.at(n) for n in range(chosen.count())]
        return [(span.top(), span.bottom()) for span in spans]

    def fit(self, width: int) -> None:
        """Hide what there is no room for: first how well known, then opening, then the check."""
        near = self._session.query.near is not None
        self.setColumnHidden(WALK, not near)
        self.setColumnHidden(KNOW, width < 900)
        self.setColumnHidden(OPEN, width < 760)
        self.setColumnHidden(CHECKED, width < 560)
        self._sizes()

    def show_selected(self) -> None:
        """Mark the place that is selected elsewhere, if it is in the list."""
        wanted = self._session.selection
        now = self.currentIndex().data(FOUND)
        if not wanted or (now is not None and now.id == wanted):
            return
        rid = about.rid_of(self._session.notebook, wanted)
        row = self.places.row_of(wanted, rid if rid is not None else -1)
        if row >= 0:
            index = self.places.index(row, NAME)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The place with the focus is the selected one everywhere; paint its whole row."""
        super().currentChanged(current, previous)
        found = current.data(FOUND) if current.isValid() else None
        if found is not None:
            self._session.select(found.id)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint again, for rings go over whole rows."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, begin at the first place."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.places.rowCount():
            self.setCurrentIndex(self.places.index(0, NAME))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; S, C and E act; Home and End go to the first and last place."""
        key, plain = (
            Qt.Key(event.key()),
            not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier,
        )
        letters = _LETTERS if self._desk.preferences.letter_keys else {}
        wanted = (_KEYS | letters).get(key) if plain else None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif wanted and wanted in self.commands():
            self.commands()[wanted]()
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.places.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self.places.rowCount() - 1
            self.setCurrentIndex(self.places.index(row, NAME))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain:
            event.ignore()  # rows are the unit; left and right belong to nobody
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing goes to a name only where letters are no keys; then only in what is in view."""
        if self._desk.preferences.letter_keys:
            return
        first = self.rowAt(0)
        for row in range(max(0, first), min(self.places.rowCount(), first + 400)):
            found = self.places.row(row)
            if found is not None and found.name.lower().startswith(search.lower()):
                self.setCurrentIndex(self.places.index(row, NAME))
                return

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The commands of a place."""
        menu = QMenu(self)
        offered = self.commands()
        words = {c.id: c.text for c in COMMANDS}
        for name in _MENU:
            if name in offered and (name != "bulk" or self.chosen_count() > 1):
                menu.addAction(tr(words[name]), offered[name])
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.exec(at + QPoint(0, 2))
        menu.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "delegate_"):
            self._sizes()

    def _sizes(self) -> None:
        """Heights and widths at this text size."""
        theme = self._desk.theme
        self.verticalHeader().setDefaultSectionSize(self.delegate_.height())
        for part, wide in ((WALK, 92), (OPEN, 176), (KNOW, 112), (CHECKED, 138)):
            self.setColumnWidth(part, theme.scaled(wide))
        self.horizontalHeader().setMinimumSectionSize(theme.scaled(60))

    def _sort(self, section: int) -> None:
        """Sort by a heading that was clicked."""
        self.places.sort(section)

    def _reset(self) -> None:
        """Another set: show how it is sorted, keep the selected place in view."""
        header = self.horizontalHeader()
        header.setSortIndicator(self.places.sorted_column(), Qt.SortOrder.AscendingOrder)
        self.setColumnHidden(WALK, self._session.query.near is None)
        self.show_selected()

    def _open(self, index: _Index) -> None:
        """Show the details."""
        found = index.data(FOUND) if index.isValid() else None
        if found is not None:
            self._session.open(found.id)
