# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is near a person's home: on the map and in the list, for as long as it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lac_desktop.services import access, places
from lac_desktop.ui.people.fact_form import ask_for_facts
from lac_desktop.ui.people.facts import GROUPS
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.domain.geometry import Point
    from lac_desktop.domain.person import Person
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.desk import Desk
    from lac_desktop.ui.session import Session


def home_of(notebook: Notebook, person: Person) -> Point | None:
    """Where home is: the pin, else the middle of the postcode, else None."""
    if person.home is not None:
        return person.home
    found = places.place(notebook, person.home_postcode) if person.home_postcode else None
    return found.point if found is not None else None


def look_near(parent: QWidget, session: Session, desk: Desk, person: Person) -> None:
    """Show the map near home; where home is not known, offer to add it."""
    home = home_of(session.notebook, person)
    if home is None:
        group = next(one for one in GROUPS if one.id == "home")
        desk.messages.warn(
            tr("Where home is is not known yet."), tr("Add it"),
            lambda: ask_for_facts(parent, session, desk, person, group),
        )  # fmt: skip
        return
    access.note(session.notebook, "opened", person.id, "home")
    session.look_near_home(person.name, home)
    work = getattr(parent.window(), "work", None)
    if work is not None:
        work.show_section("map")
