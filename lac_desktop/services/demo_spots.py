# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the demo's assets are: from the ``at`` of an entry to a point, an address, a postcode.

``at`` is one of: "High Street 0.3" (a share of the way along a street or footpath),
"landmark:Town Hall", "green:Bobbin Green", "[x, y]" in the town's metres, "@key" (where another
entry is), or "none" (it has no place of its own).
"""

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lac_desktop.services.demo_areas import postcodes
from lac_desktop.services.demo_ground import Line, at_metres, left_of, lengths
from lac_desktop.services.demo_town import Town

#: How far from the middle of the street a door is, and how wide a house number, metres.
_DOOR, _NUMBER = 11.0, 6.5
_ALONG = re.compile(r"(.+) ([01](?:\.\d+)?)")


class Spot(NamedTuple):
    """Where an entry is: degrees (None without a place), address, postcode, GeoJSON area or ""."""

    lat: float | None
    lon: float | None
    address: str
    postcode: str
    area: str


_NOWHERE = Spot(None, None, "", "", "")


def spots(town: Town, entries: Sequence[Mapping[str, Any]]) -> dict[str, Spot]:
    """The places of all entries by key; ValueError when one names something that is not there."""
    codes = postcodes(town)
    where = np.array([code.place for code in codes])
    by_key = {str(entry["key"]): str(entry["at"]) for entry in entries}
    found: dict[str, Spot] = {}
    for key, at in by_key.items():
        target = at
        for _hop in range(4):
            if target.startswith("@"):
                target = by_key[target.removeprefix("@")]
        if target == "none":
            found[key] = _NOWHERE
            continue
        place, address, area = _place(town, target)
        if at.startswith("@"):
            place = place + _step_aside(key)
            area = ""
        code = codes[int(np.hypot(*(where - place).T).argmin())].code
        point = town.globe.point(place)
        found[key] = Spot(point.lat, point.lon, address, code, area)
    return found


def _step_aside(key: str) -> Line:
    """A few metres (2,), so that two assets at one place are two markers when looked at closely."""
    chance = random.Random(key)  # noqa: S311 - a picture, not a secret
    return np.array([chance.uniform(-9, 9), chance.uniform(-9, 9)])


def _place(town: Town, at: str) -> tuple[Line, str, str]:
    """Place (2,) in metres, address and GeoJSON area of an ``at``."""
    if at.startswith("["):
        place = np.array(json.loads(at), float)
        return place, _street_near(town, place), ""
    if at.startswith("landmark:"):
        name = at.removeprefix("landmark:")
        mark = next((m for m in town.plan["landmark"] if m["name"] == name), None)
        if mark is None:
            raise ValueError(f"no landmark is called {name}")
        place = np.array(mark["at"], float)
        return place, _street_near(town, place), ""
    if at.startswith("green:"):
        return _in_green(town, at.removeprefix("green:"))
    found = _ALONG.fullmatch(at)
    if not found:
        raise ValueError(f"not a place of the demo: {at}")
    return _on_street(town, found[1], float(found[2]))


def _in_green(town: Town, name: str) -> tuple[Line, str, str]:
    """The middle of a green place, the street it is by, and its outline as GeoJSON."""
    green = next((g for g in town.greens if g.name == name), None)
    if green is None:
        raise ValueError(f"no green place is called {name}")
    ring = town.globe.lonlat(np.concatenate([green.ring, green.ring[:1]])).tolist()
    middle = green.ring.mean(axis=0)
    area = json.dumps({"type": "Polygon", "coordinates": [ring]}, separators=(",", ":"))
    return middle, _street_near(town, middle), area


def _on_street(town: Town, name: str, share: float) -> tuple[Line, str, str]:
    """A door beside a street, with its number; a place on a footpath."""
    street = next((s for s in town.streets if s.name == name), None)
    if street is None:
        raise ValueError(f"no street is called {name}")
    metres = lengths(street.line)[-1] * share
    places, directions = at_metres(street.line, np.array([metres]))
    if not street.grow:
        return places[0], name, ""
    number = 1 + int(metres / _NUMBER)
    side = 1.0 if number % 2 else -1.0
    return (places + left_of(directions) * side * _DOOR)[0], f"{number} {name}", ""


def _street_near(town: Town, place: Line) -> str:
    """Name of the street nearest to a place (2,)."""
    named = [s for s in town.streets if s.name and s.grow]
    gaps = [float(np.hypot(*(s.line - place).T).min()) for s in named]
    return named[int(np.argmin(gaps))].name
