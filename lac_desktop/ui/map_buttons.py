# SPDX-License-Identifier: AGPL-3.0-or-later
"""The buttons on the map: closer, further away, everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout
from shiboken6 import isValid

from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk


class MapButtons(QFrame):
    """Stands in the upper right corner of the map."""

    def __init__(self, desk: Desk, view: MapView) -> None:
        super().__init__(view)
        self.setObjectName("map-buttons")
        self._view = view
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for icon, says, act in (
            ("ph.plus", tr("Closer (+)"), lambda: view.zoom_by(1)),
            ("ph.minus", tr("Further away (−)"), lambda: view.zoom_by(-1)),
            ("ph.crosshair", tr("Show everything (0)"), lambda: view.fit()),
        ):
            made = QToolButton()
            made.setIcon(desk.icons.icon(icon))
            made.setAccessibleName(says)
            made.setToolTip(says)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.clicked.connect(lambda _on=False, a=act: a())
            layout.addWidget(made)
        view.installEventFilter(self)
        desk.theme.changed.connect(self._place)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and isValid(self._view):
            self._place()
        return False

    def _place(self) -> None:
        """Put the buttons into the corner."""
        self.adjustSize()
        self.move(max(0, self._view.width() - self.width() - 12), 12)
