# SPDX-License-Identifier: AGPL-3.0-or-later
"""Damaged, foreign, newer and closed notebooks: each told apart, with a way out."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.ids import new_id
from lac_desktop.errors import (
    DamagedVaultError,
    LacError,
    NewerVersionError,
    WrongPassphraseError,
)
from lac_desktop.storage import assets, vault
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)


def fill(opened: vault.Vault, count: int) -> None:
    some = [
        Asset(id=new_id(), name=f"{n}", kind="park", description="x" * 90) for n in range(count)
    ]
    with opened.write() as db:
        assets.save(db, some, step=Step("A", "Add", NOW), indexer=PlainIndexer())


def test_a_damaged_key_file_is_mended_from_its_copy(folder: Path, passphrase: str) -> None:
    good = (folder / "keys.json").read_bytes()
    for bad in (b"", b"{}", b"\xff\xfe", good[:-40], good.replace(b"argon2id", b"argon2ix")):
        (folder / "keys.json").write_bytes(bad)
        vault.unlock(folder, passphrase).close()
        assert (folder / "keys.json").read_bytes() == good
    (folder / "keys.copy.json").unlink()
    vault.unlock(folder, passphrase).close()
    assert (folder / "keys.copy.json").read_bytes() == good


def test_damage_to_keys_to_a_file_and_a_wrong_passphrase_are_told_apart(
    folder: Path, passphrase: str
) -> None:
    for name in ("keys.json", "keys.copy.json"):
        text = (folder / name).read_text()
        (folder / name).write_text(text.replace('"box": "', '"box": "AAAA'))
    with pytest.raises(DamagedVaultError, match="key file is damaged"):
        vault.unlock(folder, passphrase)
    for name in ("keys.json", "keys.copy.json"):
        (folder / name).unlink()
    with pytest.raises(DamagedVaultError, match="key file is missing"):
        vault.unlock(folder, passphrase)


@pytest.mark.parametrize("name", ["community.db", "people.db"])
@pytest.mark.parametrize("damage", ["header", "empty", "gone", "garbage"])
def test_a_damaged_file_is_told(folder: Path, passphrase: str, name: str, damage: str) -> None:
    file = folder / name
    if damage == "gone":
        file.unlink()
    else:
        data = bytearray(file.read_bytes())
        data[20:60] = bytes(40)
        file.write_bytes({"header": bytes(data), "empty": b""}.get(damage, b"x" * 8192))
    with pytest.raises(DamagedVaultError, match=r"damaged|missing"):
        vault.unlock(folder, passphrase)
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, "wrong")


def test_damage_in_the_middle_is_found_by_verify_and_told_by_reading(
    folder: Path, passphrase: str
) -> None:
    with vault.unlock(folder, passphrase) as opened:
        fill(opened, 1500)
    file = folder / "community.db"
    data = bytearray(file.read_bytes())
    for page in range(100, len(data) // 4096):  # behind the schema
        data[page * 4096 + 100] ^= 1
    file.write_bytes(bytes(data))
    with vault.unlock(folder, passphrase) as opened:
        assert any("damaged" in sentence for sentence in vault.verify(opened))
        with pytest.raises(DamagedVaultError, match="damaged"), opened.read() as db:
            list(assets.all_assets(db))


def test_a_newer_key_file_is_refused(folder: Path, passphrase: str) -> None:
    for name in ("keys.json", "keys.copy.json"):
        content = json.loads((folder / name).read_text())
        content["format"] = 99
        (folder / name).write_text(json.dumps(content))
    with pytest.raises(NewerVersionError, match="newer"):
        vault.unlock(folder, passphrase)


def test_a_folder_that_is_no_notebook(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(LacError, match="no notebook"):
            vault.unlock(place, "x")


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write anywhere, so root's tests go on as "nobody" meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are those of POSIX")
def test_a_folder_without_rights_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    base = tmp_path_factory.mktemp("rights")
    for above in (base, *base.parents):
        if above.stat().st_uid == os.geteuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o755)
    folder = base / "a.lac"
    vault.create(folder, "pass", strength=vault.FAST_FOR_TESTS)
    copy, closed = base / "copy.lacbackup", base / "closed"
    with vault.unlock(folder, "pass") as opened:
        vault.backup(opened, copy)
        closed.mkdir()
        for mode in (0o000, 0o555):
            closed.chmod(mode)
            with as_ordinary_user(), pytest.raises(LacError, match="may not change"):
                vault.backup(opened, closed / "copy.lacbackup")
    copy.chmod(0o000)
    own = base / "own"
    own.mkdir()
    own.chmod(0o777)
    folder.chmod(0o555)
    base.chmod(0o555)
    try:
        with as_ordinary_user():
            with pytest.raises(LacError, match="may not read the backup"):
                vault.restore(copy, own / "c.lac")
            with pytest.raises(LacError, match="may not change"):
                vault.unlock(folder, "pass")
            with pytest.raises(LacError, match="may not change"):
                vault.create(base / "b.lac", "pass", strength=vault.FAST_FOR_TESTS)
    finally:
        base.chmod(0o755)
        folder.chmod(0o755)
    vault.unlock(folder, "pass").close()
