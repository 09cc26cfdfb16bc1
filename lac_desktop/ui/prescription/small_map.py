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
from lac_desktop.ui.map.places import Marks
from lac_desktop.ui.map.style import MM
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import View, box_of, project, project_point, view_of
from lac_desktop.ui.words import tr

_INK = QColor("#1B211E")
_WAY = QColor("#14595A")
_EDGE_PX = 44.0
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
    view = view_of(box, width, height, _EDGE_PX)
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
    picture.draw_map(painter, view, scene, marks)
    _draw_ways(painter, shortlist, view)
    for at in range(len(places) - 1, -1, -1):
        rid = int(places.rids[at])
        x, y = view.to_pixels(float(places.x[at]), float(places.y[at]))
        category = str(places.categories[at])
        draw_marker(painter, category, x, y, scene.style, 1.25, str(rid + 1))
    _draw_start(painter, shortlist, view)
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


def _draw_start(painter: QPainter, shortlist: Shortlist, view: View) -> None:
    """A dot with "Start here", where the ways begin."""
    if shortlist.start is None:
        return
    x, y = view.to_pixels(*project_point(shortlist.start.point))
    if all(one.asset.point != shortlist.start.point for one in shortlist.options):
        painter.setPen(QPen(QColor("#FFFFFF"), 2.5))
        painter.setBrush(_INK)
        painter.drawEllipse(QPointF(x, y), 8, 8)
    words = tr("Start here")
    font = QFont(painter.font())
    font.setPixelSize(17)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    wide = QFontMetricsF(font).horizontalAdvance(words) + 14
    left = min(max(4.0, x - wide / 2), view.width - wide - 4)
    top = y + 18 if y + 46 < view.height else y - 44
    box = QRectF(left, top, wide, 25)
    painter.setPen(QPen(_INK, 1))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(_INK)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
