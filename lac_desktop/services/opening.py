# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours: what OpenStreetMap's opening_hours syntax means at a place and time.

All times are local naive times of the United Kingdom (Europe/London). Free text is never guessed
as open: what the syntax does not know is "not known". Bank holidays come from ``holidays`` by
nation, for the evaluator's own British calendar is wrong for England; they and the school holidays
are written into the rules as dates.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from opening_hours import (
    OpeningHours,
    ParserError,  # pyright: ignore[reportAttributeAccessIssue] missing from its stub
    State,
)

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.hours import MONTHS, Rule, plain_rules, text_of
from lac_desktop.domain.hours_words import from_words
from lac_desktop.domain.wording import opening_sentence
from lac_desktop.errors import LacError

#: The nations and their bank holidays; the keys are what settings and the command line use.
NATIONS = ("england", "wales", "scotland", "northern-ireland")

_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
#: The middle of each nation, for sunrise where no place is given.
_MIDDLES = {
    "england": Point(52.56, -1.46),
    "wales": Point(52.33, -3.77),
    "scotland": Point(56.80, -4.20),
    "northern-ireland": Point(54.60, -6.70),
}
_LONDON = ZoneInfo("Europe/London")
_EPOCH = datetime(1970, 1, 1)
_DAY = timedelta(days=1)
_SUN = re.compile(r"sunrise|sunset|dawn|dusk")
_HOLIDAY = re.compile(r"(PH|SH)(?: ?([+-]\d+) ?days?)?")
#: The evaluator's own years, less room to look around.
_YEARS = range(1901, 9990)
#: Longer than any real value: OpenStreetMap allows 255 characters.
_LONGEST = 4_000
#: How far ahead the next change is looked for, step by step.
_HORIZONS = (9, 62, 370)

#: A spell: start, end, whether it is only "maybe", and what the hours say besides.
Spell = tuple[datetime, datetime, bool, str]
#: School terms: first day and last day.
Terms = Sequence[tuple[date, date]]


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether something is open at a moment.

    ``open`` is None where it is not known; ``unknown`` says so for the hours as such or for a
    "maybe". ``next_change`` is the local time of the next change within a year, if any. ``text``
    is a whole sentence such as "Open now, until 5:30pm"; ``comment`` what the hours say besides
    ("by appointment"), or what is wrong with hours that cannot be read.
    """

    open: bool | None
    unknown: bool
    next_change: datetime | None
    text: str
    comment: str = ""


def evaluate(
    spec: str,
    at: datetime,
    nation: str = "england",
    near: Point | None = None,
    terms: Terms = (),
) -> Opening:
    """Say whether hours in OSM syntax are open at a local naive time.

    ``near`` gives sunrise and sunset; ``terms`` are school terms if known: without them, what
    depends on school holidays is not known. Empty or invalid hours give ``open=None``. Raises
    LacError for a nation that is none of NATIONS.
    """
    calendar = _Calendar.of(nation, near, terms)
    if at.year not in _YEARS:
        raise LacError(f"The year {at.year} is too far away.", "Choose a time of this century.")
    problem = problem_of(spec)
    if problem or not spec.strip():
        return Opening(None, True, None, opening_sentence(None, at, None), problem)
    state, comment, change = _state_at(spec, at, calendar)
    text = opening_sentence(state, at, change, comment)
    return Opening(state, state is None, change, text, comment)


def intervals(
    spec: str,
    start: datetime,
    end: datetime,
    nation: str = "england",
    near: Point | None = None,
    terms: Terms = (),
) -> list[tuple[int, int, bool]]:
    """The open spells that overlap [start, end): (start, end, maybe) in minutes since 1970-01-01.

    Times are local and naive, clipped to the window. Empty or invalid hours give none.
    """
    calendar = _Calendar.of(nation, near, terms)
    if problem_of(spec) or not spec.strip():
        return []
    spells = _merged(_spells(spec, start, end, calendar))
    return [(minute_of(first), minute_of(last), maybe) for first, last, maybe, _ in spells]


def problem_of(spec: str) -> str:
    """What is wrong with hours in OSM syntax, as a sentence, or "" where nothing is."""
    try:
        _checked(spec)
    except LacError as error:
        return f"{error.message} {error.hint}"
    return ""


def now() -> datetime:
    """The time by the clocks of the United Kingdom, without a zone, whole minutes."""
    return datetime.now(_LONDON).replace(tzinfo=None, second=0, microsecond=0)


def minute_of(moment: datetime) -> int:
    """Minutes since 1970-01-01 in local naive time: what the interval tables hold."""
    return int((moment - _EPOCH).total_seconds()) // 60


def bank_holidays(nation: str, year: int) -> dict[date, str]:
    """The bank holidays of a nation in a year, substitute days included, with their names."""
    return dict(_bank_holidays(nation, year))


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What the rules need to know besides themselves."""

    nation: str
    near: Point
    terms: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, nation: str, near: Point | None, terms: Terms) -> "_Calendar":
        if nation not in _SUBDIVISIONS:
            raise LacError(
                f"“{nation}” is not one of the four nations.", f"Use one of {', '.join(NATIONS)}."
            )
        return cls(nation, near or _MIDDLES[nation], tuple(sorted(terms)))

    def school_holidays(self, days: Iterable[date], unknown_too: bool) -> list[date]:
        """Those of the days that are no term days; days outside the known terms if asked for."""
        return [day for day in days if self._holiday(day, unknown_too)]

    def knows(self, day: date) -> bool:
        """Whether the terms tell of this day."""
        return bool(self.terms) and self.terms[0][0] <= day <= self.terms[-1][1]

    def _holiday(self, day: date, unknown_too: bool) -> bool:
        if not self.knows(day):
            return unknown_too
        return not any(first <= day <= last for first, last in self.terms)


@lru_cache(maxsize=64)
def _bank_holidays(nation: str, year: int) -> tuple[tuple[date, str], ...]:
    import holidays  # only where a rule speaks of bank holidays: it takes a tenth of a second

    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return tuple(sorted(found.items()))


@lru_cache(maxsize=4096)
def _checked(spec: str) -> tuple[Rule, ...]:
    """The rules of hours that the evaluator accepts; LacError for all others."""
    if len(spec) > _LONGEST:
        raise _not_hours(spec)
    try:
        rules = plain_rules(spec)
        OpeningHours(text_of(rules) or "off", auto_country=False, auto_timezone=False)
    except ParserError as error:
        if words := from_words(spec):
            return tuple(plain_rules(words))
        raise _not_hours(spec) from error
    return tuple(rules)


def _not_hours(spec: str) -> LacError:
    return LacError(
        f"“{spec[:60]}” is not in the form for opening hours.",
        "Write them like Mo-Fr 09:00-17:00; Sa 10:00-12:00, or as a note in your own words.",
    )


def _state_at(
    spec: str, at: datetime, calendar: _Calendar
) -> tuple[bool | None, str, datetime | None]:
    """State at a moment (None: not known), the comment on it, and when it changes next."""
    now: Spell | None = None
    change: datetime | None = None
    for days in _HORIZONS:
        end = at + days * _DAY
        spells = _merged(_spells(spec, at, end, calendar))
        now = spells[0] if spells and spells[0][0] <= at else None
        coming = [now[1]] if now else [spell[0] for spell in spells[:1]]
        change = coming[0] if coming and coming[0] < end else None
        if change:
            break
    if now is None:
        return False, "", change
    return (None if now[2] else True), now[3], change


def _spells(spec: str, start: datetime, end: datetime, calendar: _Calendar) -> list[Spell]:
    """The open and maybe open spells in [start, end), clipped to it, in order."""
    rules = _checked(spec)
    without = list(_run(rules, start, end, calendar, False))
    if not any(re.search(r"\bSH\b", rule.days) for rule in rules):
        return without
    return list(_agreed(without, list(_run(rules, start, end, calendar, True))))


def _run(
    rules: Sequence[Rule], start: datetime, end: datetime, calendar: _Calendar, unknown_too: bool
) -> Iterator[Spell]:
    """Evaluate rules, those after "||" for the times of which those before say nothing.

    ``unknown_too``: days of which no term is known count as school holidays.
    """
    cuts = [0, *(n for n, rule in enumerate(rules) if n and rule.joint == "||"), len(rules)]
    taken: list[Spell] = []
    for first, last in pairwise(cuts):
        spells = list(_run_group(rules[first:last], start, end, calendar, unknown_too))
        taken = sorted((*taken, *_beside(spells, taken)))
    yield from taken


def _beside(spells: Sequence[Spell], taken: Sequence[Spell]) -> Iterator[Spell]:
    """The parts of spells that lie outside those taken; both in order."""
    for first, last, maybe, comment in spells:
        for since, until, _, _ in taken:
            if until > first and since < last:
                if since > first:
                    yield first, since, maybe, comment
                first = max(first, until)
        if first < last:
            yield first, last, maybe, comment


def _run_group(
    rules: Sequence[Rule], start: datetime, end: datetime, calendar: _Calendar, unknown_too: bool
) -> Iterator[Spell]:
    """Evaluate rules with their holidays written as dates."""
    first = start - 2 * _DAY  # the evaluator loses the night before where it starts
    days = [first.date() + n * _DAY for n in range((end - first).days + 2)]
    dated = [part for rule in rules for part in _dated(rule, days, calendar, unknown_too)]
    text = text_of(dated) or "off"
    place = (calendar.near.lat, calendar.near.lon) if _SUN.search(text) else None
    zone = _LONDON if place else None
    hours = OpeningHours(text, zone, None, place, False, bool(place))
    for since, until, state, comment in hours.intervals(first, end):
        since, until = since.replace(tzinfo=None), until.replace(tzinfo=None)
        if state != State.CLOSED and until > start and since < end:
            yield max(since, start), min(until, end), state == State.UNKNOWN, comment


def _dated(
    rule: Rule, days: Sequence[date], calendar: _Calendar, unknown_too: bool
) -> Iterator[Rule]:
    """The rule with bank and school holidays written as dates; nothing where none falls in."""
    if not re.search(r"\b[PS]H\b", rule.days):
        yield rule
        return
    before, chosen, after = _holiday_part(rule.days)
    items = chosen.split(",")
    weekly = [item for item in items if not _HOLIDAY.fullmatch(item)]
    joint = rule.joint
    if weekly:
        text = " ".join(filter(None, (before, ",".join(weekly), after)))
        yield replace(rule, days=text)
        joint = ";" if joint == ";" else ","
    dates: set[date] = set()
    for item in items:
        if found := _HOLIDAY.fullmatch(item):
            dates |= _dates_of(found[1], int(found[2] or 0), days, calendar, unknown_too)
    rest = " ".join(filter(None, (before, after)))
    dates = {day for day in dates if not rest or _falls_on(rest, day)}
    if dates:
        written = ",".join(f"{d.year} {MONTHS[d.month - 1]} {d.day:02}" for d in sorted(dates))
        yield replace(rule, days=written, joint=joint)


def _holiday_part(selector: str) -> tuple[str, str, str]:
    """Split a selector into what stands before, in and after its list with holidays."""
    joined = re.sub(r"([PS]H) ([+-]\d+) (days?)", r"\1\2\3", selector)
    parts = joined.split(" ")
    at = next(n for n, part in enumerate(parts) if re.search(r"\b[PS]H(?![a-z])", part))
    return " ".join(parts[:at]), parts[at], " ".join(parts[at + 1 :])


def _dates_of(
    which: str, shift: int, days: Sequence[date], calendar: _Calendar, unknown_too: bool
) -> set[date]:
    """The dates of bank holidays (PH) or school holidays (SH) among the days, shifted."""
    wanted = [day - shift * _DAY for day in days]
    if which == "SH":
        found = calendar.school_holidays(wanted, unknown_too)
    else:
        years = {day.year for day in wanted}
        free = {day for year in years for day, _ in _bank_holidays(calendar.nation, year)}
        found = [day for day in wanted if day in free]
    return {day + shift * _DAY for day in found}


def _falls_on(selector: str, day: date) -> bool:
    """Say whether a selector without holidays picks a day."""
    noon = datetime(day.year, day.month, day.day, 12)
    hours = OpeningHours(f"{selector} 00:00-24:00", auto_country=False, auto_timezone=False)
    return hours.is_open(noon)


def _agreed(some: list[Spell], others: list[Spell]) -> Iterator[Spell]:
    """Known where two evaluations agree, "maybe" where they do not."""
    edges = sorted({edge for spell in (*some, *others) for edge in spell[:2]})
    for first, last in pairwise(edges):
        one = next((s for s in some if s[0] <= first < s[1]), None)
        two = next((s for s in others if s[0] <= first < s[1]), None)
        if one or two:
            maybe = not (one and two) or one[2] or two[2]
            yield first, last, maybe, (one or two or ("", "", "", ""))[3]


def _merged(spells: Iterable[Spell]) -> list[Spell]:
    """Spells that touch and say the same as one."""
    joined: list[Spell] = []
    for spell in sorted(spells):
        before = joined[-1] if joined else None
        if before and before[1] >= spell[0] and before[2:] == spell[2:]:
            joined[-1] = (before[0], max(before[1], spell[1]), *before[2:])
        else:
            joined.append(spell)
    return joined
