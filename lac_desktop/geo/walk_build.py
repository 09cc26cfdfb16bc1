# SPDX-License-Identifier: AGPL-3.0-or-later
"""From OpenStreetMap ways to a street network, joined at the vertices they share."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo.walk_net import Floats, Ints, StreetNet, measured
from lac_desktop.geo.walk_rules import WalkRules, shipped_rules

#: Vertices are the same where they agree to this many parts of a degree: OpenStreetMap's own.
_PARTS = 10_000_000


def join_ways(
    lines: Sequence[Floats],
    tags: Sequence[Mapping[str, str]],
    *,
    rules: WalkRules | None = None,
    progress: Progress = silent,
) -> StreetNet:
    """Make the network; see :func:`lac_desktop.geo.walk.build_graph` for what is handed in."""
    rules = rules or shipped_rules()
    kept, flags, name, names = _walkable(lines, tags, rules, progress)
    if not kept:
        return empty_net()
    progress(1, 3, "Joining streets")
    coords = np.concatenate(kept)
    way = np.repeat(np.arange(len(kept)), [len(line) for line in kept])
    coords, way = _without_repeats(coords, way)
    vertex_id, junction = _junctions(coords, way)
    starts, ends = _edge_spans(junction, way)
    keep = ends > starts
    starts, ends = starts[keep], ends[keep]
    number, _ = _renumber(np.concatenate([vertex_id[starts], vertex_id[ends]]))
    half = len(starts)
    progress(2, 3, "Measuring streets")
    net = _assemble(
        coords, starts, ends, number[:half], number[half:], flags[way[starts]], name[way[starts]],
        names,
    )  # fmt: skip
    progress(3, 3, "Measuring streets")
    return _without_islands(net, rules.smallest_island_metres)


def empty_net() -> StreetNet:
    """A network without any street."""
    none: Ints = np.zeros(0, np.int64)
    return measured(
        junctions=0, edge_from=none, edge_to=none, flags=none.astype(np.uint8), name=none,
        names=("",), lon=none.astype(float), lat=none.astype(float), start=np.zeros(1, np.int64),
    )  # fmt: skip


def _walkable(
    lines: Sequence[Floats],
    tags: Sequence[Mapping[str, str]],
    rules: WalkRules,
    progress: Progress,
) -> tuple[list[Floats], NDArray[np.uint8], Ints, tuple[str, ...]]:
    """Pick the ways that can be walked, with their flags and the numbers of their names."""
    kept: list[Floats] = []
    flags: list[int] = []
    name: list[int] = []
    numbers: dict[str, int] = {"": 0}
    for i, (line, tag) in enumerate(zip(lines, tags, strict=True)):
        if i % 5000 == 0:
            progress(i, len(lines), "Choosing the ways that can be walked")
        flag = rules.flags(tag)
        if flag is None or len(line) < 2 or not np.isfinite(line).all():
            continue
        kept.append(np.asarray(line, float)[:, :2])
        flags.append(int(flag))
        name.append(numbers.setdefault(" ".join(tag.get("name", "").split()), len(numbers)))
    return kept, np.asarray(flags, np.uint8), np.asarray(name, np.int64), tuple(numbers)


def _keys(coords: Floats) -> Ints:
    """One integer a vertex, equal where vertices are the same place."""
    whole = np.rint(coords * _PARTS).astype(np.int64)
    return (whole[:, 0] << 32) + whole[:, 1] + 90 * _PARTS


def _without_repeats(coords: Floats, way: Ints) -> tuple[Floats, Ints]:
    """Drop vertices that repeat the one before them in the same way."""
    keys = _keys(coords)
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (way[1:] != way[:-1])
    return coords[fresh], way[fresh]


def _junctions(coords: Floats, way: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Number the places, and mark the vertices where ways begin, end, meet or cross themselves."""
    _, place, times = np.unique(_keys(coords), return_inverse=True, return_counts=True)
    ends = np.ones(len(way), bool)
    ends[1:-1] = (way[1:-1] != way[:-2]) | (way[1:-1] != way[2:])
    meets = times > 1
    meets[place[ends]] = True
    return place.astype(np.int64), meets[place]


def _edge_spans(junction: NDArray[np.bool_], way: Ints) -> tuple[Ints, Ints]:
    """First and last vertex of each piece of a way between two junctions."""
    at = np.flatnonzero(junction)
    same = way[at[:-1]] == way[at[1:]]
    return at[:-1][same], at[1:][same]


def _renumber(values: Ints) -> tuple[Ints, int]:
    """Give the distinct values the numbers 0 .. n-1; also returns n."""
    distinct, number = np.unique(values, return_inverse=True)
    return number.astype(np.int64), len(distinct)


def _assemble(
    coords: Floats,
    starts: Ints,
    ends: Ints,
    edge_from: Ints,
    edge_to: Ints,
    flags: NDArray[np.uint8],
    name: Ints,
    names: tuple[str, ...],
) -> StreetNet:
    """Lay the vertices of the edges ``starts[e] .. ends[e]`` one after the other."""
    counts = ends - starts + 1
    start = np.concatenate([[0], np.cumsum(counts)])
    vertices = np.arange(start[-1]) - np.repeat(start[:-1] - starts, counts)
    junctions = int(max(edge_from.max(initial=-1), edge_to.max(initial=-1)) + 1)
    return measured(
        junctions=junctions, edge_from=edge_from, edge_to=edge_to, flags=flags, name=name,
        names=names, lon=coords[vertices, 0], lat=coords[vertices, 1], start=start,
    )  # fmt: skip


def pieces(junctions: int, edge_from: Ints, edge_to: Ints) -> Ints:
    """Number of the connected piece each junction belongs to (its smallest junction), (n,)."""
    label = np.arange(junctions)
    while True:
        low = np.minimum(label[edge_from], label[edge_to])
        before = label.copy()
        # Hook whole pieces together by their roots, then point everybody at the root.
        np.minimum.at(label, before[edge_from], low)
        np.minimum.at(label, before[edge_to], low)
        while True:
            up = label[label]
            if np.array_equal(up, label):
                break
            label = up
        if np.array_equal(label, before):
            return label


def _without_islands(net: StreetNet, smallest_metres: float) -> StreetNet:
    """Leave out scraps of street joined to nothing, but never the longest piece."""
    if not len(net.metres):
        return net
    piece = pieces(net.junctions, net.edge_from, net.edge_to)[net.edge_from]
    length = np.bincount(piece, weights=net.metres, minlength=net.junctions)
    keep = (length >= min(smallest_metres, length.max()))[piece]
    if keep.all():
        return net
    ends, half = np.concatenate([net.edge_from[keep], net.edge_to[keep]]), int(keep.sum())
    number, _ = _renumber(ends)
    coords = np.column_stack([net.lon, net.lat])
    return _assemble(
        coords, net.start[:-1][keep], net.start[1:][keep] - 1, number[:half], number[half:],
        net.flags[keep], net.name[keep], net.names,
    )  # fmt: skip
