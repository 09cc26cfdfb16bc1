# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page "Looking back": sentences, bars and tables; small counts are never printed."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lac_desktop.domain.wording import long_date
from lac_desktop.services import reflection
from lac_desktop.ui import printing
from lac_desktop.ui.forms import choice
from lac_desktop.ui.page import Page
from lac_desktop.ui.talk.bars import Bars
from lac_desktop.ui.widgets import button, clear, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.reflection import Part, Reflection
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_SINCE = (("91", "The last 13 weeks"), ("365", "The last 12 months"), ("", "From the start"))


class ReflectionPage(Page):
    """The coordinator's own numbers on screen; on paper small ones read "fewer than 5"."""

    title = "Looking back"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Looking back"))
        self._session, self._desk = session, desk
        self.shown: Reflection | None = None
        self.since = choice([(days, tr(words)) for days, words in _SINCE], "365")
        self.since.setAccessibleName(tr("Since when"))
        close = button(tr("Close"), lambda: session.task_over.emit())
        pdf = button(tr("Save as PDF…"), self.save_pdf)
        paper = with_icon(button(tr("Print…"), self.print_it), desk.icons, "ph.printer")
        self._head = panel(
            row(label(tr("Looking back"), "heading1"), None, self.since, close, pdf, paper, gap=10),
            "header", (20, 12, 16, 12),
        )  # fmt: skip
        self._inside = QVBoxLayout()
        self._inside.setSpacing(10)
        area = scrolling(panel(self._inside, "surface", (24, 12, 24, 20)), tr("Looking back"))
        self.setLayout(column(self._head, area, gap=0))
        self._area = area
        self.since.currentIndexChanged.connect(lambda _at: self.look())
        session.people_changed.connect(self.look)
        self.look()

    def regions(self) -> list[QWidget]:
        """Since when, then the numbers."""
        return [self._head, self._area]

    def look(self) -> None:
        """Count again, on a worker thread."""
        notebook, days = self._session.notebook, self.since.currentData()
        since = notebook.clock().date() - timedelta(days=int(days)) if days else None
        self._desk.jobs.run(lambda _progress: reflection.reflect(notebook, since), self.show_it)

    def show_it(self, found: Reflection) -> None:
        """Show the parts under each other: finding, bars, table."""
        self.shown = found
        clear(self._inside)
        about = tr("About the work, for your own thinking and for supervision. What is printed "
                   "says “fewer than 5” for small numbers.")  # fmt: skip
        self._inside.addWidget(label(about, "caption", wrap=True))
        for part in found.parts:
            self._inside.addSpacing(8)
            self._inside.addWidget(label(tr(part.title), "heading2"))
            if part.finding:
                self._inside.addWidget(label(part.finding, wrap=True))
            if part.sum:
                bars = Bars(self._desk)
                bars.show_rows(part.rows)
                self._inside.addWidget(bars)
                self._inside.addWidget(_table(part))
        self._inside.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._session.task_over.emit()
            return
        super().keyPressEvent(event)

    def print_it(self) -> None:
        """Print with small counts suppressed."""
        if self.shown is not None:
            printing.print_document(self, document_of(self.shown))

    def save_pdf(self) -> None:
        """Save as PDF with small counts suppressed."""
        if self.shown is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF"), str(Path.home() / "looking-back.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            printing.save_pdf(document_of(self.shown), Path(chosen))
            self._desk.messages.done(tr("Saved. Small numbers are not in it."))


def _table(part: Part) -> QTableWidget:
    """The same numbers to read and to copy."""
    made = QTableWidget(len(part.rows), 2)
    made.setAccessibleName(tr(part.title))
    made.setHorizontalHeaderLabels([tr("What"), tr("Count")])
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.setShowGrid(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for at, (words, number) in enumerate(part.rows):
        right = QTableWidgetItem(f"{number:,}")
        right.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        made.setItem(at, 0, QTableWidgetItem(tr(words)))
        made.setItem(at, 1, right)
    tall = sum(made.rowHeight(at) for at in range(len(part.rows)))
    made.setFixedHeight(tall + made.horizontalHeader().sizeHint().height() + 4)
    return made


def document_of(found: Reflection) -> QTextDocument:
    """The page for paper: every count under 5 suppressed, and totals that would give one away."""
    since = tr("From the start")
    if found.since is not None:
        since = tr("Since {day}", day=long_date(found.since, tr))
    parts = [
        f"<h1>{escape(tr('Looking back on the work'))}</h1>",
        f"<p>{escape(since)}. {escape(tr('Made on {day}.', day=long_date(found.made, tr)))}</p>",
    ]
    parts += [_part_html(part) for part in found.parts]
    document = QTextDocument()
    document.setHtml(f'<body style="color:#000000">{"".join(parts)}</body>')
    return document


def _part_html(part: Part) -> str:
    rows, total = reflection.printed(part)
    lines = "".join(
        f"<tr><td>{escape(tr(words))}</td><td align='right'>{escape(tr(number))}</td></tr>"
        for words, number in rows
    )
    if total:
        lines += f"<tr><td><b>{escape(tr('Together'))}</b></td><td align='right'>{total}</td></tr>"
    said = reflection.printed_finding(part)
    told = f"<p>{escape(said)}</p>" if said else ""
    return (
        f"<h2>{escape(tr(part.title))}</h2>{told}"
        f"<table width='100%' cellpadding='3'>{lines}</table>"
    )
