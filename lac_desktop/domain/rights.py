# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's rights over what is kept: requests with their clock, holds, what left, disposal.

The clock follows the ICO's guidance on the right of access (time limits, and stopping the clock
under the Data (Use and Access) Act 2025): an answer is due on the corresponding day of the next
month, or on the next working day after it; two more months with a reason.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from lac_desktop.domain.conversation import Conversation, Paragraph

_WORDS = re.compile(r"\w+")

#: What somebody can ask for: value -> words.
ASKED_FOR = {
    "see": "To see everything kept about them",
    "correct": "To have something put right",
    "erase": "To be erased",
    "restrict": "To have it left alone for now",
}

#: Why somebody was erased: only these words are remembered, never a text of somebody's own.
ERASED_BECAUSE = {
    "asked": "They asked for it",
    "period": "The period set by the council is over",
    "mistake": "It was added by mistake",
    "withdrawn": "They withdrew their agreement",
}

MONTHS, MORE_MONTHS = 1, 2


@dataclass(frozen=True, slots=True)
class Pause:
    """A time for which the clock of a request stood still; ``until`` None while it still does."""

    since: date
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Something a person asked for, from the day it came in until it was answered.

    ``kind`` is a key of :data:`ASKED_FOR`. ``outcome`` says what was done, or why it was refused.
    """

    id: str
    person: str
    kind: str
    received: date
    how: str = ""
    pauses: tuple[Pause, ...] = ()
    extended_on: date | None = None
    extended_why: str = ""
    answered_on: date | None = None
    outcome: str = ""

    @property
    def paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.pauses) and self.pauses[-1].until is None


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason why a person's record may not be erased or disposed of for now."""

    id: str
    person: str
    reason: str
    since: date
    by: str = ""
    released_on: date | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something about a person that left the notebook: what, to whom, why, when and by whom."""

    id: str
    person: str
    at: datetime
    by: str
    what: str
    recipient: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Disposal:
    """The first of two steps of disposal: a record that is past its period was chosen to go.

    ``kind`` is a kind of ``resources/retention.toml``, ``record`` the record's id, ``person`` whom
    it is about or "".
    """

    id: str
    kind: str
    record: str
    person: str
    reason: str
    on: date
    by: str = ""


class Redaction(StrEnum):
    """What becomes of a passage that may be about somebody else."""

    SHOW = "show"
    NAMES = "names"  # the other names are taken out
    PASSAGE = "passage"  # the whole passage is taken out


def months_later(day: date, months: int) -> date:
    """The corresponding day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day_from(day: date, is_holiday: Callable[[date], bool]) -> date:
    """The day itself, or the first working day after a weekend or bank holiday."""
    while day.weekday() >= 5 or is_holiday(day):
        day += timedelta(days=1)
    return day


def days_paused(request: Request, today: date) -> int:
    """How many days the clock stood still until today."""
    ends = ((pause.until or max(today, pause.since)) - pause.since for pause in request.pauses)
    return sum(stood.days for stood in ends)


def due_on(request: Request, today: date, is_holiday: Callable[[date], bool]) -> date:
    """The day by which a request is to be answered, as things stand today."""
    months = MONTHS + (MORE_MONTHS if request.extended_on is not None else 0)
    day = months_later(request.received, months) + timedelta(days=days_paused(request, today))
    return working_day_from(day, is_holiday)


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, for comparing names."""
    return _WORDS.findall(text.casefold())


def is_about(text: str, names: Iterable[str]) -> bool:
    """Whether the words that say whom a paragraph is about may mean somebody of these names."""
    told = set(words_in(text))
    known = [set(words_in(name)) for name in names]
    return bool(told) and any(name and (name <= told or told <= name) for name in known)


def without_person(conversation: Conversation, person: str, names: Iterable[str]) -> Conversation:
    """A conversation as it stands for the others: without somebody, and passages about them."""
    known = tuple(names)

    def kept(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        return tuple(p for p in paragraphs if not is_about(p.about, known) and p.about != person)

    return replace(
        conversation,
        people=tuple(one for one in conversation.people if one != person),
        own_words=kept(conversation.own_words),
        reflection=kept(conversation.reflection),
        promises=tuple(p for p in conversation.promises if not is_about(p.who, known)),
    )
