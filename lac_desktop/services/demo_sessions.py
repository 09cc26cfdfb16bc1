# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sessions of the demo's assets, from the short lines they are written in.

Tue 14:00-15:30 Family history table          every week
term Mon 09:30-11:00 Stay and play            in term time only
fortnightly Wed 19:00-20:30 Welsh chat        every other week
2nd,4th Fri 10:30-12:30 Carers’ Corner        by the weeks of the month; also "last"
dates +5,+33 17:30-19:30 Lantern making       on days counted from today
"""

import re
from datetime import date, timedelta

from lac_desktop.domain.sessions import Repeats, Session

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIMES = r"(?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d) (?P<title>.+)"
_WEEKLY = re.compile(
    r"(?P<term>term )?(?:(?P<how>fortnightly|last|[\d,stndrh]+) )?"
    rf"(?P<day>{'|'.join(_DAYS)}) {_TIMES}"
)
_DATES = re.compile(rf"dates (?P<dates>[+\d,]+) {_TIMES}")

#: A Monday from which fortnights are counted.
_FIRST_MONDAY = date(2026, 1, 5)


def session(line: str, today: date) -> Session:
    """Read one line; ValueError when it is not of the forms above."""
    found = _DATES.fullmatch(line)
    if found:
        days = tuple(today + timedelta(int(days)) for days in found["dates"].split(","))
        times = found["start"], found["end"]
        return Session(found["title"], Repeats.DATES, start=times[0], end=times[1], dates=days)
    found = _WEEKLY.fullmatch(line)
    if not found:
        raise ValueError(f"not a session: {line}")
    weekday, how = _DAYS.index(found["day"]), found["how"] or ""
    repeats, nth, starts = Repeats.WEEKLY, (), None
    if how == "fortnightly":
        repeats, starts = Repeats.FORTNIGHTLY, _FIRST_MONDAY + timedelta(weekday)
    elif how:
        repeats = Repeats.NTH_WEEKDAY
        nth = (-1,) if how == "last" else tuple(int(part[0]) for part in how.split(","))
    return Session(
        found["title"], repeats, weekday, nth, found["start"], found["end"], starts,
        term_time_only=bool(found["term"]),
    )  # fmt: skip
