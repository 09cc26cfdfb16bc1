# SPDX-License-Identifier: AGPL-3.0-or-later
"""One tool of one person as it was filled in over time, and what is being changed now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from lac_desktop.domain.wording import clock_time, long_date
from lac_desktop.errors import LacError
from lac_desktop.services import tools
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lac_desktop.domain.strengths import ToolSheet
    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: What was typed is kept at the latest so long after the first key that is not kept yet.
_DRAFT_MS = 1500


class SheetStory(QObject):
    """The dated sheets of a tool. ``shown`` is sent when other values are to be looked at.

    ``at`` counts sheets from the earliest; ``len(sheets)`` is the draft, which exists while
    ``changed`` is true. ``values`` are those looked at.
    """

    shown = Signal()
    touched = Signal()  # the draft changed by hand, or was saved or dropped

    def __init__(self, session: Session, desk: Desk, person: str, tool: Tool) -> None:
        super().__init__()
        self.session, self.desk, self.person, self.tool = session, desk, person, tool
        self.sheets: list[ToolSheet] = []
        self.typed: dict[str, Any] | None = None
        self.at = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.load()

    @property
    def changed(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.typed is not None

    @property
    def values(self) -> Mapping[str, Any]:
        """The values looked at."""
        if self.at >= len(self.sheets):
            return self.typed or {}
        return self.sheets[self.at].values

    @property
    def day(self) -> date:
        """The day of what is looked at; a draft is of today."""
        if self.at < len(self.sheets):
            return self.sheets[self.at].on
        return self.session.notebook.clock().date()

    @property
    def latest(self) -> Mapping[str, Any]:
        """What would be changed now: the draft, else the latest sheet, else nothing."""
        if self.typed is not None:
            return self.typed
        return self.sheets[-1].values if self.sheets else {}

    @property
    def count(self) -> int:
        """How many there are to look at."""
        return len(self.sheets) + (self.typed is not None)

    def load(self) -> None:
        """Read the sheets and the draft, and look at the latest."""
        notebook = self.session.notebook
        self.sheets = tools.sheets(notebook, self.person, self.tool.id)
        self.typed = tools.draft(notebook, self.person, self.tool.id)
        self.at = max(0, self.count - 1)
        self.shown.emit()

    def look_at(self, at: int) -> None:
        """Look at another date."""
        at = max(0, min(self.count - 1, at))
        if at != self.at:
            self.at = at
            self.shown.emit()

    def words(self) -> str:
        """Which one is looked at: "5 March 2026, 2 of 3"."""
        if not self.count:
            return tr("Not filled in yet")
        day = long_date(self.day, tr)
        place = tr("{n} of {all}", n=self.at + 1, all=self.count)
        if self.at >= len(self.sheets):
            return tr("Not saved yet") if not self.sheets else tr("Not saved yet, {place}",
                                                                  place=place)  # fmt: skip
        return f"{day}, {place}" if self.count > 1 else day

    def before(self) -> ToolSheet | None:
        """The saved sheet before the one looked at, or None."""
        return self.sheets[self.at - 1] if 0 < self.at <= len(self.sheets) else None

    def type(self, values: Mapping[str, Any], *, show: bool = True) -> None:
        """Take changed values as the draft; ``show`` where others must paint them too."""
        self.typed = dict(values)
        self.at = len(self.sheets)
        if not self._timer.isActive():
            self._timer.start()
        self.touched.emit()
        if show:
            self.shown.emit()

    def keep_draft(self) -> None:
        """Keep what is typed inside the notebook."""
        self._timer.stop()
        if self.typed is not None:
            tools.keep_draft(self.session.notebook, self.person, self.tool.id, self.typed)
            self.session.told_of_typing()

    def save(self) -> bool:
        """Keep the draft as a sheet of today; False, with a sentence shown, where it may not be."""
        if self.typed is None:
            return True
        self._timer.stop()
        try:
            tools.save(self.session.notebook, self.person, self.tool, self.typed)
        except LacError as error:
            self.desk.messages.problem(error)
            self.keep_draft()
            return False
        self.load()
        self.touched.emit()
        day = clock_time(self.session.notebook.clock(), tr)
        self.desk.messages.done(
            tr("Saved at {time}. Earlier dates stay as they were.", time=day),
            tr("Undo"),
            self.session.undo_people,
        )
        self.session.told_of_people()
        return True

    def drop(self) -> None:
        """Forget the draft."""
        self._timer.stop()
        tools.drop_draft(self.session.notebook, self.person, self.tool.id)
        self.load()
        self.touched.emit()

    def closing(self) -> None:
        """Keep the draft before the window or the notebook goes."""
        if self._timer.isActive():
            self.keep_draft()
