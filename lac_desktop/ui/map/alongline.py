# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find where a name fits best along a line, straight or bent, always read left to right."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lac_desktop.ui.map.lettering import NOMINAL, Glyph, Shaped
from lac_desktop.ui.map.view import Floats

_STEP = 4.0  # pixels between samples of a line
_STRAIGHT = math.radians(7)
_MOST_BEND = math.radians(110)
_SHARPEST = math.radians(32)  # within the width of a letter or so


@dataclass(frozen=True, slots=True)
class Straight:
    """A name on a straight stretch: middle, angle in degrees, boxes taken (n, 4)."""

    x: float
    y: float
    angle: float
    boxes: Floats


@dataclass(frozen=True, slots=True)
class Bent:
    """A name on a bend: middle, glyphs with x, y and angle in degrees, boxes taken (n, 4)."""

    x: float
    y: float
    glyphs: tuple[tuple[Glyph, float, float, float], ...]
    boxes: Floats


def along(
    xy: Floats,
    length: float,
    shaped: Shaped,
    size: float,
    repeat: float,
    frame: tuple[float, float],
) -> Iterator[Straight | Bent]:
    """The best places for a text on a line of pixels, best of each stretch first.

    Each stretch of ``repeat`` pixels offers its least bent windows in turn, so that a taken one
    can be passed over. Only those inside the frame (width, height) are offered.
    """
    wide = shaped.width * size / NOMINAL
    line = _Line.smooth(xy, length)
    window = math.ceil(wide / _STEP) + 1
    last = len(line.xy) - window
    if last < 0:
        return
    bends, sharpest = line.bends(window)
    good = np.flatnonzero((bends <= _MOST_BEND) & (sharpest <= _SHARPEST))
    half = size * 0.62
    x, y = line.xy[:, 0], line.xy[:, 1]
    seen = (x >= half) & (y >= half) & (x <= frame[0] - half) & (y <= frame[1] - half)
    good = good[seen[good] & seen[good + window - 1]]
    if shaped.complex:
        good = good[bends[good] <= _STRAIGHT]
    if not good.size:
        return
    middle = np.abs(good - last / 2) / max(1, last)
    stretch = (good * _STEP / (repeat + wide)).astype(int)
    order = np.lexsort((bends[good] + 0.25 * middle, stretch))
    spacing = max(1, int(wide / _STEP / 3))
    tried: list[int] = []
    for start in good[order].tolist():
        if len(tried) >= 16:
            return
        if all(abs(start - other) >= spacing for other in tried):
            tried.append(start)
            yield _placed(line, start, window, shaped, size, float(bends[start]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line sampled every few pixels, with the heading of each step."""

    xy: Floats
    heading: Floats

    @classmethod
    def smooth(cls, xy: Floats, length: float) -> "_Line":
        """Sample a line evenly and take off its corners."""
        distance = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
        at = np.arange(0, length + 1e-6, _STEP)
        even = np.stack([np.interp(at, distance, xy[:, axis]) for axis in (0, 1)], axis=1)
        if len(even) > 6:
            padded = np.concatenate(
                (
                    2 * even[:1] - even[3:0:-1],
                    even,
                    2 * even[-1:] - even[-2:-5:-1],
                )
            )
            kernel = np.array([1, 2, 3, 4, 3, 2, 1]) / 16
            even = np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)], 1)
        steps = np.diff(even, axis=0)
        return cls(even, np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))

    def bends(self, window: int) -> tuple[Floats, Floats]:
        """For each window of so many samples: all turning added up, and the sharpest turn."""
        turns = np.abs(np.diff(self.heading))
        total = np.concatenate(([0.0], np.cumsum(turns)))
        count = len(self.xy) - window + 1
        inner = max(0, window - 2)
        sums = total[inner : inner + count] - total[:count]
        local = np.convolve(turns, np.ones(3), "same") if turns.size > 2 else turns
        if inner == 0 or not local.size:
            return sums, np.zeros(count)
        rolling = np.lib.stride_tricks.sliding_window_view(local, min(inner, local.size))
        return sums, rolling.max(axis=1)[:count]


def _placed(
    line: _Line, start: int, window: int, shaped: Shaped, size: float, bend: float
) -> Straight | Bent:
    """Set a text on the samples of one window."""
    xy = line.xy[start : start + window]
    if xy[-1, 0] < xy[0, 0]:
        xy = xy[::-1]
    distance = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    wide = shaped.width * size / NOMINAL
    lead = max(0.0, (distance[-1] - wide) / 2)
    middle = lead + wide / 2
    x, y = (float(np.interp(middle, distance, xy[:, axis])) for axis in (0, 1))
    boxes = _boxes(xy, distance, lead, wide, size)
    if bend <= _STRAIGHT:
        dx, dy = xy[-1] - xy[0]
        return Straight(x, y, math.degrees(math.atan2(dy, dx)), boxes)
    scale = size / NOMINAL
    begins = np.array([lead + glyph.x * scale for glyph in shaped.glyphs])
    ends = begins + np.array([max(2.0, glyph.advance * scale) for glyph in shaped.glyphs])
    x0, x1 = (np.interp(at, distance, xy[:, 0]) for at in (begins, ends))
    y0, y1 = (np.interp(at, distance, xy[:, 1]) for at in (begins, ends))
    angles = np.arctan2(y1 - y0, x1 - x0)
    drop = shaped.cap * scale / 2  # capitals sit on both sides of the middle of the street
    px = x0 - np.sin(angles) * drop
    py = y0 + np.cos(angles) * drop
    glyphs = tuple(
        zip(shaped.glyphs, px.tolist(), py.tolist(), np.degrees(angles).tolist(), strict=True)
    )
    return Bent(x, y, glyphs, boxes)


def _boxes(xy: Floats, distance: Floats, lead: float, wide: float, size: float) -> Floats:
    """Squares along the text, about a letter's height each."""
    count = max(2, math.ceil(wide / size))
    at = lead + np.linspace(0, wide, count)
    x = np.interp(at, distance, xy[:, 0])
    y = np.interp(at, distance, xy[:, 1])
    half = size * 0.62
    return np.stack((x - half, y - half, x + half, y + half), axis=1)
