# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a short contact was: an asset of the map by the beginning of its name, or any word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.services import find
from lac_desktop.ui.dialogs import ask
from lac_desktop.ui.talk.choose import ChooseByTyping
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class ChoosePlace(ChooseByTyping[str]):
    """``value`` is the id of an asset, or the word as typed."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        title, theme = tr("Where did you meet?"), session.desk.theme
        super().__init__(parent, theme, title, tr("Choose"), none_yet=tr("Type where it was"))
        self._notebook = session.notebook
        self.name.setPlaceholderText(tr("A place, or any word"))
        self.name.setAccessibleName(title)
        self.list.setAccessibleName(tr("Places"))
        self.fit(460, 320)

    def look(self, typed: str) -> None:
        """Offer the word as typed, then places of the map."""
        words = typed.strip()
        self.list.clear()
        if not words:
            return
        offers = find.complete(self._notebook, words) if len(words) > 1 else []
        found = [one for one in offers if one.asset_id]
        exact = [one for one in found if one.text.casefold() == words.casefold()]
        for one in exact or found:
            self.offer(f"{one.text}, {one.detail}" if one.detail else one.text, one.asset_id)
        if not exact:
            self.offer(tr("“{words}”, not on the map", words=words), words)
            self.list.insertItem(0, self.list.takeItem(self.list.count() - 1))
        self.list.setCurrentRow(0)


def choose_place(parent: QWidget, session: Session) -> str | None:
    """Ask where it was; None where it was cancelled."""
    return ask(parent, ChoosePlace(parent, session))
