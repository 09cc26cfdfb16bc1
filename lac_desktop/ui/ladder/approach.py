# SPDX-License-Identifier: AGPL-3.0-or-later
"""One approach in plain words: what it is, whom it suits, how to start, what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.ladder import Approach, Suggestion
from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.widgets import button, label, row
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class ApproachDialog(Dialog[bool]):
    """What a coordinator would want to say of an approach, in the order of a conversation."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        desk: Desk,
        approach: Approach,
        suggestion: Suggestion | None,
    ) -> None:
        super().__init__(parent, desk.theme, tr(approach.title))
        self._session, self._suggestion = session, suggestion
        self.body.addWidget(label(tr(approach.what), wrap=True))
        for heading, lines in (
            (tr("Who it suits"), [approach.suits]),
            (tr("What to ask"), list(approach.ask)),
            (tr("How to start"), [approach.start]),
            (tr("What it is not"), [approach.is_not]),
            (tr("Whom to ask"), [approach.national] if approach.national else []),
        ):
            if lines:
                self.body.addWidget(label(heading, "heading2"))
                for text in lines:
                    self.body.addWidget(label(tr(text), wrap=True))
        if suggestion is not None and suggestion.asset_id:
            words = tr("Show the local scheme on the map")
            self.body.addLayout(row(button(words, self._show_local), None))
        self.body.addStretch(1)
        self.fit(560, 520)

    def _show_local(self) -> None:
        """Go to the local scheme's details."""
        suggestion = self._suggestion
        self.reject()
        if suggestion is not None:
            self._session.open(suggestion.asset_id)
            self._session.asked.emit("detail")
