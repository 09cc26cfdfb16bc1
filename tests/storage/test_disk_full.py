# SPDX-License-Identifier: AGPL-3.0-or-later
"""A disk that fills: a sentence, the last transaction taken back whole, nothing before it lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.ids import new_id
from lac_desktop.errors import LacError
from lac_desktop.storage import assets, vault
from lac_desktop.storage.failures import DiskFullError, translate
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)


def add(opened: vault.Vault, count: int) -> None:
    with opened.write() as db:
        some = [
            Asset(id=new_id(), name=f"N{i}", kind="park", description="long " * 200)
            for i in range(count)
        ]
        assets.save(db, some, step=Step("A", "Add", NOW, "import"), indexer=PlainIndexer())


def held(opened: vault.Vault) -> int:
    with opened.read() as db:
        return assets.count(db)


def fill_until_full(opened: vault.Vault) -> int:
    """Import until the disk is full; how many assets were acknowledged."""
    for batch in range(1000):
        try:
            add(opened, 50)
        except DiskFullError:
            assert held(opened) == batch * 50
            return batch * 50
    raise AssertionError("the disk never filled")


def test_a_full_file_takes_back_the_import_alone(opened: vault.Vault) -> None:
    add(opened, 10)
    with opened.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 5}")
    for _ in range(3):
        with pytest.raises(DiskFullError, match="disk is full"):
            add(opened, 500)
        assert held(opened) == 10
    assert vault.verify(opened) == []
    with opened.write() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    add(opened, 500)
    assert held(opened) == 510


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB; skips where this account may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    done = None
    if sys.platform == "linux" and mount is not None and os.geteuid() == 0:
        done = subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
    if done is None or done.returncode != 0:
        pytest.skip("A small file system can be mounted by root on Linux alone.")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_real_full_disk_loses_nothing(small_disk: Path) -> None:
    folder = small_disk / "a.lac"
    vault.create(folder, "pass", strength=vault.FAST_FOR_TESTS)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1_500_000))
    with vault.unlock(folder, "pass") as opened:
        acknowledged = fill_until_full(opened)
        assert acknowledged > 0
        with pytest.raises(LacError, match="disk is full"):
            vault.backup(opened, small_disk / "b.lacbackup")
        _fill(small_disk)
        with pytest.raises(LacError, match="disk is full"):
            vault.change_passphrase(opened, "pass", "new")
        assert held(opened) == acknowledged
    with pytest.raises(DiskFullError, match="disk is full"):
        vault.unlock(folder, "pass")
    (small_disk / "more").unlink()
    ballast.unlink()
    with vault.unlock(folder, "pass") as opened:
        assert held(opened) == acknowledged
        assert vault.verify(opened) == []
        add(opened, 1)
    left = {file.name for file in small_disk.iterdir()}
    assert left == {"a.lac"}


def _fill(place: Path) -> None:
    with (place / "more").open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while out.write(bytes(size)):
                    pass
            except OSError:
                continue


def test_other_errors_are_not_dressed_up() -> None:
    bug = KeyError("x")
    assert translate(bug) is bug
    missing = FileNotFoundError(2, "x")
    assert translate(missing) is missing
