# SPDX-License-Identifier: AGPL-3.0-or-later
"""Introductions and what was thought about: never a referral, always followed up."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Went(StrEnum):
    """How a first visit went."""

    NOT_YET = "not yet"
    WENT = "went"
    NOT_FOR_ME = "not for me"


class StillGoing(StrEnum):
    """What was said some weeks later."""

    UNKNOWN = ""
    STILL_GOING = "still going"
    STEPPED_AWAY = "stepped away"
    NOT_SURE = "not sure"


#: Why nothing was thought about before a service: value -> words.
SKIP_REASONS = {
    "clear-wish": "It is their clear wish",
    "urgent": "It is urgent",
    "safeguarding": "Safeguarding",
    "legal-duty": "A legal duty",
}

#: Weeks after the first visit at which we ask whether somebody is still going.
FOLLOW_UP_WEEKS = (4, 12)


@dataclass(frozen=True, slots=True)
class Introduction:
    """One introduction of a person to somebody or something, or of somebody to us.

    ``to_asset`` is an asset's id where it is one, ``to`` the words for it; ``rung`` is 1 to 7.
    ``told`` is word for word what the receiving side may be told. ``thought_first`` is what was
    tried or thought about before a service, or ``skipped`` a key of SKIP_REASONS.
    """

    id: str
    person: str
    to: str
    on: date
    to_asset: str = ""
    to_person: str = ""
    kind: str = ""
    rung: int = 0
    inwards: bool = False
    introduced_by: str = ""
    agreed: bool | None = None
    who_meets: str = ""
    going_along: bool = False
    first_visit: date | None = None
    first_time: str = ""
    told: str = ""
    thought_first: str = ""
    skipped: str = ""
    went: Went = Went.NOT_YET
    went_on: date | None = None
    felt: str = ""
    second_visit: date | None = None
    at_4_weeks: StillGoing = StillGoing.UNKNOWN
    at_12_weeks: StillGoing = StillGoing.UNKNOWN
    contributor_since: date | None = None
    learned: str = ""
    ended_on: date | None = None

    def asks_on(self, weeks: int) -> date | None:
        """The day on which to ask whether they are still going, once they went."""
        return self.went_on + timedelta(weeks=weeks) if self.went_on else None


class Thought(StrEnum):
    """What became of a suggestion."""

    THOUGHT_ABOUT = "thought about"
    TRIED = "tried"
    NOT_FOR_ME = "not for me"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Considered:
    """One suggestion that was thought about with a person; the ladder remembers it.

    ``key`` names the suggestion ("asset:ID", "approach:homeshare", "gift:ID"); success and
    failure are told alike in ``happened`` and ``next``.
    """

    id: str
    person: str
    key: str
    title: str
    thought: Thought
    on: date
    rung: int = 0
    why: str = ""
    happened: str = ""
    next: str = ""
    until: date | None = None  # "later" comes back then
