# SPDX-License-Identifier: AGPL-3.0-or-later
"""Put rows without coordinates on the map by their postcode or address, from the area pack."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.domain.importing import Problem

#: Of more rows than this with one and the same trouble only the number is told.
MOST_TOLD = 100
#: A street lies this near to the town and to the middle of the postcode district it is in.
_TOWN_METRES, _DISTRICT_METRES = 10_000.0, 20_000.0
#: How a located place says that it is a street, which vouches for no other place.
_STREET = re.compile(r"(?i)road|street")


@dataclass(frozen=True, slots=True)
class Found:
    """Where an asset was put, and a sentence where that is rough or failed (with its field)."""

    point: Point | None
    field: str = ""
    message: str = ""


class Placer:
    """Looks up postcodes and addresses, each once; ``locate`` is the pack's, or None."""

    def __init__(self, locate: Callable[[str], Any] | None) -> None:
        self._locate = locate
        self._known: dict[str, Any] = {}

    @property
    def has_pack(self) -> bool:
        """Whether there is anything to look up in."""
        return self._locate is not None

    def _look(self, text: str) -> Any:
        """The pack's answer for a text, asked once."""
        if text not in self._known:
            self._known[text] = self._locate(text) if self._locate else None
        return self._known[text]

    def place(self, asset: Asset) -> Found:
        """Find the point of an asset that has none."""
        if not asset.postcode and not asset.address:
            if asset.confidential or asset.email or asset.phone or asset.website:
                return Found(None)
            return Found(None, "address", "There is no address or postcode.")
        if self._locate is None:
            return Found(None)
        if asset.postcode:
            located = self._look(asset.postcode)
            if located is not None and located.kind == "postcode" and _same(located, asset):
                return Found(located.point)
        return self._by_address(asset)

    def _by_address(self, asset: Asset) -> Found:
        """Find the street of an address, or the village or town: a rough place."""
        parts = [part.strip() for part in asset.address.split(",") if part.strip()]
        for start in range(len(parts)):
            words = re.sub(r"^[\d\s/-]+[a-z]?\s+", "", parts[start], flags=re.IGNORECASE)
            rest = parts[start + 1 :]
            for text in (f"{words}, {rest[0]}" if rest else "", words):
                located = self._look(text) if len(text) > 3 else None
                if located is None or not _named(located, words):
                    continue
                if self._vouched(located, rest, asset.postcode):
                    message = f"Put at {located.name} by its address: move the pin if you know."
                    return Found(located.point, "point", message)
        if asset.postcode:
            return Found(
                None, "postcode", f"The area pack does not know the postcode {asset.postcode}."
            )
        return Found(None, "address", "The address was not found in the area pack.")

    def _vouched(self, located: Any, rest: Sequence[str], postcode: str) -> bool:
        """Say whether the rest of an address means this place and not its namesake elsewhere.

        Every town has a Church Street: its postcode district must be the one around here, or the
        town that follows in the address; a name with nothing after it is taken at its word.
        """
        district = self._look(postcode.split()[0]) if postcode else None
        if district is not None and district.kind == "postcode":
            return distance_m(district.point, located.point) <= _DISTRICT_METRES
        if not rest:
            return not postcode
        context = [part.casefold() for part in located.detail.split(", ")[1:]]
        after = [part.casefold() for part in rest]
        if context and (context[0] in after or after[0] in context):
            return True
        towns = ((part, self._look(part)) for part in rest if len(part) > 3)
        return any(
            town is not None
            and _named(town, part)
            and not _STREET.search(town.detail.partition(",")[0])
            and distance_m(town.point, located.point) <= _TOWN_METRES
            for part, town in towns
        )


def _same(located: Any, asset: Asset) -> bool:
    """Say whether the pack found this very postcode and not one like it."""
    return located.name.replace(" ", "").upper() == asset.postcode.replace(" ", "").upper()


def _named(located: Any, words: str) -> bool:
    """Say whether the pack found a place of this very name and not one spelled like it."""
    return located.kind == "place" and located.name.casefold() == words.casefold()


def placed(asset: Asset, placer: Placer, file: str, row: int) -> tuple[Asset, Problem | None]:
    """The asset on the map if it can be put there, and a sentence where that is rough or failed."""
    if asset.point is not None:
        return asset, None
    found = placer.place(asset)
    problem = Problem(file, row, found.field, found.message) if found.message else None
    if found.point is None:
        return asset, problem
    # To 1 cm, as files are written, so that an exported list comes back unchanged.
    return replace(
        asset, point=Point(round(found.point.lat, 7), round(found.point.lon, 7))
    ), problem


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, but where one trouble befell very many rows only how many."""
    listed = list(problems)
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in listed:
        general = re.sub(r"[“\"].*?[”\"]|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d+", "…", problem.message)
        groups.setdefault((problem.file, problem.field, general), []).append(problem)
    kept: list[Problem] = []
    for (file, field, _), group in groups.items():
        if len(group) <= MOST_TOLD or group[0].row is None:
            kept += group
        else:
            message = f"{len(group):,} rows, the first of them {group[0].row}: {group[0].message}"
            kept.append(Problem(file, None, field, message))
    return kept
