# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days to come as people say them: "Thursday", "tomorrow", "in 2 weeks", "12 March"."""

import re
from datetime import date, time, timedelta

from lac_desktop.domain.wording import DAYS, clock_time, day_date
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.words import tr

_IN = re.compile(r"(?:in\s+)?(\d{1,3}|a|an|one|two|three|four|six)\s+(day|week|month)s?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_LENGTHS = {"day": 1, "week": 7, "month": 30}


def soon_words(day: date | None, today: date) -> str:
    """A day for a text field: the weekday with it where it is near."""
    if day is None:
        return ""
    near = abs((day - today).days) < 180
    return day_date(day, tr) if near else day_words(day)


def read_soon(text: str, today: date) -> date | None:
    """The day that was typed, or None where it cannot be one; a day without a year is to come."""
    typed = " ".join(text.lower().replace(",", " ").split())
    if typed in ("tomorrow", tr("tomorrow")):
        return today + timedelta(days=1)
    if typed in ("next week", tr("next week")):
        return today + timedelta(days=7)
    if found := _IN.fullmatch(typed):
        number = _NUMBERS.get(found[1]) or int(found[1])
        return today + timedelta(days=number * _LENGTHS[found[2]])
    weekday, rest = _weekday(typed)
    if weekday is not None and not rest:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    day = read_day(rest or typed, today)
    if day is None or re.search(r"\d{4}", text) or (today - day).days < 60:
        return day
    later = _next_year(day)
    return later if later is not None else day


def _weekday(typed: str) -> tuple[int | None, str]:
    """The weekday a text begins with, if any, and what follows it."""
    words = typed.split(" ")
    if words[0] in ("on", "next", "by") and len(words) > 1:
        words = words[1:]
    for number, name in enumerate(DAYS):
        for one in (name.lower(), tr(name).lower()):
            if len(words[0]) >= 3 and one.startswith(words[0]):
                return number, " ".join(words[1:])
    return None, typed


def _next_year(day: date) -> date | None:
    """The same day a year later; None for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None


def read_clock(text: str) -> str | None:
    """A time as "HH:MM" ("10:30am", "14.30", "9"), "" for nothing, None where it is no time."""
    typed = text.lower().replace(".", ":").replace(" ", "")
    if not typed:
        return ""
    found = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?(am|pm)?", typed)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def clock_words(at: str) -> str:
    """A stored time for a text field."""
    try:
        return clock_time(time.fromisoformat(at), tr) if at else ""
    except ValueError:
        return at
