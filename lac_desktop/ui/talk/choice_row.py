# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of buttons of which one is on, or several: arrows move, Space or a click chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.widgets import button


class ChoiceRow(QFrame):
    """``pressed`` sends a value when somebody chooses it; Tab leaves the row as a whole."""

    pressed = Signal(str)

    def __init__(self, desk: Desk, name: str, *, columns: int, many: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._desk, self._columns, self._many = desk, columns, many
        self._choosing = False
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    @property
    def first(self) -> QPushButton | None:
        """The button that Tab comes to: one that is on, else the first."""
        on = [made for made in self.buttons.values() if made.isChecked()]
        return next(iter(on or self.buttons.values()), None)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Show these buttons: pairs of value and words."""
        for made in self.buttons.values():
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.buttons = {}
        for number, (value, words) in enumerate(choices):
            made = button(words)
            made.setCheckable(True)
            made.setAccessibleName(words.rstrip("…"))
            made.setMinimumHeight(self._desk.theme.scaled(34))
            made.setMinimumWidth(10)  # long words are cut rather than the dialog widened
            made.toggled.connect(lambda _on, v=value: self._toggled(v))  # by screen readers too
            made.installEventFilter(self)
            self.buttons[value] = made
            self._grid.addWidget(made, number // self._columns, number % self._columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1)
        self._stops()

    def chosen(self) -> tuple[str, ...]:
        """What is on."""
        return tuple(value for value, made in self.buttons.items() if made.isChecked())

    def choose(self, *values: str) -> None:
        """Show these as on, without telling anybody."""
        self._choosing = True
        for value, made in self.buttons.items():
            made.setChecked(value in values)
            icon = self._desk.icons.icon("ph.check") if made.isChecked() else QIcon()
            made.setIcon(icon)
        self._choosing = False
        self._stops()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move through the row and choose nothing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_Left: -1,
                Qt.Key.Key_Down: self._columns,
                Qt.Key.Key_Up: -self._columns,
            }.get(Qt.Key(event.key()))
            made = list(self.buttons.values())
            if step is not None and watched in made:
                at = made.index(watched) + step  # type: ignore[arg-type]
                if 0 <= at < len(made):
                    made[at].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, value: str) -> None:
        """By click, key or a screen reader's action; what :meth:`choose` does is not told."""
        if self._choosing:
            return
        if self._many:
            self.choose(*self.chosen())
        else:
            self.choose(value)
        self.pressed.emit(value)

    def _stops(self) -> None:
        """One stop for Tab in the row; arrows reach the others."""
        first = self.first
        for made in self.buttons.values():
            tab = Qt.FocusPolicy.StrongFocus if made is first else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(tab)
