# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map and, beside it on request, the list: the same set, the same selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from lac_desktop.domain.geometry import Point, box_around
from lac_desktop.domain.query import Query
from lac_desktop.domain.shapes import rings_of
from lac_desktop.errors import LacError
from lac_desktop.services import about, assets, find, patch
from lac_desktop.services.maps import map_of
from lac_desktop.services.notebook import centre
from lac_desktop.ui.actions import COMMANDS
from lac_desktop.ui.community.deeds import Deeds
from lac_desktop.ui.dialogs import ListDialog, ask
from lac_desktop.ui.filters import FilterBar
from lac_desktop.ui.map.ground import world_rings
from lac_desktop.ui.map.home import HomeMark
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.map_buttons import MapButtons
from lac_desktop.ui.map_layers import MapLayers
from lac_desktop.ui.map_legend import MapLegend
from lac_desktop.ui.map_list import MapList
from lac_desktop.ui.map_output import print_map, save_map
from lac_desktop.ui.page import Page
from lac_desktop.ui.segment import Segment
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, tool, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_CHIPS = ("open_now", "free", "step-free", "has_greeter")
#: How much ground round a place shows where no limit was asked for.
_AROUND_METRES = 900.0
_MENU = ("edit", "still-right", "near-here", "move", "history", "remove")


class MapPage(Page):
    """Filters, the map with its list, and the key."""

    title = "Map"
    has_detail = True

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Map"))
        self._session, self._desk = session, desk
        self._fitted = False
        self._asked: tuple[Point | None, float | None] = (None, None)
        self.map = MapView()
        self.home = HomeMark(self.map)
        self.deeds = Deeds(session, desk, self, self._chosen)
        self.filters = FilterBar(session, desk, _CHIPS)
        self.segment = Segment(desk, "map", self._go)
        self.layers = MapLayers(session, desk, self.map)
        self.list = MapList(session, desk)
        self._count = label("", "emphasis")
        self._hint = label(
            tr("F6 moves between filters, map and details. Arrow keys move to the next place."),
            "caption",
        )
        self._beside = tool(tr("List beside"), "chip", checkable=True)
        with_icon(self._beside, desk.icons, "ph.list-bullets")
        self._beside.toggled.connect(self._show_list)
        self.buttons = MapButtons(desk, self.map)
        self._header = self._make_header()
        self.legend = MapLegend(desk)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.map)
        self._split.addWidget(self.list)
        self._split.setStretchFactor(0, 1)
        self.list.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._header)
        outer.addWidget(self._split, 1)
        outer.addWidget(self.legend)
        self._connect()
        self._load()

    def regions(self) -> list[QWidget]:
        """Filters, the list where it shows, the map."""
        return [self.filters, *([self.list] if self.list.isVisible() else []), self.map]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here."""
        return {
            **self.deeds.commands(),
            "add": self.add_here,
            "near-here": self._near_here,
            "walking-area": self.layers.toggle_walking,
            "boundaries": self.layers.next_boundaries,
            "map-credits": self._credits,
            "map-key": lambda: self.legend.setVisible(not self.legend.isVisible()),
            "print-view": lambda: print_map(self, self._desk, self._session, self.map),
            "save-view": lambda: save_map(self, self._desk, self._session, self.map),
        }

    def fit(self, width: int) -> None:
        """Collapse filters, hint and key where there is no room for them."""
        self.filters.collapse(width < 1024)
        self._hint.setVisible(width >= 1600)
        self.legend.setVisible(width >= 1024)
        self.segment.compact(width < 800)
        self.layers.setVisible(width >= 1024)
        self.map.keys.letters = self._desk.preferences.letter_keys

    def arrived(self) -> None:
        """Show the selected place."""
        self._select(self._session.selection)

    def add_here(self) -> None:
        """Add a place: by a click on the map, or at the cross in its middle."""
        self.map.set_adding(True)
        self.map.setFocus()
        self._desk.messages.warn(
            tr("Click where the place is. By keyboard: Ctrl and arrow keys move the map, Enter "
               "takes the cross in the middle, Esc stops.")
        )  # fmt: skip

    def closing(self) -> None:
        """End the painting thread."""
        self.map.stop()

    def _make_header(self) -> QWidget:
        """Filter row, and the row with the switch and the count."""
        icons = self._desk.icons
        add = with_icon(button(tr("Add a place here"), self.add_here, "primary"), icons,
                        "ph.plus", "on-accent")  # fmt: skip
        add.setToolTip(tr("Add a place here (Ins on the map)"))
        second = row(self.segment, self._count, self._hint, None, self.layers, self._beside, add)
        return panel(column(self.filters, second, gap=8), "header", (16, 10, 16, 8))

    def _connect(self) -> None:
        """Tie map, list and session together."""
        view, session = self.map, self._session
        view.selected.connect(lambda rid: session.select(self._id(rid)))
        view.activated.connect(lambda rid: session.open(self._id(rid)))
        view.place_clicked.connect(self._add_at)
        view.pin_moved.connect(self._moved)
        view.list_wanted.connect(self._go_to_list)
        view.menu_wanted.connect(self._menu)
        self.list.map_wanted.connect(lambda: self.map.setFocus())
        self.list.commands = self.commands
        session.found_changed.connect(self._found)
        session.selected.connect(self._select)
        self._desk.theme.changed.connect(self._look)
        self._look()

    def _load(self) -> None:
        """Open the street map; without one the places still show."""
        notebook = self._session.notebook
        try:
            self.map.set_tiles(map_of(notebook))
        except LacError as error:
            self._desk.messages.problem(error)
        middle = centre(notebook)
        if (mine := patch.box(notebook)) is not None:
            self.map.fit(mine)
            self._fitted = True
        elif middle is not None and notebook.settings.home is not None:
            self.map.centre_on(middle, 14.0)
            self._fitted = True
        if self._session.found is not None:
            self._found()

    def _look(self) -> None:
        """Show the map in the theme that is on."""
        self.map.set_style(self._desk.theme.name)
        self.map.set_text_scale(self._desk.theme.text_size / 100)

    def _found(self) -> None:
        """Show what was found."""
        found = self._session.found
        if found is None:
            return
        self.map.set_points(
            found.rids, found.lats, found.lons, found.categories, self.list.name_of, self.list.says
        )
        words = tr("{n} of {total} places", n=f"{len(found):,}", total=f"{self._session.total:,}")
        if words != self._count.text():
            self._count.setText(words)
            if self.isVisible():
                announce(self, words)
        query = self._session.query
        self.map.set_origin(None if query.near_home else query.near)
        self.home.show_home(query.near if query.near_home else None)
        self.layers.follow(query)
        self._go_near(query)
        if not self._fitted and len(found):
            self._fitted = True
            self.map.fit()
        self._select(self._session.selection)

    def _go_near(self, query: Query) -> None:
        """Show the ground that a new "near" or a new limit speaks of."""
        limit = find.walking_limit(self._session.notebook, query)
        asked = (query.near, limit)
        if asked == self._asked:
            return
        self._asked = asked
        if query.near is not None:
            self._fitted = True
            self.map.fit(box_around(query.near, (limit or _AROUND_METRES) * 1.05))

    def _credits(self) -> None:
        """Everybody who gave data for this map."""
        ask(
            self,
            ListDialog(self, self._desk.theme, tr("Map credits"), self.map.credit.split(" · ")),
        )

    def _select(self, asset_id: str) -> None:
        """Show the selected place on the map and in the list."""
        rid = about.rid_of(self._session.notebook, asset_id) if asset_id else None
        asset = self._session.asset(asset_id)
        rings = rings_of(asset.area) if asset is not None else []
        self.map.chosen.show_area(world_rings(rings))
        self.map.set_selected(rid)
        self.list.show_selected(rid)

    def _chosen(self) -> list[str]:
        """The selected place."""
        return [self._session.selection] if self._session.selection else []

    def _id(self, rid: int) -> str:
        """The lasting id of a row number."""
        found = about.ids_of(self._session.notebook, [rid])
        return found[0] if found else ""

    def _add_at(self, lat: float, lon: float) -> None:
        """A new place at a point."""
        self.map.set_adding(False)
        self.deeds.add(Point(lat, lon))

    def _moved(self, rid: int, lat: float, lon: float) -> None:
        """A pin was put elsewhere."""
        notebook, asset_id = self._session.notebook, self._id(rid)

        def done(asset: object) -> str:
            return tr("Moved {name}", name=getattr(asset, "name", ""))

        self._session.act(lambda _p: assets.move(notebook, asset_id, Point(lat, lon)), done)

    def _near_here(self) -> None:
        """Look near the selected place, or near the middle of the map."""
        if self._session.selection:
            self.filters.near_selected()
        else:
            here = self.map.view.centre
            self._session.set_query(
                replace(self._session.query, near=here, near_text=tr("the middle of the map"))
            )

    def _menu(self, rid: int, at: QPoint) -> None:
        """The commands of a place, or of a spot without one."""
        menu = QMenu(self)
        offered = dict(self.commands())
        if rid >= 0:
            self._session.select(self._id(rid))
            offered["move"] = lambda: self.map.move_pin(rid)
            words = {c.id: c.text for c in COMMANDS} | {"move": "Move the pin"}
            menu.addAction(tr("Details"), lambda: self._session.open(self._session.selection))
            for name in _MENU:
                menu.addAction(tr(words[name]), offered[name])
        else:
            menu.addAction(tr("Add a place here"), self.add_here)
            menu.addAction(tr("Search near here"), self._near_here)
        menu.exec(at)
        menu.deleteLater()

    def _go(self, section: str) -> None:
        """Change to the list; filters and selection stay."""
        getattr(self.window(), "work").show_section(section)  # noqa: B009 - it is a Frame

    def _go_to_list(self) -> None:
        """The L key: to the list beside the map."""
        self._beside.setChecked(True)
        self.list.setFocus()

    def _show_list(self, on: bool) -> None:
        """Show or hide the list beside the map."""
        self.list.setVisible(on)
        if on:
            wide = self._desk.theme.scaled(300)
            self._split.setSizes([max(100, self._split.width() - wide), wide])
