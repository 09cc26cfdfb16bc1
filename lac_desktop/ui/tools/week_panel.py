# SPDX-License-Identifier: AGPL-3.0-or-later
"""A perfect week: the grid and its equal list, and a calendar file that names nobody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from lac_desktop.domain.tool_values import words
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import access, people, tools, week_calendar
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.tools.form import ToolForm
from lac_desktop.ui.tools.items import ItemsEditor
from lac_desktop.ui.tools.panel import Pair, ToolPanel
from lac_desktop.ui.tools.rows import ask_row
from lac_desktop.ui.tools.week_view import WeekView
from lac_desktop.ui.widgets import button, label, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.tools import Field, Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_FIELD = "week"


class WeekPanel(ToolPanel):
    """The week of one person."""

    def __init__(self, session: Session, desk: Desk, person: str, made: Tool) -> None:
        super().__init__(session, desk, person, made)
        self._asked = made.field(_FIELD)
        self.view = WeekView(desk.theme, self._asked)
        self.view.setToolTip(
            tr("Draw with the mouse, or Ins. Ctrl and arrow keys move, Shift and arrow keys "
               "lengthen, Enter for details.")
        )  # fmt: skip
        self.form = ToolForm(self.kit(), made)
        editor = self.form.inputs[_FIELD].widget
        assert isinstance(editor, ItemsEditor)
        self.list = editor
        self.export = with_icon(
            button(tr("Save as a calendar…"), self.save_calendar, "small"),
            desk.icons,
            "ph.calendar-plus",
        )
        self.add_button(self.export)
        beside = scrolling(self.form, tr("The week as a list"))
        beside.setMinimumWidth(desk.theme.scaled(370))
        self.inside.addWidget(Pair(desk.theme, self.view, beside), 1)
        self.story.shown.connect(self.show_values)
        self.form.changed.connect(self._typed)
        self.list.chosen.connect(self.view.choose)
        self.view.picked.connect(self.list.list.setCurrentRow)
        self.view.edited.connect(lambda at, row: self.list.replace(at, row))
        self.view.drawn.connect(self._add)
        self.view.opened.connect(self._open)
        self.view.unwanted.connect(self._remove)
        self.show_values()

    def show_values(self) -> None:
        """Paint and list what is looked at."""
        self.form.put(self.story.values)
        self.view.put(self.rows())

    def rows(self) -> list[dict[str, Any]]:
        """The rows that are looked at."""
        return list(self.list.values)

    def save_calendar(self) -> None:
        """Show what the file will say, and save it."""
        rows = [dict(row) for row in self.story.values.get(_FIELD) or [] if row.get("day")]
        if not rows:
            self.desk.messages.warn(tr("Give something a day first, then save the calendar."))
            return
        names = self._names()
        if ask(self, _CalendarDialog(self, self.desk, self._asked, rows, names)):
            chosen, _ = QFileDialog.getSaveFileName(
                self, tr("Save as a calendar"), str(Path.home() / "week.ics"), "iCalendar (*.ics)"
            )
            if chosen:
                self.write_calendar(Path(chosen), rows, names)

    def write_calendar(self, file: Path, rows: list[dict[str, Any]], names: list[str]) -> None:
        """Write the calendar file, whole or not at all, and note that it was taken out."""
        notebook = self.session.notebook
        now = notebook.clock()
        monday = week_calendar.next_monday(now.date())
        try:
            week_calendar.save(file, week_calendar.calendar(rows, names, monday, now))
        except LacError as error:
            self.desk.messages.problem(error)
            return
        access.note(notebook, "printed", self.person, self.tool.id)
        day = long_date(monday, tr)
        self.desk.messages.done(tr("Saved. The week begins on {day}; it names nobody.", day=day))

    def _names(self) -> list[str]:
        """Everybody whose name must not be in the file."""
        notebook = self.session.notebook
        names = tools.known_names(notebook, self.person)
        for row in people.all_people(notebook):
            found = people.get(notebook, row.id)
            if found is not None:
                names += [found.name, found.full_name]
        return [name for name in names if name.strip()]

    def _typed(self) -> None:
        """Something was changed in the list or the form."""
        self.story.type(self.form.values(), show=False)
        self.view.put(self.rows())

    def _add(self, row: dict[str, Any]) -> None:
        """Ask what happens at a day and time."""
        made = ask_row(self, self.kit(), self._asked, row, self.list.append)
        if made is not None:
            self.list.append(made)
            self.view.choose(len(self.list.values) - 1)

    def _open(self, at: int) -> None:
        """Ask for the details of a row."""
        made = ask_row(
            self,
            self.kit(),
            self._asked,
            self.list.values[at],
            lambda typed: self.list.replace(at, typed),
        )
        if made is not None:
            self.list.replace(at, made)

    def _remove(self, at: int) -> None:
        """Take a row out."""
        self.list.list.setCurrentRow(at)
        self.list.remove()
        self.view.setFocus()


class _CalendarDialog(Dialog[bool]):
    """What the calendar file will say, before it is written."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        asked: Field,
        rows: list[dict[str, Any]],
        names: list[str],
    ) -> None:
        super().__init__(parent, desk.theme, tr("Save as a calendar"), tr("Save to a file…"))
        self.body.addWidget(
            label(tr("The file holds days, times, what and where. Names that this notebook knows, "
                     "company and help stay out. This is what it will say:"), wrap=True)
        )  # fmt: skip
        self.lines = QListWidget()
        self.lines.setProperty("edged", True)
        self.lines.setAccessibleName(tr("What the calendar says"))
        column = {c.id: c for c in asked.columns}
        for row, (what, where) in zip(rows, week_calendar.lines(rows, names), strict=True):
            when = " ".join(
                words(column[key], row.get(key), tr) for key in ("day", "start") if key in column
            )
            self.lines.addItem(", ".join(p for p in (when.strip(), what, where) if p))
        self.body.addWidget(self.lines, 1)
        self.fit(520, 420)

    def answer(self) -> bool:
        """Yes."""
        return True
