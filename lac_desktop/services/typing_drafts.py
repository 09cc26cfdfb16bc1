# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conversations and notes while they are typed, kept in people.db after every pause."""

from dataclasses import dataclass, replace
from datetime import datetime

from lac_desktop.domain.conversation import Conversation, QuickNote
from lac_desktop.storage import people_access as stored
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.people_tables import from_plain, plain, storable

DRAFT_KEY = "conversation:"
NOTE_KEY = "note:"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being typed: hand ``turn`` to the next saving from the same window."""

    conversation: Conversation
    turn: int
    saved: datetime


def put(db: Connection, conversation: Conversation, when: datetime) -> int:
    """Keep a conversation as it is typed; the turn it was kept as."""
    key = DRAFT_KEY + conversation.id
    rest = plain(replace(conversation, own_words=(), reflection=()))
    words = {
        name: [{"text": storable(one.text), "about": storable(one.about)} for one in written]
        for name, written in (
            ("own_words", conversation.own_words),
            ("reflection", conversation.reflection),
        )
    }  # by hand: a pasted book has 20,000 paragraphs, and this runs every second
    return stored.put_draft(db, key, conversation.people, rest | words, when)


def turn_of(db: Connection, conversation: str) -> int | None:
    """The turn under which a draft lies there, or None; without reading its words."""
    return stored.draft_turn(db, DRAFT_KEY + conversation)


def _draft(kept: stored.StoredDraft) -> Draft:
    return Draft(from_plain(Conversation, kept.value), kept.turn, kept.kept)


def get(db: Connection, conversation: str) -> Draft | None:
    """The draft of a conversation's id, or None."""
    kept = stored.draft(db, DRAFT_KEY + conversation)
    return _draft(kept) if kept else None


def latest(db: Connection, person: str = "") -> list[Draft]:
    """Drafts of conversations of a person or of all, the latest typed first."""
    return [_draft(kept) for kept in stored.drafts(db, DRAFT_KEY, person)]


def drop(db: Connection, conversation: str) -> None:
    """Forget the draft of a conversation."""
    stored.drop_draft(db, DRAFT_KEY + conversation)


def put_note(db: Connection, note: QuickNote, when: datetime) -> None:
    """Keep a note as it is typed."""
    people = [note.person] if note.person else []
    stored.put_draft(db, NOTE_KEY + note.id, people, plain(note), when)


def notes(db: Connection) -> list[QuickNote]:
    """Notes that are being typed or were cut short, the latest typed first."""
    return [from_plain(QuickNote, kept.value) for kept in stored.drafts(db, NOTE_KEY)]


def drop_note(db: Connection, note: str) -> None:
    """Forget a note that was being typed."""
    stored.drop_draft(db, NOTE_KEY + note)
