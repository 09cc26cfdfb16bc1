# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draw markers and clusters: a shape, colour and letter for each category; sprites for speed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from lac_desktop.services.maps import style_data
from lac_desktop.ui.glyphs import outline
from lac_desktop.ui.map.style import Style

EDGE_PX = 1.3
HALO_PX = 1.6
#: Height of a marker on the map at 100 %, in logical pixels.
MARKER_PX = 27.0
#: How much larger the selected marker is.
SELECTED = 1.25


@dataclass(frozen=True, slots=True)
class Shape:
    """How a category looks: outline around the origin, fill, letter colour, letter shift down."""

    path: QPainterPath
    fill: QColor
    ink: QColor
    lower: float


@cache
def shapes() -> Mapping[str, Shape]:
    """The shapes of markers.toml by category letter."""
    out: dict[str, Shape] = {}
    for letter, row in style_data("markers").items():
        path = QPainterPath()
        if "circle" in row:
            path.addEllipse(QPointF(0, 0), row["circle"], row["circle"])
        else:
            path = outline(row["path"])
        out[letter] = Shape(path, QColor(row["fill"]), QColor(row["ink"]), row.get("lower", 0.0))
    return out


def draw_marker(
    painter: QPainter,
    category: str,
    x: float,
    y: float,
    style: Style,
    scale: float = 1.0,
    text: str | None = None,
) -> None:
    """Draw a category's marker centred on a point; ``text`` replaces its letter (print)."""
    shape = shapes().get(category) or shapes()["S"]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(scale, scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    wide = QPen(style.ui["marker_halo"], EDGE_PX + 2 * HALO_PX)
    wide.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(wide)
    painter.drawPath(shape.path)
    edge = QPen(style.ui["marker_edge"], EDGE_PX)
    edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(edge)
    painter.setBrush(shape.fill)
    painter.drawPath(shape.path)
    letter = category if text is None else text
    size = 11.0 if len(letter) < 2 else 10.0 if len(letter) == 2 else 8.0
    _centred(painter, letter, 0, shape.lower, size, shape.ink)
    painter.restore()


def cluster_radius(count: int) -> float:
    """Radius of a cluster's disc in logical pixels: 15 to 22 by count."""
    return 15.0 + min(7.0, 2.6 * math.log10(max(1, count)))


def draw_cluster(
    painter: QPainter, count: int, x: float, y: float, style: Style, scale: float = 1.0
) -> None:
    """Draw a disc with the number of places in it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(scale, scale)
    radius = cluster_radius(count) - 1
    halo = QColor(style.ui["marker_halo"])
    painter.setPen(QPen(halo, 1.5 + 2 * HALO_PX))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.setPen(QPen(style.ui["ink"], 1.5))
    painter.setBrush(style.ui["cluster"])
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    words = str(count) if count < 10_000 else f"{count // 1000}k"
    size = 12.5 if len(words) < 3 else 11.0 if len(words) == 3 else 10.0
    _centred(painter, words, 0, 0, size, style.ui["ink"])
    painter.restore()


class Sprites:
    """Markers and clusters drawn once for a style, size and screen; GUI thread only."""

    def __init__(self, style: Style, scale: float, dots: float) -> None:
        self.key = (style.name, scale, dots)
        self._style = style
        self._scale = scale
        self._dots = dots
        self._kept: dict[tuple[str, int], QPixmap] = {}

    def marker(self, category: str) -> QPixmap:
        """A marker, centred in its picture."""
        return self._get((category, 0))

    def cluster(self, count: int) -> QPixmap:
        """A cluster's disc, centred in its picture."""
        return self._get(("", count))

    def _get(self, key: tuple[str, int]) -> QPixmap:
        """Draw on first use."""
        known = self._kept.get(key)
        if known is None:
            category, count = key
            side = 36.0 if category else 2 * cluster_radius(count) + 6
            pixels = math.ceil(side * self._scale * self._dots)
            known = QPixmap(pixels, pixels)
            known.setDevicePixelRatio(self._dots)
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            middle = pixels / self._dots / 2
            if category:
                draw_marker(painter, category, middle, middle, self._style, self._scale)
            else:
                draw_cluster(painter, count, middle, middle, self._style, self._scale)
            painter.end()
            self._kept[key] = known
        return known


def _centred(painter: QPainter, text: str, x: float, y: float, size: float, colour: QColor) -> None:
    """Bold text with its capitals centred on a point."""
    font = QFont(painter.font())
    font.setPixelSize(round(size * 4))  # drawn from outlines, so any scale stays sharp
    font.setWeight(QFont.Weight.Bold)
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    path.addText(-metrics.horizontalAdvance(text) / 2, metrics.capHeight() / 2, font, text)
    painter.save()
    painter.translate(x, y)
    painter.scale(0.25, 0.25)
    painter.fillPath(path, colour)
    painter.restore()


def marker_box(x: float, y: float, radius: float) -> QRectF:
    """The square around a mark."""
    return QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
