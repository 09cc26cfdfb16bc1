# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list that is filled in by the keyboard alone: typed, changed, moved up and down, taken out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QWidget

from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr

T = TypeVar("T")
_SHOWN = (2, 7)  # rows that a list shows at least and at most before it scrolls


@dataclass(frozen=True, slots=True)
class Ways(Generic[T]):
    """How values are said, typed and asked for.

    ``typed`` reads a typed line (None: it says nothing); ``untyped`` writes a value back into the
    line to be changed there; ``ask`` shows a dialog instead. At least one of both ways must be.
    """

    say: Callable[[T], str]
    typed: Callable[[str], T | None] | None = None
    untyped: Callable[[T], str] | None = None
    ask: Callable[[QWidget, T | None], T | None] | None = None
    hint: str = ""


class KeyList(QListWidget):
    """A list whose keys do things. ``widened`` tells that lines may wrap elsewhere now."""

    widened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.on: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]] = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys to what they do."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = self.on.get((Qt.Key(event.key()), keys))
        if act is None:
            super().keyPressEvent(event)
        else:
            event.accept()
            act()


class ItemsEditor(QWidget, Generic[T]):
    """Values as lines. ``changed`` tells of each change by hand; ``values`` are the values now."""

    changed = Signal()
    chosen = Signal(int)

    def __init__(self, theme: Theme, ways: Ways[T]) -> None:
        super().__init__()
        self.values: list[T] = []
        self._theme, self._ways = theme, ways
        self._changing = -1  # the row whose text stands in the line
        self.line = text_field()
        self.line.returnPressed.connect(self._typed)
        self.list = KeyList()
        self.list.setProperty("edged", True)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.on = self._keys()
        self.list.itemDoubleClicked.connect(lambda _item: self.change())
        self.list.currentRowChanged.connect(self._possible)
        self.list.widened.connect(self._size, Qt.ConnectionType.QueuedConnection)
        self.buttons = row(*self._make_buttons(), None)
        said = label(ways.hint, "caption", wrap=True)
        self.setLayout(column(self.line, said, self.list, self.buttons, gap=5))
        # Hidden only now that they have a parent: without one they would be windows.
        self.line.setVisible(ways.typed is not None)
        said.setVisible(bool(ways.hint))
        self._add.setVisible(ways.ask is not None)
        self.first: QWidget = self.line if ways.typed is not None else self.list
        self.put([])

    def setAccessibleName(self, name: str) -> None:
        """What a screen reader meets are the line and the list."""
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.line.setAccessibleName(tr("Add to “{list}”", list=name))

    def put(self, values: Sequence[T], at: int = 0) -> None:
        """Show these values."""
        self.values = list(values)
        self._changing = -1
        self.list.clear()
        for value in self.values:
            self.list.addItem(self._ways.say(value))
        if self.values:
            self.list.setCurrentRow(min(max(0, at), len(self.values) - 1))
        self._possible()
        self._size()

    def add(self) -> None:
        """One more: asked for, or typed in the line."""
        if self._ways.ask is None:
            self._changing = -1
            self.line.clear()
            self.line.setFocus()
            return
        self._changing = -1
        value = self._ways.ask(self, None)
        if value is not None:
            self.append(value)

    def change(self) -> None:
        """Ask again for the chosen one, or put it back into the line."""
        at = self.list.currentRow()
        if not 0 <= at < len(self.values):
            return
        if self._ways.ask is not None:
            self._changing = at
            value = self._ways.ask(self, self.values[at])
            self._changing = -1
            if value is not None:
                self._take([*self.values[:at], value, *self.values[at + 1 :]], at)
        elif self._ways.untyped is not None:
            self._changing = at
            self.line.setText(self._ways.untyped(self.values[at]))
            self.line.setFocus()
            self.line.selectAll()

    def remove(self) -> None:
        """Take the chosen one out."""
        at = self.list.currentRow()
        if 0 <= at < len(self.values):
            announce(self.list, tr("Removed: {what}", what=self._ways.say(self.values[at])))
            self._take([*self.values[:at], *self.values[at + 1 :]], at)
            self.list.setFocus()

    def shift(self, step: int) -> None:
        """Move the chosen one up or down."""
        at = self.list.currentRow()
        to = at + step
        if 0 <= at < len(self.values) and 0 <= to < len(self.values):
            values = list(self.values)
            values.insert(to, values.pop(at))
            self._take(values, to)
            place = tr("{n} of {all}", n=to + 1, all=len(values))
            announce(self.list, f"{self._ways.say(values[to])}, {place}")

    def take_unfinished(self, value: T) -> None:
        """Take what stood in a dialog that was closed by the lock."""
        if 0 <= self._changing < len(self.values):
            self.replace(self._changing, value)
        else:
            self.append(value)

    def take_line(self) -> None:
        """Take what stands in the line and was not entered: nothing typed is lost."""
        if self.line.text().strip():
            self._typed()

    def replace(self, at: int, value: T) -> None:
        """Put another value in the place of one."""
        self._take([*self.values[:at], value, *self.values[at + 1 :]], at)

    def append(self, value: T) -> None:
        """Put one more at the end."""
        self._take([*self.values, value], len(self.values))

    def _typed(self) -> None:
        """Take what stands in the line."""
        read = self._ways.typed
        value = read(self.line.text()) if read is not None else None
        if value is None:
            return
        at, self._changing = self._changing, -1
        if 0 <= at < len(self.values):
            self.replace(at, value)
        else:
            self.append(value)
            announce(self.line, tr("Added: {what}", what=self._ways.say(value)))
        self.line.clear()

    def _take(self, values: Sequence[T], at: int) -> None:
        """Show changed values and tell about it."""
        self.put(values, at)
        self.changed.emit()

    def _keys(self) -> dict[Any, Callable[[], object]]:
        """What the keys of the list do."""
        none, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
        return {
            (Qt.Key.Key_Return, none): self.change,
            (Qt.Key.Key_Enter, none): self.change,
            (Qt.Key.Key_F2, none): self.change,
            (Qt.Key.Key_Insert, none): self.add,
            (Qt.Key.Key_Delete, none): self.remove,
            (Qt.Key.Key_Up, alt): lambda: self.shift(-1),
            (Qt.Key.Key_Down, alt): lambda: self.shift(1),
        }

    def _make_buttons(self) -> list[QWidget]:
        """Buttons for what the keys do."""
        self._add = button(tr("Add…"), self.add, "small", tr("Ins in the list"))
        self._change = button(tr("Change…"), self.change, "small", tr("Enter in the list"))
        self._remove = button(tr("Remove"), self.remove, "small", tr("Del in the list"))
        up, down = tr("Alt and Up in the list"), tr("Alt and Down in the list")
        self._up = button(tr("Up"), lambda: self.shift(-1), "small", up)
        self._down = button(tr("Down"), lambda: self.shift(1), "small", down)
        return [self._add, self._change, self._remove, self._up, self._down]

    def _possible(self, _row: int = 0) -> None:
        """Buttons that can do something now; those of an empty list stay out of sight."""
        at = self.list.currentRow()
        self.list.setVisible(bool(self.values) or self._ways.typed is None)
        for made in (self._change, self._remove):
            made.setVisible(bool(self.values))
            made.setEnabled(at >= 0)
        for made, possible in ((self._up, at > 0), (self._down, 0 <= at < len(self.values) - 1)):
            made.setVisible(len(self.values) > 1)
            made.setEnabled(possible)
        self.chosen.emit(at)

    def _size(self) -> None:
        """As high as its rows, within limits."""
        least, most = _SHOWN
        rows = min(most, max(least, len(self.values)))
        high = max(self.fontMetrics().lineSpacing() + 10, self._theme.scaled(29))
        lines = [self.list.item(at) for at in range(min(rows, self.list.count()))]
        own = sum(max(0, self.list.visualItemRect(one).height() - high) for one in lines)
        self.list.setFixedHeight(high * rows + own + 6)
