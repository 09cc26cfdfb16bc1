# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records about people are found by what their columns hold."""

from datetime import date
from typing import Any

import pytest

from lac_desktop.domain.conversation import Tally
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person
from lac_desktop.storage import people_records as records
from lac_desktop.storage import vault
from lac_desktop.storage.steps import Step
from tests.storage.people_examples import NOW


def keep(opened: vault.Vault, *some: Any) -> None:
    with opened.people_write() as db:
        records.save(db, some, step=Step("Ann", "Edit", NOW))


def test_records_are_found_by_what_their_columns_hold(opened: vault.Vault) -> None:
    home = Person(new_id(), "Ada", home=Point(52.67, -0.73))
    bare = Person(new_id(), "Bo")
    keep(opened, home, bare)
    with opened.people_read() as db:
        assert records.where(db, Person, name="Bo") == [bare]
        assert home in records.where(db, Person, home=records.SOMETHING)
        assert bare not in records.where(db, Person, home=records.SOMETHING)
        assert records.where(db, Person, name="Bo", home=None) == [bare]
        assert records.where(db, Person, name="Ada", home=None) == []
        with pytest.raises(KeyError):
            records.where(db, Person, wings=None)


def test_records_since_a_day(opened: vault.Vault) -> None:
    early, late = (Tally(new_id(), date(2026, 3, day), "Library", (), ()) for day in (3, 9))
    keep(opened, early, late)
    with opened.people_read() as db:
        assert records.since(db, Tally, "on", None) == [early, late]
        assert records.since(db, Tally, "on", late.on) == [late]
        assert records.since(db, Tally, "on", early.on) == [early, late]
