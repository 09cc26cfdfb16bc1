# SPDX-License-Identifier: AGPL-3.0-or-later
"""Word lists that a council may replace: read entry by entry, mistakes told by line."""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from lac_desktop import paths
from lac_desktop.errors import LacError
from lac_desktop.services import toml_file

T = TypeVar("T")
_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The entries that could be read, and a sentence for each that could not."""

    entries: tuple[T, ...]
    problems: tuple[str, ...] = ()


def load(file_name: str, table: str, make: Callable[[dict[str, Any]], T]) -> Listed[T]:
    """The council's list from the policy folder, else the shipped one.

    ``make`` turns one ``[[table]]`` into an entry and raises ValueError with a sentence; that
    entry is left out and the sentence told with its line. A file that is no TOML, or that holds
    no good entry, gives the shipped list and says so.
    """
    shipped = paths.resources() / file_name
    own = paths.machine_policy() / file_name
    if not own.is_file():
        return _read(shipped, table, make)
    try:
        found = _read(own, table, make)
    except LacError as error:
        return Listed(_read(shipped, table, make).entries, (error.message,))
    if found.entries:
        return found
    none = f"{file_name} in the policy folder holds no [[{table}]] that can be used."
    return Listed(_read(shipped, table, make).entries, (*found.problems, none))


def _read(file: Path, table: str, make: Callable[[dict[str, Any]], T]) -> Listed[T]:
    """Every entry of one file."""
    try:
        text = file.read_text("utf-8-sig")
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        where = f", line {at[1]}" if at else ""
        raise LacError(
            f"{file.name}{where}: this is not written as TOML. The shipped list is used instead.",
            "Correct the line in a text editor.",
        ) from error
    except UnicodeDecodeError as error:
        raise LacError(f"{file.name}: this is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError:
        raw = toml_file.read(file)  # says what is wrong in a sentence
        text = ""
    found = raw.get(table, [])
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise LacError(f"{file.name}: {table} is not a list.", f"Begin each with [[{table}]].")
    lines = _lines(text, table)
    entries: list[T] = []
    problems: list[str] = []
    for number, one in enumerate(found):
        try:
            entries.append(make(one if isinstance(one, dict) else {}))
        except ValueError as error:
            line = lines[number] if number < len(lines) else 1
            problems.append(f"{file.name}, line {line}: {error}")
    return Listed(tuple(entries), tuple(problems))


def _lines(text: str, table: str) -> list[int]:
    """The lines on which the entries of a table begin, from 1."""
    head = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), 1) if head.match(line)]


def words(raw: dict[str, Any], key: str, *, needed: bool = True) -> str:
    """One text of an entry; ValueError where it is missing or no text."""
    value = raw.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"“{key}” is not a text in quotation marks.")
    if needed and not value.strip():
        raise ValueError(f"“{key}” is missing.")
    return value.strip()


def texts(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts of an entry; ValueError where it is none or empty."""
    value = raw.get(key)
    if not isinstance(value, list) or not value:
        raise ValueError(f'“{key}” is not a list of texts, such as ["one", "two"].')
    if any(not isinstance(one, str) or not one.strip() for one in value):
        raise ValueError(f"“{key}” holds something that is no text.")
    return tuple(one.strip() for one in value)
