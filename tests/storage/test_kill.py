# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 while saving and importing: no acknowledged row is lost, and the file stays sound."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lac_desktop.storage import assets, vault

ROOT = Path(__file__).resolve().parents[2]
KILLS = 104
AT_ONCE = 4  # notebooks that are filled and killed side by side


def _start(folder: Path, passphrase: str, mode: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.kill_child", str(folder), passphrase, mode],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _kill(child: subprocess.Popen[str], after: float) -> dict[str, str]:
    """End a child without warning once it has committed; what it had acknowledged by then."""
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(after)
    os.kill(child.pid, signal.SIGKILL)
    rest, _ = child.communicate()
    said: dict[str, str] = {}
    for line in (first, *rest.splitlines()):
        if line.endswith(("}", "}\n")):
            said.update(json.loads(line))
    return said


@pytest.mark.kill
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killing_loses_no_acknowledged_row(tmp_path: Path) -> None:
    chance = random.Random(1)
    folders = [tmp_path / f"{number}.lac" for number in range(AT_ONCE)]
    acknowledged: list[dict[str, str]] = [{} for _ in folders]
    for folder in folders:
        vault.create(folder, "pass", strength=vault.FAST_FOR_TESTS)
    for turn in range(KILLS // AT_ONCE):
        mode = "import" if turn % 2 else "save"
        children = [_start(folder, "pass", mode) for folder in folders]
        for known, child in zip(acknowledged, children, strict=True):
            known.update(_kill(child, chance.uniform(0, 0.03)))
        for known, folder in zip(acknowledged, folders, strict=True):
            _nothing_lost(folder, known)
    for folder in folders:
        with vault.unlock(folder, "pass") as opened:
            assert vault.verify(opened) == []
    assert all(len(known) > KILLS for known in acknowledged)


def _nothing_lost(folder: Path, known: dict[str, str]) -> None:
    with vault.unlock(folder, "pass") as opened, opened.read() as db:
        assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        names = {asset.id: asset.name for asset in assets.get_many(db, known).values()}
        turns = dict(_turns(names)), dict(_turns(known))
        assert set(known) <= set(names)
        # A last edit may have been committed and not yet acknowledged.
        assert all(turns[0][key] >= turn for key, turn in turns[1].items())


def _turns(names: dict[str, str]) -> list[tuple[str, int]]:
    return [(key, int(name.split()[0])) for key, name in names.items()]
