# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where imports came from: the sources, how their columns are read, and each batch taken in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lac_desktop.storage import binding


@dataclass(frozen=True, slots=True)
class Source:
    """One source, such as "osm" or "groups.csv".

    ``mapping`` maps column headings to fields of Asset, as last confirmed; ``details`` holds what
    else a reader wants to find again (encoding, delimiter), as JSON can hold it.
    """

    id: str
    title: str = ""
    licence: str = ""
    attribution: str = ""
    format: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One import of a source. ``digest`` is the SHA-256 of the file; ``step`` 0 if it changed
    nothing; ``undone`` says that the import was taken back."""

    source: str
    step: int
    file: str
    digest: str
    when: datetime
    counts: Mapping[str, int]
    undone: bool = False


_SOURCE = "SELECT id, title, licence, attribution, format, mapping, details FROM import_source"


def _source(row: Any) -> Source:
    return Source(*row[:5], mapping=json.loads(row[5]), details=json.loads(row[6]))


def get(db: binding.Connection, source_id: str) -> Source | None:
    """The source of an id, or None if nothing was ever imported from it."""
    row = db.execute(f"{_SOURCE} WHERE id = ?", (source_id,)).fetchone()
    return None if row is None else _source(row)


def all_sources(db: binding.Connection) -> list[Source]:
    """Every source, by id."""
    return [_source(row) for row in db.execute(f"{_SOURCE} ORDER BY id")]


def put(db: binding.Connection, source: Source) -> None:
    """Remember a source, or what is new about it."""
    db.execute(
        "INSERT INTO import_source VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "title = excluded.title, licence = excluded.licence, attribution = excluded.attribution, "
        "format = excluded.format, mapping = excluded.mapping, details = excluded.details",
        (
            source.id,
            source.title,
            source.licence,
            source.attribution,
            source.format,
            json.dumps(dict(source.mapping), ensure_ascii=False),
            json.dumps(dict(source.details), ensure_ascii=False),
        ),
    )


def add_batch(db: binding.Connection, batch: Batch) -> None:
    """Record that a file was imported; its source must have been put before."""
    db.execute(
        "INSERT INTO import_batch(source, step, file, digest, at, counts) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            batch.source,
            batch.step or None,
            batch.file,
            batch.digest,
            batch.when.isoformat(),
            json.dumps(dict(batch.counts)),
        ),
    )


def batches(db: binding.Connection, source_id: str | None = None) -> list[Batch]:
    """The imports of a source, or of all, newest first."""
    rows = db.execute(
        "SELECT b.source, b.step, b.file, b.digest, b.at, b.counts, s.state "
        "FROM import_batch b LEFT JOIN step s ON s.number = b.step "
        "WHERE ?1 IS NULL OR b.source = ?1 ORDER BY b.rid DESC",
        (source_id,),
    )
    return [
        Batch(
            source,
            step or 0,
            file,
            digest,
            datetime.fromisoformat(at),
            json.loads(counts),
            state is not None and state != "done",
        )
        for source, step, file, digest, at, counts, state in rows
    ]
