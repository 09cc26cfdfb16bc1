# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quick notes to sort and conversations that are not finished, as a page over the section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lac_desktop.services import conversations, notes, people
from lac_desktop.services.conversations import Draft
from lac_desktop.ui.page import Page
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.talk.editor import open_editor
from lac_desktop.ui.talk.inbox import InboxList, make_conversation, throw_away
from lac_desktop.ui.talk.page import kept_words
from lac_desktop.ui.widgets import button, column, label, panel, row, with_icon
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lac_desktop.domain.conversation import QuickNote
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class InboxPage(Page):
    """The notes as a list, the note that is chosen in full, and what can be done with it."""

    title = "Quick notes to sort"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Quick notes to sort"))
        self._session, self._desk = session, desk
        self._seen = False  # the notes came in once
        self._notes: dict[str, QuickNote] = {}
        self._count = label("", "", "muted")
        close = button(tr("Close"), lambda: session.task_over.emit())
        title = label(tr("Quick notes to sort"), "heading1")
        self._head = panel(row(title, self._count, None, close, gap=12), "header", (20, 12, 16, 12))
        self.list = InboxList(session, desk)
        self._whole = label("", wrap=True)
        self._whole.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty = label(
            tr("Nothing to sort. A quick note is Ctrl+Shift+N, from anywhere."), "", "muted"
        )
        self._deeds = self._buttons()
        self._drafts = LinesView(desk, tr("Conversations not finished"), whole=True)
        self._drafts.opened.connect(self.carry_on)
        self._drafts.pressed.connect(self.carry_on)
        self._drafts_title = label(tr("Conversations not finished"), "heading2")
        inside = column(
            self._empty, self.list, self._whole, self._deeds, self._drafts_title, self._drafts,
            gap=10,
        )  # fmt: skip
        inside.setStretchFactor(self.list, 1)
        inside.setContentsMargins(20, 12, 20, 12)
        self.setLayout(column(self._head, inside, gap=0))
        self.list.selectionModel().currentChanged.connect(lambda *_rows: self._chosen())
        session.people_changed.connect(self.look)
        self.look()

    def regions(self) -> list[QWidget]:
        """The notes, the drafts, the header."""
        return [self.list if self._notes else self._head, self._deeds, self._drafts]

    def look(self) -> None:
        """Read notes and drafts again."""
        notebook = self._session.notebook

        def work(_progress: object) -> tuple[list[QuickNote], list[Draft], Mapping[str, str]]:
            drafts = conversations.drafts(notebook)
            ids = [one for draft in drafts for one in draft.conversation.people]
            return notes.inbox(notebook), drafts, people.names(notebook, ids)

        self._desk.jobs.run(work, self._show)

    def carry_on(self, draft: str) -> None:
        """Go on with a conversation."""
        open_editor(self._session, self._desk, (), draft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._session.task_over.emit()
            return
        super().keyPressEvent(event)

    def _show(self, found: tuple[list[QuickNote], list[Draft], Mapping[str, str]]) -> None:
        inbox, drafts, names = found
        self._notes = {one.id: one for one in inbox}
        self.list.show_notes(inbox)
        self._count.setText(count("{n} note", "{n} notes", len(inbox)))
        for part in (self.list, self._whole, self._deeds):
            part.setVisible(bool(inbox))
        self._empty.setVisible(not inbox)
        self._drafts_title.setVisible(bool(drafts))
        self._drafts.setVisible(bool(drafts))
        self._drafts.show_lines([self._draft_line(one, names) for one in drafts])
        self._chosen()
        if inbox and not self._seen and self.isVisible():
            self.list.setCurrentIndex(QModelIndex())  # so that the first note is read out
            self.list.go_to_end(1)
        self._seen = True

    def _draft_line(self, draft: Draft, names: Mapping[str, str]) -> Line:
        who = [names[one] for one in draft.conversation.people if one in names]
        with_whom = tr("Conversation with {names}", names=", ".join(who))
        return Line(
            draft.conversation.id,
            with_whom if who else tr("Conversation"),
            kept_words(self._session, draft),
            bold=tuple(who),
            press=tr("Carry on"),
            icon="ph.pencil-simple",
        )

    def _chosen(self) -> None:
        """Show the note that is chosen in full."""
        note = self._notes.get(self.list.key())
        text = note.text if note is not None else ""
        self._whole.setText(text if len(text) <= 2_000 else text[:2_000].rstrip() + "…")

    def _buttons(self) -> QWidget:
        """What the keys of the list do, as buttons."""
        session, desk = self._session, self._desk
        icons = desk.icons
        file = with_icon(
            button(tr("File under…"), lambda: self._do(self.list.file)), icons, "ph.archive"
        )
        talk = with_icon(
            button(
                tr("Make a conversation of it…"),
                lambda: self._do(lambda note: make_conversation(self, session, desk, note)),
            ),
            icons, "ph.chat-circle-text",
        )  # fmt: skip
        away = with_icon(
            button(tr("Throw away"), lambda: self._do(lambda note: throw_away(session, note))),
            icons, "ph.trash",
        )  # fmt: skip
        return panel(row(file, talk, away, None))

    def _do(self, deed: Callable[[str], object]) -> None:
        """Do something with the note that is chosen."""
        if key := self.list.key():
            deed(key)
