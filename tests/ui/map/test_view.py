# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way between degrees, the world square and pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Box, Point, distance_m
from lac_desktop.ui.map.view import View, box_of, project_point, unproject, view_at, view_of

points = st.builds(Point, st.floats(49, 61), st.floats(-9, 2.5))


@given(points)
def test_a_point_comes_back(point: Point) -> None:
    back = unproject(*project_point(point))
    assert distance_m(point, back) < 0.01


@given(points, st.floats(3, 19), st.floats(0, 800), st.floats(0, 600), st.floats(3, 19))
def test_what_lies_under_the_pointer_stays_there(
    point: Point, zoom: float, px: float, py: float, then: float
) -> None:
    view = view_at(point, zoom, 800, 600)
    under = view.to_world(px, py)
    assert view.zoomed(then, px, py).to_pixels(*under) == pytest.approx((px, py), abs=1e-3)


def test_metres_a_pixel_at_zoom_14_in_rutland() -> None:
    assert view_at(Point(52.67, -0.73), 14, 800, 600).metres_per_pixel == pytest.approx(
        2.9, abs=0.05
    )


def test_a_box_fits() -> None:
    box = Box(-0.83, 52.52, -0.42, 52.77)
    view = view_of(box, 900, 600)
    for lat, lon in ((box.south, box.west), (box.north, box.east)):
        px, py = view.to_pixels(*project_point(Point(lat, lon)))
        assert 31 <= px <= 869
        assert 31 <= py <= 569


def test_a_single_point_is_not_looked_at_too_closely() -> None:
    assert view_of(Box(-0.7, 52.6, -0.7, 52.6), 800, 600).zoom == 17


def test_no_points_have_no_box() -> None:
    assert box_of([], []) is None


def test_a_view_knows_what_it_covers() -> None:
    view = View(0.5, 0.3, 12, 800, 600)
    around = view.grown(1.7)
    assert around.holds(view)
    assert around.holds(view.panned(200, 0), spare=50)
    assert not around.holds(view.panned(300, 0))


def test_the_world_has_an_edge() -> None:
    view = View(0.01, 0.01, 3, 800, 600).panned(-10_000, -10_000)
    assert (view.x, view.y) == (0, 0)
