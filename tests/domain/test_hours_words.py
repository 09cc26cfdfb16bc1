# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours in plain English, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.hours import rules_of, weekday_list, weekdays_of
from lac_desktop.domain.hours_words import describe, from_columns, from_words


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("9-4 not Sun", "Mo-Sa 09:00-16:00"),
        ("Weds 10-12", "We 10:00-12:00"),
        ("Mon-Fri 9am - 5pm", "Mo-Fr 09:00-17:00"),
        ("Monday to Friday 9.30 to 5", "Mo-Fr 09:30-17:00"),
        ("Monday – Friday: 9.30am–5.00pm", "Mo-Fr 09:30-17:00"),
        ("Tues & Thurs 10am-12 noon", "Tu,Th 10:00-12:00"),
        ("Every Tuesday 1.30pm to 3.30pm", "Tu 13:30-15:30"),
        ("Mon, Wed and Fri 10-2", "Mo,We,Fr 10:00-14:00"),
        ("Mon 10-12 and 2-4", "Mo 10:00-12:00,14:00-16:00"),
        ("9-12, 1-5 Mon-Fri", "Mo-Fr 09:00-12:00,13:00-17:00"),
        ("2-4pm Thursdays", "Th 14:00-16:00"),
        ("1-3 Fri", "Fr 13:00-15:00"),
        ("10-1pm Mon", "Mo 10:00-13:00"),
        ("Mon 7-9pm", "Mo 19:00-21:00"),
        ("Mon 10-16", "Mo 10:00-16:00"),
        ("Mon - 9am-5pm", "Mo 09:00-17:00"),
        ("Fri 09:00:00-12:30:00", "Fr 09:00-12:30"),
        ("Friday 19:00-01:00", "Fr 19:00-01:00"),
        ("8pm-2am Sat", "Sa 20:00-02:00"),
        ("Sat 9am to midnight", "Sa 09:00-24:00"),
        ("Open daily 8am-8pm", "Mo-Su 08:00-20:00"),
        ("Weekends 10am to 4pm", "Sa,Su 10:00-16:00"),
        ("Tues 10-11.30, Thurs 1.30-3", "Tu 10:00-11:30; Th 13:30-15:00"),
        ("Mon closed, Tue-Fri 10-4", "Mo off; Tu-Fr 10:00-16:00"),
        ("Mon-Fri 9-5 except bank holidays", "Mo-Fr 09:00-17:00; PH off"),
        (
            "Mon-Fri 09:00-17:00, Sat 10:00-13:00, closed Sundays and bank holidays",
            "Mo-Fr 09:00-17:00; Sa 10:00-13:00; Su off; PH off",
        ),
        (
            "Mon - Fri 11am - 11pm, Sat 12am - 11pm, Sun 2pm - 10pm",
            "Mo-Fr 11:00-23:00; Sa 00:00-23:00; Su 14:00-22:00",
        ),
    ],
)
def test_what_people_write_is_read(text: str, spec: str) -> None:
    assert from_words(text) == spec


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thurs 1.30",
        "Tues 7pm",
        "daily 7-9",  # morning or evening
        "Mon-Sat 6-9",
        "10-16",  # or the 10th to the 16th
        "6pm - late",
        "by appointment",
        "every other Friday 10-12",
        "first Monday 10-12",
        "Term time only Mon 10-12",
        "Mon 10-12 (ring first)",
        "Mon 10-25",
        "Mon 10:75-12:00",
        "Mon 13pm-2pm",
        "01572 722577",
        "12/05/2026",
        "Mo-Fr 7:00-21; Sa-Su 12:00-18:00",
        "Mo-Fr 9-20;Sa 9-20 Su 9",
        "closed",
        "10am-12pm",  # of which day?
        "Mon -",
        "£2-£4 Mondays",
    ],
)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert from_words(text) is None


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    spec = from_words(text)
    assert spec is None or rules_of(spec)


def test_a_column_for_each_day() -> None:
    cells = {"Mon": "09:00-17:00", "Tue": "9am-5pm", "Wed": "Closed", "Thursday": "10-2", "Sun": ""}
    assert from_columns(cells) == "Mo,Tu 09:00-17:00; Th 10:00-14:00"
    assert from_columns({"Mon": "ask Mo"}) is None
    assert from_columns({"Mon": "closed"}) == ""
    assert from_columns({"Mon": "9-5 not Mon"}) is None


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("Mo-Fr 10:00-17:00; PH off", "Monday to Friday 10am to 5pm, closed on bank holidays"),
        (
            "Mo-Sa 09:00-12:30,13:30-17:00; Su off",
            "Monday to Saturday 9am to 12:30pm and 1:30pm to 5pm, closed Sunday",
        ),
        ("24/7", "Always open"),
        ("10:00-12:00", "Every day 10am to midday"),
        ("Tu,Th,Sa 10:00-12:00", "Tuesday, Thursday and Saturday 10am to midday"),
        ("Th[1] 10:00-12:00", "First Thursday of the month 10am to midday"),
        ("Apr-Sep: Mo-Su 10:00-18:00", "April to September every day 10am to 6pm"),
        ("Su,PH 10:00-12:00", "Sunday and bank holidays 10am to midday"),
        ("Fr 18:00+", "Friday from 6pm"),
        ('"by appointment"', "By appointment"),
        (
            'Mo-Fr 08:00-16:00 || "on appointment"',
            "Monday to Friday 8am to 4pm, otherwise on appointment",
        ),
        ("2017 Jul 1 - 2017 Aug 8 off", "2017 Jul 1 - 2017 Aug 8 off"),
        ("whenever we like", "whenever we like"),
        ("", ""),
    ],
)
def test_hours_as_a_sentence(spec: str, sentence: str) -> None:
    assert describe(spec) == sentence


@given(st.sets(st.integers(0, 6), min_size=1))
def test_weekdays_there_and_back(days: set[int]) -> None:
    assert weekdays_of(weekday_list(days)) == days
