# SPDX-License-Identifier: AGPL-3.0-or-later
"""A QR code drawn in black on white with its quiet zone, and words for what it opens."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from lac_desktop.ui.words import tr

#: White modules round a code (ISO/IEC 18004 asks for four).
QUIET = 4


@lru_cache(maxsize=32)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a code without its quiet zone, row by row; error correction M."""
    import segno

    made = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(cell) for cell in row) for row in made.matrix)


def draw_code(painter: QPainter, text: str, box: QRectF, words: str) -> None:
    """Draw the code into a square box, and under it what it opens."""
    rows = modules(text)
    step = box.width() / (len(rows) + 2 * QUIET)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, QColor("#FFFFFF"))
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = box.left() + (x + QUIET) * step, box.top() + (y + QUIET) * step
                painter.fillRect(QRectF(left, top, step * 1.02, step * 1.02), QColor("#000000"))
    font = QFont(painter.font())
    font.setPixelSize(14)
    painter.setFont(font)
    painter.setPen(QColor("#1B211E"))
    under = QRectF(box.left() - 20, box.bottom() - step * 2, box.width() + 40, 20)
    painter.drawText(under, int(Qt.AlignmentFlag.AlignHCenter), tr(words))
    painter.restore()
