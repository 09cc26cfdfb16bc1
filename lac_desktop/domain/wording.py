# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates, times, counts and distances in words, as GOV.UK writes them.

Every sentence is a whole string with named places, so that a translation can order its own words:
``say`` takes the English sentence and gives the one to show (the window passes its translator).
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

#: Turns an English sentence with named places into the one of the chosen language.
Say = Callable[[str], str]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def english(sentence: str) -> str:
    """The sentence as it is: the wording for English."""
    return sentence


def clock_time(moment: datetime | time, say: Say = english) -> str:
    """A time of day: "5:30pm", "9am", "midday", "midnight"."""
    if (moment.hour, moment.minute) == (0, 0):
        return say("midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return say("midday")
    hour = moment.hour % 12 or 12
    half = say("am") if moment.hour < 12 else say("pm")
    return f"{hour}:{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def time_range(start: datetime | time, end: datetime | time, say: Say = english) -> str:
    """Two times of day: "2pm to 4pm"."""
    return say("{start} to {end}").format(start=clock_time(start, say), end=clock_time(end, say))


def long_date(day: date, say: Say = english) -> str:
    """A date: "5 March 2026"."""
    return f"{day.day} {say(MONTH_NAMES[day.month - 1])} {day.year}"


def day_and_time(moment: datetime, say: Say = english) -> str:
    """A moment that is not near now: "5 March 2026, 2:30pm"."""
    day, clock = long_date(moment.date(), say), clock_time(moment, say)
    return say("{date}, {time}").format(date=day, time=clock)


def day_date(day: date, say: Say = english) -> str:
    """A weekday and date without the year: "Thursday 12 March"."""
    return f"{say(DAYS[day.weekday()])} {day.day} {say(MONTH_NAMES[day.month - 1])}"


def ago(day: date, today: date, say: Say = english) -> str:
    """How long ago a day was: "Today", "Yesterday", "3 weeks ago"; a coming day as its date."""
    days = (today - day).days
    if days < 0:
        return long_date(day, say)
    if days == 0:
        return say("Today")
    if days == 1:
        return say("Yesterday")
    if days < 14:
        return say("{count} days ago").format(count=days)
    if days < 61:
        return say("{count} weeks ago").format(count=days // 7)
    if days < 730:
        return say("{count} months ago").format(count=min(23, round(days / 30.44)))
    return say("{count} years ago").format(count=days // 365)


def checked_words(day: date | None, today: date, say: Say = english) -> str:
    """When an asset was last checked: "Checked 3 weeks ago", "Never checked"."""
    if day is None:
        return say("Never checked")
    if day > today:
        return say("Checked on {date}").format(date=long_date(day, say))
    if (today - day).days == 0:
        return say("Checked today")
    if (today - day).days == 1:
        return say("Checked yesterday")
    return say("Checked {ago}").format(ago=ago(day, today, say))


def count(number: int, one: str, many: str, say: Say = english) -> str:
    """A number and what it counts: ``count(2, "{count} place", "{count} places")``."""
    return say(one if number == 1 else many).format(count=f"{number:,}")


def distance(metres: float, say: Say = english) -> str:
    """Metres in words, no finer than anyone walks: "40 metres", "850 metres", "1.2 km"."""
    if metres < 1_000:
        step = 10 if metres < 300 else 50
        rounded = max(step, round(metres / step) * step)
        if rounded < 1_000:
            return say("{count} metres").format(count=rounded)
    return say("{count} km").format(count=f"{metres / 1000:.1f}")


def minutes_walk(minutes: float, say: Say = english) -> str:
    """A walk in whole minutes, rounded up: "1 minute", "8 minutes"."""
    whole = max(1, -int(-minutes // 1))
    return count(whole, "{count} minute", "{count} minutes", say)


def when(moment: datetime, now: datetime, say: Say = english) -> str:
    """A coming moment as one would say it: "5:30pm", "tomorrow 10am", "Thursday 2pm", a date."""
    days = (moment.date() - now.date()).days
    at = clock_time(moment, say)
    if days == 0:
        return at
    if days == 1:
        return say("tomorrow {time}").format(time=at)
    if 1 < days < 7:
        return say("{day} {time}").format(day=say(DAYS[moment.weekday()]), time=at)
    if 0 < days < 300:
        return say("{date}, {time}").format(date=day_date(moment.date(), say), time=at)
    return say("{date}, {time}").format(date=long_date(moment.date(), say), time=at)


def opening_sentence(
    is_open: bool | None,
    now: datetime,
    change: datetime | None,
    comment: str = "",
    say: Say = english,
) -> str:
    """What the hours say of a moment: "Open now, until 5:30pm", "Opens tomorrow 10am".

    ``is_open`` is None where it is not known; ``change`` is when the state changes next.
    """
    if is_open is None:
        if comment:
            return say("Hours not certain: {comment}").format(comment=comment)
        return say("Hours not certain") if change else say("Hours not known")
    if is_open:
        return _open_words(now, change, comment, say)
    if change is None:
        return say("Closed")
    return say("Opens {when}").format(when=when(change, now, say))


def _open_words(now: datetime, change: datetime | None, comment: str, say: Say) -> str:
    """The sentence for what is open."""
    if change is None or change - now > timedelta(days=7):
        text = say("Open now")
    elif change.date() > now.date() and change.hour < 6:
        # what closes in the small hours closes tonight, as people say it
        text = say("Open now, until {time}").format(time=clock_time(change, say))
    else:
        text = say("Open now, until {when}").format(when=when(change, now, say))
    return say("{sentence} ({comment})").format(sentence=text, comment=comment) if comment else text


def source_words(source: str, say: Say = english) -> str:
    """Where an asset came from: "OpenStreetMap (way 123)"; other sources are words already."""
    if not source.startswith("osm:"):
        return source
    kind, _, number = source.removeprefix("osm:").partition("/")
    names = {"node": say("point"), "way": say("way"), "relation": say("relation")}
    return f"OpenStreetMap ({names.get(kind, kind)} {number})"
