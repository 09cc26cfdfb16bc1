# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Referral UK 3.0 and HSDS 3: services, pages, folders, zips and tables."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lac_desktop import paths
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.sessions import Repeats
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange import readers

KINDS = KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


def read(path: Path) -> Reading:
    return readers.read(path, kinds=KINDS)


def service(**more: Any) -> dict[str, Any]:
    """A service of a feed at one place."""
    return {
        "id": "0d1a2b7e-0000-4000-8000-000000000001",
        "name": "Lunch club",
        "description": "<p>Hot meal &amp; company</p>",
        "status": "active",
        "url": "https://lunch.example.org",
        "organization": {"id": "1", "name": "Oak Trust", "email": "hello@oak.example.org"},
        "phones": [{"id": "p", "number": "01572 756991"}],
        "schedules": [
            {"id": "s", "freq": "WEEKLY", "byday": "TU,TH", "opens_at": "12:00",
             "closes_at": "14:00Z"},
            {"id": "t", "freq": "MONTHLY", "byday": "1FR", "opens_at": "10:00:00",
             "closes_at": "11:00:00", "description": "Coffee morning"},
        ],
        "cost_options": [{"id": "c", "option": "Meal", "amount": 4.5}],
        "service_at_locations": [
            {
                "id": "x",
                "location": {
                    "id": "l",
                    "location_type": "physical",
                    "latitude": 52.67,
                    "longitude": -0.73,
                    "addresses": [
                        {"address_1": "1 Mill Street", "city": "Oakham", "postal_code": "LE15 6EA"}
                    ],
                    "accessibility": [{"description": "Wheelchair ramp; hearing loop"}],
                },
            }
        ],
        **more,
    }  # fmt: skip


def one(tmp_path: Path, value: Any) -> Asset:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    asset = read(file).candidates[0].asset
    assert asset is not None
    return asset


def page(*services: Any) -> dict[str, Any]:
    return {"total_items": len(services), "page_number": 1, "contents": list(services)}


def test_a_service_becomes_an_asset(tmp_path: Path) -> None:
    asset = one(tmp_path, page(service()))
    assert asset.description == "Hot meal & company\nRun by Oak Trust."
    assert (asset.phone, asset.email) == ("01572 756991", "hello@oak.example.org")
    assert (asset.address, asset.postcode) == ("1 Mill Street, Oakham", "LE15 6EA")
    assert asset.point == Point(52.67, -0.73)
    assert asset.hours == "Tu,Th 12:00-14:00"
    assert (asset.sessions[0].repeats, asset.sessions[0].nth) == (Repeats.NTH_WEEKDAY, (1,))
    assert (asset.cost, asset.cost_note) == ("paid", "Meal £4.50")
    assert dict(asset.access) == {"step-free": "yes", "hearing-loop": "yes"}


@pytest.mark.parametrize(
    "wrap",
    [
        page,
        lambda s: [s],
        lambda s: s,
        lambda s: {"service": s, "location": s["service_at_locations"][0]["location"]},
        lambda s: {"id": "1", "name": "Oak Trust", "organization_identifiers": [], "services": [s]},
    ],
)
def test_single_services_pages_lists_and_organisations(wrap: Any, tmp_path: Path) -> None:
    assert one(tmp_path, wrap(service())).name == "Lunch club"


def test_a_hidden_address_has_no_position(tmp_path: Path) -> None:
    hidden = service()
    hidden["service_at_locations"][0]["location"]["name"] = "Address withheld"
    asset = one(tmp_path, hidden)
    assert asset.confidential
    assert (asset.point, asset.address, asset.postcode) == (None, "", "")


def test_an_online_service_has_no_place(tmp_path: Path) -> None:
    online = service()
    online["service_at_locations"][0]["location"]["location_type"] = "virtual"
    assert one(tmp_path, online).point is None


def test_names_of_contacts_do_not_agree_to_be_public_by_being_there(tmp_path: Path) -> None:
    asset = one(tmp_path, service(contacts=[{"id": "1", "name": "Ann", "title": "Host"}]))
    assert asset.contacts[0].name == "Ann"
    assert not asset.contacts[0].agreed_public


def test_a_closed_service_is_held_back(tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(service(status="defunct")), encoding="utf-8")
    assert read(file).candidates[0].held_back == "closed"


def test_a_service_at_two_places_is_two_candidates(tmp_path: Path) -> None:
    twice = service()
    other = json.loads(json.dumps(twice["service_at_locations"][0]))
    other["location"] |= {"id": "m", "name": "Elm Hall", "latitude": 52.6}
    twice["service_at_locations"].append(other)
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(page(twice)), encoding="utf-8")
    reading = read(file)
    assert [c.asset.name for c in reading.candidates if c.asset] == [
        "Lunch club",
        "Lunch club (Elm Hall)",
    ]
    assert len({c.key for c in reading.candidates}) == 2


def test_a_folder_and_a_zip_of_pages(tmp_path: Path) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    for number in range(3):
        text = json.dumps(page(service(id=f"id-{number}", name=f"Club {number}")))
        (folder / f"page{number}.json").write_text(text, encoding="utf-8")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    reading = read(folder)
    assert [c.asset.name for c in reading.candidates if c.asset] == ["Club 0", "Club 1", "Club 2"]
    assert "damaged" in reading.problems[0].message
    packed = tmp_path / "feed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"feed/{file.name}")
    assert len(read(packed).candidates) == 3


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("folder", ["uk-profile/examples/csv", "hsds-3.0-examples/csv"])
def test_tables_with_or_without_a_sound_package(
    folder: str, packed: bool, shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "open-referral" / folder
    if packed:
        shutil.make_archive(str(tmp_path / "tables"), "zip", source)
    reading = read(tmp_path / "tables.zip" if packed else source)
    asset = reading.candidates[0].asset
    assert asset is not None
    assert asset.name == "Community Counselling"
    assert asset.address.startswith("1-30 Main Street")
    assert asset.phone == "+44 1234 234567"
    said = [problem.message for problem in reading.candidates[0].problems]
    assert "100, 101 is not a place on Earth." in said


def test_repeated_ids_are_told(shared_data: Path) -> None:
    file = shared_data / "open-referral/validator-mocks/V3.0-UK-Test/service_list.json"
    reading = read(file)
    assert len(reading.candidates) == 1
    assert "repeat the id" in reading.problems[0].message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("V3.0-UK-Default/api_details.json", "describes a feed"),
        ("V3.0-UK-Default/taxonomy.json", "no services"),
    ],
)
def test_what_holds_no_services_says_what_it_is(name: str, said: str, shared_data: Path) -> None:
    with pytest.raises(UnreadableFileError, match=said) as caught:
        read(shared_data / "open-referral/validator-mocks" / name)
    assert caught.value.hint
