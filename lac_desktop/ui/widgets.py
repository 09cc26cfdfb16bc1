# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small pieces that every screen is made of: labels, buttons, lines and stacks."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lac_desktop.ui.icons import Icons

_Box = TypeVar("_Box", bound=QBoxLayout)
_Pressed = TypeVar("_Pressed", bound=QAbstractButton)


def label(text: str, step: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text (never rich: a name with ``<b>`` shows as it is) in a step of type and a tone."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if step:
        made.setProperty("step", step)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class Button(QPushButton):
    """A button that Enter presses as Space does, outside of dialogs too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str, act: Callable[[], object] | None = None, look: str = "", tip: str = ""
) -> QPushButton:
    """A button whose words name the result; ``look`` is primary, link, small or urgent."""
    made = Button(text)
    made.setAutoDefault(False)
    if look:
        made.setProperty("look", look)
    if tip:
        made.setToolTip(tip)
    if act is not None:
        made.clicked.connect(lambda: act())
    return made


def with_icon(made: _Pressed, icons: Icons, name: str, role: str = "text") -> _Pressed:
    """Put an icon before the words of a button or chip."""
    made.setIcon(icons.icon(name, role, beside=True))
    made.setProperty("beside", True)
    return made


def tool(text: str, look: str, *, checkable: bool = False) -> QToolButton:
    """A chip or segment that the keyboard reaches by Tab."""
    made = QToolButton()
    made.setText(text)
    made.setProperty("look", look)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


def icon_tool(icons: Icons, name: str, says: str, act: Callable[[], object]) -> QToolButton:
    """A button with an icon alone: close and the like; it has a name and a tooltip."""
    made = QToolButton()
    made.setIcon(icons.icon(name))
    made.setProperty("look", "plain")
    made.setAccessibleName(says)
    made.setToolTip(says)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setMinimumSize(28, 28)
    made.clicked.connect(lambda: act())
    return made


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    made.setFixedHeight(1)
    return made


def row(*items: QWidget | QLayout | None, gap: int = 8) -> QHBoxLayout:
    """Items side by side; None is the space that stretches."""
    made = QHBoxLayout()
    return _fill(made, items, gap)


def column(*items: QWidget | QLayout | None, gap: int = 8) -> QVBoxLayout:
    """Items under each other; None is the space that stretches."""
    made = QVBoxLayout()
    return _fill(made, items, gap)


def _fill(layout: _Box, items: tuple[QWidget | QLayout | None, ...], gap: int) -> _Box:
    """Put the items into the layout without margins."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def panel(
    layout: QLayout, name: str = "", margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QFrame:
    """A frame around a layout; ``name`` is what the style sheet calls it."""
    made = QFrame()
    if name:
        made.setObjectName(name)
    layout.setContentsMargins(*margins)
    made.setLayout(layout)
    return made


def scrolling(inside: QWidget, says: str) -> QScrollArea:
    """A page that scrolls up and down, and shows what has the focus."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(says)
    inside.setProperty("form", True)
    made.setWidget(inside)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
