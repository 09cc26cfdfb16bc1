# SPDX-License-Identifier: AGPL-3.0-or-later
"""Save and print what the map shows, from the window or from a notebook without one."""

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import UK, Box
from lac_desktop.domain.query import Query
from lac_desktop.services import exporting
from lac_desktop.services.maps import map_of
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.map.paper import PAPERS, Words, draw_page, page_for, print_pdf
from lac_desktop.ui.map.picture import Sheet, points_of, render_picture, save_picture
from lac_desktop.ui.map.places import in_view
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import box_of, view_of
from lac_desktop.ui.map.widget import MapView

__all__ = [
    "PAPERS",
    "Words",
    "print_on_paper",
    "print_pdf",
    "render_picture",
    "save_demo_picture",
    "save_picture",
    "sheet_of",
]


def sheet_of(map_view: MapView, leaving: exporting.Leaving, *, walk: bool = False) -> Sheet:
    """What the map shows, made of what may leave: says how many in view are not on it.

    ``walk`` keeps the walking area; only for one that starts at a place, never at a home.
    """
    shown = points_of(leaving.public)
    seen_public = int(in_view(shown, map_view.view).sum())
    scene = map_view.scene()
    return Sheet(
        view=map_view.view,
        assets=leaving.public,
        tiles=scene.tiles,
        held_back=max(0, map_view.in_view - seen_public),
        walk=scene.walk if walk else (),
        outlines=scene.outlines,
        style=scene.style.name,
        text_scale=scene.text_scale,
    )


def print_on_paper(parent: QWidget, sheet: Sheet, words: Words, *, paper: str = "A4") -> bool:
    """Ask for a printer and print; False where it was cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_for(sheet, paper))
    printer.setDocName("LAC Desktop")  # the name shows in print queues
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    painter = QPainter(printer)
    try:
        draw_page(painter, sheet, words, printer.pageLayout(), paper)
    finally:
        painter.end()
    return True


def save_demo_picture(notebook: Notebook, file: Path) -> None:
    """Draw the whole area of a notebook's pack as a PNG, with or without a window system.

    Raises LacError where it cannot be written.
    """
    application: QGuiApplication | None = None
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        application = QGuiApplication([])
    leaving = exporting.plan(notebook, Query())
    tiles = map_of(notebook)
    try:
        view = view_of(_area(notebook, leaving), 1366, 768)
        sheet = Sheet(view, leaving.public, TileCache(tiles) if tiles else None)
        save_picture(sheet, file, dots=1.0)
    finally:
        if tiles is not None:
            tiles.close()
        del application


def _area(notebook: Notebook, leaving: exporting.Leaving) -> Box:
    """The pack's area, else the box round what leaves."""
    if notebook.pack is not None:
        return notebook.pack.info.bounds
    points = [asset.point for asset in leaving.public if asset.point is not None]
    box = box_of([point.lat for point in points], [point.lon for point in points])
    return box if box is not None else UK
