# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking things up in Rutland's pack, and packs that are damaged, cut off or too new."""

import csv
import errno
import shutil
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.errors import LacError, NewerVersionError, UnreadableFileError
from lac_desktop.geo import places_shapes
from lac_desktop.geo.pack import Located, Pack, open_pack

OAKHAM = Point(52.6698, -0.7301)


def _locate(pack: Pack, text: str) -> Located:
    found = pack.locate(text)
    assert found is not None, text
    return found


def test_every_postcode_of_rutland_has_its_ward_and_lsoa(rutland: Path, rutland_pack: Pack) -> None:
    mine: list[tuple[str, str]] = []
    for file in sorted((rutland / "postcodes").glob("codepoint-open-*.csv")):
        with file.open(encoding="utf-8") as stream:
            mine += [(row[0], row[9]) for row in csv.reader(stream) if row[8] == "E06000017"]
    assert len(mine) == 1_207
    found = [_locate(rutland_pack, code) for code, _ in mine]
    assert {place.kind for place in found} == {"postcode"}
    assert len({place.ward_code for place in found}) == 16
    assert len({place.lsoa for place in found}) == 23
    assert all(place.ward and place.lsoa_name for place in found)
    same = [place.ward_code == ward for place, (_, ward) in zip(found, mine, strict=True)]
    assert sum(same) == 1_206, "one lies on the other side of a generalised boundary"


@pytest.mark.parametrize("text", ["LE15 6AA", "le156aa", " Le15  6aA ", "LE 15 6 AA"])
def test_spellings_of_a_postcode(rutland_pack: Pack, text: str) -> None:
    found = _locate(rutland_pack, text)
    assert (found.name, found.ward, found.ward_code, found.lsoa) == (
        *("LE15 6AA", "Oakham North East", "E05001815", "E01013799"),
    )
    assert distance_m(found.point, OAKHAM) < 500


def test_parts_of_postcodes(rutland_pack: Pack) -> None:
    district, sector = _locate(rutland_pack, "le15"), _locate(rutland_pack, "LE15 6")
    assert (district.kind, district.name, sector.name) == ("postcode", "LE15", "LE15 6")
    assert distance_m(district.point, OAKHAM) < 5_000
    assert "Middle of the postcode district" in district.detail


def test_a_postcode_that_is_not_there_is_not_guessed(rutland_pack: Pack) -> None:
    assert rutland_pack.locate("LE15 9ZZ") is None
    assert rutland_pack.locate("ZZ99") is None


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ("Oakham", "Oakham", "Town"),
        ("OAKHAM", "Oakham", "Town"),
        ("Okaham", "Oakham", "Town"),
        ("Uppinghm", "Uppingham", "Town"),
        ("Kett", "Ketton", "Village"),
        ("north lufenham", "North Luffenham", "Village"),
        ("Rutland Water", "Rutland Water", "Inland water"),
        ("Oakham North East", "Oakham North East", "Ward"),
        ("High Street, Oakham", "High Street", "Named road"),
        ("12 High St, Oakham, Rutland", "High Street", "Named road"),
        ("catmos street oakham", "Catmos Street", "Named road"),
    ],
)
def test_names(rutland_pack: Pack, text: str, name: str, what: str) -> None:
    found = _locate(rutland_pack, text)
    assert (found.kind, found.name, found.detail.split(",")[0]) == ("place", name, what)


def test_a_street_is_sought_in_its_place(rutland_pack: Pack) -> None:
    oakham = _locate(rutland_pack, "High Street, Oakham")
    assert distance_m(oakham.point, OAKHAM) < 1_000
    uppingham = _locate(rutland_pack, "high street uppingham")
    assert distance_m(uppingham.point, _locate(rutland_pack, "Uppingham").point) < 1_000


def test_the_postcode_at_the_end_of_an_address(rutland_pack: Pack) -> None:
    found = _locate(rutland_pack, "The Museum, Catmos Street, Oakham LE15 6HW")
    assert (found.kind, found.name) == ("postcode", "LE15 6HW")


def test_a_grid_reference(rutland_pack: Pack) -> None:
    assert distance_m(_locate(rutland_pack, "SK 860 090").point, OAKHAM) < 500


@pytest.mark.parametrize(
    "text", ["", "   ", "\0", "xyzzy plugh", "%", "'; DROP TABLE name; --", "🏠"]
)
def test_what_means_nothing(rutland_pack: Pack, text: str) -> None:
    assert rutland_pack.locate(text) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_a_place_or_nothing(rutland_pack: Pack, text: str) -> None:
    found = rutland_pack.locate(text)
    assert found is None or found.name
    assert len(rutland_pack.suggest(text, 5)) <= 5


def test_suggestions_as_you_type(rutland_pack: Pack) -> None:
    assert rutland_pack.suggest("oak", 5)[0].name == "Oakham"
    assert rutland_pack.suggest("okaham", 5)[0].name == "Oakham"
    codes = [place.name for place in rutland_pack.suggest("le156a", 4)]
    assert len(codes) == 4
    assert all(code.startswith("LE15 6A") for code in codes)
    assert rutland_pack.suggest("", 5) == []


def test_areas_at_a_point(rutland_pack: Pack) -> None:
    areas = rutland_pack.areas_at(OAKHAM)
    assert (areas.ward, areas.ward_vintage, areas.vintage) == ("Oakham North East", 2013, 2011)
    assert areas.lsoa.startswith("E0101")
    assert rutland_pack.areas_at(Point(51.5, -0.1)).ward == ""


def test_the_town_next_to_the_area_is_in_the_pack(rutland_pack: Pack) -> None:
    surgery = rutland_pack.locate("LE16 9BX")  # Market Harborough, on Rutland's own list of GPs
    assert surgery is not None
    assert surgery.ward == ""  # no boundary of ours: the county ends 5 km before it


def test_just_outside_a_boundary_still_counts(rutland_pack: Pack) -> None:
    rings = [b.rings for b in rutland_pack.boundaries("ward")]
    county = shapely.union_all([shapely.Polygon(ring) for each in rings for ring in each]).simplify(
        0.001
    )
    edge = np.asarray(county.buffer(0.001).exterior.coords)[::25]
    near = [rutland_pack.areas_at(Point(lat, lon)).ward_code for lon, lat in edge.tolist()]
    far = np.asarray(county.buffer(0.01).exterior.coords)[::25]
    gone = [rutland_pack.areas_at(Point(lat, lon)).ward_code for lon, lat in far.tolist()]
    assert sum(map(bool, near)) / len(near) > 0.9
    assert not any(gone)


def test_boundaries_to_draw(rutland_pack: Pack) -> None:
    wards = rutland_pack.boundaries("ward")
    assert [ward.name for ward in wards] == sorted(ward.name for ward in wards)
    assert len(wards) == 16
    assert all(
        (ring[0] == ring[-1]).all() and ring.shape[1] == 2 for w in wards for ring in w.rings
    )
    assert rutland_pack.vintages("ward") == [2013]
    assert rutland_pack.boundaries("msoa") == []


def test_the_streets_are_there(rutland_pack: Pack) -> None:
    graph = rutland_pack.walk()
    assert graph is not None
    assert rutland_pack.walk() is graph
    reach = graph.reach(OAKHAM, 1_200)
    assert reach is not None
    metres = reach.metres_to(np.array([52.6723, 52.5]), np.array([-0.7288, -0.7]))
    assert 0 < metres[0] < 1_200
    assert np.isinf(metres[1])


def test_many_threads_at_once(rutland_folder: Path) -> None:
    pack = open_pack(rutland_folder)
    wrong: list[str] = []

    def look() -> None:
        for text, name in (("LE15 6AA", "LE15 6AA"), ("okaham", "Oakham"), ("Ketton", "Ketton")):
            found = pack.locate(text)
            if found is None or found.name != name:
                wrong.append(text)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pack.close()
    assert wrong == []


def _copy(folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    return copy


def test_a_pack_of_a_newer_version(rutland_folder: Path, tmp_path: Path) -> None:
    folder = _copy(rutland_folder, tmp_path)
    about = (folder / "pack.toml").read_text(encoding="utf-8")
    (folder / "pack.toml").write_text(about.replace("format = 1", "format = 2"), encoding="utf-8")
    with pytest.raises(NewerVersionError, match="newer LAC Desktop"):
        open_pack(folder)


@pytest.mark.parametrize(
    "text", ["", "format = 1", "format = 'x'", "\x00", "format = 1\nname = 'x'\nbounds = [1]"]
)
def test_a_pack_whose_description_is_damaged(
    rutland_folder: Path, tmp_path: Path, text: str
) -> None:
    folder = _copy(rutland_folder, tmp_path)
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="damaged"):
        open_pack(folder)


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    file = tmp_path / "rutland.pbf"
    file.touch()
    for place in (tmp_path, tmp_path / "none", file):
        with pytest.raises(UnreadableFileError, match="not an area pack"):
            open_pack(place)


def test_a_pack_without_rights_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(UnreadableFileError, match="may not read it"):
        open_pack(tmp_path)


@pytest.mark.parametrize("member", ["places.gpkg", "walk.npz", "basemap.pmtiles"])
def test_without_a_member_the_rest_works(rutland_folder: Path, tmp_path: Path, member: str) -> None:
    folder = _copy(rutland_folder, tmp_path)
    (folder / member).unlink()
    pack = open_pack(folder)
    assert len(pack.info.missing) == 1
    assert (pack.locate("Oakham") is None) == (member == "places.gpkg")
    assert (pack.walk() is None) == (member == "walk.npz")
    assert (pack.basemap is None) == (member == "basemap.pmtiles")


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99])
def test_cut_off_members_are_told(rutland_folder: Path, tmp_path: Path, part: float) -> None:
    folder = _copy(rutland_folder, tmp_path)
    for member in ("places.gpkg", "walk.npz"):
        whole = (folder / member).read_bytes()
        (folder / member).write_bytes(whole[: int(len(whole) * part)])
    pack = open_pack(folder)
    assert pack.locate("Oakham") is None
    assert pack.walk() is None
    assert len(pack.problems) == 2


def test_damage_inside_the_places_is_a_sentence(rutland_folder: Path, tmp_path: Path) -> None:
    folder = _copy(rutland_folder, tmp_path)
    data = bytearray((folder / "places.gpkg").read_bytes())
    data[65_536:] = bytes(len(data) - 65_536)
    (folder / "places.gpkg").write_bytes(data)
    with pytest.raises(LacError, match="damaged"):
        open_pack(folder).locate("LE15 6AA")


def test_a_places_file_of_somebody_else(rutland_folder: Path, tmp_path: Path) -> None:
    folder = _copy(rutland_folder, tmp_path)
    (folder / "places.gpkg").unlink()
    db = sqlite3.connect(folder / "places.gpkg")
    db.execute("CREATE TABLE x (y)")
    db.commit()
    db.close()
    pack = open_pack(folder)
    assert pack.locate("Oakham") is None
    assert "damaged" in pack.problems[0]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(52, 53)), min_size=4, max_size=14),
    st.tuples(st.floats(-1, 1), st.floats(52, 53)),
)
def test_inside_and_distance_agree_with_geos(
    points: list[tuple[float, float]], spot: tuple[float, float]
) -> None:
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-4:
        return
    shape = hull.difference(shapely.affinity.scale(hull, 0.4, 0.4))
    assert isinstance(shape, shapely.Polygon)
    blob = b"GP\0\1" + (4326).to_bytes(4, "little") + bytes(shapely.MultiPolygon([shape]).wkb)
    rings = places_shapes.rings_of(blob)
    point = Point(spot[1], spot[0])
    edge = shape.boundary.distance(shapely.Point(spot))
    if edge > 1e-9:
        assert places_shapes.inside(rings, point) == shape.contains(shapely.Point(spot))
    metres = places_shapes.metres_to_edge(rings, point)
    assert edge * 60_000 <= metres + 1
    assert metres <= edge * 112_000 + 1


@given(st.binary(max_size=80))
def test_any_blob_is_rings_or_a_value_error(blob: bytes) -> None:
    for data in (blob, b"GP\0\1\xe6\x10\0\0" + blob):
        try:
            places_shapes.rings_of(data)
        except ValueError:
            continue
