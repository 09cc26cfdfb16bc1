# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sorting quick notes: to a person, into a conversation, or away, each undone by Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.conversation import Conversation, QuickNote
from lac_desktop.domain.days import spoken_moment
from lac_desktop.services import notes
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.talk.choose_person import choose_person, person_of
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_LONGEST = 300


def file_note(parent: QWidget, session: Session, desk: Desk, note_id: str) -> None:
    """Ask for a person and sort the note to them."""
    chosen = choose_person(parent, session, tr("File the note under"), tr("File it here"))
    if chosen is None:
        return

    def work(_progress: object) -> None:
        notes.sort_to(session.notebook, note_id, person_of(session, chosen))

    session.act_people(work, tr("Filed."))


def make_conversation(parent: QWidget, session: Session, desk: Desk, note_id: str) -> None:
    """Ask for a person and go on with the note as the reflection of a conversation."""
    chosen = choose_person(parent, session, tr("A conversation with"), tr("Write it down"))
    if chosen is None:
        return

    def work(_progress: object) -> Conversation:
        person = person_of(session, chosen)
        return notes.to_conversation(session.notebook, note_id, [person])

    def done(begun: Conversation) -> None:
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(session, desk, begun.people, begun.id)

    session.act_people(work, after=done)


def throw_away(session: Session, note_id: str) -> None:
    """Throw the note away; Undo brings it back."""
    session.act_people(
        lambda _progress: notes.throw_away(session.notebook, note_id), tr("Thrown away.")
    )


class InboxList(LinesView):
    """Quick notes to sort; it looks again whenever something about people was changed."""

    def __init__(self, session: Session, desk: Desk, *, whole: bool = False) -> None:
        super().__init__(desk, tr("Quick notes to sort"), whole=whole, lead=120)
        self._session, self._desk = session, desk
        self.opened.connect(self.file)
        self.pressed.connect(self.file)
        self.keys[Qt.Key.Key_F] = self.file
        self.keys[Qt.Key.Key_C] = self.converse
        self.keys[Qt.Key.Key_Delete] = lambda note: throw_away(session, note)
        self.menu = [
            (tr("File under…"), self.file),
            (tr("Make a conversation of it…"), self.converse),
            (tr("Throw it away"), self.keys[Qt.Key.Key_Delete]),
        ]
        session.people_changed.connect(self.look)

    def look(self) -> None:
        """Read the notes again, on a worker thread."""
        notebook = self._session.notebook
        self._desk.jobs.run(lambda _progress: notes.inbox(notebook), self.show_notes)

    def show_notes(self, found: list[QuickNote]) -> None:
        """Show these notes."""
        today = self._session.notebook.clock().date()
        self.show_lines(
            [
                Line(
                    one.id,
                    _short(one.text),
                    lead=spoken_moment(one.made, today, tr),
                    press=tr("File under…"),
                    icon="ph.archive",
                )
                for one in found
            ]
        )

    def file(self, note: str) -> None:
        """Sort a note to a person."""
        file_note(self, self._session, self._desk, note)

    def converse(self, note: str) -> None:
        """Make a conversation of a note."""
        make_conversation(self, self._session, self._desk, note)


def _short(text: str) -> str:
    """A note on one line."""
    plain = " ".join(text[: _LONGEST * 2].split())
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST].rstrip() + "…"
