# SPDX-License-Identifier: AGPL-3.0-or-later
"""Paint the street map without its names: the same code for screen, pictures and print.

Everything is in logical pixels of the view; who wants more dots an inch scales the painter.
Painting goes by drawing class over all tiles, one feature a call: a single large path takes
many times as long (1,000 lines: 1,235 ms in one path, 52 ms one by one).
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from lac_desktop.services.maps import UNITS
from lac_desktop.ui.map.style import ROADS, Style
from lac_desktop.ui.map.tiles import Placed
from lac_desktop.ui.map.view import View

#: Called between drawing calls; lets a worker step aside or stop (by raising).
Pause = Callable[[], None]


def no_pause() -> None:
    """Paint straight on."""


def draw_base(
    painter: QPainter, view: View, tiles: Sequence[Placed], style: Style, pause: Pause = no_pause
) -> None:
    """Paint land, areas, water, buildings, streets, railways and boundaries."""
    base = painter.transform()
    painter.fillRect(QRectF(0, 0, view.width, view.height), style.ui["land"])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if any(tile.shapes.picture for tile in tiles):
        _pictures(painter, tiles)
    else:
        sheet = _Sheet(painter, view, tiles, style, pause)
        sheet.areas()
        sheet.waterways()
        sheet.buildings()
        sheet.streets()
        sheet.boundaries()
    painter.setTransform(base)


def _pictures(painter: QPainter, tiles: Sequence[Placed]) -> None:
    """Lay raster tiles side by side."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for tile in tiles:
        if tile.shapes.picture is not None:
            target = QRectF(tile.left, tile.top, tile.side, tile.side)
            painter.drawImage(target, tile.shapes.picture)


class _Sheet:
    """One painting of one view."""

    def __init__(
        self, painter: QPainter, view: View, tiles: Sequence[Placed], style: Style, pause: Pause
    ) -> None:
        self._painter = painter
        self._zoom = view.zoom
        self._tiles = tiles
        self._style = style
        self._pause = pause
        self._unit = tiles[0].side / UNITS if tiles else 1.0  # pixels of one tile unit
        base = painter.transform()
        self._transforms = [
            QTransform(self._unit, 0, 0, self._unit, tile.left, tile.top) * base for tile in tiles
        ]

    def areas(self) -> None:
        """Land use, green and water, in the order of the style."""
        for cls, colour in self._style.area.items():
            if cls != "building" and self._style.widths.shows(cls, self._zoom):
                self._fill(cls, colour, self._style.edge.get(cls))

    def buildings(self) -> None:
        """Buildings, with an edge once they are large enough."""
        colour = self._style.area.get("building")
        if colour is not None and self._style.widths.shows("building", self._zoom):
            edge = self._style.edge.get("building") if self._zoom >= 14.5 else None
            self._fill("building", colour, edge)

    def waterways(self) -> None:
        """Rivers and streams; what runs in a tunnel is not seen."""
        for cls in ("stream", "river"):
            self._stroke(cls, (cls, f"{cls}/bridge"), self._style.line[cls], self._px(cls))

    def streets(self) -> None:
        """Tunnels, paths, street edges, street fills, railways, then bridges."""
        line = self._style.line
        for cls in ROADS:
            if f"{cls}/tunnel" in self._present():
                faint = QColor(line[cls])
                faint.setAlphaF(0.45)
                self._stroke(cls, (f"{cls}/tunnel",), faint, self._px(cls))
        for cls in ("path", "track"):
            names = (cls, f"{cls}/bridge", f"{cls}/tunnel")
            self._stroke(cls, names, line[cls], self._px(cls), self._style.widths.dash[cls])
        self._roads("")
        self._rails()
        self._roads("/bridge")

    def boundaries(self) -> None:
        """County and country borders, dashed."""
        for cls in ("boundary", "border"):
            dash = self._style.widths.dash[cls]
            self._stroke(cls, (cls,), self._style.line[cls], self._px(cls), dash)

    def _roads(self, level: str) -> None:
        """All edges first, then all fills, so that crossings are open."""
        edge = self._style.widths.edge_px(self._zoom)
        for cls in ROADS:
            casing = self._style.casing.get(cls)
            if casing is not None and self._px(cls) > 1.0:
                flat = level == "/bridge"
                self._stroke(cls, (cls + level,), casing, self._px(cls) + 2 * edge, flat=flat)
        for cls in ROADS:
            thin = self._px(cls) <= 1.0 and cls in self._style.casing
            colour = self._style.casing[cls] if thin else self._style.line[cls]
            self._stroke(cls, (cls + level,), colour, self._px(cls))

    def _rails(self) -> None:
        """Railways: a line with light gaps once there is room for them."""
        names = ("rail", "rail/bridge")
        width = self._px("rail")
        self._stroke("rail", names, self._style.line["rail"], width, flat=True)
        if width >= 1.6:
            gap = self._style.ui["rail_gap"]
            dash = self._style.widths.dash["rail"]
            self._stroke("rail", names, gap, width * 0.55, dash, flat=True)

    def _px(self, cls: str) -> float:
        """Width of a class at this zoom."""
        return self._style.widths.px(cls, self._zoom)

    def _present(self) -> set[str]:
        """Line classes that occur in the view."""
        return {cls for tile in self._tiles for cls in tile.shapes.lines}

    def _fill(self, cls: str, colour: QColor, edge: QColor | None) -> None:
        """Fill every area of a class; the edge hides the seams between tiles."""
        painter = self._painter
        pen = QPen(edge or colour)
        pen.setWidthF((0.8 if edge else 0.4) / self._unit)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        # An edge of its own colour would also draw the cuts between tiles.
        own = edge is not None and cls == "building"
        painter.setPen(pen if own else Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for tile, transform in zip(self._tiles, self._transforms, strict=True):
            shapes = tile.shapes.areas.get(cls)
            if shapes:
                painter.setTransform(transform)
                for path in shapes:
                    painter.drawPath(path)
                self._pause()

    def _stroke(
        self,
        cls: str,
        names: Sequence[str],
        colour: QColor,
        width: float,
        dash: list[float] | None = None,
        flat: bool = False,
    ) -> None:
        """Draw every line of some classes with one pen, in logical pixels."""
        if not self._style.widths.shows(cls, self._zoom):
            return
        painter = self._painter
        pen = QPen(colour, width / self._unit)
        round_cap = not flat and dash is None and width > 1.5
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_cap else Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if width > 1.5 else Qt.PenJoinStyle.BevelJoin)
        if dash is not None:
            pen.setDashPattern(dash)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for tile, transform in zip(self._tiles, self._transforms, strict=True):
            lines = [line for name in names for line in tile.shapes.lines.get(name, ())]
            if lines:
                painter.setTransform(transform)
                for line in lines:
                    painter.drawPolyline(line)
                self._pause()
