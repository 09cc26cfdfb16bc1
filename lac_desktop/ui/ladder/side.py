# SPDX-License-Identifier: AGPL-3.0-or-later
"""Beside the ladder: if it cannot wait, what was tried or thought about, why this order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.ladder import LadderAnswer
from lac_desktop.services import considered
from lac_desktop.ui.widgets import button, clear, column, label, panel, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class LadderSide(QWidget):
    """The urgent route first, always; nothing here asks anything before it opens."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._why = label("", "emphasis", "urgent", wrap=True)
        self._why.hide()
        self.numbers = button(
            tr("Numbers, and what to say"), lambda: session.asked.emit("urgent"), "urgent"
        )
        box = column(
            label(tr("If it cannot wait"), "heading2", "urgent"),
            self._why,
            label(tr("Urgent or safeguarding: go straight there. Nothing to fill in first."),
                  wrap=True),
            row(self.numbers, None),
            gap=8,
        )  # fmt: skip
        self._memory = QVBoxLayout()
        self._memory.setSpacing(4)
        why = tr(
            "Nearest to the person’s own life first: gifts, people, neighbours, groups. On each "
            "rung what fits the words comes first, then what is nearer on foot, open when they "
            "are free, known to you and checked lately. Services come last, and any rung can be "
            "opened at any time."
        )
        inside = column(
            panel(box, "note-urgent", (14, 12, 14, 12)),
            self._memory,
            label(tr("Why this order?"), "heading2"),
            label(why, "", "muted", wrap=True),
            None,
            gap=14,
        )
        inside.setContentsMargins(16, 14, 16, 14)
        self.setLayout(inside)

    def show_answer(self, answer: LadderAnswer | None, person: str) -> None:
        """Say why the urgent route comes first, and what is remembered of this person."""
        urgent = answer is not None and answer.urgent_first
        self._why.setVisible(urgent)
        self._why.setText(tr(answer.urgent_why) if answer is not None and urgent else "")
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
