# SPDX-License-Identifier: AGPL-3.0-or-later
"""The helper's page: words in, seven rungs out, urgent help at once, and the memory."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.introduction import Thought
from lac_desktop.domain.ladder import Suggestion
from lac_desktop.services import assets, considered, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.ladder import page as ladder_page
from lac_desktop.ui.ladder.page import LadderPage
from lac_desktop.ui.ladder.remember import Came

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(frame: Frame, filled: Notebook, wait: Wait) -> LadderPage:
    """The helper over a notebook with a library and Jean, who lives beside it."""
    people.add(filled, "Jean", home=Point(52.67, -0.73), interests=("reading",))
    assets.save(filled, replace(
        assets.blank(name="Brackenfold Reads", kind="library", point=Point(52.67, -0.7301)),
        gives="Books and a warm corner"))  # fmt: skip
    frame.open_notebook(filled)
    assert frame.work is not None
    frame.work.show_section("helper")
    made = cast(LadderPage, frame.work.page)
    wait(lambda: made._answer is not None)
    return made


def words(page: LadderPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def looked(page: LadderPage, wait: Wait) -> None:
    page._answer = None
    page.look()
    wait(lambda: page._answer is not None)


def test_all_seven_rungs_stand_there_with_questions(page: LadderPage) -> None:
    said = words(page)
    assert "Me and my gifts" in said
    assert "Services" in said
    assert [box.badge.text() for box in page.rungs] == list("1234567")
    for number, box in enumerate(page.rungs, 1):
        assert f"Rung {number} of 7" in box.badge.accessibleName()


def test_a_wish_without_a_person_is_answered_and_stores_nothing(
    page: LadderPage, wait: Wait, filled: Notebook
) -> None:
    page.near.setText("52.67, -0.73")
    page.wish.setText("I love reading")
    before = filled.generation
    looked(page, wait)
    assert "Brackenfold Reads" in words(page)
    assert filled.generation == before


def test_danger_in_the_words_is_said_first_beside_the_numbers(page: LadderPage, wait: Wait) -> None:
    page.wish.setText("my son hits me")
    looked(page, wait)
    assert "hurts or threatens" in page.side._why.text()
    assert not page.side._why.isHidden()
    page.wish.setText("I could murder a cup of tea")
    looked(page, wait)
    assert page.side._why.isHidden()


def suggested_to_jean(
    page: LadderPage, filled: Notebook, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> Suggestion:
    """Jean's ladder on screen, a suggestion of it, and "too warm" as the answer to what came."""
    (jean,) = people.all_people(filled)
    page.ask_for(jean.id)
    wait(lambda: "Brackenfold Reads" in words(page))
    monkeypatch.setattr(ladder_page, "ask_what_came", lambda *_a: Came(why="too warm"))
    return next(
        one for rung in (page._answer.rungs if page._answer else ())
        for one in rung.suggestions if one.title == "Brackenfold Reads"
    )  # fmt: skip


def test_what_is_not_for_me_is_remembered_and_stays_away(
    page: LadderPage, wait: Wait, filled: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = suggested_to_jean(page, filled, wait, monkeypatch)
    page._remember(shown, Thought.NOT_FOR_ME)
    (jean,) = people.all_people(filled)
    wait(lambda: bool(considered.of_person(filled, jean.id)))
    looked(page, wait)
    assert page._answer is not None
    shown_now = {one.title for rung in page._answer.rungs for one in rung.suggestions}
    assert "Brackenfold Reads" not in shown_now
    assert "too warm" in words(page)


def test_a_place_that_is_not_found_is_told(page: LadderPage, wait: Wait) -> None:
    page.near.setText("Atlantis")
    looked(page, wait)
    assert page.near.property("wrong")
    assert "not found" in page.near.accessibleDescription()


def test_every_button_has_a_name_of_its_own(page: LadderPage, wait: Wait) -> None:
    page.wish.setText("I am lonely and love reading")
    page.near.setText("52.67, -0.73")
    looked(page, wait)
    names = [
        button.accessibleName() or button.text()
        for box in page.rungs
        for button in box.findChildren(QPushButton)
    ]
    assert all(names)
    assert len(names) == len(set(names))


def test_it_begins_where_the_coordinator_types(
    page: LadderPage, frame: Frame, filled: Notebook, wait: Wait
) -> None:
    (jean,) = people.all_people(filled)
    assert frame.session is not None
    frame.session.open_person(jean.id)
    frame.activateWindow()
    wait(frame.isActiveWindow)
    frame.session.open_helper(jean.id)
    assert page.person == jean.id
    assert frame.focusWidget() is page.wish


def test_with_little_room_the_urgent_route_is_one_line_above_the_ladder(
    page: LadderPage, frame: Frame, qapp: QApplication
) -> None:
    wide = page.side.height()
    frame.resize(1000, 700)
    qapp.processEvents()
    assert page.side.isVisible()
    assert page.side.numbers.isVisible()
    assert page.side.height() < min(wide, frame.height() / 8)
    assert page.ladder.height() > frame.height() / 2
    assert page.memory.isVisible()
    frame.resize(1366, 730)
    qapp.processEvents()
    assert page.side.mapTo(frame, QPoint(0, 0)).x() > page.ladder.mapTo(frame, QPoint(0, 0)).x()


def test_keys_move_along_the_ladder_and_into_a_rung(page: LadderPage, frame: Frame) -> None:
    frame.activateWindow()
    page.rungs[0].badge.setFocus()
    QTest.keyClick(page.rungs[0].badge, Qt.Key.Key_Down)
    assert frame.focusWidget() is page.rungs[1].badge
    QTest.keyClick(page.rungs[1].badge, Qt.Key.Key_6)
    assert frame.focusWidget() is page.rungs[5].badge
    QTest.keyClick(page.rungs[5].badge, Qt.Key.Key_Right)
    inside = frame.focusWidget()
    assert inside is not None
    assert page.rungs[5].isAncestorOf(inside)
    assert inside is not page.rungs[5].badge


def test_what_is_taken_back_shows_at_once_and_the_focus_stays_on_the_rung(
    page: LadderPage, frame: Frame, filled: Notebook, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = suggested_to_jean(page, filled, wait, monkeypatch)
    box = page.rungs[shown.rung - 1]
    wait(lambda: any(one.isVisible() for one in box.findChildren(QPushButton)))
    box.enter()
    wait(lambda: box.isAncestorOf(frame.focusWidget() or page))
    page._remember(shown, Thought.NOT_FOR_ME)
    wait(lambda: "too warm" in words(page))
    assert frame.focusWidget() is box.badge
    assert frame.session is not None
    frame.session.undo_people()
    wait(lambda: "too warm" not in words(page))
