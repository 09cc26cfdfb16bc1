# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is set apart on the map: hovered, focused, selected, and the pin that is being moved."""

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint

from lac_desktop.ui.map.drawing import Drawing
from lac_desktop.ui.map.members import MemberList
from lac_desktop.ui.map.overlay import Overlay, Shown
from lac_desktop.ui.map.view import Floats, View, unproject
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.map.widget import MapView

#: How near to a mark a click must be, in pixels at 100 %.
REACH_PX = 19.0


class Chosen:
    """The state of one map's choices; row numbers, None for none."""

    def __init__(self, map_view: "MapView") -> None:
        self._map = map_view
        self.selected: int | None = None
        self.focus: int | None = None
        self.focus_is_cluster = False
        self.hover: int | None = None  # a mark
        self.adding = False
        self.moving: int | None = None
        self.moving_at = (0.0, 0.0)
        self.origin: tuple[float, float] | None = None
        self.area: tuple[Floats, ...] = ()  # of the selected place, in world coordinates
        self.drawing = Drawing(map_view)

    def places_changed(self) -> None:
        """Let go of what is not on the map any more."""
        places = self._map.places
        self.hover = None
        if self.focus is not None and places.index(self.focus) is None:
            self.focus, self.focus_is_cluster = None, False
        if self.selected is not None and places.index(self.selected) is None:
            self.selected = None
        if self.moving is not None and places.index(self.moving) is None:
            self.moving = None

    def select(self, rid: int | None) -> None:
        """Select a place and bring it into view; the keyboard goes on from there."""
        if rid == self.selected:
            return
        self.selected = rid
        if rid is not None:
            self.reveal(rid)
            if rid != self.focus and not self._map.hasFocus():
                self.focus, self.focus_is_cluster = rid, False
        self._map.refresh()
        self._map.update()

    def show_area(self, rings: tuple[Floats, ...]) -> None:
        """Show the area of the selected place: rings in world coordinates; () shows none."""
        self.area = rings
        self._map.update()

    def focus_on(self, rid: int | None, cluster: bool = False) -> None:
        """Put the keyboard's ring round a place (or its cluster) and bring it into view."""
        self.focus, self.focus_is_cluster = rid, cluster and rid is not None
        if rid is not None:
            self.reveal(rid)
        self._map.access.focus_changed()
        self._map.update()

    def reveal(self, rid: int) -> None:
        """Move the map as little as needed for a place to be well inside."""
        index = self._map.places.index(rid)
        if index is None:
            return
        view = self._map.view
        px, py = view.to_pixels(float(self._map.places.x[index]), float(self._map.places.y[index]))
        margin = min(60.0, view.width / 4, view.height / 4)
        dx = min(0.0, px - margin) + max(0.0, px - (view.width - margin))
        dy = min(0.0, py - margin) + max(0.0, py - (view.height - margin))
        far = abs(dx) > view.width or abs(dy) > view.height
        if far:
            x, y = float(self._map.places.x[index]), float(self._map.places.y[index])
            self._map.look(view.moved(x, y))
        elif dx or dy:
            self._map.look(view.panned(dx, dy))

    def mark_at(self, px: float, py: float) -> int | None:
        """The mark under a pixel."""
        marks = self._map.marks
        if not len(marks):
            return None
        mx, my = self._map.view.to_pixels(marks.x, marks.y)
        away = np.hypot(mx - px, my - py)
        best = int(np.argmin(away))
        return best if away[best] <= REACH_PX * self._map.text_scale else None

    def rids_of(self, mark: int) -> list[int]:
        """Row numbers of the places in a mark."""
        return self._map.shown.rids[self._map.marks.members(mark)].tolist()

    def hover_mark(self, mark: int | None) -> None:
        """Note the mark under the pointer."""
        if mark != self.hover:
            self.hover = mark
            self._map.update()

    def open_mark(self, mark: int) -> None:
        """Select a single place, or list the places of a cluster."""
        rids = self.rids_of(mark)
        if len(rids) == 1:
            self.focus, self.focus_is_cluster = rids[0], False
            self.select(rids[0])
            self._map.selected.emit(rids[0])
        else:
            self.list_members(mark)

    def list_members(self, mark: int) -> MemberList:
        """Open the list of a cluster's places beside it."""
        rids = self.rids_of(mark)
        listed = MemberList(self._map, [(rid, self._map.name_of(rid)) for rid in rids])
        listed.chosen.connect(self._member_chosen)
        x, y = self._map.view.to_pixels(self._map.marks.x[mark], self._map.marks.y[mark])
        listed.open_at(self._map.mapToGlobal(QPoint(round(float(x)) + 16, round(float(y)) + 8)))
        return listed

    def _member_chosen(self, rid: int) -> None:
        """A place of a cluster was chosen from the list."""
        self.focus_on(rid)
        self.select(rid)
        self._map.selected.emit(rid)

    # Moving a pin

    def start_moving(self, rid: int) -> None:
        """Take a pin up."""
        index = self._map.places.index(rid)
        if index is None:
            return
        self.reveal(rid)
        self.moving = rid
        self.moving_at = (float(self._map.places.x[index]), float(self._map.places.y[index]))
        self._map.access.say(tr("Moving {name}.", name=self._map.name_of(rid)) + " " + self.hint())
        self._map.update()

    def move_to(self, x: float, y: float) -> None:
        """Carry the pin to a world position."""
        self.moving_at = (x, y)
        self._map.update()

    def move_by_metres(self, east: float, north: float) -> None:
        """Carry the pin so many metres."""
        view = self._map.view
        x, y = self.moving_at
        here = View(x, y, view.zoom, 0, 0)
        step = 1 / (here.metres_per_pixel * view.scale)
        self.move_to(x + east * step, y - north * step)
        px, py = view.to_pixels(*self.moving_at)
        if not (40 < px < view.width - 40 and 40 < py < view.height - 40):
            self._map.look(view.moved(*self.moving_at))
        index = self._map.places.index(self.moving) if self.moving is not None else None
        if index is not None:
            dx = (self.moving_at[0] - float(self._map.places.x[index])) / step
            dy = (self.moving_at[1] - float(self._map.places.y[index])) / step
            metres = round(math.hypot(dx, dy))
            self._map.access.say(
                count("{n} metre from where it was", "{n} metres from where it was", metres)
            )

    def put(self) -> None:
        """Put the pin where it is now and tell."""
        if self.moving is None:
            return
        rid, self.moving = self.moving, None
        point = unproject(*self.moving_at)
        self._map.update()
        self._map.access.say(tr("Put down."))
        self._map.pin_moved.emit(rid, point.lat, point.lon)

    def leave(self) -> None:
        """Leave the pin where it was."""
        self.moving = None
        self._map.access.say(tr("Left where it was."))
        self._map.update()

    def hint(self) -> str:
        """What to do next while a pin is moved or a place is added; else empty."""
        if self.moving is not None:
            return tr(
                "Drag the pin, or use the arrow keys: 5 metres, with Shift 50 metres. "
                "Enter puts it there, Esc leaves it."
            )
        if self.adding:
            return tr("Click where the place is. By keyboard: the arrow keys move the map, Enter "
                      "takes the cross in the middle.")  # fmt: skip
        return ""

    # Drawing

    def overlay(self) -> Overlay:
        """What is to be drawn over the markers now."""
        has_keyboard = self._map.hasFocus() and self._map.keys.by_keyboard
        moving = None
        if self.moving is not None:
            shown = self._shown(self.moving)
            if shown is not None:
                moving = Shown(*self.moving_at, shown.category, shown.name)
        return Overlay(
            hover=self._hovered(),
            focus=self._focused() if self._map.hasFocus() and not moving else None,
            selected=None if moving else self._shown(self.selected),
            moving=moving,
            origin=self.origin,
            cross=self.adding or self.drawing.on or (has_keyboard and self._map.keys.panned),
            drawn=self.drawing.shown(self.area),
        )

    def _shown(self, rid: int | None) -> Shown | None:
        """A place as it is drawn."""
        index = None if rid is None else self._map.places.index(rid)
        if rid is None or index is None:
            return None
        places = self._map.places
        return Shown(
            float(places.x[index]),
            float(places.y[index]),
            str(places.categories[index]),
            self._map.name_of(rid),
        )

    def _hovered(self) -> Shown | None:
        """The mark under the pointer with its name."""
        marks = self._map.marks
        if self.hover is None or self.hover >= len(marks):
            return None
        rids = self.rids_of(self.hover)
        if len(rids) == 1:
            return self._shown(rids[0])
        words = count("{n} place", "{n} places", len(rids))
        return Shown(float(marks.x[self.hover]), float(marks.y[self.hover]), "", words)

    def _focused(self) -> Shown | None:
        """The focused place, or the cluster that holds it."""
        shown = self._shown(self.focus)
        mark = self.focused_mark()
        if shown is None or mark is None or len(self._map.marks.members(mark)) == 1:
            return shown
        marks = self._map.marks
        n = len(marks.members(mark))
        name = count("{n} place", "{n} places", n) if self.focus_is_cluster else shown.name
        return Shown(float(marks.x[mark]), float(marks.y[mark]), "", name)

    def focused_mark(self) -> int | None:
        """The mark that holds the focused place."""
        if self.focus is None:
            return None
        index = self._map.shown.index(self.focus)
        return None if index is None else self._map.marks.holding(index)
