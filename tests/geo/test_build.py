# SPDX-License-Identifier: AGPL-3.0-or-later
"""Building packs: from anything that is given, whole or not at all."""

import multiprocessing
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from lac_desktop.domain.geometry import Box, distance_m
from lac_desktop.errors import CancelledError, LacError, UnreadableFileError
from lac_desktop.geo import pack_info
from lac_desktop.geo.build import build, missing, widened
from lac_desktop.geo.pack import open_pack
from lac_desktop.geo.pack_info import PackInfo, Source


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A handful of postcodes in Code-Point Open's layout."""
    file = tmp_path / "input" / "le.csv"
    file.parent.mkdir()
    rest = '"E92000001","","","","E06000017","E05001815"\n'
    file.write_text(f'"LE156AA",10,485937,308870,{rest}"LE156AB",10,486000,308900,{rest}')
    return file


def test_rutland_whole(rutland_folder: Path) -> None:
    names = {file.name for file in rutland_folder.iterdir()}
    assert names == {"basemap.pmtiles", "places.gpkg", "walk.npz", "pack.toml"}
    info = open_pack(rutland_folder).info
    assert (info.name, info.version, info.has_basemap, info.has_walk) == ("Rutland", 1, True, True)
    assert info.counts["wards"] == 16
    assert info.counts["lsoas"] == 23
    assert info.counts["postcodes"] > 1_207
    assert info.missing == info.warnings == ()
    kinds = [source.kind for source in info.sources]
    assert kinds == ["osm", "boundaries", "boundaries", "code-point-open", "os-open-names"]
    assert info.sources[0].date == "2018-02-27"
    assert info.attribution.startswith("© OpenStreetMap contributors. ")
    assert info.attribution.count("Contains OS data © Crown copyright") == 1
    assert missing(info) == []
    assert info.bounds.holds(info.bounds.centre)
    assert info.bounds.west == pytest.approx(-0.83, abs=0.03)


def test_other_programs_open_the_places(rutland_folder: Path) -> None:
    import pyogrio

    file = rutland_folder / "places.gpkg"
    layers = dict(pyogrio.list_layers(file).tolist())
    assert layers["postcode"] == "Point"
    assert layers["boundary"] == "MultiPolygon"
    info = pyogrio.read_info(file, layer="boundary")
    assert (info["crs"], info["features"], info["driver"]) == ("EPSG:4326", 39, "GPKG")
    frame = pyogrio.read_dataframe(file, layer="postcode", where="code = 'LE15 6AA'")
    assert frame.geometry.iloc[0].x == pytest.approx(frame["lon"].iloc[0])
    with sqlite3.connect(file) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_postcodes_alone_make_a_pack(few: Path, tmp_path: Path) -> None:
    info = build(tmp_path / "pack", postcodes=[few])
    pack = open_pack(tmp_path / "pack")
    assert (info.counts["postcodes"], info.has_basemap, info.has_walk) == (2, False, False)
    assert len(info.missing) == 2
    found = pack.locate("le15 6aa")
    assert found is not None
    assert (found.ward_code, found.ward, found.lsoa) == ("E05001815", "", "")
    assert pack.walk() is None
    assert [need.kind for need in missing(info)] == ["osm", "boundaries", "names"]
    assert all(need.what and need.why and need.where for need in missing(()))


@pytest.mark.parametrize(
    "name",
    [
        "stamen-toner-raster-z0-3.pmtiles",
        "geography-class-png.mbtiles",
        "world_cities-vector.mbtiles",
    ],
)
def test_somebodys_own_basemap(shared_data: Path, tmp_path: Path, name: str) -> None:
    file = shared_data / "basemap" / name
    info = build(tmp_path / "pack", basemap=file)
    basemap = open_pack(tmp_path / "pack").basemap
    assert basemap is not None
    assert basemap.read_bytes() == file.read_bytes()
    assert basemap.suffix == file.suffix
    assert info.counts["map tiles"] > 0


def test_vector_basemap_brings_its_attribution(rutland: Path, tmp_path: Path) -> None:
    info = build(tmp_path / "pack", basemap=rutland / "tiles" / "rutland-z0-14.mbtiles")
    assert "OpenMapTiles" in info.attribution
    assert info.bounds.west == pytest.approx(-0.823, abs=0.01)


def test_two_extracts_that_overlap_are_one(shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / "osm-samples" / "bristol-whitelion-2019-10.osm.pbf"
    once = build(tmp_path / "once", osm=[file])
    twice = build(tmp_path / "twice", osm=[file, file])
    assert once.counts == twice.counts
    assert once.counts["street pieces"] > 20


def test_a_regions_boundaries_widen_the_area(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "greater-manchester"
    info = build(
        tmp_path / "pack",
        osm=[folder / "osm" / "levenshulme-2022-12.osm"],
        postcodes=[folder / "postcodes" / "trafford_postcodes.csv"],
        boundaries=[
            folder / "boundaries" / f"{name}_generalised.geojson"
            for name in ("ward_2023_gm_ward", "lsoa_2011_gm_lsoa", "lsoa_2021_gm_lsoa")
        ],
    )
    pack = open_pack(tmp_path / "pack")
    assert info.counts["postcodes"] == 11_264
    assert pack.vintages("lsoa") == [2021, 2011]
    assert len(pack.boundaries("lsoa")) == 1_702
    assert len(pack.boundaries("lsoa", 2011)) == 1_673
    found = pack.locate("M15 4AB")
    assert found is not None
    assert (found.ward, found.lsoa) == ("Gorse Hill & Cornbrook", "E01034001")


def test_terminated_postcodes_are_kept_and_marked(shared_data: Path, tmp_path: Path) -> None:
    info = build(
        tmp_path / "pack", postcodes=[shared_data / "onspd-sample" / "onspd-2024-format.csv"]
    )
    assert info.counts["postcodes"] == 8_045
    assert info.counts["terminated postcodes"] == 3_810
    assert any("2 postcodes" in text for text in info.warnings)
    found = open_pack(tmp_path / "pack").locate("AB1 0AA")
    assert found is not None
    assert (found.terminated, found.detail) == ("1996-06", "Postcode out of use since 1996-06")
    assert found.lsoa == "S01006514"


def test_of_two_sources_the_directory_wins(few: Path, tmp_path: Path) -> None:
    onspd = tmp_path / "onspd.csv"
    onspd.write_text("pcds,doterm,lat,long\nLE15 6AA,202001,52.6,-0.7\n", encoding="utf-8")
    for number, files in enumerate(([few, onspd], [onspd, few])):
        build(tmp_path / f"pack{number}", postcodes=files)
        found = open_pack(tmp_path / f"pack{number}").locate("LE15 6AA")
        assert found is not None
        assert (found.terminated, found.point.lat) == ("2020-01", 52.6)


def test_cancelling_at_any_moment_leaves_the_old_pack(
    rutland: Path, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "packs" / "mine"
    build(out, postcodes=[few], name="Old")
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    moments: list[str] = []

    def note(_done: int, _total: int | None, text: str) -> None:
        moments.append(text)

    inputs: dict[str, Any] = {
        "osm": [rutland.parent / "osm-samples" / "bristol_sausage_links.osm"],
        "postcodes": [few],
        "boundaries": [rutland / "boundaries" / "wards_by_lad_topo_E06000017.json"],
        "names": [rutland / "names" / "TF02.csv"],
    }
    build(tmp_path / "packs" / "whole", **inputs, progress=note)
    shutil.rmtree(tmp_path / "packs" / "whole")
    assert len(set(moments)) >= 7
    for stop in {moments.index(text) for text in set(moments)}:
        calls = iter(range(len(moments)))

        def cancel(
            _done: int, _total: int | None, _text: str, calls: object = calls, stop: int = stop
        ) -> None:
            if next(calls) == stop:  # type: ignore[call-overload]
                raise CancelledError

        with pytest.raises(CancelledError):
            build(out, **inputs, progress=cancel)
        assert {file.name: file.read_bytes() for file in out.iterdir()} == before
        assert [file.name for file in out.parent.iterdir()] == ["mine"]


def test_a_new_pack_replaces_the_old_one(few: Path, tmp_path: Path) -> None:
    out = tmp_path / "packs" / "mine"
    build(out, postcodes=[few], name="Old")
    assert build(out, postcodes=[few], name="New").name == "New"
    assert [file.name for file in out.parent.iterdir()] == ["mine"]


def test_a_killed_build_is_cleared_up_and_the_old_pack_comes_back(
    few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "packs" / "mine"
    build(out, postcodes=[few], name="Old")
    left = out.parent / ".mine-building-abc"
    left.mkdir()
    out.rename(left / "old")  # killed between stepping aside and taking the place
    os.utime(left, (0, 0))
    with pytest.raises(UnreadableFileError):
        build(out, basemap=few)
    assert open_pack(out).info.name == "Old"
    assert [file.name for file in out.parent.iterdir()] == ["mine"]


def test_a_folder_of_other_things_is_left_alone(few: Path, tmp_path: Path) -> None:
    with pytest.raises(LacError, match="other things"):
        build(few.parent, postcodes=[few])
    assert few.exists()


def test_nothing_given(tmp_path: Path) -> None:
    with pytest.raises(LacError, match="nothing to build"):
        build(tmp_path / "pack")


@pytest.mark.parametrize("option", ["osm", "postcodes", "boundaries", "names", "basemap"])
@pytest.mark.parametrize("content", [b"", b"garbage \0\1\2" * 9_000, b"{}", b"<kml/>", b"a,b\n1,2"])
def test_what_cannot_be_read_leaves_nothing(tmp_path: Path, option: str, content: bytes) -> None:
    file = tmp_path / "input.dat"
    file.write_bytes(content)
    inputs: dict[str, Any] = {option: file if option == "basemap" else [file]}
    with pytest.raises(UnreadableFileError, match=r"input\.dat"):
        build(tmp_path / "pack", **inputs)
    assert [left.name for left in tmp_path.iterdir()] == ["input.dat"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        build(tmp_path / "pack", osm=[tmp_path / "gone.osm.pbf"])


@pytest.mark.parametrize("part", [0.001, 0.5, 0.99])
@pytest.mark.parametrize("name", ["rutland-z0-14.mbtiles", "rutland-z0-14.pmtiles"])
def test_cut_off_basemaps(rutland: Path, tmp_path: Path, name: str, part: float) -> None:
    whole = (rutland / "tiles" / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError):
        build(tmp_path / "pack", basemap=tmp_path / name)
    assert not (tmp_path / "pack").exists()


def test_in_a_child_process(few: Path, tmp_path: Path) -> None:
    """The arguments can be pickled, so that memory can be given back."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        info = pool.apply(build, (tmp_path / "pack",), {"postcodes": [few], "name": "Child"})
    assert info.name == "Child"


def test_margins_are_metres() -> None:
    wide = widened(Box(-0.8, 52.5, -0.5, 52.7), 5_000)
    corner = Box(wide.west, 52.7, -0.8, wide.north)
    height = distance_m(corner.centre, corner.centre.__class__(corner.north, corner.centre.lon))
    assert height == pytest.approx(2_500, rel=0.01)


def test_about_survives_odd_texts(tmp_path: Path) -> None:
    name = 'Ynys "Môn"\n\\ \x7f end'
    info = PackInfo(
        name, tmp_path, Box(-5, 53, -4, 54), "2026-01-01", 1, (Source("osm", name),), {"a b": 1}
    )
    (tmp_path / "pack.toml").write_text(pack_info.to_toml(info), encoding="utf-8")
    again = pack_info.read_info(tmp_path)
    assert (again.name, again.sources[0].file, dict(again.counts)) == (name, name, {"a b": 1})
