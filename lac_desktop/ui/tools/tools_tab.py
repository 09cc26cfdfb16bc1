# SPDX-License-Identifier: AGPL-3.0-or-later
"""All tools for one person: those used first, each with its last date, and the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QWidget

from lac_desktop.domain.wording import long_date
from lac_desktop.services import tools
from lac_desktop.services.tools import Toolbox, ToolUse
from lac_desktop.ui.widgets import button, column, label, panel, row
from lac_desktop.ui.words import count, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lac_desktop.domain.tools import Tool
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.tools.panel import ToolPanel

_ID = Qt.ItemDataRole.UserRole
_NARROW = 620


def panel_of(session: Session, desk: Desk, person: str, tool: Tool) -> ToolPanel:
    """The panel that a tool is filled in with: its drawing's own, or the form."""
    if tool.drawing == "circle":
        from lac_desktop.ui.tools.circle_panel import CirclePanel as Panel
    elif tool.drawing == "week":
        from lac_desktop.ui.tools.week_panel import WeekPanel as Panel
    elif tool.drawing == "places":  # the map comes with it
        from lac_desktop.ui.tools.places_panel import PlacesPanel as Panel
    else:
        from lac_desktop.ui.tools.form_panel import FormPanel as Panel
    return Panel(session, desk, person, tool)


class ToolsTab(QWidget):
    """The list of tools at the left, the open one at the right."""

    def __init__(self, session: Session, desk: Desk, person: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(tr("Tools"))
        self._session, self._desk, self._person = session, desk, person
        self.box: Toolbox = tools.toolbox()
        self.open: ToolPanel | None = None
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Tools"))
        self.list.setWordWrap(True)
        self.list.setProperty("edged", True)
        self.list.itemActivated.connect(lambda _item: self.start())
        self.list.currentItemChanged.connect(lambda now, _before: self._describe(now))
        self.about = QWidget()
        self.title = label("", "heading1", wrap=True)
        self.purpose, self.when = label("", wrap=True), label("", "", "muted", wrap=True)
        self.begin = button(tr("Open"), self.start, "primary")
        self.about.setLayout(
            column(self.title, self.purpose, self.when, row(self.begin, None), None, gap=10)
        )
        self.back = button(tr("All tools"), self.close_tool, "small")
        self.right = QStackedWidget()
        self.right.addWidget(panel(column(self.about), "", (20, 16, 20, 16)))
        self.split = QSplitter()
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([desk.theme.scaled(270), desk.theme.scaled(800)])
        problems = "\n".join(f"{p.message} {p.hint}" for p in self.box.problems)
        self.problem = label(problems, "", "note", wrap=True)
        top = panel(row(self.back, None), "", (20, 8, 20, 0))
        self._top = top
        outer = column(self.problem, top, self.split, gap=0)
        outer.setStretch(2, 1)
        self.setLayout(outer)
        top.hide()
        self.problem.setVisible(bool(problems))
        self.fill()

    def fill(self) -> None:
        """List the tools, those used first."""
        at = self._current()
        self.list.clear()
        for use in tools.uses(self._session.notebook, self.box, self._person):
            item = QListWidgetItem(self._line(use), self.list)
            item.setData(_ID, use.tool.id)
            if use.tool.id == at:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0 and self.list.count():
            self.list.setCurrentRow(0)

    def start(self, tool_id: str = "") -> None:
        """Open a tool, or the chosen one."""
        tool = self.box.tools.get(tool_id or self._current())
        if tool is None:
            return
        self.close_tool()
        self.open = panel_of(self._session, self._desk, self._person, tool)
        self.right.addWidget(self.open)
        self.right.setCurrentWidget(self.open)
        self.list.hide()
        self._top.show()
        arrived = getattr(self.open, "arrived", None)
        if arrived is not None:
            arrived()
        self.back.setFocus()

    def close_tool(self) -> None:
        """Go back to the list; what was typed stays a draft."""
        if self.open is not None:
            self.open.closing()
            self.open.story.keep_draft()
            self.right.removeWidget(self.open)
            self.open.deleteLater()
            self.open = None
        self.list.show()
        self._top.hide()
        self.fill()
        self.list.setFocus()

    def changed(self) -> None:
        """Something about the person was changed elsewhere."""
        if self.open is not None:
            self.open.changed()
        else:
            self.fill()

    def closing(self) -> None:
        """Keep what is typed."""
        if self.open is not None:
            self.open.closing()

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here."""
        return self.open.commands() if self.open is not None else {}

    def _current(self) -> str:
        """The id of the chosen tool."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _describe(self, item: QListWidgetItem | None) -> None:
        """Say what the chosen tool is for."""
        tool = self.box.tools.get(str(item.data(_ID))) if item is not None else None
        if tool is not None:
            self.title.setText(self._title(tool))
            self.purpose.setText(tr(tool.purpose))
            self.when.setText(tr(tool.when))

    def _title(self, tool: Tool) -> str:
        """A tool's title in the language of the window."""
        return tool.title_cy if self._desk.preferences.language == "cy" else tr(tool.title)

    def _line(self, use: ToolUse) -> str:
        """A line of the list: title, and when it was filled in last."""
        title = self._title(use.tool)
        if use.draft:
            return tr("{title}\nNot saved yet", title=title)
        if use.last is None:
            return title
        times = count("once", "{n} times", use.sheets)
        day = long_date(use.last, tr)
        return tr("{title}\nLast on {day}, {times}", title=title, day=day, times=times)
