# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saying something to a screen reader that shows only as a changed word on screen."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str, *, now: bool = False) -> None:
    """Have the sentence read out; ``now`` interrupts what is being read."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if now:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
