# SPDX-License-Identifier: AGPL-3.0-or-later
"""Picking a position on the map: by a click, or by the arrow keys and Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import Point
from lac_desktop.services.maps import map_of
from lac_desktop.services.notebook import centre
from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class PickDialog(Dialog[Point]):
    """A map with a cross in the middle; a click or Enter takes the place."""

    def __init__(self, parent: QWidget, session: Session, point: Point | None) -> None:
        theme = session.desk.theme
        super().__init__(parent, theme, tr("Pick on the map"), tr("Take the middle of the map"))
        self.map = MapView()
        self.map.set_style(theme.name)
        self.map.set_text_scale(theme.text_size / 100)
        self.map.set_tiles(map_of(session.notebook))
        self.map.set_adding(True)
        self.map.place_clicked.connect(self._clicked)
        self.map.setMinimumHeight(theme.scaled(220))
        self.body.addWidget(self.map, 1)
        if (middle := point or centre(session.notebook)) is not None:
            self.map.centre_on(middle, 16.0 if point else 14.0)
        self.finished.connect(lambda _code: self.map.stop())
        self.fit(760, 520)
        self.map.setFocus()

    def answer(self) -> Point:
        """The middle of the map."""
        return self.map.view.centre

    def _clicked(self, lat: float, lon: float) -> None:
        """A click chooses at once."""
        self.value = Point(lat, lon)
        self.accept()
