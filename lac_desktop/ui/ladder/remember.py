# SPDX-License-Identifier: AGPL-3.0-or-later
"""What came of a suggestion: a line or two, success and failure alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from lac_desktop.domain.introduction import Thought
from lac_desktop.domain.ladder import Suggestion
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form
from lac_desktop.ui.talk.days import read_soon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Came:
    """What was said of it."""

    why: str = ""
    happened: str = ""
    next: str = ""
    until: date | None = None


def ask_what_came(
    parent: QWidget, desk: Desk, one: Suggestion, thought: Thought, today: date
) -> Came | None:
    """Ask what is worth keeping; every line may stay empty. None where it was cancelled."""
    if thought is Thought.THOUGHT_ABOUT:
        return Came()
    return ask(parent, CameDialog(parent, desk, one, thought, today))


class CameDialog(Dialog[Came]):
    """One or two lines, by what became of it."""

    def __init__(
        self, parent: QWidget, desk: Desk, one: Suggestion, thought: Thought, today: date
    ) -> None:
        titles = {
            Thought.TRIED: tr("We tried it"),
            Thought.LATER: tr("Later"),
            Thought.NOT_FOR_ME: tr("Not for me"),
        }
        super().__init__(parent, desk.theme, titles[thought], tr("Remember"))
        self._thought, self._today = thought, today
        self.form = Form(desk.theme, above=True)
        self.why, self.happened, self.next = QLineEdit(), QLineEdit(), QLineEdit()
        self.until = QLineEdit()
        self.until.setPlaceholderText(tr("In 4 weeks, or a date like 5 March 2026"))
        if thought is Thought.TRIED:
            self.form.add("happened", tr("What happened?"), self.happened)
            self.form.add("next", tr("What next?"), self.next)
        else:
            self.form.add("why", tr("In their words: why?"), self.why)
        if thought is Thought.LATER:
            self.form.add("until", tr("Bring it back on"), self.until)
        self.setAccessibleDescription(one.title)
        self.body.addWidget(self.form)
        self.fit(460)

    def answer(self) -> Came | None:
        """What was typed; a day that cannot be read is told."""
        until: date | None = None
        if self._thought is Thought.LATER and self.until.text().strip():
            until = read_soon(self.until.text(), self._today)
            if until is None:
                sentence = tr("This date is not in the calendar. Type it like 5 March 2026.")
                self.form.show_problems({"until": sentence})
                return None
        return Came(
            self.why.text().strip(),
            self.happened.text().strip(),
            self.next.text().strip(),
            until,
        )
