# SPDX-License-Identifier: AGPL-3.0-or-later
"""Painting the relationship circle, on screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from lac_desktop.domain.circle import CENTRE, NAMED, RADII, Spots, Tie, initials, spots
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import tr

_SIGN = {"more": " +", "less": " −"}
#: Where each sector is named: share of the width and height of the box, and how it is aligned.
_CORNERS = (
    ("Family", 0.0, 0.0),
    ("Friends", 1.0, 0.0),
    ("Neighbours and groups", 0.0, 1.0),
    ("Paid", 1.0, 1.0),
)


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of a drawing."""

    paper: QColor
    text: QColor
    muted: QColor
    line: QColor
    accent: QColor
    own: QColor
    on_own: QColor
    tint: QColor
    focus: QColor


#: Colours on paper, whatever the theme.
PAPER = Ink(
    *(
        QColor(c)
        for c in (
            "#FFFFFF", "#1B211E", "#525B56", "#8C918D", "#14595A", "#4B3B8F", "#FFFFFF",
            "#EAF2F0", "#0B5CC4",
        )
    )
)  # fmt: skip


def ink_of(theme: Theme) -> Ink:
    """Colours of the window's theme."""
    tint = theme.colour("selected")
    tint.setAlpha(150 if theme.name != "contrast" else 0)
    return Ink(
        theme.colour("surface"),
        theme.colour("text"),
        theme.colour("muted"),
        theme.colour("control-edge"),
        theme.colour("accent"),
        theme.colour("own-words"),
        theme.colour("surface"),
        tint,
        theme.colour("focus"),
    )


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle laid out in a box: centre and radius in pixels, and where each dot lies."""

    ties: tuple[Tie, ...]
    box: QRectF
    found: Spots
    short: bool  # initials instead of names
    size: float  # of the letters, in pixels

    @property
    def radius(self) -> float:
        """Radius of the outer ring."""
        line = self.size * 1.7
        return max(10.0, min(self.box.width(), self.box.height() - line) / 2 - 4)

    @property
    def centre(self) -> QPointF:
        """The middle."""
        return self.box.center()

    def at(self, index: int) -> QPointF:
        """The middle of a dot."""
        x, y = self.found.points[index]
        return QPointF(self.centre.x() + x * self.radius, self.centre.y() - y * self.radius)

    def dot(self) -> float:
        """Radius of a dot, never too small to hit or see."""
        return max(3.2, min(self.found.dot * self.radius, self.size * 0.62))

    def unit(self, point: QPointF) -> tuple[float, float]:
        """A point of the box as shares of the radius, y up."""
        away = point - self.centre
        return away.x() / self.radius, -away.y() / self.radius

    def nearest(self, point: QPointF, within: float) -> int:
        """The dot nearest to a point and no further than so many pixels, or -1."""
        best, found = within, -1
        for index in range(len(self.ties)):
            away = self.at(index) - point
            length = (away.x() ** 2 + away.y() ** 2) ** 0.5
            if length <= best:
                best, found = length, index
        return found

    def name(self, index: int) -> str:
        """What stands beneath a dot."""
        tie = self.ties[index]
        return (initials(tie.name) if self.short else tie.name) + _SIGN.get(tie.wants, "")


def lay_out(ties: Sequence[Tie], box: QRectF, size: float, *, short: bool = False) -> Circle:
    """Lay a circle out in a box; more than thirty people stand with their initials."""
    kept = tuple(ties)
    return Circle(kept, box, spots(kept), short or len(kept) > NAMED, size)


def paint(painter: QPainter, circle: Circle, ink: Ink, middle: str, focus: int = -1) -> None:
    """Paint rings, sectors, dots and names; ``middle`` stands for the person themself."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _rings(painter, circle, ink)
    _corners(painter, circle, ink)
    taken: list[QRectF] = [_round(circle.at(i), circle.dot() + 1) for i in range(len(circle.ties))]
    for index, tie in enumerate(circle.ties):
        _mark(painter, circle.at(index), circle.dot(), tie, ink)
    _person(painter, circle, ink, middle)
    taken.append(_round(circle.centre, CENTRE * circle.radius))
    for index in range(len(circle.ties)):
        taken.append(_name(painter, circle, index, ink, taken))
    if 0 <= focus < len(circle.ties):
        painter.setPen(QPen(ink.focus, 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = circle.dot() + 5
        painter.drawRoundedRect(_round(circle.at(focus), reach), 4, 4)
    painter.restore()


def _round(at: QPointF, reach: float) -> QRectF:
    return QRectF(at.x() - reach, at.y() - reach, reach * 2, reach * 2)


def _rings(painter: QPainter, circle: Circle, ink: Ink) -> None:
    """Four rings, the outer dashed, and the lines between the sectors."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, share in reversed(list(enumerate(RADII))):
        pen = QPen(ink.line, 1)
        if number == len(RADII) - 1:
            pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(ink.tint if number < len(RADII) - 1 else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.centre, share * circle.radius, share * circle.radius)
    faint = QColor(ink.line)
    faint.setAlpha(120)
    painter.setPen(QPen(faint, 1))
    r, c = circle.radius, circle.centre
    painter.drawLine(QPointF(c.x() - r, c.y()), QPointF(c.x() + r, c.y()))
    painter.drawLine(QPointF(c.x(), c.y() - r), QPointF(c.x(), c.y() + r))


def _corners(painter: QPainter, circle: Circle, ink: Ink) -> None:
    """The names of the sectors in the corners of the drawing."""
    font = sized(painter, circle.size * 0.95, bold=True)
    painter.setFont(font)
    painter.setPen(ink.muted)
    high = QFontMetricsF(font).height()
    side = min(circle.box.width(), circle.radius * 2 + circle.size * 9)
    tall = min(circle.box.height(), circle.radius * 2 + circle.size * 3)
    box = QRectF(circle.centre.x() - side / 2, circle.centre.y() - tall / 2, side, tall)
    for words, right, low in _CORNERS:
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        top = box.bottom() - high if low else box.top()
        wide = QRectF(box.left(), top, box.width(), high)
        painter.drawText(wide, int(align.value), tr(words))


def _mark(painter: QPainter, at: QPointF, reach: float, tie: Tie, ink: Ink) -> None:
    """A filled circle for who is there unpaid, a hollow square for who is paid."""
    if tie.paid:
        painter.setPen(QPen(ink.text, max(1.3, reach / 4)))
        painter.setBrush(ink.paper)
        painter.drawRect(_round(at, reach * 0.9))
    else:
        painter.setPen(QPen(ink.paper, 1))
        painter.setBrush(ink.accent)
        painter.drawEllipse(at, reach, reach)


def _person(painter: QPainter, circle: Circle, ink: Ink, middle: str) -> None:
    """The person themself in the middle."""
    reach = CENTRE * circle.radius
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.own)
    painter.drawEllipse(circle.centre, reach, reach)
    painter.setFont(sized(painter, min(reach, circle.size * 1.2), bold=True))
    painter.setPen(ink.on_own)
    box = _round(circle.centre, reach)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter.value), middle)


def _name(
    painter: QPainter, circle: Circle, index: int, ink: Ink, taken: Sequence[QRectF]
) -> QRectF:
    """A name beneath its dot, or above or beside it where that is taken; gives its box."""
    font = sized(painter, circle.size)
    metrics = QFontMetricsF(font)
    limit = circle.radius * 0.75
    text = metrics.elidedText(circle.name(index), Qt.TextElideMode.ElideRight, limit)
    wide, high = metrics.horizontalAdvance(text), metrics.height()
    at, reach = circle.at(index), circle.dot() + 2
    tries = [
        QRectF(at.x() - wide / 2, at.y() + reach, wide, high),
        QRectF(at.x() - wide / 2, at.y() - reach - high, wide, high),
        QRectF(at.x() + reach + 2, at.y() - high / 2, wide, high),
        QRectF(at.x() - reach - 2 - wide, at.y() - high / 2, wide, high),
    ]
    inside = [box for box in tries if circle.box.contains(box)] or tries
    own = _round(at, circle.dot() + 1)
    others = [box for box in taken if box != own]
    best = min(inside, key=lambda box: (sum(_overlap(box, o) for o in others), inside.index(box)))
    _haloed(painter, best, text, font, ink)
    return best


def _overlap(a: QRectF, b: QRectF) -> float:
    """Area that two boxes share."""
    both = a.intersected(b)
    return both.width() * both.height() if both.isValid() else 0.0


def _haloed(painter: QPainter, box: QRectF, text: str, font: QFont, ink: Ink) -> None:
    """Text on a halo, so that lines beneath do not disturb it."""
    path = QPainterPath()
    path.addText(box.left(), box.top() + QFontMetricsF(font).ascent(), font, text)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.paper, 3.2, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setFont(font)
    painter.setPen(ink.text)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft.value), text)


def sized(painter: QPainter, pixels: float, *, bold: bool = False) -> QFont:
    """The painter's font at a size in pixels."""
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@dataclass(frozen=True, slots=True)
class CircleOnPaper:
    """The circle as the drawing of a printed page; ``short`` prints initials alone."""

    ties: tuple[Tie, ...]
    middle: str
    short: bool = False

    def least(self, width: float, height: float, points: float) -> float:
        """Half the page, so that names can be read."""
        return min(width * 0.8, height * 0.55)

    def draw(self, painter: QPainter, box: QRectF, points: float) -> None:
        """Paint it as large as the box allows."""
        inside = box.adjusted(0, 6, 0, -8)
        size = points * 96 / 72 * 0.9
        paint(painter, lay_out(self.ties, inside, size, short=self.short), PAPER, self.middle)
