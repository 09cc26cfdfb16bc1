# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Today gathers, and that nothing comes up about people who moved away or died."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.conversation import Conversation, Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person, Standing, StandingChange
from lac_desktop.domain.sessions import Session
from lac_desktop.domain.strengths import Exchange, ToolSheet
from lac_desktop.domain.tool_values import place
from lac_desktop.services import assets, conversations, notes, people, people_steps, strengths
from lac_desktop.services import today as days
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.today import Today, today
from tests.services.conftest import NOON

TODAY = NOON.date()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def began(book: Notebook, name: str, days: int = 100) -> Person:
    """Somebody walked alongside for so many days."""
    person = Person(new_id(), name)
    begun = StandingChange(new_id(), person.id, Standing.ALONGSIDE, ago(days))
    people_steps.keep(book, [person, begun], "Begin")
    return person


def spoke(book: Notebook, person: Person, days: int, *promises: Promise) -> Conversation:
    """A kept conversation of some days ago."""
    begun = replace(conversations.new(book, [person.id]), on=ago(days), promises=promises)
    return conversations.keep(book, replace(begun, own_words=(Paragraph("Hello"),)))


def everything(book: Notebook, name: str) -> tuple[Person, Asset]:
    """Somebody about whom each of the lists has something to say."""
    person = began(book, name)
    spoke(book, person, 90, Promise(new_id(), "me", f"ring about {name}", ago(2)))
    begun = conversations.new(book, [person.id])
    conversations.save_draft(book, replace(begun, own_words=(Paragraph("Half a"),)))
    made = people.new_agreement(book, person.id, "work together")
    people.agree(book, replace(made, how="spoken", on=ago(50), until=ago(-5)))
    lunch = assets.blank(name=f"{name}’s lunch club", kind="coffee-morning")
    lunch = assets.save(book, replace(lunch, checked_on=ago(900)))
    strengths.save(book, Exchange(new_id(), person.id, True, lunch.id, "Soup", ago(60)))
    return person, lunch


def named(found: Today, name: str) -> dict[str, bool]:
    """In which of the lists a person stands."""
    ids = {key for key, value in found.names.items() if value == name}
    return {
        "promises": any(ids & set(one.people) for one in found.promises),
        "quiet": any(one.id in ids for one in found.quiet),
        "see": any(one.person.id in ids for one in found.to_see),
        "drafts": any(ids & set(one.conversation.people) for one in found.drafts),
        "agreements": any(one.person in ids for one in found.agreements),
        "relied": any(name in one.relied_on for one in found.relied_on),
    }


def test_an_empty_notebook_has_an_empty_day(book: Notebook) -> None:
    found = today(book)
    assert found == Today(at=NOON)


def test_everything_due_comes_up(book: Notebook) -> None:
    everything(book, "Jean")
    lists = named(today(book), "Jean")
    assert lists == {"promises": True, "quiet": True, "see": False, "drafts": True,
                     "agreements": True, "relied": True}  # fmt: skip


@pytest.mark.parametrize("gone", [Standing.MOVED, Standing.DIED])
def test_who_moved_away_or_died_comes_up_nowhere(book: Notebook, gone: Standing) -> None:
    maud, _lunch = everything(book, "Maud")
    people.change_standing(book, maud.id, gone, TODAY)
    assert not any(named(today(book), "Maud").values())
    people.undo(book)
    assert named(today(book), "Maud")["promises"]


def test_stepped_back_is_not_chased_but_promises_stand(book: Notebook) -> None:
    jean, _lunch = everything(book, "Jean")
    people.change_standing(book, jean.id, Standing.STEPPED_BACK, ago(1))
    lists = named(today(book), "Jean")
    assert not lists["quiet"]
    assert lists["promises"]


def test_who_is_new_or_back_is_to_be_seen(book: Notebook) -> None:
    new, back = began(book, "Rhys", 4), began(book, "Eileen")
    spoke(book, back, 70)
    people.change_standing(book, back.id, Standing.STEPPED_BACK, ago(60))
    people.change_standing(book, back.id, Standing.BACK, ago(3))
    found = today(book)
    assert [(one.person.name, one.back) for one in found.to_see] == [
        ("Rhys", False), ("Eileen", True),
    ]  # fmt: skip
    assert not named(found, "Eileen")["quiet"]
    spoke(book, new, 0)
    spoke(book, back, 0)
    assert today(book).to_see == ()


def test_the_weeks_can_be_chosen(book: Notebook) -> None:
    spoke(book, began(book, "Jean"), 30)
    assert today(book).quiet == ()
    days.set_quiet_weeks(book, 4)
    assert [one.name for one in today(book).quiet] == ["Jean"]
    days.set_quiet_weeks(book, 0)
    assert days.quiet_weeks(book) == 1


def test_only_soon_and_overdue_promises_come_up(book: Notebook) -> None:
    jean = began(book, "Jean")
    for what, by in (("late", ago(9)), ("soon", ago(-6)), ("far", ago(-40))):
        spoke(book, jean, 10, Promise(new_id(), "me", what, by))
    found = today(book)
    assert [one.promise.what for one in found.promises] == ["late", "soon"]
    first = found.promises[0]
    conversations.mark_done(book, first.conversation, first.promise.id)
    assert [one.promise.what for one in today(book).promises] == ["soon"]


def test_places_named_on_the_latest_page_are_relied_on(book: Notebook) -> None:
    jean = began(book, "Jean")
    shed = assets.save(book, assets.blank(name="Spoke Shed", kind="mens-shed"))
    hall = assets.save(book, assets.blank(name="Bobbin Hall", kind="village-hall"))
    rows = ({"places": [{"place": place(hall.name, hall.id)}]},
            {"places": [{"place": place(shed.name, shed.id)}]})  # fmt: skip
    for days_gone, values in zip((20, 5), rows, strict=True):
        strengths.save(book, ToolSheet(new_id(), jean.id, "community-map", ago(days_gone), values))
    found = today(book)
    assert [(one.asset.name, one.relied_on) for one in found.relied_on] == [
        ("Spoke Shed", ("Jean",))
    ]
    assert found.checks_due == 2
    assert [one.asset.name for one in found.checks] == ["Bobbin Hall"]


def test_what_is_on_today_and_not_over(book: Notebook) -> None:
    knit = assets.blank(name="Knit and Natter", kind="craft-group")
    over = assets.blank(name="Early walkers", kind="walking-group")
    assets.save_many(
        book,
        [
            replace(knit, sessions=(Session("Knit", weekday=3, start="13:30", end="15:00"),)),
            replace(over, sessions=(Session("Walk", weekday=3, start="09:00", end="10:00"),)),
        ],
        "Make",
        "import",
    )
    (one,) = today(book).on
    assert (one.asset.name, one.start.hour, one.start.minute) == ("Knit and Natter", 13, 30)


def test_notes_and_the_tally_of_this_week(book: Notebook) -> None:
    notes.quick(book, "Hall has a hearing loop")
    for on in (TODAY, TODAY, ago(3), ago(4)):  # a Thursday: the Monday before and the Sunday
        notes.tally(book, "library", ["money"], ["listened"], on=on)
    found = today(book)
    assert [one.text for one in found.notes] == ["Hall has a hearing loop"]
    assert [(one.key, one.count) for one in found.tally] == [("library", 3)]
