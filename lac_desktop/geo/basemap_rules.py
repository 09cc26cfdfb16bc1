# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which OpenStreetMap features the basemap shows, from ``resources/basemap.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lac_desktop import paths
from lac_desktop.geo.osm_layers import OsmLayer

if TYPE_CHECKING:
    import numpy as np

#: Attributes of a feature in a tile: key and value pairs, hashable so that equal ones are shared.
Facts = tuple[tuple[str, str | int], ...]


class Look(NamedTuple):
    """What a rule makes of a feature: its layer, its class and the first zoom that shows it."""

    layer: str
    class_: str
    zoom: int
    named: bool
    subclass: str


@dataclass(frozen=True, slots=True)
class Features:
    """Features ready to be cut into tiles; all sequences have one length.

    ``shapes`` are shapely geometries in world units (see :mod:`basemap_tiles`), ``zooms`` the
    first zoom level that shows each.
    """

    shapes: "np.ndarray"
    layers: list[str]
    facts: list[Facts]
    zooms: "np.ndarray"

    def __len__(self) -> int:
        return len(self.layers)


@cache
def rules() -> dict[str, Any]:
    """The shipped rules, parsed."""
    return tomllib.loads((paths.resources() / "basemap.toml").read_text(encoding="utf-8"))


def zoom_range() -> tuple[int, int]:
    """The first and the last zoom level of a basemap that we make."""
    table = rules()
    return int(table["least_zoom"]), int(table["greatest_zoom"])


def classify(layer: OsmLayer, kind: str) -> Features:
    """Choose and describe the features of a layer; ``kind`` is "area", "line" or "point"."""
    import numpy as np

    tables: Sequence[Mapping[str, Any]] = rules()[kind]
    taken = np.zeros(len(layer), dtype=bool)
    chosen: list[int] = []
    looks: list[Look] = []
    for table in tables:
        key, also = str(table["key"]), bool(table.get("also"))
        for index in np.flatnonzero(layer.has(key) & (also | ~taken)).tolist():
            look = _look(table, str(layer.tags[key][index]))
            if look:
                taken[index] |= not also
                chosen.append(index)
                looks.append(look)
    order = np.array(chosen, dtype=np.int64)
    facts = [_facts(layer.tags, index, look) for index, look in zip(chosen, looks, strict=True)]
    zooms = np.array([look.zoom for look in looks], dtype=np.int8)
    return Features(layer.shapes[order], [look.layer for look in looks], facts, zooms)


def joined(parts: Sequence[Features]) -> Features:
    """Several lots of features as one."""
    import numpy as np

    shapes = [part.shapes for part in parts] or [np.empty(0, dtype=object)]
    zooms = [part.zooms for part in parts] or [np.empty(0, dtype=np.int8)]
    return Features(
        np.concatenate(shapes),
        [layer for part in parts for layer in part.layers],
        [facts for part in parts for facts in part.facts],
        np.concatenate(zooms),
    )


def _look(table: Mapping[str, Any], value: str) -> Look | None:
    """What one rule says to a tag's value; "*" is any value but "no"."""
    values: Mapping[str, Any] = table["values"]
    found = values.get(value)
    if found is None and value != "no":
        found = values.get("*")
    if found is None:
        return None
    class_, zoom = (found, table["zoom"]) if isinstance(found, str) else found
    subclass = value if table.get("subclass") and value != class_ else ""
    return Look(table["layer"], class_, int(zoom), bool(table.get("name")), subclass)


def _facts(tags: "Mapping[str, np.ndarray]", index: int, look: Look) -> Facts:
    """The attributes of one feature, as the OpenMapTiles schema names them."""
    facts: list[tuple[str, str | int]] = []
    if look.class_:
        facts.append(("class", look.class_))
    if look.subclass:
        facts.append(("subclass", look.subclass))
    if look.named:
        for key in ("name", "name:cy", "ref"):
            value = _tag(tags, key, index)
            if value:
                facts.append((key, value))
    if look.layer in ("transportation", "waterway"):
        facts += _way_facts(tags, index)
    return tuple(facts)


def _way_facts(tags: "Mapping[str, np.ndarray]", index: int) -> list[tuple[str, str | int]]:
    """Bridges, tunnels, slip roads, one-way streets and what kind of service road it is."""
    facts: list[tuple[str, str | int]] = []
    for key in ("bridge", "tunnel"):
        if _tag(tags, key, index) not in ("", "no"):
            facts.append(("brunnel", key))
            break
    if _tag(tags, "highway", index).endswith("_link"):
        facts.append(("ramp", 1))
    if _tag(tags, "oneway", index) == "yes":
        facts.append(("oneway", 1))
    if _tag(tags, "intermittent", index) == "yes":
        facts.append(("intermittent", 1))
    service = _tag(tags, "service", index)
    if service:
        facts.append(("service", service))
    return facts


def _tag(tags: "Mapping[str, np.ndarray]", key: str, index: int) -> str:
    """A tag's value, "" where it is not tagged."""
    column = tags.get(key)
    return "" if column is None or column[index] is None else str(column[index])
