# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole demo town in metres: streets, paths, river, railway, green places and buildings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.services.demo_buildings import (
    CELL,
    Building,
    clear_streets,
    houses,
    landmarks,
)
from lac_desktop.services.demo_ground import (
    Globe,
    Line,
    Taken,
    at_metres,
    curve,
    left_of,
    lengths,
    read_toml,
)
from lac_desktop.services.demo_joints import crossings, joined, with_places
from lac_desktop.services.demo_streets import Street, grown, join_ends, main_streets, short_cuts


@dataclass(frozen=True, slots=True, eq=False)
class Green:
    """A green place or a pond: its name, OpenStreetMap tag and ring in metres (not closed)."""

    name: str
    tag: tuple[str, str]
    ring: Line


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Everything on the map of the demo town, in metres on its :class:`Globe`.

    ``streets`` share vertices where they meet, footpaths and steps included; the railway shares
    one with the street at its level crossing, ``level_crossing`` (2,).
    """

    globe: Globe
    edge: tuple[float, float, float, float]
    streets: tuple[Street, ...]
    river: Line
    river_width: float
    brook: Line
    railway: Line
    level_crossing: Line
    greens: tuple[Green, ...]
    buildings: tuple[Building, ...]
    plan: Mapping[str, Any]
    words: Mapping[str, Any]


def make_town(seed: int, progress: Progress = silent) -> Town:
    """Make the town; the same seed makes the same town. Takes one or two seconds."""
    plan, words = read_toml("town.toml"), read_toml("words.toml")
    rng = np.random.default_rng(seed)
    edge = tuple(float(side) for side in plan["edge"])
    river, railway = curve(plan["river"]["course"]), curve(plan["railway"]["course"], every=30)
    brook = curve(plan["brook"]["course"])
    greens = tuple(
        Green(g["name"], (g["tag"][0], g["tag"][1]), curve(g["ring"], 20, closed=True)[:-1])
        for g in plan["green"]
    )
    progress(0, 4, "Laying out streets")
    streets = _all_streets(plan, words, _no_go(edge, river, brook, railway, greens), rng)
    progress(1, 4, "Joining streets")
    streets = _joined(streets)
    railway, streets, crossing = _level_crossing(railway, streets)
    progress(2, 4, "Building houses")
    buildings = _built(plan, streets, _no_build(edge, river, brook, railway, greens), rng)
    progress(4, 4, "Building houses")
    middle = Point(*plan["middle"])
    return Town(
        Globe(middle), (edge[0], edge[1], edge[2], edge[3]), streets, river,
        float(plan["river"]["width"]), brook, railway, crossing, greens, buildings, plan, words,
    )  # fmt: skip


def _ground(edge: tuple[float, ...], cell: float) -> Taken:
    west, south, east, north = edge
    return Taken((west, south, east, north), cell)


def _no_go(
    edge: tuple[float, ...], river: Line, brook: Line, railway: Line, greens: tuple[Green, ...]
) -> Taken:
    """Where no side street goes."""
    taken = _ground(edge, 5.0)
    taken.take_line(river, 34)
    taken.take_line(railway, 24)
    taken.take_line(brook, 14)
    for green in greens:
        taken.take_ring(green.ring, 16)
    return taken


def _no_build(
    edge: tuple[float, ...], river: Line, brook: Line, railway: Line, greens: tuple[Green, ...]
) -> Taken:
    """Where no house stands."""
    taken = _ground(edge, CELL)
    taken.take_line(river, 20)
    taken.take_line(railway, 9)
    taken.take_line(brook, 5)
    for green in greens:
        taken.take_ring(green.ring, 2)
    return taken


def _all_streets(
    plan: Mapping[str, Any], words: Mapping[str, Any], taken: Taken, rng: np.random.Generator
) -> list[Street]:
    """Main streets, side streets, footpaths and short cuts."""
    streets = grown(main_streets(plan), plan["growth"], words["streets"], taken, rng)
    cuts = short_cuts(streets, taken, rng)
    lines = [s.line for s in streets]
    for kind, table in (("footway", "path"), ("steps", "steps")):
        for path in plan[table]:
            line = join_ends(curve(path["course"]), lines, 45.0)
            streets.append(Street(path["name"], kind, "", line))
    return streets + cuts


def _joined(streets: list[Street]) -> tuple[Street, ...]:
    lines = joined([street.line for street in streets])
    return tuple(replace(s, line=line) for s, line in zip(streets, lines, strict=True))


def _level_crossing(
    railway: Line, streets: tuple[Street, ...]
) -> tuple[Line, tuple[Street, ...], Line]:
    """Make the railway and the one street that crosses it share a vertex."""
    changed = list(streets)
    meeting: Line | None = None
    for i, street in enumerate(streets):
        for at, on_rail, place in crossings(street.line, railway):
            if meeting is not None and np.hypot(*(place - meeting)) < 1:
                continue
            if meeting is not None:
                raise ValueError(f"{street.name} crosses the railway a second time")
            meeting = place
            changed[i] = replace(street, line=with_places(street.line, [(at, place)]))
            railway = with_places(railway, [(on_rail, place)])
    if meeting is None:
        raise ValueError("no street crosses the railway")
    return railway, tuple(changed), meeting


def _built(
    plan: Mapping[str, Any], streets: tuple[Street, ...], taken: Taken, rng: np.random.Generator
) -> tuple[Building, ...]:
    """Named buildings first, then houses wherever there is room along a street."""
    clear_streets(taken, streets)
    named = landmarks(plan, streets, taken)
    return tuple(named + houses(streets, plan["growth"], taken, rng))


def river_banks(course: Line, width: float) -> Line:
    """The water of a river as a ring: its left bank and back along its right one."""
    out = left_of(at_metres(course, lengths(course))[1])
    half = width / 2 * (1 + 0.18 * np.sin(np.arange(len(course)) / 3.1))[:, None]
    return np.concatenate([course + out * half, (course - out * half)[::-1]])
