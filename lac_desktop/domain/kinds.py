# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kinds of asset, their words, icons and OpenStreetMap tags, read from kinds.toml."""

from collections.abc import Mapping
from dataclasses import dataclass

#: The six ABCD categories and services, by letter: letter -> (singular, plural) names.
CATEGORIES: Mapping[str, tuple[str, str]] = {
    "G": ("Individual’s gift", "Individuals’ gifts"),
    "A": ("Association or group", "Associations and groups"),
    "I": ("Institution", "Institutions"),
    "P": ("Physical place", "Physical places"),
    "E": ("Enterprise or exchange", "Economy and exchange"),
    "C": ("Culture or story", "Culture and stories"),
    "S": ("Service", "Services"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of asset. ``fresh_months`` is how long a check lasts before the next is due."""

    id: str
    name: str
    name_cy: str
    category: str
    words: tuple[str, ...] = ()
    icon: str = ""
    fresh_months: int = 6


@dataclass(frozen=True, slots=True)
class Match:
    """What OpenStreetMap tags mean: a kind, or the reason why the thing is held back."""

    kind: str
    held_back: str = ""


class KindTable:
    """All kinds and the rules that map OpenStreetMap tags to them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
