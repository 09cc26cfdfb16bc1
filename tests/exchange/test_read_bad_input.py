# SPDX-License-Identifier: AGPL-3.0-or-later
"""Damaged, hostile and mistaken files: a sentence with a way out, and nothing hangs."""

import bz2
import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
from geopandas import GeoDataFrame
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyogrio import write_dataframe
from shapely import Point as ShapelyPoint

from lac_desktop import paths
from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.errors import CancelledError, LacError, UnreadableFileError
from lac_desktop.exchange import readers

KINDS = KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


def read(path: Path) -> Reading:
    return readers.read(path, kinds=KINDS)


def refused(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        read(path)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    "suffix", [".osm.pbf", ".osm", ".csv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".gpkg",
               ".kml", ".kmz", ".gpx", ".shp"],
)  # fmt: skip
def test_an_empty_file_of_each_format(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"empty{suffix}"
    file.touch()
    assert refused(file) == f"empty{suffix} is empty."


@pytest.mark.parametrize(
    "name",
    [
        "messy-files/tables/table.xlsx",
        "messy-files/tables/table.xls",
        "messy-files/tables/table.ods",
        "rutland/osm/rutland-2018-02-27.osm.gz",
        "messy-files/kml-gpx/addresses.kml",
        "messy-files/kml-gpx/blue_hills.gpx",
        "open-referral/uk-profile/examples/service_full.json",
    ],
)
def test_a_truncated_file_gets_a_sentence(name: str, shared_data: Path, tmp_path: Path) -> None:
    whole = (shared_data / name).read_bytes()
    file = tmp_path / Path(name).name
    file.write_bytes(whole[: len(whole) // 2])
    said = refused(file)
    assert "damaged or not complete" in said
    assert file.name in said


def test_a_truncated_extract_is_refused_or_marked(rutland: Path, tmp_path: Path) -> None:
    whole = (rutland / "osm/rutland-2018-02-27.osm.pbf").read_bytes()
    file = tmp_path / "cut.osm.pbf"
    file.write_bytes(whole[: len(whole) // 2])
    try:
        reading = read(file)
    except UnreadableFileError as error:
        sentence = error.message
    else:
        assert reading.details["partial"]
        sentence = reading.problems[0].message
    assert "damaged" in sentence


def test_a_truncated_geojson_gives_its_whole_features(shared_data: Path, tmp_path: Path) -> None:
    whole = (shared_data / "greater-manchester/directory/gm_libraries.geojson").read_bytes()
    file = tmp_path / "libraries.geojson"
    file.write_bytes(whole[: len(whole) // 2])
    reading = read(file)
    assert 60 < len(reading.candidates) < 80
    assert "could not be read" in reading.problems[0].message
    assert reading.details["partial"]


@pytest.mark.parametrize("wrong", ["list.pdf", "list.json", "list.xlsx", "list.osm.pbf", "list"])
def test_the_content_decides_not_the_name(wrong: str, shared_data: Path, tmp_path: Path) -> None:
    for name in ("messy-files/tables/table.xls", "messy-files/kml-gpx/addresses.kml",
                 "rutland/osm/rutland-2018-02-27.osm.gz"):  # fmt: skip
        file = tmp_path / wrong
        file.write_bytes((shared_data / name).read_bytes())
        assert read(file).candidates


def test_an_extract_with_the_ending_of_a_table_is_an_extract(rutland: Path, tmp_path: Path) -> None:
    right = rutland / "osm/rutland-2018-02-27.osm.pbf"
    file = tmp_path / "places.csv"
    file.write_bytes(right.read_bytes())
    assert [each.source for each in read(file).candidates] == [
        each.source for each in read(right).candidates
    ]


def test_a_geopackage_with_another_ending_is_read_without_a_murmur(tmp_path: Path) -> None:
    right = tmp_path / "halls.gpkg"
    write_dataframe(
        GeoDataFrame({"name": ["Oak Hall"]}, geometry=[ShapelyPoint(-0.73, 52.67)], crs=4326), right
    )
    wrong = right.rename(tmp_path / "halls.txt")
    assert [each.values["name"] for each in read(wrong).candidates] == ["Oak Hall"]


def test_a_hundred_megabytes_of_garbage_are_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "garbage.csv"
    block = bytes(range(256)) * 4096
    with file.open("wb") as out:
        for _ in range(100):
            out.write(block)
    assert "no text" in refused(file)


def test_a_table_of_half_a_million_rows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("Name,Postcode\n" + "x,LE15 6HW\n" * 500_000, encoding="utf-8")
    assert "far more than one neighbourhood" in refused(file)


def test_one_endless_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "line.csv"
    file.write_text("name\n" + "x" * 3_000_000, encoding="utf-8")
    assert "cannot be read as a table" in refused(file)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.csv"
    with gzip.open(file, "wb", compresslevel=9) as out:
        for _ in range(64):
            out.write(b"\0" * 1024 * 1024)
    said = refused(file)
    assert "empty" in said or "unpacks to far more" in said
    lines = tmp_path / "lines.csv.gz"
    with gzip.open(lines, "wb", compresslevel=9) as out:
        out.write(b"name\n")
        for _ in range(64):
            out.write(b"aaaaaaaaaaaaaaa\n" * 65536)
    assert "unpacks to far more" in refused(lines)


@pytest.mark.parametrize("inside", ["xl/workbook.xml", "doc.kml", "services.csv", "list.csv"])
def test_a_zip_bomb_is_refused(inside: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, b"a" * 100 * 1024 * 1024)
    assert "unpacks to far more" in refused(file)


XXE = """<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<kml><Placemark><name>&secret;</name></Placemark></kml>"""
BILLION = """<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<gpx><wpt lat="52" lon="-1"><name>&b;</name></wpt></gpx>"""


@pytest.mark.parametrize(("name", "text"), [("a.kml", XXE), ("b.gpx", BILLION)])
def test_xml_that_reaches_outside_is_refused(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert "tries to pull in other files" in refused(file)


NASTY = (
    "{{7*7}}",
    "`rm -rf`",
    "</script><script>alert(1)</script>",
    "\u202eكنيسة القديس\u202c",
    "Z\u0351\u036fa\u0302lgo",
    '=HYPERLINK("http://evil")',
)


@pytest.mark.parametrize("name", NASTY)
def test_odd_names_come_in_as_they_are(name: str, tmp_path: Path) -> None:
    import csv
    import unicodedata

    text = io.StringIO()
    csv.writer(text).writerows([["Name", "Postcode"], [name, "LE15 6HW"], ["Other", "LE15 6HW"]])
    file = tmp_path / "odd.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    asset = read(file).candidates[0].asset
    assert asset is not None
    assert asset.name == unicodedata.normalize("NFC", name)


def test_a_name_of_ten_thousand_letters_is_cut_and_told(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text(f"Name,Postcode\n{'long ' * 2000},LE15 6HW\n", encoding="utf-8")
    candidate = read(file).candidates[0]
    assert candidate.asset is not None
    assert len(candidate.asset.name) == 300
    assert len(candidate.asset.description) == 9_999
    assert "9,999 characters" in candidate.problems[0].message


def test_control_characters_and_cp1252(tmp_path: Path) -> None:
    file = tmp_path / "cp1252.csv"
    file.write_bytes("Name,Cost\nCaf\xe9 \x93Oak\x94\x07,£2\nT\u0177,".encode("latin-1", "ignore"))
    names = [c.asset.name for c in read(file).candidates if c.asset]
    assert names[0] == "Café “Oak”"


def test_a_formula_gives_its_saved_value_or_a_sentence(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Phone"])
    sheet.append(["Oak Hall", '="01572 "&"756991"'])
    file = tmp_path / "formula.xlsx"
    book.save(file)
    reading = read(file)
    assert [c.asset.name for c in reading.candidates if c.asset] == ["Oak Hall"]
    told = [*reading.problems, *(p for c in reading.candidates for p in c.problems)]
    assert any("formula without a saved value" in problem.message for problem in told)


def test_postcode_lists_belong_in_an_area_pack(rutland: Path) -> None:
    with pytest.raises(UnreadableFileError, match="list of postcodes") as caught:
        read(rutland / "postcodes/codepoint-open-le.csv")
    assert "area pack" in caught.value.hint
    with pytest.raises(UnreadableFileError, match="list of place names"):
        read(rutland / "names/SK80.csv")


def test_cancel_while_reading_comes_through(rutland: Path) -> None:
    def cancel(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    for name in ("osm/rutland-2018-02-27.osm.pbf", "directory/libraries-rutland.csv"):
        with pytest.raises(CancelledError):
            readers.read(rutland / name, kinds=KINDS, progress=cancel)


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Name\nOak\n", encoding="utf-8")
    with pytest.raises(LacError, match="no format called docx"):
        readers.read(file, kinds=KINDS, format="docx")


FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def reads_or_refuses(path: Path) -> None:
    """A parser of untrusted files ends with a reading or a sentence, whatever it is fed."""
    try:
        reading = read(path)
    except UnreadableFileError as error:
        sentence = error.message
    else:
        assert reading.candidates or reading.problems or reading.columns
        return
    assert sentence


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    for name in ("fuzz.csv", "fuzz.json"):
        (tmp_path / name).write_bytes(data)
        reads_or_refuses(tmp_path / name)


@FUZZ
@given(st.text(max_size=300))
def test_any_text_as_table(tmp_path: Path, text: str) -> None:
    data = ("Name,Postcode,Lat,Lon,Opening times\n" + text).encode("utf-8", "replace")
    (tmp_path / "fuzz.csv").write_bytes(data)
    reads_or_refuses(tmp_path / "fuzz.csv")


_KEYS = st.sampled_from(
    ["type", "features", "geometry", "coordinates", "properties", "name", "id", "contents",
     "service_at_locations", "location", "schedules", "organization", "phones", "cost_options",
     "byday", "opens_at", "closes_at", "latitude", "addresses", "lac_desktop"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)


@FUZZ
@given(JSON)
def test_any_json(tmp_path: Path, value: object) -> None:
    (tmp_path / "fuzz.json").write_text(json.dumps(value), encoding="utf-8")
    reads_or_refuses(tmp_path / "fuzz.json")
    service = {"id": "1", "name": "A", "service_at_locations": value, "schedules": value}
    (tmp_path / "fuzz.json").write_text(json.dumps(service), encoding="utf-8")
    reads_or_refuses(tmp_path / "fuzz.json")
    feature = {"type": "Feature", "properties": value, "geometry": value}
    (tmp_path / "fuzz.json").write_text(json.dumps(feature), encoding="utf-8")
    reads_or_refuses(tmp_path / "fuzz.json")


@FUZZ
@given(st.data())
def test_flipped_bytes_of_real_files(
    tmp_path: Path, shared_data: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(["tables/table.xlsx", "tables/table.xls", "tables/table.ods",
                                      "kml-gpx/addresses.kml", "kml-gpx/wpt.gpx"]))  # fmt: skip
    whole = bytearray((shared_data / "messy-files" / name).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))
    file = tmp_path / Path(name).name
    file.write_bytes(whole)
    reads_or_refuses(file)


def test_packed_osm_reads_like_plain(rutland: Path, tmp_path: Path) -> None:
    packed = (rutland / "osm/rutland-2018-02-27.osm.gz").read_bytes()
    twice = tmp_path / "rutland.osm.bz2"
    twice.write_bytes(bz2.compress(gzip.decompress(packed), 1))
    plain = read(rutland / "osm/rutland-2018-02-27.osm.pbf")
    again = read(twice)
    assert {c.source for c in plain.candidates} == {c.source for c in again.candidates}
