# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file is there whole or not at all, and what went wrong is a sentence."""

import errno
import gc
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from lac_desktop.exchange.whole import UnwritableFileError, whole, write_whole
from lac_desktop.exchange.writing import write
from tests.exchange import published


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("old")
    with whole(file) as beside:
        beside.write_text("new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "no room left"), (errno.EACCES, "open elsewhere"), (errno.EIO, "could not be")],
)
def test_what_went_wrong_is_a_sentence_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("old")

    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UnwritableFileError, match=said) as told, whole(file) as beside:
        beside.write_text("half of the n")
    assert told.value.hint
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", [".", "/"])
def test_a_folder_is_told_however_it_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnwritableFileError, match="is a folder"), whole(Path(name)):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "null"
    os.mkfifo(pipe)
    with pytest.raises(UnwritableFileError, match="is no file"), whole(pipe):
        pass
    assert pipe.is_fifo()


def test_a_bug_in_a_writer_is_no_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    def write() -> None:
        with whole(tmp_path / "x.kml") as beside:
            beside.with_name(beside.name + "-journal").write_text("left over")
            beside.write_text(str(1 // 0))

    with pytest.raises(ZeroDivisionError):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def crowded() -> Iterator[None]:
    """No file may grow beyond 2 kB, as on a drive that fills."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("format_id", ["html", "csv", "geojson", "gpkg", "kml", "oruk"])
def test_each_format_says_that_the_drive_is_full(format_id: str, tmp_path: Path) -> None:
    table = published.kinds()
    file = tmp_path / "hand-out"
    with pytest.raises(UnwritableFileError, match="no room left"):
        write(format_id, published.public(table), file, published.context(table))
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_says_so_once_and_without_a_murmur(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fails)
    table = published.kinds()
    with pytest.raises(UnwritableFileError, match="no room left"):
        write("xlsx", published.public(table), tmp_path / "x.xlsx", published.context(table))
    gc.collect()  # a complaint of a half-written workbook would fail this test


@pytest.mark.skipif(os.name == "nt", reason="Windows asks the folder's rights")
def test_what_is_personal_can_be_read_by_this_account_alone(tmp_path: Path) -> None:
    page = tmp_path / "jean.html"
    page.write_text("older")
    page.chmod(0o644)
    write_whole(page, b"hers", personal=True)
    assert page.read_bytes() == b"hers"
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["jean.html"]
