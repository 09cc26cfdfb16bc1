# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as an Excel workbook: a sheet of places, one of words, one of notes.

Every text is a text cell with Excel's own quote mark set, so that nothing becomes a formula, not
even after somebody edits the cell.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import COLUMNS, Column, row_of
from lac_desktop.exchange.formula import guarded
from lac_desktop.exchange.writing import Context, about, category_name

#: The most letters that a cell of Excel holds.
LONGEST_CELL = 32_767

_NUMBERS = frozenset(("lat", "lon"))
_WIDTHS = {"name": 34, "description": 48, "gives": 48, "welcome": 40, "address": 36, "website": 32}
_COLUMNS = tuple(column for column in COLUMNS if column.key != "about_file")


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write the sheets "Places" (header row frozen, lists to choose from), "Words" and "Notes"."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "LAC Desktop"
    book.properties.title = _legal(context.title)
    book.properties.created = book.properties.modified = context.made.replace(tzinfo=None)
    words = _words(context)
    cut = _places(book, assets, words, progress)
    _list_words(book, words)
    _notes(book, [*about(assets, context), *cut, *_HOW_TO])
    # To the drive in one go: openpyxl's own files complain for ever of one that is full.
    whole = BytesIO()
    book.save(whole)
    path.write_bytes(whole.getvalue())


_HOW_TO = (
    "Each row is one place or group. Change it here and import the file again to bring the "
    "changes back: the column “LAC id” says which place a row is.",
    "An empty cell means that we do not know. Access facts are yes, limited or no.",
    "Opening hours are in OpenStreetMap’s way of writing, such as Mo-Fr 10:00-17:00; PH off.",
)


def _words(context: Context) -> dict[str, list[str]]:
    """The columns that hold one of a list of words, and those words."""
    from lac_desktop.domain.asset import ACCESS_FACTS

    lists = {"kind": sorted(context.kinds.kinds), "cost": ["free", "paid"], "confidential": ["yes"]}
    for column in COLUMNS:
        if column.field.removeprefix("access.") in ACCESS_FACTS:
            lists[column.key] = ["yes", "limited", "no"]
    return lists


def _places(
    book: Any, assets: Sequence[PublicAsset], words: dict[str, list[str]], progress: Progress
) -> list[str]:
    """Write the sheet of places and return a sentence for each text that had to be cut."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet("Places")
    sheet.freeze_panes = "C2"
    for number, column in enumerate(_COLUMNS, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column.key, 16)
        sheet.column_dimensions[letter].hidden = column.key == "id"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(assets) + 1}"
    _offer_lists(sheet, words, max(len(assets) + 200, 1000))
    sheet.append([_cell(sheet, column.heading, bold=True) for column in _COLUMNS])
    cut: list[str] = []
    for number, asset in enumerate(assets):
        if number % 200 == 0:
            progress(number, len(assets), "Writing")
        row = row_of(asset) | {"category": category_name(asset)}
        sheet.append([_value(sheet, column, row[column.key]) for column in _COLUMNS])
        cut += [
            f"Row {number + 2}: “{column.heading}” is longer than a cell can be and was cut."
            for column in _COLUMNS
            if len(row[column.key]) > LONGEST_CELL
        ]
    return cut


def _offer_lists(sheet: Any, words: dict[str, list[str]], rows: int) -> None:
    """Let people choose from a list where a column holds one of a few words."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, (key, choices) in enumerate(words.items(), 1):
        if not choices:
            continue
        source = get_column_letter(place)
        offer = DataValidation(
            type="list",
            formula1=f"Words!${source}$2:${source}${len(choices) + 1}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Not one of the words",
            error="Choose a word from the list, or leave the cell empty.",
        )
        column = get_column_letter([c.key for c in _COLUMNS].index(key) + 1)
        offer.add(f"{column}2:{column}{rows}")
        sheet.data_validations.append(offer)


def _list_words(book: Any, words: dict[str, list[str]]) -> None:
    """Write the sheet that the lists to choose from are taken from."""
    sheet = book.create_sheet("Words")
    sheet.freeze_panes = "A2"
    headings = {column.key: column.heading for column in COLUMNS}
    sheet.append([_cell(sheet, headings[key], bold=True) for key in words])
    for number in range(max(len(choices) for choices in words.values())):
        row = [choices[number] if number < len(choices) else "" for choices in words.values()]
        sheet.append([_cell(sheet, text) for text in row])


def _notes(book: Any, lines: Sequence[str]) -> None:
    """Write the sheet that says what this is, from what, and under which licence."""
    sheet = book.create_sheet("Notes")
    sheet.column_dimensions["A"].width = 110
    sheet.append([_cell(sheet, "About this file", bold=True)])
    for line in lines:
        sheet.append([_cell(sheet, line, wrap=True)])


def _value(sheet: Any, column: Column, text: str) -> Any:
    """A position as a number, everything else as text, nothing as an empty cell."""
    if not text:
        return None
    return float(text) if column.key in _NUMBERS else _cell(sheet, text)


def _cell(sheet: Any, text: str, *, bold: bool = False, wrap: bool = False) -> Any:
    """A text cell that stays text whatever it starts with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet)
    cell.value = _legal(text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.quotePrefix = guarded(text) != text
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _legal(text: str) -> str:
    """Text without the control characters and lone surrogates that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text).encode("utf-8", "replace").decode()
