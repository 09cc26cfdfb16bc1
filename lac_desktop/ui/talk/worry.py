# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing down a worry after ringing: saved as typed, in any order, sorted to a person later.

It lies among the quick notes and never stands in the way of the numbers above it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lac_desktop.domain.conversation import QuickNote
from lac_desktop.domain.wording import day_and_time
from lac_desktop.errors import LacError
from lac_desktop.services import conversations, notes
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.talk.saving import Saver
from lac_desktop.ui.widgets import button, column, label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class WorryNote(QWidget):
    """One field for what was seen or heard.

    ``passed`` is the button for whom it was passed on to; whoever shows this finds its place.
    """

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self.note = notes.new(session.notebook)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(tr("What you saw or heard, and who you told"))
        self.field.setPlaceholderText(tr("What you saw or heard, and who you told"))
        self.field.setFixedHeight(desk.theme.scaled(72))
        self._said = label(tr("Saved as you type, among the quick notes to sort."), "caption",
                           wrap=True)  # fmt: skip
        self.passed = button(tr("I have passed it on…"), self.pass_on, "urgent")
        self.setLayout(column(self.field, self._said, gap=6))
        self.saver: Saver[QuickNote] = Saver(
            desk.jobs, self.current, lambda note: notes.typed(session.notebook, note),
            within_ms=int(conversations.SAVE_WITHIN * 1000),
        )  # fmt: skip
        self.field.textChanged.connect(self.saver.touch)
        self.saver.failed.connect(self._not_saved)

    def current(self) -> QuickNote:
        """The note as it stands; it says what it is, so that it is known among the others."""
        typed = self.field.toPlainText().strip()
        return replace(self.note, text=tr("A worry: {typed}", typed=typed) if typed else "")

    def pass_on(self) -> None:
        """Add to the note who was told, when, and what they said."""
        said = ask(self, PassedOn(self, self._desk, self._session.notebook.clock()))
        if said and not self._session.closed:
            typed = self.field.toPlainText().rstrip()
            self.field.setPlainText(f"{typed}\n{said}".strip())
            self.field.setFocus()

    def keep(self) -> bool:
        """Save what was typed, before the dialog goes; False where that failed."""
        if self._session.closed:
            return True
        written = bool(self.field.toPlainText().strip())
        try:
            if written:
                self.saver.save_here()
        except LacError as error:
            self._not_saved(error)
            return False
        self.saver.stop()
        if written:
            self._session.told_of_people()
            self._desk.messages.done(tr("Kept among the quick notes to sort."))
        return True

    def _not_saved(self, error: LacError) -> None:
        """Say why; the text stays in the field."""
        self._said.setText(f"{error.message} {error.hint}".strip())


class PassedOn(Dialog[str]):
    """Who was told, when, and what they said they would do; ``value`` is a sentence or two."""

    def __init__(self, parent: QWidget, desk: Desk, now: datetime) -> None:
        super().__init__(parent, desk.theme, tr("I have passed it on"), tr("Write it down"))
        self.form = Form(desk.theme, above=True)
        self.whom, self.when = text_field(), text_field(day_and_time(now, tr))
        self.said = text_field()
        self.form.add("whom", tr("Who did you tell?"), self.whom)
        self.form.add("when", tr("When?"), self.when)
        self.form.add("said", tr("What did they say they would do?"), self.said)
        self.body.addWidget(self.form)
        self.fit(460)

    def answer(self) -> str | None:
        """What was typed as sentences; whom is the one thing that is needed."""
        whom, when, said = (one.text().strip() for one in (self.whom, self.when, self.said))
        if not whom:
            self.form.show_problems({"whom": tr("Type who you told, or press Cancel.")})
            return None
        told = tr("Passed on to {whom}, {when}.", whom=whom, when=when or tr("time not noted"))
        return f"{told} {tr('They said: {said}', said=said)}" if said else told
