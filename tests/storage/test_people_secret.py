# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing about people lies in plain text on the disk, nor in community.db at all."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.person import Person
from lac_desktop.storage import (
    binding,
    people_access,
    people_records,
    people_undo,
    vault,
)
from lac_desktop.storage.people_tables import plain
from lac_desktop.storage.steps import Step
from tests.storage.people_examples import FULL, NOW

CANARY = "zq7canary"


def sung(record: Any) -> Any:
    """A record with a canary in every text of it."""
    texts = [f.name for f in fields(record) if f.type is str and f.name not in ("id", "person")]
    return replace(record, **dict.fromkeys(texts, CANARY))


def fill(opened: vault.Vault) -> None:
    """Everything about people, changed, removed, brought back, typed, looked at."""
    some = [sung(record) for record in FULL]
    step = Step("Ann", CANARY, NOW)
    with opened.people_write() as db:
        people_records.save(db, some, step=step)
    talks = [
        Conversation(f"c{n}", ("p",), NOW.date(), own_words=(Paragraph(f"{CANARY} {n}" * 50),))
        for n in range(300)
    ]
    with opened.people_write() as db:
        people_records.save(db, talks, step=step)
        people_access.put_setting(db, "notice", CANARY)
        people_access.add(db, NOW, "Ann", "opened", "p", CANARY)
    for n in range(50):
        with opened.people_write() as db:
            people_access.put_draft(db, "conversation:x", ["p"], plain(talks[n]), NOW)
    with opened.people_write() as db:
        people_records.remove(db, Conversation, [talk.id for talk in talks[:100]], step=step)
    with opened.people_write() as db:
        people_undo.undo(db, who="Ann", when=NOW)


def no_canary(place: Path) -> None:
    """Look for the canary in every file, in each way that text is written."""
    wanted = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY[:6].encode()]
    for file in place.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [text for text in wanted if text in data], file


def test_people_lie_in_no_file_in_plain_text(folder: Path, passphrase: str, tmp_path: Path) -> None:
    with vault.unlock(folder, passphrase) as opened:
        fill(opened)
        assert (folder / "people.db-wal").stat().st_size > 100_000  # the log is scanned too
        vault.backup(opened, tmp_path / "all.lacbackup")
        no_canary(tmp_path)
        keys = bytes(opened.bundle.community), bytes(opened.bundle.people)
    no_canary(tmp_path)
    assert CANARY in dump(folder / "people.db", keys[1])
    assert CANARY not in dump(folder / "community.db", keys[0])


def dump(file: Path, key: bytes) -> str:
    """Every row of a file as text."""
    connection = binding.connect(file, key)
    try:
        named = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        rows = [connection.execute(f'SELECT * FROM "{t[0]}"').fetchall() for t in named.fetchall()]
        return repr(rows)
    finally:
        connection.close()


def test_the_canaries_reach_every_text(opened: vault.Vault) -> None:
    person = sung(next(one for one in FULL if isinstance(one, Person)))
    assert person.name == person.note == person.home_postcode == CANARY
