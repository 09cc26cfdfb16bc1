# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boundaries in every format that councils meet, good and bad."""

import json
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyogrio import raw

from lac_desktop.domain.geometry import Box
from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo import boundaries, grid
from lac_desktop.geo.boundaries import Area, Tally

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Ward One</name>
<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="WD24CD">W05000001</SimpleData>
<SimpleData name="WD24NM">Ward One</SimpleData><SimpleData name="WD24NMW">Ward Un</SimpleData>
</SchemaData></ExtendedData><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
-3.2,51.5,0 -3.1,51.5,0 -3.1,51.6,0 -3.2,51.6,0 -3.2,51.5,0</coordinates></LinearRing>
</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>-3.16,51.54 -3.14,51.54 -3.14,51.56
-3.16,51.54</coordinates></LinearRing></innerBoundaryIs></Polygon></MultiGeometry></Placemark>
</Document></kml>"""


def _read(path: Path, folder: Path, within: Box | None = None) -> tuple[list[Area], Tally]:
    tally = Tally()
    scratch = folder / f"scratch-{len(list(folder.iterdir()))}"
    scratch.mkdir()
    return boundaries.read(path, tally, scratch, within=within), tally


@pytest.fixture
def wards(rutland: Path, tmp_path: Path) -> list[Area]:
    return _read(rutland / "boundaries" / "wards_by_lad_E06000017.json", tmp_path)[0]


def _to_grid(shape: Any) -> Any:
    return shapely.transform(shape, lambda xy: np.column_stack(grid.from_wgs84(xy[:, 1], xy[:, 0])))


def _write(
    file: Path, areas: list[Area], crs: str, names: tuple[str, str, str], **more: Any
) -> None:
    """Write areas as ONS does, with code, name and Welsh name columns."""
    shapes = np.array([area.shape for area in areas], dtype=object)
    if crs == "EPSG:27700":
        shapes = np.array([_to_grid(shape) for shape in shapes], dtype=object)
    columns = [[area.code for area in areas], [area.name for area in areas], ["" for _ in areas]]
    raw.write(
        file,
        shapely.to_wkb(shapes),
        [np.array(column, dtype=object) for column in columns],
        np.array(names),
        crs=crs,
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        **more,
    )


def _geojson(areas: list[Area], turn: Callable[[Any], Any], **properties: str) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": area.code, "name": area.name, **properties},
            "geometry": json.loads(shapely.to_geojson(turn(area.shape))),
        }
        for area in areas
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _same(found: list[Area], areas: list[Area]) -> None:
    by_code = {area.code: area for area in found}
    assert by_code.keys() == {area.code for area in areas}
    for area in areas:
        other = by_code[area.code]
        overlap = area.shape.intersection(other.shape).area / area.shape.area
        assert (other.kind, other.name) == ("ward", area.name)
        assert overlap > 0.999


@pytest.mark.parametrize(
    ("file", "kind", "number", "vintage"),
    [
        ("rutland/boundaries/wards_by_lad_E06000017.json", "ward", 16, 2013),
        ("rutland/boundaries/wards_by_lad_topo_E06000017.json", "ward", 16, 2013),
        ("rutland/boundaries/lsoa_by_lad_E06000017.json", "lsoa", 23, 2011),
        ("rutland/boundaries/lsoa_by_lad_topo_E06000017.json", "lsoa", 23, 2011),
        ("rutland/boundaries/msoa_by_lad_E06000017.json", "msoa", 5, 2011),
        ("greater-manchester/boundaries/ward_2023_gm_ward_generalised.geojson", "ward", 215, 2023),
        ("greater-manchester/boundaries/lsoa_2011_gm_lsoa_generalised.geojson", "lsoa", 1673, 2011),
        ("greater-manchester/boundaries/lsoa_2021_gm_lsoa_generalised.geojson", "lsoa", 1702, 2021),
        (
            "greater-manchester/boundaries/local_authority_2023_gm_local_authority_generalised.geojson",
            *("lad", 10, 2023),
        ),
    ],
)
def test_real_files(
    shared_data: Path, tmp_path: Path, file: str, kind: str, number: int, vintage: int
) -> None:
    areas, tally = _read(shared_data / file, tmp_path)
    assert len(areas) == number == tally.kept
    assert {(area.kind, area.vintage) for area in areas} == {(kind, vintage)}
    assert all(re.fullmatch(r"E\d{8}", area.code) and area.name for area in areas)
    assert tally.notes == []


@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326", "EPSG:3857"])
@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson"])
def test_written_as_others_do(tmp_path: Path, wards: list[Area], crs: str, suffix: str) -> None:
    if (suffix, crs) == ("geojson", "EPSG:3857") or crs == "EPSG:3857":
        import pyproj

        to = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
        moved = [
            area._replace(
                shape=shapely.transform(
                    area.shape, lambda xy: np.column_stack(to.transform(xy[:, 0], xy[:, 1]))
                )
            )
            for area in wards
        ]
    else:
        moved = wards
    file = tmp_path / f"WD_DEC_2025.{suffix}"
    _write(file, moved, crs, ("WD25CD", "WD25NM", "WD25NMW"))
    found, tally = _read(file, tmp_path)
    _same(found, wards)
    assert {area.vintage for area in found} == {2025}
    assert tally.notes == []


def test_a_zipped_shapefile(tmp_path: Path, wards: list[Area]) -> None:
    _write(tmp_path / "w.shp", wards, "EPSG:27700", ("wd23cd", "wd23nm", "wd23nmw"))
    with zipfile.ZipFile(tmp_path / "Wards.zip", "w") as archive:
        for file in tmp_path.glob("w.*"):
            archive.write(file, f"Wards/{file.name}")
    _same(_read(tmp_path / "Wards.zip", tmp_path)[0], wards)


def test_kml_with_codes_welsh_names_and_a_hole(tmp_path: Path) -> None:
    (tmp_path / "w.kml").write_text(KML, encoding="utf-8")
    (area,), _ = _read(tmp_path / "w.kml", tmp_path)
    assert area[:5] == ("ward", "W05000001", "Ward One", "Ward Un", 2024)
    assert area.shape.area == pytest.approx(0.01 - 0.0002)


def test_grid_metres_that_do_not_say_so(tmp_path: Path, wards: list[Area]) -> None:
    file = tmp_path / "wards_2022.geojson"
    file.write_text(_geojson(wards, _to_grid), encoding="utf-8")
    found, tally = _read(file, tmp_path, Box(-0.8, 52.5, -0.5, 52.8))
    _same(found, wards)
    assert "National Grid" in tally.notes[0]
    assert found[0].vintage == 2022


def test_swapped_latitude_and_longitude(tmp_path: Path, wards: list[Area]) -> None:
    file = tmp_path / "wards.geojson"
    file.write_text(
        _geojson(wards, lambda shape: shapely.transform(shape, lambda xy: xy[:, ::-1])),
        encoding="utf-8",
    )
    found, tally = _read(file, tmp_path)
    _same(found, wards)
    assert "swapped" in tally.notes[0]


def test_one_area_in_several_features_is_one(tmp_path: Path, wards: list[Area]) -> None:
    west = wards[0]._replace(shape=shapely.box(-0.8, 52.5, -0.7, 52.6))
    east = wards[0]._replace(shape=shapely.box(-0.6, 52.5, -0.5, 52.6))
    file = tmp_path / "wards.geojson"
    file.write_text(_geojson([west, east], lambda shape: shape), encoding="utf-8")
    (area,), _ = _read(file, tmp_path)
    assert len(area.shape.geoms) == 2


def test_of_a_country_only_what_touches_the_map_is_kept(tmp_path: Path, wards: list[Area]) -> None:
    far = wards[0]._replace(code="S13000001", shape=shapely.box(-4.3, 55.8, -4.2, 55.9))
    file = tmp_path / "wards.gpkg"
    _write(file, [*wards, far], "EPSG:27700", ("WD25CD", "WD25NM", "WD25NMW"))
    found, _ = _read(file, tmp_path, Box(-0.8, 52.5, -0.5, 52.8))
    _same(found, wards)


@pytest.mark.parametrize("nowhere", [float("nan"), float("inf")])
def test_a_corner_that_is_nowhere_costs_only_its_area(
    tmp_path: Path, wards: list[Area], nowhere: float
) -> None:
    mark = 52.612345678
    odd = shapely.Polygon([(-0.7, 52.6), (-0.6, 52.6), (-0.6, mark), (-0.7, 52.7)])
    file = tmp_path / "wards.shp"
    broken = wards[0]._replace(shape=odd)
    _write(file, [broken, *wards[1:]], "EPSG:4326", ("WD25CD", "WD25NM", "WD25NMW"))
    marked = file.read_bytes()
    assert struct.pack("<d", mark) in marked
    file.write_bytes(marked.replace(struct.pack("<d", mark), struct.pack("<d", nowhere)))
    found, tally = _read(file, tmp_path)
    assert (len(found), tally.no_shape) == (15, 1)


def test_output_areas_are_refused_by_name(rutland: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="output areas"):
        _read(rutland / "boundaries" / "oa_by_lad_E06000017.json", tmp_path)


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson", "kml", "zip"])
@pytest.mark.parametrize("part", [0.0, 0.05, 0.5, 0.95])
def test_cut_off_files_get_a_sentence(
    tmp_path: Path, wards: list[Area], suffix: str, part: float
) -> None:
    file = tmp_path / f"wards.{suffix}"
    if suffix == "kml":
        file.write_text(KML, encoding="utf-8")
    elif suffix == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("wards.geojson", _geojson(wards, lambda shape: shape))
    else:
        _write(file, wards, "EPSG:4326", ("WD25CD", "WD25NM", "WD25NMW"))
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError, match=rf"wards\.{suffix}") as error:
        _read(file, tmp_path)
    assert error.value.hint


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/evil.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kml_with_outside_entities_is_refused(tmp_path: Path, head: str, encoding: str) -> None:
    text = KML.replace("<kml", f"{head}\n<kml", 1).replace("UTF-8", encoding)
    (tmp_path / "evil.kml").write_text(text, encoding=encoding)
    with pytest.raises(UnreadableFileError):
        _read(tmp_path / "evil.kml", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"FeatureCollection","crs":{"type":"link","properties":{"href":"http://127.0.0.1:9"}}}',
        '{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline read /vsicurl/x"}',
    ],
)
def test_json_that_leads_elsewhere_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "wards.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="refers to other files"):
        _read(tmp_path / "wards.geojson", tmp_path)


def test_awkward_files_of_other_projects(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "messy-files"
    files = [*folder.glob("geojson/*/*.geojson"), *folder.glob("kml-gpx/*.kml")]
    assert len(files) > 30
    for file in files:
        with pytest.raises(UnreadableFileError, match=re.escape(file.name)):
            _read(file, tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    junk=st.binary(max_size=60),
    at=st.integers(0, len(KML)),
    size=st.integers(0, 40),
    suffix=st.sampled_from(["kml", "geojson", "gpkg", "shp", "zip"]),
)
def test_any_damage_gives_areas_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, size: int, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    whole = KML.encode()
    (folder / f"w.{suffix}").write_bytes(whole[:at] + junk + whole[at + size :])
    try:
        areas, _ = _read(folder / f"w.{suffix}", folder)
    except UnreadableFileError:
        return
    assert all(area.kind in ("ward", "lsoa", "msoa", "lad") for area in areas)
