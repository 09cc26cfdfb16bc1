# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shortest way on foot between two places, with the street names for directions."""

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby

import numpy as np

from lac_desktop.domain.geometry import METRES_PER_DEGREE
from lac_desktop.geo.walk_net import Floats, StreetNet, places_along
from lac_desktop.geo.walk_rules import WayFlag
from lac_desktop.geo.walk_snap import Snap
from lac_desktop.geo.walk_spread import Walks

#: Below this change of bearing one goes straight on, degrees.
_STRAIGHT_ON = 35.0
#: A state of the search: (junction, stage); stages are private start, public, private end.
_State = tuple[int, int]
_PRIVATE_START, _PUBLIC, _PRIVATE_END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class RoutePart:
    """One street of a route: ``turn`` is "", "left", "right" or "straight on" onto it."""

    name: str
    metres: float
    steps: bool
    turn: str


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A way on foot: metres with the bits off the street, its line (n, 2) lon, lat, and parts."""

    metres: float
    line: Floats
    parts: tuple[RoutePart, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of one edge that is walked, from one distance along it to another."""

    edge: int
    begin: float
    end: float


def find_route(
    net: StreetNet, walks: Walks, start: Snap, end: Snap, furthest: float
) -> Route | None:
    """The shortest way between two points that both lie on usable streets, or None."""
    found = _search(net, walks, start, end, furthest)
    if found is None:
        return None
    metres, stretches = found
    lines = [_stretch_line(net, stretch) for stretch in stretches]
    first = np.array([[start.lon[0], start.lat[0]]])
    last = np.array([[end.lon[0], end.lat[0]]])
    line = np.concatenate([first, *lines, last])
    fresh = np.ones(len(line), bool)
    fresh[1:] = (line[1:] != line[:-1]).any(axis=1)
    return Route(metres, line[fresh], _parts(net, stretches, lines))


def _search(
    net: StreetNet, walks: Walks, start: Snap, end: Snap, furthest: float
) -> tuple[float, list[_Stretch]] | None:
    """Dijkstra from start to end with memory of the way; metres and the stretches walked."""
    goal = int(end.edge[0])
    entries = _entries(net, walks, end)
    off = float(start.off[0] + end.off[0])
    best, best_state = np.inf, None
    if goal == int(start.edge[0]):
        best = abs(float(end.along[0] - start.along[0])) + off
    reached, came = _seeds(net, walks, start)
    queue = sorted((metres, state) for state, metres in reached.items())
    while queue:
        metres, state = heappop(queue)
        if metres > reached[state]:
            continue
        if metres >= best or metres > furthest:
            break
        total = metres + entries.get(state, np.inf)
        if total < best:
            best, best_state = total, state
        for onward, length, edge in _onward(walks, state):
            if metres + length < reached.get(onward, np.inf):
                reached[onward] = metres + length
                came[onward] = (state, edge)
                heappush(queue, (metres + length, onward))
    if not best <= furthest:
        return None
    return best, _way_back(net, came, best_state, start, end)


def _onward(walks: Walks, state: _State) -> list[tuple[_State, float, int]]:
    """Where one may go from a state; see :class:`Walks` for the rule about private ways."""
    here, stage = state
    result = []
    if stage != _PRIVATE_END:
        result += [((j, _PUBLIC), m, e) for j, m, e in walks.public_arcs.leaving(here)]
    after = _PRIVATE_START if stage == _PRIVATE_START else _PRIVATE_END
    result += [((j, after), m, e) for j, m, e in walks.private_arcs.leaving(here)]
    return result


_Came = dict[_State, tuple[_State | None, int]]


def _seeds(net: StreetNet, walks: Walks, start: Snap) -> tuple[dict[_State, float], _Came]:
    """The two ends of the first street, with the metres to get there."""
    edge, along, off = int(start.edge[0]), float(start.along[0]), float(start.off[0])
    stage = _PRIVATE_START if walks.private[edge] else _PUBLIC
    reached: dict[_State, float] = {}
    came: _Came = {}
    ends = ((net.edge_from[edge], along, -1), (net.edge_to[edge], net.metres[edge] - along, -2))
    for junction, metres, mark in ends:
        state = (int(junction), stage)
        if metres + off < reached.get(state, np.inf):
            reached[state] = float(metres) + off
            came[state] = (None, mark)
    return reached, came


def _entries(net: StreetNet, walks: Walks, end: Snap) -> dict[_State, float]:
    """Metres from the ends of the last street to the place, by the states that may enter it."""
    edge, along, off = int(end.edge[0]), float(end.along[0]), float(end.off[0])
    stages = (_PRIVATE_START, _PUBLIC)
    if walks.private[edge]:
        stages = (_PRIVATE_START, _PUBLIC, _PRIVATE_END)
    result: dict[_State, float] = {}
    for stage in stages:
        for junction, metres in (
            (net.edge_from[edge], along), (net.edge_to[edge], net.metres[edge] - along),
        ):  # fmt: skip
            state = (int(junction), stage)
            result[state] = min(result.get(state, np.inf), float(metres) + off)
    return result


def _way_back(
    net: StreetNet, came: _Came, state: _State | None, start: Snap, end: Snap
) -> list[_Stretch]:
    """Follow the search back from the last junction and put the stretches in walking order."""
    first, last = int(start.edge[0]), int(end.edge[0])
    begin, finish = float(start.along[0]), float(end.along[0])
    if state is None:
        return [_Stretch(first, begin, finish)]
    stretches = [_Stretch(last, _last_from(net, last, state[0], finish), finish)]
    here = state
    while True:
        before, edge = came[here]
        if before is None:
            leave = 0.0 if edge == -1 else float(net.metres[first])
            stretches.append(_Stretch(first, begin, leave))
            break
        length = float(net.metres[edge])
        forwards = int(net.edge_to[edge]) == here[0] and int(net.edge_from[edge]) == before[0]
        stretches.append(_Stretch(edge, 0.0, length) if forwards else _Stretch(edge, length, 0.0))
        here = before
    return [s for s in reversed(stretches) if abs(s.end - s.begin) > 1e-6]


def _last_from(net: StreetNet, edge: int, junction: int, finish: float) -> float:
    """Where on the last street one comes in: at its beginning or its end, the nearer if both."""
    length = float(net.metres[edge])
    if int(net.edge_from[edge]) == int(net.edge_to[edge]):
        return 0.0 if finish <= length / 2 else length
    return 0.0 if int(net.edge_from[edge]) == junction else length


def _stretch_line(net: StreetNet, stretch: _Stretch) -> Floats:
    """Vertices (n, 2) of a stretch in walking order."""
    low, high = sorted((stretch.begin, stretch.end))
    part = slice(int(net.start[stretch.edge]), int(net.start[stretch.edge + 1]))
    along = net.along[part]
    inner = (along > low) & (along < high)
    edges = np.array([stretch.edge, stretch.edge])
    lon, lat = places_along(net, edges, np.array([low, high]))
    middle = np.column_stack([net.lon[part][inner], net.lat[part][inner]])
    line = np.concatenate([[[lon[0], lat[0]]], middle, [[lon[1], lat[1]]]])
    return line if stretch.begin <= stretch.end else line[::-1]


def _parts(net: StreetNet, stretches: list[_Stretch], lines: list[Floats]) -> tuple[RoutePart, ...]:
    """Put stretches of the same street together and say which way one turns onto each."""
    parts: list[RoutePart] = []
    before: Floats | None = None
    pairs = zip(stretches, lines, strict=True)
    for (name, steps), group in groupby(pairs, key=lambda pair: _street(net, pair[0])):
        walked = list(group)
        metres = sum(abs(stretch.end - stretch.begin) for stretch, _ in walked)
        turn = "" if before is None else _turn(before, walked[0][1])
        parts.append(RoutePart(net.names[name], metres, steps, turn))
        before = walked[-1][1]
    return tuple(parts)


def _street(net: StreetNet, stretch: _Stretch) -> tuple[int, bool]:
    """What makes two stretches the same street: their name, and whether they are steps."""
    return int(net.name[stretch.edge]), bool(net.flags[stretch.edge] & WayFlag.STEPS)


def _turn(before: Floats, after: Floats) -> str:
    """Say which way one turns from the end of one line onto the beginning of the next."""
    change = (_bearing(after[0], after[1]) - _bearing(before[-2], before[-1]) + 540) % 360 - 180
    if abs(change) < _STRAIGHT_ON:
        return "straight on"
    return "right" if change > 0 else "left"


def _bearing(a: Floats, b: Floats) -> float:
    """Degrees clockwise from north of the way from a to b, both lon, lat."""
    east = (b[0] - a[0]) * np.cos(np.radians((a[1] + b[1]) / 2)) * METRES_PER_DEGREE
    north = (b[1] - a[1]) * METRES_PER_DEGREE
    return float(np.degrees(np.arctan2(east, north)))
