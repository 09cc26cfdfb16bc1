# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vector tiles we make, read back with mapbox-vector-tile as the judge."""

import gzip
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader, all_tiles

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import silent
from lac_desktop.errors import CancelledError
from lac_desktop.geo import basemap_build, basemap_encode, basemap_rules, osm_layers

Tiles = dict[tuple[int, int, int], dict[str, Any]]


@pytest.fixture(scope="module")
def made(rutland_folder: Path) -> Tiles:
    """Every tile of Rutland's basemap, decoded."""
    with (rutland_folder / "basemap.pmtiles").open("rb") as stream:
        return {
            place: mapbox_vector_tile.decode(
                gzip.decompress(data), default_options={"y_coord_down": True}
            )
            for place, data in all_tiles(MmapSource(stream))
        }


def _names(tiles: Tiles, layer: str) -> set[str]:
    return {
        str(feature["properties"]["name"])
        for tile in tiles.values()
        for feature in tile.get(layer, {"features": []})["features"]
        if "name" in feature["properties"]
    }


def _classes(tiles: Tiles, layer: str) -> set[str]:
    return {
        str(feature["properties"].get("class"))
        for tile in tiles.values()
        for feature in tile.get(layer, {"features": []})["features"]
    }


def test_the_layers_speak_openmaptiles(made: Tiles) -> None:
    layers = {layer for tile in made.values() for layer in tile}
    assert layers >= {
        *("transportation", "building", "water", "waterway", "landcover", "landuse", "park"),
        *("place", "water_name", "boundary"),
    }
    assert _classes(made, "transportation") >= {
        *("trunk", "primary", "secondary", "tertiary", "minor", "service", "track", "path", "rail"),
    }
    assert {"town", "village", "hamlet"} <= _classes(made, "place")
    assert {"Oakham", "Uppingham", "Ketton"} <= _names(made, "place")
    assert "High Street West" in _names(made, "transportation")
    assert "Rutland Water" in _names(made, "water_name")


def test_bridges_and_tunnels_are_told(made: Tiles) -> None:
    kinds = {
        feature["properties"].get("brunnel")
        for tile in made.values()
        for feature in tile.get("transportation", {"features": []})["features"]
    }
    assert kinds == {None, "bridge", "tunnel"}


def test_zooms_and_places(made: Tiles, rutland_folder: Path) -> None:
    assert {zoom for zoom, _, _ in made} == set(range(8, 15))
    with (rutland_folder / "basemap.pmtiles").open("rb") as stream:
        reader = Reader(MmapSource(stream))
        header, facts = reader.header(), reader.metadata()
    assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (8, 14, True)
    assert facts["attribution"] == "© OpenStreetMap contributors"
    assert {row["id"] for row in facts["vector_layers"]} >= {"place", "building"}


@pytest.mark.parametrize(("layer", "alike"), [("building", 0.93), ("water", 0.98)])
def test_another_tile_maker_covers_the_same_ground(
    made: Tiles, rutland: Path, layer: str, alike: float
) -> None:
    """tilemaker made the shared tiles from the same extract, and rounds small houses off."""
    square = shapely.box(0, 0, 4096, 4096)

    def ground(tile: dict[str, Any]) -> Any:
        shapes = [
            shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
            for feature in tile.get(layer, {"features": []})["features"]
        ]
        return shapely.union_all(shapes).intersection(square)

    both = either = 0.0
    with (rutland / "tiles" / "rutland-z0-14.pmtiles").open("rb") as stream:
        for place, data in all_tiles(MmapSource(stream)):
            if place[0] == 14 and place in made:
                theirs = ground(
                    mapbox_vector_tile.decode(
                        gzip.decompress(data), default_options={"y_coord_down": True}
                    )
                )
                ours = ground(made[place])
                both += ours.intersection(theirs).area
                either += ours.union(theirs).area
    assert both / either > alike


def test_nothing_reaches_far_over_the_edge(made: Tiles) -> None:
    for tile in made.values():
        for layer in tile.values():
            assert layer["extent"] == 4096
            for feature in layer["features"]:
                west, south, east, north = shapely.geometry.shape(feature["geometry"]).bounds
                assert min(west, south) >= -81
                assert max(east, north) <= 4096 + 81


def test_many_scattered_areas_and_shapes_that_geos_refuses(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "osm-samples" / "liechtenstein-2015-07.osm.pbf"
    layers = [
        osm_layers.read(file, "points", osm_layers.POINT_TAGS, tmp_path),
        osm_layers.read(file, "lines", osm_layers.LINE_TAGS, tmp_path),
        osm_layers.read(file, "multipolygons", osm_layers.AREA_TAGS, tmp_path),
    ]
    features = basemap_build.features_of(*layers)
    out = tmp_path / "basemap.pmtiles"
    box = Box(9.4, 47.0, 9.7, 47.3)
    assert basemap_build.write(features, out, box, "Liechtenstein", silent) > 100
    with out.open("rb") as stream:
        for _, data in all_tiles(MmapSource(stream)):
            assert mapbox_vector_tile.decode(gzip.decompress(data))


def test_cancel_leaves_no_file(rutland: Path, tmp_path: Path) -> None:
    def cancel(_done: int, _total: int | None, text: str) -> None:
        if text.startswith("Drawing"):
            raise CancelledError

    shapes = np.array([shapely.LineString([(0.5, 0.5), (0.5001, 0.5001)])], dtype=object)
    features = basemap_rules.Features(
        shapes, ["transportation"], [(("class", "minor"),)], np.array([8], dtype=np.int8)
    )
    with pytest.raises(CancelledError):
        basemap_build.write(features, tmp_path / "x.pmtiles", Box(0, 0, 1, 1), "x", cancel)
    assert list(tmp_path.iterdir()) == []


_NUMBER = st.integers(-80, 4_176)
_POINTS = st.lists(st.tuples(_NUMBER, _NUMBER), min_size=2, max_size=12)


@settings(max_examples=200)
@given(st.lists(_POINTS, min_size=1, max_size=6), st.text(max_size=8), st.integers(0, 2**40))
def test_any_lines_and_areas_come_back(
    paths: list[list[tuple[int, int]]], text: str, number: int
) -> None:
    shapes: list[Any] = []
    for path in paths:
        shapes.append(shapely.LineString(path))
        hull = shapely.MultiPoint(path).convex_hull
        if hull.geom_type == "Polygon" and hull.area > 100:
            inner = shapely.affinity.scale(hull, 0.5, 0.5)
            shapes.append(hull.difference(inner) if number % 2 else hull)
    facts = (("class", text), ("rank", number))
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapes
    data = basemap_encode.encode(column, ["layer"] * len(shapes), [facts] * len(shapes))
    if not data:
        assert all(len(set(path)) == 1 for path in paths)
        return
    layer = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})["layer"]
    found = [shapely.geometry.shape(feature["geometry"]) for feature in layer["features"]]
    wanted = [shape for shape in shapes if shape.length > 0]
    assert len(found) == len(wanted)
    for mine, back in zip(wanted, found, strict=True):
        assert back.area == pytest.approx(mine.area, rel=0.1, abs=3 * mine.length + 4)
        assert back.bounds == pytest.approx(mine.bounds, abs=1)
    assert all(f["properties"] == dict(facts) for f in layer["features"])


def test_points_with_several_parts_come_back() -> None:
    shapes = np.array([shapely.MultiPoint([(1, 2), (30, 4)]), shapely.Point(5, 6)], dtype=object)
    data = basemap_encode.encode(shapes, ["place"] * 2, [(), (("name", "Tŷ"),)])
    features = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})["place"][
        "features"
    ]
    assert [shapely.geometry.shape(f["geometry"]).bounds for f in features] == [
        (1, 2, 30, 4),
        (5, 6, 5, 6),
    ]
    assert features[1]["properties"] == {"name": "Tŷ"}
