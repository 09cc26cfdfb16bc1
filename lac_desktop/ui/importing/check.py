# SPDX-License-Identifier: AGPL-3.0-or-later
"""Check rows: chips, the table, and under it what can be done with the row selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QTableView,
    QWidget,
)

from lac_desktop.errors import LacError
from lac_desktop.services import answers, importing
from lac_desktop.services.importing import Preview
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.importing.mending import MendPanel
from lac_desktop.ui.importing.model import GROUPS, KIND, NAME, NOTICED, PLACE, ROW, WHEN, RowsModel
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling, tool
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QToolButton

    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class CheckRows(QWidget):
    """The preview to go through; ``changed`` gets each new preview."""

    def __init__(self, session: Session, desk: Desk, changed: Callable[[Preview], object]) -> None:
        super().__init__()
        self._desk, self._changed = desk, changed
        self._preview: Preview | None = None
        self._group = "all"
        self._chips: dict[str, QToolButton] = {}
        self.chips = QWidget()
        self.chips.setLayout(self._make_chips())
        self.chips.setAccessibleName(tr("Which rows to show"))
        self._held = label("", "caption", "muted", wrap=True)
        self._bring = button(tr("Bring some in"), None, "small")
        self._bring.setMenu(QMenu(self._bring))
        self._private = label("", "caption", "muted", wrap=True)
        self._change = button(tr("Change columns"), lambda: self._change_now(), "small")
        self._change_now: Callable[[], object] = lambda: None
        self._all = button("", self._use_all, "small")
        top = column(
            self.chips,
            stretched(row(self._held, self._bring, self._all, gap=12)),
            stretched(row(self._private, self._change, gap=12)),
            gap=6,
        )
        notebook = session.notebook
        self.model = RowsModel(desk.theme, lambda kind: answers.kind_name(notebook, kind))
        self.table = self._make_table()
        self.mend = MendPanel(desk, self.fix, self.decide)
        self._lower = scrolling(self.mend, tr("Mend the row"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self._lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([600, 400])
        split.setChildrenCollapsible(False)
        outer = column(panel(top, "header", (20, 8, 20, 8)), gap=0)
        outer.addWidget(split, 1)
        self.setLayout(outer)

    def regions(self) -> list[QWidget]:
        """Chips, table, what can be done."""
        return [self.chips, self.table, self._lower]

    def fit(self, width: int) -> None:
        """Fewer columns where there is little room."""
        self.table.setColumnHidden(WHEN, width < 1024)
        self.table.setColumnHidden(KIND, width < 800)

    def focus_table(self) -> None:
        """Put the focus on the rows."""
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def show_preview(self, preview: Preview) -> None:
        """Show a preview: first what needs a look, where anything does."""
        self._preview = preview
        numbers = self._count()
        first = next((g for g in ("look", "twins") if numbers[g]), "all")
        self._show(first)
        self._chips[first].setChecked(True)

    def say_left_out(self, sentence: str, change: Callable[[], object]) -> None:
        """Say which columns are left out, with the way back to them."""
        self._change_now = change
        self._private.setText(sentence)
        self._private.setVisible(bool(sentence))
        self._change.setVisible(bool(sentence))

    def say_held_back(self, bring: Callable[[str | None], object]) -> None:
        """Say how many things are no place; ``bring`` gets a reason, or None for all of them."""
        reasons = self._preview.held_back if self._preview else {}
        number = sum(reasons.values())
        menu = self._bring.menu()
        menu.clear()
        for why, n in reasons.items():
            words = tr("{why} ({n})", why=_capital(tr(why)), n=f"{n:,}")
            menu.addAction(words.replace("&", "&&"), lambda w=why: bring(w))
        if len(reasons) > 1:
            menu.addSeparator()
            menu.addAction(tr("All of them ({n})", n=f"{number:,}"), lambda: bring(None))
        told = ", ".join(f"{n:,} {tr(why)}" for why, n in list(reasons.items())[:4])
        words = count("{n} thing is no place and is held back", "{n} things are no places and are "
                      "held back", number)  # fmt: skip
        self._held.setText(f"{words}: {told}." if number else "")
        self._bring.setVisible(bool(number))

    def fix(self, number: int, field: str, value: str) -> None:
        """Type a value into a row."""
        if self._preview is not None:
            self._new(importing.fix(self._preview, number, field, value), number)

    def decide(self, number: int, decision: str, choices: Mapping[str, str]) -> None:
        """Say what a row is."""
        if self._preview is None:
            return
        try:
            self._new(importing.decide(self._preview, number, decision, choices), number)
        except LacError as error:
            self._desk.messages.problem(error)

    def _use_all(self) -> None:
        if self._preview is not None:
            self._new(importing.use_all_suggestions(self._preview), -1)

    def _new(self, preview: Preview, number: int) -> None:
        """Take a new preview; go on to the row after the one that was settled."""
        self._preview = preview
        at = max(0, self.model.place_of(number))
        self._show(self._group)
        here = self.model.place_of(number)
        self.table.selectRow(here if here >= 0 else min(at, self.model.rowCount() - 1))
        self._row_chosen()
        self._changed(preview)
        if here < 0 or not self.mend.focus_first():
            self.table.setFocus()
            announce(self, count("{n} row left here", "{n} rows left here", self.model.rowCount()))

    def _show(self, group: str) -> None:
        if self._preview is None:
            return
        self._group = group
        self.model.show_rows(self._preview, group)
        self._count()
        suggested = sum(1 for r in self._preview.rows if any(p.suggestion for p in r.problems))
        self._all.setVisible(suggested > 0)
        self._all.setText(count("Use the suggestion", "Use all {n} suggestions", suggested))
        if self.model.rowCount():
            self.table.selectRow(0)
        self._row_chosen()

    def _count(self) -> dict[str, int]:
        """Put the numbers on the chips; those of nothing are hidden."""
        rows = self._preview.rows if self._preview else ()
        numbers = {name: sum(map(test, rows)) for name, (_words, test) in GROUPS.items()}
        for name, chip in self._chips.items():
            chip.setText(f"{tr(GROUPS[name][0])} {numbers[name]:,}")
            chip.setVisible(bool(numbers[name]) or name in ("all", self._group))
        return numbers

    def _row_chosen(self) -> None:
        index = self.table.currentIndex()
        self.mend.show_row(self.model.at(index.row()) if index.isValid() else None)

    def _make_chips(self) -> FlowLayout:
        flow = FlowLayout()
        group = QButtonGroup(self)
        for name, (words, _test) in GROUPS.items():
            made = tool(tr(words), "chip", checkable=True)
            made.toggled.connect(lambda on, n=name: on and n != self._group and self._show(n))
            group.addButton(made)
            flow.addWidget(made)
            self._chips[name] = made
        return flow

    def _make_table(self) -> QTableView:
        made = QTableView()
        made.setModel(self.model)
        made.setAccessibleName(tr("Rows of the import"))
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setTabKeyNavigation(False)
        made.setWordWrap(False)
        made.setShowGrid(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(self._desk.theme.scaled(32))
        header = made.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for part, width in ((ROW, 56), (NAME, 220), (KIND, 140), (PLACE, 230), (WHEN, 150)):
            made.setColumnWidth(part, self._desk.theme.scaled(width))
        header.setSectionResizeMode(NOTICED, QHeaderView.ResizeMode.Stretch)
        made.selectionModel().selectionChanged.connect(self._selected)
        return made

    def _selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        self._row_chosen()


def stretched(line: QHBoxLayout) -> QHBoxLayout:
    """Give the first item of a row all the room that is left."""
    line.setStretch(0, 1)
    return line


def _capital(words: str) -> str:
    """Words as the beginning of a line."""
    return words[:1].upper() + words[1:]
