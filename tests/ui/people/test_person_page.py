# SPDX-License-Identifier: AGPL-3.0-or-later
"""One person's page: tabs, facts, standing, agreements, copying out, two windows, five hundred."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from time import thread_time
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from lac_desktop.domain.conversation import Conversation, Paragraph
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person, Standing
from lac_desktop.services import access, conversations, people, people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.ladder.page import LadderPage
from lac_desktop.ui.people.about import AboutTab, add_to_menu
from lac_desktop.ui.people.agree import AgreeDialog
from lac_desktop.ui.people.fact_fields import Ticks, UnreadableError, make_input
from lac_desktop.ui.people.fact_form import FactForm
from lac_desktop.ui.people.facts import GROUPS, known_lines, spoken_hours
from lac_desktop.ui.people.page import PeoplePage
from lac_desktop.ui.people.sharing import SharingTab
from lac_desktop.ui.people.standing import StandingDialog
from lac_desktop.ui.people.story import StoryTab
from lac_desktop.ui.people.tabs import TABS
from lac_desktop.ui.people.talks import TalksTab
from lac_desktop.ui.people.together import TogetherDialog
from tests.ui.conftest import NOW

Wait = Callable[[Callable[[], bool]], None]
W = TypeVar("W", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TODAY = NOW.date()


@pytest.fixture
def page(frame: Frame, open_notebook: Notebook) -> PeoplePage:
    """Jean's page, with one conversation."""
    jean = people.add(open_notebook, "Jean")
    talk(open_notebook, jean, TODAY, "I miss being some use.")
    frame.open_notebook(open_notebook)
    assert frame.session is not None
    frame.session.open_person(jean.id)
    assert frame.work is not None
    found = frame.work.page
    assert isinstance(found, PeoplePage)
    return found


def talk(book: Notebook, person: Person, on: date, words: str) -> Conversation:
    begun = replace(conversations.new(book, [person.id], "At home"), on=on)
    return conversations.keep(book, replace(begun, own_words=(Paragraph(words),)))


def jean_of(page: PeoplePage) -> Person:
    assert page.person.person is not None
    return page.person.person


def tab(page: PeoplePage, name: str, kind: type[W]) -> W:
    """The tab of a name, brought to the front."""
    page.show_person(jean_of(page).id, name)
    found = page.person.inside.currentWidget()
    assert isinstance(found, kind)
    return found


def when_asked(kind: type[W], act: Callable[[W], object]) -> None:
    """Do something with the next dialog."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        act(dialog)

    QTimer.singleShot(120, run)


def group(name: str) -> object:
    return next(one for one in GROUPS if one.id == name)


def form(page: PeoplePage, name: str) -> FactForm:
    """The dialog of a group, without waiting for it."""
    made = next(one for one in GROUPS if one.id == name)
    return FactForm(page, page._session, page._desk, jean_of(page), made)


def test_opening_is_noted_and_every_tab_can_be_made(page: PeoplePage) -> None:
    book, jean = page._session.notebook, jean_of(page)
    assert [one.what for one in access.looks(book, jean.id)] == ["opened"]
    for at, one in enumerate(TABS):
        page.person.bar.setCurrentIndex(at)
        shown = page.person.inside.currentWidget()
        assert shown is not None
        assert shown is page.person._made[one.id]
        assert shown.isVisible()
    page.show_list()
    page.show_person(jean.id)
    assert len(access.looks(book, jean.id)) == 2


def test_ctrl_tab_goes_round_the_tabs(page: PeoplePage) -> None:
    page.person.go()
    assert page.person.bar.hasFocus()
    QTest.keyClick(page.person.bar, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert page.person.bar.currentIndex() == 1


def test_only_what_is_known_shows_and_the_menu_offers_the_rest(page: PeoplePage) -> None:
    book = page._session.notebook
    assert [one.id for one in GROUPS if known_lines(book, jean_of(page), one)] == []
    menu = QMenu()
    add_to_menu(menu, page, page._session, page._desk, jean_of(page))
    assert len(menu.actions()) == len(GROUPS) + 1
    about = tab(page, "about", AboutTab)
    people.save(book, replace(jean_of(page), dislikes="Bingo", carer=True))
    page._session.told_of_people()
    about.changed()
    person = people.get(book, jean_of(page).id)
    assert person is not None
    shown = [one.id for one in GROUPS if known_lines(book, person, one)]
    assert shown == ["carer", "likes"]


@pytest.mark.parametrize("name", [one.id for one in GROUPS])
def test_every_group_opens_and_keeps_nothing_that_was_not_typed(
    page: PeoplePage, name: str
) -> None:
    dialog = form(page, name)
    person, problems = dialog.current()
    assert person == jean_of(page)
    assert problems == {}
    dialog._asked = True
    dialog.reject()


def test_facts_are_typed_as_people_say_them(page: PeoplePage) -> None:
    book, jean = page._session.notebook, jean_of(page)
    typed = {"free": ("free_times", "Tuesdays 2pm to 5pm"), "likes": ("interests", "Baking, kites")}
    for name, (fact, text) in typed.items():
        dialog = form(page, name)
        dialog.inputs[fact].widget.setText(text)  # type: ignore[attr-defined]
        dialog.finish()
        page.person.changed()
    kept = people.get(book, jean.id)
    assert kept is not None
    assert kept.free_times == "Tu 14:00-17:00"
    assert spoken_hours(kept.free_times) == "Tuesday 2pm to 5pm"
    assert kept.interests == ("baking", "kites")
    assert [line for line, _ in known_lines(book, kept, GROUPS[6])] == ["Baking, kites"]


def test_what_cannot_be_read_is_said_under_the_field(page: PeoplePage) -> None:
    for name, fact, text, sentence in (
        ("names", "born", "32/13/1900", "This date is not in the calendar"),
        ("names", "born", "1 January 2900", "still to come"),
        ("free", "free_times", "whenever the moon", "These times are not understood"),
        ("home", "home", "nowhere at all", "Nothing in this area is called that"),
    ):
        dialog = form(page, name)
        box = dialog.inputs[fact].widget
        getattr(box, "edit", box).setText(text)  # type: ignore[attr-defined]
        dialog.finish()
        assert dialog.value is None
        assert sentence in dialog.form.fields[fact].error.text()
        dialog._asked = True
        dialog.done(0)


def test_ticks_keep_what_is_not_in_the_list(page: PeoplePage) -> None:
    ticks = Ticks({"welsh": "In Welsh"}, ("braille",))
    assert ticks.chosen() == ("braille",)
    with pytest.raises(UnreadableError):
        raise UnreadableError("so")


def test_locking_keeps_what_was_typed_in_an_open_form(page: PeoplePage) -> None:
    dialog = form(page, "note")
    dialog.show()
    dialog.inputs["note"].widget.setPlainText("The bell sticks")  # type: ignore[attr-defined]
    dialog.done(0)  # what locking does to every dialog
    kept = people.get(page._session.notebook, jean_of(page).id)
    assert kept is not None
    assert kept.note == "The bell sticks"


def test_two_windows_on_one_person_lose_nothing(page: PeoplePage) -> None:
    book, jean = page._session.notebook, jean_of(page)
    dialog = form(page, "note")
    dialog.inputs["note"].widget.setPlainText("Mine")  # type: ignore[attr-defined]
    people.save(book, replace(jean, note="Theirs", language="Welsh"), jean)
    dialog.finish()
    assert dialog.value is None
    assert "another window" in dialog.said.text()
    dialog.finish()
    kept = people.get(book, jean.id)
    assert kept is not None
    assert (kept.note, kept.language) == ("Mine", "Welsh")


@pytest.mark.parametrize("to", [Standing.STEPPED_BACK, Standing.MOVED, Standing.DIED])
def test_standing_changes_with_a_day_and_kind_words(page: PeoplePage, to: Standing) -> None:
    dialog = StandingDialog(page, page._session, page._desk, jean_of(page), to)
    assert "closed" not in dialog.accessibleDescription()
    assert "Jean" in dialog.accessibleDescription()
    dialog.day.setText("yesterday-ish")
    dialog.finish()
    assert dialog.form.fields["on"].error.text()
    dialog.day.setText("yesterday")
    dialog.note.setPlainText("Well")
    people_now = page._session.notebook
    begun = people.standing_history(people_now, jean_of(page).id)[0]
    people_steps.keep(people_now, [replace(begun, on=TODAY - timedelta(days=30))], "Begin")
    dialog.finish()
    assert people.standing(people_now, jean_of(page).id) is to
    page.person.changed()
    assert page.person.under.text().endswith("9 March 2026")


def test_agreements_are_recorded_apart_and_taken_back(page: PeoplePage, wait: Wait) -> None:
    book, jean = page._session.notebook, jean_of(page)
    sharing = tab(page, "sharing", SharingTab)

    def share(dialog: AgreeDialog) -> None:
        dialog.finish()
        fields = dialog.form.fields
        assert fields["what"].error.text() == "Say what may be shared."
        assert fields["how"].error.text()
        dialog.what.setText("The one page")
        dialog.whom.setText("Lena")
        dialog.how.setCurrentIndex(dialog.how.findData("written"))
        dialog.until.setText("12 April 2026")
        dialog.finish()

    when_asked(AgreeDialog, share)
    sharing.add("share")
    (one,) = people.agreements(book, jean.id)
    assert (one.what, one.whom, one.until) == ("The one page", "Lena", date(2026, 4, 12))
    (line,) = sharing.lists["share"].lines.lines
    assert line.second == "Written on 10 March 2026. Ends on Sunday 12 April"
    assert sharing.lists["work together"].isHidden()
    people.withdraw(book, one.id)
    sharing.changed()
    (line,) = sharing.lists["share"].lines.lines
    assert "Taken back on 10 March 2026" in line.second
    assert line.spoken.endswith("does not hold now")
    assert sharing.looks.lines.lines[-1].head == "Opened the page, by Ruth"


def test_walked_with_together_both_ways(page: PeoplePage, wait: Wait) -> None:
    book, jean = page._session.notebook, jean_of(page)
    mo = people.add(book, "Mo")
    dialog = TogetherDialog(page, page._session, page._desk, jean)
    dialog.finish()
    assert dialog.form.fields["who"].error.text() == "Choose somebody."
    dialog.who.setEditText("mo")
    dialog.tie.setText("brother")
    dialog.back.setText("sister")
    dialog.finish()
    assert dialog.value == (mo.id, "brother", "sister")


def test_a_conversation_and_a_person_are_copied_as_text_and_noted(
    page: PeoplePage, wait: Wait
) -> None:
    from lac_desktop.ui.people.copy_out import copy_person

    book, jean = page._session.notebook, jean_of(page)
    people.save(book, replace(jean, home_postcode="LE15 6RE", home_note="Green door"))
    talks = tab(page, "conversations", TalksTab)
    QTest.keyClick(talks.view, Qt.Key.Key_C)
    clipboard = QGuiApplication.clipboard()
    wait(lambda: "I miss being some use." in clipboard.text())
    copy_person(page._session, page._desk, jean.id)
    wait(lambda: clipboard.text().startswith("Jean"))
    assert "LE15" not in clipboard.text()
    assert "Green door" not in clipboard.text()
    looks = [one.what for one in access.looks(book, jean.id)]
    assert looks.count("copied") == 2
    assert clipboard.mimeData().hasFormat("x-kde-passwordManagerHint")


def test_the_story_has_filters_that_are_there(page: PeoplePage, wait: Wait) -> None:
    story = tab(page, "story", StoryTab)
    wait(lambda: story.view.lines.rowCount() == 2)
    shown = {kind for kind, chip in story.kinds.items() if not chip.isHidden()}
    assert shown == {"conversation", "standing"}
    story.kinds["standing"].click()
    assert [line.head for line in story.view.lines.lines] == ["Began to walk alongside"]


def test_five_hundred_conversations_open_at_once(page: PeoplePage) -> None:
    """A page is painted within 150 ms of processor time, and within twice that the first time."""
    book = page._session.notebook
    lena = people.add(book, "Lena")
    many = [
        Conversation(new_id(), (lena.id,), TODAY - timedelta(days=n), setting="At home",
                     own_words=(Paragraph(f"Words {n} " * 40),), kept=True)
        for n in range(500)
    ]  # fmt: skip
    people_steps.keep(book, many, "Many")
    page.show_list()
    for name in ("one-page", "conversations"):
        taken: list[float] = []
        for _turn in range(4):
            begun = thread_time()
            page.show_person(lena.id, name)
            QApplication.processEvents()
            taken.append(thread_time() - begun)
            page.show_list()
        assert taken[0] < 0.3, (name, taken)
        assert min(taken) < 0.15, (name, taken)
    page.show_person(lena.id, "conversations")
    talks = page.person.inside.currentWidget()
    assert isinstance(talks, TalksTab)
    assert talks.view.lines.rowCount() == 50
    talks.more.click()
    assert talks.view.lines.rowCount() == 100
    assert talks.view.currentIndex().row() == 50


def test_inputs_are_made_for_every_fact(page: PeoplePage) -> None:
    for one in GROUPS:
        for fact in one.facts:
            made = make_input(page._session, jean_of(page), fact)
            assert set(made.read()) <= {"home", "home_postcode", fact.name}
            made.widget.deleteLater()


@pytest.mark.parametrize("name", ["J", "x" * 300, "🌻 Sunny", "שרה", "A <b>bold</b> one"])
def test_any_name_fits_the_page(page: PeoplePage, name: str) -> None:
    person = people.add(page._session.notebook, name)
    page.show_person(person.id)
    assert page.person.name.text() == name
    assert page.window().minimumSizeHint().width() <= 1366


def test_the_helper_is_asked_for_the_person_whose_page_it_is(
    frame: Frame, page: PeoplePage, wait: Wait
) -> None:
    person = page.person.person
    assert person is not None
    assert frame.work is not None
    page.person.ask_helper()
    helper = frame.work.page
    assert isinstance(helper, LadderPage)
    assert helper.person == person.id
    wait(lambda: "Rung 7 of 7" in helper.rungs[6].badge.accessibleName())
