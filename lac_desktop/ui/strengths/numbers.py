# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers of a chart as a table, to read, to move in and to copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from lac_desktop.ui import clipboard
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk


class NumbersTable(QTableWidget):
    """As high as its rows. ``opened`` and ``removed`` tell the row of Enter and Delete, ``copied``
    that the numbers went to the clipboard.

    ``copied_as`` replaces headings in a copy, so that no words of a person leave with it.
    """

    opened = Signal(int)
    removed = Signal(int)
    copied = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.copied_as: list[str] = []
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setProperty("edged", True)
        self.setProperty("numbers", True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        desk.theme.changed.connect(self._sizes)

    def show_numbers(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these rows; the first column says what each row is."""
        self.clear()
        self.setColumnCount(len(headings))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(list(headings))
        for y, cells in enumerate(rows):
            for x, words in enumerate(cells):
                item = QTableWidgetItem(words)
                said = words or tr("no answer")
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole, f"{headings[x]}: {said}" if x else said
                )
                self.setItem(y, x, item)
        for x, heading in enumerate(headings):
            if (item := self.horizontalHeaderItem(x)) is not None:
                item.setToolTip(heading)
        if headings:
            first = QHeaderView.ResizeMode.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(0, first)
        self._sizes()

    def copy(self) -> None:
        """Put the numbers on the clipboard, for a spreadsheet."""
        columns = range(self.columnCount())
        heads = [self.horizontalHeaderItem(x) for x in columns]
        titles = self.copied_as or [head.text() if head else "" for head in heads]
        lines = ["\t".join(titles)]
        for y in range(self.rowCount()):
            cells = [self.item(y, x) for x in columns]
            lines.append("\t".join(cell.text() if cell else "" for cell in cells))
        clipboard.put("\n".join(lines) + "\n")
        self.copied.emit()
        self._desk.messages.done(tr("Numbers copied. No name is with them."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a row, Delete takes it out, Ctrl+C copies all numbers."""
        row = self.currentRow()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_Delete and row >= 0:
            self.removed.emit(row)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CTRL:
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, begin at the first row."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            self.setCurrentCell(0, 0, flags.ClearAndSelect | flags.Rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap otherwise at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._sizes()

    def _sizes(self) -> None:
        """All rows show; the page scrolls."""
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(y) for y in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 4)


_CTRL = Qt.KeyboardModifier.ControlModifier
