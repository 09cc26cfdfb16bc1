# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo neighbourhood: an invented town, made from a seed number whenever it is missing.

Brackenfold lies in the open sea off the Lincolnshire coast and its postcodes begin with ZK, so it
can be taken for no real place. Everybody and everything in it is invented; telephone numbers are
from the range that Ofcom keeps free for drama (01632 960000 to 960999).
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.urgent import UrgentNumber

if TYPE_CHECKING:
    from lac_desktop.domain.asset import Asset
    from lac_desktop.domain.kinds import KindTable

#: The town we show; another number makes another town with the same bones.
SEED = 1998
#: Goes up when the town is made differently, so that an older copy is made again.
VERSION = 1
NAME = "Brackenfold"


def demo_pack(progress: Progress = silent, *, seed: int = SEED) -> Path:
    """Folder of the demo's area pack in this account's cache, built when it is missing.

    Takes some seconds the first time. Raises CancelledError through ``progress``; a half-built
    pack is never left behind.
    """
    raise NotImplementedError


def demo_assets(kinds: "KindTable", today: date, seed: int = SEED) -> "tuple[Asset, ...]":
    """Some 150 assets of every kind, the same ones for the same seed and day.

    Last checks and dated sessions are spread around ``today``. Raises ValueError when ``kinds``
    lacks a kind that the demo uses, or the demo has no asset of a kind: that would be a bug.
    """
    raise NotImplementedError


def urgent_numbers() -> tuple[UrgentNumber, ...]:
    """The demo council's own numbers for when somebody is worried about someone."""
    return (
        UrgentNumber("safeguarding-adults", "01632 960 911", note="Weekdays, 8:30am to 5pm."),
        UrgentNumber("safeguarding-children", "01632 960 912", note="Weekdays, 8:30am to 5pm."),
        UrgentNumber("out-of-hours", "01632 960 913", label="Evenings and weekends, all ages"),
        UrgentNumber("domestic-abuse", "01632 960 914", note="Day and night."),
    )
