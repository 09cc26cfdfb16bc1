# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody's home on the map in the window, for as long as it is asked for.

It is drawn by a widget of its own over the map. What is saved, printed or exported is drawn from
a :class:`~lac_desktop.ui.map.scene.Scene`, which cannot hold a home.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import Point
from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.view import project_point
from lac_desktop.ui.map.widget import MapView


class HomeMark(QWidget):
    """A house in a double ring; the mouse and the keyboard go through it to the map."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._at: tuple[float, float] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.installEventFilter(self)
        view.view_changed.connect(self.update)
        self.hide()

    def show_home(self, home: Point | None) -> None:
        """Show a home, or none any more."""
        self._at = None if home is None else project_point(home)
        self.setGeometry(self._view.rect())
        self.setVisible(self._at is not None)
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lie over the whole map, and follow each of its pictures."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.rect())
        elif event.type() == QEvent.Type.Paint and self.isVisible():
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it where the map looks now."""
        if self._at is None:
            return
        x, y = self._view.view.to_pixels(*self._at)
        painter = QPainter(self)
        draw_home(painter, float(x), float(y), self._view.style_sheet, self._view.text_scale)


def draw_home(painter: QPainter, x: float, y: float, style: Style, scale: float) -> None:
    """Draw the house about a point of the widget."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(x, y)
    halo, ink = style.ui["ring_halo"], style.ui["accent"]
    for radius, colour, width in ((17.0, halo, 7.0), (17.0, ink, 2.2), (12.5, ink, 1.4)):
        painter.setPen(QPen(colour, width))
        painter.setBrush(halo)
        painter.drawEllipse(middle, radius * scale, radius * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    roof = QPainterPath(QPointF(x, y - 7.5 * scale))
    roof.lineTo(x + 8 * scale, y - 0.5 * scale)
    roof.lineTo(x - 8 * scale, y - 0.5 * scale)
    roof.closeSubpath()
    painter.drawPath(roof)
    painter.drawRect(QRectF(x - 5.2 * scale, y - 0.5 * scale, 10.4 * scale, 7 * scale))
    painter.setBrush(halo)
    painter.drawRect(QRectF(x - 1.4 * scale, y + 2.2 * scale, 2.8 * scale, 4.3 * scale))
