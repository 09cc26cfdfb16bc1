# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures taken, things tried and giving and receiving, kept in a real notebook."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.measures import own_words_key
from lac_desktop.domain.person import Person, Standing
from lac_desktop.domain.reciprocity import LATER_DAYS, Word
from lac_desktop.domain.strengths import Exchange, MeasureTaken
from lac_desktop.errors import LacError
from lac_desktop.services import (
    assets,
    conversations,
    gift_prompts,
    measures,
    people,
    reciprocity,
    strengths,
    tried,
)
from lac_desktop.services.notebook import Notebook

TODAY = date(2026, 3, 5)


@pytest.fixture
def jean(book: Notebook) -> Person:
    return people.add(book, "Jean")


def give(book: Notebook, jean: Person, days: int, given: bool, other: str = "Mo") -> Exchange:
    made = replace(
        reciprocity.new_exchange(book, jean.id, given),
        other=other, what="soup", on=TODAY - timedelta(days=days),
    )  # fmt: skip
    strengths.save(book, made)
    return made


def test_a_measure_waits_for_a_second_meeting_and_blocks_nothing(
    book: Notebook, jean: Person
) -> None:
    assert measures.first_meeting(book, jean.id)
    talk = replace(conversations.new(book, [jean.id]), own_words=(Paragraph("Hello"),), on=TODAY)
    conversations.keep(book, talk)
    assert measures.first_meeting(book, jean.id)
    blank = measures.blank(book, jean.id, "ons4")
    measures.keep(book, replace(blank, answers={"happy": 6}))  # asked all the same
    earlier = replace(
        conversations.new(book, [jean.id]), own_words=(Paragraph("Hi"),), on=date(2026, 2, 5)
    )
    conversations.keep(book, earlier)
    assert not measures.first_meeting(book, jean.id)


def test_answers_come_back_in_order_and_undo_takes_the_last_away(
    book: Notebook, jean: Person
) -> None:
    for day, happy in ((date(2026, 3, 1), 7), (date(2025, 12, 1), 4)):
        taken = MeasureTaken(ids.new_id(), jean.id, "ons4", day, {"happy": happy, "anxious": None})
        measures.keep(book, taken)
    story = next(s for s in measures.stories(book, jean.id) if s.measure.id == "ons4")
    assert [t.on.month for t in story.taken] == [12, 3]
    (track,) = story.tracks
    assert [(p.reading.value, p.reading.words) for p in track.points] == [(4, "low"), (7, "high")]
    assert all("anxious" not in taken.answers for taken in story.taken)
    assert people.undo(book)
    story = next(s for s in measures.stories(book, jean.id) if s.measure.id == "ons4")
    assert [p.reading.value for p in story.tracks[0].points] == [7]


def test_a_wrong_answer_is_told_and_nothing_is_kept(book: Notebook, jean: Person) -> None:
    blank = measures.blank(book, jean.id, "ucla3")
    with pytest.raises(LacError, match="from 1 to 3"):
        measures.keep(book, replace(blank, answers={"left-out": 4}))
    assert strengths.measures(book, jean.id) == []


def test_own_words_are_offered_again_and_numbers_are_not(book: Notebook, jean: Person) -> None:
    words = own_words_key("first")
    blank = measures.blank(book, jean.id, "two-things")
    assert blank.answers == {}
    measures.keep(book, replace(blank, answers={words: " The bike going ", "first": 2}))
    again = measures.blank(book, jean.id, "two-things")
    assert again.answers == {words: "The bike going"}
    assert again.on == TODAY


def test_a_no_is_remembered_until_there_is_an_answer(book: Notebook, jean: Person) -> None:
    measures.decline(book, jean.id, "ucla3")
    story = measures.stories(book, jean.id)[-1]
    assert (story.measure.id, story.declined_on, story.taken) == ("ucla3", TODAY, ())
    measures.keep(book, replace(measures.blank(book, jean.id, "ucla3"), answers={"lonely": 3}))
    story = measures.stories(book, jean.id)[-1]
    assert (story.declined_on, len(story.taken)) == (None, 1)


def test_what_was_tried_is_kept_changed_and_taken_out(book: Notebook, jean: Person) -> None:
    one = replace(tried.blank(book, jean.id), what=" Knit and Natter ", happened="Came home early")
    tried.save(book, one)
    thought = replace(tried.blank(book, jean.id), what="The bus", matters="Not being stared at")
    tried.save(book, replace(thought, on=date(2026, 3, 1)))
    first, second = tried.all_tried(book, jean.id)
    assert (first.what, first.happened, first.thought_about) == (
        "Knit and Natter", "Came home early", False,
    )  # fmt: skip
    assert second.thought_about
    tried.save(book, replace(first, next="Go with Nadia"))
    assert [t.next for t in tried.all_tried(book, jean.id)] == ["Go with Nadia", ""]
    assert tried.remove(book, second)
    assert len(tried.all_tried(book, jean.id)) == 1
    assert people.undo(book)
    assert len(tried.all_tried(book, jean.id)) == 2
    with pytest.raises(LacError, match="Say what was tried"):
        tried.save(book, replace(one, what=" "))


def test_an_exchange_is_seen_from_both_sides_with_names(book: Notebook, jean: Person) -> None:
    nadia = people.add(book, "Nadia")
    shed = assets.blank(name="Spoke Shed", kind="repair-cafe")
    assets.save(book, shed)
    give(book, jean, 10, given=True, other=nadia.id)
    give(book, jean, 20, given=False, other=shed.id)
    mine, hers = reciprocity.of_person(book, jean.id), reciprocity.of_person(book, nadia.id)
    assert [(s.gave, mine.name(s.other)) for s in mine.sides] == [
        (True, "Nadia"), (False, "Spoke Shed"),
    ]  # fmt: skip
    assert [(s.gave, hers.name(s.other)) for s in hers.sides] == [(False, "Jean")]
    assert (mine.gave, mine.received) == (1, 1)
    assert mine.name("A neighbour") == "A neighbour"


def test_not_now_keeps_a_nudge_away_for_ninety_days(book: Notebook, jean: Person) -> None:
    give(book, jean, 120, given=True)
    give(book, jean, 30, given=False)
    (nudge,) = reciprocity.of_person(book, jean.id).nudges
    assert nudge.about is Word.ONLY_RECEIVES
    reciprocity.not_now(book, jean.id, nudge)
    assert reciprocity.of_person(book, jean.id).nudges == ()
    assert tried.all_tried(book, jean.id) == []
    later = book.clock() + timedelta(days=LATER_DAYS)
    book.clock = lambda: later
    give(book, jean, -80, given=False)
    assert [n.about for n in reciprocity.of_person(book, jean.id).nudges] == [Word.ONLY_RECEIVES]


def test_undo_brings_a_nudge_back(book: Notebook, jean: Person) -> None:
    give(book, jean, 120, given=False)
    give(book, jean, 30, given=True)
    (nudge,) = reciprocity.of_person(book, jean.id).nudges
    reciprocity.not_now(book, jean.id, nudge)
    assert people.undo(book)
    assert reciprocity.of_person(book, jean.id).nudges == (nudge,)


def test_nothing_is_said_about_somebody_who_died(book: Notebook, jean: Person) -> None:
    give(book, jean, 120, given=True)
    give(book, jean, 30, given=False)
    people.change_standing(book, jean.id, Standing.DIED)
    assert reciprocity.of_person(book, jean.id).nudges == ()


def test_nobody_is_asked_for_skills() -> None:
    asked = [q for part in gift_prompts.load().values() for q in part.questions]
    assert len(gift_prompts.load()) == 4
    assert all(len(part.questions) >= 4 for part in gift_prompts.load().values())
    assert not any("skill" in question.casefold() for question in asked)
