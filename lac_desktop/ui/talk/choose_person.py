# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing a person by typing the beginning of a name, or starting with somebody new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from lac_desktop.services import people
from lac_desktop.services.people import PersonRow
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person who is there (``id``), or the name of somebody new."""

    id: str = ""
    new_name: str = ""


class ChoosePerson(Dialog[Chosen]):
    """A field and the people whose names begin so; Enter takes the one that is marked."""

    def __init__(self, parent: QWidget | None, session: Session, title: str, action: str) -> None:
        super().__init__(parent, session.desk.theme, title, action)
        self._notebook = session.notebook
        self._everybody = people.all_people(session.notebook)
        self.name = text_field("", tr("The beginning of a name"))
        self.name.setAccessibleName(tr("Name"))
        self.name.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("edged", True)
        self.list.setAccessibleName(tr("People"))
        self.list.itemActivated.connect(lambda _item: self.finish())
        self._said = label("", "caption")
        self.body.addWidget(self.name)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._said)
        self.name.textEdited.connect(self.look)
        self.look("")
        self.fit(460, 380)
        self.name.setFocus()

    def look(self, typed: str) -> None:
        """Show who fits what was typed, and the way to begin with somebody new."""
        words = typed.strip()
        rows = people.find(self._notebook, words, _SHOWN) if words else self._everybody[:_SHOWN]
        self.list.clear()
        for one in rows:
            self._item(_described(one), Chosen(id=one.id))
        if words and not any(one.name.casefold() == words.casefold() for one in rows):
            self._item(tr("Begin with {name}", name=words), Chosen(new_name=words))
        self.list.setCurrentRow(0)
        self._said.setText(count("{n} person", "{n} people", len(rows)))
        if words:
            current = self.list.currentItem()
            announce(self, current.text() if current else tr("Nobody"))

    def answer(self) -> Chosen | None:
        """The one that is marked."""
        item = self.list.currentItem()
        if item is None:
            announce(self, tr("Type a name first"), now=True)
            self.name.setFocus()
            return None
        return item.data(Qt.ItemDataRole.UserRole)

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

    def _item(self, words: str, chosen: Chosen) -> None:
        item = QListWidgetItem(words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, chosen)


def _described(one: PersonRow) -> str:
    """A name, and where the walk stands where that is not simply alongside."""
    plain = one.standing.value == "walking alongside"
    return one.name if plain else tr("{name}, {standing}", name=one.name, standing=one.standing)


def choose_person(
    parent: QWidget | None, session: Session, title: str, action: str
) -> Chosen | None:
    """Ask for a person; None where it was cancelled."""
    return ask(parent, ChoosePerson(parent, session, title, action))


def person_of(session: Session, chosen: Chosen) -> str:
    """The id of who was chosen; somebody new is added first. Call it on a worker thread."""
    if chosen.id:
        return chosen.id
    return people.add(session.notebook, chosen.new_name).id
