# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read any table (CSV, TSV, XLSX, XLS, ODS) into candidates: guess columns, build rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Box
from lac_desktop.domain.importing import Candidate, Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange import columns
from lac_desktop.exchange.build import Cells, Context, candidate
from lac_desktop.exchange.row_identity import distinct_keys, usual_category
from lac_desktop.exchange.table import Sheet, Table, as_table, sample


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose for one source before it is read.

    ``mapping`` maps headings to fields ("" leaves a column out) and wins over every guess;
    ``sheet`` names one of several sheets; ``bounds`` is where the neighbourhood lies;
    ``visibility`` overrides the one that fits the source.
    """

    mapping: Mapping[str, str] | None = None
    sheet: str = ""
    bounds: Box | None = None
    visibility: Visibility | None = None


def read_sheet(
    path: Path,
    sheet: Sheet,
    kinds: KindTable,
    options: Options,
    sheets: Sequence[str] = (),
    progress: Progress = silent,
) -> Reading:
    """Make a reading of one sheet; raises UnreadableFileError where it has no names at all."""
    table = as_table(path.name, sheet)
    mapping = dict(table.preset) or columns.guess(table.headings, sample(table))
    mapping.update({h: f for h, f in (options.mapping or {}).items() if h in mapping})
    title = title_of(path.name, sheet.name)
    context = context_of(path.name, title, table, mapping, kinds, options)
    problems = (*sheet.problems, *table.problems, *_lacks(path.name, table, mapping))
    told = [problem for problem in problems if problem.row is not None]
    named = "name" in mapping.values()
    found = _candidates(table, mapping, context, told, progress) if named else ()
    return Reading(
        source_id=source_id(path.name),
        title=table.shape.get("title", title),
        licence=context.licence,
        attribution=context.attribution,
        candidates=distinct_keys(found),
        problems=tuple(p for p in problems if p.row is None),
        mapping=mapping,
        columns=table.headings,
        samples=tuple(
            dict(zip(table.headings, cells, strict=True)) for _, cells in table.rows[:20]
        ),
        details={
            "sheets": tuple(sheets),
            "sheet": sheet.name,
            "private": tuple(h for h in table.headings if columns.is_private(h)),
            "visibility": context.visibility.value,
            "ours": context.ours,
            "partial": sheet.partial,
        },
    )


def _lacks(file: str, table: Table, mapping: Mapping[str, str]) -> tuple[Problem, ...]:
    """What the table as a whole lacks: a column of names, or any row."""
    if "name" not in mapping.values():
        message = "No column was recognised as the name. Say which column it is."
        return (Problem(file, None, "name", message),)
    if not table.rows:
        return (Problem(file, None, "", "There are headings but no rows."),)
    return ()


def context_of(
    file: str,
    title: str,
    table: Table,
    mapping: Mapping[str, str],
    kinds: KindTable,
    options: Options,
) -> Context:
    """What all rows of a table share.

    A list with columns that look private is somebody's own: it starts visible to the team only.
    """
    ours = "id" in mapping.values()  # then it was public when it was written
    private = not ours and any(columns.is_private(heading) for heading in table.headings)
    usual = Visibility.TEAM if private and not table.shape else Visibility.PUBLIC
    places = [n for n, h in enumerate(table.headings) if mapping.get(h) == "kind"]
    words = [cells[n] for _, cells in table.rows for n in places]
    return Context(
        category=usual_category(words, kinds, title),
        file=file,
        kinds=kinds,
        title=title,
        kind_hint=table.shape.get("kind", ""),
        licence=table.shape.get("licence", ""),
        attribution=table.shape.get("attribution", ""),
        visibility=options.visibility or usual,
        bounds=options.bounds,
        ours=ours,
        hold=table.shape.get("hold", {}),
    )


def _candidates(
    table: Table,
    mapping: Mapping[str, str],
    context: Context,
    problems: Sequence[Problem],
    progress: Progress,
) -> list[Candidate]:
    """Build every row."""
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row is not None:
            by_row.setdefault(problem.row, []).append(problem)
    places = [(place, mapping.get(h, "")) for place, h in enumerate(table.headings)]
    places = [(place, field) for place, field in places if field]
    found: list[Candidate] = []
    total = len(table.rows)
    for done, (row, cells) in enumerate(table.rows):
        by_field: dict[str, list[str]] = {}
        for place, field in places:
            by_field.setdefault(field, []).append(cells[place])
        if not any(cell.strip() for texts in by_field.values() for cell in texts):
            continue
        found.append(candidate(Cells(row, by_field, problems=tuple(by_row.get(row, ()))), context))
        if done % 500 == 0:
            progress(done, total, "Reading rows")
    return found


_VERSION = re.compile(
    r"(?:[\s_.-]*(?:\(\d+\)|v\d+(?:\.\d+)*|final|copy|new|latest|updated|"
    r"(?:19|20)\d\d(?:[-_.]?\d\d){0,2}|\d{1,2}[-_.]\d{1,2}[-_.](?:19|20)?\d\d|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))+$",
    re.IGNORECASE,
)


def source_id(file: str) -> str:
    """Name a source by its file, without dates and versions: newer files keep the name.

    "Groups FINAL v3 (2).xlsx" and "groups_2026-11.xlsx" are both "groups.xlsx".
    """
    stem, suffix = file, ""
    while Path(stem).suffix.lower() in _SUFFIXES:
        suffix = suffix if Path(stem).suffix.lower() in _PACKED else Path(stem).suffix.lower()
        stem = Path(stem).stem
    plain = _VERSION.sub("", stem)
    return (re.sub(r"[\s_-]+", "-", (plain or stem).casefold()).strip("-") or stem) + suffix


_PACKED = frozenset((".zip", ".gz", ".bz2"))
_SUFFIXES = frozenset(
    (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".geojson", ".gpkg", ".kml",
     ".kmz", ".gpx", ".shp", ".zip", ".gz", ".bz2", ".osm", ".pbf")
)  # fmt: skip


def title_of(file: str, sheet: str = "") -> str:
    """Words from the names of file and sheet, to guess the kind of a list from."""
    words = re.sub(r"[\s_.-]+", " ", Path(source_id(file)).stem)
    plain_sheet = "" if re.fullmatch(r"(?i)sheet\s*\d*.*|tabelle\d*|", sheet) else sheet
    return " ".join(part for part in (plain_sheet, words) if part)


def nothing_found(file: str) -> UnreadableFileError:
    """The sentence for a file that could be opened but holds no place, group or service."""
    return UnreadableFileError(
        f"{file} holds no place, group or service.",
        "Choose a file that lists them, or tell us what its columns mean.",
    )
