# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clusters: nothing is lost, far ones stay apart, and they do not move with the map."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Point
from lac_desktop.ui.map.places import FEW, Places, gather, places_at
from lac_desktop.ui.map.view import view_at

MIDDLE = Point(52.67, -0.73)


def around(number: int, spread: float, seed: int = 1) -> Places:
    chance = np.random.default_rng(seed)
    return places_at(
        np.arange(number),
        chance.normal(MIDDLE.lat, spread, number),
        chance.normal(MIDDLE.lon, spread * 1.6, number),
        chance.choice(list("GAIPECS"), number),
    )


@settings(max_examples=40)
@given(st.integers(0, 300), st.floats(0.0001, 0.05), st.floats(10, 18))
def test_every_place_in_view_is_in_one_mark(number: int, spread: float, zoom: float) -> None:
    places = around(number, spread)
    view = view_at(MIDDLE, zoom, 800, 600)
    marks = gather(places, view, view.grown(1.7))
    held = marks.order.tolist()
    assert len(held) == len(set(held)) == int(marks.counts.sum())
    px, py = view.to_pixels(places.x, places.y)
    seen = np.flatnonzero((px >= 0) & (py >= 0) & (px <= 800) & (py <= 600))
    assert set(seen.tolist()) <= set(held)
    for mark in range(len(marks)):
        assert all(marks.holding(int(place)) == mark for place in marks.members(mark))


def test_busy_views_are_gathered_and_clusters_keep_apart() -> None:
    places = around(2000, 0.01)
    view = view_at(MIDDLE, 14, 1366, 768)
    marks = gather(places, view, view.grown(1.7))
    assert len(marks) < 700
    px, py = view.to_pixels(marks.x, marks.y)
    away = np.hypot(px[:, None] - px[None, :], py[:, None] - py[None, :])
    np.fill_diagonal(away, np.inf)
    assert np.median(away.min(axis=1)) > 30


def test_few_places_all_show() -> None:
    lats = 52.66 + 0.002 * np.arange(10)
    places = places_at(np.arange(10), lats, np.full(10, -0.73), ["A"] * 10)
    view = view_at(MIDDLE, 14, 1366, 768)
    assert len(places) <= FEW
    assert gather(places, view, view.grown(1.7)).counts.tolist() == [1] * 10


def test_places_on_one_spot_are_one_mark_at_any_zoom() -> None:
    places = places_at([7, 8, 9], [52.67] * 3, [-0.73] * 3, list("AGI"))
    for zoom in (12, 19):
        view = view_at(MIDDLE, zoom, 800, 600)
        assert gather(places, view, view).counts.tolist() == [3]


def test_clusters_hang_on_the_ground_while_the_map_moves() -> None:
    places = around(3000, 0.012)
    view = view_at(MIDDLE, 14, 1000, 700)

    def marks(dx: float) -> set[tuple[float, float, int]]:
        moved = view.panned(dx, 0)
        found = gather(places, moved, moved.grown(1.7))
        px, py = view.to_pixels(found.x, found.y)
        inside = (px > 100) & (px < 900) & (py > 100) & (py < 600)
        columns = (np.round(px[inside], 3), np.round(py[inside], 3), found.counts[inside])
        return set(zip(*(column.tolist() for column in columns), strict=True))

    before = marks(0)
    for dx in (7.5, 61.0, 150.25):
        assert len(before & marks(dx)) >= 0.97 * len(before)


def test_places_without_a_position_are_left_out() -> None:
    places = places_at([1, 2], [np.nan, 52.6], [-0.7, -0.7], ["A", "G"])
    assert places.rids.tolist() == [2]
    assert places.index(2) == 0
    assert places.index(1) is None


def test_positions_at_the_pole_do_not_break_it() -> None:
    places = places_at([1, 2], [90.0, -90.0], [0.0, 180.0], ["A", "G"])
    assert np.isfinite(places.y).all()
    assert places.y.tolist() == pytest.approx([0, 1], abs=1e-6)
