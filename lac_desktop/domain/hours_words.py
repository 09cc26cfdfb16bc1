# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours in plain English, both ways: read forgivingly, and told as a sentence.

Reading is for cells of spreadsheets ("9-4 not Sun", "Weds 10-12"). It gives None as soon as
anything is left that it does not understand: the text is then kept as it stands, and nobody is
told that a door is open which may be shut.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from lac_desktop.domain.hours import (
    MONTHS,
    WEEKDAYS,
    Rule,
    minutes_of,
    rules_of,
    text_of,
    weekday_list,
    weekdays_of,
)
from lac_desktop.domain.wording import DAYS, MONTH_NAMES, clock_time

_DAY_WORD = (
    r"mon(?:days?|s)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:r(?:s(?:days?)?)?)?"
    r"|fri(?:days?|s)?|sat(?:urdays?|s)?|sun(?:days?|s)?|mo|tu|we|th|fr|sa|su"
)
_TOKEN = re.compile(
    rf"""
    (?P<closed>closed|shut|not\s+open|no\s+service)
    |(?P<but>not|except(?:\s+for)?|excluding|excl|apart\s+from|but\s+not)\b
    |(?P<holiday>bank\s+hol(?:iday)?s?|public\s+hol(?:iday)?s?|ph\b)
    |(?P<group>every\s*day|daily|7\s+days(?:\s+a\s+week)?|all\s+week|week\s*days?|week\s*ends?)
    |(?P<always>24\s*/\s*7|24\s*(?:hours|hrs))
    |(?P<midday>midday|noon)|(?P<midnight>midnight)
    |(?P<day>(?:{_DAY_WORD})\b)
    |(?P<clock>\d{{1,2}}(?:[:.h]\d{{2}}(?:[:.]\d{{2}})?)?\s*(?:[ap]\.?\s?m\b\.?)?(?:\s*(?:hrs|h)\b)?)
    |(?P<to>-|to\b|till?\b|until\b|through\b|thru\b)
    |(?P<also>,|;|&|\band\b|\+|/|\n|\|)
    |(?P<noise>open(?:ing|s)?(?:\s+(?:hours|times))?|hours|from|on|between|at|every|each|the|times?
        |week\s*ly|\(|\)|:|\.)
    |(?P<space>\s+)
    |(?P<unknown>.)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TWELVE = re.compile(r"\b12\s*(?=noon|midday|midnight)", re.IGNORECASE)
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'"})
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.]\d{2})?)?\s*(?:([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_CLOSED = re.compile(r"\s*(?:n/?a|closed?|shut|not open|no service|none|off|-|0)\s*", re.IGNORECASE)
_LONGEST = 400
_ALL_DAYS = frozenset(range(7))
_GROUPS = {"weekday": frozenset(range(5)), "weekend": frozenset({5, 6})}


@dataclass(slots=True)
class _Clock:
    """A time as written: minutes from midnight, and whether am, pm or 24 hours is certain."""

    minutes: int
    sure: bool
    bare: bool  # without minutes and without am or pm


@dataclass(slots=True)
class _Line:
    """One statement under way: for these days, these spans."""

    days: set[int] = field(default_factory=set)
    without: set[int] = field(default_factory=set)
    holiday: bool = False
    closed: bool = False
    closes: bool = False  # "closed" stands before its days
    spans: list[str] = field(default_factory=list)


class _UnsureError(Exception):
    """The text says something that is not understood with certainty."""


def from_words(text: str) -> str | None:
    """Read hours as people write them into OpenStreetMap's syntax, or None when unsure.

    A span without am or pm is read as a day's: "9-4" is 09:00-16:00, "1.30-3" 13:30-15:00. A
    start without an end ("thurs 1.30") and times without days ("10am-12pm") are not certain.
    """
    if len(text) > _LONGEST:
        return None
    try:
        lines = _lines(_tokens(_TWELVE.sub("", text.translate(_DASHES))))
        rules = [rule for line in lines for rule in _rules_of_line(line)]
    except _UnsureError:
        return None
    return text_of(rules) if any(rule.spans for rule in rules) else None


def from_columns(cells: Mapping[str, str]) -> str | None:
    """Read a cell for each weekday: {"Monday": "09:00-17:00", "Sunday": "closed"}.

    Keys are names of weekdays in any usual form. "" where it is closed all week, None when a cell
    is not understood.
    """
    by_times: dict[tuple[str, ...], set[int]] = {}
    for heading, cell in cells.items():
        if not cell.strip() or _CLOSED.fullmatch(cell):
            continue
        read = rules_of(from_words(f"{heading} {cell}") or "")
        if len(read) != 1 or not read[0].weekdays:
            return None
        spans = tuple(sorted(set(read[0].spans)))
        by_times.setdefault(spans, set()).update(read[0].weekdays)
    return text_of(Rule(";", weekday_list(days), spans) for spans, days in by_times.items())


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text.strip()):
        kind = str(found.lastgroup)
        if kind == "unknown":
            raise _UnsureError
        if kind not in ("space", "noise"):
            yield kind, re.sub(r"\s+", " ", found.group().lower())


def _lines(tokens: Iterator[tuple[str, str]]) -> Iterator[_Line]:
    """Gather tokens into statements; a day after a span starts a new one."""
    line, waiting = _Line(), list(tokens)
    at, but = 0, False
    while at < len(waiting):
        kind = waiting[at][0]
        done = bool(line.spans or (line.closed and not line.closes))
        if kind == "but":
            but = True
        elif kind in ("day", "group", "holiday"):
            if done and not but and not _days_follow(waiting, at):
                yield line
                line = _Line()
            at = _take_days(line, waiting, at, but)
        elif kind in ("clock", "midday", "midnight"):
            at = _take_span(line, waiting, at)
            but = False
        elif kind == "always":
            line.spans.append("00:00-24:00")
        elif kind == "closed":
            if line.spans:
                yield line
                line = _Line()
            line.closed, line.closes, but = True, not line.days, False
        elif kind == "to" and not (line.days and waiting[at + 1 :] and not done):
            raise _UnsureError  # a dash is fine only in "Mon - 9am-5pm"
        at += 1
    yield line


def _days_follow(waiting: Sequence[tuple[str, str]], at: int) -> bool:
    """Say whether days stand after their times ("9-4 Mon to Fri"): nothing but days to the end."""
    seen_days = any(kind in ("day", "group", "holiday") for kind, _ in waiting[:at])
    rest = {kind for kind, _ in waiting[at:]}
    return not seen_days and rest <= {"day", "group", "holiday", "to", "also"}


def _take_days(line: _Line, waiting: Sequence[tuple[str, str]], at: int, but: bool) -> int:
    """Read a day, a range of days, "weekdays" or "bank holidays"; give the last place read."""
    kind, text = waiting[at]
    target = line.without if but else line.days
    if kind == "holiday":
        if but:
            line.without.add(7)
        line.holiday = line.holiday or not but
        return at
    if kind == "group":
        target |= _GROUPS.get(re.sub(r"\s|s$", "", text), _ALL_DAYS)
        return at
    first = _weekday(text)
    if at + 2 < len(waiting) and waiting[at + 1][0] == "to" and waiting[at + 2][0] == "day":
        last = _weekday(waiting[at + 2][1])
        target |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        return at + 2
    target.add(first)
    return at


def _take_span(line: _Line, waiting: Sequence[tuple[str, str]], at: int) -> int:
    """Read "9 to 5:30pm"; a time without an end is not certain enough."""
    if at + 2 >= len(waiting) or waiting[at + 1][0] != "to":
        raise _UnsureError
    start, end = _clock(*waiting[at]), _clock(*waiting[at + 2])
    if line.closed:
        raise _UnsureError
    if end.bare and end.minutes > 720 and not (start.bare and _names_days(waiting)):
        raise _UnsureError  # "10-16" may be anything
    line.spans.append(_span(start, end))
    return at + 2


def _names_days(waiting: Sequence[tuple[str, str]]) -> bool:
    return any(kind in ("day", "group") for kind, _ in waiting)


def _clock(kind: str, text: str) -> _Clock:
    if kind == "midday":
        return _Clock(720, True, False)
    if kind == "midnight":
        return _Clock(0, True, False)
    found = _CLOCK.match(text) if kind == "clock" else None
    if not found:
        raise _UnsureError
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        raise _UnsureError
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    bare = found[2] is None and not half
    padded = found[1].startswith("0") and found[2] is not None
    return _Clock(hour * 60 + minute, bool(half) or hour > 12 or hour == 0 or padded, bare)


def _span(start: _Clock, end: _Clock) -> str:
    """A span of a day; raises where am or pm is anybody's guess ("7-9")."""
    first, last = start.minutes, end.minutes
    if not end.sure and start.sure and last <= first:
        last += 720  # "11am-3", "14:00-4"
    elif not start.sure and end.sure:
        first = _start_before(first, last)
    elif not (start.sure or end.sure):
        first, last = _span_of_day(first, last)
    last = last or 24 * 60
    if last > 24 * 60 or (last <= first and not (start.sure and end.sure)):
        raise _UnsureError
    return f"{first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"


def _start_before(first: int, last: int) -> int:
    """A start without am or pm before a certain end: "2-4pm" is 14:00, "9-5pm" 09:00."""
    if last > 720 and first < 720 and first + 720 < last:
        if 5 * 60 <= first < 8 * 60:
            return first + 720  # "7-9pm"
        return first if first >= 8 * 60 else first + 720
    return first


def _span_of_day(first: int, last: int) -> tuple[int, int]:
    """A span without any am or pm, where daytime leaves only one reading."""
    if last > 720:
        return first, last
    if last <= first:
        return first, last + 720  # "9-5", "12-2"
    if first < 5 * 60:
        return first + 720, last + 720  # "1-3"
    if first < 9 * 60 and last < 720:
        raise _UnsureError  # "7-9": morning or evening
    return first, last


def _rules_of_line(line: _Line) -> Iterator[Rule]:
    """The rules that one statement means."""
    everyday = not line.days and bool(line.without)  # "9-4 not Sun"
    days = weekday_list((_ALL_DAYS if everyday else line.days) - line.without)
    if line.spans and not days and not line.holiday:
        raise _UnsureError  # "10am-12pm" may be of any day
    if line.spans and days:
        yield Rule(";", days, tuple(dict.fromkeys(line.spans)))
    if line.closed and line.days:
        yield Rule(";", days, (), "off")
    if line.holiday:
        yield Rule(";", "PH", tuple(line.spans), "" if line.spans else "off")
    elif 7 in line.without:
        yield Rule(";", "PH", (), "off")


def _weekday(text: str) -> int:
    return WEEKDAYS.index(text[:2].capitalize())


def describe(spec: str) -> str:
    """Hours in OpenStreetMap's syntax as an English sentence.

    "Mo-Fr 10:00-17:00; PH off" is "Monday to Friday 10am to 5pm, closed on bank holidays". What
    the words here do not cover is given back as it stands.
    """
    rules = rules_of(spec)
    if not rules:
        return ""
    if spec.strip() == "24/7":
        return "Always open"
    parts = [_told(rule) for rule in rules]
    if any(part is None for part in parts):
        return spec.strip()
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _told(rule: Rule) -> str | None:
    """One rule in words, or None where there are none."""
    days = _told_days(rule.days)
    times = _told_times(rule.spans)
    if days is None or times is None:
        return None
    note = f"({rule.comment})" if rule.comment and (days or times) else rule.comment
    if rule.joint == "||":
        return f"otherwise {rule.comment or 'not certain'}"
    if rule.state == "off":
        on = f"on {days}" if "bank holidays" in days or "school" in days else days
        return " ".join(filter(None, ("closed", on, times, note)))
    maybe = "perhaps" if rule.state == "unknown" and (days or times) else ""
    if not times and not rule.comment and days:
        times = "all day"
    return " ".join(filter(None, (maybe, days or ("every day" if times else ""), times, note)))


def _told_days(days: str) -> str | None:
    if not days:
        return ""
    named = {"PH": "bank holidays", "SH": "school holidays", "PH,SH": "bank and school holidays"}
    if days in named:
        return named[days]
    if (chosen := weekdays_of(days)) is not None:
        return "every day" if chosen == _ALL_DAYS else _told_weekdays(days)
    months = re.fullmatch(r"([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))?:?(?: (.+))?", days)
    if months and months[1] in MONTHS and (months[2] or months[1]) in MONTHS:
        when = MONTH_NAMES[MONTHS.index(months[1])]
        if months[2]:
            when = f"{when} to {MONTH_NAMES[MONTHS.index(months[2])]}"
        rest = _told_days(months[3] or "")
        return None if rest is None else " ".join(filter(None, (when, rest)))
    if nth := re.fullmatch(r"(Mo|Tu|We|Th|Fr|Sa|Su)\[(-?\d)(?:,(\d))?\]", days):
        names = {
            "1": "first",
            "2": "second",
            "3": "third",
            "4": "fourth",
            "5": "fifth",
            "-1": "last",
        }
        told = [names[n] for n in (nth[2], nth[3]) if n in names]
        return f"{' and '.join(told)} {_day_name(nth[1])} of the month" if told else None
    if mixed := re.fullmatch(r"(.+),PH|PH,(.+)", days):
        rest = _told_days(mixed[1] or mixed[2])
        return None if rest is None else f"{rest} and bank holidays"
    return None


def _told_weekdays(days: str) -> str:
    """ "Mo-We,Su" as "Monday to Wednesday and Sunday"."""
    parts = [" to ".join(_day_name(day) for day in part.split("-")) for part in days.split(",")]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _day_name(day: str) -> str:
    return DAYS[WEEKDAYS.index(day)]


def _told_times(spans: Sequence[str]) -> str | None:
    told: list[str] = []
    for span in spans:
        open_end = span.endswith("+")
        first, _, last = span.rstrip("+").partition("-")
        start, end = _told_clock(first), _told_clock(last) if last else ""
        if not start or (last and not end):
            return None
        words = f"{start} to {end}" if end else f"from {start}"
        told.append(f"{words} or later" if open_end and end else words)
    return (
        told[0]
        if len(told) == 1
        else " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
    )


def _told_clock(clock: str) -> str:
    if clock in ("sunrise", "sunset", "dawn", "dusk"):
        return clock
    minutes = minutes_of(clock)
    if minutes is None:
        return ""
    return clock_time(time(minutes // 60 % 24, minutes % 60))
