# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every dialog about people: names, roles, Tab reaches everything, focus is seen."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.person import Person, Standing
from lac_desktop.domain.strengths import GiftOf
from lac_desktop.services import introductions, measures, people
from lac_desktop.services.introductions import Question
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.introductions.dialog import IntroduceDialog
from lac_desktop.ui.introductions.follow_up import ask_how
from lac_desktop.ui.introductions.inwards import ask_inwards
from lac_desktop.ui.people.add import ask_to_add
from lac_desktop.ui.people.agree import ask_to_agree
from lac_desktop.ui.people.fact_form import ask_for_facts
from lac_desktop.ui.people.facts import GROUPS
from lac_desktop.ui.people.standing import ask_for_standing
from lac_desktop.ui.people.together import ask_to_walk_together
from lac_desktop.ui.session import Session
from lac_desktop.ui.strengths.measures_tab import MeasuresTab
from lac_desktop.ui.strengths.strong_tab import StrongTab
from lac_desktop.ui.talk.about_whom import ask_about_whom
from lac_desktop.ui.talk.choose_person import choose_person
from lac_desktop.ui.talk.choose_place import choose_place
from tests.ui.test_dialogs import look, visit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def jean(filled: Notebook) -> Person:
    """Jean, who is not the only one."""
    people.add(filled, "Mo")
    return people.add(filled, "Jean")


@pytest.fixture
def session(frame: Frame, filled: Notebook, jean: Person) -> Session:
    """The open window, on Jean's page."""
    frame.open_notebook(filled)
    assert frame.session is not None
    frame.session.open_person(jean.id)
    return frame.session


@pytest.mark.parametrize("command", ["quick-note", "tally"])
def test_tab_goes_round_a_short_contact(
    command: str, session: Session, frame: Frame, qapp: QApplication
) -> None:
    visit(qapp, frame.actions_table.by_id[command].trigger, look)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.id)
def test_tab_goes_round_what_is_known_of_somebody(
    group: object, session: Session, frame: Frame, jean: Person, qapp: QApplication
) -> None:
    visit(qapp, lambda: ask_for_facts(frame, session, frame.desk, jean, group), look)  # type: ignore[arg-type]


@pytest.mark.parametrize("to", [Standing.STEPPED_BACK, Standing.DIED])
def test_tab_goes_round_where_the_walk_stands(
    to: Standing, session: Session, frame: Frame, jean: Person, qapp: QApplication
) -> None:
    visit(qapp, lambda: ask_for_standing(frame, session, frame.desk, jean, to), look)


def _others(session: Session, frame: Frame, jean: Person) -> dict[str, Callable[[], object]]:
    book, desk = session.notebook, frame.desk
    one = introductions.save(book, introductions.new(book, jean.id, "Knit and Natter"))
    agreement = people.new_agreement(book, jean.id, "share")
    return {
        "add": lambda: ask_to_add(frame, session, desk),
        "agree": lambda: ask_to_agree(frame, session, desk, agreement, new=True),
        "together": lambda: ask_to_walk_together(frame, session, desk, jean),
        "about whom": lambda: ask_about_whom(frame, desk.theme),
        "choose person": lambda: choose_person(frame, session, "File under", "File"),
        "choose place": lambda: choose_place(frame, session),
        "introduce": IntroduceDialog(frame, session, one).exec,
        "inwards": lambda: ask_inwards(frame, session, desk, jean.id),
        "follow up": lambda: ask_how(frame, session, desk, one.id, Question.WENT),
    }


@pytest.mark.parametrize(
    "name",
    ["add", "agree", "together", "about whom", "choose person", "choose place", "introduce",
     "inwards", "follow up"],
)  # fmt: skip
def test_tab_goes_round_what_is_asked_about_somebody(
    name: str, session: Session, frame: Frame, jean: Person, qapp: QApplication
) -> None:
    visit(qapp, _others(session, frame, jean)[name], look)


@pytest.mark.parametrize("name", ["gift", "wish", "tried"])
def test_tab_goes_round_what_is_strong(
    name: str, session: Session, jean: Person, qapp: QApplication
) -> None:
    tab = StrongTab(session, session.desk, jean.id)
    acts: dict[str, Callable[[], object]] = {
        "gift": lambda: tab.add_gift(next(iter(GiftOf))),
        "wish": tab.add_wish,
        "tried": tab.add_tried,
    }
    visit(qapp, acts[name], look)
    tab.deleteLater()


@pytest.mark.parametrize("measure", measures.all_measures())
def test_tab_goes_round_a_measure(
    measure: str, session: Session, jean: Person, qapp: QApplication
) -> None:
    tab = MeasuresTab(session, session.desk, jean.id)
    visit(qapp, lambda: tab.take(measures.all_measures()[measure]), look)
    tab.deleteLater()
