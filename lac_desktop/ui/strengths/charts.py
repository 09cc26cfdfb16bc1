# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two small painted charts: pairs of bars, and a line over time. A table beside says the same.

One colour, zero or the ends of the scale always shown, values written at the marks. What differs
differs in shape (filled and hollow bars), so it tells without colour too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lac_desktop.domain.measures import Track
from lac_desktop.domain.wording import long_date
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.theme import Theme

#: A line joins the marks from so many readings on.
JOINED_FROM = 4
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the bars: its words and its two numbers."""

    words: str
    first: int
    second: int


class PairBars(QWidget):
    """For each row a filled bar over a hollow one, each with its number at the end."""

    def __init__(self, theme: Theme, first: str, second: str) -> None:
        super().__init__()
        self._theme, self._names = theme, (first, second)
        self.pairs: tuple[Pair, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.scaled(620))
        theme.changed.connect(self._sizes)

    def show_pairs(self, title: str, pairs: Sequence[Pair]) -> None:
        """Show these rows; ``title`` is the finding, and the name for a screen reader."""
        self.pairs = tuple(pairs)
        first, second = self._names
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            " ".join(f"{p.words}: {first} {p.first}, {second} {p.second}." for p in pairs)
        )
        self._sizes()

    def sizeHint(self) -> QSize:
        """Two bars a row, and the key above."""
        step = self._bar() * 2 + self._theme.scaled(12)
        return QSize(self._theme.scaled(360), round(self._bar() * 1.6 + step * len(self.pairs)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key, words, bars and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        metrics, bar = QFontMetricsF(self._theme.font("caption")), self._bar()
        words = max((metrics.horizontalAdvance(p.words) for p in self.pairs), default=0) + 12
        left = min(words, self.width() * 0.5)
        self._key(painter, left, bar)
        most = max((max(p.first, p.second) for p in self.pairs), default=0) or 1
        room = max(20.0, self.width() - left - metrics.horizontalAdvance("000") - 14)
        top = bar * 1.6
        for pair in self.pairs:
            painter.setPen(self._theme.colour("text"))
            said = metrics.elidedText(pair.words, Qt.TextElideMode.ElideRight, left - 8)
            painter.drawText(QRectF(0, top, left - 8, bar * 2), _MIDDLE | _LEFT, said)
            for number, solid in ((pair.first, True), (pair.second, False)):
                box = QRectF(left, top + 1.5, room * number / most, bar - 3)
                self._draw_bar(painter, box, solid)
                painter.setPen(self._theme.colour("text"))
                end = QRectF(box.right() + 6, top, 60, bar)
                painter.drawText(end, _MIDDLE | _LEFT, str(number))
                top += bar
            top += self._theme.scaled(12)

    def _key(self, painter: QPainter, left: float, bar: float) -> None:
        """What the filled and the hollow bar mean."""
        metrics = QFontMetricsF(self._theme.font("caption"))
        for name, solid in zip(self._names, (True, False), strict=True):
            self._draw_bar(painter, QRectF(left, 3, bar * 1.2, bar - 6), solid)
            painter.setPen(self._theme.colour("text"))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QRectF(left + bar * 1.2 + 6, 0, wide + 4, bar), _MIDDLE | _LEFT, name)
            left += bar * 1.2 + wide + 24

    def _draw_bar(self, painter: QPainter, box: QRectF, solid: bool) -> None:
        """A bar; nought is a thin line, so that it shows too."""
        colour = self._theme.colour("accent")
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if solid else Qt.BrushStyle.NoBrush)
        if box.width() < 1:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        else:
            painter.drawRect(box.adjusted(0.8, 0.8, -0.8, -0.8))

    def _bar(self) -> float:
        """Height of a bar."""
        return QFontMetricsF(self._theme.font("caption")).height() + 2

    def _sizes(self) -> None:
        self.setMaximumWidth(self._theme.scaled(620))
        self.updateGeometry()
        self.update()


class TrackChart(QWidget):
    """Readings over time between the ends of their scale; marks alone below four of them."""

    def __init__(self, theme: Theme, track: Track, title: str) -> None:
        super().__init__()
        self._theme, self.track = theme, track
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            " ".join(f"{long_date(p.on, tr)}: {reading_words(p.reading)}." for p in track.points)
        )
        theme.changed.connect(self._sizes)

    def sizeHint(self) -> QSize:
        """Wide enough for dates at both ends."""
        high = QFontMetricsF(self._theme.font("caption")).height()
        lines = max(0, len(self.track.answers) - 3) * high
        return QSize(self._theme.scaled(240), round(self._theme.scaled(72) + 3 * high + lines))

    def minimumSizeHint(self) -> QSize:
        """It may get narrow."""
        return QSize(self._theme.scaled(140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the line, the marks with their numbers, and the first and last day."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("caption"))
        area = self._area()
        self._scale(painter, area)
        marks = self._marks(area)
        colour = self._theme.colour("accent")
        painter.setPen(QPen(colour, 1.8))
        if len(marks) >= JOINED_FROM:
            painter.drawPolyline(QPolygonF(marks))
        painter.setBrush(colour)
        radius, high = self._theme.scaled(4), QFontMetricsF(self._theme.font("caption")).height()
        shown = self._apart(marks)
        for at, (mark, point) in enumerate(zip(marks, self.track.points, strict=True)):
            painter.setPen(QPen(colour, 1.8))
            painter.drawEllipse(mark, radius, radius)
            if at in shown and not self.track.answers:
                painter.setPen(self._theme.colour("text"))
                over = QRectF(mark.x() - 40, mark.y() - high - radius - 1, 80, high)
                middle = Qt.AlignmentFlag.AlignCenter
                painter.drawText(over, middle, str(point.reading.value))

    def _area(self) -> QRectF:
        """Where the marks lie; the words of the scale stand at its left, days under it."""
        metrics = QFontMetricsF(self._theme.font("caption"))
        left = max(metrics.horizontalAdvance(words) for _value, words in self._ticks()) + 12
        high = metrics.height()
        return QRectF(left, high * 1.3, self.width() - left - 16, self.height() - high * 2.7)

    def _ticks(self) -> list[tuple[int, str]]:
        """What stands along the scale: its answers, or the numbers at its ends."""
        if self.track.answers:
            return [(option.code, tr(option.words)) for option in self.track.answers]
        return [(value, str(value)) for value in (self.track.low, self.track.high)]

    def _height_of(self, value: int, area: QRectF) -> float:
        """Where a value lies, from the top."""
        part = (value - self.track.low) / max(1, self.track.high - self.track.low)
        return area.top() + area.height() * (part if self.track.first_on_top else 1 - part)

    def _scale(self, painter: QPainter, area: QRectF) -> None:
        """Lines at both ends with their numbers, and the days."""
        for value, words in self._ticks():
            y = self._height_of(value, area)
            painter.setPen(QPen(self._theme.colour("control-edge"), 1))
            painter.drawLine(QPointF(area.left() - 4, y), QPointF(area.right() + 8, y))
            painter.setPen(self._theme.colour("muted"))
            box = QRectF(0, y - 10, area.left() - 8, 20)
            painter.drawText(box, _MIDDLE | _RIGHT, words)
        high = QFontMetricsF(painter.font()).height()
        under = QRectF(area.left(), area.bottom() + high * 0.3, area.width() + 8, high * 1.1)
        first, last = self.track.points[0].on, self.track.points[-1].on
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(under, _MIDDLE | _LEFT, long_date(first, tr))
        if last != first:
            painter.drawText(under, _MIDDLE | _RIGHT, long_date(last, tr))

    def _marks(self, area: QRectF) -> list[QPointF]:
        """Where each reading lies: days are as far apart as they were."""
        points = self.track.points
        first, days = points[0].on, max(1, (points[-1].on - points[0].on).days)
        inset = self._theme.scaled(6)
        wide = area.width() - 2 * inset
        return [
            QPointF(
                area.left() + inset + wide * (p.on - first).days / days,
                self._height_of(p.reading.value, area),
            )
            for p in points
        ]

    def _apart(self, marks: Sequence[QPointF]) -> set[int]:
        """Which numbers are written: those that do not stand over each other; the last always."""
        shown: list[int] = []
        for at in range(len(marks) - 1, -1, -1):
            if all(abs(marks[at].x() - marks[other].x()) > 18 for other in shown):
                shown.append(at)
        return set(shown)

    def _sizes(self) -> None:
        self.updateGeometry()
        self.update()


def reading_words(reading: object) -> str:
    """A reading as words: "7 (high)"; where an answer was chosen, its words alone."""
    value, words = getattr(reading, "value", 0), str(getattr(reading, "words", ""))
    if not words:
        return str(value)
    return words if words[:1].isupper() else f"{value} ({tr(words)})"
