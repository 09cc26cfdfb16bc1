# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures: scored as their sources say, no total over unlike things."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.domain.measures import (
    Measure,
    declined,
    own_words_key,
    parse,
    problems_of,
    readings,
    tracks,
)
from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.errors import LacError
from lac_desktop.services.measures import all_measures

DAY = date(2026, 3, 10)
ONS4, UCLA, LIFE, TWO = (all_measures()[i] for i in ("ons4", "ucla3", "good-life", "two-things"))
TEN, THREE = st.none() | st.integers(0, 10), st.none() | st.integers(1, 3)


def taken(
    measure: Measure, answers: dict[str, Any], on: date = DAY, key: str = "1"
) -> MeasureTaken:
    return MeasureTaken(key, "jean", measure.id, on, answers)


def test_only_measures_that_may_be_handed_on_are_there() -> None:
    assert list(all_measures()) == ["good-life", "two-things", "ons4", "ucla3"]
    text = "".join(f.read_text("utf-8") for f in (paths.resources() / "measures").iterdir())
    for owned in ("WEMWBS", "MYCaW", "ASCOT", "Outcomes Star", "optimistic about the future"):
        assert owned not in text
    assert all(measure.source and measure.licence for measure in all_measures().values())


def test_official_wording_is_what_its_source_publishes() -> None:
    assert ONS4.fixed
    assert UCLA.fixed
    assert "Open Government Licence v3.0" in ONS4.licence
    assert ONS4.introduction.startswith("Next I would like to ask you four questions about your")
    assert [item.ask for item in ONS4.items] == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        "On a scale where 0 is “not at all anxious” and 10 is “completely anxious”, overall, how "
        "anxious did you feel yesterday?",
    ]
    assert [item.ask for item in UCLA.items] == [
        "How often do you feel that you lack companionship?",
        "How often do you feel left out?",
        "How often do you feel isolated from others?",
        "How often do you feel lonely?",
    ]
    assert {tuple(o.words for o in i.options) for i in UCLA.items[:3]} == {
        ("Hardly ever or never", "Some of the time", "Often")
    }


@given(st.fixed_dictionaries({item.id: TEN for item in ONS4.items}))
def test_ons4_answers_are_never_added_up(answers: dict[str, int | None]) -> None:
    found = readings(ONS4, answers)
    given_ = {key: value for key, value in answers.items() if value is not None}
    assert {line: reading.value for line, reading in found.items()} == given_
    assert all(len(line.items) == 1 for line in ONS4.lines)


@pytest.mark.parametrize("item", ["satisfied", "worthwhile", "happy"])
@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "low"), (4, "low"), (5, "medium"), (6, "medium"), (7, "high"), (8, "high"),
     (9, "very high"), (10, "very high")],
)  # fmt: skip
def test_ons4_bands(item: str, value: int, words: str) -> None:
    assert readings(ONS4, {item: value})[item].words == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "very low"), (1, "very low"), (2, "low"), (3, "low"), (4, "medium"), (5, "medium"),
     (6, "high"), (10, "high")],
)  # fmt: skip
def test_anxiety_has_bands_of_its_own(value: int, words: str) -> None:
    assert readings(ONS4, {"anxious": value})["anxious"].words == words


@given(THREE, THREE, THREE, st.none() | st.integers(1, 5))
def test_ucla_needs_all_three_and_keeps_the_direct_question_apart(
    a: int | None, b: int | None, c: int | None, lonely: int | None
) -> None:
    answers = {"companionship": a, "left-out": b, "isolated": c, "lonely": lonely}
    found = readings(UCLA, answers)
    whole = [n for n in (a, b, c) if n is not None]
    if len(whole) == 3:
        assert found["three"].value == sum(whole)
        assert 3 <= found["three"].value <= 9
        assert found["three"].words == ""  # no number says that somebody is lonely
    else:
        assert "three" not in found
    assert ("lonely" in found) == (lonely is not None)
    if lonely is not None:
        assert found["lonely"].words == UCLA.item("lonely").words_of(lonely)


@given(
    st.sampled_from(list(all_measures().values())),
    st.dictionaries(
        st.sampled_from([i.id for m in all_measures().values() for i in m.items]),
        st.integers(-3, 14) | st.text(max_size=3) | st.booleans() | st.floats(0, 10),
    ),
)
def test_answers_that_a_question_does_not_allow_are_told_and_never_scored(
    measure: Measure, answers: dict[str, Any]
) -> None:
    wrong = problems_of(measure, answers)
    for item in measure.items:
        allowed = [o.code for o in item.options] or list(range(item.low, item.high + 1))
        value = answers.get(item.id)
        if type(value) is int and value in allowed and not item.names:
            assert item.id not in wrong
        elif value is not None:
            assert wrong[item.id].endswith(".")
    for line, reading in readings(measure, answers).items():
        assert not wrong.keys() & {i for x in measure.lines if x.id == line for i in x.items}
        assert isinstance(reading.value, int)


def test_a_thing_that_matters_keeps_its_line_wherever_it_is_written() -> None:
    words = own_words_key
    first = {"first": 2, words("first"): "The bike going", "second": 5, words("second"): "Tuesdays"}
    later = {"first": 6, words("first"): "tuesdays ", "second": 7, words("second"): "Gail’s boys"}
    found = tracks(TWO, [taken(TWO, later, DAY, "2"), taken(TWO, first, DAY - timedelta(90))])
    values = {t.name: [p.reading.value for p in t.points] for t in found}
    assert values == {"The bike going": [2], "Tuesdays": [5, 6], "Gail’s boys": [7]}
    assert problems_of(TWO, {"first": 4}) == {"first": "Say in a few words what it is."}
    assert tracks(TWO, [taken(TWO, {"first": 4})]) == []


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), DAY), st.integers(0, 10)), max_size=8))
def test_lines_run_by_day_and_hold_every_answer(pairs: list[tuple[date, int]]) -> None:
    all_taken = [taken(LIFE, {"safe": value}, day, str(n)) for n, (day, value) in enumerate(pairs)]
    found = tracks(LIFE, all_taken)
    if not pairs:
        assert found == []
        return
    (track,) = found
    assert [p.on for p in track.points] == sorted(day for day, _ in pairs)
    assert sorted(p.reading.value for p in track.points) == sorted(value for _, value in pairs)
    assert (track.name, track.low, track.high) == ("Safe", 0, 10)


def test_own_words_without_a_number_are_an_answer_too() -> None:
    said = taken(LIFE, {own_words_key("safe"): "A door that locks"})
    assert not declined(said)
    assert tracks(LIFE, [said]) == []
    assert declined(taken(LIFE, {}))


BROKEN = (paths.resources() / "measures" / "ons4.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "not valid TOML"),
        ('id = "x"\n', "is missing"),
        (BROKEN.replace('items = ["happy"]', 'items = ["sad"]'), "“sad” that is not there"),
        (BROKEN.replace('[5, 6, "medium"]', '[5, 7, "medium"]'), "do not cover every value once"),
        (BROKEN.replace('id = "happy"', 'id = "anxious"', 1), "the same id"),
        (BROKEN.replace("low_words", "least_words"), "least_words"),
        (BROKEN.replace("order = 3", 'order = "third"'), "third"),
    ],
)
def test_a_measure_with_a_mistake_is_told_with_its_file(text: str, said: str) -> None:
    with pytest.raises(LacError) as caught:
        parse(text, "mine.toml")
    assert said in caught.value.message
    assert "mine.toml" in caught.value.message
