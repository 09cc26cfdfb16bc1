# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of places, groups and gifts, and what can be done with those selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lac_desktop.ui.community.deeds import Deeds
from lac_desktop.ui.community.empty import EmptyPanel
from lac_desktop.ui.community.table import PlacesTable
from lac_desktop.ui.filters import FilterBar, filters_on
from lac_desktop.ui.page import Page
from lac_desktop.ui.segment import Segment
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


_CHIPS = ("open_now", "free", "step-free", "stale", "nobody_known")


class CommunityPage(Page):
    """Heading row, filter row, table, and a line that says what is shown."""

    title = "Community"
    has_detail = True

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Community"))
        self._session, self._desk = session, desk
        self._heading = label(tr("Community"), "heading1")
        self._count = label("", "", "muted")
        self.table = PlacesTable(session, desk)
        self.deeds = Deeds(session, desk, self, self.table.chosen_ids)
        self.table.commands = self.commands
        self.filters = FilterBar(session, desk, _CHIPS)
        self.segment = Segment(desk, "community", self._go)
        self._header = self._make_header()
        self.empty = EmptyPanel(session, desk, self.filters, self.deeds)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._foot = label("", "caption")
        foot = panel(row(self._foot, None), "foot", (14, 6, 14, 6))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._header)
        outer.addWidget(self.stack, 1)
        outer.addWidget(foot)
        session.found_changed.connect(self._found)
        self.table.selectionModel().selectionChanged.connect(lambda _a, _b: self._selected())
        if session.found is not None:
            self._found()

    def _make_header(self) -> QWidget:
        """Heading row with the buttons, and filter row."""
        icons = self._desk.icons
        add = with_icon(
            button(tr("Add"), self.deeds.add, "primary", tr("Add a place (Ins)")),
            icons, "ph.plus", "on-accent",
        )  # fmt: skip
        bring = with_icon(
            button(tr("Import…"), lambda: self._session.asked.emit("import")),
            icons, "ph.upload-simple",
        )  # fmt: skip
        publish = with_icon(
            button(tr("Publish…"), lambda: self._session.asked.emit("publish")), icons, "ph.export"
        )
        self._change = button("", self.deeds.bulk)
        self._change.hide()
        self.actions_row = row(
            self._heading, self._count, None, self._change, bring, publish, add, gap=12
        )
        filter_row = row(self.segment, gap=8)
        filter_row.setAlignment(self.segment, Qt.AlignmentFlag.AlignTop)
        filter_row.addWidget(self.filters, 1)
        rows = column(self.actions_row, filter_row, gap=10)
        return panel(rows, "header", (20, 12, 20, 12))

    def regions(self) -> list[QWidget]:
        """Filters, then the list (or what stands in its place)."""
        return [self.filters, self.stack.currentWidget() or self.table]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What can be done with places."""
        return {
            **self.deeds.commands(),"select-all": self.table.selectAll,
                                        "near-here": self.filters.near_selected}  # fmt: skip

    def fit(self, width: int) -> None:
        """Collapse the filters, and hide columns where there is no room for them."""
        self.filters.collapse(width < 1024)
        self.table.fit(width)
        self.segment.compact(width < 800)

    def arrived(self) -> None:
        """Show the selected place."""
        self.table.show_selected()

    def _go(self, section: str) -> None:
        """Change to the map; filters and selection stay."""
        work = self.window()
        getattr(work, "work").show_section(section)  # noqa: B009 - the window is a Frame

    def _found(self) -> None:
        """Say how many there are and how they are sorted."""
        session = self._session
        found = session.found
        if found is None:
            return
        n = len(found)
        if n == session.total:
            words = count("{n} place, group or gift", "{n} places, groups and gifts", n)
        else:
            words = tr("{n} of {total} places", n=f"{n:,}", total=f"{session.total:,}")
        if words != self._count.text():
            self._count.setText(words)
            if self.isVisible():
                announce(self, words)
        self.stack.setCurrentWidget(self.table if n else self.empty)
        if not n:
            self.empty.explain()
        self._foot.setText(self._sorted_sentence(n))

    def _sorted_sentence(self, n: int) -> str:
        """How the list is sorted and from where."""
        query = self._session.query
        how = self.table.places.sorted_words()
        parts = [tr("Sorted {how}.", how=how)]
        if query.near is not None:
            parts.append(tr("Walking times are from {place}.", place=self._session.near_words))
        if filters_on(query):
            parts.append(count("{n} filter is on.", "{n} filters are on.", filters_on(query)))
        return " ".join(parts) if n else ""

    def _selected(self) -> None:
        """Offer to change many once more than one is selected."""
        n = self.table.chosen_count()
        self._change.setVisible(n > 1)
        self._change.setText(tr("Change {n} places…", n=f"{n:,}"))
