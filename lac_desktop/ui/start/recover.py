# SPDX-License-Identifier: AGPL-3.0-or-later
"""After the recovery code was used: a new passphrase, then a new code, then the notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.errors import LacError
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import focus_of
from lac_desktop.ui.start.passphrase import NewPassphrase
from lac_desktop.ui.start.recovery_code import RecoveryCode
from lac_desktop.ui.start.screen import StartScreen
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

#: Signs of a recovery code: digits, and letters without those that look like others.
_CODE_SIGNS = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZOIL")
_CODE_LENGTH = 32


def looks_like_code(secret: str) -> bool:
    """Whether what was typed has the form of a recovery code."""
    signs = secret.upper().replace("-", "").replace(" ", "").strip()
    return len(signs) == _CODE_LENGTH and set(signs) <= _CODE_SIGNS


class RecoverScreen(StartScreen):
    """The notebook is unlocked but not shown before both steps are done."""

    def __init__(self, desk: Desk, notebook: Notebook, code: str, numbers: UrgentNumbers) -> None:
        super().__init__(desk, numbers, tr("Recover"))
        self._notebook: Notebook | None = notebook
        self._code = code
        self.folder: Path = notebook.folder
        self.choice = NewPassphrase(desk)
        self.code: RecoveryCode | None = None
        self._begin(tr("Set a new passphrase"), tr(
            "You used your recovery code. Choose a new passphrase; then you get a new code, "
            "because the used one opens the notebook no more."
        ))  # fmt: skip
        self.column.addWidget(self.choice)
        self.next = button(tr("Keep this passphrase"), self.keep, "primary")
        self._end(self.choice)

    def keep(self) -> None:
        """Keep the new passphrase and make the new code, on a worker thread."""
        chosen, notebook, code = self.choice.chosen(), self._notebook, self._code
        if chosen is None or notebook is None:
            return
        self.setEnabled(False)

        def work(_progress: Progress) -> str:
            from lac_desktop.services import notebook as notebooks

            notebooks.change_passphrase(notebook, code, chosen)
            return notebooks.new_recovery_code(notebook)

        self.desk.jobs.run(work, self._kept, self._failed, title=tr("Changing the passphrase"))

    def leaving(self) -> None:
        """The screen goes: a notebook that was never shown is locked again."""
        notebook, self._notebook = self._notebook, None
        if notebook is not None:
            from lac_desktop.services import notebook as notebooks

            notebooks.lock(notebook)

    def _kept(self, code: str) -> None:
        """Show the new code, to be kept and typed back."""
        self.setEnabled(True)
        self._code = ""
        self._begin(tr("Your new recovery code"), tr(
            "The old one opens nothing any more. This one is shown once: print it, save it to a "
            "drive, or write it down."
        ))  # fmt: skip
        self.code = RecoveryCode(self.desk, code)
        self.column.addWidget(self.code)
        self.next = button(tr("I have kept it"), self._open, "primary")
        self._end(self.code)

    def _open(self) -> None:
        """Hand the notebook on, once the code was typed back."""
        if self.code is not None and self.code.typed_back():
            notebook, self._notebook = self._notebook, None
            if notebook is not None:
                self.opened.emit(notebook)

    def _failed(self, error: LacError) -> None:
        """Say so; the old passphrase and code serve as before."""
        self.setEnabled(True)
        self.desk.messages.problem(error)

    def _begin(self, title: str, under: str) -> None:
        """Begin a step."""
        self.empty()
        self.column.addStretch(1)
        self.column.addWidget(label(title, "display", wrap=True))
        self.column.addWidget(label(under, "lead", "muted", wrap=True))
        self.column.addSpacing(12)

    def _end(self, first: QWidget) -> None:
        """End a step with its button; Enter in a field presses it."""
        self.column.addSpacing(12)
        self.next.setDefault(True)
        self.column.addLayout(row(self.next, None))
        self.column.addStretch(2)
        for edit in first.findChildren(QLineEdit):
            edit.returnPressed.connect(self.next.click)
        self.first = focus_of(first)
        self.first.setFocus()
