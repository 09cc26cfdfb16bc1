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

#: Opens the demo in the window, lets it draw its map, and closes it; 3 where it does not open.
WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from lac_desktop import app

application = QApplication([])
frame = app.make_window(application)
frame.show()
app.start(frame, None, demo=True)
idle = []

def look():
    open_and_idle = frame.session is not None and not frame.desk.jobs.busy
    idle.append(1) if open_and_idle else idle.clear()
    if len(idle) > 10:
        frame.close()
        application.exit(0)

timer = QTimer()
timer.timeout.connect(look)
timer.start(200)
QTimer.singleShot(120_000, lambda: application.exit(3))
raise SystemExit(application.exec())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all flows here, so that the demo neighbourhood is built once."""
    return tmp_path_factory.mktemp("sealed")


def sealed(home: Path, script: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script without a network."""
    if isinstance(script, str):
        (home / "script.py").write_text(script, encoding="utf-8")
        script = home / "script.py"
    return subprocess.run(
        [sys.executable, SEALED, script, *arguments],
        env={
            **os.environ,
            "LAC_HOME": str(home),
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
def test_the_seal_holds_in_python(home: Path, attempt: str) -> None:
    done = sealed(home, attempt)
    assert done.returncode == 1
    assert "a network socket was tried" in done.stderr


def test_the_seal_holds_below_python(home: Path) -> None:
    attempt = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))"
    done = sealed(home, attempt)
    if sys.platform.startswith("linux"):
        assert done.returncode == -signal.SIGSYS
    else:
        assert done.returncode == 0


def test_a_whole_walk_tries_no_socket(home: Path) -> None:
    done = sealed(home, ENTRY, "self-test")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_window_tries_no_socket(home: Path) -> None:
    done = sealed(home, WINDOW)
    assert done.returncode == 0, done.stdout + done.stderr
