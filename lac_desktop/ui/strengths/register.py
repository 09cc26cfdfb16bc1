# SPDX-License-Identifier: AGPL-3.0-or-later
"""One part of a register: heading, a question to ask, its rows, and ways to add and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.strengths.rows import Rows
from lac_desktop.ui.widgets import button, column, label, line, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

#: How many rows show before "Show 9 more".
FIRST = 7


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a register does: add one, and change or take out the row of a key."""

    add: Callable[[], object]
    change: Callable[[str], object]
    remove: Callable[[str], object]


class Register(QWidget):
    """Enter or a double click changes a row, Insert adds one, Delete takes one out (with undo).

    ``questions`` are asked one at a time; "Another question" goes on to the next.
    """

    def __init__(
        self, desk: Desk, title: str, add: str, deeds: Deeds,
        *, icon: str = "", questions: Sequence[str] = (), empty: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._deeds, self._icon = desk, deeds, icon
        self._questions, self._at, self._all = tuple(questions), 0, False
        self._lines: list[Line] = []
        self.heading = label(title, "emphasis")
        self._glyph = QLabel()
        self._glyph.setVisible(bool(icon))
        self.question = label("", "", "muted", wrap=True)
        self.another = button(tr("Another question"), self.ask_another, "link")
        self.empty = label(empty, "caption", wrap=True)
        self.rows = Rows(desk, title)
        self.more = button("", self.show_all, "link")
        self.add = button(add, deeds.add, "small")
        self.change = button(tr("Change…"), lambda: self._change(), "small")
        self.beside = row()  # more buttons that act on the chosen row
        self.notes = column(gap=6)  # what stands between the heading and the rows
        self._lay_out()
        self._keys()
        self.ask()
        self.show_lines(())
        desk.theme.changed.connect(self._paint_icon)
        self._paint_icon()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows, the first seven unless all were asked for."""
        self._lines = list(lines)
        shown = self._lines if self._all else self._lines[:FIRST]
        rest = len(self._lines) - len(shown)
        self.rows.show_lines(shown)
        self.rows.setVisible(bool(shown))
        self.change.setVisible(bool(shown))
        self.empty.setVisible(not shown and bool(self.empty.text()))
        self.more.setText(tr("Show {n} more", n=f"{rest:,}"))
        self.more.setVisible(rest > 0)

    def show_all(self) -> None:
        """Show every row; the focus goes on from the first new one."""
        self._all = True
        self.show_lines(self._lines)
        self.rows.setFocus()
        self.rows.setCurrentIndex(self.rows.lines.index(FIRST))

    def ask(self) -> str:
        """The question that is asked now, shown and given back; "" where there is none."""
        asked = tr(self._questions[self._at % len(self._questions)]) if self._questions else ""
        self.question.setText(tr("“{question}”", question=asked) if asked else "")
        self.question.setVisible(bool(asked))
        self.another.setVisible(len(self._questions) > 1)
        return asked

    def ask_another(self) -> None:
        """Go on to the next question."""
        self._at += 1
        self.ask()

    def _lay_out(self) -> None:
        """Heading with its buttons, question, rows."""
        head = row(self._glyph, self.heading, None, self.beside, self.change, self.add)
        asked = row(self.question, self.another)
        asked.setStretch(0, 1)
        asked.setAlignment(self.another, Qt.AlignmentFlag.AlignTop)
        inside = column(head, asked, line(), self.notes, self.empty, self.rows, self.more, gap=4)
        self.setLayout(inside)

    def _keys(self) -> None:
        """What keys and the menu of a row do."""
        self.rows.opened.connect(self._deeds.change)
        self.rows.keys = {
            Qt.Key.Key_Delete: self._deeds.remove,
            Qt.Key.Key_Insert: lambda _key: self._deeds.add(),
        }
        self.rows.menu = [
            (tr("Change…"), self._deeds.change),
            (tr("Take out"), self._deeds.remove),
        ]

    def _change(self) -> None:
        """Change the chosen row."""
        if key := self.rows.key():
            self._deeds.change(key)

    def _paint_icon(self) -> None:
        """The glyph before the heading, in the colours that are on."""
        if self._icon:
            size = self._desk.theme.scaled(18)
            self._glyph.setPixmap(self._desk.icons.icon(self._icon).pixmap(size, size))
