# SPDX-License-Identifier: AGPL-3.0-or-later
"""One heading of Today with its list: seven rows, then "Show 9 more"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.widgets import button, column, label, line
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

FIRST = 7


class TodaySection(QWidget):
    """A heading, its count where that is more than what shows, and the list; hidden while empty."""

    def __init__(self, desk: Desk, title: str, *, counted: bool = False, lead: int = 0) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._all, self._counted = False, counted
        self.heading = label(title, "heading2")
        self.count = label("", "", "muted")
        self.view = LinesView(desk, title, whole=True, lead=lead)
        self.more = button("", self.show_all, "link")
        self.beside = QHBoxLayout()
        self.beside.setSpacing(6)
        self.beside.addWidget(self.heading)
        self.beside.addWidget(self.count)
        self.beside.addStretch(1)
        self.setLayout(column(self.beside, line(), self.view, self.more, gap=5))
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, the first seven of them unless all were asked for."""
        self._lines = list(lines)
        shown = self._lines if self._all else self._lines[:FIRST]
        rest = len(self._lines) - len(shown)
        self.view.show_lines(shown)
        self.count.setText(f"{len(lines):,}" if self._counted and lines else "")
        self.more.setText(tr("Show {n} more", n=f"{rest:,}"))
        self.more.setVisible(rest > 0)
        self.setVisible(bool(lines))

    def show_all(self) -> None:
        """Show every row; the focus goes on from the first new one."""
        self._all = True
        self.show_lines(self._lines)
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.lines.index(FIRST))
