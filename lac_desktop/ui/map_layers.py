# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lies over the streets: the walking area and the outlines of wards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress
from lac_desktop.domain.query import Query
from lac_desktop.domain.shapes import rings_of
from lac_desktop.services import places
from lac_desktop.services.places import WalkingArea
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.widgets import row, tool, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_RINGS = (5.0, 10.0, 15.0)
_KINDS = ("", "ward", "lsoa")


class MapLayers(QWidget):
    """Two chips: walking area, boundaries (off, wards, LSOAs)."""

    def __init__(self, session: Session, desk: Desk, view: MapView) -> None:
        super().__init__()
        self._session, self._desk, self._view = session, desk, view
        self._near: Point | None = None
        self._kind = ""
        self._outlines: list[tuple[str, tuple[object, ...]]] = []
        self.walking = tool(tr("Walking area"), "chip", checkable=True)
        with_icon(self.walking, desk.icons, "ph.person-simple-walk")
        self.walking.setChecked(True)
        self.walking.toggled.connect(lambda _on: self._walk())
        self.boundaries = tool(tr("Boundaries"), "chip", checkable=True)
        self.boundaries.toggled.connect(lambda _on: self.next_boundaries())
        self.boundaries.setVisible(session.notebook.pack is not None)
        self.setLayout(row(self.walking, self.boundaries))
        self.walking.setVisible(False)
        session.data_changed.connect(self._outline)
        self._outline()

    def follow(self, query: Query) -> None:
        """Draw the walking area from the place that is looked near."""
        if query.near != self._near:
            self._near = query.near
            self._walk()
        self.walking.setVisible(query.near is not None)

    def toggle_walking(self) -> None:
        """Show or hide the walking area."""
        if self._near is None:
            self._desk.messages.warn(tr("Choose where from first: Near, in the filter line."))
        else:
            self.walking.toggle()

    def next_boundaries(self) -> None:
        """Off, wards, then the small areas of the census."""
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        words = {"": tr("Boundaries"), "ward": tr("Wards"), "lsoa": tr("LSOAs")}
        self.boundaries.setText(words[self._kind])
        with QSignalBlocker(self.boundaries):
            self.boundaries.setChecked(bool(self._kind))
        pack, kind = self._session.notebook.pack, self._kind
        if pack is None or not kind:
            self._outlines = []
            self._outline()
            return

        def work(_progress: Progress) -> list[tuple[str, tuple[object, ...]]]:
            return [(b.name, tuple(b.rings)) for b in pack.boundaries(kind)]

        self._desk.jobs.run(work, self._outlined, title=tr("Reading boundaries"))

    def _outlined(self, outlines: list[tuple[str, tuple[object, ...]]]) -> None:
        """Show outlines, or say that there are none."""
        self._outlines = outlines
        self._outline()
        if not outlines:
            self._desk.messages.warn(tr("This area pack holds no such boundaries."))

    def _outline(self) -> None:
        """Draw the boundaries that are on, and my patch where there is one."""
        settings = self._session.notebook.settings
        rings = tuple(rings_of(settings.patch))
        mine = [(settings.patch_name or tr("My patch"), rings)] if rings else []
        self._view.set_boundaries([*self._outlines, *mine])

    def _walk(self) -> None:
        """Find the walking area on a worker thread."""
        near, notebook = self._near, self._session.notebook
        if near is None or not self.walking.isChecked():
            self._view.set_walking_area([])
            return

        def work(_progress: Progress) -> tuple[Point, list[WalkingArea]]:
            return near, places.walking_areas(notebook, near, _RINGS)

        self._desk.jobs.run(work, self._walked)

    def _walked(self, answer: tuple[Point, list[WalkingArea]]) -> None:
        """Show it, unless another place is looked near by now."""
        near, areas = answer
        if near == self._near and self.walking.isChecked():
            self._view.set_walking_area(
                [(a.minutes, a.rings) for a in areas], any(a.crow for a in areas)
            )
