# SPDX-License-Identifier: AGPL-3.0-or-later
"""One thing each of us will do: who, what, by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Promise
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.days import read_soon, soon_words
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr

ME, YOU = "me", "you"


class Line:
    """One promise as it is typed."""

    def __init__(self, promise: Promise, name: str, today: date, *, fixed: bool) -> None:
        self.promise, self.today = promise, today
        self.fixed = fixed
        self.who = text_field(name)
        self.who.setAccessibleName(tr("Who"))
        self.who.setPlaceholderText(tr("Who"))
        self.who_label = QLabel(name)
        self.who_label.setTextFormat(Qt.TextFormat.PlainText)
        self.what = text_field(promise.what)
        self.what.setAccessibleName(tr("What {name} will do", name=name or tr("somebody else")))
        self.what.setPlaceholderText(tr("will…"))
        self.by = text_field(soon_words(promise.by, today), tr("Thursday"))
        self.by.setAccessibleName(tr("By when, {name}", name=name or tr("somebody else")))
        self.by.editingFinished.connect(self.say_day)

    def day(self) -> date | None:
        """The day that was typed, or None."""
        return read_soon(self.by.text(), self.today) if self.by.text().strip() else None

    @property
    def wrong(self) -> bool:
        """Whether something was typed that is no day."""
        return bool(self.by.text().strip()) and self.day() is None

    def say_day(self) -> None:
        """Write the day out, so that it can be checked, or say that it is none."""
        if (day := self.day()) is not None:
            self.by.setText(soon_words(day, self.today))
        self.by.setProperty("wrong", self.wrong)
        self.by.setAccessibleDescription(
            tr("This is no day. Type it like Thursday, or 5 March 2026.") if self.wrong else ""
        )
        self.by.style().unpolish(self.by)
        self.by.style().polish(self.by)

    def value(self) -> Promise:
        """The promise as it stands."""
        who = self.promise.who if self.fixed else self.who.text().strip() or tr("somebody")
        return replace(self.promise, who=who, what=self.what.text().strip(), by=self.day())


class Promises(QWidget):
    """A line for each person and for me; more can be added. ``changed`` comes as one types."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, names: Sequence[str], me: str, today: date) -> None:
        super().__init__()
        self._desk, self._names, self._me, self._today = desk, list(names), me, today
        self.lines: list[Line] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._more = button(tr("Somebody else"), self.add_other, "small")
        self._more.setIcon(desk.icons.icon("ph.plus"))
        self._said = label("", "caption")
        self._said.hide()
        self.setLayout(column(self._grid, row(self._more, self._said, None), gap=6))
        self.show_promises(())

    def value(self) -> tuple[Promise, ...]:
        """What is written; lines without words are none."""
        made = [line.value() for line in self.lines]
        return tuple(promise for promise in made if promise.what)

    def wrong(self) -> Line | None:
        """The first line whose day cannot be read."""
        return next((line for line in self.lines if line.wrong), None)

    def show_promises(self, promises: Sequence[Promise]) -> None:
        """Show these, with an empty line for each of us who promised nothing yet."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = []
        rest = list(promises)
        for who, name in self._us():
            mine = [promise for promise in rest if promise.who == who]
            rest = [promise for promise in rest if promise.who != who]
            for promise in mine or [Promise(ids.new_id(), who, "")]:
                self._add(promise, name, fixed=True)
        for promise in rest:
            self._add(promise, promise.who, fixed=False)
        self._order()

    def add_other(self) -> None:
        """A line for somebody else."""
        self._add(Promise(ids.new_id(), "", ""), "", fixed=False)
        self._order()
        self.lines[-1].who.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_wrong(self, line: Line) -> None:
        """Go to a day that cannot be read and say so."""
        line.say_day()
        line.by.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said.setText(line.by.accessibleDescription())
        self._said.show()
        announce(self, self._said.text(), now=True)

    def _us(self) -> list[tuple[str, str]]:
        """Who is in the conversation: value and name."""
        if len(self._names) == 1:
            return [(YOU, self._names[0]), (ME, self._me)]
        return [*((name, name) for name in self._names), (ME, self._me)]

    def _add(self, promise: Promise, name: str, *, fixed: bool) -> None:
        line = Line(promise, name, self._today, fixed=fixed)
        number = self._grid.rowCount()
        if fixed:
            line.who_label.setBuddy(line.what)
            line.who_label.setMaximumWidth(self._desk.theme.scaled(120))
        self._grid.addWidget(line.who_label if fixed else line.who, number, 0)
        self._grid.addWidget(line.what, number, 1)
        by = label(tr("By"), "caption")
        by.setBuddy(line.by)
        self._grid.addWidget(by, number, 2)
        self._grid.addWidget(line.by, number, 3)
        line.by.setMaximumWidth(self._desk.theme.scaled(150))
        line.who.setMaximumWidth(self._desk.theme.scaled(120))
        for field in (line.who, line.what, line.by):
            self._watch(field)
        self.lines.append(line)

    def _order(self) -> None:
        """Tab goes through the lines and then to the button, in the order that is seen."""
        before: QWidget = self._more
        for line in self.lines:
            for field in (line.what, line.by) if line.fixed else (line.who, line.what, line.by):
                QWidget.setTabOrder(before, field)
                before = field
        QWidget.setTabOrder(before, self._more)

    def _watch(self, field: QLineEdit) -> None:
        field.textEdited.connect(lambda _text: self.changed.emit())
        field.editingFinished.connect(self.left.emit)
