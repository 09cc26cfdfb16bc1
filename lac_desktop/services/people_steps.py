# SPDX-License-Identifier: AGPL-3.0-or-later
"""One act about people at a time: checked, kept in people.db, and told in words when undone.

What a step did is stored with ids in braces ("Keep a conversation with {id}"), never with a name,
so that a name lives in one place; :func:`told` puts the name in when it is shown.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from lac_desktop.domain import person_check
from lac_desktop.domain.person import Person
from lac_desktop.errors import LacError
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.steps import Step

T = TypeVar("T")
_ID = re.compile(r"\{([^{}]+)\}")
_NOBODY = "somebody who is not here any more"


def step(notebook: Notebook, why: str, kind: str = "edit") -> Step:
    """An undoable act by whoever uses the notebook, now; ``why`` names people as "{id}"."""
    return Step(notebook.settings.who, why, notebook.clock(), kind)


def keep(notebook: Notebook, records: Sequence[Any], why: str, kind: str = "edit") -> None:
    """Add records or keep their changes as one step.

    Raises LacError with the first thing that is wrong, before anything is written.
    """
    must_be_right(notebook, records)
    with notebook.vault.people_write() as db:
        stored.save(db, records, step=step(notebook, why, kind))
    notebook.changed()


def change(
    notebook: Notebook,
    noun: type[T],
    record_id: str,
    how: Callable[[T], T],
    why: Callable[[T], str],
    kind: str = "edit",
) -> T | None:
    """Change a record as it is now, as one step, so that no other change gets lost between.

    None where there is no such record. Raises LacError for what cannot be kept.
    """
    with notebook.vault.people_write() as db:
        there = stored.get(db, noun, record_id)
        if there is None:
            return None
        changed = how(there)
        must_be_right(notebook, [changed])
        stored.save(db, [changed], step=step(notebook, why(there), kind))
    notebook.changed()
    return changed


def must_be_right(notebook: Notebook, records: Iterable[Any]) -> None:
    """Raise LacError with the first thing that is so wrong that a record cannot be kept."""
    today = notebook.clock().date()
    for record in records:
        for problem in person_check.problems_of(record, today):
            if problem.must:
                raise LacError(problem.message, "Nothing was changed.")


def discard(notebook: Notebook, noun: type, ids: Iterable[str], why: str) -> bool:
    """Delete records as one step that undo takes back; whether any was there."""
    with notebook.vault.people_write() as db:
        number = stored.remove(db, noun, ids, step=step(notebook, why, "remove"))
    if number:
        notebook.changed()
    return number != 0


def get(notebook: Notebook, noun: type[T], record_id: str) -> T | None:
    """The record of an id, or None."""
    with notebook.vault.people_read() as db:
        return stored.get(db, noun, record_id)


def of_person(notebook: Notebook, noun: type[T], person: str) -> list[T]:
    """All records of a noun that name a person, in the order in which they were added."""
    with notebook.vault.people_read() as db:
        return stored.of_person(db, noun, person)


def told(db: Connection, why: str) -> str:
    """The words of a step with names in place of ids."""

    def name(match: re.Match[str]) -> str:
        person = stored.get(db, Person, match[1])
        return person.name if person else _NOBODY

    return _ID.sub(name, why)


def with_people(people: Sequence[str]) -> str:
    """Ids for the words of a step: "{a} and {b}"."""
    return " and ".join(f"{{{person}}}" for person in people)
