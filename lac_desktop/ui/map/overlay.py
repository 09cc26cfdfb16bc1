# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lies over the ground in the window: markers, hover, focus, selection, origin, moved pin."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from lac_desktop.ui.map.drawing import Drawn, draw_drawn
from lac_desktop.ui.map.markers import SELECTED, Sprites, draw_marker
from lac_desktop.ui.map.places import Marks, Places
from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.view import View

#: Radius of the disc round the selected marker, and half the square round the focused one.
SELECTED_RADIUS = 23.0
FOCUS_HALF = 20.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A place that is set apart: world position, category (empty: a cluster), name."""

    x: float
    y: float
    category: str
    name: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is set apart just now; None where nothing is."""

    hover: Shown | None = None
    focus: Shown | None = None
    selected: Shown | None = None
    moving: Shown | None = None
    origin: tuple[float, float] | None = None
    cross: bool = False
    drawn: Drawn | None = None


def draw_sprites(
    painter: QPainter, view: View, places: Places, marks: Marks, sprites: Sprites
) -> None:
    """Copy markers and clusters onto the map, northern ones first."""
    px, py = view.to_pixels(marks.x, marks.y)
    seen = (px > -24) & (py > -24) & (px < view.width + 24) & (py < view.height + 24)
    chosen = np.flatnonzero(seen)
    chosen = chosen[np.argsort(py[chosen])]
    counts = marks.counts[chosen].tolist()
    letters = places.categories[marks.order[marks.starts[chosen]]].tolist() if len(chosen) else []
    xs, ys = px[chosen].tolist(), py[chosen].tolist()
    for x, y, count, letter in zip(xs, ys, counts, letters, strict=True):
        sprite = sprites.marker(letter) if count == 1 else sprites.cluster(count)
        _stamp(painter, sprite, x, y)


def _stamp(painter: QPainter, sprite: QPixmap, x: float, y: float) -> None:
    """Copy a sprite so that its middle lies on a point."""
    half = sprite.width() / sprite.devicePixelRatio() / 2
    painter.drawPixmap(QPointF(x - half, y - half), sprite)


def draw_overlay(
    painter: QPainter, view: View, overlay: Overlay, style: Style, scale: float
) -> None:
    """Draw what is set apart, in the order areas, hover, focus, selected, origin, moved pin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if overlay.drawn is not None:
        draw_drawn(painter, view, overlay.drawn, style, scale)
    if overlay.origin is not None:
        _origin(painter, view, overlay.origin, style, scale)
    same = overlay.hover in (overlay.selected, overlay.focus)
    if overlay.hover is not None and not same:
        x, y = view.to_pixels(overlay.hover.x, overlay.hover.y)
        _tag(painter, view, overlay.hover.name, x, y + 19 * scale, style, scale, filled=False)
    if overlay.selected is not None:
        _selected(painter, view, overlay.selected, style, scale)
    if overlay.focus is not None:
        _focus(painter, view, overlay.focus, style, scale, overlay.selected)
    if overlay.moving is not None:
        _moving(painter, view, overlay.moving, style, scale)
    if overlay.cross:
        _cross(painter, view, style)
    painter.restore()


def _selected(painter: QPainter, view: View, shown: Shown, style: Style, scale: float) -> None:
    """A disc with an accent ring, the marker larger, its name in a filled tag."""
    x, y = view.to_pixels(shown.x, shown.y)
    radius = SELECTED_RADIUS * scale
    disc = QColor(style.ui["marker_halo"])
    painter.setPen(QPen(disc, 6))
    painter.setBrush(disc)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.setPen(QPen(style.ui["accent"], 3))
    painter.drawEllipse(QPointF(x, y), radius, radius)
    draw_marker(painter, shown.category, x, y, style, SELECTED * scale)
    _tag(painter, view, shown.name, x, y + radius + 7, style, scale, filled=True)


def _focus(
    painter: QPainter,
    view: View,
    shown: Shown,
    style: Style,
    scale: float,
    selected: Shown | None,
) -> None:
    """A rounded square with a halo, so that it differs from selection by shape; and the name."""
    x, y = view.to_pixels(shown.x, shown.y)
    is_selected = selected is not None and (selected.x, selected.y) == (shown.x, shown.y)
    half = (SELECTED_RADIUS + 7 if is_selected else FOCUS_HALF) * scale
    box = QRectF(x - half, y - half, 2 * half, 2 * half)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(style.ui["focus_halo"], 5))
    painter.drawRoundedRect(box, 7, 7)
    painter.setPen(QPen(style.ui["focus"], 2.5))
    painter.drawRoundedRect(box, 7, 7)
    if not is_selected:
        _tag(painter, view, shown.name, x, y + half + 6, style, scale, filled=False)


def _origin(
    painter: QPainter, view: View, at: tuple[float, float], style: Style, scale: float
) -> None:
    """Where "near" is measured from: a double ring with a dot."""
    x, y = view.to_pixels(*at)
    for radius, colour, width in (
        (12, style.ui["ring_halo"], 6.0),
        (12, style.ui["accent"], 2.2),
    ):
        painter.setPen(QPen(colour, width))
        painter.setBrush(style.ui["ring_halo"])
        painter.drawEllipse(QPointF(x, y), radius * scale, radius * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.ui["accent"])
    painter.drawEllipse(QPointF(x, y), 5 * scale, 5 * scale)


def _moving(painter: QPainter, view: View, shown: Shown, style: Style, scale: float) -> None:
    """A pin on its way: the marker in a dashed ring with a hair cross."""
    x, y = view.to_pixels(shown.x, shown.y)
    pen = QPen(style.ui["focus"], 2, Qt.PenStyle.DashLine)
    painter.setPen(QPen(style.ui["focus_halo"], 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), 26 * scale, 26 * scale)
    painter.setPen(pen)
    painter.drawEllipse(QPointF(x, y), 26 * scale, 26 * scale)
    draw_marker(painter, shown.category, x, y, style, SELECTED * scale)
    _tag(painter, view, shown.name, x, y + 32 * scale, style, scale, filled=True)


def _cross(painter: QPainter, view: View, style: Style) -> None:
    """The hair cross at the centre, where a new place would go."""
    x, y = view.width / 2, view.height / 2
    for colour, width in ((style.ui["focus_halo"], 4.0), (style.ui["ink"], 1.4)):
        painter.setPen(QPen(colour, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(QPointF(x + dx * 5, y + dy * 5), QPointF(x + dx * 13, y + dy * 13))


def _tag(
    painter: QPainter,
    view: View,
    words: str,
    x: float,
    top: float,
    style: Style,
    scale: float,
    *,
    filled: bool,
) -> None:
    """A name tag under a marker, kept inside the window."""
    if not words:
        return
    font = QFont(painter.font())
    font.setPixelSize(round(13 * scale))
    font.setWeight(QFont.Weight.DemiBold if filled else QFont.Weight.Medium)
    metrics = QFontMetricsF(font)
    words = metrics.elidedText(
        words, Qt.TextElideMode.ElideRight, min(320 * scale, view.width - 32)
    )
    wide, high = metrics.horizontalAdvance(words) + 20, metrics.height() + 5
    left = min(max(4.0, x - wide / 2), max(4.0, view.width - wide - 4))
    if top + high > view.height - 4:
        top = top - high - 2 * FOCUS_HALF * scale - 16
    box = QRectF(round(left), round(top), wide, high)
    painter.setPen(QPen(style.ui["accent"] if filled else style.ui["tag_edge"], 1.2))
    painter.setBrush(style.ui["accent"] if filled else style.ui["tag"])
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    painter.setPen(style.ui["on_accent"] if filled else style.ui["ink"])
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
