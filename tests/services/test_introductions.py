# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introductions: agreed, told word by word, followed up, remembered for the ladder, undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lac_desktop.domain.introduction import Introduction, StillGoing, Thought, Went
from lac_desktop.domain.person import Person, Standing
from lac_desktop.domain.sessions import Session
from lac_desktop.domain.strengths import Gift, GiftOf, Offer
from lac_desktop.errors import LacError
from lac_desktop.services import (
    assets,
    considered,
    first_visit,
    introductions,
    people,
    rights_erasure,
    strengths,
)
from lac_desktop.services.introductions import Question
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON

TODAY = NOON.date()


def weeks_ago(number: float) -> date:
    """A day so many weeks before today."""
    return TODAY - timedelta(days=round(number * 7))


@pytest.fixture
def jean(book: Notebook) -> Person:
    """The one who is introduced."""
    return people.add(book, "Jean")


def made(book: Notebook, person: Person, to: str = "The Shed", **known: object) -> Introduction:
    """A kept introduction."""
    return introductions.save(book, introductions.new(book, person.id, to, **known))


def asked(book: Notebook) -> list[tuple[str, Question]]:
    """What is due today."""
    return [(one.introduction.to, one.question) for one in introductions.due(book)]


def test_today_asks_how_it_went_on_the_day_or_in_a_week(book: Notebook, jean: Person) -> None:
    made(book, jean, "on the day", first_visit=TODAY)
    made(book, jean, "still to come", first_visit=TODAY + timedelta(days=1))
    introductions.save(book, replace(made(book, jean, "no day"), on=TODAY - timedelta(days=7)))
    made(book, jean, "just now")
    assert set(asked(book)) == {("on the day", Question.WENT), ("no day", Question.WENT)}
    later = introductions.due(book, TODAY + timedelta(days=7))
    assert {one.introduction.to for one in later} == {
        "on the day", "still to come", "no day", "just now"
    }  # fmt: skip


def test_it_is_asked_at_4_and_at_12_weeks_and_then_no_more(book: Notebook, jean: Person) -> None:
    one = made(book, jean)
    introductions.answer(book, one.id, Question.WENT, Went.WENT, on=weeks_ago(4), felt="I laughed.")
    assert asked(book) == [("The Shed", Question.AT_4)]
    introductions.answer(book, one.id, Question.AT_4, StillGoing.STILL_GOING)
    assert asked(book) == []
    assert [d.question for d in introductions.due(book, TODAY + timedelta(weeks=8))] == [
        Question.AT_12
    ]
    introductions.answer(book, one.id, Question.AT_12, StillGoing.NOT_SURE, learned="Ask Mo")
    kept = introductions.get(book, one.id)
    assert kept is not None
    assert (kept.felt, kept.learned, kept.ended_on) == ("I laughed.", "Ask Mo", None)
    assert introductions.due(book, TODAY + timedelta(weeks=99)) == []


def test_after_12_weeks_nobody_is_asked_about_4(book: Notebook, jean: Person) -> None:
    one = made(book, jean)
    introductions.answer(book, one.id, Question.WENT, Went.WENT, on=weeks_ago(13))
    assert asked(book) == [("The Shed", Question.AT_12)]


def test_not_yet_is_asked_again_in_a_week(book: Notebook, jean: Person) -> None:
    one = made(book, jean, first_visit=TODAY, first_time="10:00")
    introductions.answer(book, one.id, Question.WENT, Went.NOT_YET)
    assert asked(book) == []
    assert [d.on for d in introductions.due(book, TODAY + timedelta(days=7))] == [
        TODAY + timedelta(days=7)
    ]


@pytest.mark.parametrize("standing", [Standing.MOVED, Standing.DIED])
def test_nothing_is_asked_about_who_moved_away_or_died(
    book: Notebook, jean: Person, standing: Standing
) -> None:
    mo = people.add(book, "Mo")
    made(book, jean, first_visit=TODAY)
    made(book, jean, to_person=mo.id, first_visit=TODAY)
    made(book, mo, first_visit=TODAY)
    assert len(asked(book)) == 3
    people.change_standing(book, mo.id, standing)
    assert asked(book) == [("The Shed", Question.WENT)]
    people.change_standing(book, mo.id, Standing.BACK)
    assert len(asked(book)) == 3


def test_being_introduced_to_us_or_having_said_no_asks_nothing(
    book: Notebook, jean: Person
) -> None:
    made(book, jean, "", inwards=True, introduced_by="Dr Invented", first_visit=TODAY)
    made(book, jean, agreed=False, first_visit=TODAY)
    ended = made(book, jean, first_visit=TODAY)
    introductions.end(book, ended.id, learned="too early in the day")
    assert asked(book) == []


def test_the_ladder_remembers_what_came_of_it(book: Notebook, jean: Person) -> None:
    shed = assets.blank(name="The Shed", kind="craft-group")
    assets.save(book, shed)
    one = made(book, jean, "The Shed", to_asset=shed.id, rung=4)
    key = f"asset:{shed.id}"
    introductions.answer(book, one.id, Question.WENT, Went.WENT, felt="It was warm.")
    assert "It was warm" in considered.remembered(book, jean.id)[key]
    introductions.answer(
        book, one.id, Question.AT_4, StillGoing.STEPPED_AWAY, learned="The bus is early"
    )
    assert "The bus is early" in considered.remembered(book, jean.id)[key]
    assert considered.put_aside(book, jean.id) == {}
    other = made(book, jean, "Homeshare", kind="approach:homeshare", rung=5)
    introductions.answer(book, other.id, Question.WENT, Went.NOT_FOR_ME, felt="too far")
    assert considered.put_aside(book, jean.id) == {"approach:homeshare": "“Not for me”: too far"}
    assert people.undo(book) == "How it went for Jean"
    assert considered.put_aside(book, jean.id) == {}


def test_later_comes_back_on_its_day(book: Notebook, jean: Person) -> None:
    day = TODAY + timedelta(days=10)
    considered.remember(
        book, jean.id, "approach:homeshare", "Homeshare", 5, Thought.LATER, until=day
    )
    assert "approach:homeshare" in considered.put_aside(book, jean.id)
    assert considered.put_aside(book, jean.id, day) == {}
    considered.remember(book, jean.id, "approach:homeshare", "Homeshare", 5, why="Read about it")
    assert considered.put_aside(book, jean.id) == {}
    assert considered.remembered(book, jean.id) == {
        "approach:homeshare": "Thought about on 5 March 2026. Read about it."
    }
    assert [one.thought for one in considered.of_person(book, jean.id)] == [
        Thought.THOUGHT_ABOUT, Thought.LATER
    ]  # fmt: skip
    open_end = considered.remember(book, jean.id, "x:1", "X", 4, Thought.LATER)
    assert open_end.until == TODAY + timedelta(weeks=considered.LATER_WEEKS)


def test_a_service_without_a_thought_gets_a_kind_word_and_is_kept(
    book: Notebook, jean: Person
) -> None:
    bare = introductions.new(book, jean.id, "A day centre", rung=7, agreed=True)
    assert introductions.doubts(bare) == [introductions.THOUGHT_FIRST]
    assert introductions.doubts(replace(bare, thought_first="asked her sister")) == []
    assert introductions.doubts(replace(bare, skipped="urgent")) == []
    assert introductions.doubts(replace(bare, rung=4, agreed=None)) == [introductions.NOT_ASKED]
    assert introductions.doubts(replace(bare, rung=4, agreed=False)) == [introductions.SAID_NO]
    assert introductions.save(book, bare) in introductions.of_person(book, jean.id)


def test_a_name_lives_in_one_place_and_goes_with_its_person(book: Notebook, jean: Person) -> None:
    mo = people.add(book, "Mo")
    one = made(book, jean, "Mo", to_person=mo.id, agreed=True)
    introductions.answer(book, one.id, Question.WENT, Went.WENT)
    people.save(book, replace(mo, name="Mohammed"))
    assert [i.to for i in introductions.of_person(book, jean.id)] == ["Mohammed"]
    assert [i.id for i in introductions.of_person(book, mo.id)] == [one.id]
    assert [c.title for c in considered.of_person(book, jean.id)] == ["Mohammed"]
    rights_erasure.erase(book, mo.id, "asked")
    (left,) = introductions.of_person(book, jean.id)
    assert left.to == introductions.NOBODY
    assert introductions.due(book, TODAY + timedelta(weeks=50)) == []
    introductions.second_visit(book, left.id, TODAY)  # the story goes on all the same
    with book.vault.people_read() as db:
        rows = db.execute("SELECT * FROM introduction")
        assert not any(mo.id in str(row) or "Moh" in str(row) for row in rows.fetchall())
        rows = db.execute("SELECT * FROM considered")
        assert not any(mo.id in str(row) or "Moh" in str(row) for row in rows.fetchall())


def test_a_gift_that_was_thought_about_goes_with_who_gives_it(book: Notebook, jean: Person) -> None:
    mo = people.add(book, "Mo")
    gift = Gift("g-1", mo.id, "Mends bikes", offer=Offer.SHOW)
    strengths.save(book, gift)
    considered.remember(book, jean.id, f"gift:{gift.id}", "Mo would show someone: Mends bikes", 3)
    assert [c.title for c in considered.of_person(book, jean.id)] == ["Mo: Mends bikes"]
    strengths.save(book, replace(gift, offer=Offer.PRIVATE))
    (private,) = considered.of_person(book, jean.id)
    assert "Mo" not in private.title
    assert "bikes" not in private.title
    rights_erasure.erase(book, mo.id, "asked")
    with book.vault.people_read() as db:
        rows = [str(row) for row in db.execute("SELECT * FROM considered").fetchall()]
    assert rows
    assert not any("Mo " in row or "bikes" in row for row in rows)


def test_second_visit_contributing_taking_out_and_undo_in_words(
    book: Notebook, jean: Person
) -> None:
    one = made(book, jean)
    introductions.second_visit(book, one.id, TODAY)
    introductions.contributes(book, one.id)
    kept = introductions.get(book, one.id)
    assert kept is not None
    assert (kept.second_visit, kept.contributor_since) == (TODAY, TODAY)
    assert people.undo(book) == "Jean gives too"
    assert introductions.remove(book, kept)
    with pytest.raises(LacError, match="not in the notebook any more"):
        introductions.second_visit(book, one.id, TODAY)
    assert people.undo(book) == "Take out an introduction of Jean"
    assert introductions.get(book, one.id) is not None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": " "}, "to whom"),
        ({"first_time": "2pm"}, "not a time"),
        ({"went_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"rung": 8}, "rungs 1 to 7"),
        ({"person": ""}, "whom this is about"),
    ],
)
def test_what_cannot_be_kept_is_said(
    book: Notebook, jean: Person, wrong: dict[str, object], said: str
) -> None:
    one = introductions.new(book, jean.id, "The Shed")
    with pytest.raises(LacError, match=said):
        introductions.save(book, replace(one, **wrong))
    assert introductions.of_person(book, jean.id) == []


def test_a_first_time_is_when_something_is_on_and_they_are_free(
    book: Notebook, jean: Person
) -> None:
    craft = replace(
        assets.blank(name="Knit and Natter", kind="craft-group"),
        hours="Mo-Sa 09:00-17:00",
        sessions=(
            Session("Knit and Natter", weekday=1, start="13:30", end="15:00"),
            Session("Late knitting", weekday=4, start="18:00", end="20:00"),
        ),
    )
    found = first_visit.first_time(book, craft)
    assert found is not None
    assert (found.at.isoformat(), found.why) == (
        "2026-03-06T18:00:00", "Late knitting: Friday, 6pm to 8pm."
    )  # fmt: skip
    free = replace(jean, free_times="Tu 13:00-16:00")
    found = first_visit.first_time(book, craft, free)
    assert found is not None
    assert found.at.isoformat() == "2026-03-10T13:30:00"
    sunday = replace(jean, free_times="Su 10:00-12:00")
    found = first_visit.first_time(book, craft, sunday)
    assert found is not None
    assert "Jean is not free then" in found.why
    library = replace(craft, sessions=(), hours="Mo-Fr 10:00-17:00")
    found = first_visit.first_time(book, library)
    assert found is not None
    assert found.at.isoformat() == "2026-03-06T10:00:00"
    assert found.why == "Knit and Natter is open 10am to 5pm on Fridays."
    assert first_visit.first_time(book, replace(library, hours="")) is None


def test_nothing_is_offered_to_be_told_of_a_private_gift_a_home_or_a_note(book: Notebook) -> None:
    jean = people.add(
        book, "Jean", home_postcode="ZZ1 1ZZ", note="Widowed", access_wishes=("step-free",),
        interests=("gardening",),
    )  # fmt: skip
    strengths.save(
        book,
        Gift("g1", jean.id, "plays the organ", GiftOf.HANDS, Offer.PRIVATE),
        Gift("g2", jean.id, "prunes roses", GiftOf.HANDS, Offer.SHOW),
    )
    told = first_visit.tellable(book, jean)
    assert "Is called Jean." in told
    assert "Needs a way in without steps." in told
    assert "Is willing to show or teach: prunes roses." in told
    said = " ".join(told)
    assert not any(word in said for word in ("organ", "ZZ1", "Widowed"))
