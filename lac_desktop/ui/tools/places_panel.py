# SPDX-License-Identifier: AGPL-3.0-or-later
"""My places: a private list of where somebody goes, with the same places on a map beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lac_desktop.domain.tool_values import row_words, words
from lac_desktop.services import tools
from lac_desktop.services.maps import MapTiles, map_of
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.tools.form import ToolForm
from lac_desktop.ui.tools.items import ItemsEditor
from lac_desktop.ui.tools.panel import Pair, ToolPanel
from lac_desktop.ui.widgets import column, label, panel, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_FIELD = "places"


class PlacesPanel(ToolPanel):
    """The community map of one person; the home is not on it."""

    def __init__(self, session: Session, desk: Desk, person: str, made: Tool) -> None:
        super().__init__(session, desk, person, made)
        self._asked = made.field(_FIELD)
        self._tiles: MapTiles | None = None
        self._opened = False
        self.map = MapView()
        self.map.setAccessibleName(tr("Map of my places"))
        self.map.set_style(desk.theme.name)
        self.map.set_text_scale(desk.theme.text_size / 100)
        self.said = label("", "caption", wrap=True)
        self.form = ToolForm(self.kit(), made)
        editor = self.form.inputs[_FIELD].widget
        assert isinstance(editor, ItemsEditor)
        self.list = editor
        beside = scrolling(self.form, tr("My places as a list"))
        beside.setMinimumWidth(desk.theme.scaled(340))
        self.inside.addWidget(Pair(desk.theme, beside, panel(column(self.map, self.said))), 1)
        self.story.shown.connect(self.show_values)
        self.form.changed.connect(self._typed)
        self.list.chosen.connect(self._chosen)
        self.map.selected.connect(self._picked)
        self.map.activated.connect(self._picked)
        desk.theme.changed.connect(self._look)
        self.show_values()

    def arrived(self) -> None:
        """Open the street map when it is first looked at."""
        if not self._opened:
            self._opened = True
            self._tiles = map_of(self.session.notebook)
            self.map.set_tiles(self._tiles)
            self._fit()

    def show_values(self) -> None:
        """List and map what is looked at."""
        self.form.put(self.story.values)
        self._points(fit=True)

    def closing(self) -> None:
        """Keep what is typed and close the map."""
        super().closing()
        self.map.stop()
        if self._tiles is not None:
            self._tiles.close()
            self._tiles = None

    def _typed(self) -> None:
        """Something was changed in the list."""
        self.story.type(self.form.values(), show=False)
        self._points(fit=False)

    def _points(self, *, fit: bool) -> None:
        """Put the places that are on the asset map onto this one; row numbers are their ids."""
        rows: list[dict[str, Any]] = self.list.values
        places = [row.get("place") or {} for row in rows]
        known = tools.assets_of(self.session.notebook, places)
        found = [
            (n, asset.point)
            for n, place in enumerate(places)
            if (asset := known.get(place.get("asset", ""))) is not None and asset.point is not None
        ]
        self.map.set_points(
            np.array([n for n, _point in found], np.int64),
            np.array([point.lat for _n, point in found]),
            np.array([point.lon for _n, point in found]),
            np.array([self._letter(known, places[n]) for n, _point in found], "U1"),
            lambda rid: self._tag(rows[rid]),
            lambda rid: row_words(self._asked, rows[rid], tr),
        )
        left = len(rows) - len(found)
        told = count("{n} place on the map", "{n} places on the map", len(found))
        if left:
            told = tr("{words}, {n} only in the list", words=told, n=left)
        self.said.setText(tr("{words}. Private: this map is in no export.", words=told))
        if fit:
            self._fit()

    def _tag(self, row: dict[str, Any]) -> str:
        """What stands beside a place: its name, and how far in the person is there."""
        level = next(c for c in self._asked.columns if c.id == "level")
        parts = [str((row.get("place") or {}).get("name", "")), words(level, row.get("level"), tr)]
        return ", ".join(part for part in parts if part)

    def _letter(self, known: dict[str, Any], place: dict[str, str]) -> str:
        """The category of a place, for its shape."""
        asset = known[place["asset"]]
        return self.session.notebook.indexer.category(asset.kind)

    def _fit(self) -> None:
        """Show all places."""
        places = self.map.places
        if len(places):
            self.map.fit()

    def _chosen(self, at: int) -> None:
        """A row was chosen: show it on the map, where it is there."""
        there = at >= 0 and self.map.places.index(at) is not None
        if there and self.map.chosen.selected != at:
            self.map.set_selected(at)

    def _picked(self, rid: int) -> None:
        """A place was chosen on the map."""
        if 0 <= rid < len(self.list.values):
            self.list.list.setCurrentRow(rid)

    def _look(self) -> None:
        """Follow the theme."""
        self.map.set_style(self.desk.theme.name)
        self.map.set_text_scale(self.desk.theme.text_size / 100)
