# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing a person by typing the beginning of a name, or starting with somebody new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.services import people
from lac_desktop.services.people import PersonRow
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.choose import ChooseByTyping
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


class ChoosePerson(ChooseByTyping[Chosen]):
    """The people whose names begin so; typing finds those who moved away or died too, last."""

    def __init__(self, parent: QWidget | None, session: Session, title: str, action: str) -> None:
        theme = session.desk.theme
        super().__init__(parent, theme, title, action, none_yet=tr("Type a name first"))
        self._notebook = session.notebook
        everybody = people.all_people(session.notebook)
        self._alongside = [one for one in everybody if not one.standing.ends_reminders]
        self.name.setPlaceholderText(tr("The beginning of a name"))
        self.name.setAccessibleName(tr("Name"))
        self.list.setAccessibleName(tr("People"))
        self._said = label("", "caption")
        self.body.addWidget(self._said)
        self.look("")
        self.fit(460, 380)

    def look(self, typed: str) -> None:
        """Show who fits what was typed, and the way to begin with somebody new."""
        words = typed.strip()
        rows = people.find(self._notebook, words, _SHOWN) if words else self._alongside[:_SHOWN]
        rows.sort(key=lambda one: one.standing.ends_reminders)
        self.list.clear()
        for one in rows:
            self.offer(_described(one), Chosen(id=one.id))
        if words and not any(one.name.casefold() == words.casefold() for one in rows):
            self.offer(tr("Begin with {name}", name=words), Chosen(new_name=words))
        self.list.setCurrentRow(0)
        self._said.setText(count("{n} person", "{n} people", len(rows)))
        if words:
            current = self.list.currentItem()
            announce(self, current.text() if current else tr("Nobody"))


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
