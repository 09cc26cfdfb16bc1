# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person walked alongside: only a name is needed, everything else when it is useful."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lac_desktop.domain.geometry import Point


class Standing(StrEnum):
    """Where the walk together stands; nothing is ever "closed"."""

    ALONGSIDE = "walking alongside"
    STEPPED_BACK = "stepped back"
    BACK = "back in touch"
    MOVED = "moved away"
    DIED = "died"

    @property
    def ends_reminders(self) -> bool:
        """Whether nothing about this person may come up as a reminder any more."""
        return self in (Standing.MOVED, Standing.DIED)


#: How people come to be introduced: value -> words.
INTRODUCED_BY = {
    "self": "Themselves",
    "neighbour": "A neighbour or friend",
    "family": "Family",
    "gp": "GP or surgery",
    "housing": "Housing",
    "police": "Police",
    "hospital": "Hospital",
    "social-care": "Social care",
    "councillor": "A councillor",
    "group": "A group or place",
    "met": "Met out and about",
    "other": "Somebody else",
}

#: Ways in which information can be wished for: value -> words.
INFORMATION = {
    "welsh": "In Welsh",
    "large-print": "In large print",
    "bsl": "In British Sign Language",
    "interpreter": "With an interpreter",
    "easy-read": "In Easy Read",
    "by-phone": "By phone, not in writing",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach a person: ``kind`` is "phone", "email", "address", "through" or "other"."""

    kind: str
    value: str
    note: str = ""  # "not before ten", "ask for Mo"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as known now; every field but ``name`` may stay empty for ever.

    ``introduced_agreed`` is None where nobody said. ``home`` (WGS84) and ``home_postcode`` are
    shown only when asked for and leave the laptop never. ``alongside`` are ids of others walked
    with together (couples, families), each way stored once with a word for the tie. ``interests``
    are words of the same list that asset kinds use (``resources/interests.toml``). ``dislikes``
    are kept as said ("not church").
    """

    id: str
    name: str
    full_name: str = ""
    pronouns: str = ""
    born: date | None = None
    reach: tuple[Reach, ...] = ()
    language: str = ""  # the language they wish to speak
    information: tuple[str, ...] = ()
    home: Point | None = None
    home_postcode: str = ""
    home_note: str = ""
    introduced_by: str = ""
    introduced_who: str = ""
    introduced_agreed: bool | None = None
    introduced_hope: str = ""
    introduced_on: date | None = None
    carer: bool | None = None
    carer_for: str = ""
    carer_wants: str = ""  # what the carer wants for themself
    alongside: tuple[tuple[str, str], ...] = ()  # (id of the other person, tie)
    interests: tuple[str, ...] = ()
    dislikes: str = ""
    access_wishes: tuple[str, ...] = ()  # access facts that matter to them
    free_times: str = ""  # OSM opening_hours syntax, when they are free
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandingChange:
    """A dated change of standing; the latest one counts."""

    id: str
    person: str
    standing: Standing
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something agreed, recorded apart from any legal basis: never ticked beforehand.

    ``kind`` is "work together" or "share". For a share, ``what`` and ``whom`` say what with whom.
    ``how`` is "spoken", "written" or "signed". ``until`` None means until it is withdrawn.
    """

    id: str
    person: str
    kind: str
    on: date
    how: str
    what: str = ""
    whom: str = ""
    until: date | None = None
    withdrawn_on: date | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the agreement holds on a day."""
        if day < self.on or (self.withdrawn_on is not None and day >= self.withdrawn_on):
            return False
        return self.until is None or day <= self.until
