# SPDX-License-Identifier: AGPL-3.0-or-later
"""A light map of streets, water and names that lies under the pins of the shareable page.

Plain geometries in WGS84 degrees, longitude first, so that whoever has the area pack can hand
them over without either side knowing the other's libraries.
"""

from dataclasses import dataclass

#: Longitude and latitude in degrees.
LonLat = tuple[float, float]

#: Kinds of area, from the bottom up.
AREA_KINDS = ("green", "wood", "water", "building")

#: Kinds of line, from the bottom up.
LINE_KINDS = ("stream", "path", "rail", "street", "main")

#: Kinds of name.
LABEL_KINDS = ("place", "street", "water", "park")


@dataclass(frozen=True, slots=True)
class BackArea:
    """A filled area: its rings, outer first, each a closed run of positions."""

    kind: str
    rings: tuple[tuple[LonLat, ...], ...]


@dataclass(frozen=True, slots=True)
class BackLine:
    """A street, path, railway or stream."""

    kind: str
    points: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class BackLabel:
    """A name; for a street ``angle`` (degrees, clockwise, -90 to 90) and its straight ``metres``.

    ``rank`` sorts names: 0 is the most important.
    """

    kind: str
    text: str
    at: LonLat
    angle: float = 0.0
    metres: float = 0.0
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Everything that lies under the pins, the most important first within each kind."""

    areas: tuple[BackArea, ...] = ()
    lines: tuple[BackLine, ...] = ()
    labels: tuple[BackLabel, ...] = ()
