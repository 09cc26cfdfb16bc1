# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tabs of a person's page, in order. A tab appears here once it works.

``build(session, desk, person_id)`` makes the tab's widget when it is first looked at. The widget
may offer these methods, each of which the page calls if it is there: ``arrived()`` each time the
tab comes to the front, ``changed()`` after something about the person was changed elsewhere,
``closing()`` before it goes (save drafts, end timers), ``commands()`` as ``ui.page.Page`` has it.
A tab changes things by ``session.act_people(work, "Saved")``, or says ``session.told_of_people()``
after it saved by itself; ``session.open_person(id, tab)`` shows another person or another tab.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; ``text`` is translated by whoever shows it."""

    id: str
    text: str
    build: "Callable[[Session, Desk, str], QWidget]"


def _talks(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.people.talks import TalksTab

    return TalksTab(session, desk, person_id)


def _about(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.people.about import AboutTab

    return AboutTab(session, desk, person_id)


def _story(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.people.story import StoryTab

    return StoryTab(session, desk, person_id)


def _sharing(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.people.sharing import SharingTab

    return SharingTab(session, desk, person_id)


def _one_page(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.tools.tabs import one_page

    return one_page(session, desk, person_id)


def _circle(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.tools.tabs import people_in_my_life

    return people_in_my_life(session, desk, person_id)


def _places(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.tools.tabs import my_places

    return my_places(session, desk, person_id)


def _tools(session: "Session", desk: "Desk", person_id: str) -> "QWidget":
    from lac_desktop.ui.tools.tabs import all_tools

    return all_tools(session, desk, person_id)


def _strong(session: "Session", desk: "Desk", person: str) -> "QWidget":
    from lac_desktop.ui.strengths.strong_tab import StrongTab

    return StrongTab(session, desk, person)


def _introductions(session: "Session", desk: "Desk", person: str) -> "QWidget":
    from lac_desktop.ui.introductions.tab import IntroductionsTab

    return IntroductionsTab(session, desk, person)


def _measures(session: "Session", desk: "Desk", person: str) -> "QWidget":
    from lac_desktop.ui.strengths.measures_tab import MeasuresTab

    return MeasuresTab(session, desk, person)


def _rights(session: "Session", desk: "Desk", person: str) -> "QWidget":
    from lac_desktop.ui.rights.tab import RightsTab

    return RightsTab(session, desk, person)


#: Add a line here for each tab that works; import the widget inside its build function.
TABS: tuple[Tab, ...] = (
    Tab("one-page", "One page", _one_page),
    Tab("conversations", "Conversations", _talks),
    Tab("circle", "People in my life", _circle),
    Tab("places", "My places", _places),
    Tab("strong", "What’s strong", _strong),
    Tab("introductions", "Introductions", _introductions),
    Tab("tools", "Tools", _tools),
    Tab("measures", "Measures", _measures),
    Tab("story", "Story", _story),
    Tab("about", "About", _about),
    Tab("sharing", "Sharing", _sharing),
    Tab("rights", "Rights", _rights),
)
