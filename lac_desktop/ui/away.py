# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notices that the computer sleeps or its screen is locked, so that the notebook locks too.

- Linux: logind's PrepareForSleep and Lock, and the screen saver's ActiveChanged, over D-Bus on
  Unix sockets alone (https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html).
- Windows: WM_WTSSESSION_CHANGE and WM_POWERBROADCAST (learn.microsoft.com, wtsapi32 and winuser).
- Everywhere, and alone on macOS: a clock that jumped shows on waking that the computer slept.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QObject,
    QTimer,
    Signal,
    Slot,
)

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QApplication, QWidget

_TICK_MS = 5_000
#: Seconds by which the clock may jump before that counts as sleep.
_JUMP = 30.0
_SESSION_CHANGE, _SESSION_LOCK = 0x02B1, 0x7
_POWER, _SUSPEND = 0x0218, 0x4
_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
)
_LOGIN = "org.freedesktop.login1"


def means_away(message: int, parameter: int) -> bool:
    """Whether a message of Windows says that the session was locked or the computer sleeps."""
    return (message, parameter) in ((_SESSION_CHANGE, _SESSION_LOCK), (_POWER, _SUSPEND))


def is_local(address: str) -> bool:
    """Whether a D-Bus address is reached without a network; an empty one is the usual place."""
    parts = [part for part in address.split(";") if part]
    return all(part.startswith(("unix:", "launchd:")) for part in parts)


class AwayWatch(QObject):
    """``away`` comes when the screen was locked or the computer sleeps or slept."""

    away = Signal()

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._wall = time.time()
        self._steady = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._native: _Native | None = None
        self._started = False
        self.heard: list[str] = []  # what is listened to, for the self-check

    def start(self, window: QWidget) -> None:
        """Listen to the system from now on; once, after the window was painted."""
        if self._started:
            return
        self._started = True
        if sys.platform == "win32":
            self._listen_to_windows(window)
        elif sys.platform.startswith("linux"):
            self._listen_to_buses()

    @Slot(bool)
    def bus_says(self, active: bool) -> None:
        """The screen saver came on, or the computer is about to sleep."""
        if active:
            self.away.emit()

    @Slot()
    def bus_locks(self) -> None:
        """The session is locked."""
        self.away.emit()

    def _look(self) -> None:
        """A tick that comes late by more than a busy program explains: the computer slept.

        The wall clock goes on in sleep; where it was set by hand, locking does no harm.
        """
        wall, steady = time.time(), time.monotonic()
        slept = abs(wall - self._wall - (steady - self._steady)) > _JUMP
        late = steady - self._steady > _TICK_MS / 1000 + _JUMP * 4
        self._wall, self._steady = wall, steady
        if slept or late:
            self.away.emit()

    def _listen_to_buses(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        if is_local(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", "")):
            self.listen_to_system(QDBusConnection.systemBus())
        if is_local(os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")):
            self.listen_to_session(QDBusConnection.sessionBus())

    def listen_to_system(self, bus: QDBusConnection) -> None:
        """logind: about to sleep, and any session of ours locked."""
        if not bus.isConnected():
            return
        for interface, name, slot in (
            (f"{_LOGIN}.Manager", "PrepareForSleep", "bus_says(bool)"),
            (f"{_LOGIN}.Session", "Lock", "bus_locks()"),
        ):
            if bus.connect(_LOGIN, "", interface, name, self, SLOT(slot)):  # pyright: ignore[reportArgumentType]
                self.heard.append(name)

    def listen_to_session(self, bus: QDBusConnection) -> None:
        """Screen savers of the desktops: came on."""
        if not bus.isConnected():
            return
        for service, path in _SAVERS:
            changed: Any = SLOT("bus_says(bool)")
            if bus.connect(service, path, service, "ActiveChanged", self, changed):
                self.heard.append(service)

    def _listen_to_windows(self, window: QWidget) -> None:
        """Ask for messages about the session, and read those about power that come anyway."""
        register = getattr(ctypes, "windll").wtsapi32.WTSRegisterSessionNotification  # noqa: B009
        if register(ctypes.c_void_p(int(window.winId())), 0):
            self.heard.append("WTS")
        self._native = _Native(self)
        self._app.installNativeEventFilter(self._native)


class _Message(ctypes.Structure):
    """The head of Windows' MSG: window, message, first parameter."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("parameter", ctypes.c_size_t),
    )


class _Native(QAbstractNativeEventFilter):
    """Reads messages of Windows before Qt does."""

    def __init__(self, watch: AwayWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> Any:
        """Look, and leave the message to Qt."""
        if QByteArray(kind) == QByteArray(b"windows_generic_MSG"):
            head = _Message.from_address(int(message))
            if means_away(head.message, head.parameter):
                self._watch.away.emit()
        return False, 0
