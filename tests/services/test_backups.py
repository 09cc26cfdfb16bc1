# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backups that make themselves: once a day, checked, kept and expired by rule; and rescue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.errors import CancelledError, DamagedVaultError, LacError, WrongPassphraseError
from lac_desktop.services import assets, backups, notebook, people
from lac_desktop.services.backups import Rule
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import NOON, SECRET

DAY = timedelta(days=1)


def test_one_a_day_beside_the_notebook(book: Notebook) -> None:
    assert backups.is_due(book)
    made = backups.make(book)
    assert made.file.parent == book.folder.parent / "Backups"
    assert not backups.is_due(book)
    assert [one.file for one in backups.listed(book)] == [made.file]
    book.clock = lambda: NOON + DAY
    assert backups.is_due(book)
    backups.save_rule(book, Rule(automatic=False))
    assert not backups.is_due(book)
    assert "Test" not in made.file.name  # the name of the notebook may name somebody


def test_stopped_at_any_moment_it_leaves_no_file(book: Notebook) -> None:
    told: list[str] = []
    folder = backups.folder_of(book)
    backups.make(book, lambda _done, _total, text: told.append(text)).file.unlink()
    before = set(folder.iterdir())  # the list of who was erased
    assert "Checking" in told
    for last in range(len(told)):
        left = iter(range(last))

        def stop(_done: int, _total: int | None, _text: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise CancelledError

        with pytest.raises(CancelledError):
            backups.make(book, stop)
        assert [file for file in folder.iterdir() if file not in before] == []


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_one_that_does_not_pass_its_check_is_not_the_backup_of_the_day(
    book: Notebook, place: float
) -> None:
    folder = backups.folder_of(book)
    kept = backups.make(book).file
    book.clock = lambda: NOON + DAY

    def torn(_done: int, _total: int | None, _text: str) -> None:
        for file in set(folder.glob("*.lacbackup")) - {kept}:
            with file.open("rb+") as stream:  # a drive that forgets
                stream.seek(int(file.stat().st_size * place))
                stream.write(b"\0" * 64)

    with pytest.raises(DamagedVaultError):
        backups.make(book, torn)
    assert [one.file for one in backups.listed(book)] == [kept]
    assert backups.is_due(book)


def test_outside_folders_that_a_cloud_client_copies(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Council" / "A.lac"
    from lac_desktop.storage.keys import FAST_FOR_TESTS

    notebook.create(folder, SECRET, strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET)
    try:
        assert tmp_path / "OneDrive - Council" not in backups.folder_of(book).parents
    finally:
        notebook.lock(book)


def test_the_rule_keeps_days_weeks_and_months() -> None:
    made = [datetime(2026, 11, 21, 17) - DAY * n for n in range(400)]
    gone = set(backups.expired(made, Rule(daily=7, weekly=4, monthly=6)))
    kept = sorted({time for time in made if time not in gone}, reverse=True)
    assert kept[:7] == made[:7]
    assert len(kept) == 7 + 2 + 5  # two more Sundays, five more ends of months
    assert kept[-1] == datetime(2026, 6, 30, 17)


times = st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)), max_size=60)


@given(times, st.integers(1, 9), st.integers(0, 5), st.integers(0, 7))
def test_the_latest_of_each_day_to_keep_always_stays(
    made: list[datetime], daily: int, weekly: int, monthly: int
) -> None:
    rule = Rule(daily=daily, weekly=weekly, monthly=monthly)
    gone = backups.expired(made, rule)
    kept = set(made) - set(gone)
    assert not made or max(made) in kept
    assert len(kept) <= daily + weekly + monthly
    assert backups.expired(kept, rule) == []  # expiring twice takes no more
    days = sorted({time.date() for time in made}, reverse=True)[:daily]
    assert {max(t for t in made if t.date() == day) for day in days} <= kept


def test_old_ones_expire_and_others_stay(book: Notebook) -> None:
    backups.save_rule(book, Rule(daily=2, weekly=0, monthly=0))
    for n in range(4):
        book.clock = lambda n=n: NOON + DAY * n
        backups.make(book)
    folder = backups.folder_of(book)
    foreign = folder / "lac-00000000-2020-01-01-000000.lacbackup"
    foreign.write_bytes(b"another notebook's")
    book.clock = lambda: NOON + DAY * 5
    backups.make(book)
    assert len(backups.listed(book)) == 2
    assert foreign.exists()


def test_a_backup_is_checked_and_a_torn_one_is_told(book: Notebook) -> None:
    people.add(book, "Jean")
    made = backups.make(book)
    assert backups.check(book, made.file) == "Every page of the backup was opened and checked."
    data = bytearray(made.file.read_bytes())
    data[len(data) // 2] ^= 1
    made.file.write_bytes(bytes(data))
    with pytest.raises(DamagedVaultError):
        backups.check(book, made.file)


def test_a_folder_that_is_gone_is_told_and_nothing_expires(book: Notebook, tmp_path: Path) -> None:
    with pytest.raises(LacError, match="no such folder"):
        backups.save_rule(book, Rule(folder=str(tmp_path / "none")))
    file = tmp_path / "Backups"
    file.write_text("a file where the folder would be")
    with pytest.raises((LacError, OSError)):
        backups.make(book)


def test_an_old_backup_is_worth_a_word(book: Notebook) -> None:
    made = datetime.fromisoformat(book.vault.made)
    book.clock = lambda: made
    assert backups.warning(book) == ""
    book.clock = lambda: made + DAY * 8
    assert "no backup yet" in backups.warning(book)
    backups.make(book)
    assert backups.warning(book) == ""
    book.clock = lambda: made + DAY * 17
    assert backups.warning(book).startswith("The last backup is of ")


def spoilt(file: Path, first: int, step: int) -> None:
    """Change a byte in some pages."""
    data = bytearray(file.read_bytes())
    for page in range(first, len(data) // 4096, step):
        data[page * 4096 + 100] ^= 1
    file.write_bytes(bytes(data))


@pytest.fixture
def big(book: Notebook, vault_folder: Path) -> Path:
    """A locked notebook with 600 places and 300 people."""
    places = [assets.blank(name=f"Place {n}", kind="park") for n in range(600)]
    assets.save_many(book, places, "Make")
    for n in range(300):
        people.add(book, f"Person {n}", note="x" * 300)
    notebook.lock(book)
    return vault_folder


def test_what_can_be_read_is_rescued(big: Path, tmp_path: Path) -> None:
    spoilt(big / "community.db", 150, 9)
    spoilt(big / "people.db", 130, 7)
    before = {file.name: file.read_bytes() for file in big.glob("*.db*")}
    target = tmp_path / "Rescued.lac"
    with pytest.raises(WrongPassphraseError):
        backups.salvage(big, "not it", target)
    found = backups.salvage(big, SECRET, target)
    assert {file.name: file.read_bytes() for file in big.glob("*.db*")} == before
    assert 0 < found.rows["person"] < 300 or 0 < found.rows["asset"] < 600
    assert found.lost
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []
    assert notebook.verify(target, SECRET) == []
    book = notebook.unlock(target, SECRET)
    try:
        rows = people.all_people(book)
        assert len(rows) == found.rows["person"]
        person = people.get(book, rows[0].id)
        assert person is not None
        assert person.note == "x" * 300
        people.add(book, "After")
    finally:
        notebook.lock(book)


def test_one_file_without_a_head_leaves_the_other(big: Path, tmp_path: Path) -> None:
    (big / "people.db").write_bytes(b"x" * 50_000)
    with pytest.raises(DamagedVaultError):
        notebook.unlock(big, SECRET)
    found = backups.salvage(big, SECRET, tmp_path / "R.lac")
    assert "Nothing of people.db can be read; restore a backup for it." in found.lost
    assert found.rows["asset"] == 600
    assert notebook.verify(tmp_path / "R.lac", SECRET) == []


def test_a_sound_notebook_is_rescued_whole(big: Path, tmp_path: Path) -> None:
    found = backups.salvage(big, SECRET, tmp_path / "R.lac")
    assert found.lost == []
    assert (found.rows["asset"], found.rows["person"]) == (600, 300)
    assert notebook.verify(tmp_path / "R.lac", SECRET) == []
    book = notebook.unlock(tmp_path / "R.lac", SECRET)
    try:
        assert people.next_undo(book)
    finally:
        notebook.lock(book)
