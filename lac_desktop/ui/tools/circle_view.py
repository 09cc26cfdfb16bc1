# SPDX-License-Identifier: AGPL-3.0-or-later
"""The relationship circle in the window: looked at, and changed by mouse or keys.

The table "People in my life" beside it holds the same and is its equal for a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from lac_desktop.domain.circle import Tie, initials, moved, place_of, put
from lac_desktop.ui.speech import announce
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.tools.circle_draw import Circle, ink_of, lay_out, paint
from lac_desktop.ui.tools.drawing_access import Drawn
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


class CircleView(Drawn):
    """The painted circle. ``edited(index, tie)`` tells that somebody was moved by hand.

    Arrow keys go to the next person in that direction; with Ctrl they move the person: up nearer,
    down further out, left and right round to the next sector. Enter asks for the details.
    """

    edited = Signal(int, object)
    picked = Signal(int)
    opened = Signal(int)
    wanted = Signal()  # one more person

    def __init__(self, theme: Theme, name: str, *, fixed: bool = False) -> None:
        super().__init__()
        self._theme, self._middle, self._fixed = theme, initials(name)[:2], fixed
        self._ties: list[Tie] = []
        self._dragged = -1
        self._hand: QPointF | None = None
        self.current = -1
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 200)
        self.setAccessibleName(tr("Circle of people"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)
        self._describe()

    def sizeHint(self) -> QSize:
        """Room enough for some names; it grows into what there is."""
        side = self._theme.scaled(260)
        return QSize(side, side)

    def put(self, ties: Sequence[Tie]) -> None:
        """Show these people."""
        self._ties = list(ties)
        self.current = min(self.current, len(self._ties) - 1)
        self._describe()
        self.update()

    def choose(self, index: int) -> None:
        """Put the ring round a person, without telling about it."""
        if index != self.current:
            self.current = index
            self._describe()
            self.update()

    def circle(self) -> Circle:
        """The circle laid out as it is painted."""
        size = self._theme.points("caption") * self.logicalDpiY() / 72
        return lay_out(self._ties, QRectF(self.rect()).adjusted(4, 4, -4, -4), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle, and the person under the hand where it is held."""
        painter = QPainter(self)
        ink = ink_of(self._theme)
        circle = self.circle()
        painter.fillRect(self.rect(), ink.paper)
        paint(painter, circle, ink, self._middle, self.current if self.hasFocus() else -1)
        if self._hand is not None and 0 <= self._dragged < len(self._ties):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(ink.focus)
            painter.setBrush(ink.focus)
            painter.drawEllipse(self._hand, circle.dot(), circle.dot())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a person."""
        index = self.circle().nearest(event.position(), _REACH)
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._pick(index)
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
            self._to(index, put(self._ties[index], *place_of(*self.circle().unit(hand))))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the details of a person."""
        index = self.circle().nearest(event.position(), _REACH)
        if index >= 0:
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, open, add."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        held = 0 <= self.current < len(self._ties)
        if key in _STEPS and keys == Qt.KeyboardModifier.ControlModifier:
            if held:
                rings, quarters = _STEPS[key]
                self._to(self.current, moved(self._ties[self.current], rings=rings,
                                             quarters=quarters))  # fmt: skip
        elif key in _TOWARDS and keys == Qt.KeyboardModifier.NoModifier:
            self._go(_TOWARDS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Insert:
            self.wanted.emit()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P) and self._ties:
            step = 1 if key == Qt.Key.Key_N else -1
            self._pick((self.current + step) % len(self._ties))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first person."""
        super().focusInEvent(event)
        if self.current < 0 and self._ties:
            self._pick(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def _go(self, way: QPointF) -> None:
        """Choose the nearest person in a direction."""
        if not 0 <= self.current < len(self._ties):
            self._pick(0 if self._ties else -1)
            return
        circle = self.circle()
        here = circle.at(self.current)
        best, found = float("inf"), -1
        for index in range(len(self._ties)):
            away = circle.at(index) - here
            along = away.x() * way.x() + away.y() * way.y()
            aside = abs(away.x() * way.y()) + abs(away.y() * way.x())
            if index != self.current and along > 1 and along + 2 * aside < best:
                best, found = along + 2 * aside, index
        if found >= 0:
            self._pick(found)

    def _pick(self, index: int) -> None:
        """Choose a person and say who it is."""
        self.choose(index)
        self.picked.emit(index)
        if index >= 0:
            announce(self, sentence(self._ties[index]))

    def _to(self, index: int, tie: Tie) -> None:
        """A person was moved."""
        if tie != self._ties[index]:
            self._ties[index] = tie
            self.edited.emit(index, tie)
            announce(self, sentence(tie))
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Who is chosen, for a screen reader."""
        if 0 <= self.current < len(self._ties):
            self.tell(sentence(self._ties[self.current]))
        else:
            self.tell(tr("The table “People in my life” holds the same."))
