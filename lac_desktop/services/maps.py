# SPDX-License-Identifier: AGPL-3.0-or-later
"""The street map of an area pack, as plain arrays that a painter can draw; no Qt.

Vector tiles of any schema we know are translated by ``maps/styles/schemas.toml`` into drawing
classes: areas ("wood"), lines ("minor", "minor/bridge") and labels ("street:minor").
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop import paths
from lac_desktop.domain.geometry import Box
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.whole import write_whole as write_whole  # of the map's pictures too
from lac_desktop.geo.mvt import LINE, POLYGON, IntArray, Layer, Value, decode
from lac_desktop.geo.tilesource import TileSource, open_tiles

if TYPE_CHECKING:
    from lac_desktop.geo.pack_info import Source
    from lac_desktop.services.notebook import Notebook

#: Tile coordinates are scaled to this many units a side, whatever the tile's own extent.
UNITS = 4096

_MAX_POINTS = 2_000_000


@dataclass(frozen=True, slots=True)
class Features:
    """Features of one drawing class in a tile.

    ``xy`` is (points, 2) in tile units, y downwards; part p is ``xy[parts[p]:parts[p + 1]]`` and
    feature f has the parts ``features[f]`` to ``features[f + 1]``. ``names``, ``refs`` and
    ``ranks`` (lower is more important) hold one entry a feature for labels, else none.
    """

    xy: NDArray[np.float64]
    parts: IntArray
    features: IntArray
    names: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """One decoded tile: features by drawing class."""

    areas: Mapping[str, Features] = field(default_factory=dict)
    lines: Mapping[str, Features] = field(default_factory=dict)
    labels: Mapping[str, Features] = field(default_factory=dict)


class MapTiles:
    """The tiles of one street map; safe to use from several threads."""

    def __init__(self, source: TileSource, attribution: str = "") -> None:
        self._source = source
        self._rules = _Rules.load()
        info = source.info
        self.name = info.name
        self.raster = info.raster
        self.min_zoom = info.min_zoom
        self.max_zoom = info.max_zoom
        self.bounds: Box = info.bounds
        self.attribution = attribution or info.attribution

    def tile(self, z: int, x: int, y: int) -> Tile | None:
        """Decode a vector tile; None where the map has none.

        Raises UnreadableFileError for a damaged one.
        """
        data = self._source.get(z, x, y)
        if data is None:
            return None
        layers = decode(data, self._rules.wanted)
        if sum(len(layer.xy) for layer in layers.values()) > _MAX_POINTS:
            raise UnreadableFileError("A map tile is too large to draw.")
        return self._rules.translate(layers)

    def picture(self, z: int, x: int, y: int) -> bytes | None:
        """The bytes of a raster tile (PNG, JPEG or WebP); None where the map has none."""
        return self._source.get(z, x, y)

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()


def open_map(path: Path, attribution: str = "") -> MapTiles:
    """Open an MBTiles or PMTiles file; ``attribution`` serves in place of the file's own.

    Raises UnreadableFileError with a way out.
    """
    return MapTiles(open_tiles(path), attribution)


def map_of(notebook: "Notebook") -> MapTiles | None:
    """The street map of a notebook's area pack; None where it has none.

    Raises UnreadableFileError with a way out.
    """
    pack = notebook.pack
    if pack is None or pack.basemap is None:
        return None
    tiles = open_map(pack.basemap)
    tiles.attribution = credit_of(pack.info.sources, tiles.attribution)
    return tiles


def _statements(attribution: str) -> list[str]:
    """The statements of an attribution without their years, which the dates say anyway.

    The Ordnance Survey's products all ask for the same three, and each is shown once.
    """
    parts = re.split(r"\.\s+(?=[A-Z©])", attribution.strip().rstrip("."))
    return [
        re.sub(r"(?<=right) (?:19|20)\d\d$", "", part.strip()) for part in parts if part.strip()
    ]


def credit_of(sources: "Sequence[Source]", own: str = "") -> str:
    """What every map of a pack shows: whose data it is and of which date, each maker once.

    ``own`` is the credit in the map file, left out where a source says it.
    """
    dates: dict[str, list[str]] = {}
    for source in sources:
        for words in _statements(source.attribution):
            dates.setdefault(words, []).append(_dated(source.date))
    found = [own] if own and not any(own.rstrip(".") in words for words in dates) else []
    for words, told in dates.items():
        days = ", ".join(dict.fromkeys(day for day in told if day))
        found.append(f"{words} ({days})" if days else words)
    return " · ".join(found)


def _dated(text: str) -> str:
    """An ISO day in words; other dates as they are."""
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text


def style_data(name: str) -> dict[str, Any]:
    """The tables of ``maps/styles/NAME.toml``."""
    with (paths.maps() / "styles" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How the features of some layers become a drawing class."""

    keys: tuple[str, ...]
    values: Mapping[str, str]
    default: str
    label: str

    def classes(self, layer: Layer) -> list[str]:
        """The drawing class of every feature, empty for those left out."""
        found: list[str] = [""] * len(layer) if self.keys else [self.default] * len(layer)
        waiting = [True] * len(layer)
        for key in self.keys:
            for at, value in enumerate(layer.column(key)):
                if value is not None and waiting[at]:
                    known = self.values.get(_word(value))
                    if known is not None:
                        found[at], waiting[at] = known, False
        if self.keys:
            found = [
                self.default if wait else cls for cls, wait in zip(found, waiting, strict=True)
            ]
        return found


@dataclass(frozen=True, slots=True)
class _Rules:
    """The whole table of schemas.toml."""

    areas: Mapping[str, _Rule]
    lines: Mapping[str, _Rule]
    points: Mapping[str, _Rule]
    names: tuple[str, ...]
    refs: tuple[str, ...]

    @classmethod
    def load(cls) -> "_Rules":
        """Read the table."""
        data = style_data("schemas")

        def by_layer(section: str) -> dict[str, _Rule]:
            rules: dict[str, _Rule] = {}
            for row in data[section]:
                rule = _Rule(
                    tuple(row["keys"]), row["values"], row["default"], row.get("label", "")
                )
                rules.update(dict.fromkeys(row["layers"], rule))
            return rules

        return cls(
            by_layer("area"),
            by_layer("line"),
            by_layer("name"),
            tuple(data["names"]),
            tuple(data["refs"]),
        )

    @property
    def wanted(self) -> set[str]:
        """Names of the layers that mean something to us."""
        return {*self.areas, *self.lines, *self.points}

    def translate(self, layers: Mapping[str, Layer]) -> Tile:
        """Sort the features of all layers into drawing classes."""
        areas: dict[str, list[Features]] = {}
        lines: dict[str, list[Features]] = {}
        labels: dict[str, list[Features]] = {}
        for name, layer in layers.items():
            if not len(layer):
                continue
            if name in self.areas:
                self._sort(self.areas[name], layer, POLYGON, areas, labels)
            if name in self.lines:
                own_names = not (name == "transportation" and "transportation_name" in layers)
                self._sort(self.lines[name], layer, LINE, lines, labels, own_names)
            if name in self.points:
                self._sort(self.points[name], layer, 0, {}, labels)
        return Tile(_all_merged(areas), _all_merged(lines), _all_merged(labels))

    def _sort(
        self,
        rule: _Rule,
        layer: Layer,
        kind: int,
        shapes: dict[str, list[Features]],
        labels: dict[str, list[Features]],
        named: bool = True,
    ) -> None:
        """Put one layer's features of a geometry kind (0: any) into the lists."""
        classes = np.array(rule.classes(layer), object)
        if kind:
            classes[layer.kinds != kind] = ""
        level = _levels(layer) if kind == LINE else None
        drawn = classes if level is None else classes + level
        for cls in dict.fromkeys(drawn[classes != ""].tolist()) if kind else ():
            shapes.setdefault(cls, []).append(_take(layer, np.flatnonzero(drawn == cls)))
        if rule.label and named:
            self._label(rule, layer, classes, labels)

    def _label(
        self, rule: _Rule, layer: Layer, classes: Any, labels: dict[str, list[Features]]
    ) -> None:
        """Add the named features of a layer to the label classes ("street:minor")."""
        names = _first(layer, self.names)
        refs = _first(layer, self.refs) if rule.label == "street" else [""] * len(layer)
        ranks = layer.column("rank")
        has = np.array([bool(a or b) for a, b in zip(names, refs, strict=True)], bool)
        for cls in dict.fromkeys(classes[has & (classes != "")].tolist()):
            at = np.flatnonzero(has & (classes == cls))
            part = _take(layer, at)
            chosen = at.tolist()
            labels.setdefault(f"{rule.label}:{cls}", []).append(
                Features(
                    part.xy,
                    part.parts,
                    part.features,
                    tuple(names[i] for i in chosen),
                    tuple(refs[i] for i in chosen),
                    tuple(_number(ranks[i]) for i in chosen),
                )
            )


def _word(value: Value) -> str:
    """A property value as the table writes it: 6.0 and 6 are "6"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _number(value: Value | None) -> int:
    """A rank, 99 where there is none."""
    return int(value) if isinstance(value, int | float) and abs(value) < 1e6 else 99


def _first(layer: Layer, keys: tuple[str, ...]) -> list[str]:
    """The first of several text properties for every feature, empty where it has none."""
    out = [""] * len(layer)
    for key in keys:
        if key in layer.keys:
            for at, value in enumerate(layer.column(key)):
                if not out[at] and isinstance(value, str):
                    out[at] = " ".join(value.split())[:120]
    return out


def _levels(layer: Layer) -> Any:
    """ "/bridge", "/tunnel" or "" for every feature, by any schema's words."""
    out = [""] * len(layer)
    for key in ("brunnel", "is_bridge", "is_tunnel", "pmap:level", "bridge", "tunnel"):
        if key not in layer.keys:
            continue
        for at, value in enumerate(layer.column(key)):
            if value in ("bridge", "tunnel"):
                out[at] = f"/{value}"
            elif value in (True, 1, "yes") and key != "brunnel":
                out[at] = "/tunnel" if "tunnel" in key else "/bridge"
            elif value == -1:
                out[at] = "/tunnel"
    return np.array(out, object)


def _ranges(starts: IntArray, stops: IntArray) -> IntArray:
    """All whole numbers of several half-open ranges, one after another."""
    lengths = stops - starts
    ends = np.cumsum(lengths)
    if not ends.size or not ends[-1]:
        return np.zeros(0, np.int64)
    return np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)


def _offsets(lengths: IntArray) -> IntArray:
    """Where each of several runs begins, and where the last ends."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def _take(layer: Layer, chosen: IntArray) -> Features:
    """Some features of a layer, scaled to our tile units."""
    first, last = layer.features[chosen], layer.features[chosen + 1]
    parts = _ranges(first, last)
    points = _ranges(layer.parts[parts], layer.parts[parts + 1])
    return Features(
        layer.xy[points] * np.float64(UNITS / layer.extent),
        _offsets(layer.parts[parts + 1] - layer.parts[parts]),
        _offsets(last - first),
    )


def _all_merged(kinds: Mapping[str, list[Features]]) -> dict[str, Features]:
    """One lot of features a drawing class."""
    return {cls: _merged(pieces) for cls, pieces in kinds.items()}


def _merged(pieces: list[Features]) -> Features:
    """Several lots of features as one."""
    if len(pieces) == 1:
        return pieces[0]
    return Features(
        np.concatenate([piece.xy for piece in pieces]),
        _offsets(np.concatenate([np.diff(piece.parts) for piece in pieces])),
        _offsets(np.concatenate([np.diff(piece.features) for piece in pieces])),
        tuple(name for piece in pieces for name in piece.names),
        tuple(ref for piece in pieces for ref in piece.refs),
        tuple(rank for piece in pieces for rank in piece.ranks),
    )
