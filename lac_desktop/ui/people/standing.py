# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changing where the walk stands, with a day and kind words; nothing is ever closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.person import Person, Standing, StandingChange
from lac_desktop.errors import LacError
from lac_desktop.services import people
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, long_field, text_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_TITLES = {
    Standing.ALONGSIDE: "Walking alongside",
    Standing.STEPPED_BACK: "Stepped back",
    Standing.BACK: "Back in touch",
    Standing.MOVED: "Moved away",
    Standing.DIED: "Died",
}
_WORDS = {
    Standing.ALONGSIDE: "You walk alongside {name} from this day on.",
    Standing.STEPPED_BACK: "{name} can come back at any time, without asking anybody. Everything "
    "stays here as it is.",
    Standing.BACK: "Good to be back in touch with {name}. Everything is here as it was.",
    Standing.MOVED: "From now on nothing about {name} comes up as a reminder. Everything stays "
    "here until your council’s period for keeping it ends.",
    Standing.DIED: "This is hard news. From now on nothing about {name} comes up as a reminder, "
    "and nobody is asked to ring. What you wrote stays here, for you to come back to. You may "
    "want to tell the people {name} was close to, and to talk to somebody yourself.",
}
_NOTES = {
    Standing.STEPPED_BACK: "What went well, in their words",
    Standing.BACK: "What brought them back",
    Standing.MOVED: "Where to, and who they know there",
}


class StandingDialog(Dialog[StandingChange]):
    """A day, and a note that may stay empty."""

    def __init__(
        self, parent: QWidget, session: Session, desk: Desk, person: Person, to: Standing
    ) -> None:
        super().__init__(parent, desk.theme, tr(_TITLES[to]), tr("Keep"))
        self._session, self._person, self._to = session, person, to
        self._today = session.notebook.clock().date()
        words = label(tr(_WORDS[to], name=person.name), wrap=True)
        self.setAccessibleDescription(words.text())
        self.form = Form(desk.theme, above=True)
        self.day = text_field(day_words(self._today))
        self.note = long_field("", desk.theme, 2)
        self.form.add("on", tr("Since"), self.day, tr("Such as 5 March 2026, or today."))
        self.form.add("note", tr(_NOTES.get(to, "A note")), self.note, tr("May stay empty."))
        self.body.addWidget(words)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(460)
        self.day.setFocus()
        self.day.selectAll()

    def answer(self) -> StandingChange | None:
        """The change as kept, or None with a sentence under the day."""
        day = read_day(self.day.text(), self._today)
        if day is None:
            said = tr("This date is not in the calendar. Type it like 5 March 2026.")
            self.form.show_problems({"on": said})
            return None
        note = self.note.toPlainText().strip()
        try:
            return people.change_standing(
                self._session.notebook, self._person.id, self._to, day, note
            )
        except LacError as error:
            self.form.show_problems({"on": error.message})
            return None


def ask_for_standing(
    parent: QWidget, session: Session, desk: Desk, person: Person, to: Standing
) -> None:
    """Ask for the day and keep the change; Undo is offered."""
    if ask(parent, StandingDialog(parent, session, desk, person, to)) is not None:
        session.told_of_people()
        desk.messages.done(tr("Kept."), tr("Undo"), session.undo_people)
