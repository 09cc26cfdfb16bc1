# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who the other one was: a person or a place of the notebook, or any name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from lac_desktop.services import find, people, reciprocity
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class WhoField(QLineEdit):
    """Offers people and places while one types; a name that nobody knows is a name all the same.

    ``value()`` is the id of a person or asset that was chosen, or the name as typed.
    """

    def __init__(self, session: Session, person: str, other: str) -> None:
        super().__init__()
        self._session, self._person = session, person
        self._chosen, self._offered = "", dict[str, str]()
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take)
        self.setCompleter(completer)
        self.setPlaceholderText(tr("A name, a place or a group"))
        self.textEdited.connect(self._offer)
        named = reciprocity.names_of(session.notebook, [other])
        if other in named:
            self._chosen = other
        self.setText(named.get(other, other))

    def value(self) -> str:
        """An id, or a name."""
        return self._chosen or self.text().strip()

    def _offer(self, typed: str) -> None:
        """People first, then places; words that are typed on are no longer what was chosen."""
        self._chosen, self._offered = "", {}
        if len(typed.strip()) >= 2:
            notebook = self._session.notebook
            for row in people.find(notebook, typed, 6):
                if row.id != self._person:
                    self._offered.setdefault(row.name, row.id)
            for hit in find.complete(notebook, typed, 6):
                if hit.asset_id:
                    said = tr("{name}, {kind}", name=hit.text, kind=hit.detail)
                    self._offered.setdefault(said, hit.asset_id)
        self._model.setStringList(list(self._offered))

    def _take(self, words: str) -> None:
        """Take one of those offered; the field keeps its name alone."""
        self._chosen = self._offered.get(words, "")
        if self._chosen:
            named = reciprocity.names_of(self._session.notebook, [self._chosen])
            self.setText(named.get(self._chosen, words))
