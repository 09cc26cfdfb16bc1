# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places out of OpenStreetMap extracts: ids, tags, areas, and what is held back."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop import paths
from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange import readers
from lac_desktop.exchange.osm_tags import asset_of, parse_hstore

KINDS = KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rutland_osm(shared_data: Path) -> Reading:
    return readers.read(shared_data / "rutland/osm/rutland-2018-02-27.osm.pbf", kinds=KINDS)


def test_rutland_has_its_pubs_and_holds_back_its_parking(rutland_osm: Reading) -> None:
    kept = [c.asset for c in rutland_osm.candidates if c.asset and not c.held_back]
    pubs = [asset for asset in kept if asset.kind == "pub"]
    assert 40 <= len(pubs) <= 50
    assert all(asset.point is not None for asset in kept)
    assert all(asset.visibility is Visibility.PUBLIC for asset in kept)
    held = [c.held_back for c in rutland_osm.candidates if c.held_back]
    assert held.count("parking") > 160
    assert held.count("no name") > 200


def test_ids_name_nodes_ways_and_relations(rutland_osm: Reading) -> None:
    sources = [c.source for c in rutland_osm.candidates]
    assert len(sources) == len(set(sources))
    kinds = {source.split("/")[0] for source in sources}
    assert kinds == {"osm:node", "osm:way", "osm:relation"}
    assert rutland_osm.licence == "ODbL-1.0"
    assert "OpenStreetMap" in rutland_osm.attribution


def test_parks_keep_their_area(rutland_osm: Reading) -> None:
    parks = [c.asset for c in rutland_osm.candidates if c.asset and c.asset.kind == "park"]
    areas = [json.loads(park.area) for park in parks if park.area]
    assert areas
    assert {area["type"] for area in areas} <= {"Polygon", "MultiPolygon"}
    assert max(len(park.area) for park in parks) < 60_000


def test_pbf_and_xml_read_alike(rutland_osm: Reading, rutland: Path) -> None:
    xml = readers.read(rutland / "osm/rutland-2018-02-27.osm.gz", kinds=KINDS)
    assert [c.source for c in xml.candidates] == [c.source for c in rutland_osm.candidates]
    assert [c.asset for c in xml.candidates] == [c.asset for c in rutland_osm.candidates]


def test_every_sample_extract_reads(shared_data: Path) -> None:
    for file in sorted((shared_data / "osm-samples").glob("*.osm*")):
        reading = readers.read(file, kinds=KINDS)
        assert any(c.asset and not c.held_back for c in reading.candidates), file.name


TAGS = {
    "amenity": "library",
    "name": "Oakham Library",
    "name:cy": "Llyfrgell Oakham",
    "addr:housenumber": "1",
    "addr:street": "Catmos Street",
    "addr:city": "Oakham",
    "addr:postcode": "le156hw",
    "contact:phone": "+44 1572 722918",
    "contact:website": "www.rutland.gov.uk",
    "contact:email": "libraries@rutland.gov.uk",
    "opening_hours": "Mo-Fr 09:30-17:00; PH off",
    "wheelchair": "yes",
    "toilets:wheelchair": "no",
    "hearing_loop": "yes",
    "operator": "Rutland County Council",
    "fee": "no",
    "check_date": "2025-04-01",
}


def made(tags: dict[str, str]) -> Asset:
    asset, _ = asset_of(tags, "library", "osm:node/1", "a.osm", 1)
    assert asset is not None
    return asset


def test_details_come_from_the_tags() -> None:
    asset = made(TAGS)
    assert asset.name_cy == "Llyfrgell Oakham"
    assert asset.address == "1 Catmos Street, Oakham"
    assert asset.postcode == "LE15 6HW"
    assert asset.phone == "+44 1572 722918"
    assert asset.website == "https://www.rutland.gov.uk"
    assert asset.hours == "Mo-Fr 09:30-17:00; PH off"
    assert dict(asset.access) == {"step-free": "yes", "toilets": "no", "hearing-loop": "yes"}
    assert asset.description == "Run by Rutland County Council."
    assert asset.cost == "free"
    assert (str(asset.checked_on), asset.checked_by) == ("2025-04-01", "OpenStreetMap")


def test_hours_that_are_no_syntax_stay_words() -> None:
    asset = made({**TAGS, "opening_hours": "ask at the desk"})
    assert (asset.hours, asset.hours_text) == ("", "ask at the desk")


@given(st.dictionaries(st.text(max_size=12), st.text(max_size=30), max_size=6))
def test_hstore_comes_back(tags: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    text = ",".join(f"{quoted(key)}=>{quoted(value)}" for key, value in tags.items())
    assert parse_hstore(text) == tags


@given(st.dictionaries(st.sampled_from(sorted(TAGS)), st.text(max_size=60)))
def test_any_values_of_tags_make_an_asset_or_none(tags: dict[str, str]) -> None:
    asset, problems = asset_of(tags, "library", "osm:node/1", "a.osm", 1)
    assert asset is None or asset.name.strip()
    assert all(problem.message for problem in problems)
