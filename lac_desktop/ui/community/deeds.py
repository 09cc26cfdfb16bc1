# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done with places, from the list, the map and the detail pane alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress
from lac_desktop.services import assets
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


class Deeds:
    """Acts on the selected places; each one can be undone."""

    def __init__(
        self, session: Session, desk: Desk, parent: QWidget, chosen: Callable[[], list[str]]
    ) -> None:
        self._session, self._desk, self._parent, self._chosen = session, desk, parent, chosen

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """The commands of the action table that these acts carry out."""
        return {
            "add": self.add,
            "edit": self.edit,
            "still-right": self.still_right,
            "history": self.history,
            "remove": self.remove,
            "duplicates": self.duplicates,
            "call-sheet": self.call_sheet,
            "call-script": self.call_script,
            "bulk": self.bulk,
            "print-view": self.call_sheet,
        }

    def ids(self) -> list[str]:
        """The places meant: the selected ones, else the one whose details show."""
        chosen = self._chosen()
        if not chosen and self._session.selection:
            return [self._session.selection]
        return chosen

    def add(self, point: Point | None = None) -> None:
        """Add a place by hand."""
        from lac_desktop.ui.asset.form import ask_to_edit

        ask_to_edit(self._parent, self._session, assets.blank(point=point), new=True)

    def edit(self) -> None:
        """Edit the selected place."""
        from lac_desktop.ui.asset.form import ask_to_edit

        asset = self._session.asset(self._session.selection)
        if asset is None:
            self._nothing()
        else:
            ask_to_edit(self._parent, self._session, asset)

    def still_right(self) -> None:
        """Note that the places are right today."""
        ids = self.ids()
        if not ids:
            self._nothing()
            return
        notebook = self._session.notebook
        self._session.act(
            lambda _progress: assets.checked_today(notebook, ids),
            lambda n: count("Checked today", "{n} places checked today", n),
        )

    def remove(self) -> None:
        """Remove the places; undo brings them back."""
        ids = self.ids()
        if not ids:
            self._nothing()
            return
        notebook = self._session.notebook

        def done(n: int) -> str:
            self._session.select("")
            return count("Removed 1 place", "Removed {n} places", n)

        self._session.act(lambda _progress: assets.remove(notebook, ids), done)

    def bulk(self) -> None:
        """Change many at once."""
        from lac_desktop.ui.community.bulk import ask_to_change

        ids = self.ids()
        if ids:
            ask_to_change(self._parent, self._session, self._desk, ids)
        else:
            self._nothing()

    def history(self) -> None:
        """Everything that happened to the selected place."""
        from lac_desktop.ui.community.history import show_history

        asset = self._session.asset(self._session.selection)
        if asset is None:
            self._nothing()
        else:
            show_history(self._parent, self._session, self._desk, asset)

    def duplicates(self) -> None:
        """Compare places that look alike."""
        from lac_desktop.ui.community.duplicates import show_duplicates

        show_duplicates(self._parent, self._session, self._desk, self._session.selection)

    def call_sheet(self) -> None:
        """A sheet of what needs a check, to read or print."""
        from lac_desktop.ui.community.call_sheet import show_call_sheet

        show_call_sheet(self._parent, self._session, self._desk)

    def call_script(self) -> None:
        """What to say on the phone about the selected place."""
        from lac_desktop.ui.community.call_sheet import show_call_script

        asset = self._session.asset(self._session.selection)
        if asset is None:
            self._nothing()
        else:
            show_call_script(self._parent, self._session, self._desk, asset, self)

    def work(self, what: Callable[[Progress], object], sentence: str) -> None:
        """Any other change, with Undo."""
        self._session.act(what, sentence)

    def _nothing(self) -> None:
        """Nothing is selected."""
        self._desk.messages.warn(tr("Choose a place first."))
