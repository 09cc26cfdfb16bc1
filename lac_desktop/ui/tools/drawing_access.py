# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader meets where something is drawn: a picture with a name and a sentence.

Qt shows a painted widget as nameless filler, but a label that holds a picture as a graphic. Its
equal for reading is the table or list beside it, so the drawing itself needs no children: its
description says who or what is chosen.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPixmap
from PySide6.QtWidgets import QLabel


class Drawn(QLabel):
    """A widget that is painted and takes keys. Subclasses say what is chosen by :meth:`tell`."""

    def __init__(self) -> None:
        super().__init__()
        nothing = QPixmap(1, 1)
        nothing.fill(Qt.GlobalColor.transparent)
        self.setPixmap(nothing)

    def tell(self, sentence: str) -> None:
        """Say what is chosen now, as the drawing's description."""
        if sentence != self.accessibleDescription():
            self.setAccessibleDescription(sentence)
            changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(changed)
