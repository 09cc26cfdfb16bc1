# SPDX-License-Identifier: AGPL-3.0-or-later
"""Retention review: what is past its period, and what was chosen to go, in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import retention
from lac_desktop.ui.dialogs import Dialog, ask, confirm
from lac_desktop.ui.rights.ask_text import ask_for_reason
from lac_desktop.ui.rights.council import ask_for_council
from lac_desktop.ui.rights.lists import Lines
from lac_desktop.ui.widgets import button, column, label, row
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from lac_desktop.services.retention import Chosen, PastPeriod
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class ReviewDialog(Dialog[bool]):
    """Two lists: to review, and chosen to go."""

    def __init__(self, parent: QWidget, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Retention review"))
        self._session, self._desk = session, desk
        self._past: dict[str, PastPeriod] = {}
        self._chosen: dict[str, Chosen] = {}
        theme = desk.theme
        columns = (tr("Record"), tr("Whose"), tr("Period ended"), tr("Held because"))
        self.past = Lines(theme, tr("Past their period"), columns, lines=8)
        columns = (tr("Record"), tr("Chosen on"), tr("May go from"), tr("Why"))
        self.waiting = Lines(theme, tr("Chosen to go"), columns, lines=8)
        self.said = label("", "", "error", wrap=True)
        self.choose = button(tr("Choose the ticked ones to go…"), self._choose, "primary")
        self.periods = button(tr("Words and periods…"), self._periods)
        self.dispose = button(tr("Dispose of the ticked ones…"), self._dispose, "urgent")
        self.spare = button(tr("Spare the ticked ones"), self._spare)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Steps of disposal"))
        one, two = QWidget(), QWidget()
        one.setLayout(column(self.past, row(self.choose, self.periods, None), gap=10))
        two.setLayout(column(self.waiting, row(self.dispose, self.spare, None), gap=10))
        self.tabs.addTab(one, "")
        self.tabs.addTab(two, "")
        explain = tr("Nothing goes by itself: choose with a reason, then dispose in a second step.")
        self.body.addWidget(label(explain, "", "muted", wrap=True))
        self.body.addWidget(self.said)
        self.body.addWidget(self.tabs, 1)
        self.fit(820, 520)
        self.said.hide()
        self.look()
        self.past.setFocus()

    def look(self) -> None:
        """Read both lists again."""
        past = retention.review(self._session.notebook)
        chosen = retention.waiting(self._session.notebook)
        self._past = {f"{one.kind} {one.record}": one for one in past}
        self._chosen = {one.disposal.id: one for one in chosen}
        self.past.show_rows(
            [
                (key, (one.label, one.name, long_date(one.ended, tr), one.held))
                for key, one in self._past.items()
            ],
            [False] * len(past),
        )
        self.waiting.show_rows(
            [
                (
                    key,
                    (
                        one.label,
                        long_date(one.disposal.on, tr),
                        long_date(one.ready_on, tr),
                        one.disposal.reason,
                    ),
                )
                for key, one in self._chosen.items()
            ],
            [False] * len(chosen),
        )
        self.tabs.setTabText(0, count("{n} to review", "{n} to review", len(past)))
        self.tabs.setTabText(1, count("{n} chosen to go", "{n} chosen to go", len(chosen)))

    def _choose(self) -> None:
        """First step."""
        ticked = [self._past[key] for key in self.past.ticked]
        if not ticked:
            self._say(tr("Tick at least one line with Space."))
            return
        why = ask_for_reason(
            self, self._desk, tr("Choose to go"),
            count("{n} record is chosen to go.", "{n} records are chosen to go.", len(ticked)),
            tr("Why they may go"), tr("Choose"),
        )  # fmt: skip
        if why:
            self._run(lambda: retention.choose(self._session.notebook, ticked, why))

    def _dispose(self) -> None:
        """Second step."""
        ticked = self.waiting.ticked
        if not ticked:
            self._say(tr("Tick at least one line with Space."))
            return
        sentence = count(
            "{n} record goes for good, with its history. It cannot be brought back.",
            "{n} records go for good, with their history. They cannot be brought back.",
            len(ticked),
        )
        if confirm(self, self._desk.theme, tr("Dispose of these"), sentence, tr("Dispose")):
            self._run(lambda: retention.dispose(self._session.notebook, ticked))

    def _spare(self) -> None:
        """Back to the first list."""
        if self.waiting.ticked:
            ticked = self.waiting.ticked
            self._run(lambda: retention.spare(self._session.notebook, ticked))

    def _periods(self) -> None:
        ask_for_council(self, self._session, self._desk)

    def _run(self, work: Callable[[], object]) -> None:
        """Do it on a worker thread; a problem shows here, where it can be read."""

        def over(_result: object) -> None:
            self._say("")
            self._session.told_of_people()
            self.look()

        def failed(error: LacError) -> None:
            self._say(str(error))

        def act(_progress: Progress) -> object:
            return work()

        self._desk.jobs.run(act, over, failed, title=tr("Saving"))

    def _say(self, sentence: str) -> None:
        """A sentence above the lists, read out at once."""
        from lac_desktop.ui.speech import announce

        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        if sentence:
            announce(self.said, sentence, now=True)


def show_review(parent: QWidget, session: Session, desk: Desk) -> None:
    """Show the review until it is closed."""
    ask(parent, ReviewDialog(parent, session, desk))
