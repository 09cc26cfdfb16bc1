# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text as outlines with a halo, shaped once and kept: names along streets cost little.

A glyph's halo is stroked once (0.5 ms) and then only filled (0.02 ms). Shaping is Qt's own, so
every script that the system's fonts know is set correctly. Use an object in one thread only.
"""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QTextLayout,
    QTransform,
)

#: Text is shaped at this size in pixels and scaled, so that any size is possible.
NOMINAL = 32.0

#: Halo on each side, in logical pixels.
HALO_PX = 1.3

_ROOM = 4000


@dataclass(frozen=True, slots=True)
class Face:
    """A way to set text: weight (400, 600, 700) and slant."""

    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a shaped text: outline, pen position and advance, at the nominal size."""

    key: tuple[str, int]
    path: QPainterPath
    x: float
    advance: float


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line of text at the nominal size; ``cap`` is the height of its capitals."""

    width: float
    cap: float
    glyphs: tuple[Glyph, ...]
    complex: bool  # right-to-left or combining: keep it in one piece


class Lettering:
    """Shapes text and keeps outlines and halos."""

    def __init__(self, family: str = "") -> None:
        self._family = family
        self._shaped: OrderedDict[tuple[str, Face], Shaped] = OrderedDict()
        self._glyphs: dict[tuple[str, int], QPainterPath] = {}
        self._halos: dict[tuple[str, int, int], QPainterPath] = {}
        self._whole: OrderedDict[tuple[str, Face, int], tuple[QPainterPath, QPainterPath]] = (
            OrderedDict()
        )
        self._fonts: dict[Face, tuple[QFont, float]] = {}

    def shape(self, text: str, face: Face) -> Shaped:
        """Shape a line of text."""
        known = self._shaped.get((text, face))
        if known is None:
            known = self._shaped[(text, face)] = self._shape(text, face)
            if len(self._shaped) > _ROOM:
                self._shaped.popitem(last=False)
        return known

    def halo(self, glyph: Glyph, size: float) -> QPainterPath:
        """The outline of one glyph with its halo around it, for a size in pixels."""
        key = (*glyph.key, round(size * 2))
        known = self._halos.get(key)
        if known is None:
            known = self._halos[key] = _stroked(glyph.path, size)
        return known

    def whole(self, text: str, face: Face, size: float) -> tuple[QPainterPath, QPainterPath]:
        """Outline and halo of a straight line of text, centred on its pen line, nominal size."""
        key = (text, face, round(size * 2))
        known = self._whole.get(key)
        if known is None:
            shaped = self.shape(text, face)
            path, halo = QPainterPath(), QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            halo.setFillRule(Qt.FillRule.WindingFill)
            for glyph in shaped.glyphs:
                at = QTransform.fromTranslate(glyph.x - shaped.width / 2, 0)
                path.addPath(at.map(glyph.path))
                halo.addPath(at.map(self.halo(glyph, size)))
            known = self._whole[key] = (path, halo)
            if len(self._whole) > _ROOM:
                self._whole.popitem(last=False)
        return known

    def _font(self, face: Face) -> tuple[QFont, float]:
        """The font of a face at the nominal size, and the height of its capitals."""
        known = self._fonts.get(face)
        if known is None:
            font = QFont(self._family) if self._family else QFont()
            font.setPixelSize(int(NOMINAL))
            font.setWeight(QFont.Weight(face.weight))
            font.setItalic(face.italic)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            known = self._fonts[face] = (font, QFontMetricsF(font).capHeight())
        return known

    def _shape(self, text: str, face: Face) -> Shaped:
        """Let Qt shape the text and take the outlines of its glyphs."""
        font, cap = self._font(face)
        layout = QTextLayout(text, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        if not line.isValid():
            return Shaped(0.0, cap, (), False)
        glyphs: list[Glyph] = []
        mixed = any(ord(letter) > 0x58F for letter in text if letter not in "’‘–—")
        for run in layout.glyphRuns():
            raw = run.rawFont()
            name = f"{raw.familyName()}|{raw.weight()}|{raw.style()}|{raw.pixelSize()}"
            indexes = run.glyphIndexes()
            advances = raw.advancesForGlyphIndexes(indexes)
            for index, at, step in zip(indexes, run.positions(), advances, strict=True):
                key = (name, index)
                path = self._glyphs.get(key)
                if path is None:
                    path = self._glyphs[key] = raw.pathForGlyph(index)
                glyphs.append(Glyph(key, path, at.x(), step.x()))
        return Shaped(line.naturalTextWidth(), cap, tuple(glyphs), mixed)


def _stroked(path: QPainterPath, size: float) -> QPainterPath:
    """An outline widened by the halo, in one simple piece."""
    if path.isEmpty():
        return path
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * HALO_PX * NOMINAL / size)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    return (stroker.createStroke(path) + path).simplified()


def draw_straight(
    painter: QPainter,
    lettering: Lettering,
    text: str,
    face: Face,
    size: float,
    centre: QPointF,
    colours: tuple[QColor, QColor],
    angle: float = 0.0,
) -> None:
    """Draw a line of text with its pen line centred on a point, turned by degrees.

    ``colours`` are those of the text and of the halo; ``size`` is in logical pixels.
    """
    path, halo = lettering.whole(text, face, size)
    painter.save()
    painter.translate(centre)
    if angle:
        painter.rotate(angle)
    painter.scale(size / NOMINAL, size / NOMINAL)
    painter.fillPath(halo, colours[1])
    painter.fillPath(path, colours[0])
    painter.restore()
