# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gifts, wishes, exchanges, measures and sheets: kept, listed, taken out and brought back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lac_desktop.domain.ids import new_id
from lac_desktop.domain.strengths import (
    Exchange,
    Gift,
    GiftOf,
    MeasureTaken,
    Offer,
    ToolSheet,
    Wish,
)
from lac_desktop.errors import LacError
from lac_desktop.services import people, strengths
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON

TODAY = NOON.date()


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_gifts_and_wishes_of_one_and_of_all(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    beans = Gift(new_id(), jean.id, "beans", GiftOf.HANDS, Offer.TEACH, ("garden",))
    bikes = Gift(new_id(), mo.id, "bikes")
    sing = Wish(new_id(), jean.id, "sing", ("choir",))
    strengths.save(book, beans, sing)
    strengths.save(book, bikes)
    assert (strengths.gifts(book, jean.id), strengths.wishes(book)) == ([beans], [sing])
    assert strengths.gifts(book) == [beans, bikes]
    assert people.next_undo(book) == "Write down a gift of Mo"
    strengths.save(book, replace(bikes, offer=Offer.SHOW))
    assert strengths.gifts(book, mo.id)[0].offer is Offer.SHOW
    strengths.save(book)


def test_an_exchange_is_listed_for_both_the_latest_first(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    old = Exchange(new_id(), jean.id, True, mo.id, "beans", before(9))
    new = Exchange(new_id(), mo.id, True, "the Shed", "an afternoon", before(1))
    strengths.save(book, new)
    strengths.save(book, old)
    assert strengths.exchanges(book, mo.id) == strengths.exchanges(book) == [new, old]
    assert strengths.exchanges(book, jean.id) == [old]


def test_measures_and_sheets_go_by_their_day(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    taken = [
        MeasureTaken(new_id(), jean.id, measure, before(days), {"a": days})
        for measure, days in (("ons4", 1), ("ons4", 90), ("ucla3", 30))
    ]
    sheets = [
        ToolSheet(new_id(), jean.id, tool, before(days), {"like": [tool]})
        for tool, days in (("week", 1), ("week", 1), ("circle", 5))
    ]
    strengths.save(book, *taken, *sheets)
    assert strengths.measures(book, jean.id) == [taken[1], taken[2], taken[0]]
    assert strengths.latest_measure(book, jean.id, "ons4") == taken[0]
    assert strengths.sheets(book, jean.id, "week") == sheets[:2]
    assert strengths.latest_sheet(book, jean.id, "week") == sheets[1]  # of one day, the later one
    assert strengths.latest_sheet(book, jean.id, "none") is None
    assert strengths.latest_measure(book, jean.id, "none") is None
    assert people.undo(book) == "Write down 6 things of Jean"
    assert strengths.sheets(book, jean.id) == []


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Gift("1", "{}", "beans"), "a gift"),
        (Wish("1", "{}", "sing"), "a wish"),
        (Exchange("1", "{}", False, "Mo", "tea", TODAY), "an exchange"),
        (MeasureTaken("1", "{}", "ons4", TODAY), "a measure"),
        (ToolSheet("1", "{}", "week", TODAY), "a sheet"),
    ],
)
def test_each_is_taken_out_and_brought_back(book: Notebook, record: Any, words: str) -> None:
    jean = people.add(book, "Jean")
    mine = replace(record, person=jean.id)
    strengths.save(book, mine)
    assert strengths.remove(book, mine)
    assert not strengths.remove(book, mine)
    assert people.undo(book) == f"Take out {words} of Jean"
    lists = (
        strengths.gifts, strengths.wishes, strengths.exchanges, strengths.measures,
        strengths.sheets,
    )  # fmt: skip
    assert [one for listed in lists for one in listed(book, jean.id)] == [mine]


def test_what_cannot_be_is_refused_and_nothing_of_it_is_kept(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    with pytest.raises(LacError, match="good at"):
        strengths.save(book, Wish("1", jean.id, "sing"), Gift("2", jean.id, " "))
    assert strengths.wishes(book) == []
