# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours at a moment and over weeks, on real values with the reference's answers."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.hours import rules_of, text_of, tidy
from lac_desktop.errors import LacError
from lac_desktop.services.opening import (
    NATIONS,
    bank_holidays,
    evaluate,
    intervals,
    minute_of,
    now,
    problem_of,
)

#: Values without a separator ("We-Fr 13:00-18:00 Sa 12:00-18:00"): the reference opens every day
#: for the hours of both; here each day keeps its own, as whoever wrote it meant.
READ_OTHERWISE = {
    "We-Fr 13:00-18:00 Sa 12:00-18:00",
    "Mo-Fr 08:00-19:00 Sa 09:00-19:00 Su 12:00-18:00",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture(scope="module")
def truth(shared_data: Path) -> list[dict[str, Any]]:
    path = shared_data / "opening-hours-truth" / "opening-hours-truth.json"
    return json.loads(path.read_text(encoding="utf-8"))["rows"]


def merged(spells: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Spells that touch as one: the reference lists them separately."""
    joined: list[tuple[int, int, bool]] = []
    for start, end, maybe in sorted(spells):
        if joined and joined[-1][1] >= start and joined[-1][2] == maybe:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), maybe)
        else:
            joined.append((start, end, maybe))
    return joined


def agrees(row: dict[str, Any]) -> bool:
    for window in row["windows"]:
        expected = merged(
            [
                (minute_of(at(i["from"])), minute_of(at(i["to"])), i["unknown"])
                for i in window["intervals"]
            ]
        )
        if intervals(row["value"], at(window["from"]), at(window["to"])) != expected:
            return False
    return True


def test_real_values_agree_with_the_reference(truth: list[dict[str, Any]]) -> None:
    valid = [row for row in truth if row["valid"]]
    differing = {row["value"] for row in valid if not agrees(row)}
    print(f"\nopening hours: {len(valid) - len(differing)} of {len(valid)} agree fully")
    assert len(valid) == 418
    assert differing == READ_OTHERWISE


def test_what_the_reference_refuses_is_not_known(truth: list[dict[str, Any]]) -> None:
    refused = [row["value"] for row in truth if not row["valid"]]
    assert len(refused) == 7
    for value in refused:
        answer = evaluate(value, at("2026-06-03T12:00"))
        assert (answer.open, answer.unknown, answer.next_change) == (None, True, None)
        assert answer.text == "Hours not known"
        assert "is not in the form" in answer.comment
        assert intervals(value, at("2026-06-01"), at("2026-06-08")) == []


def test_christmas_and_its_substitute_day() -> None:
    answer = evaluate("Mo-Fr 10:00-17:00; PH off", at("2026-12-25T11:00"))
    assert answer.open is False
    assert answer.next_change == at("2026-12-29T10:00")
    assert answer.text == "Opens Tuesday 10am"


@pytest.mark.parametrize(
    ("day", "closed_in"),
    [
        ("2026-01-02", {"scotland"}),
        ("2026-03-17", {"northern-ireland"}),
        ("2026-04-06", {"england", "wales", "northern-ireland"}),
        ("2026-07-13", {"northern-ireland"}),
        ("2026-08-03", {"scotland"}),
        ("2026-08-31", {"england", "wales", "northern-ireland"}),
        ("2026-11-30", {"scotland"}),
        ("2026-12-28", set(NATIONS)),
        ("2026-12-29", set()),
    ],
)
def test_bank_holidays_are_those_of_the_nation(day: str, closed_in: set[str]) -> None:
    spec = "Mo-Fr 09:00-17:00; PH off"
    found = {n for n in NATIONS if evaluate(spec, at(f"{day}T12:00"), n).open is False}
    assert found == closed_in


def test_bank_holidays_have_names() -> None:
    assert bank_holidays("england", 2026)[date(2026, 12, 25)] == "Christmas Day"


@pytest.mark.parametrize(
    ("spec", "moment", "is_open"),
    [
        ("Mo-Sa 09:00-17:00; PH 11:00-13:00", "2026-08-31T12:00", True),
        ("Mo-Sa 09:00-17:00; PH 11:00-13:00", "2026-08-31T10:00", False),
        ("Su,PH 10:00-12:00", "2026-08-31T11:00", True),
        ("Su,PH 10:00-12:00", "2026-08-30T11:00", True),
        ("Su,PH 10:00-12:00", "2026-09-01T11:00", False),
        ("PH Mo-Fr 10:00-12:00", "2026-12-26T11:00", False),
        ("PH Mo-Fr 10:00-12:00", "2026-12-28T11:00", True),
        ("Mo-Fr 10:00-12:00; PH -1 day off", "2026-12-24T11:00", False),
        ("Mo-Fr 10:00-12:00; PH -1 day off", "2026-12-22T11:00", True),
        ("Mo-Fr 10:00-12:00; easter -2 days off", "2026-04-03T11:00", False),
        ("Mo-Fr 10:00-12:00; Easter -2 days off", "2026-04-10T11:00", True),
        ("Mo-Fr 10:00-12:00; easter +1 day off", "2026-04-06T11:00", False),
        ("Dec PH off; Jan-Nov Mo-Su 10:00-12:00", "2026-08-31T11:00", True),
        ("Th[1] 10:00-12:00", "2026-06-04T11:00", True),
        ("Th[1] 10:00-12:00", "2026-06-11T11:00", False),
        ("Th[-1] 10:00-12:00", "2026-06-25T11:00", True),
        ("Fr 20:00-02:00", "2026-06-06T01:30", True),
        ("Fr 20:00-02:00", "2026-06-05T01:30", False),
        ("Apr-Sep 10:00-18:00; Oct-Mar 10:00-16:00", "2026-11-03T17:00", False),
        ("24/7", "2026-11-03T03:00", True),
        ("off", "2026-11-03T12:00", False),
        ("Tu 10:00-12:00 unknown", "2026-06-02T11:00", None),
        ('"by appointment"', "2026-06-02T11:00", None),
        ('Mo-Fr 09:00-12:00 || "ring first"', "2026-06-02T13:00", None),
        ('Mo-Fr 09:00-12:00 || "ring first"', "2026-06-02T11:00", True),
        ("Mo-Fr 18:00+", "2026-06-02T19:00", None),
        ("Mo-Fr 9am-5pm", "2026-06-02T11:00", True),
        ("ask at the bar", "2026-06-02T11:00", None),
        ("", "2026-06-02T11:00", None),
    ],
)
def test_what_is_open_when(spec: str, moment: str, is_open: bool | None) -> None:
    answer = evaluate(spec, at(moment))
    assert answer.open is is_open
    assert answer.unknown is (is_open is None)


def test_without_term_dates_school_holidays_are_not_known() -> None:
    spec = "Mo-Fr 10:00-12:00; SH off"
    assert evaluate(spec, at("2026-10-28T11:00")).open is None
    assert evaluate(spec, at("2026-10-28T13:00")).open is False, "closed either way"


def test_term_dates_settle_school_holidays() -> None:
    spec = "Mo-Fr 10:00-12:00; SH 14:00-15:00"
    terms = [
        (date(2026, 9, 1), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 12, 18)),
    ]
    assert evaluate(spec, at("2026-10-20T11:00"), terms=terms).open is True
    assert evaluate(spec, at("2026-10-28T11:00"), terms=terms).open is False
    assert evaluate(spec, at("2026-10-28T14:30"), terms=terms).open is True
    assert evaluate(spec, at("2027-02-16T11:00"), terms=terms).open is None, "beyond the terms"


def test_sunrise_depends_on_the_place() -> None:
    day = at("2026-12-21"), at("2026-12-22")
    rutland = intervals("sunrise-sunset", *day, near=Point(52.67, -0.73))
    shetland = intervals("sunrise-sunset", *day, "scotland", Point(60.15, -1.14))
    assert rutland == [
        (minute_of(at("2026-12-21T08:12")), minute_of(at("2026-12-21T15:49")), False)
    ]
    assert shetland[0][1] - shetland[0][0] < rutland[0][1] - rutland[0][0] - 90


def test_summer_time_keeps_the_clock() -> None:
    found = intervals("Su 00:30-04:00", at("2026-03-29"), at("2026-03-30"))
    assert found == [(minute_of(at("2026-03-29T00:30")), minute_of(at("2026-03-29T04:00")), False)]


def test_intervals_are_clipped_to_the_window() -> None:
    found = intervals("24/7", at("2026-06-01T10:00"), at("2026-06-01T12:00"))
    assert found == [(minute_of(at("2026-06-01T10:00")), minute_of(at("2026-06-01T12:00")), False)]


@pytest.mark.parametrize(
    ("spec", "moment", "text"),
    [
        ("Mo-Fr 10:00-17:30", "2026-06-02T11:00", "Open now, until 5:30pm"),
        ("Mo-Fr 10:00-17:30", "2026-06-02T18:00", "Opens tomorrow 10am"),
        ("Mo-Fr 10:00-17:30", "2026-06-02T09:00", "Opens 10am"),
        ("Mo 10:00-12:00", "2026-06-02T09:00", "Opens Monday 10am"),
        ("24/7", "2026-06-02T09:00", "Open now"),
        ("Fr 20:00-02:00", "2026-06-05T21:00", "Open now, until 2am"),
        ("Mo-Fr 22:00-00:00", "2026-06-02T23:00", "Open now, until midnight"),
        ("off", "2026-06-02T09:00", "Closed"),
        ("2031 Jan 01 10:00-12:00", "2026-06-02T09:00", "Closed"),
        ("Jul 20 10:00-12:00", "2026-06-02T09:00", "Opens Monday 20 July, 10am"),
        ('"by appointment"', "2026-06-02T09:00", "Hours not certain: by appointment"),
        (
            'Mo-Fr 10:00-12:00 "ring the bell"',
            "2026-06-02T11:00",
            "Open now, until midday (ring the bell)",
        ),
        ("", "2026-06-02T09:00", "Hours not known"),
    ],
)
def test_sentences(spec: str, moment: str, text: str) -> None:
    assert evaluate(spec, at(moment)).text == text


def test_an_unknown_nation_and_a_far_year_are_told() -> None:
    with pytest.raises(LacError, match="four nations"):
        evaluate("24/7", at("2026-06-02"), "narnia")
    with pytest.raises(LacError, match="too far away"):
        evaluate("24/7", at("0007-06-02"))


def test_now_is_without_a_zone() -> None:
    assert now().tzinfo is None
    assert now().second == 0


def test_a_value_of_any_length_is_refused_quickly() -> None:
    assert "is not in the form" in problem_of("Mo 10:00-12:00;" * 10_000)


@given(st.text(max_size=40))
@example("PH")
@example("PH,SH")
@example("|| PH")
@example('"')
@example("SH PH -3 days Mo[1] 10:00+")
def test_any_text_gives_an_answer(text: str) -> None:
    answer = evaluate(text, at("2026-06-02T11:00"))
    assert answer.text
    start = at("2026-06-01")
    for first, last, _ in intervals(text, start, start + timedelta(days=7)):
        assert minute_of(start) <= first < last <= minute_of(start + timedelta(days=7))


days = st.sampled_from(
    ["", "Mo", "Mo-Fr", "Sa,Su", "PH", "Su,PH", "SH", "Th[1]", "Apr-Sep", "week 1-20", "PH -1 day"]
)
spans = st.sampled_from(["", "10:00-12:00", "20:00-02:00", "09:00-12:00,13:00-17:00", "18:00+"])
states = st.sampled_from(["", "off", "unknown", '"ring"', 'open "ring"'])
pieces = st.tuples(days, spans, states).map(lambda p: " ".join(filter(None, p)))
specs = st.lists(pieces.filter(bool), min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from(["; ", ", ", " || "]).map(lambda joint: joint.join(parts))
)


@given(specs)
def test_tidying_twice_changes_nothing_more(spec: str) -> None:
    assert text_of(rules_of(text_of(rules_of(spec)))) == text_of(rules_of(spec))
    evaluate(spec, at("2026-06-02T11:00"))


@given(specs, st.datetimes(at("2026-01-01"), at("2027-12-31")))
def test_a_moment_and_the_intervals_agree(spec: str, moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    answer = evaluate(spec, moment)
    around = intervals(spec, moment - timedelta(days=1), moment + timedelta(days=1))
    here = [maybe for first, last, maybe in around if first <= minute_of(moment) < last]
    if problem_of(spec):
        assert (answer.open, here) == (None, [])
    else:
        assert answer.open is (False if not here else None if here[0] else True)


@pytest.mark.parametrize(
    ("spec", "plain"),
    [
        ("mo–fr 9:00 - 12:00", "Mo-Fr 9:00-12:00"),
        ("Su-Th 15-00; Fr-Sa 15-02", "Su-Th 15:00-00:00; Fr-Sa 15:00-24:00, Sa,Su 00:00-02:00"),
        ("Sa, Su 09:00-16:00", "Sa,Su 09:00-16:00"),
        ("Fr11:00-24:00", "Fr 11:00-24:00"),
        ('"ring first"', 'unknown "ring first"'),
        ("Mo 10:00-12:00+", "Mo 10:00-12:00, Mo 12:00-24:00 unknown"),
        ("Mo-Fr 10:00-18:00; 11:00-15:00", "Mo-Fr 10:00-18:00, Mo-Su 11:00-15:00"),
    ],
)
def test_common_slips_are_put_right(spec: str, plain: str) -> None:
    assert tidy(spec) == plain
