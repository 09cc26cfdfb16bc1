# SPDX-License-Identifier: AGPL-3.0-or-later
"""GeoJSON, KML, KMZ, GPX, GeoPackage and Shapefile: features become candidates."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyogrio.raw import write as write_raw

from lac_desktop import paths
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange import readers

KINDS = KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))
OAKHAM = Point(52.67, -0.73)
SQUARE = [[-0.731, 52.669], [-0.729, 52.669], [-0.729, 52.671], [-0.731, 52.671], [-0.731, 52.669]]


def read(path: Path) -> Reading:
    return readers.read(path, kinds=KINDS)


def first(reading: Reading) -> Asset:
    asset = reading.candidates[0].asset
    assert asset is not None
    return asset


def geojson(tmp_path: Path, *features: Any) -> Path:
    file = tmp_path / "places.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def test_an_area_has_a_point_inside_and_is_kept(tmp_path: Path) -> None:
    area = {"type": "Polygon", "coordinates": [SQUARE]}
    asset = first(read(geojson(tmp_path, feature(area, name="Cutts Close", type="Park"))))
    assert asset.kind == "park"
    assert asset.point is not None
    assert distance_m(asset.point, OAKHAM) < 60
    assert json.loads(asset.area) == area


def test_grid_metres_and_swapped_degrees_in_geojson(tmp_path: Path) -> None:
    metres = {"type": "Point", "coordinates": [486000, 309000]}
    swapped = {"type": "Point", "coordinates": [52.67, -0.73]}
    reading = read(geojson(tmp_path, feature(metres, name="A"), feature(swapped, name="B")))
    grid = first(reading)
    assert grid.point is not None
    assert distance_m(grid.point, OAKHAM) < 250
    problem = reading.candidates[1].problems[0]
    assert problem.suggestion == "52.670000, -0.730000"


def test_each_broken_feature_is_a_problem_of_its_own(tmp_path: Path) -> None:
    good = feature({"type": "Point", "coordinates": [-0.73, 52.67]}, name="Good")
    bad = [
        feature({"type": "Point", "coordinates": ["-0.73", "52.67"]}, name="Texts"),
        feature({"type": "Point", "coordinates": [-0.73]}, name="One number"),
        feature({"type": "Circle", "coordinates": [-0.73, 52.67]}, name="Circle"),
        feature({"type": "Polygon", "coordinates": [[[0, 1]]]}, name="Dot"),
        "nothing",
    ]
    reading = read(geojson(tmp_path, good, *bad))
    assert len(reading.candidates) == 6
    assert first(reading).point == OAKHAM
    assert all(candidate.problems for candidate in reading.candidates[1:])


def test_real_directories_read_whole(shared_data: Path) -> None:
    folder = shared_data / "greater-manchester/directory"
    expected = {
        "gm_libraries.geojson": (141, "library"),
        "gm_pharmacies.geojson": (631, "pharmacy"),
        "gm_hospitals.geojson": (449, "hospital"),
        "gm_jobcentreplus.geojson": (26, "jobcentre"),
        "trafford_allotments.geojson": (35, "allotment"),
        "trafford_general_practices.geojson": (26, "gp-surgery"),
    }
    for name, (count, kind) in expected.items():
        reading = read(folder / name)
        assets = [c.asset for c in reading.candidates if c.asset]
        assert len(assets) == count, name
        assert {asset.kind for asset in assets} == {kind}, name
        assert all(asset.point for asset in assets), name


def test_nameless_spots_are_held_back(shared_data: Path) -> None:
    reading = read(shared_data / "greater-manchester/directory/gm_post_offices.geojson")
    nameless = [candidate for candidate in reading.candidates if candidate.asset is None]
    assert len(nameless) > 200
    assert {candidate.held_back for candidate in nameless} == {"no name"}
    assert all(not candidate.problems for candidate in nameless)


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><name>Cafes</name><Placemark><name>Oak</name>
<description><![CDATA[<p>Warm &amp; cheap.<br/>Cakes</p><script>bad()</script>]]></description>
<phoneNumber>01572 756991</phoneNumber><address>Mill Street, Oakham LE15 6EA</address>
<ExtendedData><Data name="website"><value>https://oak.example.org</value></Data></ExtendedData>
<Point><coordinates> -0.73, 52.67, 0 </coordinates></Point></Placemark></Folder>
<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink>
</Document></kml>"""


@pytest.mark.parametrize("packed", [False, True])
def test_kml_and_kmz(packed: bool, tmp_path: Path) -> None:
    file = tmp_path / ("places.kmz" if packed else "places.kml")
    if packed:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("doc.kml", KML)
            archive.writestr("files/icon.png", b"png")
    else:
        file.write_text(KML, encoding="utf-8")
    reading = read(file)
    asset = first(reading)
    assert (asset.name, asset.kind, asset.point) == ("Oak", "cafe", OAKHAM)
    assert asset.description == "Warm & cheap.\nCakes"
    assert (asset.postcode, asset.address) == ("LE15 6EA", "Mill Street, Oakham")
    assert (asset.phone, asset.website) == ("01572 756991", "https://oak.example.org")
    assert "not fetched" in reading.problems[0].message


def test_gpx_waypoints_come_in_and_tracks_are_held_back(tmp_path: Path) -> None:
    file = tmp_path / "walk.gpx"
    file.write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="52.67" lon="-0.73"><name>Oak '
        "Cafe</name><desc>Cakes</desc></wpt><trk><name>Round</name><trkseg>"
        '<trkpt lat="52.67" lon="-0.73"/></trkseg></trk></gpx>',
        encoding="utf-8",
    )
    reading = read(file)
    assert first(reading).point == OAKHAM
    assert first(reading).kind == "cafe"
    assert reading.candidates[1].held_back == "a route, not a place"


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:27700"])
@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_geopackage_and_shapefile_in_any_coordinates(crs: str, suffix: str, tmp_path: Path) -> None:
    at = (-0.73, 52.67) if crs == "EPSG:4326" else (485974.4, 308788.2)
    file = tmp_path / f"places{suffix}"
    write_raw(
        file,
        geometry=np.array([shapely.to_wkb(shapely.Point(*at))], dtype=object),
        field_data=[np.array(["Oak Café"], dtype=object), np.array(["LE15 6HW"], dtype=object)],
        fields=np.array(["name", "postcode"]),
        geometry_type="Point",
        crs=crs,
        encoding="utf-8",
    )
    asset = first(read(file))
    assert (asset.name, asset.postcode) == ("Oak Café", "LE15 6HW")
    assert asset.point is not None
    assert distance_m(asset.point, OAKHAM) < 10


def test_a_zipped_shapefile(tmp_path: Path) -> None:
    test_geopackage_and_shapefile_in_any_coordinates("EPSG:27700", ".shp", tmp_path)
    packed = tmp_path / "places.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in tmp_path.glob("places.*"):
            if part != packed:
                archive.write(part, f"data/{part.name}")
    assert first(read(packed)).name == "Oak Café"
