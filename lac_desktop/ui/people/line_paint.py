# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paints the lines of a list: day, tick, sentence with bold names, and the line under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole + 1
_MARKS = re.compile("(\x02[^\x03]*\x03?)")


class LineDelegate(QStyledItemDelegate):
    """All rows of a list are of one height; the ring of the focus goes round the row."""

    def __init__(
        self, desk: Desk, view: QListView, lead: int, inset: int, *, flat: bool = False
    ) -> None:
        super().__init__(view)
        self._flat = flat  # what would be the second line stands after the first
        self._desk, self._view, self._lead, self._inset = desk, view, lead, inset
        self._two = True

    def measure(self, lines: Sequence[Any]) -> None:
        """See whether any of the lines has a second one."""
        self._two = not self._flat and any(line.second for line in lines)

    def height(self) -> int:
        """Height of a row at this text size."""
        theme = self._desk.theme
        high = QFontMetrics(theme.font()).height()
        if self._two:
            return max(theme.scaled(48), high + QFontMetrics(theme.font("caption")).height() + 12)
        return max(theme.scaled(30 if self._flat else 36), high + (10 if self._flat else 12))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(60, self.height())

    def box(self, row: QRect) -> QRect:
        """Where the box to tick is."""
        size = self._desk.theme.scaled(18)
        return QRect(row.left() + self._inset - 2, row.center().y() - size // 2, size, size)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line = index.data(_LINE)
        if line is None:
            return
        theme, box = self._desk.theme, option.rect
        focused = self._view.hasFocus() and self._view.currentIndex() == index
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.fillRect(box, theme.colour("selected" if chosen else "surface"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left = self._before(painter, box, line)
        inside = box.adjusted(left, 0, -8 - self._button(index), 0)
        self._text(painter, inside, line)
        if focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def _button(self, index: _Index) -> int:
        """Width of the row's button."""
        holder = self._view.indexWidget(index)
        return holder.sizeHint().width() + 8 if holder is not None else 0

    def _before(self, painter: QPainter, row: QRect, line: Any) -> int:
        """Box, glyph and day at the left; gives where the sentence begins."""
        theme, left = self._desk.theme, self._inset
        if line.ticked is not None:
            box = self.box(row)
            paint_tick(painter, box, line.ticked, self._desk)
            left = box.right() - row.left() + 12
        if line.lead:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("muted"))
            wide = theme.scaled(self._lead or 110)
            draw_runs(painter, row.adjusted(left, 0, left + wide - row.width() - 6, 0),
                      [(line.lead, theme.font("caption"), "muted")], theme)  # fmt: skip
            left += wide
        if line.glyph:
            size = theme.scaled(17)
            at = QRect(row.left() + left, row.center().y() - size // 2, size, size)
            self._desk.icons.draw(painter, at, line.glyph, "text")
            left += size + 10
        return left

    def _text(self, painter: QPainter, box: QRect, line: Any) -> None:
        """The sentence, and the quiet one under it."""
        theme = self._desk.theme
        plain, bold, small = theme.font(), theme.font(bold=True), theme.font("caption")
        head = [(text, bold if strong else plain, "text") for text, strong in names_in(line)]
        role = "own-words" if line.own else "muted"
        words = f"“{line.second}”" if line.own else line.second
        if not line.second or self._flat:
            beside = [(f"  {words}", plain, role)] if line.second else []
            draw_runs(painter, box, head + beside, theme)
            return
        high, low = QFontMetrics(bold).height(), QFontMetrics(small).height()
        top = box.top() + (box.height() - high - low) // 2
        draw_runs(painter, QRect(box.left(), top, box.width(), high), head, theme)
        strong = theme.font("caption", bold=True)
        under = [(text, strong if on else small, role) for text, on in marked(words)]
        draw_runs(painter, QRect(box.left(), top + high, box.width(), low), under, theme)


def names_in(line: Any) -> Iterator[tuple[str, bool]]:
    """The sentence in parts, and which of them stand out."""
    words = [re.escape(word) for word in line.bold if word]
    if not words:
        yield line.head, False
        return
    pattern = re.compile(rf"(?<!\w)({'|'.join(words)})(?!\w)")
    for n, part in enumerate(pattern.split(line.head)):
        if part:
            yield part, n % 2 == 1


def marked(text: str) -> Iterator[tuple[str, bool]]:
    """A snippet in parts; those between \\x02 and \\x03 were looked for."""
    for part in _MARKS.split(text):
        if part:
            yield part.strip("\x02\x03"), part.startswith("\x02")


def draw_runs(
    painter: QPainter, box: QRect, runs: Iterable[tuple[str, QFont, str]], theme: Theme
) -> None:
    """Draw parts of a line after each other: text, font, role; cut with an ellipsis at the end."""
    left = box.left()
    middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    for text, font, role in runs:
        metrics, room = QFontMetrics(font), box.right() - left
        if room <= 0:
            return
        wide = metrics.horizontalAdvance(text)
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) if wide > room else text
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        painter.drawText(QRect(left, box.top(), room, box.height()), middle, said)
        left += wide


def paint_tick(painter: QPainter, box: QRect, on: bool, desk: Desk) -> None:
    """A box to tick; what is done is filled and has a tick."""
    theme = desk.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if on else "control-edge"), 1.4))
    painter.setBrush(theme.colour("accent" if on else "field"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        pen = QPen(theme.colour("on-accent"), 2)
        painter.setPen(pen)
        third = box.width() / 3
        start = box.topLeft() + QPoint(round(third * 0.7), round(third * 1.6))
        low = box.topLeft() + QPoint(round(third * 1.25), round(third * 2.15))
        end = box.topLeft() + QPoint(round(third * 2.35), round(third * 0.85))
        painter.drawPolyline([start, low, end])
    painter.restore()
