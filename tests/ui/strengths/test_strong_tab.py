# SPDX-License-Identifier: AGPL-3.0-or-later
"""What's strong: asked kindly, private at first, changed by keyboard, taken back by Undo."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from lac_desktop.domain import ids
from lac_desktop.domain.strengths import Gift, GiftOf, Offer
from lac_desktop.services import access, people, strengths, tried
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.people.lines import LINE
from lac_desktop.ui.strengths.exchange_dialog import ExchangeDialog
from lac_desktop.ui.strengths.gift_dialogs import GiftDialog, WishDialog
from lac_desktop.ui.strengths.measures_tab import MeasuresTab
from lac_desktop.ui.strengths.register import Register
from lac_desktop.ui.strengths.strong_tab import StrongTab
from lac_desktop.ui.strengths.tried_dialog import TriedDialog
from tests.ui.strengths.conftest import Opened, Wait, fill_in, unnamed, when_asked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def heads(register: Register) -> list[str]:
    return [line.head for line in register.rows.lines.lines]


def seconds(register: Register) -> list[str]:
    return [line.second for line in register.rows.lines.lines]


def test_gifts_stand_by_part_with_how_far_they_are_offered(opened: Opened) -> None:
    tab = opened.strong()
    assert heads(tab.registers[GiftOf.HEAD]) == ["Knows every allotment trick"]
    assert seconds(tab.registers[GiftOf.HEAD])[0].startswith("Private")
    assert seconds(tab.registers[GiftOf.HANDS])[0].startswith("Willing to teach · Gardening")
    assert "private until Jean says otherwise" in tab.private.text()
    assert heads(tab.wishes) == ["“My bike going”"]
    asked = " ".join(r.question.text() for r in tab.registers.values())
    assert "skill" not in asked.casefold()


def test_a_gift_is_added_by_answering_a_question_and_is_private(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()
    hands = tab.registers[GiftOf.HANDS]
    hands.ask_another()
    asked = hands.ask()
    seen: list[str] = []

    def fill(dialog: GiftDialog) -> None:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.what.setText("Fixing bikes")
        ideas = [idea.text() for idea in dialog.interests.findChildren(QToolButton)]
        assert any("Bikes and mending them" in text for text in ideas)
        dialog.interests.add("bikes")

    when_asked(fill)
    hands.add.click()
    assert any(asked in text for text in seen)
    wait(lambda: "Fixing bikes" in heads(hands))
    kept = next(g for g in strengths.gifts(opened.book, opened.jean.id) if g.what == "Fixing bikes")
    assert (kept.offer, kept.of, kept.words) == (Offer.PRIVATE, GiftOf.HANDS, ("bikes",))
    assert kept.noticed_on == date(2026, 3, 10)
    opened.session.undo_people()
    wait(lambda: "Fixing bikes" not in heads(hands))


def test_an_empty_gift_is_told_and_nothing_is_lost(opened: Opened) -> None:
    tab = opened.strong()
    gift = Gift(ids.new_id(), opened.jean.id, "")
    dialog = GiftDialog(tab, opened.session, gift)
    dialog.note.setPlainText("kept")
    dialog.noticed.setText("31 June")
    assert dialog.answer() is None
    assert dialog.form.fields["what"].error.text() == "Say what they are good at."
    assert "not in the calendar" in dialog.form.fields["noticed_on"].error.text()
    assert dialog.note.toPlainText() == "kept"
    dialog.what.setText("Sings")
    dialog.noticed.setText("yesterday")
    dialog.offer.buttons[Offer.SHOW].setChecked(True)
    dialog.interests.field.setText("choir")
    made = dialog.answer()
    assert made is not None
    assert (made.what, made.offer, made.words, made.noticed_on) == (
        "Sings", Offer.SHOW, ("singing",), date(2026, 3, 9),
    )  # fmt: skip


def test_keys_change_and_take_out(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()
    head = tab.registers[GiftOf.HEAD]
    head.rows.setFocus()
    when_asked(lambda d: d.what.setText("Knows the allotments"))
    QTest.keyClick(head.rows, Qt.Key.Key_Return)
    wait(lambda: heads(head) == ["Knows the allotments"])
    QTest.keyClick(head.rows, Qt.Key.Key_Delete)
    wait(lambda: heads(head) == [])
    assert not head.rows.isVisible()
    opened.session.undo_people()
    wait(lambda: heads(head) == ["Knows the allotments"])


def test_a_wish_comes_true(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()
    tab.came_true(tab.wishes.rows.key())
    wait(lambda: "Came true 10 March 2026" in seconds(tab.wishes)[0])
    tab.came_true(tab.wishes.rows.key())
    wait(lambda: "Came true" not in seconds(tab.wishes)[0])
    dialog = WishDialog(tab, opened.session, strengths.wishes(opened.book, opened.jean.id)[0])
    dialog.came_true.setText("1 January 2030")
    assert dialog.answer() is None
    assert "still to come" in dialog.form.fields["came_true_on"].error.text()


def test_interests_are_typed_kept_and_taken_out(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()
    field = tab.interests.field
    field.setFocus()
    QTest.keyClicks(field, "kniting")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Old maps")
    QTest.keyClick(field, Qt.Key.Key_Return)

    def kept() -> tuple[str, ...]:
        person = people.get(opened.book, opened.jean.id)
        return person.interests if person else ()

    assert kept() == ("knitting", "Old maps")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert kept() == ("knitting",)
    opened.session.undo_people()
    wait(lambda: tab.interests.values == ["knitting", "Old maps"])


def test_giving_and_receiving_in_words_bars_and_a_table(opened: Opened) -> None:
    giving = opened.strong().giving
    assert giving.title.text() == "Over the last year Jean gave once and received 5 times."
    assert giving.with_whom.text() == "With Nadia 5 times, Mo once."
    rows = [
        [cell.text() if (cell := giving.table.item(y, x)) else "" for x in range(3)]
        for y in range(giving.table.rowCount())
    ]
    assert rows == [
        ["April to June 2025", "0", "1"], ["July to September 2025", "1", "1"],
        ["October to December 2025", "0", "2"], ["January to March 2026", "0", "1"],
    ]  # fmt: skip
    said = giving.bars.accessibleDescription()
    assert "July to September 2025: Gave 1, Received 1." in said
    assert heads(giving.register)[0] == "Mo gave Jean: a lift"
    assert "felt: hopeful" in seconds(giving.register)[0]


def test_copied_numbers_hold_no_name_and_are_noted(opened: Opened) -> None:
    giving = opened.strong().giving
    giving.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == "Quarter\tGave\tReceived"
    assert "Jean" not in text
    assert "Nadia" not in text
    look = access.looks(opened.book, opened.jean.id)[0]
    assert (look.what, look.detail) == ("copied", "giving and receiving")


def test_a_nudge_is_a_question_with_not_now(opened: Opened, wait: Wait) -> None:
    giving = opened.strong().giving
    sentences = [b.accessibleDescription() for b in giving.findChildren(QPushButton)
                 if b.text() == "Not now"]  # fmt: skip
    assert len(sentences) == 2
    assert any("5 were with Nadia" in s for s in sentences)
    for word in ("risk", "fail", "depend", "should", "must"):
        assert not any(word in s.casefold() for s in sentences)
    assert giving.giving is not None
    giving.not_now(giving.giving.nudges[0])
    wait(lambda: giving.giving is not None and len(giving.giving.nudges) == 1)


def test_an_exchange_is_written_down_with_a_known_person(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()

    def fill(dialog: ExchangeDialog) -> None:
        assert dialog.way.gave.isChecked()  # the way that came less often
        dialog.what.setText("An hour in the garden")
        dialog.who.setText("Nad")
        dialog.who.textEdited.emit("Nad")
        dialog.who._take("Nadia")

    when_asked(fill)
    tab.giving.register.add.click()
    wait(lambda: heads(tab.giving.register)[0] == "Jean gave Nadia: An hour in the garden")
    nadia = next(row for row in people.all_people(opened.book) if row.name == "Nadia")
    hers = opened.strong(nadia.id).giving
    assert heads(hers.register)[0] == "Jean gave Nadia: An hour in the garden"
    first = hers.giving.sides[0].exchange if hers.giving else None
    assert first is not None
    dialog = ExchangeDialog(hers, opened.session, nadia.id, "Nadia", first)
    assert dialog.way.received.isChecked()
    assert dialog.who.text() == "Jean"
    turned = dialog.answer()
    assert turned is not None
    assert (turned.person, turned.given, turned.other) == (nadia.id, False, opened.jean.id)
    dialog.who.setText("")
    dialog.who.textEdited.emit("")
    assert dialog.answer() is None
    assert "A neighbour" in dialog.form.fields["other"].error.text()


def test_what_was_tried_is_written_down_without_judgement(opened: Opened, wait: Wait) -> None:
    tab = opened.strong()

    def fill(dialog: TriedDialog) -> None:
        assert not dialog.thinking.isVisible()
        dialog.show_ahead.click()
        dialog.ahead["matters"].setPlainText("Not being stared at")
        dialog.what.setText("Knit and Natter on her own")
        dialog.happened.setPlainText("Came home early")
        dialog.next.setPlainText("Go with Nadia")

    when_asked(fill)
    tab.tries.add.click()
    wait(lambda: heads(tab.tries) == ["Knit and Natter on her own"])
    assert "What happened: Came home early · Next: Go with Nadia" in seconds(tab.tries)[0]
    assert tried.all_tried(opened.book, opened.jean.id)[0].matters == "Not being stared at"
    words = " ".join(label.text() for label in tab.findChildren(QLabel)).casefold()
    assert "fail" not in words


def test_more_than_seven_rows_wait_behind_a_button(opened: Opened, wait: Wait) -> None:
    more = [
        Gift(ids.new_id(), opened.jean.id, f"Gift {n} " + "of many words " * 20, GiftOf.HEART)
        for n in range(12)
    ]
    strengths.save(opened.book, *more)
    tab = opened.strong()
    tab.look()
    heart = tab.registers[GiftOf.HEART]
    assert len(heads(heart)) == 7
    assert heart.more.text() == "Show 5 more"
    heart.more.click()
    assert len(heads(heart)) == 12
    index = heart.rows.lines.index(0)
    assert heart.rows.visualRect(index).height() > 3 * heart.rows.fontMetrics().height()
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{index.data(LINE).head}, {index.data(LINE).second}"


def test_everything_has_a_name_and_one_column_serves_a_narrow_window(
    opened: Opened, wait: Wait
) -> None:
    tab = opened.strong()
    assert unnamed(tab) == []
    wide = tab.wishes.mapTo(tab, tab.wishes.rect().topLeft()).x()
    tab.resize(620, 560)
    wait(lambda: tab.wishes.mapTo(tab, tab.wishes.rect().topLeft()).x() < wide)
    page = tab.page.widget()
    assert page is not None
    wait(lambda: page.width() <= tab.page.viewport().width())


def test_changes_elsewhere_show_when_the_tab_comes_back(opened: Opened) -> None:
    tab = opened.strong()
    tab.hide()
    gift = strengths.gifts(opened.book, opened.jean.id)[0]
    strengths.save(opened.book, replace(gift, what="Knows seeds"))
    opened.session.told_of_people()
    tab.show()
    assert heads(tab.registers[GiftOf.HEAD]) == ["Knows seeds"]


def test_both_tabs_stand_on_a_persons_page(frame: Frame, open_notebook: Notebook) -> None:
    jean = fill_in(open_notebook)
    frame.open_notebook(open_notebook)
    assert frame.session is not None
    for name, kind in (("strong", StrongTab), ("measures", MeasuresTab)):
        frame.session.open_person(jean.id, name)
        tab = frame.findChild(kind)
        assert isinstance(tab, kind)
        assert tab.isVisible()
