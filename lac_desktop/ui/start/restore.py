# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bringing a backup back into a new notebook folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, text_field
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr


class RestoreDialog(Dialog[Path]):
    """Where a backup is brought back to; the value is a folder that is not there yet."""

    def __init__(self, parent: QWidget, desk: Desk, file: Path) -> None:
        super().__init__(parent, desk.theme, tr("Restore from a backup"), tr("Restore it"))
        sentence = tr(
            "{file} is brought back as a notebook of its own. One that is there is never written "
            "over.", file=file.name,
        )  # fmt: skip
        self.body.addWidget(label(sentence, wrap=True))
        self.form = Form(desk.theme, above=True)
        self.folder = text_field(str(free_folder(paths.home())))
        self.form.add("folder", tr("Folder of the notebook"), self.folder)
        self.folder.textChanged.connect(lambda _text: self._warn())
        self.body.addWidget(self.form)
        self.body.addLayout(row(button(tr("Another folder…"), self._choose, "small"), None))
        self.body.addStretch(1)
        self._warn()
        self.fit(520)
        self.folder.setFocus()

    def answer(self) -> Path | None:
        """The folder, or None with what is wrong under the field."""
        typed = self.folder.text().strip()
        problems: dict[str, str] = {}
        folder = Path(typed).expanduser()
        if folder.suffix != ".lac":
            folder = folder.with_name(folder.name + ".lac") if folder.name else folder
        if not typed or not folder.name:
            problems["folder"] = tr("Choose where the notebook lies.")
        elif folder.exists():
            problems["folder"] = tr(
                "There is something in this place already. Choose another name."
            )
        return folder if self.form.show_problems(problems) else None

    def _choose(self) -> None:
        """Choose the folder in which the notebook's folder is made."""
        now = Path(self.folder.text() or str(paths.home()))
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose where the notebook lies"), str(now.parent)
        )
        if chosen:
            self.folder.setText(str(free_folder(Path(chosen), now.stem or tr("Restored"))))

    def _warn(self) -> None:
        """Say at once when the folder is one that a cloud client synchronises."""
        from lac_desktop.services.notebook import place_warnings

        warnings = place_warnings(Path(self.folder.text() or "."))
        usual = tr("Outside the folders that a cloud client synchronises.")
        self.form.fields["folder"].say(" ".join(map(tr, warnings)) or usual)


def ask_to_restore(parent: QWidget, desk: Desk, opened: Callable[[Path], object]) -> None:
    """Choose a backup and where it goes, bring it back, and ask for its passphrase."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, tr("Restore from a backup: choose the file"), str(Path.home()),
        tr("Backups (*.lacbackup);;All files (*)"),
    )  # fmt: skip
    if not chosen:
        return
    folder = ask(parent, RestoreDialog(parent, desk, Path(chosen)))
    if folder is None:
        return

    def work(progress: Progress) -> None:
        from lac_desktop.services import notebook

        folder.parent.mkdir(parents=True, exist_ok=True)
        notebook.restore(Path(chosen), folder, progress)

    def done(_result: object) -> None:
        desk.messages.done(
            tr("Restored. Type the passphrase that the notebook had when it was backed up.")
        )
        opened(folder)

    desk.jobs.run(work, done, title=tr("Restoring"))


def free_folder(where: Path, name: str = "") -> Path:
    """A folder for a notebook that is not there yet."""
    usual = name or tr("Restored")
    folder, number = where / f"{usual}.lac", 2
    while folder.exists():
        folder, number = where / f"{usual} {number}.lac", number + 1
    return folder
