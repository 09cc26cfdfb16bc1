# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read XLSX, XLS and ODS workbooks into sheets of text, values of formulas as they were saved."""

import datetime
import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lac_desktop.domain.importing import Problem
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import CancelledError, UnreadableFileError
from lac_desktop.exchange.table import MOST_ROWS, Sheet
from lac_desktop.exchange.unpack import beginning, damaged, opened_zip

_MOST_COLUMNS = 500
_LOOK = 8_000_000  # bytes of a sheet to look for formulas and entities in
_BLANK_END = 2_000  # so many blank rows in a row end a sheet


def read_sheet(
    path: Path, format_: str, chosen: str = "", progress: Progress = silent
) -> tuple[Sheet, tuple[str, ...]]:
    """Read the chosen sheet of a workbook, or the one with most rows; also gives all names.

    Raises UnreadableFileError for damaged files and for a sheet that is not there.
    """
    progress(0, None, f"Reading {path.name}")
    reader: Callable[[Path, Progress], list[Sheet]] = {
        "xlsx": _xlsx, "xls": _xls, "ods": _ods
    }[format_]  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which say nothing of values
        sheets = [sheet for sheet in reader(path, progress) if sheet.rows]
    names = tuple(sheet.name for sheet in sheets)
    if not sheets:
        raise UnreadableFileError(f"{path.name} has no rows.", "Check that it is the right file.")
    if chosen:
        found = [sheet for sheet in sheets if sheet.name == chosen]
        if not found:
            raise UnreadableFileError(
                f"{path.name} has no sheet called “{chosen}”.",
                f"Its sheets are: {', '.join(names)}.",
            )
        return found[0], names
    ours = [sheet for sheet in sheets if sheet.rows and "LAC id" in sheet.rows[0][1]]
    return ours[0] if ours else max(sheets, key=lambda sheet: len(sheet.rows)), names


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without ".0", dates as ISO, times as HH:MM, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return str(value)


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """A row without the empty cells at its end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end]) or ("",)


def _collect(
    name: str, rows: Iterable[Sequence[Any]], progress: Progress
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Number the rows and leave out blank ones; stops where a sheet is blank for long."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    blank = 0
    for number, cells in enumerate(rows, start=1):
        texts = _trimmed([text_of(cell) for cell in cells[:_MOST_COLUMNS]])
        if texts == ("",):
            blank += 1
            if blank > _BLANK_END:
                break
            continue
        blank = 0
        kept.append((number, texts))
        if len(kept) > MOST_ROWS:
            break
        if number % 1000 == 0:
            progress(number, None, f"Reading {name}")
    return tuple(kept)


def _xlsx(path: Path, progress: Progress) -> list[Sheet]:
    """Read an XLSX workbook with openpyxl; merged cells have their value in the first one."""
    import openpyxl

    with opened_zip(path):
        pass  # refuses bombs before openpyxl unpacks anything
    data = io.BytesIO(path.read_bytes())
    try:
        book = openpyxl.load_workbook(data, read_only=True, data_only=True)
        sheets: list[Sheet] = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = _collect(path.name, sheet.iter_rows(values_only=True), progress)
            sheets.append(Sheet(sheet.title, rows))
        book.close()
    except CancelledError:
        raise
    except Exception as error:  # a broken part raises whatever its parser does
        raise damaged(path.name) from error
    with opened_zip(path) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        formulas = any(b"<f" in beginning(archive, name, _LOOK) for name in names)
    return [_with_formulas(path, sheet, data) for sheet in sheets] if formulas else sheets


def _with_formulas(path: Path, sheet: Sheet, data: io.BytesIO) -> Sheet:
    """Tell where formulas were saved without their values, as some programs do."""
    import openpyxl

    book = openpyxl.load_workbook(data, read_only=True)
    known = dict(sheet.rows)
    problems: list[Problem] = []
    for number, cells in enumerate(book[sheet.name].iter_rows(values_only=True), start=1):
        for place, cell in enumerate(cells[:_MOST_COLUMNS]):
            had = known.get(number, ())
            if (
                isinstance(cell, str)
                and cell.startswith("=")
                and not (place < len(had) and had[place])
            ):
                message = (
                    f"Column {place + 1} holds a formula without a saved value: open the file in a "
                    "spreadsheet, save it, and import it again."
                )
                problems.append(Problem(path.name, number, "", message))
        if number > MOST_ROWS:
            break
    book.close()
    return Sheet(sheet.name, sheet.rows, tuple(problems))


def _xls(path: Path, progress: Progress) -> list[Sheet]:
    """Read an old XLS workbook with xlrd."""
    import xlrd
    from xlrd.xldate import xldate_as_datetime

    try:
        book = xlrd.open_workbook(str(path), logfile=io.StringIO())
    except Exception as error:  # struct.error and xlrd's own CompDocError have no common base
        raise damaged(path.name) from error

    def cell(found: Any) -> Any:
        if found.ctype == xlrd.XL_CELL_DATE:
            try:
                return xldate_as_datetime(found.value, book.datemode)
            except (ValueError, OverflowError):  # xlrd's own errors are ValueErrors
                return found.value
        if found.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(found.value)
        return "" if found.ctype == xlrd.XL_CELL_ERROR else found.value

    return [
        Sheet(
            sheet.name,
            _collect(path.name, ([cell(c) for c in row] for row in sheet.get_rows()), progress),
        )
        for sheet in book.sheets()
    ]


def _ods(path: Path, progress: Progress) -> list[Sheet]:
    """Read an OpenDocument spreadsheet with odfpy."""
    from odf.opendocument import load
    from odf.table import Table as OdfTable
    from odf.table import TableRow

    with opened_zip(path) as archive:
        if (
            b"<!ENTITY" in beginning(archive, "content.xml", _LOOK)
            if "content.xml" in archive.namelist()
            else True
        ):
            raise damaged(path.name)
    try:
        document = load(path)
    except Exception as error:  # odfpy raises whatever its XML parser does
        raise damaged(path.name) from error
    sheets: list[Sheet] = []
    for table in document.getElementsByType(OdfTable):
        rows = _ods_rows(table.getElementsByType(TableRow))
        sheets.append(Sheet(table.getAttribute("name") or "", _collect(path.name, rows, progress)))
    return sheets


def _ods_rows(rows: Iterable[Any]) -> Iterator[list[str]]:
    """Cells of ODS rows; repeated rows and cells are written once in the file."""
    for row in rows:
        cells: list[str] = []
        for cell in row.childNodes:
            if not cell.qname[1].endswith("table-cell"):
                continue
            text = _ods_text(cell)
            times = int(cell.getAttribute("numbercolumnsrepeated") or 1)
            cells += (
                [text] * min(times, _MOST_COLUMNS - len(cells))
                if len(cells) < _MOST_COLUMNS
                else []
            )
        repeated = int(row.getAttribute("numberrowsrepeated") or 1)
        if not any(cells):
            repeated = min(repeated, _BLANK_END + 1)
        for _ in range(min(repeated, MOST_ROWS)):
            yield cells


def _ods_text(cell: Any) -> str:
    """The value of one ODS cell: dates and numbers as stored, else the words shown."""
    from odf import teletype
    from odf.text import P

    kind = cell.getAttribute("valuetype")
    if kind == "date":
        stored = str(cell.getAttribute("datevalue") or "")
        return stored.removesuffix("T00:00:00").replace("T", " ")
    if kind in ("float", "percentage", "currency"):
        try:
            return text_of(float(cell.getAttribute("value")))
        except (TypeError, ValueError):
            return ""
    if kind == "boolean":
        return "Yes" if cell.getAttribute("booleanvalue") == "true" else "No"
    return "\n".join(teletype.extractText(part) for part in cell.getElementsByType(P))
