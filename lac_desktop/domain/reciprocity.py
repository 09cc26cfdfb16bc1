# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving and receiving seen together: two plain counts over time, never a score.

Everyone has something to give. What is looked at is whether the giving goes both ways, and whether
it leans on one partner alone; what it means is for the person to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lac_desktop.domain.strengths import Exchange

#: After so many days of giving alone, or receiving alone, it is worth a word.
ONE_WAY_DAYS = 90
#: One partner in more than this part of what was exchanged is worth a word.
ONE_PARTNER = 0.7
#: Over the days before today, and only from so many exchanges on.
PARTNER_DAYS = 365
PARTNER_LEAST = 5
#: "Not now" keeps a word away for so many days.
LATER_DAYS = 90


class Word(StrEnum):
    """What a nudge is about."""

    ONLY_RECEIVES = "only receives"
    ONLY_GIVES = "only gives"
    ONE_PARTNER = "one partner"


@dataclass(frozen=True, slots=True)
class Side:
    """An exchange as seen by one person: ``other`` is an id or a plain name."""

    exchange: Exchange
    gave: bool
    other: str


@dataclass(frozen=True, slots=True)
class Period:
    """Three months of a year with what was given and received in them."""

    start: date
    end: date
    gave: int
    received: int


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody with whom things were exchanged, over all time."""

    other: str
    gave: int
    received: int

    @property
    def times(self) -> int:
        """How often, both ways."""
        return self.gave + self.received


@dataclass(frozen=True, slots=True)
class Nudge:
    """Something worth a word; for one partner, ``times`` of ``among`` exchanges were with them."""

    about: Word
    other: str = ""
    times: int = 0
    among: int = 0


def sides(exchanges: Iterable[Exchange], person: str) -> list[Side]:
    """Exchanges as a person sees them, the latest first; those of others are left out."""
    found = []
    for exchange in exchanges:
        if exchange.person == person:
            found.append(Side(exchange, exchange.given, exchange.other))
        elif exchange.other == person:
            found.append(Side(exchange, not exchange.given, exchange.person))
    return sorted(found, key=lambda s: (s.exchange.on, s.exchange.id), reverse=True)


def periods(found: Sequence[Side], today: date, quarters: int = 4) -> list[Period]:
    """What was given and received in the last quarters of a year, this one last."""
    made = []
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    for _ in range(quarters):
        after = _months_on(start, 3)
        within = [s for s in found if start <= s.exchange.on < after]
        gave = sum(s.gave for s in within)
        made.append(Period(start, after - timedelta(days=1), gave, len(within) - gave))
        start = _months_on(start, -3)
    return made[::-1]


def partners(found: Iterable[Side]) -> list[Partner]:
    """With whom things were exchanged, the most often first; names count without regard to case."""
    counts: dict[str, tuple[str, int, int]] = {}
    for side in found:
        key = side.other.casefold().strip()
        name, gave, received = counts.get(key, (side.other.strip(), 0, 0))
        counts[key] = (name, gave + side.gave, received + (not side.gave))
    return sorted(
        (Partner(*values) for values in counts.values()), key=lambda p: (-p.times, p.other)
    )


def nudges(found: Sequence[Side], today: date) -> list[Nudge]:
    """What is worth a word today.

    One way: everything of the last 90 days went one way, there was something, and the story of
    giving and receiving is at least 90 days long. One partner: of five or more exchanges in a year,
    more than 70 % were with the same one.
    """
    past = [side for side in found if side.exchange.on <= today]
    made: list[Nudge] = []
    begun = min((s.exchange.on for s in past), default=today)
    lately = [s for s in past if (today - s.exchange.on).days < ONE_WAY_DAYS]
    if lately and (today - begun).days >= ONE_WAY_DAYS:
        ways = {side.gave for side in lately}
        if ways == {True}:
            made.append(Nudge(Word.ONLY_GIVES))
        elif ways == {False}:
            made.append(Nudge(Word.ONLY_RECEIVES))
    year = [s for s in past if (today - s.exchange.on).days < PARTNER_DAYS]
    if len(year) >= PARTNER_LEAST:
        first = partners(year)[0]
        if first.times / len(year) > ONE_PARTNER:
            made.append(Nudge(Word.ONE_PARTNER, first.other, first.times, len(year)))
    return made


def _months_on(day: date, months: int) -> date:
    """The first of a month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
