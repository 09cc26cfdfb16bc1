# SPDX-License-Identifier: AGPL-3.0-or-later
"""The relationship circle in the window: looked at, and changed by mouse or keys.

The table "People in my life" beside it holds the same and is its equal for a screen reader.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from lac_desktop.domain.circle import Tie, initials, moved, place_of, put
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.tools.circle_draw import Circle, ink_of, lay_out, paint
from lac_desktop.ui.tools.drawing_access import DrawnThings
from lac_desktop.ui.words import tr

_REACH = 24.0  # how near a click must be, in pixels
_RINGS = {"closest": "closest", "friends": "friends", "know": "people I know", "paid": "paid"}
_SECTORS = {
    "family": "family",
    "friends": "friends",
    "community": "neighbours and groups",
    "paid": "paid",
}
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, 1),
    Qt.Key.Key_Right: (0, -1),
}
_TOWARDS = {
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
}


def sentence(tie: Tie) -> str:
    """What a screen reader says of one person."""
    parts = [tie.name, tr(_RINGS[tie.ring]), tr(_SECTORS[tie.sector]), tie.tie, tie.often]
    parts.append(tr("paid to be here") if tie.paid else tr("not paid"))
    parts.append({"more": tr("wants more"), "less": tr("wants less")}.get(tie.wants, ""))
    return ", ".join(part for part in parts if part)


class CircleView(DrawnThings[Tie]):
    """The painted circle. ``edited(index, tie)`` tells that somebody was moved by hand.

    Arrow keys go to the next person in that direction; with Ctrl they move the person: up nearer,
    down further out, left and right round to the next sector. Enter asks for the details.
    """

    wanted = Signal()  # one more person

    def __init__(self, theme: Theme, name: str, *, fixed: bool = False) -> None:
        same = tr("The table “People in my life” holds the same.")
        super().__init__(theme, tr("Circle of people"), same)
        self._middle, self._fixed = initials(name)[:2], fixed
        self._dragged = -1
        self._hand: QPointF | None = None
        self.setMinimumSize(220, 200)
        if fixed:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def words(self, thing: Tie) -> str:
        """What a screen reader says of one person."""
        return sentence(thing)

    def sizeHint(self) -> QSize:
        """Room enough for some names; it grows into what there is."""
        side = self._theme.scaled(260)
        return QSize(side, side)

    def circle(self) -> Circle:
        """The circle laid out as it is painted."""
        size = self._theme.points("caption") * self.logicalDpiY() / 72
        return lay_out(self._things, QRectF(self.rect()).adjusted(4, 4, -4, -4), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle, and the person under the hand where it is held."""
        painter = QPainter(self)
        ink = ink_of(self._theme)
        circle = self.circle()
        painter.fillRect(self.rect(), ink.paper)
        paint(painter, circle, ink, self._middle, self.current if self.hasFocus() else -1)
        if self._hand is not None and 0 <= self._dragged < len(self._things):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(ink.focus)
            painter.setBrush(ink.focus)
            painter.drawEllipse(self._hand, circle.dot(), circle.dot())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a person."""
        index = self.circle().nearest(event.position(), _REACH)
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.pick(index)
            self._dragged = -1 if self._fixed else index

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the person along."""
        if self._dragged >= 0:
            self._hand = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the person where the hand lets go."""
        index, hand = self._dragged, self._hand
        self._dragged, self._hand = -1, None
        if index >= 0 and hand is not None:
            self.change(index, put(self._things[index], *place_of(*self.circle().unit(hand))))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the details of a person."""
        index = self.circle().nearest(event.position(), _REACH)
        if index >= 0:
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, open, add."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        held = self.held
        if key in _STEPS and keys == Qt.KeyboardModifier.ControlModifier:
            if held is not None:
                rings, quarters = _STEPS[key]
                self.change(self.current, moved(held, rings=rings, quarters=quarters))
        elif key in _TOWARDS and keys == Qt.KeyboardModifier.NoModifier:
            self._go(_TOWARDS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held is not None:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Insert:
            self.wanted.emit()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P) and self._things:
            step = 1 if key == Qt.Key.Key_N else -1
            self.pick((self.current + step) % len(self._things))
        else:
            super().keyPressEvent(event)

    def _go(self, way: QPointF) -> None:
        """Choose the nearest person in a direction."""
        if not 0 <= self.current < len(self._things):
            self.pick(0 if self._things else -1)
            return
        circle = self.circle()
        here = circle.at(self.current)
        best, found = float("inf"), -1
        for index in range(len(self._things)):
            away = circle.at(index) - here
            along = away.x() * way.x() + away.y() * way.y()
            aside = abs(away.x() * way.y()) + abs(away.y() * way.x())
            if index != self.current and along > 1 and along + 2 * aside < best:
                best, found = along + 2 * aside, index
        if found >= 0:
            self.pick(found)
