# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people in a life as a drawing: rings, sectors, counts, and room for every dot.

Lengths are shares of the drawing's outer radius, angles radians anticlockwise from the right.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

#: Rings from the centre out, and how far each reaches.
RINGS = ("closest", "friends", "know", "paid")
RADII = (0.32, 0.57, 0.80, 1.0)
#: The disc of the person in the middle.
CENTRE = 0.10
#: Sectors, each a quarter, with the angle at which it begins.
SECTORS = ("family", "friends", "community", "paid")
BEGINS: Mapping[str, float] = {
    "friends": 0.0,
    "family": math.pi / 2,
    "community": math.pi,
    "paid": 3 * math.pi / 2,
}
#: Up to so many people stand there with their names; beyond, with their initials.
NAMED = 30

_LARGEST_DOT = 0.033
_APART = 2.7


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WANTS = {"more": "more", "less": "less", "same": "same"}
_FAMILY = _words(
    "family mum mam mother dad father parent parents sister brother son daughter wife husband "
    "partner aunt auntie uncle cousin niece nephew gran grandma nan grandad grandfather "
    "grandmother grandson granddaughter grandchild stepson stepdaughter teulu"
)
_PAID = _words(
    "paid nurse carer doctor gp worker coordinator therapist cleaner solicitor chemist pharmacist "
    "warden physio chiropodist"
)
_COMMUNITY = _words(
    "neighbour neighbours group club church chapel mosque temple shop choir acquaintance "
    "community cymydog"
)
_FRIENDS = _words("friend friends mate pal ffrind")
_OFTEN = re.compile(
    r"\b(daily|weekly|fortnightly|monthly|yearly|often|sometimes|rarely|never|every|sees?|rings?|"
    r"visits?|once|twice|most|day|days|week|weeks|month|months|year|years|\w+days?)\b"
)


@dataclass(frozen=True, slots=True)
class Tie:
    """One person in a circle; ``wants`` is "more", "less", "same" or "" where nobody asked."""

    name: str
    ring: str = "know"
    sector: str = "community"
    tie: str = ""
    often: str = ""
    paid: bool = False
    wants: str = ""


@dataclass(frozen=True, slots=True)
class Spots:
    """Where the dots lie: a point (x right, y up) for each tie, and the radius of a dot."""

    points: tuple[tuple[float, float], ...]
    dot: float


def from_rows(rows: Sequence[Mapping[str, Any]]) -> list[Tie]:
    """The ties of the rows of a sheet; a ring or sector that is none becomes the outer one."""
    made = []
    for row in rows:
        ring, sector = str(row.get("ring", "")), str(row.get("sector", ""))
        paid = row.get("paid", "yes" if "paid" in (ring, sector) else "no") == "yes"
        made.append(
            Tie(
                str(row.get("name", "")),
                ring if ring in RINGS else "paid" if paid else "know",
                sector if sector in SECTORS else "paid" if paid else "community",
                str(row.get("tie", "")),
                str(row.get("often", "")),
                paid,
                str(row.get("wants", "")),
            )
        )
    return made


def to_row(tie: Tie) -> dict[str, Any]:
    """The row of a tie, without what is empty."""
    row = {
        "name": tie.name,
        "ring": tie.ring,
        "sector": tie.sector,
        "tie": tie.tie,
        "often": tie.often,
        "paid": "yes" if tie.paid else "no",
        "wants": tie.wants,
    }
    return {key: value for key, value in row.items() if value}


def read_typed(text: str) -> Tie | None:
    """A tie from a typed line such as "Mo, friend, sees weekly, more"; None without a name.

    The first part is the name; a plus or minus after it means more or less. Words that tell ring,
    sector, pay or wish are understood; the rest says who they are and how often.
    """
    name, *parts = (part.strip() for part in text.split(","))
    wants = {"+": "more", "-": "less", "−": "less"}.get(name[-1:], "")
    name = name[:-1].strip() if wants else name
    if not name:
        return None
    tie = Tie(name, wants=wants)
    for part in filter(None, parts):
        tie = _understood(tie, part)
    return tie


def _understood(tie: Tie, part: str) -> Tie:
    """A tie with one more typed part."""
    said = part.lower()
    tokens = set(re.findall(r"\w+", said))
    if said in ("closest", "close", "very close"):
        return replace(tie, ring="closest")
    if said in ("not paid", "unpaid"):
        return replace(tie, paid=False)
    wish = next((w for w in _WANTS if said in (w, f"wants {w}", f"see {w}", f"to see {w}")), "")
    if wish:
        return replace(tie, wants=wish)
    sector = _sector_of(tokens)
    if sector and not (tie.tie and _OFTEN.search(said)):
        ring = {"family": "friends", "friends": "friends", "paid": "paid"}.get(sector, "know")
        ring = tie.ring if tie.ring == "closest" else ring
        own = "" if said in ("friend", "family", "paid", "neighbour") else part
        placed = replace(tie, sector=sector, ring=ring, paid=sector == "paid")
        return replace(placed, tie=tie.tie or own or part)
    if not tie.often and _OFTEN.search(said):
        return replace(tie, often=part)
    return replace(tie, tie=f"{tie.tie}, {part}" if tie.tie else part)


def _sector_of(tokens: set[str]) -> str:
    """The sector that words speak of, or ""."""
    for sector, known in (
        ("paid", _PAID), ("family", _FAMILY), ("friends", _FRIENDS), ("community", _COMMUNITY),
    ):  # fmt: skip
        if tokens & known:
            return sector
    return ""


def counts(ties: Sequence[Tie]) -> tuple[int, int]:
    """How many are there without being paid, and how many are paid."""
    paid = sum(tie.paid for tie in ties)
    return len(ties) - paid, paid


def moved(tie: Tie, *, rings: int = 0, quarters: int = 0) -> Tie:
    """The tie so many rings further out and so many quarters round; it stays on the drawing."""
    ring = min(len(RINGS) - 1, max(0, RINGS.index(tie.ring) + rings))
    order = ("friends", "family", "community", "paid")  # anticlockwise
    sector = order[(order.index(tie.sector) + quarters) % len(order)]
    return put(tie, RINGS[ring], sector)


def put(tie: Tie, ring: str, sector: str) -> Tie:
    """The tie in another place; who comes to be among the paid is paid, and the other way round."""
    paid = tie.paid
    if sector != tie.sector:
        paid = sector == "paid"
    return replace(tie, ring=ring, sector=sector, paid=paid)


def place_of(x: float, y: float) -> tuple[str, str]:
    """Ring and sector of a point (y up); beyond the outer ring is the outer ring."""
    away = math.hypot(x, y)
    ring = next((r for r, reach in zip(RINGS, RADII, strict=True) if away <= reach), RINGS[-1])
    angle = math.atan2(y, x) % (2 * math.pi)
    sector = next(s for s, begin in BEGINS.items() if begin <= angle < begin + math.pi / 2 + 1e-9)
    return ring, sector


def initials(name: str) -> str:
    """First letters of at most three words of a name."""
    return "".join(word[0] for word in name.split()[:3]).upper()


def spots(ties: Sequence[Tie]) -> Spots:
    """A place for every dot, within its ring and sector, with no two touching.

    Dots get smaller where a part of the drawing is crowded.
    """
    cells: dict[tuple[str, str], list[int]] = {}
    for index, tie in enumerate(ties):
        cells.setdefault((tie.ring, tie.sector), []).append(index)
    dot = _LARGEST_DOT
    while True:
        found: dict[int, tuple[float, float]] = {}
        if all(_fill(cell, members, dot, found) for cell, members in cells.items()):
            return Spots(tuple(found[i] for i in range(len(ties))), dot)
        dot *= 0.88


def _fill(
    cell: tuple[str, str], members: list[int], dot: float, found: dict[int, tuple[float, float]]
) -> bool:
    """Place the members of one part in arcs; False where dots of this size do not fit."""
    ring = RINGS.index(cell[0])
    inner = RADII[ring - 1] if ring else CENTRE
    gap, depth = dot * _APART, RADII[ring] - inner
    for arcs in range(1, int(depth / gap) + 1):
        radii = [inner + (i + 0.5) * depth / arcs for i in range(arcs)]
        spans = [math.pi / 2 - 2 * math.asin(min(1.0, gap / 2 / r)) for r in radii]
        # The chord between neighbours is what keeps dots apart, so room is counted by chords.
        steps = [2 * math.asin(min(1.0, gap / 2 / r)) for r in radii]
        room = [max(1, int(span / step) + 1) for span, step in zip(spans, steps, strict=True)]
        if min(spans) >= 0 and sum(room) >= len(members):
            _place(cell[1], members, list(zip(radii, spans, room, strict=True)), found)
            return True
    return False


def _place(
    sector: str,
    members: list[int],
    arcs: list[tuple[float, float, int]],
    found: dict[int, tuple[float, float]],
) -> None:
    """Spread members over arcs in proportion to their room, evenly along each."""
    left, room_left = list(members), sum(room for _r, _span, room in arcs)
    for radius, span, room in arcs:
        share = min(room, math.ceil(len(left) * room / room_left))
        here, left = left[:share], left[share:]
        room_left -= room
        start = BEGINS[sector] + (math.pi / 2 - span) / 2
        # Few stand in the middle of their arc's parts, many reach from end to end.
        inset = span / len(here) / 2 if 0 < len(here) <= room / 2 else 0.0
        for number, index in enumerate(here):
            along = 0.5 if len(here) == 1 else number / (len(here) - 1)
            angle = start + inset + along * (span - 2 * inset)
            found[index] = (radius * math.cos(angle), radius * math.sin(angle))
