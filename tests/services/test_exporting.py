# SPDX-License-Identifier: AGPL-3.0-or-later
"""What would leave is told before it leaves, and the record says what did."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lac_desktop.domain.asset import Asset, Contact, Visibility
from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.privacy import MASK, Group
from lac_desktop.domain.query import Query
from lac_desktop.errors import CancelledError, LacError
from lac_desktop.exchange import writing
from lac_desktop.services import assets, exporting
from lac_desktop.services.exporting import LeakError, Options
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import sources
from lac_desktop.storage.sources import Batch, Source


def add(book: Notebook, name: str, kind: str = "library", **given: Any) -> Asset:
    blank = assets.blank(name=name, kind=kind, point=Point(52.6, -0.7))
    one = replace(blank, **{"visibility": Visibility.PUBLIC, **given})
    return assets.save(book, one)


@pytest.fixture
def town(book: Notebook) -> Notebook:
    add(book, "Library", phone="01632 960001", greeter="Ada Bell", greeter_agreed_public=True)
    add(book, "Refuge", "community-group", confidential=True, address="12 Secret Lane")
    add(book, "Jean Ash Choir", "community-group", greeter="Jean Ash")
    add(book, "Mo mends bikes", "gift-skill", neighbourhood="Mill End")
    contact = Contact("Cy Dunn", "Caretaker", phone="01632 960002")
    add(book, "Hall", "community-group", contacts=(contact,), description="Ring Cy Dunn first")
    add(book, "Ours alone", visibility=Visibility.TEAM)
    add(book, "Mine alone", visibility=Visibility.ONLY_ME)
    return book


def test_the_plan_says_what_leaves_and_what_stays_and_why(town: Notebook) -> None:
    leaving = exporting.plan(town)
    assert len(leaving.public) == 5
    assert {one.name: one.reason.split(".")[0] for one in leaving.held_back} == {
        "Ours alone": "Only your team can see it",
        "Mine alone": "Only you can see it",
    }
    titles = {one.group: one.title for one in leaving.groups}
    assert titles == {
        Group.PLACES: "4 places and groups",
        Group.PHONES: "1 phone number",
        Group.GIFTS: "1 gift offered",
        Group.PEOPLE: "1 named person",
    }
    items = {one.group: one.items for one in leaving.groups}
    assert items[Group.PEOPLE] == ("Ada Bell, Library",)
    assert items[Group.GIFTS] == ("Mo mends bikes: Mill End",)
    parts = {one.name for one in leaving.parts}
    assert parts == {"Refuge", "Mo mends bikes", "Hall", "Jean Ash Choir"}
    assert [one.name for one in leaving.to_decide] == ["Jean Ash Choir"]
    assert leaving.looked_for == 3
    assert leaving.last is None
    assert leaving.stays


SPOT = Point(52.6, -0.7)


@pytest.mark.parametrize(
    "query",
    [
        Query(near=SPOT, within_metres=300),
        Query(near=SPOT, within_minutes=5),
        Query(box=Box(-0.71, 52.59, -0.69, 52.61)),
    ],
)
def test_a_list_of_what_is_near_one_spot_does_not_tell_where_a_refuge_is(
    town: Notebook, query: Query
) -> None:
    leaving = exporting.plan(town, query)
    assert {one.name for one in leaving.public} == {"Library", "Jean Ash Choir", "Hall"}
    reasons = {one.name: one.reason for one in leaving.held_back}
    assert "Without the distance" in reasons["Refuge"]
    assert "Without the distance" in reasons["Mo mends bikes"]


def test_the_order_of_a_list_does_not_tell_it_either(town: Notebook) -> None:
    add(town, "Far Hall", point=Point(53.0, -1.0))
    names = [one.name for one in exporting.plan(town, Query(near=SPOT)).public]
    assert set(names[-2:]) == {"Refuge", "Mo mends bikes"}


def test_a_filter_narrows_what_leaves(town: Notebook) -> None:
    assert [one.name for one in exporting.plan(town, Query(text="library")).public] == ["Library"]
    assert [
        one.name for one in exporting.public_assets(town, Query(kinds=frozenset({"gift-skill"})))
    ] == ["Mo mends bikes"]


def test_unticked_groups_and_single_places_stay(town: Notebook) -> None:
    library = next(one for one in exporting.plan(town).public if one.name == "Library")
    options = Options(
        leave_out=frozenset({Group.GIFTS, Group.PHONES}), without=frozenset({library.id})
    )
    leaving = exporting.plan(town, options=options)
    names = {one.name for one in leaving.public}
    assert "Mo mends bikes" not in names
    assert "Library" not in names
    reasons = {one.name: one.reason for one in leaving.held_back}
    assert reasons["Mo mends bikes"] == "Its group is not ticked."
    assert reasons["Library"] == "You chose to leave it out this time."


def test_the_record_says_who_gave_what_to_whom(town: Notebook, tmp_path: Path) -> None:
    options = Options(recipient="Ward councillor", reason="Walkabout", title="Our town")
    written = exporting.export(town, "geojson", tmp_path / "map.geojson", options=options)
    assert (written.count, len(written.held_back)) == (5, 2)
    (line,) = exporting.exported(town)
    assert (line.who, line.when, line.format, line.count) == (
        "Ruth",
        "2026-03-05T12:00:00",
        "geojson",
        5,
    )
    assert (line.recipient, line.reason) == ("Ward councillor", "Walkabout")
    assert exporting.plan(town).last == line
    made = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert made["name"] == "Our town"
    assert "Ruth" not in json.dumps(made)
    texts = {
        one["properties"]["name"]: one["properties"].get("description") for one in made["features"]
    }
    assert texts["Hall"] == f"Ring {MASK} first"


def test_a_file_that_holds_what_may_not_leave_is_not_written(
    town: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lac_desktop.exchange import write_geojson

    def leaky(_assets: object, path: Path, _context: object, _progress: object) -> None:
        path.write_text('{"note": "Ask C\\u0079\\n  DUNN"}'.replace("\\n", " "), encoding="utf-8")

    monkeypatch.setattr(write_geojson, "fill", leaky)
    file = tmp_path / "map.geojson"
    file.write_text("before")
    with pytest.raises(LeakError):
        exporting.export(town, "geojson", file)
    assert file.read_text() == "before"
    assert list(tmp_path.glob(".*part*")) == []
    assert exporting.exported(town) == ()


def test_cancel_leaves_everything_as_it_was(town: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("before")

    def stop(done: int, _total: int | None, _text: str) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        exporting.export(town, "csv", file, progress=stop)
    assert file.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir() if ".part" in one.name] == []


def test_an_unknown_format_is_a_sentence(town: Notebook, tmp_path: Path) -> None:
    with pytest.raises(LacError, match="no format called docx"):
        exporting.export(town, "docx", tmp_path / "x")


@pytest.mark.parametrize(
    ("place", "said"), [("missing/map.csv", "no folder"), (".", "is a folder")]
)
def test_a_place_that_cannot_be_written_is_a_sentence(
    town: Notebook, tmp_path: Path, place: str, said: str
) -> None:
    with pytest.raises(LacError, match=said):
        exporting.export(town, "csv", tmp_path / place)


def test_only_published_assets_reach_a_writer(town: Notebook, tmp_path: Path) -> None:
    raw = assets.blank(name="Raw", kind="library")
    context = exporting.context_of(town, (), "csv", Options())
    with pytest.raises(TypeError):
        writing.write("csv", [raw], tmp_path / "x.csv", context)  # type: ignore[list-item]
    assert not (tmp_path / "x.csv").exists()


def test_who_is_named_and_since_when(town: Notebook, tmp_path: Path) -> None:
    osm = Source("osm", "OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors", "osm")
    with town.vault.write() as db:
        sources.put(db, osm)
        sources.add_batch(db, Batch("osm", 0, "x.osm", "", datetime(2026, 2, 1, 9), {}))
    add(town, "Bridge", licence=osm.licence, attribution=osm.attribution, source="osm:way/1")
    exporting.export(town, "geojson", tmp_path / "map.geojson")
    about = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))["about"]
    assert any("© OpenStreetMap contributors, as of 2026-02-01" in line for line in about)
    assert any("share that list under the same licence" in line for line in about)
