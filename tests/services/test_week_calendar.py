# SPDX-License-Identifier: AGPL-3.0-or-later
"""A week as a calendar file: times are right on both sides of a clock change, nobody is named."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.errors import LacError
from lac_desktop.services import week_calendar

GOLDEN = Path(__file__).parent / "golden" / "week.ics"
LONDON = ZoneInfo("Europe/London")
MADE = datetime(2026, 3, 5, 12, 0)
WEEK: list[dict[str, Any]] = [
    {
        "day": "tue",
        "start": "14:00",
        "end": "16:00",
        "what": "Coffee with Mo",
        "with": "Mo and Nadia",
        "place": {"asset": "", "name": "Jean’s kitchen"},
        "support": "Denise drives",
    },
    {"day": "fri", "start": "22:00", "end": "02:00", "what": "Jean and Winston"},
    {"day": "sat", "what": "Roses"},
    {"day": "sun", "start": "09:30", "what": "Ride to the weir; tea, cake"},
    {"what": "No day yet"},
]
NAMES = ["Jean", "Jean Weaver", "Winston", "Mo"]


def test_the_file_is_what_it_was() -> None:
    made = week_calendar.calendar(WEEK, NAMES, date(2026, 3, 9), MADE)
    assert made.decode("utf-8").replace("\r\n", "\n") == GOLDEN.read_text("utf-8")


def test_no_name_and_no_help_is_in_it() -> None:
    text = week_calendar.calendar(WEEK, NAMES, date(2026, 3, 9), MADE).decode("utf-8")
    for word in ("Jean", "Mo\r", "Nadia", "Winston", "Weaver", "Denise", "drives"):
        assert word not in text
    assert "SUMMARY:Coffee\r\n" in text
    assert "SUMMARY:Busy\r\n" in text


def test_clocks_change_on_the_right_day_at_the_right_hour() -> None:
    book = icalendar.Calendar.from_ical(
        week_calendar.calendar(WEEK, NAMES, date(2026, 3, 23), MADE)
    )
    zone = book.timezones[0].to_tz()
    for moment in (
        datetime(2026, 3, 29, 0, 59), datetime(2026, 3, 29, 2, 1), datetime(2026, 7, 1, 12),
        datetime(2026, 10, 25, 0, 30), datetime(2026, 10, 25, 2, 30), datetime(2041, 6, 1, 9),
    ):  # fmt: skip
        ours, theirs = moment.replace(tzinfo=zone), moment.replace(tzinfo=LONDON)
        assert ours.utcoffset() == theirs.utcoffset(), moment
    night = next(e for e in book.events if e.get("summary") == "Busy")
    assert night.decoded("dtend") - night.decoded("dtstart") == timedelta(hours=4)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Coffee with Mo", "Coffee"),
        ("Mo’s shed", "shed"),
        ("Moor walk", "Moor walk"),
        ("Visit Jean Weaver and Mo", ""),
        ("Swim & Mo", "Swim"),
        ("mo, then home", "then home"),
    ],
)
def test_names_go_with_what_belongs_to_them(text: str, left: str) -> None:
    assert week_calendar.without_names(text, NAMES) == left


@given(
    st.lists(
        st.fixed_dictionaries(
            {"what": st.text(max_size=30), "with": st.text(max_size=20)},
            optional={
                "day": st.sampled_from(["mon", "sun", ""]),
                "start": st.times().map(lambda t: t.strftime("%H:%M")),
                "end": st.times().map(lambda t: t.strftime("%H:%M")),
            },
        ),
        max_size=6,
    )
)
def test_any_week_can_be_read_again(rows: list[dict[str, Any]]) -> None:
    book = icalendar.Calendar.from_ical(
        week_calendar.calendar(rows, ["Jean"], date(2026, 3, 9), MADE)
    )
    assert len(book.events) == sum(row.get("day") in ("mon", "sun") for row in rows)
    assert all(event.decoded("dtend") > event.decoded("dtstart") for event in book.events)


def test_it_begins_next_monday() -> None:
    assert week_calendar.next_monday(date(2026, 3, 5)) == date(2026, 3, 9)
    assert week_calendar.next_monday(date(2026, 3, 9)) == date(2026, 3, 9)


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(LacError):
        week_calendar.save(tmp_path / "no" / "week.ics", b"x")
    week_calendar.save(tmp_path / "week.ics", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["week.ics"]
