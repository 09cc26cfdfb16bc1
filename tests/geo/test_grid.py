# SPDX-License-Identifier: AGPL-3.0-or-later
"""National Grid arithmetic, against Ordnance Survey's own figures and the ONS directory."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.geo import grid

#: Round trips lose this much, because the Helmert shift is undone by its mirror image.
_ROUND_TRIP_METRES = 0.02


def test_agrees_with_the_survey_about_caister_water_tower() -> None:
    """OSTN15 test point TP01-like: 651409.792, 313177.448 is 52.658007833 N, 1.716073973 E."""
    there = grid.point_at(651_409.792, 313_177.448)
    assert distance_m(there, Point(52.658007833, 1.716073973)) < 5


def test_projection_is_the_worked_example_of_the_guide() -> None:
    """OSGB36 52°39'27.2531" N 1°43'4.5177" E is 651409.903, 313177.270 in the guide."""
    lat = np.radians([52 + 39 / 60 + 27.2531 / 3600])
    lon = np.radians([1 + 43 / 60 + 4.5177 / 3600])
    east, north = grid._project(lat, lon)
    assert east[0] == pytest.approx(651_409.903, abs=0.002)
    assert north[0] == pytest.approx(313_177.270, abs=0.002)


def test_agrees_with_the_directory_of_the_statistics_office(shared_data: Path) -> None:
    with (shared_data / "onspd-sample" / "onspd-2024-format.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["oseast1m"] and row["lat"] < "9"]
    lat, lon = grid.to_wgs84(
        np.array([float(row["oseast1m"]) for row in rows]),
        np.array([float(row["osnrth1m"]) for row in rows]),
    )
    away = [
        distance_m(Point(a, o), Point(float(row["lat"]), float(row["long"])))
        for a, o, row in zip(lat.tolist(), lon.tolist(), rows, strict=True)
    ]
    assert len(away) == 8_045
    assert np.percentile(away, 99) < 5


@given(st.floats(1_000, 699_000), st.floats(1_000, 1_299_000))
def test_there_and_back_again(easting: float, northing: float) -> None:
    back = grid.metres_at(grid.point_at(easting, northing))
    assert back == pytest.approx((easting, northing), abs=_ROUND_TRIP_METRES)


@given(st.integers(1_000, 699_000), st.integers(1_000, 1_299_000), st.sampled_from([4, 6, 8, 10]))
def test_a_reference_names_the_square_of_its_point(east: int, north: int, digits: int) -> None:
    point = grid.point_at(east + 0.5, north + 0.5)
    again = grid.parse(grid.reference(point, digits))
    assert again is not None
    side = 10 ** (5 - digits // 2)
    assert distance_m(point, again) <= side * 0.71 + _ROUND_TRIP_METRES


@pytest.mark.parametrize(
    "text", ["SK 860 090", "sk860090", "SK86000900", "486050 309050", "486050, 309050", "SK 86 09"]
)
def test_spellings_of_oakham(text: str) -> None:
    point = grid.parse(text)
    assert point is not None
    assert distance_m(point, Point(52.6723, -0.7288)) < 800


@pytest.mark.parametrize(
    "text", ["", "LE15 6AA", "SK8", "SK 860 09", "ZZ 860 090", "0 0", "SI 12 34", "9999999 1"]
)
def test_what_is_no_reference(text: str) -> None:
    assert grid.parse(text) is None


@given(st.text(max_size=40))
def test_any_text_is_a_point_or_nothing(text: str) -> None:
    point = grid.parse(text)
    assert point is None or (-90 <= point.lat <= 90 and -180 <= point.lon <= 180)
