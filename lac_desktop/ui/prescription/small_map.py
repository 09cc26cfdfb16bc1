# SPDX-License-Identifier: AGPL-3.0-or-later
"""The small map of the page: numbers for the places, the ways to them, and where they start."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from lac_desktop.services.prescription import Shortlist
from lac_desktop.ui.map import furniture, picture
from lac_desktop.ui.map.markers import draw_marker
from lac_desktop.ui.map.paper import spread
from lac_desktop.ui.map.places import Marks, Places
from lac_desktop.ui.map.style import MM
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import View, box_of, project, project_point, view_of
from lac_desktop.ui.words import tr

_INK = QColor("#1B211E")
_WAY = QColor("#14595A")
_EDGE_PX, _EDGE_SHARE = 44.0, 0.17  # room round the places; less of it on a low map
_MARK = 17.0
_CLOSEST = 16.5


def credit_of(shortlist: Shortlist, tiles: TileCache | None) -> str:
    """Who made the map and who gave the places."""
    view = View(0.5, 0.5, 2, 10, 10)
    return picture.Sheet(view, [one.asset for one in shortlist.options], tiles).credit


def _view(shortlist: Shortlist, width: float, height: float) -> View:
    """The ground that holds every place and every way."""
    spots = [one.asset.point for one in shortlist.options if one.asset.point is not None]
    spots += [shortlist.start.point] if shortlist.start is not None else []
    lats, lons = [p.lat for p in spots], [p.lon for p in spots]
    for one in shortlist.options:
        if one.way is not None:
            lats += [lat for lat, _lon in one.way.line]
            lons += [lon for _lat, lon in one.way.line]
    box = box_of(lats, lons)
    assert box is not None  # a page without a place has no map
    view = view_of(box, width, height, min(_EDGE_PX, height * _EDGE_SHARE))
    return replace(view, zoom=min(_CLOSEST, view.zoom))


def draw_small_map(
    painter: QPainter, shortlist: Shortlist, tiles: TileCache, frame: QRectF
) -> None:
    """Draw it into the frame of a page whose unit is a 96th of an inch."""
    view = _view(shortlist, frame.width(), frame.height())
    assets = [one.asset for one in shortlist.options]
    scene, _marks = picture.scene_of(
        picture.Sheet(view, assets, tiles, style="print", text_scale=1.2), view
    )
    places = spread(scene.places, view, 34.0)
    each = np.arange(len(places) + 1)
    marks = Marks(view.zoom, places.x, places.y, each[:-1], each)
    painter.save()
    painter.translate(frame.topLeft())
    painter.setClipRect(QRectF(0, 0, frame.width(), frame.height()))
    start = _start_box(painter, shortlist, view, places)
    picture.draw_map(painter, view, scene, marks, _taken(start, shortlist, view))
    _draw_ways(painter, shortlist, view)
    for at in range(len(places) - 1, -1, -1):
        rid = int(places.rids[at])
        x, y = view.to_pixels(float(places.x[at]), float(places.y[at]))
        category = str(places.categories[at])
        draw_marker(painter, category, x, y, scene.style, 1.25, str(rid + 1))
    _draw_start(painter, shortlist, view, start)
    furniture.draw_scale(painter, view, scene.style, 1.1)
    painter.setClipping(False)
    painter.setPen(QPen(_INK, 0.5 / MM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0, 0, frame.width(), frame.height()))
    painter.restore()


def _draw_ways(painter: QPainter, shortlist: Shortlist, view: View) -> None:
    """The ways as dashed lines on a white edge, which survive a black printer."""
    for one in shortlist.options:
        if one.way is None or len(one.way.line) < 2:
            continue
        degrees = np.array(one.way.line)
        x, y = view.to_pixels(*project(degrees[:, 0], degrees[:, 1]))
        line = QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
        for colour, wide, style in (
            (QColor("#FFFFFF"), 7.0, Qt.PenStyle.SolidLine),
            (_WAY, 3.6, Qt.PenStyle.DashLine),
        ):
            pen = QPen(colour, wide, style)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(line)


def _start_font(painter: QPainter) -> QFont:
    """The font of "Start here"."""
    font = QFont(painter.font())
    font.setPixelSize(17)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _start_box(
    painter: QPainter, shortlist: Shortlist, view: View, places: Places
) -> QRectF | None:
    """Where "Start here" stands; it keeps off the places."""
    if shortlist.start is None:
        return None
    x, y = view.to_pixels(*project_point(shortlist.start.point))
    wide = QFontMetricsF(_start_font(painter)).horizontalAdvance(tr("Start here")) + 14
    return _beside(x, y, wide, view, places)


def _taken(start: QRectF | None, shortlist: Shortlist, view: View) -> list[list[float]]:
    """What the start and its words take, for the names of streets to keep off."""
    if start is None or shortlist.start is None:
        return []
    x, y = view.to_pixels(*project_point(shortlist.start.point))
    dot = [x - 11, y - 11, x + 11, y + 11]
    return [dot, [start.left(), start.top(), start.right(), start.bottom()]]


def _draw_start(painter: QPainter, shortlist: Shortlist, view: View, box: QRectF | None) -> None:
    """A dot with "Start here", where the ways begin."""
    if shortlist.start is None or box is None:
        return
    x, y = view.to_pixels(*project_point(shortlist.start.point))
    if all(one.asset.point != shortlist.start.point for one in shortlist.options):
        painter.setPen(QPen(QColor("#FFFFFF"), 2.5))
        painter.setBrush(_INK)
        painter.drawEllipse(QPointF(x, y), 8, 8)
    painter.setFont(_start_font(painter))
    painter.setPen(QPen(_INK, 1))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(_INK)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), tr("Start here"))


def _beside(x: float, y: float, wide: float, view: View, places: Places) -> QRectF:
    """Where words so wide stand at a point, covering as little of the places as can be."""
    high = 25.0
    left, top = x - wide / 2, y - high / 2
    options = [
        QRectF(left, y + 18, wide, high), QRectF(left, y - 18 - high, wide, high),
        QRectF(x + 18, top, wide, high), QRectF(x - 18 - wide, top, wide, high),
    ]  # fmt: skip
    px, py = view.to_pixels(places.x, places.y)
    marks = [QRectF(a - _MARK, b - _MARK, 2 * _MARK, 2 * _MARK)
             for a, b in zip(px.tolist(), py.tolist(), strict=True)]  # fmt: skip
    for box in options:
        box.moveLeft(min(max(4.0, box.left()), view.width - wide - 4))
        box.moveTop(min(max(4.0, box.top()), view.height - high - 4))

    def covered(box: QRectF) -> float:
        shared = (box.intersected(mark) for mark in marks)
        return sum(one.width() * one.height() for one in shared)

    return min(options, key=covered)
