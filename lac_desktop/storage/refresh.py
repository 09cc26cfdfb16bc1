# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deriving anew: when the horizon runs out, or the kinds or the nation have changed."""

from collections.abc import Iterator
from datetime import datetime

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.storage import binding, derived, horizon
from lac_desktop.storage.indexing import Indexer
from lac_desktop.storage.rows import SELECTED, decode

_CHUNK = 1000


def is_due(db: binding.Connection, indexer: Indexer, now: datetime) -> bool:
    """Say whether :func:`refresh` should run; cheap enough for every unlocking."""
    return _indexed_by(db) != indexer.version or horizon.is_stale(db, now)


def make_due(db: binding.Connection) -> None:
    """Have everything derived anew by the next :func:`refresh`."""
    db.execute("DELETE FROM meta WHERE key = 'indexed by'")


def refresh(
    db: binding.Connection, indexer: Indexer, now: datetime, progress: Progress = silent
) -> None:
    """Bring what is derived up to date, inside the caller's writing transaction.

    Opening times alone if only the horizon ran out; everything if the indexer is another.
    """
    if _indexed_by(db) != indexer.version:
        _everything(db, indexer, now, progress)
    elif horizon.is_stale(db, now):
        _opening_times(db, indexer, now, progress)


def _indexed_by(db: binding.Connection) -> str:
    row = db.execute("SELECT value FROM meta WHERE key = 'indexed by'").fetchone()
    return "" if row is None else row[0]


def _opening_times(
    db: binding.Connection, indexer: Indexer, now: datetime, progress: Progress
) -> None:
    window = horizon.around(now)
    horizon.set_current(db, window)
    db.execute("DELETE FROM hours_interval")
    db.execute("DELETE FROM session_interval")
    db.execute("DELETE FROM hours WHERE rid NOT IN (SELECT hours FROM asset_find)")
    specs = db.execute("SELECT rid, spec FROM hours").fetchall()
    for done, (rid, spec) in enumerate(specs):
        if done % 100 == 0:
            progress(done, len(specs), "Opening hours")
        derived.expand_hours(db, rid, spec, indexer, window)
    some = "WHERE rid IN (SELECT rid FROM asset_find WHERE sessions = 1)"
    for chunk in _chunks(db, some):
        progress(0, None, "Opening hours")
        for rid, asset in chunk:
            derived.expand_sessions(db, rid, asset, indexer, window)


def _everything(
    db: binding.Connection, indexer: Indexer, now: datetime, progress: Progress
) -> None:
    horizon.set_current(db, horizon.around(now))
    derived.remove_all(db)
    total = db.execute("SELECT count(*) FROM asset WHERE removed = ''").fetchone()[0]
    done = 0
    for chunk in _chunks(db, "WHERE removed = ''"):
        progress(done, total, "Preparing the search")
        derived.put(db, chunk, indexer, fresh=True)
        done += len(chunk)
    db.execute("INSERT OR REPLACE INTO meta VALUES ('indexed by', ?)", (indexer.version,))


def _chunks(db: binding.Connection, where: str) -> Iterator[list[tuple[int, Asset]]]:
    after = 0
    while True:
        rows = db.execute(
            f"SELECT rid, {SELECTED} FROM asset {where} AND rid > ? ORDER BY rid LIMIT {_CHUNK}",  # noqa: S608
            (after,),
        ).fetchall()
        if not rows:
            return
        yield [(row[0], decode(row[1:])) for row in rows]
        after = rows[-1][0]
