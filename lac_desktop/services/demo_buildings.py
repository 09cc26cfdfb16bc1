# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buildings of the demo town: terraces, pairs of houses, shops, and the ones with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lac_desktop.services.demo_ground import Line, Taken, at_metres, left_of, lengths, sampled
from lac_desktop.services.demo_streets import Street

#: Half the width of the carriageway and pavement that houses keep clear of, by highway value.
_CLEAR = {"secondary": 7.0, "tertiary": 6.5, "residential": 5.5, "unclassified": 5.0}
_PATH_CLEAR = 2.5
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
                found += _row(street, side, growth[street.grow], taken, rng)
    return found


def _row(
    street: Street,
    side: float,
    style: Mapping[str, Any],
    taken: Taken,
    rng: np.random.Generator,
) -> list[Building]:
    """Houses along one side of a street."""
    found = []
    total = lengths(street.line)[-1]
    at = rng.uniform(4, 10)
    while at < total:
        count = int(rng.integers(style["run"][0], style["run"][1] + 1))
        fronts = rng.uniform(*style["front"], count)
        while count and at + fronts[:count].sum() > total + 3:
            count -= 1
        ring = _outline(street.line, at, fronts[:count], side, style, rng) if count else None
        while ring is None or taken.any(_filled(ring)):
            count = count // 2
            if not count:
                break
            ring = _outline(street.line, at, fronts[:count], side, style, rng)
        if count and ring is not None:
            taken.take(_filled(ring))
            found.append(Building(ring, {"building": "yes"}))
            at += fronts[:count].sum() + rng.uniform(*style["gap"])
            if style["run"][1] > 2:
                at += rng.choice([0.0, 3.0, 9.0], p=[0.3, 0.5, 0.2])
        else:
            at += 4.0
    return found


def _outline(
    line: Line,
    at: float,
    fronts: Line,
    side: float,
    style: Mapping[str, Any],
    rng: np.random.Generator,
) -> Line:
    """The outline of a run of houses that share walls, following the street."""
    walls = at + np.concatenate([[0.0], np.cumsum(fronts)])
    places, directions = at_metres(line, walls)
    out = left_of(directions) * side
    back = style["back"] + (rng.uniform(-1.5, 1.5) if len(fronts) < 3 else 0.0)
    front = places + out * back
    if len(fronts) < 3:
        deep = rng.uniform(*style["deep"])
        outer = _squared(front, deep, side, rng)
        return np.concatenate([front, outer])
    deep = rng.uniform(*style["deep"], len(fronts))
    if style["deep"][1] - style["deep"][0] < 4:  # a terrace: kitchens stand out in pairs
        deep = np.full(len(fronts), style["deep"][0]) + np.where(
            np.arange(len(fronts)) % 4 < 2, 3.5, 0
        )
    rear: list[Line] = []
    for i in range(len(fronts) - 1, -1, -1):
        rear += [front[i + 1] + out[i + 1] * deep[i], front[i] + out[i] * deep[i]]
    return np.concatenate([front, np.array(rear)])


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
    edge = sampled(np.concatenate([ring, ring[:1]]), CELL)
    middle = ring.mean(axis=0)
    return np.concatenate([middle + (edge - middle) * share for share in (0.97, 0.7, 0.4, 0.1)])
