# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding assets: each filter, their combination against a plain model, typing, and order."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from time import thread_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.asset import Asset, Known
from lac_desktop.domain.geometry import Box, Point, distance_m
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.sessions import Session
from lac_desktop.storage import assets, duplicates, horizon, refresh, search, vault
from lac_desktop.storage.derived import due_day, words_of
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)  # a Saturday
IMPORT = Step("Ann", "Import", NOW, "import")
OAKHAM = Point(52.6705, -0.7285)
ALWAYS = Query()


def asset(name: str, kind: str = "library", **values: Any) -> Asset:
    given_values: dict[str, Any] = {"id": new_id(), "name": name, "kind": kind} | values
    return Asset(**given_values)


def save(opened: vault.Vault, *some: Asset) -> None:
    with opened.write() as db:
        assets.save(db, some, step=IMPORT, indexer=PlainIndexer())


def found(opened: vault.Vault, query: Query, **more: Any) -> list[str]:
    with opened.read() as db:
        hits = search.search(db, query, now=NOW, **more)
        return [row.name for row in search.rows(db, hits.rid)]


def typed(opened: vault.Vault, text: str) -> list[str]:
    with opened.read() as db:
        return [completion.name for completion in search.complete(db, text)]


@pytest.fixture
def town(opened: vault.Vault) -> vault.Vault:
    """A handful of assets around Oakham."""
    save(
        opened,
        asset(
            "Oakham Library",
            hours="Mo-Fr 10:00-17:00",
            point=OAKHAM,
            address="Catmose Street",
            postcode="LE15 6HW",
            access={"step-free": "yes", "toilets": "yes"},
            cost="free",
            known=Known.KNOW_WELL,
            checked_on=date(2026, 11, 1),
        ),
        asset(
            "Knit and Natter",
            "knitting",
            sessions=(Session("Knitting", weekday=5, start="11:00", end="13:00"),),
            point=Point(52.672, -0.73),
            gives="Company, tea and a warm room",
            access={"step-free": "limited"},
            greeter="Bo",
            known=Known.HEARD_OF,
            checked_on=date(2026, 3, 1),
        ),
        asset("Cutts Close", "park", hours="24/7", point=Point(52.6735, -0.7275), cost="free"),
        asset("Caffi Cwtch", "cafe", name_cy="Caffi Cŵtch", postcode="LL57 1AB"),
        asset(
            "Refuge",
            "house",
            hours="Mo-Su 00:00-24:00 unknown".replace("24:00", "23:00"),
            point=OAKHAM,
            confidential=True,
            vanished_on=date(2026, 11, 20),
        ),
    )
    return opened


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (Query(kinds=frozenset({"park", "knitting"})), {"Cutts Close", "Knit and Natter"}),
        (Query(categories=frozenset({"P"})), {"Cutts Close"}),
        (Query(free=True), {"Cutts Close", "Oakham Library"}),
        (Query(access=frozenset({"step-free"})), {"Oakham Library"}),
        (Query(access=frozenset({"step-free", "parking"})), set()),
        (Query(has_greeter=True), {"Knit and Natter"}),
        (Query(stale=True), {"Knit and Natter", "Cutts Close", "Caffi Cwtch", "Refuge"}),
        (Query(known_at_least=Known.HEARD_OF), {"Knit and Natter", "Oakham Library"}),
        (Query(known_at_least=Known.KNOW_SOMEONE), {"Oakham Library"}),
        (Query(nobody_known=True), {"Knit and Natter", "Cutts Close", "Caffi Cwtch", "Refuge"}),
        (Query(vanished=True), {"Refuge"}),
        (Query(open_now=True), {"Cutts Close", "Knit and Natter"}),
        (Query(open_at=datetime(2026, 11, 23, 16, 59)), {"Cutts Close", "Oakham Library"}),
        (Query(open_at=datetime(2026, 11, 23, 17, 0)), {"Cutts Close"}),
        (Query(box=Box(-0.729, 52.669, -0.728, 52.672)), {"Oakham Library", "Refuge"}),
        (Query(near=OAKHAM, within_metres=200), {"Oakham Library", "Refuge", "Knit and Natter"}),
        (Query(near=OAKHAM, within_minutes=1), {"Oakham Library", "Refuge"}),
        (Query(text="librari"), {"Oakham Library"}),
        (Query(text="catmose street"), {"Oakham Library"}),
        (Query(text="the BOOKS"), {"Oakham Library"}),
        (Query(text="warm room"), {"Knit and Natter"}),
        (Query(text="rooms"), {"Knit and Natter"}),
        (Query(text="cŵtch"), {"Caffi Cwtch"}),
        (Query(text="le15 6hw"), {"Oakham Library"}),
        (Query(text="libary"), {"Oakham Library"}),
        (Query(text="kniting"), {"Knit and Natter"}),
        (Query(text="xyzzyq"), set()),
        (Query(text="library", near=OAKHAM, within_metres=500), {"Oakham Library"}),
        (Query(text="library", near=Point(51, 0), within_metres=500), set()),
    ],
)
def test_each_filter(town: vault.Vault, query: Query, names: set[str]) -> None:
    assert set(found(town, query)) == names
    with town.read() as db:
        counted = search.facets(db, query, now=NOW)
    assert counted.total == len(names)
    assert sum(counted.kinds.values()) == len(names)


def test_an_empty_query_finds_everything_the_confidential_too(town: vault.Vault) -> None:
    assert len(found(town, ALWAYS)) == 5
    with town.read() as db:
        assert search.facets(db, ALWAYS, now=NOW).categories == {"I": 1, "A": 1, "P": 1, "S": 2}


def test_orders_and_limit(town: vault.Vault) -> None:
    by_name = ["Caffi Cwtch", "Cutts Close", "Knit and Natter", "Oakham Library", "Refuge"]
    assert found(town, Query(order=Order.NAME)) == by_name
    assert found(town, Query(order=Order.NAME, limit=2)) == by_name[:2]
    nearest = ["Oakham Library", "Refuge", "Knit and Natter", "Cutts Close", "Caffi Cwtch"]
    assert found(town, Query(near=OAKHAM, order=Order.NEAREST)) == nearest
    assert found(town, Query(near=OAKHAM)) == nearest
    assert found(town, Query(order=Order.CHECKED))[-2:] == ["Knit and Natter", "Oakham Library"]


def test_a_name_that_fits_comes_before_a_mention(opened: vault.Vault) -> None:
    far = Point(OAKHAM.lat + 0.003, OAKHAM.lon)
    save(
        opened,
        asset("Town Hall", "hall", description="Next to the museum.", point=OAKHAM),
        asset("Museum", "house", point=far),
    )
    assert found(opened, Query(text="museum")) == ["Museum", "Town Hall"]
    near = Query(text="museum", near=OAKHAM, within_metres=900)
    assert found(opened, near) == ["Museum", "Town Hall"]
    assert found(opened, replace(near, order=Order.NEAREST)) == ["Town Hall", "Museum"]


def test_metres_are_those_of_the_crow(town: vault.Vault) -> None:
    with town.read() as db:
        hits = search.search(db, Query(near=OAKHAM), now=NOW)
        rows = search.rows(db, hits.rid)
    for metres, row in zip(hits.metres, rows, strict=True):
        if row.point is not None:
            assert metres == pytest.approx(distance_m(OAKHAM, row.point))
        else:
            assert metres != metres  # NaN


@pytest.mark.parametrize(
    "text", ["oak", "o", "library oak", "le15", "catm", "liba", "okaham", "LIB"]
)
def test_typing_offers_what_begins_so_or_was_meant(town: vault.Vault, text: str) -> None:
    assert "Oakham Library" in typed(town, text)


def test_typing_ranks_names_that_begin_so_first(opened: vault.Vault) -> None:
    save(opened, asset("Friends of Oakham Park"), asset("Park Café"), asset("Hall", address="Park"))
    assert typed(opened, "park") == ["Park Café", "Friends of Oakham Park", "Hall"]
    assert typed(opened, "park caf") == ["Park Café"]


@given(st.text(max_size=30))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_can_break_the_search(town: vault.Vault, text: str) -> None:
    with town.read() as db:
        search.complete(db, text)
        search.search(db, Query(text=text), now=NOW)
        search.search(db, Query(text=text, near=OAKHAM, within_metres=800), now=NOW)


@pytest.mark.parametrize(
    "text", ['"', "a OR b", "name:x", "NEAR(a b)", "*", "-x", "^a", "{name}:x", "'"]
)
def test_operators_are_just_signs(town: vault.Vault, text: str) -> None:
    found(town, Query(text=text))
    typed(town, text)


def test_typing_errors_are_mostly_forgiven(opened: vault.Vault) -> None:
    """One slip in a word of a vocabulary of two thousand: the asset is among the first eight."""
    chance = random.Random(4)
    parts = [first + then for first in "bcdfgklmnprst" for then in "aeiou"]
    words = sorted({"".join(chance.choices(parts, k=4)) for _ in range(2000)})
    save(opened, *(asset(word) for word in words))
    tried = chance.sample(words, 200)
    right = sum(word in typed(opened, _slip(word, chance)) for word in tried)
    assert right / len(tried) >= 0.9


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return chance.choice(
        [word[:place] + word[place + 1 :], swapped, word[:place] + "x" + word[place:]]
    )


def test_open_outside_the_stored_weeks_asks_each_value_once(town: vault.Vault) -> None:
    save(town, asset("Ketton Library", hours="Mo-Fr 10:00-17:00"))
    query = Query(open_at=datetime(2027, 8, 2, 11, 0))  # a Monday
    with pytest.raises(ValueError, match="indexer"):
        found(town, query)
    indexer = PlainIndexer()
    names = set(found(town, query, indexer=indexer))
    assert names == {"Oakham Library", "Ketton Library", "Cutts Close"}
    assert sorted(indexer.asked) == sorted(set(indexer.asked))
    saturday = Query(open_at=datetime(2027, 8, 7, 11, 30))
    assert "Knit and Natter" in found(town, saturday, indexer=PlainIndexer())


def test_the_weeks_move_on_when_few_are_left(town: vault.Vault) -> None:
    later = NOW + timedelta(days=30)
    indexer = PlainIndexer()
    with town.read() as db:
        assert not refresh.is_due(db, indexer, NOW)
        assert refresh.is_due(db, indexer, later)
        assert refresh.is_due(db, indexer, NOW - timedelta(days=10))
    with town.write() as db:
        refresh.refresh(db, indexer, later)
        assert not refresh.is_due(db, indexer, later)
        start, end = horizon.current(db)
        assert start <= horizon.minutes(later) < end
    names = found(town, Query(open_at=later.replace(hour=11)))  # a Monday
    assert set(names) == {"Oakham Library", "Cutts Close"}


def test_another_indexer_derives_everything_anew(town: vault.Vault) -> None:
    class Welsh(PlainIndexer):
        def words(self, kind: str) -> str:
            return "llyfrgell" if kind == "library" else ""

    fresh = Welsh(version="2", fresh=1)
    with town.write() as db:
        assert refresh.is_due(db, fresh, NOW)
        refresh.refresh(db, fresh, NOW)
        assert not refresh.is_due(db, fresh, NOW)
    assert found(town, Query(text="llyfrgell")) == ["Oakham Library"]
    assert found(town, Query(text="books")) == []
    assert "Oakham Library" not in found(town, Query(stale=True))
    assert vault.verify(town) == []


def test_duplicates_are_found_while_both_are_there(town: vault.Vault) -> None:
    with town.read() as db:
        ids = {row.name: row.id for row in search.rows(db, range(1, 6))}
    a, b = ids["Oakham Library"], ids["Cutts Close"]
    with town.write() as db:
        duplicates.mark(db, [duplicates.Pair(b, a, 0.9, ("same place",))])
    assert set(found(town, Query(has_duplicate=True))) == {"Oakham Library", "Cutts Close"}
    with town.read() as db:
        assert [row.marked_duplicate for row in search.rows(db, [1, 2, 3])] == [True, False, True]
    with town.write() as db:
        assets.remove(db, [b], step=IMPORT)
    assert found(town, Query(has_duplicate=True)) == []


def test_rows_keep_their_order_and_say_what_the_list_needs(town: vault.Vault) -> None:
    with town.read() as db:
        rows = search.rows(db, [5, 99, 1])
    assert [row.name for row in rows] == ["Refuge", "Oakham Library"]
    assert rows[0].confidential
    assert rows[0].vanished_on == date(2026, 11, 20)
    assert rows[1].point == OAKHAM
    assert rows[1].due == date(2027, 5, 1).toordinal()


def test_months_end_where_the_calendar_does() -> None:
    assert due_day(None, 6) == 0
    assert due_day(date(2026, 8, 31), 6) == date(2027, 2, 28).toordinal()
    assert due_day(date(9999, 12, 1), 6) == date.max.toordinal()


def test_words_are_cut_as_the_full_text_tables_do(opened: vault.Vault) -> None:
    text = "Caffi'r Ŵyn-Gwyn 3rd ÉCOLE o’clock naïve_x straße"
    save(opened, asset(text))
    with opened.read() as db:
        db.execute("SELECT 1")
        stored = {row[0] for row in db.execute("SELECT term FROM word")}
    for word in words_of(text):
        assert word in stored
        assert typed(opened, word) == [text]


def test_many_rows_take_the_other_roads(opened: vault.Vault) -> None:
    """Above three thousand candidates words are looked up first, and names ranked by index."""
    chance = random.Random(2)
    some = [
        asset(
            f"{chance.choice(['Red', 'Blue'])} {chance.choice(['lion', 'Boar'])} {number:04d}",
            point=Point(52.67 + chance.uniform(-0.001, 0.001), -0.73),
        )
        for number in range(3500)
    ]
    save(opened, *some)
    near = Query(text="lions", near=OAKHAM, within_metres=2000)
    assert sorted(found(opened, near)) == sorted(a.name for a in some if "lion" in a.name)
    by_name = found(opened, Query(order=Order.NAME))
    assert by_name == sorted((a.name for a in some), key=str.lower)


@pytest.fixture
def crowd(opened: vault.Vault) -> vault.Vault:
    """2,900 places within a mile, of which 290 are chapels, and a hamlet of two far from all."""
    chance = random.Random(3)
    some = [
        asset(
            f"{'Chapel' if number % 10 == 0 else 'Corner'} {number:04d}",
            point=Point(52.67 + chance.uniform(-0.01, 0.01), -0.73 + chance.uniform(-0.02, 0.02)),
        )
        for number in range(2900)
    ]
    hamlet = [asset(f"{name} of Lyndon", point=Point(52.63, -0.66)) for name in ("Chapel", "Inn")]
    save(opened, *some, *hamlet)
    return opened


def test_a_word_near_a_place_is_found_among_many_and_among_few(crowd: vault.Vault) -> None:
    town = found(crowd, Query(text="chapel", near=OAKHAM, within_metres=2500))
    assert sorted(town) == [f"Chapel {number:04d}" for number in range(0, 2900, 10)]
    hamlet = Query(text="chapel", near=Point(52.63, -0.66), within_metres=400)
    assert found(crowd, hamlet) == ["Chapel of Lyndon"]
    assert found(crowd, replace(hamlet, text="corner")) == []


@pytest.mark.parametrize("order", [Order.BEST, Order.NEAREST])
def test_any_of_many_phrases_is_found_among_many_and_among_few(
    crowd: vault.Vault, order: Order
) -> None:
    phrases = (*(f"corner {number:04d}" for number in range(1, 900, 3)), "inn lyndon", "no such")
    wanted = [f"Corner {number:04d}" for number in range(1, 900, 3) if number % 10]
    near = Query(any_of=phrases, near=OAKHAM, within_metres=2500, order=order)
    assert sorted(found(crowd, near)) == wanted
    hamlet = replace(near, near=Point(52.63, -0.66), within_metres=400)
    assert found(crowd, hamlet) == ["Inn of Lyndon"]
    assert len(found(crowd, replace(hamlet, near=None, within_metres=None))) == len(wanted) + 1


def test_a_word_near_a_place_costs_little_more_than_the_place(crowd: vault.Vault) -> None:
    """Each candidate was once asked about alone, which took fifteen times as long as the rest."""
    near = Query(near=OAKHAM, within_metres=2500)
    with crowd.read() as db:
        alone = _quickest(lambda: search.search(db, near, now=NOW))
        worded = _quickest(lambda: search.search(db, replace(near, text="chapel"), now=NOW))
    assert worded < 3 * alone, (worded, alone)


def _quickest(act: Callable[[], object]) -> float:
    """Seconds of processor time, of five tries."""
    taken: list[float] = []
    for _ in range(5):
        begun = thread_time()
        act()
        taken.append(thread_time() - begun)
    return min(taken)
