# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding on foot along real streets, and what each answer says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.geo.build import build
from lac_desktop.services import answers, assets, find, notebook, places
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON, SECRET

STATION_SIDE = Point(52.6722, -0.7338)


@pytest.fixture(scope="module")
def pack_folder(rutland: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rutland's streets and postcodes as an area pack."""
    out = tmp_path_factory.mktemp("packs") / "rutland"
    build(
        out,
        osm=[rutland / "osm" / "rutland-2018-02-27.osm.pbf"],
        postcodes=[rutland / "postcodes" / "codepoint-open-le.csv"],
        name="Rutland",
    )
    return out


@pytest.fixture
def oakham(vault_folder: Path, pack_folder: Path) -> Iterator[Notebook]:
    """A notebook with places strewn over Oakham, and Rutland's pack."""
    opened = notebook.unlock(vault_folder, SECRET, pack=pack_folder, clock=lambda: NOON)
    chance = np.random.default_rng(4)
    made = [
        assets.blank(
            name=f"Place {n:03}",
            kind="library",
            point=Point(52.6705 + chance.normal(0, 0.006), -0.7300 + chance.normal(0, 0.009)),
        )
        for n in range(300)
    ]
    assets.save_many(opened, made, "Make", "import")
    yield opened
    notebook.lock(opened)


def test_walking_is_never_shorter_than_the_crow_and_cuts_what_streets_do_not_reach(
    oakham: Notebook,
) -> None:
    near = places.place(oakham, "LE15 6RE")
    assert near is not None
    circle = find.find(oakham, Query(near=near.point))
    walked = find.find(oakham, Query(near=near.point, within_metres=800))
    within = {int(rid) for rid in walked.rids}
    crow = dict(zip(circle.rids.tolist(), circle.metres.tolist(), strict=True))
    assert 0 < len(walked) < len(circle)
    assert (np.diff(walked.metres) >= 0).all()
    assert walked.metres.max() <= 800
    assert all(crow[rid] <= 800 + 1e-6 for rid in within)


def test_the_numbers_of_the_menus_are_those_of_the_list(oakham: Notebook) -> None:
    near = places.place(oakham, "LE15 6RE")
    assert near is not None
    for pace in ("usual", "slow"):
        notebook.save_settings(oakham, replace(oakham.settings, pace=pace))
        query = Query(near=near.point, within_minutes=10)
        counted = find.facets(oakham, query)
        assert counted.total == len(find.find(oakham, query)) > 10
        assert counted.kinds == {"library": counted.total}


def test_minutes_follow_the_pace(oakham: Notebook) -> None:
    query = Query(near=Point(52.6705, -0.7300), within_minutes=10)
    usual = len(find.find(oakham, query))
    notebook.save_settings(oakham, replace(oakham.settings, pace="slow"))
    assert 0 < len(find.find(oakham, query)) < usual


def test_without_streets_the_answer_says_crow(oakham: Notebook) -> None:
    notebook.use_pack(oakham, None)
    found = find.find(oakham, Query(near=Point(52.6705, -0.7300), within_minutes=10))
    assert found.crow.all()
    assert find.rows(oakham, found, 0, 1)[0].crow


def test_walks_from_several_places_in_turn_are_each_their_own(oakham: Notebook) -> None:
    """What streets reach is remembered for the last few places; nothing of it is mixed up."""
    homes = [Point(52.6705 + n / 1000, -0.7300) for n in range(5)]
    asked = [Query(near=home, within_minutes=minutes) for home in homes for minutes in (5, 15)]
    first = [find.find(oakham, query).metres.tolist() for query in asked]
    assert len({tuple(metres) for metres in first}) == len(asked)
    assert [find.find(oakham, query).metres.tolist() for query in reversed(asked)] == first[::-1]
    wheels = replace(oakham.settings, pace="wheelchair")
    notebook.save_settings(oakham, wheels)
    for query in asked[:4]:
        found = find.find(oakham, query)
        assert not len(found) or found.minutes.max() <= (query.within_minutes or 0)


def test_a_pin_that_moved_is_found_where_it_is_now(oakham: Notebook) -> None:
    query = Query(near=Point(52.6705, -0.7300), within_metres=600)
    first = find.rows(oakham, find.find(oakham, query), 0, 1)[0]
    assets.move(oakham, first.id, Point(52.70, -0.80))
    again = find.rows(oakham, find.find(oakham, query))
    assert first.id not in {row.id for row in again}


def test_an_empty_query_is_by_name_and_pages_hold_the_same_rows(oakham: Notebook) -> None:
    found = find.find(oakham, Query())
    names = [row.name for row in find.rows(oakham, found)]
    assert names == sorted(names)
    assert [row.name for row in find.rows(oakham, found, 40, 60)] == names[40:60]


def test_a_session_makes_a_place_open_and_says_until_when(book: Notebook) -> None:
    group = replace(
        assets.blank(name="Knit and Natter", kind="library"),
        sessions=(Session("Knit", Repeats.WEEKLY, weekday=3, start="11:00", end="13:00"),),
    )
    assets.save(book, group)
    (row,) = find.rows(book, find.find(book, Query(open_now=True)))
    assert (row.open, row.opening) == (True, "On now, until 1pm")
    later = find.find(book, Query(open_at=datetime(2026, 3, 5, 14, 0)))
    assert len(later) == 0


def test_typing_errors_are_forgiven_while_typing(oakham: Notebook) -> None:
    library = assets.save(oakham, assets.blank(name="Catmose Gardens", kind="park"))
    hits = find.complete(oakham, "catmoze gard")
    assert hits[0].asset_id == library.id


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("52.67, -0.73", "point"),
        ("SK 860 090", "point"),
        ("le156re", "postcode"),
        ("Oakham", "place"),
    ],
)
def test_places_as_people_type_them(oakham: Notebook, text: str, kind: str) -> None:
    found = places.place(oakham, text)
    assert found is not None
    assert found.kind == kind


def test_numbers_outside_the_uk_are_no_place(oakham: Notebook) -> None:
    assert places.place(oakham, "10, 10") is None
    assert places.place(oakham, "-0.73, 52.67") is None
    assert places.place(oakham, "   ") is None


def test_walking_areas_grow_and_hold_their_start(oakham: Notebook) -> None:
    areas = places.walking_areas(oakham, Point(52.6705, -0.7300))
    assert [area.minutes for area in areas] == [5, 10, 15]
    assert not any(area.crow for area in areas)
    widths = [np.ptp(area.rings[0][:, 0]) for area in areas]
    assert widths == sorted(widths)


def test_a_confidential_row_has_no_place_outside(book: Notebook) -> None:
    asset = replace(
        assets.blank(name="Safe House", kind="library", point=Point(52.67, -0.73)),
        confidential=True,
    )
    assets.save(book, asset)
    query = Query(near=Point(52.67, -0.73), order=Order.NEAREST)
    (row,) = find.rows(book, find.find(book, query))
    told = answers.public_row(row)
    assert (told["lat"], told["lon"], told["metres"], told["minutes"]) == (None,) * 4


def test_without_a_pack_numbers_may_lie_anywhere_but_not_the_wrong_way_round(
    book: Notebook,
) -> None:
    found = places.place(book, "47.14, 9.52")  # Vaduz
    assert found is not None
    assert found.point == Point(47.14, 9.52)
    for text in ("-0.73, 52.67", "95, 10"):
        assert places.place(book, text) is None


def test_numbers_in_the_area_of_the_pack_are_a_place(book: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "postcodes.csv"
    file.write_text("pcds,lat,long\nAB1 2CD,47.14,9.52\nAB1 2CE,47.16,9.54\n", encoding="utf-8")
    build(tmp_path / "pack", postcodes=[file])
    notebook.use_pack(book, tmp_path / "pack")
    assert places.place(book, "47.15, 9.53") is not None
    assert places.place(book, "10, 10") is None
