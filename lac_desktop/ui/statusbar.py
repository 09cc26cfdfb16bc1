# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bar at the foot: who can see this, whether it is saved, and when it locks."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, label
from lac_desktop.ui.words import tr


class StatusBar(QFrame):
    """The privacy light speaks in a sentence all the time."""

    def __init__(self, desk: Desk, explain: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAccessibleName(tr("Privacy and saving"))
        self._desk = desk
        self.light = button("", explain)
        self.saved = label(tr("Every change is saved at once"))
        self.lock = label("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 14, 1)
        layout.setSpacing(12)
        layout.addWidget(self.light)
        layout.addWidget(self.saved)
        layout.addStretch(1)
        layout.addWidget(self.lock)
        desk.theme.changed.connect(self._paint_light)
        self.say(tr("Private: only on this laptop"))

    def say(self, sentence: str) -> None:
        """Change the privacy sentence; a change is read out once."""
        if self.light.text() != sentence:
            told = bool(self.light.text())
            self.light.setText(sentence)
            self.light.setAccessibleDescription(tr("Says who can see this. Enter explains."))
            self._paint_light()
            if told:
                announce(self, sentence)

    def say_who(self, sentence: str) -> None:
        """Say who can see this; "" is the usual sentence."""
        self.say(sentence or tr("Private: only on this laptop"))

    def collapse(self, narrow: bool) -> None:
        """Keep only the privacy sentence where there is little room."""
        self.saved.setVisible(not narrow)
        self.lock.setVisible(not narrow)

    def _paint_light(self) -> None:
        """A filled circle: nobody else can see this."""
        size = 12
        picture = QPixmap(size * 2, size * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._desk.theme.colour("good"))
        painter.drawEllipse(QRectF(1, 1, 10, 10))
        painter.end()
        self.light.setIcon(QIcon(picture))
