# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last question of the first run: the area pack, and my patch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.services import patch
from lac_desktop.services.patch import Patch
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import Form, choice
from lac_desktop.ui.patch import PatchChoice
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook


class Area(QWidget):
    """An area pack: installed, found, built now or none; and the patch: drawn, a ward, or none."""

    def __init__(self, desk: Desk, notebook: Notebook) -> None:
        super().__init__()
        self._desk, self._notebook = desk, notebook
        self._form = Form(desk.theme, above=True)
        self._packs = choice([("", tr("Start with an empty map")), *self._offered()])
        find = button(tr("Find a pack’s folder…"), self._find, "small")
        build = button(tr("Build one now…"), self._build, "small")
        packs = QWidget()
        packs.setLayout(column(self._packs, row(find, build, None), gap=6))
        setattr(packs, "first", self._packs)  # noqa: B010 - what takes the focus of the two
        self._form.add(
            "pack",
            tr("Area pack"),
            packs,
            tr(
                "Streets, postcodes and wards of your area, from your council or built "
                "from downloaded files. It can be added later."
            ),
        )
        self._packs.setAccessibleName(tr("Area pack"))
        self.patch = PatchChoice(desk, notebook, self._form)
        self.setLayout(
            column(self._form, label(tr("All of this can be changed in Settings."), "caption"))
        )
        self._packs.currentIndexChanged.connect(self._pack_chosen)
        self.first = self._packs

    def keep(self, then: Callable[[], object]) -> None:
        """Keep the patch and go on."""
        wanted, notebook = self.patch.chosen(), self._notebook
        if wanted == Patch():
            then()
            return

        def work(_progress: Progress) -> None:
            patch.keep(notebook, wanted)

        self._desk.jobs.run(work, lambda _result: then(), title=tr("Saving"))

    def _offered(self) -> list[tuple[str, str]]:
        """Packs that council IT installed beside the program."""
        found = sorted(paths.maps().glob("*/pack.toml"))
        return [(str(file.parent), file.parent.name) for file in found]

    def _find(self) -> None:
        """Choose a pack's folder by hand."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose the folder of an area pack"))
        if chosen:
            self.take(Path(chosen))

    def _build(self) -> None:
        """Build a pack from downloaded files."""
        from lac_desktop.ui.packs.wizard import ask_to_build

        ask_to_build(self, self._desk, self.take)

    def take(self, folder: Path) -> None:
        """Offer a pack and choose it."""
        self._packs.addItem(folder.name, str(folder))
        self._packs.setCurrentIndex(self._packs.count() - 1)

    def _pack_chosen(self) -> None:
        """Open the pack and offer its wards; one that cannot be opened is not chosen."""
        folder, notebook = str(self._packs.currentData() or ""), self._notebook

        def work(_progress: Progress) -> list[tuple[str, str]]:
            from lac_desktop.services import notebook as notebooks

            notebooks.use_pack(notebook, Path(folder) if folder else None)
            return patch.wards(notebook)

        def failed(error: LacError) -> None:
            self._desk.messages.problem(error)
            self._packs.removeItem(self._packs.findData(folder))

        self._desk.jobs.run(work, self.patch.offer, failed, title=tr("Opening the area pack"))
