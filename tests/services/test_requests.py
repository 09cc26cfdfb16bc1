# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clock of a request: one month, working days, standing still, two more months."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.rights import Pause, Request, due_on, months_later
from lac_desktop.errors import LacError
from lac_desktop.services import council, datamap, people, rights
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.opening import bank_holidays


def due(received: date, nation: str = "england", **more: object) -> date:
    request = Request("1", "p", "see", received, **more)  # type: ignore[arg-type]
    return due_on(request, received, lambda day: day in bank_holidays(nation, day.year))


@pytest.mark.parametrize(
    ("received", "nation", "answer"),
    [
        (date(2026, 9, 3), "england", date(2026, 10, 5)),  # the 3rd is a Saturday
        (date(2026, 3, 31), "england", date(2026, 4, 30)),  # April has no 31st
        (date(2026, 1, 31), "england", date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 11, 25), "england", date(2026, 12, 29)),  # Christmas, its Saturday, substitute
        (date(2026, 12, 2), "scotland", date(2027, 1, 5)),  # 2 January is a Saturday there
        (date(2026, 12, 1), "england", date(2027, 1, 4)),
    ],
)
def test_the_day_it_is_due(received: date, nation: str, answer: date) -> None:
    assert due(received, nation) == answer


def test_standing_still_and_more_months() -> None:
    stood = (Pause(date(2026, 3, 10), date(2026, 3, 20), "Which address?"),)
    assert due(date(2026, 3, 5), pauses=stood) == date(2026, 4, 15)
    assert due(date(2026, 3, 5), extended_on=date(2026, 3, 6)) == date(2026, 6, 5)


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(0, 60))
def test_a_due_day_is_a_working_day_after_a_month(received: date, days: int) -> None:
    pauses = (Pause(received, received + timedelta(days=days), "x"),)
    answer = due(received, pauses=pauses)
    assert answer.weekday() < 5
    assert answer not in bank_holidays("england", answer.year)
    assert months_later(received, 1) + timedelta(days=days) <= answer
    assert answer - months_later(received, 1) <= timedelta(days=days + 5)


def test_a_request_from_first_to_last(book: Notebook) -> None:
    now = [datetime(2026, 3, 5, 12)]
    book.clock = lambda: now[0]
    jean = people.add(book, "Jean")
    asked = rights.open_request(book, jean.id, "see", date(2026, 3, 2), "By letter")
    assert rights.requests(book)[0].due == date(2026, 4, 2)
    with pytest.raises(LacError, match="why the clock"):
        rights.pause(book, asked, " ")
    asked = rights.pause(book, asked, "Which years?")
    assert "stands still" in rights.clock_of(book, asked).sentence
    now[0] = datetime(2026, 3, 15, 12)
    assert rights.clock_of(book, asked).due == date(2026, 4, 13)
    asked = rights.resume(book, asked)
    asked = rights.extend(book, asked, "Two hundred conversations")
    assert rights.clock_of(book, asked).due == date(2026, 6, 12)
    with pytest.raises(LacError, match="already"):
        rights.extend(book, asked, "More")
    now[0] = datetime(2026, 6, 13)
    assert rights.clock_of(book, asked).sentence.startswith("Overdue")
    asked = rights.answer(book, asked, "Handed over")
    assert rights.requests(book, jean.id)[0].sentence == "Answered on 13 June 2026."
    with pytest.raises(LacError, match="still to come"):
        rights.open_request(book, jean.id, "see", date(2027, 1, 1))


def test_the_council_speaks_in_the_data_map(book: Notebook, tmp_path: object) -> None:
    from pathlib import Path

    council.save(book, council.Council(basis="Care Act <2014>", months={"tally": 12, "x": 0}))
    assert council.load(book).months == {"tally": 12}
    person = people.add(book, "Zzquorn")
    file = Path(str(tmp_path)) / "map.html"
    datamap.write(book, file)
    text = file.read_text("utf-8")
    assert "Care Act &lt;2014&gt;" in text
    assert "Zzquorn" not in text
    assert person.id not in text
    for name in ("conversation", "people.db", "community.db", "asset", "change_proof"):
        assert name in text
