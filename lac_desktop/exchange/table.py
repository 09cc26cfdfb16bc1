# SPDX-License-Identifier: AGPL-3.0-or-later
"""A table as it stands in a file: where its headings are, and what shape it has without any."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lac_desktop import paths
from lac_desktop.domain.importing import Problem
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange import columns, values

#: A table with more rows than this is no list of a neighbourhood's assets.
MOST_ROWS = 300_000
_MOST_COLUMNS = 2_000
_LOOK = 15  # headings stand in the first so many rows
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells as text: rows with their number in the file (from 1)."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...] = ()
    partial: bool = False  # the file ends early


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings are known.

    ``preset`` is the mapping of a known shape, and ``shape`` its facts (kind, licence, hold).
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    preset: Mapping[str, str] = field(default_factory=dict)
    shape: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1)
def _shapes() -> tuple[Mapping[str, Any], ...]:
    """Read resources/import/shapes.toml once."""
    text = (paths.resources() / "import" / "shapes.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["shape"])


def as_table(file: str, sheet: Sheet) -> Table:
    """Find the headings of a sheet; raises UnreadableFileError where nothing is left to read."""
    rows = tuple((n, cells) for n, cells in sheet.rows if any(cell.strip() for cell in cells))
    rows = tuple(row for row in rows if not _is_comment(row[1]))
    if not rows:
        raise UnreadableFileError(f"{file} has no rows.", "Check that it is the right file.")
    if len(rows) > MOST_ROWS:
        raise too_long(file)
    shape = _shape_of(rows)
    if shape is not None:
        return _shaped(file, shape, rows)
    place = _heading_row(rows)
    if place is None:
        width = max(len(cells) for _, cells in rows)
        return _uneven(file, tuple(f"Column {n + 1}" for n in range(width)), rows)
    headings = _unique(rows[place][1])
    columns.refuse_other_lists(file, headings)
    return _uneven(file, headings, rows[place + 1 :])


def too_long(file: str) -> UnreadableFileError:
    """The sentence for a table with more rows than any neighbourhood has."""
    return UnreadableFileError(
        f"{file} has more than {MOST_ROWS:,} rows, far more than one neighbourhood.",
        "Cut it down to your area in a spreadsheet first.",
    )


def _is_comment(cells: Sequence[str]) -> bool:
    """Say whether a row is a comment: its only cell starts with #."""
    return cells[0].lstrip().startswith("#") and not any(cell.strip() for cell in cells[1:])


def _shape_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Mapping[str, Any] | None:
    """The known shape that nearly all of the first rows have, if any."""
    sample = [cells for _, cells in rows[:50]]
    for shape in _shapes():
        fit = sum(1 for cells in sample if _has_shape(cells, shape))
        if fit >= len(sample) * 0.9:
            return shape
    return None


def _has_shape(cells: Sequence[str], shape: Mapping[str, Any]) -> bool:
    """Say whether one row has a shape's number of columns and its marks."""
    if len(cells) != shape["columns"]:
        return False
    return all(_looks(cells[int(n)], what) for n, what in shape["where"].items())


def _looks(cell: str, what: str) -> bool:
    """Say whether a cell is a postcode, a date as YYYYMMDD, or a number."""
    if what == "postcode":
        return bool(values.tidy_postcode(cell))
    pattern = r"[12]\d{7}" if what == "date" else r"-?\d+(\.\d+)?"
    return re.fullmatch(pattern, cell.strip()) is not None


def _shaped(
    file: str, shape: Mapping[str, Any], rows: tuple[tuple[int, tuple[str, ...]], ...]
) -> Table:
    """A table of a known shape; raises UnreadableFileError for postcodes and the like."""
    if "message" in shape:
        raise UnreadableFileError(f"{file} {shape['message']}", shape["hint"])
    headings = tuple(shape["headings"])
    preset = dict.fromkeys(headings, "")
    preset.update({headings[int(n)]: field for n, field in shape["fields"].items()})
    table = _uneven(file, headings, rows)
    return Table(headings, table.rows, preset, shape, table.problems)


def _heading_row(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Which of the first rows holds the headings, or None where even the first is data."""
    best, best_score = 0, -1.0
    width = _usual_width(rows)
    for place, (_, cells) in enumerate(rows[:_LOOK]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) < min(2, width) or len(filled) < width * 0.4:
            continue
        known = sum(1 for cell in filled if columns.knows(cell))
        data = sum(1 for cell in filled if _is_data(cell))
        score = known * 2 - data * 1.5 - place * 0.5
        if score > best_score:
            best, best_score = place, score
    if best_score < 0 or (best_score < 2 and _looks_like_data(rows[0][1])):
        return None
    return best


def _usual_width(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The number of filled cells that most of the first rows have."""
    widths = sorted(sum(1 for cell in cells if cell.strip()) for _, cells in rows[:50])
    return widths[len(widths) // 2]


def _is_data(cell: str) -> bool:
    """Say whether a cell looks like a value and not like a heading."""
    return bool(
        values.tidy_postcode(cell)
        or values.is_email(cell)
        or values.is_website(cell)
        or re.fullmatch(r"[-+£]?[\d.,/: -]+", cell.strip())
    )


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Say whether a row holds a value that no heading would be."""
    return any(_is_data(cell) for cell in cells if cell.strip())


def _unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Give every column a heading of its own: blank and repeated ones get a number."""
    seen: dict[str, int] = {}
    headings: list[str] = []
    for place, cell in enumerate(cells[:_MOST_COLUMNS]):
        heading = values.line(cell)[:200] or f"Column {place + 1}"
        seen[heading] = seen.get(heading, 0) + 1
        while seen[heading] > 1 and f"{heading} ({seen[heading]})" in seen:
            seen[heading] += 1
        unique = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        seen.setdefault(unique, 1)
        headings.append(unique)
    return tuple(headings)


def _uneven(
    file: str, headings: tuple[str, ...], rows: Sequence[tuple[int, tuple[str, ...]]]
) -> Table:
    """Give every row as many cells as there are headings; what is cut off is told."""
    even: list[tuple[int, tuple[str, ...]]] = []
    problems: list[Problem] = []
    width = len(headings)
    for number, cells in rows:
        extra = [cell.strip() for cell in cells[width:] if cell.strip()]
        if extra:
            said = ", ".join(extra)[:80]
            message = f"The row has more cells than there are headings: “{said}” was left out."
            problems.append(Problem(file, number, "", message))
        even.append((number, (*cells[:width], *("",) * (width - len(cells)))))
    return Table(headings, tuple(even), problems=tuple(problems))


def sample(table: Table) -> list[Sequence[str]]:
    """Rows spread over the table, to guess columns from."""
    step = max(1, len(table.rows) // _SAMPLE)
    return [cells for _, cells in table.rows[::step]]
