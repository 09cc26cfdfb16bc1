# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody is looking for, and what each answer says about itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from lac_desktop.domain.asset import Known
from lac_desktop.domain.geometry import Box, Point


class Order(StrEnum):
    """How answers are sorted."""

    BEST = "best"  # text match, or nearest first where there is a place but no text
    NEAREST = "nearest"
    NAME = "name"
    CHECKED = "checked"  # longest unchecked first


@dataclass(frozen=True, slots=True)
class Query:
    """A filter; an empty one finds every asset. Saved filters are these as JSON.

    Kinds and categories are alternatives; access facts add up. ``near`` is the place itself and
    ``near_text`` what was typed for it. ``within_metres`` is along the streets where the pack has
    a street graph. ``open_at`` is local time. ``stale`` asks for what is due a check;
    ``known_at_least`` for assets known that well or better; ``nobody_known`` for those where
    nobody is known yet. ``patch`` keeps to the area that the notebook calls its own.
    ``near_home`` says that ``near`` is somebody's home: it is then shown in the window alone, and
    :func:`without_home` takes it out of whatever is stored or leaves. ``any_of`` are phrases of
    which a place must speak of one at least; unlike ``text``, typing errors are not forgiven.
    """

    text: str = ""
    any_of: tuple[str, ...] = ()
    near: Point | None = None
    near_text: str = ""
    near_home: bool = False
    within_metres: float | None = None
    within_minutes: float | None = None
    box: Box | None = None
    patch: bool = False
    kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    open_at: datetime | None = None
    open_now: bool = False
    free: bool = False
    access: frozenset[str] = frozenset()
    has_greeter: bool = False
    stale: bool = False
    known_at_least: Known = Known.UNKNOWN
    nobody_known: bool = False
    vanished: bool = False
    has_duplicate: bool = False
    order: Order = Order.BEST
    limit: int | None = None


def without_home(query: Query) -> Query:
    """The query without what would tell where somebody lives, for files, prints and filters."""
    if not query.near_home:
        return query
    order = Order.BEST if query.order is Order.NEAREST else query.order
    return replace(
        query,
        near=None,
        near_text="",
        near_home=False,
        within_metres=None,
        within_minutes=None,
        box=None,
        order=order,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: enough for a row of the list and for the map.

    ``rid`` is the row number inside the notebook, ``id`` the lasting one. ``metres`` and
    ``minutes`` are on foot from ``near`` (None without one); ``crow`` says that they are as the
    crow flies. ``open`` is None where the hours are unknown; ``opening`` is the sentence, such as
    "Open until 5:30pm".
    """

    rid: int
    id: str
    name: str
    kind: str
    category: str
    gives: str
    point: Point | None
    metres: float | None
    minutes: float | None
    crow: bool
    open: bool | None
    opening: str
    known: Known
    checked_on: date | None
    confidential: bool
    source: str
    marked_duplicate: bool
    vanished_on: date | None
