# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which assets may be one, and why."""

import random
import time

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.services.duplicates import alike, compare

HERE = Point(52.67, -0.73)


def near(metres: float) -> Point:
    """A point so many metres north of HERE."""
    return Point(HERE.lat + metres / 111_195, HERE.lon)


def asset(name: str, kind: str = "library", **more: object) -> Asset:
    return Asset(id=name, name=name, kind=kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (asset("Knit & Natter", point=HERE), asset("Knit and Natter", point=near(40))),
        (asset("St Mary's Church", point=HERE), asset("Saint Marys Church", point=near(90))),
        (asset("Oakham", point=HERE), asset("Oakham Library", point=near(120))),
        (asset("Weir Allotmnts", point=HERE), asset("Weir Allotments", point=near(10))),
        (asset("Oak Hall", postcode="LE15 6HW"), asset("The Oak Hall", postcode="LE156HW")),
        (
            asset("Oakham Med Practice", phone="01572 722621"),
            asset("Oakham Medical Practice", phone="+44 1572 722621"),
        ),
        (asset("Neuadd Derw"), asset("Neuadd Derŵ")),
    ],
)
def test_pairs_that_are_likely_one(a: Asset, b: Asset) -> None:
    score, reasons = compare(a, b)
    assert score > 0.4
    assert reasons
    assert len(alike([a, b])) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (asset("Lagoon 1", point=HERE), asset("Lagoon 2", point=near(30))),
        (asset("1st Oakham Scouts", point=HERE), asset("2nd Oakham Scouts", point=near(5))),
        (asset("Oakham", point=HERE), asset("Oakham Castle", "museum", point=near(100))),
        (asset("Co-op", "shop", point=HERE), asset("Co-op", "shop", point=near(3000))),
        (asset("Library", point=HERE), asset("Cafe", point=HERE)),
        (asset("Ketton", phone="01572 722577"), asset("Uppingham", phone="01572 722577")),
    ],
)
def test_pairs_that_are_not(a: Asset, b: Asset) -> None:
    assert compare(a, b) == (0.0, ())
    assert alike([a, b]) == []


def test_reasons_are_words() -> None:
    one = asset("Oak Hall", point=HERE, phone="01572 756991", postcode="LE15 6HW")
    two = asset("Oak Hall", point=near(52), phone="01572756991", postcode="LE15 6HW")
    _, reasons = compare(one, two)
    assert reasons == ("the same name", "50 m apart", "the same phone number", "the same postcode")


def test_one_list_seldom_names_a_thing_twice() -> None:
    one = asset("Boots", "pharmacy", point=HERE, source="shops.csv#2")
    two = asset("Boots", "pharmacy", point=near(150), source="shops.csv#3")
    assert alike([one, two]) == []
    assert len(alike([one, asset("Boots", "pharmacy", point=near(150), source="osm:node/1")])) == 1


def test_two_lists_that_each_name_one_library_nearby_mean_the_same() -> None:
    one = asset("Oakham", point=HERE, source="libraries.csv#3")
    two = asset("Rutland County Library", point=near(90), source="osm:way/1")
    assert alike([one, two])[0].reasons == ("the same kind of place", "90 m apart")


def test_only_new_ones_are_compared() -> None:
    known = [asset("Oak Hall", point=HERE), asset("Oak Hall", point=near(10))]
    new = [*known, asset("Oak Hall", point=near(20))]
    assert {(pair.a, pair.b) for pair in alike(new, new_from=2)} == {(0, 2), (1, 2)}
    assert alike(known, new_from=2) == []
    assert alike([]) == []


def test_pairs_across_cells_of_the_grid_are_found() -> None:
    chance = random.Random(7)
    for _ in range(200):
        start = Point(chance.uniform(50, 59), chance.uniform(-6, 1.5))
        away = chance.uniform(-1, 1) * 130 / 111_195
        other = Point(start.lat + away, start.lon + chance.uniform(-1, 1) * 60 / 111_195)
        pair = [asset("Oak Hall", point=start), asset("Oak Hall", point=other)]
        assert len(alike(pair)) == 1


def test_twenty_thousand_are_compared_in_seconds() -> None:
    chance = random.Random(3)
    words = ("Oak", "Elm", "Mill", "Abbey", "Weir", "St Mary", "Red", "Blue")
    kinds = ("Hall", "Cafe", "School", "Church", "Park", "Surgery")
    many = [
        asset(
            f"{chance.choice(words)} {chance.choice(kinds)} {chance.randrange(900)}",
            chance.choice(("cafe", "school", "park", "library")),
            point=Point(53.4 + chance.random() * 0.25, -2.4 + chance.random() * 0.4),
            phone=f"0161 {chance.randrange(10**7):07}",
        )
        for _ in range(20_000)
    ]
    start = time.perf_counter()
    alike(many)
    assert time.perf_counter() - start < 15  # about one second on an idle laptop
