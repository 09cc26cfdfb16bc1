# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes the stored notebook of the present schema.

Run: ``python -m tests.storage.make_vault FOLDER``
"""

import sys
from datetime import date, datetime
from pathlib import Path

from lac_desktop.domain.asset import Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Query
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.storage import (
    assets,
    duplicates,
    people_access,
    people_records,
    people_undo,
    saved_filters,
    settings,
    sources,
    undo,
    vault,
)
from lac_desktop.storage.people_tables import plain
from lac_desktop.storage.steps import Step
from tests.storage.people_examples import EVERYTHING, JEAN, MO, TALK
from tests.storage.plain_indexer import PlainIndexer

PASSPHRASE = "stored vault"
NOW = datetime(2026, 11, 21, 12, 0)
FULL = Asset(
    id="01935a00-0000-7000-8000-000000000001",
    name="Aberwen Library",
    kind="library",
    name_cy="Llyfrgell Aberwen",
    description="Books, warmth and somebody to ask.",
    gives="A warm room",
    could_give="A room in the evening",
    greeter="Bo",
    greeter_agreed_public=True,
    welcome="Ring the bell.",
    address="1 Invented Street",
    postcode="ZZ1 1ZZ",
    point=Point(52.5, -3.5),
    hours="Mo-Fr 10:00-17:00",
    hours_text="closed for lunch",
    sessions=(Session("Rhyme time", Repeats.NTH_WEEKDAY, 1, (1, -1), "10:00", "10:30"),),
    cost="free",
    access={"step-free": "yes", "hearing-loop": "no"},
    languages=("English", "Welsh"),
    phone="01234 567890",
    contacts=(Contact("Cai", "librarian", "Aberwen", agreed_public=True),),
    links=(Link("meets in", "01935a00-0000-7000-8000-000000000002"),),
    known=Known.VISITED,
    checked_on=date(2026, 11, 1),
    checked_by="Ann",
    visibility=Visibility.PUBLIC,
    source="invented.csv#1",
    licence="CC0",
)
DRAFT = Conversation(
    "01935a00-0000-7000-8000-0000000000c9",
    (MO.id,),
    date(2026, 11, 21),
    own_words=(Paragraph("half a sent"),),
)
PLAIN = Asset(id="01935a00-0000-7000-8000-000000000002", name="Aberwen Hall", kind="hall")


def make(folder: Path) -> None:
    """Make a notebook with a little of everything."""
    vault.create(folder, PASSPHRASE, strength=vault.FAST_FOR_TESTS, now=NOW)
    with vault.unlock(folder, PASSPHRASE, now=NOW) as opened:
        with opened.write() as db:
            step = Step("Ann", "Import", NOW, "import")
            assets.save(db, [FULL, PLAIN], step=step, indexer=PlainIndexer())
            duplicates.mark(db, [duplicates.Pair(FULL.id, PLAIN.id, 0.5, ("same town",))])
            sources.put(db, sources.Source("invented.csv", "Invented", mapping={"N": "name"}))
            saved_filters.put(db, saved_filters.SavedFilter("1", "Free", Query(free=True)))
            settings.put(db, "who", "Ann")
        with opened.write() as db:
            assets.remove(db, [PLAIN.id], step=Step("Ann", "Remove", NOW, "remove"))
        with opened.write() as db:
            undo.undo(db, who="Ann", when=NOW, indexer=PlainIndexer())
        make_people(opened)


def make_people(opened: vault.Vault) -> None:
    """One of every noun about people, a removal taken back, and what stands beside."""
    with opened.people_write() as db:
        people_records.save(db, EVERYTHING, step=Step("Ann", "Add", NOW))
    with opened.people_write() as db:
        people_records.remove(db, Conversation, [TALK.id], step=Step("Ann", "Remove", NOW))
    with opened.people_write() as db:
        people_undo.undo(db, who="Ann", when=NOW)
        people_access.add(db, NOW, "Ann", "opened", JEAN.id, "")
        people_access.put_draft(db, f"conversation:{DRAFT.id}", [MO.id], plain(DRAFT), NOW)
        people_access.put_setting(db, "basis", "public task")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
