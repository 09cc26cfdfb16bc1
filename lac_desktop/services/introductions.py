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
from lac_desktop.services import people, people_steps
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


def agreed_words(agreed: bool | None) -> str:
    """A kind sentence where nobody asked yet, or where they said no; "" where they agreed."""
    return "" if agreed else NOT_ASKED if agreed is None else SAID_NO


def doubts(introduction: Introduction) -> list[str]:
    """Kind sentences about what is open; none of them blocks anything."""
    said = agreed_words(introduction.agreed)
    return [*([said] if said else []), *([THOUGHT_FIRST] if needs_thought(introduction) else [])]


def needs_thought(introduction: Introduction) -> bool:
    """Whether it goes to a service and nobody said what was thought about first, or why not."""
    return (
        introduction.rung == SERVICES
        and not introduction.inwards
        and not introduction.thought_first.strip()
        and not introduction.skipped
    )


def leads_somewhere(introduction: Introduction) -> bool:
    """Whether it is known to whom or what; not so once whoever it led to was erased."""
    return bool(introduction.to.strip() or introduction.to_asset or introduction.to_person)


def save(notebook: Notebook, introduction: Introduction) -> Introduction:
    """Keep an introduction as one step. Raises LacError for what cannot be kept."""
    if not (introduction.inwards or leads_somewhere(introduction)):
        raise LacError("Say to whom or what.", "Nothing was changed.")
    _keep(notebook, introduction, f"Introduce {{{introduction.person}}}")
    return introduction


def _keep(notebook: Notebook, introduction: Introduction, why: str, *more: Considered) -> None:
    """Keep it, and what the ladder shall remember, as one step."""
    nameless = introduction.to_person or introduction.to == NOBODY
    bare = replace(introduction, to="") if nameless else introduction
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

    def named(one: Introduction) -> Introduction:
        if one.inwards or (leads_somewhere(one) and not one.to_person):
            return one
        return replace(one, to=known.get(one.to_person, NOBODY))

    return [named(one) for one in found]


def due(notebook: Notebook, until: date | None = None) -> list[Due]:
    """What to ask up to a day (today by default), the longest due first.

    Nothing about whoever moved away, died or was erased, about introductions to them, about one
    that ended, or about being introduced to us. After 12 weeks nobody is asked about 4.
    """
    day = until or notebook.clock().date()
    silent = people.silent(notebook)
    found: list[Due] = []
    for one in everything(notebook):
        if one.inwards or one.ended_on or one.agreed is False or one.to == NOBODY:
            continue
        if one.person in silent or one.to_person in silent:
            continue
        asked = question_of(one, day)
        if asked is not None:
            found.append(Due(one, *asked))
    return sorted(found, key=lambda one: one.on)


def question_of(one: Introduction, day: date) -> tuple[Question, date] | None:
    """What to ask about an introduction on a day, and since when; None where nothing is due."""
    if one.went is Went.NOT_YET:
        asked = one.first_visit or one.on + timedelta(days=ASK_AFTER_DAYS)
        return (Question.WENT, asked) if asked <= day else None
    if one.went is not Went.WENT:
        return None
    four, twelve = (one.asks_on(weeks) for weeks in FOLLOW_UP_WEEKS)
    if twelve is not None and twelve <= day:
        return None if one.at_12_weeks else (Question.AT_12, twelve)
    if four is not None and four <= day and not one.at_4_weeks:
        return Question.AT_4, four
    return None


def next_question(one: Introduction) -> Question:
    """What would be asked next, whether or not that is due yet; the last one once all are."""
    if one.went is not Went.WENT:
        return Question.WENT
    return Question.AT_12 if one.at_4_weeks else Question.AT_4


def answer(
    notebook: Notebook,
    introduction: str,
    question: Question,
    reply: Went | StillGoing,
    *,
    on: date | None = None,
    felt: str = "",
    learned: str = "",
) -> Introduction:
    """Keep what was said to a question, and what the ladder shall remember, as one step.

    ``on`` is the day they went or stopped (today by default); for "not yet" the day to ask again
    (in a week by default). ``felt`` and ``learned`` are kept where they are given. "Not for me" and
    "stepped away" end the introduction. Raises LacError where it is not there any more.
    """
    today = notebook.clock().date()

    def reply_to(one: Introduction) -> Introduction:
        said = replace(one, felt=felt.strip() or one.felt, learned=learned.strip() or one.learned)
        if isinstance(reply, Went):
            return _went(said, reply, on, today)
        field = "at_4_weeks" if question is Question.AT_4 else "at_12_weeks"
        ended = (on or today) if reply is StillGoing.STEPPED_AWAY else said.ended_on
        return replace(said, **{field: reply, "ended_on": ended})

    return _change(notebook, introduction, reply_to, "How it went for {{{}}}", remember=True)


def _went(one: Introduction, reply: Went, on: date | None, today: date) -> Introduction:
    """The introduction with the answer to "went?"."""
    if reply is Went.WENT:
        return replace(one, went=reply, went_on=on or one.first_visit or today)
    if reply is Went.NOT_FOR_ME:
        return replace(one, went=reply, ended_on=on or today)
    again = on or today + timedelta(days=ASK_AFTER_DAYS)
    return replace(one, went=reply, first_visit=again, first_time="")


def second_visit(notebook: Notebook, introduction: str, on: date) -> Introduction:
    """Note the day of the second visit, gone or to come."""
    return _change(
        notebook, introduction, lambda one: replace(one, second_visit=on), "Second visit of {{{}}}"
    )


def contributes(notebook: Notebook, introduction: str, since: date | None = None) -> Introduction:
    """Note that they give something there too, from a day on (today by default)."""
    day = since or notebook.clock().date()
    return _change(
        notebook, introduction, lambda one: replace(one, contributor_since=day), "{{{}}} gives too"
    )


def end(
    notebook: Notebook, introduction: str, on: date | None = None, learned: str = ""
) -> Introduction:
    """Note that it came to an end (today by default), and what was learned."""
    day = on or notebook.clock().date()

    def ended(one: Introduction) -> Introduction:
        return replace(one, ended_on=day, learned=learned.strip() or one.learned)

    return _change(notebook, introduction, ended, "An introduction of {{{}}} ended")


def _change(
    notebook: Notebook,
    introduction: str,
    how: Callable[[Introduction], Introduction],
    why: str,
    *,
    remember: bool = False,
) -> Introduction:
    """Change an introduction as it is now, as one step; raises LacError where it is gone."""
    there = get(notebook, introduction)
    if there is None:
        raise LacError(
            "This introduction is not in the notebook any more.",
            "Somebody took it out; Undo brings it back.",
        )
    changed = how(there)
    learned = _remembered(notebook, changed) if remember else []
    _keep(notebook, changed, why.format(there.person), *learned)
    return changed


def _remembered(notebook: Notebook, one: Introduction) -> list[Considered]:
    """What the ladder shall remember of how it went; nothing while nobody went."""
    key = key_of(one)
    if not key or one.went is Went.NOT_YET:
        return []
    thought = Thought.NOT_FOR_ME if one.went is Went.NOT_FOR_ME else Thought.TRIED
    title = "" if one.to_person else one.to
    why = one.learned or one.felt if thought is Thought.NOT_FOR_ME else ""
    happened = "" if thought is Thought.NOT_FOR_ME else f"{_how_far(one)} {one.felt}".strip()
    learned = "" if thought is Thought.NOT_FOR_ME else one.learned
    return [
        Considered(
            ids.new_id(), one.person, key, title, thought, notebook.clock().date(), one.rung,
            why, happened, learned,
        )
    ]  # fmt: skip


def _how_far(one: Introduction) -> str:
    """How far it went, as a short sentence."""
    last = one.at_12_weeks or one.at_4_weeks
    words = {
        StillGoing.STILL_GOING: "Still going.",
        StillGoing.STEPPED_AWAY: "Went for a while, then stepped away.",
        StillGoing.NOT_SURE: "Went; not sure how it is now.",
    }
    return words.get(last, "Went.")
