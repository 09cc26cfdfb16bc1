# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paint the names that were placed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from lac_desktop.ui.map.alongline import Bent
from lac_desktop.ui.map.labels import Label
from lac_desktop.ui.map.lettering import NOMINAL, Lettering, draw_straight
from lac_desktop.ui.map.painter import Pause, no_pause
from lac_desktop.ui.map.style import Style


def draw_labels(
    painter: QPainter,
    labels: Sequence[Label],
    style: Style,
    lettering: Lettering,
    pause: Pause = no_pause,
) -> None:
    """Paint placed names, least important first."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label in reversed(labels):
        colours = (style.text[label.colour], style.text["halo"])
        if label.shield:
            _draw_shield(painter, label, style, lettering)
        elif label.bent is not None:
            _draw_bent(painter, label.bent, label.size, colours, lettering)
        for text, x, y in () if label.shield else label.lines:
            at = QPointF(0, 0) if label.angle else QPointF(x, y)
            if label.angle:
                _draw_turned(painter, label, text, x, y, colours, lettering)
            else:
                draw_straight(painter, lettering, text, label.face, label.size, at, colours)
        if label.dot is not None:
            painter.setPen(QPen(colours[1], 1.2))
            painter.setBrush(colours[0])
            painter.drawEllipse(QPointF(*label.dot), 2.2, 2.2)
        pause()


def _draw_turned(
    painter: QPainter,
    label: Label,
    text: str,
    x: float,
    y: float,
    colours: tuple[QColor, QColor],
    lettering: Lettering,
) -> None:
    """A straight name turned along its street; (x, y) is the middle of the street."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(label.angle)
    at = QPointF(0, label.size * 0.36)
    draw_straight(painter, lettering, text, label.face, label.size, at, colours)
    painter.restore()


def _draw_shield(painter: QPainter, label: Label, style: Style, lettering: Lettering) -> None:
    """A road number on its plate."""
    ((text, x, y),) = label.lines
    wide = lettering.shape(text, label.face).width * label.size / NOMINAL + 8
    high = label.size + 4
    painter.setPen(QPen(style.ui["shield_edge"], 1.0))
    painter.setBrush(style.ui["shield_fill"])
    middle = y - label.size * 0.36
    painter.drawRoundedRect(QRectF(x - wide / 2, middle - high / 2, wide, high), 3, 3)
    path, _halo = lettering.whole(text, label.face, label.size)
    painter.save()
    painter.translate(x, y)
    painter.scale(label.size / NOMINAL, label.size / NOMINAL)
    painter.fillPath(path, style.text["shield"])
    painter.restore()


def _draw_bent(
    painter: QPainter,
    bent: Bent,
    size: float,
    colours: tuple[QColor, QColor],
    lettering: Lettering,
) -> None:
    """A name glyph by glyph along its street: all halos, then all letters."""
    scale = size / NOMINAL
    for halo in (True, False):
        for glyph, x, y, angle in bent.glyphs:
            painter.save()
            painter.translate(x, y)
            painter.rotate(angle)
            painter.scale(scale, scale)
            path = lettering.halo(glyph, size) if halo else glyph.path
            painter.fillPath(path, colours[1] if halo else colours[0])
            painter.restore()
