# SPDX-License-Identifier: AGPL-3.0-or-later
"""Place the names of the street map: towns first, then numbers, streets and spots.

Nothing overlaps, and names keep off the markers (``obstacles``); a town is named even where
markers leave no room. Everything is in logical pixels of the view.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lac_desktop.ui.map.alongline import Bent, Straight, along
from lac_desktop.ui.map.labelsource import Course, Spot, courses, spots
from lac_desktop.ui.map.lettering import NOMINAL, Face, Lettering
from lac_desktop.ui.map.painter import Pause, no_pause
from lac_desktop.ui.map.room import Room
from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.tiles import Placed
from lac_desktop.ui.map.view import Floats, View

#: The same street is named once in so many pixels.
REPEAT_PX = 400.0

_PX_PER_PT = 96 / 72
_STREETS = (
    "motorway",
    "trunk",
    "primary",
    "secondary",
    "tertiary",
    "minor",
    "pedestrian",
    "service",
    "track",
    "path",
)
_PLACES = ("city", "town", "suburb", "village", "hamlet", "farm")
# Where a name may stand: shifts in its own widths and half heights; towns look further.
_SHIFTS = (
    (0.0, 0.0),
    (0.0, -1.9),
    (0.0, 1.9),
    (0.6, -1.0),
    (-0.6, -1.0),
    (0.6, 1.0),
    (-0.6, 1.0),
)
# A town looks all around, the nearest first, so that it stands on markers only where all is full.
_FURTHER = tuple(
    sorted(
        ((across / 10, down / 2) for across in range(-10, 11, 2) for down in range(-10, 11)),
        key=lambda shift: math.hypot(shift[0] * 4, shift[1]),
    )
)


#: A named point: x, y in pixels, name.
Pin = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: lines of text with their centres, or a name bent along a line."""

    colour: str
    face: Face
    size: float
    lines: tuple[tuple[str, float, float], ...] = ()
    angle: float = 0.0
    bent: Bent | None = None
    shield: bool = False
    dot: tuple[float, float] | None = None


class Placer:
    """Places the names of one view."""

    def __init__(
        self,
        view: View,
        tiles: Sequence[Placed],
        style: Style,
        lettering: Lettering,
        text_scale: float,
        pause: Pause,
        seen: View | None = None,
    ) -> None:
        self._view = view
        self._seen = seen or view
        self._tiles = tiles
        self._rules = style.widths.text
        self._street_first = style.widths.street_first
        self._lettering = lettering
        self._scale = text_scale * _PX_PER_PT
        self._pause = pause
        self._room = Room(view)
        self._anchors: dict[str, list[tuple[float, float]]] = {}
        self.labels: list[Label] = []

    def place(self, obstacles: Floats, pins: Sequence[Pin], areas: Sequence[Pin]) -> list[Label]:
        """Place everything, most important first."""
        places = spots(self._tiles, ("place",))
        self._room.take(obstacles)
        self._pins(pins)
        for cls in _PLACES[:2]:
            self._places(places, cls)
        self._areas(areas)
        for cls in _PLACES[2:4]:
            self._places(places, cls)
        self._shields()
        self._waters()
        self._streets()
        for cls in _PLACES[4:]:
            self._places(places, cls)
        self._spots("park", ("park",), ("park", "reserve"))
        self._spots("park", ("poi",), ("park",))
        self._spots("landmark", ("poi",), ("landmark",))
        return self.labels

    def _pins(self, pins: Sequence[Pin]) -> None:
        """Names of our own places beside their markers: right, left, below, above."""
        size = round(9 * self._scale * 2) / 2
        face = Face(600)
        gap = 16 * self._scale / _PX_PER_PT
        for x, y, name in pins:
            text = name if len(name) <= 40 else name[:39] + "…"
            wide = self._lettering.shape(text, face).width * size / NOMINAL + 4
            high = size * 1.2
            aside = wide / 2 + gap
            sides = (
                (aside, 0.0),
                (-aside, 0.0),
                (0.0, gap + high / 2),
                (0.0, -gap - high / 2),
            )
            whole = sorted(sides, key=lambda to: not self._is_seen(x + to[0], y + to[1], wide))
            for dx, dy in whole:
                cx, cy = x + dx, y + dy
                box = np.array([[cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2]])
                if self._room.free(box):
                    line = ((text, cx, cy + size * 0.36),)
                    self._add(Label("place", face, size, line), box, text, cx, cy)
                    break
        self._pause()

    def _is_seen(self, x: float, y: float, wide: float) -> bool:
        """Whether a name so wide lies wholly in the part of the picture that the window shows."""
        spare_x = (self._view.width - self._seen.width) / 2
        spare_y = (self._view.height - self._seen.height) / 2
        inside = spare_x <= x - wide / 2 and x + wide / 2 <= self._view.width - spare_x
        return inside and spare_y <= y <= self._view.height - spare_y

    def _areas(self, areas: Sequence[Pin]) -> None:
        """Names of wards and LSOAs inside their outlines."""
        size = round(9.5 * self._scale * 2) / 2
        for x, y, name in areas:
            self._block(Spot(name, "ward", x, y, 0), Face(600), size, "ward", wrap=True)

    def _shows(self, rule: str) -> bool:
        """Whether a class of names shows at this zoom."""
        found = self._rules[rule]
        return found.first <= self._view.zoom <= found.last

    def _face(self, rule: str) -> tuple[Face, float]:
        """Face and size in pixels of a class of names."""
        found = self._rules[rule]
        size = round(found.pt(self._view.zoom) * self._scale * 2) / 2
        return Face(found.weight, found.italic), size

    def _places(self, found: Sequence[Spot], cls: str) -> None:
        """Towns and villages; a town takes the middle if nothing else is free."""
        if not self._shows(cls):
            return
        face, size = self._face(cls)
        colour = "place" if cls in ("city", "town") else "minor_place"
        for spot in sorted((s for s in found if s.cls == cls), key=lambda s: (s.rank, s.text)):
            town = cls in ("city", "town")
            self._block(spot, face, size, colour, wrap=not town, force=town)
        self._pause()

    def _spots(self, rule: str, kinds: Sequence[str], classes: Sequence[str]) -> None:
        """Parks and landmarks."""
        if not self._shows(rule):
            return
        face, size = self._face(rule)
        named = set(self._anchors)
        chosen = [spot for spot in spots(self._tiles, kinds) if spot.cls in classes]
        for spot in sorted(chosen, key=lambda s: (s.rank, s.text)):
            if spot.text not in named:
                self._block(spot, face, size, rule, wrap=True, dot=rule == "landmark")
        self._pause()

    def _block(
        self,
        spot: Spot,
        face: Face,
        size: float,
        colour: str,
        *,
        wrap: bool,
        dot: bool = False,
        force: bool = False,
    ) -> bool:
        """Place a name of one or two lines at or beside a point."""
        lines = _wrapped(spot.text) if wrap else [spot.text]
        widths = [self._lettering.shape(line, face).width * size / NOMINAL for line in lines]
        line_height = size * 1.16
        wide, high = max(widths) + 4, line_height * len(lines) + 2
        shifts = ((0.0, 1.0), (0.0, -1.0)) if dot else _SHIFTS if wrap else _FURTHER
        for sx, sy in shifts:
            if dot:
                x, y = spot.x, spot.y + sy * (high / 2 + 3)
            else:
                x, y = spot.x + sx * wide, spot.y + sy * (high / 2 + size * 0.3)
            box = np.array([[x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]])
            if dot:
                mark = [[spot.x - 2.5, spot.y - 2.5, spot.x + 2.5, spot.y + 2.5]]
                box = np.concatenate((box, mark))
            if self._room.free(box):
                break
        else:
            if not force:
                return False
            x, y, box = self._least_covered(spot, wide, high, size)
        first = y - (len(lines) - 1) * line_height / 2 + size * 0.36
        placed = tuple((text, x, first + at * line_height) for at, text in enumerate(lines))
        at = (spot.x, spot.y) if dot else None
        self._add(Label(colour, face, size, placed, dot=at), box, spot.text, x, y)
        return True

    def _least_covered(
        self, spot: Spot, wide: float, high: float, size: float
    ) -> tuple[float, float, Floats]:
        """Where a name that must stand covers and is covered the least."""
        options = []
        for sx, sy in _FURTHER:
            x, y = spot.x + sx * wide, spot.y + sy * (high / 2 + size * 0.3)
            box = np.array([[x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]])
            options.append((self._room.covered(box), abs(sx) + abs(sy), x, y, box))
        best = min(options, key=lambda option: option[:2])
        return best[2], best[3], best[4]

    def _add(self, label: Label, boxes: Floats, text: str, x: float, y: float) -> None:
        """Keep a placed label."""
        self._room.take(boxes)
        self.labels.append(label)
        self._anchors.setdefault(text, []).append((x, y))

    def _near_same(self, text: str, x: float, y: float, apart: float) -> bool:
        """Whether the same name stands closer than so many pixels."""
        return any(math.hypot(x - a, y - b) < apart for a, b in self._anchors.get(text, ()))

    def _shields(self) -> None:
        """Road numbers in their plates."""
        if not self._shows("shield"):
            return
        face, size = self._face("shield")
        for course in courses(self._tiles, "street", numbers=True):
            major = course.cls in ("motorway", "trunk", "primary")
            if course.length < 60 or not (major or self._view.zoom >= 13):
                continue
            wide = self._lettering.shape(course.text, face).width * size / NOMINAL + 9
            high = size + 6
            for x, y in _every(course.xy, course.length, 260.0):
                box = np.array([[x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]])
                if not self._near_same(course.text, x, y, 600) and self._room.free(box):
                    line = ((course.text, x, y + size * 0.36),)
                    self._add(
                        Label("shield", face, size, line, shield=True), box, course.text, x, y
                    )
        self._pause()

    def _streets(self) -> None:
        """Names along streets, important classes first."""
        if not self._shows("street"):
            return
        found = courses(self._tiles, "street")
        face, size = self._face("street")
        for cls in _STREETS:
            if self._view.zoom >= self._street_first.get(cls, 30):
                smaller = size * 0.94 if cls in ("service", "track", "path") else size
                for course in found:
                    if course.cls == cls:
                        self._line(course, face, smaller, "street")
                self._pause()

    def _waters(self) -> None:
        """Names of rivers along them and of lakes on them."""
        if not self._shows("water"):
            return
        face, size = self._face("water")
        for spot in spots(self._tiles, ("water",)):
            self._block(spot, face, size, "water", wrap=True)
        for course in courses(self._tiles, "water"):
            self._line(course, face, size, "water")
        self._pause()

    def _line(self, course: Course, face: Face, size: float, colour: str) -> None:
        """Name one street where it bends least, again after a while."""
        self._pause()
        shaped = self._lettering.shape(course.text, face)
        if course.length < shaped.width * size / NOMINAL + 4 or not shaped.glyphs:
            return
        low, high = course.xy.min(axis=0), course.xy.max(axis=0)
        if min(high) < 0 or low[0] > self._view.width or low[1] > self._view.height:
            return
        repeat = REPEAT_PX if colour == "street" else 2 * REPEAT_PX
        frame = (self._view.width, self._view.height)
        for found in along(course.xy, course.length, shaped, size, repeat, frame):
            if self._near_same(course.text, found.x, found.y, repeat):
                continue
            if not self._room.free(found.boxes):
                continue
            if isinstance(found, Straight):
                line = ((course.text, found.x, found.y),)
                label = Label(colour, face, size, line, found.angle)
            else:
                label = Label(colour, face, size, bent=found)
            self._add(label, found.boxes, course.text, found.x, found.y)


def place_labels(
    view: View,
    tiles: Sequence[Placed],
    style: Style,
    lettering: Lettering,
    *,
    obstacles: Floats,
    pins: Sequence[Pin] = (),
    areas: Sequence[Pin] = (),
    text_scale: float = 1.0,
    pause: Pause = no_pause,
    seen: View | None = None,
) -> list[Label]:
    """Choose which names show and where.

    ``obstacles`` are boxes (n, 4) of markers; ``pins`` are markers to be named; ``areas`` are the
    names of wards. ``seen`` is what the window shows in the middle of the view: names of markers
    keep within it where they can.
    """
    placer = Placer(view, tiles, style, lettering, text_scale, pause, seen)
    return placer.place(obstacles, pins, areas)


def _wrapped(text: str) -> list[str]:
    """A long name in two lines, broken at the space nearest its middle."""
    if len(text) < 13 or " " not in text:
        return [text]
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    cut = min(spaces, key=lambda at: abs(at - len(text) / 2))
    return [text[:cut], text[cut + 1 :]]


def _every(xy: Floats, length: float, step: float) -> list[tuple[float, float]]:
    """Points on a line: its middle, and more to both sides every so many pixels."""
    along_px = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    count = int(length / 2 / step)
    order = sorted(range(-count, count + 1), key=abs)
    at = np.array([length / 2 + step * k for k in order])
    return list(
        zip(
            np.interp(at, along_px, xy[:, 0]).tolist(),
            np.interp(at, along_px, xy[:, 1]).tolist(),
            strict=True,
        )
    )
