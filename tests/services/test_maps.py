# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tiles of every schema become the same drawing classes."""

from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest

from lac_desktop.errors import LacError
from lac_desktop.geo.pack_info import Source
from lac_desktop.geo.tilesource import WORLD, TileInfo
from lac_desktop.services.maps import (
    UNITS,
    MapTiles,
    Tile,
    credit_of,
    open_map,
    style_data,
    write_whole,
)

SQUARE = "POLYGON ((10 10, 10 110, 110 110, 110 10, 10 10))"
LINE = "LINESTRING (0 0, 100 100)"
SPOT = "POINT (50 60)"


class OneTile:
    """A map of one tile, made by the test."""

    def __init__(self, layers: dict[str, list[tuple[str, dict[str, Any]]]], extent: int) -> None:
        self._data = mapbox_vector_tile.encode(
            [
                {
                    "name": name,
                    "features": [{"geometry": shape, "properties": tags} for shape, tags in rows],
                }
                for name, rows in layers.items()
            ],
            default_options={"y_coord_down": True, "extents": extent},
        )
        self.info = TileInfo(Path("x"), "x", "pbf", 0, 14, WORLD, "", tuple(layers))

    def get(self, z: int, x: int, y: int) -> bytes | None:
        return self._data if (z, x, y) == (0, 0, 0) else None

    def close(self) -> None:
        self._data = b""


def read(extent: int = 4096, **layers: list[tuple[str, dict[str, Any]]]) -> Tile:
    tile = MapTiles(OneTile(layers, extent)).tile(0, 0, 0)
    assert tile is not None
    return tile


def test_openmaptiles_and_our_own() -> None:
    tile = read(
        water=[(SQUARE, {"class": "lake"})],
        landcover=[(SQUARE, {"class": "wood"}), (SQUARE, {"class": "ice"})],
        transportation=[
            (LINE, {"class": "minor", "name": "Mill Lane"}),
            (LINE, {"class": "trunk", "brunnel": "bridge", "ref": "A606"}),
            (LINE, {"class": "rail", "brunnel": "tunnel"}),
        ],
        boundary=[(LINE, {"admin_level": 6}), (LINE, {"admin_level": 10})],
        place=[(SPOT, {"class": "town", "name:latin": "Oakham"})],
    )
    assert set(tile.areas) == {"water", "wood"}
    assert set(tile.lines) == {"minor", "trunk/bridge", "rail/tunnel", "boundary"}
    assert tile.labels["street:minor"].names == ("Mill Lane",)
    assert tile.labels["street:trunk"].refs == ("A606",)
    assert tile.labels["place:town"].names == ("Oakham",)


def test_names_come_from_their_own_layer_where_there_is_one() -> None:
    tile = read(
        transportation=[(LINE, {"class": "minor", "name": "Wrong"})],
        transportation_name=[(LINE, {"class": "minor", "name": "Mill Lane"})],
    )
    assert tile.labels["street:minor"].names == ("Mill Lane",)


@pytest.mark.parametrize("prefix", ["", "pmap:"])
def test_protomaps_version_4_and_3(prefix: str) -> None:
    kind = f"{prefix}kind"
    tile = read(
        earth=[(SQUARE, {kind: "earth"})],
        water=[(SQUARE, {kind: "lake"}), (LINE, {kind: "river", "name": "River Gwash"})],
        landuse=[(SQUARE, {kind: "park"}), (SQUARE, {kind: "wood"})],
        buildings=[(SQUARE, {kind: "building"})],
        roads=[
            (LINE, {kind: "minor_road", "name": "Mill Lane"}),
            (LINE, {kind: "major_road", f"{prefix}kind_detail": "primary"}),
            (LINE, {kind: "path", "is_bridge": True}),
            (LINE, {kind: "rail"}),
        ],
        places=[(SPOT, {kind: "locality", f"{prefix}kind_detail": "village", "name": "Wing"})],
        pois=[(SPOT, {kind: "school", "name": "The School"})],
    )
    assert set(tile.areas) == {"water", "park", "wood", "building"}
    assert set(tile.lines) == {"minor", "primary", "path/bridge", "rail", "river"}
    assert tile.labels["place:village"].names == ("Wing",)
    assert tile.labels["water:river"].names == ("River Gwash",)
    assert tile.labels["poi:landmark"].names == ("The School",)


def test_every_extent_is_scaled_to_ours() -> None:
    small = read(512, water=[(SQUARE, {})]).areas["water"]
    assert small.xy.max() == pytest.approx(110 * UNITS / 512)


def test_features_of_one_class_keep_their_parts() -> None:
    two = "MULTILINESTRING ((0 0, 10 0), (20 0, 30 0))"
    tile = read(
        transportation=[
            (LINE, {"class": "path"}),
            (two, {"class": "minor"}),
            (LINE, {"class": "minor"}),
        ]
    )
    minor = tile.lines["minor"]
    assert minor.features.tolist() == [0, 2, 3]
    assert minor.parts.tolist() == [0, 2, 4, 6]
    assert minor.xy[2:4].tolist() == [[20, 0], [30, 0]]
    assert np.isfinite(minor.xy).all()


def test_names_of_any_kind_of_text() -> None:
    long = "x" * 10_000
    tile = read(
        place=[(SPOT, {"class": "town", "name": long}), (SPOT, {"class": "town", "name": 7})]
    )
    assert len(tile.labels["place:town"].names[0]) == 120


def test_a_tile_that_is_not_there_is_none() -> None:
    assert MapTiles(OneTile({}, 4096)).tile(3, 1, 1) is None


def test_every_real_tile_is_translated(rutland: Path) -> None:
    tiles = open_map(rutland / "tiles" / "rutland-z0-14.pmtiles")
    found = [tiles.tile(14, x, y) for x in range(8154, 8173) for y in range(5355, 5373)]
    assert sum(tile is not None for tile in found) > 200
    tiles.close()
    classes = {cls for tile in found if tile is not None for cls in tile.lines}
    assert {"minor", "trunk", "rail", "path", "river", "boundary"} <= classes


def test_every_class_of_the_table_has_a_look() -> None:
    schemas, light, widths = (style_data(name) for name in ("schemas", "light", "widths"))
    for section, looks in (("area", light["area"]), ("line", light["line"])):
        for row in schemas[section]:
            for cls in {*row["values"].values(), row["default"]} - {""}:
                assert cls in looks, cls
                assert section == "area" or cls in widths["width"]


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.png", b"abc")
    assert (tmp_path / "a.png").read_bytes() == b"abc"
    with pytest.raises(LacError):
        write_whole(tmp_path / "no" / "a.png", b"abc")


def test_a_pack_is_credited_with_dates_each_maker_once() -> None:
    osm, ons = "© OpenStreetMap contributors", "Source: Office for National Statistics."
    sources = [
        Source("osm", "a.osm.pbf", "2018-02-27", "ODbL", osm),
        Source("osm", "b.osm.pbf", "2018-02-27", "ODbL", osm),
        Source("boundaries", "wards.json", "2013", "OGL", ons),
        Source("basemap", "x.pmtiles"),
    ]
    assert credit_of(sources, osm) == (
        f"{osm} (27 February 2018) · Source: Office for National Statistics (2013)"
    )
    assert credit_of([], "© A maker") == "© A maker"
