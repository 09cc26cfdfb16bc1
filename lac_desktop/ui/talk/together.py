# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading together: a clean large page with own words and agreed actions, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from lac_desktop.domain.conversation import Conversation, Paragraph, Promise
from lac_desktop.domain.wording import day_date
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.session import Session
from lac_desktop.ui.speech import announce
from lac_desktop.ui.talk.promises import ME, YOU
from lac_desktop.ui.talk.words_edit import WordsEdit
from lac_desktop.ui.widgets import button, column, label, line, panel, row, with_icon
from lac_desktop.ui.words import tr

_SIZES = (1.0, 1.25, 1.5)  # 24, 30 and 36 points
_FAMILIES = ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible")
_KEEP_MS = 1_000
#: A text beyond this height, in pixels, scrolls inside its field.
_TALLEST = 60_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it: the own words as they stand now, and whether they were found right."""

    words: tuple[Paragraph, ...]
    agreed: bool


def merged(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """What was written together, with the paragraphs about others back where they were.

    ``before`` is all of the own words; ``after`` what became of those about nobody else.
    """
    shown = [paragraph.text for paragraph in before if not paragraph.about]
    if len(shown) == len(before):
        return tuple(after)
    new = [paragraph.text for paragraph in after]
    codes = SequenceMatcher(a=shown, b=new, autojunk=False).get_opcodes()
    made: list[Paragraph] = []
    seen = taken = 0
    for paragraph in before:
        if not paragraph.about:
            seen += 1
            continue
        upto = _moved(codes, seen)
        made += after[taken:upto]
        taken = max(taken, upto)
        made.append(paragraph)
    return (*made, *after[taken:])


def _moved(codes: Sequence[tuple[str, int, int, int, int]], at: int) -> int:
    """Where a place between paragraphs is after they were changed."""
    for kind, i1, i2, j1, j2 in codes:
        if i1 < at <= i2 or (at == 0 and i1 == 0 and i2 > 0):
            return j1 + (at - i1) if kind == "equal" or at < i2 else j2
    return 0 if at == 0 else (codes[-1][4] if codes else 0)


class Together(Dialog[Heard]):
    """The whole screen; it holds nothing private that could be scrolled to."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        desk: Desk,
        shown: Conversation,
        *,
        write: bool,
        took: Callable[[tuple[Paragraph, ...]], object],
    ) -> None:
        super().__init__(parent, desk.theme, "LAC Desktop")
        self.setAccessibleName(tr("Reading together"))
        self._desk, self._session, self._took = desk, session, took
        self._before, self._size = shown.own_words, 0
        self._changed = self.agreed = False
        self.words = _own_words(desk, shown)
        self.words.typed.connect(self._typed)
        self._labels: list[tuple[QLabel, str]] = []
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._timer.timeout.connect(self.hand_over)
        today = session.notebook.clock().date()
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(0, self._bar(write=write))
        self._foot_away()
        sheet = panel(self._sheet(shown, today))
        sheet.setMaximumWidth(desk.theme.scaled(1000))
        self.body.addLayout(row(sheet))
        self.body.addStretch(1)
        self._area = self.findChildren(QScrollArea)[0]
        self.words.document().documentLayout().documentSizeChanged.connect(
            lambda _size: self._fit()
        )
        self.words.cursorPositionChanged.connect(self._follow)
        self._buttons[0].setFocus()
        self.resize_text()
        self.words.moveCursor(self.words.textCursor().MoveOperation.Start)

    def bigger(self) -> None:
        """The next size; after the largest comes the first."""
        self._size = (self._size + 1) % len(_SIZES)
        self.resize_text()
        announce(self, tr("{n} points", n=self._points()))

    def resize_text(self) -> None:
        """Set everything in the size that was chosen."""
        family = next((one for one in _FAMILIES if QFontDatabase.hasFamily(one)), "")
        face = f"font-family: '{family}';" if family else ""
        points = self._points()
        self.words.setStyleSheet(f"QTextEdit {{ font-size: {points}pt; {face} }}")
        for one, kind in self._labels:
            small = max(self.theme.points("words"), points * 0.55)
            own = "" if kind else f"color: {self.theme.colour('own-words').name()};"
            size = small if kind == "caption" else points
            one.setStyleSheet(f"QLabel {{ font-size: {size:g}pt; {face} {own} }}")

    def change(self) -> None:
        """Write together: the words can be changed from now on."""
        self.words.setReadOnly(False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, tr("You can write now"))

    def right(self) -> None:
        """The person says that it is right."""
        self.agreed = True
        self.finish()

    def answer(self) -> Heard:
        """What stands here now."""
        return Heard(merged(self._before, self.words.paragraphs()), self.agreed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that turn pages turn these, wherever the focus is."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Down: 0.2,
                 Qt.Key.Key_Up: -0.2}  # fmt: skip
        bar, turn = self._area.verticalScrollBar(), pages.get(Qt.Key(event.key()))
        if turn is not None:
            bar.setValue(bar.value() + round(turn * bar.pageStep()))
            return
        super().keyPressEvent(event)

    def done(self, code: int) -> None:
        """However it is closed, what was written is handed over first."""
        self._timer.stop()
        self.hand_over()
        super().done(code)

    def hand_over(self) -> None:
        """Give what was written to the editor, which saves it."""
        if self._changed:
            self._changed = False
            self._took(merged(self._before, self.words.paragraphs()))

    def _fit(self) -> None:
        """The field is as high as its words, so that the page scrolls as one sheet."""
        tall = round(self.words.document().documentLayout().documentSize().height()) + 12
        self.words.setFixedHeight(min(_TALLEST, max(self.theme.scaled(60), tall)))

    def _follow(self) -> None:
        """Keep the caret in view while somebody writes."""
        sheet = self._area.widget()
        if self.words.hasFocus() and sheet is not None:
            at = self.words.mapTo(sheet, self.words.cursorRect().center())
            self._area.ensureVisible(at.x(), at.y(), 0, self.theme.scaled(60))

    def _typed(self) -> None:
        self._changed = True
        if not self._timer.isActive():
            self._timer.start()

    def _points(self) -> int:
        return round(self.theme.points("read-together") * _SIZES[self._size])

    def _bar(self, *, write: bool) -> QWidget:
        """Who can see this, and what can be done."""
        light = QLabel()
        light.setPixmap(_ring(self._desk))
        says = label(tr("Reading together: other people hidden"), "", "own", wrap=True)
        icons = self._desk.icons
        bigger = with_icon(button(tr("Bigger"), self.bigger), icons, "ph.text-aa")
        change = with_icon(button(tr("Change a line"), self.change), icons, "ph.pencil-simple")
        change.setVisible(write)
        right = with_icon(
            button(tr("That’s right"), self.right, "primary"), icons, "ph.check", "on-accent"
        )
        close = with_icon(button(tr("Close"), self.reject, "", tr("Esc")), icons, "ph.x")
        across = row(light, says, bigger, change, right, close, gap=10)
        across.setStretchFactor(says, 1)
        self._buttons = [bigger, change, right, close]
        return panel(across, "header", (24, 10, 24, 10))

    def _sheet(self, shown: Conversation, today: date) -> QVBoxLayout:
        """The words, a line, and what each of us will do."""
        day = day_date(shown.on, tr) if shown.on.year == today.year else f"{shown.on.year}"
        said = label(tr("What you said on {day}", day=day), "", "muted")
        self._labels.append((said, "caption"))
        actions = QFrame()
        grid = QGridLayout(actions)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(32)
        promises = [one for one in shown.promises if one.what]
        for number, promise in enumerate(promises):
            grid.addLayout(
                self._promise(promise), number // 2, number % 2, Qt.AlignmentFlag.AlignTop
            )
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        rule = line()
        rule.setVisible(bool(promises))
        actions.setVisible(bool(promises))
        inside = column(said, self.words, rule, actions, gap=10)
        wide = self.theme.scaled(24)
        inside.setContentsMargins(wide, 12, wide, 12)
        return inside

    def _promise(self, promise: Promise) -> QVBoxLayout:
        """Who, in small letters, and what in large ones."""
        if promise.who == ME:
            who, mine = tr("I’ll"), True
        elif promise.who == YOU:
            who, mine = tr("You’ll"), False
        else:
            who, mine = tr("{name} will", name=promise.who), False
        words = promise.what
        if promise.by is not None:
            words = tr("{what}, by {day}", what=words, day=day_date(promise.by, tr))
        above, large = label(who, "", "muted"), label(words, wrap=True)
        large.setAccessibleName(f"{who} {words}")
        self._labels += [(above, "caption"), (large, "plain" if mine else "")]
        return column(above, large, gap=0)

    def _foot_away(self) -> None:
        """This page has its buttons above."""
        for foot in self.findChildren(QFrame, "dialog-foot"):
            foot.hide()


def read_together(
    parent: QWidget,
    session: Session,
    desk: Desk,
    shown: Conversation,
    *,
    write: bool,
    took: Callable[[tuple[Paragraph, ...]], object],
) -> bool:
    """Fill the screen with the page until it is closed; whether it was found right.

    ``took`` is handed what was written together, every second and before the page goes, also when
    the notebook locks.
    """
    page = Together(parent, session, desk, shown, write=write, took=took)
    page.setWindowState(Qt.WindowState.WindowFullScreen)
    heard = ask(parent, page)
    return heard is not None and heard.agreed


def _own_words(desk: Desk, shown: Conversation) -> WordsEdit:
    """The field of own words, to be read at first, without what is about somebody else."""
    made = WordsEdit(desk, own=True, spread=107)
    made.setProperty("look", "together")
    made.setAccessibleName(tr("What you said"))
    made.show_paragraphs([one for one in shown.own_words if not one.about])
    made.setReadOnly(True)
    return made


def _ring(desk: Desk) -> QPixmap:
    """The privacy light as an open ring."""
    picture = QPixmap(28, 28)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(desk.theme.colour("own-words"), 2.4))
    painter.drawEllipse(QRectF(2, 2, 10, 10))
    painter.end()
    return picture
