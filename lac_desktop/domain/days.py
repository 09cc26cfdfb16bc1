# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days as people say them: "Today", "Monday", "5 March", "By Friday", "Ran out on 3 March".

``say`` is the translator, as in :mod:`lac_desktop.domain.wording`.
"""

from datetime import date, datetime, timedelta

from lac_desktop.domain.wording import (
    DAYS,
    MONTH_NAMES,
    Say,
    ago,
    clock_time,
    day_date,
    english,
    long_date,
)

_NEAR_MONTHS = 274  # days for which the year goes without saying


def spoken_day(day: date, today: date, say: Say = english) -> str:
    """A day in a list: "Today", "Yesterday", "Monday" in the last week, "5 March", with year."""
    gone = (today - day).days
    near = {0: "Today", 1: "Yesterday", -1: "Tomorrow"}.get(gone)
    if near is not None:
        return say(near)
    if 1 < gone < 7:
        return say(DAYS[day.weekday()])
    if abs(gone) < _NEAR_MONTHS:
        return f"{day.day} {say(MONTH_NAMES[day.month - 1])}"
    return long_date(day, say)


def spoken_moment(moment: datetime, today: date, say: Say = english) -> str:
    """A day and time in a list: "Yesterday, 4:12pm"."""
    at = clock_time(moment, say)
    return say("{day}, {time}").format(day=spoken_day(moment.date(), today, say), time=at)


def promised_words(by: date | None, today: date, say: Say = english) -> str:
    """When something was to be done; what is late is said, never shouted: "Promised for Monday"."""
    if by is None:
        return say("Any time")
    ahead = (by - today).days
    if ahead < 0:
        return say("Promised for {day}").format(day=_inside(by, today, say))
    if ahead == 0:
        return say("Today")
    if ahead == 1:
        return say("Tomorrow")
    if ahead < 7:
        return say("By {day}").format(day=say(DAYS[by.weekday()]))
    return say("By {day}").format(day=spoken_day(by, today, say))


def ends_words(until: date, today: date, say: Say = english) -> str:
    """When something agreed ends: "Ends on Friday 12 March", "Ended yesterday"."""
    gone = (today - until).days
    if gone == 0:
        return say("Ends today")
    if gone == 1:
        return say("Ended yesterday")
    if gone > 1:
        return say("Ended on {date}").format(date=long_date(until, say))
    if gone == -1:
        return say("Ends tomorrow")
    if gone > -_NEAR_MONTHS:
        return say("Ends on {date}").format(date=day_date(until, say))
    return say("Ends on {date}").format(date=long_date(until, say))


def last_spoken_words(last: date | None, today: date, say: Say = english) -> str:
    """When somebody was last spoken with: "Spoke 3 weeks ago", "Not spoken yet"."""
    if last is None:
        return say("Not spoken yet")
    if last >= today:
        return say("Spoke today")
    if last == today - timedelta(days=1):
        return say("Spoke yesterday")
    return say("Spoke {ago}").format(ago=ago(last, today, say))


def _inside(day: date, today: date, say: Say) -> str:
    """A day in the middle of a sentence."""
    if day == today - timedelta(days=1):
        return say("yesterday")
    return spoken_day(day, today, say)
