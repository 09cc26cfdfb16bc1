# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading together, the quick note, the tally, notes to sort and counts, in real windows."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from lac_desktop.domain.conversation import Paragraph, Promise
from lac_desktop.domain.person import Person
from lac_desktop.services import conversations, notes, people
from lac_desktop.services import notebook as notebooks
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session
from lac_desktop.ui.talk import commands
from lac_desktop.ui.talk.choose_person import ChoosePerson
from lac_desktop.ui.talk.inbox_page import InboxPage
from lac_desktop.ui.talk.page import ConversationPage
from lac_desktop.ui.talk.quick_note import QuickNoteDialog, ask_quick_note
from lac_desktop.ui.talk.tally import TallyDialog, ask_tally
from lac_desktop.ui.talk.tally_counts import TallyCounts
from lac_desktop.ui.talk.together import Together
from tests.ui.conftest import NOW, PASSPHRASE

Wait = Callable[[Callable[[], bool]], None]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def meanwhile(kind: type[QWidget], act: Callable[[QWidget], object]) -> None:
    """Do something with a modal dialog of this kind as soon as it shows."""

    def look() -> None:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
        visible = [one for one in shown if one.isVisible()]
        if visible:
            act(visible[0])
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


def everything_in(widget: QWidget) -> str:
    """All words of a window, shown or not."""
    from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QTextEdit

    found: list[str] = [widget.windowTitle()]
    for one in widget.findChildren(QWidget):
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QLineEdit | QPushButton):
            found.append(one.text())
        elif isinstance(one, QTextEdit | QPlainTextEdit):
            found.append(one.toPlainText())
    return "\n".join(found)


def test_reading_together_holds_own_words_and_actions_and_nothing_else(
    page: ConversationPage, frame: Frame, session: Session
) -> None:
    assert page.writing is not None
    edit = page.writing
    edit.own.words.show_paragraphs([Paragraph("The bike."), Paragraph("HIS-DRINKING", "TOM-X")])
    edit.noticed.words.show_paragraphs([Paragraph("REFLECTION-X")])
    edit.noticed.matters.setText("MATTERS-X")
    edit.noticed.who_else.setText("SISTER-X")
    edit.noticed.strong.show_value("STRONG-X")
    edit.own.promises.show_promises([Promise("p", "you", "look out the key")])
    caret = edit.own.words.textCursor()
    caret.setPosition(3)
    edit.own.words.setTextCursor(caret)
    edit.own.words.setFocus()
    seen: list[str] = []
    lights: list[str] = []

    def look(shown: QWidget) -> None:
        assert isinstance(shown, Together)
        seen.append(everything_in(shown))
        assert frame.work is not None
        lights.append(frame.work.status.light.text())
        sizes = [shown.words.font().pointSize()]
        for _ in range(3):
            shown.bigger()
            sizes.append(shown._points())
        assert sizes[1:] == [30, 36, 24]
        QTest.keyClick(shown, Qt.Key.Key_Escape)

    meanwhile(Together, look)
    page.read_together()
    assert "The bike." in seen[0]
    assert "look out the key" in seen[0]
    assert "-X" not in seen[0]
    assert "HIS-DRINKING" not in seen[0]
    assert lights == ["Reading together: other people hidden"]
    assert edit.own.words.textCursor().position() == 3
    assert edit.own.words.paragraphs()[1] == Paragraph("HIS-DRINKING", "TOM-X")


def test_what_is_written_together_is_saved_and_that_is_right_is_noted(
    page: ConversationPage, open_notebook: Notebook, wait: Wait
) -> None:
    assert page.writing is not None
    edit = page.writing
    edit.own.words.show_paragraphs([Paragraph("The bike."), Paragraph("His", "Tom")])

    def write(shown: QWidget) -> None:
        assert isinstance(shown, Together)
        assert shown.words.isReadOnly()
        shown.change()
        shown.words.moveCursor(shown.words.textCursor().MoveOperation.End)
        QTest.keyClicks(shown.words, " It runs.")
        shown.right()

    meanwhile(Together, write)
    page.read_together()
    said = (Paragraph("The bike. It runs."), Paragraph("His", "Tom"))
    assert edit.own.words.paragraphs() == said

    def saved() -> bool:
        drafts = [one.conversation for one in conversations.drafts(open_notebook)]
        return [(one.own_words, one.read_back) for one in drafts] == [(said, True)]

    wait(saved)


def test_locking_while_reading_together_keeps_what_was_written(
    page: ConversationPage, frame: Frame, open_notebook: Notebook
) -> None:
    assert page.writing is not None
    page.writing.own.words.show_paragraphs([Paragraph("The bike.")])

    def write(shown: QWidget) -> None:
        assert isinstance(shown, Together)
        shown.change()
        shown.words.moveCursor(shown.words.textCursor().MoveOperation.End)
        QTest.keyClicks(shown.words, " It runs.")
        frame.lock()

    meanwhile(Together, write)
    page.read_together()
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert conversations.drafts(again)[0].conversation.own_words == (
        Paragraph("The bike. It runs."),
    )
    notebooks.lock(again)


def test_a_note_is_one_key_then_words_then_enter(
    frame: Frame, session: Session, open_notebook: Notebook, wait: Wait
) -> None:
    said = "Gwen has boots 🙂 مريم, size 5"

    def write(shown: QWidget) -> None:
        assert isinstance(shown, QuickNoteDialog)
        shown.field.insertPlainText(said)
        QTest.keyClick(shown.field, Qt.Key.Key_Return)

    meanwhile(QuickNoteDialog, write)
    session.asked.emit("quick-note")
    wait(lambda: [one.text for one in notes.inbox(open_notebook)] == [said])


def test_a_note_is_in_the_inbox_while_it_is_typed_and_after_esc_or_a_lock(
    frame: Frame, session: Session, open_notebook: Notebook, wait: Wait
) -> None:
    def typed(shown: QWidget) -> None:
        assert isinstance(shown, QuickNoteDialog)
        QTest.keyClicks(shown.field, "first")
        QTest.keyClick(shown.field, Qt.Key.Key_Escape)

    meanwhile(QuickNoteDialog, typed)
    ask_quick_note(frame, session, frame.desk)
    assert [one.text for one in notes.inbox(open_notebook)] == ["first"]

    def locked(shown: QWidget) -> None:
        assert isinstance(shown, QuickNoteDialog)
        QTest.keyClicks(shown.field, "second")
        frame.lock()

    meanwhile(QuickNoteDialog, locked)
    ask_quick_note(frame, session, frame.desk)
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert sorted(one.text for one in notes.inbox(again)) == ["first", "second"]
    notebooks.lock(again)


def test_a_note_thrown_away_comes_back_by_undo_and_one_about_jean_is_filed(
    frame: Frame, session: Session, open_notebook: Notebook, jean: Person, wait: Wait
) -> None:
    def away(shown: QWidget) -> None:
        assert isinstance(shown, QuickNoteDialog)
        QTest.keyClicks(shown.field, "unwanted")
        shown.throw_away()

    meanwhile(QuickNoteDialog, away)
    ask_quick_note(frame, session, frame.desk)
    wait(lambda: "Thrown away" in frame.messages.sentence)
    assert notes.inbox(open_notebook) == []
    session.undo_people()
    wait(lambda: [one.text for one in notes.inbox(open_notebook)] == ["unwanted"])

    def about(shown: QWidget) -> None:
        assert isinstance(shown, QuickNoteDialog)
        QTest.keyClicks(shown.field, "likes numbers")
        meanwhile(ChoosePerson, choose)
        shown.choose_about()
        shown.finish()

    def choose(shown: QWidget) -> None:
        assert isinstance(shown, ChoosePerson)
        QTest.keyClicks(shown.name, "jea")
        shown.finish()

    meanwhile(QuickNoteDialog, about)
    ask_quick_note(frame, session, frame.desk)
    wait(lambda: [one.text for one in notes.of_person(open_notebook, jean.id)] == ["likes numbers"])
    assert "Jean" not in frame.messages.sentence


def test_a_tally_is_three_clicks_and_where_is_kept(
    frame: Frame, session: Session, open_notebook: Notebook, wait: Wait
) -> None:
    def three(shown: QWidget) -> None:
        assert isinstance(shown, TallyDialog)
        shown.where.buttons["Library"].click()
        shown.about.buttons["money"].click()
        shown.offered.buttons["number"].click()

    def two(shown: QWidget) -> None:
        assert isinstance(shown, TallyDialog)
        assert shown.where.chosen() == ("Library",)
        shown.about.buttons["chat"].click()
        shown.offered.buttons["name"].click()

    meanwhile(TallyDialog, three)
    ask_tally(frame, session, frame.desk)
    wait(lambda: len(notes.tallies(open_notebook)) == 1)
    meanwhile(TallyDialog, two)
    ask_tally(frame, session, frame.desk)
    wait(lambda: len(notes.tallies(open_notebook)) == 2)
    assert [(one.place, one.topics, one.offered) for one in notes.tallies(open_notebook)] == [
        ("Library", ("chat",), ("name",)),
        ("Library", ("money",), ("number",)),
    ]
    assert frame.messages.sentence == "Saved."
    session.undo_people()
    wait(lambda: len(notes.tallies(open_notebook)) == 1)


def test_a_tally_by_keyboard_says_what_is_missing(frame: Frame, session: Session) -> None:
    dialog = TallyDialog(frame, session, frame.desk)
    dialog.show()
    first = dialog.offered.buttons["information"]
    QTest.keyClick(first, Qt.Key.Key_Right)
    QTest.keyClick(dialog.offered.buttons["number"], Qt.Key.Key_Space)
    assert dialog.value is None
    assert "Where did you meet?" in dialog._said.text()
    QTest.keyClick(dialog.where.buttons["Library"], Qt.Key.Key_Space)
    QTest.keyClick(dialog.about.buttons["health"], Qt.Key.Key_Space)
    assert dialog.value is not None
    assert dialog.value.offered == ("number",)
    dialog.deleteLater()


def test_notes_are_sorted_to_a_person_made_a_conversation_or_thrown_away(
    frame: Frame, session: Session, open_notebook: Notebook, jean: Person, wait: Wait
) -> None:
    for words in ("one", "two", "three"):
        notes.quick(open_notebook, words)
    commands.run(frame, "inbox")
    assert frame.work is not None
    page = frame.work.page
    assert isinstance(page, InboxPage)
    wait(lambda: page.list.lines.rowCount() == 3)

    def new(shown: QWidget) -> None:
        assert isinstance(shown, ChoosePerson)
        QTest.keyClicks(shown.name, "Gwen")
        shown.finish()

    by_text = {one.text: one.id for one in notes.inbox(open_notebook)}
    meanwhile(ChoosePerson, new)
    page.list.file(by_text["one"])
    wait(lambda: page.list.lines.rowCount() == 2)
    gwen = people.find(open_notebook, "Gwen")[0]
    assert [one.text for one in notes.of_person(open_notebook, gwen.id)] == ["one"]
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    wait(lambda: page.list.lines.rowCount() == 1)
    left = notes.inbox(open_notebook)[0]

    def her(shown: QWidget) -> None:
        assert isinstance(shown, ChoosePerson)
        QTest.keyClicks(shown.name, "Jean")
        shown.finish()

    meanwhile(ChoosePerson, her)
    page.list.converse(left.id)
    wait(lambda: isinstance(frame.work and frame.work.page, ConversationPage))
    talk = frame.work.page
    assert isinstance(talk, ConversationPage)
    assert talk.writing is not None
    assert talk.writing.noticed.words.toPlainText() == left.text
    assert talk.writing.own.words.accessibleName() == "In Jean’s own words"


def test_counts_are_bars_and_a_table_and_numbers_to_copy(
    frame: Frame, session: Session, open_notebook: Notebook, wait: Wait
) -> None:
    for place, topics in (("Library", ["money"]), ("Library", ["housing", "money"]), ("Phone", [])):
        notes.tally(open_notebook, place, topics, ["name"])
    page = TallyCounts(session, frame.desk)
    wait(lambda: page.rows == [("Library", 2), ("Phone", 1)])
    assert page.finding.text() == "Most Level 1 talks: Library"
    page.copy_numbers()
    assert QApplication.clipboard().text() == "By place\tTalks\nLibrary\t2\nPhone\t1"
    page.by.setCurrentIndex(page.by.findData("topic"))
    wait(lambda: page.rows == [("Money, bills", 2), ("Housing", 1)])
    page.by.setCurrentIndex(page.by.findData("week"))
    wait(lambda: page.rows == [("Week of 9 March 2026", 3)])
    assert page.table.item(0, 1).text() == "3"  # type: ignore[union-attr]
    page.deleteLater()


def test_after_unlocking_a_conversation_that_was_cut_short_is_offered(
    frame: Frame, open_notebook: Notebook, jean: Person, wait: Wait
) -> None:
    begun = conversations.new(open_notebook, [jean.id])
    conversations.save_draft(open_notebook, replace(begun, own_words=(Paragraph("Half a"),)))
    frame.open_notebook(open_notebook)
    wait(lambda: "We kept what you wrote at 10:30am." in frame.messages.sentence)
    frame.messages._do()
    assert frame.work is not None
    assert isinstance(frame.work.page, ConversationPage)
    shown = frame.work.page.writing
    assert shown is not None
    assert shown.own.words.toPlainText() == "Half a"


def test_a_quick_note_the_numbers_and_the_lock_are_not_held_up_by_a_dialog(
    frame: Frame, session: Session, open_notebook: Notebook, wait: Wait
) -> None:
    from lac_desktop.ui.dialogs import Dialog, ask
    from lac_desktop.ui.urgent_panel import UrgentDialog

    seen: list[str] = []

    def type_a_note(note: QWidget) -> None:
        assert isinstance(note, QuickNoteDialog)
        QTest.keyClick(note, Qt.Key.Key_N, CTRL_SHIFT)  # a second one has no use
        QTest.keyClicks(note.field, "Gwen has boots")
        QTest.keyClick(note.field, Qt.Key.Key_Return)
        seen.append("note")

    def press(over: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        over.activateWindow()  # as a window manager does
        wait(over.isActiveWindow)
        QTest.keyClick(over, key, held)

    def in_dialog(over: QWidget) -> None:
        try:
            meanwhile(QuickNoteDialog, type_a_note)
            press(over, Qt.Key.Key_N, CTRL_SHIFT)
            meanwhile(UrgentDialog, lambda shown: (seen.append("numbers"), shown.close()))
            press(over, Qt.Key.Key_W, CTRL_SHIFT)
            seen.append("still there" if over.isVisible() else "gone")
            press(over, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            seen.append("open" if frame.session is not None else "locked")
        finally:
            over.close()

    class Waiting(Dialog[bool]):
        """A dialog that waits for an answer."""

    meanwhile(Waiting, in_dialog)
    assert ask(frame, Waiting(frame, frame.desk.theme, "Introduce", "Save")) is None
    assert seen == ["note", "numbers", "still there", "locked"]
    again = notebooks.unlock(open_notebook.folder, PASSPHRASE, clock=lambda: NOW)
    assert [note.text for note in notes.inbox(again)] == ["Gwen has boots"]
    notebooks.lock(again)


def test_reading_together_is_locked_by_its_key(
    frame: Frame, page: ConversationPage, wait: Wait
) -> None:
    def lock(over: QWidget) -> None:
        try:
            over.activateWindow()
            wait(over.isActiveWindow)
            QTest.keyClick(over, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        finally:
            over.close()

    meanwhile(Together, lock)
    page.read_together()
    assert frame.session is None
