# SPDX-License-Identifier: AGPL-3.0-or-later
"""GeoJSON, KML and GeoPackage: right by their standards, open elsewhere, hold nothing twice."""

import json
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import defusedxml.ElementTree as Xml
import pytest

from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange.shapes import polygons_of
from lac_desktop.exchange.write_gpkg import LAYER
from lac_desktop.exchange.writing import write
from tests.exchange import published

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def table() -> KindTable:
    return published.kinds()


def test_geojson_is_as_rfc_7946_asks(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    count = write("geojson", published.public(table), file, published.context(table))
    raw = file.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    made = json.loads(raw)
    assert made["type"] == "FeatureCollection"
    assert "crs" not in made
    assert len(made["features"]) == count == 18
    by_name = {one["properties"]["name"]: one for one in made["features"]}
    library = by_name["Brackenfold Library"]
    assert library["geometry"] == {"type": "Point", "coordinates": [-0.73, 52.67]}
    assert "could_give" not in library["properties"]
    assert by_name["A safe house"]["geometry"] is None
    assert by_name["Mo mends bikes"]["geometry"] is None
    assert by_name["Mo mends bikes"]["properties"]["neighbourhood"] == "Mill End"
    park = by_name["Mill Park"]["geometry"]
    assert park["type"] == "Polygon"
    assert park["coordinates"][0] == [
        [-0.73, 52.67],
        [-0.72, 52.67],
        [-0.72, 52.675],
        [-0.73, 52.67],
    ]
    for name in published.NASTY:
        assert name.encode("utf-8", "replace").decode() in by_name
    assert any("OpenStreetMap" in line and "ODbL" in line for line in made["about"])
    assert any("Crown copyright" in line and "2026-02" in line for line in made["about"])


def test_geojson_is_always_the_same(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    write("geojson", published.public(table)[:6], file, published.context(table))
    published.check_golden(file.read_bytes().decode(), "map.geojson")


@pytest.mark.parametrize(
    "area",
    [
        "",
        "no JSON",
        "[]",
        "{}",
        '{"type":"Point","coordinates":[1,2]}',
        '{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}',
        '{"type":"Polygon","coordinates":7}',
    ],
)
def test_what_is_no_area_is_none(area: str) -> None:
    assert polygons_of(area) == []


def test_kml_has_folders_and_plain_data(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.kml"
    write("kml", published.public(table), file, published.context(table))
    text = file.read_text(encoding="utf-8")
    root = Xml.fromstring(text)
    assert root.tag == f"{KML}kml"
    folders = {one.findtext(f"{KML}name"): one for one in root.iter(f"{KML}Folder")}
    assert set(folders) == {
        "Individuals’ gifts", "Associations and groups", "Institutions", "Physical places",
        "Economy and exchange", "Services",
    }  # fmt: skip
    marks = {one.findtext(f"{KML}name"): one for one in root.iter(f"{KML}Placemark")}
    data = {
        one.get("name"): one.findtext(f"{KML}value")
        for one in marks["Brackenfold Library"].iter(f"{KML}Data")
    }
    assert data["description"] == "Books & <quiet>\nand a garden."
    described = marks["</script><script>alert(1)</script>"].findtext(f"{KML}description") or ""
    assert "<script" not in described
    assert marks["Brackenfold Library"].find(f"{KML}Point") is not None
    both = marks["Mill Park"].find(f"{KML}MultiGeometry")
    assert both is not None
    assert {one.tag.removeprefix(KML) for one in both} == {"Point", "Polygon"}
    assert marks["A safe house"].find(f"{KML}Point") is None
    assert "http://" not in text.replace("http://www.opengis.net/kml/2.2", "")


def test_kml_is_always_the_same(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.kml"
    write("kml", published.public(table)[:6], file, published.context(table))
    published.check_golden(file.read_bytes().decode(), "map.kml")


def test_geopackage_opens_elsewhere(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    write("gpkg", published.public(table), file, published.context(table))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        import pyogrio
        import pyogrio.raw

        assert pyogrio.list_layers(file).tolist() == [[LAYER, "Unknown"]]
        meta, _, shapes, columns = pyogrio.raw.read(file, layer=LAYER)
    assert meta["crs"] == "EPSG:4326"
    values = dict(zip(meta["fields"].tolist(), columns, strict=True))
    assert values["name"][0] == "Brackenfold Library"
    assert values["phone"][0] == "+44 1632 960001"
    assert shapes is not None
    assert sum(one is None for one in shapes) == 3
    info = pyogrio.read_info(file, layer=LAYER)
    assert info["features"] == 18
    assert info["total_bounds"][0] == pytest.approx(-0.74)


def test_geopackage_tells_its_sources(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.gpkg"
    write("gpkg", published.public(table), file, published.context(table))
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        (text,) = db.execute("SELECT metadata FROM gpkg_metadata").fetchone()
        dates = db.execute("SELECT last_change FROM gpkg_contents").fetchone()
    assert "OpenStreetMap" in text
    Xml.fromstring(text)
    assert dates == ("2026-03-09T10:30:00.000Z",)
    again = tmp_path / "again.gpkg"
    write("gpkg", published.public(table), again, published.context(table))
    assert again.read_bytes() == file.read_bytes()
