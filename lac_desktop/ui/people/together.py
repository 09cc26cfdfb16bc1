# SPDX-License-Identifier: AGPL-3.0-or-later
"""Couples and families: noting who is walked with together, and what they are to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from lac_desktop.domain.person import Person
from lac_desktop.services import people
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class TogetherDialog(Dialog[tuple[str, str, str]]):
    """Who, and a word for each way; ``value`` is id, what they are to the person, the way back."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk, person: Person) -> None:
        super().__init__(parent, desk.theme, tr("Walked with together"), tr("Keep"))
        self.form = Form(desk.theme, above=True)
        self.who = person_choice(session, {person.id})
        self.tie, self.back = text_field(), text_field()
        self.form.add("who", tr("With whom"), self.who, tr("Somebody who is in this notebook."))
        self.form.add("tie", tr("What they are to {name}", name=person.name[:40]), self.tie,
                      tr("Such as sister, husband, neighbour."))  # fmt: skip
        self.form.add("back", tr("What {name} is to them", name=person.name[:40]), self.back)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(420)
        self.who.setFocus()

    def answer(self) -> tuple[str, str, str] | None:
        """The tie, or None with a sentence."""
        who = chosen_person(self.who)
        if not self.form.show_problems({} if who else {"who": tr("Choose somebody.")}):
            return None
        return who, self.tie.text().strip(), self.back.text().strip()


def person_choice(session: Session, without: set[str]) -> QComboBox:
    """Everybody in the notebook by name; typing finds one by any part of the name."""
    made = QComboBox()
    made.addItem("", "")
    for one in people.all_people(session.notebook):
        if one.id not in without:
            made.addItem(one.name, one.id)
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    edit, completer = made.lineEdit(), made.completer()
    if edit is not None and completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        edit.setAccessibleName(tr("With whom"))
    made.setMinimumContentsLength(14)
    return made


def chosen_person(made: QComboBox) -> str:
    """The id of whom was chosen or typed, or ""."""
    typed = made.currentText().strip().casefold()
    if typed == made.itemText(made.currentIndex()).casefold():
        return str(made.currentData() or "")
    rows = [n for n in range(made.count()) if made.itemText(n).casefold() == typed and typed]
    return str(made.itemData(rows[0])) if rows else ""


def ask_to_walk_together(parent: QWidget, session: Session, desk: Desk, person: Person) -> None:
    """Ask with whom and keep it, both ways, as one step."""
    chosen = ask(parent, TogetherDialog(parent, session, desk, person))
    if chosen is not None:
        other, tie, back = chosen
        notebook, one = session.notebook, person.id
        session.act_people(
            lambda _p: people.walk_together(notebook, one, other, tie, back), tr("Kept.")
        )


def walk_apart(session: Session, one: str, other: str) -> None:
    """Not together any more."""
    session.act_people(lambda _p: people.walk_apart(session.notebook, one, other), tr("Kept."))
