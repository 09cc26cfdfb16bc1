# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which ways can be walked, by whom and how fast, read from ``resources/walking.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from pathlib import Path
from typing import Any

from lac_desktop import paths

Tag = tuple[str, str]


class WayFlag(IntFlag):
    """What is particular about a walkable way; stored as one byte an edge."""

    NONE = 0
    STEPS = 1
    PRIVATE = 2
    NO_WHEELS = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody gets about: metres a minute, and whether steps are no use to them."""

    id: str
    name: str
    name_cy: str
    metres_a_minute: float
    avoids_steps: bool

    def metres(self, minutes: float) -> float:
        """Turn minutes into metres along the streets."""
        return minutes * self.metres_a_minute

    def minutes(self, metres: float) -> float:
        """Turn metres along the streets into minutes."""
        return metres / self.metres_a_minute


@dataclass(frozen=True, slots=True)
class WalkRules:
    """The rules of ``walking.toml``; see the comments there for what each list means."""

    walked: frozenset[str]
    only_if_allowed: frozenset[str]
    also: frozenset[Tag]
    rights: tuple[str, ...]
    open: frozenset[str]
    private: frozenset[str]
    closed: frozenset[str]
    never: frozenset[Tag]
    private_service: frozenset[str]
    no_wheels: frozenset[Tag]
    wheels: frozenset[Tag]
    smallest_island_metres: float
    paces: Mapping[str, Pace]

    def flags(self, tags: Mapping[str, str]) -> WayFlag | None:
        """Say how a way with these OpenStreetMap tags can be walked; None if it cannot."""
        highway = tags.get("highway", "")
        has = set(tags.items())
        if has & self.never:
            return None
        known = highway in self.walked or bool(has & self.also)
        right = self._right(tags)
        if right in self.closed or not (known or highway in self.only_if_allowed):
            return None
        if not known and right not in self.open:
            return None
        found = WayFlag.NONE
        if right in self.private or (not right and tags.get("service") in self.private_service):
            found |= WayFlag.PRIVATE
        if highway == "steps":
            found |= WayFlag.STEPS
        if has & self.no_wheels and not has & self.wheels:
            found |= WayFlag.NO_WHEELS
        return found

    def _right(self, tags: Mapping[str, str]) -> str:
        """Value of the most particular right that is tagged, or an empty text."""
        return next((tags[key] for key in self.rights if tags.get(key)), "")

    def keys(self) -> tuple[str, ...]:
        """The tags that these rules and the street names need, sorted."""
        pairs = self.also | self.never | self.no_wheels | self.wheels
        return tuple(sorted({"highway", "service", "name", *self.rights, *(k for k, _ in pairs)}))


def parse(text: str) -> WalkRules:
    """Read the rules from the text of ``walking.toml``.

    Raises KeyError or TOMLDecodeError on a file that is not ours: it is shipped, so that is a bug.
    """
    data = tomllib.loads(text)
    ways, rights, wheels = data["ways"], data["rights"], data["wheels"]
    return WalkRules(
        walked=frozenset(ways["walked"]),
        only_if_allowed=frozenset(ways["only_if_allowed"]),
        also=_pairs(ways["also"]),
        rights=tuple(rights["keys"]),
        open=frozenset(rights["open"]),
        private=frozenset(rights["private"]),
        closed=frozenset(rights["closed"]),
        never=_pairs(rights["never"]),
        private_service=frozenset(rights["private_service"]),
        no_wheels=_pairs(wheels["refused"]),
        wheels=_pairs(wheels["except"]),
        smallest_island_metres=float(data["network"]["smallest_island_metres"]),
        paces={pace["id"]: Pace(**pace) for pace in data["pace"]},
    )


def _pairs(rows: list[Any]) -> frozenset[Tag]:
    """Turn TOML's lists of two into tags."""
    return frozenset((key, value) for key, value in rows)


@cache
def _read(path: Path) -> WalkRules:
    return parse(path.read_text(encoding="utf-8"))


def shipped_rules() -> WalkRules:
    """The rules that come with the app."""
    return _read(paths.resources() / "walking.toml")


def paces() -> Mapping[str, Pace]:
    """The paces that can be chosen, by id: slow, usual and wheelchair."""
    return shipped_rules().paces


def wanted_tags() -> tuple[str, ...]:
    """The OpenStreetMap keys that :func:`lac_desktop.geo.walk.build_graph` looks at."""
    return shipped_rules().keys()
