# SPDX-License-Identifier: AGPL-3.0-or-later
"""Saving, getting and removing assets, and the history of each.

All functions take the connection that ``vault.write()`` or ``vault.read()`` gives.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.storage import binding, derived, refresh
from lac_desktop.storage.indexing import Indexer
from lac_desktop.storage.rows import COLUMNS, SELECTED, decode, encode, field_of, in_words
from lac_desktop.storage.steps import Change, Step, begin, forget_if_empty, resume

_CHUNK = 1000
_ALL = ", ".join(COLUMNS)
_INSERT = (
    f"INSERT INTO asset(rid, id, base_clock, {_ALL}) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the notebook holds of one source reference; ``removed`` if a hand took it out."""

    id: str
    removed: bool


def save(
    db: binding.Connection,
    assets: Iterable[Asset],
    *,
    step: Step | int,
    indexer: Indexer,
    progress: Progress = silent,
) -> int:
    """Add assets or change those whose id is there, and return the number of the step.

    Only values that differ are written and recorded. A ``Step`` is begun and, if nothing
    differed, dropped again (the answer is then 0); the number of a step begun before joins it. A
    removed asset that is saved comes back. An id that occurs twice counts with its last values.
    """
    if isinstance(step, int):
        number, own = step, False
        resume(db, number)
    else:
        number, own = begin(db, step), True
        if refresh.is_due(db, indexer, step.when) and not _any(db):
            refresh.refresh(db, indexer, step.when)
    clock = db.execute("SELECT clock FROM step WHERE number = ?", (number,)).fetchone()[0]
    done, waiting = 0, iter(assets)
    while chunk := {asset.id: asset for asset in islice(waiting, _CHUNK)}:
        progress(done, None, "Saving")
        _save_chunk(db, chunk, clock, indexer)
        done += len(chunk)
    if own and forget_if_empty(db, number):
        return 0
    return number


def _any(db: binding.Connection) -> bool:
    return db.execute("SELECT 1 FROM asset LIMIT 1").fetchone() is not None


def _save_chunk(
    db: binding.Connection, chunk: Mapping[str, Asset], clock: str, indexer: Indexer
) -> None:
    if "" in chunk:
        raise ValueError("an asset without an id cannot be saved")
    there = {row[1]: row for row in _select(db, "id", tuple(chunk))}
    new = [asset for asset in chunk.values() if asset.id not in there]
    rids: dict[str, int] = {}
    if new:
        first = db.execute("SELECT coalesce(max(rid), 0) FROM asset").fetchone()[0] + 1
        db.executemany(
            _INSERT,
            [(first + i, a.id, clock, *encode(a)) for i, a in enumerate(new)],
        )
        rids = {asset.id: first + i for i, asset in enumerate(new)}
        derived.put(db, [(rids[a.id], a) for a in new], indexer, fresh=True)
    changed = [
        (row[0], chunk[key]) for key, row in there.items() if _update(db, row, encode(chunk[key]))
    ]
    if changed:
        derived.put(db, changed, indexer, fresh=False)


def _update(db: binding.Connection, row: Sequence[Any], values: Sequence[Any]) -> bool:
    """Write the values of one asset that differ; say whether any did."""
    rid, removed, old = row[0], row[2], row[3:]
    differ = {
        name: new for name, before, new in zip(COLUMNS, old, values, strict=True) if before != new
    }
    if removed:
        differ["removed"] = ""
    if not differ:
        return False
    sets = ", ".join(f"{name} = ?" for name in differ)
    db.execute(f"UPDATE asset SET {sets} WHERE rid = ?", (*differ.values(), rid))  # noqa: S608
    return True


def _select(db: binding.Connection, column: str, keys: Sequence[Any]) -> Iterator[Any]:
    """Rows (rid, id, removed, *COLUMNS) of the assets whose column holds one of the keys."""
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        marks = ", ".join("?" * len(some))
        yield from db.execute(
            f"SELECT rid, id, removed, {_ALL} FROM asset WHERE {column} IN ({marks})",  # noqa: S608
            some,
        ).fetchall()


def get(db: binding.Connection, asset_id: str) -> Asset | None:
    """The asset of an id; None if there is none or it was removed."""
    row = db.execute(
        f"SELECT {SELECTED} FROM asset WHERE id = ? AND removed = ''",  # noqa: S608
        (asset_id,),
    ).fetchone()
    return None if row is None else decode(row)


def get_many(db: binding.Connection, ids: Iterable[str]) -> dict[str, Asset]:
    """The assets of some ids, by id, in the order asked; absent and removed ones are left out."""
    keys = tuple(dict.fromkeys(ids))
    found = {row[1]: decode((row[1], *row[3:])) for row in _select(db, "id", keys) if not row[2]}
    return {key: found[key] for key in keys if key in found}


def by_rids(db: binding.Connection, rids: Iterable[int]) -> dict[int, Asset]:
    """The assets of row numbers, in the order asked; absent and removed ones are left out."""
    keys = tuple(dict.fromkeys(int(rid) for rid in rids))
    found = {row[0]: decode((row[1], *row[3:])) for row in _select(db, "rid", keys) if not row[2]}
    return {key: found[key] for key in keys if key in found}


def all_assets(db: binding.Connection) -> Iterator[Asset]:
    """Every asset that was not removed, oldest row first."""
    for row in db.execute(f"SELECT {SELECTED} FROM asset WHERE removed = '' ORDER BY rid"):  # noqa: S608
        yield decode(row)


def count(db: binding.Connection) -> int:
    """How many assets there are."""
    return int(db.execute("SELECT count(*) FROM asset_find").fetchone()[0])


def rid_of(db: binding.Connection, asset_id: str) -> int | None:
    """The row number of an asset inside this notebook."""
    row = db.execute("SELECT rid FROM asset WHERE id = ?", (asset_id,)).fetchone()
    return None if row is None else int(row[0])


def ids_of(db: binding.Connection, rids: Iterable[int]) -> list[str]:
    """The ids of row numbers, in the order asked."""
    keys = tuple(int(rid) for rid in rids)
    rows = db.execute(
        "SELECT rid, id FROM asset WHERE rid IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    found = dict(rows.fetchall())
    return [found[key] for key in keys if key in found]


def linking_to(db: binding.Connection, asset_id: str) -> list[Asset]:
    """The assets that name this one in their links."""
    rows = db.execute(
        f"SELECT {SELECTED} FROM asset WHERE removed = '' AND instr(links, ?) > 0",  # noqa: S608
        (asset_id,),
    )
    found = [decode(row) for row in rows.fetchall()]
    return [asset for asset in found if any(link.other == asset_id for link in asset.links)]


def remove(db: binding.Connection, ids: Iterable[str], *, step: Step | int) -> int:
    """Remove assets (undo brings them back) and return the step's number; 0 if none was there."""
    own = isinstance(step, Step)
    number = begin(db, step) if isinstance(step, Step) else step
    resume(db, number)
    rids = [row[0] for row in _select(db, "id", tuple(ids)) if not row[2]]
    db.executemany("UPDATE asset SET removed = 'removed' WHERE rid = ?", [(r,) for r in rids])
    derived.remove(db, rids)
    return 0 if own and forget_if_empty(db, number) else number


def texts_with_names(db: binding.Connection) -> list[tuple[str, ...]]:
    """The texts of every place in which a person may be named, the place's own name first."""
    return db.execute(
        "SELECT name, greeter, contacts, welcome, gives FROM asset WHERE removed = ''"
    ).fetchall()


def by_source(db: binding.Connection, prefix: str) -> dict[str, Held]:
    """What the notebook holds of one source, by reference ("osm:node/123").

    ``prefix`` is how its references begin ("osm:", "groups.csv#"). Assets whose import was undone
    are left out; those that a hand removed are there, so that a later import leaves them alone.
    """
    rows = db.execute(
        "SELECT source, id, removed FROM asset WHERE source >= ? AND source < ? "
        "AND source <> '' AND removed <> 'undone' ORDER BY removed DESC, rid DESC",
        (prefix, prefix + "\U0010ffff"),
    )
    return {source: Held(key, bool(removed)) for source, key, removed in rows}


def edited_fields(db: binding.Connection, asset_id: str) -> frozenset[str]:
    """Fields of an asset that a hand has set: a later import leaves them alone.

    Names are attributes of Asset. Of an asset made by hand these are all fields that say anything.
    """
    return edited_fields_of(db, (asset_id,)).get(asset_id, frozenset())


def edited_fields_of(
    db: binding.Connection, ids: Iterable[str] | None = None
) -> dict[str, frozenset[str]]:
    """Like :func:`edited_fields` for many assets at once (None: all); only those with any."""
    rids = None if ids is None else [rid for i in ids if (rid := rid_of(db, i)) is not None]
    found: dict[int, set[str]] = {}
    query = (
        "SELECT DISTINCT c.row, c.field FROM step s CROSS JOIN change c ON c.step = s.number "
        "WHERE s.by_hand AND s.state = 'done' AND s.undoes IS NULL AND c.tbl = 'asset'"
        if rids is None
        else "SELECT DISTINCT c.row, c.field FROM change c CROSS JOIN step s ON s.number = c.step "
        "WHERE c.tbl = 'asset' AND c.row = ? AND s.by_hand AND s.state = 'done'"
    )
    for row in [()] if rids is None else [(rid,) for rid in rids]:
        for rid, field in db.execute(query, row):
            found.setdefault(rid, set()).add(field_of(field))
    made = [rid for rid, names in found.items() if "+" in names]
    for row in _select(db, "rid", made):
        found[row[0]] |= _said(decode((row[1], *row[3:])))
    names = {row[0]: row[1] for row in _select(db, "rid", tuple(found))}
    skip = {"+", "removed"}
    return {names[rid]: frozenset(f - skip) for rid, f in found.items() if f - skip}


def _said(asset: Asset) -> set[str]:
    """Names of the fields that differ from an empty asset."""
    empty = Asset(id=asset.id, name="", kind="")
    return {
        f.name
        for f in fields(Asset)
        if f.name != "id" and getattr(asset, f.name) != getattr(empty, f.name)
    }


_HISTORY = """SELECT c.step, s.who, s.at, s.why, s.kind, c.field, c.old, c.new, c.erased
  FROM change c JOIN step s ON s.number = c.step
  WHERE c.tbl = 'asset' AND c.row = ? ORDER BY c.step, c.field = 'lon', c.seq"""


def history(db: binding.Connection, asset_id: str) -> list[Change]:
    """Everything that happened to an asset, oldest first, in words ready to show."""
    rid = rid_of(db, asset_id)
    lines: list[Change] = []
    place: dict[int, int] = {}  # step -> where its line about the point stands
    for step, who, at, why, kind, field, old, new, erased in db.execute(_HISTORY, (rid,)):
        name, before, after = _told(field, old, new)
        if name == "point" and step in place:
            first = lines[place[step]]
            before, after = _joined(first.old, before), _joined(first.new, after)
            lines[place[step]] = Change(
                step, who, first.when, why, kind, name, before, after, bool(erased)
            )
            continue
        if name == "point":
            place[step] = len(lines)
        when = datetime.fromisoformat(at)
        lines.append(Change(step, who, when, why, kind, name, before, after, bool(erased)))
    return lines


def _joined(lat: str, lon: str) -> str:
    return f"{lat}, {lon}" if lat and lon else lat or lon


def _told(field: str, old: Any, new: Any) -> tuple[str, str, str]:
    if field == "+":
        return "added", "", ""
    if field == "removed":
        return ("removed" if new else "brought back"), "", ""
    return field_of(field), in_words(field, old), in_words(field, new)
