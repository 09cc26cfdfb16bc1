# SPDX-License-Identifier: AGPL-3.0-or-later
"""One person's page: name and standing, what can be done, and the tabs of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QWidget

from lac_desktop.domain.person import Person, Standing
from lac_desktop.services import people
from lac_desktop.ui.people.about import add_to_menu
from lac_desktop.ui.people.copy_out import copy_person
from lac_desktop.ui.people.disc import Disc
from lac_desktop.ui.people.model import standing_words
from lac_desktop.ui.people.one_line import OneLine
from lac_desktop.ui.people.standing import ask_for_standing
from lac_desktop.ui.people.tabs import TABS
from lac_desktop.ui.widgets import button, column, icon_tool, panel, row, with_icon
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session

#: What standing can become, with the words of the menu.
_CHANGES = {
    Standing.STEPPED_BACK: "Stepped back…",
    Standing.BACK: "Back in touch…",
    Standing.ALONGSIDE: "Walking alongside…",
    Standing.MOVED: "Moved away…",
    Standing.DIED: "Died…",
}
_OFFERED = {
    Standing.ALONGSIDE: (Standing.STEPPED_BACK, Standing.MOVED, Standing.DIED),
    Standing.BACK: (Standing.STEPPED_BACK, Standing.MOVED, Standing.DIED),
    Standing.STEPPED_BACK: (Standing.BACK, Standing.MOVED, Standing.DIED),
    Standing.MOVED: (Standing.BACK, Standing.DIED),
    Standing.DIED: (Standing.ALONGSIDE,),  # only a mistake is put right by this
}


@runtime_checkable
class _HasCommands(Protocol):
    """A tab that can do something by a command of the window."""

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Commands by their ids."""
        ...


class PersonView(QWidget):
    """The page of whoever :meth:`show_person` names; tabs are made when they are looked at."""

    def __init__(self, session: Session, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__()
        self._session, self._desk, self._back = session, desk, back
        self.person: Person | None = None
        self._made: dict[str, QWidget] = {}
        self.disc = Disc(desk.theme, 42)
        self.name, self.under = OneLine("heading1"), OneLine("", "muted")
        self.bar = QTabBar()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setDrawBase(False)
        self.bar.setAccessibleName(tr("Parts of this page"))
        for tab in TABS:
            self.bar.setTabData(self.bar.addTab(tr(tab.text)), tab.id)
        self.inside = QStackedWidget()
        self.setLayout(column(self._make_header(), self.inside, gap=0))
        self.bar.currentChanged.connect(lambda _n: self._show_tab())
        for keys, act in (
            ("Ctrl+Tab", lambda: self._step(1)), ("Ctrl+Shift+Tab", lambda: self._step(-1)),
            ("Ctrl+Return", self.new_conversation), ("Ctrl+Enter", self.new_conversation),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_person(self, person: str, tab: str = "") -> bool:
        """Show somebody, and note in the access log that their page was opened; False if gone."""
        if self.person is None or self.person.id != person:
            found = people.opened(self._session.notebook, person)
            if found is None:
                return False
            self._drop()
            self.person = found
            self._head(found)
            at = 0
        else:
            self.changed()
            at = self.bar.currentIndex()
        ids = [self.bar.tabData(n) for n in range(self.bar.count())]
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(ids.index(tab) if tab in ids else at)
        self._show_tab()
        return True

    def leave(self) -> str:
        """Take the page away, tabs and all, and give the id of whose it was."""
        last = self.person.id if self.person else ""
        self._drop()
        self.person = None
        return last

    def go(self) -> None:
        """Put the focus on the tabs."""
        self.bar.setFocus(Qt.FocusReason.TabFocusReason)

    def arrived(self) -> None:
        """The section came back to the front."""
        if self.person is not None:
            self.changed()
            self._call(self.inside.currentWidget(), "arrived")

    def changed(self) -> None:
        """Something about people was saved: look again."""
        if self.person is None:
            return
        found = people.get(self._session.notebook, self.person.id)
        if found is None:
            self._back()
            return
        self.person = found
        self._head(found)
        for widget in self._made.values():
            self._call(widget, "changed")

    def closing(self) -> None:
        """Tabs save what is being typed."""
        self._drop()

    def regions(self) -> list[QWidget]:
        """The actions, the tabs, and what the tab holds."""
        shown = self.inside.currentWidget()
        return [self._actions, self.bar, *([shown] if shown is not None else [])]

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What can be done with the person, and what the tab in front can do."""
        shown = self.inside.currentWidget()
        of_tab = shown.commands() if isinstance(shown, _HasCommands) else {}
        return {
            "converse": self.new_conversation,
            "ask-helper": self.ask_helper,
            "near-home": self.near,
            "copy-person": self.copy_out,
            **of_tab,
        }

    def fit(self, width: int) -> None:
        """Leave the words off buttons where there is no room."""
        self._width = width
        narrow = width < 1024
        for made in (self._near, self._ask):
            made.setVisible(width >= 900)  # both stand in “More” as well
        self._new.setText("" if narrow else tr("New conversation"))
        self._call(self.inside.currentWidget(), "fit", width)

    def new_conversation(self) -> None:
        """Begin to write."""
        if self.person is not None:
            from lac_desktop.ui.talk.editor import open_editor

            open_editor(self._session, self._desk, (self.person.id,))

    def copy_out(self) -> None:
        """Copy what is known as text."""
        if self.person is not None:
            copy_person(self._session, self._desk, self.person.id)

    def near(self) -> None:
        """Show on the map what is near the person's home, for as long as it is asked for."""
        if self.person is not None:
            from lac_desktop.ui.people.near import look_near

            look_near(self, self._session, self._desk, self.person)

    def ask_helper(self) -> None:
        """Look from what is strong outwards, for this person."""
        if self.person is not None:
            self._session.open_helper(self.person.id)

    def _make_header(self) -> QWidget:
        """Back, name, what can be done; tabs under it."""
        icons = self._desk.icons
        back = icon_tool(icons, "ph.arrow-left", tr("Back to everybody"), self._back)
        self._near = with_icon(button("", self.near), icons, "ph.house")
        self._ask = with_icon(button(tr("Helper"), self.ask_helper), icons, "mdi6.ladder")
        self._ask.setToolTip(tr("Look from what is strong outwards"))
        self._more = button(tr("More"))
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._fill_more)
        self._new = with_icon(button(tr("New conversation"), self.new_conversation, "primary"),
                              icons, "ph.note-pencil", "on-accent")  # fmt: skip
        self._new.setToolTip(tr("New conversation (Ctrl+Enter)"))
        self._new.setAccessibleName(tr("New conversation"))
        self._actions = QWidget()
        self._actions.setLayout(row(self._ask, self._near, self._more, self._new))
        names = column(self.name, self.under, gap=0)
        top = row(back, self.disc, gap=10)
        top.addLayout(names, 1)
        top.addWidget(self._actions)
        return panel(column(top, self.bar, gap=8), "header", (16, 12, 20, 0))

    def _head(self, person: Person) -> None:
        """Name, standing, and how to reach them."""
        history = people.standing_history(self._session.notebook, person.id)
        now = history[0] if history else None
        said = [standing_words(now.standing, now.on)] if now else []
        said += [_reach(one.value, one.note) for one in person.reach[:1]]
        self.disc.show_name(person.name)
        shown = f"{person.name} ({person.pronouns})" if person.pronouns else person.name
        self.name.setText(shown)
        self.under.setText(". ".join(one for one in said if one))
        self._near.setText(tr("Near {name}", name=_cut(person.name)))
        self._near.setToolTip(tr("Show on the map what is near, for now only"))
        self.setAccessibleName(person.name)

    def _fill_more(self) -> None:
        """Add something, copy, or change where the walk stands."""
        menu, person = self._more.menu(), self.person
        menu.clear()
        if person is None:
            return
        session, desk = self._session, self._desk
        adding = menu.addMenu(tr("Add something about {name}", name=_cut(person.name)))
        add_to_menu(adding, self, session, desk, person)
        menu.addAction(tr("Look from what is strong outwards"), self.ask_helper)
        menu.addAction(tr("What is near home"), self.near)
        menu.addSeparator()
        menu.addAction(tr("Copy as text"), self.copy_out)
        menu.addSeparator()
        for to in _OFFERED[people.standing(session.notebook, person.id)]:
            said = tr(_CHANGES[to])
            menu.addAction(said, lambda t=to: ask_for_standing(self, session, desk, person, t))

    def _show_tab(self) -> None:
        """Make the tab that is chosen, if need be, and bring it to the front."""
        person = self.person
        if person is None or self.bar.currentIndex() < 0:
            return
        tab = TABS[self.bar.currentIndex()]
        if tab.id not in self._made:
            self._made[tab.id] = tab.build(self._session, self._desk, person.id)
            self.inside.addWidget(self._made[tab.id])
        self.inside.setCurrentWidget(self._made[tab.id])
        self._call(self._made[tab.id], "fit", getattr(self, "_width", 1366))
        self._call(self._made[tab.id], "arrived")
        route = getattr(self.window(), "_route", None)
        if route is not None:
            route()

    def _step(self, step: int) -> None:
        """Ctrl+Tab goes round the tabs."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + step) % max(1, self.bar.count()))

    def _drop(self) -> None:
        """Close all tabs."""
        for widget in self._made.values():
            self._call(widget, "closing")
            self.inside.removeWidget(widget)
            widget.deleteLater()
        self._made.clear()

    def _call(self, widget: QWidget | None, name: str, *values: object) -> None:
        """Call what a tab may offer."""
        found = getattr(widget, name, None)
        if callable(found):
            found(*values)


def _reach(value: str, note: str) -> str:
    return f"{value}, {note}" if note else value


def _cut(name: str) -> str:
    """A name that fits on a button."""
    return name if len(name) <= 24 else name[:23] + "…"
