# SPDX-License-Identifier: AGPL-3.0-or-later
"""The right column of Today: what is on nearby, what is worth a check, Level 1 this week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from lac_desktop.domain.query import Order, Query
from lac_desktop.services import talk_lists
from lac_desktop.services import today as days
from lac_desktop.services.answers import kind_name
from lac_desktop.services.notebook import centre
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.today.words import on_words
from lac_desktop.ui.widgets import button, clear, column, label, row, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.services.today import OnToday, Today
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_MOST_ON = 7


class Side(QFrame):
    """``went(section)``: another section shows what was asked for."""

    went = Signal(str)

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAccessibleName(tr("On today"))
        self._session, self._desk = session, desk
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 18, 20, 16)
        self._inside.setSpacing(8)

    def show_day(self, now: Today) -> None:
        """Show what there is of it."""
        clear(self._inside)
        self._on(now)
        self._checks(now)
        self._tally(now)
        self._inside.addStretch(1)

    def _heading(self, text: str, beside: str = "") -> None:
        """A heading, with room above all but the first."""
        made = label(text, "heading2", wrap=True)
        if self._inside.count():
            self._inside.addSpacing(10)
        self._inside.addLayout(row(made, label(beside, "", "muted") if beside else None, None))

    def _on(self, now: Today) -> None:
        """Sessions of today that are not over."""
        pack = self._session.notebook.pack
        where = self._session.notebook.settings.patch_name or (pack.info.name if pack else "")
        title = tr("On in {place} today", place=where) if where else tr("On nearby today")
        self._heading(title)
        if not now.on:
            self._inside.addWidget(label(tr("Nothing more is on today."), "", "muted", wrap=True))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for at, one in enumerate(now.on[:_MOST_ON]):
            self._one_on(grid, at, one)
        self._inside.addLayout(grid)
        show = button(tr("Show on the map"), self._on_map, "link")
        self._inside.addLayout(row(show, None))

    def _one_on(self, grid: QGridLayout, at: int, one: OnToday) -> None:
        """Time, shape, name and a few words."""
        notebook = self._session.notebook
        kind = notebook.kinds.kinds.get(one.asset.kind)
        time, said = on_words(one, kind_name(notebook, one.asset.kind))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(time, "emphasis"), at, 0, top)
        shape, size = QLabel(), self._desk.theme.scaled(20)
        letter = kind.category if kind else "S"
        shape.setPixmap(category_icon(letter, self._desk.theme).pixmap(size, size))
        grid.addWidget(shape, at, 1, top)
        name = button(one.asset.name, lambda a=one.asset.id: self._open(a), "plain-text")
        name.setAccessibleName(f"{time}, {one.asset.name}, {said}")
        grid.addLayout(column(name, label(said, "caption", wrap=True), gap=0), at, 2)

    def _checks(self, now: Today) -> None:
        """What is worth a check."""
        if not now.checks_due:
            return
        self._heading(tr("Worth a check"))
        words = count(
            "{n} place has not been checked for a while.",
            "{n} places have not been checked for a while.",
            now.checks_due,
        )
        few = tr("Three calls take about ten minutes.") if now.checks_due > 2 else ""
        self._inside.addWidget(label(f"{words} {few}".strip(), wrap=True))
        start = button(tr("Start with the nearest"), self._worth_a_check, "small")
        with_icon(start, self._desk.icons, "ph.phone")
        self._inside.addLayout(row(start, None))

    def _tally(self, now: Today) -> None:
        """Short contacts of this week, by place."""
        total = sum(one.count for one in now.tally)
        if not total:
            return
        talks = count("{n} conversation", "{n} conversations", total)
        self._heading(tr("Level 1 this week"), talks)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        most = max(one.count for one in now.tally)
        places = {one.id: one.name for one in talk_lists.tally().places}
        for at, one in enumerate(now.tally[:5]):
            grid.addWidget(label(tr(places.get(one.key, one.label))), at, 0)
            grid.addWidget(_Bar(self._desk, one.count / most), at, 1)
            grid.addWidget(label(f"{one.count:,}", "emphasis"), at, 2)
        self._inside.addLayout(grid)

    def _open(self, asset_id: str) -> None:
        """Show a place in the list of places."""
        self.went.emit("community")
        self._session.open(asset_id)

    def _on_map(self) -> None:
        """What is open now, on the map."""
        self._session.set_query(Query(open_now=True))
        self.went.emit("map")

    def _worth_a_check(self) -> None:
        """The list of what is due, the nearest first."""
        middle = centre(self._session.notebook)
        query = Query(stale=True, order=Order.CHECKED)
        if middle is not None:
            near = tr("the middle of the map")
            query = replace(query, near=middle, near_text=near, order=Order.NEAREST)
        self._session.set_query(query)
        self.went.emit("community")


class _Bar(QWidget):
    """A bar from 0 to 1; the number stands beside it."""

    def __init__(self, desk: Desk, share: float) -> None:
        super().__init__()
        self._desk, self._share = desk, share
        self.setMinimumWidth(60)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        painter = QPainter(self)
        high = self._desk.theme.scaled(9)
        top = (self.height() - high) // 2
        wide = max(2, round(self.width() * self._share))
        painter.fillRect(0, top, wide, high, self._desk.theme.colour("accent"))


def weeks_choices(now: Today) -> list[tuple[int, str]]:
    """After how many weeks somebody counts as not spoken to: value and words."""
    values = sorted({2, 4, days.QUIET_WEEKS, 8, 12, 26, now.quiet_weeks})
    return [(n, count("After {n} week", "After {n} weeks", n)) for n in values]
