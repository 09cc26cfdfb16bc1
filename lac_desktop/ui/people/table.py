# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of people: painted rows, type-ahead by name, Enter opens the person's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from lac_desktop.services.people import PersonRow
from lac_desktop.ui.people.disc import paint_disc
from lac_desktop.ui.people.model import LAST, NAME, NEXT, PERSON, PeopleModel, folded, under_name

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

from lac_desktop.ui.rows_only import list_by_rows
from lac_desktop.ui.words import tr

_Index = QModelIndex | QPersistentModelIndex


class PeopleTable(QTableView):
    """``opened(id)``: show this person's page; ``add``: Ins."""

    opened = Signal(str)
    add = Signal()

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.today = lambda: session.notebook.clock().date()
        self.people = PeopleModel(self.today)
        self.setModel(self.people)
        self.painter_ = _Rows(self)
        self.setItemDelegate(self.painter_)
        self.setAccessibleName(tr("People"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = list_by_rows(self)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NEXT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        desk.theme.changed.connect(self._sizes)
        self._sizes()

    @property
    def desk(self) -> Desk:
        """Look and icons."""
        return self._desk

    def fit(self, width: int) -> None:
        """Hide the promise first, then the last contact, where there is no room."""
        self.setColumnHidden(NEXT, width < 900)
        self.setColumnHidden(LAST, width < 600)
        self._sizes()

    def current(self) -> str:
        """The id of the person with the focus, or ""."""
        row = self.currentIndex().data(PERSON)
        return row.id if isinstance(row, PersonRow) else ""

    def show_person(self, person: str) -> None:
        """Put the focus on a person, if they are in the list."""
        row = self.people.row_of(person)
        if row >= 0:
            self.setCurrentIndex(self.people.index(row, NAME))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ins adds, Home and End go to the ends."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif plain and key == Qt.Key.Key_Insert:
            self.add.emit()
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.people.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self.people.rowCount() - 1
            self.setCurrentIndex(self.people.index(row, NAME))
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters go to the first name that begins so, without accents."""
        typed = folded(search)
        for row, person in enumerate(self.people.rows):
            if folded(person.name).startswith(typed):
                self.setCurrentIndex(self.people.index(row, NAME))
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, begin at the first person."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.people.rowCount():
            self.setCurrentIndex(self.people.index(0, NAME))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Rings go over whole rows."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _open(self, index: _Index) -> None:
        row = index.data(PERSON) if index.isValid() else None
        if isinstance(row, PersonRow):
            self.opened.emit(row.id)

    def _sizes(self) -> None:
        """Heights and widths at this text size."""
        self.verticalHeader().setDefaultSectionSize(self.painter_.height())
        self.setColumnWidth(LAST, self._desk.theme.scaled(150))


class _Rows(QStyledItemDelegate):
    """Two-line rows with the disc of the first letter."""

    def __init__(self, view: PeopleTable) -> None:
        super().__init__(view)
        self._view = view

    def height(self) -> int:
        """Height of a row at this text size."""
        theme = self._view.desk.theme
        lines = QFontMetrics(theme.font()).height() + QFontMetrics(theme.font("caption")).height()
        return max(theme.scaled(46), lines + 12)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(60, self.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        row = index.data(PERSON)
        if not isinstance(row, PersonRow):
            return
        theme, box = self._view.desk.theme, option.rect
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, theme.colour("selected" if on else "surface"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if index.column() == NAME:
            if on:
                bar = QRect(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, theme.colour("accent"))
            self._name(painter, box, row)
        else:
            self._words(painter, box.adjusted(8, 0, -8, 0), str(index.data() or ""), theme.font())
        self._ring(painter, box, index)
        painter.restore()

    def _name(self, painter: QPainter, box: QRect, row: PersonRow) -> None:
        """First letter, name, and where the walk stands."""
        theme = self._view.desk.theme
        size = theme.scaled(30)
        at = QRect(box.left() + 14, box.center().y() - size // 2, size, size)
        paint_disc(painter, at, row.name, theme)
        bold, small = theme.font(bold=True), theme.font("caption")
        high, low = QFontMetrics(bold).height(), QFontMetrics(small).height()
        left = at.right() + 12
        wide = box.right() - left - 8
        top = box.top() + (box.height() - high - low) // 2
        self._words(painter, QRect(left, top, wide, high), row.name, bold)
        under = under_name(row, self._view.today())
        self._words(painter, QRect(left, top + high, wide, low), under, small, "muted")

    def _words(
        self, painter: QPainter, box: QRect, text: str, font: QFont, role: str = "text"
    ) -> None:
        """One line, cut with an ellipsis where it is too long."""
        painter.setFont(font)
        painter.setPen(self._view.desk.theme.colour(role))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, middle, short)

    def _ring(self, painter: QPainter, box: QRect, index: _Index) -> None:
        """The focus goes round the whole row; each cell draws its part."""
        view = self._view
        if not view.hasFocus() or view.currentIndex().row() != index.row():
            return
        painter.setPen(QPen(view.desk.theme.colour("focus"), 2))
        painter.drawLine(box.left(), box.top() + 1, box.right(), box.top() + 1)
        painter.drawLine(box.left(), box.bottom() - 1, box.right(), box.bottom() - 1)
        last = max(c for c in range(3) if not view.isColumnHidden(c))
        if index.column() == 0:
            painter.drawLine(box.left() + 1, box.top(), box.left() + 1, box.bottom())
        if index.column() == last:
            painter.drawLine(box.right() - 1, box.top(), box.right() - 1, box.bottom())
