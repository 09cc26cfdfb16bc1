# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups: whole, checked, restored into a free place, and torn ones told."""

import json
import os
import shutil
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.ids import new_id
from lac_desktop.errors import (
    CancelledError,
    DamagedVaultError,
    LacError,
    NewerVersionError,
    WrongPassphraseError,
)
from lac_desktop.storage import assets, refresh, vault
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)


def add(opened: vault.Vault, count: int) -> None:
    with opened.write() as db:
        some = [Asset(id=new_id(), name=f"N{i}", kind="park") for i in range(count)]
        assets.save(db, some, step=Step("A", "Add", NOW), indexer=PlainIndexer())


def held(folder: Path, secret: str) -> list[Asset]:
    with vault.unlock(folder, secret) as opened, opened.read() as db:
        return list(assets.all_assets(db))


@pytest.fixture
def packed(folder: Path, passphrase: str, tmp_path: Path) -> Path:
    """A backup of forty assets, made while the notebook is open."""
    file = tmp_path / "backups" / "b.lacbackup"
    with vault.unlock(folder, passphrase) as opened:
        add(opened, 40)
        vault.backup(opened, file, now=NOW)
        add(opened, 5)
    return file


def test_a_backup_is_restored_as_it_was(
    packed: Path, folder: Path, passphrase: str, tmp_path: Path
) -> None:
    for secret in (None, passphrase):
        place = tmp_path / f"restored {secret}.lac"
        vault.restore(packed, place, secret=secret)
        assert len(held(place, passphrase)) == 40
    assert len(held(folder, passphrase)) == 45
    assert {f.name for f in packed.parent.iterdir()} == {packed.name}
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_saving_goes_on_while_a_backup_is_made(
    opened: vault.Vault, passphrase: str, tmp_path: Path
) -> None:
    add(opened, 5_000)
    typed: list[int] = []

    def while_copying(done: int, _total: int | None, _text: str) -> None:
        typist = threading.Thread(target=add, args=(opened, 1))
        typist.start()
        typist.join(20)
        assert not typist.is_alive(), "saving waits for the backup"
        typed.append(done)

    file = tmp_path / "b.lacbackup"
    vault.backup(opened, file, while_copying)
    assert len(typed) > 2
    vault.restore(file, tmp_path / "restored.lac", secret=passphrase)
    assert len(held(tmp_path / "restored.lac", passphrase)) == 5_000  # of one moment
    with opened.read() as db:
        assert len(list(assets.all_assets(db))) == 5_000 + len(typed)


def test_a_backup_replaces_an_older_one_whole_or_not_at_all(
    packed: Path, folder: Path, passphrase: str
) -> None:
    before = packed.read_bytes()

    def cancel(done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with vault.unlock(folder, passphrase) as opened:
        with pytest.raises(CancelledError):
            vault.backup(opened, packed, cancel)
        assert packed.read_bytes() == before
        vault.backup(opened, packed)
        assert packed.read_bytes() != before
        with pytest.raises(LacError, match="is a folder"):
            vault.backup(opened, folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_a_backup_replaces_no_folder_and_no_device(opened: vault.Vault, tmp_path: Path) -> None:
    pipe = tmp_path / "null"
    os.mkfifo(pipe)
    for place, said in ((tmp_path, "is a folder"), (pipe, "is no file")):
        with pytest.raises(LacError, match=said):
            vault.backup(opened, place)
    assert pipe.is_fifo()


def test_restoring_never_writes_over_anything(packed: Path, folder: Path, passphrase: str) -> None:
    with pytest.raises(LacError, match="something in this place"):
        vault.restore(packed, folder)
    assert len(held(folder, passphrase)) == 45


def test_a_wrong_secret_restores_nothing(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        vault.restore(packed, tmp_path / "r.lac", secret="wrong")
    assert not (tmp_path / "r.lac").exists()


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "text", "other zip"])
def test_a_torn_backup_is_told_and_restores_nothing(
    packed: Path, tmp_path: Path, damage: str
) -> None:
    data = bytearray(packed.read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
        packed.write_bytes(data)
    elif damage == "other zip":
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", "a")
    else:
        packed.write_bytes({"empty": b"", "text": b"hello" * 100}.get(damage, data[:-5000]))
    with pytest.raises(DamagedVaultError, match="not a whole backup"):
        vault.restore(packed, tmp_path / "r.lac")
    assert not (tmp_path / "r.lac").exists()
    with pytest.raises(LacError, match="no backup"):
        vault.restore(tmp_path / "none", tmp_path / "r.lac")


def _rewritten(packed: Path, out: Path, pack: int = zipfile.ZIP_STORED, **manifest: object) -> Path:
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", pack) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(json.loads(data) | manifest).encode()
            new.writestr(name, data)
    return out


def test_newer_packed_and_senseless_backups_are_refused(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(NewerVersionError, match="newer"):
        vault.restore(_rewritten(packed, tmp_path / "n", format=2), tmp_path / "r.lac")
    bomb = _rewritten(packed, tmp_path / "bomb", zipfile.ZIP_DEFLATED)
    for file in (bomb, _rewritten(packed, tmp_path / "s", sha256=[1])):
        with pytest.raises(DamagedVaultError):
            vault.restore(file, tmp_path / "r.lac")
    assert not (tmp_path / "r.lac").exists()


def test_a_backup_of_a_damaged_notebook_is_not_kept(
    folder: Path, passphrase: str, tmp_path: Path
) -> None:
    with vault.unlock(folder, passphrase) as opened:
        add(opened, 3000)
    data = bytearray((folder / "community.db").read_bytes())
    data[-4096 * 20 + 7] ^= 1
    (folder / "community.db").write_bytes(bytes(data))
    with vault.unlock(folder, passphrase) as opened, pytest.raises(DamagedVaultError):
        vault.backup(opened, tmp_path / "b.lacbackup")
    assert not (tmp_path / "b.lacbackup").exists()


def test_verify_finds_a_search_that_does_not_fit_and_has_it_mended(opened: vault.Vault) -> None:
    add(opened, 10)
    with opened.write() as db:
        db.execute("DELETE FROM asset_find WHERE rid = 3")
    (sentence,) = vault.verify(opened)
    assert sentence.startswith("The search does not hold every asset")
    with opened.write() as db:
        assert refresh.is_due(db, PlainIndexer(), NOW)
        refresh.refresh(db, PlainIndexer(), NOW)
    assert vault.verify(opened) == []


def test_verify_finds_rules_that_are_missing(opened: vault.Vault) -> None:
    with opened.write() as db:
        db.execute("DROP TRIGGER change_asset_phone")
    assert vault.verify(opened) == [
        "1 rules of community.db that record changes are missing or altered."
    ]


def test_a_copied_folder_is_a_notebook_too(folder: Path, passphrase: str, tmp_path: Path) -> None:
    with vault.unlock(folder, passphrase) as opened:
        add(opened, 3)
    shutil.copytree(folder, tmp_path / "copy.lac")
    assert len(held(tmp_path / "copy.lac", passphrase)) == 3
