# SPDX-License-Identifier: AGPL-3.0-or-later
"""When and where a conversation was: out of sight until wanted, today by default."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from lac_desktop.domain.wording import day_date, long_date
from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.forms import text_field
from lac_desktop.ui.talk.days import clock_words, read_clock
from lac_desktop.ui.widgets import column, label, panel
from lac_desktop.ui.words import tr


def heading(on: date, setting: str, today: date) -> str:
    """The title of a conversation: "Conversation, Thursday 5 March, at home"."""
    day = day_date(on, tr) if on.year == today.year else long_date(on, tr)
    if setting.strip():
        return tr("Conversation, {day}, {setting}", day=day, setting=setting.strip())
    return tr("Conversation, {day}", day=day)


class WhenRow(QFrame):
    """Day, time and setting."""

    changed = Signal()
    left = Signal()

    def __init__(self, desk: Desk, today: date) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAccessibleName(tr("When and where"))
        self._desk, self._today = desk, today
        self._on, self._at = today, ""
        self.day = text_field()
        self.time = text_field("", tr("10:30am"))
        self.setting = text_field("", tr("at home, at the library, on a walk"))
        self.said = label("", "", "error", wrap=True)
        self.said.hide()
        flow = QFrame()
        layout = FlowLayout(flow, 12)
        for words, field, wide in (
            (tr("Day"), self.day, 170),
            (tr("Time, if it matters"), self.time, 110),
            (tr("Where"), self.setting, 290),
        ):
            layout.addWidget(self._field(words, field, wide))
        outer = column(flow, self.said, gap=4)
        outer.setContentsMargins(20, 0, 20, 10)
        self.setLayout(outer)
        self.hide()

    def show_values(self, on: date, at: str, setting: str) -> None:
        """Show when and where."""
        self._on, self._at = on, at
        self.day.setText(day_words(on))
        self.time.setText(clock_words(at))
        self.setting.setText(setting)

    def values(self) -> tuple[date, str, str]:
        """Day, "HH:MM" or "", and setting; what cannot be read is as it was before."""
        on = read_day(self.day.text(), self._today) or self._on
        at = read_clock(self.time.text())
        return on, self._at if at is None else at, self.setting.text().strip()

    def wrong(self) -> tuple[QLineEdit, str] | None:
        """The first field that cannot be read, and a sentence about it."""
        day = read_day(self.day.text(), self._today)
        if day is None:
            return self.day, tr("This is no day. Type it like 5 March 2026.")
        if day > self._today:
            return self.day, tr("This day is still to come.")
        if read_clock(self.time.text()) is None:
            return self.time, tr("This is no time. Type it like 10:30am.")
        return None

    def say_wrong(self) -> None:
        """Show under the fields what cannot be read."""
        wrong = self.wrong()
        for field in (self.day, self.time):
            mine = wrong is not None and wrong[0] is field
            field.setProperty("wrong", mine)
            field.setAccessibleDescription(wrong[1] if wrong is not None and mine else "")
            field.style().unpolish(field)
            field.style().polish(field)
        self.said.setText(wrong[1] if wrong is not None else "")
        self.said.setVisible(wrong is not None)

    def _field(self, words: str, field: QLineEdit, wide: int) -> QFrame:
        above = label(words, "caption")
        above.setBuddy(field)
        field.setAccessibleName(words)
        field.setFixedWidth(self._desk.theme.scaled(wide))
        field.textEdited.connect(lambda _text: self.changed.emit())
        field.editingFinished.connect(self.say_wrong)
        field.editingFinished.connect(self.left)
        return panel(column(above, field, gap=2))
