# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing an area with the mouse, with the keyboard alone, and by typing its corners."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.shapes import box_of, corners_of, polygon_of
from lac_desktop.services import patch
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.patch import Patch
from lac_desktop.ui.draw import ShapeDialog
from lac_desktop.ui.forms import Form
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.map_page import MapPage
from lac_desktop.ui.patch import PatchChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
Key = Qt.Key
AREA = [Point(52.66, -0.74), Point(52.66, -0.72), Point(52.68, -0.72), Point(52.68, -0.74)]


@pytest.fixture
def dialog(frame: Frame, filled: Notebook) -> Iterator[ShapeDialog]:
    """The dialog over an open notebook, with nothing drawn."""
    made = ShapeDialog(frame, frame.desk, filled, "", Point(52.67, -0.73))
    made.show()
    yield made
    made.map.stop()
    made.close()


def click(dialog: ShapeDialog, x: int, y: int) -> None:
    QTest.mouseClick(dialog.map, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def test_three_clicks_and_the_first_corner_again_make_an_area(dialog: ShapeDialog) -> None:
    for x, y in ((100, 40), (300, 40), (300, 150), (100, 40)):
        click(dialog, x, y)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.value
    assert len(corners_of(dialog.value)) == 3
    box = box_of(dialog.value)
    assert box is not None
    assert box.holds(dialog.map.view.point_at(290, 60))


def test_the_keyboard_alone_makes_the_same(dialog: ShapeDialog) -> None:
    for key in (Key.Key_Return, Key.Key_Right, Key.Key_Return, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(dialog.map, key)
    assert "3 corners" in dialog.said.text()
    QTest.keyClick(dialog.map, Key.Key_Left)
    QTest.keyClick(dialog.map, Key.Key_Return)
    QTest.keyClick(dialog.map, Key.Key_Backspace)
    assert len(dialog.drawing.points) == 3
    QTest.keyClick(dialog.map, Key.Key_Right)  # to the last corner that is left
    QTest.keyClick(dialog.map, Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.value
    assert len(corners_of(dialog.value)) == 3


def test_corners_can_be_typed_and_a_wrong_line_is_named(dialog: ShapeDialog) -> None:
    dialog.corners.setPlainText("52.66, -0.74\nsomewhere odd\n52.68, -0.72")
    assert dialog.answer() is None
    assert "somewhere odd" in dialog.said.text()
    dialog.corners.setPlainText("52.66, -0.74\nSK 860 090\n52.68, -0.72")
    shape = dialog.answer()
    assert shape
    assert len(corners_of(shape)) == 3
    assert len(dialog.drawing.points) == 3


def test_two_corners_and_crossed_sides_are_no_area(dialog: ShapeDialog) -> None:
    dialog.corners.setPlainText("52.66, -0.74\n52.68, -0.72")
    assert dialog.answer() is None
    assert "three corners" in dialog.said.text()
    crossed = [AREA[0], AREA[2], AREA[1], AREA[3]]
    dialog.corners.setPlainText("\n".join(f"{p.lat}, {p.lon}" for p in crossed))
    assert dialog.answer() is None
    assert "cross" in dialog.said.text()


def test_an_area_is_gone_on_with_or_taken_away(frame: Frame, filled: Notebook) -> None:
    dialog = ShapeDialog(frame, frame.desk, filled, polygon_of(AREA))
    dialog.show()
    assert len(dialog.drawing.points) == 4
    assert corners_of(dialog.answer() or "") == AREA
    dialog.clear()
    assert dialog.answer() == ""
    dialog.map.stop()
    dialog.close()


def test_a_ward_of_many_corners_stays_until_a_first_corner(frame: Frame, filled: Notebook) -> None:
    import math

    ring = [
        Point(52.67 + math.sin(a / 50) / 100, -0.73 + math.cos(a / 50) / 100) for a in range(300)
    ]
    shape = polygon_of(ring)
    dialog = ShapeDialog(frame, frame.desk, filled, shape)
    dialog.show()
    assert dialog.drawing.points == []
    assert dialog.answer() == shape
    click(dialog, 50, 50)
    assert dialog.answer() is None
    dialog.map.stop()
    dialog.close()


def test_the_patch_is_none_a_drawn_one_or_kept(frame: Frame, filled: Notebook) -> None:
    form = Form(frame.desk.theme)
    choice = PatchChoice(frame.desk, filled, form)
    assert choice.chosen() == Patch()
    choice._shape = polygon_of(AREA)
    choice.offer([("E1", "Oakham North")])
    choice.name.setText("Our streets")
    assert choice.chosen() == Patch("Our streets", polygon_of(AREA))
    patch.keep(filled, choice.chosen())
    other = Form(frame.desk.theme)
    again = PatchChoice(frame.desk, filled, other)
    assert again.chosen() == Patch("Our streets", polygon_of(AREA))
    again.which.setCurrentIndex(0)
    assert again.chosen() == Patch()


def test_the_filter_and_the_outline_follow_the_patch(
    frame: Frame, filled: Notebook, wait: Wait
) -> None:
    patch.keep(filled, Patch("Our streets", polygon_of(AREA)))
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    frame.session.set_query(replace(frame.session.query, patch=True))
    found = frame.session
    wait(lambda: found.found is not None and found.found.query.patch)
    wait(lambda: found.found is not None and len(found.found) == 3)
    assert frame.work is not None
    frame.work.show_section("map")
    page = frame.work.page
    assert isinstance(page, MapPage)
    assert [outline.name for outline in page.map.scene().outlines] == ["Our streets"]
    assert page.filters.switches["patch"].isVisible()
    assert page.filters.switches["patch"].isChecked()
    box = box_of(polygon_of(AREA))
    assert box is not None
    assert box.holds(page.map.view.centre)  # it opens on the patch
    page.filters.switches["patch"].trigger()
    wait(lambda: found.found is not None and len(found.found) == 4)
    patch.keep(filled, Patch())
    found.changed()
    assert not page.filters.switches["patch"].isVisible()
    assert page.map.scene().outlines == ()
