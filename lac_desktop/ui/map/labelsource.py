# SPDX-License-Identifier: AGPL-3.0-or-later
"""Collect what can be named in a view: places as points, streets and rivers as joined lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lac_desktop.services.maps import UNITS, Features
from lac_desktop.ui.map.tiles import Placed
from lac_desktop.ui.map.view import Floats

_ROAD_NUMBER = re.compile(r"[A-Z]{1,2}[0-9]{1,4}(\([MT]\))?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A named point: text, class ("town", "park", "landmark"), pixels, rank (low first)."""

    text: str
    cls: str
    x: float
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class Course:
    """A named line, joined over tiles: text, class, points (n, 2) in pixels, length."""

    text: str
    cls: str
    xy: Floats
    length: float


def spots(tiles: Sequence[Placed], kinds: Sequence[str]) -> list[Spot]:
    """Named points of some kinds ("place", "poi", "park", "water"), each name once a class.

    Areas are named at the middle of their largest piece.
    """
    best: dict[tuple[str, str, int], tuple[float, Spot]] = {}
    for tile in tiles:
        for key, found in tile.shapes.labels.items():
            kind, cls = key.split(":")
            if kind in kinds:
                for weight, spot in _points(tile, found, cls, kind):
                    # Two places may share a name; pieces of one park may not be named twice.
                    spot_of = round(spot.x / 60) if kind == "place" else 0
                    name = (spot.text, cls, spot_of)
                    if name not in best or best[name][0] < weight:
                        best[name] = (weight, spot)
    return [spot for _weight, spot in best.values()]


def courses(tiles: Sequence[Placed], kind: str, numbers: bool = False) -> list[Course]:
    """Named lines ("street" or "water"), or numbered roads, longest first in each class."""
    pieces: dict[tuple[str, str], list[Floats]] = {}
    for tile in tiles:
        for key, found in tile.shapes.labels.items():
            label, cls = key.split(":")
            if label == kind and found.names:
                _collect(tile, found, cls, numbers, pieces)
    out = []
    for (text, cls), lines in pieces.items():
        for xy in _joined(lines):
            length = float(np.hypot(*np.diff(xy, axis=0).T).sum())
            out.append(Course(text, cls, xy, length))
    return sorted(out, key=lambda course: -course.length)


def _points(tile: Placed, found: Features, cls: str, kind: str) -> Iterator[tuple[float, Spot]]:
    """The points of one label class in a tile, with the weight of each."""
    unit = tile.side / UNITS
    for at, text in enumerate(found.names):
        first = int(found.parts[found.features[at]])
        last = int(found.parts[found.features[at + 1]])
        xy = found.xy[first:last]
        if not text or not len(xy):
            continue
        if len(xy) == 1:
            x, y, weight = float(xy[0, 0]), float(xy[0, 1]), 1.0
        elif kind in ("park", "water") and cls in ("park", "reserve", "water", "pitch"):
            low, high = xy.min(axis=0), xy.max(axis=0)
            (x, y), weight = ((low + high) / 2).tolist(), float(np.prod(high - low))
            if weight * unit**2 < 1600:
                continue
        else:
            continue
        if 0 <= x < UNITS and 0 <= y < UNITS:
            rank = found.ranks[at] if found.ranks else 99
            yield weight, Spot(text, cls, tile.left + x * unit, tile.top + y * unit, rank)


def _collect(
    tile: Placed,
    found: Features,
    cls: str,
    numbers: bool,
    pieces: dict[tuple[str, str], list[Floats]],
) -> None:
    """Add the named lines of a tile, clipped to its square, in pixels."""
    unit = tile.side / UNITS
    corner = (tile.left, tile.top)
    texts = found.refs if numbers else found.names
    for at, text in enumerate(texts):
        if not text or (numbers and not _ROAD_NUMBER.fullmatch(text)):
            continue
        for part in range(int(found.features[at]), int(found.features[at + 1])):
            xy = found.xy[found.parts[part] : found.parts[part + 1]]
            if len(xy) > 1:
                lines = pieces.setdefault((text, cls), [])
                lines += [line * unit + corner for line in _inside(xy)]


def _inside(xy: Floats) -> list[Floats]:
    """The parts of a line inside its tile; buffers would name a street twice."""
    if xy.min() >= 0 and xy.max() <= UNITS:
        return [xy]
    out: list[list[tuple[float, float]]] = []
    points = [(float(x), float(y)) for x, y in xy]
    for a, b in pairwise(points):
        cut = _clipped(a, b)
        if cut is None:
            continue
        if out and out[-1][-1] == cut[0]:
            out[-1].append(cut[1])
        else:
            out.append([*cut])
    return [np.array(line) for line in out]


def _clipped(
    a: tuple[float, float], b: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """A segment cut to the tile's square (Liang and Barsky), None where it is outside."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    low, high = 0.0, 1.0
    for step, room in ((-dx, a[0]), (dx, UNITS - a[0]), (-dy, a[1]), (dy, UNITS - a[1])):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            low = max(low, room / step)
        else:
            high = min(high, room / step)
    if low >= high:
        return None
    start = a if low == 0 else (a[0] + low * dx, a[1] + low * dy)
    stop = b if high == 1 else (a[0] + high * dx, a[1] + high * dy)
    return start, stop


def _joined(lines: list[Floats]) -> list[Floats]:
    """Join lines whose ends meet (within a pixel and a half) into longer ones."""
    if len(lines) == 1:
        return lines
    waiting = sorted(lines, key=len, reverse=True)[:400]
    ends: dict[tuple[int, int], list[int]] = {}
    for at, line in enumerate(waiting):
        for tip in (line[0], line[-1]):
            ends.setdefault(_cell(tip), []).append(at)
    used = [False] * len(waiting)
    out = []
    for at, line in enumerate(waiting):
        if used[at]:
            continue
        used[at] = True
        chain = [line]
        for forwards in (True, False):
            while True:
                tip = chain[-1][-1] if forwards else chain[0][0]
                after = _next(tip, waiting, ends, used)
                if after is None:
                    break
                chain = [*chain, after] if forwards else [after[::-1], *chain]
        out.append(np.concatenate([chain[0], *(piece[1:] for piece in chain[1:])]))
    return out


def _cell(tip: Floats) -> tuple[int, int]:
    """The square of three pixels in which an end lies."""
    return int(tip[0] // 3), int(tip[1] // 3)


def _next(
    tip: Floats, lines: list[Floats], ends: dict[tuple[int, int], list[int]], used: list[bool]
) -> Floats | None:
    """A line that begins or ends at a tip, turned so that it begins there."""
    column, row = _cell(tip)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            for at in ends.get((column + dx, row + dy), ()):
                if used[at]:
                    continue
                line = lines[at]
                for turned in (line, line[::-1]):
                    if np.abs(turned[0] - tip).max() < 1.5:
                        used[at] = True
                        return turned
    return None
