# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map in a window: by mouse, by keyboard alone, and at any size."""

import gc
import threading
import weakref
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.services.maps import MapTiles
from lac_desktop.ui.map.members import MemberList
from lac_desktop.ui.map.style import load_style
from lac_desktop.ui.map.view import unproject
from lac_desktop.ui.map.widget import MapView
from tests.ui.map.shown import NAMES, OAKHAM, painted, wait_for

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def pixel(view: MapView, rid: int) -> QPoint:
    index = view.places.index(rid)
    assert index is not None
    x, y = view.view.to_pixels(float(view.places.x[index]), float(view.places.y[index]))
    return QPoint(round(x), round(y))


def place(view: MapView, rid: int) -> Point:
    index = view.places.index(rid)
    assert index is not None
    return unproject(float(view.places.x[index]), float(view.places.y[index]))


def click(view: MapView, at: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, NONE, at)


def press(view: MapView, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(view, key, held)


def members() -> QListWidget | None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MemberList) and widget.isVisible():
            return widget.findChild(QListWidget)
    return None


def told(heard: SignalBlocker) -> list[Any]:
    """What a signal said."""
    assert heard.args is not None
    return list(heard.args)


def test_a_click_selects_a_place(map_view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(map_view.selected) as heard:
        click(map_view, pixel(map_view, 1))
    assert heard.args == [1]
    assert map_view.chosen.selected == 1


def test_a_click_on_empty_ground_chooses_nothing(map_view: MapView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(map_view.selected), qtbot.assertNotEmitted(map_view.place_clicked):
        click(map_view, QPoint(60, 60))


def test_a_double_click_opens_details(map_view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(map_view.activated) as heard:
        QTest.mouseDClick(map_view, Qt.MouseButton.LeftButton, NONE, pixel(map_view, 2))
    assert heard.args == [2]


def test_a_double_click_on_empty_ground_zooms_in(map_view: MapView) -> None:
    QTest.mouseDClick(map_view, Qt.MouseButton.LeftButton, NONE, QPoint(100, 100))
    assert map_view.view.zoom == 16


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform
def test_a_cluster_lists_its_members(map_view: MapView, qtbot: QtBot) -> None:
    click(map_view, pixel(map_view, 4))
    rows = members()
    assert rows is not None
    assert [rows.item(at).text() for at in range(rows.count())] == ["Bowls club", "Choir"]
    with qtbot.waitSignal(map_view.selected) as heard:
        QTest.keyClick(rows, Key.Key_Down)
        QTest.keyClick(rows, Key.Key_Return)
    assert heard.args == [4]
    assert map_view.chosen.selected == 4


def test_dragging_moves_the_map_with_the_pointer(map_view: MapView, qtbot: QtBot) -> None:
    before = map_view.view.point_at(400, 300)
    QTest.mousePress(map_view, Qt.MouseButton.LeftButton, NONE, QPoint(400, 300))
    QTest.mouseMove(map_view, QPoint(430, 320))
    QTest.mouseMove(map_view, QPoint(500, 350))
    QTest.mouseRelease(map_view, Qt.MouseButton.LeftButton, NONE, QPoint(500, 350))
    assert distance_m(before, map_view.view.point_at(500, 350)) < 1
    assert map_view.chosen.selected is None


def test_the_wheel_zooms_around_the_pointer(map_view: MapView) -> None:
    at = QPointF(200, 150)
    before = map_view.view.point_at(200, 150)
    event = QWheelEvent(
        at,
        map_view.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(map_view, event)
    assert map_view.view.zoom == 16
    assert distance_m(before, map_view.view.point_at(200, 150)) < 0.5


def test_hovering_shows_the_name(map_view: MapView) -> None:
    QTest.mouseMove(map_view, pixel(map_view, 3))
    hover = map_view.chosen.overlay().hover
    assert hover is not None
    assert hover.name == "Repair café"
    QTest.mouseMove(map_view, pixel(map_view, 4))
    hover = map_view.chosen.overlay().hover
    assert hover is not None
    assert hover.name == "2 places"


def test_arrows_go_to_the_nearest_place_in_their_direction(map_view: MapView) -> None:
    map_view.setFocus()
    map_view.set_focus(1)
    press(map_view, Key.Key_Up)
    assert map_view.chosen.focus == 2
    press(map_view, Key.Key_Down)
    assert map_view.chosen.focus == 1
    press(map_view, Key.Key_Right)
    assert map_view.chosen.focus == 3
    press(map_view, Key.Key_Right)
    assert map_view.chosen.focus == 3  # nothing further that way


@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform
def test_enter_on_a_cluster_lists_and_on_a_place_opens(map_view: MapView, qtbot: QtBot) -> None:
    map_view.setFocus()
    map_view.set_focus(1)
    press(map_view, Key.Key_Down)
    assert map_view.chosen.focus_is_cluster
    press(map_view, Key.Key_Return)
    listed = members()
    assert listed is not None
    QTest.keyClick(listed, Key.Key_Escape)
    wait_for(lambda: members() is None)
    press(map_view, Key.Key_Up)
    with qtbot.waitSignal(map_view.activated) as heard:
        press(map_view, Key.Key_Return)
    assert heard.args == [1]


def test_n_and_p_go_by_distance(map_view: MapView) -> None:
    map_view.set_origin(Point(52.6713, -0.7236))
    order = sorted(NAMES, key=lambda rid: distance_m(place(map_view, rid), Point(52.6713, -0.7236)))
    seen = []
    for _press in NAMES:
        press(map_view, Key.Key_N)
        seen.append(map_view.chosen.focus)
    assert seen == order
    press(map_view, Key.Key_N)
    assert map_view.chosen.focus == order[-1]
    press(map_view, Key.Key_P)
    assert map_view.chosen.focus == order[-2]


def test_ctrl_arrows_pan_and_plus_minus_zoom(map_view: MapView) -> None:
    x = map_view.view.x
    press(map_view, Key.Key_Right, held=Qt.KeyboardModifier.ControlModifier)
    assert map_view.view.x > x
    press(map_view, Key.Key_Plus, Key.Key_Plus, Key.Key_Minus)
    assert map_view.view.zoom == 15.5


def test_0_shows_all_places(map_view: MapView) -> None:
    map_view.centre_on(Point(52.0, -1.0), 12)
    assert map_view.in_view == 0
    press(map_view, Key.Key_0)
    assert map_view.in_view == 5


def test_insert_adds_at_the_middle(map_view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(map_view.place_clicked) as heard:
        press(map_view, Key.Key_Insert)
    assert distance_m(Point(*told(heard)), OAKHAM) < 1


def test_adding_by_mouse_and_leaving_it(map_view: MapView, qtbot: QtBot) -> None:
    map_view.set_adding(True)
    with qtbot.waitSignal(map_view.place_clicked) as heard:
        click(map_view, QPoint(100, 120))
    assert distance_m(Point(*told(heard)), map_view.view.point_at(100, 120)) < 1
    assert not map_view.chosen.adding
    map_view.set_adding(True)
    press(map_view, Key.Key_Escape)
    assert not map_view.chosen.adding


def test_a_pin_moves_by_keys_in_steps_of_5_and_50_metres(map_view: MapView, qtbot: QtBot) -> None:
    start = place(map_view, 1)
    map_view.set_focus(1)
    press(map_view, Key.Key_M)
    press(map_view, Key.Key_Right, Key.Key_Right)
    press(map_view, Key.Key_Up, held=Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(map_view.pin_moved) as heard:
        press(map_view, Key.Key_Return)
    rid, lat, lon = told(heard)
    assert rid == 1
    assert distance_m(start, Point(start.lat, lon)) == pytest.approx(10, abs=0.1)
    assert distance_m(start, Point(lat, start.lon)) == pytest.approx(50, abs=0.3)


def test_escape_leaves_a_pin_where_it_was(map_view: MapView, qtbot: QtBot) -> None:
    map_view.set_focus(2)
    press(map_view, Key.Key_M, Key.Key_Left)
    with qtbot.assertNotEmitted(map_view.pin_moved):
        press(map_view, Key.Key_Escape)
    assert map_view.chosen.moving is None


def test_a_pin_moves_by_dragging(map_view: MapView, qtbot: QtBot) -> None:
    map_view.move_pin(1)
    start = pixel(map_view, 1)
    QTest.mousePress(map_view, Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(map_view, start + QPoint(30, 10))
    QTest.mouseMove(map_view, start + QPoint(60, 20))
    with qtbot.waitSignal(map_view.pin_moved) as heard:
        QTest.mouseRelease(map_view, Qt.MouseButton.LeftButton, NONE, start + QPoint(60, 20))
    goal = map_view.view.point_at(start.x() + 60, start.y() + 20)
    assert distance_m(Point(*told(heard)[1:]), goal) < 2


def test_letters_can_be_switched_off(map_view: MapView) -> None:
    map_view.keys.letters = False
    press(map_view, Key.Key_N)
    assert map_view.chosen.focus is None
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Key.Key_N, NONE)
    assert not map_view.keys.wants(event)
    map_view.keys.letters = True
    assert map_view.keys.wants(event)


def test_l_asks_for_the_list_and_menu_for_the_menu(map_view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(map_view.list_wanted):
        press(map_view, Key.Key_L)
    map_view.set_focus(3)
    with qtbot.waitSignal(map_view.menu_wanted) as heard:
        press(map_view, Key.Key_Menu)
    assert told(heard)[0] == 3


def test_a_selected_place_is_brought_into_view(map_view: MapView) -> None:
    map_view.centre_on(Point(52.6, -0.6), 15)
    map_view.set_selected(2)
    at = pixel(map_view, 2)
    assert 0 < at.x() < map_view.width()
    assert 0 < at.y() < map_view.height()


def test_a_selection_that_is_filtered_out_goes(map_view: MapView) -> None:
    map_view.set_selected(1)
    map_view.set_focus(1)
    map_view.set_points([2], [52.67], [-0.72], ["A"], NAMES.__getitem__)
    assert map_view.chosen.selected is None
    assert map_view.chosen.focus is None


def test_no_places_at_all(map_view: MapView) -> None:
    map_view.set_points([], [], [], [], str)
    painted(map_view)
    assert len(map_view.marks) == 0
    press(map_view, Key.Key_N, Key.Key_Up, Key.Key_0, Key.Key_M, Key.Key_Return)
    assert map_view.seen_words() == "0 of 0 places"


def test_without_streets_it_says_so_and_places_still_show(map_view: MapView) -> None:
    picture = map_view.grab().toImage()
    at = pixel(map_view, 1)
    fill = picture.pixelColor(at.x() - 6, at.y() - 6)
    assert fill.name() == "#33246b"
    assert map_view.credit == ""


def test_streets_walking_area_and_wards_are_painted(map_view: MapView, streets: MapTiles) -> None:
    map_view.set_tiles(streets)
    turn = np.linspace(0, 2 * np.pi, 90)
    ring = np.column_stack((OAKHAM.lon + 0.006 * np.cos(turn), OAKHAM.lat + 0.0036 * np.sin(turn)))
    map_view.set_walking_area([(5, [ring])], about=True)
    map_view.set_boundaries([("Oakham North East", [ring * 1.0001])])
    painted(map_view)
    assert map_view.ground is not None
    image = map_view.ground.image
    colours = set(np.unique(np.frombuffer(image.constBits(), np.uint32)).tolist())
    assert {load_style("light").ui[name].rgb() for name in ("accent", "ward")} <= colours
    assert "OpenStreetMap" in map_view.credit


@pytest.mark.parametrize("style", ["light", "dark", "contrast"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_styles_and_text_sizes(
    map_view: MapView, streets: MapTiles, style: str, scale: float
) -> None:
    map_view.set_tiles(streets)
    map_view.set_style(style)
    map_view.set_text_scale(scale)
    map_view.set_selected(1)
    painted(map_view)
    picture = map_view.grab().toImage()
    at = pixel(map_view, 1)
    radius = round(23 * scale)
    ring = {picture.pixelColor(at.x() + radius + d, at.y()).name() for d in range(-2, 3)}
    assert load_style(style).ui["accent"].name() in ring


@pytest.mark.parametrize("size", [(160, 120), (683, 345), (1800, 1000)])
def test_any_size_of_window(map_view: MapView, size: tuple[int, int]) -> None:
    middle = map_view.view.centre
    map_view.resize(*size)
    painted(map_view)
    assert distance_m(map_view.view.centre, middle) < 0.01
    assert not map_view.grab().isNull()


def test_a_view_chosen_before_showing_stays(qtbot: QtBot, streets: MapTiles) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.set_tiles(streets)
    view.centre_on(OAKHAM, 16)
    view.resize(500, 400)
    view.show()
    painted(view)
    assert distance_m(view.view.centre, OAKHAM) < 0.1
    assert view.view.zoom == 16
    view.stop()


def test_a_hundred_wild_moves_end_with_the_right_picture(
    map_view: MapView, streets: MapTiles
) -> None:
    map_view.set_tiles(streets)
    chance = np.random.default_rng(4)
    for _move in range(100):
        dx, dy = chance.integers(-300, 300, 2)
        map_view.look(map_view.view.panned(float(dx), float(dy)))
        map_view.zoom_by(float(chance.uniform(-0.4, 0.4)), (200.0, 100.0))
        QApplication.processEvents()
    map_view.centre_on(OAKHAM, 15)
    painted(map_view)
    assert map_view.ground is not None
    assert map_view.ground.view.holds(map_view.view)


def test_stopping_twice_is_fine(map_view: MapView) -> None:
    map_view.stop()
    map_view.stop()


def test_a_map_that_is_gone_leaves_no_thread_and_no_memory(qtbot: QtBot) -> None:
    before = threading.active_count()
    gone: list[weakref.ref[MapView]] = []
    for _time in range(3):
        view = MapView()
        view.resize(400, 300)
        view.set_points([1], [52.67], [-0.73], ["A"], str)
        view.show()
        view.access.interface()
        painted(view)
        view.access.focus_changed(later=True)  # still to come when the map goes
        view.stop()
        view.close()
        view.deleteLater()
        gone.append(weakref.ref(view))
        del view
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()
    assert threading.active_count() == before
    assert [ref() for ref in gone] == [None, None, None]
