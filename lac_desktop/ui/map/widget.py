# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map in the window: shows, moves and zooms; mouse and keyboard live beside it.

The list next to the map is its equal for a screen reader; the map itself is a list box
"Map places" whose items are the places near the middle of the view.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import Box, Point
from lac_desktop.services.maps import MapTiles
from lac_desktop.ui.map import furniture
from lac_desktop.ui.map.access import MapAccess
from lac_desktop.ui.map.chosen import Chosen
from lac_desktop.ui.map.ground import Outline, WalkingArea, world_rings
from lac_desktop.ui.map.keys import MapKeys
from lac_desktop.ui.map.markers import Sprites
from lac_desktop.ui.map.overlay import draw_overlay, draw_sprites
from lac_desktop.ui.map.places import NO_MARKS, NO_PLACES, Marks, Places, in_view, places_at
from lac_desktop.ui.map.pointer import Pointer
from lac_desktop.ui.map.scene import Scene, names_shown
from lac_desktop.ui.map.style import load_style
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import View, box_of, project_point, unproject, view_at, view_of
from lac_desktop.ui.map.worker import Ground, GroundPainter, Wanted
from lac_desktop.ui.words import count, tr

_ZOOM_PAUSE_MS = 90
_HOME = Point(52.6, -1.5)  # the middle of England, where nothing else is known


class MapView(QWidget):
    """A street map with places on it.

    ``selected(rid)``: a place was chosen; ``activated(rid)``: its details are wanted.
    ``place_clicked(lat, lon)``: a new place is wanted there (Ins, or a click while adding).
    ``pin_moved(rid, lat, lon)``: a pin was put elsewhere. ``view_changed()``: it looks elsewhere.
    ``list_wanted()``: the L key. ``menu_wanted(rid, point)``: the place menu, at a point of the
    screen; rid is -1 where there is no place.
    """

    selected = Signal(int)
    activated = Signal(int)
    place_clicked = Signal(float, float)
    pin_moved = Signal(int, float, float)
    view_changed = Signal()
    list_wanted = Signal()
    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(tr("Map places"))
        self.view = view_at(_HOME, 6, 640, 480)
        self.places: Places = NO_PLACES
        self.shown: Places = NO_PLACES  # the places that the marks stand for
        self.marks: Marks = NO_MARKS
        self.style_sheet = load_style("light")
        self.text_scale = 1.0
        self.ground: Ground | None = None
        self.chosen = Chosen(self)
        self._tiles: TileCache | None = None
        self._names: Callable[[int], str] = str
        self._describe: Callable[[int], str] | None = None
        self._walk: tuple[WalkingArea, ...] = ()
        self._outlines: tuple[Outline, ...] = ()
        self._sprites: Sprites | None = None
        self.asked: Wanted | None = None
        self._number = 0
        self._fit_when_sized: Box | None = None
        self._zooming = QTimer(self)  # while it runs, steps of zoom only scale the old picture
        self._zooming.setSingleShot(True)
        self._zooming.setInterval(_ZOOM_PAUSE_MS)
        self._zooming.timeout.connect(self._ask_if_needed)
        self._painter_thread = GroundPainter()
        self._painter_thread.painted.connect(self._ground_painted)
        self.destroyed.connect(self._painter_thread.stop)
        self._pointer = Pointer(self)
        self.keys = MapKeys(self)
        self.access = MapAccess(self)

    # What is shown

    def set_tiles(self, tiles: MapTiles | None) -> None:
        """Show a street map, or none; where nothing was shown yet, look at all of it."""
        first = self._tiles is None and not len(self.places)
        self._tiles = TileCache(tiles) if tiles is not None else None
        if tiles is not None and first:
            self.fit(tiles.bounds)
        self.refresh(ground_first=True)

    def set_points(
        self,
        rids: Any,
        lats: Any,
        lons: Any,
        categories: Any,
        names: Callable[[int], str],
        describe: Callable[[int], str] | None = None,
    ) -> None:
        """Show places: columns of row numbers, degrees (NaN: no position) and category letters.

        ``names(rid)`` gives the name on a tag, ``describe(rid)`` the sentence for a screen reader
        ("Brackenfold Library, institution, 8 minutes").
        """
        self.places = places_at(rids, lats, lons, categories)
        self._names, self._describe = names, describe
        if not len(self.places):
            self.shown, self.marks = NO_PLACES, NO_MARKS
        self.chosen.places_changed()
        self.refresh()
        self.access.places_changed()

    def set_selected(self, rid: int | None) -> None:
        """Show a place as selected, and bring it into view; None selects nothing."""
        self.chosen.select(rid)

    def set_focus(self, rid: int | None) -> None:
        """Put the keyboard's ring round a place, and bring it into view."""
        self.chosen.focus_on(rid)

    def set_origin(self, point: Point | None) -> None:
        """Mark where "near" is measured from."""
        origin = None if point is None else project_point(point)
        if origin != self.chosen.origin:
            self.chosen.origin = origin
            self.refresh()
            self.update()

    def set_walking_area(
        self, areas: Iterable[tuple[float, Sequence[Any]]], about: bool = False
    ) -> None:
        """Show walking areas: (minutes, rings of (n, 2) longitude and latitude); [] shows none.

        ``about`` says that they are circles as the crow flies.
        """
        self._walk = tuple(WalkingArea(m, world_rings(rings), about) for m, rings in areas)
        self.refresh()

    def set_boundaries(self, outlines: Iterable[tuple[str, Sequence[Any]]]) -> None:
        """Show outlines of wards or LSOAs: (name, rings of (n, 2) longitude and latitude)."""
        self._outlines = tuple(Outline(name, world_rings(rings)) for name, rings in outlines)
        self.refresh()

    def set_style(self, name: str) -> None:
        """Show the map in "light", "dark" or "contrast"."""
        self.style_sheet = load_style(name)
        self.refresh(ground_first=True)

    def set_text_scale(self, scale: float) -> None:
        """Set names and markers at 0.9 to 2 times their size."""
        self.text_scale = min(2.0, max(0.5, scale))
        self.refresh()

    def set_adding(self, on: bool) -> None:
        """While on, a click (or Enter, at the cross in the middle) tells where a place goes."""
        self.chosen.adding = on
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        self.update()

    def move_pin(self, rid: int) -> None:
        """Let a pin be moved, by dragging or by the arrow keys; Enter puts it, Esc leaves it."""
        self.chosen.start_moving(rid)

    def scene(self) -> Scene:
        """All that the ground is painted from now."""
        return Scene(
            style=self.style_sheet,
            tiles=self._tiles,
            places=self.places,
            walk=self._walk,
            outlines=self._outlines,
            named=names_shown(self.places, self.view, self._names),
            selected=self.chosen.selected,
            origin=self.chosen.origin,
            text_scale=self.text_scale,
        )

    def name_of(self, rid: int) -> str:
        """The name of a place."""
        return self._names(rid)

    def sentence_of(self, rid: int) -> str:
        """What a screen reader says of a place."""
        return self._describe(rid) if self._describe else self._names(rid)

    @property
    def in_view(self) -> int:
        """How many places the window shows."""
        return int(in_view(self.places, self.view).sum())

    @property
    def credit(self) -> str:
        """Who made the street map."""
        return self._tiles.tiles.attribution if self._tiles is not None else ""

    # Where it looks

    def look(self, view: View) -> None:
        """Look elsewhere."""
        self._fit_when_sized = None
        if view == self.view:
            return
        with self._painter_thread.aside():
            self.view = view
            self._ask_if_needed()
            self.update()
            self.view_changed.emit()
            self.access.view_changed()

    def centre_on(self, point: Point, zoom: float | None = None) -> None:
        """Look at a point."""
        at = view_at(point, self.view.zoom if zoom is None else zoom, self.width(), self.height())
        self.look(at)

    def fit(self, box: Box | None = None) -> None:
        """Look at a box; without one at all places, or at the whole street map."""
        if box is None and len(self.places):
            x, y = self.places.x, self.places.y
            corners = [unproject(float(f(x)), float(f(y))) for f in (np.min, np.max)]
            box = box_of([c.lat for c in corners], [c.lon for c in corners])
        if box is None and self._tiles is not None:
            box = self._tiles.tiles.bounds
        if box is not None:
            self.look(view_of(box, self.width(), self.height()))
            self._fit_when_sized = None if self.isVisible() else box

    def zoom_by(self, steps: float, at: tuple[float, float] | None = None) -> None:
        """Zoom in (or out) around a pixel, or around the middle."""
        px, py = at or (self.view.width / 2, self.view.height / 2)
        self.look(self.view.zoomed(self.view.zoom + steps, px, py))
        if at is None:
            self.access.say(self.seen_words())

    def seen_words(self) -> str:
        """ "31 of 164 places"."""
        total = count("{n} place", "{n} places", len(self.places))
        return tr("{shown} of {total}", shown=self.in_view, total=total)

    def stop(self) -> None:
        """End the painting thread; the widget is not used afterwards."""
        self._painter_thread.stop()
        self.access.close()
        self.ground, self.shown, self.marks = None, NO_PLACES, NO_MARKS

    # Painting

    def refresh(self, ground_first: bool = False) -> None:
        """Ask for the ground to be painted anew."""
        if not self.isVisible() and self.ground is None:
            return
        self._number += 1
        scene = self.scene()
        dots = self.devicePixelRatioF()
        self.asked = Wanted(self.view, scene, dots, self._number, ground_first)
        self._painter_thread.ask(self.asked)

    def _ask_if_needed(self) -> None:
        """Ask for a new ground when the view leaves the painted one, or soon will."""
        spare = 0.12 * max(self.view.width, self.view.height)
        asked = self.asked
        if asked is None or asked.view.zoom != self.view.zoom:
            if not self._zooming.isActive():
                self.refresh(ground_first=True)
                self._zooming.start()
        elif not asked.view.grown(1.7).holds(self.view, spare):
            self.refresh()

    def _ground_painted(self, ground: Ground) -> None:
        """Take a picture from the painting thread, unless a newer one is shown."""
        if self.ground is not None and ground.number < self.ground.number:
            return
        self.ground, self.shown, self.marks = ground, ground.scene.places, ground.marks
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy the ground and draw what lies over it."""
        with self._painter_thread.aside():
            painter = QPainter(self)
            try:
                self._paint_ground(painter)
                self._paint_over(painter)
            finally:
                painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Copy the painted ground, scaled while a zoom is under way."""
        ground, view = self.ground, self.view
        if ground is None or not ground.view.holds(view):
            painter.fillRect(self.rect(), self.style_sheet.ui["land"])
        if ground is None:
            return
        x, y = view.to_pixels(ground.view.left, ground.view.top)
        factor = view.scale / ground.view.scale
        dots = self.devicePixelRatioF()
        painter.save()
        painter.translate(round(x * dots) / dots, round(y * dots) / dots)
        if abs(factor - 1) > 1e-6:
            painter.scale(factor, factor)
        painter.drawImage(0, 0, ground.image)
        painter.restore()

    def _paint_over(self, painter: QPainter) -> None:
        """Markers, what is set apart, and the map's edge."""
        style, view, scale = self.style_sheet, self.view, self.text_scale
        key = (style.name, scale, self.devicePixelRatioF())
        if self._sprites is None or self._sprites.key != key:
            self._sprites = Sprites(style, scale, key[2])
        draw_sprites(painter, view, self.shown, self.marks, self._sprites)
        draw_overlay(painter, view, self.chosen.overlay(), style, scale)
        beside = furniture.draw_scale(painter, view, style, scale)
        credit = furniture.short_credit(self.credit)
        furniture.draw_credit(painter, view, credit, style, scale, beside)
        words = self.chosen.hint() or ("" if self._tiles else furniture.no_streets())
        if words:
            furniture.draw_sentence(painter, view, words, style, scale)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the middle in the middle."""
        super().resizeEvent(event)
        size = event.size()
        self.view = replace(self.view, width=size.width(), height=size.height())
        if self._fit_when_sized is not None:
            self.view = view_of(self._fit_when_sized, size.width(), size.height())
        self.refresh(ground_first=self.ground is None)
        self.view_changed.emit()

    def showEvent(self, event: Any) -> None:
        """Paint on first showing."""
        super().showEvent(event)
        self._fit_when_sized = None
        if self.asked is None:
            self.refresh(ground_first=True)

    def sizeHint(self) -> QSize:
        """A comfortable map."""
        return QSize(860, 520)

    def event(self, event: QEvent) -> bool:
        """Take single keys before the window's shortcuts do, and follow a changed screen."""
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and self.keys.wants(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.refresh()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys on."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click, a drag or the move of a pin."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag or hover."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in, or open a place's details."""
        self._pointer.double(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self._pointer.wheel(event)

    def leaveEvent(self, _event: QEvent) -> None:
        """Forget what the pointer was on."""
        self.chosen.hover_mark(None)

    def focusInEvent(self, event: Any) -> None:
        """Show the ring and tell a screen reader which place has it."""
        self.keys.by_keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.access.focus_changed(later=True)
        self.update()

    def focusOutEvent(self, event: Any) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()
