# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of people in the real window: names, filters, search, adding, many."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person, Standing, StandingChange
from lac_desktop.services import conversations, people, people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.people.add import AddPerson
from lac_desktop.ui.people.model import FILTERS, PERSON, Asked, chosen
from lac_desktop.ui.people.page import PeoplePage
from tests.ui.conftest import NOW

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TODAY = NOW.date()


def began(book: Notebook, name: str, standing: Standing = Standing.ALONGSIDE) -> Person:
    person = Person(new_id(), name)
    first = StandingChange(new_id(), person.id, Standing.ALONGSIDE, TODAY - timedelta(days=200))
    made = [person, first]
    if standing is not Standing.ALONGSIDE:
        made.append(StandingChange(new_id(), person.id, standing, TODAY - timedelta(days=9)))
    people_steps.keep(book, made, "Begin")
    return person


def spoke(book: Notebook, person: Person, days: int, words: str) -> Conversation:
    begun = replace(conversations.new(book, [person.id]), on=TODAY - timedelta(days=days))
    return conversations.keep(book, replace(begun, own_words=(Paragraph(words),)))


@pytest.fixture
def page(frame: Frame, open_notebook: Notebook, wait: Wait) -> PeoplePage:
    """Jean, Zoë, Gordon who stepped back and Maud who died."""
    jean = began(open_notebook, "Jean")
    spoke(open_notebook, jean, 90, "I want to ride the bike again, the bike is Frank’s")
    spoke(open_notebook, began(open_notebook, "Zoë"), 3, "All is well")
    began(open_notebook, "Gordon", Standing.STEPPED_BACK)
    began(open_notebook, "Maud", Standing.DIED)
    frame.open_notebook(open_notebook)
    assert frame.work is not None
    frame.work.show_section("people")
    found = frame.work.page
    assert isinstance(found, PeoplePage)
    wait(lambda: found.table.people.rowCount() == 3)
    return found


def names(page: PeoplePage) -> list[str]:
    return [row.name for row in page.table.people.rows]


def typed(frame: Frame, text: str) -> QWidget:
    assert frame.work is not None
    search = frame.work.top.search
    search.setFocus()
    search.clear()
    QTest.keyClicks(search, text)
    return search


def test_rows_are_read_out_in_whole_sentences(page: PeoplePage) -> None:
    assert names(page) == ["Gordon", "Jean", "Zoë"]
    model = page.table.people
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Jean, Walking alongside since 22 August 2025, Spoke 3 months ago"
    assert model.index(0, 0).data(PERSON).standing is Standing.STEPPED_BACK
    assert model.index(0, 1).data() == "Not yet"


@pytest.mark.parametrize(
    ("which", "left"),
    [
        ("here", ["Gordon", "Jean", "Zoë"]), ("alongside", ["Jean", "Zoë"]),
        ("stepped", ["Gordon"]), ("quiet", ["Jean"]), ("gone", ["Maud"]),
    ],
)  # fmt: skip
def test_filters(page: PeoplePage, which: str, left: list[str]) -> None:
    assert set(FILTERS) == {"here", "alongside", "stepped", "quiet", "gone"}
    page._filter(which)
    assert names(page) == left


def test_typing_finds_names_without_accents_whoever_they_are(
    page: PeoplePage, frame: Frame
) -> None:
    typed(frame, "zoe")
    assert names(page) == ["Zoë"]
    typed(frame, "ma")
    assert names(page) == ["Maud"]
    typed(frame, "xyz")
    assert page.inner.currentWidget() is page._nobody
    assert "Enter looks through conversations" in page._empty.text()
    assert frame.session is not None
    assert frame.session.query.text == ""  # a name that is typed here filters no places


def test_enter_looks_through_conversations(page: PeoplePage, frame: Frame, wait: Wait) -> None:
    field = typed(frame, "bike")
    assert frame.work is not None
    frame.work.top.popup.hide()
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait(lambda: page.inner.currentWidget() is page.hits)
    (line,) = page.hits.lines.lines
    assert line.head == "Jean"
    assert line.own
    assert "\x02bike\x03" in line.second
    spoken = page.hits.lines.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "\x02" not in spoken
    assert page.went_back()
    assert page.inner.currentWidget() is page.table


def test_type_ahead_in_the_list_and_enter_opens(page: PeoplePage) -> None:
    page.table.setFocus()
    QTest.keyClicks(page.table, "zo")
    assert page.table.currentIndex().data(PERSON).name == "Zoë"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.on_person
    assert page.person.name.text() == "Zoë"
    assert page.went_back()
    assert page.table.currentIndex().data(PERSON).name == "Zoë"
    assert page.table.hasFocus()


def test_a_first_name_adds_somebody(page: PeoplePage, frame: Frame, wait: Wait) -> None:
    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AddPerson)
        dialog.finish()
        assert dialog.form.fields["name"].error.text() == (
            "A name is needed. A first name will do."
        )
        dialog.name.setText("jean")
        assert "already" in dialog.form.fields["name"].hint.text()
        dialog.name.setText("Rhys")
        dialog.phone.setText("01632 960 641")
        dialog.finish()

    QTimer.singleShot(100, fill)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Insert)
    assert page.on_person
    assert page.person.person is not None
    assert page.person.person.reach[0].kind == "phone"
    assert page.person.bar.tabData(page.person.bar.currentIndex()) == "about"
    assert frame.messages.sentence == "Added."
    frame.actions_table.by_id["undo"].trigger()
    wait(lambda: not page.on_person)
    wait(lambda: names(page) == ["Gordon", "Jean", "Zoë"])


def test_nobody_yet_is_one_sentence_and_one_action(
    frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    assert frame.work is not None
    frame.work.show_section("people")
    page = frame.work.page
    assert isinstance(page, PeoplePage)
    wait(lambda: page.inner.currentWidget() is page._nobody)
    assert page._empty.text() == "Nobody here yet. A first name is enough to begin."
    assert page._offer.isVisible()
    shown: list[str] = []

    def look() -> None:
        over = QApplication.activeModalWidget()
        if over is None:
            QTimer.singleShot(20, look)
            return
        shown.append(over.windowTitle())
        over.close()

    QTimer.singleShot(20, look)
    frame.activateWindow()
    wait(frame.isActiveWindow)
    page._offer.setFocus()
    QTest.keyClick(page._offer, Qt.Key.Key_Insert)
    assert shown == ["Add a person"]


def test_what_can_be_done_with_a_person_stands_in_the_menu(
    page: PeoplePage, frame: Frame, wait: Wait
) -> None:
    by_id = frame.actions_table.by_id
    assert by_id["add-person"].isEnabled()
    assert not by_id["converse"].isEnabled()
    page.show_person(page.table.people.rows[1].id)
    assert all(by_id[one].isEnabled() for one in ("converse", "ask-helper", "copy-person"))
    by_id["ask-helper"].trigger()
    assert frame.work is not None
    assert frame.work.section == "helper"
    wait(lambda: not by_id["converse"].isEnabled() and not frame.desk.jobs.busy)


def test_no_name_in_the_title_and_none_in_messages(page: PeoplePage, frame: Frame) -> None:
    page.show_person(page.table.people.rows[1].id)
    assert frame.windowTitle() == "LAC Desktop"
    assert "Jean" not in frame.messages.sentence


def test_ten_thousand_people_are_filtered_at_once() -> None:
    rows = [people.PersonRow(str(n), f"Name{n:05} Two", Standing.ALONGSIDE) for n in range(10_000)]
    begun = perf_counter()
    found = chosen(rows, Asked("here", "name0999"), TODAY, 6)
    assert len(found) == 10
    assert perf_counter() - begun < 0.5


def test_f6_and_ctrl_number_reach_the_list(page: PeoplePage, frame: Frame) -> None:
    assert frame.work is not None
    frame.work.show_section("map")
    for _section in range(1):
        QTest.keyClick(frame, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert frame.work.section == "people"
    page.table.setFocus()
    frame.actions_table.by_id["last-region"].trigger()
    now = QApplication.focusWidget()
    assert now is not None
    assert page.filters.isAncestorOf(now)
