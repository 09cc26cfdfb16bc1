# SPDX-License-Identifier: AGPL-3.0-or-later
"""What all start screens share: a column in the middle, the urgent numbers at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.urgent_panel import UrgentSide
from lac_desktop.ui.widgets import button, clear, panel, scrolling
from lac_desktop.ui.words import tr


class StartScreen(QWidget):
    """A screen before a notebook is open. ``column`` takes its parts."""

    opened = Signal(object)  # the open Notebook
    other = Signal()  # open a different notebook
    restore = Signal()

    def __init__(self, desk: Desk, numbers: UrgentNumbers, title: str) -> None:
        super().__init__()
        self.desk = desk
        self.first: QWidget = self
        self.setAccessibleName(title)
        self.setObjectName("start")
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        self._middle = QWidget()
        self._middle.setLayout(self.column)
        self._middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._middle, 100)
        centred.addStretch(1)
        left = panel(centred, "lock", (24, 20, 24, 20))
        self.urgent = UrgentSide(desk, numbers)
        self._side = scrolling(self.urgent, tr("Worried about someone?"))
        self._more = button(tr("Worried about someone?"), None, "urgent")
        self._more.clicked.connect(lambda: getattr(self.window(), "show_urgent", lambda: None)())
        self._page = scrolling(left, title)
        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        main.addWidget(self._page, 1)
        main.addWidget(self._more)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(main, 1)
        outer.addWidget(self._side)
        self._more.hide()

    def leaving(self) -> None:
        """The screen is being taken away."""

    def empty(self) -> None:
        """Take everything out of the column."""
        clear(self.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the numbers move behind a button that never scrolls away."""
        super().resizeEvent(event)
        theme = self.desk.theme
        narrow = self.width() * 100 / theme.text_size < 1000
        self._side.setVisible(not narrow)
        self._more.setVisible(narrow)
        self._side.setFixedWidth(theme.scaled(366))
        self._middle.setMaximumWidth(theme.scaled(520))
