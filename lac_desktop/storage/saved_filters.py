# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters that somebody kept under a name, as JSON of a query."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from lac_desktop.domain.asset import Known
from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.query import Order, Query, without_home
from lac_desktop.storage import binding


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A query under a name."""

    id: str
    name: str
    query: Query


def to_json(query: Query) -> str:
    """A query as JSON; what it does not ask for is left out."""
    empty = Query()
    values: dict[str, Any] = {}
    for f in fields(Query):
        value = getattr(query, f.name)
        if value == getattr(empty, f.name):
            continue
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, (Point, Box)):
            value = asdict(value)
        values[f.name] = value
    return json.dumps(values, ensure_ascii=False)


def from_json(text: str) -> Query:
    """Read a query; names that this version does not know are passed over."""
    names = {f.name for f in fields(Query)}
    values = {name: value for name, value in json.loads(text).items() if name in names}
    readers: dict[str, Any] = {
        "near": lambda value: Point(**value),
        "box": lambda value: Box(**value),
        "kinds": frozenset,
        "categories": frozenset,
        "access": frozenset,
        "open_at": datetime.fromisoformat,
        "known_at_least": Known,
        "order": Order,
    }
    for name, read in readers.items():
        if values.get(name) is not None:
            values[name] = read(values[name])
    return Query(**values)


def all_filters(db: binding.Connection) -> list[SavedFilter]:
    """The saved filters in the order they were made."""
    rows = db.execute("SELECT id, name, query FROM saved_filter ORDER BY place, name")
    return [SavedFilter(key, name, from_json(query)) for key, name, query in rows]


def put(db: binding.Connection, saved: SavedFilter) -> None:
    """Keep a filter, or change the one of its id in its place; a home is never part of one."""
    db.execute(
        "INSERT INTO saved_filter VALUES (?, ?, ?, "
        "(SELECT coalesce(max(place), 0) + 1 FROM saved_filter)) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query",
        (saved.id, saved.name, to_json(without_home(saved.query))),
    )


def drop(db: binding.Connection, filter_id: str) -> None:
    """Forget a filter; nothing happens if it is not there."""
    db.execute("DELETE FROM saved_filter WHERE id = ?", (filter_id,))
