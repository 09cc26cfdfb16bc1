# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab Conversations: drafts first, then what was kept, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lac_desktop.domain.days import spoken_day, spoken_moment
from lac_desktop.services import conversations
from lac_desktop.services.timeline import opening_words
from lac_desktop.ui.people.copy_out import copy_conversation
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.widgets import button, column, label, panel, row, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from datetime import date

    from lac_desktop.domain.conversation import Conversation
    from lac_desktop.services.conversations import Draft
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_AT_ONCE = 50
_LONGEST = 200


class TalksTab(QWidget):
    """A list read in pages of fifty, so that a page with hundreds opens at once."""

    def __init__(self, session: Session, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._session, self._desk, self._id = session, desk, person_id
        self._shown = _AT_ONCE
        self._drafts: set[str] = set()
        self.view = LinesView(desk, tr("Conversations"), lead=130, inset=24)
        self.view.opened.connect(self.open)
        self.view.keys[Qt.Key.Key_C] = self.copy
        self.view.menu = [(tr("Open"), self.open), (tr("Copy as text"), self.copy)]
        self._count = label("", "", "muted")
        why = tr("For the council’s own case system; noted in the access log")
        self._copy = button(tr("Copy as text"), lambda: self.copy(self.view.key()), "small", why)
        with_icon(self._copy, desk.icons, "ph.copy")
        self.more = button("", self._show_more, "link")
        words = label(tr("What would you like to remember of today?"), "heading2", wrap=True)
        begin = button(tr("New conversation"), self._begin, "primary")
        empty = panel(column(words, row(begin, None), None, gap=14), "surface", (24, 24, 24, 24))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(empty)
        top = panel(row(self._count, None, self._copy), "surface", (24, 10, 20, 8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(self._stack, 1)
        outer.addWidget(panel(row(self.more, None), "surface", (20, 2, 20, 6)))
        self.setFocusProxy(self.view)
        self.changed()

    def changed(self) -> None:
        """Read the first pages again."""
        notebook = self._session.notebook
        today = notebook.clock().date()
        drafts = conversations.drafts(notebook, self._id)
        kept = conversations.of_person(notebook, self._id, 0, self._shown)
        total = conversations.count_of(notebook, self._id)
        self._drafts = {one.conversation.id for one in drafts}
        lines = [draft_line(one, today) for one in drafts]
        self.view.show_lines(lines + [talk_line(one, today) for one in kept])
        self._count.setText(count("{n} conversation", "{n} conversations", total))
        rest = total - len(kept)
        self.more.setText(tr("Show {n} more", n=f"{min(rest, _AT_ONCE):,}"))
        self.more.setVisible(rest > 0)
        self._copy.setEnabled(bool(kept))
        self._stack.setCurrentIndex(0 if lines or kept else 1)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Nothing beyond the list's own keys."""
        return {}

    def open(self, key: str) -> None:
        """Read a conversation, or carry on with a draft."""
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(self._session, self._desk, (self._id,), key)

    def copy(self, key: str) -> None:
        """Copy a kept conversation as text."""
        if key and key not in self._drafts:
            copy_conversation(self._session, self._desk, key)
        elif key:
            self._desk.messages.warn(tr("This one is not kept yet. Finish it first."))

    def _begin(self) -> None:
        """A new conversation."""
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(self._session, self._desk, (self._id,))

    def _show_more(self) -> None:
        """The next fifty."""
        at = self._shown
        self._shown += _AT_ONCE
        self.changed()
        self.view.setFocus()
        self.view.setCurrentIndex(self.view.lines.index(at))


def talk_line(one: Conversation, today: date) -> Line:
    """A kept conversation: day, where, and how their words begin."""
    quote = opening_words(one)
    rest = " ".join((one.strong or one.matters or _noticed(one)).split())[:_LONGEST]
    head = one.setting or tr("Conversation")
    undone = sum(1 for promise in one.promises if promise.done_on is None)
    if undone:
        left = count("{n} promise open", "{n} promises open", undone)
        head = tr("{where}. {left}", where=head, left=left)
    return Line(one.id, head, quote or rest, lead=spoken_day(one.on, today, tr),
                bold=(one.setting,), own=bool(quote))  # fmt: skip


def draft_line(one: Draft, today: date) -> Line:
    """A conversation that is not kept yet."""
    quote = opening_words(one.conversation)
    head = tr("To finish: kept as you typed, {when}", when=spoken_moment(one.saved, today, tr))
    return Line(one.conversation.id, head, quote, lead=spoken_day(one.conversation.on, today, tr),
                glyph="ph.note-pencil", own=bool(quote))  # fmt: skip


def _noticed(one: Conversation) -> str:
    """How the reflection begins, where nothing of their own words was written."""
    return next((p.text for p in one.reflection if p.text.strip() and not p.about), "")
