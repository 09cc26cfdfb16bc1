# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conversations: typed, kept once, corrected beside, promised, found, copied out."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.conversation import Conversation, Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import access, conversations, notebook, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records
from lac_desktop.storage import vault as vaults
from lac_desktop.storage.failures import DiskFullError
from lac_desktop.storage.steps import Step
from tests.services.conftest import NOON, SECRET

TODAY = NOON.date()


@pytest.fixture
def jean(book: Notebook) -> Person:
    return people.add(book, "Jean")


def said(book: Notebook, who: Person, text: str, on: date = TODAY, at: str = "") -> Conversation:
    """A conversation that is not kept yet."""
    begun = conversations.new(book, [who.id])
    return replace(begun, on=on, at=at, own_words=(Paragraph(text),))


def test_a_new_one_is_of_now_and_by_me(book: Notebook, jean: Person) -> None:
    begun = conversations.new(book, [jean.id], "At the library")
    assert (begun.on, begun.at, begun.started, begun.by) == (TODAY, "12:00", NOON, "Ruth")
    assert (begun.people, begun.setting, begun.kept) == ((jean.id,), "At the library", False)
    assert conversations.drafts(book) == []


def test_typing_is_saved_without_history_and_comes_back_after_a_crash(
    vault_folder: Path, book: Notebook, jean: Person
) -> None:
    talk = said(book, jean, "")
    turn, typed = None, talk
    for length in range(1, 12):
        typed = replace(talk, own_words=(Paragraph("half a senten"[:length]),), strong=" ")
        turn = conversations.save_draft(book, typed, turn)
    with book.vault.people_read() as db:
        assert db.execute("SELECT count(*) FROM step").fetchone() == (1,)  # Jean alone
    notebook.lock(book)
    again = notebook.unlock(vault_folder, SECRET, clock=lambda: NOON)
    (draft,) = conversations.drafts(again, jean.id)
    assert draft.conversation == replace(typed, changed=NOON)
    assert draft.turn == turn
    assert conversations.draft(again, talk.id) == draft
    assert conversations.drafts(again, "somebody else") == []
    assert conversations.search(again, "half") == []
    conversations.save_draft(again, replace(typed, strong="more"), draft.turn)
    conversations.discard_draft(again, talk.id)
    assert conversations.drafts(again) == []
    notebook.lock(again)


def test_drafts_are_in_the_order_of_typing_though_the_clock_was_set_back(
    book: Notebook, jean: Person
) -> None:
    first, second = said(book, jean, "first"), said(book, jean, "second")
    conversations.save_draft(book, first)
    book.clock = lambda: NOON - timedelta(days=3)
    conversations.save_draft(book, second)
    assert [d.conversation.id for d in conversations.drafts(book)] == [second.id, first.id]


def test_two_windows_on_one_draft_lose_nothing(book: Notebook, jean: Person) -> None:
    talk = said(book, jean, "so far")
    turn = conversations.save_draft(book, talk)
    here = replace(talk, strong="here")
    there = replace(talk, strong="there")
    conversations.save_draft(book, here, turn)
    with pytest.raises(StaleError, match="another window") as caught:
        conversations.save_draft(book, there, turn)
    mine = caught.value.mine
    assert isinstance(mine, Conversation)
    assert mine.id != talk.id
    texts = {d.conversation.strong for d in conversations.drafts(book, jean.id)}
    assert texts == {"here", "there"}
    conversations.save_draft(book, replace(mine, strong="there and on"), caught.value.turn)
    texts = {d.conversation.strong for d in conversations.drafts(book, jean.id)}
    assert texts == {"here", "there and on"}
    latest = conversations.draft(book, talk.id)
    assert latest is not None
    assert conversations.save_draft(book, here, turn) > latest.turn  # the same text is no clash


def test_keeping_is_one_step_and_undo_makes_it_a_draft_again(book: Notebook, jean: Person) -> None:
    talk = said(book, jean, "I love the garden")
    conversations.save_draft(book, talk)
    kept = conversations.keep(book, talk)
    assert kept == replace(talk, kept=True, changed=NOON)
    assert conversations.get(book, talk.id) == kept
    assert conversations.drafts(book) == []
    assert conversations.keep(book, talk) == kept  # a second press of the key
    assert people.undo(book) == "Keep a conversation with Jean"
    assert conversations.get(book, talk.id) is None
    (draft,) = conversations.drafts(book)
    assert draft.conversation == replace(kept, kept=False)
    assert people.redo(book) == "Keep a conversation with Jean"
    assert conversations.drafts(book) == []
    assert conversations.get(book, talk.id) == kept


def test_redo_never_takes_what_was_typed_since(book: Notebook, jean: Person) -> None:
    talk = said(book, jean, "I love the garden")
    conversations.keep(book, talk)
    people.undo(book)
    (draft,) = conversations.drafts(book)
    conversations.save_draft(book, replace(draft.conversation, strong="more"), draft.turn)
    with pytest.raises(LacError, match="typed on since"):
        people.redo(book)
    assert conversations.drafts(book)[0].conversation.strong == "more"
    kept = conversations.keep(book, conversations.drafts(book)[0].conversation)
    assert kept.strong == "more"
    assert people.redo(book) == ""


def test_what_cannot_be_kept_stays_a_draft(book: Notebook, jean: Person) -> None:
    talk = said(book, jean, " ")
    conversations.save_draft(book, talk)
    for wrong in (talk, replace(talk, people=(), strong="x"), replace(talk, on=date(2027, 1, 1))):
        with pytest.raises(LacError):
            conversations.keep(book, wrong)
    assert len(conversations.drafts(book)) == 1
    assert people.next_undo(book) == "Begin with Jean"


def test_kept_words_stay_as_they_are(book: Notebook, jean: Person) -> None:
    kept = conversations.keep(book, said(book, jean, "I love the garden"))
    with pytest.raises(LacError, match="kept already"):
        conversations.save_draft(book, replace(kept, strong="late"))
    with pytest.raises(StaleError, match="other words") as caught:
        conversations.keep(book, replace(kept, strong="late"))
    assert (caught.value.stored, conversations.get(book, kept.id)) == (kept, kept)


def test_corrections_stand_beside_with_the_persons_own_statement(
    book: Notebook, jean: Person
) -> None:
    kept = conversations.keep(book, said(book, jean, "On the 4th"))
    first = conversations.add_addendum(book, kept.id, "It was the 5th.")
    book.clock = lambda: NOON - timedelta(days=2)
    second = conversations.add_addendum(book, kept.id, statement="I said the 5th.")
    assert conversations.addenda(book, kept.id) == [first, second]
    assert conversations.get(book, kept.id) == kept
    assert people.undo(book) == "Correct a conversation with Jean"
    assert conversations.addenda(book, kept.id) == [first]
    with pytest.raises(LacError, match="put right"):
        conversations.add_addendum(book, kept.id, " ")
    with pytest.raises(LacError, match="kept conversation"):
        conversations.add_addendum(book, "draft", "x")


def test_tags_may_change_and_words_do_not(book: Notebook, jean: Person) -> None:
    kept = conversations.keep(book, said(book, jean, "I love the garden"))
    tagged = conversations.tag(book, kept.id, good_life=["connected"], read_back=True)
    assert tagged == replace(kept, good_life=("connected",), read_back=True)
    assert conversations.tag(book, "none", read_back=True) is None
    people.undo(book)
    assert conversations.get(book, kept.id) == kept


def test_conversations_of_a_person_come_latest_first_in_pages(book: Notebook, jean: Person) -> None:
    days = [(5, "09:00"), (5, "14:00"), (3, ""), (5, ""), (1, "10:00"), (5, "14:00")]
    kept = [
        conversations.keep(book, said(book, jean, f"{n}", TODAY - timedelta(days=d), at))
        for n, (d, at) in enumerate(days)
    ]
    mo = people.add(book, "Mo")
    conversations.keep(book, said(book, mo, "other"))
    wanted = [kept[n] for n in (4, 2, 5, 1, 0, 3)]
    assert conversations.of_person(book, jean.id) == wanted
    assert conversations.of_person(book, jean.id, 2, 3) == wanted[2:5]
    assert conversations.of_person(book, jean.id, 6) == []
    assert conversations.count_of(book, jean.id) == 6


def test_promises_are_due_in_order_and_done_with_what_was_learned(
    book: Notebook, jean: Person
) -> None:
    promises = [
        Promise(f"p{n}", who, "ring", TODAY + timedelta(days=days) if days is not None else None)
        for n, (who, days) in enumerate([("me", 5), ("you", None), ("Mo", -3), ("me", 30)])
    ]
    talk = replace(said(book, jean, 'He wrote "done_on":null'), promises=tuple(promises))
    kept = conversations.keep(book, talk)
    assert [due.promise.id for due in conversations.due(book)] == ["p2", "p0", "p3", "p1"]
    week = conversations.due(book, TODAY + timedelta(days=7))
    assert [(d.promise.id, d.names, d.on) for d in week] == [
        ("p2", ("Jean",), TODAY),
        ("p0", ("Jean",), TODAY),
    ]
    done = conversations.mark_done(book, kept.id, "p2", "Mo likes mornings")
    assert done is not None
    assert done.promises[2] == replace(promises[2], done_on=TODAY, learned="Mo likes mornings")
    assert [due.promise.id for due in conversations.due(book)] == ["p0", "p3", "p1"]
    assert people.next_undo(book) == "Done: a promise with Jean"
    conversations.not_done(book, kept.id, "p2")
    assert conversations.get(book, kept.id) == kept
    assert conversations.mark_done(book, "none", "p2") is None


def test_search_names_people_and_marks_words(book: Notebook, jean: Person) -> None:
    mo = people.add(book, "Mo")
    talk = replace(said(book, jean, "The allotment on Tuesdays"), people=(jean.id, mo.id))
    conversations.keep(book, replace(talk, reflection=(Paragraph("A new spark"),)))
    (hit,) = conversations.search(book, "ALLOTMENT tues")
    assert (hit.names, hit.on, hit.part) == (("Jean", "Mo"), TODAY, "own words")
    assert hit.snippet == "The \x02allotment\x03 on \x02Tuesdays\x03"
    assert conversations.search(book, "spark")[0].part == "reflection"
    assert conversations.search(book, "allotment xylophone") == []


def test_a_damaged_search_says_so_and_is_made_anew(
    vault_folder: Path, book: Notebook, jean: Person
) -> None:
    kept = conversations.keep(book, said(book, jean, "I love the garden"))
    with book.vault.people_write() as db:
        db.execute("DELETE FROM words_data")
    notebook.lock(book)
    again = notebook.unlock(vault_folder, SECRET, clock=lambda: NOON)
    with pytest.raises(LacError, match="search of conversations is damaged"):
        conversations.search(again, "garden")
    notebook.lock(again)
    again = notebook.unlock(vault_folder, SECRET, clock=lambda: NOON)
    assert [hit.conversation for hit in conversations.search(again, "garden")] == [kept.id]
    notebook.lock(again)


def test_a_conversation_is_copied_as_text_and_noted(book: Notebook, jean: Person) -> None:
    mo = people.add(book, "Mo")
    talk = replace(
        said(book, jean, "I love the garden", at="14:30"),
        people=(jean.id, mo.id),
        own_words=(Paragraph("I love the garden"), Paragraph("He is tired.", "her son")),
        reflection=(Paragraph("Bright today."),),
        promises=(Promise("p", "me", "ring the shed", date(2026, 3, 9)),),
        good_life=("in-control",),
        read_back=True,
    )
    kept = conversations.keep(book, talk)
    conversations.add_addendum(book, kept.id, statement="I never said tired.")
    assert conversations.as_text(book, kept) == (
        "Conversation with Jean, Mo\n5 March 2026, 2:30pm\n\n"
        "In their own words\nI love the garden\n[About her son] He is tired.\n\n"
        "What each of us will do\nCoordinator: ring the shed, by 9 March 2026\n\n"
        "A good life\nIn control\n\n"
        "What the coordinator noticed\nBright today.\n\n"
        "Read back\nRead back together.\n\n"
        "Written by\nRuth\n\n"
        "Correction\n5 March 2026 Ruth\nThe person's own statement: I never said tired.\n"
    )
    assert [(look.what, look.detail) for look in access.looks(book, mo.id)] == [("copied", kept.id)]


def test_a_full_disk_while_typing_is_told_and_what_was_saved_stays(
    book: Notebook, jean: Person
) -> None:
    talk = said(book, jean, "so far")
    turn = conversations.save_draft(book, talk)
    with book.vault.people_write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    long = replace(talk, own_words=(Paragraph("word " * 60_000),))
    for _ in range(3):
        with pytest.raises(DiskFullError, match="disk is full"):
            conversations.save_draft(book, long, turn)
    assert [d.conversation.own_words for d in conversations.drafts(book)] == [talk.own_words]
    with book.vault.people_write() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    conversations.save_draft(book, long, turn)
    assert [d.conversation.own_words for d in conversations.drafts(book)] == [long.own_words]
    assert vaults.verify(book.vault) == []


def test_five_hundred_conversations_open_without_reading_them_all(
    book: Notebook, jean: Person
) -> None:
    some = [replace(said(book, jean, "x" * 2000), id=new_id(), kept=True) for _ in range(500)]
    with book.vault.people_write() as db:
        people_records.save(db, some, step=Step("Ruth", "Fill", NOON))
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM conversation_person WHERE person = ?", ("x",)
        ).fetchall()
    assert "USING PRIMARY KEY" in plan[0][3]
    assert conversations.count_of(book, jean.id) == 500
    assert conversations.of_person(book, jean.id, 0, 2) == [some[499], some[498]]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), at=st.integers(0, 3))
def test_any_text_is_typed_kept_and_found_without_a_word_lost(
    book: Notebook, text: str, at: int
) -> None:
    jean = Person("01935a00-0000-7000-8000-00000000000a", "Jean")
    with book.vault.people_write() as db:
        people_records.save(db, [jean], step=Step("Ruth", "Add", NOON))
    talk = replace(
        said(book, jean, f"zebra {text} wood"),
        strong=text if at == 1 else "",
        reflection=(Paragraph(text, text),) if at == 2 else (),
        promises=(Promise(new_id(), text, f"x{text}"),) if at == 3 else (),
    )
    turn = conversations.save_draft(book, talk)
    draft = conversations.draft(book, talk.id)
    assert draft is not None
    assert draft.turn == turn
    kept = conversations.keep(book, draft.conversation)
    there = conversations.get(book, talk.id)
    assert there == kept
    assert kept.own_words[0].text == f"zebra {text} wood".replace("\0", "")
    assert talk.id in [hit.conversation for hit in conversations.search(book, "wood zeb")]
    people.undo(book)
