# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding a person: a first name is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.person import INTRODUCED_BY
from lac_desktop.errors import LacError
from lac_desktop.services import people
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.person import Person
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class AddPerson(Dialog["Person"]):
    """A name, and if it is known, how to reach them and how they came."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Add a person"), tr("Add"))
        self._session = session
        self.form = Form(desk.theme, above=True)
        self.name, self.phone = text_field(), text_field()
        self.by = choice([("", tr("Not said")), *((k, tr(v)) for k, v in INTRODUCED_BY.items())])
        self._usual = tr("Enough to begin with. Everything else comes later, or never.")
        self.form.add("name", tr("First name"), self.name, self._usual)
        self.form.add("reach", tr("How to reach them"), self.phone,
                      tr("A phone number, or who passes word on. May stay empty."))  # fmt: skip
        self.form.add("introduced_by", tr("Introduced by"), self.by)
        self.same = ""
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.name.textChanged.connect(self._like)
        self.fit(420)
        self.name.setFocus()

    def answer(self) -> Person | None:
        """The person as kept, or None with a sentence under the field."""
        from lac_desktop.domain.person import Reach

        known: dict[str, object] = {}
        if text := self.phone.text().strip():
            kind = "phone" if sum(map(str.isdigit, text)) >= 5 else "other"
            known["reach"] = (Reach(kind, text),)
        if by := str(self.by.currentData()):
            known["introduced_by"] = by
        try:
            return people.add(self._session.notebook, self.name.text().strip(), **known)
        except LacError as error:
            self.form.show_problems({"name": error.message})
            return None

    def _like(self, text: str) -> None:
        """Say where somebody is called so already; both may be there."""
        typed = text.strip()
        found = people.find(self._session.notebook, typed, 3) if len(typed) > 1 else []
        same = [one.name for one in found if one.name.casefold() == typed.casefold()]
        hint = self._usual
        if same:
            hint = tr("Somebody here is called {name} already. Both may stay.", name=same[0])
        if hint != self.same:
            self.form.fields["name"].say(hint)
            if same:
                announce(self.name, hint)
            self.same = hint


def ask_to_add(
    parent: QWidget, session: Session, desk: Desk, then: Callable[[str], object] | None = None
) -> None:
    """Ask for a name, keep the person and show their page, or do something else with their id."""
    made = ask(parent, AddPerson(parent, session, desk))
    if made is None:
        return
    session.told_of_people()
    desk.messages.done(tr("Added."), tr("Undo"), session.undo_people)
    if then is None:
        session.open_person(made.id, "about")
    else:
        then(made.id)
