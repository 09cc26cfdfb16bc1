# SPDX-License-Identifier: AGPL-3.0-or-later
"""One sheet on one A4 page: type steps down to a floor, then somebody says what matters most.

Lengths are 96ths of an inch. Neither the file nor the print queue is told a name.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QImage,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from lac_desktop.ui.tools.picture import image_of
from lac_desktop.ui.tools.sheet_text import NOTHING, Item, Look, Part, body_html, heading_html
from lac_desktop.ui.words import count, tr

#: The photo as something that can be left off, and its longest side.
PHOTO: Item = ("photo", 0)
_PHOTO = 32 * 96 / 25.4
#: Points that are tried, from the largest down.
NORMAL = (14.0, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
LARGE = (20.0, 19.0, 18.0, 17.0, 16.0)
#: The one-page profile is never smaller than this (other tools go down to the last step).
PROFILE_FLOOR = 11.0
MARGIN_MM = 14.0
_A4_MM = (210.0, 297.0)
_MM = 96 / 25.4
_PT = 96 / 72
#: Beyond so many characters nothing is laid out: it cannot fit, and lines are counted by length.
_HOPELESS = 30_000
_TITLE = "LAC Desktop"


class Drawing(Protocol):
    """Something painted between the heading and the words."""

    def least(self, width: float, height: float, points: float) -> float:
        """The height it needs at this size of type on a page so wide and high."""
        ...

    def draw(self, painter: QPainter, box: QRectF, points: float) -> None:
        """Paint it into the box."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on the page; ``floor`` is the smallest type in points for normal print."""

    title: str
    under: str
    parts: tuple[Part, ...]
    drawing: Drawing | None = None
    landscape: bool = False
    floor: float = NORMAL[-1]
    photo: str = ""  # beside the heading, as the sheet keeps it

    @property
    def size(self) -> tuple[float, float]:
        """Width and height within the margins."""
        wide, high = ((mm - 2 * MARGIN_MM) * _MM for mm in _A4_MM)
        return (high, wide) if self.landscape else (wide, high)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a sheet lies on its page; ``over`` lines are too many where it is not 0."""

    points: float
    over: int

    def words(self) -> str:
        """The line under the page."""
        if not self.over:
            return tr("Fits on one A4 page")
        return count(
            "{n} line over. What matters most?", "{n} lines over. What matters most?", self.over
        )


def steps(sheet: Sheet, large: bool) -> tuple[float, ...]:
    """The sizes of type that are tried."""
    return LARGE if large else tuple(p for p in NORMAL if p >= sheet.floor)


def fit(sheet: Sheet, *, large: bool = False, out: frozenset[Item] = NOTHING) -> Fit:
    """Find the largest type at which the sheet fits, else how many lines are too many."""
    sizes = steps(sheet, large)
    long = sum(len(t) for p in sheet.parts for n, t in enumerate(p.said) if (p.id, n) not in out)
    if long > _HOPELESS:
        a_line = sheet.size[0] / (sizes[-1] * _PT * 0.5)
        return Fit(sizes[-1], math.ceil((long - _HOPELESS / 10) / a_line))
    over = _over(sheet, sizes[-1], out)
    if over > 0:
        return Fit(sizes[-1], math.ceil(over / (sizes[-1] * _PT * 1.4)))
    return Fit(next(points for points in sizes if _over(sheet, points, out) <= 0), 0)


def keep_what_fits(sheet: Sheet, *, large: bool = False) -> frozenset[Item]:
    """Items to leave off so that the rest fits: from the last of the longest part backwards.

    A suggestion to be changed by hand. Every part keeps its first item as long as that is enough.
    """
    out: frozenset[Item] = NOTHING
    queue = list(_least_first(sheet))
    if not fit(sheet, large=large).over:
        return out
    low, high = 0, len(queue)
    while low < high:  # fewer items never take more room
        middle = (low + high) // 2
        if fit(sheet, large=large, out=frozenset(queue[:middle])).over:
            low = middle + 1
        else:
            high = middle
    return frozenset(queue[:low])


def _least_first(sheet: Sheet) -> Iterator[Item]:
    """Items in the order in which they are given up."""
    left = {part.id: len(part.said) for part in sheet.parts}
    order = [part.id for part in sheet.parts]
    while any(left.values()):
        longest = max(order, key=lambda part: (left[part], order.index(part)))
        left[longest] -= 1
        yield longest, left[longest]


def _document(html: str, width: float) -> QTextDocument:
    """Text laid out so wide."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    document.setIndentWidth(18)
    document.setHtml(html)
    document.setTextWidth(width)
    return document


def _look(points: float) -> Look:
    """Colours of paper, whatever the theme of the window."""
    return Look("#1B211E", "#525B56", "#4B3B8F", "#B9B5AA", points * _PT)


def _laid_out(
    sheet: Sheet, points: float, out: frozenset[Item]
) -> tuple[QTextDocument, QTextDocument]:
    """Heading and body at a size of type."""
    width, look = sheet.size[0], _look(points)
    beside = _photo_box(sheet, out).width()
    head = _document(heading_html(sheet.title, sheet.under, look), width - beside)
    return head, _document(body_html(sheet.parts, look, out), width)


def _photo_box(sheet: Sheet, out: frozenset[Item]) -> QRectF:
    """Where the photo lies, at the right of the heading; empty where there is none."""
    image = image_of(sheet.photo) if sheet.photo and PHOTO not in out else QImage()
    if image.isNull():
        return QRectF()
    size = QSizeF(image.size()).scaled(_PHOTO, _PHOTO, Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(sheet.size[0] - size.width(), 0, size.width(), size.height())


def _head(sheet: Sheet, head: QTextDocument, out: frozenset[Item]) -> float:
    """How high the heading is with the photo beside it."""
    return max(head.size().height(), _photo_box(sheet, out).height())


def _over(sheet: Sheet, points: float, out: frozenset[Item]) -> float:
    """How much higher than the page it is; 0 or less fits."""
    head, body = _laid_out(sheet, points, out)
    width, height = sheet.size
    drawn = sheet.drawing.least(width, height, points) if sheet.drawing else 0.0
    text = body.size().height() if body.toPlainText() else 0.0
    return _head(sheet, head, out) + drawn + text - height


def draw(painter: QPainter, sheet: Sheet, found: Fit, out: frozenset[Item] = NOTHING) -> None:
    """Paint the page; the painter's unit is a 96th of an inch, its corner that of the margins."""
    head, body = _laid_out(sheet, found.points, out)
    width, height = sheet.size
    top = _head(sheet, head, out)
    head.drawContents(painter)
    photo = _photo_box(sheet, out)
    if not photo.isEmpty():
        painter.drawImage(photo, image_of(sheet.photo))
    words = body.size().height() if body.toPlainText() else 0.0
    if sheet.drawing is not None:
        room = max(0.0, height - top - words)
        sheet.drawing.draw(painter, QRectF(0, top, width, room), found.points)
        top = height - words
    painter.save()
    painter.setClipRect(QRectF(0, 0, width, height))
    painter.translate(0, top)
    body.drawContents(painter)
    painter.restore()


def layout_of(sheet: Sheet) -> QPageLayout:
    """A4 with its margins."""
    turned = (
        QPageLayout.Orientation.Landscape if sheet.landscape else QPageLayout.Orientation.Portrait
    )
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), turned, margins, QPageLayout.Unit.Millimeter
    )


def pdf(sheet: Sheet, found: Fit, out: frozenset[Item] = NOTHING) -> bytes:
    """The page as a PDF of one page, made in memory alone; its properties name nobody."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout_of(sheet))
    writer.setTitle(_TITLE)
    writer.setCreator(_TITLE)
    _paint(writer, sheet, found, out)
    del writer
    return bytes(buffer.data().data())


def send_to_printer(
    parent: QWidget, sheet: Sheet, found: Fit, out: frozenset[Item] = NOTHING
) -> bool:
    """Ask for a printer and print; False where it was cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(layout_of(sheet))
    printer.setDocName(_TITLE)  # the name shows in print queues
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    printer.setPageLayout(layout_of(sheet))
    _paint(printer, sheet, found, out)
    return True


def picture(sheet: Sheet, found: Fit, width: int, out: frozenset[Item] = NOTHING) -> QImage:
    """The page as it will look, so many pixels wide, for the preview."""
    edge = MARGIN_MM * _MM
    wide, high = (side + 2 * edge for side in sheet.size)
    scale = width / wide
    image = QImage(QSizeF(wide * scale, high * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(edge, edge)
    draw(painter, sheet, found, out)
    painter.end()
    return image


def _paint(device: QPaintDevice, sheet: Sheet, found: Fit, out: frozenset[Item]) -> None:
    """Paint on a device whose page is set."""
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / 96
        painter.scale(scale, scale)
        draw(painter, sheet, found, out)
    finally:
        painter.end()
