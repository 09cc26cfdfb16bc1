# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab Story: one timeline for everything about a person, with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from lac_desktop.domain.days import spoken_day
from lac_desktop.services.timeline import KINDS, Happening, timeline
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.people.lines import Line, LinesView
from lac_desktop.ui.people.tabs import TABS
from lac_desktop.ui.widgets import column, label, panel, tool
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

_GLYPHS = {
    "conversation": "ph.chat-circle-text",
    "promise": "ph.bookmark-simple",
    "standing": "ph.hand-waving",
    "agreement": "ph.check",
    "gift": "ph.heart",
    "exchange": "ph.arrows-left-right",
    "introduction": "ph.handshake",
    "tried": "ph.path",
    "measure": "ph.sliders-horizontal",
    "tool": "ph.note",
    "note": "ph.note-pencil",
}
#: Where a line leads: kind -> tabs that show it, the first that is there.
_TABS = {
    "standing": ("about",),
    "agreement": ("sharing",),
    "gift": ("strong", "strengths", "gifts"),
    "exchange": ("strong", "strengths", "gifts"),
    "introduction": ("introductions",),
    "tried": ("strong",),
    "measure": ("measures",),
    "tool": ("tools", "one-page"),
}


class StoryTab(QWidget):
    """Chips that leave kinds out, and the list."""

    def __init__(self, session: Session, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._session, self._desk, self._id = session, desk, person_id
        self._all: list[Happening] = []
        self._shown: list[Happening] = []
        self._turn = 0
        self.view = LinesView(desk, tr("Story"), lead=120, inset=24)
        self.view.opened.connect(self._open)
        self._chips = QWidget()
        self._chips.setAccessibleName(tr("What to show"))
        self.kinds = {}
        flow = FlowLayout(self._chips, 8)
        for kind, words in KINDS.items():
            chip = tool(tr(words), "chip", checkable=True)
            chip.toggled.connect(lambda _on: self._show())
            chip.hide()
            self.kinds[kind] = chip
            flow.addWidget(chip)
        self._empty = label("", "", "muted", wrap=True)
        top = panel(column(self._chips, self._empty), "surface", (24, 12, 20, 8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(top)
        outer.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.changed()

    def changed(self) -> None:
        """Gather everything on a worker thread."""
        self._turn += 1
        turn, notebook, person = self._turn, self._session.notebook, self._id

        def work(_progress: Progress) -> tuple[int, list[Happening]]:
            return turn, timeline(notebook, person, say=tr)

        self._desk.jobs.run(work, self._read, title=tr("Reading"))

    def _read(self, answer: tuple[int, list[Happening]]) -> None:
        """Show what was gathered, unless it was asked for again or the tab has gone."""
        turn, found = answer
        if isValid(self) and turn == self._turn:
            self._all = found
            there = {one.kind for one in found}
            for kind, chip in self.kinds.items():
                chip.setVisible(kind in there)
            self._show()

    def _show(self) -> None:
        """Show the kinds that are chosen; all where none is."""
        chosen = {kind for kind, chip in self.kinds.items() if chip.isChecked()}
        shown = [one for one in self._all if not chosen or one.kind in chosen]
        today = self._session.notebook.clock().date()
        self._shown = shown
        self.view.show_lines(story_lines(shown, today))
        self._empty.setText("" if shown else tr("Nothing of this yet."))
        self._empty.setVisible(not shown)

    def _open(self, key: str) -> None:
        """Go to what a line comes from."""
        open_happening(self._session, self._desk, self._id, self._shown[int(key)])


def open_happening(session: Session, desk: Desk, person: str, one: Happening) -> None:
    """Go to what a line of somebody's story comes from: a conversation, or a tab of their page."""
    if one.kind in ("conversation", "promise"):
        from lac_desktop.ui.talk.editor import open_editor

        open_editor(session, desk, (person,), one.ref)
        return
    there = {tab.id for tab in TABS}
    tab = next((name for name in _TABS.get(one.kind, ()) if name in there), "")
    if tab:
        session.open_person(person, tab)


def story_lines(shown: Sequence[Happening], today: date) -> list[Line]:
    """The lines; a day is said once."""
    lines: list[Line] = []
    last = ""
    for at, one in enumerate(shown):
        day = spoken_day(one.on, today, tr)
        spoken = ", ".join(part for part in (day, one.text, one.quote) if part)
        lines.append(Line(str(at), one.text, one.quote, lead=day if day != last else " ",
                          glyph=_GLYPHS.get(one.kind, ""), own=one.kind == "conversation",
                          spoken=spoken))  # fmt: skip
        last = day
    return lines
