# SPDX-License-Identifier: AGPL-3.0-or-later
"""The helper's page: who asks, what they said, and the ladder of seven rungs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from lac_desktop.domain.introduction import Thought
from lac_desktop.domain.ladder import Asked, LadderAnswer, RungAnswer, Suggestion
from lac_desktop.domain.progress import Progress
from lac_desktop.services import considered, ladder, people
from lac_desktop.services.places import place
from lac_desktop.ui.dialogs import ListDialog, ask
from lac_desktop.ui.ladder.approach import ApproachDialog
from lac_desktop.ui.ladder.remember import ask_what_came
from lac_desktop.ui.ladder.rung import RungBox, Ways
from lac_desktop.ui.ladder.side import LadderMemory, LadderSide
from lac_desktop.ui.page import Page
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import button, column, label, panel, row, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_SOMEONE = ""


class LadderPage(Page):
    """Look from what is strong outwards; nothing is stored unless that is chosen."""

    title = "Helper"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Helper"))
        self._session, self._desk = session, desk
        self._answer: LadderAnswer | None = None
        self._turn = 0
        self._asked: tuple[str, str, str] | None = None  # what the ladder on screen answers
        self.who, self.wish, self.near = QComboBox(), QLineEdit(), QLineEdit()
        self.header = self._header()
        self.rungs = [RungBox(desk, number) for number in range(1, 8)]
        self.side, self.memory = LadderSide(session), LadderMemory(session)
        self._lay_out()
        for number, box in enumerate(self.rungs, 1):
            key = QShortcut(f"Alt+{number}", self)
            key.activated.connect(lambda n=number: self._jump(n))
            box.badge.moved.connect(self._jump)
        session.people_changed.connect(self._people_changed)

    def _lay_out(self) -> None:
        """The ladder, and beside it what cannot wait and what was tried."""
        listed = column(*self.rungs, None, gap=10)
        listed.setContentsMargins(20, 14, 20, 14)
        self._under = column(gap=0)  # of the ladder, where there is no room beside it
        inside = QWidget()
        inside.setLayout(column(listed, self._under, gap=0))
        self.ladder = scrolling(inside, tr("Ladder"))
        self._side = column(self.side, self.memory, gap=0)
        self._side.setStretch(1, 1)
        beside = QWidget()
        beside.setLayout(self._side)
        self._beside = scrolling(beside, tr("If it cannot wait, and what was tried"))
        across = row(self.ladder, self._beside, gap=0)
        across.setStretch(0, 1)
        self._above = column(gap=0)
        outer = column(self.header, self._above, across, gap=0)
        outer.setStretch(2, 1)
        self.setLayout(outer)

    def regions(self) -> list[QWidget]:
        """Who asks, what cannot wait, the ladder."""
        return [self.header, self.side, self.ladder]

    def begins_at(self) -> QWidget:
        """Where the coordinator types what somebody said."""
        return self.wish

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Undo and redo speak of people here."""
        return {"undo": self._session.undo_people, "redo": self._session.redo_people}

    def fit(self, width: int) -> None:
        """What cannot wait stands above the ladder where there is no room beside it."""
        self.near.setMaximumWidth(self._desk.theme.scaled(190))
        narrow = width < 1024
        self.side.fit(narrow=narrow)
        if narrow:
            self._above.addWidget(self.side)
            self._under.addWidget(self.memory)
        else:
            self._side.insertWidget(0, self.side)
            self._side.insertWidget(1, self.memory, 1)
        self._beside.setVisible(not narrow)
        self._beside.setFixedWidth(self._desk.theme.scaled(300))

    def arrived(self) -> None:
        """Fill the list of people anew and look."""
        chosen = self.who.currentData()
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItem(tr("Someone who asked me"), _SOMEONE)
        for one in people.all_people(self._session.notebook):
            self.who.addItem(one.name, one.id)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))
        self.who.blockSignals(False)
        self.look()

    def ask_for(self, person: str) -> None:
        """Look for this person."""
        self.arrived()
        self.who.setCurrentIndex(max(0, self.who.findData(person)))

    def look(self) -> None:
        """Ask the ladder on a worker thread; only the answer to the last question counts."""
        self._turn += 1
        turn, notebook = self._turn, self._session.notebook
        person, wish, near = self._question
        self.near.setVisible(not person)
        self._near_words.setVisible(not person)

        def work(_progress: Progress) -> tuple[int, LadderAnswer, bool]:
            asked = _asked(notebook, person, wish)
            where = place(notebook, near) if near and not person else None
            if where is not None:
                asked = replace(asked, near=where.point, near_text=where.words)
            return turn, ladder.answer(notebook, asked), bool(near) and not person and where is None

        self._desk.jobs.run(work, self._found, title=tr("Looking from what is strong outwards"))

    @property
    def person(self) -> str:
        """The id of the person chosen, or "" for somebody who just asked."""
        return self.who.currentData() or _SOMEONE

    @property
    def _question(self) -> tuple[str, str, str]:
        """Who asks, what they said and where from, as it stands on screen."""
        return self.person, self.wish.text().strip(), self.near.text().strip()

    def _people_changed(self) -> None:
        """Something was remembered or taken back: the ladder looks different."""
        if self.isVisible():
            self.look()

    def _found(self, found: tuple[int, LadderAnswer, bool]) -> None:
        turn, answer, lost = found
        if turn != self._turn:
            return
        self._answer = answer
        again, self._asked = self._asked == self._question, self._question
        here = [box for box in self.rungs if box.isAncestorOf(self.focusWidget() or self)]
        self.near.setProperty("wrong", lost)
        self.near.style().unpolish(self.near)
        self.near.style().polish(self.near)
        self.near.setAccessibleDescription(tr("This place was not found.") if lost else "")
        ways = Ways(
            self._act, self._remember, self._others, self._anyway, bool(self.person),
            lambda kind: self._session.notebook.indexer.category(kind),
        )  # fmt: skip
        for box, rung in zip(self.rungs, answer.rungs, strict=True):
            box.show_rung(rung, ways)
        self.side.show_answer(answer)
        self.memory.show_person(self.person)
        if not again:
            self.ladder.verticalScrollBar().setValue(0)
        if here:  # what had the focus is made anew
            here[0].badge.setFocus(Qt.FocusReason.OtherFocusReason)
        total = sum(len(rung.suggestions) for rung in answer.rungs)
        said = count("{n} suggestion on seven rungs", "{n} suggestions on seven rungs", total)
        announce(self, f"{tr(answer.urgent_why)} {said}" if answer.urgent_first else said)

    def _act(self, one: Suggestion) -> None:
        """The verb: introduce, read more, or plan what one does oneself."""
        approach = ladder.load().approach(one.key.removeprefix("approach:"))
        if approach is not None:
            ask(self, ApproachDialog(self, self._session, self._desk, approach, one))
        elif self.person:
            from lac_desktop.ui.introductions.dialog import introduce

            introduce(self, self._session, self._desk, self.person, one)
        elif one.asset_id:
            self._session.open(one.asset_id)
            getattr(self.window(), "work").show_section("community")  # noqa: B009 - a Frame
        else:
            self._desk.messages.done(tr("Choose a person first, to write it down for them."))

    def _remember(self, one: Suggestion, thought: Thought) -> None:
        """Keep what came of a suggestion; the ladder looks different from now on."""
        said = ask_what_came(self, self._desk, one, thought, self._session.notebook.clock().date())
        if said is None:
            return
        notebook, person = self._session.notebook, self.person

        def work(_progress: Progress) -> object:
            return considered.remember(
                notebook, person, one.key, one.title, one.rung, thought,
                why=said.why, happened=said.happened, next=said.next, until=said.until,
            )  # fmt: skip

        self._session.act_people(work, tr("Remembered"))

    def _others(self, answer: RungAnswer) -> None:
        """Why not the others, one line each."""
        listed = [f"{one.title}: {tr(why)}" for one, why in answer.others]
        ask(self, ListDialog(self, self._desk.theme, tr("Why not the others"), listed))

    def _anyway(self, number: int) -> None:
        """Every approach of a rung, whatever was asked: no rung is ever closed."""
        known = [one for one in ladder.load().approaches if one.rung == number]
        listed = [f"{tr(one.title)}: {tr(one.what)} {tr(one.start)}" for one in known]
        rung = ladder.load().rungs[number - 1]
        listed = listed or [tr(rung.about), *(tr(question) for question in rung.questions)]
        ask(self, ListDialog(self, self._desk.theme, tr(rung.title), listed))

    def _jump(self, number: int) -> None:
        """Go to a rung by its number."""
        box = self.rungs[number - 1]
        self.ladder.ensureWidgetVisible(box.badge)
        box.badge.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _header(self) -> QWidget:
        """Who asks, what they said, where from; Enter looks again."""
        self.who.setAccessibleName(tr("Helper for"))
        self.who.setMinimumContentsLength(22)  # "Someone who asked me" in full
        self.who.currentIndexChanged.connect(lambda _i: self.look())
        for_words = label(tr("for"))
        for_words.setBuddy(self.who)
        self.wish.setPlaceholderText(tr("In their words: what would they love, what is going on?"))
        self.wish.setAccessibleName(tr("In their own words"))
        self.wish.setProperty("voice", "own")
        self.near.setPlaceholderText(tr("Postcode or place"))
        self.near.setAccessibleName(tr("Near"))
        self._near_words = label(tr("near"))
        self._near_words.setBuddy(self.near)
        for field in (self.wish, self.near):
            field.returnPressed.connect(self.look)
        find = button(tr("Look"), self.look, "primary")
        note = label(tr("Looks only at what is on this laptop. You decide."), "caption", "muted",
                     wrap=True)  # fmt: skip
        first = row(label(tr("Helper"), "heading1"), for_words, self.who, None, note, gap=10)
        second = row(gap=10)
        second.addWidget(self.wish, 1)
        second.addWidget(self._near_words)
        second.addWidget(self.near)
        second.addWidget(find)
        return panel(column(first, second, gap=8), "header", (20, 12, 20, 12))


def _asked(notebook: Notebook, person: str, wish: str) -> Asked:
    """The question as it stands: the record's with what was typed, or only what was typed."""
    wishes = (wish,) if wish else ()
    if person:
        return ladder.asked_of(notebook, person, wishes)
    return Asked(wishes=wishes)
