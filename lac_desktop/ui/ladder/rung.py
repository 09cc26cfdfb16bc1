# SPDX-License-Identifier: AGPL-3.0-or-later
"""One rung on screen: its number, questions, suggestions with reasons, and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from lac_desktop.domain.introduction import Thought
from lac_desktop.domain.ladder import RungAnswer, Suggestion
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.widgets import button, clear, column, label, line, row
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

_THOUGHTS = (
    (Thought.THOUGHT_ABOUT, "We thought about it"),
    (Thought.TRIED, "We tried it…"),
    (Thought.LATER, "Later…"),
    (Thought.NOT_FOR_ME, "Not for me…"),
)


@dataclass(frozen=True, slots=True)
class Ways:
    """What the page does for a rung: the verb, the memory, the others, looking anyway."""

    act: Callable[[Suggestion], object]
    remember: Callable[[Suggestion, Thought], object]
    others: Callable[[RungAnswer], object]
    look_anyway: Callable[[int], object]
    with_person: bool
    category: Callable[[str], str]


class Badge(QLabel):
    """A rung's number: arrow keys and digits move along the ladder, Right goes into the rung."""

    moved = Signal(int)  # to the rung of this number
    entered = Signal()

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self._number = number
        self.setObjectName("rung-number")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the ladder."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(min(7, max(1, self._number + step)))
        elif event.text() in set("1234567") - {""}:
            self.moved.emit(int(event.text()))
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class RungBox(QWidget):
    """A rung; the number is reached by its key, everything in it by Tab."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__()
        self._desk, self._number = desk, number
        self.badge = Badge(number)
        self.badge.entered.connect(self.enter)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(6)
        across = row(gap=14)
        across.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(self._inside, 1)
        self.setLayout(column(across, line(), gap=8))
        desk.theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """The number's box is as large as the text asks for."""
        theme = self._desk.theme
        self.badge.setFixedSize(theme.scaled(30), theme.scaled(26))

    def enter(self) -> None:
        """Put the focus on the first verb of this rung, or on the first thing to press."""
        inside = [one for one in self.findChildren(QPushButton) if one.isVisible()]
        verbs = [one for one in inside if one.property("verb")]
        for one in (verbs or inside)[:1]:
            one.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_rung(self, answer: RungAnswer, ways: Ways) -> None:
        """Show what the ladder says of this rung."""
        clear(self._inside)
        said = count("{n} suggestion", "{n} suggestions", len(answer.suggestions))
        self.badge.setAccessibleName(
            tr("Rung {n} of 7, {title}, {said}", n=self._number, title=tr(answer.rung.title),
               said=said)
        )  # fmt: skip
        self._inside.addWidget(label(tr(answer.rung.title), "heading2", wrap=True))
        if answer.questions:
            asked = label("  ".join(tr(q) for q in answer.questions[:2]), "", "own", wrap=True)
            self._inside.addWidget(asked)
        for suggestion in answer.suggestions:
            self._suggestion(suggestion, ways)
        self._foot(answer, ways)

    def _suggestion(self, one: Suggestion, ways: Ways) -> None:
        """Name, reasons and doubts at the left; the verb and the memory at the right."""
        side = self._desk.theme.scaled(20)
        glyph = QLabel()
        letter = ways.category(one.kind)
        if letter:
            glyph.setPixmap(category_icon(letter, self._desk.theme, side).pixmap(side, side))
        glyph.setFixedWidth(side)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(one.title, "emphasis", wrap=True))
        words.addWidget(label(_sentences(one.reasons), "caption", "muted", wrap=True))
        if one.doubts:
            words.addWidget(label(_sentences(one.doubts), "caption", "warning", wrap=True))
        verb = button(tr(one.verb), lambda: ways.act(one), "small")
        verb.setProperty("verb", True)
        verb.setAccessibleName(f"{tr(one.verb)}: {one.title}")
        verb.setAccessibleDescription(_sentences((*one.reasons, *one.doubts)))
        across = row(gap=8)
        across.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        if ways.with_person:
            across.addWidget(self._memory(one, ways), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(verb, 0, Qt.AlignmentFlag.AlignTop)
        self._inside.addLayout(across)

    def _memory(self, one: Suggestion, ways: Ways) -> QWidget:
        made = button(tr("Remember"), None, "small")
        made.setAccessibleName(tr("Remember what came of {title}", title=one.title))
        menu = QMenu(made)
        for thought, words in _THOUGHTS:
            menu.addAction(tr(words), lambda t=thought: ways.remember(one, t))
        made.setMenu(menu)
        return made

    def _foot(self, answer: RungAnswer, ways: Ways) -> None:
        """What is not among the first, or that nothing fits; any rung can be opened."""
        parts = row(gap=14)
        if answer.nothing:
            nothing = label(tr(answer.nothing), "caption", "muted", wrap=True)
            nothing.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            parts.addWidget(nothing, 1)
        if answer.others:
            words = count("Why not the other", "Why not the other {n}", len(answer.others))
            others = button(words, lambda: ways.others(answer), "link")
            others.setAccessibleName(f"{words}: {tr(answer.rung.title)}")
            parts.addWidget(others)
        look = button(tr("What else there is"), lambda: ways.look_anyway(self._number), "link")
        look.setAccessibleName(
            tr("What else there is on rung {n}, {title}", n=self._number,
               title=tr(answer.rung.title))
        )  # fmt: skip
        parts.addWidget(look)
        if not answer.nothing:
            parts.addStretch(1)
        self._inside.addLayout(parts)


def _sentences(said: tuple[str, ...]) -> str:
    """Several sentences one after the other, each with its full stop."""
    return " ".join(f"{one.rstrip('.')}." for one in said)
