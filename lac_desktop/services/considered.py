# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was thought about or tried with a person; the ladder looks different because of it."""

from lac_desktop.domain.introduction import Considered
from lac_desktop.services import people_steps
from lac_desktop.services.notebook import Notebook


def of_person(notebook: Notebook, person: str) -> list[Considered]:
    """Everything thought about with a person, the latest first."""
    return people_steps.of_person(notebook, Considered, person)[::-1]
