# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every section's page offers to the frame."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from lac_desktop.errors import LacError
from lac_desktop.ui.jobs import Jobs, Work


class Page(QWidget):
    """A section. ``title`` names it for screen readers and for the list of keys."""

    title = ""
    #: Whether the detail pane of the selected place stands beside it.
    has_detail = False
    #: What the search field in the top bar says here; "" where it filters the places.
    find_words = ""

    def regions(self) -> list[QWidget]:
        """Where F6 stops inside the page, in order (filters, then the main list or map)."""
        return [self]

    def begins_at(self) -> QWidget:
        """Where the focus is put when the page comes to the front: its list or map."""
        return self.regions()[-1]

    def opens_at(self) -> QWidget:
        """Where the focus is put when the page is laid over a section."""
        return self.regions()[0]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Commands of the action table that this page carries out."""
        return {}

    def fit(self, width: int) -> None:
        """Adapt to the width of the window in logical pixels at 100 % text."""

    def find_typed(self, text: str) -> None:
        """Something was typed into the search field, where :attr:`find_words` is set."""

    def find_entered(self, text: str) -> None:
        """Enter was pressed in the search field, where :attr:`find_words` is set."""

    def went_back(self) -> bool:
        """Go back one step inside the page; False where there is none."""
        return False

    def closing(self) -> None:
        """Called before the page goes: end threads and timers."""

    def run(
        self,
        jobs: Jobs,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[LacError], object] | None = None,
        *,
        title: str = "",
    ) -> None:
        """Run work for this page: it is cancelled when the page goes, and its result dropped."""

        def here(result: Any) -> None:
            if isValid(self):
                done(result)

        job = jobs.run(work, here, failed, title=title)
        self.destroyed.connect(job.cancel)

    def arrived(self) -> None:
        """Called each time the page comes to the front."""
