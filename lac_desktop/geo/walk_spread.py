# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dijkstra's algorithm with a limit over the street network (heapq over lists a junction)."""

from collections.abc import Mapping
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from lac_desktop.geo.walk_net import Floats, Ints, StreetNet
from lac_desktop.geo.walk_rules import WayFlag

#: What leaves a junction: (junction at the other end, metres, edge).
Arc = tuple[int, float, int]


class Arcs:
    """The streets leaving each junction, for some of the edges of a network.

    The tuples of a junction are made when a walk first comes by, so a large pack costs memory
    only where somebody walks.
    """

    def __init__(self, net: StreetNet, edges: NDArray[np.bool_]) -> None:
        """Use the edges marked in ``edges`` (E,), in both directions."""
        chosen = np.flatnonzero(edges)
        tail = np.concatenate([net.edge_from[chosen], net.edge_to[chosen]])
        order = np.argsort(tail, kind="stable")
        self._first = np.searchsorted(tail[order], np.arange(net.junctions + 1))
        self._head = np.concatenate([net.edge_to[chosen], net.edge_from[chosen]])[order]
        self._edge: Ints = np.concatenate([chosen, chosen])[order]
        self._metres = net.metres[self._edge]
        self._made: list[tuple[Arc, ...] | None] = [None] * net.junctions

    def __len__(self) -> int:
        return len(self._edge)

    def leaving(self, junction: int) -> tuple[Arc, ...]:
        """The streets leaving one junction."""
        found = self._made[junction]
        if found is None:
            part = slice(self._first[junction], self._first[junction + 1])
            head, metres = self._head[part].tolist(), self._metres[part].tolist()
            found = tuple(zip(head, metres, self._edge[part].tolist(), strict=True))
            self._made[junction] = found
        return found

    def spread(self, seeds: Mapping[int, float], limit: float) -> dict[int, float]:
        """Metres to every junction within ``limit`` metres; ``seeds`` gives where walks begin."""
        best = {junction: metres for junction, metres in seeds.items() if metres <= limit}
        queue = [(metres, junction) for junction, metres in best.items()]
        queue.sort()
        leaving, made, far = self.leaving, self._made, float("inf")
        while queue:
            metres, here = heappop(queue)
            if metres > best[here]:
                continue
            for there, length, _ in made[here] or leaving(here):
                total = metres + length
                if total <= limit and total < best.get(there, far):
                    best[there] = total
                    heappush(queue, (total, there))
        return best


class Walks:
    """The two kinds of arc of one way of getting about.

    A walk may begin on private ways, goes on public ones, and may end on private ones; it never
    passes through a private way from one public street to another.
    """

    def __init__(self, net: StreetNet, avoids_steps: bool) -> None:
        refused = np.zeros(len(net.metres), bool)
        if avoids_steps:
            refused = (net.flags & (WayFlag.STEPS | WayFlag.NO_WHEELS)) != 0
        private = (net.flags & WayFlag.PRIVATE) != 0
        self.usable: NDArray[np.bool_] = ~refused
        self.private: NDArray[np.bool_] = private & ~refused
        self.public_arcs = Arcs(net, ~private & ~refused)
        self.private_arcs = Arcs(net, self.private)

    def spread(
        self, seeds: Mapping[int, float], private_start: bool, limit: float
    ) -> tuple[dict[int, float], dict[int, float]]:
        """Metres to junctions from where one may go on, and to those where one may only end."""
        begun = self.private_arcs.spread(seeds, limit) if private_start else seeds
        onward = self.public_arcs.spread(begun, limit)
        if not len(self.private_arcs):
            return onward, onward
        ends = self.private_arcs
        doors = {junction: m for junction, m in onward.items() if ends.leaving(junction)}
        return onward, onward | ends.spread(doors, limit)


def as_array(found: Mapping[int, float], junctions: int) -> Floats:
    """Metres by junction number (n,), inf where it was not reached."""
    metres = np.full(junctions, np.inf)
    if found:
        metres[np.fromiter(found.keys(), np.int64, len(found))] = np.fromiter(
            found.values(), np.float64, len(found)
        )
    return metres
