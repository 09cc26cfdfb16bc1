# SPDX-License-Identifier: AGPL-3.0-or-later
"""People in my life: the circle, its equal table, two counts, and adding by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from lac_desktop.domain import circle
from lac_desktop.domain.circle import Tie
from lac_desktop.domain.wording import MONTH_NAMES
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.tools.circle_view import CircleView, sentence
from lac_desktop.ui.tools.form import ToolForm
from lac_desktop.ui.tools.panel import Pair, ToolPanel
from lac_desktop.ui.tools.people_table import PeopleTable
from lac_desktop.ui.tools.rows import ask_row
from lac_desktop.ui.widgets import button, column, label, row, scrolling, tool
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_FIELD = "people"


class CirclePanel(ToolPanel):
    """The relationship circle of one person."""

    def __init__(self, session: Session, desk: Desk, person: str, made: Tool) -> None:
        super().__init__(session, desk, person, made)
        self._asked = made.field(_FIELD)
        self.view = CircleView(desk.theme, self.name)
        self.table = PeopleTable(desk.theme)
        self.typed = text_field("", tr("Mo, friend, sees weekly"))
        self.typed.setAccessibleName(tr("Add somebody by typing"))
        self.typed.setToolTip(
            tr("A name, then what you know: family, friend, neighbour, paid, closest, more, less")
        )
        self.as_list = tool(tr("As a list"), "chip", checkable=True)
        self.as_list.setIcon(desk.icons.icon("ph.list-bullets"))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.table)
        self.side = QWidget()
        self.counts = [label("", "number"), label(""), label("", "number"), label("")]
        self.before = label("", "caption", wrap=True)
        self.wishes = label("", "caption", wrap=True)
        self.empty = label("", "lead", wrap=True)
        self.form = ToolForm(self.kit(), made, tuple(f.id for f in made.fields if f.id != _FIELD))
        self._build()
        self._connect()
        self.show_values()

    def show_values(self) -> None:
        """Paint, list and count what is looked at."""
        ties = self.ties()
        self.view.put(ties)
        self.table.put(ties)
        self.form.put(self.story.values)
        unpaid, paid = circle.counts(ties)
        says = (
            f"{unpaid:,}",
            count("person not paid to be here", "people not paid to be here", unpaid),
            f"{paid:,}",
            tr("paid"),
        )
        for made, text in zip(self.counts, says, strict=True):
            made.setText(text)
        self.before.setText(self._last_time())
        self.before.setVisible(bool(self.before.text()))
        more = ", ".join(t.name for t in ties if t.wants == "more")
        self.wishes.setText(tr("Would like to see more of {names}", names=more) if more else "")
        self.wishes.setVisible(bool(more))
        who = self.name or tr("they")
        self.empty.setText(tr("Who would {name} ring with good news?", name=who))
        self.empty.setVisible(not ties)

    def ties(self) -> list[Tie]:
        """The people that are looked at."""
        return circle.from_rows(self._rows())

    def regions(self) -> list[QWidget]:
        """Where F6 stops."""
        return [self.typed, self.stack]

    def closing(self) -> None:
        """Keep what is typed, also a name that was not entered yet."""
        self._add_typed()
        super().closing()

    def _rows(self) -> list[dict[str, Any]]:
        """The rows that are looked at."""
        return [dict(r) for r in self.story.values.get(_FIELD) or []]

    def _build(self) -> None:
        """Circle or table at the left, counts and words at the right."""
        self.view.setToolTip(
            tr("Arrow keys go from one to the next. Ctrl and arrow keys move: up nearer, down "
               "further, left and right to another part. Enter for details.")
        )  # fmt: skip
        remove = button(tr("Remove"), lambda: self._remove(self._current()), "small")
        change = button(tr("Change…"), lambda: self._open(self._current()), "small")
        top = row(self.typed, change, remove, self.as_list)
        top.setStretch(0, 1)
        legend = label(
            tr("From the centre out: closest, friends, people I know, paid. A filled circle is not "
               "paid, a square is. A plus means: would like to see more of them."),
            "caption",
            wrap=True,
        )  # fmt: skip
        number, words, paid, paid_words = self.counts
        self.side.setLayout(
            column(number, words, paid, paid_words, self.before, self.wishes, legend, self.form,
                   None, gap=4)
        )  # fmt: skip
        self.side.setContentsMargins(8, 0, 4, 0)
        beside = scrolling(self.side, tr("Counts and wishes"))
        beside.setMinimumWidth(self.desk.theme.scaled(210))
        self.inside.addLayout(top)
        self.inside.addWidget(self.empty)
        self.inside.addWidget(Pair(self.desk.theme, self.stack, beside, 290), 1)

    def _connect(self) -> None:
        self.story.shown.connect(self.show_values)
        self.typed.returnPressed.connect(self._add_typed)
        self.as_list.toggled.connect(lambda on: self.stack.setCurrentIndex(int(on)))
        for shown in (self.view, self.table):
            shown.edited.connect(self._edited)
            shown.opened.connect(self._open)
            shown.wanted.connect(self._add)
        self.table.unwanted.connect(self._remove)
        self.view.picked.connect(self.table.choose)
        self.table.picked.connect(self.view.choose)
        self.form.changed.connect(self._form_changed)

    def _current(self) -> int:
        """The person that is chosen."""
        return self.table.currentRow() if self.as_list.isChecked() else self.view.current

    def _take(self, rows: list[dict[str, Any]]) -> None:
        """Take changed rows as the draft."""
        self.story.type({**self.story.values, _FIELD: rows})

    def _form_changed(self) -> None:
        """Something was typed below the counts."""
        self.story.type({**self.story.values, **self.form.values()}, show=False)

    def _edited(self, index: int, tie: Tie) -> None:
        """Somebody was moved."""
        rows = self._rows()
        kept = {k: v for k, v in rows[index].items() if k not in ("ring", "sector", "paid")}
        rows[index] = {**kept, **circle.to_row(tie)}
        self._take(rows)

    def _add_typed(self) -> None:
        """Take the typed line."""
        tie = circle.read_typed(self.typed.text())
        if tie is not None:
            self._take([*self._rows(), circle.to_row(tie)])
            self._choose(len(self._rows()) - 1)
            announce(self.typed, tr("Added: {what}", what=sentence(tie)))
            self.typed.clear()

    def _add(self) -> None:
        """Ask for one more person."""
        made = ask_row(self, self.kit(), self._asked, None, self._append)
        if made is not None:
            self._append(made)

    def _append(self, made: dict[str, Any]) -> None:
        """One more person at the end."""
        self._take([*self._rows(), made])
        self._choose(len(self._rows()) - 1)

    def _open(self, index: int) -> None:
        """Ask for the details of a person."""
        rows = self._rows()
        if not 0 <= index < len(rows):
            self._add()
            return

        def put(typed: dict[str, Any]) -> None:
            self._take([*rows[:index], typed, *rows[index + 1 :]])
            self._choose(index)

        now = circle.to_row(self.ties()[index])
        made = ask_row(self, self.kit(), self._asked, now, put)
        if made is not None:
            put(made)

    def _remove(self, index: int) -> None:
        """Take somebody out of the circle; the dates before keep them."""
        rows = self._rows()
        if 0 <= index < len(rows):
            gone = rows.pop(index)
            self._take(rows)
            self._choose(min(index, len(rows) - 1))
            announce(self, tr("Removed: {what}", what=gone.get("name", "")))

    def _choose(self, index: int) -> None:
        """Show somebody as chosen in both."""
        self.view.choose(index)
        self.table.choose(index)

    def _last_time(self) -> str:
        """The same two counts from the date before."""
        before = self.story.before()
        if before is None:
            return ""
        unpaid, paid = circle.counts(circle.from_rows(before.values.get(_FIELD) or []))
        month = tr(MONTH_NAMES[before.on.month - 1])
        when = month if before.on.year == self.story.day.year else f"{month} {before.on.year}"
        return tr("In {month}: {unpaid} and {paid}", month=when, unpaid=unpaid, paid=paid)
