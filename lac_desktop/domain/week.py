# SPDX-License-Identifier: AGPL-3.0-or-later
"""A week as somebody would like it: what happens when, side by side where it overlaps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lac_desktop.domain.tool_values import place
from lac_desktop.domain.wording import DAYS

#: The days' values in a sheet, from Monday.
DAY_IDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: How long something lasts that does not say.
USUAL_MINUTES = 60
_DAY = 24 * 60
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_SPAN = re.compile(
    r"\b(?P<a>\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|noon|midday)"
    r"(?:\s*(?:to|until|-|–)\s*(?P<b>\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|noon|midday|midnight))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on one day: row number, weekday from 0, minutes of the day, and its lane.

    ``end`` may be beyond midnight (over 1,440). ``lane`` of ``lanes`` is its place side by side.
    """

    row: int
    day: int
    start: int
    end: int
    lane: int = 0
    lanes: int = 1


def minutes_of(clock: str) -> int | None:
    """Minutes since midnight of "HH:MM", or None."""
    hours, _, minutes = clock.partition(":")
    if not (hours.isdigit() and minutes.isdigit()):
        return None
    found = int(hours) * 60 + int(minutes)
    return found if found < _DAY else None


def clock_of(minutes: int) -> str:
    """ "HH:MM" of minutes since midnight."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def read_clock(typed: str) -> str:
    """A time of day as HH:MM from "2pm", "14.30", "9", "midday"; "" where it is none."""
    text = typed.strip().lower()
    if text in ("noon", "midday"):
        return "12:00"
    if text == "midnight":
        return "00:00"
    found = _CLOCK.fullmatch(text)
    if not found:
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def blocks(rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The rows that have a day and a time, by day and time, with their lanes."""
    found: list[Block] = []
    for number, row in enumerate(rows):
        start = minutes_of(str(row.get("start", "")))
        if row.get("day") in DAY_IDS and start is not None:
            end = minutes_of(str(row.get("end", "")))
            if end is None:
                end = start + USUAL_MINUTES
            end += _DAY if end <= start else 0
            found.append(Block(number, DAY_IDS.index(row["day"]), start, end))
    placed: list[Block] = []
    for day in range(7):
        placed += _in_lanes(sorted((b for b in found if b.day == day), key=lambda b: b.start))
    return placed


def _in_lanes(day: list[Block]) -> list[Block]:
    """Blocks of one day side by side where they overlap."""
    placed: list[Block] = []
    cluster: list[Block] = []
    ends: list[int] = []
    for block in day:
        if ends and block.start >= max(ends):
            placed += _counted(cluster, len(ends))
            cluster, ends = [], []
        lane = next((i for i, end in enumerate(ends) if end <= block.start), len(ends))
        ends[lane : lane + 1] = [block.end]
        cluster.append(Block(block.row, block.day, block.start, block.end, lane))
    return placed + _counted(cluster, len(ends))


def _counted(cluster: list[Block], lanes: int) -> list[Block]:
    """Blocks that know how many lanes there are beside them."""
    return [Block(b.row, b.day, b.start, b.end, b.lane, lanes) for b in cluster]


def in_order(row: Mapping[str, Any]) -> tuple[int, int]:
    """By which rows are sorted: day, then time, what has none first; no day at all comes last."""
    day = DAY_IDS.index(row["day"]) if row.get("day") in DAY_IDS else len(DAY_IDS)
    start = minutes_of(str(row.get("start", "")))
    return day, -1 if start is None else start


def untimed(rows: Sequence[Mapping[str, Any]], day: int) -> list[int]:
    """Numbers of the rows of a day that have no time."""
    return [
        number
        for number, row in enumerate(rows)
        if row.get("day") == DAY_IDS[day] and minutes_of(str(row.get("start", ""))) is None
    ]


def read_typed(text: str) -> dict[str, Any] | None:
    """A row from "Tuesday 2pm to 4pm, Spoke Shed, with Mo, at the mill"; None without what.

    Day and time may stand anywhere; "with …" is the company, "at …" the place, the rest is what.
    """
    row: dict[str, Any] = {}
    what: list[str] = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        left = _take_day(part, row)
        left = _take_time(left, row)
        low = left.lower()
        if low.startswith("with ") and "with" not in row:
            row["with"] = left[5:].strip()
        elif low.startswith("at ") and "place" not in row and what:
            row["place"] = place(left[3:].strip())
        elif left:
            what.append(left)
    if not what:
        return None
    return {**row, "what": ", ".join(what)}


def _take_day(part: str, row: dict[str, Any]) -> str:
    """A part without the day it names, which goes into the row."""
    for day, name in zip(DAY_IDS, DAYS, strict=True):
        found = re.search(rf"\b(?:on\s+)?(?:{name}s?|{day})\b", part, re.IGNORECASE)
        if found and "day" not in row:
            row["day"] = day
            return f"{part[: found.start()]} {part[found.end() :]}".strip()
    return part


def _take_time(part: str, row: dict[str, Any]) -> str:
    """A part without the time it names, which goes into the row."""
    for found in _SPAN.finditer(part):
        first, last = found["a"].lower().strip(), (found["b"] or "").lower().strip()
        marked = bool(last) or first.endswith(("am", "pm")) or not first.isdigit()
        if "start" in row or not marked:
            continue
        if last.endswith(("am", "pm")) and first.replace(".", "").replace(":", "").isdigit():
            half = last[-2:]  # "2 to 4pm" is two in the afternoon, "11 to 1pm" eleven before noon
            hour = int(re.split("[:.]", first)[0])
            late = int(re.split("[:.]", re.sub(r"\D*$", "", last))[0])
            earlier = hour < late or (late == 12 and half == "am")
            first += half if earlier else ("am" if half == "pm" else "pm")
        start, end = read_clock(first), read_clock(last)
        if start:
            row["start"] = start
            if end:
                row["end"] = end
            return f"{part[: found.start()]} {part[found.end() :]}".strip()
    return part
