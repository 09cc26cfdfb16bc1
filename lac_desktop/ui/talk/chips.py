# SPDX-License-Identifier: AGPL-3.0-or-later
"""Chips: tags to choose from, and short phrases that are typed and taken out again."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import tool
from lac_desktop.ui.words import tr


class TagChips(QWidget):
    """Tags of which any number may be on; each is (value, words, what it means)."""

    changed = Signal()

    def __init__(self, desk: Desk, says: str, tags: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(says)
        self._desk = desk
        self._kept: list[str] = []  # tags that no list knows any more
        self.chips: dict[str, QToolButton] = {}
        layout = FlowLayout(self, 6)
        for value, words, meaning in tags:
            chip = tool(words, "chip", checkable=True)
            chip.setAccessibleName(words)
            chip.setAccessibleDescription(meaning)
            chip.setToolTip(meaning)
            chip.toggled.connect(lambda on, c=chip: self._toggled(c, on))
            self.chips[value] = chip
            layout.addWidget(chip)

    def chosen(self) -> tuple[str, ...]:
        """The tags that are on, in the order of the list."""
        return (*(value for value, chip in self.chips.items() if chip.isChecked()), *self._kept)

    def choose(self, values: Sequence[str]) -> None:
        """Show these as on; a tag the list does not know is kept all the same."""
        self._kept = [value for value in values if value not in self.chips]
        for value, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(value in values)
            chip.blockSignals(False)
            self._tick(chip)

    def _toggled(self, chip: QToolButton, _on: bool) -> None:
        self._tick(chip)
        self.changed.emit()

    def _tick(self, chip: QToolButton) -> None:
        """A tick, so that more than colour tells that it is on."""
        chip.setIcon(self._desk.icons.icon("ph.check") if chip.isChecked() else QIcon())


class WordChips(QWidget):
    """Short phrases, one a line of the value; Enter adds one, a press takes one out."""

    changed = Signal()

    def __init__(self, desk: Desk, says: str, hint: str) -> None:
        super().__init__()
        self._desk, self._says = desk, says
        self.phrases: list[str] = []
        self._flow = FlowLayout(self, 6)
        self.entry = _Entry()
        self.entry.setPlaceholderText(hint)
        self.entry.setAccessibleName(says)
        self.entry.setAccessibleDescription(tr("Enter adds it."))
        self.entry.setMinimumWidth(desk.theme.scaled(150))
        self.entry.added.connect(self.add)
        self.entry.textEdited.connect(lambda _text: self.changed.emit())
        self.first = self.entry
        self._flow.addWidget(self.entry)

    def value(self) -> str:
        """The phrases, one a line, with what is in the field and not added yet."""
        waiting = self.entry.text().strip()
        return "\n".join([*self.phrases, *([waiting] if waiting else [])])

    def show_value(self, value: str) -> None:
        """Show these phrases."""
        self.phrases = [line for line in value.split("\n") if line.strip()]
        self.entry.clear()
        self._draw()

    def add(self) -> None:
        """Make a chip of what is in the field."""
        typed = self.entry.text().strip()
        if not typed:
            return
        self.phrases.append(typed)
        self.entry.clear()
        self._draw()
        announce(self, tr("Added"))
        self.changed.emit()

    def _take_out(self, number: int) -> None:
        del self.phrases[number]
        self._draw()
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, tr("Taken out"))
        self.changed.emit()

    def _draw(self) -> None:
        """The chips, then the field."""
        while self._flow.count() > 1:
            item = self._flow.takeAt(0)
            chip = item.widget() if item is not None else None
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        field = self._flow.takeAt(0)
        before: QWidget | None = None
        for number, phrase in enumerate(self.phrases):
            chip = tool(phrase, "chip")
            chip.setIcon(self._desk.icons.icon("ph.x", "muted"))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setMaximumWidth(self._desk.theme.scaled(330))
            chip.setAccessibleName(tr("{phrase}, take out", phrase=phrase))
            chip.clicked.connect(lambda _on=False, n=number: self._take_out(n))
            self._flow.addWidget(chip)
            chip.show()
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        if field is not None:
            self._flow.addItem(field)
        if before is not None:
            QWidget.setTabOrder(before, self.entry)
        self.updateGeometry()


class _Entry(QLineEdit):
    """Enter adds, and goes no further."""

    added = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds what was typed; Ctrl+Enter is left to the page."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.added.emit()
            return
        super().keyPressEvent(event)
