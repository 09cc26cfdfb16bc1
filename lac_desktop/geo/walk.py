# SPDX-License-Identifier: AGPL-3.0-or-later
"""The walking street graph of an area pack: how far it is on foot, and which way."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.geo.reach import Reach, make_reach
from lac_desktop.geo.walk_build import join_ways
from lac_desktop.geo.walk_net import EdgeBounds, Floats, StreetNet
from lac_desktop.geo.walk_route import Route, find_route
from lac_desktop.geo.walk_rules import Pace, WalkRules, WayFlag, paces, wanted_tags
from lac_desktop.geo.walk_snap import SegmentIndex, Snap
from lac_desktop.geo.walk_spread import Walks
from lac_desktop.geo.walk_store import load_net, save_net

__all__ = [
    "Pace", "Reach", "Route", "Snap", "WalkGraph", "build_graph", "paces", "wanted_tags",
]  # fmt: skip

#: How far apart two places may be for a route, metres on foot.
FURTHEST_ROUTE_METRES = 20_000.0


def build_graph(
    lines: Sequence[Floats],
    tags: Sequence[Mapping[str, str]],
    *,
    rules: WalkRules | None = None,
    progress: Progress = silent,
) -> "WalkGraph":
    """Join OpenStreetMap ways into a street graph.

    ``lines[i]`` is an (n, 2) array of lon, lat in WGS84 degrees exactly as in the file (ways are
    joined where they share a vertex, compared at 1e-7 degrees), ``tags[i]`` its tags; only the
    keys of :func:`wanted_tags` are looked at and absent keys may be left out. Hand over every way
    with a highway, man_made=pier or platform tag, closed ways and areas as their rings; the rules
    drop what nobody can walk. Raises CancelledError through ``progress``.
    """
    return WalkGraph(join_ways(lines, tags, rules=rules, progress=progress))


class WalkGraph:
    """A street graph ready for questions; indexes are made when they are first needed.

    Safe to use from several threads: nothing changes but caches that any thread fills alike.
    """

    def __init__(self, net: StreetNet) -> None:
        self.net = net

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``walk.npz``; NewerVersionError or UnreadableFileError with a sentence."""
        return cls(load_net(path))

    def save(self, path: Path) -> None:
        """Write ``walk.npz``, whole or not at all."""
        save_net(self.net, path)

    def snap(self, lats: Floats, lons: Floats) -> Snap:
        """Tie points (n,) in WGS84 degrees to their nearest street, within 250 m.

        Worth keeping: it costs some microseconds a point, and then every walk costs almost none.
        NaN points are tied to nothing.
        """
        return self._index.snap(lats, lons)

    def reach(self, point: Point, metres: float, *, avoids_steps: bool = False) -> Reach | None:
        """Everything within so many metres on foot; None where no street is within 250 m."""
        start = self._start(point, avoids_steps)
        if start.crow[0]:
            return None
        walks = self._step_free_walks if avoids_steps else self._walks
        return make_reach(self.net, walks, start, float(metres), self._bounds, self.snap)

    def route(
        self,
        start: Point,
        end: Point,
        *,
        avoids_steps: bool = False,
        furthest: float = FURTHEST_ROUTE_METRES,
    ) -> Route | None:
        """The shortest way on foot with its street names, or None if there is none."""
        walks = self._step_free_walks if avoids_steps else self._walks
        a, b = self._start(start, avoids_steps), self._start(end, avoids_steps)
        if a.crow[0] or b.crow[0]:
            return None
        return find_route(self.net, walks, a, b, furthest)

    def _start(self, point: Point, avoids_steps: bool) -> Snap:
        """Tie one point to a street that can be used at this pace."""
        index = self._step_free_index if avoids_steps else self._index
        return index.snap(np.array([point.lat]), np.array([point.lon]))

    @cached_property
    def _index(self) -> SegmentIndex:
        """Every street but steps: no door is on a flight of steps."""
        return SegmentIndex(self.net, (self.net.flags & WayFlag.STEPS) == 0)

    @cached_property
    def _step_free_index(self) -> SegmentIndex:
        refused = WayFlag.STEPS | WayFlag.NO_WHEELS
        return SegmentIndex(self.net, (self.net.flags & refused) == 0)

    @cached_property
    def _bounds(self) -> EdgeBounds:
        return EdgeBounds(self.net)

    @cached_property
    def _walks(self) -> Walks:
        return Walks(self.net, avoids_steps=False)

    @cached_property
    def _step_free_walks(self) -> Walks:
        return Walks(self.net, avoids_steps=True)
