# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map for a screen reader: a list "Map places" with the places of the view as its items.

Qt shows a painted widget as one nameless thing. Here it gets a list interface with a child for
each of the nearest places (at most MOST, so that a reader does not walk 20,000). Children are
QAccessibleWidget, because a plain interface cannot have actions from Python, and each is
deleted from Qt's table before Python lets go of it.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget

from lac_desktop.ui.map.places import in_view
from lac_desktop.ui.soon import soon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.map.widget import MapView

#: The most items that the list has at a time.
MOST = 200

_SETTLE_MS = 400
_HALF = 14


class PlaceItem(QAccessibleWidget):
    """One place as an item of the list."""

    def __init__(self, map_view: "MapView", owner: "MapList", rid: int, position: int) -> None:
        super().__init__(map_view, QAccessible.Role.ListItem)
        self._map = map_view
        self._owner = owner
        self.rid = rid
        self.position = position
        self.code = 0

    def object(self) -> Any:
        """No QObject stands behind a place."""
        return None

    def isValid(self) -> bool:
        """Whether the map is still there."""
        return self._owner.isValid()

    def parent(self) -> QAccessibleInterface:
        """The list."""
        return self._owner

    def child(self, _index: int) -> Any:
        """No children."""
        return None

    def childCount(self) -> int:
        """No children."""
        return 0

    def childAt(self, _x: int, _y: int) -> Any:
        """No children."""
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """No children."""
        return -1

    def focusChild(self) -> Any:
        """No children."""
        return None

    def relations(self, match: Any = None) -> list[Any]:
        """None."""
        return []

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where its marker is on the screen."""
        index = self._map.places.index(self.rid)
        if index is None:
            return QRect()
        x, y = self._map.view.to_pixels(self._map.places.x[index], self._map.places.y[index])
        corner = self._map.mapToGlobal(QPoint(round(float(x)) - _HALF, round(float(y)) - _HALF))
        return QRect(corner.x(), corner.y(), 2 * _HALF, 2 * _HALF)

    def text(self, kind: QAccessible.Text) -> str:
        """Its sentence, with its number in the list."""
        if kind != QAccessible.Text.Name:
            return ""
        return tr(
            "{sentence}, {position} of {total}",
            sentence=self._map.sentence_of(self.rid),
            position=self.position,
            total=f"{len(self._map.places):,}",
        )

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Names cannot be changed here."""

    def state(self) -> QAccessible.State:
        """Selectable, and focused or selected as the map says."""
        state = QAccessible.State()
        state.focusable = True
        state.selectable = True
        chosen = self._map.chosen
        state.selected = chosen.selected == self.rid
        has = self._map.hasFocus() and chosen.focus == self.rid
        state.focused = has
        return state

    def actionNames(self) -> list[str]:
        """Opening its details."""
        return ["Press"]

    def doAction(self, _name: str) -> None:
        """Open its details."""
        self._map.chosen.focus_on(self.rid)
        self._map.activated.emit(self.rid)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        """Enter."""
        return ["Return"]


class MapList(QAccessibleWidget):
    """The map as a list."""

    def __init__(self, map_view: "MapView", access: "MapAccess") -> None:
        super().__init__(map_view, QAccessible.Role.List)
        self._access = access

    def childCount(self) -> int:
        """How many places are items now."""
        return len(self._access.items)

    def child(self, index: int) -> Any:
        """One item."""
        items = self._access.items
        return items[index] if 0 <= index < len(items) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where an item stands."""
        found = [at for at, item in enumerate(self._access.items) if item is child]
        return found[0] if found else -1

    def childAt(self, x: int, y: int) -> Any:
        """The item under a point of the screen."""
        point = QPoint(x, y)
        return next((item for item in self._access.items if item.rect().contains(point)), None)

    def focusChild(self) -> Any:
        """The item that has the keyboard."""
        return self._access.focused_item()


class MapAccess:
    """Keeps the items of one map in step with what it shows, and speaks."""

    def __init__(self, map_view: "MapView") -> None:
        self._map = map_view
        self.items: list[PlaceItem] = []
        self._list: MapList | None = None
        self._closed = False
        self._timer = QTimer(map_view)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.rebuild)
        _install()
        map_view.destroyed.connect(self._drop)

    def close(self) -> None:
        """The map is going: let go of the items while the widget still stands.

        Once it is being destroyed, Qt has deleted the list that each item asks whether it lives.
        """
        self._closed = True
        self._timer.stop()
        self._drop()

    def interface(self) -> MapList:
        """The list; made when somebody first asks."""
        if self._list is None:
            self._list = MapList(self._map, self)
            self._timer.start(0)
        return self._list

    def say(self, sentence: str) -> None:
        """Have a sentence read out."""
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._map, sentence))

    def places_changed(self) -> None:
        """Other places: the items are made anew when things have settled."""
        if self._list is not None and not self._closed:
            self._timer.start()

    view_changed = places_changed

    def focus_changed(self, later: bool = False) -> None:
        """Tell which item has the keyboard; a cluster is said, since its item is one place."""
        if later:
            # Qt's own event for the whole widget comes right after this one.
            soon(self._map, self.focus_changed)
            return
        chosen = self._map.chosen
        if chosen.focus is None or not self._map.hasFocus():
            return
        mark = chosen.focused_mark()
        if chosen.focus_is_cluster and mark is not None:
            n = len(self._map.marks.members(mark))
            self.say(tr("{n} places here. Press Enter to list them.", n=n))
            return
        if self._list is None:
            return
        item = self.focused_item()
        if item is None:
            self.rebuild()
            item = self.focused_item()
        if item is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))

    def focused_item(self) -> PlaceItem | None:
        """The item of the focused place."""
        rid = self._map.chosen.focus
        return next((item for item in self.items if item.rid == rid), None)

    def rebuild(self) -> None:
        """Make items for the nearest places in view, the focused one among them."""
        owner = self._list
        if owner is None or self._closed:
            return
        rids = self._nearest()
        if [item.rid for item in self.items] == rids:
            return
        self._drop()
        for position, rid in enumerate(rids, 1):
            item = PlaceItem(self._map, owner, rid, position)
            item.code = QAccessible.registerAccessibleInterface(item)
            self.items.append(item)
        event = QAccessibleEvent(self._map, QAccessible.Event.ObjectReorder)
        QAccessible.updateAccessibility(event)

    def _nearest(self) -> list[int]:
        """Row numbers of at most MOST places, nearest first."""
        places, view = self._map.places, self._map.view
        inside = np.flatnonzero(in_view(places, view))
        x, y = self._map.chosen.origin or (view.x, view.y)
        away = np.hypot(places.x[inside] - x, places.y[inside] - y)
        chosen = inside[np.argsort(away, kind="stable")[:MOST]]
        rids = places.rids[chosen].tolist()
        focus = self._map.chosen.focus
        if focus is not None and focus not in rids:
            rids.append(focus)
        return rids

    def _drop(self) -> None:
        """Take the items out of Qt's table before they go."""
        items, self.items = self.items, []
        for item in items:
            QAccessible.deleteAccessibleInterface(item.code)


@cache
def _install() -> None:
    """Tell Qt of our factory, once."""
    QAccessible.installFactory(_factory)


def _factory(class_name: str, item: Any) -> QAccessibleInterface | None:
    """Qt asks for an interface, for every object there is: ours for a map, else none."""
    if class_name != "MapView":
        return None
    access = getattr(item, "access", None)
    return access.interface() if isinstance(access, MapAccess) else None
