# SPDX-License-Identifier: AGPL-3.0-or-later
"""The truth about where the demo's map comes from.

The pack builder credits OpenStreetMap, the ONS and Ordnance Survey, because the demo's files have
their shape. The demo is nobody's data, and their names must not stand under it.
"""

import gzip
import json
import struct
from dataclasses import replace
from pathlib import Path

from lac_desktop.geo import pack_info

#: In a PMTiles file (version 3): where the metadata's offset and length stand, little-endian, and
#: the byte that says how directories and metadata are packed (2 is gzip).
_OFFSET, _PACKED_AT, _GZIP = 24, 97, 2


def say_invented(pack: Path, credit: str) -> None:
    """Put ``credit`` where a pack and its basemap name their sources."""
    info = pack_info.read_info(pack)
    sources = tuple(
        replace(source, date="", licence="Invented", attribution=credit) for source in info.sources
    )
    text = pack_info.to_toml(replace(info, sources=sources, attribution=credit))
    (pack / pack_info.ABOUT).write_text(text, encoding="utf-8")
    _credit_tiles(pack / pack_info.BASEMAPS[0], credit)


def _credit_tiles(file: Path, credit: str) -> None:
    """Put another attribution into a PMTiles file: new metadata at its end, found by its header.

    Raises ValueError for a file that the builder would not have made.
    """
    with file.open("rb+") as stream:
        head = stream.read(127)
        if head[:8] != b"PMTiles\x03" or head[_PACKED_AT] != _GZIP:
            raise ValueError("not a PMTiles file of our own")
        offset, length = struct.unpack_from("<QQ", head, _OFFSET)
        stream.seek(offset)
        facts = json.loads(gzip.decompress(stream.read(length)))
        packed = gzip.compress(json.dumps({**facts, "attribution": credit}).encode(), mtime=0)
        end = stream.seek(0, 2)
        stream.write(packed)
        stream.seek(_OFFSET)
        stream.write(struct.pack("<QQ", end, len(packed)))
