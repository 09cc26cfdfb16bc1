# SPDX-License-Identifier: AGPL-3.0-or-later
"""Do something once the events that wait now have been dealt with."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, call: Callable[[], object]) -> None:
    """Call in a moment, unless the owner is gone by then.

    ``QTimer.singleShot(0, owner, call)`` would say the same, but where the owner goes first it
    never lets go of the call, nor of all that the call holds (seen with PySide6 6.11).
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    timer.timeout.connect(timer.deleteLater)
    timer.start(0)
