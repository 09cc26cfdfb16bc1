# SPDX-License-Identifier: AGPL-3.0-or-later
"""A label of one line that gives way: what is too long ends in an ellipsis."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

#: A long name must not widen the window.
_SHOWN = 600


class OneLine(QLabel):
    """Plain text in a step of type and a tone; the whole of it is the tooltip."""

    def __init__(self, step: str = "", tone: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("step", step)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(" ".join(text.split()))
        self.setToolTip(self.text()[:_SHOWN])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(self.text()[:_SHOWN], Qt.TextElideMode.ElideRight, self.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), middle, words)
