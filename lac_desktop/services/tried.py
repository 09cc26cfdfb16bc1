# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was tried: what we did, what happened, what next; nothing here ever counts as a failure.

Before trying, the thinking can be written down too: what matters, what could go well, what could
go wrong, what we agreed and who decided. Each entry is one tool sheet under ``TOOL``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.strengths import ToolSheet
from lac_desktop.errors import LacError
from lac_desktop.services import strengths
from lac_desktop.services.notebook import Notebook

#: The tool under which the entries are kept.
TOOL = "tried"


@dataclass(frozen=True, slots=True)
class Tried:
    """Something that was tried, or is about to be, on a day."""

    id: str
    person: str
    on: date
    what: str
    happened: str = ""
    next: str = ""
    matters: str = ""
    could_go_well: str = ""
    could_go_wrong: str = ""
    agreed: str = ""
    decided: str = ""

    @property
    def thought_about(self) -> bool:
        """Whether anything of the thinking beforehand is written down."""
        parts = (self.matters, self.could_go_well, self.could_go_wrong, self.agreed, self.decided)
        return any(parts)


_WORDS = tuple(f.name for f in fields(Tried) if f.name not in ("id", "person", "on"))


def blank(notebook: Notebook, person: str) -> Tried:
    """An entry of today that is not saved yet."""
    return Tried(ids.new_id(), person, notebook.clock().date(), "")


def all_tried(notebook: Notebook, person: str) -> list[Tried]:
    """Everything tried, the latest first."""
    found = [_read(sheet) for sheet in strengths.sheets(notebook, person, TOOL)]
    return sorted(found, key=lambda t: (t.on, t.id), reverse=True)


def save(notebook: Notebook, tried: Tried) -> None:
    """Keep an entry, new or changed, as one step. Raises LacError where it does not say what."""
    if not tried.what.strip():
        raise LacError("Say what was tried.", "A few words will do.")
    strengths.save(notebook, _sheet(tried))


def remove(notebook: Notebook, tried: Tried) -> bool:
    """Take an entry out; undo brings it back."""
    return strengths.remove(notebook, _sheet(tried))


def _sheet(tried: Tried) -> ToolSheet:
    values = {name: getattr(tried, name).strip() for name in _WORDS}
    kept = {name: words for name, words in values.items() if words}
    return ToolSheet(tried.id, tried.person, TOOL, tried.on, kept)


def _read(sheet: ToolSheet) -> Tried:
    values: Mapping[str, Any] = sheet.values
    words = {name: str(values.get(name, "")) for name in _WORDS}
    return Tried(sheet.id, sheet.person, sheet.on, **words)
