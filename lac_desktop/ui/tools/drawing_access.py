# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader meets where something is drawn: a picture with a name and a sentence.

Qt shows a painted widget as nameless filler, but a label that holds a picture as a graphic. Its
equal for reading is the table or list beside it, so the drawing itself needs no children: its
description says who or what is chosen.
"""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from lac_desktop.ui.speech import announce
from lac_desktop.ui.theme import Theme

T = TypeVar("T")


class Drawn(QLabel):
    """A widget that is painted and takes keys. Subclasses say what is chosen by :meth:`tell`."""

    def __init__(self) -> None:
        super().__init__()
        nothing = QPixmap(1, 1)
        nothing.fill(Qt.GlobalColor.transparent)
        self.setPixmap(nothing)

    def tell(self, sentence: str) -> None:
        """Say what is chosen now, as the drawing's description."""
        if sentence != self.accessibleDescription():
            self.setAccessibleDescription(sentence)
            changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(changed)


class DrawnThings(Drawn, Generic[T]):
    """A drawing of several things, one of them chosen (``current``, -1: none).

    ``picked(index)``: one was chosen by hand; ``opened(index)``: its details are wanted;
    ``edited(index, thing)``: it was moved by hand. Subclasses say what a screen reader hears of
    a thing (:meth:`words`), which comes first, and where the same is listed (``elsewhere``).
    """

    picked = Signal(int)
    opened = Signal(int)
    edited = Signal(int, object)

    def __init__(self, theme: Theme, name: str, elsewhere: str) -> None:
        super().__init__()
        self._theme, self._elsewhere = theme, elsewhere
        self._things: list[T] = []
        self.current = -1
        self.setProperty("ownFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        theme.changed.connect(self.update)
        self._describe()

    def words(self, thing: T) -> str:
        """What a screen reader says of one thing."""
        raise NotImplementedError

    def first(self) -> int:
        """The thing to begin with, coming in by keyboard."""
        return 0

    def put(self, things: Iterable[T]) -> None:
        """Show these things."""
        self._things = list(things)
        self.current = min(self.current, len(self._things) - 1)
        self._describe()
        self.update()

    def choose(self, index: int) -> None:
        """Put the ring round a thing, without telling about it."""
        if index != self.current:
            self.current = index
            self._describe()
            self.update()

    @property
    def held(self) -> T | None:
        """The thing that is chosen."""
        return self._things[self.current] if 0 <= self.current < len(self._things) else None

    def pick(self, index: int) -> None:
        """Choose a thing by hand, and say what it is."""
        self.choose(index)
        self.picked.emit(index)
        if self.held is not None:
            announce(self, self.words(self.held))

    def change(self, index: int, thing: T) -> None:
        """Put a thing that was moved by hand in place of what it was."""
        if thing != self._things[index]:
            self._things[index] = thing
            self.edited.emit(index, thing)
            announce(self, self.words(thing))
        self._describe()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first thing."""
        super().focusInEvent(event)
        if self.current < 0 and self._things:
            self.pick(self.first())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def _describe(self) -> None:
        """Say which is chosen."""
        self.tell(self._elsewhere if self.held is None else self.words(self.held))
