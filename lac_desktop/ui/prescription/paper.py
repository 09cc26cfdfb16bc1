# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page itself: large print, a number for each place on text and map, a code to scan.

Lengths are 96ths of an inch. Where not all of it fits in large print, the directions shrink to one
sentence before the type does; :class:`Fit` says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QImage,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.wording import long_date
from lac_desktop.services.prescription import Option, Shortlist, way_words
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.prescription.code import draw_code
from lac_desktop.ui.prescription.small_map import credit_of, draw_small_map
from lac_desktop.ui.words import tr

MARGIN_MM = 12.0
_A4_MM = (210.0, 297.0)
_MM = 96 / 25.4
_PT = 96 / 72
#: Large print begins at 16 points; smaller is for pages that hold more than they should.
LARGE = (20.0, 18.0, 17.0, 16.0)
_SMALLER = (15.0, 14.0, 13.0, 12.0)
_CODE_MM = 27.0
_SHORT_FACT = 24  # characters of a fact that stays where there is little room
_TITLE = "LAC Desktop"
_FIRST = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Fit:
    """How the page is laid out: type, whether all directions stand on it, and the map's height.

    ``brief`` leaves only the first sentence, the first time and the shortest facts of each place on
    the page.
    """

    points: float
    directions: bool
    map_mm: float
    brief: bool = False
    over: bool = False

    def words(self, wanted_directions: bool, wanted_map: bool = False) -> str:
        """What had to give, as a sentence or two; that the map is missing is always said."""
        said = self._type_words(wanted_directions)
        if wanted_map and not self.map_mm and not self.over:
            return f"{said} {tr('There is no room for the map. Choose fewer places to have it.')}"
        return said

    def _type_words(self, wanted_directions: bool) -> str:
        """What became of the type and the words."""
        if self.over:
            return tr("This does not fit on one page. Choose fewer places.")
        if self.points < LARGE[-1]:
            return tr("The print is smaller than large print, so that it fits. Fewer places help.")
        if self.brief:
            return tr("Only the most important of each place, so that it fits in large print.")
        if wanted_directions and not self.directions:
            return tr("The directions are in one line each, so that it fits in large print.")
        return tr("Fits on one A4 page in large print.")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What goes on the page: the list and, if there is a street map, its tiles."""

    shortlist: Shortlist
    tiles: TileCache | None = None

    @property
    def has_map(self) -> bool:
        """Whether there is anything to draw a map of."""
        placed = [one for one in self.shortlist.options if one.asset.point is not None]
        return self.tiles is not None and bool(placed)

    @property
    def has_ways(self) -> bool:
        """Whether any option has directions."""
        return any(one.way is not None and one.way.steps for one in self.shortlist.options)


def _room() -> tuple[float, float]:
    """Width and height within the margins."""
    return ((_A4_MM[0] - 2 * MARGIN_MM) * _MM, (_A4_MM[1] - 2 * MARGIN_MM) * _MM)


def fit(sheet: Sheet) -> Fit:
    """The largest type that fits, with as much of the way as there is room for."""
    for found in _tries(sheet):
        if _height(sheet, found) <= _room()[1]:
            return found
    return Fit(_SMALLER[-1], False, 0.0, over=True)


def _tries(sheet: Sheet) -> Iterator[Fit]:
    """Layouts from the fullest to the barest."""
    maps = (75.0, 55.0) if sheet.has_map else (0.0,)
    for directions in (True, False) if sheet.has_ways else (False,):
        for map_mm in maps:
            for points in LARGE:
                yield Fit(points, directions, map_mm)
    for brief, map_mm in ((False, 45.0), (True, 45.0), (True, 36.0), (True, 30.0)):
        yield Fit(LARGE[-1], False, map_mm if sheet.has_map else 0.0, brief)
    for points in (LARGE[-1], *_SMALLER):
        yield Fit(points, False, 0.0, brief=True)


def _height(sheet: Sheet, found: Fit) -> float:
    """How high everything is together."""
    heads = _head(sheet, found).size().height() + _foot(sheet).size().height()
    blocks = sum(_block_height(one, number, found, sheet)
                 for number, one in enumerate(sheet.shortlist.options, 1))  # fmt: skip
    return heads + blocks + (found.map_mm * _MM + 10 if found.map_mm else 0)


def _block_height(one: Option, number: int, found: Fit, sheet: Sheet) -> float:
    text = _text(one, number, found, sheet).size().height()
    least = (_CODE_MM + 6) * _MM if one.code else 0.0
    return max(text, least) + 8


def _document(html: str, width: float) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    document.setIndentWidth(20)
    document.setHtml(html)
    document.setTextWidth(width)
    return document


def _paragraph(text: str, size: float, *, bold: bool = False, above: float = 0.0) -> str:
    weight = "font-weight:600;" if bold else ""
    return (
        f'<p style="margin:{above:.1f}px 0 0 0; font-size:{size * _PT:.1f}px; {weight}'
        f'color:#1B211E">{escape(text)}</p>'
    )


def title_of(shortlist: Shortlist) -> str:
    """What stands at the top; a name only where somebody asked for it."""
    if shortlist.name:
        return tr("Things you might like, {name}", name=shortlist.name)
    if len(shortlist.options) == 1:
        return tr("Something you might like")
    return tr("Things you might like")


def _head(sheet: Sheet, found: Fit) -> QTextDocument:
    text = _paragraph(title_of(sheet.shortlist), found.points * 1.4, bold=True)
    return _document(text + _paragraph(" ", 4), _room()[0])


def _foot(sheet: Sheet) -> QTextDocument:
    """The day it was made, and who made the map."""
    made = tr("Made on {day}. Things change: ring first if you can.",
              day=long_date(sheet.shortlist.made, tr))  # fmt: skip
    credit = credit_of(sheet.shortlist, sheet.tiles)
    lines = [_paragraph(made, 10, above=6)]
    if credit:
        lines.append(_paragraph(credit, 8))
    return _document("".join(lines), _room()[0])


def lines_of(one: Option, number: int, shortlist: Shortlist, found: Fit) -> list[str]:
    """What is said of an option, line by line, its name first; shared with screen readers."""
    said = [f"{number}  {one.asset.name}"]
    what = one.what or one.kind
    said.append(_FIRST.split(what, maxsplit=1)[0] if found.brief else what)
    short = [fact for fact in one.facts if len(fact) <= _SHORT_FACT]
    if found.brief:  # what is read together shares a line
        said.append(_run_on([*one.when[:1], one.where]))
        said.append(_run_on([one.hello, *short]))
    else:
        said += [*one.when, one.where, one.hello, " ".join(one.facts)]
    said.append(way_words(one.way, shortlist.start))
    if found.directions and one.way is not None:
        said += one.way.steps
    return [line for line in said if line]


def _run_on(parts: list[str]) -> str:
    """Sentences after each other, each with its full stop."""
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part
    )


def _text(one: Option, number: int, found: Fit, sheet: Sheet) -> QTextDocument:
    """The words of an option beside its code."""
    width = _room()[0] - ((_CODE_MM + 5) * _MM if one.code else 0.0)
    head, *lines = lines_of(one, number, sheet.shortlist, found)
    html = _paragraph(head, found.points * 1.15, bold=True)
    html += "".join(_paragraph(line, found.points) for line in lines)
    return _document(html, width)


def draw(painter: QPainter, sheet: Sheet, found: Fit) -> None:
    """Paint the page; the painter's unit is a 96th of an inch, its corner that of the margins."""
    width, height = _room()
    head, foot = _head(sheet, found), _foot(sheet)
    head.drawContents(painter)
    top = head.size().height()
    for number, one in enumerate(sheet.shortlist.options, 1):
        text = _text(one, number, found, sheet)
        painter.save()
        painter.translate(0, top)
        text.drawContents(painter)
        painter.restore()
        if one.code:
            side = _CODE_MM * _MM
            draw_code(painter, one.code, QRectF(width - side, top, side, side), one.code_words)
        top += _block_height(one, number, found, sheet)
    bottom = height - foot.size().height()
    if found.map_mm and sheet.tiles is not None:
        box = QRectF(0, top, width, max(40.0, bottom - top - 4))
        draw_small_map(painter, sheet.shortlist, sheet.tiles, box)
    painter.save()
    painter.translate(0, bottom)
    foot.drawContents(painter)
    painter.restore()


def layout() -> QPageLayout:
    """A4 upright with its margins."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins,
        QPageLayout.Unit.Millimeter,
    )  # fmt: skip


def pdf(sheet: Sheet, found: Fit) -> bytes:
    """The page as a PDF made in memory alone; its properties name nobody."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout())
    writer.setTitle(_TITLE)
    writer.setCreator(_TITLE)
    _paint(writer, sheet, found)
    del writer
    return bytes(buffer.data().data())


def send_to_printer(parent: QWidget, sheet: Sheet, found: Fit) -> bool:
    """Ask for a printer and print; False where it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(layout())
    printer.setDocName(_TITLE)  # the name shows in print queues
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    printer.setPageLayout(layout())
    _paint(printer, sheet, found)
    return True


def picture(sheet: Sheet, found: Fit, width: int) -> QImage:
    """The page as it will look, so many pixels wide, for the preview."""
    scale = width / (_A4_MM[0] * _MM)
    image = QImage(QSizeF(width, _A4_MM[1] * _MM * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN_MM * _MM, MARGIN_MM * _MM)
    draw(painter, sheet, found)
    painter.end()
    return image


def _paint(device: QPaintDevice, sheet: Sheet, found: Fit) -> None:
    """Paint on a device whose page is set."""
    painter = QPainter(device)
    try:
        scale = device.logicalDpiX() / 96
        painter.scale(scale, scale)
        draw(painter, sheet, found)
    finally:
        painter.end()
