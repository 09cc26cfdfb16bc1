# SPDX-License-Identifier: AGPL-3.0-or-later
"""Giving and receiving of one person in words and counts, and the gentle nudges about it.

A nudge is one sentence with "not now", which keeps it away for 90 days; what was put off is kept
with the person under ``TOOL``, so it goes where they go. Nothing is ever said about somebody who
moved away or died.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lac_desktop.domain import ids
from lac_desktop.domain.reciprocity import (
    LATER_DAYS,
    Nudge,
    Partner,
    Period,
    Side,
    nudges,
    partners,
    periods,
    sides,
)
from lac_desktop.domain.strengths import Exchange, ToolSheet
from lac_desktop.services import assets, people, strengths
from lac_desktop.services.notebook import Notebook

#: The sheet under which nudges that were put off are kept.
TOOL = "nudges put off"


@dataclass(frozen=True, slots=True)
class GivingAndReceiving:
    """What one person gave and received. ``names`` puts ids of people and assets into words."""

    sides: tuple[Side, ...]
    periods: tuple[Period, ...]
    partners: tuple[Partner, ...]
    nudges: tuple[Nudge, ...]
    names: dict[str, str]

    @property
    def gave(self) -> int:
        """How often the person gave."""
        return sum(side.gave for side in self.sides)

    @property
    def received(self) -> int:
        """How often the person received."""
        return len(self.sides) - self.gave

    def name(self, other: str) -> str:
        """The name of a person or asset, or the plain name itself."""
        return self.names.get(other, other)


def of_person(notebook: Notebook, person: str) -> GivingAndReceiving:
    """Everything given and received by a person, with what is worth a word today."""
    today = notebook.clock().date()
    found = sides(strengths.exchanges(notebook, person), person)
    return GivingAndReceiving(
        tuple(found),
        tuple(periods(found, today)),
        tuple(partners(found)),
        tuple(_due(notebook, person, nudges(found, today), today)),
        names_of(notebook, {side.other for side in found}),
    )


def names_of(notebook: Notebook, others: Iterable[str]) -> dict[str, str]:
    """Names by id of the people and assets among these; plain names are left out."""
    wanted = [other for other in others if other]
    named = dict(people.names(notebook, wanted))
    for other in wanted:
        if other not in named and (asset := assets.get(notebook, other)) is not None:
            named[other] = asset.name
    return named


def not_now(notebook: Notebook, person: str, nudge: Nudge) -> None:
    """Put a nudge off for 90 days, as one step that undo takes back."""
    today = notebook.clock().date()
    until = (today + timedelta(days=LATER_DAYS)).isoformat()
    last = strengths.latest_sheet(notebook, person, TOOL)
    values = {**(last.values if last else {}), nudge.about.value: until}
    strengths.save(
        notebook, ToolSheet(last.id if last else ids.new_id(), person, TOOL, today, values)
    )


def new_exchange(notebook: Notebook, person: str, given: bool) -> Exchange:
    """An exchange of today that is not saved yet."""
    return Exchange(ids.new_id(), person, given, "", "", notebook.clock().date())


def _due(notebook: Notebook, person: str, found: list[Nudge], today: date) -> list[Nudge]:
    """Nudges that were not put off, of somebody about whom reminders may come."""
    if not found or people.standing(notebook, person).ends_reminders:
        return []
    last = strengths.latest_sheet(notebook, person, TOOL)
    until = last.values if last else {}
    return [n for n in found if str(until.get(n.about.value, "")) <= today.isoformat()]
