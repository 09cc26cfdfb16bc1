# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of a tool: each said as one line, asked for in a small dialog made from its columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from lac_desktop.domain import circle, week
from lac_desktop.domain.tool_values import problems, row_words, tidy
from lac_desktop.domain.tools import Field, Tool
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form
from lac_desktop.ui.tools.inputs import Input, Kit, hint_of, make
from lac_desktop.ui.tools.items import Ways
from lac_desktop.ui.words import tr

Row = dict[str, Any]
#: Takes a row that was not finished.
Keep = Callable[[Row], object]


def ways_of(kit: Kit, asked: Field) -> Ways[Row]:
    """How rows of a field are said and asked for; people of a circle and a week can be typed."""
    ids = {column.id for column in asked.columns}
    typed, hint = next((way for needs, way in _TYPED if needs <= ids), (None, ""))
    return Ways(
        say=lambda row: row_words(asked, row, tr) or tr("Nothing said yet"),
        typed=typed,
        ask=lambda parent, row: ask_row(
            parent, kit, asked, row, getattr(parent, "take_unfinished", None)
        ),
        hint=tr(hint) if hint else "",
    )


def ask_row(
    parent: QWidget,
    kit: Kit,
    asked: Field,
    row: Mapping[str, Any] | None,
    keep: Keep | None = None,
) -> Row | None:
    """Ask for one row, new or there already.

    ``keep`` takes what stands in the dialog where the notebook is locked meanwhile.
    """
    return ask(parent, RowDialog(parent, kit, asked, row, keep))


def _typed_person(text: str) -> Row | None:
    tie = circle.read_typed(text)
    return circle.to_row(tie) if tie is not None else None


#: Columns that a field must have for its rows to be typed as a line, and how that is read.
_TYPED: Sequence[tuple[frozenset[str], tuple[Callable[[str], Row | None], str]]] = (
    (
        frozenset({"name", "ring", "sector"}),
        (_typed_person, "Type a name and what you know, such as: Mo, friend, sees weekly"),
    ),
    (
        frozenset({"day", "start", "what"}),
        (week.read_typed, "Type it as you would say it: Tuesday 2pm to 4pm, bowls, with Mo"),
    ),
)


class RowDialog(Dialog[Row]):
    """The columns of one row under each other."""

    def __init__(
        self,
        parent: QWidget | None,
        kit: Kit,
        asked: Field,
        row: Mapping[str, Any] | None,
        keep: Keep | None = None,
    ) -> None:
        title = tr("Add to “{list}”") if row is None else tr("Change in “{list}”")
        super().__init__(parent, kit.desk.theme, title.format(list=tr(asked.label)), tr("Keep it"))
        self._asked, self._keep, self._before = asked, keep, dict(row or {})
        # One row is checked as a tool of its own columns.
        self._columns = Tool("row", "row", "row", "row", "row", asked.columns)
        self.form = Form(kit.desk.theme)
        self.inputs: dict[str, Input] = {}
        for column in asked.columns:
            made = make(kit, column)
            self.inputs[column.id] = made
            self.form.add(column.id, tr(column.label), made.widget, hint_of(column))
            made.put((row or {}).get(column.id))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.fit(520)
        self.inputs[asked.columns[0].id].widget.setFocus()

    def reject(self) -> None:
        """Cancel: what was typed here is dropped."""
        self._keep = None
        super().reject()

    def done(self, result: int) -> None:
        """Closed by the lock and not by hand: hand over what was typed, right or wrong."""
        keep, self._keep = self._keep, None
        if not result and keep is not None:
            typed = tidy(self._columns, {key: made.read() for key, made in self.inputs.items()})
            if typed and typed != self._before:
                keep(typed)
        super().done(result)

    def answer(self) -> Row | None:
        """The row, or None with what is wrong under its column."""
        values = {key: made.read() for key, made in self.inputs.items()}
        wrong = {key: tr(said) for key, said in problems(self._columns, values).items()}
        clean = tidy(self._columns, values)
        if not clean and not wrong:
            wrong = {self._asked.columns[0].id: tr("Type something first, or choose Cancel.")}
        return clean if self.form.show_problems(wrong) else None
