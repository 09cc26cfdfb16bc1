# SPDX-License-Identifier: AGPL-3.0-or-later
"""Locks the notebook when nobody has touched keyboard or mouse for a while."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """``idle`` comes once after so many minutes; sleep counts, for the clock goes on."""

    idle = Signal()

    def __init__(self, app: QApplication, parent: QObject, check_ms: int = 5000) -> None:
        super().__init__(parent)
        self._touched = time.monotonic()
        self._wall = time.time()
        self.seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(check_ms)
        self._timer.timeout.connect(self._check)
        app.installEventFilter(self)

    def start(self, minutes: float) -> None:
        """Watch from now on; 0 minutes never locks."""
        self.seconds = minutes * 60
        self._touch()
        if minutes > 0:
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each touch."""
        if event.type() in _TOUCHES:
            self._touch()
        return False

    def _touch(self) -> None:
        """Somebody is here."""
        self._touched, self._wall = time.monotonic(), time.time()

    def _check(self) -> None:
        """Lock once the time is over; the wall clock counts sleep where monotonic does not."""
        away = max(time.monotonic() - self._touched, time.time() - self._wall)
        if self.seconds and away >= self.seconds:
            self._timer.stop()
            self.idle.emit()
