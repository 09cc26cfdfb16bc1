# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of a person takes from here: four tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lac_desktop.services import tools

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.tools.panel import ToolPanel


def one_page(session: Session, desk: Desk, person_id: str) -> QWidget:
    """The one-page profile."""
    return _panel(session, desk, person_id, "one-page-profile")


def people_in_my_life(session: Session, desk: Desk, person_id: str) -> QWidget:
    """The relationship circle."""
    return _panel(session, desk, person_id, "relationship-circle")


def my_places(session: Session, desk: Desk, person_id: str) -> QWidget:
    """The community map."""
    return _panel(session, desk, person_id, "community-map")


def all_tools(session: Session, desk: Desk, person_id: str) -> QWidget:
    """The list of all tools."""
    from lac_desktop.ui.tools.tools_tab import ToolsTab

    return ToolsTab(session, desk, person_id)


def _panel(session: Session, desk: Desk, person_id: str, tool: str) -> ToolPanel:
    """One tool that comes with the program."""
    from lac_desktop.ui.tools.tools_tab import panel_of

    return panel_of(session, desk, person_id, tools.toolbox().tools[tool])
