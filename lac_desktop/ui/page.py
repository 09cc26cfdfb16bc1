# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every section's page offers to the frame."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A section. ``title`` names it for screen readers and for the list of keys."""

    title = ""
    #: Whether the detail pane of the selected place stands beside it.
    has_detail = False

    def regions(self) -> list[QWidget]:
        """Where F6 stops inside the page, in order (filters, then the main list or map)."""
        return [self]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Commands of the action table that this page carries out."""
        return {}

    def fit(self, width: int) -> None:
        """Adapt to the width of the window in logical pixels at 100 % text."""

    def closing(self) -> None:
        """Called before the page goes: end threads and timers."""

    def arrived(self) -> None:
        """Called each time the page comes to the front."""
