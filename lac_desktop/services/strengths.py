# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gifts, wishes, exchanges, measures and tool sheets: keep, list, take out; each an undoable step.

The nouns are in ``domain/strengths.py``; make one with ``ids.new_id()`` and save it.
"""

from collections.abc import Mapping
from typing import TypeVar

from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, ToolSheet, Wish
from lac_desktop.services import people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored

Strength = Gift | Wish | Exchange | MeasureTaken | ToolSheet
T = TypeVar("T")
#: What a record is called in the words of a step.
_WORDS: Mapping[type, str] = {
    Gift: "a gift",
    Wish: "a wish",
    Exchange: "an exchange",
    MeasureTaken: "a measure",
    ToolSheet: "a sheet",
}


def save(notebook: Notebook, *records: Strength) -> None:
    """Add records or keep their changes as one step. Raises LacError for what cannot be kept."""
    if not records:
        return
    first = records[0]
    what = _WORDS[type(first)] if len(records) == 1 else f"{len(records)} things"
    people_steps.keep(notebook, records, f"Write down {what} of {{{first.person}}}", "strengths")


def remove(notebook: Notebook, record: Strength) -> bool:
    """Take a record out; undo brings it back. Whether it was there."""
    why = f"Take out {_WORDS[type(record)]} of {{{record.person}}}"
    return people_steps.discard(notebook, type(record), [record.id], why)


def _of(notebook: Notebook, noun: type[T], person: str) -> list[T]:
    """Records of a person or of all people, in the order in which they were added."""
    if person:
        return people_steps.of_person(notebook, noun, person)
    with notebook.vault.people_read() as db:
        return stored.where(db, noun)


def gifts(notebook: Notebook, person: str = "") -> list[Gift]:
    """Gifts of a person, or of all people, in the order in which they were noticed."""
    return _of(notebook, Gift, person)


def wishes(notebook: Notebook, person: str = "") -> list[Wish]:
    """Wishes of a person, or of all people, in the order in which they were added."""
    return _of(notebook, Wish, person)


def exchanges(notebook: Notebook, person: str = "") -> list[Exchange]:
    """What was given and received, the latest day first; those that name a person, or all.

    An exchange with another person as ``other`` is listed for both.
    """
    return sorted(_of(notebook, Exchange, person), key=lambda one: one.on)[::-1]


def measures(notebook: Notebook, person: str, measure: str = "") -> list[MeasureTaken]:
    """Measures a person took, the earliest day first; of one measure or all."""
    taken = _of(notebook, MeasureTaken, person) if person else []
    wanted = [one for one in taken if measure in ("", one.measure)]
    return sorted(wanted, key=lambda one: one.on)


def latest_measure(notebook: Notebook, person: str, measure: str) -> MeasureTaken | None:
    """The measure as taken last, or None."""
    taken = measures(notebook, person, measure)
    return taken[-1] if taken else None


def sheets(notebook: Notebook, person: str, tool: str = "") -> list[ToolSheet]:
    """Sheets of a person, the earliest day first; of one tool or all."""
    filled = _of(notebook, ToolSheet, person) if person else []
    wanted = [one for one in filled if tool in ("", one.tool)]
    return sorted(wanted, key=lambda one: one.on)


def latest_sheet(notebook: Notebook, person: str, tool: str) -> ToolSheet | None:
    """The sheet of a tool as filled in last, or None."""
    filled = sheets(notebook, person, tool)
    return filled[-1] if filled else None
