# SPDX-License-Identifier: AGPL-3.0-or-later
"""Older notebooks are brought up to date with a backup before; newer ones are refused."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lac_desktop.domain.query import Query
from lac_desktop.errors import NewerVersionError
from lac_desktop.storage import (
    assets,
    binding,
    duplicates,
    migrations,
    saved_filters,
    search,
    settings,
    sources,
    undo,
    vault,
)
from tests.storage.make_vault import FULL, NOW, PASSPHRASE, PLAIN
from tests.storage.plain_indexer import PlainIndexer

VAULTS = Path(__file__).with_name("vaults")


@pytest.mark.parametrize("stored", sorted(p.name for p in VAULTS.glob("*.lac")))
def test_a_stored_notebook_of_every_version_opens(tmp_path: Path, stored: str) -> None:
    folder = tmp_path / stored
    shutil.copytree(VAULTS / stored, folder)
    with vault.unlock(folder, PASSPHRASE) as opened:
        assert vault.verify(opened) == []
        with opened.read() as db:
            assert list(assets.all_assets(db)) == [FULL, PLAIN]
            query = Query(text="llyfrgell", open_at=datetime(2026, 11, 23, 10, 30))
            assert len(search.search(db, query, now=NOW)) == 1
            assert settings.get(db, "who") == "Ann"
            assert [saved.name for saved in saved_filters.all_filters(db)] == ["Free"]
            assert [source.mapping for source in sources.all_sources(db)] == [{"N": "name"}]
            assert len(duplicates.pairs(db)) == 1
            assert len(assets.history(db, PLAIN.id)) == 3
        with opened.write() as db:
            done = undo.redo(db, who="Ann", when=NOW, indexer=PlainIndexer())
            assert done is not None
            assert list(assets.all_assets(db)) == [FULL]


def test_there_is_a_stored_notebook_of_the_present_version() -> None:
    latest = max(len(plan.migrations) for plan in (migrations.community(), migrations.people()))
    assert (VAULTS / f"v{latest}.lac" / "community.db").is_file()


def _open(folder: Path, name: str = "community.db") -> binding.Connection:
    with vault.unlock(folder, PASSPHRASE) as opened:
        key = bytes(opened.bundle.community if name == "community.db" else opened.bundle.people)
    return binding.connect(folder / name, key)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the stored notebook of version 1."""
    folder = tmp_path / "old.lac"
    shutil.copytree(VAULTS / "v1.lac", folder)
    return folder


def _plan(*more: tuple[str, migrations.Migrate]) -> migrations.Plan:
    plan = migrations.community()
    return replace(plan, migrations=(*plan.migrations, *more))


def _add_column(db: Any) -> None:
    db["duplicate"].transform(rename={"reasons": "why"})  # drops the trigger of its table
    db["asset"].add_column("motto", str)


def test_a_migration_backs_up_first_and_puts_triggers_back(old: Path) -> None:
    connection = _open(old)
    saved: list[int] = []
    done = migrations.migrate(connection, _plan(("2 mottos", _add_column)), saved.append)
    assert done == ["2 mottos"]
    assert saved == [1]
    assert migrations.version(connection) == 2
    assert migrations.triggers_missing(connection, _plan()) == []
    found = connection.execute("SELECT motto FROM asset").fetchall()
    assert found == [(None,), (None,)]
    rows = connection.execute("SELECT rowid FROM asset_fts WHERE asset_fts MATCH 'llyfrgell'")
    assert rows.fetchall() == [(1,)]
    connection.close()
    with pytest.raises(NewerVersionError, match="newer"):
        vault.unlock(old, PASSPHRASE)


def test_a_migration_that_fails_leaves_the_notebook_as_it_was(old: Path) -> None:
    def fail(db: Any) -> None:
        db["asset"].add_column("motto", str)
        db.conn.execute("UPDATE asset SET motto = 'x'")
        raise ZeroDivisionError

    connection = _open(old)
    with pytest.raises(ZeroDivisionError):
        migrations.migrate(connection, _plan(("2 fails", fail)), lambda _version: None)
    connection.close()
    with vault.unlock(old, PASSPHRASE) as opened, opened.read() as db:
        assert list(assets.all_assets(db)) == [FULL, PLAIN]


def test_the_backup_before_a_migration_is_a_whole_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = _plan(("2 mottos", _add_column))
    monkeypatch.setitem(vault._PLANS, "community.db", lambda: plan)
    with vault.unlock(old, PASSPHRASE) as opened:
        key = bytes(opened.bundle.community)
        assert vault.verify(opened) == []
    before = binding.connect(old / "before-update" / "community-1.db", key, wal=False)
    assert migrations.version(before) == 1
    assert before.execute("SELECT count(*) FROM asset").fetchone() == (2,)
    before.close()


def test_lost_triggers_are_put_back_at_the_next_opening(old: Path) -> None:
    connection = _open(old)
    connection.execute("DROP TRIGGER change_asset_name")
    connection.execute("CREATE TRIGGER odd AFTER INSERT ON setting BEGIN SELECT 1; END")
    connection.close()
    with vault.unlock(old, PASSPHRASE) as opened:
        assert vault.verify(opened) == []


def test_a_newer_people_file_is_refused_and_left_alone(old: Path) -> None:
    connection = _open(old, "people.db")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = (old / "people.db").read_bytes()
    with pytest.raises(NewerVersionError, match="newer"):
        vault.unlock(old, PASSPHRASE)
    assert (old / "people.db").read_bytes() == before
