# SPDX-License-Identifier: AGPL-3.0-or-later
"""The app opens no network socket: whole flows run where the first one ends the process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lac_desktop import __main__

SEALED = Path(__file__).with_name("sealed.py")
ENTRY = Path(__main__.__file__)

WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lac_desktop import app

application = QApplication([])
QTimer.singleShot(8_000, application.quit)
raise SystemExit(app.run(demo=True))
"""


def sealed(tmp_path: Path, script: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script without a network; its home is a folder of the test."""
    if isinstance(script, str):
        (tmp_path / "script.py").write_text(script, encoding="utf-8")
        script = tmp_path / "script.py"
    return subprocess.run(
        [sys.executable, SEALED, script, *arguments],
        env={
            **os.environ,
            "LAC_HOME": str(tmp_path),
            "PYTHONPATH": str(SEALED.parents[1]),
            "QT_QPA_PLATFORM": "offscreen",
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket(socket.AF_INET)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.getaddrinfo('localhost', 80)",
    ],
)
def test_the_seal_holds_in_python(tmp_path: Path, attempt: str) -> None:
    done = sealed(tmp_path, attempt)
    assert done.returncode == 1
    assert "a network socket was tried" in done.stderr


def test_the_seal_holds_below_python(tmp_path: Path) -> None:
    attempt = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))"
    done = sealed(tmp_path, attempt)
    if sys.platform.startswith("linux"):
        assert done.returncode == -signal.SIGSYS
    else:
        assert done.returncode == 0


def test_a_whole_walk_tries_no_socket(tmp_path: Path) -> None:
    done = sealed(tmp_path, ENTRY, "self-test")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_window_tries_no_socket(tmp_path: Path) -> None:
    done = sealed(tmp_path, WINDOW)
    assert done.returncode == 0, done.stdout + done.stderr
