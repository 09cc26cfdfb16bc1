# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a check of an asset lasts, and what to say when the next is due."""

import calendar
from datetime import date
from enum import StrEnum

from lac_desktop.domain.wording import Say, checked_words, english


class Freshness(StrEnum):
    """How fresh what we know is; the order is that of age."""

    FRESH = "fresh"  # checked within half of the kind's period
    AGEING = "ageing"  # within the whole of it
    DUE = "due"  # longer ago, or never


def due_on(checked_on: date | None, months: int) -> date | None:
    """The day on which the next check is due, or None where there was none yet (due at once)."""
    return None if checked_on is None else add_months(checked_on, months)


def freshness(checked_on: date | None, months: int, today: date) -> Freshness:
    """How fresh an asset is whose checks last so many months."""
    if checked_on is None or today >= add_months(checked_on, months):
        return Freshness.DUE
    half = add_months(checked_on, months // 2) if months > 1 else checked_on
    return Freshness.FRESH if today < half or today == checked_on else Freshness.AGEING


def freshness_words(checked_on: date | None, months: int, today: date, say: Say = english) -> str:
    """ "Checked 3 weeks ago", with "worth a check" where it is due."""
    text = checked_words(checked_on, today, say)
    if freshness(checked_on, months, today) is Freshness.DUE:
        return say("{checked}, worth a check").format(checked=text)
    return text


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 31 January + 1 month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
