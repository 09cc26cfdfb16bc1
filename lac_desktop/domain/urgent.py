# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers for when somebody is worried about someone: 999, 111 and the council's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

#: What each role is called on screen, in the order shown.
ROLES: Mapping[str, str] = {
    "emergency": "Someone is in danger now",
    "safeguarding-adults": "Adult safeguarding, daytime",
    "safeguarding-children": "Child safeguarding, daytime",
    "out-of-hours": "Evenings and weekends",
    "domestic-abuse": "Domestic abuse",
    "health": "Health advice",
    "other": "Another number",
}

#: Roles that the council fills in; the rest are built in.
COUNCIL_ROLES = (
    "safeguarding-adults",
    "safeguarding-children",
    "out-of-hours",
    "domestic-abuse",
)


@dataclass(frozen=True, slots=True)
class UrgentNumber:
    """One number. ``label`` replaces the role's usual words; ``note`` is a short addition."""

    role: str
    number: str
    label: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """What the number is for."""
        return self.label or ROLES.get(self.role, ROLES["other"])


#: Always there, whatever a file says.
BUILT_IN = (
    UrgentNumber("emergency", "999"),
    UrgentNumber("health", "111", note="Choose the mental health option in a crisis."),
)


@dataclass(frozen=True, slots=True)
class UrgentNumbers:
    """All numbers in the order shown.

    ``fixed`` says that the machine's policy set them; ``problem`` is a sentence about a file that
    could not be understood, in which case only the built-in numbers are here.
    """

    numbers: tuple[UrgentNumber, ...] = BUILT_IN
    checked_on: date | None = None
    checked_by: str = ""
    fixed: bool = False
    problem: str = ""


def from_values(raw: Mapping[str, Any], *, fixed: bool = False) -> UrgentNumbers:
    """Make the numbers from the file's values.

    The file holds ``[[number]]`` tables with role, number, label and note, and optionally
    ``checked_on`` and ``checked_by``. Raises ValueError with a phrase that says what is wrong.
    """
    rows = raw.get("number", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("each number needs a heading of its own, [[number]]")
    own = [_number(row) for row in rows]
    order = list(ROLES)
    built_in = [n for n in BUILT_IN if n.role not in {o.role for o in own}]
    both = sorted([*built_in, *own], key=lambda n: order.index(n.role))
    checked = raw.get("checked_on")
    return UrgentNumbers(
        tuple(both),
        checked if isinstance(checked, date) else None,
        str(raw.get("checked_by", "")),
        fixed,
    )


def to_values(numbers: UrgentNumbers) -> dict[str, Any]:
    """The file's values for these numbers; built-in ones are left out."""
    values: dict[str, Any] = {}
    if numbers.checked_on:
        values["checked_on"] = numbers.checked_on
    if numbers.checked_by:
        values["checked_by"] = numbers.checked_by
    values["number"] = [
        {
            key: value
            for key, value in (
                ("role", n.role),
                ("number", n.number),
                ("label", n.label),
                ("note", n.note),
            )
            if value
        }
        for n in numbers.numbers
        if n not in BUILT_IN
    ]
    return values


def looks_like_number(text: str) -> bool:
    """Say whether somebody could ring it: at least three digits and no odd signs."""
    digits = sum(c.isdigit() for c in text)
    return digits >= 3 and all(c.isdigit() or c in "+() -." for c in text)


def _number(row: Mapping[str, Any]) -> UrgentNumber:
    """One row of the file."""
    role, number = str(row.get("role", "other")), str(row.get("number", "")).strip()
    if role not in ROLES:
        raise ValueError(f"“{role}” is not a role; use one of {', '.join(ROLES)}")
    if not looks_like_number(number):
        raise ValueError(f"“{number}” is not a telephone number")
    if role == "emergency" and number != "999":
        raise ValueError("the emergency number stays 999")
    return UrgentNumber(role, number, str(row.get("label", "")), str(row.get("note", "")))
