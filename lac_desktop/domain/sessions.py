# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things that happen at an asset: weekly, fortnightly, on the nth weekday, or on dates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lac_desktop.domain.wording import DAYS, Say, clock_time, english, long_date, time_range


class Repeats(StrEnum):
    """How a session comes round."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    NTH_WEEKDAY = "nth weekday"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Session:
    """One thing that happens, in local time.

    ``weekday`` counts from 0 (Monday). ``nth`` holds 1 to 5, or -1 for the last, and is used by
    ``NTH_WEEKDAY`` alone. A fortnightly session is counted from ``starts``. ``start`` and ``end``
    are "HH:MM"; an ``end`` before ``start`` runs past midnight; an empty ``end`` is unknown.
    """

    title: str
    repeats: Repeats = Repeats.WEEKLY
    weekday: int = 0
    nth: tuple[int, ...] = ()
    start: str = ""
    end: str = ""
    starts: date | None = None
    until: date | None = None
    dates: tuple[date, ...] = ()
    term_time_only: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time a session comes round, in local time.

    ``start`` and ``end`` are None where the session does not say; ``end`` may be on the next day.
    ``certain`` is false where term dates or the first fortnight are not known.
    """

    session: Session
    day: date
    start: datetime | None
    end: datetime | None
    certain: bool = True


#: School terms: first day and last day.
Terms = Sequence[tuple[date, date]]

_DAY = timedelta(days=1)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
#: How long a session without an end is taken to last, as a "maybe", in minutes.
_ASSUMED_MINUTES = 60
_EPOCH = datetime(1970, 1, 1)


def occurrences(
    sessions: Iterable[Session], first: date, last: date, terms: Terms = ()
) -> list[Occurrence]:
    """Every time the sessions come round from ``first`` to ``last``, both included, in order."""
    found = [
        _occurrence(session, day, certain)
        for session in sessions
        for day, certain in _days(session, first, last, terms)
    ]
    latest = datetime.max
    return sorted(found, key=lambda o: (o.day, o.start or latest, o.session.title))


def this_week(sessions: Iterable[Session], today: date, terms: Terms = ()) -> list[Occurrence]:
    """What is on today and in the six days after."""
    return occurrences(sessions, today, today + 6 * _DAY, terms)


def intervals(
    sessions: Iterable[Session], start: datetime, end: datetime, terms: Terms = ()
) -> list[tuple[int, int, bool]]:
    """When something is on in [start, end): (start, end, maybe) in minutes since 1970-01-01.

    Times are local and naive, clipped to the window. A session without an end is a "maybe" of an
    hour; one without a start is left out, for nobody can turn up to it.
    """
    spells: list[tuple[int, int, bool]] = []
    for one in occurrences(sessions, (start - _DAY).date(), end.date(), terms):
        if one.start is None:
            continue
        until = one.end or one.start + timedelta(minutes=_ASSUMED_MINUTES)
        since, until = max(one.start, start), min(until, end)
        if since < until:
            maybe = one.end is None or not one.certain
            spells.append((_minute(since), _minute(until), maybe))
    return sorted(spells)


def session_problem(session: Session) -> str:
    """What is wrong with a session, as a sentence, or "" where nothing is."""
    if not session.title.strip():
        return "Give the session a name, such as Knit and Natter."
    if not 0 <= session.weekday <= 6:
        return "Choose the day of the week."
    for clock in (session.start, session.end):
        if clock and not _CLOCK.fullmatch(clock):
            return f"“{clock}” is not a time. Type it like 13:30."
    if session.end and not session.start:
        return "Give the time when the session starts."
    weeks = set(session.nth)
    if session.repeats is Repeats.NTH_WEEKDAY and not (weeks and weeks <= {1, 2, 3, 4, 5, -1}):
        return "Choose which week of the month: first to fifth, or last."
    if session.repeats is Repeats.FORTNIGHTLY and session.starts is None:
        return "Give the date of one session, so that the right fortnight is counted."
    if session.repeats is Repeats.DATES and not session.dates:
        return "Give at least one date."
    if session.starts and session.until and session.until < session.starts:
        return "The last date is before the first."
    return ""


def describe(session: Session, say: Say = english) -> str:
    """When a session comes round: "Second Thursday of the month, 1:30pm to 3pm"."""
    parts = [_told_days(session, say), _told_times(session, say)]
    if session.term_time_only:
        parts.append(say("term time only"))
    return ", ".join(part for part in parts if part)


def _days(session: Session, first: date, last: date, terms: Terms) -> Iterator[tuple[date, bool]]:
    """The days of a session in a window, each with whether it is certain."""
    first = max(first, session.starts or first)
    last = min(last, session.until or last)
    days = (first + n * _DAY for n in range((last - first).days + 1))
    for day in days:
        certain = _falls_on(session, day)
        if certain is None:
            continue
        if not session.term_time_only:
            yield day, certain
        elif not terms or not min(terms)[0] <= day <= max(end for _, end in terms):
            yield day, False
        elif any(begin <= day <= end for begin, end in terms):
            yield day, certain


def _falls_on(session: Session, day: date) -> bool | None:
    """None: not on that day; otherwise whether that is certain."""
    if session.repeats is Repeats.DATES:
        return True if day in session.dates else None
    if day.weekday() != session.weekday:
        return None
    if session.repeats is Repeats.NTH_WEEKDAY:
        number = (day.day - 1) // 7 + 1
        is_last = (day + 7 * _DAY).month != day.month
        return True if number in session.nth or (is_last and -1 in session.nth) else None
    if session.repeats is Repeats.FORTNIGHTLY:
        if session.starts is None:
            return False
        counted = session.starts - session.starts.weekday() * _DAY
        weeks = (day - day.weekday() * _DAY - counted).days // 7
        return True if weeks % 2 == 0 else None
    return True


def _occurrence(session: Session, day: date, certain: bool) -> Occurrence:
    start, end = _at(day, session.start), _at(day, session.end)
    if start and end and end <= start:
        end += _DAY
    return Occurrence(session, day, start, end, certain)


def _at(day: date, clock: str) -> datetime | None:
    found = _CLOCK.fullmatch(clock)
    if not found:
        return None
    return datetime.combine(day, time()) + timedelta(hours=int(found[1]), minutes=int(found[2]))


def _minute(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds()) // 60


def _told_days(session: Session, say: Say) -> str:
    day = say(DAYS[session.weekday])
    if session.repeats is Repeats.WEEKLY:
        return say("Every {day}").format(day=day)
    if session.repeats is Repeats.FORTNIGHTLY:
        return say("Every other {day}").format(day=day)
    if session.repeats is Repeats.DATES:
        return ", ".join(long_date(one, say) for one in sorted(session.dates))
    names = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
    weeks = say(" and ").join(say(names[n]) for n in session.nth if n in names)
    text = say("{weeks} {day} of the month").format(weeks=weeks, day=day)
    return text[:1].upper() + text[1:]


def _told_times(session: Session, say: Say) -> str:
    noon = date(2000, 1, 1)
    start, end = _at(noon, session.start), _at(noon, session.end)
    if start is None:
        return ""
    return (
        time_range(start, end, say)
        if end
        else say("from {time}").format(time=clock_time(start, say))
    )
