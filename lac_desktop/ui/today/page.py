# SPDX-License-Identifier: AGPL-3.0-or-later
"""Today: what I said I would do, who is due a word, what there is to sort, and what is on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from lac_desktop.domain.wording import clock_time, day_date
from lac_desktop.services import conversations
from lac_desktop.services import today as days
from lac_desktop.ui.introductions.words import due_line
from lac_desktop.ui.page import Page
from lac_desktop.ui.today import words
from lac_desktop.ui.today.section import TodaySection
from lac_desktop.ui.today.side import Side, weeks_choices
from lac_desktop.ui.widgets import button, label, panel, row, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.services.today import Today
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_SIDE = 340


class TodayPage(Page):
    """Headings with their lists at the left, the neighbourhood's day at the right."""

    title = "Today"
    find_words = "Search people and conversations"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Today"))
        self._session, self._desk = session, desk
        self._now: Today | None = None
        self._seen = -1
        self.day, self.hello = label("", "heading1"), label("", "", "muted", wrap=True)
        self.empty = label("", "", "", wrap=True)
        self.sections: dict[str, TodaySection] = {}
        for key, text in (
            ("promises", tr("You said you would")),
            ("introductions", tr("Introductions to catch up on")), ("see", tr("Who to see")),
            ("quiet", tr("Not spoken to for a while")), ("drafts", tr("Conversations to finish")),
            ("notes", tr("Quick notes to sort")), ("agreements", tr("Agreements running out")),
            ("relied", tr("Worth a check, because people count on them")),
        ):  # fmt: skip
            counted = key in ("quiet", "notes")
            self.sections[key] = TodaySection(desk, text, counted=counted, lead=120)
        self._weeks = button("", look="link")
        self._weeks.setMenu(QMenu(self._weeks))
        self._weeks.setProperty("menu", True)  # room for the arrow
        self.sections["quiet"].beside.addWidget(self._weeks)
        self.side = Side(session, desk)
        self._lay_out()
        self._connect()
        self.look()

    def regions(self) -> list[QWidget]:
        """The neighbourhood's day, then the lists."""
        return [self.side, self.lists]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Undo and redo speak of people here."""
        return {"undo": self._session.undo_people, "redo": self._session.redo_people}

    def fit(self, width: int) -> None:
        """One column where there is no room for two."""
        narrow = width < 1024
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)
        wide = self._desk.theme.scaled(_SIDE)
        self.side.setMinimumWidth(0 if narrow else wide)
        self.side.setMaximumWidth(16_777_215 if narrow else wide)

    def arrived(self) -> None:
        """Look again: time went on."""
        self.look()

    def find_entered(self, text: str) -> None:
        """Look through conversations, in the section People."""
        getattr(self.window(), "work").find_people(text)  # noqa: B009 - it is a Frame

    def look(self) -> None:
        """Gather the day on a worker thread."""
        notebook = self._session.notebook
        self._desk.jobs.run(lambda _progress: days.today(notebook), self.show_day)

    def show_day(self, now: Today) -> None:
        """Show what was gathered, unless the page has gone."""
        if not isValid(self):
            return
        self._now, day = now, now.at.date()
        self.day.setText(day_date(day, tr))
        self.hello.setText(words.greeting(now, self._session.notebook.settings.who))
        lines = {
            "promises": [words.promise_line(one, day) for one in now.promises],
            "introductions": [due_line(one, now.names, day) for one in now.introductions],
            "see": [words.see_line(one, day) for one in now.to_see],
            "quiet": [words.quiet_line(one, day) for one in now.quiet],
            "drafts": [words.draft_line(one, now) for one in now.drafts],
            "notes": [words.note_line(one, day) for one in now.notes],
            "agreements": [words.agreement_line(one, now) for one in now.agreements],
            "relied": [words.check_line(one, day) for one in now.relied_on],
        }
        for key, section in self.sections.items():
            section.show_lines(lines[key])
        self.empty.setText(self._nothing(now))
        self.empty.setVisible(not now.promises)
        self._start.setVisible(not now.people)
        self._offer_weeks(now)
        self.side.show_day(now)

    def _nothing(self, now: Today) -> str:
        """Nothing is promised: say so, and what is on."""
        if not now.people:
            return tr("Nothing promised yet. Begin with somebody you walk alongside.")
        if not now.on:
            return tr("Nothing promised for this week.")
        first = now.on[0]
        at = clock_time(first.start, tr)
        return tr("Nothing promised for this week. On nearby: {name}, {time}.",
                  name=first.asset.name, time=at)  # fmt: skip

    def _lay_out(self) -> None:
        """Lists at the left, the side at the right; all of it scrolls as one page."""
        self._start = button(tr("Add a person"), self._add_person, "primary")
        heading = row(self.day, self.hello, None, gap=12)
        heading.setAlignment(self.hello, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addLayout(heading)
        left.addWidget(self.empty)
        left.addLayout(row(self._start, None))
        for section in self.sections.values():
            left.addWidget(section)
        left.addStretch(1)
        self.lists = panel(left, "today", (24, 18, 24, 16))
        self.lists.setAccessibleName(tr("Today"))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(0)
        self._across.addWidget(self.lists, 1)
        self._across.addWidget(self.side)
        inside = panel(self._across)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside, tr("Today")))

    def _connect(self) -> None:
        """What rows do."""
        session, parts = self._session, self.sections
        parts["promises"].view.ticked.connect(self.done)
        parts["promises"].view.opened.connect(lambda key: self._talk(key.split(" ")[0]))
        follow_ups = parts["introductions"].view
        for signal in (follow_ups.opened, follow_ups.pressed):
            signal.connect(lambda key: self.followed_up(key, 0))
        for n, digit in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), 1):
            follow_ups.keys[digit] = lambda key, n=n: self.followed_up(key, n)
        for key in ("see", "quiet"):
            parts[key].view.opened.connect(session.open_person)
            parts[key].view.pressed.connect(self._new_talk)
        for signal in (parts["drafts"].view.opened, parts["drafts"].view.pressed):
            signal.connect(self._talk)
        for signal in (parts["notes"].view.opened, parts["notes"].view.pressed):
            signal.connect(self.file_note)
        parts["notes"].view.keys[Qt.Key.Key_F] = self.file_note
        for signal in (parts["agreements"].view.opened, parts["agreements"].view.pressed):
            signal.connect(lambda person: session.open_person(person, "sharing"))
        for signal in (parts["relied"].view.opened, parts["relied"].view.pressed):
            signal.connect(self._place)
        for part in parts.values():
            part.view.left.connect(lambda step, p=part: self._past_the_end(p, step))
        self.side.went.connect(self._go)
        session.people_changed.connect(self._changed)
        session.data_changed.connect(self._changed)

    def _changed(self) -> None:
        """Something was saved: look again, if anybody sees it."""
        if self.isVisible():
            self.look()

    def done(self, key: str) -> None:
        """Space: a promise was kept; Undo is offered."""
        talk, promise = key.split(" ")
        notebook = self._session.notebook

        def work(_progress: Progress) -> object:
            return conversations.mark_done(notebook, talk, promise)

        self._session.act_people(work, tr("Done."))

    def followed_up(self, introduction: str, answer: int) -> None:
        """1, 2 or 3: an answer to how an introduction goes on; 0 asks which."""
        from lac_desktop.ui.introductions import follow_up

        due = self._now.introductions if self._now else ()
        one = next((one for one in due if one.introduction.id == introduction), None)
        if one is None:
            return
        if answer:
            follow_up.quick(self, self._session, self._desk, introduction, one.question, answer)
        else:
            follow_up.ask_how(self, self._session, self._desk, introduction, one.question)

    def file_note(self, key: str) -> None:
        """Sort a quick note to a person."""
        from lac_desktop.ui.talk.inbox import file_note

        file_note(self, self._session, self._desk, key)

    def _talk(self, conversation: str) -> None:
        """Show a conversation."""
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(self._session, self._desk, (), conversation)

    def _new_talk(self, person: str) -> None:
        """Begin a conversation with somebody."""
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(self._session, self._desk, (person,))

    def _place(self, asset_id: str) -> None:
        """Show a place in the list of places."""
        self._go("community")
        self._session.open(asset_id)

    def _add_person(self) -> None:
        """Begin with the first person."""
        from lac_desktop.ui.people.add import ask_to_add

        ask_to_add(self, self._session, self._desk)

    def _go(self, section: str) -> None:
        """Another section."""
        getattr(self.window(), "work").show_section(section)  # noqa: B009 - it is a Frame

    def _past_the_end(self, part: TodaySection, step: int) -> None:
        """Up and Down go on into the next list."""
        shown = [one for one in self.sections.values() if not one.isHidden()]
        at = shown.index(part) + step
        if 0 <= at < len(shown):
            shown[at].view.go_to_end(step)

    def _offer_weeks(self, now: Today) -> None:
        """After how many weeks somebody counts as not spoken to."""
        self._weeks.setText(count("After {n} week", "After {n} weeks", now.quiet_weeks))
        menu = self._weeks.menu()
        menu.clear()
        for n, said in weeks_choices(now):
            action = menu.addAction(said, lambda n=n: self._choose_weeks(n))
            action.setCheckable(True)
            action.setChecked(n == now.quiet_weeks)

    def _choose_weeks(self, n: int) -> None:
        """Keep the choice and look again."""
        days.set_quiet_weeks(self._session.notebook, n)
        self.look()
