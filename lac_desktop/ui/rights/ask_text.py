# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dialogs that ask for one reason, and for what a person asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.rights import ASKED_FOR
from lac_desktop.domain.wording import long_date
from lac_desktop.ui.asset.dates import read_day
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, long_field, text_field
from lac_desktop.ui.widgets import label
from lac_desktop.ui.words import tr


class ReasonDialog(Dialog[str]):
    """A sentence, and a field that must not stay empty."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, sentence: str, question: str, action: str
    ) -> None:
        super().__init__(parent, desk.theme, title, action)
        self.body.addWidget(label(sentence, wrap=True))
        self.form = Form(desk.theme, above=True)
        self.text = long_field("", desk.theme, 3)
        self.form.add("reason", question, self.text)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(460)
        self.text.setFocus()

    def answer(self) -> str | None:
        """The reason."""
        typed = self.text.toPlainText().strip()
        missing = {} if typed else {"reason": tr("Write a few words, so that it can be looked up.")}
        return typed if self.form.show_problems(missing) else None


def ask_for_reason(
    parent: QWidget, desk: Desk, title: str, sentence: str, question: str, action: str
) -> str | None:
    """Ask for a reason; None where it was cancelled."""
    return ask(parent, ReasonDialog(parent, desk, title, sentence, question, action))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for, when it came in and how."""

    kind: str
    received: date
    how: str


class RequestDialog(Dialog[Asked]):
    """Which right, when it came in, how."""

    def __init__(self, parent: QWidget, desk: Desk, today: date) -> None:
        super().__init__(parent, desk.theme, tr("Record a request"), tr("Start the clock"))
        self._today = today
        self.form = Form(desk.theme, above=True)
        self.kind = choice([(key, tr(words)) for key, words in ASKED_FOR.items()])
        self.day = text_field(long_date(today))
        self.how = text_field("")
        self.form.add("kind", tr("What they asked for"), self.kind)
        self.form.add(
            "received",
            tr("When it came in"),
            self.day,
            tr("The clock starts on this day: one month, then the next working day."),
        )
        self.form.add("how", tr("How it came in"), self.how, tr("Such as spoken, or by letter."))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(460)

    def answer(self) -> Asked | None:
        """The request, or None with a sentence under the field."""
        day = read_day(self.day.text().strip(), self._today)
        problem = ""
        if day is None:
            problem = tr("This date is not in the calendar. Type it like 5 March 2026.")
        elif day > self._today:
            problem = tr("This day is still to come.")
        if not self.form.show_problems({"received": problem} if problem else {}):
            return None
        return Asked(str(self.kind.currentData()), day or self._today, self.how.text().strip())
