# SPDX-License-Identifier: AGPL-3.0-or-later
"""Import: choose files, match columns, check rows, bring them in as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.services import importing
from lac_desktop.services.importing import ImportResult, Options, Preview
from lac_desktop.ui.importing.check import CheckRows
from lac_desktop.ui.importing.source import SourcePanel, private_words
from lac_desktop.ui.page import Page
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

CHOOSE, COLUMNS, ROWS = range(3)
_STEPS = ("Choose a file", "Match columns", "Check rows")


class ImportPage(Page):
    """One import from the first file to the last row; nothing changes before the end."""

    title = "Import"

    def __init__(self, session: Session, desk: Desk, leave: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Import places"))
        self._session, self._desk, self._leave = session, desk, leave
        self.files: tuple[Path, ...] = ()
        self.preview: Preview | None = None
        self._sources: dict[str, SourcePanel] = {}
        self._options: dict[str, Options] = {}
        self._heading = label(tr("Import places"), "heading1")
        self._names = label("", "", "muted", wrap=True)
        self._step = label("", "", "muted")
        header = panel(
            row(self._heading, self._names, None, self._step, gap=12), "header", (20, 12, 20, 12)
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choose())
        self._columns = QScrollArea()
        self._columns.setWidgetResizable(True)
        self._columns.setAccessibleName(tr("Match columns"))
        self.stack.addWidget(self._columns)
        self.check = CheckRows(session, desk, self.changed)
        self.stack.addWidget(self.check)
        outer = column(header, gap=0)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self._foot())
        self.setLayout(outer)
        self._show(CHOOSE)

    def regions(self) -> list[QWidget]:
        """The step that shows, and the buttons."""
        inside = self.check.regions() if self.stack.currentIndex() == ROWS else [self.stack]
        return [*inside, self._buttons]

    def fit(self, width: int) -> None:
        """Leave out what is said elsewhere where there is little room."""
        self._names.setVisible(width >= 1024)
        self.check.fit(width)

    def ask_for_files(self) -> None:
        """Choose files with the system's dialog."""
        kinds = (
            "*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.geojson *.gpkg *.kml *.kmz *.gpx "
            "*.shp *.zip *.osm *.pbf *.gz *.bz2"
        )
        types = f"{tr('Lists and maps')} ({kinds});;{tr('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("Choose files to import"), "", types)
        if chosen:
            self.read([Path(name) for name in chosen])

    def ask_for_folder(self) -> None:
        """Choose a folder, such as a feed saved page by page."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder to import"))
        if chosen:
            self.read([Path(chosen)])

    def read(self, files: list[Path], *, then: int | None = None) -> None:
        """Read the files on a worker thread and show what they would do."""
        self.files = tuple(files)
        self._names.setText(", ".join(path.name for path in files))
        notebook, options = self._session.notebook, dict(self._options)

        def work(progress: Progress) -> Preview:
            return importing.preview(notebook, files, options=options, progress=progress)

        def done(preview: Preview) -> None:
            self._read(preview, then)

        self.run(self._desk.jobs, work, done, self._failed, title=tr("Reading the files"))

    def changed(self, preview: Preview) -> None:
        """Something was mended or decided."""
        self.preview = preview
        self._say_counts()

    def _read(self, preview: Preview, then: int | None) -> None:
        self.preview = preview
        tables = {r.title or r.source_id: r for r in preview.readings if r.columns and r.mapping}
        if not preview.rows and preview.problems:
            first = preview.problems[0]
            self._show(CHOOSE)
            self._failed(
                LacError(tr("{file}: {problem}", file=first.file, problem=tr(first.message)))
            )
            return
        self._match_columns(preview)
        self.check.show_preview(preview)
        for problem in preview.problems[:1]:
            self._desk.messages.warn(
                tr("{file}: {problem}", file=problem.file, problem=tr(problem.message))
            )
        self._show(then if then is not None else (COLUMNS if tables else ROWS))

    def _match_columns(self, preview: Preview) -> None:
        """One panel a table; the titles say which file they belong to."""
        inside = column(gap=0)
        self._sources = {}
        for number, reading in enumerate(preview.readings):
            if not reading.columns:
                continue
            file = self._file_of(preview, number)
            made = SourcePanel(self._desk.theme, file, reading, lambda f=file: self._sheet(f))
            self._sources[file] = made
            inside.addWidget(made)
        inside.addStretch(1)
        box = QWidget()
        box.setLayout(inside)
        self._columns.setWidget(box)

    def _file_of(self, preview: Preview, number: int) -> str:
        """The name of the file of a reading, as its rows say it."""
        mine = (row for row in preview.rows if row.reading == number)
        first = next(mine, None)
        names = {path.name for path in self.files}
        title = preview.readings[number].title
        if first is not None and first.candidate.file in names:
            return first.candidate.file
        return title if title in names else next(iter(sorted(names)))

    def _on(self) -> None:
        """Go on to the next step, or bring the rows in."""
        if self.stack.currentIndex() == COLUMNS:
            for file, source in self._sources.items():
                self._options[file] = source.options(self._options.get(file, Options()))
            self.read(list(self.files), then=ROWS)
        elif self.stack.currentIndex() == ROWS:
            self._apply()

    def _back(self) -> None:
        at = self.stack.currentIndex()
        self._show(COLUMNS if at == ROWS and self._sources else CHOOSE)

    def _apply(self) -> None:
        preview, notebook = self.preview, self._session.notebook
        if preview is None:
            return

        def work(progress: Progress) -> ImportResult:
            return importing.apply(notebook, preview, progress)

        jobs = self._desk.jobs
        job = jobs.run(work, self._applied, self._failed, title=tr("Bringing the rows in"))
        self.destroyed.connect(job.cancel)
        self.on.setEnabled(False)  # once is enough
        job.ended.connect(lambda: isValid(self) and self.on.setEnabled(True))

    def _applied(self, result: ImportResult) -> None:
        parts = [
            count("{n} place added", "{n} places added", result.added),
            count("{n} brought up to date", "{n} brought up to date", result.updated),
        ]
        if result.duplicates:
            parts.append(count("{n} to compare", "{n} to compare", result.duplicates))
        if result.vanished:
            parts.append(count("{n} no longer in the file", "{n} no longer in the file",
                               result.vanished))  # fmt: skip
        if isValid(self):  # else Cancel came too late: it is said, and Undo is offered
            self._leave()
        self._session.changed()
        if result.step:
            self._desk.messages.done(", ".join(parts) + ".", tr("Undo"), self._session.undo)
        else:
            self._desk.messages.done(tr("Nothing new: your map has all of it already."))

    def _failed(self, error: LacError) -> None:
        self._desk.messages.problem(error)

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self._step.setText(
            tr("Step {n} of {all}: {what}", n=step + 1, all=len(_STEPS), what=tr(_STEPS[step]))
        )
        self.back.setVisible(step != CHOOSE)
        self.on.setVisible(step != CHOOSE)
        self.on.setText(tr("Check rows"))
        if step == ROWS:
            self._say_counts()
            self.check.focus_table()
        elif step == CHOOSE:
            self.choose.setFocus()
        else:
            self.on.setFocus()  # the columns are matched already
        announce(self, self._step.text())

    def _say_counts(self) -> None:
        if self.preview is None:
            return
        forecast = importing.forecast(self.preview)
        coming = forecast.added + forecast.updated
        self.on.setText(
            count("Bring in {n} place", "Bring in {n} places", coming)
            if coming or not forecast.vanished
            else count("Mark {n} as gone", "Mark {n} as gone", forecast.vanished)
        )
        self.check.say_held_back(self._bring_in)
        left = [private_words(reading) for reading in self.preview.readings]
        self.check.say_left_out(" ".join(filter(None, left)), lambda: self._show(COLUMNS))

    def _bring_in(self, reason: str | None) -> None:
        """Let in what was held back for a reason, or all of it."""
        preview = self.preview
        if preview is None:
            return

        def done(wider: Preview) -> None:
            self.preview = wider
            self.check.show_preview(wider)
            self._say_counts()

        self._desk.jobs.run(
            lambda _progress: importing.bring_in(preview, reason), done, self._failed,
            title=tr("Comparing rows"),
        )  # fmt: skip

    def _sheet(self, file: str) -> None:
        """Another sheet of a workbook is wanted: read it, with its columns guessed anew."""
        self._options[file] = Options(sheet=self._sources[file].chosen_sheet())
        self.read(list(self.files), then=COLUMNS)

    def _choose(self) -> QWidget:
        words = tr(
            "A spreadsheet, a list from the council, an OpenStreetMap extract, an Open Referral "
            "feed, or a map file. Nothing changes before you have looked at every row."
        )
        self.choose = button(tr("Choose files…"), self.ask_for_files, "primary")
        folder = button(tr("Choose a folder…"), self.ask_for_folder)
        inside = column(
            label(tr("What would you like to bring in?"), "heading2"),
            label(words, wrap=True),
            row(self.choose, folder, None),
            None,
            gap=12,
        )
        inside.setContentsMargins(20, 24, 20, 20)
        box = QWidget()
        box.setLayout(inside)
        return scrolling(box, tr("Choose files"))

    def _foot(self) -> QWidget:
        self.back = button(tr("Back"), self._back)
        self.on = button("", self._on, "primary")
        note = label(tr("Nothing has been saved yet. An import can be undone."), "caption")
        self._buttons = panel(
            row(note, None, button(tr("Cancel"), self._leave), self.back, self.on),
            "foot",
            (20, 10, 20, 10),
        )
        return self._buttons
