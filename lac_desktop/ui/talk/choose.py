# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing from a list that follows what is typed; Up and Down move through it from the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce

if TYPE_CHECKING:
    from lac_desktop.ui.theme import Theme

T = TypeVar("T")


class ChooseByTyping(Dialog[T]):
    """A field and a list; Enter takes the line that is marked. Subclasses fill the list in look."""

    def __init__(
        self, parent: QWidget | None, theme: Theme, title: str, action: str, none_yet: str
    ) -> None:
        super().__init__(parent, theme, title, action)
        self._none_yet = none_yet
        self.name = text_field()
        self.name.installEventFilter(self)
        self.name.textEdited.connect(self.look)
        self.list = QListWidget()
        self.list.setProperty("edged", True)
        self.list.itemActivated.connect(lambda _item: self.finish())
        self.body.addWidget(self.name)
        self.body.addWidget(self.list, 1)
        self.name.setFocus()

    def look(self, typed: str) -> None:
        """Show what fits what was typed."""
        raise NotImplementedError

    def offer(self, words: str, value: T) -> None:
        """Add a line."""
        item = QListWidgetItem(words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, value)

    def answer(self) -> T | None:
        """What the marked line stands for; where there is none, say what to do."""
        item = self.list.currentItem()
        if item is None:
            announce(self, self._none_yet, now=True)
            self.name.setFocus()
            return None
        value: Any = item.data(Qt.ItemDataRole.UserRole)
        return value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                row = (self.list.currentRow() + step) % self.list.count()
                self.list.setCurrentRow(row)
                announce(self, self.list.item(row).text())
                return True
        return super().eventFilter(watched, event)
