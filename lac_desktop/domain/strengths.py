# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is strong: gifts, wishes, exchanges given and received, and measures that people choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class GiftOf(StrEnum):
    """Where a gift lives."""

    HEAD = "head"
    HEART = "heart"
    HANDS = "hands"
    COMMUNITY = "community"


class Offer(StrEnum):
    """How far a gift is offered; nothing is ever proposed about a private one."""

    PRIVATE = "private"
    SHOW = "willing to show someone"
    TEACH = "willing to teach"


@dataclass(frozen=True, slots=True)
class Gift:
    """Something a person is good at or knows; ``words`` link it to interests."""

    id: str
    person: str
    what: str
    of: GiftOf = GiftOf.HANDS
    offer: Offer = Offer.PRIVATE
    words: tuple[str, ...] = ()
    note: str = ""
    noticed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a person would love; ``words`` link it to interests and kinds of asset."""

    id: str
    person: str
    what: str
    words: tuple[str, ...] = ()
    note: str = ""
    said_on: date | None = None
    came_true_on: date | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Something given or received between people or with an asset.

    ``giver`` and ``receiver`` are ids of people, ids of assets or plain names.
    """

    id: str
    person: str
    given: bool  # whether ``person`` gave it
    other: str
    what: str
    on: date
    felt: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTaken:
    """Answers to a measure at one time, as given; scored as its source says.

    ``measure`` is an id of ``resources/measures/``; ``answers`` maps item ids to numbers or words.
    """

    id: str
    person: str
    measure: str
    on: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToolSheet:
    """One dated filling-in of a person-centred tool; each save is a new sheet, so it can be played.

    ``tool`` is an id of ``resources/tools/``; ``values`` maps field ids to JSON values.
    """

    id: str
    person: str
    tool: str
    on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    purpose: str = ""
