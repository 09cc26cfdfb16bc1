# SPDX-License-Identifier: AGPL-3.0-or-later
"""Painting a week as seven columns, on screen and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from lac_desktop.domain.week import Block, blocks, clock_of, untimed
from lac_desktop.domain.wording import DAYS, clock_time
from lac_desktop.ui.tools.circle_draw import PAPER, Ink, sized
from lac_desktop.ui.words import tr

Row = Mapping[str, Any]
_EARLIEST, _LATEST = 8 * 60, 20 * 60
_HOUR = 60
#: Points of the letters in a printed week.
_SMALLEST = 10.0
_SNAP = 15


@dataclass(frozen=True, slots=True)
class Grid:
    """A week laid out in a box; sizes in pixels. Hours run from ``first`` to ``last`` minutes."""

    rows: tuple[Row, ...]
    box: QRectF
    size: float  # of the letters
    first: int
    last: int
    blocks: tuple[Block, ...]
    deep: int  # rows without a time on the fullest day

    @property
    def head(self) -> float:
        """Height of the days' names and of what has no time."""
        return self.size * 1.9 + self.deep * self.size * 1.55

    @property
    def left(self) -> float:
        """Width of the hours."""
        return self.size * 3.6

    @property
    def day_wide(self) -> float:
        """Width of one day."""
        return (self.box.width() - self.left) / 7

    def y_of(self, minutes: float) -> float:
        """Where a time lies."""
        share = (minutes - self.first) / (self.last - self.first)
        return self.box.top() + self.head + share * (self.box.height() - self.head - 2)

    def x_of(self, day: int) -> float:
        """Where a day begins."""
        return self.box.left() + self.left + day * self.day_wide

    def box_of(self, block: Block) -> QRectF:
        """Where a block lies."""
        wide = (self.day_wide - 4) / block.lanes
        top, foot = self.y_of(block.start), self.y_of(min(block.end, self.last))
        at = self.x_of(block.day) + 2 + block.lane * wide
        return QRectF(at, top, wide - 1, max(self.size * 1.2, foot - top - 1))

    def box_of_row(self, number: int) -> QRectF:
        """Where a row lies, with a time or without."""
        for block in self.blocks:
            if block.row == number:
                return self.box_of(block)
        for day in range(7):
            for place, row in enumerate(untimed(self.rows, day)):
                if row == number:
                    top = self.box.top() + self.size * 1.8 + place * self.size * 1.55
                    return QRectF(self.x_of(day) + 2, top, self.day_wide - 5, self.size * 1.45)
        return QRectF()

    def row_at(self, point: QPointF) -> int:
        """The row at a point, or -1."""
        found = (n for n in range(len(self.rows)) if self.box_of_row(n).contains(point))
        return next(found, -1)

    def slot(self, point: QPointF) -> tuple[int, int] | None:
        """Day and quarter of an hour at a point, or None outside the hours."""
        day = int((point.x() - self.box.left() - self.left) // self.day_wide)
        high = self.box.height() - self.head - 2
        share = (point.y() - self.box.top() - self.head) / high
        if not (0 <= day < 7 and 0 <= share <= 1):
            return None
        minutes = self.first + share * (self.last - self.first)
        return day, int(minutes // _SNAP * _SNAP)


def lay_out(rows: Sequence[Row], box: QRectF, size: float) -> Grid:
    """Lay a week out in a box: as many hours as it needs, and no fewer than from 8am to 8pm."""
    kept = tuple(rows)
    found = tuple(blocks(kept))
    first = min([_EARLIEST, *(b.start // _HOUR * _HOUR for b in found)])
    last = max([_LATEST, *(min(24 * _HOUR, -(-b.end // _HOUR) * _HOUR) for b in found)])
    deep = max(len(untimed(kept, day)) for day in range(7))
    return Grid(kept, box, size, first, last, found, deep)


def words_of(row: Row) -> str:
    """What stands in a block: what, with whom, where."""
    where = row.get("place") or {}
    parts = [str(row.get("what", "")) or tr("Something")]
    if row.get("with"):
        parts.append(tr("with {who}", who=row["with"]))
    if where.get("name"):
        parts.append(str(where["name"]))
    return ", ".join(parts)


def paint(painter: QPainter, grid: Grid, ink: Ink, focus: int = -1) -> None:
    """Paint days, hours and what happens."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _hours(painter, grid, ink)
    for number in range(len(grid.rows)):
        box = grid.box_of_row(number)
        if not box.isEmpty():
            _block(painter, grid, number, box, ink)
    if 0 <= focus < len(grid.rows):
        painter.setPen(QPen(ink.focus, 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(grid.box_of_row(focus).adjusted(-2, -2, 2, 2), 4, 4)
    painter.restore()


def _hours(painter: QPainter, grid: Grid, ink: Ink) -> None:
    """Names of the days, lines for the hours."""
    painter.setFont(sized(painter, grid.size, bold=True))
    metrics = QFontMetricsF(painter.font())
    painter.setPen(ink.text)
    for day, name in enumerate(DAYS):
        text = tr(name)
        short = text if metrics.horizontalAdvance(text) < grid.day_wide - 4 else text[:3]
        spot = QRectF(grid.x_of(day) + 3, grid.box.top(), grid.day_wide - 4, grid.size * 1.6)
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignVCenter.value), short)
    painter.setFont(sized(painter, grid.size * 0.88))
    apart = grid.y_of(grid.first + _HOUR) - grid.y_of(grid.first)
    step = _HOUR if apart > grid.size * 1.2 else 2 * _HOUR
    for minutes in range(grid.first, grid.last + 1, step):
        y = grid.y_of(minutes)
        painter.setPen(QPen(ink.line, 0.5))
        painter.drawLine(QPointF(grid.x_of(0), y), QPointF(grid.box.right(), y))
        if minutes < grid.last:
            painter.setPen(ink.muted)
            spot = QRectF(grid.box.left(), y, grid.left - 4, grid.size * 1.3)
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignRight.value), _clock(minutes))
    painter.setPen(QPen(ink.line, 0.8))
    for day in range(8):
        x = grid.x_of(day)
        painter.drawLine(QPointF(x, grid.box.top()), QPointF(x, grid.box.bottom()))


def _clock(minutes: int) -> str:
    """A full hour in words."""
    from datetime import time

    return clock_time(time.fromisoformat(clock_of(minutes)), tr)


def _block(painter: QPainter, grid: Grid, number: int, box: QRectF, ink: Ink) -> None:
    """One thing of the week: what must be there has a full edge, the rest a dashed one."""
    row = grid.rows[number]
    must = row.get("need") == "essential"
    pen = QPen(ink.accent, 2 if must else 1)
    if row.get("need") == "extra":
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(ink.tint)
    painter.drawRoundedRect(box, 3, 3)
    painter.save()
    painter.setClipRect(box.adjusted(2, 1, -2, -1))
    painter.setFont(sized(painter, grid.size * 0.92, bold=must))
    painter.setPen(ink.text)
    flags = int(Qt.TextFlag.TextWrapAnywhere) if box.width() < grid.size * 5 else 0
    flags |= int(Qt.TextFlag.TextWordWrap)
    painter.drawText(box.adjusted(4, 1, -3, -1), flags, words_of(row))
    painter.restore()


@dataclass(frozen=True, slots=True)
class WeekOnPaper:
    """The week as the drawing of a printed page; ``share`` of its height is the least it takes."""

    rows: tuple[Row, ...]
    share: float = 0.72

    def cuts(self, width: float, height: float) -> bool:
        """Whether something does not fit into its block on a page of this size.

        What is cut short, and help, which no block tells, must be told in words below.
        """
        box = QRectF(0, 0, width, height * self.share)
        grid = lay_out(self.rows, box, _SMALLEST * 96 / 72)
        font = QFont()
        font.setPixelSize(round(grid.size * 0.92))
        font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        wrap = int(Qt.TextFlag.TextWordWrap) | int(Qt.TextFlag.TextWrapAnywhere)
        for number, row in enumerate(self.rows):
            inside = grid.box_of_row(number).adjusted(4, 1, -3, -1)
            needs = metrics.boundingRect(inside, wrap, words_of(row))
            if row.get("support") or inside.isEmpty() or needs.height() > inside.height() + 1:
                return True
        return False

    def least(self, width: float, height: float, points: float) -> float:
        """Most of the page, so that an hour holds a line."""
        return height * self.share

    def draw(self, painter: QPainter, box: QRectF, points: float) -> None:
        """Paint it into the box."""
        size = min(points, _SMALLEST) * 96 / 72
        paint(painter, lay_out(self.rows, box.adjusted(0, 4, 0, -6), size), PAPER)
