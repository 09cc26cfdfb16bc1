# SPDX-License-Identifier: AGPL-3.0-or-later
"""People walked alongside: who they are, where the walk stands, what was agreed, undo and redo.

Nobody is removed here: that is a right with its own steps. What is sensitive stays in people.db.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Promise
from lac_desktop.domain.person import Agreement, Person, Standing, StandingChange
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import access, people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.people_steps import with_people
from lac_desktop.storage import people_overview as overview
from lac_desktop.storage import people_records as stored


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people.

    ``since`` is when the standing began. ``last_contact`` is the day of the latest kept
    conversation. ``next_promise`` is the open promise that comes first; None for people who moved
    away or died. ``conversations`` counts kept ones, ``drafts`` what is being typed.
    """

    id: str
    name: str
    standing: Standing
    since: date | None = None
    last_contact: date | None = None
    next_promise: Promise | None = None
    conversations: int = 0
    drafts: int = 0
    pronouns: str = ""
    language: str = ""


def add(notebook: Notebook, name: str, **known: Any) -> Person:
    """Begin to walk alongside somebody: a name is enough. ``known`` are other fields of Person.

    The walk stands at "walking alongside" from today. Raises LacError for an empty name.
    """
    raise NotImplementedError


def get(notebook: Notebook, person: str) -> Person | None:
    """The person of an id, or None; for lists and look-ups, so not noted as opened."""
    return people_steps.get(notebook, Person, person)


def opened(notebook: Notebook, person: str) -> Person | None:
    """The person of an id for their page: noted in the access log as opened."""
    raise NotImplementedError


def save(notebook: Notebook, person: Person, seen: Person | None = None, why: str = "") -> Person:
    """Keep changes to a person as one step and return the person as kept.

    ``seen`` is the person as the form was opened with. What another window changed meanwhile in
    other fields is kept too; where both changed the same field, StaleError is raised with both
    versions and nothing is overwritten. Raises LacError for what cannot be kept.
    """
    raise NotImplementedError


def all_people(notebook: Notebook) -> list[PersonRow]:
    """Everybody, by name."""
    raise NotImplementedError


def find(notebook: Notebook, text: str, limit: int = 20) -> list[PersonRow]:
    """People whose name or full name holds words that begin so; accents do not matter."""
    raise NotImplementedError


def names(notebook: Notebook, people: list[str] | tuple[str, ...]) -> dict[str, str]:
    """Names by id, of those who are there."""
    raise NotImplementedError


def standing(notebook: Notebook, person: str) -> Standing:
    """Where the walk stands now; "walking alongside" where nothing else was said."""
    raise NotImplementedError


def standing_history(notebook: Notebook, person: str) -> list[StandingChange]:
    """All changes of standing, the latest first."""
    raise NotImplementedError


def change_standing(
    notebook: Notebook, person: str, to: Standing, on: date | None = None, note: str = ""
) -> StandingChange:
    """Note that the walk stands elsewhere from a day (today by default).

    "Moved away" and "died" end every reminder about the person. Raises LacError for a day to come.
    """
    raise NotImplementedError


def silent(notebook: Notebook) -> frozenset[str]:
    """Ids of people about whom nothing may come up as a reminder: they moved away or died."""
    raise NotImplementedError


def agreements(notebook: Notebook, person: str) -> list[Agreement]:
    """Everything agreed with a person, the latest first, withdrawn ones too."""
    raise NotImplementedError


def agree(notebook: Notebook, agreement: Agreement) -> Agreement:
    """Record an agreement, or correct one. Raises LacError for what cannot be kept."""
    raise NotImplementedError


def new_agreement(notebook: Notebook, person: str, kind: str) -> Agreement:
    """An agreement of today that is not saved yet; ``kind`` is "work together" or "share"."""
    raise NotImplementedError


def withdraw(
    notebook: Notebook, agreement: str, on: date | None = None, note: str = ""
) -> Agreement | None:
    """Note that an agreement was withdrawn on a day (today by default); None if there is none."""
    raise NotImplementedError


def running_out(notebook: Notebook, days: int = 30) -> list[Agreement]:
    """Agreements that end within so many days, the soonest first; none of silent people."""
    raise NotImplementedError


def walk_together(notebook: Notebook, one: str, other: str, tie: str, tie_back: str) -> None:
    """Note that two are walked with together, as one step.

    ``tie`` says what ``other`` is to ``one`` ("sister"), ``tie_back`` the other way round.
    """
    raise NotImplementedError


def walk_apart(notebook: Notebook, one: str, other: str) -> None:
    """Note that two are walked with together no more."""
    raise NotImplementedError


def together(notebook: Notebook, person: str) -> list[tuple[Person, str]]:
    """Who is walked with together with a person, and what they are to them."""
    raise NotImplementedError


def as_text(notebook: Notebook, person: str) -> str:
    """A person as plain text for the council's own case system; noted in the access log.

    Holds what is known and agreed, standing and dates; conversations are copied one by one. Home
    is left out.
    """
    raise NotImplementedError


def undo(notebook: Notebook) -> str:
    """Take back the latest step about people and say what it was; "" if there is none.

    A conversation whose keeping is taken back is a draft again. Raises LacError where something
    is being typed about a person who would disappear.
    """
    raise NotImplementedError


def redo(notebook: Notebook) -> str:
    """Bring back what was undone last and say what it was; "" where nothing was.

    Raises LacError where a conversation that would be kept again was typed on since.
    """
    raise NotImplementedError


def next_undo(notebook: Notebook) -> str:
    """What undo would take back, in words with names; "" where there is nothing."""
    raise NotImplementedError


def next_redo(notebook: Notebook) -> str:
    """What redo would bring back, in words with names; "" where there is nothing."""
    raise NotImplementedError
