# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tab About: what is known of a person; what is not stays out of sight until it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from lac_desktop.domain.person import Person
from lac_desktop.services import people
from lac_desktop.ui.people.fact_form import ask_for_facts
from lac_desktop.ui.people.facts import GROUPS, Group, known_lines
from lac_desktop.ui.people.together import ask_to_walk_together, walk_apart
from lac_desktop.ui.widgets import button, clear, column, label, panel, row, scrolling, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


def add_to_menu(menu: QMenu, parent: QWidget, session: Session, desk: Desk, person: Person) -> None:
    """Fill the menu "Add something" with what is not known yet."""
    for group in GROUPS:
        if not known_lines(session.notebook, person, group):
            menu.addAction(
                tr(group.menu), lambda g=group: ask_for_facts(parent, session, desk, person, g)
            )
    menu.addAction(
        tr("Who they are walked with together"),
        lambda: ask_to_walk_together(parent, session, desk, person),
    )


class AboutTab(QWidget):
    """Headings with what is known under them, each with Change."""

    def __init__(self, session: Session, desk: Desk, person_id: str) -> None:
        super().__init__()
        self._session, self._desk, self._id = session, desk, person_id
        self._columns = 2
        self._person: Person | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(24, 16, 24, 20)
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(18)
        self._page = panel(self._grid, "surface", (24, 16, 24, 20))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._page, tr("About")))
        self.changed()

    def changed(self) -> None:
        """Show what is known now."""
        self._person = people.get(self._session.notebook, self._id)
        self._show()

    def fit(self, width: int) -> None:
        """One column where there is no room for two."""
        columns = 1 if width < 1024 else 2
        if columns != self._columns:
            self._columns = columns
            self._show()

    def _show(self) -> None:
        """Make the headings anew."""
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        clear(self._grid)
        person = self._person
        if person is None:
            return
        blocks = [
            self._block(person, group, lines)
            for group in GROUPS
            if (lines := known_lines(self._session.notebook, person, group))
        ]
        if together := people.together(self._session.notebook, person.id):
            blocks.append(self._together(person, together))
        for at, block in enumerate(blocks):
            self._grid.addWidget(block, at // self._columns, at % self._columns)
        add = with_icon(button(tr("Add something about {name}", name=person.name[:24])),
                        self._desk.icons, "ph.plus")  # fmt: skip
        menu = QMenu(add)
        menu.aboutToShow.connect(
            lambda: (menu.clear(), add_to_menu(menu, self, self._session, self._desk, person))
        )
        add.setMenu(menu)
        bottom = (len(blocks) + self._columns - 1) // self._columns
        if not blocks:
            said = tr("Only a name so far, and that is enough. Add what is useful, when it is.")
            self._grid.addWidget(label(said, "", "muted", wrap=True), bottom, 0)
            bottom += 1
        self._grid.addLayout(row(add, None), bottom, 0)
        self._grid.setRowStretch(bottom + 1, 1)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        if focused:
            add.setFocus()

    def _block(self, person: Person, group: Group, lines: list[tuple[str, bool]]) -> QWidget:
        """One heading with its lines."""
        change = button(tr("Change"), look="small", tip=tr(group.text))
        change.setAccessibleName(tr("Change: {what}", what=tr(group.text)))
        change.clicked.connect(
            lambda: ask_for_facts(self, self._session, self._desk, person, group)
        )
        body = column(row(label(tr(group.text), "heading2"), None, change), gap=4)
        for text, own in lines:
            body.addWidget(label(text, "", "own-quote" if own else "", wrap=True))
        body.addStretch(1)
        return panel(body)

    def _together(self, person: Person, others: list[tuple[Person, str]]) -> QWidget:
        """Who they are walked with together, each a way to their page."""
        body = column(label(tr("Walked with together"), "heading2"), gap=4)
        for other, tie in others:
            show = button(other.name, lambda o=other.id: self._session.open_person(o), "link")
            apart = button(tr("No more"), look="small")
            apart.setAccessibleName(tr("Not walked with together any more: {name}",
                                       name=other.name))  # fmt: skip
            apart.clicked.connect(lambda _on=False, o=other.id: walk_apart(
                self._session, person.id, o))  # fmt: skip
            body.addLayout(row(show, label(tie, "", "muted"), None, apart))
        body.addStretch(1)
        return panel(body)
