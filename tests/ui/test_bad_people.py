# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people really paste and what laptops really do, through the window: nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.conversation import Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.services import conversations, notebook, notes, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.people.tabs import TABS
from lac_desktop.ui.sections import SECTIONS
from lac_desktop.ui.talk.inbox_page import InboxPage
from lac_desktop.ui.talk.quick_note import QuickNoteDialog
from tests.ui.conftest import NOW, PASSPHRASE

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")
#: A megabyte of emoji, Arabic and long words without a space.
PASTED = ("🙂" + "مرحبا " + "a" * 90 + "\n") * 10_000


def look_everywhere(frame: Frame, person: str, wait: Wait) -> list[BaseException]:
    """Every section and every tab of a person; the mistakes that were met."""
    met: list[BaseException] = []
    frame.desk.jobs.bug.disconnect()
    frame.desk.jobs.bug.connect(met.append)
    session, work = frame.session, frame.work
    assert session is not None
    assert work is not None
    for section in SECTIONS:
        work.show_section(section.id)
        wait(lambda: not frame.desk.jobs.busy)
    for tab in TABS:
        session.open_person(person, tab.id)
        wait(lambda: not frame.desk.jobs.busy)
    return met


def test_a_megabyte_is_a_quick_note(
    frame: Frame, open_notebook: Notebook, qapp: QApplication, wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    session = frame.session
    assert session is not None
    dialog = QuickNoteDialog(frame, session, frame.desk)
    dialog.field.insertPlainText(PASTED)
    dialog.reject()
    (kept,) = notes.inbox(open_notebook)
    assert kept.text.strip() == PASTED.strip()
    inbox = InboxPage(session, frame.desk)
    wait(lambda: inbox.list.lines.rowCount() == 1)
    assert len(inbox.list.lines.lines[0].head) <= 301
    inbox.deleteLater()


@pytest.mark.parametrize("name", ["ن", "W" * 300, "🙂 مريم <b>&amp; Anne\u202eenna"])
def test_any_name_goes_through_every_screen(
    name: str, frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    person = people.add(open_notebook, name)
    talk = conversations.new(open_notebook, [person.id])
    promise = Promise(new_id(), "me", name, NOW.date())
    talk = replace(talk, own_words=(Paragraph(name),), promises=(promise,))
    conversations.keep(open_notebook, talk)
    frame.open_notebook(open_notebook)
    assert look_everywhere(frame, person.id, wait) == []
    assert frame.width() <= 1366
    assert name not in frame.windowTitle()


def test_a_clock_set_back_a_year(frame: Frame, vault: Path, wait: Wait) -> None:
    """Everything lies in the future then: it shows, and writing goes on."""
    opened = notebook.unlock(vault, PASSPHRASE, clock=lambda: NOW)
    jean = people.add(opened, "Jean")
    talk = replace(conversations.new(opened, [jean.id]), own_words=(Paragraph("Hello"),))
    conversations.keep(opened, talk)
    draft = conversations.new(opened, [jean.id])
    conversations.save_draft(opened, replace(draft, own_words=(Paragraph("Begun"),)))
    notes.quick(opened, "Ring Jean")
    notebook.lock(opened)

    back: datetime = NOW - timedelta(days=365)
    opened = notebook.unlock(vault, PASSPHRASE, clock=lambda: back)
    frame.open_notebook(opened)
    assert look_everywhere(frame, jean.id, wait) == []
    notes.quick(opened, "Back again")
    assert {one.text for one in notes.inbox(opened)} == {"Ring Jean", "Back again"}
    assert len(conversations.drafts(opened)) == len(conversations.of_person(opened, jean.id)) == 1
    frame.lock()
