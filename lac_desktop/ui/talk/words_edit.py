# SPDX-License-Identifier: AGPL-3.0-or-later
"""A field of paragraphs, each of which may be marked as being about somebody else."""

import sys
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.talk import passages
from lac_desktop.ui.talk.passages import Block
from lac_desktop.ui.words import tr

_ABOUT = QTextFormat.Property.UserProperty.value + 1
_GOES_ON = QTextFormat.Property.UserProperty.value + 2


class WordsEdit(QTextEdit):
    """Plain paragraphs. ``typed`` comes with every change, ``about_changed`` with the caret.

    ``blocks`` mirrors the document and is brought up to date block by block, so that a snapshot
    of a megabyte costs nothing while somebody types.
    """

    typed = Signal()
    about_changed = Signal(str)  # whom the paragraph with the caret is about, or ""
    left = Signal()  # the focus went elsewhere

    def __init__(self, desk: Desk, *, own: bool, spread: int = 0) -> None:
        """``spread`` is the line height in % of the font's own; 0 is what the words call for."""
        super().__init__()
        self._desk = desk
        # Python hands the interpreter over every 5 ms; a key has 16 to be painted
        sys.setswitchinterval(min(sys.getswitchinterval(), 0.001))
        self._spread = spread or (115 if own else 105)
        self.own = own
        self.blocks: list[Block] = [Block("")]
        self.dirty: set[int] = set()  # numbers of blocks that the coach has not seen
        self._filling = False
        self._about = ""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("look", "own-words" if own else "reflection")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.document().setDocumentMargin(desk.theme.scaled(8))
        self.document().contentsChange.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)
        desk.theme.changed.connect(self.viewport().update)
        self.show_paragraphs(())

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """What is written, as it stands."""
        return passages.paragraphs(self.blocks)

    def show_paragraphs(self, written: Sequence[Paragraph]) -> None:
        """Show this text; it cannot be undone, and is not ``typed``."""
        self._filling = True
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(self._format(Block("")))
        self._insert(cursor, passages.blocks(written))
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._filling = False
        self._moved()

    def about(self) -> str:
        """Whom the paragraph with the caret is about, or ""."""
        return str(self.textCursor().block().blockFormat().property(_ABOUT) or "")

    def mark_about(self, whom: str) -> None:
        """Mark the paragraphs of the selection as being about somebody else; "" takes it away."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        start, end = self._parted(cursor)
        block = self.document().findBlock(start)
        first = block
        while first.previous().isValid() and first.blockFormat().property(_GOES_ON):
            first = first.previous()
        block = first
        while block.isValid() and (
            block.position() <= end or block.blockFormat().property(_GOES_ON)
        ):
            one = QTextCursor(block)
            new = block.blockFormat()
            new.setProperty(_ABOUT, whom)
            one.setBlockFormat(new)
            block = block.next()
        cursor.endEditBlock()
        self._moved()
        self.viewport().update()

    def replace(self, start: int, end: int, text: str) -> None:
        """Put other words in the place of a passage, as one act that undo takes back."""
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text; what is long is packed so that keys stay quick."""
        text = source.text()
        if len(text) < passages.BULK:
            self.textCursor().insertText("\n".join(p.text for p in passages.from_text(text)))
            self.ensureCursorVisible()
            return
        made = passages.blocks(passages.from_text(text))
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self._insert(cursor, made)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A new paragraph after one about somebody else is about nobody else."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and not self.isReadOnly():
            cursor = self.textCursor()
            new = cursor.blockFormat()
            if cursor.atBlockEnd():
                new.setProperty(_ABOUT, "")
            new.setProperty(_GOES_ON, False)
            cursor.insertBlock(new)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        """Tell that the focus went elsewhere: time to save."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint paragraphs about somebody else and say so at their end."""
        if any(block.about for block in self.blocks):
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for block, box in self._in_view(event):
                whom = str(block.blockFormat().property(_ABOUT) or "")
                if whom:
                    self._tag(painter, block, box, whom)
            painter.end()
        super().paintEvent(event)

    def _in_view(self, event: QPaintEvent) -> Iterable[tuple[QTextBlock, QRectF]]:
        """The blocks that show, with their place in the viewport."""
        layout = self.document().documentLayout()
        down = self.verticalScrollBar().value()
        block = self.cursorForPosition(event.rect().topLeft()).block()
        while block.isValid():
            box = layout.blockBoundingRect(block).translated(0, -down)
            if box.top() > event.rect().bottom():
                return
            yield block, box
            block = block.next()

    def _tag(self, painter: QPainter, block: QTextBlock, box: QRectF, whom: str) -> None:
        """The tint behind a paragraph and the words at its end, where there is room."""
        theme = self._desk.theme
        wide = QRectF(4, box.top() - 2, self.viewport().width() - 8.0, box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("warning-bg"))
        painter.drawRoundedRect(wide, 3, 3)
        painter.setBrush(theme.colour("warning"))
        painter.drawRect(QRectF(4, wide.top(), 3, wide.height()))
        if block.next().isValid() and block.next().blockFormat().property(_GOES_ON):
            return
        words = tr("About {name}", name=whom)
        font = theme.font("caption")
        width = QFontMetricsF(font).horizontalAdvance(words) + 14
        lines = block.layout()
        last = lines.lineAt(lines.lineCount() - 1)
        left = box.left() + last.x() + last.naturalTextWidth() + 10
        if left + width > wide.right():
            return  # the tint and the button under the field still tell
        at = QPointF(left, box.top() + last.y())
        painter.setFont(font)
        painter.setPen(theme.colour("warning"))
        painter.drawText(
            QRectF(at.x(), at.y(), width, last.height()), Qt.AlignmentFlag.AlignVCenter, words
        )

    def _insert(self, cursor: QTextCursor, made: Sequence[Block]) -> None:
        """Put blocks in at a cursor; the first joins the paragraph that is there."""
        for number, block in enumerate(made):
            if number:
                cursor.insertBlock(self._format(block))
            elif block.about:
                cursor.setBlockFormat(self._format(block))
            cursor.insertText(block.text)

    def _format(self, block: Block) -> QTextBlockFormat:
        """How a paragraph is set: the person's words wider than the coordinator's."""
        made = QTextBlockFormat()
        height = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        made.setLineHeight(self._spread, height)
        made.setBottomMargin(self._desk.theme.scaled(8 if self.own else 6))
        if block.about:
            made.setProperty(_ABOUT, block.about)
        if block.goes_on:
            made.setProperty(_GOES_ON, True)
        return made

    def _parted(self, cursor: QTextCursor) -> tuple[int, int]:
        """Give the lines of the selection blocks of their own; where they begin and end."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        for at, step in ((end, 1), (start, -1)):
            block = self.document().findBlock(at)
            text, inside = block.text(), at - block.position()
            cut = text.find(passages.LINE, inside) if step > 0 else text.rfind(
                passages.LINE, 0, inside
            )  # fmt: skip
            if cut >= 0:
                one = QTextCursor(self.document())
                one.setPosition(block.position() + cut)
                one.deleteChar()
                one.insertBlock()
        return start, end

    def _changed(self, at: int, _removed: int, added: int) -> None:
        """Bring the mirror up to date with one change of the document."""
        document = self.document()
        block = document.findBlock(at)
        last = document.findBlock(at + added)
        if not last.isValid():
            last = document.lastBlock()
        first = max(0, block.blockNumber())
        new: list[Block] = []
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            new.append(_read(block))
            block = block.next()
        old = max(0, len(self.blocks) + len(new) - document.blockCount())
        self.blocks[first : first + old] = new
        self._shift(first, old, len(new))
        if any(block.about for block in new):
            self.viewport().update()
        if not self._filling:
            self.typed.emit()

    def _shift(self, first: int, old: int, new: int) -> None:
        """Note which blocks the coach has to look at."""
        moved = new - old
        if moved:
            self.dirty = {
                n + moved if n >= first + old else n
                for n in self.dirty
                if n < first or n >= first + old
            }
        self.dirty.update(range(first, first + new))

    def _moved(self) -> None:
        """Tell when the caret comes to a paragraph about somebody else, or leaves it."""
        about = self.about()
        if about != self._about:
            self._about = about
            self.about_changed.emit(about)


def _read(block: QTextBlock) -> Block:
    """A block as the mirror holds it."""
    kind = block.blockFormat()
    return Block(
        block.text(), str(kind.property(_ABOUT) or ""), bool(kind.property(_GOES_ON) or False)
    )
