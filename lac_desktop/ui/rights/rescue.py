# SPDX-License-Identifier: AGPL-3.0-or-later
"""Offering to rescue what can be read of a damaged notebook into a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.ui.dialogs import ListDialog, ask, confirm
from lac_desktop.ui.start.restore import free_folder
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.backups import Salvaged
    from lac_desktop.ui.desk import Desk


def ask_to_rescue(
    parent: QWidget, desk: Desk, folder: Path, secret: str, opened: Callable[[Path], object]
) -> None:
    """Copy what can be read into a new notebook, say what was lost, and open its lock screen."""
    sentence = tr(
        "What can still be read is copied into a new notebook, which opens with the same "
        "passphrase. The damaged one is only read and stays as it is. A good backup may hold more."
    )
    if not confirm(parent, desk.theme, tr("Rescue what can be read"), sentence, tr("Rescue")):
        return
    target = free_folder(folder.parent, tr("Rescued"))

    def work(progress: Progress) -> Salvaged:
        from lac_desktop.services import backups

        return backups.salvage(folder, secret, target, progress)

    def done(found: Salvaged) -> None:
        lines = [
            count("{n} place", "{n} places", found.rows.get("asset", 0)),
            count("{n} person", "{n} people", found.rows.get("person", 0)),
            count("{n} conversation", "{n} conversations", found.rows.get("conversation", 0)),
            *(tr(sentence) for sentence in found.lost or [tr("Nothing seems to be lost.")]),
        ]
        ask(parent, ListDialog(parent, desk.theme, tr("What was rescued"), lines))
        opened(target)

    desk.jobs.run(work, done, title=tr("Rescuing"))
