# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language coach beside the reflection: one remark at a time, each entry once."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPushButton

from lac_desktop.services import wordcoach
from lac_desktop.services.wordcoach import Coach, Remark, Word
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import button, clear, column, label, panel, row
from lac_desktop.ui.words import tr

_PAUSE_MS = 700
#: Blocks looked at in one go, so that a key typed meanwhile is painted at once.
_PORTION = 4


@dataclass(slots=True)
class _Noticed:
    """A remark and where its passage is now; the cursor moves as text is typed before it."""

    remark: Remark
    at: QTextCursor

    @property
    def still_there(self) -> bool:
        """Whether the passage still reads as it did."""
        return self.at.selectedText() == self.remark.phrase


class CoachNote(QFrame):
    """Looks at the coordinator's words after a pause. It changes nothing by itself."""

    used = Signal()

    def __init__(self, desk: Desk, edit: WordsEdit, name: str) -> None:
        super().__init__()
        self.setObjectName("coach")
        self.setAccessibleName(tr("Language coach"))
        self._desk, self._edit, self._name = desk, edit, name
        listed = wordcoach.load()
        self.problems = listed.problems
        self._coach = Coach(listed.entries)
        self._told: set[str] = set()
        self._waiting: list[_Noticed] = []
        self._now: _Noticed | None = None
        self._bulb = label("")
        self._words = label("", wrap=True)
        self._buttons = QFrame()
        self._flow = FlowLayout(self._buttons, 6)
        inside = panel(column(self._words, self._buttons, gap=4))
        layout = row(self._bulb, inside, gap=10)
        layout.setAlignment(self._bulb, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        layout.setContentsMargins(12, 8, 12, 8)
        self.setLayout(layout)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.look)
        edit.typed.connect(lambda: self._pause.start(_PAUSE_MS))
        self.hide()

    def look(self) -> None:
        """Look at some of the blocks that changed; go on with the rest in a moment."""
        for number in sorted(self._edit.dirty)[:_PORTION]:
            self._edit.dirty.discard(number)
            block = self._edit.document().findBlockByNumber(number)
            if block.isValid():
                for remark in self._coach.remarks(block.text()):
                    self._notice(block.position(), remark)
        if self._edit.dirty and len(self._waiting) < 50:
            self._pause.start(5)
        self._show()

    def use(self, words: str) -> None:
        """Put the offered words in the place of the phrase: an act of the writer."""
        noticed = self._now
        if noticed is not None:
            self._told.add(noticed.remark.word.key)
            if noticed.still_there:
                self._edit.replace(noticed.at.selectionStart(), noticed.at.selectionEnd(), words)
                announce(self, tr("Put in: {words}", words=words))
        self._next()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.used.emit()

    def use_first(self) -> None:
        """The shortcut: use what is offered first, if anything is."""
        if self._now is not None and self.isVisible():
            self.use(wordcoach.offers(self._now.remark, self._name)[0])

    def keep_mine(self) -> None:
        """Leave the phrase as it is; this entry is not offered again."""
        if self._now is not None:
            self._told.add(self._now.remark.word.key)
        self._next()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _notice(self, start: int, remark: Remark) -> None:
        """Remember a passage, unless its entry was offered before."""
        word: Word = remark.word
        known = {one.remark.word.key for one in self._waiting}
        if word.key in self._told or word.key in known:
            return
        if self._now is not None and self._now.remark.word.key == word.key:
            return
        at = QTextCursor(self._edit.document())
        at.setPosition(start + remark.start)
        at.setPosition(start + remark.end, QTextCursor.MoveMode.KeepAnchor)
        self._waiting.append(_Noticed(remark, at))

    def _next(self) -> None:
        self._now = None
        self._show()

    def _show(self) -> None:
        """Show the remark that stands, or the next one whose passage is still there."""
        if self._now is not None and self._now.still_there:
            return
        self._now = None
        while self._waiting and self._now is None:
            first = self._waiting.pop(0)
            if first.still_there and not self._being_typed(first):
                self._now = first
        self.setVisible(self._now is not None)
        if self._now is not None:
            self._say(self._now.remark)

    def _being_typed(self, noticed: _Noticed) -> bool:
        """Whether the caret stands at its end: "claim" may become "claimant"."""
        at_end = self._edit.textCursor().position() == noticed.at.selectionEnd()
        if at_end and self._edit.hasFocus():
            number = noticed.at.block().blockNumber()
            self._edit.dirty.add(number)
            return True
        return False

    def _say(self, remark: Remark) -> None:
        """The phrase, the reason and the ways on."""
        self._bulb.setPixmap(self._desk.icons.pixmap("ph.lightbulb", 18, "warning"))
        why = wordcoach.why(remark, self._name)
        phrase = " ".join(remark.phrase.split())
        self._words.setText(f"“{phrase}”. {why}" if why else tr("“{words}”", words=phrase))
        clear(self._flow)
        offers = wordcoach.offers(remark, self._name)
        for number, words in enumerate(offers):
            one = button(tr("Use “{words}”", words=words), lambda w=words: self.use(w), "link")
            self._add(one, tr("Alt+U") if number == 0 else "")
        self._add(button(tr("Keep mine"), self.keep_mine, "link"), "")
        said = tr("Language coach: {words} Offers: {offers}.", words=self._words.text(),
                  offers=", ".join(offers))  # fmt: skip
        announce(self, said)

    def _add(self, made: QPushButton, tip: str) -> None:
        if tip:
            made.setToolTip(tip)
        self._flow.addWidget(made)
