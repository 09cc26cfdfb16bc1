# SPDX-License-Identifier: AGPL-3.0-or-later
"""Today in the real window: lists by keyboard, done and undone, seven rows and more, no names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.conversation import Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.services import conversations, notes, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.people.line_paint import marked, names_in
from lac_desktop.ui.people.lines import Line
from lac_desktop.ui.people.page import PeoplePage
from lac_desktop.ui.today.page import TodayPage
from tests.ui.conftest import NOW

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TODAY = NOW.date()


def promised(book: Notebook, name: str, *what: tuple[str, str, date | None]) -> str:
    """Somebody spoken with last week, and what was promised."""
    person = people.add(book, name)
    made = tuple(Promise(new_id(), who, text, by) for who, text, by in what)
    begun = replace(conversations.new(book, [person.id]), on=TODAY - timedelta(days=7))
    conversations.keep(book, replace(begun, own_words=(Paragraph("Hello"),), promises=made))
    return person.id


@pytest.fixture
def page(frame: Frame, filled: Notebook, wait: Wait) -> TodayPage:
    """A day with three promises, somebody new and ten notes."""
    promised(filled, "Jean", ("me", "Pop by the Spoke Shed with Jean", TODAY),
             ("you", "find the pump", TODAY + timedelta(days=3)))  # fmt: skip
    promised(filled, "Winston", ("me", "Ring the housing office", TODAY - timedelta(days=1)))
    people.add(filled, "Rhys")
    for n in range(10):
        notes.quick(filled, f"Note {n}")
    frame.open_notebook(filled)
    assert frame.work is not None
    found = frame.work.page
    assert isinstance(found, TodayPage)
    wait(lambda: found.sections["promises"].isVisible())
    return found


def heads(page: TodayPage, part: str) -> list[str]:
    return [line.head for line in page.sections[part].view.lines.lines]


def test_a_notebook_opens_on_today(page: TodayPage, frame: Frame) -> None:
    assert page.day.text() == "Tuesday 10 March"
    assert page.hello.text() == "Good morning, Ruth"
    assert heads(page, "promises") == [
        "Winston: Ring the housing office",
        "Pop by the Spoke Shed with Jean",
        "Jean said they would: find the pump",
    ]
    seconds = [line.second for line in page.sections["promises"].view.lines.lines]
    assert seconds[0].startswith("Promised for yesterday.")
    assert seconds[1].startswith("Today.")
    assert heads(page, "see") == ["Rhys"]
    shown = {key for key, part in page.sections.items() if part.isVisible()}
    assert shown == {"promises", "see", "notes"}
    assert frame.windowTitle() == "LAC Desktop"


def test_rows_are_read_out_as_sentences(page: TodayPage) -> None:
    view = page.sections["promises"].view
    assert view.accessibleName() == "You said you would"
    spoken = view.lines.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Jean, Pop by the Spoke Shed with Jean, Today, not done"


def test_space_is_done_and_undo_brings_it_back(page: TodayPage, frame: Frame, wait: Wait) -> None:
    view = page.sections["promises"].view
    view.setFocus()
    view.setCurrentIndex(view.lines.index(0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    wait(lambda: len(heads(page, "promises")) == 2)
    assert frame.messages.sentence == "Done."
    frame.actions_table.by_id["undo"].trigger()
    wait(lambda: len(heads(page, "promises")) == 3)
    assert "Winston" not in frame.messages.sentence
    frame.actions_table.by_id["redo"].trigger()
    wait(lambda: len(heads(page, "promises")) == 2)


def test_a_click_on_the_box_is_done(page: TodayPage, wait: Wait) -> None:
    view = page.sections["promises"].view
    box = view.painter_.box(view.visualRect(view.lines.index(2)))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    wait(lambda: len(heads(page, "promises")) == 2)


def test_up_and_down_go_on_into_the_next_list(page: TodayPage) -> None:
    promises, see = page.sections["promises"].view, page.sections["see"].view
    promises.setFocus()
    promises.setCurrentIndex(promises.lines.index(2))
    QTest.keyClick(promises, Qt.Key.Key_Down)
    assert see.hasFocus()
    QTest.keyClick(see, Qt.Key.Key_Up)
    assert promises.hasFocus()
    assert promises.currentIndex().row() == 2


def test_seven_rows_and_then_more(page: TodayPage) -> None:
    part = page.sections["notes"]
    assert len(heads(page, "notes")) == 7
    assert part.count.text() == "10"
    assert part.more.text() == "Show 3 more"
    part.more.click()
    assert len(heads(page, "notes")) == 10
    assert part.view.currentIndex().row() == 7
    assert part.more.isHidden()


def test_enter_goes_to_the_person_and_back_again(page: TodayPage, frame: Frame) -> None:
    view = page.sections["see"].view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert frame.work is not None
    people_page = frame.work.page
    assert isinstance(people_page, PeoplePage)
    assert people_page.person.name.text() == "Rhys"
    frame.actions_table.by_id["back"].trigger()  # to the list
    frame.actions_table.by_id["back"].trigger()  # to Today
    assert frame.work.section == "today"


def test_the_search_field_looks_for_people_here(page: TodayPage, frame: Frame, wait: Wait) -> None:
    assert frame.work is not None
    search = frame.work.top.search
    assert search.placeholderText() == "Search people and conversations"
    search.setFocus()
    QTest.keyClicks(search, "hello")
    frame.work.top.popup.hide()
    QTest.keyClick(search, Qt.Key.Key_Return)
    found = frame.work.page
    assert isinstance(found, PeoplePage)
    wait(lambda: len(found.hits.lines.lines) == 2)


def test_the_weeks_are_chosen_from_a_menu(page: TodayPage, wait: Wait) -> None:
    page._choose_weeks(1)
    wait(lambda: page._weeks.text() == "After 1 week")
    assert page._weeks.menu().actions()[0].text() == "After 1 week"


def test_the_side_leads_to_what_is_worth_a_check(page: TodayPage, frame: Frame) -> None:
    page.side._worth_a_check()
    assert frame.work is not None
    assert frame.session is not None
    assert frame.work.section == "community"
    assert frame.session.query.stale


@pytest.mark.parametrize(("theme", "size"), [("dark", 150), ("contrast", 200)])
def test_one_column_where_there_is_little_room(
    page: TodayPage, frame: Frame, theme: str, size: int
) -> None:
    frame.prefer(theme=theme, text_size=size)
    QApplication.processEvents()
    assert page._across.direction() == page._across.Direction.TopToBottom
    view = page.sections["promises"].view
    assert view.height() >= view.painter_.height() * 3
    assert frame.width() <= 1366


def test_an_empty_notebook_offers_one_thing(
    frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    frame.open_notebook(open_notebook)
    assert frame.work is not None
    page = frame.work.page
    assert isinstance(page, TodayPage)
    wait(lambda: bool(page.empty.text()))
    assert page.empty.text() == "Nothing promised yet. Begin with somebody you walk alongside."
    assert page._start.isVisible()
    assert not any(part.isVisible() for part in page.sections.values())


def test_names_stand_out_as_words_only() -> None:
    line = Line("k", "Jeanette met Jean at Jean’s", bold=("Jean",))
    assert [text for text, strong in names_in(line) if strong] == ["Jean", "Jean"]
    assert "".join(text for text, _ in names_in(line)) == line.head
    assert list(marked("a \x02b\x03 c")) == [("a ", False), ("b", True), (" c", False)]
