# SPDX-License-Identifier: AGPL-3.0-or-later
"""Parts of the dialogs about introductions: agreed or not, day and time, what may be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from lac_desktop.ui.forms import long_field
from lac_desktop.ui.talk.days import clock_words, read_clock, read_soon, soon_words
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import tr


class AgreedField(QWidget):
    """Agreed, not asked yet, or said no: never chosen beforehand. ``changed``: another answer."""

    changed = Signal()

    def __init__(self, name: str, agreed: bool | None) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[bool | None, QRadioButton] = {}
        words: tuple[tuple[bool | None, str], ...] = (
            (True, tr("{name} agreed", name=name)),
            (None, tr("Not asked yet")),
            (False, tr("Said no")),
        )
        for value, said in words:
            made = QRadioButton(said)
            made.setChecked(value is agreed)
            made.toggled.connect(lambda on: on and self.changed.emit())
            self._group.addButton(made)
            self.buttons[value] = made
        self.setLayout(row(*self.buttons.values(), None, gap=14))
        self.first = self.buttons[agreed]

    def value(self) -> bool | None:
        """What was answered; None where nobody asked."""
        return next(value for value, made in self.buttons.items() if made.isChecked())


class MomentField(QWidget):
    """A day and, if known, a time, typed as people type them; both may stay empty."""

    edited = Signal()

    def __init__(self, day: date | None, clock: str, today: date) -> None:
        super().__init__()
        self._today = today
        self.day_field = QLineEdit()
        self.day_field.setPlaceholderText(tr("Like 12 March"))
        self.day_field.setAccessibleName(tr("First time, the day"))
        self.time_field = QLineEdit()
        self.time_field.setPlaceholderText(tr("Like 2pm"))
        self.time_field.setAccessibleName(tr("First time, the time of day"))
        inside = row(self.day_field, self.time_field)
        inside.setStretch(0, 5)
        inside.setStretch(1, 2)
        self.setLayout(inside)
        self.first = self.day_field
        self.set_moment(day, clock)
        for field in (self.day_field, self.time_field):
            field.textEdited.connect(lambda _text: self.edited.emit())

    def set_moment(self, day: date | None, clock: str) -> None:
        """Show another day and time ("14:30", or "")."""
        self.day_field.setText(soon_words(day, self._today))
        self.time_field.setText(clock_words(clock) if clock else "")

    def day(self) -> date | None:
        """The day, or None where it is empty or none."""
        return (
            read_soon(self.day_field.text(), self._today) if self.day_field.text().strip() else None
        )

    def clock(self) -> str:
        """The time as "14:30", or ""."""
        return read_clock(self.time_field.text()) or ""

    def problem(self) -> str:
        """What is wrong with it as a sentence, or ""."""
        if self.day_field.text().strip() and self.day() is None:
            return tr("This date is not in the calendar. Type it like 12 March.")
        if self.time_field.text().strip() and not self.clock():
            return tr("This is not a time. Type it like 2pm or 14:30.")
        if self.clock() and self.day() is None:
            return tr("Say which day, too.")
        return ""


class ToldField(QWidget):
    """Word for word what may be told, with sentences that can be ticked one by one."""

    def __init__(self, told: str, offered: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self.text = long_field(told, theme, 2)
        self.text.setPlaceholderText(tr("Nothing is told until it stands here."))
        self.text.setAccessibleName(tr("What may be told, word for word"))
        self.first = self.text
        self.list = QListWidget()
        self.list.setProperty("edged", True)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(tr("Sentences to choose from"))
        for sentence in offered:
            item = QListWidgetItem(sentence)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            there = sentence in told
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._ticked)
        self.list.setFixedHeight(theme.scaled(26) * min(5, max(2, len(offered))) + 6)
        self.choose = button(tr("Choose what may be told"), self._open, "link")
        under = label(tr("Ask first. The program sends nothing."), "caption", wrap=True)
        self.setLayout(column(self.text, under, row(self.choose, None), self.list, gap=4))
        self.list.hide()
        self.choose.setVisible(bool(offered))

    def value(self) -> str:
        """The words."""
        return self.text.toPlainText().strip()

    def _open(self) -> None:
        """Show the sentences and go to the first."""
        self.list.show()
        self.choose.hide()
        self.list.setFocus()
        self.list.setCurrentRow(0)

    def _ticked(self, item: QListWidgetItem) -> None:
        """Put a sentence into the words, or take it out."""
        said, sentence = self.value(), item.text()
        if item.checkState() == Qt.CheckState.Checked:
            if sentence not in said:
                self.text.setPlainText(f"{said} {sentence}".strip())
        else:
            self.text.setPlainText(" ".join(said.replace(sentence, " ").split()))
