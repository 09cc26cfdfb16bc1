# SPDX-License-Identifier: AGPL-3.0-or-later
"""My patch: kept with the notebook, and a filter of its own."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.query import Query
from lac_desktop.domain.shapes import polygon_of
from lac_desktop.services import assets, find, notebook, patch
from lac_desktop.services.patch import Patch
from lac_desktop.storage.vault import FAST_FOR_TESTS

SQUARE = [Point(52.6, -0.8), Point(52.6, -0.7), Point(52.7, -0.7), Point(52.7, -0.8)]


def test_inside_heeds_holes_corners_missing_positions_and_parts() -> None:
    hole = [[-0.76, 52.64], [-0.74, 52.64], [-0.74, 52.66], [-0.76, 52.66], [-0.76, 52.64]]
    shape = json.loads(polygon_of(SQUARE))
    shape["coordinates"].append(hole)
    lats = np.array([52.61, 52.65, 52.75, np.nan])
    lons = np.array([-0.75, -0.75, -0.75, -0.75])
    assert patch.inside(json.dumps(shape), lats, lons).tolist() == [True, False, False, False]
    assert patch.count_inside(polygon_of(SQUARE), lats, lons) == 2


@given(st.lists(st.tuples(st.floats(50, 55), st.floats(-3, 1)), min_size=3, max_size=9))
def test_inside_agrees_with_shapely(corners: list[tuple[float, float]]) -> None:
    import shapely

    shape = polygon_of([Point(lat, lon) for lat, lon in corners])
    if not shape:
        return
    area = shapely.from_geojson(shape)
    if not area.is_valid or area.area < 1e-6:
        return
    lats, lons = (a.ravel() for a in np.meshgrid(np.linspace(50, 55, 23), np.linspace(-3, 1, 23)))
    dots = shapely.points(lons, lats)
    clear = shapely.distance(area.boundary, dots) > 1e-6
    assert (patch.inside(shape, lats, lons) == shapely.contains(area, dots))[clear].all()


@pytest.fixture
def opened(tmp_path: Path) -> "notebook.Notebook":
    folder = tmp_path / "n.lac"
    notebook.create(folder, "acorn bridge candle drum", strength=FAST_FOR_TESTS)
    made = notebook.unlock(folder, "acorn bridge candle drum")
    places = [
        assets.blank(name="Inside Library", kind="library", point=Point(52.65, -0.75)),
        assets.blank(name="In the box only", kind="library", point=Point(52.69, -0.79)),
        assets.blank(name="Outside Cafe", kind="cafe", point=Point(52.8, -0.75)),
        assets.blank(name="Nowhere Choir", kind="choir"),
    ]
    known = list(made.kinds.kinds)
    fit = [p if p.kind in known else replace(p, kind=known[0]) for p in places]
    assets.save_many(made, fit, "Make", "import")
    return made


def test_the_filter_keeps_to_the_outline_and_survives_locking(
    opened: "notebook.Notebook",
) -> None:
    triangle = polygon_of([Point(52.6, -0.8), Point(52.6, -0.7), Point(52.7, -0.7)])
    assert len(find.find(opened, Query(patch=True))) == 4  # no patch yet: nothing is left out
    patch.keep(opened, Patch(" Our streets ", triangle))
    assert patch.of(opened) == Patch("Our streets", triangle)
    found = find.find(opened, Query(patch=True))
    assert [row.name for row in find.rows(opened, found)] == ["Inside Library"]
    assert find.facets(opened, Query(patch=True)).total == 1
    assert find.facets(opened, Query(patch=True, near=SQUARE[0], within_metres=50)).total == 0
    assert len(find.find(opened, Query(patch=True, text="library"))) == 1
    assert len(find.find(opened, Query(patch=True, box=Box(-0.8, 52.66, -0.7, 52.7)))) == 0
    assert notebook.centre(opened) == Point(52.650000000000006, -0.75)
    folder = opened.folder
    notebook.lock(opened)
    again = notebook.unlock(folder, "acorn bridge candle drum")
    assert len(find.find(again, Query(patch=True))) == 1
    notebook.lock(again)


def test_the_saved_filter_remembers_the_patch(opened: "notebook.Notebook") -> None:
    from lac_desktop.services import filters

    filters.keep(opened, "Mine", Query(patch=True))
    assert filters.saved(opened)["Mine"].patch
    notebook.lock(opened)
