# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten-second notes and the tally of short contacts."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lac_desktop.errors import LacError
from lac_desktop.services import assets, conversations, notebook, notes, people
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON, SECRET

TODAY = NOON.date()


def texts(book: Notebook) -> list[str]:
    return [note.text for note in notes.inbox(book)]


def test_a_note_is_saved_as_typed_and_waits_in_the_inbox(
    vault_folder: Path, book: Notebook
) -> None:
    note = notes.new(book)
    for length in range(1, 9):
        notes.typed(book, replace(note, text="Jean: bus pass"[:length]))
    assert people.next_undo(book) == ""
    notebook.lock(book)  # as if the power went
    again = notebook.unlock(vault_folder, SECRET, clock=lambda: NOON)
    assert texts(again) == ["Jean: bu"]
    kept = notes.quick(again, " Jean: bus pass ", note)
    assert (kept.id, kept.text, kept.made, kept.by) == (note.id, "Jean: bus pass", NOON, "Ruth")
    assert texts(again) == ["Jean: bus pass"]
    assert people.undo(again) == "Write a note"
    assert texts(again) == []
    notebook.lock(again)


def test_an_empty_note_is_none(book: Notebook) -> None:
    notes.typed(book, notes.new(book))
    assert notes.inbox(book) == []
    with pytest.raises(LacError, match="empty"):
        notes.quick(book, " \n")


def test_the_inbox_is_latest_first_though_the_clock_was_set_back(book: Notebook) -> None:
    notes.quick(book, "one")
    book.clock = lambda: NOON - timedelta(days=1)
    notes.quick(book, "two")
    assert texts(book) == ["two", "one"]


def test_a_note_is_sorted_to_a_person_and_back(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    note = notes.quick(book, "bus pass")
    sorted_to = notes.sort_to(book, note.id, jean.id)
    assert sorted_to == replace(note, person=jean.id, sorted_on=TODAY)
    assert notes.inbox(book) == []
    assert notes.of_person(book, jean.id) == [sorted_to]
    assert people.undo(book) == "Sort a note to Jean"
    assert notes.inbox(book) == [note]
    assert notes.sort_to(book, "none", jean.id) is None


def test_a_note_cut_short_can_be_sorted_thrown_away_and_brought_back(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    first, second = notes.new(book), notes.new(book)
    notes.typed(book, replace(first, text="first"))
    notes.typed(book, replace(second, text="second"))
    assert texts(book) == ["second", "first"]
    assert notes.throw_away(book, first.id)
    assert notes.sort_to(book, second.id, jean.id) is not None
    assert notes.inbox(book) == []
    people.undo(book)
    people.undo(book)
    assert texts(book) == ["first"]
    assert not notes.throw_away(book, "none")


def test_a_note_becomes_a_draft(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    note = notes.quick(book, "Met at the bus stop.\n\nWants to sing.")
    begun = notes.to_conversation(book, note.id, [jean.id])
    assert [paragraph.text for paragraph in begun.reflection] == [
        "Met at the bus stop.",
        "Wants to sing.",
    ]
    assert (begun.on, begun.people) == (TODAY, (jean.id,))
    assert [draft.conversation.id for draft in conversations.drafts(book, jean.id)] == [begun.id]
    assert notes.inbox(book) == []
    with pytest.raises(LacError, match="not in the inbox"):
        notes.to_conversation(book, note.id)
    assert people.undo(book) == "Make a note a conversation"
    assert notes.inbox(book) == [note]
    assert len(conversations.drafts(book)) == 1


def test_a_short_contact_is_one_call_and_needs_no_person(book: Notebook) -> None:
    entry = notes.tally(book, "Library", ["debt"], ["a chat"], first_name=" Kit ")
    assert notes.tallies(book) == [entry]
    assert (entry.on, entry.first_name, entry.by) == (TODAY, "Kit", "Ruth")
    assert people.all_people(book) == []
    changed = notes.save_tally(book, replace(entry, note="back soon"))
    assert notes.tallies(book) == [changed]
    assert notes.remove_tally(book, entry.id)
    assert notes.tallies(book) == []
    assert people.undo(book) == "Take out a short contact"
    assert notes.tallies(book) == [changed]
    with pytest.raises(LacError, match="still to come"):
        notes.tally(book, "", on=TODAY + timedelta(days=1))


def test_contacts_are_counted_by_week_place_and_topic(book: Notebook) -> None:
    library = assets.save(book, assets.blank(name="Aberwen Library", kind="library"))
    for place, topics, days in (
        (library.id, ["debt", "debt"], 0),
        (library.id, ["bus", "debt"], 3),
        ("the bus stop", ["bus"], 4),
        ("the bus stop", [], 60),
        (library.id, ["bus"], 0),
    ):
        notes.tally(book, place, topics, on=TODAY - timedelta(days=days))
    weeks = [(count.key, count.count) for count in notes.tally_counts(book, "week")]
    assert weeks == [("2026-03-02", 3), ("2026-02-23", 1), ("2025-12-29", 1)]
    since = date(2026, 3, 1)
    by_place = [(c.label, c.count) for c in notes.tally_counts(book, "place", since)]
    assert by_place == [("Aberwen Library", 3), ("the bus stop", 1)]
    assert [(c.key, c.count) for c in notes.tally_counts(book, "topic", since)] == [
        ("bus", 3),
        ("debt", 2),
    ]
    assets.remove(book, [library.id])
    assert notes.place_label(book, library.id) == library.id
    assert notes.tally_counts(book, "place", since)[0].count == 3
    with pytest.raises(ValueError, match="by month"):
        notes.tally_counts(book, "month")
