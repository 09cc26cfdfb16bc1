# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each part of the form of a place offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lac_desktop.domain.asset import Asset
from lac_desktop.ui.forms import Form

if TYPE_CHECKING:
    from lac_desktop.ui.session import Session


class Tab(QWidget):
    """A part of the form. ``first`` takes the focus."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.session, self.title = session, title
        self.form = Form(session.desk.theme)
        self.first: QWidget = self
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(10, 12, 14, 12)
        self.inside.addWidget(self.form)
        self.inside.addStretch(1)

    def read(self, asset: Asset) -> Asset:
        """Put what was typed into an asset; what cannot be read stays as it was."""
        return asset

    def unread(self) -> dict[str, str]:
        """Fields whose text cannot be read, each with a sentence."""
        return {}
