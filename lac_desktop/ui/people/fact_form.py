# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dialog that adds or changes one group of facts about a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QWidget

from lac_desktop.domain.person import Person
from lac_desktop.domain.person_check import problems_of
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import people
from lac_desktop.ui.dialogs import Dialog, ask, confirm
from lac_desktop.ui.forms import Form, focus_of
from lac_desktop.ui.people.fact_fields import Input, UnreadableError, make_input
from lac_desktop.ui.people.facts import Group
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class FactForm(Dialog[Person]):
    """Some fields; they are saved as the dialog is accepted, so that no typing is lost on a fault.

    Where the notebook locks while it is open, what makes sense is saved.
    """

    def __init__(
        self, parent: QWidget, session: Session, desk: Desk, person: Person, group: Group
    ) -> None:
        super().__init__(parent, desk.theme, tr(group.text), tr("Keep"))
        self._session, self._person, self._group = session, person, group
        self._asked = False
        self.said: QLabel = label("", "", "note", wrap=True)
        self.said.hide()
        self.form = Form(desk.theme, above=True)
        self.inputs: dict[str, Input] = {}
        for fact in group.facts:
            made = make_input(session, person, fact)
            self.inputs[fact.name] = made
            self.form.add(fact.name, tr(fact.text), made.widget, tr(fact.hint) if fact.hint else "")
        self.body.addWidget(self.said)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(480)
        focus_of(next(iter(self.inputs.values())).widget).setFocus()

    def current(self) -> tuple[Person, dict[str, str]]:
        """The person as the form stands, and sentences on what cannot be read."""
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, one in self.inputs.items():
            try:
                values |= one.read()
            except UnreadableError as error:
                problems[name] = str(error)
        return replace(self._person, **values), problems

    def answer(self) -> Person | None:
        """The person as kept, or None with sentences under the fields."""
        person, problems = self.current()
        for one in problems_of(person, self._session.notebook.clock().date()):
            field = "home" if one.field == "home_postcode" else one.field
            if one.must and field in self.inputs:
                problems.setdefault(field, tr(one.message))
        if not self.form.show_problems(problems):
            return None
        try:
            return people.save(self._session.notebook, person, self._person)
        except StaleError as error:
            if isinstance(error.stored, Person):
                self._person = error.stored  # another Keep decides for what stands here
            self._tell(tr("{what} Keep again to take what stands here.", what=error.message))
        except LacError as error:
            self._tell(f"{error.message} {error.hint}".strip())
        return None

    def reject(self) -> None:
        """Ask before what was typed is dropped."""
        person, problems = self.current()
        dropping = person != self._person or bool(problems)
        if dropping and not confirm(
            self, self.theme, tr("Drop what you typed?"),
            tr("What you changed here is not kept yet."), tr("Drop it"),
        ):  # fmt: skip
            return
        self._asked = True
        super().reject()

    def done(self, result: int) -> None:
        """Closed from outside, because the notebook locks: keep what makes sense."""
        if not result and not self._asked and self.value is None:
            person, problems = self.current()
            if person != self._person and not problems:
                self.answer()
        super().done(result)

    def _tell(self, sentence: str) -> None:
        """Say something above the fields."""
        self.said.setText(sentence)
        self.said.show()
        announce(self, sentence, now=True)


def ask_for_facts(
    parent: QWidget, session: Session, desk: Desk, person: Person, group: Group
) -> None:
    """Show the dialog; what it kept shows everywhere, and Undo is offered."""
    kept = ask(parent, FactForm(parent, session, desk, person, group))
    if kept is not None and kept != person:
        session.told_of_people()
        desk.messages.done(tr("Kept."), tr("Undo"), session.undo_people)
