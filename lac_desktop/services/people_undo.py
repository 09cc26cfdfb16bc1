# SPDX-License-Identifier: AGPL-3.0-or-later
"""Undo and redo of steps about people, in words with names."""

from dataclasses import replace

from lac_desktop.domain.conversation import Conversation
from lac_desktop.domain.person import Person
from lac_desktop.errors import LacError
from lac_desktop.services import typing_drafts
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.people_steps import told
from lac_desktop.storage import people_access, people_undo, steps
from lac_desktop.storage.binding import Connection


def undo(notebook: Notebook) -> str:
    """Take back the latest step about people and say what it was; "" if there is none.

    A conversation whose keeping is taken back is a draft again. Raises LacError where something
    is being typed about a person who would disappear.
    """
    with notebook.vault.people_write() as db:
        target = steps.next_undo(db)
        if target is None:
            return ""
        words = told(db, target.why)
        _nothing_is_typed_about(db, people_undo.added(db, Person, target.number))
        people_undo.undo(db, who=notebook.settings.who, when=notebook.clock())
        for conversation in people_undo.added(db, Conversation, target.number):
            typing_drafts.put(db, replace(conversation, kept=False), notebook.clock())
    notebook.changed()
    return words


def _nothing_is_typed_about(db: Connection, people: list[Person]) -> None:
    for person in people:
        if people_access.drafts(db, person=person.id):
            raise LacError(
                f"Something is being typed about {person.name}.",
                "Keep it or throw it away, then undo.",
            )


def redo(notebook: Notebook) -> str:
    """Bring back what was undone last and say what it was; "" where nothing was.

    Raises LacError where a conversation that would be kept again was typed on since.
    """
    with notebook.vault.people_write() as db:
        target = steps.next_redo(db)
        if target is None:
            return ""
        for conversation in people_undo.added(db, Conversation, target.number):
            typed = typing_drafts.get(db, conversation.id)
            if typed and typed.conversation != replace(conversation, kept=False):
                raise LacError(
                    "This conversation was typed on since it was taken back.",
                    "Open the draft and keep it.",
                )
            typing_drafts.drop(db, conversation.id)
        people_undo.redo(db, who=notebook.settings.who, when=notebook.clock())
        words = told(db, target.why)
    notebook.changed()
    return words


def next_undo(notebook: Notebook) -> str:
    """What undo would take back, in words with names; "" where there is nothing."""
    with notebook.vault.people_read() as db:
        target = steps.next_undo(db)
        return told(db, target.why) if target else ""


def next_redo(notebook: Notebook) -> str:
    """What redo would bring back, in words with names; "" where there is nothing."""
    with notebook.vault.people_read() as db:
        target = steps.next_redo(db)
        return told(db, target.why) if target else ""
