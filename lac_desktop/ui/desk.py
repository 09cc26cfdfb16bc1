# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every screen is handed: look, icons, jobs, messages and settings, built once."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from lac_desktop.errors import LacError
from lac_desktop.services.preferences import Preferences
from lac_desktop.ui.icons import Icons
from lac_desktop.ui.jobs import Jobs
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.words import tr


class Messages(QObject):
    """Sentences for the message bar, from any screen."""

    shown = Signal(str, str, str, object)  # kind, sentence, word on the button, what it does

    def done(
        self, sentence: str, button: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Something worked; ``act`` is offered on a button, such as Undo."""
        self.shown.emit("done", sentence, button, act)

    def warn(
        self, sentence: str, button: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Something to know, with a way on."""
        self.shown.emit("warning", sentence, button, act)

    def problem(self, error: LacError) -> None:
        """A known problem: what happened and what to do."""
        self.shown.emit(
            "problem",
            f"{tr(error.message)} {tr(error.hint) if error.hint else ''}".strip(),
            "",
            None,
        )


@dataclass(slots=True)
class Desk:
    """The shared things. ``preferences`` is replaced as a whole when a setting changes."""

    theme: Theme
    icons: Icons
    jobs: Jobs
    messages: Messages
    preferences: Preferences
