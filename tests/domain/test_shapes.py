# SPDX-License-Identifier: AGPL-3.0-or-later
"""Areas as GeoJSON: made of corners, read back, and told from nonsense."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.shapes import box_of, corners_of, crosses_itself, polygon_of, rings_of

SQUARE = [Point(52.6, -0.8), Point(52.6, -0.7), Point(52.7, -0.7), Point(52.7, -0.8)]


def test_corners_make_an_area_and_come_back() -> None:
    text = polygon_of(SQUARE)
    assert json.loads(text)["type"] == "Polygon"
    assert corners_of(text) == SQUARE
    assert box_of(text) == Box(-0.8, 52.6, -0.7, 52.7)


def test_rings_are_closed_and_run_counter_clockwise_whichever_way_they_were_put() -> None:
    assert set(rings_of(polygon_of(SQUARE))[0]) == set(rings_of(polygon_of(SQUARE[::-1]))[0])
    ring = rings_of(polygon_of(SQUARE[::-1]))[0]
    assert ring[0] == ring[-1]
    turn = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    assert turn > 0


def test_fewer_than_three_places_are_no_area() -> None:
    assert polygon_of([]) == ""
    assert polygon_of(SQUARE[:2]) == ""
    assert polygon_of([SQUARE[0]] * 5) == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"type":"Point","coordinates":[1,2]}', '{"type":"Polygon"}']
)
def test_what_is_no_area_has_no_rings(text: str) -> None:
    assert rings_of(text) == []
    assert box_of(text) is None


def test_areas_inside_features_and_collections_are_found() -> None:
    shape = json.loads(polygon_of(SQUARE))
    held = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape}]}
    assert rings_of(json.dumps(held)) == rings_of(polygon_of(SQUARE))


def test_a_bow_tie_crosses_itself_and_a_square_does_not() -> None:
    assert not crosses_itself(SQUARE)
    assert crosses_itself([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]])


@given(st.text(max_size=60))
def test_reading_never_fails(text: str) -> None:
    assert isinstance(rings_of(text), list)
