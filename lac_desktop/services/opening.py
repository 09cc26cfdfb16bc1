# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening hours: what OpenStreetMap's opening_hours syntax means at a place and time.

All times are local naive times of the United Kingdom (Europe/London). Free text is never guessed
as open: what the syntax does not know is "not known".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lac_desktop.domain.geometry import Point

#: The nations and their bank holidays; the keys are what settings and the command line use.
NATIONS = ("england", "wales", "scotland", "northern-ireland")


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether something is open at a moment.

    ``open`` is None where it is not known; ``unknown`` says so for the hours as such or for a
    "maybe". ``next_change`` is the local time of the next change within a year, if any. ``text``
    is a whole sentence such as "Open now, until 5:30pm"; ``comment`` what the hours say besides
    ("by appointment").
    """

    open: bool | None
    unknown: bool
    next_change: datetime | None
    text: str
    comment: str = ""


def evaluate(
    spec: str,
    at: datetime,
    nation: str = "england",
    near: Point | None = None,
    terms: Sequence[tuple[date, date]] = (),
) -> Opening:
    """Say whether hours in OSM syntax are open at a local naive time.

    ``near`` gives sunrise and sunset; ``terms`` are school terms (first day, last day) if known.
    Empty or invalid hours give ``open=None``.
    """
    raise NotImplementedError


def intervals(
    spec: str,
    start: datetime,
    end: datetime,
    nation: str = "england",
    near: Point | None = None,
    terms: Sequence[tuple[date, date]] = (),
) -> list[tuple[int, int, bool]]:
    """The open spells that overlap [start, end): (start, end, maybe) in minutes since 1970-01-01,
    local naive time, clipped to the window. Empty or invalid hours give none.
    """
    raise NotImplementedError


def problem_of(spec: str) -> str:
    """What is wrong with hours in OSM syntax, as a sentence, or "" where nothing is."""
    raise NotImplementedError
