# SPDX-License-Identifier: AGPL-3.0-or-later
"""Circle, week and places: drawn, changed by keys and mouse, and told by an equal list."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from lac_desktop.domain.query import Query
from lac_desktop.domain.tool_values import place
from lac_desktop.services import assets, find, people
from lac_desktop.ui.session import Session
from lac_desktop.ui.tools.circle_view import sentence
from lac_desktop.ui.tools.places_panel import PlacesPanel
from lac_desktop.ui.tools.week_panel import WeekPanel, _CalendarDialog
from tests.ui.tools.conftest import BOX
from tests.ui.tools.hands import Open, circle, type_line
from tests.ui.tools.rich import rich

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_somebody_is_added_by_typing_and_moved_by_keys(open_tool: Open) -> None:
    panel = circle(open_tool)
    type_line(panel.typed, "Mo, friend, sees weekly")
    type_line(panel.typed, "Ruth, coordinator")
    assert [t.name for t in panel.ties()] == ["Mo", "Ruth"]
    assert panel.counts[0].text() == "1"
    assert panel.counts[2].text() == "1"
    panel.view.choose(0)
    QTest.keyClick(panel.view, Qt.Key.Key_Up, CTRL)
    assert panel.ties()[0].ring == "closest"
    QTest.keyClick(panel.view, Qt.Key.Key_Left, CTRL)
    assert panel.ties()[0].sector == "family"
    panel.as_list.setChecked(True)
    panel.table.setCurrentCell(0, 0)
    QTest.keyClick(panel.table, Qt.Key.Key_Down, CTRL)
    assert panel.ties()[0].ring == "friends"
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert [t.name for t in panel.ties()] == ["Ruth"]


def test_the_table_says_all_that_the_circle_shows(open_tool: Open) -> None:
    panel = circle(open_tool)
    panel.story.type(rich(BOX["relationship-circle"], 12))
    ties = panel.ties()
    assert panel.table.rowCount() == len(ties) == 12
    for row, tie in enumerate(ties):
        found = [panel.table.item(row, c) for c in range(panel.table.columnCount())]
        cells = [cell.text() for cell in found if cell is not None]
        assert cells[0] == tie.name
        assert cells[3] == ("Paid" if tie.paid else "Not paid")
    panel.table.setCurrentCell(4, 0)
    assert panel.view.accessibleDescription() == sentence(ties[4])


def test_somebody_is_dragged_to_another_part(open_tool: Open) -> None:
    panel = circle(open_tool)
    type_line(panel.typed, "Sid, neighbour")
    view = panel.view
    drawn = view.circle()
    start = drawn.at(0).toPoint()
    aim = drawn.centre + QPointF(-0.45 * drawn.radius, -0.1 * drawn.radius)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(-5, -5))
    QTest.mouseMove(view, aim.toPoint())
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=aim.toPoint())
    assert (panel.ties()[0].ring, panel.ties()[0].sector) == ("friends", "family")
    assert panel.ties()[0].tie == "neighbour"


def test_arrow_keys_reach_everybody_in_the_drawing(open_tool: Open) -> None:
    panel = circle(open_tool)
    panel.story.type(rich(BOX["relationship-circle"], 9))
    seen = set()
    panel.view.choose(0)
    for _ in range(9):
        seen.add(panel.view.current)
        QTest.keyClick(panel.view, Qt.Key.Key_N)
    assert seen == set(range(9))
    before = panel.view.current
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.current >= 0
    assert before >= 0


def week(open_tool: Open) -> WeekPanel:
    panel = open_tool("perfect-week")
    assert isinstance(panel, WeekPanel)
    return panel


def test_a_week_is_typed_moved_and_lengthened_by_keys(open_tool: Open) -> None:
    panel = week(open_tool)
    type_line(panel.list.line, "Tuesday 2pm to 4pm, Spoke Shed, with Mo")
    type_line(panel.list.line, "Roses on Saturday")
    panel.view.choose(0)
    QTest.keyClick(panel.view, Qt.Key.Key_Right, CTRL)
    QTest.keyClick(panel.view, Qt.Key.Key_Up, CTRL)
    QTest.keyClick(panel.view, Qt.Key.Key_Down, SHIFT)
    row = panel.rows()[0]
    assert (row["day"], row["start"], row["end"]) == ("wed", "13:30", "16:00")
    panel.view.choose(1)
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert [r["what"] for r in panel.rows()] == ["Spoke Shed"]
    assert dict(panel.story.latest)["week"] == panel.rows()


def test_a_week_is_moved_by_the_mouse(open_tool: Open) -> None:
    panel = week(open_tool)
    type_line(panel.list.line, "Tuesday 2pm to 4pm, Spoke Shed")
    view = panel.view
    grid = view.grid()
    start = grid.box_of_row(0).center().toPoint()
    aim = QPoint(
        round(start.x() + 2 * grid.day_wide), round(start.y() - grid.y_of(120) + grid.y_of(0))
    )
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, aim)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=aim)
    row = panel.rows()[0]
    assert row["day"] == "thu"
    assert row["start"] in ("11:45", "12:00", "12:15")


def test_a_calendar_names_nobody(
    open_tool: Open, session: Session, tmp_path: Path, jean: str
) -> None:
    people.add(session.notebook, "Winston")
    panel = week(open_tool)
    type_line(panel.list.line, "Tuesday 2pm to 4pm, bowls with Winston, with Mo")
    names = panel._names()
    assert "Winston" in names
    dialog = _CalendarDialog(panel, panel.desk, panel._asked, panel.rows(), names)
    assert dialog.lines.item(0).text() == "Tuesday 2pm, bowls"
    dialog.deleteLater()
    file = tmp_path / "week.ics"
    panel.write_calendar(file, panel.rows(), names)
    text = file.read_text("utf-8")
    assert "SUMMARY:bowls" in text
    assert not any(name in text for name in ("Winston", "Mo\n", "Jean", "Weaver"))


def test_places_of_the_asset_map_show_on_the_private_map(open_tool: Open, session: Session) -> None:
    notebook = session.notebook
    found = find.rows(notebook, find.find(notebook, Query(text="library")))[0]
    panel = open_tool("community-map")
    assert isinstance(panel, PlacesPanel)
    panel.arrived()
    rows = [{"place": place("Library", found.id), "level": "3"}, {"place": place("The Lido")}]
    panel.story.type({"places": rows})
    assert len(panel.map.places) == 1
    assert panel.said.text().startswith("1 place on the map, 1 only in the list.")
    assert "I take part" in panel.map.sentence_of(0)
    assert panel.map.name_of(0) == "Library, I take part"
    assets.remove(notebook, [found.id])
    panel.show_values()
    assert len(panel.map.places) == 0  # the list keeps it
    assert panel.list.values[0]["place"]["name"] == "Library"
