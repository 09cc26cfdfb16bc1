# SPDX-License-Identifier: AGPL-3.0-or-later
"""The section People: the list, what a search found in conversations, and one person's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from lac_desktop.domain.days import spoken_day
from lac_desktop.services import conversations, people
from lac_desktop.services import today as days
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.page import Page
from lac_desktop.ui.people.add import ask_to_add
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.people.model import FILTERS, Asked, chosen
from lac_desktop.ui.people.person import PersonView
from lac_desktop.ui.people.table import PeopleTable
from lac_desktop.ui.speech import announce
from lac_desktop.ui.today.words import and_words
from lac_desktop.ui.widgets import button, column, label, panel, row, tool, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.conversations import Hit
    from lac_desktop.services.people import PersonRow
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class PeoplePage(Page):
    """A list with filters; over it a person's page, or what a search found."""

    title = "People"
    find_words = "Search people and conversations"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("People"))
        self._session, self._desk = session, desk
        self._rows: list[PersonRow] = []
        self._asked, self._weeks, self._turn = Asked(), days.QUIET_WEEKS, 0
        self._width, self._searching = 1366, False
        self.table = PeopleTable(session, desk)
        self.hits = LinesView(desk, tr("Conversations that hold the words"), lead=130, inset=20)
        self.person = PersonView(session, desk, self.show_list)
        self._empty = label("", "heading2", wrap=True)
        self._offer = button(tr("Add a person"), self.add, "primary")
        empty = panel(column(self._empty, row(self._offer, None), None, gap=14), "",
                      (24, 28, 24, 24))  # fmt: skip
        self.inner = QStackedWidget()
        for one in (self.table, self.hits, empty):
            self.inner.addWidget(one)
        self._nobody = empty
        add = QShortcut(QKeySequence(Qt.Key.Key_Insert), empty)
        add.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.activated.connect(self.add)
        self._list = QWidget()
        self._list.setLayout(column(self._make_header(), self.inner, self._make_foot(), gap=0))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list)
        self.stack.addWidget(self.person)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.table.opened.connect(self.show_person)
        self.table.add.connect(self.add)
        self.hits.opened.connect(self._open_hit)
        session.people_changed.connect(self._changed)
        self.look()

    def regions(self) -> list[QWidget]:
        """Filters and list, or the parts of the person's page."""
        if self.on_person:
            return self.person.regions()
        shown = self.inner.currentWidget()
        return [self.filters, shown if shown is not None else self.table]

    @property
    def on_person(self) -> bool:
        """Whether a person's page shows."""
        return self.stack.currentWidget() is self.person

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Undo and redo speak of people here; a person's page adds its own."""
        own: dict[str, Callable[[], object]] = {
            "undo": self._session.undo_people,
            "redo": self._session.redo_people,
            "add-person": self.add,
        }
        return own | (dict(self.person.commands()) if self.on_person else {})

    def fit(self, width: int) -> None:
        """Hide columns, and words on buttons, where there is no room."""
        self._width = width
        self.table.fit(width)
        self.person.fit(width)

    def arrived(self) -> None:
        """Look again; a person's page notes that it is seen."""
        if self.on_person:
            self.person.arrived()
        else:
            self.look()

    def closing(self) -> None:
        """End what tabs run."""
        self.person.closing()

    def went_back(self) -> bool:
        """Alt+Left: from a person to the list, from a search to everybody."""
        if self.on_person:
            self.show_list()
            return True
        if self._searching:
            self.find_typed("")
            return True
        return False

    def find_typed(self, text: str) -> None:
        """Names that begin like what is typed."""
        if self.on_person:
            return
        self._asked, self._searching = Asked(self._asked.which, text.strip()), False
        self._show()

    def find_entered(self, text: str) -> None:
        """Enter: look through all conversations."""
        typed = text.strip()
        if not typed:
            return
        self.stack.setCurrentWidget(self._list)
        self._turn += 1
        turn, notebook = self._turn, self._session.notebook

        def work(_progress: Progress) -> tuple[int, str, list[Hit]]:
            return turn, typed, conversations.search(notebook, typed)

        self._desk.jobs.run(work, self._found, title=tr("Looking through conversations"))

    def add(self) -> None:
        """Ask for a name."""
        ask_to_add(self, self._session, self._desk)

    def show_person(self, person: str, tab: str = "") -> None:
        """Show somebody's page."""
        if self.person.show_person(person, tab):
            self.stack.setCurrentWidget(self.person)
            self.person.fit(self._width)
            self.person.go()
            self._route()

    def show_list(self) -> None:
        """Back to the list, at the person who was looked at."""
        last = self.person.leave()
        self.stack.setCurrentWidget(self._list)
        if self._searching:
            self.hits.setFocus()
            self._route()
            return
        self.look()
        self.table.setFocus()
        self.table.show_person(last)
        self._route()

    def look(self) -> None:
        """Read everybody on a worker thread."""
        notebook = self._session.notebook

        def work(_progress: Progress) -> tuple[list[PersonRow], int]:
            return people.all_people(notebook), days.quiet_weeks(notebook)

        self._desk.jobs.run(work, self._read, title=tr("Reading"))

    def _read(self, answer: tuple[list[PersonRow], int]) -> None:
        """Show everybody that was read, unless the page has gone."""
        if not isValid(self):
            return
        self._rows, self._weeks = answer
        self._show()

    def _show(self) -> None:
        """Show those who fit the filter and the words."""
        today = self._session.notebook.clock().date()
        rows = chosen(self._rows, self._asked, today, self._weeks)
        person = self.table.current()
        self.table.people.show_rows(rows)
        self.table.show_person(person)
        if self._searching:
            return
        self.inner.setCurrentWidget(self.table if rows else self._nobody)
        said = count("{n} person", "{n} people", len(self._rows))
        if len(rows) != len(self._rows):
            said = tr("{n} of {total} people", n=f"{len(rows):,}", total=f"{len(self._rows):,}")
        if said != self._count.text():
            self._count.setText(said)
            if self.isVisible() and not self.on_person:
                announce(self, said)
        self._empty.setText(self._sentence())
        self._offer.setVisible(not self._rows)

    def _sentence(self) -> str:
        """Why nobody shows."""
        if not self._rows:
            return tr("Nobody here yet. A first name is enough to begin.")
        if self._asked.text:
            return tr("Nobody’s name begins like “{text}”. Enter looks through conversations.",
                      text=self._asked.text)  # fmt: skip
        return tr("Nobody fits this filter.")

    def _found(self, answer: tuple[int, str, Sequence[Hit]]) -> None:
        """Show what a search found, unless another was asked."""
        turn, text, hits = answer
        if turn != self._turn or not isValid(self):
            return
        self._searching = True
        today = self._session.notebook.clock().date()
        self.hits.show_lines([self._hit(one, today) for one in hits])
        said = count("{n} conversation holds “{text}”", "{n} conversations hold “{text}”",
                     len(hits), text=text)  # fmt: skip
        self._count.setText(said)
        announce(self, said)
        if hits:
            self.inner.setCurrentWidget(self.hits)
            self.hits.setFocus()
        else:
            self._empty.setText(tr("No conversation holds “{text}”.", text=text))
            self._offer.hide()
            self.inner.setCurrentWidget(self._nobody)

    def _hit(self, hit: Hit, today: date) -> Line:
        """A conversation that was found, with the words in it."""
        names = and_words(hit.names)
        snippet = " ".join(hit.snippet.split())
        return Line(hit.conversation, names, snippet, lead=spoken_day(hit.on, today, tr),
                    bold=tuple(hit.names), own=hit.part == "own words")  # fmt: skip

    def _open_hit(self, conversation: str) -> None:
        """Show the conversation that was found."""
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(self._session, self._desk, (), conversation)

    def _changed(self) -> None:
        """Something about people was saved."""
        if self.on_person:
            self.person.changed()
        self.look()

    def _make_header(self) -> QWidget:
        """Heading, count, filters, Add."""
        self._count = label("", "", "muted")
        add = with_icon(button(tr("Add a person"), self.add, "primary", tr("Add a person (Ins)")),
                        self._desk.icons, "ph.user-plus", "on-accent")  # fmt: skip
        self.filters = QWidget()
        self.filters.setAccessibleName(tr("Filters"))
        flow, group = FlowLayout(self.filters, 8), QButtonGroup(self)
        for which, words in FILTERS.items():
            chip = tool(tr(words), "chip", checkable=True)
            chip.setChecked(which == self._asked.which)
            chip.toggled.connect(lambda on, w=which: on and self._filter(w))
            group.addButton(chip)
            flow.addWidget(chip)
        top = row(label(tr("People"), "heading1"), self._count, None, add, gap=12)
        return panel(column(top, self.filters, gap=10), "header", (20, 12, 20, 12))

    def _make_foot(self) -> QWidget:
        """How to find somebody."""
        self._foot = label(
            tr("Type a name to go to it. Ctrl+K finds names as you type; Enter there looks through "
               "every conversation."), "caption", wrap=True,
        )  # fmt: skip
        return panel(column(self._foot), "foot", (14, 6, 14, 6))

    def _filter(self, which: str) -> None:
        """Show only these."""
        self._asked, self._searching = Asked(which, self._asked.text), False
        self._show()

    def _route(self) -> None:
        """What can be done here is different now."""
        route = getattr(self.window(), "_route", None)
        if route is not None:
            route()
