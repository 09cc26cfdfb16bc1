# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking about something tried: what, what happened, what next; and thinking ahead, if wished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lac_desktop.services.tried import Tried
from lac_desktop.ui.dialogs import Dialog, extra_button
from lac_desktop.ui.forms import Form, long_field, text_field
from lac_desktop.ui.strengths.day_field import DayField
from lac_desktop.ui.widgets import button, label
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session

#: The thinking beforehand: field -> words.
AHEAD = {
    "matters": "What matters to them about it?",
    "could_go_well": "What could go well?",
    "could_go_wrong": "What could go wrong, and what would we do then?",
    "agreed": "What did we agree?",
    "decided": "Who decided?",
}


class TriedDialog(Dialog[Tried]):
    """One thing that was tried, or that is about to be."""

    def __init__(
        self, parent: QWidget, session: Session, tried: Tried,
        *, remove: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        theme, new = session.desk.theme, not tried.what
        title = tr("Write down what we tried") if new else tr("Change what we tried")
        super().__init__(parent, theme, title, tr("Keep"))
        self._tried = tried
        self.what = text_field(tried.what)
        self.on = DayField(tried.on, session.notebook.clock().date())
        self.happened = long_field(tried.happened, theme)
        self.next = long_field(tried.next, theme, 2)
        self.form = Form(theme, above=True)
        self.form.add("what", tr("What did we try?"), self.what)
        self.form.add("on", tr("When?"), self.on)
        self.form.add(
            "happened", tr("What happened?"), self.happened,
            tr("Whatever happened, something was learned."),
        )  # fmt: skip
        self.form.add("next", tr("What next?"), self.next)
        self.ahead: dict[str, QPlainTextEdit] = {}
        self.thinking = self._make_ahead(tried)
        self.show_ahead = button(tr("Think it through beforehand"), self._open_ahead, "link")
        self.body.addWidget(self.form)
        self.body.addWidget(self.show_ahead)
        self.body.addWidget(self.thinking)
        self.body.addStretch(1)
        self.thinking.setVisible(tried.thought_about)
        self.show_ahead.setVisible(not tried.thought_about)
        if remove is not None:
            extra_button(self, tr("Take it out"), lambda: (self.reject(), remove()))
        self.fit(560, 560)
        self.what.setFocus()

    def answer(self) -> Tried | None:
        """The entry as it stands in the form."""
        wrong = {
            "what": "" if self.what.text().strip() else tr("Say what was tried."),
            "on": self.on.problem(),
        }
        day = self.on.day()
        sound = self.form.show_problems({key: text for key, text in wrong.items() if text})
        if not sound or day is None:
            return None
        words = {name: field.toPlainText().strip() for name, field in self.ahead.items()}
        return replace(
            self._tried,
            what=self.what.text().strip(),
            on=day,
            happened=self.happened.toPlainText().strip(),
            next=self.next.toPlainText().strip(),
            **words,
        )

    def _make_ahead(self, tried: Tried) -> Form:
        """The questions to think it through with."""
        form = Form(self.theme, above=True)
        form.heading(tr("Before we try"))
        form.wide(label(tr("Trying things, and risking that they go otherwise, is how all of us "
                           "grow. This is to think with, not to stop anybody."),
                        "caption", wrap=True))  # fmt: skip
        for name, words in AHEAD.items():
            self.ahead[name] = long_field(getattr(tried, name), self.theme, 2)
            form.add(name, tr(words), self.ahead[name])
        return form

    def _open_ahead(self) -> None:
        """Show the questions and begin with the first."""
        self.thinking.show()
        self.show_ahead.hide()
        self.ahead["matters"].setFocus()
