# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day in a dialog, typed as people type days; what cannot be one gets a sentence."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit

from lac_desktop.ui.asset.dates import day_words, read_day
from lac_desktop.ui.words import tr


class DayField(QLineEdit):
    """``day()`` is what was typed, None where it is empty or no day."""

    def __init__(self, day: date | None, today: date) -> None:
        super().__init__(day_words(day))
        self._today = today
        self.setPlaceholderText(tr("Like 5 March 2026, or today"))

    def day(self) -> date | None:
        """The day, or None."""
        return read_day(self.text(), self._today)

    def problem(self, *, needed: bool = True) -> str:
        """What is wrong with it as a sentence, or "" where nothing is."""
        if not self.text().strip():
            return tr("Say which day. “Today” will do.") if needed else ""
        day = self.day()
        if day is None:
            return tr("This date is not in the calendar. Type it like 5 March 2026.")
        return tr("This day is still to come.") if day > self._today else ""
