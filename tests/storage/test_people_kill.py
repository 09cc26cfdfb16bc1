# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 while a conversation is typed: at most two seconds of typing are lost, nothing breaks."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lac_desktop.services import notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage import people_access, vault
from tests.storage.typing_child import KEYS_A_SECOND, SECRET, text

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200
MOST_LOST = 2.0  # seconds of typing


def _typist(typists: subprocess.Popen[str], folder: Path, after: float) -> tuple[int, int]:
    """Let somebody type, end them without warning; keys pressed, and keys said to be saved."""
    assert typists.stdin is not None
    assert typists.stdout is not None
    typists.stdin.write(f"{folder}\n")
    typists.stdin.flush()
    child = int(typists.stdout.readline())
    typists.stdout.readline()
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    latest = ""
    for line in iter(typists.stdout.readline, "end\n"):
        latest = line
    pressed, saved = map(int, latest.split())
    return pressed, saved


def _found(folder: Path) -> str:
    """What is left of the text, in a file that passes its quick check."""
    with vault.unlock(folder, SECRET) as opened, opened.people_read() as db:
        assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        left = people_access.drafts(db)
        assert len(left) <= 1
        return left[0].value["own_words"][0]["text"] if left else ""


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor fork")
def test_killing_while_typing_loses_two_seconds_at_most(tmp_path: Path) -> None:
    chance = random.Random(1)
    folder = tmp_path / "typed.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=vault.FAST_FOR_TESTS)
    notebook.lock(notebook.unlock(folder, SECRET))  # what is made at first is made
    worst = 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.typing_child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as typists:
        for _ in range(KILLS):
            pressed, saved = _typist(typists, folder, chance.uniform(0, 0.02))
            there = _found(folder)
            assert there == text(len(there))
            assert saved <= len(there) <= pressed
            worst = max(worst, (pressed - len(there)) / KEYS_A_SECOND)
        assert typists.stdin is not None
        typists.stdin.close()
    assert worst <= MOST_LOST
    assert len(_found(folder)) > KILLS
    with vault.unlock(folder, SECRET) as opened:
        assert vault.verify(opened) == []
    print(
        f"{KILLS} kills, {len(_found(folder)):,} keys saved, at most {worst:.2f} s of typing lost"
    )
