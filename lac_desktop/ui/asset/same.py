# SPDX-License-Identifier: AGPL-3.0-or-later
"""While a place is added by hand: the one that is here already under nearly the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from lac_desktop.domain.wording import distance
from lac_desktop.services import same_place
from lac_desktop.services.same_place import Twin
from lac_desktop.ui.asset.where_tab import WhereTab
from lac_desktop.ui.speech import announce
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.asset import Asset
    from lac_desktop.ui.asset.tabs import AboutTab
    from lac_desktop.ui.session import Session

_AFTER_MS = 400


class SamePlace(QObject):
    """Says under the name which place may be the same; it asks and never stands in the way."""

    def __init__(self, session: Session, about: AboutTab, where: WhereTab, asset: Asset) -> None:
        super().__init__(about)
        self._session, self._about, self._where, self._asset = session, about, where, asset
        self._turn = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._look)
        about.name.textChanged.connect(lambda _text: self._soon.start())
        where.position.textChanged.connect(lambda _text: self._soon.start())

    def _look(self) -> None:
        """Look on a worker thread; only the answer to the last question counts."""
        self._turn += 1
        turn, notebook = self._turn, self._session.notebook
        asked = self._about.read(self._where.read(self._asset))

        def show(found: Twin | None) -> None:
            if isValid(self) and turn == self._turn:
                self._say(found)

        self._session.desk.jobs.run(lambda _p: same_place.twin_of(notebook, asked), show)

    def _say(self, found: Twin | None) -> None:
        """Put it under the name."""
        said = ""
        if found is not None and found.metres is not None:
            away = distance(found.metres, tr)
            said = tr("{name} is {away} away. Same place?", name=found.name, away=away)
        elif found is not None:
            said = tr("{name} is here already. Same place?", name=found.name)
        self._about.form.fields["name"].say(said)
        if said:
            announce(self._about, said)
