# SPDX-License-Identifier: AGPL-3.0-or-later
"""The filter line: chips that read as a sentence, the same for Map and Community."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from lac_desktop.domain.asset import Known
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.wording import day_and_time
from lac_desktop.services import find
from lac_desktop.ui.asset.facts import ACCESS, KNOWN
from lac_desktop.ui.filter_ask import ask_near, ask_time
from lac_desktop.ui.flow import FlowLayout
from lac_desktop.ui.glyphs import category_icon
from lac_desktop.ui.kind_menu import KindMenu
from lac_desktop.ui.saved_filters import add_saved
from lac_desktop.ui.widgets import tool, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.progress import Progress
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

MINUTES = (5, 10, 15, 20, 30)
_SWITCHES = (
    ("open_now", "Open now", "ph.clock"),
    ("patch", "In my patch", "ph.map-trifold"),
    ("free", "Free", ""),
    ("step-free", "Step-free", "ph.wheelchair"),
    ("has_greeter", "Someone says hello", "ph.hand-waving"),
    ("stale", "Needs a check", ""),
    ("nobody_known", "No one we know", ""),
)


def filters_on(query: Query) -> int:
    """How many filters are on, the words of the search left out."""
    plain = replace(Query(), text=query.text, order=query.order)
    together = {"near_text", "near_home", "within_metres", "box", "limit"}
    names = [f.name for f in fields(Query) if f.name not in together]
    return sum(1 for name in names if getattr(query, name) != getattr(plain, name))


class FilterBar(QWidget):
    """Chips tied to the session's query; one button with a menu where there is little room."""

    def __init__(self, session: Session, desk: Desk, shown: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Filters"))
        self._session, self._desk = session, desk
        self._narrow = False
        self.switches: dict[str, QAction] = {}
        layout = FlowLayout(self, 8)
        self.near = self._menu_chip(tr("Near"), "ph.house")
        self.walk = self._menu_chip(tr("Walk"), "ph.person-simple-walk")
        self.kinds = self._menu_chip(tr("All kinds"), "")
        self.kind_menu = KindMenu(session, desk, self.kinds)
        self.kinds.setMenu(self.kind_menu)
        self.more = self._menu_chip(tr("More"), "ph.sliders-horizontal")
        self.all = self._menu_chip(tr("Filters"), "ph.sliders-horizontal")
        self._chips: list[QToolButton] = [self.near, self.walk, self.kinds]
        made = {one[0]: self._switch(*one) for one in _SWITCHES}
        self._chips += [made[key] for key in shown]
        self._patch = made["patch"]
        self._rest = [key for key in made if key not in (*shown, "patch")]
        self._chips += [self._patch, self.more]
        for chip in (*self._chips, self.all):
            layout.addWidget(chip)
        self.all.hide()
        for chip, fill in (
            (self.near, self._fill_near),
            (self.walk, self._fill_walk),
            (self.more, self._fill_more),
            (self.all, self._fill_all),
        ):
            menu = QMenu(chip)
            menu.aboutToShow.connect(lambda m=menu, f=fill: (m.clear(), f(m)))
            chip.setMenu(menu)
        session.query_changed.connect(self.show_query)
        session.found_changed.connect(self._count)
        session.data_changed.connect(self._offer_patch)
        self._offer_patch()
        self.show_query()
        if session.found is not None:
            self._count()

    def collapse(self, narrow: bool) -> None:
        """Put everything behind one button, or show all chips."""
        self._narrow = narrow
        for chip in self._chips:
            chip.setVisible(not narrow)
        self._offer_patch()
        self.all.setVisible(narrow)
        self.walk.setVisible(not narrow and self._session.query.near is not None)

    def _offer_patch(self) -> None:
        """The patch is a filter where there is one."""
        there = bool(self._session.notebook.settings.patch)
        self.switches["patch"].setVisible(there)
        self._patch.setVisible(there and not self._narrow)

    def show_query(self) -> None:
        """Show what the query asks for."""
        query = self._session.query
        near = tr("Near {place}", place=self._session.near_words) if query.near else tr("Near")
        self._say(self.near, near, query.near is not None)
        minutes = query.within_minutes
        walk = tr("{n} minutes’ walk", n=f"{minutes:g}") if minutes else tr("Any distance")
        self._say(self.walk, walk, minutes is not None)
        self.walk.setVisible(query.near is not None and not self._narrow)
        chosen = self.kind_menu.words()
        self._say(self.kinds, chosen or tr("All kinds"), bool(chosen))
        for key, action in self.switches.items():
            on = key in query.access if key in ACCESS else bool(getattr(query, key))
            action.setChecked(on)
        n = filters_on(query)
        self._say(self.all, tr("Filters ({n})", n=n) if n else tr("Filters"), n > 0)
        hidden = (query.open_at, query.vanished, query.has_duplicate, query.known_at_least.value)
        more = any(hidden) or bool(query.access - {"step-free"})
        self._say(self.more, tr("More"), more)

    def _say(self, chip: QToolButton, words: str, on: bool) -> None:
        """Words and state of a chip with a menu."""
        chip.setText(f"{words} ▾")
        chip.setAccessibleName(words)
        chip.setCheckable(True)
        chip.setChecked(on)

    def _menu_chip(self, words: str, icon: str) -> QToolButton:
        """A chip that opens a menu."""
        chip = QToolButton()
        chip.setProperty("look", "chip")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if icon:
            with_icon(chip, self._desk.icons, icon)
        chip.setText(words)
        return chip

    def _switch(self, key: str, words: str, icon: str) -> QToolButton:
        """A chip that is on or off."""
        action = QAction(tr(words), self)
        action.setCheckable(True)
        if icon:
            action.setIcon(self._desk.icons.icon(icon))
        action.triggered.connect(lambda on, k=key: self._set(k, on))
        self.switches[key] = action
        chip = tool(tr(words), "chip", checkable=True)
        if icon:
            with_icon(chip, self._desk.icons, icon)
        # toggled, not clicked: a screen reader's own "toggle" is no click
        chip.toggled.connect(lambda on: on != action.isChecked() and action.trigger())
        action.changed.connect(lambda: (chip.setText(action.text()),
                                        chip.setChecked(action.isChecked())))  # fmt: skip
        return chip

    def _set(self, key: str, on: bool) -> None:
        """Turn a filter on or off."""
        query = self._session.query
        if key in ACCESS:
            access = query.access | {key} if on else query.access - {key}
            self._session.change(access=frozenset(access))
        elif key == "open_now":
            self._session.change(open_now=on, open_at=None)
        else:
            self._session.change(**{key: on})

    def _fill_near(self, menu: QMenu) -> None:
        """Where from."""
        menu.addAction(tr("A postcode or place…"), self.choose_near)
        if self._session.selection:
            menu.addAction(tr("The selected place"), self.near_selected)
        if self._session.query.near is not None:
            menu.addSeparator()
            menu.addAction(tr("Anywhere"), self.clear_near)

    def _fill_walk(self, menu: QMenu) -> None:
        """How far."""
        now = self._session.query.within_minutes
        _check(menu, tr("Any distance"), now is None, lambda: self._within(None))
        for n in MINUTES:
            words = tr("{n} minutes’ walk", n=n)
            _check(menu, words, now == n, lambda n=n: self._within(float(n)))

    def _fill_more(self, menu: QMenu) -> None:
        """Everything that has no chip of its own."""
        query, session = self._session.query, self._session
        if query.open_at is not None and not query.open_now:
            said = tr("Open on {when}", when=day_and_time(query.open_at, tr))
            _check(menu, said, True, lambda: session.change(open_at=None))
        menu.addAction(tr("Open at a chosen time…"), self.choose_time)
        menu.addSeparator()
        for key in self._rest:
            menu.addAction(self.switches[key])
        for key, words in ACCESS.items():
            if key != "step-free":
                on = key in query.access
                _check(menu, tr(words), on, lambda k=key, on=on: self._set(k, not on))
        menu.addSeparator()
        known = menu.addMenu(tr("How well we know it"))
        for value, words in KNOWN.items():
            said = tr("{words} or better", words=tr(words)) if value else tr("Any")
            on = query.known_at_least.value == value
            _check(known, said, on, lambda v=value: session.change(known_at_least=Known(v)))
        for key, words in (("vanished", tr("Vanished from its source")),
                           ("has_duplicate", tr("Looks like another"))):  # fmt: skip
            on = bool(getattr(query, key))
            _check(menu, words, on, lambda k=key, on=on: session.change(**{k: not on}))
        menu.addSeparator()
        self._fill_order(menu.addMenu(tr("Sort")))
        add_saved(menu, self, session, self._desk)
        menu.addSeparator()
        menu.addAction(tr("Clear all filters"), self.clear_all)

    def _fill_order(self, menu: QMenu) -> None:
        """How the list is sorted."""
        words = {
            Order.BEST: tr("Best match"),
            Order.NEAREST: tr("Nearest first"),
            Order.NAME: tr("By name"),
            Order.CHECKED: tr("Longest unchecked first"),
        }
        for order, said in words.items():
            on = self._session.query.order is order
            _check(menu, said, on, lambda o=order: self._session.change(order=o))

    def _fill_all(self, menu: QMenu) -> None:
        """All filters in one menu."""
        self._fill_near(menu.addMenu(self.near.accessibleName()))
        self._fill_walk(menu.addMenu(self.walk.accessibleName()))
        kinds = menu.addMenu(self.kinds.accessibleName())
        kinds.aboutToShow.connect(lambda: (kinds.clear(), self.kind_menu.fill(kinds)))
        for action in self.switches.values():
            menu.addAction(action)
        menu.addSeparator()
        self._fill_more(menu)

    def choose_near(self, after: Callable[[], object] | None = None) -> None:
        """Ask for a postcode or place."""
        found = ask_near(self, self._session, self._desk)
        if found is not None:
            self._session.change(near=found.point, near_text=found.words)
            if after is not None:
                after()

    def choose_time(self) -> None:
        """Ask for a day and time."""
        chosen = ask_time(self, self._session, self._desk)
        if chosen is not None:
            self._session.change(open_at=chosen, open_now=False)

    def near_selected(self) -> None:
        """Search near the selected place."""
        asset = self._session.asset(self._session.selection)
        if asset is not None and asset.point is not None:
            self._session.change(near=asset.point, near_text=asset.name)

    def clear_near(self) -> None:
        """Anywhere."""
        self._session.change(near=None, near_text="", within_minutes=None, within_metres=None)

    def clear_all(self) -> None:
        """Show every place again."""
        self._session.set_query(Query())

    def _within(self, minutes: float | None) -> None:
        """So many minutes on foot; asks from where first."""

        def on() -> None:
            self._session.change(within_minutes=minutes)

        if minutes is not None and self._session.query.near is None:
            self.choose_near(on)
            self.show_query()
        else:
            on()

    def _count(self) -> None:
        """Ask for the numbers on the chips, on a worker thread."""
        session, query = self._session, self._session.query

        def work(_progress: Progress) -> tuple[Query, int, int]:
            due = len(find.find(session.notebook, replace(query, stale=True)))
            nobody = len(find.find(session.notebook, replace(query, nobody_known=True)))
            return query, due, nobody

        self._desk.jobs.run(work, self._counted)

    def _counted(self, answer: tuple[Query, int, int]) -> None:
        """Show the numbers, unless another question was asked."""
        query, due, nobody = answer
        if query == self._session.query:
            self.switches["stale"].setText(tr("Needs a check {n}", n=f"{due:,}"))
            self.switches["nobody_known"].setText(tr("No one we know {n}", n=f"{nobody:,}"))


def _check(menu: QMenu, words: str, on: bool, act: Callable[[], object]) -> QAction:
    """A line of a menu that is ticked or not."""
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    action.triggered.connect(lambda _on: act())
    return action


def category_line(menu: QMenu, desk: Desk, letter: str, words: str) -> QAction:
    """A line with a category's shape."""
    action = menu.addAction(category_icon(letter, desk.theme, 18), words)
    action.setCheckable(True)
    return action
