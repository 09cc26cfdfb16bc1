# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first questions of the first run: who, which nation, and where the notebook lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop import paths
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.start.restore import free_folder
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

NATIONS = (
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
)


class WhoAndWhere(QWidget):
    """Who I am, which bank holidays count, and the folder of the notebook."""

    def __init__(self, desk: Desk, who: str, nation: str, folder: Path | None) -> None:
        super().__init__()
        self._form = Form(desk.theme, above=True)
        self._who = text_field(who)
        self._nation = choice([(v, tr(w)) for v, w in NATIONS], nation)
        self._folder = text_field(str(folder or free_folder(paths.home(), tr("My patch"))))
        self._form.add(
            "who",
            tr("Your name"),
            self._who,
            tr("Shown as “checked by” and in the history of a place, only here."),
        )
        self._form.add("nation", tr("Nation"), self._nation, tr("For bank holidays."))
        self._form.add("folder", tr("Folder of the notebook"), self._folder)
        self._folder.textChanged.connect(self._warn)
        other = button(tr("Another folder…"), self._choose, "small")
        self.setLayout(column(self._form, row(other, None)))
        self.first = self._who
        self._warn()

    def answer(self) -> tuple[str, str, Path] | None:
        """Name, nation and folder, or None with what is wrong under its field."""
        problems = {}
        if not self._who.text().strip():
            problems["who"] = tr("Type your name, or what colleagues call you.")
        folder = Path(self._folder.text().strip())
        if not self._folder.text().strip():
            problems["folder"] = tr("Choose where the notebook lies.")
        elif folder.exists():
            problems["folder"] = tr(
                "There is something in this place already. Choose another name."
            )
        if not self._form.show_problems(problems):
            return None
        named = folder if folder.suffix == ".lac" else folder.with_name(folder.name + ".lac")
        return self._who.text().strip(), str(self._nation.currentData()), named

    def _choose(self) -> None:
        """Choose the folder in which the notebook's folder is made."""
        now = Path(self._folder.text() or str(paths.home()))
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose where the notebook lies"), str(now.parent)
        )
        if chosen:
            self._folder.setText(str(Path(chosen) / (now.name or tr("My patch.lac"))))

    def _warn(self) -> None:
        """Say at once when the folder is one that a cloud client synchronises."""
        from lac_desktop.services.notebook import place_warnings

        warnings = place_warnings(Path(self._folder.text() or "."))
        field = self._form.fields["folder"]
        field.say(" ".join(warnings) or tr("Outside the folders that a cloud client synchronises."))
