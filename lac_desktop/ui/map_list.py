# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list beside the map: its equal for a screen reader, in the same order and selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView

from lac_desktop.domain.query import Found
from lac_desktop.ui.community.model import CHECKED, KNOW, NAME, OPEN, WALK, spoken_row
from lac_desktop.ui.community.table import PlacesTable
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class MapList(PlacesTable):
    """The table of places with only the name and the walk."""

    map_wanted = Signal()

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, desk)
        self.setAccessibleName(tr("Map places"))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._rids: dict[int, Found] = {}
        session.found_changed.connect(self._rids.clear)
        self._hide()

    def fit(self, width: int) -> None:
        """Only name and walk, at any width."""
        self._hide()
        self._sizes()

    def name_of(self, rid: int) -> str:
        """The name of a place by its row number, for a tag on the map."""
        found = self._of(rid)
        return found.name if found else ""

    def says(self, rid: int) -> str:
        """What a screen reader says of a place on the map."""
        found = self._of(rid)
        return spoken_row(self._session, found) if found else ""

    def show_selected(self, rid: int | None = None) -> None:
        """Mark the selected place."""
        super().show_selected()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """L goes back to the map."""
        if event.key() == Qt.Key.Key_L and not event.modifiers():
            self.map_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _of(self, rid: int) -> Found | None:
        """One row by its number inside the notebook."""
        if rid not in self._rids:
            row = self.places.row_of("", rid)
            found = self.places.row(row) if row >= 0 else None
            if found is None:
                return None
            self._rids[rid] = found
        return self._rids[rid]

    def _hide(self) -> None:
        """Leave out what the map shows or the detail pane says."""
        for part in (OPEN, KNOW, CHECKED):
            self.setColumnHidden(part, True)
        self.setColumnHidden(WALK, self._session.query.near is None)
