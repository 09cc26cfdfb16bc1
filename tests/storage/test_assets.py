# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving, getting, removing, history, and what a hand has edited."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.storage import assets, seal
from lac_desktop.storage.rows import COLUMNS, decode, encode, field_of
from lac_desktop.storage.steps import Step, begin, steps
from lac_desktop.storage.vault import Vault
from tests.storage.plain_indexer import PlainIndexer

HAND = Step("Ann", "Edit", datetime(2026, 11, 21, 12, 0), "edit")
IMPORT = Step("Ann", "Import groups.csv", datetime(2026, 11, 21, 12, 0), "import")

texts = st.text(max_size=40)
dates = st.none() | st.dates()
sessions = st.builds(
    Session,
    title=texts,
    repeats=st.sampled_from(Repeats),
    weekday=st.integers(0, 6),
    nth=st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), max_size=3).map(tuple),
    start=st.sampled_from(["", "10:00", "23:30"]),
    end=st.sampled_from(["", "12:00", "01:00"]),
    starts=dates,
    until=dates,
    dates=st.lists(st.dates(), max_size=3).map(tuple),
    term_time_only=st.booleans(),
    note=texts,
)
anything: dict[str, st.SearchStrategy[Any]] = {
    f.name: texts for f in fields(Asset) if f.type in (str, "str")
} | {
    "id": st.uuids().map(str),
    "hours": st.sampled_from(["", "24/7", "Mo-Fr 10:00-17:00"]),
    "greeter_agreed_public": st.booleans(),
    "point": st.none() | st.builds(Point, st.floats(49, 61), st.floats(-9, 2)),
    "sessions": st.lists(sessions, max_size=3).map(tuple),
    "access": st.dictionaries(st.sampled_from(ACCESS_FACTS), st.sampled_from(["yes", "no", ""])),
    "languages": st.lists(texts, max_size=3).map(tuple),
    "contacts": st.lists(
        st.builds(Contact, texts, texts, texts, texts, texts, texts, st.booleans(), st.booleans()),
        max_size=2,
    ).map(tuple),
    "links": st.lists(st.builds(Link, texts, texts), max_size=2).map(tuple),
    "known": st.sampled_from(Known),
    "checked_on": dates,
    "visibility": st.sampled_from(Visibility),
    "confidential": st.booleans(),
    "vanished_on": dates,
}
any_asset = st.builds(Asset, **anything)
kept = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def library(**values: Any) -> Asset:
    given_values: dict[str, Any] = {
        "id": new_id(),
        "name": "Oakham Library",
        "kind": "library",
    } | values
    return Asset(**given_values)


def save(vault: Vault, *some: Asset, step: Step = HAND) -> int:
    with vault.write() as db:
        return assets.save(db, some, step=step, indexer=PlainIndexer())


def test_columns_cover_every_field_of_an_asset() -> None:
    assert {field_of(column) for column in COLUMNS} | {"id"} == {f.name for f in fields(Asset)}


@given(any_asset)
def test_a_row_gives_back_the_asset_it_was_made_of(asset: Asset) -> None:
    assert decode((asset.id, *encode(asset))) == asset


@kept
@given(before=any_asset, after=any_asset)
def test_what_is_saved_is_what_is_got(opened: Vault, before: Asset, after: Asset) -> None:
    after = replace(after, id=before.id)
    for version in (before, after):
        save(opened, version)
        with opened.read() as db:
            assert assets.get(db, before.id) == version
            assert assets.get_many(db, [before.id, "none"]) == {before.id: version}


def test_leading_zeros_and_odd_signs_survive(opened: Vault) -> None:
    odd = library(phone="01234", postcode="1E5", name="‮Caff\u0301e {{7*7}} `\x00</script>")
    save(opened, odd)
    with opened.read() as db:
        assert assets.get(db, odd.id) == odd


def test_saving_the_same_again_changes_nothing(opened: Vault) -> None:
    asset = library(access={"toilets": "yes"}, point=Point(52.67, -0.73))
    assert save(opened, asset, step=IMPORT) > 0
    assert save(opened, asset, step=IMPORT) == 0
    with opened.read() as db:
        assert len(steps(db)) == 1


def test_several_saves_may_share_one_step(opened: Vault) -> None:
    one, two = library(), library(name="Ketton Library")
    with opened.write() as db:
        number = begin(db, IMPORT)
        assert assets.save(db, [one], step=number, indexer=PlainIndexer()) == number
        assert assets.save(db, [two], step=number, indexer=PlainIndexer()) == number
    with opened.read() as db:
        assert [s.changes for s in steps(db)] == [2]


def test_a_change_outside_a_step_is_refused(opened: Vault) -> None:
    asset = library()
    save(opened, asset)
    with (
        pytest.raises(Exception, match=r"NOT NULL constraint failed: change\.step"),
        opened.write() as db,
    ):
        db.execute("UPDATE asset SET name = 'x'")
    with opened.read() as db:
        assert assets.get(db, asset.id) == asset


def test_an_asset_without_an_id_is_refused(opened: Vault) -> None:
    with pytest.raises(ValueError, match="without an id"):
        save(opened, library(id=""))


def test_removing_hides_an_asset_everywhere_and_keeps_its_history(opened: Vault) -> None:
    asset = library(source="osm:node/1")
    save(opened, asset, step=IMPORT)
    with opened.write() as db:
        assets.remove(db, [asset.id, "none"], step=HAND)
    with opened.read() as db:
        assert assets.get(db, asset.id) is None
        assert assets.get_many(db, [asset.id]) == {}
        assert list(assets.all_assets(db)) == []
        assert assets.count(db) == 0
        assert [line.field for line in assets.history(db, asset.id)] == ["added", "removed"]
        assert assets.by_source(db, "osm:") == {"osm:node/1": assets.Held(asset.id, True)}


def test_row_numbers_lead_to_assets_in_the_order_asked(opened: Vault) -> None:
    some = [library(name=f"Library {n}") for n in range(4)]
    save(opened, *some, step=IMPORT)
    with opened.write() as db:
        assets.remove(db, [some[1].id], step=HAND)
    with opened.read() as db:
        rids = [assets.rid_of(db, asset.id) or 0 for asset in reversed(some)]
        assert assets.ids_of(db, [*rids, 999]) == [asset.id for asset in reversed(some)]
        found = assets.by_rids(db, [*rids, rids[0], 999])
    assert list(found) == [rids[0], rids[1], rids[3]]
    assert list(found.values()) == [some[3], some[2], some[0]]


def test_a_removed_asset_that_is_saved_comes_back(opened: Vault) -> None:
    asset = library()
    save(opened, asset)
    with opened.write() as db:
        assets.remove(db, [asset.id], step=HAND)
    save(opened, asset)
    with opened.read() as db:
        assert list(assets.all_assets(db)) == [asset]
        assert assets.history(db, asset.id)[-1].field == "brought back"


def test_history_says_who_changed_what_in_words(opened: Vault) -> None:
    asset = library(point=Point(52.5, -0.5))
    save(opened, asset, step=IMPORT)
    changed = replace(
        asset,
        point=Point(52.6, -0.7),
        checked_on=date(2026, 11, 20),
        languages=("Welsh", "Polish"),
        access={"step-free": "yes"},
        contacts=(Contact("Bo", "librarian", "Rutland"),),
        confidential=True,
    )
    save(opened, changed)
    with opened.read() as db:
        lines = assets.history(db, asset.id)
    told = {line.field: (line.old, line.new) for line in lines}
    assert told == {
        "added": ("", ""),
        "point": ("52.5, -0.5", "52.6, -0.7"),
        "checked_on": ("", "2026-11-20"),
        "languages": ("", "Welsh, Polish"),
        "access": ("", "step-free: yes"),
        "contacts": ("", "Bo (librarian, Rutland)"),
        "confidential": ("no", "yes"),
    }
    assert {(line.who, line.why, line.kind) for line in lines[1:]} == {("Ann", "Edit", "edit")}
    assert all(line.when == HAND.when for line in lines)


def test_edited_fields_are_those_a_hand_has_set(opened: Vault) -> None:
    asset = library(phone="1", point=Point(52, -1))
    save(opened, asset, step=IMPORT)
    save(opened, replace(asset, phone="2", website="x"), step=IMPORT)
    with opened.read() as db:
        assert assets.edited_fields(db, asset.id) == frozenset()
        assert assets.edited_fields_of(db) == {}
    save(opened, replace(asset, phone="3", website="x", point=Point(52.1, -1)))
    with opened.read() as db:
        assert assets.edited_fields(db, asset.id) == {"phone", "point"}
        assert assets.edited_fields_of(db) == {asset.id: frozenset({"phone", "point"})}


def test_everything_said_of_an_asset_made_by_hand_is_edited(opened: Vault) -> None:
    asset = library(phone="1")
    save(opened, asset)
    with opened.read() as db:
        assert assets.edited_fields(db, asset.id) == {"name", "kind", "phone"}
        assert assets.edited_fields_of(db, [asset.id, "none"]) == {
            asset.id: frozenset({"name", "kind", "phone"})
        }


def test_sources_are_found_by_how_their_references_begin(opened: Vault) -> None:
    some = [library(source=s) for s in ("osm:node/1", "osm:way/2", "osmium.csv#1", "")]
    save(opened, *some, step=IMPORT)
    with opened.read() as db:
        assert set(assets.by_source(db, "osm:")) == {"osm:node/1", "osm:way/2"}
        assert assets.ids_of(db, [2, 1]) == [some[1].id, some[0].id]


def test_field_clocks_follow_edits_and_never_run_backwards(opened: Vault) -> None:
    asset = library(phone="1")
    save(opened, asset)
    earlier = replace(HAND, when=HAND.when - timedelta(days=3))
    save(opened, replace(asset, phone="2"), step=earlier)
    with opened.read() as db:
        base = db.execute("SELECT base_clock FROM asset").fetchone()[0]
        clocks = dict(db.execute("SELECT field, clock FROM field_clock").fetchall())
    assert set(clocks) == {"phone"}
    assert clocks["phone"] > base


def test_the_chain_of_changes_shows_what_was_altered(opened: Vault) -> None:
    asset = library()
    save(opened, asset)
    save(opened, replace(asset, phone="1"), replace(library(), phone="2"))
    key = opened.bundle.chain
    with opened.read() as db:
        assert seal.broken_at(db, key) is None
    with opened.write() as db:
        db.execute("UPDATE change SET new = '9' WHERE seq = 2")
    with opened.write() as db:
        assert seal.broken_at(db, key) == 2
        db.execute("UPDATE change SET old = NULL, new = NULL, erased = 1 WHERE seq = 2")
        assert seal.broken_at(db, key) is None  # erasing values keeps the chain
    with opened.write() as db:
        db.execute("UPDATE step SET who = 'Eve' WHERE number = 2")
        assert seal.broken_at(db, key) == 2
        db.execute("UPDATE step SET who = 'Ann' WHERE number = 2")
        db.execute("DELETE FROM change WHERE seq = 3")
        assert seal.broken_at(db, key) == 3


def test_cancelling_half_way_leaves_everything_as_it_was(opened: Vault) -> None:
    def cancel(done: int, _total: int | None, _text: str) -> None:
        if done >= 1000:
            raise KeyboardInterrupt

    many = [library() for _ in range(2500)]
    with pytest.raises(KeyboardInterrupt), opened.write() as db:
        assets.save(db, many, step=IMPORT, indexer=PlainIndexer(), progress=cancel)
    with opened.read() as db:
        assert assets.count(db) == 0
        assert steps(db) == []
