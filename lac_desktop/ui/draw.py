# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing an area: on the map by mouse or keyboard, or as typed corners; both show the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lac_desktop.domain import shapes
from lac_desktop.domain.geometry import Point
from lac_desktop.services import places
from lac_desktop.services.maps import map_of
from lac_desktop.services.notebook import centre
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.forms import long_field
from lac_desktop.ui.map.ground import world_rings
from lac_desktop.ui.map.widget import MapView
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, label
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.desk import Desk

#: An outline with more corners, such as a ward's, is drawn anew rather than corner by corner.
_EDITED_CORNERS = 60


class _Ground(MapView):
    """A map that takes the room the rest leaves."""

    def sizeHint(self) -> QSize:
        """No more than it needs."""
        return self.minimumSize()


class ShapeDialog(Dialog[str]):
    """A map and the list of its corners; the value is GeoJSON text, "" for no area."""

    def __init__(
        self, parent: QWidget, desk: Desk, notebook: Notebook, shape: str, near: Point | None = None
    ) -> None:
        super().__init__(parent, desk.theme, tr("Draw an area"), tr("Keep this area"))
        self._notebook, self._shape, self._corners_said = notebook, shape, ""
        self.body.addWidget(
            label(tr("Click each corner, and the first one again to finish. By keyboard: the arrow "
                     "keys move the map, with Ctrl further; Enter puts a corner at the cross, "
                     "Backspace takes it away, Enter twice finishes."), "caption", wrap=True)
        )  # fmt: skip
        self.map = self._make_map(desk, near)
        self.body.addWidget(self.map, 1)
        self.drawing = self.map.chosen.drawing
        self.said = label("", "caption", wrap=True)
        self.said.setAccessibleName(tr("What is drawn"))
        self.corners = long_field("", desk.theme, 3)
        words = label(tr("Corners, one a line"), "emphasis")
        words.setBuddy(self.corners)
        self._name_field(self.corners)
        self.body.addWidget(self.said)
        self.body.addWidget(words)
        self.body.addWidget(self.corners)
        self.body.addLayout(self._buttons())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._typed)
        self.drawing.changed = self._drawn
        self.drawing.finished = self.finish
        self.corners.textChanged.connect(lambda: self._soon.start(400))
        self.finished.connect(lambda _code: self.map.stop())
        self._begin(shape)
        self.fit(820, 640)
        self.map.setFocus()

    def answer(self) -> str | None:
        """The area, or None with what is wrong said."""
        if self._soon.isActive():
            self._soon.stop()
            self._typed()
        if not self._points() and not self.corners.toPlainText().strip():
            return self._shape if self.drawing.rings else ""
        wrong = self._wrong()
        if wrong:
            self._say(wrong, "error")
            return None
        return shapes.polygon_of(self._points())

    def clear(self) -> None:
        """No area: draw anew, or keep none."""
        self._shape = ""
        self.drawing.clear()

    def _begin(self, shape: str) -> None:
        """Go on from the corners there are, or show the outline that is there."""
        corners = shapes.corners_of(shape)
        if len(corners) > _EDITED_CORNERS:
            corners = []
        if not corners:
            rings = shapes.rings_of(shape)
            self.drawing.rings = world_rings(rings)
        self.drawing.start(corners)
        self._drawn()

    def _make_map(self, desk: Desk, near: Point | None) -> MapView:
        """The map, on the area or where the notebook is at home."""
        made = _Ground()
        made.set_style(desk.theme.name)
        made.set_text_scale(desk.theme.text_size / 100)
        made.set_tiles(map_of(self._notebook))
        made.setMinimumHeight(desk.theme.scaled(130))
        box = shapes.box_of(self._shape)
        if box is not None:
            made.fit(box)
        elif (middle := near or centre(self._notebook)) is not None:
            made.centre_on(middle, 16.0 if near else 13.0)
        return made

    def _buttons(self) -> FlowLayout:
        """What the keys do, as buttons."""
        flow = FlowLayout(None, 8)
        for words, act in (
            (tr("Corner at the cross"), lambda: self.drawing.enter()),
            (tr("Take the last corner away"), lambda: self.drawing.take_back()),
            (tr("No area"), self.clear),
        ):
            flow.addWidget(button(words, act, "small"))
        return flow

    def _name_field(self, field: QPlainTextEdit) -> None:
        field.setAccessibleName(tr("Corners, one a line"))
        hint = tr("Each a postcode, a grid reference such as SK 860 090, or 52.67, -0.73.")
        field.setAccessibleDescription(hint)
        field.setPlaceholderText(hint)

    def _points(self) -> list[Point]:
        """The corners put so far."""
        return self.drawing.points

    def _drawn(self) -> None:
        """A corner was put or taken: show it in the list too."""
        self._corners_said = "\n".join(f"{p.lat:.5f}, {p.lon:.5f}" for p in self._points())
        if self.corners.toPlainText() != self._corners_said:
            before = self.corners.blockSignals(True)
            self.corners.setPlainText(self._corners_said)
            self.corners.blockSignals(before)
        self._soon.stop()
        self._describe()

    def _typed(self) -> None:
        """The list was typed in: show its corners on the map, or say which line means nothing."""
        text = self.corners.toPlainText()
        if text == self._corners_said:
            return
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        found = [(line, places.place(self._notebook, line)) for line in lines]
        unknown = [line for line, place in found if place is None]
        self._corners_said = text
        self.drawing.set_points([place.point for _line, place in found if place is not None])
        self._unknown = unknown[0] if unknown else ""
        self._describe()
        if len(points := self._points()) > 1:
            box = shapes.box_of(shapes.polygon_of(points))
            if box is not None:
                self.map.fit(box)

    _unknown = ""

    def _wrong(self) -> str:
        """What keeps the corners from being an area, or ""."""
        if self._unknown and self.corners.toPlainText() == self._corners_said:
            return tr("“{line}” is no position we know.", line=self._unknown)
        points = self._points()
        if not shapes.polygon_of(points):
            return tr("An area needs at least three corners.")
        if shapes.crosses_itself(points):
            return tr("Two sides cross. Take corners away until the outline is clear.")
        return ""

    def _describe(self) -> None:
        """Say what is drawn."""
        n = len(self._points())
        if not n and not self._unknown:
            rings = bool(self.drawing.rings)
            self._say(tr("The area that is there. A first corner begins a new one.")
                      if rings else tr("No area yet."))  # fmt: skip
        elif wrong := (self._wrong() if n >= 3 or self._unknown else ""):
            self._say(wrong, "error")
        else:
            self._say(count("{n} corner", "{n} corners", n))

    def _say(self, sentence: str, tone: str = "") -> None:
        self.said.setProperty("tone", tone)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(sentence)
        if tone:
            announce(self.said, sentence)


def ask_for_shape(
    parent: QWidget, desk: Desk, notebook: Notebook, shape: str, near: Point | None = None
) -> str | None:
    """Draw an area: GeoJSON text, "" for none, or None where it was cancelled."""
    return ask(parent, ShapeDialog(parent, desk, notebook, shape, near))
