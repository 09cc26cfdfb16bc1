# SPDX-License-Identifier: AGPL-3.0-or-later
"""Undo and redo of single edits and of whole imports."""

import time
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.query import Query
from lac_desktop.storage import assets, search, undo, vault
from lac_desktop.storage.steps import Step, next_redo, next_undo, steps
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)
HAND = Step("Ann", "Edit", NOW, "edit")
IMPORT = Step("Ann", "Import", NOW, "import")


def library(**values: Any) -> Asset:
    given_values: dict[str, Any] = {
        "id": new_id(),
        "name": "Oakham Library",
        "kind": "library",
    } | values
    return Asset(**given_values)


def save(opened: vault.Vault, *some: Asset, step: Step = HAND) -> int:
    with opened.write() as db:
        return assets.save(db, some, step=step, indexer=PlainIndexer())


def back(opened: vault.Vault, **more: Any) -> undo.Undone | None:
    with opened.write() as db:
        return undo.undo(db, who="Ann", when=NOW, indexer=PlainIndexer(), **more)


def forth(opened: vault.Vault) -> undo.Undone | None:
    with opened.write() as db:
        return undo.redo(db, who="Ann", when=NOW, indexer=PlainIndexer())


def everything(opened: vault.Vault) -> dict[str, Asset]:
    with opened.read() as db:
        return {asset.id: asset for asset in assets.all_assets(db)}


def names_found(opened: vault.Vault, text: str) -> int:
    with opened.read() as db:
        return len(search.search(db, Query(text=text), now=NOW))


def test_an_edit_is_undone_and_redone(opened: vault.Vault) -> None:
    asset = library(phone="01234", point=Point(52.6, -0.7))
    save(opened, asset)
    changed = replace(asset, name="Ketton Reading Room", phone="", point=None)
    save(opened, changed)
    done = back(opened)
    assert done is not None
    assert (done.assets, done.kept) == (1, 0)
    assert everything(opened) == {asset.id: asset}
    assert (names_found(opened, "oakham"), names_found(opened, "ketton")) == (1, 0)
    forth(opened)
    assert everything(opened) == {asset.id: changed}
    assert (names_found(opened, "oakham"), names_found(opened, "ketton")) == (0, 1)


def test_there_may_be_nothing_to_undo_or_redo(opened: vault.Vault) -> None:
    assert back(opened) is None
    assert forth(opened) is None


def test_undo_goes_back_step_by_step_and_a_new_edit_ends_redo(opened: vault.Vault) -> None:
    asset = library()
    for number in range(4):
        save(opened, replace(asset, phone=str(number)))
    back(opened)
    back(opened)
    assert everything(opened)[asset.id].phone == "1"
    with opened.read() as db:
        following, before = next_redo(db), next_undo(db)
        assert following is not None
        assert before is not None
        assert (before.number, following.number) == (2, 3)
    save(opened, replace(asset, phone="new"))
    assert forth(opened) is None
    back(opened)
    assert everything(opened)[asset.id].phone == "1"


def test_a_whole_import_is_undone_though_others_edited_since(opened: vault.Vault) -> None:
    old = library(name="Old Hall")
    save(opened, old)
    new, edited = library(name="New Hall"), library(name="Edited Hall")
    number = save(opened, replace(old, phone="1", website="w"), new, edited, step=IMPORT)
    save(opened, replace(edited, phone="by hand"), replace(old, phone="2", website="w"))
    with opened.read() as db:
        imported = next(s for s in steps(db) if s.number == number)
    done = back(opened, step=imported)
    assert done is not None
    assert done.kept == 2  # the asset that a hand edited, and the telephone number
    left = everything(opened)
    assert left == {
        old.id: replace(old, phone="2"),
        edited.id: replace(edited, phone="by hand"),
    }
    with opened.read() as db:
        assert assets.edited_fields(db, old.id) == {"name", "kind", "phone"}


def test_an_undone_import_can_be_imported_again(opened: vault.Vault) -> None:
    save(opened, library(source="osm:node/1"), step=IMPORT)
    back(opened)
    with opened.read() as db:
        assert assets.by_source(db, "osm:") == {}
    save(opened, library(source="osm:node/1"), step=IMPORT)
    assert len(everything(opened)) == 1


def test_removal_is_undone(opened: vault.Vault) -> None:
    asset = library(hours="Mo-Fr 10:00-17:00")
    save(opened, asset)
    with opened.write() as db:
        assets.remove(db, [asset.id], step=Step("Ann", "Remove", NOW, "remove"))
    assert names_found(opened, "oakham") == 0
    back(opened)
    assert everything(opened) == {asset.id: asset}
    assert names_found(opened, "oakham") == 1
    with opened.read() as db:
        open_then = Query(open_at=datetime(2026, 11, 23, 11, 0))
        assert len(search.search(db, open_then, now=NOW)) == 1


def test_an_undone_edit_is_no_longer_by_hand(opened: vault.Vault) -> None:
    asset = library()
    save(opened, asset, step=IMPORT)
    save(opened, replace(asset, phone="1"))
    back(opened)
    with opened.read() as db:
        assert assets.edited_fields(db, asset.id) == frozenset()
        kinds = [line.kind for line in assets.history(db, asset.id)]
    assert kinds == ["import", "edit", "undo"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from(["phone", "name", "remove"]),
            st.text("ab", max_size=2),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(
    opened: vault.Vault, acts: list[tuple[int, str, str]]
) -> None:
    some = [library(name=f"N{i}") for i in range(4)]
    save(opened, *some)
    states = [everything(opened)]
    for who, what, value in acts:
        there = states[-1].get(some[who].id)
        with opened.write() as db:
            if what == "remove":
                number = assets.remove(db, [some[who].id], step=HAND)
            else:
                values = {what: value or "x"}
                asset = replace(there or some[who], **values)
                number = assets.save(db, [asset], step=HAND, indexer=PlainIndexer())
        if number:
            states.append(everything(opened))
    for state in reversed(states[:-1]):
        back(opened)
        assert everything(opened) == state
    for state in states[1:]:
        forth(opened)
        assert everything(opened) == state
    assert vault.verify(opened) == []


def test_an_import_of_twenty_thousand_is_undone_quicker_than_it_was_done(
    opened: vault.Vault,
) -> None:
    many = [library(name=f"Hall {i}", source=f"f#{i}", hours="24/7") for i in range(20_000)]
    began = time.process_time()
    save(opened, *many, step=IMPORT)
    done = time.process_time()
    back(opened)
    undone = time.process_time()
    assert everything(opened) == {}
    assert vault.verify(opened) == []
    assert undone - done < done - began  # processor time: a busy machine changes nothing


def test_undo_refuses_columns_that_are_not_recorded(opened: vault.Vault) -> None:
    save(opened, library())
    with opened.write() as db:
        db.execute("INSERT INTO change(step, tbl, row, field) VALUES (1, 'asset', 1, 'id = 1; --')")
    with pytest.raises(ValueError, match="not recorded"):
        back(opened)
