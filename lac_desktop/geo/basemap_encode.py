# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing one vector tile (Mapbox Vector Tile specification 2.1), with numpy.

The protocol buffer classes come with mapbox-vector-tile; its own encoder is not used, for it goes
through every geometry in Python, which adds up over a county's tiles.
"""

from typing import TYPE_CHECKING

from lac_desktop.geo.basemap_rules import Facts

if TYPE_CHECKING:
    import numpy as np

#: Units along the side of a tile.
EXTENT = 4096

_POINT, _LINE, _AREA = 1, 2, 3


def encode(shapes: "np.ndarray", layers: list[str], facts: list[Facts]) -> bytes:
    """The bytes of a tile, not yet compressed; empty when nothing of the shapes is left.

    ``shapes`` are shapely geometries in tile units (x to the right, y down), one type each but
    possibly multi-part; ``layers`` and ``facts`` go with them. Coordinates are rounded; lines and
    rings that collapse are left out.
    """
    from mapbox_vector_tile.Mapbox import vector_tile_pb2

    tile = vector_tile_pb2.tile()  # type: ignore[attr-defined]
    writers: dict[str, _Layer] = {}
    commands, types = _commands(shapes)
    for index, numbers in enumerate(commands):
        if not numbers:
            continue
        name = layers[index]
        writer = writers.get(name)
        if writer is None:
            layer = tile.layers.add()
            layer.name, layer.version, layer.extent = name, 2, EXTENT
            writer = writers[name] = _Layer(layer)
        writer.add(types[index], numbers, facts[index])
    return tile.SerializeToString()


class _Layer:
    """A layer of a tile, and where its keys and values already stand."""

    def __init__(self, layer: object) -> None:
        self._layer = layer
        self._keys: dict[str, int] = {}
        self._values: dict[str | int, int] = {}

    def add(self, type_: int, numbers: list[int], facts: Facts) -> None:
        """Append a feature."""
        feature = self._layer.features.add()  # type: ignore[attr-defined]
        feature.type = type_
        feature.geometry.extend(numbers)
        for key, value in facts:
            feature.tags.append(self._key(key))
            feature.tags.append(self._value(value))

    def _key(self, key: str) -> int:
        place = self._keys.setdefault(key, len(self._keys))
        if place == len(self._layer.keys):  # type: ignore[attr-defined]
            self._layer.keys.append(key)  # type: ignore[attr-defined]
        return place

    def _value(self, value: str | int) -> int:
        place = self._values.setdefault(value, len(self._values))
        if place == len(self._layer.values):  # type: ignore[attr-defined]
            stored = self._layer.values.add()  # type: ignore[attr-defined]
            if isinstance(value, int):
                stored.int_value = value
            else:
                stored.string_value = value
        return place


def _commands(shapes: "np.ndarray") -> tuple[list[list[int]], list[int]]:
    """Each shape's geometry as the specification's integers, [] where it collapsed; and types."""
    import numpy as np
    import shapely

    parts, owner = shapely.get_parts(shapes, return_index=True)
    dimension = shapely.get_dimensions(parts)
    numbers: list[list[int]] = [[] for _ in range(len(shapes))]
    types = [0] * len(shapes)
    for wanted, type_ in ((0, _POINT), (1, _LINE), (2, _AREA)):
        mine = dimension == wanted
        if not mine.any():
            continue
        paths, whose = parts[mine], owner[mine]
        if wanted == 2:
            turned = shapely.orient_polygons(paths, exterior_cw=False)
            paths, ring_of = shapely.get_rings(turned, return_index=True)
            outer = np.concatenate([[True], ring_of[1:] != ring_of[:-1]])
            whose = whose[ring_of]
        else:
            ring_of, outer = np.arange(len(paths)), np.ones(len(paths), dtype=bool)
        for feature, values in _paths(paths, whose, ring_of, outer, type_):
            if types[feature] in (0, type_):
                types[feature] = type_
                numbers[feature] = values
    return numbers, types


def _paths(
    paths: "np.ndarray", whose: "np.ndarray", polygon: "np.ndarray", outer: "np.ndarray", type_: int
) -> list[tuple[int, list[int]]]:
    """The integers of each feature that has points, lines or rings left.

    ``whose`` says to which feature a path belongs, ``polygon`` to which polygon a ring does.
    """
    import numpy as np
    import shapely

    xy, path = shapely.get_coordinates(paths, return_index=True)
    xy = np.rint(xy).astype(np.int64)
    keep = np.ones(len(xy), dtype=bool)
    keep[1:] = (xy[1:] != xy[:-1]).any(axis=1) | (path[1:] != path[:-1])
    xy, path = xy[keep], path[keep]
    if type_ == _AREA:  # the last point repeats the first: ClosePath says so instead
        last = np.concatenate([path[1:] != path[:-1], [True]])
        xy, path = xy[~last], path[~last]
    counts = np.bincount(path, minlength=len(paths))
    good = counts >= type_
    if type_ == _AREA:
        good &= np.abs(_areas(xy, path, len(paths))) > 0
        lost = np.unique(polygon[outer & ~good])  # a hole without its outer ring is nothing
        good &= ~np.isin(polygon, lost)
    stay = good[path]
    xy, path = xy[stay], path[stay]
    if not len(xy):
        return []
    return _integers(xy, path, whose, type_)


def _areas(xy: "np.ndarray", path: "np.ndarray", count: int) -> "np.ndarray":
    """Twice the signed area of each ring (not closed) by the surveyor's formula."""
    import numpy as np

    starts = np.concatenate([[True], path[1:] != path[:-1]]) if len(path) else np.empty(0, bool)
    follower = np.roll(np.arange(len(path)), -1)
    heads = np.flatnonzero(starts)
    if len(heads):
        follower[np.concatenate([heads[1:], [len(path)]]) - 1] = heads
    cross = xy[:, 0] * xy[follower, 1] - xy[follower, 0] * xy[:, 1]
    return np.bincount(path, weights=cross.astype(np.float64), minlength=count)


def _integers(
    xy: "np.ndarray", path: "np.ndarray", whose: "np.ndarray", type_: int
) -> list[tuple[int, list[int]]]:
    """Command and parameter integers (section 4.3 of the specification), by feature."""
    import numpy as np

    feature = whose[path]
    first = np.concatenate([[True], path[1:] != path[:-1]])
    begins = np.concatenate([[True], feature[1:] != feature[:-1]])
    delta = xy.copy()
    delta[1:] -= xy[:-1]
    delta[begins] = xy[begins]
    zigzag = (delta << 1) ^ (delta >> 63)
    counts = np.diff(np.append(np.flatnonzero(first), len(path)))
    if type_ == _POINT:
        return _point_integers(zigzag, feature, begins)
    closing = 1 if type_ == _AREA else 0
    sizes = 2 * counts + 2 + closing  # MoveTo, its point, LineTo, the others, ClosePath
    ends = np.cumsum(sizes)
    starts = ends - sizes
    out = np.empty(int(ends[-1]), dtype=np.int64)
    within = np.arange(len(path)) - np.repeat(np.flatnonzero(first), counts)
    at = np.repeat(starts, counts) + 1 + 2 * within + (within > 0)
    out[at], out[at + 1] = zigzag[:, 0], zigzag[:, 1]
    out[starts] = 9
    out[starts + 3] = (counts - 1) << 3 | 2
    if closing:
        out[ends - 1] = 15
    owner = feature[first]
    heads = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    cuts = np.append(starts[heads], ends[-1]).tolist()
    values = out.tolist()
    return [(whom, values[cuts[i] : cuts[i + 1]]) for i, whom in enumerate(owner[heads].tolist())]


def _point_integers(
    zigzag: "np.ndarray", feature: "np.ndarray", begins: "np.ndarray"
) -> list[tuple[int, list[int]]]:
    """Points are one MoveTo with all of them."""
    import numpy as np

    heads = np.flatnonzero(begins)
    cuts = np.append(heads, len(feature)).tolist()
    flat = zigzag.reshape(-1).tolist()
    return [
        (whom, [(cuts[i + 1] - cuts[i]) << 3 | 1, *flat[2 * cuts[i] : 2 * cuts[i + 1]]])
        for i, whom in enumerate(feature[heads].tolist())
    ]
