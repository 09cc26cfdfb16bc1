# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vector tiles: the same as another decoder on every real tile, and a sentence for nonsense."""

import gzip
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo.mvt import LINE, POINT, POLYGON, Layer, decode, unzip, varints

SQUARE = "POLYGON ((10 10, 10 110, 110 110, 110 10, 10 10))"


def made(features: list[dict[str, Any]], name: str = "things", **options: Any) -> bytes:
    layer = {"name": name, "features": features}
    return mapbox_vector_tile.encode(
        [layer], default_options={"y_coord_down": True, "extents": 4096, **options}
    )


def parts(layer: Layer, feature: int) -> list[list[tuple[int, int]]]:
    out = []
    for part in range(layer.features[feature], layer.features[feature + 1]):
        points = layer.xy[layer.parts[part] : layer.parts[part + 1]]
        out.append([tuple(point) for point in points.tolist()])
    return out


def flat(coordinates: Any) -> list[tuple[int, ...]]:
    """All points of a GeoJSON geometry, without the last of each closed ring."""
    if coordinates and isinstance(coordinates[0], int):
        return [tuple(coordinates)]
    if coordinates and isinstance(coordinates[0][0], int):
        return [tuple(point) for point in coordinates]
    return [point for part in coordinates for point in flat(part)]


def test_every_real_tile_reads_as_another_decoder_reads_it(rutland: Path) -> None:
    db = sqlite3.connect(rutland / "tiles" / "rutland-z0-14.mbtiles")
    tiles = [row[0] for row in db.execute("SELECT tile_data FROM tiles")]
    db.close()
    assert len(tiles) == 390
    features = different = 0
    for data in tiles:
        ours = decode(data)
        theirs = mapbox_vector_tile.decode(
            gzip.decompress(data), default_options={"y_coord_down": True}
        )
        assert set(ours) == set(theirs)
        for name, layer in ours.items():
            expected = theirs[name]["features"]
            assert len(layer) == len(expected)
            for at, feature in enumerate(expected):
                features += 1
                assert layer.properties(at) == feature["properties"]
                points = [point for part in parts(layer, at) for point in part]
                wanted = flat(feature["geometry"]["coordinates"])
                if layer.kinds[at] == POLYGON:
                    different += set(points) != set(wanted)
                else:
                    assert points == wanted
    assert features == 25_575
    assert different <= 4  # the other decoder drops rings without area


def test_geometry_kinds_and_columns() -> None:
    data = made(
        [
            {"geometry": "POINT (5 6)", "properties": {"name": "Well", "rank": 3}},
            {"geometry": "LINESTRING (0 0, 10 0, 10 20)", "properties": {"name": "Lane"}},
            {"geometry": SQUARE, "properties": {"high": 2.5, "open": True}},
        ]
    )
    layer = decode(data)["things"]
    assert layer.kinds.tolist() == [POINT, LINE, POLYGON]
    assert parts(layer, 0) == [[(5, 6)]]
    assert parts(layer, 1) == [[(0, 0), (10, 0), (10, 20)]]
    assert len(parts(layer, 2)[0]) == 4
    assert layer.column("name") == ["Well", "Lane", None]
    assert layer.column("nothing") == [None, None, None]
    assert layer.properties(2) == {"high": 2.5, "open": True}


def test_only_wanted_layers_are_read() -> None:
    data = made([{"geometry": "POINT (1 1)", "properties": {}}], "roads")
    assert decode(data, {"water"}) == {}
    assert list(decode(data, {"roads"})) == ["roads"]


def test_an_empty_tile_has_no_layers() -> None:
    assert decode(b"") == {}


def test_a_packed_bomb_is_refused() -> None:
    bomb = zlib.compress(bytes(64 << 20))
    with pytest.raises(UnreadableFileError):
        decode(bomb)
    with pytest.raises(ValueError):
        unzip(gzip.compress(bytes(2000)), 1000)


def test_a_packed_tile_cut_off_is_refused(rutland: Path) -> None:
    db = sqlite3.connect(rutland / "tiles" / "rutland-z0-14.mbtiles")
    data = db.execute("SELECT tile_data FROM tiles ORDER BY length(tile_data) DESC").fetchone()[0]
    db.close()
    for size in (len(data) // 2, len(data) - 1, 20):
        with pytest.raises(UnreadableFileError) as caught:
            decode(data[:size])
        assert caught.value.hint


@pytest.mark.parametrize(
    "numbers",
    [
        b"\x09",  # a move without its point
        b"\x0a\x00\x00",  # a line before any start
        b"\xf9\xff\xff\xff\x0f\x00\x00",  # half a thousand million points
        b"\x0b\x00\x00",  # no such command
    ],
)
def test_bad_commands_are_refused(numbers: bytes) -> None:
    feature = b"\x18\x02\x22" + bytes([len(numbers)]) + numbers
    layer = b"\x0a\x01x\x12" + bytes([len(feature)]) + feature + b"\x28\x80\x20\x78\x02"
    with pytest.raises(UnreadableFileError):
        decode(b"\x1a" + bytes([len(layer)]) + layer)


@given(st.binary(max_size=400))
@example(b"\x1a\x02\x78\x02")
@example(b"\x1a\x06\x0a\x01x\x28\x00\x78")
def test_any_bytes_give_layers_or_a_sentence(data: bytes) -> None:
    try:
        layers = decode(data)
    except UnreadableFileError:
        return
    assert all(len(layer.features) == len(layer) + 1 for layer in layers.values())


@settings(max_examples=300)
@given(st.data())
def test_a_real_tile_with_wrong_bytes_gives_layers_or_a_sentence(data: st.DataObject) -> None:
    tile = bytearray(
        made(
            [
                {"geometry": "LINESTRING (0 0, 10 0, 10 20)", "properties": {"a": "b", "c": 7}},
                {"geometry": SQUARE, "properties": {"name": "Green", "x": -1}},
            ]
        )
    )
    for _change in range(data.draw(st.integers(1, 6))):
        tile[data.draw(st.integers(0, len(tile) - 1))] = data.draw(st.integers(0, 255))
    del tile[data.draw(st.integers(len(tile) // 2, len(tile))) :]
    try:
        layers = decode(bytes(tile))
    except UnreadableFileError:
        return
    for layer in layers.values():
        for feature in range(len(layer)):
            parts(layer, feature)
            layer.properties(feature)


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_varints_come_back(numbers: list[int]) -> None:
    data = bytearray()
    for number in numbers:
        while number > 127:
            data.append(number & 127 | 128)
            number >>= 7
        data.append(number)
    assert varints(bytes(data)).tolist() == numbers


def test_a_varint_cut_off_or_too_long_is_refused() -> None:
    for data in (b"\x80", b"\xff" * 11 + b"\x01"):
        with pytest.raises(ValueError):
            varints(data)
    assert varints(b"").dtype == np.int64
