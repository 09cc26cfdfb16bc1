# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups: those there are, where they go, how many are kept, and checking one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QSpinBox, QWidget

from lac_desktop.errors import LacError
from lac_desktop.services import backups
from lac_desktop.services.backups import Rule
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.rights.lists import Lines
from lac_desktop.ui.rights.tab import moment
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class BackupsDialog(Dialog[Rule]):
    """The list with Back up and Check, and the rule below."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Backups"), tr("Save settings"))
        self._session, self._desk = session, desk
        self._rule = backups.rule(session.notebook)
        self.list = Lines(desk.theme, tr("Backups of this notebook"), (tr("Made"), tr("Size")))
        self.now = button(tr("Back up now"), self._back_up)
        self.check = button(tr("Check the one chosen"), self._check)
        self.said = label("", "", "note", wrap=True)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(row(self.now, self.check, None))
        self.body.addWidget(self.said)
        form = self.form = Form(desk.theme)
        self.automatic = QCheckBox()
        self.automatic.setChecked(self._rule.automatic)
        form.add("automatic", tr("Back up once a day, soon after unlocking"), self.automatic)
        self.folder = text_field(str(backups.folder_of(session.notebook)))
        self.browse = button(tr("Choose a folder…"), self._browse, "small")
        form.add("folder", tr("Folder"), self.folder, tr("A drive away from this laptop is best."))
        form.wide(self.browse)
        self.daily, self.weekly, self.monthly = (
            self._number(n) for n in (self._rule.daily, self._rule.weekly, self._rule.monthly)
        )
        self.daily.setMinimum(1)
        form.add("daily", tr("Keep those of days"), self.daily)
        form.add("weekly", tr("Then of weeks"), self.weekly)
        form.add("monthly", tr("Then of months"), self.monthly)
        self.body.addWidget(form)
        self.fit(600, 560)
        self.look()
        self.list.setFocus()

    def look(self) -> None:
        """List the backups again."""
        found = backups.listed(self._session.notebook)
        self.list.show_rows(
            [(str(one.file), (moment(one.made), f"{one.size / 1e6:,.1f} MB")) for one in found]
        )
        self.check.setEnabled(bool(found))
        self._say("" if found else tr("There is no backup in this folder yet."))

    def answer(self) -> Rule | None:
        """The rule, or None where its folder is not there."""
        typed = self.folder.text().strip()
        usual = str(backups.folder_of(self._session.notebook, Rule()))
        folder = "" if typed in ("", usual) else typed
        missing = bool(folder) and not Path(folder).is_dir()
        wrong = {"folder": tr("There is no such folder. Choose one that exists.")}
        if not self.form.show_problems(wrong if missing else {}):
            return None
        return Rule(
            folder,
            self.automatic.isChecked(),
            self.daily.value(),
            self.weekly.value(),
            self.monthly.value(),
        )

    def _number(self, value: int) -> QSpinBox:
        made = QSpinBox()
        made.lineEdit().setTextMargins(7, 0, 0, 0)  # as in the fields round it
        made.setRange(0, 99)
        made.setValue(value)
        return made

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose a folder for backups"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)

    def _back_up(self) -> None:
        """Make one in the folder that is set now."""
        notebook = self._session.notebook
        self._run(lambda progress: backups.make(notebook, progress), tr("Backed up and checked."))

    def _check(self) -> None:
        """Open the one in focus in a place of its own."""
        notebook, file = self._session.notebook, Path(self.list.chosen)
        self._run(lambda progress: backups.check(notebook, file, progress), "")

    def _run(self, work: Callable[[Progress], object], done: str) -> None:
        self._say(tr("One moment…"))

        def over(result: object) -> None:
            self.look()
            self._say(done or str(result))

        def failed(error: LacError) -> None:
            self._say(str(error))

        self._desk.jobs.run(work, over, failed, title=tr("Backing up"))

    def _say(self, sentence: str) -> None:
        from lac_desktop.ui.speech import announce

        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            announce(self.said, sentence)


def show_backups(parent: QWidget, session: Session, desk: Desk) -> None:
    """Show the backups and keep the rule."""
    notebook = session.notebook
    wanted = ask(parent, BackupsDialog(parent, session, desk))
    if wanted is not None and wanted != backups.rule(notebook):

        def done(_result: object) -> None:
            desk.messages.done(tr("The settings are saved."))

        desk.jobs.run(lambda _progress: backups.save_rule(notebook, wanted), done)
