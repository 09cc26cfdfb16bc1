# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make Qt's Python types ready before a second thread uses them.

PySide makes a class's enumerations when they are first looked at, without a lock: the window and
the painting thread doing so at once ends the process (seen with 6.11.3). Looking at all of them
once, in the window's thread, is the cure.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QRawFont,
    QTextLayout,
    QTextLine,
    QTextOption,
    QTransform,
)

_TYPES = (
    Qt,
    QBrush,
    QByteArray,
    QColor,
    QDataStream,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QIODevice,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPointF,
    QPolygonF,
    QRawFont,
    QRectF,
    QSizeF,
    QTextLayout,
    QTextLine,
    QTextOption,
    QTransform,
)


@cache
def make_ready() -> int:
    """Look at everything in the types that the painting thread uses; gives how many there are."""
    return sum(getattr(kind, name, None) is not None for kind in _TYPES for name in dir(kind))
