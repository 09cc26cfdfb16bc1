# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw a very small map once in the window's thread, before the painting thread starts.

PySide finishes a type when it is first needed, even as a possible argument of a call, and does so
without a lock: the window and the painting thread both making their first ``fillRect`` ended the
process (6.11.3). After a rehearsal of every drawing call all types that the thread uses exist.
"""

from functools import cache

import numpy as np
from PySide6.QtGui import QPainter

from lac_desktop.services.maps import UNITS, Features
from lac_desktop.ui.map.canvas import blank
from lac_desktop.ui.map.ground import Outline, WalkingArea, draw_outlines, draw_walk
from lac_desktop.ui.map.labeldraw import draw_labels
from lac_desktop.ui.map.labels import Label, place_labels
from lac_desktop.ui.map.lettering import Face, Lettering
from lac_desktop.ui.map.painter import draw_base
from lac_desktop.ui.map.style import load_style
from lac_desktop.ui.map.tiles import Placed, TileShapes, paths, polylines
from lac_desktop.ui.map.view import View

_VIEW = View(0.5, 0.3, 15.0, 480.0, 320.0)


@cache
def rehearse() -> int:
    """Draw everything that the painting thread can draw; gives the number of names drawn."""
    style = load_style("light")
    lettering = Lettering()
    tile = _tile()
    image = blank(_VIEW, 1.0)
    painter = QPainter(image)
    draw_base(painter, _VIEW, [tile], style)
    labels = place_labels(_VIEW, [tile], style, lettering, obstacles=np.zeros((0, 4)))
    labels.append(Label("shield", Face(), 8, (("A", 20, 20),), shield=True))
    labels.append(Label("landmark", Face(), 8, (("A", 60, 20),), angle=8.0, dot=(60.0, 10.0)))
    draw_labels(painter, labels, style, lettering)
    x, y = _VIEW.to_world(20, 20)
    step = 280 / _VIEW.scale
    ring = np.array([[x, y], [x + step, y], [x + step, y + step], [x, y]])
    draw_outlines(painter, _VIEW, [Outline("A", (ring,))], style)
    draw_walk(painter, _VIEW, [WalkingArea(5, (ring,))], style, 1.0)
    painter.end()
    image.copy()
    return len(labels)


def _tile() -> Placed:
    """A tile with an area, a bent street, a place and a landmark."""
    turn = np.linspace(0, 1.4, 40)
    bend = np.column_stack((np.sin(turn), 1 - np.cos(turn))) * 3000 + 500
    square = np.array([[9.0, 9.0], [3000.0, 9.0], [3000.0, 3000.0], [9.0, 3000.0]])
    street, area = _one(bend), _one(square)
    labels = {
        "street:minor": _one(bend, "Mill Lane"),
        "street:trunk": _one(bend + 300, "", "A1"),
        "place:town": _one(square[2:3], "Town"),
        "poi:landmark": _one(square[1:2] - 200, "Hall"),
    }
    classes = ("minor", "trunk/bridge", "rail", "path", "minor/tunnel", "river", "boundary")
    shapes = TileShapes(
        {"park": paths(area), "building": paths(area)},
        {cls: polylines(street) for cls in classes},
        labels,
    )
    return Placed((0, 0, 0), shapes, 0.0, 0.0, 320.0)


def _one(xy: np.ndarray, name: str = "", ref: str = "") -> Features:
    """One feature of one part."""
    return Features(xy % UNITS, np.array([0, len(xy)]), np.array([0, 1]), (name,), (ref,), (1,))
