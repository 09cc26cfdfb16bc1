# SPDX-License-Identifier: AGPL-3.0-or-later
"""Search against a plain model: any mix of filters gives what its meaning says."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.asset import Asset, Known
from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.domain.query import Order, Query
from lac_desktop.storage import assets, horizon, search, vault
from lac_desktop.storage.derived import due_day
from lac_desktop.storage.steps import Step
from tests.storage.plain_indexer import PlainIndexer

NOW = datetime(2026, 11, 21, 12, 0)
IMPORT = Step("Ann", "Import", NOW, "import")
OAKHAM = Point(52.6705, -0.7285)

kinds = ("library", "knitting", "park", "repair")
specs = ("", "24/7", "Mo-Fr 10:00-17:00", "Sa 11:00-01:00", "Mo-Su 08:00-09:00")
some_assets = st.lists(
    st.builds(
        Asset,
        id=st.uuids().map(str),
        name=st.sampled_from(["Red Lion", "Red House", "Lion Yard", "Blue Boar"]),
        kind=st.sampled_from(kinds),
        point=st.none() | st.builds(Point, st.floats(52.66, 52.68), st.floats(-0.74, -0.71)),
        hours=st.sampled_from(specs),
        cost=st.sampled_from(["", "free", "paid"]),
        access=st.dictionaries(st.sampled_from(["toilets", "bus"]), st.sampled_from(["yes", "no"])),
        known=st.sampled_from(Known),
        checked_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    ),
    max_size=12,
    unique_by=lambda a: a.id,
)
some_queries = st.builds(
    Query,
    text=st.sampled_from(["", "red", "lion", "red lion"]),
    near=st.none() | st.just(OAKHAM),
    within_metres=st.none() | st.floats(100, 2000),
    kinds=st.frozensets(st.sampled_from(kinds), max_size=2),
    open_at=st.none() | st.datetimes(NOW, NOW + timedelta(days=40)),
    free=st.booleans(),
    access=st.frozensets(st.sampled_from(["toilets", "bus"]), max_size=1),
    stale=st.booleans(),
    known_at_least=st.sampled_from(Known),
    order=st.sampled_from(Order),
)


def _fits(a: Asset, q: Query) -> bool:
    """The meaning of a query, said as plainly as can be."""
    indexer = PlainIndexer()
    ranks = list(Known)
    at = None if q.open_at is None else horizon.minutes(q.open_at)
    if at is not None and not (a.hours and indexer.hours(a.hours, at, at + 1)):
        return False
    reach = q.within_metres if q.near else None
    if reach is not None and (a.point is None or distance_m(OAKHAM, a.point) > reach):
        return False
    due = due_day(a.checked_on, 6)
    return (
        all(word in a.name.lower().split() for word in q.text.split())
        and (not q.kinds or a.kind in q.kinds)
        and (not q.free or a.cost == "free")
        and all(a.access.get(fact) == "yes" for fact in q.access)
        and (not q.stale or due <= NOW.toordinal())
        and ranks.index(a.known) >= ranks.index(q.known_at_least)
    )


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(some=some_assets, queries=st.lists(some_queries, min_size=3, max_size=6))
def test_search_agrees_with_a_plain_model(
    opened: vault.Vault, some: list[Asset], queries: list[Query]
) -> None:
    with opened.write() as db:
        assets.remove(db, [a.id for a in assets.all_assets(db)], step=IMPORT)
        assets.save(db, some, step=IMPORT, indexer=PlainIndexer())
    with opened.read() as db:
        for query in queries:
            hits = search.search(db, query, now=NOW)
            ids = [row.id for row in search.rows(db, hits.rid)]
            assert len(ids) == len(hits)
            assert set(ids) == {a.id for a in some if _fits(a, query)}
            assert search.facets(db, query, now=NOW).total == len(ids)
