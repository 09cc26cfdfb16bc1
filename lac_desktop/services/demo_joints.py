# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the lines of the demo town meet: shared vertices, bridges and the level crossing."""

from collections.abc import Sequence

import numpy as np

from lac_desktop.services.demo_ground import Line, at_metres, lengths


def crossings(a: Line, b: Line) -> list[tuple[float, float, Line]]:
    """Where two lines cross: (segment and share along a, the same along b, place (2,))."""
    p, r = a[:-1, None, :], np.diff(a, axis=0)[:, None, :]
    q, s = b[None, :-1, :], np.diff(b, axis=0)[None, :, :]
    cross = r[..., 0] * s[..., 1] - r[..., 1] * s[..., 0]
    gap = q - p
    safe = np.where(np.abs(cross) < 1e-9, np.inf, cross)
    t = (gap[..., 0] * s[..., 1] - gap[..., 1] * s[..., 0]) / safe
    u = (gap[..., 0] * r[..., 1] - gap[..., 1] * r[..., 0]) / safe
    slack = 1e-6
    rows, columns = np.nonzero(
        (t >= -slack) & (t <= 1 + slack) & (u >= -slack) & (u <= 1 + slack) & (safe != np.inf)
    )
    return [
        (
            float(i + np.clip(t[i, j], 0, 1)),
            float(j + np.clip(u[i, j], 0, 1)),
            np.round(a[i] + (a[i + 1] - a[i]) * t[i, j], 3),
        )
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def with_places(line: Line, places: Sequence[tuple[float, Line]]) -> Line:
    """A line with more vertices, each given by its segment and share, and its place.

    A vertex within 3 m of a new one gives way to it, so that no street has tiny pieces.
    """
    if not places:
        return line
    order = np.concatenate([np.arange(len(line), dtype=float), [at for at, _ in places]])
    both = np.concatenate([line, [place for _, place in places]])
    new = np.arange(len(both)) >= len(line)
    by = np.argsort(order, kind="stable")
    both, new = both[by], new[by]
    keep = new.copy()
    for i in np.flatnonzero(~new):
        near = both[max(0, i - 3) : i + 4][new[max(0, i - 3) : i + 4]]
        keep[i] = not len(near) or bool((np.hypot(*(near - both[i]).T) > 3).all())
    both = both[keep]
    fresh = np.ones(len(both), bool)
    fresh[1:] = (np.abs(np.diff(both, axis=0)) > 1e-6).any(axis=1)
    return both[fresh]


def joined(lines: Sequence[Line]) -> list[Line]:
    """The same lines, sharing a vertex wherever two of them meet or cross."""
    lines = [np.round(line, 3) for line in lines]
    low = np.array([line.min(axis=0) for line in lines]) - 1
    high = np.array([line.max(axis=0) for line in lines]) + 1
    extra: list[list[tuple[float, Line]]] = [[] for _ in lines]
    for i, a in enumerate(lines):
        touching = (low[i] <= high[i + 1 :]).all(axis=1) & (high[i] >= low[i + 1 :]).all(axis=1)
        for j in (np.flatnonzero(touching) + i + 1).tolist():
            for at_a, at_b, place in _meetings(a, lines[j]):
                extra[i].append((at_a, place))
                extra[j].append((at_b, place))
    return [with_places(line, _merged(places)) for line, places in zip(lines, extra, strict=True)]


def _meetings(a: Line, b: Line) -> list[tuple[float, float, Line]]:
    """Crossings, and ends of one line that lie on the other within a hand's breadth."""
    found = [(float(end), at, a[end]) for end in (0, len(a) - 1) for at in _lies_on(a[end], b)]
    found += [(at, float(end), b[end]) for end in (0, len(b) - 1) for at in _lies_on(b[end], a)]
    kept: list[tuple[float, float, Line]] = []
    for at_a, at_b, place in found + crossings(a, b):  # ends first: others share them exactly
        if all(np.hypot(*(place - other)) > 0.5 for _, _, other in kept):
            kept.append((at_a, at_b, place))
    return kept


def _lies_on(place: Line, line: Line) -> list[float]:
    """Segment and share where a place lies on a line, if it does."""
    a, d = line[:-1], np.diff(line, axis=0)
    share = np.clip(((place - a) * d).sum(axis=1) / np.maximum((d * d).sum(axis=1), 1e-9), 0, 1)
    gap = np.hypot(*(a + d * share[:, None] - place).T)
    best = int(gap.argmin())
    return [best + float(share[best])] if gap[best] < 0.2 else []


def _merged(places: list[tuple[float, Line]]) -> list[tuple[float, Line]]:
    """Drop a place that another one of the same line repeats exactly."""
    kept: list[tuple[float, Line]] = []
    for at, place in places:
        if all((place != other).any() for _, other in kept):
            kept.append((at, place))
    return kept


def split_at_bridges(line: Line, water: Line, half: float) -> list[tuple[Line, bool]]:
    """Cut a line where it crosses water: pieces in order, and whether each is a bridge."""
    along = lengths(line)
    middles = sorted(
        float(np.interp(at, np.arange(len(line)), along)) for at, _, _ in crossings(line, water)
    )
    cuts, spans = [0.0], []
    for middle in middles:
        spans.append((max(middle - half, 0.0), min(middle + half, along[-1])))
    pieces: list[tuple[Line, bool]] = []
    for begin, end in spans:
        pieces.append((_between(line, along, cuts[-1], begin), False))
        pieces.append((_between(line, along, begin, end), True))
        cuts.append(end)
    pieces.append((_between(line, along, cuts[-1], float(along[-1])), False))
    return [(piece, bridge) for piece, bridge in pieces if len(piece) > 1]


def _between(line: Line, along: Line, begin: float, end: float) -> Line:
    """The part of a line between two distances along it."""
    if end - begin < 0.5:
        return line[:0]
    inner = line[(along > begin + 0.01) & (along < end - 0.01)]
    ends = np.round(at_metres(line, np.array([begin, end]))[0], 3)
    if begin <= 0:
        ends[0] = line[0]
    if end >= along[-1]:
        ends[1] = line[-1]
    return np.concatenate([ends[:1], inner, ends[1:]])
