# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things that happen at an asset: weekly, fortnightly, on the nth weekday, or on dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Repeats(StrEnum):
    """How a session comes round."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    NTH_WEEKDAY = "nth weekday"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Session:
    """One thing that happens, in local time.

    ``weekday`` counts from 0 (Monday). ``nth`` holds 1 to 5, or -1 for the last, and is used by
    ``NTH_WEEKDAY`` alone. A fortnightly session is counted from ``starts``. ``start`` and ``end``
    are "HH:MM"; an ``end`` before ``start`` runs past midnight; an empty ``end`` is unknown.
    """

    title: str
    repeats: Repeats = Repeats.WEEKLY
    weekday: int = 0
    nth: tuple[int, ...] = ()
    start: str = ""
    end: str = ""
    starts: date | None = None
    until: date | None = None
    dates: tuple[date, ...] = ()
    term_time_only: bool = False
    note: str = ""
