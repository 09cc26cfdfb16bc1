# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of text that wrap, so that nothing a person said is cut off at any text size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lac_desktop.ui.people.lines import LINE, Line, LinesView

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

_Index = QModelIndex | QPersistentModelIndex
_SIDE, _ABOVE, _BAR = 10, 6, 3


@dataclass(frozen=True, slots=True)
class WordLine(Line):
    """A row whose first line may be the person's own words."""

    own_head: bool = False


class WrapDelegate(QStyledItemDelegate):
    """Each row is as high as its words need; the ring of the focus goes round the row."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The height at the width of the list."""
        line = index.data(LINE)
        wide = self._view.viewport().width()
        return QSize(60, self.height_of(line, wide) if isinstance(line, Line) else 0)

    def height_of(self, line: Line, wide: int) -> int:
        """How high a row is at a width."""
        head, second = self._boxes(line, QRect(0, 0, wide, 0))
        tall = head.height() + (second.height() + 2 if line.second else 0) + 2 * _ABOVE
        return max(self._desk.theme.scaled(36), tall)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        theme, box = self._desk.theme, option.rect
        focused = self._view.hasFocus() and self._view.currentIndex() == index
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        painter.fillRect(box, theme.colour("selected" if chosen else "surface"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        own = isinstance(line, WordLine) and line.own_head
        head, second = self._boxes(line, box)
        if own:
            bar = QRect(box.left(), box.top() + 3, _BAR, box.height() - 7)
            painter.fillRect(bar, theme.colour("own-words"))
        self._words(painter, head, line.head, theme.font(), "own-words" if own else "text")
        self._words(painter, second, line.second, theme.font("caption"), "muted")
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, text: str, font: QFont, role: str) -> None:
        painter.setPen(self._desk.theme.colour(role))
        _laid_out(text, font, box.width()).draw(painter, QPointF(box.topLeft()))

    def _boxes(self, line: Line, box: QRect) -> tuple[QRect, QRect]:
        """Where the two texts of a row stand."""
        theme = self._desk.theme
        wide = max(40, box.width() - 2 * _SIDE)
        at = QPoint(box.left() + _SIDE, box.top() + _ABOVE)
        head = QRect(at, QSize(wide, _height(line.head, theme.font(), wide)))
        under = QPoint(at.x(), head.bottom() + 3)
        tall = _height(line.second, theme.font("caption"), wide) if line.second else 0
        return head, QRect(under, QSize(wide, tall))


def _laid_out(text: str, font: QFont, wide: int) -> QTextLayout:
    """A text in lines of a width; a word longer than a line goes on in the next."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    high = 0.0
    while (made := layout.createLine()).isValid():
        made.setLineWidth(wide)
        made.setPosition(QPointF(0, high))
        high += made.height()
    layout.endLayout()
    return layout


def _height(text: str, font: QFont, wide: int) -> int:
    """How high a text is in lines of a width."""
    return math.ceil(_laid_out(text or " ", font, wide).boundingRect().height())


class Rows(LinesView):
    """A whole list of such rows; Delete, Insert and letters are keys of whoever made it."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name, whole=True)
        self._wrap = WrapDelegate(desk, self)
        self.setItemDelegate(self._wrap)
        self.setUniformItemSizes(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab leaves the list; Up and Down stay in it."""
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and before == self.currentIndex().row():
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._sizes()

    def _sizes(self) -> None:
        """As high as all rows together."""
        self.scheduleDelayedItemsLayout()
        wide = self.viewport().width()
        self.setFixedHeight(sum(self._wrap.height_of(x, wide) for x in self.lines.lines) + 2)
