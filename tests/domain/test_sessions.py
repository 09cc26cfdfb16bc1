# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sessions come round on the right days, and say when they are not certain."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.sessions import (
    Repeats,
    Session,
    describe,
    intervals,
    occurrences,
    session_problem,
    this_week,
)

JUNE = date(2026, 6, 1), date(2026, 6, 30)  # a Monday to a Tuesday
TERMS = [(date(2026, 4, 13), date(2026, 5, 22)), (date(2026, 6, 1), date(2026, 7, 17))]


def days(
    session: Session,
    window: tuple[date, date] = JUNE,
    terms: Sequence[tuple[date, date]] = (),
) -> list[int]:
    return [one.day.day for one in occurrences([session], *window, terms)]


def test_weekly() -> None:
    assert days(Session("Knit and Natter", weekday=3)) == [4, 11, 18, 25]
    from_tenth = Session("A", weekday=3, starts=date(2026, 6, 10), until=date(2026, 6, 18))
    assert days(from_tenth) == [11, 18]


def test_fortnightly_counts_from_its_start() -> None:
    session = Session("A", Repeats.FORTNIGHTLY, weekday=2, starts=date(2026, 5, 27))
    assert days(session) == [10, 24]
    midweek = Session("A", Repeats.FORTNIGHTLY, weekday=4, starts=date(2026, 6, 2))
    assert days(midweek) == [5, 19], "the week of the start is the first"


def test_fortnightly_without_a_start_is_never_certain() -> None:
    found = occurrences([Session("A", Repeats.FORTNIGHTLY, weekday=0)], *JUNE)
    assert len(found) == 5
    assert not any(one.certain for one in found)


def test_nth_weekday() -> None:
    assert days(Session("A", Repeats.NTH_WEEKDAY, weekday=1, nth=(1, 3))) == [2, 16]
    assert days(Session("A", Repeats.NTH_WEEKDAY, weekday=1, nth=(-1,))) == [30]
    assert days(Session("A", Repeats.NTH_WEEKDAY, weekday=1, nth=(5, -1))) == [30]
    assert days(Session("A", Repeats.NTH_WEEKDAY, weekday=2, nth=(5,))) == []


def test_dates() -> None:
    session = Session("Fair", Repeats.DATES, dates=(date(2026, 6, 20), date(2026, 8, 1)))
    assert days(session) == [20]


def test_term_time() -> None:
    session = Session("Toddlers", weekday=1, start="10:00", end="11:30", term_time_only=True)
    window = date(2026, 5, 18), date(2026, 6, 3)
    assert days(session, window, TERMS) == [19, 2], "not in half-term"
    unknown = occurrences([session], *window)
    assert [one.day.day for one in unknown] == [19, 26, 2]
    assert not any(one.certain for one in unknown)
    later = occurrences([session], date(2026, 9, 1), date(2026, 9, 8), TERMS)
    assert [(one.day.day, one.certain) for one in later] == [(1, False), (8, False)]


def test_past_midnight() -> None:
    (one,) = occurrences([Session("Ceilidh", weekday=4, start="20:00", end="01:00")], *JUNE)[:1]
    assert one.end == datetime(2026, 6, 6, 1)
    found = intervals(
        [Session("Ceilidh", weekday=4, start="20:00", end="01:00")],
        datetime(2026, 6, 6),
        datetime(2026, 6, 7),
    )
    assert [end - start for start, end, _ in found] == [60], "the hour of the night before"


def test_an_unknown_end_is_a_maybe_of_an_hour() -> None:
    spell = intervals([Session("A", start="19:00")], datetime(2026, 6, 1), datetime(2026, 6, 2))
    assert [(end - start, maybe) for start, end, maybe in spell] == [(60, True)]
    assert intervals([Session("A")], datetime(2026, 6, 1), datetime(2026, 6, 2)) == []


def test_this_week_is_in_order() -> None:
    sessions = [
        Session("Choir", weekday=1, start="19:00", end="21:00"),
        Session("Lunch", weekday=1, start="12:00", end="13:30"),
        Session("Market", weekday=5),
        Session("Walk", weekday=0, start="10:00"),
    ]
    week = this_week(sessions, date(2026, 6, 2))
    titles = [one.session.title for one in week]
    assert titles == ["Lunch", "Choir", "Market", "Walk"]


@pytest.mark.parametrize(
    ("session", "words"),
    [
        (Session("A", weekday=3, start="13:30", end="15:00"), "Every Thursday, 1:30pm to 3pm"),
        (
            Session("A", Repeats.FORTNIGHTLY, weekday=4, start="10:00", starts=date(2026, 6, 5)),
            "Every other Friday, from 10am",
        ),
        (
            Session("A", Repeats.NTH_WEEKDAY, weekday=1, nth=(1, 3), term_time_only=True),
            "First and third Tuesday of the month, term time only",
        ),
        (Session("A", Repeats.DATES, dates=(date(2026, 6, 20),)), "20 June 2026"),
    ],
)
def test_words(session: Session, words: str) -> None:
    assert describe(session) == words
    assert session_problem(session) == ""


@pytest.mark.parametrize(
    ("session", "told"),
    [
        (Session(" "), "name"),
        (Session("A", weekday=7), "day of the week"),
        (Session("A", start="7pm"), "“7pm” is not a time"),
        (Session("A", end="12:00"), "starts"),
        (Session("A", Repeats.NTH_WEEKDAY), "which week"),
        (Session("A", Repeats.FORTNIGHTLY), "fortnight"),
        (Session("A", Repeats.DATES), "one date"),
        (Session("A", starts=date(2026, 6, 2), until=date(2026, 6, 1)), "before the first"),
    ],
)
def test_problems_are_sentences(session: Session, told: str) -> None:
    assert told in session_problem(session)
    assert session_problem(session).endswith(".")


sessions = st.builds(
    Session,
    title=st.just("A"),
    repeats=st.sampled_from(Repeats),
    weekday=st.integers(0, 6),
    nth=st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), max_size=3).map(tuple),
    start=st.sampled_from(["", "09:00", "23:30"]),
    end=st.sampled_from(["", "12:00", "00:00"]),
    starts=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    until=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    term_time_only=st.booleans(),
)


@given(sessions, st.dates(date(2026, 1, 1), date(2026, 12, 1)))
def test_a_window_is_the_sum_of_its_days(session: Session, first: date) -> None:
    span = [date.fromordinal(first.toordinal() + n) for n in range(20)]
    whole = occurrences([session], span[0], span[-1], TERMS)
    assert whole == [one for day in span for one in occurrences([session], day, day, TERMS)]
