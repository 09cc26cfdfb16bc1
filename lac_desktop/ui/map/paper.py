# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map on paper, A4 or A3: title, map, key or numbered list, scale, north and credit.

The same drawing as on screen, as vectors. The title, the list and the credit are real text that
can be searched and read aloud; street names are outlines.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from lac_desktop.domain.kinds import CATEGORIES
from lac_desktop.services.maps import write_whole
from lac_desktop.ui.map import furniture
from lac_desktop.ui.map.markers import draw_marker
from lac_desktop.ui.map.picture import (
    Sheet,
    draw_map,
    fitted,
    held_back_words,
    points_of,
    scene_of,
)
from lac_desktop.ui.map.places import Marks, Places, in_view
from lac_desktop.ui.map.scene import Scene, draw_marks
from lac_desktop.ui.map.style import MM, load_style
from lac_desktop.ui.map.view import View
from lac_desktop.ui.words import count, tr

#: Paper sizes that are offered.
PAPERS = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
#: Up to so many places get a number and a line in the list; more are shown by category.
NUMBERED = {"A4": 30, "A3": 60}

_MARGIN_MM = 12.0
_DPI = 300
_INK = QColor("#1B211E")
_PT = 96 / 72


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the sheet besides the map."""

    title: str
    line: str = ""  # under the title, such as the filter in words
    foot: str = ""  # such as "Checked in March 2026. Tell us what has changed: ..."


def print_pdf(sheet: Sheet, path: Path, words: Words, *, paper: str = "A4") -> None:
    """Write the view as a PDF of one page, whole or not at all.

    The paper lies the way the view does. Raises LacError where the file cannot be written.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(words.title)
    writer.setCreator("LAC Desktop")
    page = page_for(sheet, paper)
    writer.setPageLayout(page)
    painter = QPainter(writer)
    try:
        draw_page(painter, sheet, words, page, paper)
    finally:
        painter.end()
    buffer.close()
    write_whole(path, bytes(data.data()))


def page_for(sheet: Sheet, paper: str) -> QPageLayout:
    """A page that lies the way the view does, with margins of 12 mm."""
    wide = sheet.view.width > sheet.view.height
    lies = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(PAPERS[paper]), lies, margin, QPageLayout.Unit.Millimeter)


def draw_page(painter: QPainter, sheet: Sheet, words: Words, page: QPageLayout, paper: str) -> None:
    """Draw the page with the painter of a printer or of a PDF file."""
    room = page.paintRect(QPageLayout.Unit.Millimeter)
    size = (room.width() / MM, room.height() / MM)
    device = painter.device()
    scale = device.width() / size[0]
    painter.scale(scale, scale)
    page_box = QRectF(0, 0, *size)
    large = 1.3 if paper == "A3" else 1.0
    top = _heading(painter, page_box, words, large)
    numbered = _numbered(sheet, paper)
    foot = _foot_height(painter, page_box, sheet, words)
    key = _Key(sheet, numbered, large)
    high = key.height(painter, page_box.width())
    frame = QRectF(0, top, size[0], size[1] - top - foot - high - 14)
    _map(painter, sheet, frame, numbered, large)
    key.draw(painter, QRectF(0, frame.bottom() + 10, size[0], high))
    _foot(painter, QRectF(0, size[1] - foot, size[0], foot), sheet, words)


def _heading(painter: QPainter, page: QRectF, words: Words, large: float) -> float:
    """Title and the line under it; gives where the map begins."""
    top = 0.0
    for text, pt, weight in (
        (words.title, 20 * large, QFont.Weight.Bold),
        (words.line, 11 * large, QFont.Weight.Normal),
    ):
        if text:
            top += _text(painter, QRectF(0, top, page.width(), 400), text, pt, weight)
    return top + 8


def in_sight(sheet: Sheet) -> list[int]:
    """Places (positions in the list) that lie in the view."""
    view, places = sheet.view, points_of(sheet.assets)
    return places.rids[in_view(places, view)].tolist()


def _numbered(sheet: Sheet, paper: str) -> list[int]:
    """Places that get a number, or none where there are too many."""
    chosen = in_sight(sheet)
    return chosen if 0 < len(chosen) <= NUMBERED[paper] else []


def _map(
    painter: QPainter, sheet: Sheet, frame: QRectF, numbered: Sequence[int], large: float
) -> None:
    """The map in its frame, with numbers or clusters, scale and north."""
    view = fitted(sheet, frame.width(), frame.height())
    paper_sheet = replace(sheet, view=view, style="print", text_scale=sheet.text_scale * large)
    scene, marks = scene_of(paper_sheet, view)
    painter.save()
    painter.translate(frame.topLeft())
    painter.setClipRect(QRectF(0, 0, frame.width(), frame.height()))
    if numbered:
        places = spread(scene.places, view, 26.0 * large)
        each = np.arange(len(places) + 1)
        marks = Marks(view.zoom, places.x, places.y, each[:-1], each)
        draw_map(painter, view, scene, marks)
        _numbers(painter, view, scene, places, numbered, large)
    else:
        draw_map(painter, view, scene, marks)
        draw_marks(painter, view, scene, marks)
    furniture.draw_scale(painter, view, scene.style, large)
    _north(painter, view, large)
    painter.setClipping(False)
    painter.setPen(QPen(_INK, 0.5 / MM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0, 0, frame.width(), frame.height()))
    painter.restore()


def spread(places: Places, view: View, apart: float) -> Places:
    """Move markers that would hide each other a little apart, so each number can be read."""
    scale = view.scale
    xy = np.column_stack((places.x, places.y)) * scale
    for _round in range(60):
        gap = xy[:, None, :] - xy[None, :, :]
        away = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(away, np.inf)
        if not away.size or away.min() >= apart * 0.98:
            break
        close = away < apart
        # The same spot has no direction: turn each pair by its own angle.
        turn = np.arange(len(xy)) * 2.399963
        aside = np.stack((np.cos(turn), np.sin(turn)), axis=1)
        unit = np.where(
            (away < 1e-6)[..., None],
            aside[:, None, :] - aside[None, :, :],
            gap / np.maximum(away, 1e-6)[..., None],
        )
        push = np.where(close, (apart - np.minimum(away, apart)) / 2, 0.0)
        xy = xy + (unit * push[..., None]).sum(axis=1) * 0.6
    return Places(places.rids, xy[:, 0] / scale, xy[:, 1] / scale, places.categories)


def _numbers(
    painter: QPainter,
    view: View,
    scene: Scene,
    places: Places,
    numbered: Sequence[int],
    large: float,
) -> None:
    """Markers 9 mm high with a number in place of the letter."""
    place_of = {rid: at for at, rid in enumerate(places.rids.tolist())}
    size = 9.0 / MM / 27 * large * 0.9
    for number, rid in reversed(list(enumerate(numbered, 1))):
        at = place_of[rid]
        x, y = view.to_pixels(float(places.x[at]), float(places.y[at]))
        category = str(places.categories[at])
        draw_marker(painter, category, x, y, scene.style, size, str(number))


def _north(painter: QPainter, view: View, large: float) -> None:
    """An arrow to the north in the upper right corner."""
    x, y = view.width - 24 * large, 24 * large
    painter.save()
    painter.translate(x, y)
    painter.scale(large, large)
    painter.setPen(QPen(QColor("#FFFFFF"), 3))
    painter.setBrush(_INK)
    arrow = QPolygonF([QPointF(0, -14), QPointF(7, 8), QPointF(0, 3), QPointF(-7, 8)])
    painter.drawPolygon(arrow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(arrow)
    painter.restore()
    box = QRectF(x - 20, y + 8 * large, 40, 20 * large)
    _text(painter, box, tr("N"), 9 * large, QFont.Weight.Bold, Qt.AlignmentFlag.AlignHCenter)


class _Key:
    """What stands under the map: the numbered list, or the categories that occur."""

    def __init__(self, sheet: Sheet, numbered: Sequence[int], large: float) -> None:
        self._large = large
        self._pt = (9.5 if large > 1 else 8.5) * (1.15 if large > 1 else 1.0)
        if numbered:
            self._rows = [
                (sheet.assets[rid].category, str(number), sheet.assets[rid].name)
                for number, rid in enumerate(numbered, 1)
            ]
            self._wide = 230.0 * large
        else:
            found = {sheet.assets[rid].category for rid in in_sight(sheet)}
            self._rows = [
                (letter, letter, tr(names[1]))
                for letter, names in CATEGORIES.items()
                if letter in found
            ]
            self._wide = 190.0 * large

    def _columns(self, width: float) -> int:
        return max(1, min(len(self._rows) or 1, int(width // self._wide)))

    def _row_high(self) -> float:
        return self._pt * _PT * 1.95

    def height(self, _painter: QPainter, width: float) -> float:
        """How much room it needs."""
        return math.ceil(len(self._rows) / self._columns(width)) * self._row_high() + 6

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it, column by column."""
        columns = self._columns(box.width())
        per = math.ceil(len(self._rows) / columns)
        step = box.width() / columns
        font = _font(painter, self._pt, QFont.Weight.Normal)
        metrics = QFontMetricsF(font)
        for at, (letter, sign, words) in enumerate(self._rows):
            left = box.left() + at // per * step
            middle = box.top() + (at % per + 0.5) * self._row_high()
            draw_marker(
                painter, letter, left + 10, middle, load_style("print"), 0.68 * self._large, sign
            )
            painter.setFont(font)
            painter.setPen(_INK)
            short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, step - 34 * self._large)
            line = QRectF(left + 24 * self._large, middle - 20, step - 30 * self._large, 40)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), short)


def _foot_words(sheet: Sheet, words: Words) -> str:
    """The last lines: what is shown and what not, the sheet's own foot, and the credit."""
    shown = len(in_sight(sheet))
    said = [count("{n} place on this map", "{n} places on this map", shown)]
    said.append(held_back_words(sheet.held_back))
    first = ", ".join(part for part in said if part) + "."
    return "\n".join(part for part in (f"{first} {words.foot}".strip(), sheet.credit) if part)


def _foot_height(painter: QPainter, page: QRectF, sheet: Sheet, words: Words) -> float:
    """How much room the last lines need."""
    metrics = QFontMetricsF(_font(painter, 8.5, QFont.Weight.Normal))
    flags = int(Qt.TextFlag.TextWordWrap)
    box = QRectF(0, 0, page.width(), 400)
    return metrics.boundingRect(box, flags, _foot_words(sheet, words)).height() * 1.05 + 4


def _foot(painter: QPainter, box: QRectF, sheet: Sheet, words: Words) -> None:
    """Draw the last lines."""
    _text(painter, box, _foot_words(sheet, words), 8.5, QFont.Weight.Normal)


def _font(painter: QPainter, pt: float, weight: QFont.Weight) -> QFont:
    """A font of so many points on a page whose unit is a 96th of an inch."""
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(pt * _PT)))
    font.setWeight(weight)
    return font


def _text(
    painter: QPainter,
    box: QRectF,
    text: str,
    pt: float,
    weight: QFont.Weight,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Write text in a box, wrapped; gives its height."""
    painter.setFont(_font(painter, pt, weight))
    painter.setPen(_INK)
    flags = int(Qt.TextFlag.TextWordWrap) | int(align.value)
    used = painter.boundingRect(box, flags, text)
    painter.drawText(box, flags, text)
    return used.height()
