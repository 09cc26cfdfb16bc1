# SPDX-License-Identifier: AGPL-3.0-or-later
"""Copying a person or a conversation as plain text, for the council's own case system.

The text goes to the clipboard alone, is noted in the access log, and is kept out of the histories
that systems keep of clipboards. Locking empties the clipboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from lac_desktop.services import conversations, people
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
#: What systems understand as "do not keep this": format -> value.
_NOT_KEPT = {
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
    "org.nspasteboard.ConcealedType": b"",
}


def put(text: str) -> None:
    """Put a personal text on the clipboard."""
    data = QMimeData()
    data.setText(text)
    for name, value in _NOT_KEPT.items():
        data.setData(name, value)
    QGuiApplication.clipboard().setMimeData(data)


def copy_person(session: Session, desk: Desk, person: str) -> None:
    """Copy what is known of a person; home is not in it."""
    desk.jobs.run(lambda _p: people.as_text(session.notebook, person), lambda t: _put(desk, t))


def copy_conversation(session: Session, desk: Desk, conversation: str) -> None:
    """Copy a kept conversation with its corrections."""
    notebook = session.notebook

    def work(_progress: object) -> str:
        found = conversations.get(notebook, conversation)
        return conversations.as_text(notebook, found) if found is not None else ""

    desk.jobs.run(work, lambda text: _put(desk, text))


def _put(desk: Desk, text: str) -> None:
    """Put it there and say so."""
    if text:
        put(text)
        desk.messages.done(
            tr("Copied as text, and noted. Paste it where it belongs; locking empties it here.")
        )
