# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days as people type them: "5 March 2026", "05/03/2026", "2026-03-05", "today"."""

import re
from datetime import date, timedelta

from lac_desktop.domain.wording import MONTH_NAMES, long_date
from lac_desktop.ui.words import tr

_NUMBERS = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-zŵŷâêîôû]{3,})\.?\s*(\d{4})?")


def day_words(day: date | None) -> str:
    """A day for a text field."""
    return long_date(day, tr) if day else ""


def read_day(text: str, today: date) -> date | None:
    """The day that was typed, or None where it cannot be one; days come before months."""
    typed = text.strip()
    if typed.lower() == tr("today"):
        return today
    if typed.lower() == tr("yesterday"):
        return today - timedelta(days=1)
    try:
        if found := _ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(typed):
            return _named(int(found[1]), found[2], int(found[3] or today.year))
    except ValueError:
        return None
    return None


def _named(day: int, month: str, year: int) -> date | None:
    """A day with a month's name or the first letters of it."""
    for number, name in enumerate(MONTH_NAMES, 1):
        if month.lower() in (name.lower()[: len(month)], tr(name).lower()[: len(month)]):
            return date(year, number, day)
    return None
