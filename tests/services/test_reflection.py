# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking back on the work; what is printed gives no small number away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.introduction import StillGoing, Went
from lac_desktop.domain.strengths import ToolSheet
from lac_desktop.services import conversations, introductions, people, reflection, strengths
from lac_desktop.services.introductions import Question
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.reflection import FEWER, LEAST, NOT_SHOWN, Part
from tests.services.conftest import NOON

TODAY = NOON.date()


def part(found: reflection.Reflection, name: str) -> Part:
    """One part of it."""
    return next(one for one in found.parts if one.id == name)


def test_the_work_is_counted_by_rung_and_what_was_kept_up(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    for rung in (4, 4, 7):
        one = introductions.save(book, introductions.new(book, jean.id, "x", rung=rung))
        long_ago = TODAY - timedelta(weeks=13)
        introductions.answer(book, one.id, Question.WENT, Went.WENT, on=long_ago)
        introductions.answer(book, one.id, Question.AT_12, StillGoing.STILL_GOING)
    introductions.save(book, introductions.new(book, jean.id, inwards=True))
    introductions.save(book, introductions.new(book, jean.id, "no", agreed=False))
    found = reflection.reflect(book)
    rungs = part(found, "rungs")
    assert [number for _words, number in rungs.rows] == [0, 0, 0, 2, 0, 0, 1]
    assert rungs.finding == "2 of 3 introductions led into the community."
    assert part(found, "kept-up").finding == "3 of 3 were still going at 12 weeks."
    later = reflection.reflect(book, TODAY + timedelta(days=1))
    assert part(later, "rungs").sum == 0


def test_principles_and_circles_over_time(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    talk = conversations.new(book, [jean.id])
    said = replace(talk, own_words=(Paragraph("Hello"),), principles=("relationships",))
    conversations.keep(book, said)
    rows = [{"name": "Mo", "ring": "friends"}, {"name": "Dr X", "ring": "paid", "paid": "yes"}]
    for day, number in ((date(2025, 8, 1), 1), (date(2026, 2, 1), 2)):
        values = {"people": rows[:number]}
        strengths.save(book, ToolSheet(f"s{number}", jean.id, "relationship-circle", day, values))
    found = reflection.reflect(book)
    assert dict(part(found, "principles").rows)["People first"] == 1
    assert part(found, "unpaid").rows == (
        ("Jun 2025", 0), ("Sep 2025", 1), ("Dec 2025", 1), ("Mar 2026", 1)
    )  # fmt: skip
    assert [n for _words, n in part(found, "paid").rows] == [0, 0, 0, 1]


def test_quarters_end_on_their_last_days() -> None:
    for month in range(1, 13):
        ends = reflection.quarter_ends(date(2026, month, 15))
        assert ends[-1] == date(2026, month, 15)
        assert all((end + timedelta(days=1)).day == 1 for end in ends[:-1])
        assert len(set(ends)) == 4


def possible(rows: list[tuple[str, str]], total: str) -> Iterator[tuple[int, ...]]:
    """Every set of numbers that what is printed allows."""
    choices = [range(LEAST) if said == FEWER else [int(said)] for _words, said in rows]
    for numbers in product(*choices):
        if total in ("", NOT_SHOWN) or sum(numbers) == int(total):
            yield numbers


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_nothing_printed_gives_a_small_number_away(numbers: list[int]) -> None:
    one = Part("x", "x", "", tuple((str(n), number) for n, number in enumerate(numbers)))
    rows, total = reflection.printed(one)
    assert all(said == FEWER for (_w, said), n in zip(rows, numbers, strict=True) if n < LEAST)
    worlds = list(possible(rows, total))
    assert tuple(numbers) in worlds
    for at, number in enumerate(numbers):
        if number < LEAST:
            assert len({world[at] for world in worlds}) > 1
    if total not in ("", NOT_SHOWN):
        hidden = [n for n in numbers if n < LEAST]
        assert not hidden or sum(hidden) >= LEAST


def test_large_numbers_are_printed_with_their_total() -> None:
    one = Part("x", "x", "7 of 12", (("a", 7), ("b", 5)))
    assert reflection.printed(one) == ([("a", "7"), ("b", "5")], "12")
    assert reflection.printed_finding(one) == "7 of 12"
    assert reflection.printed_finding(replace(one, rows=(("a", 7), ("b", 1)))) == ""
