# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door to the conversation editor, for whoever shows a person."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


def open_editor(
    session: "Session",
    desk: "Desk",
    person_ids: Sequence[str],
    conversation_id: str | None = None,
) -> None:
    """Show the conversation editor over the section, as a task.

    Without ``conversation_id`` a new conversation with these people is begun; the draft that is
    there for them is offered first. With it, a draft is carried on; what was kept before opens to
    be read, with its corrections. The page closes by Done, Esc or Back and loses nothing.
    """
    from lac_desktop.ui.talk.page import ConversationPage

    page = ConversationPage(session, desk, tuple(person_ids), conversation_id or "")
    session.task_asked.emit(page)
