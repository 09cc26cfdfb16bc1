# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing my patch: a ward of the area pack, drawn on the map, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.services import patch
from lac_desktop.services.patch import Patch
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.widgets import button, column, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.desk import Desk

_NONE, _DRAWN = "", "drawn"


class PatchChoice(QWidget):
    """A choice of wards with "Draw it on the map"; ``chosen`` gives the patch."""

    def __init__(self, desk: Desk, notebook: Notebook, form: Form) -> None:
        super().__init__()
        self._desk, self._notebook = desk, notebook
        now = patch.of(notebook)
        self._shape = now.shape
        self._named = now.name
        self.which = choice([(_NONE, tr("None for now"))])
        self.draw = button(tr("Draw it on the map…"), self.ask, "small")
        self.name = text_field(now.name)
        self.first = self.which
        self.setLayout(column(self.which, row(self.draw, None), gap=6))
        form.add("patch", tr("Your patch"), self, tr(
            "The streets you work in: a ward of the area pack, or drawn. It shows on the map, and "
            "“In my patch” filters by it."
        ))  # fmt: skip
        self.which.setAccessibleName(tr("Your patch"))
        form.add("patch_name", tr("Name of the patch"), self.name)
        self._field = form.fields["patch_name"]
        self.which.activated.connect(lambda _at: self._picked())
        self.offer(patch.wards(notebook))

    def offer(self, wards: list[tuple[str, str]]) -> None:
        """Offer these wards, and what is drawn."""
        self.which.clear()
        self.which.addItem(tr("None for now"), _NONE)
        if self._shape:
            self.which.addItem(self._named or tr("Drawn on the map"), _DRAWN)
            self.which.setCurrentIndex(1)
        for code, name in wards:
            self.which.addItem(name, code)

    def chosen(self) -> Patch:
        """The patch with its name; an empty one for none."""
        code = str(self.which.currentData() or "")
        name = self.name.text().strip()
        if code == _NONE:
            return Patch()
        if code == _DRAWN:
            return Patch(name or tr("My patch"), self._shape)
        found = patch.ward(self._notebook, code)
        return Patch(name or found.name, found.shape)

    def ask(self) -> None:
        """Draw it, going on from what is chosen."""
        from lac_desktop.ui.draw import ask_for_shape

        drawn = ask_for_shape(self, self._desk, self._notebook, self.chosen().shape)
        if drawn is None:
            return
        self._shape, self._named = drawn, ""
        wards = [
            (str(self.which.itemData(at)), self.which.itemText(at))
            for at in range(self.which.count())
            if self.which.itemData(at) not in (_NONE, _DRAWN)
        ]
        self.offer(wards)

    def _picked(self) -> None:
        """A ward lends its name, unless another was typed."""
        known = {self.which.itemText(at) for at in range(self.which.count())} | {""}
        if self.name.text().strip() in known:
            ward = str(self.which.currentData()) not in (_NONE, _DRAWN)
            self.name.setText(self.which.currentText() if ward else "")
