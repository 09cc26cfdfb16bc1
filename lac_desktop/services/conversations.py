# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conversations: typed as a draft, kept once, corrected beside, promised, searched, copied out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lac_desktop.domain.conversation import Addendum, Conversation, Promise
from lac_desktop.services.notebook import Notebook

#: The editor saves the draft at the latest so many seconds after the first key not saved yet.
SAVE_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being typed: hand ``turn`` to the next :func:`save_draft` of the same window."""

    conversation: Conversation
    turn: int
    saved: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """An open promise, the conversation it was made in and with whom (ids and names)."""

    promise: Promise
    conversation: str
    on: date
    people: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that holds the words; the snippet marks them with \\x02 and \\x03.

    ``part`` is "own words", "reflection" or "rest".
    """

    conversation: str
    on: date
    people: tuple[str, ...]
    names: tuple[str, ...]
    snippet: str
    part: str


def new(notebook: Notebook, people: Sequence[str] = (), setting: str = "") -> Conversation:
    """A conversation of now that is not saved yet, with an id of its own."""
    raise NotImplementedError


def save_draft(notebook: Notebook, conversation: Conversation, turn: int | None = None) -> int:
    """Keep what is being typed, right or wrong, and return its turn; a few ms, no history.

    ``turn`` is what the last call in this window returned, or :attr:`Draft.turn`. If another window
    saved this draft since, StaleError is raised: ``stored`` is the other window's text and
    ``mine`` this one under a new id, saved as a draft of its own: go on with that (its turn is
    ``turn`` of the error). Raises LacError (full disk): the text is still with the caller.
    """
    raise NotImplementedError


def drafts(notebook: Notebook, person: str = "") -> list[Draft]:
    """What is being typed or was when the program ended, the latest first; of one person or all."""
    raise NotImplementedError


def draft(notebook: Notebook, conversation: str) -> Draft | None:
    """The draft of a conversation's id, or None."""
    raise NotImplementedError


def discard_draft(notebook: Notebook, conversation: str) -> None:
    """Throw a draft away for good."""
    raise NotImplementedError


def keep(notebook: Notebook, conversation: Conversation) -> Conversation:
    """Turn a draft into a kept conversation as one step; undo makes it a draft again.

    Raises LacError where it cannot be kept (nobody, nothing said, a day to come), and StaleError
    where a conversation of this id is kept already with other text; the draft stays.
    """
    raise NotImplementedError


def get(notebook: Notebook, conversation: str) -> Conversation | None:
    """The kept conversation of an id, or None."""
    raise NotImplementedError


def of_person(
    notebook: Notebook, person: str, start: int = 0, limit: int = 50
) -> list[Conversation]:
    """Kept conversations with a person, the latest first, from ``start`` at most ``limit``."""
    raise NotImplementedError


def count_of(notebook: Notebook, person: str) -> int:
    """How many kept conversations there are with a person."""
    raise NotImplementedError


def addenda(notebook: Notebook, conversation: str) -> list[Addendum]:
    """The corrections of a conversation, in the order in which they were made."""
    raise NotImplementedError


def add_addendum(
    notebook: Notebook, conversation: str, text: str = "", statement: str = ""
) -> Addendum:
    """Put a correction beside a kept conversation, whose own text stays.

    ``statement`` is the person's own, in their words. Raises LacError where both are empty or
    the conversation is not kept.
    """
    raise NotImplementedError


def tag(
    notebook: Notebook,
    conversation: str,
    *,
    good_life: Sequence[str] | None = None,
    principles: Sequence[str] | None = None,
    read_back: bool | None = None,
) -> Conversation | None:
    """Change the tags of a kept conversation, or note that it was read back; None if not there."""
    raise NotImplementedError


def due(notebook: Notebook, until: date | None = None) -> list[Due]:
    """Open promises by ``until``, the soonest first; without it all, undated ones last.

    None of people who moved away or died.
    """
    raise NotImplementedError


def mark_done(
    notebook: Notebook,
    conversation: str,
    promise: str,
    learned: str = "",
    on: date | None = None,
) -> Conversation | None:
    """Note that a promise was kept, on a day (today by default), and what was learned."""
    raise NotImplementedError


def not_done(notebook: Notebook, conversation: str, promise: str) -> Conversation | None:
    """Open a promise again that was marked as done."""
    raise NotImplementedError


def search(notebook: Notebook, text: str, limit: int = 50) -> list[Hit]:
    """Kept conversations of all people that hold all the words, the best first.

    The last word may be unfinished. Accents and capitals do not matter.
    """
    raise NotImplementedError


def as_text(notebook: Notebook, conversation: Conversation) -> str:
    """A conversation with its corrections as plain text for the council's own case system.

    Paragraphs about somebody else are marked. Noted in the access log for each person.
    """
    raise NotImplementedError
