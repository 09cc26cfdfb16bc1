# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introductions, in and out: agreed to, told word by word, and always followed up.

Nothing is sent by the app. Whoever moved away or died is not asked after. An introduction to
another person keeps that person's id alone: the name is put in when it is read, so that it lives
in one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.introduction import (
    FOLLOW_UP_WEEKS,
    Considered,
    Introduction,
    StillGoing,
    Thought,
    Went,
)
from lac_desktop.errors import LacError
from lac_desktop.services import considered, people, people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored

#: The rung on which services stand.
SERVICES = 7
#: Days after which to ask "went?" where no first visit was agreed, or it was put off.
ASK_AFTER_DAYS = 7
NOBODY = "somebody who is not here any more"
#: Said once about a service for which nothing was thought about first; never a block.
THOUGHT_FIRST = (
    "What did you try or think about first? One line is enough, or choose why not. "
    "Save again to leave it open."
)
NOT_ASKED = "Nobody asked yet whether they agree. Ask before anything is told."
SAID_NO = "They said no to this. It is kept so that nobody asks again; nothing may be told."


class Question(StrEnum):
    """What Today asks about an introduction."""

    WENT = "went?"
    AT_4 = "4 weeks"
    AT_12 = "12 weeks"


@dataclass(frozen=True, slots=True)
class Due:
    """One question that has come up: about which introduction, and since which day."""

    introduction: Introduction
    question: Question
    on: date


def new(notebook: Notebook, person: str, to: str = "", **known: Any) -> Introduction:
    """An introduction of today that is not saved yet; ``known`` are other fields."""
    return Introduction(ids.new_id(), person, to, notebook.clock().date(), **known)


def key_of(introduction: Introduction) -> str:
    """The key under which the ladder remembers it; "" where no suggestion is meant.

    ``kind`` of an introduction without an asset is the suggestion's key ("approach:homeshare").
    """
    if introduction.inwards:
        return ""
    if introduction.to_asset:
        return f"asset:{introduction.to_asset}"
    if ":" in introduction.kind:
        return introduction.kind
    return f"person:{introduction.to_person}" if introduction.to_person else ""


def doubts(introduction: Introduction) -> list[str]:
    """Kind sentences about what is open; none of them blocks anything."""
    found: list[str] = []
    if introduction.agreed is None:
        found.append(NOT_ASKED)
    elif not introduction.agreed:
        found.append(SAID_NO)
    if needs_thought(introduction):
        found.append(THOUGHT_FIRST)
    return found


def needs_thought(introduction: Introduction) -> bool:
    """Whether it goes to a service and nobody said what was thought about first, or why not."""
    return (
        introduction.rung == SERVICES
        and not introduction.inwards
        and not introduction.thought_first.strip()
        and not introduction.skipped
    )


def save(notebook: Notebook, introduction: Introduction) -> Introduction:
    """Keep an introduction as one step; as it is read again. Raises LacError if it cannot be."""
    _keep(notebook, introduction, f"Introduce {{{introduction.person}}}")
    return introduction


def _keep(notebook: Notebook, introduction: Introduction, why: str, *more: Considered) -> None:
    """Keep it, and what the ladder shall remember, as one step."""
    bare = replace(introduction, to="") if introduction.to_person else introduction
    people_steps.keep(notebook, [bare, *more], why, "introduction")


def get(notebook: Notebook, introduction: str) -> Introduction | None:
    """The introduction of an id, or None."""
    found = people_steps.get(notebook, Introduction, introduction)
    return _named(notebook, [found])[0] if found else None


def remove(notebook: Notebook, introduction: Introduction) -> bool:
    """Take an introduction out; undo brings it back. Whether it was there."""
    why = f"Take out an introduction of {{{introduction.person}}}"
    return people_steps.discard(notebook, Introduction, [introduction.id], why)


def of_person(notebook: Notebook, person: str) -> list[Introduction]:
    """Introductions of a person, and of others to them, the latest first."""
    found = people_steps.of_person(notebook, Introduction, person)
    return _named(notebook, sorted(found, key=lambda one: one.on)[::-1])


def everything(notebook: Notebook) -> list[Introduction]:
    """All introductions of the notebook, the earliest first."""
    with notebook.vault.people_read() as db:
        found = stored.where(db, Introduction)
    return _named(notebook, sorted(found, key=lambda one: one.on))


def _named(notebook: Notebook, found: Sequence[Introduction]) -> list[Introduction]:
    """The same with the present name of whoever they lead to."""
    known = people.names(notebook, {one.to_person for one in found if one.to_person})
    return [
        replace(one, to=known.get(one.to_person, NOBODY)) if one.to_person else one
        for one in found
    ]
