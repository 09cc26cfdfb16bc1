# SPDX-License-Identifier: AGPL-3.0-or-later
"""Understanding where somebody means: a postcode, a place, a grid reference, two numbers."""

import re
from dataclasses import dataclass

import numpy as np

from lac_desktop.domain.geometry import METRES_PER_DEGREE, UK, Point
from lac_desktop.geo import grid
from lac_desktop.geo.pack import Areas
from lac_desktop.geo.walk import Pace, paces
from lac_desktop.services.notebook import Notebook

_LATLON = re.compile(r"^\s*(-?\d{1,2}(?:\.\d+)?)\s*[, ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A point with the words to show for it; ``terminated`` is when a postcode ended, or ""."""

    point: Point
    words: str
    kind: str  # "postcode", "place", "point" or "asset"
    detail: str = ""
    terminated: str = ""
    asset_id: str = ""


def place(notebook: Notebook, text: str) -> Place | None:
    """Find what was typed: "52.67, -0.73", "SK 860 090", a postcode or the name of a place.

    None where nothing fits. Numbers must lie in the UK or in the area pack; without a pack they
    may lie anywhere, but for latitude and longitude the wrong way round.
    """
    typed = text.strip()
    if not typed:
        return None
    pair = _LATLON.match(typed)
    if pair:
        point = Point(float(pair[1]), float(pair[2]))
        return Place(point, _numbers(point), "point") if _may_be_meant(notebook, point) else None
    reference = grid.parse(typed)
    if reference is not None:
        return Place(reference, typed.upper(), "point")
    located = notebook.pack.locate(typed) if notebook.pack else None
    if located is None:
        return None
    return Place(located.point, located.name, located.kind, located.detail, located.terminated)


def _may_be_meant(notebook: Notebook, point: Point) -> bool:
    """Say whether two numbers are a place that this notebook can be about."""
    if UK.holds(point):
        return True
    if notebook.pack is not None:
        return notebook.pack.info.bounds.holds(point)
    on_earth = abs(point.lat) <= 90 and abs(point.lon) <= 180
    return on_earth and not UK.holds(Point(point.lon, point.lat))


def suggest_places(notebook: Notebook, text: str, limit: int = 8) -> list[Place]:
    """Postcodes and places that begin like the text, for lists as one types."""
    if not notebook.pack or not text.strip():
        return []
    return [
        Place(found.point, found.name, found.kind, found.detail, found.terminated)
        for found in notebook.pack.suggest(text, limit)
    ]


def areas_at(notebook: Notebook, point: Point) -> Areas:
    """Ward, LSOA and authority at a point; empty without a pack."""
    return notebook.pack.areas_at(point) if notebook.pack else Areas()


def pace(notebook: Notebook) -> Pace:
    """How the coordinator chose to reckon walking; "usual" where that is not known any more."""
    known = paces()
    return known.get(notebook.settings.pace) or known["usual"]


@dataclass(frozen=True, slots=True, eq=False)
class WalkingArea:
    """The area within so many minutes on foot: rings (n, 2) of lon, lat.

    ``crow`` says that it is a circle because there are no streets to walk along here.
    """

    minutes: float
    rings: tuple[np.ndarray, ...]
    crow: bool


def walking_areas(
    notebook: Notebook, point: Point, minutes: tuple[float, ...] = (5, 10, 15)
) -> list[WalkingArea]:
    """Outlines of what can be walked to, the smallest first; circles where no streets are known."""
    gait = pace(notebook)
    graph = notebook.pack.walk() if notebook.pack else None
    reach = None
    if graph is not None:
        reach = graph.reach(point, gait.metres(max(minutes)), avoids_steps=gait.avoids_steps)
    areas = []
    for limit in sorted(minutes):
        if reach is not None:
            rings = tuple(reach.outline(gait.metres(limit)))
        else:
            rings = (circle(point, gait.metres(limit)),)
        areas.append(WalkingArea(limit, rings, reach is None))
    return areas


def circle(centre: Point, metres: float, corners: int = 72) -> np.ndarray:
    """A closed ring (corners + 1, 2) of lon, lat so many metres round a point."""
    turn = np.linspace(0.0, 2 * np.pi, corners + 1)
    tall = metres / METRES_PER_DEGREE
    wide = tall / max(0.01, float(np.cos(np.radians(centre.lat))))
    return np.column_stack([centre.lon + wide * np.sin(turn), centre.lat + tall * np.cos(turn)])


def _numbers(point: Point) -> str:
    return f"{point.lat:.5f}, {point.lon:.5f}"
