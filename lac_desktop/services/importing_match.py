# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tell for each row whether its source brought it before, and what it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lac_desktop.domain import ids
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Candidate, Fate
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.services.duplicates import alike, plain_words
from lac_desktop.services.importing_memory import (
    LEFT_OUT,
    Memory,
    Remembered,
    mark_of,
    up_to_date,
)
from lac_desktop.services.importing_rows import Row, Twin

#: Twins shown for one row.
_MOST_TWINS = 5
#: What the Open Referral UK profile holds as we do; the rest of a service it says in its own way.
_EXACT = ("name", "email", "website", "postcode")


@dataclass(frozen=True, slots=True)
class Known:
    """What the notebook has: assets by id and by source, hand-made edits, and removed ids."""

    by_id: Mapping[str, Asset]
    by_source: Mapping[str, Asset]
    edited: Mapping[str, frozenset[str]]
    removed: frozenset[str]


def settle(row: Row, key: str, known: Known, memory: Memory) -> Row:
    """Decide the fate of a row by what its source brought before; duplicates come later.

    ``row.read`` is the asset that the file makes. A row that a hand removed or left out before
    stays out.
    """
    read = row.read
    if read is None:
        return replace(row, asset=None, fate=Fate.PROBLEM)
    mark = mark_of(read)
    before = memory.rows.get(key)
    existing = _existing(row, before, known)
    row = replace(row, mark=mark)
    if before is not None and before.mode == LEFT_OUT and before.mark == mark:
        return replace(row, asset=read, fate=Fate.LEAVE_OUT, decision=LEFT_OUT_BEFORE)
    if existing is not None:
        return _update(row, existing, before, known)
    if before is not None and before.asset in known.removed:
        return replace(row, asset=read, fate=Fate.LEAVE_OUT, decision=LEFT_OUT_BEFORE)
    new_id = (before.asset if before else "") or read.id or ids.new_id()
    return replace(row, asset=replace(read, id=new_id), fate=Fate.ADD, existing=None)


#: The decision of rows that stay out because they were left out or removed before.
LEFT_OUT_BEFORE = "left out before"


def _existing(row: Row, before: Remembered | None, known: Known) -> Asset | None:
    """The asset that this row became before, or that is the very thing it names."""
    if before is not None:
        return known.by_id.get(before.asset)
    if row.read is not None and row.read.id:
        return known.by_id.get(row.read.id)
    if own := _own_service(row, known):
        return own
    # References of a file's rows shift; those of OpenStreetMap name the thing for good.
    source = row.candidate.source
    return known.by_source.get(source) if source.startswith("osm:") else None


def _own_service(row: Row, known: Known) -> Asset | None:
    """The asset whose id a service has: a feed that we wrote in the UK profile alone."""
    return known.by_id.get(row.candidate.key.removeprefix("id:"))


def _update(row: Row, existing: Asset, before: Remembered | None, known: Known) -> Row:
    """A row whose asset is there: bring it up to date, or find that nothing changed."""
    assert row.read is not None
    edited = known.edited.get(existing.id, frozenset())
    old = before.mark if before else None
    if before is None and not row.read.id and _own_service(row, known):
        # The profile cannot say all that we know: what differs is no news but where it is exact.
        same = {name: getattr(existing, name) for name in _EXACT if getattr(row.read, name)}
        old = mark_of(replace(row.read, **same))
    fresh = up_to_date(existing, row.read, old, row.mark, edited)
    fate = Fate.UNCHANGED if fresh == existing else Fate.UPDATE
    return replace(row, asset=fresh, fate=fate, existing=existing)


def renamed(
    rows: Sequence[Row], keys: Sequence[str], memory: Memory, known: Known
) -> dict[int, str]:
    """Match rows without an id whose name or place changed: number of the row -> former key.

    Of what the source no longer has, the one of the same name, else the one that stood in the
    same row of the file and has nearly the same name.
    """
    from rapidfuzz import fuzz

    seen = set(keys)
    lost = {
        key: known.by_id[row.asset]
        for key, row in memory.rows.items()
        if key not in seen and row.asset in known.by_id
    }
    new = [
        row
        for row, key in zip(rows, keys, strict=True)
        if key not in memory.rows and key.startswith("=") and row.read is not None
    ]
    if not lost or not new:
        return {}
    by_name: dict[str, list[str]] = {}
    by_source: dict[str, str] = {}
    for key, asset in lost.items():
        by_name.setdefault(" ".join(plain_words(asset.name)), []).append(key)
        by_source[asset.source] = key
    found: dict[int, str] = {}
    taken: set[str] = set()
    for row in new:
        assert row.read is not None
        name = " ".join(plain_words(row.read.name))
        same = [key for key in by_name.get(name, ()) if key not in taken]
        there = by_source.get(row.candidate.source, "")
        chosen = same[0] if len(same) == 1 else ""
        if not chosen and there and there not in taken:
            other = " ".join(plain_words(lost[there].name))
            chosen = there if fuzz.ratio(name, other) >= 75 else ""
        if chosen:
            found[row.number] = chosen
            taken.add(chosen)
    return found


def vanished(seen: set[str], memory: Memory, known: Known, file: str) -> tuple[list[Asset], bool]:
    """Assets that an earlier file of the source had and this one has not.

    Compared with files of the same name, and with those that it mostly repeats. The second value
    says that nothing of the earlier file is in this one: then nothing is held to have vanished.
    """
    groups: dict[str, set[str]] = {}
    for key, row in memory.rows.items():
        groups.setdefault(row.file, set()).add(key)
    gone: list[Asset] = []
    strange = False
    for name, keys in groups.items():
        shared = len(keys & seen)
        if not shared:
            strange = strange or (name == file and len(keys) > 2)
            continue
        if name != file and shared < len(keys) / 2:
            continue
        for key in sorted(keys - seen):
            asset = known.by_id.get(memory.rows[key].asset)
            if asset is not None and asset.vanished_on is None:
                gone.append(asset)
    return gone, strange


def with_twins(
    rows: Sequence[Row], pool: Sequence[Asset], progress: Progress = silent
) -> list[Row]:
    """Find what new rows look like among the notebook's assets and the other new rows.

    Of two new rows that look alike the later one is the duplicate.
    """
    new = [row for row in rows if row.fate is Fate.ADD and row.asset is not None]
    if not new:
        return list(rows)
    assets = [*pool, *(row.asset for row in new if row.asset is not None)]
    twins: dict[int, list[Twin]] = {}
    for pair in alike(assets, len(pool), progress):
        row = new[pair.b - len(pool)]
        twins.setdefault(row.number, []).append(Twin(assets[pair.a], pair.reasons, pair.score))
    return [
        replace(row, twins=tuple(twins[row.number][:_MOST_TWINS]), fate=Fate.DUPLICATE)
        if row.number in twins
        else row
        for row in rows
    ]


def distinct_sources(rows: Iterable[Row], taken: set[str]) -> list[Row]:
    """Give new assets a source of their own where another row of an older file has theirs."""
    settled: list[Row] = []
    for row in rows:
        if (
            row.existing is None
            and row.asset is not None
            and row.fate in (Fate.ADD, Fate.DUPLICATE)
        ):
            source, n = row.asset.source, 2
            while source and source in taken:
                source, n = f"{row.asset.source}.{n}", n + 1
            if source:
                taken.add(source)
            row = replace(row, asset=replace(row.asset, source=source))
        settled.append(row)
    return settled


def key_of(candidate: Candidate) -> str:
    """What names a candidate among all of its source."""
    return candidate.key or candidate.source
