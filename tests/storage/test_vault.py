# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making, opening, locking and re-keying a notebook, and everything that can be wrong with one."""

import json
import os
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.ids import new_id
from lac_desktop.errors import (
    CancelledError,
    LacError,
    VaultBusyError,
    WrongPassphraseError,
)
from lac_desktop.storage import assets, binding, keys, settings, undo, vault
from lac_desktop.storage.rekey import seal_former
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)
CANARY = "zq7canary"


def fill(opened: vault.Vault, count: int = 3) -> list[Asset]:
    some = [
        Asset(
            id=new_id(),
            name=f"{CANARY} {number}",
            kind="library",
            description=CANARY * 20,
            address=CANARY,
            hours="24/7",
        )
        for number in range(count)
    ]
    with opened.write() as db:
        assets.save(db, some, step=Step(CANARY, CANARY, NOW), indexer=PlainIndexer())
        settings.put(db, CANARY, CANARY)
    with opened.people_write() as db:
        db.execute("INSERT INTO meta VALUES (?, ?)", (CANARY, CANARY))
    return some


def held(opened: vault.Vault) -> int:
    with opened.read() as db:
        return assets.count(db)


def test_passphrase_and_recovery_code_open_a_new_notebook(tmp_path: Path) -> None:
    folder = tmp_path / "new.lac"
    code = vault.create(folder, "pässphräse", strength=vault.FAST_FOR_TESTS)
    decomposed = "pa\u0308ssphra\u0308se"  # the same, as another keyboard types it
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for secret in ("pässphräse", decomposed, code, spoken):
        with vault.unlock(folder, secret) as opened:
            assert held(opened) == 0
            assert vault.verify(opened) == []
    names = {file.name for file in folder.iterdir()}
    assert names == {"community.db", "people.db", "keys.json", "keys.copy.json", "in-use.lock"}


def test_recovery_codes_are_eight_groups_of_four(tmp_path: Path) -> None:
    codes = {keys.new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 8
        assert not set(code) & set("ILOU")
    assert keys.read_code("too short") is None
    assert keys.read_code("!" * 32) is None


def test_the_standard_strength_costs_a_guesser(tmp_path: Path) -> None:
    folder = tmp_path / "strong.lac"
    vault.create(folder, "long enough")
    wrap = json.loads((folder / "keys.json").read_text())["wraps"][0]
    assert (wrap["kdf"], wrap["memory_kib"], wrap["passes"], wrap["lanes"]) == (
        "argon2id",
        262_144,
        3,
        4,
    )
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, "long enougH")
    vault.unlock(folder, "long enough").close()


def test_a_wrong_passphrase_opens_nothing_and_leaves_it_free(folder: Path, passphrase: str) -> None:
    for wrong in ("", "wrong", keys.new_code(), passphrase + " "):
        with pytest.raises(WrongPassphraseError, match="does not open"):
            vault.unlock(folder, wrong)
    vault.unlock(folder, passphrase).close()


def test_an_empty_passphrase_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(LacError, match="empty"):
        vault.create(tmp_path / "a.lac", "  ", strength=vault.FAST_FOR_TESTS)
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_is_never_made_over_something(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LacError, match="something in this place"):
        vault.create(folder, "x", strength=vault.FAST_FOR_TESTS)
    empty = tmp_path / "empty"
    empty.mkdir()
    vault.create(empty, "x", strength=vault.FAST_FOR_TESTS)
    vault.unlock(empty, "x").close()


def test_nothing_of_it_lies_in_plain_text_on_the_disk(
    folder: Path, passphrase: str, tmp_path: Path
) -> None:
    with vault.unlock(folder, passphrase) as opened:
        fill(opened, 2000)
        vault.backup(opened, tmp_path / "all.lacbackup")
        wal = (folder / "community.db-wal").read_bytes()
        assert len(wal) > 100_000  # what was just saved still lies in the log, and is scanned
        _no_canary(tmp_path)
    _no_canary(tmp_path)


def _no_canary(place: Path) -> None:
    wanted = [CANARY.encode(), CANARY.encode("utf-16-le"), b"SQLite format 3", b"CREATE TABLE"]
    for file in place.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not [text for text in wanted if text in data], file


def test_a_key_opens_its_own_file_alone(folder: Path, passphrase: str) -> None:
    with vault.unlock(folder, passphrase) as opened:
        key = bytes(opened.bundle.people)
    with pytest.raises(binding.Error) as caught:
        binding.connect(folder / "community.db", key)
    assert binding.code(caught.value) == 26


def test_keys_are_zero_after_closing_and_reading_is_refused(folder: Path, passphrase: str) -> None:
    opened = vault.unlock(folder, passphrase)
    opened.close()
    opened.close()
    assert opened.bundle.parts() == bytes(96)
    with pytest.raises(LacError, match="locked"), opened.read():
        pass
    with pytest.raises(LacError, match="locked"), opened.write():
        pass


def test_pandas_is_not_imported_by_opening(folder: Path, passphrase: str) -> None:
    script = (
        "import sys; from pathlib import Path; from lac_desktop.storage import vault, search; "
        f"vault.unlock(Path({str(folder)!r}), {passphrase!r}).close(); "
        "sys.exit(any(m in sys.modules for m in ('pandas', 'geopandas', 'pyogrio', 'sqlite3')))"
    )
    assert _python("-c", script).returncode == 0


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False
    )


def test_a_second_process_is_told_who_has_it_open(folder: Path, passphrase: str) -> None:
    script = (
        "import sys; from pathlib import Path; from lac_desktop.storage import vault\n"
        "from lac_desktop.errors import VaultBusyError\n"
        f"try: vault.unlock(Path({str(folder)!r}), {passphrase!r}).close()\n"
        "except VaultBusyError as error: print(error); sys.exit(3)"
    )
    with vault.unlock(folder, passphrase, now=datetime(2026, 11, 21, 17, 5)):
        with pytest.raises(VaultBusyError):
            vault.unlock(folder, passphrase)  # in the same process too
        other = _python("-c", script)
    assert other.returncode == 3
    assert f"process {os.getpid()}, since 5:05pm" in other.stdout
    assert _python("-c", script).returncode == 0


def test_a_held_lock_with_odd_content_is_told_as_well(folder: Path, passphrase: str) -> None:
    with vault.unlock(folder, passphrase):
        (folder / "in-use.lock").write_bytes(b"\xff{}")
        with pytest.raises(VaultBusyError, match="another window or command"):
            vault.unlock(folder, passphrase)


def test_changing_the_passphrase_keeps_data_and_recovery_code(tmp_path: Path) -> None:
    folder = tmp_path / "a.lac"
    code = vault.create(folder, "old", strength=vault.FAST_FOR_TESTS)
    with vault.unlock(folder, "old") as opened:
        fill(opened)
        with pytest.raises(WrongPassphraseError):
            vault.change_passphrase(opened, "guess", "new")
        vault.change_passphrase(opened, "old", "new")
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, "old")
    for secret in ("new", code):
        with vault.unlock(folder, secret) as opened:
            assert held(opened) == 3


def test_a_new_recovery_code_replaces_the_printed_one(tmp_path: Path) -> None:
    folder = tmp_path / "a.lac"
    old = vault.create(folder, "pass", strength=vault.FAST_FOR_TESTS)
    with vault.unlock(folder, "pass") as opened:
        code = vault.new_recovery_code(opened)
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, old)
    vault.unlock(folder, code).close()
    vault.unlock(folder, "pass").close()


def test_new_keys_shut_out_whoever_knew_the_old(folder: Path, passphrase: str) -> None:
    with vault.unlock(folder, passphrase) as opened:
        some = fill(opened)
        before = bytes(opened.bundle.parts())
        code = vault.new_keys(opened, passphrase, "fresh")
        assert held(opened) == 3
        with opened.write() as db:
            undone = undo.undo(db, who="A", when=NOW, indexer=PlainIndexer())
            assert undone is not None
            assert undone.assets == len(some)
        assert vault.verify(opened) == []
        after = bytes(opened.bundle.parts())
    assert before[:32] != after[:32]
    assert before[32:64] != after[32:64]
    with pytest.raises(binding.Error):
        binding.connect(folder / "community.db", before[:32])
    for secret in ("fresh", code):
        vault.unlock(folder, secret).close()
    with pytest.raises(WrongPassphraseError):
        vault.unlock(folder, passphrase)
    assert not list(folder.glob("*.new"))


def test_a_change_of_keys_that_is_cancelled_leaves_the_old(folder: Path, passphrase: str) -> None:
    def cancel(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with vault.unlock(folder, passphrase) as opened:
        fill(opened, 50)
        with pytest.raises(CancelledError):
            vault.new_keys(opened, passphrase, "fresh", progress=cancel)
        assert held(opened) == 50
    with vault.unlock(folder, passphrase) as opened:
        assert vault.verify(opened) == []


@pytest.mark.parametrize("swapped", [(), ("community.db",), ("community.db", "people.db")])
def test_a_change_of_keys_cut_short_is_finished_at_the_next_unlocking(
    folder: Path, passphrase: str, tmp_path: Path, swapped: tuple[str, ...]
) -> None:
    """The state on the disk after a power cut at each point of the change."""
    with vault.unlock(folder, passphrase) as opened:
        fill(opened)
        former = keys.Bundle(*(bytearray(k) for k in _three(opened.bundle)))
        fresh = keys.new_bundle()
        fresh.chain[:] = former.chain
    fast = vault.FAST_FOR_TESTS
    wraps = [keys.seal_passphrase(fresh, "fresh", fast), keys.seal_code(fresh, keys.new_code())]
    content = keys.load(folder)
    keys.write(folder, content["vault"], content["made"], wraps, seal_former(former, fresh))
    for name in swapped:
        old, new = _keys_of(name, former), _keys_of(name, fresh)
        _reencrypt(folder / name, old, new)
    with vault.unlock(folder, "fresh") as opened:
        assert held(opened) == 3
        assert vault.verify(opened) == []
    assert "former" not in keys.load(folder)


def _three(bundle: keys.Bundle) -> tuple[bytearray, bytearray, bytearray]:
    return bundle.community, bundle.people, bundle.chain


def _keys_of(name: str, bundle: keys.Bundle) -> bytearray:
    return bundle.community if name == "community.db" else bundle.people


def _reencrypt(file: Path, old: bytearray, new: bytearray) -> None:
    source = binding.connect(file, old)
    target = binding.connect(file.with_suffix(".tmp"), new, wal=False)
    source.backup(target)
    source.close()
    target.close()
    file.with_suffix(".tmp").replace(file)


def test_threads_read_beside_a_writer_and_see_whole_transactions(opened: vault.Vault) -> None:
    seen: list[int] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(held(opened))

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        fill_more(opened)
    stop.set()
    for thread in threads:
        thread.join()
    assert held(opened) == 100
    assert all(count % 10 == 0 for count in seen)


def fill_more(opened: vault.Vault) -> None:
    with opened.write() as db:
        some = [Asset(id=new_id(), name="x", kind="park") for _ in range(10)]
        assets.save(db, some, step=Step("A", "Add", NOW), indexer=PlainIndexer())


def test_a_stale_search_can_be_interrupted(opened: vault.Vault) -> None:
    started, errors = threading.Event(), []
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    def search() -> None:
        try:
            with opened.read() as db:
                started.set()
                db.execute(endless).fetchone()
        except CancelledError as error:
            errors.append(error)

    thread = threading.Thread(target=search)
    thread.start()
    started.wait()
    while thread.is_alive():
        opened.interrupt(thread)
        thread.join(0.05)
    assert len(errors) == 1


def test_an_exception_takes_the_whole_transaction_back(opened: vault.Vault) -> None:
    def put_and_fail() -> None:
        with opened.write() as db:
            settings.put(db, "a", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_fail()
    with opened.read() as db:
        assert settings.everything(db) == {}
    with pytest.raises(RuntimeError, match="inside"), opened.write(), opened.write():
        pass
    before = opened.generation
    with opened.write() as db:
        settings.put(db, "a", 1)
    assert opened.generation == before + 1


def test_readers_cannot_write(opened: vault.Vault) -> None:
    with pytest.raises(LacError), opened.read() as db:
        settings.put(db, "a", 1)
