# SPDX-License-Identifier: AGPL-3.0-or-later
"""The eight weeks for which opening times are stored, and times in minutes since 1970."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lac_desktop.storage import binding
from lac_desktop.storage.indexing import Interval

#: ``(start, end)`` in minutes since 1970-01-01T00:00 of local naive time, whole days.
Horizon = tuple[int, int]

DAY = 24 * 60
DAYS = 57
#: Fewer days left than this, and the horizon is moved on.
LEAST_DAYS_LEFT = 35
_EPOCH = datetime(1970, 1, 1)


def minutes(when: datetime) -> int:
    """Minutes since 1970 of a local time; a time zone is left aside."""
    return (when.replace(tzinfo=None) - _EPOCH) // timedelta(minutes=1)


def moment(count: int) -> datetime:
    """The local time of a count of minutes since 1970."""
    return _EPOCH + timedelta(minutes=count)


def around(now: datetime) -> Horizon:
    """The horizon to store at a time: from the day before for eight weeks."""
    first = (minutes(now) // DAY - 1) * DAY
    return first, first + DAYS * DAY


def by_day(intervals: Sequence[Interval], horizon: Horizon) -> Iterator[tuple[int, int, int, int]]:
    """Cut intervals at midnight and to the horizon: (day, start, until, unknown as 0 or 1)."""
    for start, end, unknown in intervals:
        at, last = max(start, horizon[0]), min(end, horizon[1])
        while at < last:
            day = at // DAY
            until = min(last, (day + 1) * DAY)
            yield day, at, until, int(unknown)
            at = until


def current(db: binding.Connection) -> Horizon:
    """The stored horizon; an empty one before the first :func:`set_current`."""
    row = db.execute("SELECT value FROM meta WHERE key = 'horizon'").fetchone()
    if row is None:
        return 0, 0
    start, _, end = row[0].partition(" ")
    return int(start), int(end)


def set_current(db: binding.Connection, horizon: Horizon) -> None:
    """Record the horizon for which opening times are stored."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('horizon', ?)", (f"{horizon[0]} {horizon[1]}",))


def is_stale(db: binding.Connection, now: datetime) -> bool:
    """Say whether too few days are left, or the clock was set back before the first."""
    start, end = current(db)
    at = minutes(now)
    return at < start or end - at < LEAST_DAYS_LEFT * DAY
