# SPDX-License-Identifier: AGPL-3.0-or-later
"""A short list inside a form, with Add, Change and Remove: sessions, contacts, links."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

T = TypeVar("T")


class _Keys(QListWidget):
    """Enter changes, Ins adds, Del removes."""

    def __init__(self) -> None:
        super().__init__()
        self.on: dict[Qt.Key, Callable[[], object]] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys to what they do."""
        act = self.on.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()


class ListEditor(QWidget, Generic[T]):
    """Values shown as sentences; ``ask(parent, value or None)`` gives a new value or None."""

    def __init__(
        self,
        theme: Theme,
        values: Sequence[T],
        say: Callable[[T], str],
        ask: Callable[[QWidget, T | None], T | None],
        add: str,
    ) -> None:
        super().__init__()
        self.values: list[T] = list(values)
        self._say, self._ask = say, ask
        self.list = _Keys()
        self.list.setProperty("edged", True)
        self.list.setWordWrap(True)
        self.list.setFixedHeight(theme.scaled(112))
        self.list.on = {
            Qt.Key.Key_Return: self.change,
            Qt.Key.Key_Enter: self.change,
            Qt.Key.Key_Insert: self.add,
            Qt.Key.Key_Delete: self.remove,
        }
        self.list.itemDoubleClicked.connect(lambda _item: self.change())
        self._change = button(tr("Change…"), self.change, "small")
        self._remove = button(tr("Remove"), self.remove, "small")
        self.list.currentRowChanged.connect(lambda _row: self._possible())
        self.setLayout(
            column(self.list, row(button(add, self.add, "small"), self._change, self._remove, None))
        )
        self.first = self.list
        self.fill()

    def setAccessibleName(self, name: str) -> None:
        """The list itself is what a screen reader meets."""
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)

    def fill(self, at: int = 0) -> None:
        """Show the values."""
        self.list.clear()
        for value in self.values:
            self.list.addItem(self._say(value))
        if self.values:
            self.list.setCurrentRow(min(at, len(self.values) - 1))
        self._possible()

    def add(self) -> None:
        """Ask for one more."""
        value = self._ask(self, None)
        if value is not None:
            self.values.append(value)
            self.fill(len(self.values) - 1)

    def change(self) -> None:
        """Ask again for the chosen one."""
        at = self.list.currentRow()
        if 0 <= at < len(self.values):
            value = self._ask(self, self.values[at])
            if value is not None:
                self.values[at] = value
                self.fill(at)

    def remove(self) -> None:
        """Take the chosen one out; the form's Cancel brings it back."""
        at = self.list.currentRow()
        if 0 <= at < len(self.values):
            del self.values[at]
            self.fill(at)
            self.list.setFocus()

    def _possible(self) -> None:
        """Change and Remove need one that is chosen."""
        chosen = self.list.currentRow() >= 0
        self._change.setEnabled(chosen)
        self._remove.setEnabled(chosen)
