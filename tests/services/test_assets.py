# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving, checking, changing many, removing, undo and redo, through the services."""

from dataclasses import replace
from datetime import date

import pytest

from lac_desktop.domain.asset import Asset, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Query
from lac_desktop.errors import LacError
from lac_desktop.services import assets, filters, find, upkeep
from lac_desktop.services.notebook import Notebook


def made(book: Notebook, name: str, kind: str = "library", **more: object) -> Asset:
    return assets.save(book, replace(assets.blank(name=name, kind=kind), **more))


def test_what_is_made_by_hand_starts_as_team(book: Notebook) -> None:
    assert made(book, "Knit and Natter").visibility is Visibility.TEAM


def test_an_edit_is_undone_and_redone_in_words(book: Notebook) -> None:
    asset = made(book, "Old name")
    assets.save(book, replace(asset, name="New name"))
    assert assets.next_undo(book) == "Edit New name"
    assert assets.undo(book) == "Edit New name"
    assert assets.get(book, asset.id) == asset
    assert assets.next_redo(book) == "Edit New name"
    assets.redo(book)
    again = assets.get(book, asset.id)
    assert again is not None
    assert again.name == "New name"


def test_checked_today_says_when_and_by_whom(book: Notebook) -> None:
    asset = made(book, "Library", vanished_on=date(2026, 1, 1))
    assert assets.checked_today(book, [asset.id]) == 1
    checked = assets.get(book, asset.id)
    assert checked is not None
    assert (checked.checked_on, checked.checked_by) == (date(2026, 3, 5), "Ruth")
    assert checked.vanished_on is None


def test_bulk_edit_is_one_step_and_joins_access(book: Notebook) -> None:
    both = [made(book, f"Hall {i}", access={"toilets": "yes"}) for i in range(2)]
    ids = [a.id for a in both]
    changes = {"known": Known.VISITED, "access": {"step-free": "yes"}}
    assert assets.bulk_edit(book, ids, changes) == 2
    for asset in assets.get_many(book, ids):
        assert asset.known is Known.VISITED
        assert dict(asset.access) == {"toilets": "yes", "step-free": "yes"}
    assert assets.bulk_edit(book, ids, changes) == 0  # they are so already: no step to undo
    assert assets.undo(book) == "Change 2 places"
    assert assets.get_many(book, ids) == both


def test_bulk_edit_refuses_what_belongs_to_one_place(book: Notebook) -> None:
    with pytest.raises(LacError, match="cannot be changed for many"):
        assets.bulk_edit(book, [], {"name": "All alike"})


def test_removing_can_be_undone_and_is_in_the_history(book: Notebook) -> None:
    asset = made(book, "Gone tomorrow")
    assert assets.remove(book, [asset.id]) == 1
    assert assets.get(book, asset.id) is None
    assert len(find.find(book, Query())) == 0
    assets.undo(book)
    assert assets.get(book, asset.id) == asset
    assert next(line.field for line in assets.history(book, asset.id)) == "added"


def test_merging_keeps_links_and_is_one_step(book: Notebook) -> None:
    keep = made(book, "Knit and Natter", phone="01632 960118")
    drop = made(book, "Knit & Natter", phone="01632 960181")
    other = made(book, "Tea", links=(Link("meets in", drop.id),))
    merged = upkeep.merge(book, keep.id, drop.id, ["phone"])
    assert (merged.name, merged.phone) == ("Knit and Natter", "01632 960181")
    assert assets.get(book, drop.id) is None
    relinked = assets.get(book, other.id)
    assert relinked is not None
    assert relinked.links == (Link("meets in", keep.id),)
    assert assets.undo(book) == "Join Knit and Natter"
    assert assets.get_many(book, [keep.id, drop.id, other.id]) == [keep, drop, other]


def test_merging_two_equal_places_only_drops_one(book: Notebook) -> None:
    keep, drop = made(book, "Twin"), made(book, "Twin")
    upkeep.merge(book, keep.id, drop.id, [])
    assert assets.count(book) == 1


def test_problems_are_told_by_field(book: Notebook) -> None:
    bad = replace(
        assets.blank(kind="no-such-kind", point=Point(10, 100)),
        postcode="LE15 6QQQ",
        hours="whenever",
        checked_on=date(2027, 1, 1),
    )
    fields = {problem.field for problem in upkeep.problems_of(book, bad)}
    assert fields == {"name", "kind", "point", "postcode", "hours", "checked_on"}


def test_call_sheet_lists_the_longest_unchecked_first(book: Notebook) -> None:
    fresh = made(book, "Fresh", checked_on=date(2026, 3, 1))
    old = made(book, "Old", checked_on=date(2024, 3, 1))
    never = made(book, "Never")
    names = [asset.name for asset in upkeep.call_sheet(book)]
    assert set(names) == {old.name, never.name}
    assert fresh.name not in names


def test_saved_filters_keep_their_query_and_replace_by_name(book: Notebook) -> None:
    filters.keep(book, "Free on Monday", Query(free=True))
    filters.keep(book, "Free on Monday", Query(text="tea", free=True))
    assert filters.saved(book) == {"Free on Monday": Query(text="tea", free=True)}
    filters.forget(book, "Free on Monday")
    assert filters.saved(book) == {}
