# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is derived from assets to find them quickly: positions, words, facts and opening times."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.freshness import due_on
from lac_desktop.storage import binding
from lac_desktop.storage.horizon import Horizon, by_day, current
from lac_desktop.storage.indexing import Indexer
from lac_desktop.storage.rows import KNOWN_RANK, access_bits

#: From so many rows on, words are deleted the quick way.
_MANY = 100
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Cut text into words as the full-text tables do: letters and digits, no accents, lower case.

    The order is that of the text, and a word may occur twice.
    """
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(plain.lower())


def due_day(checked_on: date | None, months: int) -> int:
    """Day number (proleptic ordinal) on which a check is due; 0 if there never was one."""
    due = due_on(checked_on, months)
    return due.toordinal() if due else 0


def _full_text(asset: Asset, words: str) -> tuple[str, ...]:
    rest = " ".join(
        (
            asset.description,
            asset.could_give,
            asset.welcome,
            asset.cost_note,
            asset.access_note,
            asset.hours_text,
            asset.website,
            asset.phone,
            *asset.languages,
            *(f"{s.title} {s.note}" for s in asset.sessions),
            asset.greeter,
            *(f"{c.name} {c.role} {c.organisation} {c.patch}" for c in asset.contacts),
        )
    )
    place = f"{asset.address} {asset.postcode}"
    return (asset.name, asset.name_cy, words, asset.gives, place, rest)


def _quick_text(asset: Asset) -> tuple[str, str]:
    return (f"{asset.name} {asset.name_cy}", f"{asset.address} {asset.postcode}")


def _facts(rid: int, asset: Asset, indexer: Indexer, hours: int) -> tuple[object, ...]:
    point = asset.point
    return (
        rid,
        indexer.category(asset.kind),
        asset.kind,
        None if point is None else point.lat,
        None if point is None else point.lon,
        hours,
        int(bool(asset.sessions)),
        int(asset.cost == "free"),
        access_bits(asset.access),
        int(bool(asset.greeter)),
        KNOWN_RANK[asset.known.value],
        0 if asset.checked_on is None else asset.checked_on.toordinal(),
        due_day(asset.checked_on, indexer.fresh_months(asset.kind)),
        int(asset.vanished_on is not None),
    )


def remove(db: binding.Connection, rids: Sequence[int]) -> None:
    """Take assets out of everything that finds them.

    Deleting securely from the full-text tables takes 0.2 ms a row. Assets keep their words under
    the tombstone and in the history in any case, so many at once are deleted the quick way; who
    really erases words must rebuild these tables.
    """
    rows = [(rid,) for rid in rids]
    quick = len(rows) > _MANY
    if quick:
        _secure_delete(db, 0)
    for table, key in (
        ("asset_find", "rid"),
        ("asset_rt", "rid"),
        ("asset_fts", "rowid"),
        ("asset_quick", "rowid"),
        ("session_interval", "asset"),
    ):
        db.executemany(f"DELETE FROM {table} WHERE {key} = ?", rows)  # noqa: S608
    if quick:
        _secure_delete(db, 1)


def remove_all(db: binding.Connection) -> None:
    """Empty everything that finds assets, words and opening times included."""
    _secure_delete(db, 0)
    for table in (
        *("hours_interval", "session_interval", "asset_find", "asset_rt", "hours", "word"),
        *("asset_fts", "asset_quick"),
    ):
        db.execute(f"DELETE FROM {table}")  # noqa: S608
    _secure_delete(db, 1)


def _secure_delete(db: binding.Connection, value: int) -> None:
    for table in ("asset_fts", "asset_quick"):
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES('secure-delete', {value})")


def _hours_rows(
    db: binding.Connection, assets: Iterable[Asset], indexer: Indexer, horizon: Horizon
) -> dict[str, int]:
    """Row numbers of the hours of assets by value; values not seen before are expanded."""
    specs = sorted({asset.hours for asset in assets if asset.hours})
    found: dict[str, int] = {"": 0}
    for spec in specs:
        row = db.execute("SELECT rid FROM hours WHERE spec = ?", (spec,)).fetchone()
        if row is None:
            row = db.execute("INSERT INTO hours(spec) VALUES (?) RETURNING rid", (spec,)).fetchone()
            expand_hours(db, row[0], spec, indexer, horizon)
        found[spec] = row[0]
    return found


def expand_hours(
    db: binding.Connection, rid: int, spec: str, indexer: Indexer, horizon: Horizon
) -> None:
    """Store when one opening_hours value is open within the horizon."""
    cut = by_day(indexer.hours(spec, *horizon), horizon)
    db.executemany(
        "INSERT OR IGNORE INTO hours_interval VALUES (?, ?, ?, ?, ?)",
        [(day, rid, start, until, unknown) for day, start, until, unknown in cut],
    )


def expand_sessions(
    db: binding.Connection, rid: int, asset: Asset, indexer: Indexer, horizon: Horizon
) -> None:
    """Store when something happens at one asset within the horizon."""
    cut = by_day(indexer.sessions(asset, *horizon), horizon)
    db.executemany(
        "INSERT OR IGNORE INTO session_interval VALUES (?, ?, ?, ?, ?)",
        [(day, rid, start, until, unknown) for day, start, until, unknown in cut],
    )


def put(
    db: binding.Connection,
    assets: Sequence[tuple[int, Asset]],
    indexer: Indexer,
    *,
    fresh: bool,
) -> None:
    """Make assets findable. ``fresh`` says that none of the row numbers was there before."""
    if not fresh:
        remove(db, [rid for rid, _ in assets])
    horizon = current(db)
    hours = _hours_rows(db, (asset for _, asset in assets), indexer, horizon)
    kinds = {asset.kind: indexer.words(asset.kind) for _, asset in assets}
    texts = [(rid, *_full_text(asset, kinds[asset.kind])) for rid, asset in assets]
    db.executemany(
        "INSERT INTO asset_find VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_facts(rid, asset, indexer, hours[asset.hours]) for rid, asset in assets],
    )
    db.executemany(
        "INSERT INTO asset_rt VALUES (?, ?, ?, ?, ?)",
        [
            (rid, a.point.lon, a.point.lon, a.point.lat, a.point.lat)
            for rid, a in assets
            if a.point is not None
        ],
    )
    db.executemany(
        "INSERT INTO asset_fts(rowid, name, name_cy, words, gives, place, rest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        texts,
    )
    db.executemany(
        "INSERT INTO asset_quick(rowid, name, place) VALUES (?, ?, ?)",
        [(rid, *_quick_text(asset)) for rid, asset in assets],
    )
    words = {word for text in texts for part in text[1:] for word in words_of(str(part))}
    db.executemany("INSERT OR IGNORE INTO word VALUES (?)", [(word,) for word in sorted(words)])
    for rid, asset in assets:
        if asset.sessions:
            expand_sessions(db, rid, asset, indexer, horizon)
