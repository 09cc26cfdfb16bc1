# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing a conversation: both sides, saved as typed, flagged, coached, read together, kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import conversations
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk import passages
from lac_desktop.ui.talk.about_whom import ask_about_whom
from lac_desktop.ui.talk.noticed_side import NoticedSide
from lac_desktop.ui.talk.own_side import OwnSide
from lac_desktop.ui.talk.passages import Block
from lac_desktop.ui.talk.saving import Saver
from lac_desktop.ui.talk.when_row import WhenRow
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import column, panel, row, scrolling
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stands in the fields; its paragraphs are put together on the worker thread."""

    rest: Conversation
    own: tuple[Block, ...]
    noticed: tuple[Block, ...]

    def whole(self) -> Conversation:
        """The conversation."""
        return replace(
            self.rest,
            own_words=passages.paragraphs(self.own),
            reflection=passages.paragraphs(self.noticed),
        )


class Writing(QWidget):
    """The editor. ``kept`` sends the conversation that was kept; ``retitled`` that it moved."""

    kept = Signal(object)
    retitled = Signal()

    def __init__(
        self, session: Session, desk: Desk, start: Conversation, names: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self.start = start
        self._turn: int | None = None
        me = session.notebook.settings.who
        self.today = session.notebook.clock().date()
        called = [names.get(person) or tr("somebody") for person in start.people]
        self.when = WhenRow(desk, self.today)
        self.own = OwnSide(desk, called, me or tr("Me"), self.today)
        self.noticed = NoticedSide(desk, called, me)
        self.left_area: QScrollArea = scrolling(self.own, tr("The person’s own words"))
        self.right_area: QScrollArea = scrolling(self.noticed, tr("What I noticed"))
        self.left_area.setObjectName("own-area")
        self.right_area.setObjectName("noticed-area")
        self._across = row(gap=0)
        self._across.addWidget(self.left_area, 7)
        self._right = panel(column(self.right_area, self.noticed.foot, gap=0))
        self._across.addWidget(self._right, 4)
        wide = QWidget()
        wide.setLayout(self._across)
        self._under = column(gap=0)
        under = QWidget()
        under.setLayout(self._under)
        self._both = QStackedWidget()
        self._both.addWidget(wide)
        self._both.addWidget(scrolling(under, tr("Conversation")))
        self.setLayout(column(self.when, self._both, gap=0))
        self.saver: Saver[Snapshot] = Saver(
            desk.jobs, self.snapshot, self._write, within_ms=int(conversations.SAVE_WITHIN * 1000)
        )
        self._last: WordsEdit = self.own.words
        self.show_conversation(start)
        self._listen()
        self._keys()
        for problem in (*self.own.problems, *self.noticed.problems):
            desk.messages.warn(problem)

    @property
    def fields(self) -> tuple[WordsEdit, WordsEdit]:
        """Own words and reflection."""
        return self.own.words, self.noticed.words

    def carry_on(self, draft: conversations.Draft) -> None:
        """Go on with a draft."""
        self.start, self._turn = draft.conversation, draft.turn
        self.show_conversation(draft.conversation)

    def show_conversation(self, shown: Conversation) -> None:
        """Fill the fields."""
        self.when.show_values(shown.on, shown.at, shown.setting)
        self.own.words.show_paragraphs(shown.own_words)
        self.noticed.words.show_paragraphs(shown.reflection)
        self.own.promises.show_promises(shown.promises)
        self.noticed.strong.show_value(shown.strong)
        self.noticed.matters.setText(shown.matters)
        self.noticed.who_else.setText(shown.who_else)
        self.noticed.good_life.choose(shown.good_life)
        self.noticed.principles.choose(shown.principles)
        self.noticed.show_principles(bool(shown.principles))
        with QSignalBlocker(self.noticed.read_back):
            self.noticed.read_back.setChecked(bool(shown.read_back))

    def snapshot(self) -> Snapshot:
        """What stands in the fields now; quick, whatever its length."""
        on, at, setting = self.when.values()
        noticed = self.noticed
        rest = replace(
            self.start,
            on=on,
            at=at,
            setting=setting,
            own_words=(),
            reflection=(),
            strong=noticed.strong.value(),
            matters=noticed.matters.text().strip(),
            who_else=noticed.who_else.text().strip(),
            promises=self.own.promises.value(),
            good_life=noticed.good_life.chosen(),
            principles=noticed.principles.chosen(),
            read_back=True if noticed.read_back.isChecked() else None,
        )
        return Snapshot(rest, tuple(self.own.words.blocks), tuple(noticed.words.blocks))

    def conversation(self) -> Conversation:
        """The conversation as it stands in the fields."""
        return self.snapshot().whole()

    @property
    def blank(self) -> bool:
        """Whether nothing is written: such a conversation is no draft."""
        now = self.conversation()
        written = (*now.own_words, *now.reflection, *now.promises)
        return not (written or now.strong or now.matters or now.who_else or now.setting)

    def done(self) -> None:
        """Keep it; what cannot be read is shown first, and nothing is lost where keeping fails."""
        if (wrong := self.when.wrong()) is not None:
            self.when.show()
            self.when.say_wrong()
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, wrong[1], now=True)
            return
        if (line := self.own.promises.wrong()) is not None:
            self.own.promises.to_wrong(line)
            return
        notebook = self._session.notebook

        def keep(what: Snapshot) -> Conversation:
            return conversations.keep(notebook, what.whole())

        def failed(error: LacError) -> None:
            self.saver.go_on()
            self._desk.messages.problem(error)
            self.own.words.setFocus(Qt.FocusReason.OtherFocusReason)

        self._desk.jobs.run(self.saver.last(keep), self.kept.emit, failed, title=tr("Saving"))

    def save_before_leaving(self) -> None:
        """Save what is not saved yet, here and now. Raises LacError (full disk)."""
        self.saver.save_here()

    def flag(self) -> None:
        """Mark the paragraph with the caret as being about someone else, or take that away."""
        edit = self._last
        if edit.about():
            edit.mark_about("")
            announce(self, tr("This paragraph is about nobody else now"))
        else:
            whom = ask_about_whom(self, self._desk.theme)
            if whom:
                edit.mark_about(whom)
                announce(self, tr("This paragraph is about {name}", name=whom))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_about()

    def take_own_words(self, words: tuple[Paragraph, ...]) -> None:
        """Take over what was written together."""
        edit = self.own.words
        if words != edit.paragraphs():
            at = edit.textCursor().position()
            edit.show_paragraphs(words)
            caret = edit.textCursor()
            caret.setPosition(min(at, edit.document().characterCount() - 1))
            edit.setTextCursor(caret)
            self.saver.touch()

    def stack(self, narrow: bool) -> None:
        """Put both sides on one sheet, under each other, where there is little room."""
        if narrow == bool(self._both.currentIndex()):
            return
        focus = self.window().focusWidget()
        if narrow:
            for area in (self.left_area, self.right_area):
                if (side := area.takeWidget()) is not None:
                    self._under.addWidget(side)
                    side.show()
            self._under.addWidget(self.noticed.foot)
        else:
            self.left_area.setWidget(self.own)
            self.right_area.setWidget(self.noticed)
            inside = self._right.layout()
            if inside is not None:
                inside.addWidget(self.noticed.foot)
        self._both.setCurrentIndex(int(narrow))
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, what: Snapshot) -> None:
        """Save a draft, on a worker thread or before leaving."""
        whole = what.whole()
        if whole.id != self.start.id:  # began before another window's draft was met
            whole = replace(whole, id=self.start.id)
        try:
            self._turn = conversations.save_draft(self._session.notebook, whole, self._turn)
        except StaleError as error:
            if isinstance(error.mine, Conversation):
                self.start, self._turn = replace(self.start, id=error.mine.id), error.turn
            raise

    def _listen(self) -> None:
        """Save when something is typed or the focus moves on."""
        for edit in self.fields:
            edit.typed.connect(self.saver.touch)
            edit.left.connect(self.saver.save)
            edit.cursorPositionChanged.connect(lambda e=edit: self._caret(e))
            edit.about_changed.connect(lambda _whom: self._show_about())
        self.noticed.words.left.connect(self.noticed.coach.look)
        for part in (self.when, self.own.promises, self.noticed):
            part.changed.connect(self.saver.touch)
            part.left.connect(self.saver.save)
        self.when.changed.connect(self.retitled)
        self.noticed.flag.toggled.connect(lambda _on: self.flag())
        self.noticed.share.clicked.connect(self._share)
        self._desk.theme.changed.connect(self.own.paint_icons)
        self._desk.theme.changed.connect(self.noticed.paint_icons)

    def _share(self) -> None:
        """Nothing is shared from here: agreements to share are made on the person's page."""
        try:
            self.save_before_leaving()
        except LacError as error:
            self._desk.messages.problem(error)
            return
        self._session.open_person(self.start.people[0], "sharing")

    def _caret(self, edit: WordsEdit) -> None:
        """The field with the caret is the one that the flag is about."""
        if edit.hasFocus() and edit is not self._last:
            self._last = edit
            self._show_about()

    def _show_about(self) -> None:
        """Say on the button whom the paragraph with the caret is about."""
        whom = self._last.about()
        flag = self.noticed.flag
        with QSignalBlocker(flag):  # a screen reader’s toggle is heard like a click
            flag.setChecked(bool(whom))
        words = tr("About {name}", name=whom) if whom else tr("About someone else…")
        if flag.text() != words:
            flag.setText(words)
            if self._last.hasFocus() and whom:
                announce(self, words)

    def _keys(self) -> None:
        """Keys of the editor."""
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Alt+1", lambda: self.own.words.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Alt+2", lambda: self.noticed.words.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Alt+O", self.flag),
            ("Alt+U", self.noticed.coach.use_first),
            ("Ctrl+Return", self.done),
            ("Ctrl+Enter", self.done),
        ):
            QShortcut(QKeySequence(keys), self, context=inside).activated.connect(act)
