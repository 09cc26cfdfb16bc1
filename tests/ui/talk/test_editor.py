# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing a conversation: saved as typed, never lost, kept once, corrected beside."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.person import Person
from lac_desktop.services import access, conversations, people
from lac_desktop.services import notebook as notebooks
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session
from lac_desktop.ui.talk.page import ConversationPage
from lac_desktop.ui.talk.words_edit import WordsEdit, _read
from lac_desktop.ui.talk.writing import Writing
from tests.ui.conftest import NOW, PASSPHRASE
from tests.ui.talk.conftest import begin

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def writing(page: ConversationPage) -> Writing:
    assert page.writing is not None
    return page.writing


def texts(words: tuple[Paragraph, ...]) -> list[str]:
    return [one.text for one in words]


def drafted(book: Notebook) -> list[str]:
    return [
        text for one in conversations.drafts(book) for text in texts(one.conversation.own_words)
    ]


def test_what_is_typed_is_in_the_notebook_within_two_seconds(
    page: ConversationPage, open_notebook: Notebook, qtbot: object
) -> None:
    QTest.keyClicks(writing(page).own.words, "I miss being some use.")
    qtbot.waitUntil(  # type: ignore[attr-defined]
        lambda: drafted(open_notebook) == ["I miss being some use."], timeout=2_000
    )
    assert conversations.of_person(open_notebook, page.shown.people[0]) == []


def test_the_focus_moving_on_saves_at_once(
    page: ConversationPage, frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    frame.activateWindow()
    own = writing(page).own.words
    own.setFocus()
    QTest.keyClicks(own, "Tuesdays are long")
    writing(page).noticed.words.setFocus()
    wait(lambda: drafted(open_notebook) == ["Tuesdays are long"])
    assert frame.work is not None
    wait(lambda: "All changes saved 10:30am" in frame.work.status.saved.text())  # type: ignore[union-attr]


def test_every_field_goes_in_and_comes_out(
    page: ConversationPage, frame: Frame, session: Session, open_notebook: Notebook
) -> None:
    edit = writing(page)
    edit.when.setting.setText("at home")
    edit.when.day.setText("5 March 2026")
    edit.when.time.setText("2.15pm")
    edit.own.words.show_paragraphs([Paragraph("one"), Paragraph(""), Paragraph("His", "Tom")])
    edit.noticed.words.show_paragraphs([Paragraph("noticed")])
    edit.own.promises.lines[0].what.setText("look out the key")
    edit.own.promises.lines[0].by.setText("Thursday")
    edit.own.promises.add_other()
    edit.own.promises.lines[2].who.setText("Mo")
    edit.own.promises.lines[2].what.setText("open the shed")
    edit.noticed.strong.show_value("Numbers\nGrowing")
    edit.noticed.strong.entry.setText("Mo")
    edit.noticed.matters.setText("Somewhere to be")
    edit.noticed.who_else.setText("Her sister")
    edit.noticed.good_life.choose(["connected", "in-control"])
    edit.noticed.principles.choose(["contribution", "of-another-list"])
    edit.noticed.read_back.setChecked(True)
    edit.saver.touch()
    edit.save_before_leaving()
    before = edit.conversation()
    assert (before.on.isoformat(), before.at) == ("2026-03-05", "14:15")
    assert [(one.who, one.what) for one in before.promises] == [
        ("you", "look out the key"), ("Mo", "open the shed"),
    ]  # fmt: skip
    assert before.promises[0].by is not None
    assert before.promises[0].by.isoformat() == "2026-03-12"
    assert before.strong == "Numbers\nGrowing\nMo"
    assert before.own_words[2] == Paragraph("His", "Tom")
    assert before.principles == ("contribution", "of-another-list")
    again = writing(
        begin(frame, session, (), conversations.drafts(open_notebook)[0].conversation.id)
    )
    after = again.conversation()
    assert after.own_words == before.own_words
    assert (after.on, after.at, after.setting) == (before.on, before.at, "at home")
    assert after.promises == before.promises
    assert (after.strong, after.matters, after.who_else) == (
        before.strong, before.matters, before.who_else,
    )  # fmt: skip
    assert (after.good_life, after.principles) == (before.good_life, before.principles)
    assert after.read_back is True


def test_a_draft_that_was_cut_short_is_offered_and_carried_on(
    page: ConversationPage, frame: Frame, session: Session, jean: Person, open_notebook: Notebook
) -> None:
    QTest.keyClicks(writing(page).own.words, "If I had the bike")
    page.leave()
    again = begin(frame, session, (jean.id,))
    assert not again._offer.isHidden()
    assert writing(again).blank
    again._carry_on(conversations.drafts(open_notebook)[0])
    assert texts(writing(again).conversation().own_words) == ["If I had the bike"]
    QTest.keyClicks(writing(again).own.words, " going")
    writing(again).save_before_leaving()
    assert drafted(open_notebook) == ["If I had the bike going"]


def test_leaving_an_empty_one_leaves_no_draft(
    page: ConversationPage, frame: Frame, open_notebook: Notebook
) -> None:
    QTest.keyClick(writing(page).own.words, Qt.Key.Key_Escape)
    assert frame.work is not None
    assert frame.work.page is not page
    assert conversations.drafts(open_notebook) == []


def test_locking_keeps_every_letter(
    page: ConversationPage, frame: Frame, vault: object, open_notebook: Notebook
) -> None:
    QTest.keyClicks(writing(page).own.words, "I don't want a sitter.")
    frame.lock()
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert drafted(again) == ["I don't want a sitter."]
    notebooks.lock(again)
    assert frame.windowTitle() == "LAC Desktop"


def test_done_keeps_it_and_a_bad_day_is_said_first(
    page: ConversationPage, jean: Person, open_notebook: Notebook, wait: Wait
) -> None:
    edit = writing(page)
    QTest.keyClicks(edit.own.words, "I want somewhere to be.")
    edit.own.promises.lines[1].what.setText("ask Mo")
    edit.own.promises.lines[1].by.setText("whenever")
    QTest.keyClick(edit.own.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "no day" in edit.own.promises.lines[1].by.accessibleDescription()
    assert conversations.of_person(open_notebook, jean.id) == []
    edit.own.promises.lines[1].by.setText("Thursday")
    edit.when.day.setText("5 March 2099")
    edit.done()
    assert "still to come" in edit.when.said.text()
    edit.when.day.setText("today")
    edit.done()
    wait(lambda: len(conversations.of_person(open_notebook, jean.id)) == 1)
    kept = conversations.of_person(open_notebook, jean.id)[0]
    assert kept.kept
    assert kept.by == "Ruth"
    assert texts(kept.own_words) == ["I want somewhere to be."]
    wait(lambda: conversations.drafts(open_notebook) == [])


def test_nothing_written_is_not_kept_and_typing_goes_on(
    page: ConversationPage, frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    writing(page).done()
    wait(lambda: "Nothing is written" in frame.messages.sentence)
    QTest.keyClicks(writing(page).own.words, "Then this.")
    wait(lambda: drafted(open_notebook) == ["Then this."])


def test_a_full_disk_is_said_and_the_text_is_saved_as_soon_as_there_is_room(
    page: ConversationPage, frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    with open_notebook.vault.people_write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    edit = writing(page)
    edit.own.words.show_paragraphs([Paragraph("much " * 40_000)])
    QTest.keyClicks(edit.own.words, "more")
    edit.saver.save()
    wait(lambda: "full" in frame.messages.sentence.lower())
    assert edit.own.words.paragraphs()[0].text.endswith("more")
    page.leave()
    assert frame.work is not None
    assert frame.work.page is page
    with open_notebook.vault.people_write() as db:
        db.execute("PRAGMA max_page_count = 1073741823")
    edit.saver.save()
    wait(lambda: bool(drafted(open_notebook)))


def test_two_windows_on_one_draft_lose_neither(
    page: ConversationPage, frame: Frame, open_notebook: Notebook, wait: Wait
) -> None:
    edit = writing(page)
    QTest.keyClicks(edit.own.words, "here")
    edit.save_before_leaving()
    there = conversations.drafts(open_notebook)[0]
    other = conversations.Draft(there.conversation, there.turn, there.saved)
    from dataclasses import replace

    conversations.save_draft(
        open_notebook, replace(other.conversation, own_words=(Paragraph("there"),)), other.turn
    )
    QTest.keyClicks(edit.own.words, "!")
    edit.saver.save()
    wait(lambda: sorted(drafted(open_notebook)) == ["here!", "there"])
    QTest.keyClicks(edit.own.words, "!")
    edit.saver.save()
    wait(lambda: sorted(drafted(open_notebook)) == ["here!!", "there"])


def test_questions_show_above_the_field_and_insert_nothing(page: ConversationPage) -> None:
    own = writing(page).own
    own.chips[0].click()
    assert own.asked.text().startswith("What is a good day like?")
    assert own.words.toPlainText() == ""
    own.chips[0].click()
    assert own.asked.isHidden()


def test_the_coach_offers_once_and_changes_nothing_by_itself(page: ConversationPage) -> None:
    edit = writing(page).noticed
    typed = "She refused a sitter. He refused too."
    edit.words.insertPlainText(typed)
    edit.coach.look()
    assert not edit.coach.isHidden()
    assert edit.words.toPlainText() == typed
    edit.coach.use("did not want")
    assert edit.words.toPlainText() == "She did not want a sitter. He refused too."
    assert edit.coach.isHidden()
    edit.words.undo()
    assert edit.words.toPlainText() == typed
    edit.words.insertPlainText(" And refused again, a service user did. ")
    edit.coach.look()
    edit.coach.keep_mine()
    assert "service user" in edit.words.toPlainText()
    assert edit.coach.isHidden()


def test_the_coach_leaves_a_persons_own_words_alone(page: ConversationPage) -> None:
    edit = writing(page)
    edit.own.words.insertPlainText("I refused. I am a service user. ")
    edit.noticed.coach.look()
    assert edit.noticed.coach.isHidden()


def test_both_edits_have_the_names_that_a_screen_reader_says(page: ConversationPage) -> None:
    edit = writing(page)
    names = [
        QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in edit.fields
    ]
    assert names == ["In Jean’s own words", "What I noticed, Ruth’s reflection"]


def test_a_flag_survives_undo_and_enter_and_is_marked_for_redaction(page: ConversationPage) -> None:
    edit = writing(page).noticed.words
    edit.insertPlainText("Mentioned drinking.")
    edit.mark_about("Tom")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClicks(edit, "Likes numbers.")
    assert edit.paragraphs() == (
        Paragraph("Mentioned drinking.", "Tom"),
        Paragraph("Likes numbers."),
    )
    edit.selectAll()
    edit.textCursor().removeSelectedText()
    edit.undo()
    assert edit.paragraphs()[0].about == "Tom"


def mirror_is_true(edit: WordsEdit) -> bool:
    block, found = edit.document().firstBlock(), []
    while block.isValid():
        found.append(_read(block))
        block = block.next()
    return found == edit.blocks


def test_a_megabyte_emoji_and_right_to_left_are_pasted_typed_in_and_saved(
    page: ConversationPage, open_notebook: Notebook, wait: Wait
) -> None:
    edit = writing(page).own.words
    pasted = "👩‍👩‍👧 שלום مرحبا ŵŷ. " * 50_000
    data = QMimeData()
    data.setText(pasted)
    edit.insertFromMimeData(data)
    QTest.keyClicks(edit, "more")
    assert mirror_is_true(edit)
    assert "\n".join(texts(edit.paragraphs())) == pasted + "more"
    edit.mark_about("Tom")
    assert mirror_is_true(edit)
    writing(page).save_before_leaving()
    assert drafted(open_notebook) == [pasted + "more"]


def test_what_was_kept_is_read_and_corrected_beside(
    frame: Frame, session: Session, jean: Person, open_notebook: Notebook, wait: Wait
) -> None:
    from dataclasses import replace

    begun = conversations.new(open_notebook, [jean.id])
    kept = conversations.keep(
        open_notebook, replace(begun, own_words=(Paragraph("The days are long."),))
    )
    page = begin(frame, session, (jean.id,), kept.id)
    assert page.writing is None
    assert page.reading is not None
    reading = page.reading
    reading.correct()
    reading.text.setPlainText("Two days, not one.")
    reading.statement.setPlainText("I never said lonely.")
    reading.save_correction()
    wait(lambda: len(conversations.addenda(open_notebook, kept.id)) == 1)
    added = conversations.addenda(open_notebook, kept.id)[0]
    assert (added.text, added.statement) == ("Two days, not one.", "I never said lonely.")
    same = conversations.get(open_notebook, kept.id)
    assert same is not None
    assert texts(same.own_words) == ["The days are long."]


def test_a_correction_that_was_not_saved_is_not_lost_by_a_lock(
    frame: Frame, session: Session, jean: Person, open_notebook: Notebook
) -> None:
    from dataclasses import replace

    from lac_desktop.services import notes

    begun = conversations.new(open_notebook, [jean.id])
    kept = conversations.keep(open_notebook, replace(begun, own_words=(Paragraph("Long days."),)))
    page = begin(frame, session, (jean.id,), kept.id)
    assert page.reading is not None
    page.reading.correct()
    page.reading.text.setPlainText("Not lost")
    frame.lock()
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert "Not lost" in notes.inbox(again)[0].text
    notebooks.lock(again)


def test_copying_out_is_noted_and_leaves_the_clipboard_at_lock(
    frame: Frame, session: Session, jean: Person, open_notebook: Notebook, wait: Wait
) -> None:
    from dataclasses import replace

    begun = conversations.new(open_notebook, [jean.id])
    kept = conversations.keep(open_notebook, replace(begun, own_words=(Paragraph("Long days."),)))
    page = begin(frame, session, (jean.id,), kept.id)
    assert page.reading is not None
    page.reading.copy_out()
    clipboard = QApplication.clipboard()
    wait(lambda: "Long days." in clipboard.text())
    assert "copied" in [look.what for look in access.looks(open_notebook, jean.id)]
    frame.lock()
    assert "Long days." not in clipboard.text()


def test_a_couple_has_a_line_each(
    frame: Frame, session: Session, jean: Person, open_notebook: Notebook
) -> None:
    mo = people.add(open_notebook, "Mo")
    page = begin(frame, session, (jean.id, mo.id))
    lines = writing(page).own.promises.lines
    assert [line.promise.who for line in lines] == ["Jean", "Mo", "me"]
    assert writing(page).own.words.accessibleName() == "In their own words: Jean, Mo"
