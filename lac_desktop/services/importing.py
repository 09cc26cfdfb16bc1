# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bring files into the notebook: look first, mend and decide, then apply as one undoable step.

``preview`` reads and compares; ``fix``, ``decide`` and ``bring_in`` give a new preview;
``apply`` changes the notebook in one transaction.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Fate, Problem, Reading
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import LacError
from lac_desktop.exchange import readers
from lac_desktop.exchange.read_table import source_id
from lac_desktop.exchange.readers import Options
from lac_desktop.services.importing_apply import all_problems, apply
from lac_desktop.services.importing_match import (
    Known,
    distinct_sources,
    key_of,
    renamed,
    settle,
    vanished,
    with_twins,
)
from lac_desktop.services.importing_memory import Memory, load
from lac_desktop.services.importing_mend import (
    bring_in,
    decide,
    fix,
    fixed,
    mergeable,
    use_all_suggestions,
)
from lac_desktop.services.importing_place import Placer, placed
from lac_desktop.services.importing_rows import (
    DIFFERENT,
    FILE,
    HERE,
    LEAVE_OUT,
    MERGE,
    SAME,
    UNDECIDED,
    Bench,
    ImportResult,
    Preview,
    Row,
    Twin,
)
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored

__all__ = [
    "DIFFERENT", "FILE", "HERE", "LEAVE_OUT", "MERGE", "SAME", "UNDECIDED",
    "ImportResult", "Options", "Preview", "Row", "Twin",
    "apply", "bring_in", "counts", "decide", "fix", "forecast", "mergeable", "preview",
    "use_all_suggestions",
]  # fmt: skip


def preview(
    notebook: Notebook,
    paths: Sequence[Path],
    *,
    format: str | None = None,  # noqa: A002 -- the word that people use
    options: Mapping[str, Options] | None = None,
    include_held_back: bool = False,
    progress: Progress = silent,
) -> Preview:
    """Read files and say what each row would do; nothing changes.

    ``options`` holds choices by name of the file (mapping, sheet, visibility); a mapping chosen
    earlier for the same source is used again. Files that cannot be read at all become problems
    without a row. Raises CancelledError when ``progress`` does.
    """
    pack = notebook.pack
    bounds = pack.info.bounds if pack is not None else None
    read: list[tuple[Reading, str, str]] = []  # reading, name of the file, digest
    problems: list[Problem] = []
    unreadable: list[Problem] = []
    for path in paths:
        chosen = replace(_options(notebook, path, options), bounds=bounds)
        try:
            reading = readers.read(
                path, kinds=notebook.kinds, format=format, options=chosen, progress=progress
            )
        except LacError as error:
            unreadable.append(Problem(path.name, None, "", str(error)))
            continue
        problems += [problem for problem in reading.problems if problem.row is None]
        read.append((reading, source_id(path.name), _digest(path)))
    found = _Comparison(notebook, [reading for reading, _, _ in read])
    rows = found.rows(include_held_back, progress)
    gone = found.gone([file for _, file, _ in read])
    problems += found.problems
    bench = Bench(notebook.kinds, bounds, pack.locate if pack else None, found.pool)
    return Preview(
        readings=tuple(reading for reading, _, _ in read),
        rows=tuple(rows),
        vanished=tuple(gone),
        problems=(*unreadable, *problems),
        unreadable=tuple(unreadable),
        held_back=_held_back(rows),
        digests=tuple(digest for _, _, digest in read),
        bench=bench,
    )


def _options(notebook: Notebook, path: Path, options: Mapping[str, Options] | None) -> Options:
    """What was chosen for a file, on top of the mapping remembered for its source."""
    with notebook.vault.read() as db:
        memory = load(db, source_id(path.name))
    chosen = (options or {}).get(path.name, Options())
    return replace(chosen, mapping={**memory.mapping, **(chosen.mapping or {})})


def _digest(path: Path) -> str:
    """SHA-256 of a file, to tell whether the very same was imported; "" for folders."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _held_back(rows: Sequence[Row]) -> dict[str, int]:
    """How many rows are kept out, by reason, most first."""
    reasons = Counter(row.candidate.held_back for row in rows if row.fate is Fate.HELD_BACK)
    return dict(reasons.most_common())


class _Comparison:
    """Readings beside what the notebook has: makes the rows of a preview."""

    def __init__(self, notebook: Notebook, readings: Sequence[Reading]) -> None:
        self.notebook = notebook
        self.readings = readings
        self.problems: list[Problem] = []
        self.memories: dict[str, Memory] = {}
        self.keys: list[str] = []  # of every row
        self.reading_of: list[int] = []  # of every row
        self.former: dict[int, str] = {}  # rows that were found under another key
        with notebook.vault.read() as db:
            for reading in readings:
                self.memories[reading.source_id] = load(db, reading.source_id)
            self.pool = tuple(stored.all_assets(db))
            self.known = self._known(db)

    def _known(self, db: Any) -> Known:
        """What the notebook has of these sources."""
        by_id = {asset.id: asset for asset in self.pool}
        remembered = {row.asset for m in self.memories.values() for row in m.rows.values()}
        held = stored.by_source(db, "")
        return Known(
            by_id=by_id,
            by_source={asset.source: asset for asset in self.pool if asset.source},
            edited=stored.edited_fields_of(db),
            removed=frozenset({h.id for h in held.values() if h.removed and h.id in remembered}),
        )

    def rows(self, include_held_back: bool, progress: Progress) -> list[Row]:
        """Every row with its fate."""
        rows = self._read_rows(include_held_back, progress)
        for reading in range(len(self.readings)):
            memory = self.memories[self.readings[reading].source_id]
            mine = [row for row in rows if row.reading == reading]
            keys = [self.keys[row.number] for row in mine]
            self.former.update(renamed(mine, keys, memory, self.known))
        settled = [
            settle(row, self._key(row), self.known, self._memory(row))
            if row.fate is not Fate.HELD_BACK
            else row
            for row in rows
        ]
        twinned = with_twins(settled, self.pool, progress)
        return distinct_sources(twinned, set(self.known.by_source))

    def _memory(self, row: Row) -> Memory:
        """What is remembered of a row's source."""
        return self.memories[self.readings[row.reading].source_id]

    def _key(self, row: Row) -> str:
        """The key of a row, or the one it had before its name or place changed."""
        return self.former.get(row.number, self.keys[row.number])

    def _read_rows(self, include_held_back: bool, progress: Progress) -> list[Row]:
        """Rows with the asset that the file makes, mended by former fixes and put on the map."""
        pack = self.notebook.pack
        placer = Placer(pack.locate if pack else None)
        rows: list[Row] = []
        seen: set[tuple[str, str]] = set()
        unplaced: Counter[str] = Counter()
        for number, reading in enumerate(self.readings):
            memory = self.memories[reading.source_id]
            for candidate in reading.candidates:
                key = key_of(candidate)
                if (reading.source_id, key) in seen:
                    continue  # the same thing in two files that were chosen together
                seen.add((reading.source_id, key))
                held = candidate.held_back and not include_held_back
                if held and key in memory.rows and memory.rows[key].asset in self.known.by_id:
                    held = ""  # it was brought in before
                row = Row(
                    len(rows), candidate, candidate.asset,
                    Fate.HELD_BACK if held else Fate.ADD, candidate.problems,
                    read=candidate.asset, reading=number,
                )  # fmt: skip
                if key in memory.fixes:
                    row = fixed(row, memory.fixes[key], self.notebook.kinds, reading, None)
                if row.fate is not Fate.HELD_BACK:
                    row = _on_map(row, placer, unplaced)
                rows.append(row)
                self.keys.append(key)
                self.reading_of.append(number)
                if len(rows) % 500 == 0:
                    progress(len(rows), None, "Comparing rows")
        self._tell_unplaced(unplaced)
        return rows

    def _tell_unplaced(self, unplaced: Mapping[str, int]) -> None:
        """Say how many rows have no place because there is no area pack."""
        for file, count in unplaced.items():
            rows = "1 row has" if count == 1 else f"{count:,} rows have"
            message = (
                f"{rows} an address but no coordinates. Open an area pack, and they are put on "
                "the map by their postcode."
            )
            self.problems.append(Problem(file, None, "point", message))

    def _file(self, reading: int) -> str:
        """The name of the file of a reading."""
        candidates = self.readings[reading].candidates
        return candidates[0].file if candidates else self.readings[reading].title

    def gone(self, files: Sequence[str]) -> list[Asset]:
        """Assets that vanished from their sources; not where a file is damaged or our own."""
        found: list[Asset] = []
        seen: dict[int, set[str]] = {}
        for number, (key, reading) in enumerate(zip(self.keys, self.reading_of, strict=True)):
            seen.setdefault(reading, set()).update((key, self.former.get(number, key)))
        for number, reading in enumerate(self.readings):
            if reading.details.get("partial") or reading.details.get("ours"):
                continue
            memory = self.memories[reading.source_id]
            assets, strange = vanished(seen.get(number, set()), memory, self.known, files[number])
            if strange:
                message = (
                    "Nothing of the file imported before under this name is in this one, so "
                    "nothing was marked as vanished. Is it another list?"
                )
                self.problems.append(Problem(self._file(number), None, "", message))
            found += assets
        unique = {asset.id: asset for asset in found}
        return list(unique.values())


def _on_map(row: Row, placer: Placer, unplaced: Counter[str]) -> Row:
    """Put a row on the map; without an area pack the rows that need one are counted."""
    if row.read is None or row.read.point is not None:
        return row
    if not placer.has_pack and (row.read.postcode or row.read.address):
        unplaced[row.candidate.file] += 1
        return row
    asset, problem = placed(row.read, placer, row.candidate.file, row.candidate.row)
    problems = (*row.problems, problem) if problem else row.problems
    return replace(row, read=asset, problems=problems)


def counts(preview: Preview) -> dict[str, int]:
    """How many rows there are of each fate, how many have something to look at, and all."""
    fates = Counter(row.fate for row in preview.rows)
    found = {fate.value: fates.get(fate, 0) for fate in Fate}
    shown = [row for row in preview.rows if row.fate is not Fate.HELD_BACK]
    found["need a look"] = sum(1 for row in shown if row.problems)
    found["ready"] = sum(
        1 for row in shown if not row.problems and row.fate in (Fate.ADD, Fate.UPDATE, Fate.MERGE)
    )
    found["all"] = len(shown)
    found["vanished"] = len(preview.vanished)
    return found


def forecast(preview: Preview) -> ImportResult:
    """What ``apply`` would do, without doing it."""
    fates = Counter(row.fate for row in preview.rows)
    duplicates = fates[Fate.DUPLICATE]
    return ImportResult(
        added=fates[Fate.ADD] + duplicates,
        updated=fates[Fate.UPDATE] + fates[Fate.MERGE],
        unchanged=fates[Fate.UNCHANGED] + fates[Fate.LEAVE_OUT],
        duplicates=duplicates,
        vanished=len(preview.vanished),
        problems=all_problems(preview),
        held_back=preview.held_back,
    )
