# SPDX-License-Identifier: AGPL-3.0-or-later
"""A first visit: when it could be, who could say hello, and what could be told beforehand.

Everything here is offered and nothing is chosen: what may be told is picked word by word with the
person, and the program sends none of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.person import Person
from lac_desktop.domain.sessions import Occurrence, occurrences
from lac_desktop.domain.strengths import Offer
from lac_desktop.domain.wording import DAYS, MONTH_NAMES, clock_time, time_range
from lac_desktop.services import interests, opening, strengths
from lac_desktop.services.indexing import from_minutes, term_dates
from lac_desktop.services.notebook import Notebook, centre

#: How far ahead a first visit is looked for, and how long one should be possible at least.
_AHEAD = timedelta(days=15)
_LEAST = timedelta(minutes=30)
#: Doors open around the clock give no time: one does not first go at three in the morning.
_EARLIEST, _LATEST = time(9), time(20)
_ACCESS = {
    "step-free": "Needs a way in without steps",
    "toilets": "Needs a toilet nearby",
    "hearing-loop": "Needs a hearing loop",
    "quiet": "Needs a quiet corner",
    "parking": "Needs to park nearby",
    "bus": "Needs to come by bus",
}

Spell = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class FirstTime:
    """A time that fits: when it is, and why, as a sentence."""

    at: datetime
    why: str


def first_time(notebook: Notebook, asset: Asset, person: Person | None = None) -> FirstTime | None:
    """The next time to go, from tomorrow on: when something is on, else when it is open.

    A time at which the person is free comes first; where there is none, the sentence says so. None
    where no time is known.
    """
    begin = datetime.combine(notebook.clock().date() + timedelta(days=1), time())
    free = _free(notebook, person, begin)
    found = _next_time(notebook, asset, begin, free)
    if found is None and free is not None and person is not None:
        other = _next_time(notebook, asset, begin, None)
        if other is not None:
            why = f"{other.why} {person.name} is not free then, as far as is known."
            return FirstTime(other.at, why)
    return found


def _next_time(
    notebook: Notebook, asset: Asset, begin: datetime, free: Sequence[Spell] | None
) -> FirstTime | None:
    """The next session, else the next time when it is open; within ``free`` where that is given."""
    terms = term_dates(notebook.settings)
    for one in occurrences(asset.sessions, begin.date(), (begin + _AHEAD).date(), terms):
        if one.start is not None and one.certain and _fits((one.start, _end(one)), free):
            return FirstTime(one.start, f"{one.session.title}: {_on_days(one)}.")
    for start, end in _open(notebook, asset.hours, begin):
        spell = _by_day(start, end)
        for part in _together(spell, free) if free is not None else [spell]:
            if part[1] - part[0] >= _LEAST:
                return FirstTime(part[0], _open_words(asset.name, start, end))
    return None


def _end(one: Occurrence) -> datetime:
    """When it ends; an hour later where nobody said."""
    assert one.start is not None
    return one.end or one.start + timedelta(hours=1)


def _on_days(one: Occurrence) -> str:
    """The days and times of a session: "Tuesdays, 1:30pm to 3pm"."""
    assert one.start is not None
    times = time_range(one.start, one.end) if one.end else f"from {clock_time(one.start)}"
    return f"{DAYS[one.day.weekday()]}, {times}"


def _open_words(name: str, start: datetime, end: datetime) -> str:
    if end - start >= timedelta(days=1):
        return f"{name} is open all day."
    return f"{name} is open {time_range(start, end)} on {DAYS[start.weekday()]}s."


def _open(notebook: Notebook, hours: str, begin: datetime) -> list[Spell]:
    """When hours are open for certain, day by day."""
    found: list[Spell] = []
    for day in range(_AHEAD.days):
        start = begin + timedelta(days=day)
        spells = opening.intervals(
            hours, start, start + timedelta(days=1), notebook.settings.nation,
            centre(notebook), term_dates(notebook.settings),
        )  # fmt: skip
        found += [(from_minutes(a), from_minutes(b)) for a, b, unsure in spells if not unsure]
    return found


def _by_day(start: datetime, end: datetime) -> Spell:
    """The part of a spell at which one goes somewhere for the first time."""
    first = datetime.combine(start.date(), _EARLIEST)
    last = datetime.combine(start.date(), _LATEST)
    return max(start, first), min(end, last)


def _free(notebook: Notebook, person: Person | None, begin: datetime) -> list[Spell] | None:
    """When the person is free; None where they did not say, or where it cannot be read."""
    if person is None or not person.free_times or opening.problem_of(person.free_times):
        return None
    return _open(notebook, person.free_times, begin)


def _together(spell: Spell, free: Sequence[Spell]) -> list[Spell]:
    """The parts of a spell in which the person is free."""
    parts = [(max(spell[0], a), min(spell[1], b)) for a, b in free]
    return [part for part in parts if part[0] < part[1]]


def _fits(spell: Spell, free: Sequence[Spell] | None) -> bool:
    """Whether the person is free for all of something that is on."""
    return free is None or any(a <= spell[0] and spell[1] <= b for a, b in free)


def who_meets(asset: Asset | None) -> str:
    """Who says hello at an asset, if somebody is known."""
    return asset.greeter if asset is not None else ""


def tellable(notebook: Notebook, person: Person) -> list[str]:
    """Sentences that could be told to whoever meets them, to be ticked one by one.

    None is chosen beforehand. Of gifts only those that are offered; no home, no number, no note.
    """
    table = interests.load()
    told = [f"Is called {person.name}."]
    if person.pronouns:
        told.append(f"Is spoken of as “{person.pronouns}”.")
    told += [f"Would love: {one.what}." for one in _open_wishes(notebook, person.id)]
    if person.interests:
        words = ", ".join(table.words_of(one).lower() for one in person.interests)
        told.append(f"Likes: {words}.")
    told += [f"{_ACCESS[fact]}." for fact in person.access_wishes if fact in _ACCESS]
    if person.language:
        told.append(f"Likes to speak {person.language}.")
    offered = [g for g in strengths.gifts(notebook, person.id) if g.offer is not Offer.PRIVATE]
    told += [f"Is willing to show or teach: {gift.what}." for gift in offered]
    return [one.replace("..", ".") for one in told]


def _open_wishes(notebook: Notebook, person: str) -> list[strengths.Wish]:
    return [one for one in strengths.wishes(notebook, person) if one.came_true_on is None]


def asks_words(first: date | None) -> str:
    """When Today will ask, in a sentence."""
    if first is None:
        return "Today will ask in a week how it went, then 4 and 12 weeks after the first visit."
    four, twelve = first + timedelta(weeks=4), first + timedelta(weeks=12)
    return (
        f"Today will ask how it went on {_day(first)}, then at 4 weeks ({_day(four)}) "
        f"and 12 weeks ({_day(twelve)})."
    )


def _day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"
