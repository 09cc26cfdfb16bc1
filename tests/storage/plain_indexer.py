# SPDX-License-Identifier: AGPL-3.0-or-later
"""An indexer that needs no data files: a tiny language of hours, and weekly sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lac_desktop.domain.asset import Asset
from lac_desktop.storage.horizon import DAY, minutes, moment
from lac_desktop.storage.indexing import Interval

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_CATEGORIES = {"library": "I", "knitting": "A", "park": "P", "repair": "E"}
_WORDS = {"library": "library libraries books", "knitting": "knitting craft wool"}


class PlainIndexer:
    """Reads "Mo-Fr 10:00-17:00", "Mo 18:00-02:00", "24/7" and "Mo 10:00-12:00 unknown"."""

    def __init__(self, version: str = "1", fresh: int = 6) -> None:
        self.version = version
        self.fresh = fresh
        self.asked: list[str] = []

    def category(self, kind: str) -> str:
        return _CATEGORIES.get(kind, "S")

    def words(self, kind: str) -> str:
        return _WORDS.get(kind, kind)

    def fresh_months(self, kind: str) -> int:
        return self.fresh

    def hours(self, spec: str, start: int, end: int) -> Sequence[Interval]:
        self.asked.append(spec)
        if spec == "24/7":
            return [(start, end, False)]
        days, _, rest = spec.partition(" ")
        times, _, unknown = rest.partition(" ")
        first, _, last = days.partition("-")
        wanted = range(_WEEKDAYS.index(first), _WEEKDAYS.index(last or first) + 1)
        return _spans(times, wanted, start, end, unknown == "unknown")

    def sessions(self, asset: Asset, start: int, end: int) -> Sequence[Interval]:
        found: list[Interval] = []
        for session in asset.sessions:
            times = f"{session.start}-{session.end}"
            if session.start and session.end:
                day = range(session.weekday, session.weekday + 1)
                found += _spans(times, day, start, end, False)
        return found


def _spans(times: str, days: range, start: int, end: int, unknown: bool) -> list[Interval]:
    begin, _, finish = times.partition("-")
    found: list[Interval] = []
    for day in range(start // DAY - 1, end // DAY + 1):
        date = moment(day * DAY)
        if date.weekday() in days:
            opens = _at(date, begin)
            closes = _at(date, finish)
            closes += DAY if closes <= opens else 0
            if closes > start and opens < end:
                found.append((max(opens, start), min(closes, end), unknown))
    return found


def _at(date: datetime, clock: str) -> int:
    hour, minute = clock.split(":")
    return minutes(date + timedelta(hours=int(hour), minutes=int(minute)))
