# SPDX-License-Identifier: AGPL-3.0-or-later
"""The left side of a conversation: the person's own words, and what each of us will do."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from lac_desktop.services import talk_lists
from lac_desktop.services.talk_lists import Question
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.promises import Promises
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import column, label, row, tool
from lac_desktop.ui.words import tr


def own_words_title(names: Sequence[str]) -> str:
    """What the field of own words is called: "In Jean’s own words"."""
    if len(names) == 1:
        return tr("In {name}’s own words", name=names[0])
    return tr("In their own words: {names}", names=", ".join(names)) if names else tr("Own words")


class OwnSide(QFrame):
    """Own words, questions that insert nothing, and promises."""

    def __init__(self, desk: Desk, names: Sequence[str], me: str, today: date) -> None:
        super().__init__()
        self.setObjectName("own-side")
        self._desk = desk
        title = own_words_title(names)
        self.words = WordsEdit(desk, own=True)
        self.words.setAccessibleName(title)
        self.words.setMinimumHeight(desk.theme.scaled(110))
        heading = label(title, "heading2", "own")
        heading.setBuddy(self.words)
        self._mark = QLabel()
        name = names[0] if len(names) == 1 else tr("They")
        sees = tr("{name} sees this part, and can change it", name=name)
        self.words.setAccessibleDescription(sees)
        self.asked = label("", "", "own", wrap=True)
        self.asked.hide()
        listed = talk_lists.questions()
        self.problems = listed.problems
        self.chips: list[QToolButton] = []
        self._stuck = QFrame()
        self._stuck.setAccessibleName(tr("If you are stuck"))
        self._questions(listed.entries)
        self.promises = Promises(desk, names, me, today)
        self.promises.setAccessibleName(tr("One thing we’ll each do"))
        top = column(row(self._mark, heading, None, gap=6), label(sees, "caption"), gap=1)
        layout = column(
            top,
            self.asked,
            self.words,
            label(tr("If you are stuck"), "heading3"),
            self._stuck,
            label(tr("One thing we’ll each do"), "heading2", "own"),
            self.promises,
            gap=6,
        )
        layout.setStretchFactor(self.words, 1)
        layout.setContentsMargins(20, 14, 24, 12)
        self.setLayout(layout)
        self.paint_icons()

    def paint_icons(self) -> None:
        """Paint the icon in the theme that is on."""
        self._mark.setPixmap(self._desk.icons.pixmap("ph.quotes", 18, "own-words"))

    def _questions(self, questions: Sequence[Question]) -> None:
        """A chip a question; pressed again it goes away."""
        flow = FlowLayout(self._stuck, 6)
        for question in questions:
            chip = tool(question.short, "chip", checkable=True)
            chip.setAccessibleName(question.short)
            chip.setAccessibleDescription(tr("Shows the question above the field"))
            chip.toggled.connect(lambda on, c=chip, q=question: self._ask(c, q, on))
            self.chips.append(chip)
            flow.addWidget(chip)

    def _ask(self, chosen: QToolButton, question: Question, on: bool) -> None:
        for chip in self.chips:
            with QSignalBlocker(chip):
                chip.setChecked(on and chip is chosen)
        self.asked.setText(question.ask if on else "")
        self.asked.setVisible(on)
        if on:
            announce(self, question.ask)
            self.words.setFocus()
