# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a screen reader is given: a list of places, and only so many of them."""

import numpy as np
from PySide6.QtGui import QAccessible

from lac_desktop.ui.map.access import MOST
from lac_desktop.ui.map.widget import MapView
from tests.ui.map.shown import NAMES, painted, wait_for


def names(view: MapView) -> list[str]:
    owner = view.access.interface()
    wait_for(lambda: bool(owner.childCount()))
    return [owner.child(at).text(QAccessible.Text.Name) for at in range(owner.childCount())]


def test_the_map_is_a_list_of_its_places_nearest_first(map_view: MapView) -> None:
    owner = map_view.access.interface()
    assert owner.role() == QAccessible.Role.List
    assert owner.text(QAccessible.Text.Name) == "Map places"
    found = names(map_view)
    assert found[0] == "Library, 8 minutes, 1 of 5"
    assert len(found) == 5


def test_an_item_knows_its_state_and_opens(map_view: MapView) -> None:
    names(map_view)
    map_view.set_selected(2)
    owner = map_view.access.interface()
    items = {owner.child(at).rid: owner.child(at) for at in range(5)}
    assert items[2].state().selected
    assert not items[1].state().selected
    assert items[1].rect().width() > 20
    heard: list[int] = []
    map_view.activated.connect(heard.append)
    items[1].doAction("Press")
    assert heard == [1]
    assert map_view.chosen.focus == 1
    assert owner.indexOfChild(items[3]) >= 0
    middle = items[3].rect().center()
    assert owner.childAt(middle.x(), middle.y()) is items[3]


def test_items_follow_the_places(map_view: MapView) -> None:
    names(map_view)
    map_view.set_points([9], [52.671], [-0.728], ["G"], lambda _rid: "Gift of baking")
    owner = map_view.access.interface()
    wait_for(lambda: owner.childCount() == 1)
    assert owner.child(0).text(QAccessible.Text.Name) == "Gift of baking, 1 of 1"


def test_a_reader_is_not_given_20000_items(map_view: MapView) -> None:
    chance = np.random.default_rng(1)
    map_view.set_points(
        range(20_000),
        chance.normal(52.67, 0.01, 20_000),
        chance.normal(-0.73, 0.01, 20_000),
        ["A"] * 20_000,
        str,
    )
    painted(map_view)
    owner = map_view.access.interface()
    wait_for(lambda: owner.childCount() > 5)
    assert owner.childCount() <= MOST + 1


def test_the_focused_place_is_an_item_wherever_it_is(map_view: MapView) -> None:
    names(map_view)
    map_view.setFocus()
    for rid in NAMES:
        map_view.set_focus(rid)
        map_view.access.rebuild()
        item = map_view.access.focused_item()
        assert item is not None
        assert item.rid == rid
