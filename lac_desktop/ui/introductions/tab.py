# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab Introductions: everything a person was introduced to, and how it went on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lac_desktop.domain.introduction import Introduction
from lac_desktop.domain.progress import Progress
from lac_desktop.services import considered, introductions, people
from lac_desktop.ui.introductions.dialog import change, introduce
from lac_desktop.ui.introductions.follow_up import ask_how
from lac_desktop.ui.introductions.inwards import ask_inwards, change_inwards
from lac_desktop.ui.introductions.words import list_line
from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.strengths.rows import Rows
from lac_desktop.ui.widgets import button, column, label, line, panel, row, scrolling, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class IntroductionsTab(QWidget):
    """Introductions, the latest first, then what was thought about or tried."""

    def __init__(self, session: Session, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._session, self._desk, self._id = session, desk, person_id
        self._known: dict[str, Introduction] = {}
        self.view = Rows(desk, tr("Introductions"))
        self.thoughts = Rows(desk, tr("Thought about and tried"))
        self._count = label("", "", "muted")
        self._stack = QStackedWidget()
        self._begin = button(tr("Introduce…"), self.introduce, "primary")
        with_icon(self._begin, desk.icons, "ph.handshake", "on-accent")
        self._inwards = button(tr("Introduced to us…"), self.introduced_to_us)
        self.buttons = {
            key: button(words, lambda act=act: self._on_current(act), "small")
            for key, words, act in (
                ("change", tr("Change…"), self.change),
                ("how", tr("How it went…"), self.how),
                ("second", tr("Second visit"), self.second_visit),
                ("gives", tr("Gives there too"), self.gives),
                ("end", tr("It came to an end"), self.end),
                ("remove", tr("Take it out"), self.remove),
            )
        }
        self._lay_out()
        self._connect()
        self.changed()

    def _lay_out(self) -> None:
        """Heading and ways to begin, the list with its buttons, then what was thought about."""
        top = panel(row(self._count, None, self._inwards, self._begin), "surface", (24, 10, 20, 8))
        self._empty = label(
            tr("Who or what could be worth an introduction? The helper looks from what is "
               "strong outwards."), wrap=True,
        )  # fmt: skip
        self._acts = QWidget()
        self._acts.setLayout(row(*self.buttons.values(), None))
        self._heading = label(tr("Thought about and tried"), "heading2")
        self._line = line()
        inside = column(
            self._empty,
            self.view,
            self._acts,
            self._heading,
            self._line,
            self.thoughts,
            None,
            gap=10,
        )
        area = scrolling(panel(inside, "surface", (24, 8, 20, 16)), tr("Introductions"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(area, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        """Keys of the list: Enter changes, H how it went, S second visit, Delete takes out."""
        self.view.opened.connect(self.change)
        keys = ((Qt.Key.Key_H, self.how), (Qt.Key.Key_S, self.second_visit),
                (Qt.Key.Key_G, self.gives), (Qt.Key.Key_Delete, self.remove),
                (Qt.Key.Key_Insert, lambda _key: self.introduce()))  # fmt: skip
        for key, act in keys:
            self.view.keys[key] = act
        self.view.menu = [
            (tr("Change…"), self.change), (tr("How it went…"), self.how),
            (tr("Second visit"), self.second_visit), (tr("Gives there too"), self.gives),
            (tr("It came to an end"), self.end), (tr("Take it out"), self.remove),
        ]  # fmt: skip

    def changed(self) -> None:
        """Read everything again."""
        notebook = self._session.notebook
        today = notebook.clock().date()
        found = introductions.of_person(notebook, self._id)
        self._known = {one.id: one for one in found}
        names = people.names(notebook, {one.person for one in found})
        self.view.show_lines([list_line(one, self._id, names, today) for one in found])
        thought = considered.of_person(notebook, self._id)
        self.thoughts.show_lines([Line(t.id, t.title, considered.sentence(t)) for t in thought])
        self._count.setText(count("{n} introduction", "{n} introductions", len(found)))
        self._empty.setVisible(not found)
        self._acts.setVisible(bool(found))
        self.view.setVisible(bool(found))
        for widget in (self._heading, self._line, self.thoughts):
            widget.setVisible(bool(thought))

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Nothing beyond the list's own keys."""
        return {}

    def introduce(self) -> None:
        """Introduce them to somebody or something."""
        introduce(self, self._session, self._desk, self._id)

    def introduced_to_us(self) -> None:
        """Write down who introduced them to us."""
        ask_inwards(self, self._session, self._desk, self._id)

    def change(self, key: str) -> None:
        """Change an introduction."""
        one = self._known.get(key)
        if one is not None and one.inwards:
            change_inwards(self, self._session, self._desk, one)
        elif one is not None:
            change(self, self._session, self._desk, one)

    def how(self, key: str) -> None:
        """How it went, whether or not that is due."""
        one = self._known.get(key)
        if one is None or one.inwards:
            return
        today = self._session.notebook.clock().date()
        asked = introductions.question_of(one, today)
        question = asked[0] if asked else introductions.next_question(one)
        ask_how(self, self._session, self._desk, key, question)

    def second_visit(self, key: str) -> None:
        """They went a second time, today; the day can be changed."""
        notebook = self._session.notebook
        day = notebook.clock().date()
        self._do(key, lambda: introductions.second_visit(notebook, key, day), tr("Second visit."))

    def gives(self, key: str) -> None:
        """They give something there too."""
        notebook = self._session.notebook
        self._do(key, lambda: introductions.contributes(notebook, key), tr("Kept."))

    def end(self, key: str) -> None:
        """It came to an end; nothing more is asked."""
        notebook = self._session.notebook
        self._do(key, lambda: introductions.end(notebook, key), tr("Ended. Nothing more is asked."))

    def remove(self, key: str) -> None:
        """Take it out; Undo brings it back."""
        one, notebook = self._known.get(key), self._session.notebook
        if one is not None:
            self._session.act_people(
                lambda _progress: introductions.remove(notebook, one), tr("Taken out.")
            )

    def _do(self, key: str, act: Callable[[], object], said: str) -> None:
        """Change one introduction that leads outwards."""
        one = self._known.get(key)
        if one is None or one.inwards:
            return

        def work(_progress: Progress) -> object:
            return act()

        self._session.act_people(work, said)

    def _on_current(self, act: Callable[[str], object]) -> None:
        """What a button does with the line that is marked."""
        key = self.view.key()
        if key:
            act(key)
