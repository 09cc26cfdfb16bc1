# SPDX-License-Identifier: AGPL-3.0-or-later
"""Screen saver and logind, played on a D-Bus of the test's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import os
from lac_desktop.ui.away import AwayWatch
app = QApplication([])
watch, told = AwayWatch(app, app), []
watch.away.connect(lambda: told.append(1))
watch.listen_to_session(QDBusConnection.sessionBus())
watch.listen_to_system(QDBusConnection.sessionBus())
other = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "other")
assert other.registerService("org.gnome.ScreenSaver")
assert other.registerService("org.freedesktop.login1")
QTest.qWait(100)
for path, interface, name, arguments in (
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [False]),
    ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(arguments)
    other.send(message)
    QTest.qWait(100)
    print(len(told), end=" ")
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="D-Bus is of Linux")
def test_a_screen_saver_sleep_and_a_locked_session_are_heard(tmp_path: Path) -> None:
    script = tmp_path / "bus.py"
    script.write_text(SCRIPT)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.split() == ["0", "1", "2", "2", "3"], done.stderr
