# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gifts, wishes, exchanges, measures and tool sheets: keep, list, take out; each an undoable step.

The nouns are in ``domain/strengths.py``; make one with ``ids.new_id()`` and hand it to :func:`save`.
"""

from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, ToolSheet, Wish
from lac_desktop.services.notebook import Notebook

Strength = Gift | Wish | Exchange | MeasureTaken | ToolSheet


def save(notebook: Notebook, *records: Strength) -> None:
    """Add records or keep their changes as one step. Raises LacError for what cannot be kept."""
    raise NotImplementedError


def remove(notebook: Notebook, record: Strength) -> bool:
    """Take a record out; undo brings it back. Whether it was there."""
    raise NotImplementedError


def gifts(notebook: Notebook, person: str = "") -> list[Gift]:
    """Gifts of a person, or of all people, in the order in which they were noticed."""
    raise NotImplementedError


def wishes(notebook: Notebook, person: str = "") -> list[Wish]:
    """Wishes of a person, or of all people, in the order in which they were added."""
    raise NotImplementedError


def exchanges(notebook: Notebook, person: str = "") -> list[Exchange]:
    """What was given and received, the latest day first; those that name a person, or all.

    An exchange with another person as ``other`` is listed for both.
    """
    raise NotImplementedError


def measures(notebook: Notebook, person: str, measure: str = "") -> list[MeasureTaken]:
    """Measures a person took, the earliest day first; of one measure or all."""
    raise NotImplementedError


def latest_measure(notebook: Notebook, person: str, measure: str) -> MeasureTaken | None:
    """The measure as taken last, or None."""
    raise NotImplementedError


def sheets(notebook: Notebook, person: str, tool: str = "") -> list[ToolSheet]:
    """Sheets of a person, the earliest day first; of one tool or all."""
    raise NotImplementedError


def latest_sheet(notebook: Notebook, person: str, tool: str) -> ToolSheet | None:
    """The sheet of a tool as filled in last, or None."""
    raise NotImplementedError
