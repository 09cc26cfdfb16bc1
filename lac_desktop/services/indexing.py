# SPDX-License-Identifier: AGPL-3.0-or-later
"""What storage is told about kinds and opening hours: see lac_desktop.storage.indexing."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lac_desktop import paths
from lac_desktop.domain import sessions as domain_sessions
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.kinds import KindTable
from lac_desktop.errors import LacError
from lac_desktop.services import opening
from lac_desktop.services.settings import NotebookSettings

_EPOCH = datetime(1970, 1, 1)

Interval = tuple[int, int, bool]


def load_kinds() -> KindTable:
    """The shipped table of kinds."""
    return KindTable.parse((paths.resources() / "kinds.toml").read_text(encoding="utf-8"))


def term_dates(settings: NotebookSettings) -> tuple[tuple[date, date], ...]:
    """School terms as dates; senseless ones are left out."""
    terms = []
    for first, last in settings.terms:
        try:
            terms.append((date.fromisoformat(first), date.fromisoformat(last)))
        except ValueError:
            continue  # a term somebody mistyped must not keep the notebook shut
    return tuple(terms)


class NotebookIndexer:
    """Knows the kinds, and the nation and middle of the patch for opening hours."""

    def __init__(self, kinds: KindTable, settings: NotebookSettings, near: Point | None) -> None:
        self.kinds = kinds
        self.nation = settings.nation
        self.near = near
        self.terms = term_dates(settings)

    @property
    def version(self) -> str:
        """A digest of everything that the index is made from."""
        kinds = sorted(
            (k.id, k.category, k.fresh_months, self.kinds.search_words(k.id))
            for k in self.kinds.kinds.values()
        )
        made_from = repr((kinds, self.nation, self.near, self.terms))
        return hashlib.blake2b(made_from.encode(), digest_size=8).hexdigest()

    def category(self, kind: str) -> str:
        """Letter of the category of a kind, "" for one that is not in the table."""
        known = self.kinds.kinds.get(kind)
        return known.category if known else ""

    def words(self, kind: str) -> str:
        """Words by which people look for a kind."""
        return self.kinds.search_words(kind) if kind in self.kinds.kinds else ""

    def fresh_months(self, kind: str) -> int:
        """Months that a check of such an asset lasts."""
        known = self.kinds.kinds.get(kind)
        return known.fresh_months if known else 6

    def hours(self, spec: str, start: int, end: int) -> Sequence[Interval]:
        """Intervals that hours in OSM syntax are open in the window; none if unreadable."""
        try:
            return opening.intervals(
                spec, from_minutes(start), from_minutes(end), self.nation, self.near, self.terms
            )
        except LacError:
            return ()

    def sessions(self, asset: Asset, start: int, end: int) -> Sequence[Interval]:
        """Intervals in the window in which a session happens at the asset."""
        if not asset.sessions:
            return ()
        return domain_sessions.intervals(
            asset.sessions, from_minutes(start), from_minutes(end), self.terms
        )


def from_minutes(minutes: int) -> datetime:
    """Local naive time of so many minutes since 1970-01-01T00:00."""
    return _EPOCH + timedelta(minutes=minutes)
