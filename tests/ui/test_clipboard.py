# SPDX-License-Identifier: AGPL-3.0-or-later
"""Locking takes from the clipboard what came from the notebook, and nothing else."""

from PySide6.QtGui import QGuiApplication

from lac_desktop.services.notebook import Notebook
from lac_desktop.ui import clipboard
from lac_desktop.ui.frame import Frame


def test_what_was_copied_goes_at_lock_and_what_came_since_stays(
    frame: Frame, open_notebook: Notebook
) -> None:
    held = QGuiApplication.clipboard()
    frame.open_notebook(open_notebook)
    clipboard.put("Jean misses being some use.")
    assert held.text() == "Jean misses being some use."
    frame.lock()
    assert held.text() == ""


def test_what_another_program_copied_stays_at_lock(frame: Frame, open_notebook: Notebook) -> None:
    held = QGuiApplication.clipboard()
    frame.open_notebook(open_notebook)
    clipboard.put("Jean misses being some use.")
    held.setText("bus times")  # this platform owns no clipboard, as if another program had it
    owned = held.ownsClipboard()
    frame.lock()
    assert held.text() == ("" if owned else "bus times")
