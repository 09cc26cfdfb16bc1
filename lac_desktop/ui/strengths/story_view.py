# SPDX-License-Identifier: AGPL-3.0-or-later
"""One measure as a person took it: each line over time, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from lac_desktop.domain.measures import Track
from lac_desktop.domain.wording import long_date
from lac_desktop.services.measures import Story
from lac_desktop.ui.strengths import words
from lac_desktop.ui.strengths.charts import TrackChart
from lac_desktop.ui.strengths.numbers import NumbersTable
from lac_desktop.ui.strengths.take_dialog import credit
from lac_desktop.ui.widgets import button, column, label, line, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.measures import TrackPoint
    from lac_desktop.ui.desk import Desk

_COLUMN = 420


class StoryView(QWidget):
    """``take`` begins the measure, ``change`` and ``remove`` act on the record of an id, ``copied``
    is told when numbers went to the clipboard.
    """

    def __init__(
        self, desk: Desk, story: Story, *, take: Callable[[], object],
        change: Callable[[str], object], remove: Callable[[str], object],
        copied: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self.story = desk, story
        measure = story.measure
        self.heading = label(tr(measure.name), "heading2", wrap=True)
        self.take = button(tr("Take it together…"), take, "small")
        self.take.setAccessibleDescription(tr(measure.name))
        top = row(self.heading, self.take)
        top.setStretch(0, 1)
        inside = column(top, label(tr(measure.about), "caption", wrap=True), gap=4)
        if said := declined_words(story):
            inside.addWidget(label(said, wrap=True))
        self._cells: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(14)
        if story.tracks:
            self._cells = [self._track(track) for track in story.tracks]
            inside.addWidget(line())
            inside.addLayout(self._grid)
            inside.addWidget(label(tr(measure.scoring), "caption", wrap=True))
            inside.addLayout(self._make_table(change, remove))
            self.table.copied.connect(lambda: copied())
        inside.addWidget(label(credit(measure), "caption", wrap=True))
        inside.setSpacing(6)
        self.setLayout(inside)
        self._columns = 0
        self._place(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many charts beside each other as there is room for, at most three."""
        super().resizeEvent(event)
        self._place(max(1, min(3, self.width() // self._desk.theme.scaled(_COLUMN))))

    def _place(self, columns: int) -> None:
        """Put the charts into so many columns."""
        if columns == self._columns:
            return
        for cell in self._cells:
            self._grid.removeWidget(cell)
        for at in range(max(columns, self._columns)):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns)
        self._columns = columns

    def _track(self, track: Track) -> QWidget:
        """A line's finding, its marks where there are two or more, and the latest own words."""
        title = words.track_title(track)
        made = QWidget()
        parts: list[QWidget] = [label(title, "emphasis", wrap=True)]
        if len(track.points) > 1:
            parts.append(TrackChart(self._desk.theme, track, title))
        if scale := words.scale_words(track):
            parts.append(label(scale, "caption", wrap=True))
        said = next((p.own_words for p in reversed(track.points) if p.own_words), "")
        if said and said != track.name:
            parts.append(label(tr("“{words}”", words=said), "", "own", wrap=True))
        inside = column(*parts, gap=3)
        inside.addStretch(1)
        made.setLayout(inside)
        return made

    def _make_table(
        self, change: Callable[[str], object], remove: Callable[[str], object]
    ) -> QVBoxLayout:
        """Every day it was taken, the latest first, with each line's value."""
        story = self.story
        self.table = NumbersTable(self._desk, tr(story.measure.name))
        latest = list(reversed(story.taken))
        values: dict[tuple[str, str], TrackPoint] = {
            (point.taken, track.name): point for track in story.tracks for point in track.points
        }
        rows = []
        for taken in latest:
            points = [values.get((taken.id, track.name)) for track in story.tracks]
            cells = [words.cell_words(point.reading if point else None) for point in points]
            rows.append([long_date(taken.on, tr), *cells])
        names = [track.name for track in story.tracks]
        self.table.show_numbers([tr("Day"), *names], rows)
        if any(item.names for item in story.measure.items):
            self.table.copied_as = [
                tr("Day"),
                *(tr("Line {n}", n=n + 1) for n in range(len(names))),
            ]
        self.table.opened.connect(lambda at: change(latest[at].id))
        self.table.removed.connect(lambda at: remove(latest[at].id))
        self.copy = button(tr("Copy numbers"), self.table.copy, "small")
        self.correct = button(
            tr("Correct…"), lambda: change(latest[max(0, self.table.currentRow())].id), "small"
        )
        return column(self.table, row(self.copy, self.correct, None), gap=6)


def declined_words(story: Story) -> str:
    """That it was not wanted last time, kindly."""
    if story.declined_on is None:
        return ""
    return tr("Offered on {date}, and not wanted.", date=long_date(story.declined_on, tr))
