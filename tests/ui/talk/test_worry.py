# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worry is written down beside the numbers: saved as typed, passed on, sorted later."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.services import notebook as notebooks
from lac_desktop.services import notes
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session
from lac_desktop.ui.talk import worry
from lac_desktop.ui.talk.worry import PassedOn
from lac_desktop.ui.urgent_panel import UrgentDialog
from tests.ui.conftest import NOW, PASSPHRASE

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown(frame: Frame, session: Session | None) -> UrgentDialog:
    made = UrgentDialog(frame, frame.desk, UrgentNumbers(), lambda: None, session)
    made.show()
    return made


def test_what_to_say_and_write_down_is_read_without_unlocking(frame: Frame) -> None:
    dialog = shown(frame, None)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "999" in said
    assert "What to say" in said
    assert "Who you told, when, and what they said" in said
    assert dialog.note is None
    dialog.close()


def test_a_worry_is_saved_as_typed_and_says_who_was_told(
    frame: Frame,
    session: Session,
    open_notebook: Notebook,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = shown(frame, session)
    assert dialog.note is not None
    dialog.note.field.setPlainText("Bruises on the arm, she said a fall")
    wait(lambda: "Bruises" in "".join(note.text for note in notes.inbox(open_notebook)))
    answer = PassedOn(dialog, frame.desk, NOW)
    assert answer.answer() is None  # whom is needed
    answer.whom.setText("Amy at adult safeguarding")
    answer.said.setText("a visit today")
    told = answer.answer()
    assert told is not None
    monkeypatch.setattr(worry, "ask", lambda *_a: told)
    dialog.note.pass_on()
    dialog.close()
    (note,) = notes.inbox(open_notebook)
    assert note.text.startswith("A worry: Bruises on the arm")
    assert "Passed on to Amy at adult safeguarding, 10 March 2026, 10:30am." in note.text
    assert "They said: a visit today" in note.text


def test_in_large_print_the_first_number_and_passing_it_on_are_seen_at_once(
    frame: Frame, session: Session, wait: Wait
) -> None:
    frame.prefer(text_size=200)
    dialog = shown(frame, session)
    dialog.resize(1200, 660)
    wait(lambda: dialog.focusWidget() is not None)
    first = dialog.focusWidget()
    assert isinstance(first, QLabel)
    assert first.text() == "999"
    assert dialog.note is not None
    for part in (first, dialog.note.passed):
        assert part.visibleRegion().boundingRect().size() == part.size()
    dialog.close()


def test_locking_in_the_middle_keeps_what_was_typed(
    frame: Frame, session: Session, open_notebook: Notebook
) -> None:
    dialog = shown(frame, session)
    assert dialog.note is not None
    dialog.note.field.setPlainText("No heating for a week")
    frame.lock()
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert [note.text for note in notes.inbox(again)] == ["A worry: No heating for a week"]
    notebooks.lock(again)


def test_nothing_written_leaves_nothing(
    frame: Frame, session: Session, open_notebook: Notebook
) -> None:
    dialog = shown(frame, session)
    dialog.close()
    assert notes.inbox(open_notebook) == []
