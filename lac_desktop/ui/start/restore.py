# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bringing a backup back into a new notebook folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.words import tr


def ask_to_restore(parent: QWidget, desk: Desk, opened: Callable[[Path], object]) -> None:
    """Choose a backup and where it goes, bring it back, and ask for its passphrase.

    It goes into a folder of its own: a notebook that is there is never written over.
    """
    chosen, _ = QFileDialog.getOpenFileName(
        parent, tr("Restore from a backup: choose the file"), str(Path.home()),
        tr("Backups (*.lacbackup);;All files (*)"),
    )  # fmt: skip
    if not chosen:
        return
    folder = free_folder(paths.home())

    def work(progress: Progress) -> None:
        from lac_desktop.services import notebook

        notebook.restore(Path(chosen), folder, progress)

    def done(_result: object) -> None:
        desk.messages.done(
            tr("Restored. Type the passphrase that the notebook had when it was backed up.")
        )
        opened(folder)

    desk.jobs.run(work, done, title=tr("Restoring"))


def free_folder(where: Path, name: str = "Restored") -> Path:
    """A folder for a notebook that is not there yet."""
    folder, number = where / f"{name}.lac", 2
    while folder.exists():
        folder, number = where / f"{name} {number}.lac", number + 1
    return folder
