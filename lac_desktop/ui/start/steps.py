# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questions of the first run: who and where, and the area."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.start.restore import free_folder
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

NATIONS = (
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
)


class WhoAndWhere(QWidget):
    """Who I am, which bank holidays count, and the folder of the notebook."""

    def __init__(self, desk: Desk, who: str, nation: str, folder: Path | None) -> None:
        super().__init__()
        self._form = Form(desk.theme, above=True)
        self._who = text_field(who)
        self._nation = choice([(v, tr(w)) for v, w in NATIONS], nation)
        self._folder = text_field(str(folder or free_folder(paths.home(), tr("My patch"))))
        self._form.add(
            "who",
            tr("Your name"),
            self._who,
            tr("Shown as “checked by” and in the history of a place, only here."),
        )
        self._form.add("nation", tr("Nation"), self._nation, tr("For bank holidays."))
        self._form.add("folder", tr("Folder of the notebook"), self._folder)
        self._folder.textChanged.connect(self._warn)
        other = button(tr("Another folder…"), self._choose, "small")
        self.setLayout(column(self._form, row(other, None)))
        self.first = self._who
        self._warn()

    def answer(self) -> tuple[str, str, Path] | None:
        """Name, nation and folder, or None with what is wrong under its field."""
        problems = {}
        if not self._who.text().strip():
            problems["who"] = tr("Type your name, or what colleagues call you.")
        folder = Path(self._folder.text().strip())
        if not self._folder.text().strip():
            problems["folder"] = tr("Choose where the notebook lies.")
        elif folder.exists():
            problems["folder"] = tr(
                "There is something in this place already. Choose another name."
            )
        if not self._form.show_problems(problems):
            return None
        named = folder if folder.suffix == ".lac" else folder.with_name(folder.name + ".lac")
        return self._who.text().strip(), str(self._nation.currentData()), named

    def _choose(self) -> None:
        """Choose the folder in which the notebook's folder is made."""
        now = Path(self._folder.text() or str(paths.home()))
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Choose where the notebook lies"), str(now.parent)
        )
        if chosen:
            self._folder.setText(str(Path(chosen) / (now.name or tr("My patch.lac"))))

    def _warn(self) -> None:
        """Say at once when the folder is one that a cloud client synchronises."""
        from lac_desktop.services.notebook import place_warnings

        warnings = place_warnings(Path(self._folder.text() or "."))
        field = self._form.fields["folder"]
        field.say(" ".join(warnings) or tr("Outside the folders that a cloud client synchronises."))


class Area(QWidget):
    """An area pack from a folder, and the patch: a ward of it, or skipped."""

    def __init__(self, desk: Desk, notebook: Notebook) -> None:
        super().__init__()
        self._desk, self._notebook = desk, notebook
        self._form = Form(desk.theme, above=True)
        self._packs = choice([("", tr("Start with an empty map")), *self._offered()])
        self._form.add(
            "pack",
            tr("Area pack"),
            self._packs,
            tr(
                "Streets, postcodes and wards of your area, from your council or built "
                "from downloaded files. It can be added later."
            ),
        )
        self._ward = choice([("", tr("Skip for now"))])
        self._form.add(
            "ward",
            tr("Your patch"),
            self._ward,
            tr("A ward of the area pack."),
        )
        find = button(tr("Find a pack’s folder…"), self._find, "small")
        self.setLayout(
            column(
                self._form,
                row(find, None),
                label(tr("All of this can be changed in Settings."), "caption"),
            )
        )
        self._packs.currentIndexChanged.connect(self._pack_chosen)
        self.first = self._packs

    def keep(self, then: Callable[[], object]) -> None:
        """Keep the patch and go on."""
        code = str(self._ward.currentData() or "")
        if not code:
            then()
            return
        notebook = self._notebook

        def work(_progress: Progress) -> None:
            use_ward(notebook, code)

        self._desk.jobs.run(work, lambda _result: then(), title=tr("Saving"))

    def _offered(self) -> list[tuple[str, str]]:
        """Packs that council IT installed beside the program."""
        found = sorted(paths.maps().glob("*/pack.toml"))
        return [(str(file.parent), file.parent.name) for file in found]

    def _find(self) -> None:
        """Choose a pack's folder by hand."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose the folder of an area pack"))
        if chosen:
            self._packs.addItem(Path(chosen).name, chosen)
            self._packs.setCurrentIndex(self._packs.count() - 1)

    def _pack_chosen(self) -> None:
        """Open the pack and offer its wards."""
        folder, notebook = str(self._packs.currentData() or ""), self._notebook

        def work(_progress: Progress) -> list[tuple[str, str]]:
            from lac_desktop.services import notebook as notebooks

            notebooks.use_pack(notebook, Path(folder) if folder else None)
            pack = notebook.pack
            wards = pack.boundaries("ward") if pack else []
            return sorted(((w.code, w.name) for w in wards), key=lambda w: w[1])

        self._desk.jobs.run(work, self._show_wards, title=tr("Opening the area pack"))

    def _show_wards(self, wards: list[tuple[str, str]]) -> None:
        """Offer the wards of the pack."""
        self._ward.clear()
        self._ward.addItem(tr("Skip for now"), "")
        for code, name in wards:
            self._ward.addItem(name, code)


def use_ward(notebook: Notebook, code: str) -> None:
    """Take a ward of the pack as the patch; its outline is kept with the notebook."""
    from lac_desktop.services import notebook as notebooks

    pack = notebook.pack
    ward = next((b for b in pack.boundaries("ward") if b.code == code), None) if pack else None
    if ward is None:
        return
    rings = [[[float(x), float(y)] for x, y in ring] for ring in ward.rings]
    shape = json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})
    settings = replace(notebook.settings, patch=shape, patch_name=ward.name)
    notebooks.save_settings(notebook, settings)
