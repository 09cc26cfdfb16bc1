# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map's edge: scale bar in metres and minutes, credit, and a sentence where streets miss."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.view import View
from lac_desktop.ui.words import tr

#: Metres that a minute on foot takes one at the usual pace.
METRES_A_MINUTE = 80.0

_NICE = (10, 20, 50, 100, 200, 400, 800, 1600, 2000, 4000, 8000, 16_000, 40_000, 80_000, 200_000)


def scale_words(metres: int) -> str:
    """What stands at the scale bar: "200 m, about 3 min" or "4 km"."""
    if metres >= 2000:
        return tr("{km} km", km=f"{metres / 1000:g}")
    minutes = max(1, round(metres / METRES_A_MINUTE))
    if metres < METRES_A_MINUTE / 2:
        return tr("{metres} m", metres=metres)
    return tr("{metres} m, about {minutes} min", metres=f"{metres:,}", minutes=minutes)


def scale_metres(view: View, room: float = 110.0) -> int:
    """The longest round distance that fits into so many pixels."""
    fitting = [metres for metres in _NICE if metres / view.metres_per_pixel <= room]
    return fitting[-1] if fitting else _NICE[0]


def draw_scale(painter: QPainter, view: View, style: Style, text_scale: float = 1.0) -> QRectF:
    """Draw the scale bar in the lower right corner; gives the box that it takes."""
    metres = scale_metres(view)
    length = metres / view.metres_per_pixel
    words = scale_words(metres)
    font = _font(painter, text_scale)
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(words) + length + 30
    high = metrics.height() + 8
    box = QRectF(view.width - wide - 8, view.height - high - 8, wide, high)
    _panel(painter, box, style)
    painter.setFont(font)
    text = QRectF(box.left() + 10, box.top(), wide, high)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    right, base = box.right() - 10, box.center().y() + 4
    painter.setPen(QPen(style.ui["panel_text"], 1.5))
    for a, b in (
        ((right - length, base), (right, base)),
        ((right - length, base - 6), (right - length, base)),
        ((right, base - 6), (right, base)),
    ):
        painter.drawLine(QPointF(*a), QPointF(*b))
    return box


def draw_credit(
    painter: QPainter,
    view: View,
    words: str,
    style: Style,
    text_scale: float = 1.0,
    beside: QRectF | None = None,
) -> None:
    """Draw who made the map, in the lower left corner, on as many lines as it needs.

    ``beside`` is the scale's box: the credit stays left of it, or above it where that is narrow.
    """
    if not words:
        return
    font = _font(painter, text_scale * 0.92)
    metrics = QFontMetricsF(font)
    bottom, room = view.height, view.width * 0.6
    if beside is not None:
        room = min(room, beside.left() - 24)
        if room < 180 * text_scale:
            bottom, room = beside.top() - 4, view.width - 24
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    text = metrics.boundingRect(QRectF(0, 0, room, 400), flags, words)
    box = QRectF(0, bottom - text.height() - 6, text.width() + 14, text.height() + 6)
    _panel(painter, box, style, radius=0)
    painter.setFont(font)
    painter.drawText(box.adjusted(6, 3, -4, -3), flags, words)


def short_credit(words: str) -> str:
    """The first statement of a credit, and how many more there are and where they stand."""
    first, *more = words.split(" · ")
    if len(more) < 2:
        return words
    return tr("{first} and {n} more: View, Map credits", first=first, n=len(more))


def draw_sentence(
    painter: QPainter, view: View, words: str, style: Style, text_scale: float = 1.0
) -> None:
    """Draw a sentence at the top, such as that the street map is missing."""
    font = _font(painter, text_scale * 1.08)
    metrics = QFontMetricsF(font)
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    text = metrics.boundingRect(QRectF(0, 0, max(120.0, view.width - 80), 400), flags, words)
    box = QRectF((view.width - text.width()) / 2 - 14, 12, text.width() + 28, text.height() + 14)
    _panel(painter, box, style)
    painter.setFont(font)
    painter.drawText(box, flags, words)


def no_streets() -> str:
    """The sentence on a map without streets."""
    return tr("There is no street map for this area yet. Your places still show.")


def _font(painter: QPainter, text_scale: float) -> QFont:
    """The small text of the map's edge."""
    font = QFont(painter.font())
    font.setPixelSize(round(12.5 * text_scale))
    return font


def _panel(painter: QPainter, box: QRectF, style: Style, radius: float = 3) -> None:
    """A quiet box for text, and the pen for it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.ui["panel"])
    painter.drawRoundedRect(box, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(style.ui["panel_text"])
