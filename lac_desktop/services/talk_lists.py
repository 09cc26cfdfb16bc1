# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists a conversation and the tally offer: questions, principles, places, topics, offers.

Each is a file in ``resources/`` that a file of the same name in the policy folder replaces.
"""

from dataclasses import dataclass
from typing import Any

from lac_desktop.services import listed
from lac_desktop.services.listed import Listed


@dataclass(frozen=True, slots=True)
class Question:
    """A question for when a conversation is stuck: ``short`` on its button, ``ask`` in full."""

    short: str
    ask: str


@dataclass(frozen=True, slots=True)
class Principle:
    """Something the work is built on, in our own words."""

    id: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of the tally."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TallyLists:
    """The three rows of the tally and what is wrong with the file, if anything."""

    places: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    offered: tuple[Choice, ...]
    problems: tuple[str, ...] = ()


def questions() -> Listed[Question]:
    """Questions to ask."""
    return listed.load("questions.toml", "question", _question)


def principles() -> Listed[Principle]:
    """The principles that a conversation may be tagged with."""
    return listed.load("principles.toml", "principle", _principle)


def tally() -> TallyLists:
    """Where, what about and what was offered."""
    parts = [listed.load("tally.toml", table, _choice) for table in ("place", "topic", "offered")]
    problems = dict.fromkeys(problem for part in parts for problem in part.problems)
    places, topics, offered = (part.entries for part in parts)
    return TallyLists(places, topics, offered, tuple(problems))


def _question(raw: dict[str, Any]) -> Question:
    return Question(listed.words(raw, "short"), listed.words(raw, "ask"))


def _principle(raw: dict[str, Any]) -> Principle:
    return Principle(*(listed.words(raw, key) for key in ("id", "name", "says")))


def _choice(raw: dict[str, Any]) -> Choice:
    return Choice(listed.words(raw, "id"), listed.words(raw, "name"))
