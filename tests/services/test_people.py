# SPDX-License-Identifier: AGPL-3.0-or-later
"""People: begun with a name, changed in two windows, standing, agreed, together, undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lac_desktop.domain import person_check
from lac_desktop.domain.conversation import Conversation, Paragraph, Promise, Tally
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.person import Agreement, Person, Reach, Standing, StandingChange
from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, Wish
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import access, conversations, people
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON

TODAY = NOON.date()
SOON = TODAY + timedelta(days=9)


def talk(book: Notebook, *who: Person, on: date = TODAY, by: date | None = None) -> Conversation:
    """A kept conversation with a promise."""
    begun = conversations.new(book, [person.id for person in who])
    said = replace(
        begun, on=on, own_words=(Paragraph("Hello"),), promises=(Promise("p", "me", "ring", by),)
    )
    return conversations.keep(book, said)


def test_a_first_name_is_enough(book: Notebook) -> None:
    jean = people.add(book, " Jean ")
    assert people.get(book, jean.id) == jean
    (row,) = people.all_people(book)
    assert (row.name, row.standing, row.since) == ("Jean", Standing.ALONGSIDE, TODAY)
    assert (row.last_contact, row.next_promise, row.conversations) == (None, None, 0)


@pytest.mark.parametrize("name", ["", "  ", "x" * 301])
def test_no_name_and_a_novel_are_no_names(book: Notebook, name: str) -> None:
    with pytest.raises(LacError, match="name"):
        people.add(book, name)
    assert people.all_people(book) == []


@pytest.mark.parametrize("name", ["J", "x" * 300, "🌻", "שרה"])
def test_short_long_and_foreign_names_are_names(book: Notebook, name: str) -> None:
    jean = people.add(book, name)
    assert people.all_people(book)[0].name == name
    assert people.next_undo(book) == f"Begin with {name}"
    assert [row.id for row in people.find(book, name)] == [jean.id]


def test_the_list_is_by_name_and_knows_what_comes_next(book: Notebook) -> None:
    zoe, ada = people.add(book, "Zoë"), people.add(book, "ada")
    talk(book, zoe, on=date(2026, 1, 5), by=SOON)
    talk(book, zoe, on=date(2026, 2, 5), by=SOON - timedelta(days=2))
    both = talk(book, zoe, ada)
    conversations.save_draft(book, conversations.new(book, [ada.id]))
    first, second = people.all_people(book)
    assert [first.name, second.name] == ["ada", "Zoë"]
    assert (second.last_contact, second.conversations, second.drafts) == (TODAY, 3, 0)
    assert (first.conversations, first.drafts) == (1, 1)
    assert second.next_promise is not None
    assert second.next_promise.by == SOON - timedelta(days=2)
    assert first.next_promise == both.promises[0]


def test_people_are_found_by_how_names_begin(book: Notebook) -> None:
    people.add(book, "Siân", full_name="Siân Invented-Jones")
    people.add(book, "Mo")
    for text in ("sian", "JON", "sia inv", "Si"):
        assert [row.name for row in people.find(book, text)] == ["Siân"]
    assert people.find(book, "ian") == []
    assert len(people.find(book, "")) == 2


def test_opening_is_noted_and_looking_up_is_not(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    people.get(book, jean.id)
    assert access.looks(book) == []
    assert people.opened(book, jean.id) == jean
    assert people.opened(book, "nobody") is None
    (look,) = access.looks(book, jean.id)
    assert (look.what, look.who, look.when, look.detail) == ("opened", "Ruth", NOON, "")


def test_two_windows_keep_both_changes_of_different_things(book: Notebook) -> None:
    seen = people.add(book, "Jean")
    people.save(book, replace(seen, note="from one window"), seen)
    joined = people.save(book, replace(seen, pronouns="she"), seen)
    assert joined == replace(seen, note="from one window", pronouns="she")
    assert people.get(book, seen.id) == joined


def test_two_windows_that_change_the_same_are_told_and_both_are_kept(book: Notebook) -> None:
    seen = people.add(book, "Jean")
    theirs = people.save(book, replace(seen, note="one", language="Welsh"), seen)
    mine = replace(seen, note="two", pronouns="she")
    with pytest.raises(StaleError, match="another window") as caught:
        people.save(book, mine, seen)
    assert (caught.value.stored, caught.value.mine) == (theirs, mine)
    assert people.get(book, seen.id) == theirs
    assert people.save(book, replace(theirs, note="one and two"), theirs).note == "one and two"
    assert people.save(book, replace(seen, note="one and two"), seen).language == "Welsh"


def test_somebody_gone_meanwhile_is_told(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    people.undo(book)
    with pytest.raises(LacError, match="not in the notebook"):
        people.save(book, replace(jean, note="x"), jean)


def test_standing_goes_its_way_with_dates(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    day = TODAY - timedelta(days=30)
    people.change_standing(book, jean.id, Standing.STEPPED_BACK, TODAY, "both agreed")
    people.change_standing(book, jean.id, Standing.BACK, TODAY)
    people.change_standing(book, jean.id, Standing.STEPPED_BACK, day, "told of later")
    assert people.standing(book, jean.id) is Standing.BACK
    assert [change.standing for change in people.standing_history(book, jean.id)] == [
        Standing.BACK,
        Standing.STEPPED_BACK,
        Standing.ALONGSIDE,
        Standing.STEPPED_BACK,
    ]
    assert people.all_people(book)[0].standing is Standing.BACK
    with pytest.raises(LacError, match="still to come"):
        people.change_standing(book, jean.id, Standing.MOVED, SOON)


@pytest.mark.parametrize("standing", [Standing.MOVED, Standing.DIED])
def test_moving_away_and_dying_end_every_reminder(book: Notebook, standing: Standing) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    talk(book, jean, by=SOON)
    shared = talk(book, jean, mo, by=SOON)
    people.agree(book, replace(people.new_agreement(book, jean.id, "work together"), until=SOON))
    assert len(conversations.due(book, SOON)) == 2
    assert len(people.running_out(book)) == 1
    people.change_standing(book, jean.id, standing)
    assert people.silent(book) == {jean.id}
    assert [due.conversation for due in conversations.due(book, SOON)] == [shared.id]
    assert people.running_out(book) == []
    assert [row.next_promise is None for row in people.all_people(book)] == [True, False]
    people.undo(book)
    assert len(conversations.due(book, SOON)) == 2


def test_agreements_are_given_run_out_and_are_withdrawn(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    work = people.agree(book, people.new_agreement(book, jean.id, "work together"))
    share = replace(people.new_agreement(book, jean.id, "share"), what="profile", whom="choir")
    people.agree(book, replace(share, until=SOON))
    people.agree(book, replace(share, id="far", until=TODAY + timedelta(days=99)))
    assert [one.id for one in people.running_out(book)] == [share.id]
    assert people.running_out(book, days=8) == []
    withdrawn = people.withdraw(book, share.id, note="changed her mind")
    assert withdrawn is not None
    assert (withdrawn.withdrawn_on, withdrawn.holds_on(TODAY)) == (TODAY, False)
    assert people.running_out(book) == []
    assert people.withdraw(book, "none") is None
    assert [one.id for one in people.agreements(book, jean.id)] == ["far", share.id, work.id]


def test_a_couple_is_walked_with_together_and_apart(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    people.walk_together(book, jean.id, mo.id, "brother", "sister")
    people.walk_together(book, jean.id, mo.id, "big brother", "sister")
    assert [(one.name, tie) for one, tie in people.together(book, jean.id)] == [
        ("Mo", "big brother")
    ]
    assert [(one.name, tie) for one, tie in people.together(book, mo.id)] == [("Jean", "sister")]
    people.walk_apart(book, mo.id, jean.id)
    assert people.together(book, jean.id) == people.together(book, mo.id) == []
    assert people.undo(book) == "Walk with Mo and Jean apart"
    assert len(people.together(book, mo.id)) == 1
    with pytest.raises(LacError, match="not in the notebook"):
        people.walk_together(book, jean.id, "nobody", "x", "y")


def test_steps_are_told_with_the_name_of_now_and_stored_without(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    people.save(book, replace(jean, name="Jeanie"), jean)
    assert people.next_undo(book) == "Change what is known of Jeanie"
    with book.vault.people_read() as db:
        stored = db.execute("SELECT group_concat(why) FROM step").fetchone()[0]
    assert "Jean" not in stored
    assert people.undo(book) == "Change what is known of Jeanie"
    assert people.next_redo(book) == "Change what is known of Jean"
    assert people.undo(book) == "Begin with Jean"
    assert people.all_people(book) == []
    assert people.next_redo(book) == "Begin with somebody who is not here any more"
    assert people.redo(book) == "Begin with Jean"
    assert people.redo(book) == "Change what is known of Jeanie"
    assert (people.redo(book), people.next_redo(book)) == ("", "")
    assert people.get(book, jean.id) == replace(jean, name="Jeanie")


def test_nothing_to_undo_says_so(book: Notebook) -> None:
    assert (people.undo(book), people.redo(book)) == ("", "")
    assert (people.next_undo(book), people.next_redo(book)) == ("", "")


def test_nobody_disappears_while_something_is_typed_about_them(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    begun = conversations.new(book, [jean.id])
    conversations.save_draft(book, begun)
    with pytest.raises(LacError, match="being typed about Jean"):
        people.undo(book)
    assert people.get(book, jean.id) == jean
    conversations.discard_draft(book, begun.id)
    assert people.undo(book) == "Begin with Jean"


def test_a_person_is_copied_as_text_without_their_home(book: Notebook) -> None:
    jean = people.add(
        book,
        "Jean",
        born=date(1944, 2, 29),
        reach=(Reach("phone", "01234", "not before ten"),),
        home=Point(52.5, -3.5),
        home_postcode="ZZ1 1ZZ",
        home_note="round the back",
        introduced_by="gp",
        introduced_agreed=True,
        carer=True,
        carer_wants="an afternoon off",
        information=("large-print",),
    )
    share = replace(people.new_agreement(book, jean.id, "share"), what="profile", whom="choir")
    people.agree(book, share)
    text = people.as_text(book, jean.id)
    for part in (
        "Born\n29 February 1944",
        "phone: 01234 (not before ten)",
        "GP or surgery\nThey agreed to it.",
        "Wants for themself: an afternoon off",
        "In large print",
        "5 March 2026: walking alongside",
        "To share profile with choir, spoken on 5 March 2026.",
    ):
        assert part in text
    for home in ("ZZ1", "52.5", "round the back"):
        assert home not in text
    assert [look.what for look in access.looks(book, jean.id)] == ["copied"]
    assert people.as_text(book, "nobody") == ""


TOMORROW = TODAY + timedelta(days=1)
A = "a"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Person(A, "J", born=TOMORROW), "born"),
        (Person(A, "J", introduced_on=TOMORROW), "introduced_on"),
        (Person(A, "J", home=Point(48.8, 2.3)), "home"),
        (Person(A, "J", full_name="x" * 301), "full_name"),
        (Person(A, "J", alongside=((A, "self"),)), "alongside"),
        (StandingChange(A, "", Standing.BACK, TODAY), "person"),
        (Agreement(A, A, "sell", TODAY, "spoken"), "kind"),
        (Agreement(A, A, "work together", TODAY, "assumed"), "how"),
        (Agreement(A, A, "share", TODAY, "spoken", whom="GP"), "what"),
        (Agreement(A, A, "share", TODAY, "spoken", what="all"), "whom"),
        (Agreement(A, A, "work together", TOMORROW, "spoken"), "on"),
        (Agreement(A, A, "work together", TODAY, "spoken", until=date(2020, 1, 1)), "until"),
        (Agreement(A, A, "work together", TODAY, "spoken", withdrawn_on=TOMORROW), "withdrawn_on"),
        (Conversation(A, (), TODAY, strong="x"), "people"),
        (Conversation(A, (A,), TOMORROW, strong="x"), "on"),
        (Conversation(A, (A,), TODAY, at="25:00", strong="x"), "at"),
        (Conversation(A, (A,), TODAY, own_words=(Paragraph(" \n"),)), "own_words"),
        (Conversation(A, (A,), TODAY, strong="x" * 5_000_001), "own_words"),
        (Conversation(A, (A,), TODAY, strong="x", promises=(Promise(A, "me", ""),)), "promises"),
        (Tally(A, TOMORROW, "", (), ()), "on"),
        (Tally(A, TODAY, "", (), (), "x" * 301), "first_name"),
        (Gift(A, A, " "), "what"),
        (Gift(A, "", "beans"), "person"),
        (Gift(A, A, "beans", noticed_on=TOMORROW), "noticed_on"),
        (Wish(A, A, "sing", came_true_on=TOMORROW), "came_true_on"),
        (Exchange(A, A, True, A, "beans", TODAY), "other"),
        (Exchange(A, A, True, "Mo", "beans", TOMORROW), "on"),
        (MeasureTaken(A, A, "ons4", TOMORROW), "on"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(record: Any, field: str) -> None:
    problems = person_check.problems_of(record, TODAY)
    assert [(problem.field, problem.must) for problem in problems] == [(field, True)]
    assert problems[0].message.endswith(".")


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (Person(A, "J", born=date(1801, 1, 1)), "born"),
        (Person(A, "J", home_postcode="round the back"), "home_postcode"),
        (Person(A, "J", reach=(Reach("phone", " "),)), "reach"),
    ],
)
def test_what_is_only_odd_may_be_kept(book: Notebook, person: Person, field: str) -> None:
    problems = person_check.problems_of(person, TODAY)
    assert [(problem.field, problem.must) for problem in problems] == [(field, False)]
    jean = people.add(book, "J")
    assert people.save(book, replace(person, id=jean.id)).name == "J"


def test_a_clock_set_back_leaves_the_latest_standing_and_undo_right(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    people.change_standing(book, jean.id, Standing.STEPPED_BACK)
    _at(book, NOON - timedelta(days=400))
    people.change_standing(book, jean.id, Standing.BACK, TODAY - timedelta(days=400))
    assert people.standing(book, jean.id) is Standing.STEPPED_BACK
    assert people.undo(book) == "Jean: back in touch"
    assert people.undo(book) == "Jean: stepped back"
    assert people.redo(book) == "Jean: stepped back"


def _at(book: Notebook, moment: datetime) -> None:
    clock: Callable[[], datetime] = lambda: moment  # noqa: E731
    book.clock = clock
