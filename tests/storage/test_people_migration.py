# SPDX-License-Identifier: AGPL-3.0-or-later
"""people.db of older versions is brought up to date; nothing of the present one may drift."""

import shutil
from pathlib import Path

import pytest

from lac_desktop.domain.conversation import Conversation
from lac_desktop.storage import (
    binding,
    people_access,
    people_records,
    people_search,
    people_undo,
    vault,
)
from lac_desktop.storage.people_tables import BY_NOUN, from_plain
from lac_desktop.storage.steps import Step
from tests.storage.make_vault import DRAFT, NOW, PASSPHRASE
from tests.storage.people_examples import EVERYTHING, JEAN, MO, TALK

VAULTS = Path(__file__).with_name("vaults")


def copy(tmp_path: Path, name: str) -> Path:
    """A copy of a stored notebook that a test may change."""
    folder = tmp_path / name
    shutil.copytree(VAULTS / name, folder)
    return folder


def schema(folder: Path, secret: str) -> dict[str, str]:
    """What a file of people is made of, by name."""
    with vault.unlock(folder, secret) as opened, opened.people_read() as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return dict(rows.fetchall())


def test_version_1_becomes_the_present_one_with_a_copy_before(tmp_path: Path) -> None:
    folder = copy(tmp_path, "v1.lac")
    with vault.unlock(folder, PASSPHRASE) as opened:
        assert vault.verify(opened) == []
        key = bytes(opened.bundle.people)
        with opened.people_write() as db:
            people_records.save(db, EVERYTHING, step=Step("Ann", "Add", NOW))
            assert people_records.get(db, Conversation, TALK.id) == TALK
        assert vault.verify(opened) == []
    before = binding.connect(folder / "before-update" / "people-1.db", key, wal=False)
    assert before.execute("PRAGMA user_version").fetchone() == (1,)
    before.close()


@pytest.mark.parametrize("version", [2, 3])
def test_a_version_keeps_every_record_draft_setting_and_step(tmp_path: Path, version: int) -> None:
    folder = copy(tmp_path, f"v{version}.lac")
    with vault.unlock(folder, PASSPHRASE) as opened:
        assert vault.verify(opened) == []
        with opened.people_read() as db:
            for noun, table in BY_NOUN.items():
                wanted = [one for one in EVERYTHING if type(one) is noun]
                wanted = wanted if table.since <= version else []
                assert people_records.where(db, noun) == wanted
            draft = people_access.draft(db, f"conversation:{DRAFT.id}")
            assert draft is not None
            assert from_plain(Conversation, draft.value) == DRAFT
            assert draft.people == (MO.id,)
            assert people_access.get_setting(db, "basis") == "public task"
            assert people_access.latest(db, JEAN.id, 9) == [(NOW, "Ann", "opened", JEAN.id, "")]
            assert [hit.conversation for hit in people_search.search(db, "garden")] == [TALK.id]
        with opened.people_write() as db:
            done = people_undo.redo(db, who="Ann", when=NOW)
            assert done is not None
            assert people_records.get(db, Conversation, TALK.id) is None


def test_old_and_new_files_are_made_the_same(tmp_path: Path) -> None:
    """Whoever gives a noun another field must add a migration: this fails until then."""
    fresh = tmp_path / "fresh.lac"
    vault.create(fresh, PASSPHRASE, strength=vault.FAST_FOR_TESTS)
    wanted = schema(fresh, PASSPHRASE)
    for stored in sorted(VAULTS.glob("*.lac")):
        assert schema(copy(tmp_path, stored.name), PASSPHRASE) == wanted
