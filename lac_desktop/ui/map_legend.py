# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key to the map: shape, letter and name of each category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.widgets import clear, label, panel, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

_NAMES = {
    "G": "Gifts",
    "A": "Groups",
    "I": "Institutions",
    "P": "Places",
    "E": "Enterprise",
    "C": "Culture and stories",
    "S": "Services",
}


class MapLegend(QWidget):
    """One line under the map."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("foot")
        self.setAccessibleName(tr("Key to the map"))
        self._layout = FlowLayout(self, 16)
        self._layout.setContentsMargins(16, 5, 16, 5)
        desk.theme.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        """Draw the shapes in the theme that is on."""
        clear(self._layout)
        size = self._desk.theme.scaled(20)
        for letter, words in _NAMES.items():
            glyph = QLabel()
            glyph.setPixmap(category_icon(letter, self._desk.theme, size).pixmap(size, size))
            self._layout.addWidget(panel(row(glyph, label(tr(words), "caption"), gap=6)))
