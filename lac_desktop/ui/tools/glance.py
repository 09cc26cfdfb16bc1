# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands beside somebody's one page: the people in their life, and what happened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from lac_desktop.domain import circle
from lac_desktop.services import tools
from lac_desktop.services.timeline import Happening
from lac_desktop.services.timeline import lately as latest
from lac_desktop.ui.people.lines import LinesView
from lac_desktop.ui.people.story import open_happening, story_lines
from lac_desktop.ui.tools.circle_view import CircleView, sentence
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_MOST = 5


class Glance(QWidget):
    """The latest circle with its counts to look at, and the latest lines of the story."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self._session, self._desk, self._person = session, desk, person
        self._turn = 0
        self._shown: list[Happening] = []
        self.view = CircleView(desk.theme, tools.name_of(session.notebook, person), fixed=True)
        self._counts = label("", "caption", wrap=True)
        self.lately = LinesView(desk, tr("Lately"), whole=True, lead=92, flat=True)
        self.lately.opened.connect(self._open)
        whole = button(tr("The whole story"), lambda: session.open_person(person, "story"), "link")
        self._below = QWidget()
        heading = row(label(tr("Lately"), "heading2"), None, whole)
        self._below.setLayout(column(heading, self.lately, gap=2))
        self._below.hide()
        self.setLayout(column(self.view, self._counts, self._below, None, gap=6))
        self.fit()
        desk.theme.changed.connect(self.fit)
        self.look()

    def fit(self) -> None:
        """Room for the circle at this text size."""
        self.view.setFixedHeight(self._desk.theme.scaled(270))

    def look(self) -> None:
        """Read the circle now, and what happened lately on a worker thread."""
        self._circle()
        self._turn += 1
        turn, notebook, person = self._turn, self._session.notebook, self._person

        def work(_progress: Progress) -> tuple[int, list[Happening]]:
            return turn, latest(notebook, person, _MOST, tr)

        self._desk.jobs.run(work, self._read)

    def _circle(self) -> None:
        """The circle as it was drawn last, and its two counts."""
        sheets = tools.sheets(self._session.notebook, self._person, "relationship-circle")
        ties = circle.from_rows(sheets[-1].values.get("people") or []) if sheets else []
        self.view.put(ties)
        for part in (self.view, self._counts):
            part.setVisible(bool(ties))  # nobody drawn yet is no news
        unpaid, paid = circle.counts(ties)
        words = count("{n} person not paid to be here", "{n} people not paid to be here", unpaid)
        self.view.setAccessibleDescription(". ".join(sentence(tie) for tie in ties))
        self._counts.setText(tr("{unpaid}, {paid} paid", unpaid=words, paid=paid))

    def _read(self, answer: tuple[int, list[Happening]]) -> None:
        """Show what was read, unless it was asked for again or the page has gone."""
        turn, found = answer
        if isValid(self) and turn == self._turn:
            self._shown = found
            today = self._session.notebook.clock().date()
            self.lately.show_lines(story_lines(found, today))
            self._below.setVisible(bool(found))

    def _open(self, key: str) -> None:
        """Go to what a line comes from."""
        open_happening(self._session, self._desk, self._person, self._shown[int(key)])
