# SPDX-License-Identifier: AGPL-3.0-or-later
"""Place names from OS Open Names and from OpenStreetMap."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.geometry import Box
from lac_desktop.domain.progress import silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.geo import names, osm_layers
from lac_desktop.geo.names import Name, Tally
from lac_desktop.geo.postcodes import Postcode


def _read(path: Path, within: Box | None = None) -> tuple[list[Name], list[Postcode], Tally]:
    tally = Tally()
    found: list[Name] = []
    codes: list[Postcode] = []
    for some, others in names.read(path, tally, within=within):
        found += some
        codes += others
    return found, codes, tally


def _row(**cells: str) -> str:
    """A row of OS Open Names with some cells filled in, by their column numbers (c2="...")."""
    row = [""] * 34
    for column, cell in cells.items():
        row[int(column[1:])] = cell
    return ",".join(f'"{cell}"' for cell in row)


def test_rutlands_four_tiles(rutland: Path) -> None:
    found, codes, tally = _read(rutland / "names")
    assert tally.read == 2_504 + 3_509 + 5_604 + 1_615
    assert (len(codes), len(found)) == (6_995, tally.read - 6_995)
    oakham = next(name for name in found if name.name == "Oakham" and name.what == "Town")
    assert (oakham.rank, oakham.context) == (1, "Rutland")
    assert (oakham.lat, oakham.lon) == pytest.approx((52.6698, -0.7301), abs=1e-3)
    assert {"Greetham", "Cottesmore", "Rutland Water"} <= {name.name for name in found}


def test_only_the_area_is_kept(rutland: Path) -> None:
    box = Box(-0.75, 52.65, -0.70, 52.69)
    found, codes, tally = _read(rutland / "names", within=box)
    assert 0 < len(found) + len(codes) == tally.read - tally.outside
    assert all(box.west <= name.lon <= box.east for name in found)


def test_welsh_names_whichever_comes_first(tmp_path: Path) -> None:
    file = tmp_path / "ST16.csv"
    place = {"c7": "City", "c8": "318235", "c9": "176386"}
    file.write_text(
        "\n".join(
            [
                _row(c2="Caerdydd", c3="cym", c4="Cardiff", c5="eng", **place),
                _row(c2="Cardiff", c3="eng", c4="Caerdydd", c5="cym", **place),
                _row(c2="Cwm", c3="cym", **place),
            ]
        ),
        encoding="utf-8-sig",
    )
    found, _, _ = _read(file)
    pairs = [(name.name, name.cy, name.rank) for name in found]
    assert pairs == [("Cardiff", "Caerdydd", 0), ("Cardiff", "Caerdydd", 0), ("Cwm", "Cwm", 0)]


def test_a_zip_with_documents_and_a_header(tmp_path: Path) -> None:
    header = ",".join(["ID", "NAMES_URI", "NAME1", *[f"C{number}" for number in range(31)]])
    row = _row(c0="osgb1", c2="Cwm", c7="Village", c8="318235", c9="176386")
    with zipfile.ZipFile(tmp_path / "opname_csv_gb.zip", "w") as archive:
        archive.writestr("Doc/OS_Open_Names_Header.csv", header)
        archive.writestr("Doc/licence.txt", "Open Government Licence")
        archive.writestr("Data/ST16.csv", f"{header}\n{row}\n")
        archive.writestr("Data/ST18.csv", f"{row}\n")
    found, _, tally = _read(tmp_path / "opname_csv_gb.zip")
    assert [name.name for name in found] == ["Cwm", "Cwm"]
    assert tally.date.startswith("20")


def test_ragged_rows_and_lost_positions_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "SK80.csv"
    good = _row(c2="Exton", c7="Village", c8="492000", c9="311000")
    file.write_text(f"{good}\nshort,row\n{good.replace('492000', '0')}\n{good}\n", encoding="utf-8")
    found, _, tally = _read(file)
    assert (len(found), tally.no_position) == (2, 2)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\0\1\2" * 999, b"x" * 200_000])
def test_what_holds_no_names_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "SK80.csv").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"SK80\.csv"):
        _read(tmp_path / "SK80.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(cells=st.lists(st.text(max_size=12), min_size=34, max_size=34), tail=st.binary(max_size=200))
def test_any_cells_give_names_or_a_sentence(tmp_path: Path, cells: list[str], tail: bytes) -> None:
    file = tmp_path / "SK80.csv"
    first = _row(c2="Exton", c7="Village", c8="492000", c9="311000")
    file.write_bytes(f"{first}\n{','.join(cells)}\n".encode("utf-8", "replace") + tail)
    try:
        found, _, tally = _read(file)
    except UnreadableFileError:
        return
    assert len(found) <= tally.read
    assert all(49 < name.lat < 62 for name in found)


def test_places_and_streets_of_openstreetmap(rutland: Path, tmp_path: Path) -> None:
    file = rutland / "osm" / "rutland-2018-02-27.osm.pbf"
    osm_layers.prepare(file, tmp_path, silent)
    points = osm_layers.read(file, "points", osm_layers.POINT_TAGS, tmp_path)
    lines = osm_layers.read(file, "lines", osm_layers.LINE_TAGS, tmp_path)
    found = names.of_osm(points, lines)
    uppingham = next(name for name in found if name.name == "Uppingham" and name.what == "Town")
    assert (uppingham.lat, uppingham.lon) == pytest.approx((52.588, -0.722), abs=0.005)
    stations = {name.name for name in found if name.what == "Railway station"}
    assert "Oakham" in stations
    told = names.in_context([n for n in found if n.what == "Street"], found)
    mill_lanes = [name.context for name in told if name.name == "Mill Lane"]
    assert len(mill_lanes) > 3
    assert len(set(mill_lanes)) == len(mill_lanes), "one street a village"


def test_a_name_that_is_known_is_not_taken_again() -> None:
    town = Name("Saint Mary", "", "Village", 2, 52.6, -0.7, "")
    near = Name("St. Mary", "", "Village", 2, 52.601, -0.701, "")
    far = near._replace(lat=53.0)
    assert names.unknown([near, far], [town]) == [far]
