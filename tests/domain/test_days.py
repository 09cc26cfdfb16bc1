# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days as people say them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.days import (
    ends_words,
    last_spoken_words,
    promised_words,
    spoken_day,
    spoken_moment,
)

#: A Thursday.
TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Today"), (-1, "Yesterday"), (-3, "Monday"), (-6, "Friday"), (-7, "5 March"),
        (1, "Tomorrow"), (4, "16 March"), (-400, "5 February 2025"), (300, "6 January 2027"),
    ],
)  # fmt: skip
def test_a_day_in_a_list(days: int, said: str) -> None:
    assert spoken_day(TODAY + timedelta(days=days), TODAY) == said


def test_a_moment_says_day_and_time() -> None:
    assert spoken_moment(datetime(2026, 3, 11, 16, 12), TODAY) == "Yesterday, 4:12pm"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "Any time"), (0, "Today"), (1, "Tomorrow"), (2, "By Saturday"), (30, "By 11 April"),
        (-1, "Promised for yesterday"), (-3, "Promised for Monday"),
        (-20, "Promised for 20 February"),
    ],
)  # fmt: skip
def test_what_is_late_is_said_and_never_shouted(days: int | None, said: str) -> None:
    by = None if days is None else TODAY + timedelta(days=days)
    assert promised_words(by, TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Ends today"), (1, "Ends tomorrow"), (8, "Ends on Friday 20 March"),
        (-1, "Ended yesterday"), (-30, "Ended on 10 February 2026"),
        (500, "Ends on 25 July 2027"),
    ],
)  # fmt: skip
def test_when_something_agreed_ends(days: int, said: str) -> None:
    assert ends_words(TODAY + timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(None, "Not spoken yet"), (0, "Spoke today"), (-1, "Spoke yesterday"),
     (-50, "Spoke 7 weeks ago")],
)  # fmt: skip
def test_when_somebody_was_last_spoken_with(days: int | None, said: str) -> None:
    last = None if days is None else TODAY + timedelta(days=days)
    assert last_spoken_words(last, TODAY) == said


@given(st.dates(), st.dates())
def test_any_two_days_have_words(day: date, today: date) -> None:
    for words in (spoken_day, promised_words, ends_words, last_spoken_words):
        assert words(day, today).strip()
