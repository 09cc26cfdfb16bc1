# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing an area on the map, corner by corner: by clicks, or at the cross by the keyboard."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from lac_desktop.domain.geometry import Point
from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.view import Floats, View, project_point, unproject
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.map.widget import MapView

#: So near to the first corner, in pixels at 100 %, a click closes the area.
_CLOSE_PX = 12.0
#: Two corners nearer than this, in pixels, are the same one.
_SAME_PX = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What is drawn of areas: rings (n, 2) that are there, and the corners put so far.

    All in world coordinates; ``pointer`` is where the next corner would go.
    """

    rings: tuple[Floats, ...] = ()
    corners: tuple[tuple[float, float], ...] = ()
    pointer: tuple[float, float] | None = None


class Drawing:
    """The area that is being drawn on one map.

    ``changed`` is called after each corner; ``finished`` asks to keep the area.
    """

    def __init__(self, map_view: "MapView") -> None:
        self._map = map_view
        self.changed: Callable[[], object] = lambda: None
        self.finished: Callable[[], object] = lambda: None
        self.on = False
        self.rings: tuple[Floats, ...] = ()
        self._corners: list[tuple[float, float]] = []
        self._pointer: tuple[float, float] | None = None

    @property
    def points(self) -> list[Point]:
        """The corners put so far, in degrees."""
        return [unproject(x, y) for x, y in self._corners]

    def start(self, corners: list[Point]) -> None:
        """Begin to draw, going on from these corners."""
        self.on = True
        self._corners = [project_point(corner) for corner in corners]
        self._map.setCursor(Qt.CursorShape.CrossCursor)
        self._map.update()

    def set_points(self, corners: list[Point]) -> None:
        """Show corners that were typed; says nothing back."""
        self._corners = [project_point(corner) for corner in corners]
        self._map.update()

    def click(self, px: float, py: float) -> None:
        """A corner under the pointer; on the first corner the area is closed."""
        if len(self._corners) >= 3:
            x, y = self._map.view.to_pixels(*self._corners[0])
            if math.hypot(x - px, y - py) <= _CLOSE_PX * self._map.text_scale:
                self.finish()
                return
        self._add(*self._map.view.to_world(px, py))

    def enter(self) -> None:
        """A corner at the cross in the middle; a second time in one place, it is finished."""
        view = self._map.view
        if self._corners:
            x, y = view.to_pixels(*self._corners[-1])
            if math.hypot(x - view.width / 2, y - view.height / 2) <= _SAME_PX:
                self.finish()
                return
        self._add(view.x, view.y)

    def take_back(self) -> None:
        """Take the last corner away."""
        if self._corners:
            self._corners.pop()
            self._tell(tr("Taken back."))

    def clear(self) -> None:
        """Take all corners away, and the area that was there."""
        self._corners, self.rings = [], ()
        self._tell(tr("Empty."))

    def finish(self) -> None:
        """Ask to keep the area, if there is one."""
        if len(self._corners) < 3:
            self._map.access.say(tr("An area needs at least three corners."))
        else:
            self.finished()

    def hover(self, px: float, py: float) -> None:
        """Show where the next side would run."""
        if self.on and self._corners:
            self._pointer = self._map.view.to_world(px, py)
            self._map.update()

    def shown(self, area: tuple[Floats, ...]) -> Drawn:
        """What is to be drawn, beside the area of a selected place."""
        if not self.on:
            return Drawn(area)
        keyboard = self._map.keys.by_keyboard
        view = self._map.view
        pointer = (view.x, view.y) if keyboard else self._pointer
        rings = self.rings if not self._corners else ()
        return Drawn(rings, tuple(self._corners), pointer)

    def _add(self, x: float, y: float) -> None:
        self._corners.append((x, y))
        self._pointer = None
        self._tell("")

    def _tell(self, said: str) -> None:
        """Show and say how many corners there are."""
        words = count("{n} corner", "{n} corners", len(self._corners))
        self._map.access.say(f"{said} {words}".strip())
        self._map.update()
        self.changed()


def draw_drawn(painter: QPainter, view: View, drawn: Drawn, style: Style, scale: float) -> None:
    """Draw areas with a light fill and a halo under their edge, and the corners as squares."""
    polygons = [
        QPolygonF([QPointF(x, y) for x, y in zip(*_pixels(view, ring), strict=True)])
        for ring in drawn.rings
    ]
    corners = [QPointF(*view.to_pixels(x, y)) for x, y in drawn.corners]
    if drawn.corners:
        polygons.append(QPolygonF([*corners, corners[0]]))
    if not polygons:
        return
    path = QPainterPath()
    for polygon in polygons:
        path.addPolygon(polygon)
    fill = QColor(style.ui["accent"])
    fill.setAlphaF(0.14)
    painter.fillPath(path, fill)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((style.ui["ring_halo"], 5.5), (style.ui["accent"], 2.4)):
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
    if drawn.pointer and corners:
        painter.setPen(QPen(style.ui["accent"], 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(corners[-1], QPointF(*view.to_pixels(*drawn.pointer)))
    half = 4.5 * scale
    painter.setPen(QPen(style.ui["ring_halo"], 1.5))
    painter.setBrush(style.ui["accent"])
    for corner in corners:
        painter.drawRect(QRectF(corner.x() - half, corner.y() - half, 2 * half, 2 * half))


def _pixels(view: View, ring: Floats) -> tuple[list[float], list[float]]:
    """A ring in pixels of a view."""
    x, y = view.to_pixels(ring[:, 0], ring[:, 1])
    return x.tolist(), y.tolist()
