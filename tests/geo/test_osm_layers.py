# SPDX-License-Identifier: AGPL-3.0-or-later
"""OpenStreetMap extracts in all four wrappings, whole and broken."""

import bz2
import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.progress import silent
from lac_desktop.errors import CancelledError, UnreadableFileError
from lac_desktop.geo import build_files, osm_layers
from lac_desktop.geo.osm_layers import OsmLayer

SMALL = """<?xml version="1.0"?><osm version="0.6" generator="us"><meta osm_base="2024-03-22T1"/>
<node id="1" lat="52.6" lon="-0.7"><tag k="place" v="village"/><tag k="name" v="Exton"/></node>
<node id="2" lat="52.61" lon="-0.7"/><node id="3" lat="52.61" lon="-0.69"/>
<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>
<tag k="name:cy" v="Stryd Fawr"/></way></osm>"""


def _lines(file: Path, folder: Path) -> OsmLayer:
    return osm_layers.read(
        osm_layers.prepare(file, folder, silent), "lines", osm_layers.LINE_TAGS, folder
    )


def test_pbf_and_xml_say_the_same(rutland: Path, tmp_path: Path) -> None:
    pbf = _lines(rutland / "osm" / "rutland-2018-02-27.osm.pbf", tmp_path)
    xml = _lines(rutland / "osm" / "rutland-2018-02-27.osm.gz", tmp_path)
    assert len(pbf) == len(xml) > 5_000
    assert sorted(pbf.tags["osm_id"].tolist()) == sorted(xml.tags["osm_id"].tolist())
    assert pbf.has("highway").sum() == xml.has("highway").sum() > 3_000


def test_the_day_of_an_extract(shared_data: Path, tmp_path: Path) -> None:
    days = {
        "rutland/osm/rutland-2018-02-27.osm.pbf": "2018-02-27",
        "osm-samples/liechtenstein-2015-07.osm.pbf": "2015-07-27",
        "osm-samples/kingsway_junction.osm": "2024-03-22",
        "osm-samples/helsinki-centre-2019-04.osm.pbf": "",
    }
    for file, day in days.items():
        assert osm_layers.date_of(shared_data / file) == day


@pytest.mark.parametrize("suffix", ["osm", "osm.gz", "osm.bz2", "txt"])
def test_told_by_content_not_by_name(tmp_path: Path, suffix: str) -> None:
    pack = {"osm.gz": gzip.compress, "osm.bz2": bz2.compress}.get(suffix, bytes)
    file = tmp_path / f"small.{suffix}"
    file.write_bytes(pack(SMALL.encode()))
    if suffix == "txt":
        file = file.rename(tmp_path / "small.osm.download")
    layer = _lines(file, tmp_path)
    assert layer.tags["name:cy"].tolist() == ["Stryd Fawr"]
    assert layer.shapes[0].coords[0] == (-0.7, 52.6)


@pytest.mark.parametrize("part", [0.0, 0.001, 0.3, 0.9, 0.9999])
@pytest.mark.parametrize("name", ["rutland-2018-02-27.osm.pbf", "rutland-2018-02-27.osm.gz"])
def test_cut_off_extracts_get_a_sentence(
    rutland: Path, tmp_path: Path, name: str, part: float
) -> None:
    whole = (rutland / "osm" / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFileError, match="rutland") as error:
        _lines(tmp_path / name, tmp_path)
    assert error.value.hint


def test_xml_that_was_cut_off_before_it_was_packed(tmp_path: Path) -> None:
    (tmp_path / "x.osm").write_text(SMALL[:-30], encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="cut off"):
        _lines(tmp_path / "x.osm", tmp_path)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    evil = SMALL.replace("<osm", '<!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/passwd">]><osm', 1)
    (tmp_path / "x.osm").write_text(evil, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="document type"):
        _lines(tmp_path / "x.osm", tmp_path)


def test_a_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bomb.osm.bz2").write_bytes(bz2.compress(b"<osm>" + bytes(80 << 20)))
    with pytest.raises(UnreadableFileError, match="unpacks to more"):
        _lines(tmp_path / "bomb.osm.bz2", tmp_path)


def test_cancel_while_unpacking(rutland: Path, tmp_path: Path) -> None:
    def cancel(_done: int, _total: int | None, _text: str) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        build_files.unpack(rutland / "osm/rutland-2018-02-27.osm.gz", tmp_path, "x", cancel)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(junk=st.binary(max_size=80), at=st.integers(0, 20_000), size=st.integers(0, 200))
def test_any_damage_gives_a_layer_or_a_sentence(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, size: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    whole = (shared_data / "osm-samples" / "bristol-whitelion-2019-10.osm.pbf").read_bytes()
    file = folder / "x.osm.pbf"
    file.write_bytes(whole[:at] + junk + whole[at + size :])
    try:
        layer = _lines(file, folder)
    except UnreadableFileError:
        return
    osm_layers.date_of(file)
    assert len(layer) >= 0
