# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erasing a person: first what would go, then for good, remembered by number alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lac_desktop.domain.conversation import Conversation
from lac_desktop.domain.person import Person
from lac_desktop.domain.rights import ERASED_BECAUSE, Hold, is_about, without_person, words_in
from lac_desktop.errors import LacError
from lac_desktop.services import access, backups, datamap, rights
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets, erase_again, erased_list, people_erase
from lac_desktop.storage import people_overview as overview
from lac_desktop.storage import people_records as stored
from lac_desktop.storage import people_records_about as about
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.erased_list import ErasedList, Erasure
from lac_desktop.storage.steps import Step


class Decision(StrEnum):
    """What becomes of a conversation that is also somebody else’s."""

    STRIP = "strip"  # stays for the others, without the person and what is about them
    REMOVE = "remove"  # goes whole
    KEEP = "keep"  # stays as it is: for conversations the person was not in


@dataclass(frozen=True, slots=True)
class SharedTalk:
    """A conversation of others too: with whom, and how many passages name the person.

    ``present`` is false where the person is only spoken of; :attr:`Decision.KEEP` is for those.
    """

    conversation: str
    on: date
    others: tuple[str, ...]
    present: bool
    passages: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure would do; ``counts`` are titles of tables and numbers of rows.

    ``shared`` are to be decided one by one. ``backups`` counts backups that hold the person until
    they expire. ``linked`` counts records of others in which the person's number is emptied.
    """

    person: str
    name: str
    counts: tuple[tuple[str, int], ...]
    shared: tuple[SharedTalk, ...]
    drafts: int
    changes: int
    linked: int
    backups: int
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: rows that went, by title of table."""

    counts: tuple[tuple[str, int], ...]


def preview(notebook: Notebook, person: str) -> Preview:
    """Say what erasing a person would do; nothing is written. Raises LacError if not there."""
    with notebook.vault.people_read() as db:
        found = _there(db, person)
        rows = people_erase.with_parts(db, people_erase.own_rows(db, person))
        shared = _shared(db, found)
        drafts = about.count_drafts(db, person)
        changes = about.count_history(db, rows)
        linked = about.count_linked(db, rows, person)
    held = rights.holds(notebook, person)
    counts = tuple((datamap.title_of(t), len(rids)) for t, rids in rows.items() if rids)
    return Preview(
        person,
        found.name,
        counts,
        tuple(shared),
        drafts,
        changes,
        linked,
        len(backups.listed(notebook)),
        held[0] if held else None,
    )


def _there(db: Connection, person: str) -> Person:
    found = stored.get(db, Person, person)
    if found is None:
        raise LacError("This person is not in the notebook.", "Look in the list of people.")
    return found


def _shared(db: Connection, person: Person) -> list[SharedTalk]:
    """Conversations with others too, and those of others that speak of the person."""
    known = [name for name in (person.name, person.full_name) if name]
    found: list[SharedTalk] = []
    for talk in stored.where(db, Conversation):
        present = person.id in talk.people
        if talk.people == (person.id,):
            continue
        passages = sum(is_about(p.about, known) for p in (*talk.own_words, *talk.reflection))
        if present or passages:
            others = tuple(one for one in talk.people if one != person.id)
            names = overview.names(db, others)
            named = tuple(names[one] for one in others if one in names)
            found.append(SharedTalk(talk.id, talk.on, named, present, passages))
    return found


def erase(
    notebook: Notebook,
    person: str,
    because: str,
    decisions: Mapping[str, Decision] | None = None,
) -> Erased:
    """Erase a person for good. There is no undo.

    ``because`` is a key of :data:`~lac_desktop.domain.rights.ERASED_BECAUSE`. ``decisions`` say
    what becomes of each conversation of :attr:`Preview.shared`; without one, those the person was
    in are stripped and the others kept. Raises LacError while the record is held.
    """
    if because not in ERASED_BECAUSE:
        raise LacError("Say why this person is erased.", "Choose one of the reasons.")
    seen = preview(notebook, person)
    if seen.hold is not None:
        raise LacError(
            f"This record is held: {seen.hold.reason}", "End the hold first, if it is over."
        )
    decided = dict(decisions or {})
    gone = [s.conversation for s in seen.shared if decided.get(s.conversation) is Decision.REMOVE]
    usual = {s.conversation: Decision.STRIP if s.present else Decision.KEEP for s in seen.shared}
    strip = [
        s.conversation
        for s in seen.shared
        if decided.get(s.conversation, usual[s.conversation]) is Decision.STRIP
        or (s.present and decided.get(s.conversation) is Decision.KEEP)
    ]
    erasure = Erasure(notebook.clock().isoformat(), because, tuple(gone), tuple(strip))
    counts = _erase(notebook, person, erasure)
    erase_again.scrub(notebook.vault)
    notebook.changed()
    return Erased(tuple((datamap.title_of(table), number) for table, number in counts.items()))


def _erase(notebook: Notebook, person: str, erasure: Erasure) -> dict[str, int]:
    """One transaction; the list outside is written first, so that no restore can forget it."""
    step = Step(notebook.settings.who, "Erase somebody", notebook.clock(), "erase")
    with notebook.vault.people_write() as db:
        found = _there(db, person)
        known = [name for name in (found.name, found.full_name) if name]
        talks = [stored.get(db, Conversation, key) for key in erasure.stripped]
        counts = people_erase.erase_person(
            db,
            person,
            conversations=erasure.gone,
            rewritten=[without_person(talk, person, known) for talk in talks if talk],
            step=step,
            reason=erasure.reason,
        )
        access.stored.add(db, notebook.clock(), notebook.settings.who, "erased", person, "")
        places = backups.erased_places(notebook)
        erased_list.add(notebook.vault, places, ErasedList({person: erasure}, {}))
    return counts


def mentions(notebook: Notebook, name: str) -> list[str]:
    """Where else a name stands, as words: places and contacts of the community, unsorted notes.

    Nothing is changed there: a name may be somebody else's too.
    """
    wanted = set(words_in(name))
    if not wanted:
        return []
    found: list[str] = []
    with notebook.vault.read() as db:
        for row in assets.texts_with_names(db):
            if any(wanted <= set(words_in(text or "")) for text in row):
                found.append(f"Place: {row[0]}")
    with notebook.vault.people_read() as db:
        notes = about.unsorted_notes(db)
        found += [f"Note of {made[:10]}" for text, made in notes if wanted <= set(words_in(text))]
    return found


def erased(notebook: Notebook) -> list[tuple[str, str, str, str]]:
    """Everybody erased: number, when, by whom and why in words; the latest first."""
    with notebook.vault.people_read() as db:
        known = people_erase.was_erased(db)
    rows = [
        (person, at.isoformat(timespec="minutes"), who, ERASED_BECAUSE.get(why, why))
        for person, (at, who, why) in known.items()
    ]
    return sorted(rows, key=lambda row: row[1], reverse=True)
