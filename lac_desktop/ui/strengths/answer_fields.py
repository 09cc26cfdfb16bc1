# SPDX-License-Identifier: AGPL-3.0-or-later
"""One question of a measure: its words, its answers side by side, and the person's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from lac_desktop.domain.measures import Item, own_words_key
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.forms import long_field, text_field
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import column, label
from lac_desktop.ui.words import tr

_NONE = -1


def _own_field(theme: Theme, text: str, *, short: bool) -> tuple[Callable[[], str], QWidget]:
    """A field for the person's own words, and what reads it."""
    if short:
        line = text_field(text)
        return line.text, line
    lines = long_field(text, theme, 2)
    lines.setProperty("look", "own-words")
    return lines.toPlainText, lines


class AnswerField(QWidget):
    """Arrows move between the answers; "No answer" is one of them, and is chosen to begin with.

    Nothing in it is compulsory. ``fixed`` wording shows as its source words it, in no translation.
    """

    def __init__(
        self, theme: Theme, item: Item, answers: Mapping[str, Any], *, fixed: bool
    ) -> None:
        super().__init__()
        self.item, self._fixed = item, fixed
        self.question = label(self._words(item.ask), "emphasis", wrap=True)
        self.error = label("", "", "error", wrap=True)
        self.error.hide()
        self.group = QButtonGroup(self)
        self.buttons: dict[int, QRadioButton] = {}
        said = str(answers.get(own_words_key(item.id), ""))
        self._read, self.own = _own_field(theme, said, short=item.names)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        if item.own_words:
            asked = label(tr(item.own_words), "emphasis", wrap=True)
            asked.setBuddy(self.own)
            self.own.setAccessibleName(tr(item.own_words))
            inside.addLayout(column(asked, self.own, gap=4))
        inside.addWidget(self.question)
        inside.addWidget(self._choices(answers.get(item.id)))
        if item.low_words and not item.options:
            inside.addWidget(self._ends())
        inside.addWidget(self.error)
        self.first = self.own if item.own_words else self.buttons[_NONE]

    def answers(self) -> dict[str, Any]:
        """What was answered: nothing under a key where there is no answer."""
        found: dict[str, Any] = {}
        code = next((code for code, made in self.buttons.items() if made.isChecked()), _NONE)
        if code != _NONE:
            found[self.item.id] = code
        if self.item.own_words:
            found[own_words_key(self.item.id)] = self._read()
        return found

    def complain(self, sentence: str) -> None:
        """Show what is wrong under the question, and read it with the field."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.first.setAccessibleDescription(sentence)
            self.first.setFocus()

    def _words(self, text: str) -> str:
        """Wording of a source stays as it is; our own is translated."""
        return text if self._fixed else tr(text)

    def _choices(self, chosen: Any) -> QWidget:
        """The answers in the order of the source, and "No answer" last."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=14)
        codes = [o.code for o in self.item.options] or range(self.item.low, self.item.high + 1)
        for code in codes:
            words = self._words(self.item.words_of(code))
            self._choice(flow, code, words, self._spoken(code, words))
        self._choice(flow, _NONE, tr("No answer"), tr("No answer"))
        self.buttons.get(chosen, self.buttons[_NONE]).setChecked(True)
        return holder

    def _choice(self, flow: FlowLayout, code: int, words: str, spoken: str) -> None:
        """One answer."""
        made = QRadioButton(words)
        made.setAccessibleName(spoken)
        made.setAccessibleDescription(self.question.text())
        self.group.addButton(made)
        self.buttons[code] = made
        flow.addWidget(made)

    def _spoken(self, code: int, words: str) -> str:
        """What a screen reader says of an answer: the ends with their words."""
        item = self.item
        if item.options:
            return words
        end = {item.low: item.low_words, item.high: item.high_words}.get(code, "")
        return tr("{n}, {words}", n=code, words=self._words(end)) if end else str(code)

    def _ends(self) -> QLabel:
        """What the ends of the scale mean."""
        item = self.item
        return label(
            tr("{low} is “{least}”, {high} is “{most}”.",
               low=item.low, high=item.high,
               least=self._words(item.low_words), most=self._words(item.high_words)),
            "caption", wrap=True,
        )  # fmt: skip
