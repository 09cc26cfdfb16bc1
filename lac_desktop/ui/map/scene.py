# SPDX-License-Identifier: AGPL-3.0-or-later
"""One drawing of the map for the window, pictures and print: ground, names, areas, marks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtGui import QPainter

from lac_desktop.ui.map.ground import (
    Outline,
    WalkingArea,
    draw_outlines,
    draw_walk,
    outline_spots,
    pills,
)
from lac_desktop.ui.map.labeldraw import draw_labels
from lac_desktop.ui.map.labels import place_labels
from lac_desktop.ui.map.lettering import Lettering
from lac_desktop.ui.map.markers import MARKER_PX, cluster_radius, draw_cluster, draw_marker
from lac_desktop.ui.map.painter import Pause, draw_base, no_pause
from lac_desktop.ui.map.places import NO_PLACES, Marks, Places, in_view
from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.tiles import TileCache, visible
from lac_desktop.ui.map.view import Floats, View

#: Under so many places in view all show their names.
NAMED = 25


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything that the ground of a picture is made of.

    ``tiles`` is None without a street map. ``named`` gives the names to be shown beside single
    markers, by row number; ``selected`` is the row number whose name tag must stay free, and
    ``origin`` the world position that the window marks as "near" (never drawn here).
    """

    style: Style
    tiles: TileCache | None = None
    places: Places = NO_PLACES
    walk: tuple[WalkingArea, ...] = ()
    outlines: tuple[Outline, ...] = ()
    named: Mapping[int, str] = field(default_factory=dict)
    selected: int | None = None
    origin: tuple[float, float] | None = None
    text_scale: float = 1.0


def names_shown(places: Places, view: View, names: Callable[[int], str]) -> dict[int, str]:
    """Names to be painted beside markers, by row number: all when few are in view."""
    inside = np.flatnonzero(in_view(places, view))
    if len(inside) >= NAMED:
        return {}
    around = np.flatnonzero(in_view(places, view.grown(1.5)))[: 2 * NAMED]
    rids = places.rids[np.union1d(inside, around)].tolist()
    return {rid: names(rid) for rid in rids}


def draw_streets(painter: QPainter, view: View, scene: Scene, pause: Pause = no_pause) -> None:
    """Paint the ground without any name: fast, and enough to show at once."""
    tiles = visible(scene.tiles, view) if scene.tiles is not None else []
    draw_base(painter, view, tiles, scene.style, pause)
    draw_outlines(painter, view, scene.outlines, scene.style)


def draw_names(
    painter: QPainter,
    view: View,
    scene: Scene,
    marks: Marks,
    lettering: Lettering,
    pause: Pause = no_pause,
    reserved: Floats | None = None,
    seen: View | None = None,
) -> None:
    """Paint the names, keeping off the marks and reserved boxes (n, 4), and walking areas.

    ``seen`` is what the window shows of a view that is larger.
    """
    tiles = visible(scene.tiles, view) if scene.tiles is not None else []
    obstacles = mark_boxes(view, scene, marks)
    for _area, box in pills(view, scene.walk, scene.text_scale):
        corners = [[box.left(), box.top(), box.right(), box.bottom()]]
        obstacles = np.concatenate((obstacles, corners))
    if reserved is not None:
        obstacles = np.concatenate((obstacles, reserved))
    labels = place_labels(
        view,
        tiles,
        scene.style,
        lettering,
        obstacles=obstacles,
        pins=named_pins(view, scene, marks),
        areas=outline_spots(view, scene.outlines),
        text_scale=scene.text_scale,
        pause=pause,
        seen=seen,
    )
    draw_labels(painter, labels, scene.style, lettering, pause)
    draw_walk(painter, view, scene.walk, scene.style, scene.text_scale)


def draw_marks(painter: QPainter, view: View, scene: Scene, marks: Marks) -> None:
    """Paint markers and clusters as outlines (pictures and print; the window uses sprites)."""
    px, py = view.to_pixels(marks.x, marks.y)
    counts = marks.counts
    for at in np.argsort(py).tolist():
        if counts[at] > 1:
            args = (int(counts[at]), float(px[at]), float(py[at]))
            draw_cluster(painter, *args, scene.style, scene.text_scale)
        else:
            category = str(scene.places.categories[marks.members(at)[0]])
            where = (float(px[at]), float(py[at]))
            draw_marker(painter, category, *where, scene.style, scene.text_scale)


def mark_boxes(view: View, scene: Scene, marks: Marks) -> Floats:
    """Boxes (n, 4) of the marks, which names keep off, the selected one's name tag too."""
    px, py = view.to_pixels(marks.x, marks.y)
    counts = marks.counts
    radius = np.array([MARKER_PX / 2 + 1 if n == 1 else cluster_radius(n) + 2 for n in counts])
    radius = radius * scene.text_scale
    boxes = np.stack((px - radius, py - radius, px + radius, py + radius), axis=1)
    near = (boxes[:, 2] > 0) & (boxes[:, 3] > 0)
    near &= (boxes[:, 0] < view.width) & (boxes[:, 1] < view.height)
    boxes = boxes[near]
    if scene.origin is not None:
        x, y = view.to_pixels(*scene.origin)
        half = 15 * scene.text_scale
        boxes = np.concatenate((boxes, [[x - half, y - half, x + half, y + half]]))
    place = None if scene.selected is None else scene.places.index(scene.selected)
    if place is not None:
        x, y = view.to_pixels(scene.places.x[place], scene.places.y[place])
        size = scene.text_scale
        tag = [[x - 26 * size, y - 26 * size, x + 26 * size, y + 26 * size]]
        tag.append([x - 70 * size, y + 26 * size, x + 70 * size, y + 56 * size])
        boxes = np.concatenate((boxes, tag))
    return boxes


def named_pins(view: View, scene: Scene, marks: Marks) -> list[tuple[float, float, str]]:
    """Single markers that are to be named: pixels and name."""
    if not scene.named:
        return []
    out = []
    counts = marks.counts
    for at in np.flatnonzero(counts == 1).tolist():
        rid = int(scene.places.rids[marks.members(at)[0]])
        name = scene.named.get(rid)
        if name and rid != scene.selected:
            px, py = view.to_pixels(marks.x[at], marks.y[at])
            out.append((float(px), float(py), name))
    return out
