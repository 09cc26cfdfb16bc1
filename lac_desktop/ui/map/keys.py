# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyboard on the map: everything that the mouse does, and going from place to place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.map.widget import MapView

_Key = Qt.Key
_ARROWS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_PAN_SHARE = 0.2  # of the window, a press
_FINE_SHARE = 0.04  # while an area is drawn
_STEP_M, _STRIDE_M = 5.0, 50.0
_SIDEWAYS = 2.0  # how much less a place aside counts than one straight ahead


class MapKeys:
    """Turns keys into what the map does. ``letters`` off leaves single letters alone."""

    def __init__(self, map_view: "MapView") -> None:
        self._map = map_view
        self.letters = True
        self.by_keyboard = False
        self.panned = False
        self._plain: dict[int, Callable[[], None]] = {
            _Key.Key_Plus: lambda: self._map.zoom_by(0.5),
            _Key.Key_Equal: lambda: self._map.zoom_by(0.5),
            _Key.Key_Minus: lambda: self._map.zoom_by(-0.5),
            _Key.Key_0: self._fit,
            _Key.Key_Insert: self._add_here,
            _Key.Key_Menu: self._menu,
            _Key.Key_Return: self._enter,
            _Key.Key_Enter: self._enter,
            _Key.Key_Backspace: self._take_back,
        }
        self._letters: dict[int, Callable[[], None]] = {
            _Key.Key_N: lambda: self._by_distance(1),
            _Key.Key_P: lambda: self._by_distance(-1),
            _Key.Key_M: self._move,
            _Key.Key_L: self._map.list_wanted.emit,
        }

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key without Ctrl or Alt is the map's, before the window's shortcuts."""
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        if event.key() == _Key.Key_Backspace:
            return self._map.chosen.drawing.on
        return event.key() in self._plain or (self.letters and event.key() in self._letters)

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; False where it means nothing here."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        self.by_keyboard = True
        if key in _ARROWS:
            return self._arrow(*_ARROWS[_Key(key)], held)
        if key == _Key.Key_Escape:
            return self._escape()
        if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        act = self._plain.get(key) or (self._letters.get(key) if self.letters else None)
        if act is None:
            return False
        act()
        self._map.update()
        return True

    def _arrow(self, dx: int, dy: int, held: Qt.KeyboardModifier) -> bool:
        """Carry the pin, pan, or go to the nearest place in a direction."""
        chosen, view = self._map.chosen, self._map.view
        if chosen.moving is not None:
            metres = _STRIDE_M if held & Qt.KeyboardModifier.ShiftModifier else _STEP_M
            chosen.move_by_metres(dx * metres, -dy * metres)
        elif held & Qt.KeyboardModifier.ControlModifier or chosen.adding or chosen.drawing.on:
            self.panned = True
            far = held & Qt.KeyboardModifier.ControlModifier or not chosen.drawing.on
            share = _PAN_SHARE if far else _FINE_SHARE
            self._map.look(view.panned(dx * view.width * share, dy * view.height * share))
        elif held & Qt.KeyboardModifier.AltModifier:
            return False
        else:
            self.panned = False
            self._towards(dx, dy)
        return True

    def _towards(self, dx: int, dy: int) -> None:
        """Focus the nearest mark in a direction, in view or near it."""
        chosen, marks, view = self._map.chosen, self._map.marks, self._map.view
        px, py = view.to_pixels(marks.x, marks.y)
        here = chosen.focused_mark()
        if here is None:
            x, y = view.width / 2, view.height / 2
            away = np.hypot(px - x, py - y)
        else:
            x, y = float(px[here]), float(py[here])
            ahead = (px - x) * dx + (py - y) * dy
            aside = np.abs((px - x) * dy) + np.abs((py - y) * dx)
            away = np.where(
                (ahead > 0.5) & (aside <= 1.8 * ahead), ahead + _SIDEWAYS * aside, np.inf
            )
        if not away.size or not np.isfinite(away.min()):
            self._map.access.say(tr("No place further that way."))
            return
        mark = int(np.argmin(away))
        rids = chosen.rids_of(mark)
        chosen.focus_on(rids[0], cluster=len(rids) > 1)

    def _by_distance(self, step: int) -> None:
        """Focus the next or previous place by distance from where "near" is measured."""
        chosen, places = self._map.chosen, self._map.places
        if not len(places):
            return
        order = np.arange(len(places))
        if chosen.origin is not None:
            away = np.hypot(places.x - chosen.origin[0], places.y - chosen.origin[1])
            order = np.argsort(away, kind="stable")
        now = None if chosen.focus is None else places.index(chosen.focus)
        if now is None:
            at = 0 if step > 0 else len(order) - 1
        else:
            at = int(np.flatnonzero(order == now)[0]) + step
        if not 0 <= at < len(order):
            self._map.access.say(
                tr("That was the last place.") if step > 0 else tr("That was the first place.")
            )
            return
        chosen.focus_on(int(places.rids[order[at]]))

    def _enter(self) -> None:
        """Put the pin, add at the cross, list a cluster, or open a place's details."""
        chosen = self._map.chosen
        if chosen.moving is not None:
            chosen.put()
        elif chosen.drawing.on:
            chosen.drawing.enter()
        elif chosen.adding:
            self._map.set_adding(False)
            self._add_here()
        elif chosen.focus is not None:
            mark = chosen.focused_mark()
            if chosen.focus_is_cluster and mark is not None:
                chosen.list_members(mark)
                return
            chosen.select(chosen.focus)
            self._map.selected.emit(chosen.focus)
            self._map.activated.emit(chosen.focus)

    def _take_back(self) -> None:
        """Take the last corner of an area away."""
        if self._map.chosen.drawing.on:
            self._map.chosen.drawing.take_back()

    def _escape(self) -> bool:
        """Leave the pin, stop adding, or give the key on."""
        if self._map.chosen.moving is not None:
            self._map.chosen.leave()
            return True
        if self._map.chosen.adding:
            self._map.set_adding(False)
            return True
        return False

    def _add_here(self) -> None:
        """Ask for a new place at the middle."""
        point = self._map.view.centre
        self._map.place_clicked.emit(point.lat, point.lon)

    def _move(self) -> None:
        """Take up the focused or selected pin."""
        chosen = self._map.chosen
        rid = chosen.focus if chosen.focus is not None else chosen.selected
        if rid is None:
            self._map.access.say(tr("Choose a place first."))
        else:
            chosen.start_moving(rid)

    def _menu(self) -> None:
        """Ask for the place menu at the focused place, or at the middle."""
        view, chosen = self._map.view, self._map.chosen
        x, y = view.width / 2, view.height / 2
        rid = chosen.focus if chosen.focus is not None else chosen.selected
        index = None if rid is None else self._map.places.index(rid)
        if index is not None:
            x, y = view.to_pixels(
                float(self._map.places.x[index]), float(self._map.places.y[index])
            )
        where = self._map.mapToGlobal(QPoint(round(x), round(y)))
        self._map.menu_wanted.emit(-1 if rid is None else rid, where)

    def _fit(self) -> None:
        """Show all places."""
        self._map.fit()
        self._map.access.say(self._map.seen_words())
