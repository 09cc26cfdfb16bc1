# SPDX-License-Identifier: AGPL-3.0-or-later
"""Open Referral UK: valid against the profile's own schemas, and lasting ids."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange.oruk_schedules import weekly_rules
from lac_desktop.exchange.writing import write
from tests.exchange import published


@pytest.fixture(scope="module")
def table() -> KindTable:
    return published.kinds()


@pytest.fixture(scope="module")
def schemas(shared_data: Path) -> Path:
    return shared_data / "open-referral" / "uk-profile" / "schema"


def page(table: KindTable, folder: Path, *, strict: bool = False) -> dict[str, Any]:
    file = folder / f"feed{strict}.json"
    write("oruk", published.public(table), file, published.context(table, strict=strict))
    return json.loads(file.read_text(encoding="utf-8"))


def problems(schema: dict[str, Any], thing: Any, folder: Path) -> list[str]:
    found = [
        (name.name, Resource.from_contents(json.loads(name.read_text()), DRAFT202012))
        for name in folder.glob("*.json")
    ]
    validator = Draft202012Validator(
        schema, registry=Registry().with_resources(found), format_checker=FormatChecker()
    )
    return [f"{list(one.path)}: {one.message}" for one in validator.iter_errors(thing)]


@pytest.mark.parametrize("strict", [False, True])
def test_every_service_is_valid(
    table: KindTable, schemas: Path, tmp_path: Path, strict: bool
) -> None:
    made = page(table, tmp_path, strict=strict)
    assert len(made["contents"]) == made["total_items"] == made["size"] == 18
    assert (made["page_number"], made["total_pages"]) == (1, 1)
    assert made["first_page"] is made["last_page"] is True
    assert made["empty"] is False
    whole = json.loads((schemas / "service.json").read_text())
    compiled = json.loads((schemas / "compiled" / "service_with_definitions.json").read_text())
    listed = json.loads((schemas / "compiled" / "service_list.json").read_text())
    full = json.loads((schemas / "compiled" / "service.json").read_text())
    for service in made["contents"]:
        for schema in (whole, compiled, full, listed):
            assert problems(schema, service, schemas) == []


def test_the_strict_feed_has_the_profiles_own_members_alone(
    table: KindTable, schemas: Path, tmp_path: Path
) -> None:
    def walk(thing: Any, name: str) -> None:
        schema = json.loads((schemas / f"{name}.json").read_text())
        for key, value in thing.items():
            assert key in schema["properties"], f"{name}.{key}"
            inner = schema["properties"][key]
            reference = inner.get("$ref") or inner.get("items", {}).get("$ref")
            for part in value if isinstance(value, list) else [value]:
                if reference:
                    walk(part, reference.removesuffix(".json"))

    for service in page(table, tmp_path, strict=True)["contents"]:
        walk(service, "service")


def test_ids_last(table: KindTable, tmp_path: Path) -> None:
    first, again = page(table, tmp_path), page(table, tmp_path)
    assert first == again
    seen: list[str] = []

    def walk(thing: Any) -> None:
        if isinstance(thing, dict):
            if "id" in thing and "dtstart" not in thing:
                seen.append(str(UUID(thing["id"])))
            for value in thing.values():
                walk(value)
        elif isinstance(thing, list):
            for value in thing:
                walk(value)

    for service in first["contents"]:
        own = {
            key: value
            for key, value in service.items()
            if key not in ("organization", "lac_desktop", "attributes")
        }
        walk(own)
    assert len(seen) == len(set(seen))


def test_what_the_library_says(table: KindTable, tmp_path: Path) -> None:
    library = page(table, tmp_path)["contents"][0]
    assert library["organization"]["name"] == "Brackenfold Council"
    assert library["phones"][0]["number"] == "+44 1632 960001"
    assert [one["name"] for one in library["languages"]] == ["English", "Cymraeg"]
    assert {one["name"] for one in library["contacts"]} == {"Cy Dunn", "Ada Bell"}
    rules = [
        (
            one.get("freq"),
            one.get("interval"),
            one.get("byday"),
            one.get("opens_at"),
            one.get("dtstart"),
        )
        for one in library["schedules"]
    ]
    assert rules == [
        ("WEEKLY", 1, "MO,TU,WE,TH,FR", "10:00:00", None),
        ("WEEKLY", 1, "SA", "10:00:00", None),
        ("WEEKLY", 1, "TU", "13:30:00", None),
        ("WEEKLY", 2, "TH", "10:00:00", "2026-01-08"),
        ("MONTHLY", 1, "1SA,-1SA", "14:00:00", None),
        (None, None, None, "10:00:00", "2026-06-06"),
        (None, None, None, "10:00:00", "2026-12-05"),
    ]
    place = library["service_at_locations"][0]["location"]
    assert place["addresses"][0]["address_1"] == "1 Mill Row"
    assert place["addresses"][0]["city"] == "Brackenfold"
    assert "Step-free access: yes" in {one["description"] for one in place["accessibility"]}
    assert library["attributes"][0]["taxonomy_term"]["term"] in table.kinds
    assert library["cost_options"][0]["amount"] == 0


def test_no_place_for_what_is_confidential(table: KindTable, tmp_path: Path) -> None:
    services = {one["name"]: one for one in page(table, tmp_path)["contents"]}
    assert "service_at_locations" not in services["A safe house"]
    assert services["Mo mends bikes"]["service_areas"][0]["name"] == "Mill End"


def test_feed_is_always_the_same(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "feed.json"
    write("oruk", published.public(table)[:6], file, published.context(table))
    published.check_golden(file.read_bytes().decode(), "feed.json")


@pytest.mark.parametrize(
    ("hours", "rules"),
    [
        ("Mo-Fr 09:00-17:00", [(frozenset(range(5)), "09:00", "17:00")]),
        ("24/7", [(frozenset(range(7)), "00:00", "24:00")]),
        ("Fr-Mo 10:00-12:00; PH off", [(frozenset((4, 5, 6, 0)), "10:00", "12:00")]),
        (
            "Mo-Su 09:00-17:00; Su 10:00-12:00",
            [(frozenset(range(6)), "09:00", "17:00"), (frozenset((6,)), "10:00", "12:00")],
        ),
        (
            "Mo 09:00-12:00,13:00-17:00",
            [(frozenset((0,)), "09:00", "12:00"), (frozenset((0,)), "13:00", "17:00")],
        ),
        ("", []),
    ],
)  # fmt: skip
def test_plain_hours_become_rules(hours: str, rules: list[Any]) -> None:
    assert weekly_rules(hours) == rules


@pytest.mark.parametrize(
    "hours", ["sunrise-sunset", "Apr-Sep Mo 10:00-12:00", "PH 10:00-12:00", "garbage"]
)
def test_hours_that_say_more_stay_words(hours: str) -> None:
    assert weekly_rules(hours) is None
