# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wards, LSOAs and postcodes of the demo town, all with codes that exist nowhere.

The wards meet along the river, the railway and a line north of the old town, so that every place
lies in exactly one of them; each is cut in two for its LSOAs.
"""

from dataclasses import dataclass

import numpy as np

from lac_desktop.services.demo_ground import Line, at_metres, in_ring, lengths
from lac_desktop.services.demo_town import Town

#: Letters that Royal Mail uses in the second half of a postcode.
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
#: No postcode area has these letters.
AREA = "ZK"
#: Metres of street that share a postcode.
_SHARED = 150.0


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A ward or an LSOA: its code, names and ring in metres (not closed)."""

    code: str
    name: str
    name_cy: str
    ring: Line


@dataclass(frozen=True, slots=True, eq=False)
class PostcodeSpot:
    """A postcode, its place (2,) in metres, its street and the code of its ward."""

    code: str
    place: Line
    street: str
    ward: str


def wards(town: Town) -> list[Area]:
    """The four wards: old town, north, east of the railway, south of the river."""
    west, south, east, north = town.edge
    river = _within(town.river, west, east, 0)
    rail = _within(town.railway, south, north, 1)  # from north to south
    meet = int(np.hypot(*(river[:, None] - rail[None]).transpose(2, 0, 1)).min(axis=1).argmin())
    at_river = int(np.hypot(*(rail - river[meet]).T).argmin())
    rail = np.concatenate([rail[:at_river], river[meet : meet + 1]])
    middle = int(np.abs(rail[:, 1] - 500).argmin())
    split = np.array([[west, 520.0], [-900, 480], [-300, 600], [300, 560], rail[middle]])
    rings = [
        np.concatenate([split, rail[middle + 1 :], river[:meet][::-1]]),
        np.concatenate([[[west, north]], rail[: middle + 1], split[::-1][1:]]),
        np.concatenate([rail, river[meet + 1 :], [[east, north]]]),
        np.concatenate([river, [[east, south], [west, south]]]),
    ]
    found = town.words["areas"]["ward"]
    return [Area(w["code"], w["name"], w["name_cy"], r) for w, r in zip(found, rings, strict=True)]


def _within(line: Line, low: float, high: float, axis: int) -> Line:
    """The part of a line between two values of x (axis 0) or y (axis 1), ends included."""
    along = lengths(line)
    order = np.argsort(line[:, axis])
    cuts = np.interp([low, high], line[order, axis], along[order])
    ends = at_metres(line, np.sort(cuts))[0]
    inside = line[(along > cuts.min() + 0.1) & (along < cuts.max() - 0.1)]
    return np.concatenate([ends[:1], inside, ends[1:]])


def lsoas(town: Town) -> list[Area]:
    """Two LSOAs a ward, west and east of a line through the middle of its people."""
    streets = np.concatenate([s.line for s in town.streets])
    found = []
    for ward, words in zip(wards(town), town.words["areas"]["ward"], strict=True):
        x = float(np.median(streets[in_ring(streets, ward.ring), 0]))
        for (code, name), side in zip(words["lsoas"], (-1.0, 1.0), strict=True):
            found.append(Area(code, name, "", _half(ward.ring, x, side)))
    return found


def _half(ring: Line, x: float, side: float) -> Line:
    """The part of a ring on one side of a line from south to north."""
    kept: list[Line] = []
    for a, b in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if (a[0] - x) * side >= 0:
            kept.append(a)
        if (a[0] - x) * (b[0] - x) < 0:
            kept.append(a + (b - a) * (x - a[0]) / (b[0] - a[0]))
    return np.array(kept)


def postcodes(town: Town) -> list[PostcodeSpot]:
    """Postcodes along every named street where people live, in order of the streets."""
    found: list[PostcodeSpot] = []
    rings = wards(town)
    counts = {1: 0, 2: 0, 3: 0}
    west, south, east, north = town.edge
    for street in town.streets:
        if not street.grow or not street.name:
            continue
        total = lengths(street.line)[-1]
        pieces = max(1, int(total / _SHARED))
        for i in range(pieces):
            place = at_metres(street.line, np.array([(i + 0.5) * total / pieces]))[0][0]
            if not (west < place[0] < east and south < place[1] < north):
                continue
            number = next(n for n, w in enumerate(rings) if in_ring(place[None, :], w.ring)[0])
            district = (1, 1, 2, 3)[number]
            code = _code(district, counts[district])
            counts[district] += 1
            found.append(PostcodeSpot(code, place, street.name, rings[number].code))
    return found


def _code(district: int, count: int) -> str:
    """The nth postcode of a district, such as "ZK1 2AB"."""
    sector, rest = divmod(count, 100)
    first, second = divmod(rest * 7 % 400, len(_LETTERS))
    return f"{AREA}{district} {sector + 1}{_LETTERS[first]}{_LETTERS[second]}"
