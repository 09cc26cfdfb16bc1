# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the map looks: colours of a style and one table of widths, read from maps/styles."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtGui import QColor

from lac_desktop.services.maps import style_data

#: Millimetres of one logical pixel (96 an inch).
MM = 25.4 / 96

#: Names of the styles that the window offers.
STYLES = ("light", "dark", "contrast")

#: Streets from least to most important: the order of painting.
ROADS = (
    "taxiway",
    "runway",
    "pier",
    "pedestrian",
    "service",
    "minor",
    "tertiary",
    "secondary",
    "primary",
    "trunk",
    "motorway",
)


@dataclass(frozen=True, slots=True)
class TextRule:
    """How the names of a class are set: points at small and large zoom, zooms, weight."""

    small_pt: float
    large_pt: float
    first: float
    last: float
    weight: int
    italic: bool

    def pt(self, zoom: float) -> float:
        """Size in points at a zoom; grows over four zooms."""
        grow = min(1.0, max(0.0, (zoom - self.first) / 4))
        return self.small_pt + (self.large_pt - self.small_pt) * grow


@dataclass(frozen=True, slots=True)
class Widths:
    """The table of widths.toml: line widths in mm by zoom, first zooms, dashes, text."""

    zooms: tuple[float, ...]
    mm: Mapping[str, tuple[float, ...]]
    edge_zooms: tuple[float, ...]
    edge_mm: tuple[float, ...]
    first: Mapping[str, float]
    dash: Mapping[str, list[float]]
    text: Mapping[str, TextRule]
    street_first: Mapping[str, float]

    def px(self, cls: str, zoom: float) -> float:
        """Width of a line class in logical pixels."""
        return _between(self.zooms, self.mm[cls], zoom) / MM

    def edge_px(self, zoom: float) -> float:
        """Width of the edge on each side of a street, in logical pixels."""
        return _between(self.edge_zooms, self.edge_mm, zoom) / MM

    def shows(self, cls: str, zoom: float) -> bool:
        """Whether a class is drawn at a zoom."""
        return zoom >= self.first.get(cls, 0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """Colours by drawing class; ``area`` is in the order of painting."""

    name: str
    area: Mapping[str, QColor]
    edge: Mapping[str, QColor]
    line: Mapping[str, QColor]
    casing: Mapping[str, QColor]
    text: Mapping[str, QColor]
    ui: Mapping[str, QColor]
    widths: Widths


@cache
def load_style(name: str) -> Style:
    """Read a style ("light", "dark", "contrast" or "print")."""
    data = style_data(name)

    def colours(section: str) -> dict[str, QColor]:
        return {key: _colour(value) for key, value in data[section].items()}

    return Style(
        name,
        *(colours(part) for part in ("area", "edge", "line", "casing", "text", "ui")),
        widths=_widths(),
    )


@cache
def _widths() -> Widths:
    """Read widths.toml."""
    data = style_data("widths")
    return Widths(
        zooms=tuple(data["zooms"]),
        mm={key: tuple(value) for key, value in data["width"].items()},
        edge_zooms=tuple(data["edge"]["zooms"]),
        edge_mm=tuple(data["edge"]["mm"]),
        first=data["from"],
        dash=data["dash"],
        text={key: _text_rule(value) for key, value in data["text"].items()},
        street_first=data["street_from"],
    )


def _text_rule(row: Mapping[str, Any]) -> TextRule:
    """One row of the text table."""
    small, large = row["pt"]
    return TextRule(
        small, large, row["from"], row.get("to", 30), row["weight"], row.get("italic", False)
    )


def _colour(text: str) -> QColor:
    """A colour from "#RRGGBB" or "#RRGGBBAA"."""
    colour = QColor(text[:7])
    if len(text) == 9:
        colour.setAlpha(int(text[7:], 16))
    return colour


def _between(zooms: Sequence[float], sizes: Sequence[float], zoom: float) -> float:
    """The size at a zoom, growing in proportion between the rows of a table."""
    if zoom <= zooms[0]:
        return sizes[0]
    for at in range(1, len(zooms)):
        if zoom <= zooms[at]:
            share = (zoom - zooms[at - 1]) / (zooms[at] - zooms[at - 1])
            return math.exp(math.log(sizes[at - 1]) * (1 - share) + math.log(sizes[at]) * share)
    return sizes[-1]
