# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is worth saying of one asset today: opening, this week, whether a check is due, ties."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.freshness import Freshness, freshness
from lac_desktop.domain.wording import clock_time, when
from lac_desktop.services import opening
from lac_desktop.services.indexing import from_minutes, term_dates
from lac_desktop.services.notebook import Notebook, centre
from lac_desktop.storage import assets as stored
from lac_desktop.storage import duplicates

_WEEK = timedelta(days=7)


def opening_now(notebook: Notebook, asset: Asset) -> str:
    """The sentence on opening at this moment, or "" where no hours are known."""
    return hours_sentence(notebook, asset.hours) if asset.hours else ""


def hours_sentence(notebook: Notebook, spec: str) -> str:
    """What hours in OSM syntax mean now; a sentence on what is wrong where they cannot be read."""
    if not spec.strip():
        return ""
    settings = notebook.settings
    return (
        opening.problem_of(spec)
        or opening.evaluate(
            spec, notebook.clock(), settings.nation, centre(notebook), term_dates(settings)
        ).text
    )


def this_week(notebook: Notebook, asset: Asset) -> list[str]:
    """What happens at the asset within seven days from now: "Tuesday 2pm: Knit and Natter"."""
    from lac_desktop.domain import sessions

    now = notebook.clock()
    start = datetime.combine(now.date(), time())
    terms = term_dates(notebook.settings)
    found: list[tuple[datetime, str]] = []
    for session in asset.sessions:
        for begins, ends, _unsure in sessions.intervals((session,), start, start + _WEEK, terms):
            if from_minutes(ends) >= now:
                found.append((from_minutes(begins), session.title))
    return [f"{_when(at, now)}: {title}" for at, title in sorted(found)]


def _when(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return f"Today {clock_time(at)}"
    said = when(at, now)
    return said[:1].upper() + said[1:]


def check_due(notebook: Notebook, asset: Asset) -> bool:
    """Whether the last check of an asset is longer ago than its kind allows."""
    months = notebook.indexer.fresh_months(asset.kind)
    return freshness(asset.checked_on, months, notebook.clock().date()) is Freshness.DUE


def linked_from(notebook: Notebook, asset_id: str) -> list[tuple[str, str, str]]:
    """Assets that name this one in their links: (id, relation, name)."""
    with notebook.vault.read() as db:
        others = stored.linking_to(db, asset_id)
    return [
        (other.id, link.relation, other.name)
        for other in others
        for link in other.links
        if link.other == asset_id
    ]


def ids_of(notebook: Notebook, rids: Sequence[int]) -> list[str]:
    """The lasting ids of row numbers, in the order asked."""
    with notebook.vault.read() as db:
        return stored.ids_of(db, rids)


def rid_of(notebook: Notebook, asset_id: str) -> int | None:
    """The row number of an asset inside this notebook."""
    with notebook.vault.read() as db:
        return stored.rid_of(db, asset_id)


def decided(notebook: Notebook) -> set[frozenset[str]]:
    """Pairs of ids that somebody has said are the same or different."""
    with notebook.vault.read() as db:
        return {frozenset((p.a, p.b)) for p in duplicates.pairs(db, None) if p.decision}
