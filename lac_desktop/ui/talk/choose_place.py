# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a short contact was: an asset of the map by the beginning of its name, or any word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from lac_desktop.services import find
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class ChoosePlace(Dialog[str]):
    """``value`` is the id of an asset, or the word as typed."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session.desk.theme, tr("Where did you meet?"), tr("Choose"))
        self._notebook = session.notebook
        self.name = text_field("", tr("A place, or any word"))
        self.name.setAccessibleName(tr("Where did you meet?"))
        self.name.installEventFilter(self)
        self.name.textEdited.connect(self.look)
        self.list = QListWidget()
        self.list.setProperty("edged", True)
        self.list.setAccessibleName(tr("Places"))
        self.list.itemActivated.connect(lambda _item: self.finish())
        self.body.addWidget(self.name)
        self.body.addWidget(self.list, 1)
        self.fit(460, 320)
        self.name.setFocus()

    def look(self, typed: str) -> None:
        """Offer the word as typed, then places of the map."""
        words = typed.strip()
        self.list.clear()
        if not words:
            return
        offers = find.complete(self._notebook, words) if len(words) > 1 else []
        found = [one for one in offers if one.asset_id]
        exact = [one for one in found if one.text.casefold() == words.casefold()]
        for one in exact or found:
            self._item(f"{one.text}, {one.detail}" if one.detail else one.text, one.asset_id)
        if not exact:
            self._item(tr("“{words}”, not on the map", words=words), words)
            self.list.insertItem(0, self.list.takeItem(self.list.count() - 1))
        self.list.setCurrentRow(0)

    def answer(self) -> str | None:
        """The place that is marked."""
        item = self.list.currentItem()
        if item is None:
            announce(self, tr("Type where it was"), now=True)
            self.name.setFocus()
            return None
        return str(item.data(Qt.ItemDataRole.UserRole))

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

    def _item(self, words: str, value: str) -> None:
        item = QListWidgetItem(words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, value)


def choose_place(parent: QWidget, session: Session) -> str | None:
    """Ask where it was; None where it was cancelled."""
    return ask(parent, ChoosePlace(parent, session))
