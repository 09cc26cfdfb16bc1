# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for the passphrase of a notebook, or for its recovery code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.domain.wording import day_and_time
from lac_desktop.errors import DamagedVaultError, LacError, WrongPassphraseError
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.speech import announce
from lac_desktop.ui.start.recover import looks_like_code
from lac_desktop.ui.start.screen import StartScreen
from lac_desktop.ui.start.secret_field import SecretField
from lac_desktop.ui.widgets import button, label, line, row, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

#: Tries without a wait; after that it doubles, from 5 seconds to 5 minutes.
_FREE_TRIES = 5


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if tries < _FREE_TRIES else min(300, 5 * 2 ** (tries - _FREE_TRIES))


class UnlockScreen(StartScreen):
    """Good morning; the notebook's name is that of its folder."""

    rescued = Signal(Path)  # a new notebook with what could be read
    recovered = Signal(object, str)  # the open Notebook, and the code that opened it

    def __init__(self, desk: Desk, folder: Path, numbers: UrgentNumbers) -> None:
        super().__init__(desk, numbers, tr("Unlock"))
        self._folder, self._tries, self._waits = folder, 0, 0
        self.by_code = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        self._words = label(tr("Passphrase"), "emphasis")
        self.field = SecretField(desk, tr("Passphrase"))
        self._words.setBuddy(self.field.edit)
        self.error = label("", "", "error", wrap=True)
        self._hint = label("", "caption", wrap=True)
        self.go = button(tr("Unlock"), self.unlock, "primary")
        self.switch = button(tr("Use your recovery code"), self._switch, "link")
        self.rescue = button(tr("Rescue what can be read…"), self._rescue, "small")
        self.rescue.hide()
        self.field.returned.connect(self.unlock)
        self.first = self.field.edit
        self._fill()
        self._mode()

    def unlock(self) -> None:
        """Try what was typed, on a worker thread (it takes about a second)."""
        secret = self.field.text
        if self._waits or not self.go.isEnabled():
            return
        if not secret.strip():
            self._say(tr("Type your passphrase first."))
            return
        self.go.setEnabled(False)
        self.go.setText(tr("Unlocking"))
        folder = self._folder

        def work(_progress: Progress) -> Notebook:
            from lac_desktop.services import notebook

            return notebook.unlock(folder, secret)

        job = self.desk.jobs.run(work, self._opened, self._failed)
        job.ended.connect(self._tried)  # whatever came of it

    def _opened(self, notebook: Notebook) -> None:
        """Forget what was typed and hand the notebook on; after a code, a new one comes first."""
        secret = self.field.text.strip()
        self.field.edit.clear()
        if looks_like_code(secret):
            self.recovered.emit(notebook, secret)
        else:
            self.opened.emit(notebook)

    def _tried(self) -> None:
        """Another try is possible."""
        self.go.setEnabled(True)
        self.go.setText(tr("Unlock"))

    def _failed(self, error: LacError) -> None:
        """Say what is wrong; wait longer each time after five tries."""
        if isinstance(error, WrongPassphraseError):
            self._tries += 1
            self._say(
                tr("That code did not open this notebook. Check each group of four.")
                if self.by_code
                else tr(
                    "That passphrase did not open this notebook. Check Caps Lock, or use your "
                    "recovery code."
                )
            )
            self._waits = wait_after(self._tries)
            if self._waits:
                self._timer.start()
                self._count_down()
        else:
            self._say(f"{tr(error.message)} {tr(error.hint) if error.hint else ''}".strip())
            self.rescue.setVisible(isinstance(error, DamagedVaultError))
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.edit.selectAll()

    def _rescue(self) -> None:
        """Copy what can be read of a damaged notebook into a new one."""
        from lac_desktop.ui.rights.rescue import ask_to_rescue

        secret = self.field.text
        ask_to_rescue(self.window(), self.desk, self._folder, secret, self.rescued.emit)

    def _count_down(self) -> None:
        """Show how many seconds are left."""
        if self._waits <= 0:
            self._timer.stop()
            self.go.setEnabled(True)
            self.go.setText(tr("Unlock"))
            return
        self.go.setEnabled(False)
        self.go.setText(tr("Wait {n} seconds", n=self._waits))
        self._waits -= 1

    def _say(self, sentence: str) -> None:
        """Show what is wrong under the field and have it read out."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.field.edit.setAccessibleDescription(f"{sentence} {self._hint.text()}".strip())
        if sentence:
            announce(self.field.edit, sentence, now=True)

    def _switch(self) -> None:
        """Change between passphrase and recovery code."""
        self.by_code = not self.by_code
        self.field.edit.clear()
        self._mode()
        self.field.edit.setFocus()

    def _mode(self) -> None:
        """Words for what is asked now."""
        name = tr("Recovery code") if self.by_code else tr("Passphrase")
        self._words.setText(name)
        self.field.edit.setAccessibleName(name)
        self.field.eye.setChecked(self.by_code)
        self._hint.setText(
            tr(
                "Eight groups of four. Spaces do not matter; letters that look alike are "
                "understood."
            )
            if self.by_code
            else tr("You can paste from a password manager.")
        )
        self.switch.setText(
            tr("Use your passphrase") if self.by_code else tr("Use your recovery code")
        )
        self._say("")

    def _fill(self) -> None:
        """Lay the parts out under each other."""
        hour = datetime.now().hour
        greeting = (
            tr("Good morning")
            if hour < 12
            else tr("Good afternoon")
            if hour < 18
            else tr("Good evening")
        )
        add = self.column.addWidget
        self.column.addStretch(2)
        add(label(greeting, "display"))
        locked = tr(
            "{name} is locked. Everything in it is encrypted on this laptop.",
            name=self._folder.stem,
        )
        add(label(locked, "lead", "muted", wrap=True))
        self.column.addSpacing(16)
        add(self._words)
        add(self.field)
        add(self.error)
        add(self._hint)
        add(self.rescue)
        self.column.addSpacing(8)
        self.column.addLayout(row(self.go, self.switch, None, gap=12))
        self.column.addSpacing(30)
        self._ways()
        self.column.addStretch(3)

    def _ways(self) -> None:
        """Other ways on."""
        icons = self.desk.icons
        backup = self.desk.preferences.last_backup
        told = (
            tr("Last backup {when}", when=_day_and_time(backup))
            if backup
            else tr("From a file you saved before")
        )
        ways: list[tuple[QPushButton, str]] = [
            (
                with_icon(
                    button(tr("Someone else’s turn"), self.other.emit, "link"),
                    icons,
                    "ph.users",
                    "accent",
                ),
                tr("Open a different notebook"),
            ),
            (
                with_icon(
                    button(tr("Restore from a backup"), self.restore.emit, "link"),
                    icons,
                    "ph.first-aid-kit",
                    "accent",
                ),
                told,
            ),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        for at, (way, says) in enumerate(ways):
            grid.addWidget(line(), at * 2, 0, 1, 2)
            grid.addWidget(way, at * 2 + 1, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(says, "", "muted", wrap=True), at * 2 + 1, 1)
        grid.addWidget(line(), len(ways) * 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)


def _day_and_time(iso: str) -> str:
    """A kept moment as "5 March 2026, 2:30pm"; what cannot be read stays as it is."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return day_and_time(moment, tr)
