# SPDX-License-Identifier: AGPL-3.0-or-later
"""Short contacts counted by week, place and topic: plain bars, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from lac_desktop.domain.wording import long_date
from lac_desktop.services import notes, talk_lists
from lac_desktop.services.notes import Count
from lac_desktop.ui import clipboard
from lac_desktop.ui.forms import choice
from lac_desktop.ui.page import Page
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.bars import Bars
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_SINCE = (("91", "The last 13 weeks"), ("365", "The last 12 months"), ("", "From the start"))


def rows_of(counts: Sequence[Count], by: str) -> list[tuple[str, int]]:
    """Words and number of each count; weeks by their Monday, topics by their names."""
    topics = {one.id: one.name for one in talk_lists.tally().topics}
    made: list[tuple[str, int]] = []
    for one in counts:
        if by == "week":
            words = tr("Week of {day}", day=long_date(date.fromisoformat(one.key), tr))
        elif by == "topic":
            words = tr(topics.get(one.key, one.label))
        else:
            words = tr(one.label)
        made.append((words, one.count))
    return made


def finding(rows: Sequence[tuple[str, int]], by: str) -> str:
    """The title says what the numbers say: "Most Level 1 talks were at Library"."""
    total = sum(number for _words, number in rows)
    if not total:
        return tr("No Level 1 talks counted yet")
    words, most = max(rows, key=lambda pair: pair[1])
    if by == "week":
        return count("{n} Level 1 talk", "{n} Level 1 talks", total)
    if most * 2 > total:
        return tr("Most Level 1 talks: {words}", words=words)
    return tr("Level 1 talks most often: {words}", words=words)


class TallyCounts(Page):
    """Counts for the coordinator's own eyes; nothing is rounded or left out."""

    title = "Level 1 counts"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Level 1 counts"))
        self._session, self._desk = session, desk
        self.rows: list[tuple[str, int]] = []
        self.by = choice(
            [("week", tr("By week")), ("place", tr("By place")), ("topic", tr("By topic"))], "place"
        )
        self.by.setAccessibleName(tr("Counted by"))
        self.since = choice([(days, tr(words)) for days, words in _SINCE], "91")
        self.since.setAccessibleName(tr("Since when"))
        close = button(tr("Close"), lambda: session.task_over.emit())
        self._head = panel(
            row(label(tr("Level 1 counts"), "heading1"), None, self.by, self.since, close, gap=10),
            "header", (20, 12, 16, 12),
        )  # fmt: skip
        self.finding = label("", "heading2", wrap=True)
        self.bars = Bars(desk)
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName(tr("Level 1 counts"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.copy = with_icon(button(tr("Copy numbers"), self.copy_numbers), desk.icons, "ph.copy")
        inside = column(self.finding, self.bars, self.table, row(self.copy, None), None, gap=14)
        inside.setContentsMargins(20, 16, 20, 16)
        box = QWidget()
        box.setLayout(inside)
        area = scrolling(box, tr("Level 1 counts"))
        self.setLayout(column(self._head, area, gap=0))
        self.by.currentIndexChanged.connect(lambda _at: self.look())
        self.since.currentIndexChanged.connect(lambda _at: self.look())
        session.people_changed.connect(self.look)
        self.look()

    def regions(self) -> list[QWidget]:
        """What to count by, then the numbers."""
        return [self._head, self.table]

    def look(self) -> None:
        """Count again, on a worker thread."""
        notebook, by, days = self._session.notebook, self.by.currentData(), self.since.currentData()
        today = notebook.clock().date()
        since = today - timedelta(days=int(days)) if days else None

        def work(_progress: object) -> tuple[str, list[Count]]:
            return by, notes.tally_counts(notebook, by, since)

        self._desk.jobs.run(work, self._show)

    def copy_numbers(self) -> None:
        """Put the table into the clipboard, a line a row, with tabs, for a spreadsheet."""
        lines = [f"{words}\t{number}" for words, number in self.rows]
        clipboard.put("\n".join(["\t".join(self._titles()), *lines]))
        self._desk.messages.done(tr("Copied. Paste it into a spreadsheet."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._session.task_over.emit()
            return
        super().keyPressEvent(event)

    def _titles(self) -> list[str]:
        return [self.by.currentText(), tr("Talks")]

    def _show(self, answer: tuple[str, list[Count]]) -> None:
        by, counts = answer
        if by != self.by.currentData():
            return
        self.rows = rows_of(counts, by)
        self.finding.setText(finding(self.rows, by))
        self.bars.show_rows(self.rows)
        self.table.setHorizontalHeaderLabels(self._titles())
        self.table.setRowCount(len(self.rows))
        for at, (words, number) in enumerate(self.rows):
            right = QTableWidgetItem(f"{number:,}")
            right.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(at, 0, QTableWidgetItem(words))
            self.table.setItem(at, 1, right)
        tall = sum(self.table.rowHeight(at) for at in range(len(self.rows)))
        self.table.setFixedHeight(tall + self.table.horizontalHeader().sizeHint().height() + 4)
        self.copy.setEnabled(bool(self.rows))
        announce(self, self.finding.text())
