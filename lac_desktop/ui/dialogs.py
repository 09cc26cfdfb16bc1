# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door of dialogs: a body, a foot with the action, and ``ask`` that gives a value."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lac_desktop.ui.focus import FocusRing
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.widgets import button, label, panel, row, scrolling

T = TypeVar("T")


class _Body(QFrame):
    """What a dialog asks, as high as its words are at the width that there is."""

    def minimumSizeHint(self) -> QSize:
        """Qt would ask for the height that the words had if they were narrow."""
        least, inside = super().minimumSizeHint(), self.layout()
        if inside is not None and inside.hasHeightForWidth():
            least.setHeight(0)  # what scrolls it asks for the height at its width as well
        return least


class Dialog(QDialog, Generic[T]):
    """A dialog titled by its action. ``value`` holds the answer once it was accepted."""

    def __init__(self, parent: QWidget | None, theme: Theme, title: str, action: str = "") -> None:
        super().__init__(parent)
        from lac_desktop.ui.words import tr

        self.setWindowTitle(title)
        self.setModal(True)
        if parent is not None:
            self.addActions(parent.window().actions())  # what works anywhere works here too
        self.theme = theme
        self.value: T | None = None
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        self.cancel = button(tr("Cancel") if action else tr("Close"), self.reject)
        self.foot.addWidget(self.cancel)
        self.accept_button = button(action, self.finish, "primary")
        self.accept_button.setVisible(bool(action))
        if action:
            self.accept_button.setDefault(True)
            self.foot.addWidget(self.accept_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.inside = _Body()
        self.inside.setObjectName("dialog-body")
        self.body.setContentsMargins(20, 16, 20, 16)
        self.inside.setLayout(self.body)
        outer.addWidget(scrolling(self.inside, title), 1)
        outer.addWidget(panel(self.foot, "dialog-foot", (16, 10, 16, 10)))
        self._ring = FocusRing(self, theme)

    def fit(self, width: int, height: int = 0) -> None:
        """Take this size at 100 % text, never more than the window's screen has."""
        screen = self.screen().availableGeometry()
        wide = min(self.theme.scaled(width), screen.width() - 40)
        self.resize(wide, 10)
        hint = self.body.sizeHint().height()  # with words that wrap, as if they were narrow
        natural = self.body.totalHeightForWidth(wide) if self.body.hasHeightForWidth() else hint
        tall = self.theme.scaled(height) if height else natural
        tall += 0 if height else self.foot.sizeHint().height() + 24 + self.theme.scaled(6)
        self.resize(wide, min(tall, screen.height() - 60))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first field; the buttons of the foot only where there is none."""
        super().showEvent(event)
        now = self.focusWidget()
        if now is None or now in (self.cancel, self.accept_button):
            first = first_field(self.inside)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> T | None:
        """The value to give back, or None where something must be put right first."""
        return None

    def finish(self) -> None:
        """Accept, if there is an answer."""
        value = self.answer()
        if value is not None:
            self.value = value
            self.accept()


def in_front(window: QWidget) -> QWidget:
    """The dialog that waits over a window, or the window itself where none does."""
    return QApplication.activeModalWidget() or window


def ask(parent: QWidget | None, dialog: Dialog[T]) -> T | None:
    """Show a dialog and wait: its value, or None where it was cancelled.

    Focus goes back to where it was. Locking may have taken away both the dialog and what opened it.
    """
    before = parent.window().focusWidget() if parent is not None else None
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    value = dialog.value if accepted else None
    if isValid(dialog):
        dialog.deleteLater()
    if before is not None and isValid(before) and before.isVisible():
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    return value


def first_field(part: QWidget) -> QWidget | None:
    """The first thing to fill in or choose, in the order of Tab, that stands in a part."""
    fields = (QLineEdit, QAbstractSpinBox, QComboBox, QAbstractButton, QPlainTextEdit)
    wanted = {
        widget
        for widget in part.findChildren(QWidget)
        if isinstance(widget, fields)
        and widget.isEnabled()
        and widget.isVisibleTo(part)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part and widget not in wanted:
        widget = widget.nextInFocusChain()
    return widget if widget in wanted else None


class ListDialog(Dialog[bool]):
    """The whole of a list, one line an item, to read or to search by typing."""

    def __init__(
        self, parent: QWidget | None, theme: Theme, title: str, items: Sequence[str]
    ) -> None:
        super().__init__(parent, theme, title)
        listed = QListWidget()
        listed.setAccessibleName(title)
        listed.setWordWrap(True)
        listed.addItems(list(items))
        self.body.addWidget(listed, 1)
        self.fit(560, 420)
        listed.setFocus()


class Confirm(Dialog[bool]):
    """A sentence and two ways on."""

    def __init__(
        self, parent: QWidget | None, theme: Theme, title: str, sentence: str, action: str
    ) -> None:
        super().__init__(parent, theme, title, action)
        words = label(sentence, wrap=True)
        self.body.addWidget(words)
        self.setAccessibleDescription(sentence)
        self.fit(460)

    def answer(self) -> bool:
        """Yes."""
        return True


def confirm(parent: QWidget | None, theme: Theme, title: str, sentence: str, action: str) -> bool:
    """Ask before something is lost; False where it was cancelled."""
    return bool(ask(parent, Confirm(parent, theme, title, sentence, action)))


def foot_note(dialog: Dialog[Any], text: str) -> None:
    """A quiet sentence at the left of the foot."""
    dialog.foot.insertWidget(0, label(text, "caption"))


def extra_button(dialog: Dialog[Any], text: str, act: Callable[[], object], look: str = "") -> None:
    """One more button at the left of the foot."""
    dialog.foot.insertLayout(0, row(button(text, act, look)))
