# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates, times, counts and distances read as GOV.UK writes them; checks grow old."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain import wording
from lac_desktop.domain.freshness import Freshness, add_months, due_on, freshness, freshness_words

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9), "9am"),
        (time(17, 30), "5:30pm"),
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(0, 5), "12:05am"),
        (time(12, 5), "12:05pm"),
    ],
)
def test_times(at: time, words: str) -> None:
    assert wording.clock_time(at) == words


def test_ranges_and_dates() -> None:
    assert wording.time_range(time(14), time(16)) == "2pm to 4pm"
    assert wording.long_date(TODAY) == "5 March 2026"
    assert wording.day_date(date(2026, 3, 12)) == "Thursday 12 March"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Today"),
        (1, "Yesterday"),
        (5, "5 days ago"),
        (21, "3 weeks ago"),
        (92, "3 months ago"),
        (700, "23 months ago"),
        (800, "2 years ago"),
        (-3, "8 March 2026"),
    ],
)
def test_how_long_ago(days: int, words: str) -> None:
    assert wording.ago(TODAY - timedelta(days=days), TODAY) == words


def test_checked_words() -> None:
    assert wording.checked_words(None, TODAY) == "Never checked"
    assert wording.checked_words(TODAY, TODAY) == "Checked today"
    assert wording.checked_words(TODAY - timedelta(days=1), TODAY) == "Checked yesterday"
    assert wording.checked_words(TODAY - timedelta(days=21), TODAY) == "Checked 3 weeks ago"


def test_counts_and_distances() -> None:
    assert wording.count(1, "{count} place", "{count} places") == "1 place"
    assert wording.count(4120, "{count} place", "{count} places") == "4,120 places"
    assert [wording.distance(m) for m in (3, 44, 312, 849, 990, 1240)] == [
        "10 metres",
        "40 metres",
        "300 metres",
        "850 metres",
        "1.0 km",
        "1.2 km",
    ]
    assert [wording.minutes_walk(m) for m in (0.2, 1, 7.1)] == ["1 minute", "1 minute", "8 minutes"]


def test_a_translation_gets_whole_sentences() -> None:
    welsh = {"Opens {when}": "Yn agor {when}", "tomorrow {time}": "yfory {time}"}
    now, opens = datetime(2026, 3, 5, 18), datetime(2026, 3, 6, 10)
    said = wording.opening_sentence(False, now, opens, say=lambda text: welsh.get(text, text))
    assert said == "Yn agor yfory 10am"


def test_freshness_ages_by_half_the_period() -> None:
    assert freshness(None, 6, TODAY) is Freshness.DUE
    assert freshness(date(2026, 1, 5), 6, TODAY) is Freshness.FRESH
    assert freshness(date(2025, 12, 5), 6, TODAY) is Freshness.AGEING
    assert freshness(date(2025, 9, 6), 6, TODAY) is Freshness.AGEING
    assert freshness(date(2025, 9, 5), 6, TODAY) is Freshness.DUE
    assert freshness(TODAY, 1, TODAY) is Freshness.FRESH
    assert freshness_words(date(2025, 9, 5), 6, TODAY) == "Checked 6 months ago, worth a check"


def test_due_dates_keep_to_the_month() -> None:
    assert due_on(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert due_on(None, 6) is None


@given(st.dates(date(1980, 1, 1), date(2080, 1, 1)), st.integers(0, 60))
def test_months_are_added_as_on_a_calendar(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
