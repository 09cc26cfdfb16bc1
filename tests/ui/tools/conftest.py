# SPDX-License-Identifier: AGPL-3.0-or-later
"""A session over a real notebook with one person in it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.tools import Tool
from lac_desktop.services import people, tools
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.preferences import Preferences
from lac_desktop.ui.desk import Desk, Messages
from lac_desktop.ui.icons import Icons
from lac_desktop.ui.jobs import Jobs
from lac_desktop.ui.session import Session
from lac_desktop.ui.theme import Theme
from lac_desktop.ui.tools.panel import ToolPanel
from lac_desktop.ui.tools.tools_tab import panel_of

BOX = tools.toolbox().tools


@pytest.fixture
def session(qapp: QApplication, filled: Notebook) -> Iterator[Session]:
    """An open notebook with four places."""
    theme = Theme(qapp, "light")
    desk = Desk(theme, Icons(theme), Jobs(qapp), Messages(), Preferences())
    made = Session(filled, desk)
    yield made
    desk.jobs.cancel_all()
    made.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def jean(session: Session) -> str:
    """The person."""
    return people.add(session.notebook, "Jean Weaver").id


@pytest.fixture
def open_tool(session: Session, jean: str) -> Iterator[Callable[[str], ToolPanel]]:
    """Opens the panel of a tool, shown."""
    made: list[ToolPanel] = []

    def make(tool: str | Tool) -> ToolPanel:
        chosen = BOX[tool] if isinstance(tool, str) else tool
        panel = panel_of(session, session.desk, jean, chosen)
        panel.resize(1194, 600)
        panel.show()
        made.append(panel)
        return panel

    yield make
    for panel in made:
        panel.closing()
        panel.close()
        panel.deleteLater()
