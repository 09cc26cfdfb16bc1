# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation as a page over the section: written while it is a draft, read once it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.wording import clock_time, day_date
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import access, conversations, people
from lac_desktop.services.conversations import Draft
from lac_desktop.ui.page import Page
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.kept import Kept
from lac_desktop.ui.talk.together import read_together
from lac_desktop.ui.talk.when_row import heading
from lac_desktop.ui.talk.writing import Writing
from lac_desktop.ui.widgets import button, label, panel, row, tool, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class ConversationPage(Page):
    """Written or read; leaving it loses nothing."""

    title = "Conversation"

    def __init__(
        self, session: Session, desk: Desk, person_ids: tuple[str, ...], conversation_id: str
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._desk = session, desk
        self._leaving = False
        notebook = session.notebook
        kept = conversations.get(notebook, conversation_id) if conversation_id else None
        draft = None if kept else _draft(session, conversation_id)
        self.shown = kept or (
            draft.conversation if draft else conversations.new(notebook, person_ids)
        )
        self.names: Mapping[str, str] = people.names(notebook, self.shown.people)
        self.writing: Writing | None = None
        self.reading: Kept | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._header()
        self._offer = QFrame()
        self._offer.setObjectName("message")
        self._offer.hide()
        self._outer.addWidget(self._offer)
        if kept is not None:
            self._read(kept)
        else:
            self._write(draft)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F9"), self, context=inside).activated.connect(self.read_together)

    def regions(self) -> list[QWidget]:
        """The main text first, then the other side, then the header."""
        if self.writing is not None:
            return [self.writing.own.words, self.writing.noticed, self._head]
        assert self.reading is not None
        return [self.reading, self._head]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """None of the commands of places."""
        return {}

    def fit(self, width: int) -> None:
        """Stack both sides and shorten the header where there is little room."""
        narrow = width < 1024
        if self.writing is not None:
            self.writing.stack(narrow)
        self._together.setText("" if width < 800 else tr("Read together"))
        beside = self.writing is not None and width >= 1024
        self._together.setProperty("look", "segment-last" if beside else "")
        self._together.style().unpolish(self._together)
        self._together.style().polish(self._together)
        self._when.setVisible(self.writing is not None and width >= 800)
        self._write_mark.setVisible(self.writing is not None and width >= 1024)

    def arrived(self) -> None:
        """Say who can see this."""
        self._session.privacy.emit(self._private())

    def closing(self) -> None:
        """Before the page goes or the window locks: save what is not saved yet."""
        self._leaving = True
        self._session.privacy.emit("")
        if self.reading is not None:
            self.reading.closing()
        if self.writing is not None:
            try:
                self.writing.save_before_leaving()
            except LacError as error:
                self._desk.messages.problem(error)
            self.writing.saver.stop()

    def leave(self) -> None:
        """Go back to where one came from; a draft stays a draft, if anything is written."""
        if self.writing is not None and not self.writing.blank:
            try:
                self.writing.save_before_leaving()
            except LacError as error:  # stay here: the text is on screen
                self._desk.messages.problem(error)
                return
            self._desk.messages.done(tr("Left as a draft. Today and the person’s page list it."))
            self._session.told_of_people()
        self._session.task_over.emit()

    def read_together(self) -> None:
        """Turn the screen round: own words and agreed actions only."""
        if self.writing is None and self.reading is None:
            return
        now = self.writing.conversation() if self.writing is not None else self._as_corrected()
        self._session.privacy.emit(tr("Reading together: other people hidden"))
        notebook, ids, which = self._session.notebook, now.people, now.id
        self._desk.jobs.run(
            lambda _progress: [access.note(notebook, "read-together", one, which) for one in ids],
            lambda _result: None,
        )
        writing = self.writing
        agreed = read_together(
            self.window(),
            self._session,
            self._desk,
            now,
            write=writing is not None,
            took=writing.take_own_words if writing is not None else lambda _words: None,
        )
        if self._leaving:
            return  # it was locked meanwhile
        self._session.privacy.emit(self._private())
        if agreed:
            self._agreed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    # Parts

    def _header(self) -> None:
        """Back, title, the switch to reading together, Done."""
        back = button(self._name(), self.leave, "link")
        back.setIcon(self._desk.icons.icon("ph.arrow-left", "accent"))
        back.setAccessibleName(tr("Back to {name}", name=self._name()))
        self._title = label("", "heading1")
        self._title.setMinimumWidth(40)
        self._when = button(tr("When and where"), self._show_when, "link")
        self._when.setCheckable(True)
        self._write_mark = tool(tr("Write"), "segment-first", checkable=True)
        self._write_mark.setIcon(self._desk.icons.icon("ph.pencil-simple"))
        self._write_mark.setChecked(True)
        self._write_mark.clicked.connect(lambda: self._write_mark.setChecked(True))
        self._together = tool(tr("Read together"), "segment-last")
        self._together.setIcon(self._desk.icons.icon("ph.eye"))
        self._together.setToolTip(tr("Read together (F9)"))
        self._together.setAccessibleName(tr("Read together"))
        self._together.clicked.connect(self.read_together)
        self._done = with_icon(
            button(tr("Done"), self._finish, "primary", tr("Keep it (Ctrl+Enter)")),
            self._desk.icons, "ph.check", "on-accent",
        )  # fmt: skip
        switch = row(self._write_mark, self._together, gap=0)
        across = row(back, self._title, self._when, None, switch, self._done, gap=10)
        self._head = panel(across, "header", (14, 8, 16, 8))
        self._head.setAccessibleName(tr("Conversation"))
        self._outer.addWidget(self._head)

    def _write(self, draft: Draft | None) -> None:
        """Show the editor; other drafts with the same people are offered."""
        self.writing = writing = Writing(self._session, self._desk, self.shown, self.names)
        if draft is not None:
            writing.carry_on(draft)
        writing.kept.connect(self._kept)
        writing.retitled.connect(self._say_title)
        writing.saver.saved.connect(self._session.told_of_typing)
        writing.saver.failed.connect(self._not_saved)
        self._outer.addWidget(writing, 1)
        self._say_title()
        if draft is None:
            self._offer_draft()

    def _read(self, kept: Conversation) -> None:
        """Show what was kept, with its corrections."""
        self.shown = kept
        self.reading = Kept(self._session, self._desk, kept, self.names)
        self._outer.addWidget(self.reading, 1)
        self._done.setText(tr("Close"))
        self._done.setIcon(self._desk.icons.icon("ph.x", "on-accent"))
        self._done.setToolTip("")
        self._write_mark.hide()
        self._when.hide()
        self._say_title()

    def _say_title(self) -> None:
        today = self._session.notebook.clock().date()
        if self.writing is not None:
            on, _at, setting = self.writing.when.values()
        else:
            on, setting = self.shown.on, self.shown.setting
        words = heading(on, setting, today)
        self._title.setText(words)
        self.setAccessibleName(words)

    def _offer_draft(self) -> None:
        """ "We kept what you wrote at 10:41", where a draft with the same people is there."""
        notebook = self._session.notebook
        mine = self.shown.people[0] if self.shown.people else ""
        there = [
            one for one in conversations.drafts(notebook, mine)
            if set(one.conversation.people) == set(self.shown.people)
        ]  # fmt: skip
        if not there:
            return
        latest = there[0]
        words = label(kept_words(self._session, latest), wrap=True)
        go_on = button(tr("Carry on"), lambda: self._carry_on(latest), "primary")
        inside = row(words, None, go_on, button(tr("Begin a new one"), self._offer.hide))
        inside.setContentsMargins(20, 6, 16, 6)
        self._offer.setLayout(inside)
        self._offer.show()
        announce(self, words.text())

    def _carry_on(self, draft: Draft) -> None:
        """Take the draft that was offered in the place of the empty one."""
        self._offer.hide()
        assert self.writing is not None
        if not self.writing.blank:
            self.writing.saver.save()
        self.writing.carry_on(draft)
        self.shown = draft.conversation
        self._say_title()
        self.writing.own.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        """Done: keep what is written, or close what was read."""
        if self.writing is not None:
            self.writing.done()
        else:
            self._session.task_over.emit()

    def _kept(self, kept: Conversation) -> None:
        """It is kept: back to where one came from."""
        self._session.told_of_people()
        self._session.task_over.emit()
        self._desk.messages.done(tr("Kept."), tr("Undo"), self._session.undo_people)

    def _agreed(self) -> None:
        """The person found it right: note that it was read back."""
        if self.writing is not None:
            self.writing.noticed.read_back.setChecked(True)
            self.writing.saver.touch()
            return
        notebook, shown = self._session.notebook, self.shown.id
        self._session.act_people(
            lambda _progress: conversations.tag(notebook, shown, read_back=True),
            tr("Noted that it was read back."),
        )

    def _as_corrected(self) -> Conversation:
        """What was kept, with the person's own statements that were added."""
        added = conversations.addenda(self._session.notebook, self.shown.id)
        lines = [line for one in added for line in one.statement.split("\n") if one.statement]
        own = (*self.shown.own_words, *(Paragraph(line) for line in lines))
        return replace(self.shown, own_words=own)

    def _not_saved(self, error: LacError) -> None:
        """Say why it could not be saved; the text stays and is saved as soon as it can be."""
        self._desk.messages.problem(error)
        if isinstance(error, StaleError) and self.writing is not None:
            self.shown = self.writing.start

    def _show_when(self) -> None:
        """Show or hide day, time and setting."""
        assert self.writing is not None
        shown = self._when.isChecked()
        self.writing.when.setVisible(shown)
        if shown:
            self.writing.when.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> str:
        """With whom."""
        return ", ".join(self.names.values()) or tr("Back")

    def _private(self) -> str:
        """Who can see this, as a sentence without a name."""
        if self._leaving:
            return ""
        return tr("Private: only you. The person sees the left side when you read together")


def _draft(session: Session, conversation_id: str) -> Draft | None:
    """The draft of an id, if there is one."""
    return conversations.draft(session.notebook, conversation_id) if conversation_id else None


def kept_words(session: Session, draft: Draft) -> str:
    """ "We kept what you wrote at 10:41", with the day where it was another."""
    now = session.notebook.clock()
    at = clock_time(draft.saved, tr)
    if draft.saved.date() == now.date():
        return tr("We kept what you wrote at {time}.", time=at)
    day = day_date(draft.saved.date(), tr)
    return tr("We kept what you wrote on {day} at {time}.", day=day, time=at)
