# SPDX-License-Identifier: AGPL-3.0-or-later
"""Copying a person or a conversation as plain text, for the council's own case system.

The text goes to the clipboard alone, is noted in the access log, and is kept out of the histories
that systems keep of clipboards. Locking empties the clipboard if it still holds the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lac_desktop.services import conversations, people
from lac_desktop.ui import clipboard
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


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
        clipboard.put(text)
        desk.messages.done(
            tr("Copied as text, and noted. Paste it where it belongs; locking empties it here.")
        )
