# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a place is: address, postcode, and a position that is typed or picked on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.asset_check import postcode_of
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.shapes import box_of, rings_of
from lac_desktop.services import places
from lac_desktop.ui.asset.tab import Tab
from lac_desktop.ui.asset.tabs import lines, words
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.forms import long_field, text_field
from lac_desktop.ui.widgets import button, panel, row
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class WhereTab(Tab):
    """The position follows what is typed: numbers, a grid reference, a postcode or a place."""

    def __init__(self, session: Session, asset: Asset) -> None:
        super().__init__(session, tr("Where"))
        self.point, self.area = asset.point, asset.area
        self.address = long_field(asset.address, session.desk.theme, 2)
        self.postcode = text_field(asset.postcode)
        self.position = text_field(_said(asset.point))
        self.form.add("address", tr("Address"), self.address)
        self.form.add("postcode", tr("Postcode"), self.postcode)
        self.form.add("point", tr("Position"), self.position)
        pick = button(tr("Pick on the map…"), self.pick, "small")
        use = button(tr("Use the postcode"), self._use_postcode, "small")
        none = button(tr("No position"), lambda: self.position.setText(""), "small")
        self.form.wide(panel(row(pick, use, none, None)))
        self._drawn = text_field()
        self._drawn.setReadOnly(True)
        self.form.add("area", tr("Area"), self._drawn)
        draw = button(tr("Draw the area…"), self.draw, "small")
        self._take = button(tr("No area"), lambda: self._show_area(""), "small")
        self.form.wide(panel(row(draw, self._take, None)))
        self._show_area(asset.area)
        self.confidential = QCheckBox()
        self.form.add(
            "confidential",
            tr("The address is confidential"),
            self.confidential,
            tr("Such as a refuge. The position then never leaves this laptop: not in an export, a "
               "picture or a print, and not on the command line."),
        )  # fmt: skip
        self.confidential.setChecked(asset.confidential)
        self.first = self.address
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        self.position.textChanged.connect(lambda _text: self._soon.start(250))
        self._explain()

    def read(self, asset: Asset) -> Asset:
        """What was typed, put into the asset; a position is looked up first if need be."""
        if self._soon.isActive():
            self._soon.stop()
            self._look()
        typed = words(self.postcode)
        return replace(
            asset,
            address=lines(self.address),
            postcode=postcode_of(typed) or typed,
            point=self.point,
            area=self.area,
            confidential=self.confidential.isChecked(),
        )

    def unread(self) -> dict[str, str]:
        """A position that means nothing here."""
        if words(self.position) and self.point is None:
            return {"point": tr("This is no position we know. Type a postcode, a grid reference "
                                "such as SK 860 090, or 52.67, -0.73.")}  # fmt: skip
        return {}

    def pick(self) -> None:
        """Choose the position on the map."""
        from lac_desktop.ui.asset.pick import PickDialog

        point = ask(self, PickDialog(self, self.session, self.point))
        if point is not None:
            self.position.setText(_said(point))

    def draw(self) -> None:
        """Draw the ground that the place takes up, such as a park."""
        from lac_desktop.ui.draw import ask_for_shape

        session = self.session
        shape = ask_for_shape(self, session.desk, session.notebook, self.area, self.point)
        if shape is None:
            return
        self._show_area(shape)
        if shape and self.point is None and (box := box_of(shape)) is not None:
            self.position.setText(_said(box.centre))

    def _show_area(self, shape: str) -> None:
        """Take an area, or none, and say so."""
        self.area = shape
        corners = sum(len(ring) - 1 for ring in rings_of(shape))
        drawn = count("An area of {n} corner", "An area of {n} corners", corners)
        self._drawn.setText(drawn if shape else tr("None"))
        self._take.setEnabled(bool(shape))

    def _use_postcode(self) -> None:
        """Put the position where the postcode is."""
        self.position.setText(words(self.postcode))

    def _look(self) -> None:
        """Understand what was typed."""
        typed = words(self.position)
        if typed != _said(self.point):
            found = places.place(self.session.notebook, typed) if typed else None
            self.point = found.point if found else None
        self._explain()

    def _explain(self) -> None:
        """Say where the position is."""
        field = self.form.fields["point"]
        if self.point is None:
            usual = tr("A postcode, a place, a grid reference such as SK 860 090, or 52.67, -0.73.")
            field.say(self.unread().get("point", usual))
            return
        ward = places.areas_at(self.session.notebook, self.point).ward
        said = _said(self.point)
        where = tr("{numbers}, in {ward}.", numbers=said, ward=ward) if ward else said
        field.say(where)


def _said(point: Point | None) -> str:
    """A position as two numbers (about a metre fine)."""
    return f"{point.lat:.5f}, {point.lon:.5f}" if point else ""
