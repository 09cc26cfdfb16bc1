# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab Rights of a person: requests and their clock, handing over, erasing, who looked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.rights import ASKED_FOR, Hold, Request
from lac_desktop.domain.wording import clock_time, long_date
from lac_desktop.services import access, rights
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.rights.ask_text import RequestDialog, ask_for_reason
from lac_desktop.ui.rights.erase import ask_to_erase
from lac_desktop.ui.rights.hand_over import ask_to_hand_over
from lac_desktop.ui.rights.lists import Lines
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from datetime import datetime

    from lac_desktop.domain.rights import Disclosure
    from lac_desktop.services.access import Look
    from lac_desktop.services.rights import Clock
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


def moment(at: datetime) -> str:
    """A moment as it shows in lists: "5 March 2026, 5:30pm"."""
    return f"{long_date(at.date(), tr)}, {clock_time(at, tr)}"


class RightsTab(QWidget):
    """What a person can ask for, what was done about it, and what was done with their record."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Rights"))
        self._session, self._desk, self._person = session, desk, person
        self._clocks: dict[str, Clock] = {}
        self._holds: dict[str, Hold] = {}
        theme = desk.theme
        asked = (tr("Asked for"), tr("Received"), tr("How it stands"))
        self.requests = Lines(theme, tr("Requests"), asked, lines=3)
        self.holds = Lines(theme, tr("Holds"), (tr("Since"), tr("Why")), lines=2)
        left = (tr("When"), tr("What"), tr("To"), tr("Why"))
        self.left = Lines(theme, tr("What left"), left, lines=3)
        self.looks = Lines(theme, tr("Who looked"), (tr("When"), tr("Who"), tr("What")), lines=5)
        self.requests.currentItemChanged.connect(lambda _now, _before: self._fit_buttons())
        self.holds.currentItemChanged.connect(lambda _now, _before: self._fit_buttons())
        inside = panel(self._parts(), "", (20, 16, 20, 20))
        outer = column(scrolling(inside, tr("Rights")))
        self.setLayout(outer)
        self.first = self.hand_over
        self.look()

    def _parts(self) -> QVBoxLayout:
        """Everything under each other."""
        self.hand_over = button(tr("Hand over everything…"), self._hand_over, "primary")
        self.erase = button(tr("Erase…"), self._erase)
        self.record = button(tr("Record a request…"), self._record, "small")
        self.pause = button(tr("Stop the clock…"), self._pause, "small")
        self.resume = button(tr("Start it again"), self._resume, "small")
        self.extend = button(tr("Two more months…"), self._extend, "small")
        self.answered = button(tr("Answered…"), self._answer, "small")
        self.hold = button(tr("Hold the record…"), self._hold, "small")
        self.release = button(tr("End the hold"), self._release, "small")
        explain = tr(
            "Everybody may see what is kept about them, have it put right, and ask to be erased."
        )
        return column(
            label(explain, "", "muted", wrap=True),
            row(self.hand_over, self.erase, None),
            label(tr("Requests"), "heading2"),
            self.requests,
            row(self.record, self.pause, self.resume, self.extend, self.answered, None),
            label(tr("Holds"), "heading2"),
            self.holds,
            row(self.hold, self.release, None),
            label(tr("What left"), "heading2"),
            self.left,
            label(tr("Who looked"), "heading2"),
            self.looks,
            None,
            gap=8,
        )

    def arrived(self) -> None:
        """The tab comes to the front."""
        self.look()

    def changed(self) -> None:
        """Something about the person was changed elsewhere."""
        self.look()

    def look(self) -> None:
        """Read everything again, on a worker thread."""
        notebook, person = self._session.notebook, self._person

        def work(_progress: object) -> tuple[list[Clock], list[Hold], list[Disclosure], list[Look]]:
            return (
                rights.requests(notebook, person),
                rights.holds(notebook, person),
                rights.disclosures(notebook, person),
                access.looks(notebook, person, 200),
            )

        self._desk.jobs.run(work, self._show)

    def _show(self, found: tuple[list[Clock], list[Hold], list[Disclosure], list[Look]]) -> None:
        clocks, holds, left, looks = found
        self._clocks = {one.request.id: one for one in clocks}
        self._holds = {one.id: one for one in holds}
        self.requests.show_rows(
            [
                (
                    one.request.id,
                    (
                        tr(ASKED_FOR.get(one.request.kind, one.request.kind)),
                        long_date(one.request.received, tr),
                        " ".join((one.sentence, one.request.outcome)),
                    ),
                )
                for one in clocks
            ]
        )
        self.holds.show_rows([(h.id, (long_date(h.since, tr), h.reason)) for h in holds])
        self.left.show_rows(
            [(one.id, (moment(one.at), one.what, one.recipient, one.reason)) for one in left]
        )
        self.looks.show_rows(
            [
                (str(at), (moment(one.when), one.who, tr(access.WHAT.get(one.what, one.what))))
                for at, one in enumerate(looks)
            ]
        )
        self._fit_buttons()

    def _request(self) -> Request | None:
        found = self._clocks.get(self.requests.chosen)
        return found.request if found else None

    def _fit_buttons(self) -> None:
        """Only what fits the request and hold in focus can be pressed."""
        one = self._request()
        is_open = one is not None and one.answered_on is None
        paused = one is not None and one.paused
        self.pause.setEnabled(is_open and not paused)
        self.resume.setEnabled(is_open and paused)
        self.extend.setEnabled(is_open and one is not None and one.extended_on is None)
        self.answered.setEnabled(is_open)
        self.release.setEnabled(bool(self.holds.chosen))

    def _act(self, work: Callable[[], object], done: str) -> None:
        """Change something, say so, and read again."""
        self._session.act_people(lambda _progress: work(), done, after=lambda _result: self.look())

    def _hand_over(self) -> None:
        ask_to_hand_over(self, self._session, self._desk, self._person)

    def _erase(self) -> None:
        ask_to_erase(self, self._session, self._desk, self._person)

    def _record(self) -> None:
        notebook = self._session.notebook
        asked = ask(self, RequestDialog(self, self._desk, notebook.clock().date()))
        if asked is not None:
            self._act(
                lambda: rights.open_request(
                    notebook, self._person, asked.kind, asked.received, asked.how
                ),
                tr("Recorded. The clock runs."),
            )

    def _reason(self, title: str, sentence: str, question: str, action: str) -> str | None:
        return ask_for_reason(self, self._desk, title, sentence, question, action)

    def _pause(self) -> None:
        one = self._request()
        why = one and self._reason(
            tr("Stop the clock"),
            tr("The clock may stand still while you wait for what you need to answer."),
            tr("What was asked back"),
            tr("Stop the clock"),
        )
        if one and why:
            self._act(
                lambda: rights.pause(self._session.notebook, one, why),
                tr("The clock stands still."),
            )

    def _resume(self) -> None:
        one = self._request()
        if one:
            self._act(
                lambda: rights.resume(self._session.notebook, one), tr("The clock runs again.")
            )

    def _extend(self) -> None:
        one = self._request()
        why = one and self._reason(
            tr("Two more months"),
            tr("Only where it is complex or there are many requests. Tell the person why."),
            tr("Why it takes longer"),
            tr("Take two more months"),
        )
        if one and why:
            self._act(
                lambda: rights.extend(self._session.notebook, one, why), tr("Extended. Tell them.")
            )

    def _answer(self) -> None:
        one = self._request()
        what = one and self._reason(
            tr("Answered"),
            tr("A refusal says why, and that they can complain to the council and the ICO."),
            tr("What was done, or why it was refused"),
            tr("Keep"),
        )
        if one and what:
            self._act(
                lambda: rights.answer(self._session.notebook, one, what), tr("The clock has ended.")
            )

    def _hold(self) -> None:
        why = self._reason(
            tr("Hold the record"),
            tr("A held record is not erased or disposed of until the hold ends."),
            tr("Why it is held"),
            tr("Hold"),
        )
        if why:
            self._act(lambda: rights.hold(self._session.notebook, self._person, why), tr("Held."))

    def _release(self) -> None:
        held = self._holds.get(self.holds.chosen)
        if held:
            self._act(lambda: rights.release(self._session.notebook, held), tr("The hold is over."))
