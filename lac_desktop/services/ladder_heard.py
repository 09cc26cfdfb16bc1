# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was asked, with what its words speak of."""

from dataclasses import dataclass

from lac_desktop.domain.ladder import Approach, Asked, Scenario
from lac_desktop.ladder.tables import Tables


@dataclass(frozen=True, slots=True)
class Heard:
    """What was asked with the situations and approaches that its words speak of."""

    asked: Asked
    table: Tables
    scenarios: tuple[Scenario, ...]
    approaches: tuple[Approach, ...]
