# SPDX-License-Identifier: AGPL-3.0-or-later
"""A value to choose, however long: its words run over lines at the width there is."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from lac_desktop.ui.words import tr

_ROUND_PX = 34  # what the round mark and its gap take


class ValueChoice(QRadioButton):
    """One of two values side by side."""

    def __init__(self, value: str, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = value or tr("Nothing")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(80)
        self.setAccessibleName(says)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        """Break the words at the width there is; a word that is too long is broken too."""
        room = max(40, self.width() - _ROUND_PX)
        metrics = self.fontMetrics()
        lines = [""]
        for word in self._value.split():
            joined = f"{lines[-1]} {word}".strip()
            if metrics.horizontalAdvance(joined) <= room:
                lines[-1] = joined
                continue
            if lines[-1]:
                lines.append("")
            for sign in word:
                if lines[-1] and metrics.horizontalAdvance(lines[-1] + sign) > room:
                    lines.append("")
                lines[-1] += sign
        broken = "\n".join(lines).replace("&", "&&")
        if broken != self.text():
            self.setText(broken)
