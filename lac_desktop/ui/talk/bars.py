# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain horizontal bars with their numbers; the same numbers stand in a table beside them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lac_desktop.ui.desk import Desk

_MOST = 40


class Bars(QWidget):
    """One colour, zero at the left, the value at the end. A picture only: the table speaks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self.updateGeometry)

    def show_rows(self, rows: Sequence[tuple[str, int]]) -> None:
        """Show these, in this order; the first forty."""
        self._rows = list(rows[:_MOST])
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line a row."""
        return QSize(200, self._line() * len(self._rows) + 4)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words at the left, the bar, the number behind it."""
        if not self._rows:
            return
        theme = self._desk.theme
        painter = QPainter(self)
        font = theme.font()
        painter.setFont(font)
        metrics = painter.fontMetrics()
        words = min(
            self.width() // 2, max(metrics.horizontalAdvance(text) for text, _n in self._rows) + 4
        )
        most = max(number for _text, number in self._rows) or 1
        number_room = metrics.horizontalAdvance(f"{most:,}") + 12
        start = words + 16
        room = max(1, self.width() - start - number_room)
        for at, (text, number) in enumerate(self._rows):
            top = at * self._line()
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.setPen(theme.colour("text"))
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words)
            painter.drawText(QRectF(0, top, words, self._line()), middle, short)
            long = max(1.0, room * number / most) if number else 0.0
            thick = theme.scaled(9)
            bar = QRectF(start, top + (self._line() - thick) / 2, long, thick)
            painter.fillRect(bar, theme.colour("accent"))
            after = QRectF(start + long + 8, top, number_room, self._line())
            painter.drawText(after, middle, f"{number:,}")
        painter.setPen(theme.colour("control-edge"))
        painter.drawLine(start - 1, 0, start - 1, self._line() * len(self._rows))

    def _line(self) -> int:
        return self._desk.theme.scaled(26)
