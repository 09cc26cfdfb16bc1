# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's throw-away vault: open, leave, and what a crash leaves behind."""

import os
from dataclasses import replace

from lac_desktop import paths
from lac_desktop.services import assets, demo_notebook, notes, people, talk_lists


def test_a_demo_is_thrown_away_on_leaving_and_after_a_crash() -> None:
    crashed = paths.cache() / "demo-crashed" / "Demo.lac"
    crashed.mkdir(parents=True)
    os.utime(crashed.parent, (0, 0))
    (paths.cache() / "demo-swept-just-now").symlink_to(paths.cache() / "nowhere")
    shown = demo_notebook.open_demo()
    assert not crashed.parent.exists()
    beside = demo_notebook.open_demo()
    assert shown.folder.is_dir()
    assert assets.count(shown) == assets.count(beside) > 100
    demo_notebook.leave(beside)
    demo_notebook.leave(shown)
    assert not shown.folder.exists()
    assert [left.name for left in paths.cache().glob("demo-*")] == ["demo-swept-just-now"]


def test_short_contacts_of_the_demo_name_places_as_the_tally_does() -> None:
    shown = demo_notebook.open_demo()
    try:
        offered = {one.name for one in talk_lists.tally().places}
        assert {one.place for one in notes.tallies(shown)} <= offered
    finally:
        demo_notebook.leave(shown)


def test_what_the_demo_came_with_is_not_undone_but_what_is_done_in_it_is() -> None:
    shown = demo_notebook.open_demo()
    try:
        places, known = assets.count(shown), people.all_people(shown)
        assert assets.next_undo(shown) == people.next_undo(shown) == ""
        assert assets.undo(shown) == people.undo(shown) == ""
        assert assets.imports(shown) == []
        first = people.get(shown, known[0].id)
        assert first is not None
        people.save(shown, replace(first, note="Rang on Monday"))
        assert people.undo(shown)
        assert people.undo(shown) == ""
        assert (assets.count(shown), people.all_people(shown)) == (places, known)
    finally:
        demo_notebook.leave(shown)
