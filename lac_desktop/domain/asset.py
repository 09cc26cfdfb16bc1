# SPDX-License-Identifier: AGPL-3.0-or-later
"""A community asset: a place, group, gift, enterprise or service of the neighbourhood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Session

#: The access facts, in the order they are shown. Values: "yes", "limited", "no" or "" (unknown).
ACCESS_FACTS = ("step-free", "toilets", "hearing-loop", "quiet", "parking", "bus")


class Known(StrEnum):
    """How well the coordinator knows an asset; the order is the order of closeness."""

    UNKNOWN = ""
    HEARD_OF = "heard of"
    VISITED = "visited"
    KNOW_SOMEONE = "know someone"
    KNOW_WELL = "know well"


class Visibility(StrEnum):
    """Who may see an asset; only public ones can be published."""

    PUBLIC = "public"
    TEAM = "team"
    ONLY_ME = "only me"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person in a public role, such as a librarian or housing officer.

    The name leaves the laptop only where ``agreed_public`` is true; ``phone`` and ``email`` are
    those of the role and leave with the name only.
    """

    name: str = ""
    role: str = ""
    organisation: str = ""
    patch: str = ""
    phone: str = ""
    email: str = ""
    agreed_public: bool = False
    can_speak: bool = False  # may be asked to speak to a group


@dataclass(frozen=True, slots=True)
class Link:
    """A tie from this asset to another: ``runs at``, ``run by`` or ``meets in``."""

    relation: str
    other: str  # id of the other asset


LINK_RELATIONS = ("runs at", "run by", "meets in")

_NO_ACCESS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset as it is known now.

    ``kind`` is an id of ``resources/kinds.toml``, which also gives the ABCD category. ``hours`` is
    in OpenStreetMap's opening_hours syntax, or empty; ``hours_text`` keeps free text verbatim.
    ``area`` is a GeoJSON geometry (WGS84) as text, or empty. ``source`` names where it came from,
    such as ``osm:node/123`` or ``groups.csv#12``; empty means made by hand. ``confidential`` hides
    the position from everything that leaves the app, the command line included.
    """

    id: str
    name: str
    kind: str
    name_cy: str = ""
    description: str = ""
    gives: str = ""
    could_give: str = ""
    greeter: str = ""
    greeter_agreed_public: bool = False
    welcome: str = ""  # what to expect on a first visit
    address: str = ""
    postcode: str = ""
    point: Point | None = None
    area: str = ""
    hours: str = ""
    hours_text: str = ""
    sessions: tuple[Session, ...] = ()
    cost: str = ""  # "free", "paid" or "" (unknown)
    cost_note: str = ""
    access: Mapping[str, str] = field(default_factory=lambda: _NO_ACCESS)
    access_note: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    contacts: tuple[Contact, ...] = ()
    links: tuple[Link, ...] = ()
    known: Known = Known.UNKNOWN
    checked_on: date | None = None
    checked_by: str = ""
    visibility: Visibility = Visibility.TEAM
    confidential: bool = False
    source: str = ""
    licence: str = ""
    attribution: str = ""
    vanished_on: date | None = None  # when a newer file of its source no longer had it
    neighbourhood: str = ""  # all that a person's gift says of where it is
