# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape and letter of each category, painted in lists; and the circle of freshness."""

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from lac_desktop.ui.theme import Theme

_STEP = re.compile(r"([MmHhVvLlz])([^MmHhVvLlz]*)")


def shape(letter: str, theme: Theme) -> QPainterPath:
    """The outline of a category about (0, 0), some 24 units wide."""
    return outline(str(theme.category(letter)["path"]))


@lru_cache(maxsize=16)
def outline(text: str) -> QPainterPath:
    """A path from its description, in the few commands of the look’s tables; it is shared."""
    path = QPainterPath()
    if text.startswith("circle"):
        path.addEllipse(QPointF(0, 0), 10.0, 10.0)
        return path
    for command, rest in _STEP.findall(text):
        numbers = [float(n) for n in rest.split()]
        at = path.currentPosition()
        if command == "M":
            path.moveTo(numbers[0], numbers[1])
        elif command == "h":
            path.lineTo(at.x() + numbers[0], at.y())
        elif command == "v":
            path.lineTo(at.x(), at.y() + numbers[0])
        elif command == "l":
            path.lineTo(at.x() + numbers[0], at.y() + numbers[1])
        else:
            path.closeSubpath()
    return path


def paint_category(
    painter: QPainter, centre: QPointF, letter: str, theme: Theme, size: float = 24
) -> None:
    """Paint a category's shape with its letter, so many pixels across."""
    look = theme.category(letter)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size / 26, size / 26)
    painter.setPen(QPen(theme.outline(), 1.3))
    painter.setBrush(QColor(look["fill"]))
    painter.drawPath(shape(letter, theme))
    font = theme.font(bold=True)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(QColor(look["letter"]))
    box = QRectF(-12, -12 + float(look["letter-dy"]), 24, 24)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


def category_icon(letter: str, theme: Theme, size: int = 24) -> QIcon:
    """A category as an icon for menus and labels."""
    ratio = 2.0
    picture = QPixmap(int(size * ratio), int(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_category(painter, QPointF(size / 2, size / 2), letter, theme, size)
    painter.end()
    return QIcon(picture)


def paint_freshness(
    painter: QPainter, centre: QPointF, level: str, theme: Theme, radius: float = 5
) -> None:
    """A filled circle ("good"), half a one ("warning") or an open ring ("urgent")."""
    colour = theme.colour(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(colour if level == "good" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius - 0.8, radius - 0.8)
    if level == "warning":
        painter.setBrush(colour)
        box = QRectF(centre.x() - radius, centre.y() - radius, radius * 2, radius * 2)
        painter.drawPie(box.adjusted(0.8, 0.8, -0.8, -0.8), 90 * 16, 180 * 16)
    painter.restore()
