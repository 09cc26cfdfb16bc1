# SPDX-License-Identifier: AGPL-3.0-or-later
"""Garbage with widgets in it goes on the window's thread, whoever allocates."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.collecting import Collecting
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.jobs import Jobs
from tests.ui.test_dialogs import look, visit

Wait = Callable[[Callable[[], bool]], None]


class Ring:
    """Something that holds itself."""

    def __init__(self, held: QObject | None = None) -> None:
        self.me, self.held = self, held


@pytest.fixture
def collected_by() -> Iterator[set[int]]:
    """The threads that collected garbage."""
    threads: set[int] = set()

    def note(_phase: str, _about: dict[str, int]) -> None:
        threads.add(threading.get_ident())

    gc.callbacks.append(note)
    yield threads
    gc.callbacks.remove(note)


def many(_progress: Progress) -> int:
    """Work that leaves much garbage behind."""
    return len([Ring() for _ in range(20_000)])


def test_work_on_another_thread_never_collects_a_widget(
    qapp: QApplication, wait: Wait, collected_by: set[int]
) -> None:
    jobs = Jobs(qapp)
    widget = QWidget()
    gone = weakref.ref(widget)
    Ring(widget)
    del widget
    done: list[int] = []
    jobs.run(many, done.append)
    wait(lambda: bool(done))
    wait(lambda: gone() is None)
    assert collected_by == {threading.get_ident()}


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_qt_still_uses_is_never_garbage(
    frame: Frame, filled: Notebook, qapp: QApplication, wait: Wait
) -> None:
    """PySide takes some answers of Qt for children of who was asked; rings of those are deadly."""
    frame.open_notebook(filled)
    assert frame.work is not None
    for section in ("map", "people", "helper", "today", "community"):
        frame.work.show_section(section)
        wait(lambda: not frame.desk.jobs.busy)
        for _time in range(30):
            QTest.keyClick(frame, Qt.Key.Key_Tab)
    for command in ("add", "settings", "urgent", "keys"):
        visit(qapp, frame.actions_table.by_id[command].trigger, look)
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        made_by_qt = [one for one in gc.garbage if _is_qts(one)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert made_by_qt == []


def _is_qts(one: object) -> bool:
    """Whether Qt made it, and it is alive."""
    return (
        isinstance(one, QObject)
        and shiboken6.isValid(one)
        and not shiboken6.createdByPython(one)
        and one.parent() is not None
    )


def test_stopping_leaves_it_to_python_again(qapp: QApplication) -> None:
    made = Collecting(qapp)
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()


def test_little_garbage_is_left_for_later_and_much_is_not(qapp: QApplication) -> None:
    made = Collecting(qapp)
    gc.collect()
    few, many_more = weakref.ref(Ring()), gc.get_threshold()[0] + 100
    made.collect()
    assert few() is not None
    kept = [Ring() for _ in range(many_more)]
    made.collect()
    assert few() is None
    assert kept
    made.stop()


def test_old_garbage_goes_once_much_is_held(qapp: QApplication) -> None:
    made = Collecting(qapp)
    ring = Ring()
    old = weakref.ref(ring)
    gc.collect()  # the ring is old now
    del ring
    kept: list[Ring] = []
    for _time in range(400):
        kept += [Ring() for _ in range(gc.get_threshold()[0] + 100)]
        made.collect()
        if old() is None:
            break
    assert old() is None
    made.stop()
