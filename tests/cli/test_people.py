# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and notes on the command line: answers, sentences, exit codes."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lac_desktop.cli.main import main
from lac_desktop.services import notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

SECRET = "four plain words here"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "Test.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    return folder


def run(*args: str | Path, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(
        main, [str(arg) for arg in args], env={"LAC_PASSPHRASE": SECRET}, input=typed
    )


def answer(*args: str | Path, typed: str | bytes = "") -> object:
    result = run(*args, "--json", typed=typed)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_person_from_first_to_last(vault: Path, tmp_path: Path) -> None:
    jean = answer("people", "add", "Jean", "--vault", vault)
    assert isinstance(jean, dict)
    rows = answer("people", "list", "--vault", vault)
    assert rows == [
        {
            "id": jean["id"],
            "name": "Jean",
            "standing": "walking alongside",
            "last_contact": None,
            "conversations": 0,
        }
    ]
    shown = answer("people", "show", jean["id"], "--vault", vault)
    assert isinstance(shown, dict)
    assert (shown["name"], shown["standing"]) == ("Jean", "walking alongside")
    assert "Jean" in run("people", "show", jean["id"], "--vault", vault).stdout
    given = answer("people", "sar", jean["id"], tmp_path / "out.html", "--vault", vault)
    assert isinstance(given, dict)
    assert "Jean" in (tmp_path / "out.html").read_text("utf-8")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["about"] == "Jean"
    if os.name == "posix":  # nobody else with an account on the machine reads it
        modes = [(tmp_path / name).stat().st_mode & 0o077 for name in ("out.html", "out.json")]
        assert modes == [0, 0]
    seen = answer("people", "erase", jean["id"], "--preview", "--vault", vault)
    assert isinstance(seen, dict)
    assert seen["erased"] is False
    done = answer("people", "erase", jean["id"], "--vault", vault)
    assert isinstance(done, dict)
    assert done["erased"] is True
    assert done["rows"]["About the person"] == 1
    assert answer("people", "list", "--vault", vault) == []


def test_nobody_of_that_number(vault: Path, tmp_path: Path) -> None:
    for args in (
        ["show", "none"],
        ["erase", "none"],
        ["sar", "none", str(tmp_path / "x.html")],
    ):
        result = run("people", *args, "--vault", vault)
        assert result.exit_code == 1
        assert "not in the notebook" in result.stderr
        assert result.stdout == ""
    assert not (tmp_path / "x.html").exists()
    assert run("people", "add", " ", "--vault", vault).exit_code == 1
    assert run("people", "add", "x" * 1000, "--vault", vault).exit_code == 1
    assert run("people", "list").exit_code == 2


def test_notes(vault: Path) -> None:
    words = "Boots – size 5 ✓ مرحبا\nsecond line"
    kept = answer("note", "add", "-", "--vault", vault, typed=words.encode() + b"\n")
    assert isinstance(kept, dict)
    (listed,) = answer("note", "list", "--vault", vault)  # type: ignore[misc]
    assert (listed["id"], listed["text"], listed["person"]) == (kept["id"], words, None)
    jean = answer("people", "add", "Jean", "--vault", vault)
    assert isinstance(jean, dict)
    answer("note", "add", "For Jean", "--vault", vault, "--person", jean["id"])
    (one,) = answer("note", "list", "--vault", vault, "--person", jean["id"])  # type: ignore[misc]
    assert one["text"] == "For Jean"
    assert run("note", "add", "x", "--vault", vault, "--person", "none").exit_code == 1
    assert run("note", "add", "", "--vault", vault).exit_code == 1
    assert run("note", "add", "-", "--vault", vault, typed=b"\xff\xfe\xfa").exit_code == 1
