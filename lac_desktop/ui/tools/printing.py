# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way from a filled-in sheet to one page: large print, initials, what matters most, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QWidget,
)

from lac_desktop.errors import LacError
from lac_desktop.services import tools
from lac_desktop.ui.dialogs import Dialog, ask, extra_button
from lac_desktop.ui.speech import announce
from lac_desktop.ui.tools import paper
from lac_desktop.ui.tools.paper import Fit, Sheet
from lac_desktop.ui.tools.sheet_text import Item
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.tools.story import SheetStory

#: Makes the page: whether in large print, and whether with initials instead of names.
MakeSheet = Callable[[bool, bool], Sheet]
_PREVIEW = 300


def ask_to_print(parent: QWidget, story: SheetStory, make: MakeSheet, *, names: bool) -> None:
    """Show the page and print or save it; ``names`` offers initials instead."""
    ask(parent, PrintDialog(parent, story, make, names=names))


class PrintDialog(Dialog[bool]):
    """One page: what it looks like, what stays off it, and where it goes."""

    def __init__(self, parent: QWidget, story: SheetStory, make: MakeSheet, *, names: bool) -> None:
        super().__init__(parent, story.desk.theme, tr("Print on one page"))
        self._story, self._make = story, make
        self.sheet = make(False, False)
        self.found = Fit(0, 0)
        self.large = QCheckBox(tr("Large print"))
        self.short = QCheckBox(tr("Initials instead of names"))
        self.said = label("", "emphasis", wrap=True)
        self.items = QListWidget()
        self.items.setProperty("edged", True)
        self.items.setWordWrap(True)
        self.items.setAccessibleName(tr("What goes on the page"))
        self.items.itemChanged.connect(lambda _item: self._soon.start())
        self.suggest = button(tr("Keep what fits"), self._suggest, "small")
        self.page = _PagePreview(self.theme.scaled(_PREVIEW))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._measure)
        left = column(
            self.large,
            self.short,
            self.said,
            label(tr("Untick what can stay off this page. Nothing is deleted."), "caption",
                  wrap=True),
            self.items,
            row(self.suggest, None),
        )  # fmt: skip
        left.setStretch(4, 1)
        self.body.addLayout(row(left, self.page, gap=20), 1)
        self.short.setVisible(names)
        extra_button(self, tr("Save as PDF…"), self.save_pdf)
        extra_button(self, tr("Print…"), self.print_it)
        self.large.toggled.connect(lambda _on: self._again())
        self.short.toggled.connect(lambda _on: self._again())
        self.fit(760, 560)
        self._again()
        self.large.setFocus()

    def out(self) -> frozenset[Item]:
        """What stays off the page."""
        return frozenset(
            item.data(Qt.ItemDataRole.UserRole)
            for item in map(self.items.item, range(self.items.count()))
            if item.checkState() == Qt.CheckState.Unchecked
        )

    def save_pdf(self) -> None:
        """Save the page as a file, if it is one page."""
        if not self._fits():
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), str(Path.home() / "one-page.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, file: Path) -> bool:
        """Write the page to a file; False with a sentence where that is not possible."""
        story = self._story
        data = paper.pdf(self.sheet, self.found, self.out())
        try:
            tools.write_paper(story.session.notebook, story.person, story.tool.id, file, data)
        except LacError as error:
            self._tell(f"{error.message} {error.hint}")
            return False
        story.desk.messages.done(
            tr("Saved. The file is not locked: give it to the person, or delete it after use.")
        )
        self.accept()
        return True

    def print_it(self) -> None:
        """Send the page to a printer, if it is one page."""
        if self._fits() and paper.send_to_printer(self, self.sheet, self.found, self.out()):
            story = self._story
            tools.note_printed(story.session.notebook, story.person, story.tool.id)
            self.accept()

    def _fits(self) -> bool:
        """Whether there is one page; else say what to do, where it can be done."""
        self._soon.stop()
        self._measure()
        if self.found.over:
            self._tell(self.found.words())
            self.items.setFocus()
        return not self.found.over

    def _again(self) -> None:
        """Make the page anew, with all on it."""
        self.sheet = self._make(self.large.isChecked(), self.short.isChecked())
        kept = self.out()
        self.items.blockSignals(True)
        self.items.clear()
        listed: list[tuple[Item, str]] = [
            ((part.id, number), f"{part.heading}: {' '.join(text.split())[:300]}")
            for part in self.sheet.parts
            for number, text in enumerate(part.said)
        ]
        if self.sheet.photo:
            listed.insert(0, (paper.PHOTO, tr("The photo")))
        for key, words in listed:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, key)
            off = key in kept
            item.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
            self.items.addItem(item)
        self.items.blockSignals(False)
        self._measure()

    def _suggest(self) -> None:
        """Untick what does not fit, from the ends of the longest parts."""
        out = paper.keep_what_fits(self.sheet, large=self.large.isChecked())
        self.items.blockSignals(True)
        for item in map(self.items.item, range(self.items.count())):
            off = item.data(Qt.ItemDataRole.UserRole) in out
            item.setCheckState(Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)
        self.items.blockSignals(False)
        self._measure()

    def _measure(self) -> None:
        """Fit the page and show it."""
        out = self.out()
        self.found = paper.fit(self.sheet, large=self.large.isChecked(), out=out)
        words = self.found.words()
        if words != self.said.text():
            self._tell(words)
        self.suggest.setVisible(self.found.over > 0)
        shown = self.devicePixelRatioF()
        image = paper.picture(self.sheet, self.found, round(self.page.wide * shown), out)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(shown)
        self.page.setPixmap(picture)

    def _tell(self, sentence: str) -> None:
        """Say how it fits."""
        self.said.setText(sentence)
        announce(self, sentence)


class _PagePreview(QLabel):
    """The page as a picture; what it says is in the list beside it."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.wide = wide
        self.setAccessibleName(tr("Picture of the page"))
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setProperty("page", True)

    def sizeHint(self) -> QSize:
        """As wide as the page is shown."""
        return QSize(self.wide + 2, round(self.wide * 1.42))
