# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wrong files and folders chosen in the window: a sentence with a way out, and nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from lac_desktop.services import assets, notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.importing.page import ImportPage
from lac_desktop.ui.start.unlock import UnlockScreen
from tests.ui.conftest import PASSPHRASE

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def said(frame: Frame) -> list[str]:
    """What the message bar shows, as it is shown."""
    heard: list[str] = []
    frame.desk.messages.shown.connect(lambda _kind, sentence, _word, _act: heard.append(sentence))
    return heard


def is_a_way_out(sentence: str) -> bool:
    """A sentence or two, ended, of plain words."""
    return sentence.endswith((".", "?")) and " " in sentence and "Error" not in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("broken.geojson", b'{"type": "FeatureCollection", "features": ['),
        ("broken.xlsx", b"PK\x03\x04 not a zip"),
        ("broken.osm.pbf", b"\x00\x00\x00\x0d" + bytes(60)),
        ("gone.csv", None),
    ],
)
def test_a_wrong_file_to_import(
    name: str, content: bytes | None, frame: Frame, filled: Notebook, said: list[str],
    tmp_path: Path, wait: Wait,
) -> None:  # fmt: skip
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    frame.open_notebook(filled)
    assert frame.work is not None
    frame.actions_table.by_id["import"].trigger()
    page = frame.work.page
    assert isinstance(page, ImportPage)
    page.read([file])
    wait(lambda: bool(said))
    assert is_a_way_out(said[0])
    assert name in said[0] or content is None
    assert page.stack.currentIndex() == 0  # still at the first step, to choose another file
    assert assets.count(filled) == 4


def test_a_folder_that_is_no_pack(
    frame: Frame, filled: Notebook, said: list[str], tmp_path: Path, wait: Wait
) -> None:
    frame.open_notebook(filled)
    frame.commands.use_pack(tmp_path)
    wait(lambda: bool(said))
    assert is_a_way_out(said[0])
    assert filled.pack is None
    assert assets.count(filled) == 4


def test_a_pack_of_a_newer_version(
    frame: Frame, filled: Notebook, said: list[str], tmp_path: Path, wait: Wait
) -> None:
    (tmp_path / "pack.toml").write_text('format = 99\nname = "Rutland"\n', "utf-8")
    frame.open_notebook(filled)
    frame.commands.use_pack(tmp_path)
    wait(lambda: bool(said))
    assert is_a_way_out(said[0])
    assert filled.pack is None


def test_a_pack_that_is_gone_leaves_the_places(
    frame: Frame, vault: Path, said: list[str], tmp_path: Path
) -> None:
    pack = str(tmp_path / "gone")
    opened = notebook.unlock(vault, PASSPHRASE)
    notebook.save_settings(opened, replace(opened.settings, pack_folder=pack))
    notebook.lock(opened)
    again = notebook.unlock(vault, PASSPHRASE)
    frame.open_notebook(again)
    assert any("Your places still show" in sentence for sentence in said)
    frame.lock()


def test_a_backup_into_what_is_no_folder(
    frame: Frame, filled: Notebook, said: list[str], tmp_path: Path, wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "a file").write_text("mine", "utf-8")
    chosen = tmp_path / "a file" / "copy.lacbackup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(chosen), ""))
    frame.open_notebook(filled)
    frame.commands.back_up()
    wait(lambda: bool(said))
    assert is_a_way_out(said[0])
    assert (tmp_path / "a file").read_text("utf-8") == "mine"


def unlock_and_hear(frame: Frame, folder: Path, wait: Wait) -> str:
    """Type the right passphrase for a folder; what is said under the field."""
    frame.show_unlock(folder)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.field.edit.setText(PASSPHRASE)
    screen.unlock()
    wait(lambda: bool(screen.error.text()))
    assert screen.go.isEnabled()
    return screen.error.text()


def test_a_damaged_database(frame: Frame, vault: Path, wait: Wait) -> None:
    (vault / "community.db").write_bytes(b"\x01" * 40_000)
    assert is_a_way_out(unlock_and_hear(frame, vault, wait))


def test_a_folder_that_is_no_notebook(frame: Frame, tmp_path: Path, wait: Wait) -> None:
    assert is_a_way_out(unlock_and_hear(frame, tmp_path, wait))


def test_a_notebook_that_is_open_elsewhere(
    frame: Frame, vault: Path, open_notebook: Notebook, wait: Wait
) -> None:
    sentence = unlock_and_hear(frame, vault, wait)
    assert is_a_way_out(sentence)
    assert assets.count(open_notebook) == 0  # the first one goes on


def test_a_mistake_while_unlocking_leaves_the_button(
    frame: Frame, vault: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> Notebook:
        raise RuntimeError("ours")

    shown: list[BaseException] = []
    monkeypatch.setattr(notebook, "unlock", broken)
    frame.desk.jobs.bug.disconnect()
    frame.desk.jobs.bug.connect(shown.append)
    frame.show_unlock(vault)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.field.edit.setText(PASSPHRASE)
    screen.unlock()
    wait(lambda: bool(shown))
    assert screen.go.isEnabled()
