# SPDX-License-Identifier: AGPL-3.0-or-later
"""The timeline of a person: everything, once, the latest first, with filters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lac_desktop.domain.conversation import Conversation, Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.introduction import StillGoing, Went
from lac_desktop.domain.person import Person, Standing
from lac_desktop.domain.reciprocity import Nudge, Word
from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, ToolSheet, Wish
from lac_desktop.services import (
    assets,
    conversations,
    introductions,
    measures,
    notes,
    people,
    reciprocity,
    strengths,
    tried,
)
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.timeline import KINDS, Happening, lately, opening_words, timeline
from tests.services.conftest import NOON

TODAY = NOON.date()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def jean(book: Notebook) -> Person:
    """Jean, with one of everything."""
    jean, nadia = people.add(book, "Jean"), people.add(book, "Nadia")
    library = assets.save(book, assets.blank(name="Brackenfold Library", kind="library"))
    talk = replace(
        conversations.new(book, [jean.id], "At home"),
        on=ago(3),
        at="10:00",
        own_words=(Paragraph("Ted is ill", about="Ted"), Paragraph("I miss being some use.")),
        promises=(
            Promise("a", "me", "ring the Spoke Shed", ago(-1)),
            Promise("b", "you", "find the pump", None, ago(1), "It was in the shed"),
        ),
    )
    conversations.keep(book, talk)
    strengths.save(
        book,
        Gift(new_id(), jean.id, "Bakes", noticed_on=ago(5)),
        Wish(new_id(), jean.id, "Ride the bike", said_on=ago(6), came_true_on=ago(2)),
        Exchange(new_id(), jean.id, True, nadia.id, "Turning a heel", ago(7), "Laughed"),
        Exchange(new_id(), jean.id, False, library.id, "A warm room", ago(8)),
        Exchange(new_id(), jean.id, True, "the postwoman", "Tea", ago(8)),
        MeasureTaken(new_id(), jean.id, "two-things", ago(9), {"first": 4}),
        ToolSheet(new_id(), jean.id, "one-page-profile", ago(10), {"matters": ["tea"]}),
    )
    went = replace(tried.blank(book, jean.id), on=ago(4), what="The bus", happened="Got there")
    tried.save(book, went)
    measures.decline(book, jean.id, "ucla3")
    singers = introductions.new(book, jean.id, "Wend Singers")
    introductions.save(
        book,
        replace(singers, on=ago(40), went=Went.WENT, went_on=ago(35), felt="Loud, in a good way",
                at_4_weeks=StillGoing.STILL_GOING, contributor_since=ago(5)),
    )  # fmt: skip
    shed = introductions.new(book, jean.id, "The Spoke Shed")
    introductions.save(book, replace(shed, first_visit=ago(-1)))
    reciprocity.not_now(book, jean.id, Nudge(Word.ONLY_GIVES))
    agreed = people.agree(
        book,
        replace(people.new_agreement(book, jean.id, "share"), what="the page", whom="Lena",
                how="spoken", on=ago(11), until=ago(-20)),
    )  # fmt: skip
    people.withdraw(book, agreed.id, ago(1))
    notes.sort_to(book, notes.quick(book, "Jean rang").id, jean.id)
    people.change_standing(book, jean.id, Standing.STEPPED_BACK, TODAY, "All is well")
    return jean


def texts(found: list[Happening]) -> list[str]:
    return [one.text for one in found]


def test_everything_is_there_once_with_the_latest_first(book: Notebook, jean: Person) -> None:
    found = timeline(book, jean.id)
    assert {one.kind for one in found} == set(KINDS)
    assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    said = texts(found)
    assert len(said) == len(set(said))
    for sentence in (
        "Conversation: At home",
        "You said you would: ring the Spoke Shed (Tomorrow)",
        "Done: Jean said they would: find the pump",
        "Gift noticed: Bakes",
        "Would love: Ride the bike",
        "Came true: Ride the bike",
        "Gave Nadia: Turning a heel",
        "Brackenfold Library gave: A warm room",
        "Gave the postwoman: Tea",
        "Tried: The bus. Got there",
        "Measure: Two things that matter",
        "Measure not wanted: Loneliness: three questions and the direct one",
        "Made together: One page about me",
        "Stepped back",
        "Quick note: Jean rang",
        "Introduction: Wend Singers",
        "Went: Wend Singers",
        "Still going after 4 weeks: Wend Singers",
        "Gives there too: Wend Singers",
        "Introduction: The Spoke Shed. First visit: Tomorrow",
    ):
        assert sentence in said, said
    assert not any("udge" in one for one in said)
    assert any(one.startswith("Agreed to share the page with Lena. Ends on") for one in said)
    assert any(one.startswith("Took back: Agreed to share the page") for one in said)


def test_introductions_say_how_they_ended_and_who_came_in(book: Notebook) -> None:
    mo, nadia = people.add(book, "Mo"), people.add(book, "Nadia")
    away = introductions.new(book, mo.id, "Knit and Natter")
    introductions.save(book, replace(away, went=Went.WENT, went_on=ago(30), ended_on=ago(2),
                                     at_4_weeks=StillGoing.STEPPED_AWAY))  # fmt: skip
    unlike = introductions.new(book, mo.id, "Lunch club")
    introductions.save(book, replace(unlike, went=Went.NOT_FOR_ME, ended_on=ago(3)))
    over = introductions.new(book, mo.id, "Chess")
    introductions.save(book, replace(over, ended_on=ago(4)))
    introductions.save(book, introductions.new(book, nadia.id, "Mo", to_person=mo.id))
    coming = introductions.new(book, mo.id)
    introductions.save(book, replace(coming, inwards=True, introduced_by="the surgery"))
    said = texts(timeline(book, mo.id, frozenset({"introduction"})))
    for sentence in (
        "Stepped away: Knit and Natter",
        "Not for them: Lunch club",
        "Came to an end: Chess",
        "Nadia was introduced to them",
        "Introduced to us by the surgery",
    ):
        assert sentence in said, said


def test_lately_is_the_head_of_the_timeline(book: Notebook, jean: Person) -> None:
    assert lately(book, jean.id, 4) == timeline(book, jean.id)[:4]
    assert lately(book, "nobody") == []


def test_lately_reads_few_conversations_of_many(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, asked = people.add(book, "Lena"), []
    read = conversations.of_person

    def counted(*given: object) -> list[Conversation]:
        asked.append(given[3])
        return read(*given)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(conversations, "of_person", counted)
    lately(book, person.id)
    assert asked == [30]


def test_own_words_are_quoted_and_not_what_was_said_of_others(book: Notebook, jean: Person) -> None:
    (talk,) = timeline(book, jean.id, frozenset({"conversation"}))
    assert (talk.quote, talk.at) == ("I miss being some use.", "10:00")
    assert opening_words(Conversation("x", (), TODAY)) == ""
    long = Conversation("x", (), TODAY, own_words=(Paragraph("word " * 200_000),))
    assert len(opening_words(long)) < 170


def test_filters_leave_only_their_kinds(book: Notebook, jean: Person) -> None:
    for kind in KINDS:
        found = timeline(book, jean.id, frozenset({kind}))
        assert found
        assert {one.kind for one in found} == {kind}


def test_an_exchange_is_told_from_both_sides(book: Notebook, jean: Person) -> None:
    nadia = next(one for one in people.all_people(book) if one.name == "Nadia")
    assert "Jean gave: Turning a heel" in texts(timeline(book, nadia.id))


def test_two_clocks_and_one_set_back_sort_by_day(book: Notebook) -> None:
    person = people.add(book, "Mo")
    for number, on in enumerate((ago(2), ago(9), ago(4))):
        begun = conversations.new(book, [person.id], f"Talk {number}")
        conversations.keep(book, replace(begun, on=on, own_words=(Paragraph("Yes"),)))
    found = timeline(book, person.id, frozenset({"conversation"}))
    assert [one.text[-1] for one in found] == ["0", "2", "1"]


def test_nobody_has_an_empty_timeline(book: Notebook) -> None:
    assert timeline(book, "nobody") == []
