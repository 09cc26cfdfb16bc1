# SPDX-License-Identifier: AGPL-3.0-or-later
"""A perfect week: typed as people say it, and side by side where things overlap."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.week import DAY_IDS, blocks, clock_of, in_order, read_clock, read_typed


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        (
            "Tuesday 2pm to 4pm, Spoke Shed, with Mo",
            {"day": "tue", "start": "14:00", "end": "16:00", "what": "Spoke Shed", "with": "Mo"},
        ),
        (
            "Knit and Natter on Wed 1.30-3pm, at library",
            {
                "day": "wed",
                "start": "13:30",
                "end": "15:00",
                "what": "Knit and Natter",
                "place": {"asset": "", "name": "library"},
            },
        ),
        ("2 to 4pm Friday, tea", {"day": "fri", "start": "14:00", "end": "16:00", "what": "tea"}),
        (
            "11 to 1pm Monday, bowls",
            {"day": "mon", "start": "11:00", "end": "13:00", "what": "bowls"},
        ),
        ("7 samurai film, Sundays", {"day": "sun", "what": "7 samurai film"}),
        ("a walk", {"what": "a walk"}),
    ],
)
def test_a_typed_line_is_understood(typed: str, row: dict[str, Any]) -> None:
    assert read_typed(typed) == row


@given(st.text(max_size=60))
def test_any_line_says_what_or_nothing(typed: str) -> None:
    row = read_typed(typed)
    assert row is None or row["what"]


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("2pm", "14:00"), ("14.30", "14:30"), ("9", "09:00"), ("midday", "12:00"), ("12am", "00:00"),
     ("13pm", ""), ("25", ""), ("soon", "")],
)  # fmt: skip
def test_clocks(typed: str, clock: str) -> None:
    assert read_clock(typed) == clock


ROWS = st.lists(
    st.fixed_dictionaries(
        {"what": st.just("x"), "day": st.sampled_from([*DAY_IDS, ""])},
        optional={
            "start": st.integers(0, 1439).map(clock_of),
            "end": st.integers(0, 1439).map(clock_of),
        },
    ),
    max_size=20,
)


@given(ROWS)
def test_what_overlaps_stands_side_by_side(rows: list[dict[str, Any]]) -> None:
    found = blocks(rows)
    timed = [n for n, r in enumerate(rows) if r["day"] and "start" in r]
    assert sorted(block.row for block in found) == timed
    for a, b in combinations(found, 2):
        if a.day == b.day and a.start < b.end and b.start < a.end:
            assert a.lane != b.lane
            assert a.lanes == b.lanes
    assert all(0 <= b.lane < b.lanes and b.start < b.end for b in found)


def test_rows_are_in_the_order_of_the_week() -> None:
    rows = [
        {"what": "late", "day": "tue", "start": "20:00"},
        {"what": "some time"},
        {"what": "all day", "day": "tue"},
        {"what": "first", "day": "mon", "start": "09:00"},
    ]
    order = [row["what"] for row in sorted(rows, key=in_order)]
    assert order == ["first", "all day", "late", "some time"]
