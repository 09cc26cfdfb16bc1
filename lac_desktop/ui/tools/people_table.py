# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table "People in my life": the circle's equal for reading and for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from lac_desktop.domain.circle import Tie, moved
from lac_desktop.ui.speech import announce
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.tools.circle_view import sentence
from lac_desktop.ui.words import tr

_HEADS = ("Name", "How near", "From where", "Paid or not", "Would like", "Who and how often")
_RINGS = {"closest": "Closest", "friends": "Friends", "know": "People I know", "paid": "Paid"}
_SECTORS = {
    "family": "Family",
    "friends": "Friends",
    "community": "Neighbours and groups",
    "paid": "Paid",
}
_WANTS = {"more": "More", "less": "Less", "same": "The same"}
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, 1),
    Qt.Key.Key_Right: (0, -1),
}


class PeopleTable(QTableWidget):
    """One row a person. Keys: Enter details, Ins one more, Del out, Ctrl and arrows move."""

    edited = Signal(int, object)
    picked = Signal(int)
    opened = Signal(int)
    wanted = Signal()
    unwanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(0, len(_HEADS))
        self._ties: list[Tie] = []
        self.setAccessibleName(tr("People in my life"))
        self.setHorizontalHeaderLabels([tr(head) for head in _HEADS])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.scaled(34))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(_HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.currentCellChanged.connect(lambda row, *_rest: self.picked.emit(row))
        self.cellDoubleClicked.connect(lambda row, _column: self.opened.emit(row))

    def put(self, ties: Sequence[Tie]) -> None:
        """Show these people; whoever was chosen stays chosen."""
        at = self.currentRow()
        self._ties = list(ties)
        self.blockSignals(True)
        self.setRowCount(len(ties))
        for number, tie in enumerate(ties):
            texts = (
                tie.name,
                tr(_RINGS[tie.ring]),
                tr(_SECTORS[tie.sector]),
                tr("Paid") if tie.paid else tr("Not paid"),
                tr(_WANTS[tie.wants]) if tie.wants in _WANTS else "",
                ", ".join(p for p in (tie.tie, tie.often) if p),
            )
            for place, text in enumerate(texts):
                self.setItem(number, place, QTableWidgetItem(text))
        self.blockSignals(False)
        self.choose(min(at, len(ties) - 1))

    def choose(self, index: int) -> None:
        """Choose a person without telling about it."""
        if index != self.currentRow() and 0 <= index < self.rowCount():
            self.blockSignals(True)
            self.setCurrentCell(index, 0)
            self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, open, add, take out."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        at = self.currentRow()
        held = 0 <= at < len(self._ties)
        if key in _STEPS and keys == Qt.KeyboardModifier.ControlModifier and held:
            rings, quarters = _STEPS[key]
            tie = moved(self._ties[at], rings=rings, quarters=quarters)
            if tie != self._ties[at]:
                self.edited.emit(at, tie)
                announce(self, sentence(tie))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.opened.emit(at)
        elif key == Qt.Key.Key_Insert:
            self.wanted.emit()
        elif key == Qt.Key.Key_Delete and held:
            self.unwanted.emit(at)
        else:
            super().keyPressEvent(event)
