# SPDX-License-Identifier: AGPL-3.0-or-later
"""Postcodes from Code-Point Open, the ONS directory and other lists, good and bad."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Box
from lac_desktop.errors import CancelledError, UnreadableFileError
from lac_desktop.geo import places_text, postcodes
from lac_desktop.geo.postcodes import Postcode, Tally

NEW_LAYOUT = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,"
    "north1m,gridind,lsoa11cd,lat,long,oa21cd,lsoa21cd,msoa21cd"
)


def _read(path: Path, within: Box | None = None) -> tuple[list[Postcode], Tally]:
    tally = Tally()
    return [row for batch in postcodes.read(path, tally, within=within) for row in batch], tally


def test_rutland_in_code_point_open(rutland: Path) -> None:
    rows, tally = _read(rutland / "postcodes")
    mine = [row for row in rows if row.lad == "E06000017"]
    assert (len(rows), tally.read, tally.layout) == (47_351, 47_351, "code-point-open")
    assert len(mine) == 1_207
    starts = [row.code.split()[0] for row in mine]
    assert [starts.count(part) for part in ("LE15", "PE9", "LE16")] == [1_014, 182, 11]
    assert all(row.ward.startswith("E05") for row in mine)


def test_only_the_area_is_kept(rutland: Path) -> None:
    rows, tally = _read(rutland / "postcodes", within=Box(-0.83, 52.52, -0.42, 52.77))
    assert 1_207 < len(rows) < 6_000
    assert tally.outside == 47_351 - len(rows)


def test_the_statistics_offices_directory(shared_data: Path) -> None:
    rows, tally = _read(shared_data / "onspd-sample" / "onspd-2024-format.csv")
    assert (tally.read, tally.kept, tally.no_position) == (8_047, 8_045, 2)
    ended = [row for row in rows if row.ended]
    assert len(ended) == 3_810, "3,811 in the file, one of which has no position"
    assert (rows[0].code, rows[0].ended, rows[0].lat) == ("AB1 0AA", "1996-06", 57.101474)
    assert tally.layout == "onspd"
    assert tally.date.startswith("202")


def test_a_council_list_with_plain_column_names(shared_data: Path) -> None:
    rows, tally = _read(shared_data / "greater-manchester/postcodes/trafford_postcodes.csv")
    assert (len(rows), tally.layout) == (11_264, "postcode-list")
    assert rows[0][:4] == ("M15 4AB", 53.465578, -2.26046, "")
    assert (rows[0].ward, rows[0].lsoa21) == ("E05015247", "E01034001")


def test_the_layout_of_2026(tmp_path: Path) -> None:
    file = tmp_path / "ONSPD_FEB_2026_UK.csv"
    good = "LE156AA,LE15 6AA,LE15 6AA,198001,,E99999999,,E06000017,E05001815,,0,485937,308870,1"
    no_place = good.replace("LE15 6AA", "JE2 3AB").replace(",1\n", ",9")
    file.write_text(
        f"{NEW_LAYOUT}\n{good},E01013799,52.6707,-0.7297,E00069547,E01013799,E02002865\n"
        f"{no_place},,99.999999,0.000000,,,\n",
        encoding="utf-8",
    )
    rows, tally = _read(file)
    assert rows == [
        Postcode("LE15 6AA", 52.6707, -0.7297, "", "E05001815", "E06000017", *["E01013799"] * 2)
    ]
    assert tally.no_position == 1


def test_a_zip_that_holds_the_directory_twice(tmp_path: Path) -> None:
    row = "AB1 0AA,AB1  0AA,AB1 0AA,198001,199606,57.101474,-2.242851\n"
    whole = "pcd,pcd2,pcds,dointr,doterm,lat,long\n" + row * 30_000
    with zipfile.ZipFile(tmp_path / "ONSPD.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("Data/ONSPD_FEB_2024_UK.csv", whole)
        archive.writestr("Data/multi_csv/ONSPD_FEB_2024_UK_AB.csv", whole)
        archive.writestr("Documents/LA_UA names.csv", "LAD23CD,LAD23NM\nE06000017,Rutland\n")
    _, tally = _read(tmp_path / "ONSPD.zip")
    assert tally.read == 30_000


def test_only_the_split_directory(tmp_path: Path) -> None:
    row = "AB1 0AA,AB1  0AA,AB1 0AA,198001,199606,57.101474,-2.242851\n"
    with zipfile.ZipFile(tmp_path / "ONSPD.zip", "w") as archive:
        for area in ("AB", "AL"):
            archive.writestr(
                f"Data/multi_csv/ONSPD_FEB_2024_UK_{area}.csv",
                "pcd,pcd2,pcds,dointr,doterm,lat,long\n" + row,
            )
    _, tally = _read(tmp_path / "ONSPD.zip")
    assert tally.read == 2


def test_positions_that_are_none_are_refused_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "le.csv"
    rest = '"E92000001","","","","E06000017","E05001815"\n'
    file.write_text(
        f'"LE156AA",10,485937,308870,{rest}"LE156AB",90,0,0,{rest}"LE156AD",90,485937,308870,{rest}'
        f'"nothing",10,485937,308870,{rest}"LE15 6AE",10,x,308870,{rest}',
        encoding="utf-8",
    )
    rows, tally = _read(file)
    assert [row.code for row in rows] == ["LE15 6AA"]
    assert (tally.no_position, tally.no_postcode) == (3, 1)


def test_windows_1252_and_semicolons(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(
        "Postcode;Straße;Latitude;Longitude\nLE15 6AA;é;52.67;-0.73\n".encode("cp1252")
    )
    rows, _ = _read(file)
    assert rows[0][:3] == ("LE15 6AA", 52.67, -0.73)


def test_a_list_without_positions_says_so(tmp_path: Path) -> None:
    file = tmp_path / "lookup.csv"
    file.write_text("PCD7,PCDS,OA21CD\nLE156AA,LE15 6AA,E00069547\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="neither coordinates"):
        _read(file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5_000,
        b"\n\n\n",
        b"name,age\nAnn,3\n",
        b"no commas at all",
        b"\x00\xff\xfe" * 9_000,
        b"PK\x03\x04 cut off",
        b"a" * 300_000,
        b'"' * 300_000,
    ],
)
def test_what_holds_no_postcodes_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "codepo_gb.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"codepo_gb\.csv") as error:
        _read(file)
    assert error.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        _read(tmp_path / "gone.csv")


def test_a_hundred_megabytes_of_garbage_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "big.csv"
    with file.open("wb") as stream:
        for _ in range(100):
            stream.write(b"\x8f\x00garbage." * 104_858)
    with pytest.raises(UnreadableFileError):
        _read(file)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("le.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(100):
            member.write(bytes(1 << 20))
    with pytest.raises(UnreadableFileError, match="tightly packed"):
        _read(file)


@pytest.mark.parametrize("name", ["../le.csv", "/etc/le.csv", "..\\le.csv", "C:/le.csv"])
def test_a_zip_that_reaches_outside_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(UnreadableFileError, match="leads outside"):
        _read(tmp_path / "x.zip")


def test_cut_off_zips_of_the_real_product(shared_data: Path, tmp_path: Path) -> None:
    whole = (shared_data / "codepoint-open-gb" / "codepo_gb-2014-08.zip").read_bytes()
    for part in (0, 100, 10_000):
        (tmp_path / "cut.zip").write_bytes(whole[:part])
        with pytest.raises(UnreadableFileError):
            _read(tmp_path / "cut.zip")


def test_cancel_stops_the_reading(rutland: Path) -> None:
    def cancel(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        list(postcodes.read(rutland / "postcodes", Tally(), progress=cancel))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(b"pcds,lat,long,doterm\n" + content)
    try:
        rows, _ = _read(file)
    except UnreadableFileError:
        return
    assert all(-90 <= row.lat <= 90 and row.code for row in rows)


@given(st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", fullmatch=True))
def test_every_spelling_of_a_postcode_is_one(text: str) -> None:
    spellings = {text, text.lower(), text.replace(" ", ""), " ".join(text), f"  {text}\t"}
    assert len({places_text.postcode(spelling) for spelling in spellings}) == 1
    assert places_text.postcode(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("LE15 OAA", "LE15 0AA"), ("le15 laa", "LE15 1AA"), ("LE15 6A0", "LE15 6AO"), ("6AA", "")],
)
def test_letters_and_digits_taken_for_one_another(typed: str, meant: str) -> None:
    assert places_text.postcode(typed) == meant


@given(st.text(max_size=60))
def test_a_key_stays_a_key(text: str) -> None:
    key = places_text.key(text)
    assert places_text.key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. John's Rd", "saint johns road"),
        ("Caffè Nero", "caffe nero"),
        ("Tŷ-Mawr", "ty mawr"),
        ("Rock & Roll Ln", "ROCK AND ROLL LANE"),
    ],
)
def test_names_that_are_alike(one: str, other: str) -> None:
    assert places_text.key(one) == places_text.key(other)
