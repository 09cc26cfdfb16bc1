# SPDX-License-Identifier: AGPL-3.0-or-later
"""Exactly what people will see: the published places as a map and as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QLabel,
    QListWidget,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from lac_desktop.domain.geometry import UK
from lac_desktop.services.exporting import Leaving
from lac_desktop.services.maps import map_of
from lac_desktop.ui.map.picture import Sheet, render_picture
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.map.view import box_of, view_of
from lac_desktop.ui.widgets import column, row, tool
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: Pixels at 100 % text round the places: what stands at the foot of the map covers none of them.
_EDGE = 50.0


class Preview(QWidget):
    """A picture and its equal list; both are made of published assets alone."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Places that leave"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._picture)
        self._stack.addWidget(self._list)
        group = QButtonGroup(self)
        segments = row(gap=0)
        for at, (words, look) in enumerate(
            ((tr("Map"), "segment-first"), (tr("List"), "segment-last"))
        ):
            made = tool(words, look, checkable=True)
            made.setChecked(at == 0)
            made.clicked.connect(lambda _on=False, i=at: self._stack.setCurrentIndex(i))
            group.addButton(made)
            segments.addWidget(made)
        segments.addStretch(1)
        self.setLayout(column(segments, self._stack, gap=8))
        self._leaving: Leaving | None = None
        self._drawn: tuple[object, ...] = ()
        self.fit()

    def fit(self) -> None:
        """Take the room and the colours of this text size and theme."""
        high = self._desk.theme.scaled(300)
        for part in (self._picture, self._list, self._stack):
            part.setFixedHeight(high)
        self._draw()

    def show_public(self, leaving: Leaving) -> None:
        """Show what a plan lets leave."""
        self._leaving = leaving
        self._list.clear()
        kinds = self._session.notebook.kinds.kinds
        for one in leaving.public:
            kind = kinds.get(one.kind)
            parts = (one.name, kind.name if kind else "", one.address, one.postcode)
            self._list.addItem(", ".join(part for part in parts if part))
        mapped = sum(1 for one in leaving.public if one.point is not None)
        self._picture.setAccessibleName(
            count("Map with {n} place. The list says the same.",
                  "Map with {n} places. The list says the same.", mapped)
        )  # fmt: skip
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new width."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        """Draw the map on a worker thread; it shows when it is ready."""
        leaving, wide = self._leaving, self._stack.width()
        theme = self._desk.theme
        asked = (leaving, wide, theme.name, theme.text_size)
        if leaving is None or wide < 40 or self._drawn == asked:
            return
        self._drawn = asked
        tall, notebook = self._stack.maximumHeight(), self._session.notebook
        dots = self.devicePixelRatioF()
        style, size = theme.name, theme.text_size / 100

        def work(_progress: object) -> QImage:
            points = [one.point for one in leaving.public if one.point is not None]
            box = box_of([p.lat for p in points], [p.lon for p in points])
            if box is None:
                box = notebook.pack.info.bounds if notebook.pack else UK
            tiles = map_of(notebook)
            try:
                view = view_of(box, wide, tall, _EDGE * size)
                cache = TileCache(tiles) if tiles else None
                sheet = Sheet(view, leaving.public, cache, style=style, text_scale=size)
                return render_picture(sheet, dots=dots, on_screen=True)
            finally:
                if tiles is not None:
                    tiles.close()

        self._desk.jobs.run(work, self._show)

    def _show(self, image: QImage) -> None:
        self._picture.setPixmap(QPixmap.fromImage(image))
