# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten-second notes that are sorted later, and the tally of short contacts (Level 1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lac_desktop.domain.conversation import Conversation, QuickNote, Tally
from lac_desktop.services.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Count:
    """How many contacts of a week, place or topic.

    ``key`` is the Monday as ISO date, the place's or the topic's id; ``label`` a name for it
    (an asset's name, a word as typed; for topics the id, which resources/tally.toml words).
    """

    key: str
    label: str
    count: int


def new(notebook: Notebook) -> QuickNote:
    """An empty note of now with an id of its own, not saved yet."""
    raise NotImplementedError


def typed(notebook: Notebook, note: QuickNote) -> None:
    """Save a note as typed: a few ms, no history. It shows in the inbox even after a crash.

    Raises LacError (full disk); the text is still with the caller.
    """
    raise NotImplementedError


def quick(notebook: Notebook, text: str, note: QuickNote | None = None) -> QuickNote:
    """Put a note into the inbox as one step; ``note`` is the one that was being typed.

    Raises LacError for an empty one.
    """
    raise NotImplementedError


def inbox(notebook: Notebook) -> list[QuickNote]:
    """Notes to sort, the latest first, with those still being typed or cut short by a crash."""
    raise NotImplementedError


def of_person(notebook: Notebook, person: str) -> list[QuickNote]:
    """Notes sorted to a person, the latest first."""
    raise NotImplementedError


def get(notebook: Notebook, note: str) -> QuickNote | None:
    """The note of an id, or None."""
    raise NotImplementedError


def sort_to(notebook: Notebook, note: str, person: str) -> QuickNote | None:
    """Sort a note to a person as one step; None if there is no such note."""
    raise NotImplementedError


def to_conversation(notebook: Notebook, note: str, people: Sequence[str] = ()) -> Conversation:
    """Make a note the reflection of a draft conversation; the note itself leaves the inbox.

    Undo puts the note back into the inbox and leaves the draft. Raises LacError if it is not
    there.
    """
    raise NotImplementedError


def throw_away(notebook: Notebook, note: str) -> bool:
    """Throw a note away; undo brings it back. Whether it was there."""
    raise NotImplementedError


def tally(
    notebook: Notebook,
    place: str,
    topics: Sequence[str] = (),
    offered: Sequence[str] = (),
    *,
    first_name: str = "",
    note: str = "",
    on: date | None = None,
) -> Tally:
    """Count one short contact, today unless another day is given; no person file is needed.

    ``place`` is an asset's id or a word.
    """
    raise NotImplementedError


def tallies(notebook: Notebook, since: date | None = None, limit: int = 500) -> list[Tally]:
    """Short contacts, the latest first."""
    raise NotImplementedError


def save_tally(notebook: Notebook, entry: Tally) -> Tally:
    """Correct a short contact."""
    raise NotImplementedError


def remove_tally(notebook: Notebook, entry: str) -> bool:
    """Take a short contact out; undo brings it back. Whether it was there."""
    raise NotImplementedError


def tally_counts(notebook: Notebook, by: str, since: date | None = None) -> list[Count]:
    """Contacts counted by "week" (latest first), "place" or "topic" (most first).

    Nothing is suppressed: this is for the coordinator's own eyes.
    """
    raise NotImplementedError
