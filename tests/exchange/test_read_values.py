# SPDX-License-Identifier: AGPL-3.0-or-later
"""Single values from untrusted files: what is kept, what is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.geometry import UK, Box, Point, distance_m
from lac_desktop.exchange import hours_words, positions, values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("le158rl", "LE15 8RL"),
        ("LE15  8RL", "LE15 8RL"),
        ("PE9 3TE", "PE9 3TE"),
        ("W1A1AA", "W1A 1AA"),
        ("BN91 9AA", "BN91 9AA"),
    ],
)
def test_postcodes_are_written_in_one_way(text: str, value: str) -> None:
    assert values.postcode(text) == values.Cleaned(value)


def test_a_short_postcode_is_a_problem_and_a_letter_o_has_a_mend() -> None:
    assert "too short" in values.postcode("BF3").message
    assert values.postcode("WA15 OHF").suggestion == "WA15 0HF"
    assert values.postcode("ABC 1234").value == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1617903377", "01617903377"),  # a spreadsheet ate the zero
        ("1617903377.0", "01617903377"),
        ("1617959e3", "01617959000"),
        ("0161 790 3377", "0161 790 3377"),
        ("+44 (0)161 790 3377", "+44 (0)161 790 3377"),
        ("Tel: 01572 756 991\u200e", "01572 756 991"),
        ("01572 756991 or 756992", "01572 756991"),
        ("447700900123", "+447700900123"),
    ],
)
def test_phone_numbers(text: str, value: str) -> None:
    assert values.phone(text) == values.Cleaned(value)


@pytest.mark.parametrize("text", ["call us", "none of your business", "12", "<script>"])
def test_what_is_no_phone_number_gets_a_sentence(text: str) -> None:
    assert values.phone(text).value == ""
    assert "not a phone number" in values.phone(text).message


def test_web_addresses() -> None:
    assert values.website("www.example.org/a").value == "https://www.example.org/a"
    assert values.website("http://example.org").value == "http://example.org"
    assert values.website("javascript:alert(1)").value == ""
    assert values.website("http//:www.example.org").message
    assert values.email("mailto:a.b@example.org").value == "a.b@example.org"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("28/2/2026", "2026-02-28"),
        ("2026-02-28T10:00:00Z", "2026-02-28"),
        ("28 Feb 2026", "2026-02-28"),
        ("2026-02", "2026-02-01"),
        ("46081", "2026-02-28"),
        ("20260228", "2026-02-28"),
    ],
)
def test_dates_as_people_write_them(text: str, iso: str) -> None:
    assert values.day(text).value == iso


def test_31_february_is_not_a_date() -> None:
    assert values.day("31/02/2026").message == "31 February is not a date."


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Wednesday 10am - 4pm", "We 10:00-16:00"),
        ("Wednesday 9:30am - 12noon", "We 09:30-12:00"),
        ("Mon-Fri 9am-5pm, Sat 10-12", "Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
        ("Tuesdays and Thursdays 1.30-3.30pm", "Tu,Th 13:30-15:30"),
        ("Monday, Wednesday & Friday 10am-12pm and 1pm-3pm", "Mo,We,Fr 10:00-12:00,13:00-15:00"),
        ("Sunday 3pm - 6:30pm", "Su 15:00-18:30"),
        ("daily 7am-9", "Mo-Su 07:00-09:00"),
        ("9-4 not Sun", "Mo-Sa 09:00-16:00"),
    ],
)
def test_plain_words_become_opening_hours(words: str, hours: str) -> None:
    assert hours_words.read(words) == (hours, words)


@pytest.mark.parametrize(
    "words",
    ["daily 7-9", "By appointment", "Tuesday from 11am", "1st Saturday of month 10am - 12noon",
     "Monday - Friday 8am - 4pm. Please ring.", "See above", "thurs 1.30", "Mon 25-99"],
)  # fmt: skip
def test_words_that_are_not_wholly_understood_stay_words(words: str) -> None:
    assert hours_words.read(words) == ("", words)


def test_hours_by_weekday() -> None:
    days = {0: "09:00-12:30,13:30-17:00", 1: "CLOSED", 2: "09:00-12:30,13:30-17:00", 5: "10-12"}
    assert hours_words.from_days(days) == (
        "Mo,We 09:00-12:30,13:30-17:00; Sa 10:00-12:00",
        "",
    )
    hours, words = hours_words.from_days({0: "All Day", 1: "9-5"})
    assert (hours, words) == ("", "Monday: All Day; Tuesday: 9-5")


@given(st.text(max_size=80))
def test_any_text_about_hours_is_kept_or_valid(text: str) -> None:
    hours, words = hours_words.read(text)
    assert hours or words == " ".join(text.split())
    if hours:
        assert hours_words.is_opening_hours(hours)


RUTLAND = Box(-0.83, 52.52, -0.42, 52.76)


def test_swapped_coordinates_get_a_suggestion() -> None:
    placed = positions.place("-0.73", "52.67", RUTLAND)
    assert placed.point is None
    assert "swapped" in placed.message
    assert placed.suggestion == "52.670000, -0.730000"


@pytest.mark.parametrize("order", [("309000", "486000"), ("486000", "309000")])
def test_national_grid_is_converted_and_noted(order: tuple[str, str]) -> None:
    placed = positions.place(*order)
    if order == ("309000", "486000"):
        assert placed.point is not None
        assert distance_m(placed.point, Point(52.671894, -0.729596)) < 5
    assert "National Grid" in placed.note


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("0", "0", "0, 0"),
        ("99.999999", "0.000000", "99.999999"),
        ("100", "101", "not a place on Earth"),
        ("48.85", "2.35", "outside the United Kingdom"),
        ("north", "2.35", "not a coordinate"),
        ("nan", "inf", "not a coordinate"),
    ],
)
def test_senseless_coordinates_get_a_sentence(lat: str, lon: str, said: str) -> None:
    placed = positions.place(lat, lon)
    assert placed.point is None
    assert said in placed.message


def test_a_lost_minus_sign_is_noticed_in_the_neighbourhood() -> None:
    placed = positions.place("52.67", "0.73", RUTLAND)
    assert placed.suggestion == "52.670000, -0.730000"


def test_other_ways_to_write_a_position() -> None:
    assert positions.place("52,67", "-0,73").point == Point(52.67, -0.73)
    dms = positions.place("52°40'12\"N", "0°43'48\"W").point
    assert dms is not None
    assert distance_m(dms, Point(52.67, -0.73)) < 1
    square = positions.grid_reference("SK 860 090")
    assert square is not None
    assert distance_m(square, Point(52.6723, -0.7288)) < 50
    assert positions.pair("POINT (-0.73 52.67)") == ("52.67", "-0.73")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_make_a_point_in_the_uk_or_a_sentence(lat: str, lon: str) -> None:
    placed = positions.place(lat, lon)
    assert bool(placed.message) or (placed.point is not None and UK.holds(placed.point))


@given(st.text(max_size=200))
def test_cleaning_never_fails(text: str) -> None:
    for clean in (values.postcode, values.phone, values.email, values.website, values.day):
        cleaned = clean(text)
        assert cleaned.value or cleaned.message
    assert "\0" not in values.plain(text)
    assert values.cost(text)[0] in ("free", "paid", "")
    assert values.yes_no(text) in ("yes", "limited", "no", "")
    assert values.nothing(text) in (True, False)
