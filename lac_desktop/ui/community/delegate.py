# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paints the rows of places: shape, name over kind, and the circle of freshness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from lac_desktop.domain.freshness import Freshness, freshness
from lac_desktop.domain.query import Found
from lac_desktop.ui.community.model import CHECKED, FOUND, NAME, OPEN, WALK, second_line
from lac_desktop.ui.glyphs import paint_category, paint_freshness

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_Index = QModelIndex | QPersistentModelIndex
_INSET = 14
_TONES = {Freshness.FRESH: "good", Freshness.AGEING: "warning", Freshness.DUE: "urgent"}


class PlaceDelegate(QStyledItemDelegate):
    """Two-line rows; the ring of the focus goes round the whole row."""

    def __init__(self, session: Session, desk: Desk, view: QTableView) -> None:
        super().__init__(view)
        self._session, self._desk, self._view = session, desk, view

    def height(self) -> int:
        """Height of a row at this text size."""
        theme = self._desk.theme
        lines = QFontMetrics(theme.font()).height() + QFontMetrics(theme.font("caption")).height()
        return max(theme.size("row-two-line"), lines + 8)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(60, self.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one cell."""
        found = index.data(FOUND)
        if not isinstance(found, Found):
            return
        theme = self._desk.theme
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, theme.colour("selected" if chosen else "surface"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if chosen and index.column() == NAME:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        if index.column() == NAME:
            self._name(painter, box, found)
        elif index.column() == CHECKED:
            self._checked(painter, box, found, str(index.data()))
        else:
            right = (
                Qt.AlignmentFlag.AlignRight
                if index.column() == WALK
                else Qt.AlignmentFlag.AlignLeft
            )
            tone = "good" if index.column() == OPEN and found.open else "text"
            self._words(painter, box.adjusted(8, 0, -8, 0), str(index.data()), tone, right)
        self._ring(painter, box, index)
        painter.restore()

    def _name(self, painter: QPainter, box: QRect, found: Found) -> None:
        """Shape, name, and kind with what it gives."""
        theme = self._desk.theme
        size = theme.scaled(24)
        middle = QPointF(box.left() + _INSET + size / 2, box.center().y() + 0.5)
        paint_category(painter, middle, found.category, theme, size)
        bold, small = theme.font(bold=True), theme.font("caption")
        high, low = QFontMetrics(bold).height(), QFontMetrics(small).height()
        left, wide = box.left() + _INSET + size + 10, box.width() - _INSET - size - 18
        top = box.top() + (box.height() - high - low) // 2
        self._line(painter, QRect(left, top, wide, high), found.name, bold, "text")
        under = second_line(self._session, found)
        self._line(painter, QRect(left, top + high, wide, low), under, small, "muted")

    def _line(self, painter: QPainter, box: QRect, text: str, font: QFont, role: str) -> None:
        """One line, cut with an ellipsis where it is too long."""
        painter.setFont(font)
        painter.setPen(self._desk.theme.colour(role))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, middle | Qt.TextFlag.TextDontClip, short)

    def _words(
        self, painter: QPainter, box: QRect, text: str, role: str, side: Qt.AlignmentFlag
    ) -> None:
        """A cell of one line."""
        font = self._desk.theme.font()
        painter.setFont(font)
        painter.setPen(self._desk.theme.colour(role))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, short)

    def _checked(self, painter: QPainter, box: QRect, found: Found, words: str) -> None:
        """Circle and words of freshness."""
        level = self.freshness(found)
        radius = self._desk.theme.scaled(5)
        middle = QPointF(box.left() + 8 + radius, box.center().y() + 0.5)
        paint_freshness(painter, middle, level, self._desk.theme, radius)
        self._words(
            painter,
            box.adjusted(radius * 2 + 15, 0, -4, 0),
            words,
            level,
            Qt.AlignmentFlag.AlignLeft,
        )

    def freshness(self, found: Found) -> str:
        """Role of the colour: good for half the time that a check lasts, then warning, urgent."""
        if found.vanished_on is not None:
            return "urgent"
        notebook = self._session.notebook
        months = notebook.indexer.fresh_months(found.kind)
        return _TONES[freshness(found.checked_on, months, notebook.clock().date())]

    def _ring(self, painter: QPainter, box: QRect, index: _Index) -> None:
        """The focus goes round the whole row; each cell draws its part."""
        current = self._view.currentIndex()
        if not self._view.hasFocus() or current.row() != index.row():
            return
        painter.setPen(QPen(self._desk.theme.colour("focus"), 2))
        painter.drawLine(box.left(), box.top() + 1, box.right(), box.top() + 1)
        painter.drawLine(box.left(), box.bottom() - 1, box.right(), box.bottom() - 1)
        if index.column() == 0:
            painter.drawLine(box.left() + 1, box.top(), box.left() + 1, box.bottom())
        header = self._view.horizontalHeader()
        last = max((c for c in range(5) if not header.isSectionHidden(c)), default=0)
        if index.column() == last:
            painter.drawLine(box.right() - 1, box.top(), box.right() - 1, box.bottom())
