# SPDX-License-Identifier: AGPL-3.0-or-later
"""Build an area pack: choose the files, see what is missing, watch it, cancel it, use it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar, QWidget

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.services import packs
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form
from lac_desktop.ui.jobs import Job
from lac_desktop.ui.packs.inputs import KINDS, OWN_TILES, InputBox
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, line, row
from lac_desktop.ui.words import count, tr


class PackWizard(Dialog[Path]):
    """The dialog; its value is the folder of the finished pack."""

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Build an area pack"), tr("Build the pack"))
        self._desk = desk
        self._job: Job | None = None
        self._told = 0
        intro = tr(
            "An area pack holds the map, postcodes and place names of your area, so that all of "
            "them work with no network. Download the files once, on any computer, and add them "
            "here. Leave out what you do not have."
        )
        self.body.addWidget(label(intro, wrap=True))
        needs = {need.kind: need for need in packs.missing(packs.Inputs())}
        self.inputs = {
            kind.id: InputBox(kind, needs.get(kind.id, OWN_TILES), desk.theme) for kind in KINDS
        }
        for box in self.inputs.values():
            self.body.addWidget(line())
            self.body.addWidget(box)
            box.changed.connect(self._look)
        self.body.addWidget(line())
        self.form = Form(desk.theme)
        self.name = QLineEdit()
        self.form.add("name", tr("Name of the area"), self.name)
        self.place = QLineEdit(str(paths.home() / "maps"))
        choose = button(tr("Choose…"), self._choose_place, "small")
        self.form.add("place", tr("Keep it in"), self.place)
        self.body.addWidget(self.form)
        self.body.addLayout(row(None, choose))
        self.missing = label("", "caption", "muted", wrap=True)
        self.body.addWidget(self.missing)
        self.body.addStretch(1)
        self._foot()
        self._look()
        self.fit(720, 620)

    def _foot(self) -> None:
        """Progress and its sentence stand where the buttons are, always in sight."""
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How far the pack is"))
        self.words = label("", "caption", wrap=True)
        box = QWidget()
        box.setLayout(column(self.words, self.bar, gap=4))
        self.bar.hide()
        self.foot.insertWidget(0, box, 1)

    def chosen(self) -> packs.Inputs:
        """The files as they are chosen now."""
        files = {kind: box.paths() for kind, box in self.inputs.items()}
        basemap = files.pop("basemap")
        return packs.Inputs(**files, basemap=basemap[0] if basemap else None)

    def answer(self) -> Path | None:
        """Start building; the dialog closes when the pack is there."""
        inputs, name = self.chosen(), self.name.text().strip()
        problems: dict[str, str] = {}
        if not name:
            problems["name"] = tr("Give the area a name, such as the town’s.")
        if not self.place.text().strip():
            problems["place"] = tr("Choose a folder to keep it in.")
        if not self.form.show_problems(problems):
            return None
        if inputs == packs.Inputs():
            self._say(tr("Add at least one file to build from."))
            self.inputs["osm"].add.setFocus()
            return None
        self._build(Path(self.place.text()) / folder_name(name), inputs, name)
        return None

    def reject(self) -> None:
        """Cancel stops the building first; a second time closes the dialog."""
        if self._job is not None:
            self._job.cancel()
            self._say(tr("Stopping. Everything stays as it was."))
            return
        super().reject()

    def _build(self, out: Path, inputs: packs.Inputs, name: str) -> None:
        self._busy(True)
        self._say(tr("Starting"))

        def work(progress: Progress) -> Path:
            out.parent.mkdir(parents=True, exist_ok=True)
            packs.build(out, inputs, name=name, progress=progress)
            return out

        self._job = self._desk.jobs.run(work, self._done, self._failed)
        self._job.progressed.connect(self._progressed)
        self._job.ended.connect(self._ended)

    def _progressed(self, done: int, total: object, text: str) -> None:
        whole = isinstance(total, int) and total > 0
        text = tr(text) if text else ""
        self.bar.setRange(0, total if whole and isinstance(total, int) else 0)
        self.bar.setValue(done)
        self.words.setText(
            tr("{text}: {done} of {total}", text=text, done=f"{done:,}", total=f"{total:,}")
            if whole
            else f"{text}: {done:,}"
            if done
            else text
        )
        if whole and isinstance(total, int) and done * 10 // total > self._told:
            self._told = done * 10 // total
            announce(self, self.words.text())

    def _ended(self) -> None:
        """Over, whatever came of it; a cancelled job says nothing more."""
        cancelled = self._job is not None and self._job.cancelled
        self._job = None
        self._busy(False)
        if cancelled:
            self._say(tr("Stopped. Nothing was changed."))

    def _done(self, folder: Path) -> None:
        self.value = folder
        self.accept()

    def _failed(self, error: LacError) -> None:
        self._say(f"{tr(error.message)} {tr(error.hint) if error.hint else ''}".strip(), "error")

    def _say(self, sentence: str, tone: str = "") -> None:
        self.words.setProperty("tone", tone)
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setText(sentence)
        announce(self, sentence)

    def _busy(self, busy: bool) -> None:
        self._told = 0
        self.bar.setVisible(busy)
        self.accept_button.setVisible(not busy)
        self.form.setEnabled(not busy)
        for box in self.inputs.values():
            box.setEnabled(not busy)
        self.cancel.setText(tr("Stop") if busy else tr("Cancel"))
        if busy:
            self.cancel.setFocus()

    def _look(self) -> None:
        """Say what the pack would lack."""
        needs = packs.missing(self.chosen())
        lacks = ", ".join(need.what for need in needs)
        head = count("{n} thing would be missing", "{n} things would be missing", len(needs))
        self.missing.setText(f"{head}: {lacks}." if needs else tr("Nothing is missing."))
        if not self.name.text():
            self.name.setPlaceholderText(tr("Such as Oakham and around"))

    def _choose_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Keep the pack in"), self.place.text())
        if chosen:
            self.place.setText(chosen)


def folder_name(name: str) -> str:
    """A folder's name from an area's: letters, digits and dashes that every system takes."""
    kept = "".join(c if c.isalnum() else "-" for c in name.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or "area"


def ask_to_build(parent: QWidget, desk: Desk, use: Callable[[Path], object]) -> None:
    """Build a pack and hand its folder on, unless it was cancelled."""
    folder = ask(parent, PackWizard(parent, desk))
    if folder is not None:
        use(folder)
