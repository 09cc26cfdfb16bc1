# SPDX-License-Identifier: AGPL-3.0-or-later
"""A story full of canaries through the real window: nothing of it lies about afterwards.

Window titles, the clipboard, logs, reports of mistakes, the whole profile folder and the temporary
folder are read byte by byte once the notebook is locked.
"""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from lac_desktop import app as program
from lac_desktop import paths
from lac_desktop.domain.conversation import Paragraph
from lac_desktop.services import conversations, notebook, notes, people
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS
from lac_desktop.ui import bugs, clipboard
from lac_desktop.ui.away import AwayWatch, is_local, means_away
from lac_desktop.ui.frame import Frame
from tests import canaries

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Wait = Callable[[Callable[[], bool]], None]
SECRET = "acorn bridge candle drum"


class Titles(QObject):
    """Collects the titles of all windows that show."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.seen: set[str] = set()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() in (QEvent.Type.Show, QEvent.Type.WindowTitleChange)
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.add(watched.windowTitle())
        return False


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A profile and a temporary folder of this test alone."""
    home, temporary = tmp_path / "profile", tmp_path / "temporary"
    for folder in (home, temporary):
        folder.mkdir()
    monkeypatch.setenv("LAC_HOME", str(home / "lac"))
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return home, temporary


def test_nothing_of_a_story_lies_about(
    places: tuple[Path, Path],
    qapp: QApplication,
    wait: Wait,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = paths.home() / "Notebook.lac"
    notebook.create(folder, SECRET, NotebookSettings(who="Ruth"), strength=FAST_FOR_TESTS)
    book = notebook.unlock(folder, SECRET)
    titles = Titles(qapp)
    frame = program.make_window(qapp)
    frame.show()
    bugs_met: list[BaseException] = []
    frame.desk.jobs.bug.disconnect()
    frame.desk.jobs.bug.connect(bugs_met.append)
    frame.open_notebook(book)
    try:
        _tell_a_story(frame, wait)
        frame.back_up_today()
        wait(lambda: bool(frame.desk.preferences.last_backup))
        keys = (book.vault.bundle.community, book.vault.bundle.people, book.vault.bundle.chain)
        clipboard.put(canaries.MARK)
        report = bugs.report(ValueError(canaries.MARK + " lives here"))
        frame.lock()
    finally:
        frame.close()
        frame.deleteLater()
    assert bugs_met == []
    assert all(key == bytearray(32) for key in keys)  # zeroed
    assert not [part for part in frame.findChildren(QWidget) if _shows(part)]
    assert QGuiApplication.clipboard().text() == ""
    assert canaries.MARK not in report
    told = [*titles.seen, caplog.text]
    assert [text for text in told if canaries.MARK.lower() in text.lower()] == []
    hits = [
        file.name
        for place in places
        for file in sorted(place.rglob("*"))
        if _holds(str(file).encode()) or (file.is_file() and _holds(file.read_bytes()))
    ]
    assert hits == []
    assert list((paths.home() / "Backups").glob("*.lacbackup"))  # the day's backup was made


def _holds(raw: bytes) -> bool:
    low, word = raw.lower(), canaries.MARK.lower()
    return any(word.encode(kind) in low for kind in ("utf-8", "utf-16-le", "utf-16-be"))


def _shows(part: QWidget) -> bool:
    text = getattr(part, "text", lambda: "")
    return part.isVisible() and canaries.MARK in str(text())


def _tell_a_story(frame: Frame, wait: Wait) -> None:
    """Add somebody with everything, look at every tab, talk, search, note, look at the lists."""
    from lac_desktop.ui.people.tabs import TABS

    session, work = frame.session, frame.work
    assert session is not None
    assert work is not None
    book = session.notebook
    person = people.add(book, canaries.MARK + "Name")
    canaries.fill(book, people.add(book, "Mo").id, (person.id,), leave_out=_OWN_FORMS)
    talk = replace(
        conversations.new(book, (person.id,)), own_words=(Paragraph(canaries.MARK + "Said"),)
    )
    conversations.save_draft(book, talk)
    conversations.keep(book, talk)
    notes.quick(book, canaries.MARK + "Note")
    session.told_of_people()
    for tab in TABS:
        session.open_person(person.id, tab.id)
        wait(lambda: not frame.desk.jobs.busy)
    for section in ("today", "people", "community", "map"):
        work.show_section(section)
        wait(lambda: not frame.desk.jobs.busy)
    work.top.search.setText(canaries.MARK)
    wait(lambda: not frame.desk.jobs.busy)


#: Tables with words of the program in them, where a canary would be no measure and no tool.
_OWN_FORMS = ("measure", "tool_sheet", "considered", "introduction", "agreement")


def test_sleep_and_a_locked_screen_lock(
    frame: Frame, open_notebook: notebook.Notebook, wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    frame.away.bus_says(False)
    assert frame.session is not None
    frame.away.bus_says(True)
    assert frame.session is None


def test_a_clock_that_jumped_means_sleep(qapp: QApplication) -> None:
    watch = AwayWatch(qapp, qapp)
    told: list[bool] = []
    watch.away.connect(lambda: told.append(True))
    watch._look()
    assert told == []
    watch._wall -= 600
    watch._look()
    assert told == [True]
    watch.deleteLater()


def test_messages_of_windows(qapp: QApplication) -> None:
    import ctypes

    from lac_desktop.ui.away import _Message, _Native

    assert means_away(0x02B1, 7)
    assert means_away(0x0218, 4)
    assert not means_away(0x02B1, 8)
    watch = AwayWatch(qapp, qapp)
    told: list[bool] = []
    watch.away.connect(lambda: told.append(True))
    message = _Message(0, 0x02B1, 7)
    at = ctypes.addressof(message)
    native = _Native(watch)
    assert native.nativeEventFilter(QByteArray(b"windows_generic_MSG"), at) == (False, 0)
    assert native.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), at) == (False, 0)
    assert told == [True]
    watch.deleteLater()


@pytest.mark.parametrize(
    ("address", "local"),
    [("", True), ("unix:path=/run/x", True), ("tcp:host=a", False), ("unix:path=/x;tcp:a", False)],
)
def test_a_bus_over_the_network_is_left_alone(address: str, local: bool) -> None:
    assert is_local(address) is local
