# SPDX-License-Identifier: AGPL-3.0-or-later
"""Is a place that is being added by hand here already, under nearly the same name?"""

from dataclasses import dataclass

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import distance_m
from lac_desktop.services import assets, find
from lac_desktop.services.duplicates import plain_words
from lac_desktop.services.notebook import Notebook

#: How alike two names are, from 0 to 1, and how far apart two places may lie to be asked about.
_LIKE, _METRES = 0.8, 800.0
_LEAST_LETTERS = 4
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Twin:
    """The place that may be the same: how far away, or None where one has no position."""

    id: str
    name: str
    metres: float | None


def twin_of(notebook: Notebook, asset: Asset) -> Twin | None:
    """The likeliest place that a new one may be, or None.

    Looks at what searching for its name offers; typing errors are forgiven there.
    """
    from rapidfuzz import fuzz

    name = " ".join(sorted(plain_words(asset.name)))
    if len(name) < _LEAST_LETTERS:
        return None
    offered = [one.asset_id for one in find.complete(notebook, asset.name, _LOOKED_AT)]
    found: list[tuple[float, float, Twin]] = []
    for other in assets.get_many(notebook, [key for key in offered if key]):
        like = fuzz.ratio(name, " ".join(sorted(plain_words(other.name)))) / 100
        metres = distance_m(asset.point, other.point) if asset.point and other.point else None
        if other.id != asset.id and like >= _LIKE and (metres is None or metres <= _METRES):
            found.append((-like, metres or 0.0, Twin(other.id, other.name, metres)))
    return min(found, key=lambda one: one[:2])[2] if found else None
