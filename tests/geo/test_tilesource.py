# SPDX-License-Identifier: AGPL-3.0-or-later
"""Map files: MBTiles and PMTiles hold the same tiles, raster ones too, and nonsense is refused."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo.tilesource import WORLD, TileSource, open_tiles


@pytest.fixture
def both(rutland: Path) -> Iterator[tuple[TileSource, TileSource]]:
    sources = tuple(
        open_tiles(rutland / "tiles" / f"rutland-z0-14.{kind}") for kind in ("mbtiles", "pmtiles")
    )
    yield sources[0], sources[1]
    for source in sources:
        source.close()


def test_both_formats_hold_the_same_390_tiles(
    both: tuple[TileSource, TileSource], rutland: Path
) -> None:
    db = sqlite3.connect(rutland / "tiles" / "rutland-z0-14.mbtiles")
    rows = db.execute("SELECT zoom_level, tile_column, tile_row FROM tiles").fetchall()
    db.close()
    assert len(rows) == 390
    for z, x, row in rows:
        y = (1 << z) - 1 - row
        assert both[0].get(z, x, y) == both[1].get(z, x, y) is not None


def test_what_the_files_say_about_themselves(both: tuple[TileSource, TileSource]) -> None:
    for source in both:
        info = source.info
        assert (info.format, info.min_zoom, info.max_zoom) == ("pbf", 0, 14)
        assert info.bounds.west == pytest.approx(-0.8229, abs=1e-3)
        assert info.attribution == "© OpenMapTiles © OpenStreetMap contributors"
        assert info.schema == "openmaptiles"
        assert not info.raster


def test_a_tile_that_is_not_there(both: tuple[TileSource, TileSource]) -> None:
    for source in both:
        assert source.get(14, 0, 0) is None
        assert source.get(3, 9, 9) is None
        assert source.get(25, 0, 0) is None


@pytest.mark.parametrize(
    ("name", "kind", "zooms"),
    [
        ("stamen-toner-raster-z0-3.pmtiles", "png", (0, 3)),
        ("geography-class-png.mbtiles", "png", (0, 1)),
        ("world_cities-vector.mbtiles", "pbf", (0, 6)),
    ],
)
def test_other_makers_files(
    shared_data: Path, name: str, kind: str, zooms: tuple[int, int]
) -> None:
    source = open_tiles(shared_data / "basemap" / name)
    assert source.info.format == kind
    assert (source.info.min_zoom, source.info.max_zoom) == zooms
    assert source.get(0, 0, 0)
    source.close()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PMTiles",
        b"PMTiles\x03" + bytes(200),
        b"PMTiles\x02" + bytes(500),
        b"SQLite format 3\x00",
        b"SQLite format 3\x00" + bytes(4096),
        b"\x1f\x8b rubbish",
        "Postcode,Name".encode("utf-16"),
    ],
)
def test_nonsense_gets_a_sentence_with_a_way_out(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "map.pmtiles"
    file.write_bytes(data)
    with pytest.raises(UnreadableFileError) as caught:
        open_tiles(file)
    assert caught.value.hint


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        open_tiles(tmp_path / "gone.mbtiles")
    with pytest.raises(UnreadableFileError):
        open_tiles(tmp_path)


def test_files_cut_off_anywhere_get_a_sentence_or_fewer_tiles(
    rutland: Path, tmp_path: Path
) -> None:
    for kind in ("mbtiles", "pmtiles"):
        whole = (rutland / "tiles" / f"rutland-z0-14.{kind}").read_bytes()
        for share in (0.001, 0.1, 0.5, 0.9):
            file = tmp_path / f"cut.{kind}"
            file.write_bytes(whole[: int(len(whole) * share)])
            with contextlib.suppress(UnreadableFileError):  # anything else fails the test
                source = open_tiles(file)
                for z in range(15):
                    source.get(z, (1 << z) // 2, (1 << z) // 3)
                source.close()


def test_the_name_does_not_matter(rutland: Path, tmp_path: Path) -> None:
    file = tmp_path / "streets.dat"
    file.write_bytes((rutland / "tiles" / "rutland-z0-14.pmtiles").read_bytes())
    source = open_tiles(file)
    assert source.get(0, 0, 0)
    source.close()


def test_an_mbtiles_file_without_metadata(tmp_path: Path) -> None:
    file = tmp_path / "bare.mbtiles"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
    db.execute("INSERT INTO tiles VALUES (2, 1, 2, x'89504E470D0A1A0A00')")
    db.commit()
    db.close()
    source = open_tiles(file)
    assert source.info.bounds == WORLD
    assert source.info.raster
    assert source.get(2, 1, 1)
    source.close()


def test_an_mbtiles_file_without_tiles_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.mbtiles"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
    db.commit()
    db.close()
    with pytest.raises(UnreadableFileError):
        open_tiles(file)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.integers(7, 2000), st.integers(0, 255)), min_size=1))
def test_a_pmtiles_file_with_wrong_bytes(
    changes: list[tuple[int, int]], rutland: Path, tmp_path: Path
) -> None:
    whole = bytearray((rutland / "tiles" / "rutland-z0-14.pmtiles").read_bytes()[:6000])
    for at, byte in changes:
        whole[at] = byte
    file = tmp_path / "wrong.pmtiles"
    file.write_bytes(whole)
    with contextlib.suppress(UnreadableFileError):  # anything else fails the test
        source = open_tiles(file)
        source.get(0, 0, 0)
        source.get(14, 8158, 5337)
        source.close()
