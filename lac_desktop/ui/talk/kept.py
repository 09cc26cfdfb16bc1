# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation that was kept: it is read, and corrected beside; its own text stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from lac_desktop.domain.conversation import GOOD_LIFE, Addendum, Conversation, Paragraph, Promise
from lac_desktop.domain.wording import clock_time, long_date
from lac_desktop.services import conversations, notes, talk_lists
from lac_desktop.ui.forms import long_field
from lac_desktop.ui.people.copy_out import copy_conversation
from lac_desktop.ui.talk.own_side import own_words_title
from lac_desktop.ui.talk.promises import ME, YOU
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import button, clear, column, label, line, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


#: Longer texts scroll inside their field; pixels at 100 %.
_MOST = 420


class Kept(QWidget):
    """Own words first, then the rest, then corrections with the person's own statement."""

    def __init__(
        self, session: Session, desk: Desk, kept: Conversation, names: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._session, self._desk, self.kept = session, desk, kept
        self._names = [names.get(one) or tr("somebody") for one in kept.people]
        self._me = kept.by or tr("the coordinator")
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(20, 14, 20, 16)
        self._inside.setSpacing(6)
        sheet = QFrame()
        sheet.setObjectName("kept")
        sheet.setLayout(self._inside)
        self._area = scrolling(sheet, tr("The conversation as it was kept"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(self._area))
        self._said()
        self._added = QVBoxLayout()
        self._added.setSpacing(6)
        self._inside.addLayout(self._added)
        self._correcting()
        self._inside.addStretch(1)
        self._show_addenda()

    def closing(self) -> None:
        """A correction that was typed and not saved goes to the quick notes: nothing is lost."""
        typed = [self.text.toPlainText().strip(), self.statement.toPlainText().strip()]
        if any(typed) and not self._form.isHidden():
            words = "\n".join(one for one in typed if one)
            day = long_date(self.kept.on, tr)
            note = tr("Correction to the conversation of {day}, not saved: {words}",
                      day=day, words=words)  # fmt: skip
            notes.quick(self._session.notebook, note)

    def correct(self) -> None:
        """Open the fields for a correction."""
        self._form.show()
        self._open.hide()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_correction(self) -> None:
        """Put the correction beside the conversation."""
        notebook, kept = self._session.notebook, self.kept.id
        text, statement = self.text.toPlainText().strip(), self.statement.toPlainText().strip()
        if not text and not statement:
            self._desk.messages.warn(tr("Type what is to stand beside it, then save."))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def done(_made: object) -> None:
            self._shut()
            self._show_addenda()

        self._session.act_people(
            lambda _progress: conversations.add_addendum(notebook, kept, text, statement),
            tr("The correction is saved beside it."),
            after=done,
        )

    def copy_out(self) -> None:
        """Copy it as plain text for the council's own case system; noted, and gone at lock."""
        copy_conversation(self._session, self._desk, self.kept.id)

    def _shut(self) -> None:
        self.text.clear()
        self.statement.clear()
        self._form.hide()
        self._open.show()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self) -> None:
        """Everything that was kept."""
        kept, add = self.kept, self._part
        self._words(own_words_title(self._names), kept.own_words, own=True)
        add(tr("One thing we’ll each do"), "\n".join(self._promise(p) for p in kept.promises))
        noticed = tr("What I noticed, {name}’s reflection", name=self._me)
        self._words(noticed, kept.reflection, own=False)
        add(tr("What’s strong"), kept.strong)
        add(tr("What matters now"), kept.matters)
        add(tr("Who else"), kept.who_else)
        add(tr("A good life"), ", ".join(tr(GOOD_LIFE.get(one, one)) for one in kept.good_life))
        known = {one.id: one.name for one in talk_lists.principles().entries}
        add(tr("Principles"), ", ".join(known.get(one, one) for one in kept.principles))
        read = tr("Read back together, and agreed") if kept.read_back else ""
        add(tr("Read back"), read)

    def _words(self, title: str, words: tuple[Paragraph, ...], *, own: bool) -> None:
        """Own words or reflection, each in its own look; can be read letter by letter."""
        if not words:
            return
        heading = label(title, "heading2", "own" if own else "")
        field = WordsEdit(self._desk, own=own)
        field.setReadOnly(True)
        field.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        field.setAccessibleName(title)
        field.show_paragraphs(words)
        layout = field.document().documentLayout()
        layout.documentSizeChanged.connect(lambda size, f=field: self._fit(f, size))
        self._fit(field, layout.documentSize())
        heading.setBuddy(field)
        field.moveCursor(field.textCursor().MoveOperation.Start)
        self._inside.addWidget(heading)
        self._inside.addWidget(field)

    def _fit(self, field: WordsEdit, size: QSizeF) -> None:
        """As high as what is in it, to a limit."""
        most = self._desk.theme.scaled(_MOST)
        field.setFixedHeight(min(most, max(40, round(size.height()) + 12)))

    def _part(self, title: str, words: str) -> None:
        """One short part, if anything was said."""
        if words.strip():
            self._inside.addWidget(label(title, "heading3"))
            self._inside.addWidget(label(words, wrap=True))

    def _promise(self, promise: Promise) -> str:
        """A promise as a sentence, with how it went."""
        who = {ME: self._me, YOU: self._names[0] if self._names else ""}.get(
            promise.who, promise.who
        )
        words = tr("{who}: {what}", who=who, what=promise.what)
        if promise.by is not None:
            words = tr("{words}, by {day}", words=words, day=long_date(promise.by, tr))
        if promise.done_on is not None:
            words = tr("{words}. Done {day}", words=words, day=long_date(promise.done_on, tr))
        return f"{words}. {promise.learned}" if promise.learned else words

    def _show_addenda(self) -> None:
        """The corrections, in the order in which they were made."""
        clear(self._added)
        for one in conversations.addenda(self._session.notebook, self.kept.id):
            self._added.addWidget(line())
            self._added.addWidget(label(self._made(one), "heading3"))
            if one.text:
                self._added.addWidget(label(one.text, wrap=True))
            if one.statement:
                words = label(one.statement, "words", "own-quote", wrap=True)
                words.setAccessibleName(
                    tr("{title}: {words}", title=own_words_title(self._names), words=one.statement)
                )
                self._added.addWidget(words)

    def _made(self, one: Addendum) -> str:
        """When a correction was made and by whom."""
        return tr("Correction, {day}, {time}, {who}", day=long_date(one.made.date(), tr),
                  time=clock_time(one.made, tr), who=one.by or tr("the coordinator"))  # fmt: skip

    def _correcting(self) -> None:
        """The buttons, and the two fields of a correction, out of sight until wanted."""
        icons = self._desk.icons
        self._open = with_icon(
            button(tr("Add a correction"), self.correct), icons, "ph.pencil-simple"
        )
        copy = with_icon(button(tr("Copy as text"), self.copy_out), icons, "ph.copy")
        self.text = long_field("", self._desk.theme, 3)
        self.text.setAccessibleName(tr("What is to stand beside it"))
        self.statement = long_field("", self._desk.theme, 3)
        self.statement.setProperty("look", "own-words")
        own = own_words_title(self._names)
        self.statement.setAccessibleName(own)
        above, over = label(tr("What is to stand beside it"), "heading3"), label(own, "", "own")
        above.setBuddy(self.text)
        over.setBuddy(self.statement)
        self._form = QFrame()
        self._form.setLayout(
            column(
                label(
                    tr("What was kept stays as it is. A correction stands beside it."), "caption"
                ),
                above,
                self.text,
                over,
                self.statement,
                row(
                    button(tr("Save the correction"), self.save_correction, "primary"),
                    button(tr("Cancel"), self._shut),
                    None,
                ),
                gap=6,
            )
        )
        self._form.hide()
        self._inside.addLayout(row(self._open, copy, None))
        self._inside.addWidget(self._form)
