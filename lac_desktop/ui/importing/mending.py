# SPDX-License-Identifier: AGPL-3.0-or-later
"""Under the table: mend the row that is selected, or compare it with one you have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Fate, Problem
from lac_desktop.services import assets, importing
from lac_desktop.services.importing import FILE, HERE, Row
from lac_desktop.services.importing_fields import TYPED
from lac_desktop.ui.community.duplicates import value_words
from lac_desktop.ui.community.history import FIELDS
from lac_desktop.ui.community.value_choice import ValueChoice
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, clear, label, line, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

#: Fields that belong to each asset's own story and are not chosen between.
_OWN = ("source", "vanished_on", "known", "visibility", "checked_on", "checked_by")

Fix = Callable[[int, str, str], object]
Decide = Callable[[int, str, Mapping[str, str]], object]


class MendPanel(QWidget):
    """What can be done with one row."""

    def __init__(self, desk: Desk, fix: Fix, decide: Decide) -> None:
        super().__init__()
        self._desk, self._fix, self._decide = desk, fix, decide
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 10, 20, 10)
        self._box.setSpacing(6)
        self._groups: dict[str, QButtonGroup] = {}
        self.show_row(None)

    def show_row(self, shown: Row | None) -> None:
        """Show a row, or a word of advice where none is selected."""
        clear(self._box)
        self._groups = {}
        if shown is None:
            advice = tr("Choose a row to mend it or to compare it with one you have.")
            self._box.addWidget(label(advice, "", "muted", wrap=True))
        else:
            self._title(shown)
            for problem in shown.problems[:6]:
                self._problem(shown, problem)
            if shown.twins and shown.fate in (Fate.DUPLICATE, Fate.MERGE):
                self._compare(shown)
            else:
                self._leave_or_bring(shown)
        self._box.addStretch(1)

    def focus_first(self) -> bool:
        """Go to the first field of what is still wrong, if anything is."""
        typed = self.findChild(QLineEdit)
        if typed is not None:
            typed.setFocus()
            announce(self, typed.accessibleDescription())
        return typed is not None

    def _title(self, shown: Row) -> None:
        asset = shown.asset or shown.read
        name = asset.name if asset else shown.candidate.values.get("name", "")
        words = tr("Row {row}: {name}", row=shown.candidate.row, name=name or tr("(no name)"))
        self._box.addWidget(label(words, "heading2", wrap=True))

    def _problem(self, shown: Row, problem: Problem) -> None:
        """A sentence and, where a value can be typed, a field with the suggestion."""
        self._box.addWidget(label(tr(problem.message), "", "warning", wrap=True))
        if problem.field not in TYPED:
            return
        words = tr(TYPED[problem.field])
        typed = QLineEdit(problem.suggestion or shown.candidate.values.get(problem.field, ""))
        typed.setAccessibleName(words)
        typed.setAccessibleDescription(problem.message)
        named = label(words, "", "muted")
        named.setBuddy(typed)
        use = button(
            tr("Use {value}", value=problem.suggestion) if problem.suggestion else tr("Use this"),
            lambda: self._fix(shown.number, problem.field, typed.text()),
            "small",
        )
        use.setAccessibleName(tr("{words}: {field}", words=use.text(), field=words))
        typed.returnPressed.connect(use.click)
        across = row(named, gap=12)
        across.addWidget(typed, 1)
        across.addWidget(use)
        self._box.addLayout(across)

    def _leave_or_bring(self, shown: Row) -> None:
        if shown.fate is Fate.LEAVE_OUT:
            back = button(
                tr("Bring it in after all"),
                lambda: self._decide(shown.number, importing.UNDECIDED, {}),
            )
            self._box.addLayout(row(back, None))
        elif shown.fate in (Fate.ADD, Fate.UPDATE, Fate.PROBLEM):
            out = button(
                tr("Leave row {row} out", row=shown.candidate.row),
                lambda: self._decide(shown.number, importing.LEAVE_OUT, {}),
            )
            self._box.addLayout(row(out, None))

    def _compare(self, shown: Row) -> None:
        """Both side by side, a choice for each field that differs, and three ways on."""
        twin = shown.twins[0]
        why = tr("Same place? {reasons}.", reasons=", ".join(map(tr, twin.reasons)))
        self._box.addWidget(label(why, "emphasis", wrap=True))
        read = shown.read or shown.asset
        if read is not None:
            self._box.addLayout(self._grid(twin.asset, read, shown.choices))
        join = button(tr("Join into one"), lambda: self._join(shown), "primary")
        both = button(tr("Keep both"), lambda: self._decide(shown.number, importing.DIFFERENT, {}))
        out = button(
            tr("Leave row {row} out", row=shown.candidate.row),
            lambda: self._decide(shown.number, importing.LEAVE_OUT, {}),
        )
        self._box.addLayout(row(join, both, out, None))

    def _grid(self, here: Asset, there: Asset, chosen: Mapping[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(label(tr("Already on your map"), "caption", "muted"), 0, 1)
        grid.addWidget(label(tr("In the file"), "caption", "muted"), 0, 2)
        names = [
            name
            for name in assets.differing(here, there)
            if name not in _OWN and value_words(there, name)
        ]
        for at, name in enumerate(names, 1):
            self._choice(grid, at * 2, name, (value_words(here, name), value_words(there, name)),
                         chosen.get(name, ""))  # fmt: skip
        return grid

    def _choice(
        self, grid: QGridLayout, at: int, name: str, values: tuple[str, str], chosen: str
    ) -> None:
        """One field: what is here is chosen first, what is empty here is filled."""
        words = tr(FIELDS.get(name, name))
        grid.addWidget(line(), at - 1, 0, 1, 3)
        grid.addWidget(label(words, "", "muted"), at, 0)
        group = QButtonGroup(self)
        take = (chosen == FILE) if chosen else not values[0]
        for side, value in enumerate(values):
            where = (tr("on your map"), tr("in the file"))[side]
            says = tr("{field} {where}: {value}", field=words, where=where,
                      value=value or tr("nothing"))  # fmt: skip
            made = ValueChoice(value, says)
            made.setChecked(bool(side) == take)
            group.addButton(made, side)
            grid.addWidget(made, at, side + 1)
        self._groups[name] = group

    def _join(self, shown: Row) -> None:
        choices = {
            name: FILE if group.checkedId() == 1 else HERE for name, group in self._groups.items()
        }
        self._decide(shown.number, importing.MERGE, choices)
