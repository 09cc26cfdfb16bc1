# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings, saved filters, import sources and duplicate decisions."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Known
from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.query import Order, Query
from lac_desktop.storage import assets, duplicates, saved_filters, settings, sources, undo, vault
from lac_desktop.storage.duplicates import Pair
from lac_desktop.storage.saved_filters import SavedFilter
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)
HAND = Step("Ann", "Decide", NOW, "duplicate")

degrees = st.floats(-90, 90)
queries = st.builds(
    Query,
    text=st.text(max_size=20),
    near=st.none() | st.builds(Point, degrees, degrees),
    near_text=st.text(max_size=10),
    within_metres=st.none() | st.floats(1, 5000),
    within_minutes=st.none() | st.floats(1, 60),
    box=st.none() | st.builds(Box, degrees, degrees, degrees, degrees),
    kinds=st.frozensets(st.text(max_size=5), max_size=3),
    categories=st.frozensets(st.sampled_from("GAIPECS")),
    open_at=st.none() | st.datetimes(),
    open_now=st.booleans(),
    free=st.booleans(),
    access=st.frozensets(st.sampled_from(ACCESS_FACTS)),
    known_at_least=st.sampled_from(Known),
    order=st.sampled_from(Order),
    limit=st.none() | st.integers(0, 100),
)


@given(queries)
def test_a_saved_query_is_the_same_query(query: Query) -> None:
    assert saved_filters.from_json(saved_filters.to_json(query)) == query


def test_a_filter_of_a_newer_version_still_opens() -> None:
    assert saved_filters.from_json('{"free": true, "colour": "red"}') == Query(free=True)


def test_filters_are_kept_renamed_and_dropped(opened: vault.Vault) -> None:
    one, two = SavedFilter("1", "Zoo", Query(free=True)), SavedFilter("2", "Art", Query(text="a"))
    with opened.write() as db:
        saved_filters.put(db, one)
        saved_filters.put(db, two)
        saved_filters.put(db, SavedFilter("1", "Animals", Query(text="zoo")))
    with opened.read() as db:
        assert saved_filters.all_filters(db) == [
            SavedFilter("1", "Animals", Query(text="zoo")),
            two,
        ]
    with opened.write() as db:
        saved_filters.drop(db, "1")
        saved_filters.drop(db, "none")
        assert saved_filters.all_filters(db) == [two]


@pytest.mark.parametrize("value", [None, True, 1.5, "ŵ", [1, {"a": []}], {"who": "Ann"}])
def test_settings_hold_anything_json_can(opened: vault.Vault, value: Any) -> None:
    with opened.write() as db:
        settings.put(db, "key", "before")
        settings.put(db, "key", value)
    with opened.read() as db:
        assert settings.get(db, "key", "default") == value
        assert settings.everything(db) == {"key": value}
        assert settings.get(db, "none", "default") == "default"
    with opened.write() as db:
        settings.drop(db, "key")
        assert settings.everything(db) == {}


def test_sources_remember_mappings_and_batches(opened: vault.Vault) -> None:
    source = sources.Source("groups.csv", "Groups", "OGL", "© Rutland", "csv", {"Name": "name"})
    with opened.write() as db:
        assert sources.get(db, "groups.csv") is None
        sources.put(db, source)
        again = sources.Source("groups.csv", "Groups 2", mapping={"A": "b"}, details={"x": [1]})
        sources.put(db, again)
        assert sources.get(db, "groups.csv") == again
        assert sources.all_sources(db) == [again]
        some = [Asset(id=new_id(), name="x", kind="park", source="groups.csv#1")]
        step = Step("Ann", "Import", NOW, "import")
        number = assets.save(db, some, step=step, indexer=PlainIndexer())
        batch = sources.Batch("groups.csv", number, "groups.csv", "ab12", NOW, {"added": 1})
        sources.add_batch(db, batch)
        nothing = sources.Batch("groups.csv", 0, "groups.csv", "ab12", NOW, {"unchanged": 1})
        sources.add_batch(db, nothing)
    with opened.read() as db:
        assert sources.batches(db) == [nothing, batch]
        assert sources.batches(db, "osm") == []
    with opened.write() as db:
        undo.undo(db, who="Ann", when=NOW, indexer=PlainIndexer())
        assert [b.undone for b in sources.batches(db, "groups.csv")] == [False, True]


def test_pairs_are_decided_once_and_undoably(opened: vault.Vault) -> None:
    some = [Asset(id=new_id(), name=f"x{i}", kind="park") for i in range(3)]
    a, b, c = (one.id for one in some)
    with opened.write() as db:
        assets.save(db, some, step=HAND, indexer=PlainIndexer())
        pairs = [Pair(b, a, 0.9, ("same phone",)), Pair(b, c, 0.8), Pair(a, "none"), Pair(a, a)]
        assert duplicates.mark(db, pairs) == 2
        assert duplicates.mark(db, [Pair(a, b, 0.1)]) == 0
        assert [(p.a, p.b, p.score) for p in duplicates.pairs(db)] == [(a, b, 0.9), (b, c, 0.8)]
        number = duplicates.decide(db, b, a, "different", step=HAND)
        assert number > 0
        assert duplicates.decide(db, a, b, "different", step=HAND) == 0
    with opened.write() as db:
        assert duplicates.mark(db, [Pair(a, b, 1.0)]) == 0  # a new import asks no second time
        assert [p.a for p in duplicates.pairs(db)] == [b]
        assert duplicates.pairs(db, "different") == [Pair(a, b, 0.9, ("same phone",), "different")]
        undo.undo(db, who="Ann", when=NOW, indexer=PlainIndexer())
        assert len(duplicates.pairs(db)) == 2
        undo.redo(db, who="Ann", when=NOW, indexer=PlainIndexer())
        assert len(duplicates.pairs(db)) == 1
        assert len(duplicates.pairs(db, None)) == 2


def test_a_pair_not_marked_before_can_be_decided(opened: vault.Vault) -> None:
    some = [Asset(id=new_id(), name=f"x{i}", kind="park") for i in range(2)]
    with opened.write() as db:
        assets.save(db, some, step=HAND, indexer=PlainIndexer())
        duplicates.decide(db, some[0].id, some[1].id, "same", step=HAND)
        assert [p.decision for p in duplicates.pairs(db, "same")] == ["same"]
        with pytest.raises(ValueError, match="not a decision"):
            duplicates.decide(db, some[0].id, some[1].id, "maybe", step=HAND)
        with pytest.raises(ValueError, match="two assets"):
            duplicates.decide(db, some[0].id, "none", "same", step=HAND)
