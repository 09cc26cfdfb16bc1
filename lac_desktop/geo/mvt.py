# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read Mapbox Vector Tiles (version 2 of the specification) into plain numpy arrays.

All numbers of a layer are decoded at once. A tile comes from a file that anybody may have made,
so every length is checked, sizes are limited, and nonsense is an UnreadableFileError.
"""

import struct
import zlib
from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lac_desktop.errors import UnreadableFileError

POINT, LINE, POLYGON = 1, 2, 3

_MAX_BYTES = 32 << 20
_MAX_COORDINATE = 1 << 26
_TILE_LAYERS = 3
_BROKEN = (IndexError, ValueError, OverflowError, struct.error, zlib.error)

Value = str | float | int | bool
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a tile, in tile units (0 to ``extent``, y downwards).

    ``xy`` is (points, 2). Part p is ``xy[parts[p]:parts[p + 1]]``; feature f has the parts
    ``features[f]`` to ``features[f + 1]``. Rings are not closed by a repeated point.
    ``kinds`` holds POINT, LINE or POLYGON (0 unknown) a feature. ``tags`` are pairs of indexes
    into ``keys`` and ``values``, those of feature f from ``tag_starts[f]``.
    """

    name: str
    extent: int
    kinds: IntArray
    xy: IntArray
    parts: IntArray
    features: IntArray
    keys: tuple[str, ...]
    values: tuple[Value, ...]
    tags: IntArray
    tag_starts: IntArray

    def __len__(self) -> int:
        return len(self.kinds)

    def column(self, key: str) -> list[Value | None]:
        """The value of one property for every feature, None where it has none."""
        out: list[Value | None] = [None] * len(self)
        if key not in self.keys:
            return out
        at = self.keys.index(key)
        hits = np.flatnonzero(self.tags[:, 0] == at)
        owners = np.searchsorted(self.tag_starts, hits, side="right") - 1
        for owner, value in zip(owners.tolist(), self.tags[hits, 1].tolist(), strict=True):
            out[owner] = self.values[value]
        return out

    def properties(self, feature: int) -> dict[str, Value]:
        """All properties of one feature."""
        pairs = self.tags[self.tag_starts[feature] : self.tag_starts[feature + 1]].tolist()
        return {self.keys[key]: self.values[value] for key, value in pairs}


def decode(data: bytes, wanted: Container[str] | None = None) -> dict[str, Layer]:
    """Read a tile, gzipped or not; ``wanted`` names the layers to read (None: all).

    Raises UnreadableFileError where the bytes are no vector tile.
    """
    try:
        plain = unzip(data)
        layers: dict[str, Layer] = {}
        for number, start, stop in _fields(plain, 0, len(plain)):
            if number != _TILE_LAYERS or stop < 0:
                continue
            layer = _layer(plain, start, stop, wanted)
            if layer is not None:
                layers[layer.name] = layer
    except _BROKEN as error:
        raise UnreadableFileError(
            "A map tile is damaged.", "Get the map file again, or choose another one."
        ) from error
    return layers


def unzip(data: bytes, limit: int = _MAX_BYTES) -> bytes:
    """Unpack gzip or zlib bytes up to a limit; other bytes come back as they are.

    Raises ValueError past the limit and zlib.error for damaged input.
    """
    if data[:2] != b"\x1f\x8b" and not (data[:1] == b"\x78" and data[1:2] in b"\x01\x5e\x9c\xda"):
        return data
    machine = zlib.decompressobj(wbits=47)
    plain = machine.decompress(data, limit)
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError("packed data too large or cut off")
    return plain


def varints(data: bytes) -> IntArray:
    """Decode unsigned varints of up to ten bytes that lie back to back.

    Values are 64 bits wide; those of 2**63 and more come out negative. Raises ValueError where
    the last is cut off or one is too long.
    """
    raw = np.frombuffer(data, np.uint8)
    if raw.size == 0:
        return np.zeros(0, np.int64)
    ends = np.flatnonzero(raw < 128)
    if ends.size == 0 or ends[-1] != raw.size - 1:
        raise ValueError("varint cut off")
    starts = np.empty_like(ends)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    lengths = ends - starts
    longest = int(lengths.max())
    if longest > 9:
        raise ValueError("varint too long")
    out = (raw[starts] & 127).astype(np.int64)
    for step in range(1, longest + 1):
        more = np.flatnonzero(lengths >= step)
        out[more] |= (raw[starts[more] + step] & 127).astype(np.int64) << (7 * step)
    return out


def _varint(buf: bytes, pos: int) -> tuple[int, int]:
    """Read one varint: its value and where the next byte is."""
    value = shift = 0
    while True:
        byte = buf[pos]
        pos += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & 0xFFFFFFFFFFFFFFFF, pos
        shift += 7
        if shift > 63:
            raise ValueError("varint too long")


def _fields(buf: bytes, pos: int, end: int) -> list[tuple[int, int, int]]:
    """Split a protobuf message into (field number, start, stop), or (number, value, -1)."""
    out: list[tuple[int, int, int]] = []
    while pos < end:
        tag = buf[pos]
        pos += 1
        if tag > 127:
            tag, pos = _varint(buf, pos - 1)
        wire = tag & 7
        if wire == 0:
            value, pos = _varint(buf, pos)
            out.append((tag >> 3, value, -1))
            continue
        if wire == 2:
            size = buf[pos]
            pos += 1
            if size > 127:
                size, pos = _varint(buf, pos - 1)
        elif wire in (1, 5):
            size = 8 if wire == 1 else 4
        else:
            raise ValueError("unknown wire type")
        out.append((tag >> 3, pos, pos + size))
        pos += size
    if pos != end:
        raise ValueError("message runs past its end")
    return out


def _layer(buf: bytes, start: int, stop: int, wanted: Container[str] | None) -> Layer | None:
    """Read one layer message, or None where nobody wants it."""
    fields = _fields(buf, start, stop)
    name = next((_text(buf, a, b) for number, a, b in fields if number == 1), "")
    if wanted is not None and name not in wanted:
        return None
    extent = next((a for number, a, b in fields if number == 5 and b < 0), 4096)
    if not 1 <= extent <= 1 << 20:
        raise ValueError("extent out of range")
    keys = tuple(_text(buf, a, b) for number, a, b in fields if number == 3)
    values = tuple(_value(buf, a, b) for number, a, b in fields if number == 4)
    kinds, tags, geometry = [], [], []
    for number, a, b in fields:
        if number == 2:
            kind, tag, shape = _feature(buf, a, b)
            kinds.append(kind)
            tags.append(tag)
            geometry.append(shape)
    flat, tag_starts = _joined(tags)
    if flat.size % 2 or (tag_starts % 2).any():
        raise ValueError("tags are not pairs")
    pairs = flat.reshape(-1, 2)
    if pairs.size and ((pairs < 0) | (pairs >= (len(keys), len(values)))).any():
        raise ValueError("tag out of range")
    xy, parts, features = _geometry(*_joined(geometry))
    kinds_array = np.array(kinds, np.int64)
    return Layer(
        name, extent, kinds_array, xy, parts, features, keys, values, pairs, tag_starts // 2
    )


def _text(buf: bytes, start: int, stop: int) -> str:
    """Text of a field; a wrong byte becomes a replacement character."""
    if stop < 0:
        raise ValueError("text expected")
    return buf[start:stop].decode("utf-8", "replace")


def _feature(buf: bytes, start: int, stop: int) -> tuple[int, bytes, bytes]:
    """Geometry kind, packed tags and packed geometry of a feature message."""
    kind, tags, geometry = 0, b"", b""
    for number, a, b in _fields(buf, start, stop):
        if number == 3 and b < 0:
            kind = a if a <= POLYGON else 0
        elif number == 2 and b >= 0:
            tags = buf[a:b]
        elif number == 4 and b >= 0:
            geometry = buf[a:b]
    return kind, tags, geometry


def _value(buf: bytes, start: int, stop: int) -> Value:
    """One property value (the Value message of the specification)."""
    if stop < 0:
        raise ValueError("value message expected")
    found: Any = ""
    for number, a, b in _fields(buf, start, stop):
        if number == 1:
            found = _text(buf, a, b)
        elif number == 2:
            found = struct.unpack("<f", buf[a:b])[0]
        elif number == 3:
            found = struct.unpack("<d", buf[a:b])[0]
        elif number == 4:
            found = a - (1 << 64) if a >> 63 else a
        elif number == 5:
            found = a
        elif number == 6:
            found = (a >> 1) ^ -(a & 1)
        elif number == 7:
            found = bool(a)
    return found


def _joined(pieces: list[bytes]) -> tuple[IntArray, IntArray]:
    """Decode the varints of all pieces at once: the numbers, and where each piece begins."""
    data = b"".join(pieces)
    lengths = np.fromiter((len(piece) for piece in pieces), np.int64, len(pieces))
    edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    last = np.frombuffer(data, np.uint8) < 128
    if data and not last[edges[1:][lengths > 0] - 1].all():
        raise ValueError("number cut off")
    counts = np.concatenate((np.zeros(1, np.int64), np.cumsum(last, dtype=np.int64)))
    return varints(data), counts[edges]


def _geometry(numbers: IntArray, starts: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Turn command streams into points, part offsets and feature offsets."""
    is_command = np.zeros(len(numbers), bool)
    commands, parts, features = _walk(numbers.tolist(), starts.tolist())
    is_command[commands] = True
    raw = numbers[~is_command]
    steps = ((raw >> 1) ^ -(raw & 1)).reshape(-1, 2)
    if np.abs(steps).max(initial=0) > _MAX_COORDINATE:
        raise ValueError("coordinate out of range")
    xy = np.cumsum(steps, axis=0)
    part_starts = np.array(parts, np.int64)
    offsets = np.array(features, np.int64)
    firsts = part_starts[offsets]  # the first point of every feature; the cursor begins at 0, 0
    before = np.concatenate((np.zeros((1, 2), np.int64), xy))[firsts[:-1]]
    xy -= np.repeat(before, np.diff(firsts), axis=0)
    if np.abs(xy).max(initial=0) > _MAX_COORDINATE:
        raise ValueError("coordinate out of range")
    return xy, part_starts, offsets


def _walk(numbers: list[int], starts: list[int]) -> tuple[list[int], list[int], list[int]]:
    """Find the commands: their positions, the first point of each part, parts a feature."""
    commands: list[int] = []
    parts: list[int] = []
    features: list[int] = [0]
    points = 0
    for begin, end in pairwise(starts):
        pos = begin
        first = len(parts)
        while pos < end:
            command = numbers[pos]
            commands.append(pos)
            pos += 1
            operation, count = command & 7, command >> 3
            if operation == 7:
                continue
            if operation not in (1, 2) or not 0 < count <= (end - pos) // 2:
                raise ValueError("bad geometry command")
            if operation == 1:
                parts.extend(range(points, points + count))
            elif len(parts) == first:
                raise ValueError("line without a start")
            points += count
            pos += 2 * count
        features.append(len(parts))
    parts.append(points)
    return commands, parts, features
