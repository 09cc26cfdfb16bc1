# SPDX-License-Identifier: AGPL-3.0-or-later
"""Remember what each row of a source said and became, so that a newer file can be compared.

Kept as JSON in the details of the source: for each import that still stands, its rows by key as
``[asset id, mark, file, mode]``. A mark is a fingerprint for each field that said something.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.storage import sources

#: Fields that a file may set and a newer one may change, in the order of Asset.
FIELDS = tuple(
    f.name
    for f in fields(Asset)
    if f.name not in ("id", "source", "known", "visibility", "vanished_on")
)
_EMPTY = Asset(id="", name="", kind="")
_WIDTH = 10  # two digits for the field, eight for its value
_KEEP = 3  # rows of so many imports are kept, in case the latest are undone

ADDED, LEFT_OUT = "", "out"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What one row became: the asset, the mark of what the file said, and the file's own name."""

    asset: str
    mark: str
    file: str
    mode: str = ADDED


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything remembered of one source; empty for one that is new."""

    rows: Mapping[str, Remembered] = field(default_factory=dict)
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


def _plain(value: Any) -> str:
    """One form for equal values: what a dictionary holds in order, numbers to 1 cm."""
    if isinstance(value, Mapping):
        return repr(sorted(value.items()))
    if hasattr(value, "lat"):
        return f"{value.lat:.7f},{value.lon:.7f}"
    return repr(value)


def mark_of(asset: Asset) -> str:
    """Fingerprint an asset field by field."""
    parts: list[str] = []
    for place, name in enumerate(FIELDS):
        value = getattr(asset, name)
        if value != getattr(_EMPTY, name):
            text = _plain(value).encode("utf-8", "replace")
            parts.append(f"{place:02x}{hashlib.blake2b(text, digest_size=4).hexdigest()}")
    return "".join(parts)


def _by_field(mark: str) -> dict[str, str]:
    """The fingerprints of a mark by name of the field."""
    pieces = (mark[at : at + _WIDTH] for at in range(0, len(mark), _WIDTH))
    return {FIELDS[int(p[:2], 16)]: p[2:] for p in pieces if int(p[:2], 16) < len(FIELDS)}


def changed_fields(old: str, new: str) -> set[str]:
    """Fields that a newer file says differently than the one before."""
    before, after = _by_field(old), _by_field(new)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def up_to_date(
    existing: Asset, read: Asset, old: str | None, new: str, edited: frozenset[str]
) -> Asset:
    """The existing asset with what a newer file says differently; hand-made edits are kept.

    ``old`` is the mark of the last file, None where it is not known: then only values that say
    something are taken. An asset that had vanished is there again.
    """
    if old is None:
        names = {n for n in FIELDS if getattr(read, n) != getattr(_EMPTY, n)}
    else:
        names = changed_fields(old, new)
    takes = {name: getattr(read, name) for name in names - edited}
    # Whoever checked a place by hand knows more than the file does.
    if "checked_on" in edited:
        takes.pop("checked_by", None)
    return replace(existing, vanished_on=None, **takes)


def load(db: Any, source_id: str) -> Memory:
    """What is remembered of a source: the rows of its newest import that was not undone."""
    source = sources.get(db, source_id)
    if source is None:
        return Memory()
    kept = source.details.get("rows", {})
    for batch in sources.batches(db, source_id):
        rows = kept.get(str(batch.step))
        if batch.step and not batch.undone and rows is not None:
            found = {key: Remembered(*row) for key, row in rows.items()}
            return Memory(found, source.details.get("fixes", {}), source.mapping)
    return Memory({}, source.details.get("fixes", {}), source.mapping)


def details(
    db: Any, source_id: str, step: int, rows: Mapping[str, Remembered], fixes: Mapping[str, Any]
) -> dict[str, Any]:
    """The details to store after an import whose step is ``step`` (0: nothing changed)."""
    source = sources.get(db, source_id)
    kept: dict[str, Any] = dict(source.details.get("rows", {})) if source else {}
    there = [batch.step for batch in sources.batches(db, source_id) if not batch.undone]
    number = step or next((n for n in there if n and str(n) in kept), 0)
    if number:
        kept[str(number)] = {
            key: [row.asset, row.mark, row.file, row.mode] for key, row in rows.items()
        }
    newest = sorted(kept, key=int, reverse=True)[:_KEEP]
    return {"rows": {n: kept[n] for n in newest}, "fixes": dict(fixes)}
