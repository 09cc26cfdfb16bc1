# SPDX-License-Identifier: AGPL-3.0-or-later
"""Beside the ladder: if it cannot wait, what was tried or thought about, why this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from lac_desktop.domain.ladder import LadderAnswer
from lac_desktop.services import considered
from lac_desktop.ui.widgets import button, clear, column, label, panel
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class LadderSide(QWidget):
    """The urgent route first, always; nothing here asks anything before it opens."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._why = label("", "emphasis", "urgent", wrap=True)
        self._why.hide()
        self._go = label(
            tr("Urgent or safeguarding: go straight there. Nothing to fill in first."), wrap=True
        )
        self.numbers = button(
            tr("Numbers, and what to say"), lambda: session.asked.emit("urgent"), "urgent"
        )
        self._across = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._across.setSpacing(8)
        self._across.addWidget(label(tr("If it cannot wait"), "heading2", "urgent"))
        self._across.addWidget(self._why, 1)
        self._across.addWidget(self._go, 1)
        self._across.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignLeft)
        self._note = panel(self._across, "note-urgent")
        self._outer = column(self._note, gap=0)
        self.setLayout(self._outer)
        self.fit(narrow=False)

    def fit(self, *, narrow: bool) -> None:
        """One line above the ladder where there is no room for a note beside it."""
        way = QBoxLayout.Direction.LeftToRight if narrow else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(way)
        self._across.setContentsMargins(14, 6 if narrow else 12, 14, 6 if narrow else 12)
        self._go.setVisible(not narrow)
        around = (20, 10, 20, 0) if narrow else (16, 14, 16, 0)
        self._outer.setContentsMargins(*around)
        self._across.setAlignment(
            self.numbers, Qt.AlignmentFlag.AlignRight if narrow else Qt.AlignmentFlag.AlignLeft
        )

    def show_answer(self, answer: LadderAnswer) -> None:
        """Say why the urgent route comes first, where the words ask for it."""
        self._why.setVisible(answer.urgent_first)
        self._why.setText(tr(answer.urgent_why) if answer.urgent_first else "")


class LadderMemory(QWidget):
    """What was tried or thought about with a person, and why the rungs stand in this order."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._memory = QVBoxLayout()
        self._memory.setSpacing(4)
        why = tr(
            "Nearest to the person’s own life first: gifts, people, neighbours, groups. On each "
            "rung what fits the words comes first, then what is nearer on foot, open when they "
            "are free, known to you and checked lately. Services come last, and any rung can be "
            "opened at any time."
        )
        inside = column(
            self._memory,
            label(tr("Why this order?"), "heading2"),
            label(why, "", "muted", wrap=True),
            None,
            gap=14,
        )
        inside.setContentsMargins(16, 14, 16, 14)
        self.setLayout(inside)

    def show_person(self, person: str) -> None:
        """Say what is remembered of this person; of nobody in particular, nothing."""
        clear(self._memory)
        if not person:
            return
        self._memory.addWidget(label(tr("Tried or thought about"), "heading2"))
        found = considered.of_person(self._session.notebook, person)[:6]
        for one in found:
            self._memory.addWidget(label(one.title, "emphasis", wrap=True))
            self._memory.addWidget(label(considered.sentence(one), "caption", "muted", wrap=True))
        if not found:
            self._memory.addWidget(label(tr("Nothing yet."), "", "muted"))
