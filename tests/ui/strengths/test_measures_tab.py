# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures: offered, never pressed; each on its own line; the same numbers as a table."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.measures import own_words_key
from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.services import conversations, measures, strengths
from lac_desktop.ui.strengths.charts import JOINED_FROM, TrackChart
from lac_desktop.ui.strengths.take_dialog import TakeDialog
from tests.ui.strengths.conftest import Opened, Wait, unnamed, when_asked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ONS4 = measures.all_measures()["ons4"]


def answered(opened: Opened, measure: str, day: date, **answers: object) -> MeasureTaken:
    named = {key.replace("__", ".").replace("_", "-"): value for key, value in answers.items()}
    blank = measures.blank(opened.book, opened.jean.id, measure)
    return measures.keep(opened.book, replace(blank, on=day, answers=named))


def texts(widget: object) -> str:
    found = widget.findChildren(QLabel)  # type: ignore[attr-defined]
    return "\n".join(label.text() for label in found)


def test_a_first_meeting_is_told_why_to_wait_and_blocks_nothing(opened: Opened, wait: Wait) -> None:
    tab = opened.measures()
    assert tab.wait.isVisible()
    assert "about the person, not about numbers" in tab.wait.text()
    assert all(view.take.isEnabled() for view in tab.views.values())
    talk = conversations.new(opened.book, [opened.jean.id])
    talk = replace(talk, own_words=(Paragraph("Hello"),), on=date(2026, 2, 1))
    conversations.keep(opened.book, talk)
    opened.session.told_of_people()
    wait(lambda: not tab.wait.isVisible())


def test_every_measure_is_optional_and_says_where_it_comes_from(opened: Opened) -> None:
    tab = opened.measures()
    assert list(tab.views) == ["good-life", "two-things", "ons4", "ucla3"]
    shown = texts(tab)
    assert "say no to all of it" in shown
    assert "Open Government Licence v3.0" in shown
    assert "Hughes, Waite, Hawkley and Cacioppo" in shown


def test_taking_ons4_together(opened: Opened, wait: Wait) -> None:
    tab = opened.measures()
    read: list[str] = []

    def fill(dialog: TakeDialog) -> None:
        read.append(texts(dialog))
        dialog.fields[0].buttons[7].click()
        dialog.fields[3].buttons[2].click()

    when_asked(fill)
    tab.views["ons4"].take.click()
    wait(lambda: bool(tab.views["ons4"].story.taken))
    (kept,) = strengths.measures(opened.book, opened.jean.id)
    assert kept.answers == {"satisfied": 7, "anxious": 2}
    assert ONS4.introduction in read[0]
    assert all(item.ask in read[0] for item in ONS4.items)
    assert next(iter(tab.views)) == "ons4"  # what was answered comes first
    shown = texts(tab)
    assert "Satisfied with life: 7 (high) on 10 March 2026" in shown
    assert "Anxious yesterday: 2 (low) on 10 March 2026" in shown
    opened.session.undo_people()
    wait(lambda: not tab.views["ons4"].story.taken)


def test_would_rather_not_is_noted_kindly(opened: Opened, wait: Wait) -> None:
    tab = opened.measures()
    no = "Would rather not"

    def refuse(dialog: TakeDialog) -> None:
        next(b for b in dialog.findChildren(QPushButton) if b.text() == no).click()

    when_asked(refuse, accept=False)
    tab.views["ucla3"].take.click()
    wait(lambda: "Offered on 10 March 2026, and not wanted." in texts(tab.views["ucla3"]))
    assert tab.views["ucla3"].story.taken == ()


def test_fewer_than_four_readings_are_marks_and_four_are_a_line(opened: Opened) -> None:
    for month, value in ((1, 3), (2, 5), (3, 6)):
        answered(opened, "good-life", date(2026, month, 1), safe=value)
    answered(opened, "good-life", date(2026, 3, 2), strong=5)
    tab = opened.measures()
    view = tab.views["good-life"]
    charts = view.findChildren(TrackChart)
    assert [len(chart.track.points) for chart in charts] == [3]  # one reading alone is a sentence
    few = charts[0].grab().toImage()
    answered(opened, "good-life", date(2026, 3, 5), safe=6)
    tab.look()
    chart = tab.views["good-life"].findChildren(TrackChart)[0]
    assert len(chart.track.points) == JOINED_FROM
    many = chart.grab().toImage()

    def inked(image: object) -> int:
        colour = opened.desk.theme.colour("accent").rgb()
        return sum(
            image.pixel(x, y) == colour  # type: ignore[attr-defined]
            for x in range(image.width()) for y in range(image.height())  # type: ignore[attr-defined]
        )  # fmt: skip

    assert inked(many) > 2 * inked(few)
    assert chart.accessibleName() == "Safe: 3 on 1 January 2026, 6 on 5 March 2026"
    assert chart.accessibleDescription().count("2026:") == 4


def test_the_table_says_the_same_and_never_a_total(opened: Opened) -> None:
    answered(opened, "ucla3", date(2026, 1, 5), companionship=3, left_out=2, isolated=2, lonely=1)
    answered(opened, "ucla3", date(2026, 2, 5), companionship=1, left_out=2, lonely=3)
    tab = opened.measures()
    table = tab.views["ucla3"].table
    found = [table.horizontalHeaderItem(x) for x in range(table.columnCount())]
    heads = [head.text() for head in found if head]
    assert heads == ["Day", "The three questions together", "How often lonely"]
    rows = [[cell.text() if (cell := table.item(y, x)) else "" for x in range(3)] for y in range(2)]
    assert rows == [
        ["5 February 2026", "", "Occasionally"], ["5 January 2026", "7", "Often/always"],
    ]  # fmt: skip
    assert "total" not in texts(tab).casefold()
    tab.views["ucla3"].copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[2] == "5 January 2026\t7\tOften/always"


def test_words_of_a_person_do_not_leave_by_the_clipboard(opened: Opened) -> None:
    words = own_words_key("first")
    blank = measures.blank(opened.book, opened.jean.id, "two-things")
    measures.keep(opened.book, replace(blank, answers={words: "Frank’s bike", "first": 3}))
    tab = opened.measures()
    assert "Frank’s bike: 3 on 10 March 2026" in texts(tab)
    tab.views["two-things"].copy.click()
    assert QGuiApplication.clipboard().text() == "Day\tLine 1\n10 March 2026\t3\n"


def test_answers_are_corrected_and_taken_out_by_key(opened: Opened, wait: Wait) -> None:
    answered(opened, "ons4", date(2026, 1, 5), happy=4)
    tab = opened.measures()
    table = tab.views["ons4"].table
    table.setFocus()
    table.setCurrentCell(0, 0)

    def fill(dialog: TakeDialog) -> None:
        assert dialog.fields[2].buttons[4].isChecked()
        dialog.fields[2].buttons[5].click()
        dialog.day.setText("6 January 2026")

    when_asked(fill)
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait(lambda: "Happy yesterday: 5 (medium) on 6 January 2026" in texts(tab))
    table = tab.views["ons4"].table
    table.setCurrentCell(0, 0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    wait(lambda: not tab.views["ons4"].story.taken)
    assert strengths.measures(opened.book, opened.jean.id) == []


def test_the_page_to_turn_round_grows_and_shows_no_earlier_number(opened: Opened) -> None:
    answered(opened, "ons4", date(2026, 1, 5), happy=4)
    tab = opened.measures()
    blank = measures.blank(opened.book, opened.jean.id, "ons4")
    dialog = TakeDialog(tab, opened.session, ONS4, blank)
    dialog.show()
    assert all(field.answers() == {} for field in dialog.fields)
    small = dialog.fields[0].question.sizeHint().height()
    dialog.grow()
    dialog.grow()
    dialog.fields[0].question.ensurePolished()
    assert dialog.fields[0].question.fontInfo().pointSizeF() > 20
    assert dialog.fields[0].question.sizeHint().height() > small
    assert dialog.bigger.text() == "Usual text"
    dialog.grow()
    assert dialog.bigger.text() == "Bigger text"
    assert opened.jean.name not in dialog.windowTitle()
    assert unnamed(dialog) == []
    dialog.reject()


def test_arrows_choose_an_answer_and_a_thing_needs_its_name(opened: Opened) -> None:
    tab = opened.measures()
    two = measures.all_measures()["two-things"]
    blank = measures.blank(opened.book, opened.jean.id, "two-things")
    dialog = TakeDialog(tab, opened.session, two, blank)
    dialog.show()
    QTest.qWaitForWindowExposed(dialog)
    field = dialog.fields[0]
    field.buttons[-1].setFocus()
    QTest.keyClick(field.buttons[-1], Qt.Key.Key_Left)
    assert field.buttons[10].isChecked()
    assert dialog.answer() is None
    assert field.error.text() == "Say in a few words what it is."
    QTest.keyClicks(field.own, "The bike")
    made = dialog.answer()
    assert made is not None
    assert made.answers == {"first": 10, "first.words": "The bike"}
    dialog.day.setText("in May")
    assert dialog.answer() is None
    dialog.reject()


def test_everything_has_a_name(opened: Opened) -> None:
    answered(opened, "ons4", date(2026, 1, 5), happy=4, satisfied=4)
    answered(opened, "ons4", date(2026, 2, 5), happy=6, satisfied=4)
    assert unnamed(opened.measures()) == []
