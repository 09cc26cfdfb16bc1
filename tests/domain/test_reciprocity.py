# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving and receiving: counted from both sides, and nudged only where there is reason to."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.reciprocity import (
    ONE_PARTNER,
    PARTNER_LEAST,
    Word,
    nudges,
    partners,
    periods,
    sides,
)
from lac_desktop.domain.strengths import Exchange

TODAY = date(2026, 3, 10)
PEOPLE = ("jean", "nadia", "mo")


def exchange(days: int, given_: bool, other: str = "nadia", person: str = "jean") -> Exchange:
    key = f"{days:04}-{given_}-{other}-{person}"
    return Exchange(key, person, given_, other, "soup", TODAY - timedelta(days=days))


def about(*found: Exchange) -> list[Word]:
    return [nudge.about for nudge in nudges(sides(found, "jean"), TODAY)]


exchanges = st.lists(
    st.builds(
        exchange, st.integers(0, 800), st.booleans(), st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
    ).filter(lambda e: e.person != e.other),
    max_size=30,
)  # fmt: skip


@given(exchanges)
def test_what_one_gave_the_other_received(found: list[Exchange]) -> None:
    for one, other in (("jean", "nadia"), ("jean", "mo"), ("nadia", "mo")):
        mine = [s.gave for s in sides(found, one) if s.other == other]
        theirs = [s.gave for s in sides(found, other) if s.other == one]
        assert sum(mine) == len(theirs) - sum(theirs)
        assert len(mine) == len(theirs)


@given(exchanges)
def test_every_count_adds_up_and_quarters_follow_each_other(found: list[Exchange]) -> None:
    mine = sides(found, "jean")
    assert sum(p.times for p in partners(mine)) == len(mine)
    made = periods(mine, TODAY)
    assert [(p.start.month, p.end.month) for p in made] == [(4, 6), (7, 9), (10, 12), (1, 3)]
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(made))
    within = [s for s in mine if made[0].start <= s.exchange.on <= made[-1].end]
    assert sum(p.gave + p.received for p in made) == len(within)


@given(exchanges)
def test_nudges_have_their_reason(found: list[Exchange]) -> None:
    mine = sides(found, "jean")
    lately = {s.gave for s in mine if s.exchange.on > TODAY - timedelta(days=90)}
    for nudge in nudges(mine, TODAY):
        if nudge.about is Word.ONE_PARTNER:
            assert nudge.among >= PARTNER_LEAST
            assert nudge.times / nudge.among > ONE_PARTNER
        else:
            assert lately == {nudge.about is Word.ONLY_GIVES}


def test_one_way_for_ninety_days_is_worth_a_word() -> None:
    assert about(exchange(100, True), exchange(30, False)) == [Word.ONLY_RECEIVES]
    assert about(exchange(100, False), exchange(30, True)) == [Word.ONLY_GIVES]


def test_a_young_story_and_a_quiet_time_are_left_alone() -> None:
    assert about() == []
    assert about(exchange(89, False), exchange(1, False)) == []
    assert about(exchange(200, False), exchange(90, False)) == []
    assert about(exchange(100, False), exchange(30, False), exchange(20, True)) == []


def test_days_still_to_come_do_not_count() -> None:
    assert about(exchange(-30, True), exchange(-20, False)) == []


def test_one_partner_needs_five_exchanges_in_a_year_and_more_than_seven_in_ten() -> None:
    both = [exchange(n, n % 2 == 0) for n in (10, 20, 30, 41)]
    assert about(*both) == []
    assert about(*both, exchange(51, True)) == [Word.ONE_PARTNER]
    three = [exchange(n, True, "mo") for n in (15, 25, 35)]
    seven = [exchange(n, n % 2 == 0) for n in (10, 20, 31, 40, 51, 60, 71)]
    assert about(*seven, *three) == []  # exactly seven in ten
    assert about(*[exchange(n + 365, n % 2 == 0) for n in range(9)]) == []


def test_a_name_typed_twice_is_one_partner() -> None:
    found = partners(sides([exchange(1, True, "Mo "), exchange(2, False, "mo")], "jean"))
    assert [(p.other, p.gave, p.received) for p in found] == [("Mo", 1, 1)]
