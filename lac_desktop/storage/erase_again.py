# SPDX-License-Identifier: AGPL-3.0-or-later
"""After a restore: erase anew whoever the sealed list says was erased since that backup."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from lac_desktop.domain.conversation import Conversation
from lac_desktop.domain.person import Person
from lac_desktop.domain.rights import without_person
from lac_desktop.storage import binding, erased_list, people_erase
from lac_desktop.storage import people_records as stored
from lac_desktop.storage.erased_list import ErasedList, Erasure
from lac_desktop.storage.people_tables import TABLES
from lac_desktop.storage.steps import Step
from lac_desktop.storage.vault import Vault

WHO = "LAC Desktop"


def erase_again(vault: Vault, places: Iterable[Path], now: datetime) -> int:
    """Erase what the list names and the file holds again; how many people and records that was.

    Cheap where nothing came back: two small files and two questions.
    """
    known = erased_list.read(vault, places)
    if not known.people and not known.records:
        return 0
    with vault.people_read() as db:
        people = _back(db, "person", known.people)
        listed = people_erase.was_erased(db)
        records = {
            table: ids
            for table, wanted in known.records.items()
            if table in TABLES and (ids := _back(db, table, wanted))
        }
    unlisted = [person for person in known.people if person not in listed]
    if not people and not records and not unlisted:
        return 0
    with vault.people_write() as db:
        _erase(db, known, sorted({*people, *unlisted}), now)
        if records:
            step = Step(WHO, "Dispose of records again", now, "erase")
            people_erase.erase_records(db, records, step=step)
    if people or records:
        scrub(vault)
    return len(people) + sum(len(ids) for ids in records.values())


def _back(db: binding.Connection, table: str, ids: Iterable[str]) -> list[str]:
    """Which of these ids a table holds."""
    wanted = json.dumps(list(ids))
    rows = db.execute(
        f"SELECT id FROM {TABLES[table].name} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (wanted,),
    )
    return [row[0] for row in rows.fetchall()]


def _erase(db: binding.Connection, known: ErasedList, people: list[str], now: datetime) -> None:
    for person in people:
        erasure = known.people[person]
        people_erase.erase_person(
            db,
            person,
            conversations=erasure.gone,
            rewritten=_stripped(db, person, erasure),
            step=Step(WHO, "Erase somebody again after a restore", now, "erase"),
            reason=erasure.reason,
        )


def _stripped(db: binding.Connection, person: str, erasure: Erasure) -> list[Conversation]:
    """The conversations that stay, as they are to stand without the person."""
    there = stored.get(db, Person, person)
    names = [name for name in (there.name, there.full_name) if name] if there else []
    shared = [key for _rid, key, people in people_erase.conversations_of(db, person) if people[1:]]
    wanted = dict.fromkeys((*erasure.stripped, *shared))
    held = [stored.get(db, Conversation, key) for key in wanted if key not in erasure.gone]
    return [without_person(one, person, names) for one in held if one is not None]


def scrub(vault: Vault) -> None:
    """Take what was erased out of the pages, the search, the log and old copies of people.db."""
    with vault.store("people.db").exclusive() as db:
        people_erase.scrub(db)
    for copy in (vault.folder / "before-update").glob("people-*.db*"):
        copy.unlink()
