# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sections of the rail, in order. A section appears here once it works."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.page import Page
    from lac_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the rail; ``build`` makes its page when it is first needed."""

    id: str
    text: str
    icon: str
    build: "Callable[[Session, Desk], Page]"


def _map(session: "Session", desk: "Desk") -> "Page":
    from lac_desktop.ui.map_page import MapPage

    return MapPage(session, desk)


def _community(session: "Session", desk: "Desk") -> "Page":
    from lac_desktop.ui.community.page import CommunityPage

    return CommunityPage(session, desk)


def _today(session: "Session", desk: "Desk") -> "Page":
    from lac_desktop.ui.today.page import TodayPage

    return TodayPage(session, desk)


def _people(session: "Session", desk: "Desk") -> "Page":
    from lac_desktop.ui.people.page import PeoplePage

    return PeoplePage(session, desk)


def _helper(session: "Session", desk: "Desk") -> "Page":
    from lac_desktop.ui.ladder.page import LadderPage

    return LadderPage(session, desk)


SECTIONS = (
    Section("today", "Today", "ph.sun-horizon", _today),
    Section("map", "Map", "ph.map-trifold", _map),
    Section("community", "Community", "ph.storefront", _community),
    Section("people", "People", "ph.users", _people),
    Section("helper", "Helper", "mdi6.ladder", _helper),
)
