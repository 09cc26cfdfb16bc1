# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasure: nothing of a person is left in any page, and no restored backup brings them back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.errors import LacError
from lac_desktop.services import (
    access,
    backups,
    conversations,
    notebook,
    people,
    rights,
    rights_erasure,
)
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.rights_erasure import Decision
from lac_desktop.storage import vault as vaults
from tests import canaries
from tests.services.conftest import NOON, SECRET
from tests.storage import page_scan


def scan(book: Notebook, *words: str) -> list[str]:
    """Where any of the words stands in the decrypted pages of either file or its log."""
    found: list[str] = []
    bundle = book.vault.bundle
    for name, key in (("people.db", bundle.people), ("community.db", bundle.community)):
        file = book.folder / name
        for kind, pages in (
            ("page", page_scan.pages(file, bytes(key))),
            ("log", page_scan.log_pages(file, bytes(key))),
        ):
            for number, page in enumerate(pages, 1):
                low = page.lower()
                for word in words:
                    if word.lower().encode() in low or word.encode("utf-16-le") in page:
                        found.append(f"{word} in {kind} {number} of {name}")
    return found


def talk(book: Notebook, people_ids: tuple[str, ...], *said: Paragraph) -> Conversation:
    new = replace(conversations.new(book, people_ids), own_words=said)
    conversations.save_draft(book, new)
    return conversations.keep(book, new)


@pytest.fixture
def filled(book: Notebook) -> tuple[str, str]:
    """Somebody with a record of every kind, edited, deleted and undone; and somebody else."""
    person = people.add(book, "Somebody")
    other = people.add(book, "Mo")
    made = canaries.fill(book, person.id, leave_out=("tally",))  # a tally is of nobody
    people.walk_together(book, person.id, other.id, "friend", "friend")
    known = people.get(book, person.id)
    assert known is not None
    people.save(book, replace(known, note=canaries.MARK + "Older"))
    people.save(book, replace(known, note=canaries.MARK + "Newer"))
    conversations.add_addendum(book, made["conversation"].id, canaries.MARK + "Correction")
    talk(book, (person.id,), Paragraph(canaries.MARK + "Undone"))
    people.undo(book)
    access.note(book, "opened", person.id)
    return person.id, other.id


def test_nothing_is_left_in_any_page_log_or_history(
    book: Notebook, filled: tuple[str, str]
) -> None:
    person, other = filled
    assert len(scan(book, canaries.MARK)) > 5  # the scan does read what is there
    done = rights_erasure.erase(book, person, "asked")
    assert dict(done.counts)["Conversations"] >= 1
    assert scan(book, canaries.MARK) == []
    with book.vault.people_read() as db:
        history = db.execute("SELECT count(*) FROM change WHERE old LIKE ?1 OR new LIKE ?1",
                             (f"%{canaries.MARK}%",)).fetchone()  # fmt: skip
        words = db.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (f"{canaries.MARK}*",)
        ).fetchone()
        tables = {row[0] for row in db.execute("SELECT tbl FROM change WHERE erased = 1")}
    assert history[0] == words[0] == 0
    assert {"person", "gift", "measure", "addendum"} <= tables
    assert people.get(book, person) is None
    left = people.get(book, other)
    assert left is not None
    assert left.alongside == ()
    assert vaults.verify(book.vault) == []
    with book.vault.people_read() as db:
        from lac_desktop.storage.seal import broken_at

        assert broken_at(db, book.vault.bundle.chain) is None


def test_the_number_alone_is_remembered(book: Notebook, filled: tuple[str, str]) -> None:
    person, _other = filled
    rights_erasure.erase(book, person, "period")
    ((number, _when, who, why),) = rights_erasure.erased(book)
    assert (number, who, why) == (person, "Ruth", "The period set by the council is over")
    looks = access.looks(book, person)
    assert looks[0].what == "erased"
    assert all(look.detail == "" for look in looks)
    files = [*book.folder.glob("erased-*"), *backups.folder_of(book).glob("erased-*")]
    assert len(files) == 2
    assert not [f for f in files if person.encode() in f.read_bytes()]  # sealed


def test_a_backup_from_before_is_erased_again(book: Notebook, filled: tuple[str, str]) -> None:
    person, other = filled
    theirs = Paragraph("only hers", canaries.canary("person", "name"))
    shared = talk(book, (person, other), Paragraph("joint"), theirs)
    gone = talk(book, (person, other), Paragraph("both of it"))
    before = backups.make(book)
    seen = rights_erasure.preview(book, person)
    assert {one.conversation for one in seen.shared} == {shared.id, gone.id}
    assert seen.backups == 1
    rights_erasure.erase(book, person, "asked", {gone.id: Decision.REMOVE})
    assert [c.id for c in conversations.of_person(book, other)] == [shared.id]
    target = book.folder.parent / "Elsewhere" / "Restored.lac"
    notebook.lock(book)
    for place in (book.folder, notebook.paths.home()):  # as on another laptop
        for file in place.glob("erased-*"):
            file.unlink()
    notebook.restore(before.file, target)
    back = notebook.unlock(target, SECRET, clock=lambda: NOON)
    try:
        assert people.get(back, person) is None
        assert [c.id for c in conversations.of_person(back, other)] == [shared.id]
        assert scan(back, canaries.MARK, "both of it") == []
    finally:
        notebook.lock(back)


def test_shared_conversations_stay_for_the_others(book: Notebook) -> None:
    jean, mo = people.add(book, "Jean", full_name="Jean Carter"), people.add(book, "Mo")
    both = talk(
        book, (jean.id, mo.id), Paragraph("We walk."), Paragraph("Secretive", "Jean Carter")
    )
    spoken_of = talk(book, (mo.id,), Paragraph("I like tea."), Paragraph("Whispered", "Jean"))
    seen = rights_erasure.preview(book, jean.id)
    assert [(s.conversation, s.present, s.passages, s.others) for s in seen.shared] == [
        (both.id, True, 1, ("Mo",)),
        (spoken_of.id, False, 1, ("Mo",)),
    ]
    rights_erasure.erase(book, jean.id, "asked", {spoken_of.id: Decision.STRIP})
    kept = {c.id: c for c in conversations.of_person(book, mo.id)}
    assert [p.text for p in kept[both.id].own_words] == ["We walk."]
    assert [p.text for p in kept[spoken_of.id].own_words] == ["I like tea."]
    assert scan(book, "Secretive", "Whispered", jean.id + '"]') == []
    assert conversations.search(book, "walk")
    assert not conversations.search(book, "secretive")


def test_a_held_record_stays(book: Notebook) -> None:
    jean = people.add(book, "Jean")
    held = rights.hold(book, jean.id, "A claim is open.")
    with pytest.raises(LacError, match="A claim is open"):
        rights_erasure.erase(book, jean.id, "asked")
    assert people.get(book, jean.id) is not None
    rights.release(book, held)
    rights_erasure.erase(book, jean.id, "asked")
    with pytest.raises(LacError, match="not in the notebook"):
        rights_erasure.preview(book, jean.id)


def test_erasing_is_not_undone_and_undo_goes_on_before_it(book: Notebook) -> None:
    mo = people.add(book, "Mo")
    jean = people.add(book, "Jean")
    people.change_standing(book, jean.id, people.Standing.STEPPED_BACK)
    rights_erasure.erase(book, jean.id, "mistake")
    assert people.undo(book)
    assert people.get(book, jean.id) is None
    assert people.get(book, mo.id) is None  # the step before the erased ones


def test_a_failure_leaves_everything_as_it_was(
    book: Notebook, filled: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _other = filled
    blocked = book.folder / f"erased-{book.vault.id}.sealed"
    blocked.mkdir()  # the list cannot be written
    with pytest.raises((LacError, OSError)):
        rights_erasure.erase(book, person, "asked")
    assert people.get(book, person) is not None
    blocked.rmdir()


def test_a_tampered_list_erases_nobody(book: Notebook, vault_folder: Path) -> None:
    jean = people.add(book, "Jean")
    rights_erasure.erase(book, people.add(book, "Mo").id, "asked")
    notebook.lock(book)
    file = next(vault_folder.glob("erased-*"))
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    again = notebook.unlock(vault_folder, SECRET, clock=lambda: datetime(2026, 3, 6))
    try:
        assert people.get(again, jean.id) is not None
    finally:
        notebook.lock(again)


@pytest.fixture
def twenty(book: Notebook) -> Notebook:
    for number in range(20):
        person = people.add(book, f"Person {number}")
        talk(book, (person.id,), Paragraph(f"{canaries.MARK}{number:02}x " * 40))
    return book


def test_others_stay_searchable(twenty: Notebook) -> None:
    rows = people.all_people(twenty)
    rights_erasure.erase(twenty, next(r.id for r in rows if r.name == "Person 7"), "asked")
    assert scan(twenty, f"{canaries.MARK}07x") == []
    assert len(conversations.search(twenty, f"{canaries.MARK}08x")) == 1
    assert len(people.all_people(twenty)) == 19
