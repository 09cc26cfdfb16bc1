# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours and sessions as schedules of Open Referral UK 3.0.

A schedule is one rule: days of the week, a time from and to, weekly or monthly (RFC 5545 names).
Hours that are plain weekly rules become such schedules; whatever says more (holidays, months,
comments) keeps its words in ``description``, which nobody can misread.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.sessions import Repeats, Session

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SPAN = rf"{_DAY}(?:-{_DAY})?"
_TIME = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE = re.compile(rf"(?:({_SPAN}(?:,\s?{_SPAN})*)\s)?({_TIME}(?:,\s?{_TIME})*)")
_HOLIDAY = re.compile(r"(?:PH|SH)(?:,PH|,SH)?\s(?:off|closed)")


def schedules_of(
    asset: PublicAsset,
    service: str,
    say_hours: Callable[[str], str],
    id_of: Callable[..., str],
) -> list[dict[str, Any]]:
    """Every schedule of an asset; ``id_of`` makes a lasting id from the asset's id and a part."""
    found: list[dict[str, Any]] = []
    words = asset.hours_text or (say_hours(asset.hours) if asset.hours else "")
    for rule in [*_weekly(asset.hours)] or ([{}] if words else []):
        found.append({**rule, "description": words})
    for session in asset.sessions:
        found += _session(session)
    return [
        {"id": id_of(asset.id, "schedule", str(number)), "service_id": service}
        | {name: value for name, value in one.items() if value != ""}
        for number, one in enumerate(found)
    ]


def weekly_rules(hours: str) -> list[tuple[frozenset[int], str, str]] | None:
    """Read plain weekly hours as (days from 0 = Monday, from, to), or None where they say more.

    A later rule replaces an earlier one for the same day, as the OpenStreetMap specification says.
    """
    by_day: dict[int, list[str]] = {}
    for part in (piece.strip() for piece in hours.split(";") if piece.strip()):
        if part == "24/7":
            by_day = {day: ["00:00-24:00"] for day in range(7)}
            continue
        if _HOLIDAY.fullmatch(part):
            continue
        rule = _RULE.fullmatch(part)
        if rule is None:
            return None
        spans = re.split(r",\s?", rule[2])
        for day in _days(rule[1] or "Mo-Su"):
            by_day[day] = spans
    grouped: dict[str, set[int]] = {}
    for day, spans in by_day.items():
        for span in spans:
            grouped.setdefault(span, set()).add(day)
    return [(frozenset(days), span[:5], span[6:]) for span, days in grouped.items()]


def _days(text: str) -> Iterator[int]:
    """The days of "Mo-Fr,Su", counted from 0 on Monday; a span may run over Sunday."""
    for span in re.split(r",\s?", text):
        first, _, last = span.partition("-")
        start = DAYS.index(first.upper())
        length = (DAYS.index((last or first).upper()) - start) % 7
        yield from ((start + step) % 7 for step in range(length + 1))


def _weekly(hours: str) -> Iterator[dict[str, Any]]:
    """A schedule for each run of days that opens and closes at the same times."""
    for days, start, end in weekly_rules(hours) or ():
        yield {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(DAYS[day] for day in sorted(days)),
            "opens_at": _clock(start),
            "closes_at": _clock(end),
        }


def _clock(text: str) -> str:
    """A time as the profile's examples write it; midnight at the end of a day is 00:00:00.

    Empty for what is no time.
    """
    if not re.fullmatch(r"\d{2}:\d{2}", text):
        return ""
    hour, minute = int(text[:2]) % 24, int(text[3:5])
    return f"{hour:02}:{minute:02}:00"


def _session(session: Session) -> Iterator[dict[str, Any]]:
    """A schedule a session, or one a date for those that happen on dates."""
    said = session.note
    if session.term_time_only:
        said = f"{said} Term time only.".strip()
    base: dict[str, Any] = {
        "description": session.title,
        "opens_at": _clock(session.start),
        "closes_at": _clock(session.end),
        "notes": said,
    }
    if session.repeats is Repeats.DATES:
        for day in session.dates:
            on = day.isoformat()
            yield base | {"dtstart": on, "valid_from": on, "valid_to": on}
        return
    base["dtstart"] = base["valid_from"] = session.starts.isoformat() if session.starts else ""
    base["valid_to"] = session.until.isoformat() if session.until else ""
    day = DAYS[session.weekday % 7]
    if session.repeats is Repeats.NTH_WEEKDAY:
        nth = ",".join(f"{number}{day}" for number in session.nth)
        yield base | {"freq": "MONTHLY", "interval": 1, "byday": nth or day}
        return
    every = 2 if session.repeats is Repeats.FORTNIGHTLY else 1
    yield base | {"freq": "WEEKLY", "interval": every, "byday": day}
