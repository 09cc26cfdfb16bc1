# SPDX-License-Identifier: AGPL-3.0-or-later
"""The relationship circle: typed lines, counts, moves, and a place for every dot."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.circle import (
    RINGS,
    SECTORS,
    Tie,
    counts,
    from_rows,
    initials,
    moved,
    place_of,
    put,
    read_typed,
    spots,
    to_row,
)

TIES = st.builds(
    Tie,
    name=st.text(min_size=1, max_size=12),
    ring=st.sampled_from(RINGS),
    sector=st.sampled_from(SECTORS),
    tie=st.text(max_size=8),
    often=st.text(max_size=8),
    paid=st.booleans(),
    wants=st.sampled_from(["", "more", "less", "same"]),
)


@pytest.mark.parametrize(
    ("typed", "tie"),
    [
        ("Mo, friend, sees weekly", Tie("Mo", "friends", "friends", "friend", "sees weekly")),
        (
            "Gail, daughter, closest, rings every Sunday, more",
            Tie("Gail", "closest", "family", "daughter", "rings every Sunday", wants="more"),
        ),
        ("Ruth, coordinator", Tie("Ruth", "paid", "paid", "coordinator", paid=True)),
        ("Sid -, neighbour", Tie("Sid", "know", "community", "neighbour", wants="less")),
        ("Bronwen", Tie("Bronwen")),
        ("Olu, keeps my spare key", Tie("Olu", tie="keeps my spare key")),
    ],
)
def test_a_typed_line_is_understood(typed: str, tie: Tie) -> None:
    assert read_typed(typed) == tie


@pytest.mark.parametrize("typed", ["", "  ", ",friend", "+"])
def test_nobody_is_no_tie(typed: str) -> None:
    assert read_typed(typed) is None


@given(st.text(max_size=60))
def test_any_line_is_a_tie_or_none(typed: str) -> None:
    tie = read_typed(typed)
    assert tie is None or (tie.name and tie.ring in RINGS and tie.sector in SECTORS)


@given(st.lists(TIES, max_size=20))
def test_rows_and_ties_are_the_same(ties: list[Tie]) -> None:
    assert from_rows([to_row(tie) for tie in ties]) == ties
    assert sum(counts(ties)) == len(ties)


@given(st.lists(TIES, max_size=90))
def test_no_dots_touch_and_each_lies_in_its_part(ties: list[Tie]) -> None:
    found = spots(ties)
    for index, (point, tie) in enumerate(zip(found.points, ties, strict=True)):
        assert place_of(*point) == (tie.ring, tie.sector)
        for other in found.points[:index]:
            assert math.dist(point, other) >= 2 * found.dot


def test_thirty_people_are_large_enough_to_see() -> None:
    ties = [Tie(str(n), RINGS[n % 4], SECTORS[n // 4 % 4]) for n in range(30)]
    assert spots(ties).dot > 0.02


@given(TIES, st.integers(-5, 5), st.integers(-9, 9))
def test_whoever_is_moved_stays_on_the_drawing(tie: Tie, rings: int, quarters: int) -> None:
    there = moved(tie, rings=rings, quarters=quarters)
    assert (there.ring in RINGS, there.sector in SECTORS) == (True, True)
    assert (there.name, there.tie, there.often, there.wants) == (
        tie.name, tie.tie, tie.often, tie.wants,
    )  # fmt: skip


def test_who_comes_among_the_paid_is_paid_and_back() -> None:
    mo = Tie("Mo", "know", "community")
    nurse = put(mo, "paid", "paid")
    assert nurse.paid
    assert not put(nurse, "friends", "friends").paid
    assert put(Tie("Ruth", "paid", "paid", paid=True), "friends", "paid").paid


def test_initials_are_of_three_words_at_most() -> None:
    assert [initials(n) for n in ("Mo", "Gail Ann", "the lads from the shed", "", "łukasz")] == [
        "M", "GA", "TLF", "", "Ł",
    ]  # fmt: skip
