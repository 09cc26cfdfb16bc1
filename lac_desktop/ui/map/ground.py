# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lies on the street map under the markers: ward and LSOA outlines, and walking areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from lac_desktop.ui.map.style import Style
from lac_desktop.ui.map.view import Floats, View, project

_SMALLEST_PX = 70.0  # a smaller area is a tangle of dashes
_VEILED_PX = 260.0  # around a smaller one the veil would grey the whole map


@dataclass(frozen=True, slots=True, eq=False)
class WalkingArea:
    """Where one gets on foot: minutes, rings (n, 2) in world coordinates, and the words for it.

    ``about`` says that it is as the crow flies.
    """

    minutes: float
    rings: tuple[Floats, ...]
    about: bool = False

    @property
    def words(self) -> str:
        """What stands on the line."""
        from lac_desktop.ui.words import tr

        minutes = f"{self.minutes:g}"
        if self.about:
            return tr("about {minutes} min", minutes=minutes)
        return tr("{minutes} min", minutes=minutes)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The outline of a ward or LSOA with its name; rings (n, 2) in world coordinates."""

    name: str
    rings: tuple[Floats, ...]


def world_rings(rings: Sequence[Any]) -> tuple[Floats, ...]:
    """Rings of longitude and latitude in degrees, as world coordinates."""
    out = []
    for ring in rings:
        degrees = np.asarray(ring, np.float64).reshape(-1, 2)
        out.append(np.column_stack(project(degrees[:, 1], degrees[:, 0])))
    return tuple(out)


def draw_outlines(painter: QPainter, view: View, outlines: Sequence[Outline], style: Style) -> None:
    """Draw ward or LSOA outlines: a light band with a dashed line on it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [line for outline in outlines for line in _seen(view, outline.rings)]
    band = QColor(style.ui["ring_halo"])
    band.setAlphaF(0.7)
    for pen in (_pen(band, 4.0), _pen(style.ui["ward"], 1.5, [7.0, 3.0, 1.5, 3.0])):
        painter.setPen(pen)
        for line in lines:
            painter.drawPolyline(line)
    painter.restore()


def outline_spots(view: View, outlines: Sequence[Outline]) -> list[tuple[float, float, str]]:
    """Where the names of outlines may stand: the middle of each, in pixels."""
    out = []
    for outline in outlines:
        if outline.rings:
            ring = max(outline.rings, key=len)
            x, y = view.to_pixels(*((ring.min(axis=0) + ring.max(axis=0)) / 2))
            wide = float(np.ptp(ring[:, 0])) * view.scale
            if wide > 90 and 0 <= x <= view.width and 0 <= y <= view.height:
                out.append((float(x), float(y), outline.name))
    return out


def draw_walk(
    painter: QPainter, view: View, areas: Sequence[WalkingArea], style: Style, text_scale: float
) -> None:
    """Draw walking areas: a veil outside the largest, dashed lines, minutes in pills."""
    areas = _large_enough(view, areas)
    if not areas:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    largest = max(areas, key=lambda area: area.minutes)
    if _across(view, largest) >= _VEILED_PX:
        veil = QPainterPath()
        veil.addRect(QRectF(-4, -4, view.width + 8, view.height + 8))
        for ring in _seen(view, largest.rings, whole=True):
            veil.addPolygon(ring)
        painter.fillPath(veil, style.ui["veil"])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = {id(area): _seen(view, area.rings) for area in areas}
    halo = QColor(style.ui["ring_halo"])
    halo.setAlphaF(0.8)
    for pen in (_pen(halo, 1.6 + 3.5), _pen(style.ui["accent"], 1.6, [7 / 1.6, 5 / 1.6])):
        painter.setPen(pen)
        for area in areas:
            for line in lines[id(area)]:
                painter.drawPolyline(line)
    for area, box in pills(view, areas, text_scale):
        _draw_pill(painter, area, box, style, text_scale)
    painter.restore()


def _across(view: View, area: WalkingArea) -> float:
    """How wide an area is, in pixels."""
    return max((float(np.ptp(ring[:, 0])) * view.scale for ring in area.rings), default=0.0)


def _pen(colour: QColor, width: float, dash: list[float] | None = None) -> QPen:
    """A pen with round joins; dashes in widths."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash is not None:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(dash)
    return pen


def _seen(view: View, rings: Sequence[Floats], whole: bool = False) -> list[QPolygonF]:
    """Rings in pixels without points closer than a pixel; only the stretches near the view.

    With ``whole`` the rings stay closed, for filling.
    """
    out = []
    for ring in rings:
        px, py = view.to_pixels(ring[:, 0], ring[:, 1])
        xy = np.column_stack((px, py))
        keep = np.concatenate(([True], np.any(np.diff(np.round(xy), axis=0) != 0, axis=1)))
        xy = xy[keep]
        if len(xy) < 3:
            continue
        low, high = xy.min(axis=0), xy.max(axis=0)
        apart = high[0] < 0 or high[1] < 0 or low[0] > view.width or low[1] > view.height
        if apart and not whole:
            continue
        if whole:
            out.append(_polygon(xy))
            continue
        inside = ((xy > -60) & (xy < (view.width + 60, view.height + 60))).all(axis=1)
        near = inside | np.roll(inside, 1) | np.roll(inside, -1)
        out += [_polygon(xy[a:b]) for a, b in _runs(near) if b - a > 1]
    return out


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of a mask that are true, as half-open ranges."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _polygon(xy: Floats) -> QPolygonF:
    """Points as a Qt polygon."""
    return QPolygonF([QPointF(x, y) for x, y in xy.tolist()])


def pills(
    view: View, areas: Sequence[WalkingArea], text_scale: float
) -> list[tuple[WalkingArea, QRectF]]:
    """Where the minutes stand: on their line, in the north of the picture, on no other pill."""
    metrics = QFontMetricsF(_pill_font(text_scale))
    high = metrics.height() + 4
    out: list[tuple[WalkingArea, QRectF]] = []
    for area in sorted(_large_enough(view, areas), key=lambda area: -area.minutes):
        wide = metrics.horizontalAdvance(area.words) + 18
        for x, y in _northern(view, area.rings):
            box = QRectF(x - wide / 2, y - high / 2, wide, high)
            if not any(box.adjusted(-4, -4, 4, 4).intersects(other) for _area, other in out):
                out.append((area, box))
                break
    return out


def _pill_font(text_scale: float) -> QFont:
    """The small text of the pills."""
    font = QFont()
    font.setPixelSize(round(12.5 * text_scale))
    return font


def _draw_pill(
    painter: QPainter, area: WalkingArea, box: QRectF, style: Style, text_scale: float
) -> None:
    """The minutes of an area in their pill."""
    painter.setPen(QPen(style.ui["accent"], 1.2))
    painter.setBrush(style.ui["tag"])
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(_pill_font(text_scale))
    painter.setPen(style.ui["ink"])
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, area.words)


def _large_enough(view: View, areas: Sequence[WalkingArea]) -> list[WalkingArea]:
    """The areas that are worth drawing at this zoom."""
    return [area for area in areas if _across(view, area) >= _SMALLEST_PX]


def _northern(view: View, rings: Sequence[Floats]) -> list[tuple[float, float]]:
    """Points of rings from north to south: those well inside the picture before the others."""
    if not rings:
        return []
    xy = np.concatenate(rings)
    px, py = view.to_pixels(xy[:, 0], xy[:, 1])
    # The ground is painted 1.7 times as large as the window: its middle is what is seen.
    inside = (np.abs(px / view.width - 0.5) < 0.27) & (np.abs(py / view.height - 0.5) < 0.26)
    seen = (px > 60) & (px < view.width - 60) & (py > 24) & (py < view.height - 40)
    order = np.lexsort((py, ~inside))
    order = order[seen[order]][::6]
    return list(zip(px[order].tolist(), py[order].tolist(), strict=True))
