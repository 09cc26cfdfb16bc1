# SPDX-License-Identifier: AGPL-3.0-or-later
"""Showing a recovery code once: print it, save it or write it down, then type two groups back."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.widgets import button, column, label, panel, row, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

#: Letters that look alike on paper, as the recovery code understands them.
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def groups_of(code: str) -> list[str]:
    """The groups of a code, whatever stands between them."""
    return code.replace("-", " ").split()


def same_group(typed: str, group: str) -> bool:
    """Whether a group was typed back; case and look-alike signs do not matter."""

    def plain(text: str) -> str:
        return "".join(text.split()).upper().translate(_ALIKE)

    return plain(typed) == plain(group)


class RecoveryCode(QWidget):
    """The code in groups, ways to keep it, and two fields to type groups back."""

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self._desk, self._code = desk, code
        self._groups = groups_of(code)
        count = len(self._groups)
        first = secrets.randbelow(count)
        second = (first + 1 + secrets.randbelow(count - 1)) % count
        self.asked = sorted((first, second))
        grid = QGridLayout()
        grid.setSpacing(10)
        for at, group in enumerate(self._groups):
            made = label(group, "number")
            made.setAccessibleName(tr("Group {n}: {letters}", n=at + 1, letters=" ".join(group)))
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            grid.addWidget(label(str(at + 1), "caption"), at // 4 * 2, at % 4)
            grid.addWidget(made, at // 4 * 2 + 1, at % 4)
        self.form = Form(desk.theme, above=True)
        for at in self.asked:
            self.form.add(str(at), tr("Type group {n} back", n=at + 1), text_field())
        icons = desk.icons
        keep = row(
            with_icon(button(tr("Print…"), self._print), icons, "ph.printer"),
            with_icon(button(tr("Save to a drive…"), self._save), icons, "ph.upload-simple"),
            None,
        )
        box = panel(grid, "dialog-body", (14, 10, 14, 12))
        self.setLayout(column(box, keep, self.form, gap=12))
        self.first = self.form.fields[str(self.asked[0])].widget

    def typed_back(self) -> bool:
        """Whether both groups were typed back; what is wrong shows under its field."""
        problems = {}
        for at in self.asked:
            widget = self.form.fields[str(at)].widget
            assert isinstance(widget, QLineEdit)
            if not same_group(widget.text(), self._groups[at]):
                problems[str(at)] = tr("This is not group {n}. Look at the code above.", n=at + 1)
        return self.form.show_problems(problems)

    def _text(self) -> str:
        """What goes on paper; it does not name the notebook or its owner."""
        lines = ["  ".join(self._groups[:4]), "  ".join(self._groups[4:])]
        return "\n".join(
            [
                tr("Recovery code of a LAC Desktop notebook"),
                "",
                *lines,
                "",
                tr("Whoever has this code can open the notebook. Keep it away from the laptop."),
                "",
            ]
        )

    def _print(self) -> None:
        """Print the code on a sheet of its own."""
        from lac_desktop.ui.printing import print_document

        document = QTextDocument()
        document.setPlainText(self._text())
        print_document(self, document)

    def _save(self) -> None:
        """Save the code as text, to a drive that is kept elsewhere."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the recovery code to a drive"), str(Path.home() / "recovery-code.txt")
        )
        if not chosen:
            return
        from lac_desktop.services.toml_file import write_text

        try:
            write_text(Path(chosen), self._text())
        except LacError as error:
            self._desk.messages.problem(error)
        else:
            self._desk.messages.done(tr("Saved. Keep the drive away from this laptop."))


class RecoveryDialog(Dialog[bool]):
    """A new code for the notebook that is open."""

    def __init__(self, parent: QWidget, desk: Desk, code: str) -> None:
        super().__init__(parent, desk.theme, tr("New recovery code"), tr("I have kept it"))
        self.body.addWidget(
            label(tr("The old code opens nothing any more. This one is shown once."), wrap=True)
        )
        self.code = RecoveryCode(desk, code)
        self.body.addWidget(self.code)
        self.body.addStretch(1)
        self.cancel.hide()
        self.fit(480)

    def answer(self) -> bool | None:
        """Once it was typed back."""
        return True if self.code.typed_back() else None


def ask_for_new_code(parent: QWidget, desk: Desk, notebook: Notebook) -> None:
    """Make a new recovery code for the open notebook and show it."""

    def work(_progress: Progress) -> str:
        from lac_desktop.services import notebook as notebooks

        return notebooks.new_recovery_code(notebook)

    def done(code: str) -> None:
        ask(parent, RecoveryDialog(parent, desk, code))

    desk.jobs.run(work, done, title=tr("Making a new recovery code"))
