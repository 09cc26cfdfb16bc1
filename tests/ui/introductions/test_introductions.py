# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introducing somebody by keyboard, following up in Today, and the pages about the whole work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QPushButton

from lac_desktop.domain.introduction import Introduction, StillGoing, Went
from lac_desktop.domain.ladder import Suggestion
from lac_desktop.domain.strengths import Gift, GiftOf, Offer, Wish
from lac_desktop.services import considered, find, introductions, people, strengths
from lac_desktop.services.introductions import Question
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.introductions import commands
from lac_desktop.ui.introductions.dialog import IntroduceDialog, begun, introduce
from lac_desktop.ui.introductions.follow_up import FollowUpDialog
from lac_desktop.ui.introductions.gifts_page import GiftsPage
from lac_desktop.ui.introductions.inwards import InwardsDialog
from lac_desktop.ui.introductions.reflection_page import ReflectionPage
from lac_desktop.ui.introductions.tab import IntroductionsTab
from lac_desktop.ui.today.page import TodayPage
from tests.ui.pdf_text import text_of
from tests.ui.strengths.conftest import unnamed, when_asked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
TODAY = date(2026, 3, 10)


@pytest.fixture
def jean(frame: Frame, filled: Notebook) -> str:
    """A person in the open notebook."""
    person = people.add(filled, "Jean").id
    frame.open_notebook(filled)
    return person


def place(book: Notebook, name: str) -> str:
    """The id of a place."""
    return next(hit.asset_id for hit in find.complete(book, name) if hit.text == name)


def kept(book: Notebook, person: str, **known: object) -> Introduction:
    """An introduction that was made four weeks ago."""
    made = introductions.new(book, person, "The Shed", agreed=True, rung=4, **known)
    return introductions.save(book, replace(made, on=TODAY - timedelta(weeks=4)))


def test_from_a_place_to_a_kept_introduction_in_three_keys(
    frame: Frame, filled: Notebook, jean: str
) -> None:
    assert frame.session is not None
    library = place(filled, "Brackenfold Library")

    def by_keys(dialog: Dialog) -> None:
        assert isinstance(dialog, IntroduceDialog)
        assert dialog.windowTitle() == "Introduce Jean to Brackenfold Library"
        assert dialog.when.day_field.text() == "Wednesday 11 March"
        assert dialog.when.time_field.text() == "9am"
        assert "open 9am to 5:30pm on Wednesdays" in dialog.form.fields["first_visit"].hint.text()
        assert not dialog.along.isChecked()
        assert unnamed(dialog) == []
        dialog.activateWindow()
        QTest.qWait(50)  # arrows go by where the buttons lie
        focus = dialog.focusWidget()
        assert focus is dialog.agreed.buttons[None]
        QTest.keyClick(focus, Qt.Key.Key_Left)  # agreed; then Enter keeps it
        assert dialog.agreed.value() is True
        assert dialog.accept_button.isDefault()

    when_asked(by_keys)
    made = introduce(frame, frame.session, frame.desk, jean, library)
    assert made is not None
    (found,) = introductions.of_person(filled, jean)
    assert (found.to, found.to_asset, found.agreed) == ("Brackenfold Library", library, True)
    assert (found.first_visit, found.first_time) == (date(2026, 3, 11), "09:00")
    assert (found.introduced_by, found.rung, found.told) == ("Ruth", 4, "")


def test_what_may_be_told_is_chosen_word_by_word(frame: Frame, filled: Notebook, jean: str) -> None:
    assert frame.session is not None
    strengths.save(
        filled,
        Gift("g1", jean, "plays the organ", GiftOf.HANDS, Offer.PRIVATE),
        Gift("g2", jean, "prunes roses", GiftOf.HANDS, Offer.SHOW),
    )
    dialog = IntroduceDialog(frame, frame.session, begun(filled, jean, ""))
    assert dialog.told.value() == ""
    items: dict[str, QListWidgetItem] = {
        item.text(): item for n in range(dialog.told.list.count())
        if (item := dialog.told.list.item(n))
    }  # fmt: skip
    assert not any("organ" in words for words in items)
    items["Is called Jean."].setCheckState(Qt.CheckState.Checked)
    items["Is willing to show or teach: prunes roses."].setCheckState(Qt.CheckState.Checked)
    items["Is called Jean."].setCheckState(Qt.CheckState.Unchecked)
    dialog.to.setText("Mo at the Shed")
    made = dialog.answer()
    assert made is not None
    assert made.told == "Is willing to show or teach: prunes roses."
    assert made.agreed is None
    assert "Ask before anything is told" in dialog.form.fields["agreed"].hint.text()
    dialog.deleteLater()


def test_a_service_is_asked_about_once_and_never_blocked(
    frame: Frame, filled: Notebook, jean: str
) -> None:
    assert frame.session is not None
    service = Suggestion(7, "approach:day-service", "A day centre")
    dialog = IntroduceDialog(frame, frame.session, begun(filled, jean, service))
    assert dialog.answer() is None
    hint = dialog.form.fields["thought_first"].hint.text()
    assert hint == introductions.THOUGHT_FIRST
    made = dialog.answer()
    assert made is not None
    assert (made.thought_first, made.skipped, made.kind) == ("", "", "approach:day-service")
    dialog.skipped.setCurrentIndex(dialog.skipped.findData("urgent"))
    made = dialog.answer()
    assert made is not None
    assert made.skipped == "urgent"
    dialog.deleteLater()


def test_wrong_days_and_nobody_are_said(frame: Frame, filled: Notebook, jean: str) -> None:
    assert frame.session is not None
    dialog = IntroduceDialog(frame, frame.session, begun(filled, jean, ""))
    dialog.when.day_field.setText("31 February")
    assert dialog.answer() is None
    assert dialog.form.fields["to"].error.text() == "Say to whom or what."
    assert "not in the calendar" in dialog.form.fields["first_visit"].error.text()
    dialog.when.set_moment(None, "14:00")
    dialog.to.setText("Mo")
    assert dialog.answer() is None
    assert dialog.form.fields["first_visit"].error.text() == "Say which day, too."
    dialog.when.day_field.setText("Thursday")
    made = dialog.answer()
    assert made is not None
    assert (made.first_visit, made.first_time) == (date(2026, 3, 12), "14:00")
    dialog.deleteLater()


def today_page(frame: Frame, wait: Wait, rows: int) -> TodayPage:
    """Today, in front, with so many introductions to catch up on."""
    assert frame.work is not None
    frame.work.show_section("today")
    page = frame.work.page
    assert isinstance(page, TodayPage)
    page.look()
    view = page.sections["introductions"].view
    wait(lambda: view.lines.rowCount() == rows)
    return page


def test_today_takes_the_answers_by_1_2_and_3(
    frame: Frame, filled: Notebook, jean: str, wait: Wait
) -> None:
    one = kept(filled, jean, first_visit=TODAY)
    page = today_page(frame, wait, 1)
    view = page.sections["introductions"].view
    view.go_to_end(1)
    spoken = view.lines.data(view.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Jean and The Shed. How did it go? First visit: Today. 1 Went, 2 Not yet, " \
        "3 Not for me"  # fmt: skip
    when_asked(lambda dialog: dialog.felt.setPlainText("I laughed."))
    QTest.keyClick(view, Qt.Key.Key_1)
    wait(lambda: (introductions.get(filled, one.id) or one).went is Went.WENT)
    assert (introductions.get(filled, one.id) or one).felt == "I laughed."
    introductions.save(
        filled, replace(introductions.get(filled, one.id) or one, went_on=TODAY - timedelta(28))
    )
    page = today_page(frame, wait, 1)
    wait(  # Today may still be showing the moment in which nothing was due
        lambda: (
            page._now is not None
            and [due.question for due in page._now.introductions] == [Question.AT_4]
        )
    )
    page.sections["introductions"].view.go_to_end(1)
    QTest.keyClick(page.sections["introductions"].view, Qt.Key.Key_1)
    wait(lambda: (introductions.get(filled, one.id) or one).at_4_weeks is StillGoing.STILL_GOING)
    wait(lambda: page.sections["introductions"].view.lines.rowCount() == 0)


def test_stepping_away_asks_what_was_learned(
    frame: Frame, filled: Notebook, jean: str, wait: Wait
) -> None:
    one = kept(filled, jean, kind="approach:homeshare")
    introductions.answer(filled, one.id, Question.WENT, Went.WENT, on=TODAY - timedelta(weeks=5))
    page = today_page(frame, wait, 1)

    def learned(dialog: Dialog) -> None:
        assert isinstance(dialog, FollowUpDialog)
        assert dialog.reply() is StillGoing.STEPPED_AWAY
        assert not dialog.learned.isHidden()
        assert unnamed(dialog) == []
        dialog.learned.setPlainText("Mornings are too early")

    when_asked(learned)
    page.followed_up(one.id, 2)
    wait(lambda: bool(considered.remembered(filled, jean)))
    wait(lambda: "Mornings" in considered.remembered(filled, jean)["approach:homeshare"])
    assert (introductions.get(filled, one.id) or one).ended_on == TODAY
    wait(lambda: any(made.text() == "Look up the ladder again" for made in visible(frame)))
    next(made for made in visible(frame) if made.text() == "Look up the ladder again").click()
    assert frame.work is not None
    assert frame.work.section == "helper"


def visible(frame: Frame) -> list[QPushButton]:
    """Buttons that show."""
    return [made for made in frame.findChildren(QPushButton) if made.isVisible()]


def test_the_tab_lists_changes_and_takes_out(
    frame: Frame, filled: Notebook, jean: str, wait: Wait
) -> None:
    assert frame.session is not None
    one = kept(filled, jean, first_visit=TODAY)
    frame.session.open_person(jean, "introductions")
    tab = frame.findChild(IntroductionsTab)
    assert tab is not None
    wait(lambda: tab.view.lines.rowCount() == 1)
    assert unnamed(tab) == []
    tab.view.go_to_end(1)
    QTest.keyClick(tab.view, Qt.Key.Key_G)
    wait(lambda: (introductions.get(filled, one.id) or one).contributor_since == TODAY)
    wait(lambda: "Gives there too." in tab.view.lines.lines[0].second)
    tab.view.go_to_end(1)
    QTest.keyClick(tab.view, Qt.Key.Key_Delete)
    wait(lambda: introductions.get(filled, one.id) is None)
    frame.session.undo_people()
    wait(lambda: introductions.get(filled, one.id) is not None)

    def doctor(dialog: Dialog) -> None:
        assert isinstance(dialog, InwardsDialog)
        dialog.who.setText("Dr Invented")
        dialog.agreed.buttons[True].setChecked(True)
        dialog.hope.setPlainText("somebody to talk to")

    when_asked(doctor)
    tab.introduced_to_us()
    wait(lambda: tab.view.lines.rowCount() == 2)
    assert tab.view.lines.lines[0].head == "Introduced to us by Dr Invented"


def test_who_could_show_whom_begins_an_introduction(
    frame: Frame, filled: Notebook, jean: str, wait: Wait
) -> None:
    mo = people.add(filled, "Mo").id
    strengths.save(
        filled,
        Gift("g1", mo, "mends any bike", GiftOf.HANDS, Offer.TEACH, ("bikes",)),
        Wish("w1", jean, "my bike going again", ("bikes",)),
    )
    commands.run(frame, "gift-match")
    page = frame.findChild(GiftsPage)
    assert page is not None
    wait(lambda: page.people.lines.rowCount() == 1)
    assert page.people.lines.lines[0].head == "Mo could teach Jean: mends any bike"
    assert unnamed(page) == []
    when_asked(lambda _dialog: None)
    page.introduce("g1 w1")
    (made,) = introductions.of_person(filled, jean)
    assert (made.to_person, made.to, made.rung) == (mo, "Mo", 3)
    wait(lambda: page.people.lines.rowCount() == 0)


def test_looking_back_prints_no_small_number(
    frame: Frame, filled: Notebook, jean: str, wait: Wait, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for _ in range(3):
        kept(filled, jean)
    commands.run(frame, "looking-back")
    page = frame.findChild(ReflectionPage)
    assert page is not None
    wait(lambda: page.shown is not None)
    assert page.shown is not None
    assert page.shown.parts[0].finding == "3 of 3 introductions led into the community."
    file = tmp_path / "back.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.save_pdf()
    words = text_of(file.read_bytes())
    assert "fewer than 5" in words
    assert "3 of 3" not in words
    assert "Jean" not in words


def test_the_selected_place_begins_an_introduction(
    frame: Frame, filled: Notebook, jean: str, wait: Wait
) -> None:
    assert frame.session is not None
    shop = place(filled, "Olu’s corner shop")
    frame.session.select(shop)

    def then_keep(dialog: Dialog) -> None:
        assert dialog.windowTitle() == "Introduce somebody"
        when_asked(lambda inner: inner.agreed.buttons[True].setChecked(True))

    when_asked(then_keep)
    frame.actions_table.by_id["introduce"].trigger()
    wait(lambda: len(introductions.of_person(filled, jean)) == 1)
    (made,) = introductions.of_person(filled, jean)
    assert (made.to_asset, made.agreed) == (shop, True)
