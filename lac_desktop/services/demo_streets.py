# SPDX-License-Identifier: AGPL-3.0-or-later
"""Streets of the demo town: the main ones from ``town.toml``, side streets grown between them.

A side street sets off across its host and walks, a little crookedly, until it meets another
street (then it is a through street), or becomes a close. It may come near no other street on its
way, which leaves believable blocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.services.demo_ground import (
    Line,
    Taken,
    at_metres,
    curve,
    left_of,
    lengths,
    sampled,
)

#: A side street walks in steps of so many metres; streets are remembered as places that far apart.
_STEP = 5.0
#: It has met a street when it is this near.
_MEETS = 7.0


@dataclass(frozen=True, slots=True, eq=False)
class Street:
    """One street: ``kind`` is OpenStreetMap's highway value, ``grow`` its style, ``line`` metres.

    ``end`` is true for a close, whose last vertex meets nothing.
    """

    name: str
    kind: str
    grow: str
    line: Line
    name_cy: str = ""
    end: bool = False


class _Plan:
    """The streets so far, and where they run."""

    def __init__(self, streets: Sequence[Street], taken: Taken) -> None:
        self.streets = list(streets)
        self.taken = taken
        self._spots = np.concatenate([sampled(s.line, _STEP) for s in streets])
        self._owner = np.concatenate(
            [np.full(len(sampled(s.line, _STEP)), i) for i, s in enumerate(streets)]
        )

    def add(self, street: Street) -> None:
        """Remember one more street."""
        spots = sampled(street.line, _STEP)
        self._spots = np.concatenate([self._spots, spots])
        self._owner = np.concatenate([self._owner, np.full(len(spots), len(self.streets))])
        self.streets.append(street)

    def around(self, path: Line, margin: float) -> NDArray[np.int64]:
        """Numbers of the remembered places near a path."""
        low, high = path.min(axis=0) - margin, path.max(axis=0) + margin
        near = ((self._spots >= low) & (self._spots <= high)).all(axis=1)
        return np.flatnonzero(near)

    def gaps(self, path: Line, spots: NDArray[np.int64]) -> NDArray[np.float64]:
        """Metres from each place of a path (n,) to each of some remembered places (m,)."""
        there = self._spots[spots]
        return np.hypot(*(path[:, None, :] - there[None, :, :]).transpose(2, 0, 1))

    def owners(self, spots: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers of the streets that remembered places lie on."""
        return self._owner[spots]

    def spot(self, number: int) -> Line:
        """A remembered place (2,) by its number."""
        return self._spots[number]


def main_streets(town: Mapping[str, Any]) -> list[Street]:
    """The streets of ``town.toml``, with loose ends joined to the street they nearly reach."""
    streets = [
        Street(s["name"], s["kind"], s["grow"], curve(s["course"]), s.get("name_cy", ""))
        for s in town["street"]
    ]
    return [replace(s, line=join_ends(s.line, _others(streets, i))) for i, s in enumerate(streets)]


def _others(streets: Sequence[Street], i: int) -> list[Line]:
    return [s.line for j, s in enumerate(streets) if j != i]


def join_ends(line: Line, others: Sequence[Line], within: float = 30.0) -> Line:
    """Move each end of a line onto the nearest other line, if one is so near."""
    line = line.copy()
    for end in (0, -1):
        spots = [_onto(line[end], other) for other in others]
        best = min(spots, key=lambda spot: float(np.hypot(*(spot - line[end]))))
        if np.hypot(*(best - line[end])) <= within:
            line[end] = best
    return line


def _onto(place: Line, line: Line) -> Line:
    """The place on a line nearest to another place, a vertex if one is within 4 m."""
    a, d = line[:-1], np.diff(line, axis=0)
    square = np.maximum((d * d).sum(axis=1), 1e-9)
    share = np.clip(((place - a) * d).sum(axis=1) / square, 0, 1)
    spots = a + d * share[:, None]
    spot = spots[np.hypot(*(spots - place).T).argmin()]
    ends = np.hypot(*(line - spot).T)
    return line[ends.argmin()] if ends.min() < 4 else spot


def grown(
    streets: Sequence[Street],
    growth: Mapping[str, Any],
    names: Mapping[str, Sequence[str]],
    taken: Taken,
    rng: np.random.Generator,
) -> list[Street]:
    """The main streets and the side streets that grow from them and from each other."""
    plan = _Plan(streets, taken)
    pools = {style: _shuffled(words, rng) for style, words in names.items()}
    for turn in range(3):
        for i, host in enumerate(list(plan.streets)):
            if host.grow and (not host.end or (turn and host.grow == "estate")):
                _grow_along(plan, i, growth[host.grow], pools, rng)
    for i, host in enumerate(list(plan.streets)):
        if host.grow in ("estate", "semis") and not host.end:
            _grow_along(plan, i, {**growth[host.grow], "reach": 0}, pools, rng)
    return plan.streets


def _shuffled(words: Sequence[str], rng: np.random.Generator) -> list[str]:
    return [str(words[i]) for i in rng.permutation(len(words)).tolist()]


def _grow_along(
    plan: _Plan,
    number: int,
    style: Mapping[str, Any],
    pools: dict[str, list[str]],
    rng: np.random.Generator,
) -> None:
    """Try a side street on each side of a host every so many metres."""
    host = plan.streets[number]
    for side in (1.0, -1.0):
        ready = 0.0
        for at, start, heading in _places_to_leave(plan, number, side, style, rng):
            if at < ready:
                continue
            found = _side_street(plan, number, start, heading, style, rng)
            if found is not None:
                line, through = found
                name = _name(host.grow, through, pools)
                plan.add(Street(name, "residential", host.grow, line, end=not through))
                ready = at + rng.uniform(*style["every"])


def _places_to_leave(
    plan: _Plan, number: int, side: float, style: Mapping[str, Any], rng: np.random.Generator
) -> list[tuple[float, Line, Line]]:
    """Where a side street may leave its host: metres along it, vertex (2,), heading (2,)."""
    host = plan.streets[number].line
    along = np.arange(rng.uniform(18, style["every"][0] * 0.6), lengths(host)[-1] - 15, 16.0)
    if not len(along):
        return []
    places, directions = at_metres(host, along)
    # Set off from a vertex of the host, so that both streets share it.
    starts = host[np.hypot(*(host[None] - places[:, None]).transpose(2, 0, 1)).argmin(axis=1)]
    spots = plan.around(starts, style["apart"])
    spots = spots[plan.owners(spots) != number]
    room = np.ones(len(starts), bool)
    if len(spots):
        room = plan.gaps(starts, spots).min(axis=1) >= style["apart"] - 3
    headings = left_of(directions) * side
    return [(float(along[i]), starts[i], headings[i]) for i in np.flatnonzero(room)]


def _side_street(
    plan: _Plan,
    number: int,
    start: Line,
    heading: Line,
    style: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[Line, bool] | None:
    """The line of a side street and whether it meets another; None if there is no room."""
    longest = max(style["reach"], style["stub"][1])
    path = _wander(start, heading, longest, style["bend"], rng)
    path = path[: plan.taken.first(path)]
    spots = plan.around(path, style["apart"]) if len(path) > 4 else np.zeros(0, np.int64)
    if not len(spots):
        return None
    gaps, owners = plan.gaps(path, spots), plan.owners(spots)
    if not _leaves(gaps[:, owners == number]):
        return None
    spots, owners, gaps = (part[..., owners != number] for part in (spots, owners, gaps))
    found = _through(plan, path, gaps, spots, owners, style) if style["reach"] else None
    return found or _close(path, gaps, style, rng)


def _leaves(gaps: NDArray[np.float64]) -> bool:
    """Whether a path goes away from its own host, which is given by the gaps to its places."""
    walked = np.arange(len(gaps)) * _STEP
    return bool((gaps.min(axis=1) >= np.minimum(0.7 * walked, 30) - 3).all())


def _wander(
    start: Line, heading: Line, longest: float, bend: float, rng: np.random.Generator
) -> Line:
    """Places every step from a start along a gently bending course."""
    count = int(longest / _STEP) + 1
    angle = np.arctan2(heading[1], heading[0]) + rng.normal(0, 0.06)
    turn = rng.normal(0, bend) * np.linspace(0, 1, count)
    turn += rng.normal(0, bend / 3) * np.sin(np.linspace(0, rng.uniform(2, 5), count))
    steps = np.column_stack([np.cos(angle + turn), np.sin(angle + turn)]) * _STEP
    return start + np.concatenate([[[0.0, 0.0]], np.cumsum(steps, axis=0)[:-1]])


def _through(
    plan: _Plan,
    path: Line,
    gaps: NDArray[np.float64],
    spots: NDArray[np.int64],
    owners: NDArray[np.int64],
    style: Mapping[str, Any],
) -> tuple[Line, bool] | None:
    """End a path on the first street that it meets, unless it runs too close to another."""
    if not len(spots):
        return None
    walked = np.arange(len(path)) * _STEP
    meets = np.flatnonzero((gaps.min(axis=1) < _MEETS) & (walked > style["apart"] * 0.8))
    if not len(meets) or walked[meets[0]] > style["reach"]:
        return None
    last = int(meets[0]) + 1
    hit = int(gaps[last - 1].argmin())
    same = owners == owners[hit]
    left = walked[last - 1] - walked[:last]
    if (gaps[:last, same].min(axis=1) < np.minimum(0.7 * left, 30) - 3).any():
        return None
    if (~same).any() and gaps[:last, ~same].min() < style["apart"] - 3:
        return None
    place = plan.spot(int(spots[hit]))
    line = path[: last : 3 if last > 8 else 2]
    end = _onto(place, plan.streets[int(owners[hit])].line)
    line = np.concatenate([line[np.hypot(*(line - end).T) > 12], [end]])
    return (line, True) if len(line) > 2 else None


def _close(
    path: Line, gaps: NDArray[np.float64], style: Mapping[str, Any], rng: np.random.Generator
) -> tuple[Line, bool] | None:
    """Make a path a close that ends before anything else begins."""
    shortest, longest = style["stub"]
    if longest <= 0:
        return None
    near = gaps.min(axis=1) if gaps.shape[1] else np.full(len(path), np.inf)
    crowded = np.flatnonzero(near < style["apart"])
    room = (int(crowded[0]) if len(crowded) else len(path) - 4) * _STEP
    length = min(room, rng.uniform(shortest, longest))
    if length < shortest * 0.8:
        return None
    line = path[: int(length / _STEP) + 1]
    return np.concatenate([line[:-1:3], line[-1:]]), False


def _name(style: str, through: bool, pools: dict[str, list[str]]) -> str:
    """The next name of a style; a close is called so."""
    pool = pools[style]
    if not pool:
        return ""
    name = pool.pop()
    if through and style == "estate":
        return name.removesuffix("Close") + "Way"
    if through or style == "estate":
        return name
    last = {"semis": "Close", "terrace": "Court", "centre": "Yard"}.get(style, "Lane")
    return name.rsplit(" ", 1)[0] + " " + last


def short_cuts(streets: Sequence[Street], taken: Taken, rng: np.random.Generator) -> list[Street]:
    """Footpaths from the ends of closes to a street nearby, some of them with steps."""
    plan = _Plan(streets, taken)
    found = []
    for i, street in enumerate(streets):
        if not street.end or rng.random() < 0.35:
            continue
        last = street.line[-1]
        heading = last - street.line[-2]
        best = _across(plan, i, last, heading / max(float(np.hypot(*heading)), 1e-9))
        if best is not None:
            kind = "steps" if rng.random() < 0.2 else "footway"
            found.append(Street("", kind, "", np.stack([last, (last + best) / 2, best])))
    return found


def _across(plan: _Plan, own: int, last: Line, heading: Line) -> Line | None:
    """A place on another street within 85 m ahead of a close's end, with free ground between."""
    spots = plan.around(last[None, :], 85)
    spots = spots[plan.owners(spots) != own]
    if not len(spots):
        return None
    away = np.array([plan.spot(int(spot)) for spot in spots]) - last
    reach = np.hypot(*away.T)
    ahead = (away @ heading) / np.maximum(reach, 1e-9) > 0.5
    for i in np.argsort(np.where(ahead, reach, np.inf)):
        if not ahead[i] or reach[i] < 18 or reach[i] > 85:
            continue
        place = plan.spot(int(spots[i]))
        if plan.taken.any(sampled(np.stack([last, place]), _STEP)):
            return None
        return _onto(place, plan.streets[int(plan.owners(spots)[i])].line)
    return None
