# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping assets true: save, check, change many, remove, undo, redo and the history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage import steps as stored_steps
from lac_desktop.storage import undo as stored_undo
from lac_desktop.storage.steps import Change, Step, StepDone

#: Fields that a bulk edit may set; the rest belong to one asset alone.
BULK_FIELDS = (
    "kind", "cost", "known", "visibility", "checked_on", "languages", "licence", "attribution",
    "greeter_agreed_public", "access",
)  # fmt: skip

#: An import can be taken back for so long.
UNDO_DAYS = 30

__all__ = ["Change", "StepDone"]


def blank(*, name: str = "", kind: str = "", point: Point | None = None) -> Asset:
    """A new asset that is not saved yet, with an id of its own; visible to the team."""
    return Asset(id=ids.new_id(), name=name, kind=kind, point=point)


def get(notebook: Notebook, asset_id: str) -> Asset | None:
    """The asset of an id, or None if there is none or it was removed."""
    with notebook.vault.read() as db:
        return stored.get(db, asset_id)


def get_many(notebook: Notebook, asset_ids: Sequence[str]) -> list[Asset]:
    """The assets of these ids that are there, in the same order."""
    with notebook.vault.read() as db:
        found = stored.get_many(db, asset_ids)
    return [found[asset_id] for asset_id in asset_ids if asset_id in found]


def count(notebook: Notebook) -> int:
    """How many assets there are."""
    with notebook.vault.read() as db:
        return stored.count(db)


def save(notebook: Notebook, asset: Asset, why: str = "") -> Asset:
    """Add an asset or keep its changes, as one step that can be undone."""
    return save_many(notebook, [asset], why or f"Edit {asset.name}")[0]


def save_many(
    notebook: Notebook,
    assets: Sequence[Asset],
    why: str,
    kind: str = "edit",
    progress: Progress = silent,
) -> list[Asset]:
    """Keep several assets as one step."""
    with notebook.vault.write() as db:
        stored.save(
            db,
            assets,
            step=step(notebook, why, kind),
            indexer=notebook.indexer,
            progress=progress,
        )
    notebook.changed()
    return list(assets)


def step(notebook: Notebook, why: str, kind: str = "edit") -> Step:
    """An undoable act by whoever uses the notebook, now."""
    return Step(notebook.settings.who, why, notebook.clock(), kind)


def remove(notebook: Notebook, asset_ids: Iterable[str]) -> int:
    """Remove assets; undo brings them back. Returns how many there were."""
    doomed = get_many(notebook, list(asset_ids))
    if not doomed:
        return 0
    what = doomed[0].name if len(doomed) == 1 else f"{len(doomed)} places"
    with notebook.vault.write() as db:
        stored.remove(
            db, [asset.id for asset in doomed], step=step(notebook, f"Remove {what}", "remove")
        )
    notebook.changed()
    return len(doomed)


def checked_today(notebook: Notebook, asset_ids: Iterable[str]) -> int:
    """Note that assets are still right today, and by whom; returns how many."""
    today = notebook.clock().date()
    chosen = get_many(notebook, list(asset_ids))
    checked = [
        replace(asset, checked_on=today, checked_by=notebook.settings.who, vanished_on=None)
        for asset in chosen
    ]
    if checked:
        what = checked[0].name if len(checked) == 1 else f"{len(checked)} places"
        save_many(notebook, checked, f"Check {what}", "check")
    return len(checked)


def bulk_edit(
    notebook: Notebook,
    asset_ids: Sequence[str],
    changes: Mapping[str, Any],
    progress: Progress = silent,
) -> int:
    """Set the same values on many assets as one step; returns how many were not so already.

    ``changes`` maps names of BULK_FIELDS to values; ``access`` is joined to what each asset has.
    Raises LacError for other fields, and for a kind that is not in the table.
    """
    allowed = set(BULK_FIELDS)
    strange = [name for name in changes if name not in allowed]
    if strange:
        raise LacError(f"“{strange[0]}” cannot be changed for many places at once.", "Edit each.")
    if "kind" in changes and changes["kind"] not in notebook.kinds.kinds:
        raise LacError("That kind is not in the list of kinds.", "Choose one of the list.")
    chosen = get_many(notebook, asset_ids)
    changed = [new for asset in chosen if (new := _with(asset, changes)) != asset]
    if changed:
        save_many(notebook, changed, f"Change {len(changed)} places", "bulk edit", progress)
    return len(changed)


def _with(asset: Asset, changes: Mapping[str, Any]) -> Asset:
    values = dict(changes)
    if "access" in values:
        values["access"] = {**asset.access, **values["access"]}
    return replace(asset, **values)


def undo(notebook: Notebook, progress: Progress = silent) -> str:
    """Take back the latest step and say what it was; "" where there is nothing to take back."""
    with notebook.vault.write() as db:
        undone = stored_undo.undo(
            db,
            who=notebook.settings.who,
            when=notebook.clock(),
            indexer=notebook.indexer,
            progress=progress,
        )
    return _told(notebook, undone)


def undo_step(notebook: Notebook, number: int, progress: Progress = silent) -> str:
    """Take back one step of the list, such as an import of last week; later edits stay."""
    with notebook.vault.write() as db:
        chosen = next((s for s in stored_steps.steps(db, 10_000) if s.number == number), None)
        undone = (
            stored_undo.undo(
                db,
                who=notebook.settings.who,
                when=notebook.clock(),
                indexer=notebook.indexer,
                step=chosen,
                progress=progress,
            )
            if chosen
            else None
        )
    return _told(notebook, undone)


def redo(notebook: Notebook, progress: Progress = silent) -> str:
    """Bring back what was undone last and say what it was; "" where nothing was."""
    with notebook.vault.write() as db:
        redone = stored_undo.redo(
            db,
            who=notebook.settings.who,
            when=notebook.clock(),
            indexer=notebook.indexer,
            progress=progress,
        )
    return _told(notebook, redone)


def _told(notebook: Notebook, done: stored_undo.Undone | None) -> str:
    if done is None:
        return ""
    notebook.changed()
    return done.step.why


def next_undo(notebook: Notebook) -> str:
    """What undo would take back, for the menu; "" where there is nothing."""
    with notebook.vault.read() as db:
        latest = stored_steps.next_undo(db)
    return latest.why if latest else ""


def next_redo(notebook: Notebook) -> str:
    """What redo would bring back, for the menu; "" where there is nothing."""
    with notebook.vault.read() as db:
        latest = stored_steps.next_redo(db)
    return latest.why if latest else ""


def steps(notebook: Notebook, limit: int = 100) -> list[StepDone]:
    """What was done, the latest first."""
    with notebook.vault.read() as db:
        return stored_steps.steps(db, limit)


@dataclass(frozen=True, slots=True)
class Imported:
    """An import as one step: how many assets it touched, and whether it can be taken back."""

    step: StepDone
    places: int
    can_undo: bool


def imports(notebook: Notebook) -> list[Imported]:
    """The imports there were, the latest first."""
    oldest = notebook.clock() - timedelta(days=UNDO_DAYS)
    with notebook.vault.read() as db:
        listed = [step for step in stored_steps.steps(db, 10_000) if step.kind == "import"]
        return [
            Imported(
                step,
                stored_steps.touched(db, step.number),
                step.state == "done" and step.when >= oldest,
            )
            for step in listed
        ]


def history(notebook: Notebook, asset_id: str) -> list[Change]:
    """Everything that happened to an asset, oldest first."""
    with notebook.vault.read() as db:
        return stored.history(db, asset_id)


def move(notebook: Notebook, asset_id: str, point: Point) -> Asset | None:
    """Put an asset's pin somewhere else."""
    asset = get(notebook, asset_id)
    if asset is None:
        return None
    return save(notebook, replace(asset, point=point), f"Move {asset.name}")


def differing(a: Asset, b: Asset) -> list[str]:
    """Names of the fields in which two assets differ, in the order of Asset; id left out."""
    return [
        f.name for f in fields(Asset) if f.name != "id" and getattr(a, f.name) != getattr(b, f.name)
    ]


def oldest_check(assets: Sequence[Asset]) -> date | None:
    """The longest-ago check of these, None where one was never checked."""
    days = [asset.checked_on for asset in assets]
    return None if None in days or not days else min(day for day in days if day)
