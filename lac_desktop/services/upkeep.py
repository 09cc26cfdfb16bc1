# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the whole notebook true: what is due a call, which two are one, checks."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from lac_desktop.domain import asset_check
from lac_desktop.domain.asset import Asset, Link
from lac_desktop.domain.asset_check import FieldProblem
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.query import Order, Query
from lac_desktop.errors import LacError
from lac_desktop.services import assets, find, opening
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage import duplicates
from lac_desktop.storage import vault as vaults
from lac_desktop.storage.vault import Vault

__all__ = ["FieldProblem"]


def problems_of(notebook: Notebook, asset: Asset) -> list[FieldProblem]:
    """What is wrong with an asset, field by field; an empty list means it can be kept."""
    found = asset_check.problems_of(asset, notebook.kinds.kinds, notebook.clock().date())
    if asset.hours:
        wrong = opening.problem_of(asset.hours)
        if wrong:
            found.append(FieldProblem("hours", wrong))
    return found


def call_sheet(notebook: Notebook, query: Query | None = None) -> list[Asset]:
    """The assets that are due a check, the longest unchecked first, under a filter if given."""
    asked = replace(query or Query(), stale=True, order=Order.CHECKED)
    found = find.find(notebook, asked)
    with notebook.vault.read() as db:
        listed = stored.ids_of(db, found.rids.tolist())
    return assets.get_many(notebook, listed)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two assets that may be one, with the reasons in words and the fields that differ."""

    a: Asset
    b: Asset
    reasons: tuple[str, ...]
    differ: tuple[str, ...]


def open_pairs(notebook: Notebook) -> list[Pair]:
    """Pairs marked as alike that nobody has decided, the likeliest first."""
    with notebook.vault.read() as db:
        marked = duplicates.pairs(db)
        held = stored.get_many(db, {key for pair in marked for key in (pair.a, pair.b)})
    return [
        Pair(
            held[pair.a],
            held[pair.b],
            tuple(pair.reasons),
            tuple(assets.differing(held[pair.a], held[pair.b])),
        )
        for pair in marked
    ]


def different(notebook: Notebook, a: str, b: str) -> None:
    """Say that two assets are not the same; they are not asked about again."""
    with notebook.vault.write() as db:
        duplicates.decide(
            db, a, b, "different", step=assets.step(notebook, "Keep both places", "merge")
        )
    notebook.changed()


def merge(notebook: Notebook, keep: str, drop: str, take: Sequence[str]) -> Asset:
    """Make one asset of two: ``keep`` with the fields named in ``take`` from ``drop``.

    Links of other assets to the dropped one then lead to the kept one. One step, undoable.
    """
    held = assets.get(notebook, keep)
    gone = assets.get(notebook, drop)
    if held is None or gone is None:
        raise LacError("One of the two places is no longer there.", "Look at the list again.")
    known = {f.name for f in fields(Asset)} - {"id"}
    values = {name: getattr(gone, name) for name in take if name in known}
    merged = replace(held, **values)
    merged = replace(merged, links=tuple(x for x in merged.links if x.other not in (keep, drop)))
    step = assets.step(notebook, f"Join {merged.name}", "merge")
    with notebook.vault.write() as db:
        relinked = [
            _relinked(other, drop, keep)
            for other in stored.linking_to(db, drop)
            if other.id not in (keep, drop)
        ]
        number = stored.save(db, [merged, *relinked], step=step, indexer=notebook.indexer)
        number = duplicates.decide(db, keep, drop, "same", step=number or step) or number
        stored.remove(db, [drop], step=number or step)
    notebook.changed()
    return merged


def _relinked(asset: Asset, old: str, new: str) -> Asset:
    links: dict[Link, None] = {}
    for link in asset.links:
        links[replace(link, other=new) if link.other == old else link] = None
    return replace(asset, links=tuple(links))


def check(vault: Vault, progress: Progress = silent) -> list[str]:
    """Check an open notebook from end to end; sentences about what is wrong."""
    return vaults.verify(vault, progress)
