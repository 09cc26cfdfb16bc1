# SPDX-License-Identifier: AGPL-3.0-or-later
"""The violet disc with the first letter of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from lac_desktop.ui.theme import Theme


def first_letter(name: str) -> str:
    """The letter on the disc; emoji and right-to-left names have one too."""
    return name.strip()[:1].upper() or "?"


def paint_disc(painter: QPainter, box: QRect, name: str, theme: Theme) -> None:
    """Paint the disc into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("own-words"))
    painter.drawEllipse(box)
    font = theme.font(bold=True)
    font.setPixelSize(max(8, round(box.height() * 0.48)))
    painter.setFont(font)
    painter.setPen(theme.colour("own-words-bg"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, first_letter(name))
    painter.restore()


class Disc(QWidget):
    """The disc beside a name; the name says it all, so it is decoration."""

    def __init__(self, theme: Theme, size: int) -> None:
        super().__init__()
        self._theme, self._size, self._name = theme, size, ""
        theme.changed.connect(self._sized)
        self._sized()

    def show_name(self, name: str) -> None:
        """Show the letter of another name."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        side = self._theme.scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_disc(painter, self.rect().adjusted(0, 0, -1, -1), self._name, self._theme)

    def _sized(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
