# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starts the window: builds everything once and passes it down by argument."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lac_desktop.errors import LacError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from lac_desktop.ui.frame import Frame


def run(vault: Path | None = None, *, demo: bool = False, args: list[str] | None = None) -> int:
    """Open the window and stay until it is closed; the exit status.

    ``vault`` is the notebook to ask for; ``demo`` opens the invented neighbourhood at once.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from lac_desktop.ui.collecting import Collecting

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        _must_have_a_screen()
        app = QApplication([sys.argv[0], *(args or [])])
    frame = make_window(app)
    sys.excepthook = _hook(frame.show_bug)
    frame.show()
    QTimer.singleShot(0, lambda: start(frame, vault, demo=demo))
    gc.freeze()  # modules and the window stay as long as the program: no need to look again
    collecting = Collecting(app)
    try:
        return app.exec()
    finally:
        collecting.stop()


def _must_have_a_screen() -> None:
    """Say in a sentence what Qt would end the whole program for, with a dump of its memory."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        raise LacError(
            "There is no screen here to open a window on.",
            "Under a virtual one it opens with: xvfb-run -a lac-desktop --demo",
        )


def make_window(app: "QApplication") -> "Frame":
    """The window in this account's look; nothing is open in it yet."""
    from lac_desktop.services import preferences
    from lac_desktop.ui.desk import Desk, Messages
    from lac_desktop.ui.frame import Frame
    from lac_desktop.ui.icons import Icons
    from lac_desktop.ui.jobs import Jobs
    from lac_desktop.ui.theme import Theme
    from lac_desktop.ui.words import Catalogue

    app.setApplicationName("LAC Desktop")
    app.setDesktopFileName("lac-desktop")
    preferred = preferences.load()
    catalogue = Catalogue(preferred.language, app)
    if catalogue.holds_words:
        app.installTranslator(catalogue)
    theme = Theme(app, preferred.theme, preferred.text_size)
    desk = Desk(theme, Icons(theme), Jobs(app), Messages(app), preferred)
    return Frame(desk, app)


def start(frame: "Frame", vault: Path | None, *, demo: bool = False) -> None:
    """Show the first screen: the demo, a passphrase to type, or the first run."""
    from lac_desktop.services import preferences

    folder = vault or preferences.last_notebook(frame.desk.preferences)
    if demo:
        frame.show_welcome()
        frame.commands.open_demo()
    elif folder is not None:
        frame.show_unlock(folder)
    else:
        frame.show_welcome()


def _hook(
    show: Callable[[BaseException], None],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Show an exception that nobody caught, and let Ctrl+C end the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            show(error)

    return hook
