# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ten-second note: one field, saved as typed, sorted later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lac_desktop.domain.conversation import QuickNote
from lac_desktop.errors import LacError
from lac_desktop.services import conversations, notes, people
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.talk.choose_person import Chosen, choose_person, person_of
from lac_desktop.ui.talk.saving import Saver
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class NoteField(QPlainTextEdit):
    """Enter keeps the note, Shift+Enter begins a new line."""

    kept = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is for keeping."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.kept.emit()
            return
        super().keyPressEvent(event)


class QuickNoteDialog(Dialog[QuickNote]):
    """One field and an optional "About"; ``value`` is the note to keep.

    What is typed lies in the notebook within a second. Esc leaves it among the notes to sort.
    """

    def __init__(self, parent: QWidget | None, session: Session, desk: Desk) -> None:
        super().__init__(parent, desk.theme, tr("Quick note"), tr("Keep"))
        self._session, self._desk = session, desk
        self.note = notes.new(session.notebook)
        self.about: Chosen | None = None
        self._gone = self._warned = False
        self.field = NoteField()
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(tr("Quick note"))
        self.field.setAccessibleDescription(tr("Enter keeps it, Shift and Enter is a new line"))
        self.field.setFixedHeight(desk.theme.scaled(84))
        self.field.kept.connect(self.finish)
        self.saver: Saver[QuickNote] = Saver(
            desk.jobs, self.current, self._write, within_ms=int(conversations.SAVE_WITHIN * 1000)
        )
        self.field.textChanged.connect(self.saver.touch)
        self.saver.failed.connect(self._not_saved)
        self._said = label(tr("Goes to Today, to sort later. Kept if you press Esc."), "caption",
                           wrap=True)  # fmt: skip
        self.body.addWidget(self.field)
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._who = label(tr("About: nobody yet"), "caption")
        self._add = button(tr("Add"), self.choose_about, "link")
        self._add.setAccessibleName(tr("Add whom it is about"))
        self.foot.insertLayout(0, row(self._who, self._add, gap=2))
        self.cancel.setText(tr("Throw away"))
        self.cancel.clicked.disconnect()
        self.cancel.clicked.connect(self.throw_away)
        self.fit(520)
        self.field.setFocus()

    def current(self) -> QuickNote:
        """The note as it stands."""
        return replace(self.note, text=self.field.toPlainText())

    def answer(self) -> QuickNote | None:
        """The note, or None where nothing is written."""
        if not self.field.toPlainText().strip():
            self._said.setText(tr("Nothing is written yet. Esc closes it."))
            self.field.setFocus()
            return None
        return self.current()

    def choose_about(self) -> None:
        """Say whom it is about; it is sorted to them when it is kept."""
        chosen = choose_person(self, self._session, tr("Whom is it about?"), tr("Choose"))
        if chosen is not None:
            self.about = chosen
            names = people.names(self._session.notebook, [chosen.id]) if chosen.id else {}
            name = names.get(chosen.id, chosen.new_name)
            self._who.setText(tr("About: {name}", name=name))
            self._add.setText(tr("Change"))
        self.field.setFocus()

    def throw_away(self) -> None:
        """Close it and forget what was typed; where something was, it can be undone."""
        self._gone = True
        self.saver.stop()
        super().reject()

    def done(self, code: int) -> None:
        """However it closes, what was typed is saved first; by Enter it is kept right after."""
        if not self._gone:
            try:
                if self.field.toPlainText().strip():
                    self.saver.save_here()
            except LacError as error:
                self._not_saved(error)
                if not self._warned:
                    self._warned = True
                    return  # the text stays on screen; the second time it closes
        self.saver.stop()
        super().done(code)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross closes as Esc does."""
        event.ignore()
        self.reject()

    @property
    def thrown_away(self) -> bool:
        """Whether "Throw away" was chosen."""
        return self._gone

    def _write(self, note: QuickNote) -> None:
        """Save it as typed."""
        notes.typed(self._session.notebook, note)

    def _not_saved(self, error: LacError) -> None:
        """Say why; the text stays in the field."""
        self._said.setText(f"{error.message} {error.hint}".strip())


def ask_quick_note(parent: QWidget, session: Session, desk: Desk) -> None:
    """Take a note down and keep it; the sentence afterwards names nobody."""
    dialog = QuickNoteDialog(parent, session, desk)
    note = ask(parent, dialog)
    if session.closed:
        return  # it was locked meanwhile; the note is among those to sort
    about, notebook = dialog.about, session.notebook
    typed = dialog.current().text.strip()
    if dialog.thrown_away and typed:
        unwanted = dialog.current()

        def drop(_progress: object) -> bool:
            notes.typed(notebook, unwanted)
            return notes.throw_away(notebook, unwanted.id)

        session.act_people(drop, tr("Thrown away."))
    elif note is not None:

        def keep(_progress: object) -> None:
            kept = notes.quick(notebook, note.text, note)
            if about is not None:
                notes.sort_to(notebook, kept.id, person_of(session, about))

        said = tr("Kept, in the notes about them.") if about else tr("Kept, to sort later.")
        session.act_people(keep, said)
    elif typed and not dialog.thrown_away:
        session.told_of_people()
        desk.messages.done(tr("Kept among the quick notes to sort."))
