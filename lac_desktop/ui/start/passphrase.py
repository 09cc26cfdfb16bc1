# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing a passphrase, with a suggestion and a sentence on how strong it is; changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop import paths
from lac_desktop.domain.passphrase import Strength, judge, suggest
from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form
from lac_desktop.ui.start.secret_field import SecretField
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook


class NewPassphrase(QWidget):
    """Two fields and a suggestion; ``chosen`` gives the passphrase once both agree."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.typed = SecretField(desk, tr("Passphrase"))
        self.again = SecretField(desk, tr("The same again"))
        self.form = Form(desk.theme, above=True)
        self._one = self.form.add("passphrase", tr("Passphrase"), self.typed)
        self.form.add("again", tr("The same again"), self.again)
        self.typed.edit.setAccessibleName(tr("Passphrase"))
        self.again.edit.setAccessibleName(tr("The same again"))
        self.suggest = button(tr("Suggest a passphrase"), self._suggest)
        self.setLayout(column(self.form, row(self.suggest, None), gap=10))
        self.typed.changed.connect(self._judge)
        self._judge("")
        self.first = self.typed.edit

    def chosen(self) -> str | None:
        """The passphrase, or None with what is wrong shown under its field."""
        text = self.typed.text
        problems: dict[str, str] = {}
        if judge(text).strength == Strength.TOO_SHORT:
            problems["passphrase"] = judge(text).sentence
        elif text != self.again.text:
            problems["again"] = tr("The two are not the same. Choose Show to compare them.")
        return text if self.form.show_problems(problems) else None

    def _judge(self, text: str) -> None:
        """Say how strong it is, as it is typed."""
        usual = tr("Some words that do not belong together are easy to remember and hard to guess.")
        self._one.say(tr(judge(text).sentence) if text else usual)
        self.typed.edit.setAccessibleDescription(self._one.hint.text())

    def _suggest(self) -> None:
        """Put a suggestion into both fields, readable, to be written down."""
        words = (paths.resources() / "passphrase" / "words.txt").read_text("utf-8").split()
        text = suggest(words)
        for field in (self.typed, self.again):
            field.eye.setChecked(True)
            field.edit.setText(text)


class ChangePassphrase(Dialog[tuple[str, str]]):
    """The old passphrase, and the new one twice."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Change the passphrase"), tr("Change passphrase"))
        self.old = SecretField(desk, tr("Passphrase or recovery code now"))
        self._form = Form(desk.theme, above=True)
        self._form.add("old", tr("Passphrase or recovery code now"), self.old)
        self.new = NewPassphrase(desk)
        self.body.addWidget(self._form)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        self.fit(480)
        self.old.edit.setFocus()

    def answer(self) -> tuple[str, str] | None:
        """Old and new passphrase."""
        missing = {} if self.old.text else {"old": tr("Type the one you use now.")}
        if not self._form.show_problems(missing):
            return None
        new = self.new.chosen()
        return (self.old.text, new) if new else None


def ask_to_change(parent: QWidget, desk: Desk, notebook: Notebook) -> None:
    """Change the passphrase of the open notebook."""
    pair = ask(parent, ChangePassphrase(parent, desk))
    if pair is None:
        return
    old, new = pair

    def work(_progress: Progress) -> None:
        from lac_desktop.services import notebook as notebooks

        notebooks.change_passphrase(notebook, old, new)

    def failed(error: LacError) -> None:
        desk.messages.problem(error)

    def done(_result: object) -> None:
        desk.messages.done(tr("The passphrase is changed. The recovery code stays as it was."))

    desk.jobs.run(work, done, failed, title=tr("Changing the passphrase"))
