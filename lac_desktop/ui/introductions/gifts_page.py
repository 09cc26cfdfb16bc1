# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page "Who could show whom": gifts and wishes that fit, and places for a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lac_desktop.domain.ladder import Suggestion
from lac_desktop.domain.strengths import Offer
from lac_desktop.services import giftmatch
from lac_desktop.ui.introductions.dialog import introduce
from lac_desktop.ui.page import Page
from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.strengths.rows import Rows
from lac_desktop.ui.widgets import button, column, label, line, panel, row, scrolling
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lac_desktop.services.giftmatch import Matches, Showing, Welcome
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: So many rows of each list are shown.
MOST = 200


class GiftsPage(Page):
    """Two lists; Enter begins an introduction, and nobody is asked or told by the program."""

    title = "Who could show whom"

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Who could show whom"))
        self._session, self._desk = session, desk
        self._showings: dict[str, Showing] = {}
        self._welcomes: dict[str, Welcome] = {}
        self.people = Rows(desk, tr("People who could show each other something"))
        self.places = Rows(desk, tr("Places that would welcome a gift"))
        self._none = (label("", wrap=True), label("", wrap=True))
        self._counts = (label("", "", "muted"), label("", "", "muted"))
        self._lay_out()
        self._connect()
        self.look()

    def _lay_out(self) -> None:
        """What it is, then the people, then the places."""
        close = button(tr("Close"), lambda: self._session.task_over.emit())
        self._head = panel(
            row(label(tr("Who could show whom"), "heading1"), None, close), "header",
            (20, 12, 16, 12),
        )  # fmt: skip
        why = label(
            tr("Only gifts that somebody is willing to show or teach; a private gift is never "
               "looked at. It stays inside this notebook. Ask the one who gives before you tell "
               "anybody."), "caption", wrap=True,
        )  # fmt: skip
        inside = column(
            why, row(label(tr("People"), "heading2"), self._counts[0], None), line(), self._none[0],
            self.people, row(label(tr("Places"), "heading2"), self._counts[1], None), line(),
            self._none[1], self.places, None, gap=10,
        )  # fmt: skip
        area = scrolling(panel(inside, "surface", (24, 12, 24, 20)), tr("Who could show whom"))
        self.setLayout(column(self._head, area, gap=0))

    def _connect(self) -> None:
        """Enter introduces; the menu shows either of the two, or the place."""
        self.people.opened.connect(self.introduce)
        self.people.menu = [
            (tr("Introduce…"), self.introduce),
            (tr("Show the one who wishes"), lambda k: self._open(self._showings[k].wish.person)),
            (tr("Show the one who gives"), lambda k: self._open(self._showings[k].gift.person)),
        ]
        self.places.opened.connect(self.introduce_to_place)
        self.places.menu = [(tr("Introduce…"), self.introduce_to_place),
                            (tr("Show the place"), self._place)]  # fmt: skip
        self._session.people_changed.connect(self.look)

    def regions(self) -> list[QWidget]:
        """The heading, then both lists."""
        return [self._head, self.people, self.places]

    def look(self) -> None:
        """Look across the patch, on a worker thread."""
        notebook = self._session.notebook
        self._desk.jobs.run(
            lambda progress: giftmatch.matches(notebook, progress), self.show_matches,
            title=tr("Looking for what fits"),
        )  # fmt: skip

    def show_matches(self, found: Matches) -> None:
        """Show what fits."""
        self._showings = {f"{o.gift.id} {o.wish.id}": o for o in found.showings[:MOST]}
        self._welcomes = {f"{o.gift.id} {o.asset_id}": o for o in found.welcomes[:MOST]}
        names = found.names
        self.people.show_lines([_showing(k, o, names) for k, o in self._showings.items()])
        self.places.show_lines([_welcome(k, o, names) for k, o in self._welcomes.items()])
        self._counts[0].setText(f"{len(found.showings):,}" if found.showings else "")
        self._counts[1].setText(count("{n} place", "{n} places", len(found.welcomes)))
        self._none[0].setText(
            tr("No offered gift meets a wish yet. What would somebody love to be asked to show?")
        )
        self._none[1].setText(tr("No place fits an offered gift yet."))
        for words, view, shown in zip(
            self._none, (self.people, self.places), (found.showings, found.welcomes), strict=True
        ):
            words.setVisible(not shown)
            view.setVisible(bool(shown))

    def introduce(self, key: str) -> None:
        """Introduce the one who wishes to the one who gives."""
        one = self._showings.get(key)
        if one is not None:
            made = Suggestion(3, f"gift:{one.gift.id}", one.gift.what)
            introduce(self, self._session, self._desk, one.wish.person, made)

    def introduce_to_place(self, key: str) -> None:
        """Introduce the one who gives to a place that would welcome it."""
        one = self._welcomes.get(key)
        if one is not None:
            introduce(self, self._session, self._desk, one.gift.person, one.asset_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._session.task_over.emit()
            return
        super().keyPressEvent(event)

    def _open(self, person: str) -> None:
        self._session.task_over.emit()
        self._session.open_person(person)

    def _place(self, key: str) -> None:
        self._session.task_over.emit()
        self._session.open(self._welcomes[key].asset_id)


def _showing(key: str, one: Showing, names: Mapping[str, str]) -> Line:
    """Who could show whom what, and why."""
    giver, wisher = names.get(one.gift.person, ""), names.get(one.wish.person, "")
    verb = tr("{giver} could show {wisher}: {what}")
    if one.gift.offer is Offer.TEACH:
        verb = tr("{giver} could teach {wisher}: {what}")
    head = verb.format(giver=giver, wisher=wisher, what=one.gift.what)
    second = tr("{wisher} would love: {wish}. Both: {shared}.", wisher=wisher, wish=one.wish.what,
                shared=", ".join(one.shared).lower())  # fmt: skip
    return Line(key, head, second, spoken=f"{head}. {second}")


def _welcome(key: str, one: Welcome, names: Mapping[str, str]) -> Line:
    """Which place would welcome a gift, and why."""
    giver = names.get(one.gift.person, "")
    head = tr("{place} could welcome {giver}: {what}", place=one.name, giver=giver,
              what=one.gift.what)  # fmt: skip
    return Line(key, head, f"{one.why}.", spoken=f"{head}. {one.why}.")
