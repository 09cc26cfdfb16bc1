# SPDX-License-Identifier: AGPL-3.0-or-later
"""Retention: periods are the council's, review comes first, disposal takes two steps."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.person import Standing
from lac_desktop.errors import LacError
from lac_desktop.services import (
    access,
    conversations,
    council,
    notebook,
    notes,
    people,
    retention,
    rights,
)
from lac_desktop.services.council import Council
from lac_desktop.services.notebook import Notebook
from tests.services.conftest import SECRET
from tests.services.test_erasure import scan


@pytest.fixture
def old(book: Notebook) -> Notebook:
    """Two years later: a person stepped back then, a tally and a note of then."""
    jean, mo = people.add(book, "Jean"), people.add(book, "Mo")
    new = replace(conversations.new(book, (jean.id,)), own_words=(Paragraph("Zzquorn said"),))
    conversations.keep(book, new)
    people.change_standing(book, jean.id, Standing.STEPPED_BACK)
    people.change_standing(book, mo.id, Standing.STEPPED_BACK)
    people.change_standing(book, mo.id, Standing.BACK)
    notes.tally(book, "Library", first_name="Zzquornella")
    notes.quick(book, "Zzquorn note")
    access.note(book, "opened", jean.id)
    book.clock = lambda: datetime(2028, 3, 5, 12)
    return book


def test_without_a_period_nothing_comes_up(old: Notebook) -> None:
    assert retention.review(old) == []
    assert {kind.id for kind in retention.kinds()} >= {"person", "tally", "access"}


def test_what_is_past_its_period_comes_up(old: Notebook) -> None:
    council.save(old, Council(months={"person": 24, "tally": 12, "quick_note": 25, "access": 24}))
    found = {one.kind: one for one in retention.review(old)}
    assert set(found) == {"person", "tally", "access"}  # Mo is back in touch
    assert found["person"].name == "Jean"
    assert found["person"].ended == date(2028, 3, 5)
    assert found["tally"].label == "Short contacts (Level 1): 5 March 2026"


def test_disposal_takes_two_steps_and_some_days(old: Notebook) -> None:
    council.save(old, Council(months={"person": 12, "tally": 12, "access": 12}, wait_days=7))
    past = retention.review(old)
    with pytest.raises(LacError, match="why"):
        retention.choose(old, past, " ")
    assert retention.choose(old, past, "Period over") == 3
    assert retention.review(old) == []
    chosen = retention.waiting(old)
    numbers = [one.disposal.id for one in chosen]
    assert {one.ready_on for one in chosen} == {date(2028, 3, 12)}
    with pytest.raises(LacError, match="12 March 2028"):
        retention.dispose(old, numbers)
    spared = next(one.disposal.id for one in chosen if one.disposal.kind == "tally")
    retention.spare(old, [spared])
    assert [one.kind for one in retention.review(old)] == ["tally"]
    old.clock = lambda: datetime(2028, 3, 12, 9)
    assert retention.dispose(old, numbers) == 2
    assert retention.waiting(old) == []
    assert [row.name for row in people.all_people(old)] == ["Mo"]
    assert scan(old, "Zzquorn said") == []
    assert [look.what for look in access.looks(old)] == ["erased"]


def test_a_disposed_record_leaves_no_trace_and_does_not_come_back(old: Notebook) -> None:
    from lac_desktop.services import backups

    before = backups.make(old)
    council.save(old, Council(months={"tally": 12}, wait_days=0))
    retention.choose(old, retention.review(old), "Period over")
    assert scan(old, "Zzquornella")
    assert retention.dispose(old, [one.disposal.id for one in retention.waiting(old)]) == 1
    assert scan(old, "Zzquornella") == []
    target = old.folder.parent / "R.lac"
    notebook.restore(before.file, target)
    back = notebook.unlock(target, SECRET, clock=old.clock)
    try:
        assert notes.tallies(back) == []
        assert scan(back, "Zzquornella") == []
    finally:
        notebook.lock(back)


def test_what_is_held_stays(old: Notebook) -> None:
    jean = next(row.id for row in people.all_people(old) if row.name == "Jean")
    council.save(old, Council(months={"person": 12}, wait_days=0))
    held = rights.hold(old, jean, "An inquiry")
    (past,) = retention.review(old)
    assert past.held == "An inquiry"
    with pytest.raises(LacError, match="An inquiry"):
        retention.choose(old, [past], "Over")
    rights.release(old, held)
    retention.choose(old, retention.review(old), "Over")
    rights.hold(old, jean, "Another")
    with pytest.raises(LacError, match="held now"):
        retention.dispose(old, [one.disposal.id for one in retention.waiting(old)])
    assert people.get(old, jean) is not None
