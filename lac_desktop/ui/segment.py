# SPDX-License-Identifier: AGPL-3.0-or-later
"""The switch between map and list; filters and selection stay."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.widgets import tool, with_icon
from lac_desktop.ui.words import tr


class Segment(QWidget):
    """Map | List."""

    def __init__(self, desk: Desk, current: str, go: Callable[[str], object]) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = QButtonGroup(self)
        self._buttons: list[QToolButton] = []
        for section, words, icon, look in (
            ("map", tr("Map"), "ph.map-trifold", "segment-first"),
            ("community", tr("List"), "ph.list-bullets", "segment-last"),
        ):
            made = tool(words, look, checkable=True)
            with_icon(made, desk.icons, icon)
            made.setChecked(section == current)
            made.setAccessibleName(words)
            made.toggled.connect(lambda on, s=section: on and self._pressed(s, current, go))
            group.addButton(made)
            self._buttons.append(made)
            layout.addWidget(made)

    def compact(self, narrow: bool) -> None:
        """Icons only where there is little room."""
        for made in self._buttons:
            made.setText("" if narrow else made.accessibleName())

    def _pressed(self, section: str, current: str, go: Callable[[str], object]) -> None:
        """Go there, and stay marked as the one this page is."""
        self._buttons[0].setChecked(current == "map")
        self._buttons[1].setChecked(current == "community")
        if section != current:
            go(section)
