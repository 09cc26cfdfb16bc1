# SPDX-License-Identifier: AGPL-3.0-or-later
"""Choosing a person: who is walked alongside first, others when their name is typed."""

import pytest

from lac_desktop.domain.person import Standing
from lac_desktop.services import people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.session import Session
from lac_desktop.ui.talk.choose_person import ChoosePerson

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_who_died_is_offered_only_when_typed_and_last(
    session: Session, open_notebook: Notebook
) -> None:
    maud = people.add(open_notebook, "Mabel")
    people.change_standing(open_notebook, maud.id, Standing.DIED)
    people.add(open_notebook, "Mabs")
    shown = ChoosePerson(None, session, "Who?", "Choose")

    def offered() -> list[str]:
        return [shown.list.item(row).text() for row in range(shown.list.count())]

    assert "Mabs" in offered()
    assert not [line for line in offered() if line.startswith("Mabel")]
    shown.look("mab")
    assert offered() == ["Mabs", "Mabel, died", "Begin with mab"]
