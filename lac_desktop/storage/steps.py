# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts that can be undone, and the record of what each changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lac_desktop.storage import binding

#: Kinds of step that are no human hand: what they change may be updated by a later import.
NOT_BY_HAND = ("import", "undo", "redo")


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable act: an edit, a bulk edit, a merge, a removal or a whole import.

    ``why`` is a phrase for the history and the undo menu ("Edit Oakham Library"). ``kind`` is a
    word such as "edit", "bulk edit", "merge", "remove", "check" or "import"; changes of an
    "import" do not count as made by hand.
    """

    who: str
    why: str
    when: datetime
    kind: str = "edit"


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step as recorded; ``state`` is "done", "undone" or "dropped" (can no longer be redone).

    ``changes`` counts the values it changed.
    """

    number: int
    who: str
    why: str
    when: datetime
    kind: str
    state: str
    changes: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an asset's history, as text for people.

    ``field`` is an attribute of Asset, or "added", "removed" or "brought back" for the whole
    asset (``old`` and ``new`` are then empty). ``erased`` says that the values were erased.
    """

    step: int
    who: str
    when: datetime
    why: str
    kind: str
    field: str
    old: str
    new: str
    erased: bool = False
