# SPDX-License-Identifier: AGPL-3.0-or-later
"""Apply a preview: one transaction, one step that can be undone, and a memory of every row."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Fate, Problem
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.exchange.read_table import source_id
from lac_desktop.services.importing_match import LEFT_OUT_BEFORE, key_of
from lac_desktop.services.importing_memory import ADDED, LEFT_OUT, Remembered, details, load
from lac_desktop.services.importing_mend import joined
from lac_desktop.services.importing_place import gathered
from lac_desktop.services.importing_rows import DIFFERENT, ImportResult, Preview, Row
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage import duplicates, sources
from lac_desktop.storage.steps import Step, begin, forget_if_empty


def all_problems(preview: Preview) -> tuple[Problem, ...]:
    """Problems of whole files, then of rows that are not held back; very common ones counted."""
    rows = (
        problem
        for row in preview.rows
        if row.fate not in (Fate.HELD_BACK, Fate.LEAVE_OUT)
        for problem in row.problems
    )
    return (*preview.problems, *gathered(rows))


def apply(notebook: Notebook, preview: Preview, progress: Progress = silent) -> ImportResult:
    """Bring a preview's rows into the notebook: all of them, or on any trouble none.

    Likely duplicates that nobody decided are added and marked. Raises CancelledError when
    ``progress`` does; the notebook is then as it was.
    """
    work = _Work(preview)
    now = notebook.clock()
    gone = [replace(asset, vanished_on=now.date()) for asset in preview.vanished]
    with notebook.vault.write() as db:
        number = begin(db, Step(notebook.settings.who, _why(preview), now, "import"))
        saving = [*work.saving.values(), *gone]
        if saving:
            stored.save(
                db, saving, step=number, indexer=notebook.indexer,
                progress=lambda done, _total, text: progress(done, len(saving), text),
            )  # fmt: skip
        duplicates.mark(db, work.pairs())
        for row in work.different():
            for twin in row.twins:
                assert row.asset is not None
                duplicates.decide(db, row.asset.id, twin.asset.id, "different", step=number)
        if forget_if_empty(db, number):
            number = 0
        _remember(db, preview, work, number, now)
        progress(len(saving), len(saving), "Saving")
    notebook.changed()
    return ImportResult(
        added=work.added,
        updated=work.updated,
        unchanged=work.unchanged,
        duplicates=work.duplicates,
        vanished=len(gone),
        problems=all_problems(preview),
        held_back=preview.held_back,
        step=str(number) if number else "",
    )


def _why(preview: Preview) -> str:
    """The phrase for history and the undo menu."""
    files = list(dict.fromkeys(r.candidate.file for r in preview.rows))
    if len(files) == 1:
        return f"Import {files[0]}"
    return f"Import {len(files)} files"


class _Work:
    """What is to be saved, and what each row became."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.saving: dict[str, Asset] = {}  # by id
        self.became: dict[int, str] = {}  # row number -> asset id
        self.added = self.updated = self.unchanged = self.duplicates = 0
        self._marked: list[Row] = []
        merges: list[Row] = []
        for row in preview.rows:
            if row.fate is Fate.MERGE:
                merges.append(row)
            elif row.asset is not None:
                self._take(row, row.asset)
        for row in merges:
            self._merge(row)

    def _take(self, row: Row, asset: Asset) -> None:
        """Count and keep one row that is not merged."""
        if row.fate in (Fate.ADD, Fate.DUPLICATE):
            self.added += 1
            self.saving[asset.id] = asset
            if row.fate is Fate.DUPLICATE:
                self.duplicates += 1
                self._marked.append(row)
        elif row.fate is Fate.UPDATE:
            self.updated += 1
            self.saving[asset.id] = asset
        elif row.fate in (Fate.UNCHANGED, Fate.LEAVE_OUT):
            self.unchanged += 1
        if row.fate is not Fate.LEAVE_OUT and row.fate is not Fate.HELD_BACK:
            self.became[row.number] = asset.id

    def _merge(self, row: Row) -> None:
        """Join a row to its first twin, which an earlier row may have changed already."""
        twin = row.twins[0].asset
        here = self.saving.get(twin.id, twin)
        whole = joined(row, here)
        self.became[row.number] = twin.id
        if whole == twin:
            self.unchanged += 1
        else:
            self.updated += 1
            self.saving[twin.id] = whole

    def pairs(self) -> list[duplicates.Pair]:
        """The pairs to mark as likely duplicates."""
        return [
            duplicates.Pair(row.asset.id, twin.asset.id, twin.score, twin.reasons)
            for row in self._marked
            if row.asset is not None
            for twin in row.twins
        ]

    def different(self) -> list[Row]:
        """Rows that somebody said are not what they look like."""
        return [
            row
            for row in self.preview.rows
            if row.decision == DIFFERENT and row.fate is Fate.ADD and row.asset is not None
        ]


def _remember(db: Any, preview: Preview, work: _Work, number: int, now: Any) -> None:
    """Keep for each source what its rows said and became, how columns were read, and the batch."""
    for place, reading in enumerate(preview.readings):
        mine = [row for row in preview.rows if row.reading == place]
        memory = load(db, reading.source_id)
        file = source_id(mine[0].candidate.file) if mine else reading.source_id
        rows: dict[str, Remembered] = dict(memory.rows)
        fixes: dict[str, Mapping[str, str]] = dict(memory.fixes)
        for row in mine:
            key = key_of(row.candidate)
            asset_id = work.became.get(row.number)
            if asset_id is not None:
                _forget_former(rows, row, asset_id, key)
                rows[key] = Remembered(asset_id, row.mark, file, ADDED)
            elif row.fate is Fate.LEAVE_OUT and row.decision != LEFT_OUT_BEFORE:
                rows[key] = Remembered("", row.mark, file, LEFT_OUT)
            if row.fixes:
                fixes[key] = dict(row.fixes)
        sources.put(
            db,
            sources.Source(
                id=reading.source_id,
                title=reading.title,
                licence=reading.licence,
                attribution=reading.attribution,
                mapping=reading.mapping,
                details=details(db, reading.source_id, number, rows, fixes),
            ),
        )
        digest = preview.digests[place] if place < len(preview.digests) else ""
        name = mine[0].candidate.file if mine else reading.title
        counted = {"added": work.added, "updated": work.updated, "unchanged": work.unchanged}
        sources.add_batch(db, sources.Batch(reading.source_id, number, name, digest, now, counted))


def _forget_former(rows: dict[str, Remembered], row: Row, asset_id: str, key: str) -> None:
    """Drop the key that a renamed row had before."""
    if row.existing is None or key in rows:
        return
    for former in [k for k, r in rows.items() if r.asset == asset_id and k.startswith("=")]:
        del rows[former]
