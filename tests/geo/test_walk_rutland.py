# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walking in Rutland: what the outline holds, what it leaves out, and that the railway counts."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.geo.walk import Snap, WalkGraph

_OAKHAM = Point(52.6705, -0.7330)
_STARTS = (
    _OAKHAM,
    Point(52.6722, -0.7342),  # beside the station
    Point(52.6660, -0.7290),  # south, near the railway
    Point(52.5880, -0.7220),  # Uppingham
    Point(52.6390, -0.6080),  # Empingham, on the Gwash
    Point(52.6265, -0.5520),  # Ketton
)


@pytest.fixture(scope="module")
def streets(rutland: Path) -> WalkGraph:
    spec = importlib.util.spec_from_file_location(
        "walk_data", Path(__file__).with_name("walk_data.py")
    )
    assert spec is not None
    assert spec.loader is not None
    data = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(data)
    return data.graph_of(rutland / "osm" / "rutland-2018-02-27.osm.pbf")


@pytest.fixture(scope="module")
def doors(streets: WalkGraph) -> Snap:
    """Places on streets all over Rutland: the middles of their straight pieces."""
    net = streets.net
    return streets.snap((net.lat[1:] + net.lat[:-1]) / 2, (net.lon[1:] + net.lon[:-1]) / 2)


def area(rings: list[np.ndarray]) -> Any:
    outer: Any = shapely.polygons(rings[0])
    for ring in rings[1:]:
        outer = shapely.symmetric_difference(outer, shapely.polygons(ring))
    return outer


def test_the_graph_has_the_size_of_a_county(streets: WalkGraph) -> None:
    assert 5000 < streets.net.junctions < 9000
    assert 900_000 < streets.net.metres.sum() < 2_500_000
    assert "High Street" in streets.net.names


@pytest.mark.parametrize("start", _STARTS)
@pytest.mark.parametrize("limit", [400.0, 1200.0])
def test_the_outline_holds_what_is_near_and_jumps_nothing(
    streets: WalkGraph, doors: Snap, start: Point, limit: float
) -> None:
    reach = streets.reach(start, 3 * limit)
    assert reach is not None
    metres = reach.metres_to(doors)
    on_street = doors.off < 1
    shape = area(reach.outline(limit))
    assert shapely.is_valid(shape)
    held = shapely.contains_xy(shape, doors.lon, doors.lat)
    near = on_street & (metres <= limit - 20)
    assert near.sum() > 5
    assert held[near].mean() > 0.999
    wrong = np.flatnonzero(held & on_street & (metres > limit + 70))
    walked = np.flatnonzero(metres <= limit)
    for i in wrong:
        east = (doors.lon[walked] - doors.lon[i]) * np.cos(np.radians(start.lat))
        gap = np.hypot(doors.lat[walked] - doors.lat[i], east).min() * 111_195
        assert gap < 45, (doors.lat[i], doors.lon[i], metres[i])


def test_places_beyond_the_railway_are_left_out(streets: WalkGraph, doors: Snap) -> None:
    """Both banks of Oakham's railway: near for a crow, far on foot."""
    found = 0
    for start in _STARTS[:3]:
        reach = streets.reach(start, 1200)
        far = streets.reach(start, 5000)
        assert reach is not None
        assert far is not None
        metres = far.metres_to(doors)
        crow = np.hypot(
            doors.lat - start.lat, (doors.lon - start.lon) * np.cos(np.radians(start.lat))
        )
        tricky = (crow * 111_195 < 850) & (metres > 1400) & (doors.off < 1)
        walked = np.flatnonzero(metres <= 1200)
        for i in np.flatnonzero(tricky):
            east = (doors.lon[walked] - doors.lon[i]) * np.cos(np.radians(start.lat))
            tricky[i] = np.hypot(doors.lat[walked] - doors.lat[i], east).min() * 111_195 > 30
        found += int(tricky.sum())
        shape = area(reach.outline())
        assert not shapely.contains_xy(shape, doors.lon[tricky], doors.lat[tricky]).any()
    assert found > 20


def test_distances_are_symmetric_and_never_less_than_the_crow_flies(
    streets: WalkGraph, doors: Snap
) -> None:
    rng = np.random.default_rng(3)
    reach = streets.reach(_OAKHAM, 2500)
    assert reach is not None
    metres = reach.metres_to(doors)
    near = np.flatnonzero(np.isfinite(metres) & ~doors.crow)
    for i in rng.choice(near, 40, replace=False):
        there = Point(float(doors.lat[i]), float(doors.lon[i]))
        back = streets.reach(there, 2600)
        assert back is not None
        home = back.metres_to(np.array([_OAKHAM.lat]), np.array([_OAKHAM.lon]))[0]
        assert home == pytest.approx(metres[i], abs=0.1)
        assert metres[i] >= distance_m(_OAKHAM, there) - 0.01


def test_directions_across_oakham_name_its_streets(streets: WalkGraph) -> None:
    route = streets.route(Point(52.6722, -0.7342), Point(52.6660, -0.7290))
    assert route is not None
    assert route.metres == pytest.approx(sum(part.metres for part in route.parts), abs=200)
    assert sum(1 for part in route.parts if part.name) >= 3
    step_free = streets.route(Point(52.6722, -0.7342), Point(52.6660, -0.7290), avoids_steps=True)
    assert step_free is not None
    assert step_free.metres >= route.metres - 0.01
