# SPDX-License-Identifier: AGPL-3.0-or-later
"""Distances along small made-up streets, checked against a plain reference."""

import math
from heapq import heappop, heappush
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lac_desktop.domain.geometry import METRES_PER_DEGREE, Point, distance_m
from lac_desktop.errors import LacError, NewerVersionError, UnreadableFileError
from lac_desktop.geo.walk import WalkGraph, build_graph
from lac_desktop.geo.walk_rules import WalkRules, shipped_rules

_LAT, _LON = 53.55, 1.40
_KY = METRES_PER_DEGREE
_KX = METRES_PER_DEGREE * math.cos(math.radians(_LAT))
_STREET = {"highway": "residential"}


def at(x: float, y: float) -> Point:
    """A point so many metres east and north of the test ground."""
    return Point(round(_LAT + y / _KY, 7), round(_LON + x / _KX, 7))


def way(*places: tuple[float, float]) -> np.ndarray:
    points = [at(x, y) for x, y in places]
    return np.array([[p.lon, p.lat] for p in points])


def metres(graph: WalkGraph, a: Point, b: Point, limit: float = 5000, **how: bool) -> float:
    reach = graph.reach(a, limit, **how)
    assert reach is not None
    return float(reach.metres_to(np.array([b.lat]), np.array([b.lon]))[0])


def every_street() -> WalkRules:
    import dataclasses

    return dataclasses.replace(shipped_rules(), smallest_island_metres=0)


def test_a_walk_follows_the_streets_with_the_bits_off_them() -> None:
    graph = build_graph([way((0, 0), (0, 300), (400, 300))], [_STREET])
    assert metres(graph, at(-10, 100), at(200, 320)) == pytest.approx(430, abs=0.5)


def test_two_places_on_one_street_need_no_junction() -> None:
    graph = build_graph([way((0, 0), (500, 0))], [_STREET])
    assert metres(graph, at(100, 5), at(180, 7)) == pytest.approx(92, abs=0.5)


def test_ways_join_only_where_they_share_a_vertex() -> None:
    crossing = [way((0, -200), (0, 0), (0, 200)), way((-200, 0), (0, 0), (200, 0))]
    bridge = [way((0, -200), (0, 200)), way((-200, 0), (200, 0))]
    tags = [_STREET, _STREET]
    assert metres(build_graph(crossing, tags), at(0, 150), at(150, 0)) == pytest.approx(300, abs=1)
    over = build_graph(bridge, tags, rules=every_street())
    assert metres(over, at(0, 150), at(150, 0)) == math.inf


def test_private_ways_begin_and_end_walks_but_are_no_short_cut() -> None:
    lines = [
        way((0, 0), (0, 400), (400, 400), (400, 0)),
        way((0, 0), (200, 0), (400, 0)),
        way((200, 0), (200, 60)),
    ]
    tags = [_STREET, {"highway": "service", "access": "private"}, {"highway": "footway"}]
    graph = build_graph(lines, tags)
    assert metres(graph, at(0, 20), at(400, 20)) == pytest.approx(1160, abs=1)
    assert metres(graph, at(0, 20), at(150, 0)) == pytest.approx(170, abs=1)
    assert metres(graph, at(150, 0), at(400, 20)) == pytest.approx(270, abs=1)
    assert metres(graph, at(0, 20), at(200, 30)) == math.inf
    route = graph.route(at(0, 20), at(400, 20))
    assert route is not None
    assert route.metres == pytest.approx(1160, abs=1)


def test_wheels_go_round_steps() -> None:
    lines = [way((0, 0), (100, 0)), way((0, 0), (0, 300), (100, 300), (100, 0))]
    graph = build_graph(lines, [{"highway": "steps"}, _STREET])
    assert metres(graph, at(0, 50), at(100, 50)) == pytest.approx(200, abs=1)
    assert metres(graph, at(0, 50), at(100, 50), avoids_steps=True) == pytest.approx(600, abs=1)


def test_far_from_any_street_distances_are_as_the_crow_flies() -> None:
    graph = build_graph([way((0, 0), (500, 0))], [_STREET])
    assert graph.reach(at(250, 300), 1200) is None
    far = at(250, 300)
    snap = graph.snap(np.array([far.lat, at(0, 5).lat]), np.array([far.lon, at(0, 5).lon]))
    assert snap.crow.tolist() == [True, False]
    reach = graph.reach(at(250, 0), 1200)
    assert reach is not None
    assert reach.metres_to(snap)[0] == pytest.approx(300, abs=0.5)
    assert graph.route(at(0, 0), far) is None


def test_scraps_of_street_are_left_out() -> None:
    lines = [way((0, 0), (500, 0)), way((100, 40), (120, 40))]
    graph = build_graph(lines, [_STREET, _STREET])
    assert metres(graph, at(110, 41), at(400, 0)) == pytest.approx(331, abs=1)


def test_a_graph_without_streets_answers_nothing() -> None:
    graph = build_graph([way((0, 0), (500, 0))], [{"highway": "motorway"}])
    assert graph.reach(at(0, 0), 1200) is None
    assert graph.snap(np.array([_LAT]), np.array([_LON])).crow.all()
    assert len(graph.snap(np.zeros(0), np.zeros(0))) == 0


def test_places_without_a_position_are_nowhere() -> None:
    graph = build_graph([way((0, 0), (500, 0))], [_STREET])
    reach = graph.reach(at(0, 0), 1200)
    assert reach is not None
    assert reach.metres_to(np.array([math.nan]), np.array([math.nan]))[0] == math.inf


def test_a_route_tells_the_streets_and_the_turns() -> None:
    lines = [way((0, 0), (0, 200)), way((0, 200), (300, 200)), way((300, 200), (300, 0))]
    names = ["Mill Lane", "High Street", ""]
    tags = [{"highway": "residential", "name": name} for name in names]
    route = build_graph(lines, tags).route(at(0, 50), at(300, 100))
    assert route is not None
    assert [(p.name, round(p.metres), p.turn) for p in route.parts] == [
        ("Mill Lane", 150, ""), ("High Street", 300, "right"), ("", 100, "right"),
    ]  # fmt: skip
    assert route.line.shape == (4, 2)
    assert route.metres == pytest.approx(550, abs=1)


def test_the_outline_keeps_to_its_own_bank() -> None:
    lines = [
        way((0, 0), (1000, 0)),
        way((0, 90), (1000, 90)),
        way((1000, 0), (1000, 90)),
    ]
    graph = build_graph(lines, [_STREET] * 3)
    reach = graph.reach(at(100, 0), 400)
    assert reach is not None
    rings = reach.outline()
    assert len(rings) == 1
    assert inside(at(300, 0), rings)
    assert inside(at(300, 30), rings)
    assert not inside(at(300, 90), rings)
    assert not inside(at(300, 70), rings)
    whole = graph.reach(at(100, 0), 2500)
    assert whole is not None
    assert inside(at(300, 45), whole.outline())
    assert not inside(at(800, 0), whole.outline(400))


def test_an_outline_has_a_hole_round_streets_that_are_too_far() -> None:
    block = way((0, 0), (300, 0), (300, 300), (0, 300), (0, 0))
    lines = [block, way((150, 90), (150, 210), (160, 210), (160, 2000), (900, 2000), (900, 0)),
             way((300, 0), (900, 0))]  # fmt: skip
    reach = build_graph(lines, [_STREET] * 3).reach(at(0, 0), 700)
    assert reach is not None
    rings = reach.outline()
    assert not inside(at(150, 150), rings)
    assert inside(at(0, 150), rings)


def inside(point: Point, rings: list[np.ndarray]) -> bool:
    """Even-odd rule over all rings."""
    odd = False
    for ring in rings:
        assert (ring[0] == ring[-1]).all()
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point.lat) != (y2 > point.lat):
                odd ^= point.lon < x1 + (point.lat - y1) / (y2 - y1) * (x2 - x1)
    return odd


# Random little towns: crossings on a lattice, some streets between neighbours.
_SIDE = 5
_cross = st.tuples(st.integers(0, _SIDE - 1), st.integers(0, _SIDE - 1))
_streets = st.lists(st.tuples(_cross, _cross), min_size=3, max_size=40)
_spot = st.tuples(st.floats(-80, 480), st.floats(-80, 480))


def town(streets: list[tuple[tuple[int, int], tuple[int, int]]]) -> WalkGraph | None:
    lines = [way((a[0] * 100, a[1] * 100), (b[0] * 100, b[1] * 100)) for a, b in streets if a != b]
    return build_graph(lines, [_STREET] * len(lines), rules=every_street()) if lines else None


def reference(graph: WalkGraph, a: Point, b: Point) -> float:
    """Dijkstra over every vertex, with both places put into the street they are nearest to."""
    ends, net = [], graph.net
    links: dict[object, list[tuple[object, float]]] = {}
    for e in range(len(net.metres)):
        u, v, m = int(net.edge_from[e]), int(net.edge_to[e]), float(net.metres[e])
        links.setdefault(u, []).append((v, m))
        links.setdefault(v, []).append((u, m))
    snap = graph.snap(np.array([a.lat, b.lat]), np.array([a.lon, b.lon]))
    for i, mark in enumerate(("a", "b")):
        e, along = int(snap.edge[i]), float(snap.along[i])
        for u, m in ((net.edge_from[e], along), (net.edge_to[e], net.metres[e] - along)):
            links.setdefault(int(u), []).append((mark, float(m)))
            links.setdefault(mark, []).append((int(u), float(m)))
        ends.append((e, along))
    if ends[0][0] == ends[1][0]:
        links["a"].append(("b", abs(ends[0][1] - ends[1][1])))
    best: dict[object, float] = {"a": 0.0}
    queue: list[tuple[float, str, object]] = [(0.0, "", "a")]
    while queue:
        done, _, here = heappop(queue)
        for there, length in links.get(here, []):
            if done + length < best.get(there, math.inf):
                best[there] = done + length
                heappush(queue, (done + length, str(there), there))
    return best.get("b", math.inf) + float(snap.off.sum())


@settings(max_examples=150, deadline=None)
@given(_streets, _spot, _spot)
def test_distances_agree_with_a_plain_search_both_ways(
    streets: list[tuple[tuple[int, int], tuple[int, int]]],
    a: tuple[float, float],
    b: tuple[float, float],
) -> None:
    graph = town(streets)
    here, there = at(*a), at(*b)
    if graph is None or graph.snap(*_arrays(here, there)).crow.any():
        return
    found = metres(graph, here, there, 50_000)
    straight = distance_m(here, there)
    assert found == pytest.approx(max(reference(graph, here, there), straight), abs=0.01)
    assert found == pytest.approx(metres(graph, there, here, 50_000), abs=0.01)
    assert found >= straight - 0.01
    route = graph.route(here, there, furthest=50_000)
    if math.isinf(found):
        assert route is None
        return
    assert route is not None
    assert route.metres == pytest.approx(found, abs=0.01)
    steps = [Point(lat, lon) for lon, lat in route.line]
    drawn = sum(distance_m(p, q) for p, q in pairwise(steps))
    assert drawn == pytest.approx(found, abs=0.05)


@settings(max_examples=80, deadline=None)
@given(_streets, _spot, _spot, _spot)
def test_no_way_round_is_shorter(
    streets: list[tuple[tuple[int, int], tuple[int, int]]],
    a: tuple[float, float],
    b: tuple[float, float],
    c: tuple[float, float],
) -> None:
    graph = town(streets)
    spots = [at(*a), at(*b), at(*c)]
    if graph is None or graph.snap(*_arrays(*spots)).crow.any():
        return
    ab, bc, ac = (metres(graph, spots[i], spots[j], 50_000) for i, j in ((0, 1), (1, 2), (0, 2)))
    assert ac <= ab + bc + 0.01 or math.isinf(ab + bc)


def _arrays(*points: Point) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p.lat for p in points]), np.array([p.lon for p in points])


def test_snapping_agrees_with_looking_at_every_street() -> None:
    rng = np.random.default_rng(7)
    lines = [way(*rng.uniform(0, 2000, (4, 2)).tolist()) for _ in range(60)]
    graph = build_graph(lines, [_STREET] * 60, rules=every_street())
    spots = [at(x, y) for x, y in rng.uniform(-300, 2300, (400, 2))]
    snap = graph.snap(*_arrays(*spots))
    for i, spot in enumerate(spots):
        least = min(_offset(spot, line) for line in lines)
        if least > 251:
            assert snap.crow[i]
        elif least < 249:
            assert snap.off[i] == pytest.approx(least, abs=0.2)


def _offset(spot: Point, line: np.ndarray) -> float:
    k = METRES_PER_DEGREE * math.cos(math.radians(spot.lat))
    xy = np.column_stack([(line[:, 0] - spot.lon) * k, (line[:, 1] - spot.lat) * _KY])
    a, d = xy[:-1], np.diff(xy, axis=0)
    t = np.clip(-(a * d).sum(1) / (d * d).sum(1), 0, 1)[:, None]
    return float(np.hypot(*(a + t * d).T).min())


def test_a_saved_graph_comes_back_the_same(tmp_path: Path) -> None:
    tags = [{"highway": "footway", "name": "Lôn y Felin"}, _STREET]
    graph = build_graph([way((0, 0), (0, 300)), way((0, 300), (400, 300))], tags)
    graph.save(tmp_path / "walk.npz")
    again = WalkGraph.load(tmp_path / "walk.npz")
    assert again.net.names == graph.net.names
    assert np.allclose(again.net.metres, graph.net.metres, atol=1e-3)
    assert metres(again, at(0, 0), at(400, 300)) == pytest.approx(700, abs=1)
    assert [p.name for p in tmp_path.iterdir()] == ["walk.npz"]


def test_an_empty_graph_is_saved_too(tmp_path: Path) -> None:
    build_graph([], []).save(tmp_path / "walk.npz")
    assert WalkGraph.load(tmp_path / "walk.npz").reach(at(0, 0), 1200) is None


def test_a_newer_graph_is_refused_with_a_sentence(tmp_path: Path) -> None:
    np.savez(tmp_path / "walk.npz", version=np.array([99]))
    with pytest.raises(NewerVersionError, match="newer LAC Desktop"):
        WalkGraph.load(tmp_path / "walk.npz")


@pytest.mark.parametrize("damage", ["empty", "cut", "garbage", "fields", "absent", "pickle"])
def test_a_damaged_graph_is_refused_with_a_sentence(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "walk.npz"
    build_graph([way((0, 0), (0, 300))], [_STREET]).save(file)
    whole = file.read_bytes()
    if damage == "fields":
        with np.load(file) as parts:
            np.savez(file, **{**parts, "edge_to": np.array([7, 8], np.int32)})
    elif damage == "pickle":
        np.savez(file, version=np.array([1]), lon=np.array([{}], dtype=object))
    elif damage == "absent":
        file.unlink()
    else:
        cut = whole[: len(whole) // 2]
        file.write_bytes({"empty": b"", "cut": cut, "garbage": b"PK" * 900}[damage])
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        WalkGraph.load(file)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_is_damaged_the_answer_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    file = folder / "walk.npz"
    build_graph([way((0, 0), (0, 300)), way((0, 300), (9, 300))], [_STREET] * 2).save(file)
    data = bytearray(file.read_bytes())
    for at, value in changes:
        data[at % len(data)] = value
    file.write_bytes(data)
    try:
        graph = WalkGraph.load(file)
    except LacError:
        return
    graph.reach(Point(_LAT, _LON), 1200)
