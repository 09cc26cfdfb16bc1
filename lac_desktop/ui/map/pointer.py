# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mouse on the map: drag, wheel, double click, hover, click, and moving a pin."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

if TYPE_CHECKING:
    from lac_desktop.ui.map.widget import MapView

_SLOP_PX = 4.0  # a press that moves less is a click
_NOTCH = 120.0
_ZOOM_A_NOTCH = 0.5


class Pointer:
    """Turns mouse events into what the map does."""

    def __init__(self, map_view: "MapView") -> None:
        self._map = map_view
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._dragging = False
        self._carrying = False

    def press(self, event: QMouseEvent) -> None:
        """Begin a click, a drag or the move of a pin; the right button asks for the menu."""
        at = event.position()
        chosen = self._map.chosen
        if event.button() == Qt.MouseButton.RightButton:
            mark = chosen.mark_at(at.x(), at.y())
            rids = chosen.rids_of(mark) if mark is not None else []
            rid = rids[0] if len(rids) == 1 else -1
            self._map.menu_wanted.emit(rid, event.globalPosition().toPoint())
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._last = at, at
        self._dragging = False
        self._carrying = False
        self._map.keys.by_keyboard = False
        if chosen.moving is not None:
            x, y = self._map.view.to_pixels(*chosen.moving_at)
            self._carrying = abs(x - at.x()) < 30 and abs(y - at.y()) < 30

    def move(self, event: QMouseEvent) -> None:
        """Drag the map or the pin, or show what is under the pointer."""
        at = event.position()
        if self._pressed is None:
            if self._map.chosen.drawing.on:
                self._map.chosen.drawing.hover(at.x(), at.y())
            elif self._map.chosen.moving is None and not self._map.chosen.adding:
                mark = self._map.chosen.mark_at(at.x(), at.y())
                self._map.chosen.hover_mark(mark)
                shape = Qt.CursorShape.PointingHandCursor
                self._map.setCursor(shape if mark is not None else Qt.CursorShape.ArrowCursor)
            return
        away = at - self._pressed
        if not self._dragging and max(abs(away.x()), abs(away.y())) >= _SLOP_PX:
            self._dragging = True
        if self._dragging:
            step = at - self._last
            self._last = at
            if self._carrying:
                self._map.chosen.move_to(*self._map.view.to_world(at.x(), at.y()))
            else:
                self._map.look(self._map.view.panned(-step.x(), -step.y()))

    def release(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._carrying and self._dragging:
            self._map.chosen.put()
        elif not self._dragging:
            self._click(event.position())

    def double(self, event: QMouseEvent) -> None:
        """Open a place's details, or zoom in on empty ground."""
        at = event.position()
        if self._map.chosen.drawing.on:
            self._map.chosen.drawing.finish()
            return
        mark = self._map.chosen.mark_at(at.x(), at.y())
        rids = self._map.chosen.rids_of(mark) if mark is not None else []
        if len(rids) == 1:
            self._map.activated.emit(rids[0])
        elif not rids:
            self._map.zoom_by(1.0, (at.x(), at.y()))

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; fine steps of a touchpad give fine steps of zoom."""
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            at = event.position()
            self._map.zoom_by(notches * _ZOOM_A_NOTCH, (at.x(), at.y()))
        event.accept()

    def _click(self, at: QPointF) -> None:
        """Select what is under the pointer, or add a place there."""
        chosen = self._map.chosen
        if chosen.moving is not None:
            chosen.move_to(*self._map.view.to_world(at.x(), at.y()))
            return
        if chosen.drawing.on:
            chosen.drawing.click(at.x(), at.y())
            return
        if chosen.adding:
            self._map.set_adding(False)
            point = self._map.view.point_at(at.x(), at.y())
            self._map.place_clicked.emit(point.lat, point.lon)
            return
        mark = chosen.mark_at(at.x(), at.y())
        if mark is not None:
            chosen.open_mark(mark)
