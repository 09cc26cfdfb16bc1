# SPDX-License-Identifier: AGPL-3.0-or-later
"""A perfect week as a calendar file (RFC 5545) that names nobody.

Company, help and whose week it is stay out; names that are known are taken out of what was typed.
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lac_desktop.domain.week import DAY_IDS, USUAL_MINUTES, minutes_of
from lac_desktop.exchange.whole import write_whole

_ZONE = "Europe/London"
_ANYTHING = "Busy"
_DAY = 24 * 60


def names_in(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names that a week itself tells: those of the company."""
    found = []
    for row in rows:
        found += re.split(r",|&|\band\b|\bor\b", str(row.get("with", "")))
    return [name.strip() for name in found if name.strip()]


def without_names(text: str, names: Iterable[str]) -> str:
    """A text without these names, nor the "with" or "’s" that belongs to them."""
    left = text
    for name in sorted({n.strip() for n in names if n.strip()}, key=len, reverse=True):
        own = re.escape(name)
        left = re.sub(
            rf"(?:\b(?:with|and|for|by|to see|see|visit)\s+|&\s*)?(?<!\w){own}(?:['’]s)?(?!\w)",
            "",
            left,
            flags=re.IGNORECASE,
        )
    left = re.sub(r"\s+([,.;])", r"\1", " ".join(left.split()))
    left = re.sub(r"^(?:and|with|at|to)\b\s*|\s*\b(?:and|with|at|to)$", "", left)
    return left.strip(" ,;&-–")


def lines(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> list[tuple[str, str]]:
    """What the file will say of each row that has a day: summary and location, without names."""
    known = [*names, *names_in(rows)]
    told = []
    for row in rows:
        where = row.get("place") or {}
        summary = without_names(str(row.get("what", "")), known)
        told.append((summary or _ANYTHING, without_names(str(where.get("name", "")), known)))
    return told


def calendar(
    rows: Sequence[Mapping[str, Any]], names: Iterable[str], monday: date, made: datetime
) -> bytes:
    """The week as iCalendar from ``monday`` on, each row coming round weekly.

    Rows without a time last the whole day; without an end, an hour. ``made`` is aware or local.
    """
    from icalendar import Calendar

    zone = ZoneInfo(_ZONE)
    book = Calendar()
    book.add("prodid", "-//LAC Desktop//A week//EN")
    book.add("version", "2.0")
    book.add_component(_clocks())
    stamp = (made if made.tzinfo else made.replace(tzinfo=zone)).astimezone(UTC)
    for number, (row, said) in enumerate(zip(rows, lines(rows, names), strict=True)):
        if row.get("day") in DAY_IDS:
            book.add_component(_event(row, said, monday, zone, (stamp, number)))
    return book.to_ical()


def _clocks() -> Any:
    """VTIMEZONE of the United Kingdom by rule, for any year to come.

    icalendar's own ``Timezone.from_tzid`` tells single years, and the spring change an hour late.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", _ZONE)
    summer, winter = timedelta(hours=1), timedelta()
    # Clocks change on the last Sunday at 1am GMT; onsets are told in the time before the change.
    for kind, name, onset, before, after in (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), winter, summer),
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), summer, winter),
    ):
        kind.add("tzname", name)
        kind.add("dtstart", onset)
        kind.add("tzoffsetfrom", before)
        kind.add("tzoffsetto", after)
        kind.add("rrule", {"freq": "yearly", "bymonth": onset.month, "byday": "-1SU"})
        zone.add_component(kind)
    return zone


def _event(
    row: Mapping[str, Any],
    said: tuple[str, str],
    monday: date,
    zone: ZoneInfo,
    made: tuple[datetime, int],
) -> Any:
    """One weekly event."""
    from icalendar import Event

    stamp, number = made
    day = monday + timedelta(days=DAY_IDS.index(row["day"]))
    event = Event()
    own = uuid.uuid5(uuid.NAMESPACE_OID, f"{stamp.isoformat()} {number}")
    event.add("uid", f"{own}@lac-desktop")
    event.add("dtstamp", stamp)
    event.add("summary", said[0])
    start = minutes_of(str(row.get("start", "")))
    if start is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        end = minutes_of(str(row.get("end", "")))
        length = USUAL_MINUTES if end is None else (end - start) % _DAY or _DAY
        # Wall-clock sums, so that a night when clocks change stays as long as it looks.
        begins = datetime(day.year, day.month, day.day) + timedelta(minutes=start)
        event.add("dtstart", begins.replace(tzinfo=zone))
        event.add("dtend", (begins + timedelta(minutes=length)).replace(tzinfo=zone))
    event.add("rrule", {"freq": "weekly"})
    if said[1]:
        event.add("location", said[1])
    return event


def next_monday(today: date) -> date:
    """The Monday that comes, or today where it is one."""
    return today + timedelta(days=-today.weekday() % 7)


def save(file: Path, data: bytes) -> None:
    """Write the calendar, whole or not at all; LacError where the folder does not allow it."""
    write_whole(file, data, personal=True)
