# SPDX-License-Identifier: AGPL-3.0-or-later
"""The walking street network as plain arrays: what is built, stored and searched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StreetNet:
    """Streets between junctions.

    Junctions are numbered 0 .. n-1; an edge is one street from a junction to the next. Shapes:
    ``edge_from``/``edge_to`` (E,) junction numbers, ``metres`` (E,) length along the street,
    ``flags`` (E,) bits of :class:`lac_desktop.geo.walk_rules.WayFlag`, ``name`` (E,) index into
    ``names`` (0 is the empty name). ``lon``/``lat`` (V,) are the vertices of all edges one after
    the other in WGS84 degrees, those of edge e being ``start[e]:start[e + 1]``, both ends
    included; ``along`` (V,) is the distance of each from the beginning of its edge.
    """

    junctions: int
    edge_from: Ints
    edge_to: Ints
    metres: Floats
    flags: NDArray[np.uint8]
    name: Ints
    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    start: Ints
    along: Floats
