# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one form builder: label, buddy, accessible name, hint and error of every field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from lac_desktop.ui.speech import announce
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import column, label
from lac_desktop.ui.words import count


@dataclass(slots=True)
class Field:
    """One field of a form: its input, its label and the lines under it."""

    widget: QWidget
    words: QLabel
    hint: QLabel
    error: QLabel
    box: QWidget

    def say(self, hint: str) -> None:
        """Change the hint under the field."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._describe()

    def complain(self, sentence: str) -> None:
        """Show what is wrong under the field; an empty sentence takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.widget.setProperty("wrong", bool(sentence))
        self.widget.style().unpolish(self.widget)
        self.widget.style().polish(self.widget)
        self._describe()

    def _describe(self) -> None:
        """Join error and hint to what a screen reader reads after the name."""
        parts = (self.error.text(), self.hint.text())
        focus_of(self.widget).setAccessibleDescription(" ".join(p for p in parts if p))


class Form(QWidget):
    """Fields under each other; labels stand above them where there is little room."""

    def __init__(self, theme: Theme, *, above: bool = False) -> None:
        super().__init__()
        self._theme, self._above = theme, above
        self.fields: dict[str, Field] = {}
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(16)
        self._layout.setVerticalSpacing(10)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._wrap()

    def add(self, key: str, text: str, widget: QWidget, hint: str = "") -> Field:
        """Add a field; ``key`` is the name that problems use for it."""
        words = label(text, "emphasis" if self._above else "")
        words.setBuddy(focus_of(widget))
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words.setContentsMargins(0, 0 if self._above else self._theme.scaled(6), 0, 0)
        widget.setAccessibleName(text)
        box = QWidget()
        error, under = label("", "", "error", wrap=True), label(hint, "caption", wrap=True)
        field = Field(widget, words, under, error, box)
        box.setLayout(column(widget, error, under, gap=3))
        if isinstance(widget, QCheckBox):
            widget.setText(text)
            words.setText("")
            words.hide()
        self._layout.addRow(words, box)
        field.complain("")
        field.say(hint)
        self.fields[key] = field
        return field

    def heading(self, text: str) -> None:
        """A heading across the form."""
        made = label(text, "heading2")
        made.setContentsMargins(0, 10, 0, 0)
        self._layout.addRow(made)

    def wide(self, widget: QWidget) -> None:
        """Something across the whole width."""
        self._layout.addRow(widget)

    def shown(self, key: str, visible: bool) -> None:
        """Show or hide a field with its label."""
        self._layout.setRowVisible(self.fields[key].box, visible)

    def show_problems(self, problems: Mapping[str, str]) -> bool:
        """Mark these fields, focus the first and say how many there are; True if there are none.

        ``problems`` maps keys of fields to sentences; unknown keys are left to the caller.
        """
        first: QWidget | None = None
        for key, field in self.fields.items():
            field.complain(problems.get(key, ""))
            if key in problems and first is None:
                first = field.widget
        if first is None:
            return not problems
        focus_of(first).setFocus(Qt.FocusReason.OtherFocusReason)
        n = sum(1 for key in problems if key in self.fields)
        words = count("{n} thing to put right", "{n} things to put right", n)
        announce(first, f"{words}. {next(problems[k] for k in self.fields if k in problems)}")
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put labels above the fields where the form gets narrow."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """Choose between labels beside and above."""
        narrow = self._above or (0 < self.width() < self._theme.scaled(430))
        policy = (
            QFormLayout.RowWrapPolicy.WrapAllRows
            if narrow
            else QFormLayout.RowWrapPolicy.DontWrapRows
        )
        if self._layout.rowWrapPolicy() != policy:
            self._layout.setRowWrapPolicy(policy)


def focus_of(widget: QWidget) -> QWidget:
    """What takes the focus for a widget that is made of several: its ``first``."""
    first = getattr(widget, "first", widget)
    return widget if first is widget else focus_of(first)


def text_field(text: str = "", placeholder: str = "") -> QLineEdit:
    """One line of text."""
    made = QLineEdit(text)
    made.setPlaceholderText(placeholder)
    return made


def long_field(text: str, theme: Theme, lines: int = 3) -> QPlainTextEdit:
    """Some lines of text; Tab goes on to the next field."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    height = made.fontMetrics().lineSpacing() * lines + 18
    made.setFixedHeight(max(height, theme.scaled(19) * lines + 18))
    return made


def choice(options: Iterable[tuple[str, str]], chosen: str = "") -> QComboBox:
    """A choice of one: pairs of value and words."""
    made = QComboBox()
    for value, words in options:
        made.addItem(words, value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    return made
