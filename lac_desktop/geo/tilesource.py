# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open a map file, MBTiles or PMTiles, vector or raster, and fetch tiles from it.

Formats: MBTiles 1.3 (an SQLite file with TMS rows) and PMTiles version 3.
"""

import json
import math
import mmap
import sqlite3
import threading
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from lac_desktop.domain.geometry import Box
from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo.mvt import IntArray, unzip, varints

WORLD = Box(-180.0, -85.0511, 180.0, 85.0511)
RASTER_FORMATS = frozenset({"png", "jpg", "webp"})

_MAX_DIRECTORY = 16 << 20
_MAX_ZOOM = 24
_HINT = "Choose an MBTiles or PMTiles file, or get this one again."


@dataclass(frozen=True, slots=True)
class TileInfo:
    """What a map file says about itself. ``format`` is pbf, png, jpg or webp."""

    path: Path
    name: str
    format: str
    min_zoom: int
    max_zoom: int
    bounds: Box
    attribution: str
    layers: tuple[str, ...]

    @property
    def raster(self) -> bool:
        """Whether its tiles are pictures."""
        return self.format in RASTER_FORMATS

    @property
    def schema(self) -> str:
        """Whose layer names it uses: openmaptiles (ours too), protomaps, or nothing known."""
        names = set(self.layers)
        if names & {"roads", "earth", "pois"}:
            return "protomaps"
        return "openmaptiles" if names & {"transportation", "landcover", "place"} else ""


class TileSource(Protocol):
    """A source of tiles; safe to use from several threads."""

    @property
    def info(self) -> TileInfo:
        """What the file says about itself."""
        ...

    def get(self, z: int, x: int, y: int) -> bytes | None:
        """The bytes of one tile (rows counted from the north), None where there is none."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def open_tiles(path: Path) -> TileSource:
    """Open an MBTiles or PMTiles file by what is in it, whatever it is called.

    Raises UnreadableFileError with a way out.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise UnreadableFileError("The map file cannot be opened.", _HINT) from error
    if head[:7] == b"PMTiles":
        return PMTiles(path)
    if head == b"SQLite format 3\x00":
        return MBTiles(path)
    raise UnreadableFileError(f"{path.name} is not a map file that this app can read.", _HINT)


class MBTiles:
    """An MBTiles file, read only."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        address = path.resolve().as_uri() + "?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            self._info = self._read_info(path)
        except (sqlite3.Error, ValueError) as error:
            self._db.close()
            raise UnreadableFileError(f"{path.name} is not a readable map file.", _HINT) from error

    @property
    def info(self) -> TileInfo:
        """What the file says about itself."""
        return self._info

    def get(self, z: int, x: int, y: int) -> bytes | None:
        """The bytes of one tile, None where there is none."""
        sql = (
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        )
        try:
            with self._lock:
                row = self._db.execute(sql, (z, x, (1 << z) - 1 - y)).fetchone()
        except sqlite3.Error as error:
            raise UnreadableFileError("The map file is damaged.", _HINT) from error
        return bytes(row[0]) if row and isinstance(row[0], bytes) else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def _read_info(self, path: Path) -> TileInfo:
        """Read the metadata table; what it leaves out is read from the tiles."""
        try:
            rows = self._db.execute("SELECT name, value FROM metadata").fetchall()
        except sqlite3.OperationalError:
            rows = []  # some makers leave the table out
        facts = {str(name): str(value) for name, value in rows}
        low, high = self._db.execute(
            "SELECT min(zoom_level), max(zoom_level) FROM tiles"
        ).fetchone()
        if low is None or not 0 <= low <= high <= _MAX_ZOOM:
            raise ValueError("no tiles")
        sample = self._db.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()[0]
        details = _json(facts.get("json", ""))
        return TileInfo(
            path=path,
            name=facts.get("name", path.stem),
            format=_sniff(bytes(sample)),
            min_zoom=low,
            max_zoom=high,
            bounds=_bounds(facts.get("bounds", "")),
            attribution=_plain(facts.get("attribution", "")),
            layers=_layer_names(details),
        )


class PMTiles:
    """A PMTiles version 3 file, read only, its directories kept once read."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._header = self._read_header()
            self._directories: OrderedDict[tuple[int, int], _Directory] = OrderedDict()
            self._lock = threading.Lock()
            self._info = self._read_info(path)
        except (ValueError, LookupError, zlib.error) as error:
            self._map.close()
            raise UnreadableFileError(f"{path.name} is not a readable map file.", _HINT) from error

    @property
    def info(self) -> TileInfo:
        """What the file says about itself."""
        return self._info

    def get(self, z: int, x: int, y: int) -> bytes | None:
        """The bytes of one tile, None where there is none."""
        from pmtiles.tile import zxy_to_tileid

        if not (0 <= z <= _MAX_ZOOM and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        wanted = zxy_to_tileid(z, x, y)
        offset, length = self._header["root_offset"], self._header["root_length"]
        try:
            for _depth in range(4):
                found = self._directory(offset, length).find(wanted)
                if found is None:
                    return None
                start, size, is_tile = found
                if is_tile:
                    return self._slice(self._header["tile_data_offset"] + start, size)
                offset, length = self._header["leaf_directory_offset"] + start, size
        except (ValueError, zlib.error) as error:
            raise UnreadableFileError("The map file is damaged.", _HINT) from error
        return None

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()

    def _slice(self, start: int, size: int) -> bytes:
        """Bytes of the file; ValueError where it is shorter than it says."""
        if start < 0 or size < 0 or start + size > len(self._map):
            raise ValueError("file cut off")
        return self._map[start : start + size]

    def _directory(self, offset: int, length: int) -> "_Directory":
        """A directory, from the cache where it was read before."""
        with self._lock:
            kept = self._directories.get((offset, length))
            if kept is None:
                if self._header["internal_compression"].value > 2:
                    raise ValueError("directories packed in a way that is not supported")
                kept = _Directory.parse(unzip(self._slice(offset, length), _MAX_DIRECTORY))
                self._directories[(offset, length)] = kept
                if len(self._directories) > 64:
                    self._directories.popitem(last=False)
            else:
                self._directories.move_to_end((offset, length))
            return kept

    def _read_header(self) -> Mapping[str, Any]:
        """The fixed header of 127 bytes."""
        from pmtiles.tile import deserialize_header

        head = self._slice(0, 127)
        if head[7] != 3:
            raise ValueError("only version 3 is supported")
        return deserialize_header(head)

    def _read_info(self, path: Path) -> TileInfo:
        """Header and metadata as TileInfo."""
        head = self._header
        self._directory(head["root_offset"], head["root_length"])
        packed = self._slice(head["metadata_offset"], head["metadata_length"])
        facts = _json(unzip(packed, _MAX_DIRECTORY).decode("utf-8", "replace"))
        formats = {1: "pbf", 2: "png", 3: "jpg", 4: "webp"}
        if not 0 <= head["min_zoom"] <= head["max_zoom"] <= _MAX_ZOOM:
            raise ValueError("zoom out of range")
        if head["tile_compression"].value > 2:
            raise ValueError("tiles packed in a way that is not supported")
        edges = [head[f"{edge}_e7"] / 1e7 for edge in ("min_lon", "min_lat", "max_lon", "max_lat")]
        return TileInfo(
            path=path,
            name=str(facts.get("name") or path.stem),
            format=formats[head["tile_type"].value],
            min_zoom=head["min_zoom"],
            max_zoom=head["max_zoom"],
            bounds=_box(edges),
            attribution=_plain(str(facts.get("attribution", ""))),
            layers=_layer_names(facts),
        )


@dataclass(frozen=True, slots=True)
class _Directory:
    """Entries of a PMTiles directory, as columns sorted by tile id."""

    ids: IntArray
    runs: IntArray
    lengths: IntArray
    offsets: IntArray

    @classmethod
    def parse(cls, data: bytes) -> "_Directory":
        """Read the columns (specification, section 4); ValueError for nonsense."""
        numbers = varints(data)
        count = int(numbers[0]) if numbers.size else -1
        if count < 0 or len(numbers) < 1 + 4 * count:
            raise ValueError("directory cut off")
        deltas, runs, lengths, raw = numbers[1 : 1 + 4 * count].reshape(4, count)
        offsets = raw - 1
        for at in np.flatnonzero(raw == 0).tolist():  # 0: straight after the entry before
            if at == 0:
                raise ValueError("first entry has no offset")
            offsets[at] = offsets[at - 1] + lengths[at - 1]
        return cls(np.cumsum(deltas), runs, lengths, offsets)

    def find(self, tile_id: int) -> tuple[int, int, bool] | None:
        """Offset, length and whether it is a tile (else a leaf directory), or None."""
        at = int(np.searchsorted(self.ids, tile_id, side="right")) - 1
        if at < 0:
            return None
        run = int(self.runs[at])
        if run and tile_id - int(self.ids[at]) >= run:
            return None
        return int(self.offsets[at]), int(self.lengths[at]), run > 0


def _sniff(tile: bytes) -> str:
    """Format of a tile by its first bytes."""
    if tile[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if tile[:3] == b"\xff\xd8\xff":
        return "jpg"
    if tile[:4] == b"RIFF" and tile[8:12] == b"WEBP":
        return "webp"
    return "pbf"


def _json(text: str) -> dict[str, Any]:
    """A JSON object, empty where the text is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _layer_names(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the vector layers that the metadata lists."""
    listed = facts.get("vector_layers")
    if not isinstance(listed, list):
        return ()
    return tuple(str(layer["id"]) for layer in listed if isinstance(layer, dict) and "id" in layer)


def _bounds(text: str) -> Box:
    """Bounds from "west,south,east,north"; the world where they make no sense."""
    try:
        return _box([float(part) for part in text.split(",")])
    except ValueError:
        return WORLD


def _box(edges: list[float]) -> Box:
    """A box from four numbers; the world where they make no sense."""
    if len(edges) != 4 or not all(math.isfinite(edge) for edge in edges):
        return WORLD
    west, south, east, north = edges
    return Box(west, south, east, north) if west < east and south < north else WORLD


def _plain(text: str) -> str:
    """Attribution without its HTML tags, in one line, with a real copyright sign."""
    import re
    from html import unescape

    bare = unescape(re.sub(r"<[^>]*>", "", text)).replace("(c)", "©")
    return re.sub(r"\s+", " ", bare).strip()[:300]
