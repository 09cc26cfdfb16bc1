# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of lines: a sentence or two a row, a tick, a button; the same on Today and about a person.

Own words are violet and stand in quotation marks. Rows are painted; the button of a row is a real
one, and whatever it does is also a key of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QMenu, QWidget

from lac_desktop.ui.people.line_paint import LineDelegate
from lac_desktop.ui.soon import soon
from lac_desktop.ui.widgets import button, with_icon

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk

_Index = QModelIndex | QPersistentModelIndex
#: Role that gives the whole line.
LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row. ``key`` names it to whoever made it; ``spoken`` is what a screen reader says.

    ``lead`` is the quiet column at the left, such as a day. ``bold`` are words of ``head`` that
    stand out; parts of ``second`` between \\x02 and \\x03 do too. ``own`` says that ``second`` are
    a person's own words. ``ticked`` is None where there is nothing to tick. ``press`` and ``icon``
    are the words and the icon of the row's button.
    """

    key: str
    head: str
    second: str = ""
    lead: str = ""
    bold: tuple[str, ...] = ()
    own: bool = False
    glyph: str = ""
    ticked: bool | None = None
    press: str = ""
    icon: str = ""
    spoken: str = ""


class LinesModel(QAbstractListModel):
    """The lines of one list."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line, its words, and what is read out."""
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.head
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (line.lead, line.head, line.second.replace("\x02", "").replace("\x03", ""))
            return line.spoken or ", ".join(part for part in parts if part)
        return None


class LinesView(QListView):
    """A list of lines. ``opened``: Enter or a double click; ``ticked``: Space or the box.

    ``pressed``: the row's button. ``left``: Up at the first row (-1), Down at the last one (+1).
    ``keys`` are letters of this list, ``menu`` its context menu: words and what they do.
    """

    opened = Signal(str)
    ticked = Signal(str)
    pressed = Signal(str)
    left = Signal(int)

    def __init__(
        self, desk: Desk, name: str, *, whole: bool = False, lead: int = 0, inset: int = 8,
        flat: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk, self._whole = desk, whole
        self.keys: dict[Qt.Key, Callable[[str], object]] = {}
        self.menu: list[tuple[str, Callable[[str], object]]] = []
        self.lines = LinesModel()
        self.setModel(self.lines)
        self.painter_ = LineDelegate(desk, self, lead, inset, flat=flat)
        self.setItemDelegate(self.painter_)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self._open(index))
        desk.theme.changed.connect(self._sizes)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the line that had the focus keeps it while it is there."""
        key, row = self.key(), max(0, self.currentIndex().row())
        self.painter_.measure(lines)
        self.lines.set_lines(lines)
        self._buttons()
        self._sizes()
        if lines:
            at = next((n for n, line in enumerate(lines) if line.key == key), row)
            self.setCurrentIndex(self.lines.index(min(at, len(lines) - 1)))
            self._speak_current()

    def key(self) -> str:
        """The key of the line with the focus, or ""."""
        line = self.currentIndex().data(LINE)
        return line.key if isinstance(line, Line) else ""

    def line(self) -> Line | None:
        """The line with the focus."""
        found = self.currentIndex().data(LINE)
        return found if isinstance(found, Line) else None

    def go_to_end(self, step: int) -> None:
        """Put the focus on the first line (+1) or the last one (-1)."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        row = 0 if step > 0 else self.lines.rowCount() - 1
        self.setCurrentIndex(self.lines.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks, letters act; past the ends is the next list."""
        key, key_of = Qt.Key(event.key()), self.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self.currentIndex().row()
        if not plain:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key_of:
            self.opened.emit(key_of)
        elif key == Qt.Key.Key_Space and key_of and self._ticks():
            self.ticked.emit(key_of)
        elif key in self.keys and key_of and self._letters(key):
            self.keys[key](key_of)
        elif key == Qt.Key.Key_Up and row <= 0:
            self.left.emit(-1)
        elif key == Qt.Key.Key_Down and row >= self.lines.rowCount() - 1:
            self.left.emit(1)
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = index.data(LINE)
        box = self.painter_.box(self.visualRect(index)).adjusted(-4, -8, 4, 8)
        if isinstance(line, Line) and line.ticked is not None and box.contains(at):
            self.ticked.emit(line.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the line."""
        key = self.key()
        if not self.menu or not key:
            return
        menu = QMenu(self)
        for words, act in self.menu:
            menu.addAction(words, lambda a=act: a(key))
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.exec(at + QPoint(0, 2))
        menu.deleteLater()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, begin at the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0))
        self._speak_current()
        self.viewport().update()

    def _speak_current(self) -> None:
        """Have the line in focus read out where Qt names the list alone: it was current before."""

        def speak() -> None:
            row = self.currentIndex().row()
            if self.hasFocus() and row >= 0:
                event = QAccessibleEvent(self, QAccessible.Event.Focus)
                event.setChild(row)
                QAccessible.updateAccessibility(event)

        soon(self, speak)  # after Qt's own event for the whole list

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as wide as the list; Qt lays out anew only where the height changed."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "painter_"):
            self._sizes()

    def _open(self, index: _Index) -> None:
        line = index.data(LINE)
        if isinstance(line, Line):
            self.opened.emit(line.key)

    def _ticks(self) -> bool:
        line = self.line()
        return line is not None and line.ticked is not None

    def _letters(self, key: Qt.Key) -> bool:
        """Letters act only where they are switched on; other keys always do."""
        letter = Qt.Key.Key_A <= key <= Qt.Key.Key_Z
        return self._desk.preferences.letter_keys or not letter

    def _buttons(self) -> None:
        """The buttons of rows: real ones, reached by the mouse; the list's keys do the same."""
        for row, line in enumerate(self.lines.lines):
            if not line.press:
                continue
            holder = QWidget()
            layout = QHBoxLayout(holder)
            layout.setContentsMargins(0, 0, 8, 0)
            layout.addStretch(1)
            made = button(line.press, lambda k=line.key: self.pressed.emit(k), "small")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if line.icon:
                with_icon(made, self._desk.icons, line.icon)
            layout.addWidget(made)
            self.setIndexWidget(self.lines.index(row), holder)

    def _sizes(self) -> None:
        """Heights at this text size; a whole list is as high as its rows."""
        self.scheduleDelayedItemsLayout()
        if self._whole:
            self.setFixedHeight(self.painter_.height() * self.lines.rowCount() + 2)
