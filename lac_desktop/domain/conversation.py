# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conversations, quick notes and the Level 1 tally: what was said, in whose words."""

from dataclasses import dataclass
from datetime import date, datetime

#: The parts of a good life, as optional tags: value -> words.
GOOD_LIFE = {
    "safe": "Safe",
    "strong": "Strong",
    "connected": "Connected",
    "healthy": "Healthy",
    "in-control": "In control",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``about`` names somebody else whom it is about, or is empty."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that one of us will do: ``who`` is "me", "you" or a name."""

    id: str
    who: str
    what: str
    by: date | None = None
    done_on: date | None = None
    learned: str = ""


def promise_order(promise: Promise) -> tuple[bool, date]:
    """Key that sorts promises: the soonest first, those without a day last."""
    return promise.by is None, promise.by or date.max


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation with one or more people.

    ``own_words`` are the person's, ``reflection`` the coordinator's; they are never mixed.
    ``kept`` is false while it is a draft. ``started`` is when the first key was typed.
    """

    id: str
    people: tuple[str, ...]
    on: date
    at: str = ""  # "HH:MM" or empty
    setting: str = ""
    own_words: tuple[Paragraph, ...] = ()
    reflection: tuple[Paragraph, ...] = ()
    strong: str = ""
    matters: str = ""
    promises: tuple[Promise, ...] = ()
    who_else: str = ""
    good_life: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()  # ids of resources/principles.toml
    read_back: bool | None = None
    by: str = ""
    kept: bool = False
    started: datetime | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Addendum:
    """A correction: what was kept stays readable, this stands beside it.

    ``statement`` is the person's own, in their words; ``text`` the coordinator's.
    """

    id: str
    conversation: str
    made: datetime
    by: str
    text: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class QuickNote:
    """Something typed in ten seconds, sorted to a person later or thrown away."""

    id: str
    text: str
    made: datetime
    by: str = ""
    person: str = ""
    sorted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One short contact (Level 1): no person file is needed.

    ``place`` is an asset's id or a word; ``topics`` and ``offered`` are ids of
    ``resources/tally.toml`` or words of the coordinator's own.
    """

    id: str
    on: date
    place: str
    topics: tuple[str, ...]
    offered: tuple[str, ...]
    first_name: str = ""
    note: str = ""
    by: str = ""
