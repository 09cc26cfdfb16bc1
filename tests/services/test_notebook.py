# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making, opening, locking, copying and bringing back a notebook."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lac_desktop.domain.query import Query
from lac_desktop.errors import LacError, VaultBusyError, WrongPassphraseError
from lac_desktop.services import assets, find, notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings, from_json, to_json
from tests.services.conftest import SECRET


def test_settings_survive_and_senseless_ones_fall_back() -> None:
    settings = NotebookSettings(who="Ruth", nation="wales", terms=(("2026-01-05", "2026-02-13"),))
    assert from_json(to_json(settings)) == settings
    assert from_json({"nation": "atlantis", "of_old": 1}).nation == "england"


def test_a_second_door_to_an_open_notebook_is_told(book: Notebook) -> None:
    with pytest.raises(VaultBusyError):
        notebook.unlock(book.folder, SECRET)


def test_wrong_passphrase(vault_folder: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        notebook.unlock(vault_folder, "something else")


def test_recovery_code_opens_and_a_new_passphrase_replaces_the_old(tmp_path: Path) -> None:
    from lac_desktop.storage.keys import FAST_FOR_TESTS

    folder = tmp_path / "a.lac"
    code = notebook.create(folder, SECRET, strength=FAST_FOR_TESTS)
    opened = notebook.unlock(folder, code.lower().replace("-", " "))
    notebook.change_passphrase(opened, SECRET, "another one of words")
    notebook.lock(opened)
    with pytest.raises(WrongPassphraseError):
        notebook.unlock(folder, SECRET)
    notebook.lock(notebook.unlock(folder, "another one of words"))


def test_backup_and_restore_bring_everything_back(book: Notebook, tmp_path: Path) -> None:
    asset = assets.save(book, assets.blank(name="Library", kind="library"))
    copy = tmp_path / "copy.lacbackup"
    notebook.backup(book, copy)
    notebook.restore(copy, tmp_path / "Back.lac")
    assert notebook.verify(tmp_path / "Back.lac", SECRET) == []
    again = notebook.unlock(tmp_path / "Back.lac", SECRET)
    assert assets.get(again, asset.id) == asset
    notebook.lock(again)


def test_a_locked_notebook_answers_nothing(book: Notebook) -> None:
    notebook.lock(book)
    with pytest.raises(LacError, match="locked"):
        find.find(book, Query())


def test_a_pack_that_is_gone_does_not_keep_the_notebook_shut(book: Notebook) -> None:
    notebook.save_settings(book, replace(book.settings, pack_folder="/no/such/pack"))
    folder = book.folder
    notebook.lock(book)
    again = notebook.unlock(folder, SECRET)
    assert again.pack is None
    assert "area pack" in again.pack_problem
    notebook.lock(again)


def test_bank_holidays_follow_the_nation(book: Notebook) -> None:
    """2 January is a bank holiday in Scotland alone."""
    shop = replace(assets.blank(name="Shop", kind="library"), hours="Mo-Fr 10:00-17:00; PH off")
    assets.save(book, shop)
    day = Query(open_at=datetime(2026, 1, 2, 11, 0))
    assert len(find.find(book, day)) == 1
    notebook.save_settings(book, replace(book.settings, nation="scotland"))
    assert len(find.find(book, day)) == 0
