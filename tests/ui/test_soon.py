# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done in a moment: once, after what waits, and not for somebody who is gone."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from lac_desktop.ui.soon import soon


class Diary:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self) -> None:
        """One line."""
        self.lines.append("called")


def gone(owner: QObject) -> None:
    """Let Qt delete it now."""
    owner.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.usefixtures("qapp")
def test_it_is_called_once_and_not_at_once() -> None:
    owner, diary = QObject(), Diary()
    soon(owner, diary.write)
    assert diary.lines == []
    for _time in range(5):
        QApplication.processEvents()
    assert diary.lines == ["called"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert owner.children() == []


@pytest.mark.usefixtures("qapp")
def test_an_owner_that_goes_first_is_not_called_for_and_lets_go_of_everything() -> None:
    owner, diary = QObject(), Diary()
    lines, held = diary.lines, weakref.ref(diary)
    soon(owner, diary.write)
    gone(owner)
    QApplication.processEvents()
    del diary
    gc.collect()
    assert lines == []
    assert held() is None
