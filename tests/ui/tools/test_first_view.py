# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first view of a person: one page, the people in their life, and what happened lately."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lac_desktop.domain.ids import new_id
from lac_desktop.domain.strengths import Gift, GiftOf
from lac_desktop.services import strengths, tools
from lac_desktop.ui.session import Session
from lac_desktop.ui.tools.form_panel import FormPanel
from tests.ui.conftest import NOW
from tests.ui.tools.conftest import BOX
from tests.ui.tools.hands import Open

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_beside_one_page_stands_what_happened_lately(
    open_tool: Open, session: Session, jean: str, qtbot: QtBot
) -> None:
    """Also before there is a page; it is read again when something changes."""
    panel = open_tool("one-page-profile")
    assert isinstance(panel, FormPanel)
    assert panel.glance is not None
    lines = panel.glance.lately.lines
    qtbot.waitUntil(lambda: lines.rowCount() == 1)
    assert lines.lines[0].head == "Began to walk alongside"
    assert panel.glance.lately.isVisible()
    assert not panel.glance.view.isVisible()  # nobody is drawn yet
    strengths.save(
        session.notebook, Gift(new_id(), jean, "Bakes", GiftOf.HANDS, noticed_on=NOW.date())
    )
    rows = [{"name": "Mo", "ring": "friends", "sector": "friends"}]
    tools.save(session.notebook, jean, BOX["relationship-circle"],
               {"people": rows})  # fmt: skip
    panel.changed()
    qtbot.waitUntil(lambda: lines.rowCount() == 3)
    assert panel.glance.view.isVisible()
    seen: list[tuple[str, str]] = []
    session.person_wanted.connect(lambda person, tab: seen.append((person, tab)))
    at = next(n for n, one in enumerate(lines.lines) if one.head == "Gift noticed: Bakes")
    panel.glance.lately.opened.emit(str(at))
    assert seen == [(jean, "strong")]


def test_a_page_that_is_read_scrolls_as_one(open_tool: Open, qapp: QApplication) -> None:
    """All its words show; where there is little room the rest comes below, at any text size."""
    panel = open_tool("one-page-profile")
    assert isinstance(panel, FormPanel)
    panel.story.type({"matters": [f"Thing {n}" for n in range(60)]})
    assert panel.story.save()
    for wide in (1194, 640):
        panel.resize(wide, 600)
        qapp.processEvents()
        assert panel.text.verticalScrollBar().maximum() == 0
        assert panel.glance is not None
        assert panel.glance.isVisible()
    assert panel.glance.mapTo(panel, QPoint()).y() > panel.text.mapTo(panel, QPoint()).y() + 600
