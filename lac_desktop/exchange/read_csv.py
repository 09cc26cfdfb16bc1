# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read CSV and TSV of any encoding and delimiter, packed or not, into a sheet of text.

Format: RFC 4180 as far as files keep to it.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from lac_desktop.domain.importing import Problem
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.formula import unguarded
from lac_desktop.exchange.table import MOST_ROWS, Sheet, too_long
from lac_desktop.exchange.unpack import member, opened_zip, read_bytes

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_CELL = 1_000_000
ENDS_EARLY = "The file seems to end early."
#: What Windows-1252 letters stand in British, Welsh and western European text.
_WESTERN = re.compile(
    r"[^\x00-\x7fÀ-ÖØ-öø-ÿ£€©®°±²³´·¹º»«¼½¾¿¡§¶–—‘’‚“”„†•…‰‹›™ŠšŽžŒœŸ\u00a0\u00ad]"
)


def read_sheet(path: Path, progress: Progress = silent) -> Sheet:
    """Read a table; raises UnreadableFileError where it is not text or has one endless line."""
    progress(0, None, f"Reading {path.name}")
    text, note = decode(path.name, _bytes(path))
    problems: list[Problem] = []
    if "\0" in text:
        text = text.replace("\0", "")
        problems.append(
            Problem(path.name, None, "", "Some characters could not be read and were left out.")
        )
    if note:
        problems.append(Problem(path.name, None, "", note))
    rows = rows_of(path.name, text, delimiter_of(text), progress)
    return Sheet("", rows, tuple(problems), partial=note == ENDS_EARLY)


def _bytes(path: Path) -> bytes:
    """The bytes of the table, also where a zip of one table is called .csv."""
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    if not zipped:
        return read_bytes(path)
    with opened_zip(path) as archive:
        names = [n for n in archive.namelist() if n.lower().endswith((".csv", ".tsv", ".txt"))]
        names = [n for n in names if not n.startswith("__MACOSX")]
        if len(names) != 1:
            raise UnreadableFileError(
                f"{path.name} is a zip that holds {len(names)} tables.",
                "Unpack it and choose the tables one by one.",
            )
        return member(archive, names[0])


def decode(name: str, data: bytes) -> tuple[str, str]:
    """Turn bytes into text: (text, note for the person or "").

    Order: byte order mark, UTF-8, Windows-1252 where that gives western letters, then a guess by
    charset-normalizer. Raises UnreadableFileError for what is no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")
    ):  # fmt: skip
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.start > 100:
            return data[: error.start].decode("utf-8"), ENDS_EARLY
    _refuse_garbage(name, data[:65536])
    western = data.decode("cp1252", errors="replace")
    if not _WESTERN.search(western):
        return western, ""
    return _guessed(data, western)


def _refuse_garbage(name: str, head: bytes) -> None:
    """Raise UnreadableFileError where bytes are too odd for text in any encoding."""
    odd = sum(1 for byte in head if byte < 32 and byte not in (9, 10, 12, 13))
    high = sum(1 for byte in head if byte >= 128)
    if odd > len(head) / 50 + 2 or high > len(head) * 0.6:
        raise UnreadableFileError(
            f"{name} is not a list that can be read: it is no text.",
            "Save it as CSV (UTF-8) or XLSX and import that.",
        )


def _guessed(data: bytes, western: str) -> tuple[str, str]:
    """Let charset-normalizer guess, and say so."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        return western, "The characters of the file are unclear: check names with accents."
    text = data.decode(best.encoding, errors="replace")
    return text, f"The file was read as {best.encoding}: check names with accents."


def delimiter_of(text: str) -> str:
    """The character between cells: the one that cuts the first rows most evenly."""
    head = text[:100_000]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in head:
            continue
        widths = _widths(head, delimiter)
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual < 2:
            continue
        even = widths.count(usual) / len(widths)
        score = even * 10 + min(usual, 30) / 10
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(head: str, delimiter: str) -> list[int]:
    """How many cells the first rows have with a delimiter."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            if cells and not cells[0].startswith("#"):
                widths.append(len(cells))
            if len(widths) >= 60:
                break
    except csv.Error:
        return widths
    return widths[:-1] if len(widths) > 20 else widths


def rows_of(
    name: str, text: str, delimiter: str, progress: Progress
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Cut text into rows; each has the line on which it starts."""
    before = csv.field_size_limit(_LONGEST_CELL)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True
        )
        at = 1
        for cells in reader:
            rows.append((at, _unbroken(cells)))
            at = reader.line_num + 1
            if len(rows) > MOST_ROWS + 1:
                raise too_long(name)
            if len(rows) % 5000 == 0:
                progress(len(rows), None, f"Reading {name}")
    except csv.Error as error:
        raise UnreadableFileError(
            f"{name} cannot be read as a table: something goes wrong near line {len(rows) + 1}.",
            "Open it in a spreadsheet and save it as XLSX.",
        ) from error
    finally:
        csv.field_size_limit(before)
    return tuple(rows)


def _unbroken(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row without the guard against formulas; a blank line has one empty cell."""
    return tuple(unguarded(cell) for cell in cells) or ("",)
