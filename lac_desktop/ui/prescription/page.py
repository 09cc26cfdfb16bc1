# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page "Things to try": choose up to three places and where to start, see the paper, print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QCompleter,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lac_desktop.errors import LacError
from lac_desktop.services import assets, find, people, prescription
from lac_desktop.services.maps import map_of
from lac_desktop.ui.map.tiles import TileCache
from lac_desktop.ui.page import Page
from lac_desktop.ui.prescription import paper
from lac_desktop.ui.prescription.paper import Fit, Sheet
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.prescription import Start
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_PREVIEW = 560


def open_page(
    session: Session, desk: Desk, asset_ids: Sequence[str] = (), person_id: str = ""
) -> None:
    """Lay the page over the section, begun with these places; ``person_id`` may be ""."""
    session.task_asked.emit(PrescriptionPage(session, desk, asset_ids, person_id))


class AssetField(QLineEdit):
    """Offers places of the notebook while one types; ``chosen(id)`` once one is taken."""

    def __init__(self, session: Session, take: Callable[[str], object], hint: str) -> None:
        super().__init__()
        self._session, self._take = session, take
        self._offered: dict[str, str] = {}
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._chosen)
        self.setCompleter(completer)
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._entered)

    def _offer(self, typed: str) -> None:
        """Places that begin so."""
        self._offered = {}
        if len(typed.strip()) >= 2:
            for hit in find.complete(self._session.notebook, typed, 8):
                if hit.asset_id:
                    said = tr("{name}, {kind}", name=hit.text, kind=hit.detail)
                    self._offered.setdefault(said, hit.asset_id)
        self._model.setStringList(list(self._offered))

    def _chosen(self, words: str) -> None:
        self._take(self._offered.get(words, words))

    def _entered(self) -> None:
        """Enter takes what is typed; a list that is open takes it itself."""
        popup = self.completer().popup()
        if popup is None or not popup.isVisible():
            self._take(next(iter(self._offered.values()), self.text().strip()))


class PrescriptionPage(Page):
    """What goes on the paper at the left, the paper itself at the right."""

    title = "Things to try"

    def __init__(
        self, session: Session, desk: Desk, asset_ids: Sequence[str], person_id: str
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Things to try"))
        self._session, self._desk, self._person = session, desk, person_id
        self._ids = list(dict.fromkeys(asset_ids))[: prescription.MOST]
        self._start: Start | None = None
        tiles = map_of(session.notebook)
        self._tiles = TileCache(tiles) if tiles is not None else None
        self.sheet: Sheet | None = None
        self.found = Fit(0, False, 0.0, over=True)
        self._name = people.names(session.notebook, [person_id]).get(person_id, "")
        self.list = QListWidget()
        self.add = AssetField(session, self.add_place, tr("A place or group"))
        self.start = AssetField(session, self.start_at, tr("The library, the church, a square"))
        self.named = QCheckBox(tr("Put {name} on the page", name=self._name))
        self.said, self.problem = (
            label("", "emphasis", wrap=True),
            label("", "", "error", wrap=True),
        )
        self.preview = QLabel()
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        """Fields beside the preview; under each other where there is little room."""
        close = button(tr("Close"), lambda: self._session.task_over.emit())
        self._print = with_icon(
            button(tr("Print…"), self.print_it, "primary"), self._desk.icons, "ph.printer",
            "on-accent",
        )  # fmt: skip
        self._pdf = button(tr("Save as PDF…"), self.save_pdf)
        self._head = panel(
            row(label(tr("Things to try, on one page"), "heading1"), None, close, self._pdf,
                self._print, gap=10), "header", (20, 12, 16, 12),
        )  # fmt: skip
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(24)
        self._across.addWidget(self._fields(), 2)
        self._across.addWidget(self.preview, 3)
        self._body = scrolling(panel(self._across, "", (20, 16, 20, 16)), tr("Things to try"))
        self.setLayout(column(self._head, self._body, gap=0))

    def _fields(self) -> QWidget:
        """Places, where the way starts, and whether a name goes on the page."""
        self.list.setProperty("edged", True)
        self.list.setAccessibleName(tr("Places on the page"))
        self.list.setFixedHeight(self._desk.theme.scaled(30) * prescription.MOST + 6)
        self.add.setAccessibleName(tr("Add a place"))
        self.start.setAccessibleName(tr("The way starts at a public place"))
        self._out = button(tr("Take it off the page"), self.take_off, "small")
        self.named.setVisible(bool(self._name))
        self.named.toggled.connect(lambda _on: self.look())
        self.problem.hide()
        hint = tr("Never at a home. Without one, the page says only where the places are.")
        fields = QWidget()
        fields.setLayout(
            column(
                _titled(tr("One to three places"), self.list), row(self._out, None),
                _titled(tr("Add a place"), self.add),
                _titled(tr("The way starts at a public place"), self.start),
                label(hint, "caption", wrap=True), self.named, self.problem, self.said, None,
                gap=6,
            )
        )  # fmt: skip
        fields.setMaximumWidth(self._desk.theme.scaled(420))
        return fields

    def regions(self) -> list[QWidget]:
        """The buttons, then the fields."""
        return [self._head, self._body]

    def opens_at(self) -> QWidget:
        """Where the first place is typed."""
        return self.add

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Print is this page's paper here."""
        return {"print-view": self.print_it}

    def fit(self, width: int) -> None:
        """The paper under the fields where there is little room."""
        narrow = width < 1024
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)

    def went_back(self) -> bool:
        """Back is where one came from."""
        self._session.task_over.emit()
        return True

    def closing(self) -> None:
        """Let go of the street map."""
        if self._tiles is not None:
            self._tiles.tiles.close()
            self._tiles = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper is as wide as there is room."""
        super().resizeEvent(event)
        self._show()

    def add_place(self, asset_id: str) -> None:
        """Put one more place on the page."""
        if assets.get(self._session.notebook, asset_id) is None:
            self._tell(tr("Choose a place of this notebook from the list as you type."))
        elif len(self._ids) >= prescription.MOST:
            self._tell(tr("Three are enough to choose from. Take one off first."))
        else:
            self._ids = list(dict.fromkeys((*self._ids, asset_id)))
            self.add.clear()
            self.look()

    def take_off(self) -> None:
        """Take the marked place off the page."""
        at = self.list.currentRow()
        if 0 <= at < len(self._ids):
            del self._ids[at]
            self.look()

    def start_at(self, text: str) -> None:
        """Start the ways at a public place; "" starts nowhere."""
        try:
            start = prescription.start_at(self._session.notebook, text) if text else None
        except LacError as problem:
            self._start = None
            self.look()
            self._tell(f"{problem.message} {problem.hint}")
            return
        self._start = start
        if start is not None:
            self.start.setText(start.words)
        self.look()

    def look(self) -> None:
        """Make the page anew."""
        notebook, self.sheet = self._session.notebook, None
        self._tell("")
        self.list.clear()
        for one in self._ids:
            asset = assets.get(notebook, one)
            self.list.addItem(QListWidgetItem(asset.name if asset else one))
        if self._ids:
            self.list.setCurrentRow(len(self._ids) - 1)
            name = self._name if self.named.isChecked() else ""
            try:
                made = prescription.shortlist(notebook, self._ids, self._start, name)
                self.sheet = Sheet(made, self._tiles)
                if made.held:
                    self._tell(" ".join(made.held))
            except LacError as problem:
                self._tell(f"{problem.message} {problem.hint}")
        self._out.setEnabled(bool(self._ids))
        self._show()

    def _show(self) -> None:
        """Measure the page and show it."""
        if self.sheet is None:
            self.said.setText(tr("Choose one to three places."))
            self.preview.setText("")
            self.preview.setAccessibleName(tr("The page is empty"))
            return
        self.found = paper.fit(self.sheet)
        self.said.setText(self.found.words(self.sheet.has_ways, self.sheet.has_map))
        wide = max(300, min(self._desk.theme.scaled(_PREVIEW), self.width() - 480))
        ratio = self.devicePixelRatioF()
        image = paper.picture(self.sheet, self.found, int(wide * ratio))
        image.setDevicePixelRatio(ratio)
        self.preview.setPixmap(QPixmap.fromImage(image))
        shown = [paper.title_of(self.sheet.shortlist)]
        for number, one in enumerate(self.sheet.shortlist.options, 1):
            shown += paper.lines_of(one, number, self.sheet.shortlist, self.found)
        self.preview.setAccessibleName(tr("The page"))
        self.preview.setAccessibleDescription("\n".join(shown))

    def _tell(self, sentence: str) -> None:
        """What is in the way, under the fields."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def _ready(self) -> Sheet | None:
        """The page, if it is one; else say what to do."""
        if self.sheet is None or self.found.over:
            self._tell(self.said.text())
            self.add.setFocus()
            return None
        return self.sheet

    def print_it(self) -> None:
        """Send the page to a printer."""
        sheet = self._ready()
        if sheet is not None and paper.send_to_printer(self, sheet, self.found):
            prescription.note_printed(self._session.notebook, self._person)

    def save_pdf(self) -> None:
        """Save the page as a file."""
        if self._ready() is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), str(Path.home() / "things-to-try.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, file: Path) -> bool:
        """Write the page to a file; False with a sentence where that is not possible."""
        sheet = self._ready()
        if sheet is None:
            return False
        data = paper.pdf(sheet, self.found)
        try:
            prescription.write_paper(self._session.notebook, self._person, file, data)
        except LacError as problem:
            self._desk.messages.problem(problem)
            return False
        self._desk.messages.done(tr("Saved. It holds only what may be handed out."))
        return True


def _titled(words: str, field: QWidget) -> QVBoxLayout:
    """A field with its label above."""
    made = label(words, "emphasis")
    made.setBuddy(field)
    return column(made, field, gap=6)
