# SPDX-License-Identifier: AGPL-3.0-or-later
"""The week as a grid in the window: looked at, and changed by mouse or keys.

The list beside it holds the same and is its equal for a screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from lac_desktop.domain.tool_values import row_words
from lac_desktop.domain.tools import Field
from lac_desktop.domain.week import DAY_IDS, USUAL_MINUTES, clock_of, in_order, minutes_of
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.tools.circle_draw import ink_of
from lac_desktop.ui.tools.drawing_access import DrawnThings
from lac_desktop.ui.tools.week_draw import Grid, lay_out, paint
from lac_desktop.ui.words import tr

Row = dict[str, Any]
_DAY = 24 * 60
_STEP = 30
_SHIFTS = {
    Qt.Key.Key_Up: (0, -_STEP),
    Qt.Key.Key_Down: (0, _STEP),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


def shifted(row: Mapping[str, Any], days: int, minutes: int) -> Row:
    """A row so many days and minutes later, within its week and its day."""
    made = dict(row)
    if days and row.get("day") in DAY_IDS:
        place = DAY_IDS.index(row["day"]) + days
        made["day"] = DAY_IDS[min(6, max(0, place))]
    start, end = minutes_of(str(row.get("start", ""))), minutes_of(str(row.get("end", "")))
    if minutes and start is not None:
        to = min(_DAY - 15, max(0, start + minutes))
        made["start"] = clock_of(to)
        if end is not None:
            made["end"] = clock_of((end + to - start) % _DAY)
    return made


class WeekView(DrawnThings[Row]):
    """The painted week. ``edited(index, row)``: something was moved by hand.

    ``drawn(row)``: a day and a time were drawn by the mouse, or wanted by Ins. Arrow keys go from
    one thing to the next; with Ctrl they move it by a day or half an hour, with Shift they make
    it longer or shorter. Enter asks for the details, Del takes it out.
    """

    drawn = Signal(object)
    unwanted = Signal(int)

    def __init__(self, theme: Theme, asked: Field) -> None:
        self._asked = asked
        super().__init__(theme, tr("Week"), tr("The list “My week” holds the same."))
        self._hold: tuple[int, QPointF] | None = None  # the row in hand, and where it was taken
        self._hand: QPointF | None = None
        self.setMinimumSize(320, 240)

    def words(self, thing: Row) -> str:
        """What a screen reader says of one row."""
        return row_words(self._asked, thing, tr)

    def first(self) -> int:
        """What comes first in the week."""
        return self._in_order()[0]

    def sizeHint(self) -> QSize:
        """Room for seven days."""
        return QSize(self._theme.scaled(520), self._theme.scaled(280))

    def grid(self) -> Grid:
        """The week laid out as it is painted."""
        size = self._theme.points("caption") * self.logicalDpiY() / 72
        return lay_out(self._things, QRectF(self.rect()).adjusted(2, 2, -3, -3), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the week, and what is being drawn or carried."""
        painter = QPainter(self)
        ink = ink_of(self._theme)
        painter.fillRect(self.rect(), ink.paper)
        grid = self.grid()
        paint(painter, grid, ink, self.current if self.hasFocus() else -1)
        if self._hold is not None and self._hand is not None:
            painter.setPen(QPen(ink.focus, 2, Qt.PenStyle.DashLine))
            index, start = self._hold
            if index >= 0:
                painter.drawRect(grid.box_of_row(index).translated(self._hand - start))
            else:
                painter.drawRect(QRectF(start, self._hand).normalized())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of something, or begin to draw."""
        if event.button() == Qt.MouseButton.LeftButton:
            index = self.grid().row_at(event.position())
            if index >= 0:
                self.pick(index)
            self._hold = (index, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along."""
        if self._hold is not None:
            self._hand = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it down, or ask what was drawn."""
        hold, hand = self._hold, self._hand
        self._hold = self._hand = None
        self.update()
        if hold is None or hand is None:
            return
        index, start = hold
        grid = self.grid()
        begin, end = grid.slot(start), grid.slot(hand)
        if index < 0 and begin and end:
            first, last = sorted((begin[1], end[1]))
            long = max(last - first + 15, 30)
            self.drawn.emit({"day": DAY_IDS[begin[0]], "start": clock_of(first),
                             "end": clock_of(min(first + long, _DAY - 1))})  # fmt: skip
        elif index >= 0 and end and (hand - start).manhattanLength() > 6:
            self._carried(index, start, end, grid)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the details, or for something new there."""
        grid = self.grid()
        index, slot = grid.row_at(event.position()), grid.slot(event.position())
        if index >= 0:
            self.opened.emit(index)
        elif slot:
            self.drawn.emit({"day": DAY_IDS[slot[0]], "start": clock_of(slot[1] // _STEP * _STEP)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, lengthen, open, add, take out."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        mods = Qt.KeyboardModifier
        held = self.held
        if key in _SHIFTS and keys == mods.ControlModifier:
            if held is not None:
                self.change(self.current, shifted(held, *_SHIFTS[key]))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and keys == mods.ShiftModifier:
            if held is not None:
                self.change(self.current, self._longer(held, _SHIFTS[key][1]))
        elif key in _SHIFTS and keys == mods.NoModifier:
            self._go(1 if key in (Qt.Key.Key_Down, Qt.Key.Key_Right) else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held is not None:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Insert:
            self.drawn.emit({"day": "mon" if held is None else held.get("day", "mon")})
        elif key == Qt.Key.Key_Delete and held is not None:
            self.unwanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _carried(self, index: int, start: QPointF, end: tuple[int, int], grid: Grid) -> None:
        """Something was carried to another day or time."""
        row = self._things[index]
        begun = grid.slot(start)
        days = end[0] - DAY_IDS.index(row["day"]) if row.get("day") in DAY_IDS else 0
        minutes = end[1] - begun[1] if begun else 0
        made = shifted(row, days, minutes)
        if begun is None:  # it had no time until now
            made["start"] = clock_of(end[1] // _STEP * _STEP)
        self.choose(index)
        self.change(self.current, made)

    def _longer(self, row: Row, minutes: int) -> Row:
        """A row, longer or shorter, at least a quarter of an hour."""
        start, end = minutes_of(str(row.get("start", ""))), minutes_of(str(row.get("end", "")))
        if start is None:
            return row
        long = ((start + USUAL_MINUTES if end is None else end) - start) % _DAY or _DAY
        return {**row, "end": clock_of((start + min(max(15, long + minutes), _DAY - 15)) % _DAY)}

    def _in_order(self) -> list[int]:
        """All things by day and time."""
        return sorted(range(len(self._things)), key=lambda n: in_order(self._things[n]))

    def _go(self, step: int) -> None:
        """The next thing by day and time, or the one before."""
        order = self._in_order()
        if not order:
            return
        place = order.index(self.current) + step if self.current in order else 0
        self.pick(order[max(0, min(len(order) - 1, place))])
