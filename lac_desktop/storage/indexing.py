# SPDX-License-Identifier: AGPL-3.0-or-later
"""What storage must be told about kinds and opening hours to make assets searchable."""

from collections.abc import Sequence
from typing import Protocol

from lac_desktop.domain.asset import Asset

#: ``(start, end, unknown)``: open from ``start`` until before ``end``, in minutes since
#: 1970-01-01T00:00 of local naive time; ``unknown`` means that it may be open ("by appointment").
Interval = tuple[int, int, bool]


class Indexer(Protocol):
    """Knowledge of the kinds and of opening hours, handed in by the services.

    ``version`` names the data behind the answers (a digest of kinds.toml, the nation): when it
    differs from the one the notebook was indexed with, :func:`storage.horizon.refresh` is due.
    All windows are minutes since 1970 of local naive time, ``start`` inclusive, ``end`` exclusive.
    """

    @property
    def version(self) -> str:
        """Name of the data behind the answers."""
        ...

    def category(self, kind: str) -> str:
        """Letter of the ABCD category of a kind ("P"); "" where the kind is not known."""
        ...

    def words(self, kind: str) -> str:
        """Words by which people look for a kind: its names and synonyms, with spaces between."""
        ...

    def fresh_months(self, kind: str) -> int:
        """Months that a check of such an asset lasts."""
        ...

    def hours(self, spec: str, start: int, end: int) -> Sequence[Interval]:
        """Intervals that an opening_hours value is open within the window; none if unreadable."""
        ...

    def sessions(self, asset: Asset, start: int, end: int) -> Sequence[Interval]:
        """Intervals within the window in which a session happens at the asset."""
        ...
