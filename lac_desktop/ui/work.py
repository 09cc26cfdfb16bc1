# SPDX-License-Identifier: AGPL-3.0-or-later
"""The screen of an open notebook: rail, top bar, page, detail pane and status bar."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lac_desktop.services import people
from lac_desktop.ui.asset.detail import DetailPane
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.page import Page
from lac_desktop.ui.rail import Rail
from lac_desktop.ui.sections import SECTIONS
from lac_desktop.ui.session import Session
from lac_desktop.ui.statusbar import StatusBar
from lac_desktop.ui.topbar import TopBar
from lac_desktop.ui.widgets import column, row
from lac_desktop.ui.words import tr


class Work(QWidget):
    """Everything that shows while a notebook is open."""

    section_changed = Signal(str)

    def __init__(
        self,
        session: Session,
        desk: Desk,
        *,
        lock: Callable[[], object],
        urgent: Callable[[], object],
        explain: Callable[[], object],
    ) -> None:
        super().__init__()
        self.session, self.desk = session, desk
        self.pages: dict[str, Page] = {}
        self._went: list[str] = []
        self.section = ""
        self._under: Page | None = None  # the page below a task
        self.rail = Rail(desk, urgent)
        self.top = TopBar(session, desk, lock, self.go_to_main)
        self.stack = QStackedWidget()
        self.detail = DetailPane(session, desk, self.close_detail)
        self.status = StatusBar(desk, explain)
        self.detail.run = self._run
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.rail.chosen.connect(self.show_section)
        session.opened.connect(self.open_detail)
        session.task_asked.connect(self.show_task)
        session.task_over.connect(self.end_task)
        session.saved.connect(self._saved)
        session.privacy.connect(self.status.say_who)
        session.person_wanted.connect(self.show_person)
        session.helper_wanted.connect(self.show_helper)
        session.people_changed.connect(self._people)
        session.people_changed.connect(self._saved)
        session.found_changed.connect(self._counted)
        session.data_changed.connect(self._saved)
        self._shortcuts()
        self._people()

    def _lay_out(self) -> None:
        """Put the parts in their places."""
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        self.detail.hide()
        right = column(self.top, self.split, gap=0)
        right.setStretch(1, 1)
        across = row(self.rail, right, gap=0)
        across.setStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(across, 1)
        outer.addWidget(self.status)

    def _run(self, command: str) -> None:
        """Carry out a command from the detail pane as the page in front would, or the window."""
        act = self.page.commands().get(command)
        if act is not None:
            act()
        else:
            self.session.asked.emit(command)

    @property
    def page(self) -> Page:
        """The page that shows."""
        found = self.stack.currentWidget()
        assert isinstance(found, Page)
        return found

    @property
    def narrow(self) -> bool:
        """Whether the detail pane opens over the list."""
        return self._logical_width() < 1024

    def show_section(self, section: str) -> None:
        """Bring a section to the front; its page is made when it is first needed."""
        self.end_task()
        if section == self.section:
            return
        if section not in self.pages:
            made = next(s for s in SECTIONS if s.id == section)
            self.pages[section] = made.build(self.session, self.desk)
            self.stack.addWidget(self.pages[section])
            self._order_tabs(self.pages[section])
        page = self.pages[section]
        if self.section:
            self._went.append(self.section)
        self.section = section
        inside = self.split.isAncestorOf(self.window().focusWidget() or self)
        self.close_detail(focus=False)
        self.stack.setCurrentWidget(page)
        self.rail.show_section(section)
        if inside:
            self.go_to_main()
        page.fit(self._logical_width())
        page.arrived()
        self.top.serve(page)
        if page.has_detail and self.session.selection and not self.narrow:
            self.open_detail(self.session.selection)
        self.section_changed.emit(section)

    def show_person(self, person: str, tab: str = "") -> None:
        """Show somebody's page in the section People."""
        self.show_section("people")
        from lac_desktop.ui.people.page import PeoplePage

        if isinstance(self.page, PeoplePage):
            self.page.show_person(person, tab)

    def show_helper(self, person: str) -> None:
        """Look from somebody's strengths outwards, in the section Helper."""
        self.show_section("helper")
        from lac_desktop.ui.ladder.page import LadderPage

        if isinstance(self.page, LadderPage):
            self.page.ask_for(person)
            self.go_to_main()

    def find_people(self, text: str) -> None:
        """Look through conversations, in the section People."""
        self.show_section("people")
        self.page.find_entered(text)

    def show_task(self, page: Page) -> None:
        """Put a page over the section, such as an import, until :meth:`end_task`."""
        self.end_task()
        self._under = self.page
        self.close_detail(focus=False)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.fit(self._logical_width())
        page.arrived()
        self.section_changed.emit("")
        self._focus(page.opens_at())

    def end_task(self) -> None:
        """Take away the page that lies over the section, if there is one."""
        under, self._under = self._under, None
        if under is None:
            return
        task = self.page
        task.closing()
        self.stack.setCurrentWidget(under)
        self.stack.removeWidget(task)
        task.deleteLater()
        under.arrived()
        self.section_changed.emit("")
        self.go_to_main()

    def back(self) -> None:
        """Close the detail pane where it covers the list, or go back to the section before."""
        if self.narrow and self.detail.isVisible():
            self.close_detail()
        elif self._under is not None:
            self.end_task()
        elif self.page.went_back():
            return
        elif self._went:
            last = self._went.pop()
            self.show_section(last)
            self._went.pop()
            self.go_to_main()

    def open_detail(self, asset_id: str) -> None:
        """Show the details of a place beside the list, or over it where there is no room."""
        if not asset_id or self._under is not None:  # what was begun since is not put away
            return
        if not self.page.has_detail:
            self.show_section("community")
        self.detail.show_asset(asset_id)
        self.stack.setVisible(not self.narrow)
        self._over_list()
        if not self.detail.isVisible():
            self.detail.show()
            wide = self.desk.theme.scaled(400 if self._logical_width() >= 1600 else 312)
            self.split.setSizes([max(1, self.split.width() - wide), wide])
        if self.narrow:
            self.detail.focus_first()

    def _over_list(self) -> None:
        """The details cover what they came from where there is no room beside it."""
        to = tr("Back to the map") if self.section == "map" else ""
        self.detail.over_list(self.narrow, to)

    def close_detail(self, *, focus: bool = True) -> None:
        """Hide the details and give the list the focus back."""
        had = self.detail.isAncestorOf(self.window().focusWidget() or self)
        self.detail.hide()
        self.stack.show()
        if focus and had:
            self.go_to_main()

    def closing(self) -> None:
        """End what the pages run, before they go."""
        if self._under is not None:
            self.page.closing()
        for page in self.pages.values():
            page.closing()

    def toggle_detail(self) -> None:
        """Show or hide the details of the selected place."""
        if self.detail.isVisible():
            self.close_detail()
        else:
            self.open_detail(self.session.selection)

    def go_to_main(self) -> None:
        """Put the focus on the list or map, or wherever the page begins."""
        self._focus(self.page.begins_at())

    def region(self, step: int) -> None:
        """Move the focus to the next part of the screen, or the one before."""
        parts: list[QWidget] = [self.rail, self.top]
        if self.stack.isVisible():
            parts += self.page.regions()
        if self.detail.isVisible():
            parts.append(self.detail)
        parts.append(self.status)
        now = self.window().focusWidget()
        at = next((i for i, p in enumerate(parts) if now and (p is now or p.isAncestorOf(now))), -1)
        for _ in parts:
            at = (at + step) % len(parts)
            if self._focus(parts[at]):
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way in the order of the design as the window gets narrow."""
        super().resizeEvent(event)
        self.adapt()

    def adapt(self) -> None:
        """Fit all parts to the width there is."""
        width = self._logical_width()
        self.rail.collapse(width < 1280)
        self.top.collapse(width)
        self.status.collapse(width < 800)
        if self.stack.count():
            self.page.fit(width)
        if self.detail.isVisible():
            self.stack.setVisible(not self.narrow)
            self._over_list()
        else:
            self.stack.show()

    def _logical_width(self) -> int:
        """Width in pixels of 100 % text: larger text has less room."""
        return int(self.width() * 100 / self.desk.theme.text_size)

    def _focus(self, part: QWidget) -> bool:
        """Focus the first thing of a part that takes the keyboard."""
        target = first_focus(part)
        if target is not None:
            self.top.popup.hide()  # while it shows, the search keeps every key to itself
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return target is not None

    def _counted(self) -> None:
        """Show in the rail how many places there are."""
        self.rail.set_count("community", self.session.total)

    def _people(self) -> None:
        """Show in the rail how many people there are."""
        notebook = self.session.notebook

        def show(n: int) -> None:
            if isValid(self.rail):
                self.rail.set_count("people", n)

        self.desk.jobs.run(lambda _progress: len(people.all_people(notebook)), show)

    def _saved(self) -> None:
        """Say when the last change was saved."""
        self.status.saved.setText(tr("All changes saved {time}", time=self.session.saved_at))

    def _shortcuts(self) -> None:
        """Ctrl+1 to Ctrl+9 for the sections; Alt+Shift+arrows for the splitter."""
        for number, section in enumerate(SECTIONS, 1):
            key = QShortcut(f"Ctrl+{number}", self)
            key.activated.connect(lambda s=section.id: (self.show_section(s), self.go_to_main()))
        for keys, step in (("Alt+Shift+Left", 24), ("Alt+Shift+Right", -24)):
            QShortcut(keys, self).activated.connect(lambda s=step: self._widen(s))

    def _order_tabs(self, page: Page) -> None:
        """Tab goes from the page to the details and then to the status bar, as F6 does."""
        parts = (self.rail, self.top, page, self.detail, self.status)
        order = [widget for part in parts for widget in tab_chain(part)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _widen(self, step: int) -> None:
        """Make the detail pane wider or narrower."""
        if self.detail.isVisible() and self.stack.isVisible():
            left, right = self.split.sizes()
            self.split.setSizes([left - step, right + step])


def first_focus(part: QWidget) -> QWidget | None:
    """The first visible widget inside that takes the keyboard, or the part itself."""
    tab = Qt.FocusPolicy.TabFocus
    if part.focusPolicy() & tab and part.isVisible() and part.isEnabled():
        return part
    widget: QWidget | None = part
    seen = 0
    inside = [w for w in part.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    wanted = {w for w in inside if w.focusPolicy() & tab and not _viewport(w)}
    while seen < 5000 and widget is not None:
        widget = widget.nextInFocusChain()
        seen += 1
        if widget in wanted:
            return widget
        if widget is part:
            break
    return None


def tab_chain(part: QWidget) -> list[QWidget]:
    """Everything inside a part that takes the keyboard, in its present order."""
    wanted = {w for w in part.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    found: list[QWidget] = []
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part and len(found) < len(wanted):
        if widget in wanted and not _viewport(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _viewport(widget: QWidget) -> bool:
    """Whether a widget is the inside of a scroll area."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
