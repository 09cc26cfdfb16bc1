# SPDX-License-Identifier: AGPL-3.0-or-later
"""A field for a passphrase that can be shown, and be pasted from a password manager."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from lac_desktop.ui.desk import Desk
from lac_desktop.ui.widgets import tool
from lac_desktop.ui.words import tr


class SecretField(QWidget):
    """The field with Show beside it."""

    returned = Signal()
    changed = Signal(str)

    def __init__(self, desk: Desk, says: str, *, shown: bool = False) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setAccessibleName(says)
        self.edit.setMaxLength(1000)
        self.edit.returnPressed.connect(self.returned)
        self.edit.textChanged.connect(self.changed)
        self.eye = tool(tr("Show"), "plain", checkable=True)
        self.eye.setIcon(desk.icons.icon("ph.eye", "accent"))
        self.eye.toggled.connect(self.show_text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.eye)
        self.first = self.edit
        self.eye.setChecked(shown)
        self.show_text(shown)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def show_text(self, shown: bool) -> None:
        """Show the letters, or dots."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self.eye.setText(tr("Hide") if shown else tr("Show"))
        self.eye.setAccessibleName(
            tr("Hide the passphrase") if shown else tr("Show the passphrase")
        )
