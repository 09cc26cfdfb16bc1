# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing interests by typing: what is chosen stands as chips, each with a way to take it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from lac_desktop.services import interests
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.speech import announce
from lac_desktop.ui.widgets import clear, column, tool
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.interests import Interest
    from lac_desktop.ui.desk import Desk


class InterestsField(QWidget):
    """``values`` are ids of interests, or words of somebody's own that no interest knows.

    Enter takes what is typed, Backspace in the empty field takes the last one out. ``changed``
    tells that the choice did. :meth:`suggest` offers interests that a text speaks of.
    """

    changed = Signal()

    def __init__(self, desk: Desk, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self._desk = desk
        self._table = interests.load()
        self.values: list[str] = list(dict.fromkeys(chosen))
        self._offered: dict[str, str] = {}
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type what they love: bikes, singing, gardens"))
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take_offer)
        self.completer = completer
        self.field.setCompleter(completer)
        self.field.textEdited.connect(self._offer)
        self.field.installEventFilter(self)
        self.first = self.field
        self._chips, self._ideas = QWidget(), QWidget()
        self._chip_flow, self._idea_flow = FlowLayout(self._chips), FlowLayout(self._ideas)
        self.setLayout(column(self._chips, self.field, self._ideas, gap=4))
        self._show()
        self.suggest("")

    def setAccessibleName(self, name: str) -> None:
        """The field is what a screen reader meets."""
        super().setAccessibleName(name)
        self.field.setAccessibleName(name)

    def set_values(self, chosen: Sequence[str]) -> None:
        """Show another choice, without telling."""
        self.values = list(dict.fromkeys(chosen))
        self._show()

    def add(self, text: str) -> None:
        """Choose an interest by id or name, or words of somebody's own."""
        value = self._table.id_of(text)
        self.field.clear()
        if value and value not in self.values:
            self.values.append(value)
            self._show()
            announce(self.field, tr("{interest} added", interest=self._words(value)))
            self.changed.emit()

    def take_out(self, value: str) -> None:
        """Choose it no more; the focus goes back to the field."""
        if value in self.values:
            self.values.remove(value)
            self._show()
            self.field.setFocus()
            announce(self.field, tr("{interest} taken out", interest=self._words(value)))
            self.changed.emit()

    def commit(self) -> None:
        """Take what was typed and not yet chosen, so that saving a form loses nothing."""
        if typed := self.field.text().strip():
            self.add(typed)

    def suggest(self, text: str) -> None:
        """Offer up to three interests that a text speaks of and that are not chosen."""
        found = [i for i in self._table.spoken_of(text) if i.id not in self.values][:3]
        clear(self._idea_flow)
        for interest in found:
            made = tool(tr("Add {interest}", interest=self._words(interest.id)), "chip")
            made.setProperty("interest", interest.id)
            made.clicked.connect(lambda _on=False, i=interest.id, t=text: self._idea(i, t))
            self._idea_flow.addWidget(made)
        self._ideas.setVisible(bool(found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes what is typed and does not close the dialog."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, typed = Qt.Key(event.key()), self.field.text().strip()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typed:
                self.add(self._best(typed))
                return True
            if key == Qt.Key.Key_Backspace and not self.field.text() and self.values:
                self.take_out(self.values[-1])
                return True
        return super().eventFilter(watched, event)

    def _idea(self, interest: str, text: str) -> None:
        """Take an idea, and offer what is left."""
        self.add(interest)
        self.suggest(text)
        self.field.setFocus()

    def _words(self, value: str) -> str:
        """How a value reads in the language of the window."""
        return self._table.words_of(value, self._desk.preferences.language)

    def _offer(self, typed: str) -> None:
        """Offer interests while one types."""
        found: list[Interest] = self._table.complete(typed)
        self._offered = {self._words(i.id): i.id for i in found if i.id not in self.values}
        self._model.setStringList(list(self._offered))
        if not self._offered and (popup := self.completer.popup()) is not None:
            popup.hide()

    def _take_offer(self, words: str) -> None:
        """Take one from the list; the completer writes it into the field, so clear it after."""
        self.add(self._offered.get(words, words))
        self.field.setText("")

    def _best(self, typed: str) -> str:
        """What Enter takes: an interest called so, the only one offered, or the words."""
        if self._table.named(typed) is None and len(self._offered) == 1:
            return next(iter(self._offered.values()))
        return typed

    def _show(self) -> None:
        """The chips."""
        clear(self._chip_flow)
        for value in self.values:
            words = self._words(value)
            made = tool(tr("{interest}  ×", interest=words), "chip")
            made.setAccessibleName(tr("Take out {interest}", interest=words))
            made.setToolTip(tr("Take out {interest}", interest=words))
            made.clicked.connect(lambda _on=False, v=value: self.take_out(v))
            self._chip_flow.addWidget(made)
        self._chips.setVisible(bool(self.values))
