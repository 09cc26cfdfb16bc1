# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buildings of the demo town: terraces, pairs of houses, shops, and the ones with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.services.demo_ground import Line, Taken, at_metres, left_of, lengths
from lac_desktop.services.demo_streets import Street

#: Half the width of the carriageway and pavement that houses keep clear of, by highway value.
_CLEAR = {"secondary": 7.0, "tertiary": 6.5, "residential": 5.5, "unclassified": 5.0}
_PATH_CLEAR = 2.5
#: How finely a kerb is known, and how far apart a building's places are tested, metres.
_KERB_STEP, _FILL_STEP = 0.5, 2.0
#: Side of the square cells in which taken ground is remembered, metres.
CELL = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Building:
    """One building: its outline in metres (n, 2), not closed, and its OpenStreetMap tags."""

    ring: Line
    tags: Mapping[str, str]


def clear_streets(taken: Taken, streets: Sequence[Street]) -> None:
    """Keep the ground of streets and footpaths free of buildings."""
    for street in streets:
        taken.take_line(street.line, _CLEAR.get(street.kind, _PATH_CLEAR))


def landmarks(town: Mapping[str, Any], streets: Sequence[Street], taken: Taken) -> list[Building]:
    """The buildings with names, turned along the nearest street."""
    found = []
    for mark in town["landmark"]:
        middle = np.array(mark["at"], float)
        along = _direction_near(middle, streets)
        across = left_of(along[None, :])[0]
        width, depth = (side / 2 for side in mark["size"])
        ring = middle + _shape(width, depth) @ np.stack([along, across])
        taken.take_ring(ring, 3.0)
        tags = {"building": "yes", "name": mark["name"], mark["tag"][0]: mark["tag"][1]}
        found.append(Building(ring, tags))
    return found


def _shape(width: float, depth: float) -> Line:
    """An outline with a wing, of half a width and half a depth; small ones are plain."""
    if width * depth < 150:
        return np.array([[-width, -depth], [width, -depth], [width, depth], [-width, depth]])
    wing, step = width * 0.25, depth * 0.2
    return np.array(
        [[-width, -depth], [width, -depth], [width, step], [wing, step], [wing, depth],
         [-width, depth]]
    )  # fmt: skip


def _direction_near(place: Line, streets: Sequence[Street]) -> Line:
    """The direction (2,) of the street nearest to a place."""
    best, found = np.inf, np.array([1.0, 0.0])
    for street in streets:
        gaps = np.hypot(*(street.line[:-1] - place).T)
        i = int(gaps.argmin())
        if gaps[i] < best:
            best, step = gaps[i], street.line[i + 1] - street.line[i]
            found = step / max(float(np.hypot(*step)), 1e-9)
    return found


def houses(
    streets: Sequence[Street],
    growth: Mapping[str, Any],
    taken: Taken,
    rng: np.random.Generator,
) -> list[Building]:
    """Houses along both sides of every street that has a style."""
    found: list[Building] = []
    for street in streets:
        if street.grow:
            for side in (1.0, -1.0):
                found += _row(_Kerb(street.line, side), growth[street.grow], taken, rng)
    return found


class _Kerb:
    """One side of a street, with its places and outward directions every half metre."""

    def __init__(self, line: Line, side: float) -> None:
        self.side = side
        self.length = float(lengths(line)[-1])
        every = np.arange(0, self.length + _KERB_STEP, _KERB_STEP)
        self.places, directions = at_metres(line, every)
        self.out = left_of(directions) * side

    def numbers(self, metres: Line) -> NDArray[np.int64]:
        """Numbers of the places so many metres along."""
        return np.clip((metres / _KERB_STEP).astype(np.int64), 0, len(self.places) - 1)


def _row(
    kerb: _Kerb, style: Mapping[str, Any], taken: Taken, rng: np.random.Generator
) -> list[Building]:
    """Houses along one side of a street."""
    found = []
    middles = kerb.places + kerb.out * (style["back"] + style["deep"][0] / 2)
    free = ~taken.used(middles)
    house = int(style["front"][0] / _KERB_STEP)
    free[:-house] &= free[house:]  # there is room for both ends of a house
    openings = np.flatnonzero(free) * _KERB_STEP
    at = rng.uniform(4, 10)
    while at < kerb.length:
        following = openings[np.searchsorted(openings, at) :]
        if not len(following):
            break
        at = max(at, float(following[0]))
        count = int(rng.integers(style["run"][0], style["run"][1] + 1))
        fronts = rng.uniform(style["front"][0], style["front"][1], count)
        fronts = fronts[np.cumsum(fronts) <= kerb.length + 3 - at]
        fitting = _fitting(kerb, at, fronts, style, taken, rng)
        if fitting is None:
            at += 4.0
            continue
        ring, ground = fitting
        taken.take(ground)
        found.append(Building(ring, {"building": "yes"}))
        at += fronts[: _fronts_of(ring)].sum() + rng.uniform(*style["gap"])
        if style["run"][1] > 2:
            at += rng.choice([0.0, 3.0, 9.0], p=[0.3, 0.5, 0.2])
    return found


def _fronts_of(ring: Line) -> int:
    """How many houses a run has: two corners at the back each, and one more at the front."""
    return max(1, (len(ring) - 1) // 3)


def _fitting(
    kerb: _Kerb,
    at: float,
    fronts: Line,
    style: Mapping[str, Any],
    taken: Taken,
    rng: np.random.Generator,
) -> tuple[Line, Line] | None:
    """The outline of as many houses as there is room for, and their ground; None for no room."""
    while len(fronts):
        ring = _outline(kerb, at, fronts, style, rng)
        ground = _filled(ring)
        if not taken.any(ground):
            return ring, ground
        fronts = fronts[: len(fronts) // 2]
    return None


def _outline(
    kerb: _Kerb, at: float, fronts: Line, style: Mapping[str, Any], rng: np.random.Generator
) -> Line:
    """The outline of a run of houses that share walls, following the street."""
    walls = kerb.numbers(at + np.concatenate([[0.0], np.cumsum(fronts)]))
    out = kerb.out[walls]
    back = style["back"] + (rng.uniform(-1.5, 1.5) if len(fronts) < 3 else 0.0)
    front = kerb.places[walls] + out * back
    if len(fronts) < 3:
        front = front[[0, -1]]
        return np.concatenate([front, _squared(front, rng.uniform(*style["deep"]), kerb.side, rng)])
    deep = rng.uniform(style["deep"][0], style["deep"][1], len(fronts))
    if style["deep"][1] - style["deep"][0] < 4:  # a terrace: kitchens stand out in pairs
        deep = style["deep"][0] + np.where(np.arange(len(fronts)) % 4 < 2, 3.5, 0.0)
    near, far = front[:-1] + out[:-1] * deep[:, None], front[1:] + out[1:] * deep[:, None]
    rear = np.stack([far, near], axis=1)[::-1].reshape(-1, 2)
    return np.concatenate([front, rear])


def _squared(front: Line, deep: float, side: float, rng: np.random.Generator) -> Line:
    """The back corners of a house with square corners, sometimes with an extension."""
    step = front[-1] - front[0]
    size = max(float(np.hypot(*step)), 1e-9)
    out = np.array([-step[1], step[0]]) / size * side
    corners = [front[-1] + out * deep, front[0] + out * deep]
    if rng.random() < 0.4:
        share, more = rng.uniform(0.35, 0.65), rng.uniform(2, 4)
        cut = front[0] + step * share + out * deep
        corners = [front[-1] + out * (deep + more), cut + out * more, cut, corners[1]]
    return np.array(corners)


def _filled(ring: Line) -> Line:
    """Places all over a building and on its edge, close enough to test the ground by."""
    step = np.concatenate([ring[1:], ring[:1]]) - ring
    count = (np.hypot(step[:, 0], step[:, 1]) / _FILL_STEP).astype(np.int64) + 1
    owner = np.arange(len(ring)).repeat(count)
    share = (np.arange(len(owner)) - (count.cumsum() - count)[owner]) / count[owner]
    middle = ring.sum(axis=0) / len(ring)
    away = ring[owner] + step[owner] * share[:, None] - middle
    return np.concatenate([middle + away * 0.97, middle + away * 0.6, middle + away * 0.2])
