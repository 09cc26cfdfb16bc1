# SPDX-License-Identifier: AGPL-3.0-or-later
"""The commands of the window that are about talking: note, tally, notes to sort, counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lac_desktop.services import conversations
from lac_desktop.ui.dialogs import in_front
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.frame import Frame
    from lac_desktop.ui.session import Session

#: Older drafts are on Today's list only.
_RECENT = timedelta(hours=12)


def run(frame: Frame, name: str) -> None:
    """Carry out one of them in the open notebook."""
    session = frame.session
    if session is None:
        return
    if name == "quick-note":
        from lac_desktop.ui.talk.quick_note import QuickNoteDialog, ask_quick_note

        over = in_front(frame)
        if not isinstance(over, QuickNoteDialog):
            ask_quick_note(over, session, frame.desk)
    elif name == "tally":
        from lac_desktop.ui.talk.tally import ask_tally

        ask_tally(frame, session, frame.desk)
    elif name == "inbox":
        from lac_desktop.ui.talk.inbox_page import InboxPage

        session.task_asked.emit(InboxPage(session, frame.desk))
    elif name == "tally-counts":
        from lac_desktop.ui.talk.tally_counts import TallyCounts

        session.task_asked.emit(TallyCounts(session, frame.desk))


def offer_drafts(session: Session) -> None:
    """After unlocking: "We kept what you wrote at 10:41", where a conversation was cut short."""
    notebook, desk = session.notebook, session.desk

    def show(found: list[conversations.Draft]) -> None:
        now = notebook.clock()
        if not found or not found[0].conversation.people or now - found[0].saved > _RECENT:
            return
        from lac_desktop.ui.talk.editor import open_editor
        from lac_desktop.ui.talk.page import kept_words

        talk = found[0].conversation
        desk.messages.warn(
            kept_words(session, found[0]),
            tr("Carry on"),
            lambda: open_editor(session, desk, talk.people, talk.id),
        )

    desk.jobs.run(lambda _progress: conversations.drafts(notebook), show)
