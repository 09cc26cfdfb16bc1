# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody filled into a tool: made tidy, checked, and said in words.

Values are what JSON holds (see ``domain.tools.KINDS``). What is empty is left out altogether.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lac_desktop.domain.tools import Field, Tool
from lac_desktop.domain.wording import Say, clock_time, english, long_date

Values = Mapping[str, Any]
Row = Mapping[str, Any]

#: How the text of a picture begins; what follows is a JPEG in base64.
PICTURE = "data:image/jpeg;base64,"
#: No picture that a window made is longer; one of 360 pixels has some 40,000 characters.
_PICTURE_MOST = 200_000
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_TOP = 10
#: Halves of a surrogate pair, which no file can hold.
_HALVES = re.compile("[\ud800-\udfff]")


def tidy(tool: Tool, values: Values) -> dict[str, Any]:
    """The values without what is empty, what no field asks for and blanks at the ends."""
    kept = {f.id: _tidied(f, values.get(f.id)) for f in tool.fields}
    return {key: value for key, value in kept.items() if not _empty(value)}


def problems(tool: Tool, values: Values) -> dict[str, str]:
    """What is wrong, as sentences by field; empty where all is well. Nothing is compulsory."""
    found = {}
    for asked in tool.fields:
        value = values.get(asked.id)
        sentence = "" if _empty(value) else _problem(asked, value)
        if sentence:
            found[asked.id] = sentence
    return found


def is_empty(tool: Tool, values: Values) -> bool:
    """Whether nothing at all was filled in."""
    return not tidy(tool, values)


def words(asked: Field, value: Any, say: Say = english) -> str:
    """One value of a simple kind in words; "" for what is empty."""
    if _empty(value) or asked.kind == "picture":
        return ""
    if asked.kind == "choice":
        return say(asked.words_of(str(value)))
    if asked.kind == "scale":
        return say("{n} out of 10").format(n=value)
    if asked.kind == "date" and (day := read_day(value)):
        return long_date(day, say)
    if asked.kind == "time" and _TIME.fullmatch(str(value)):
        from datetime import time

        return clock_time(time.fromisoformat(value), say)
    if asked.kind == "place" and isinstance(value, Mapping):
        return str(value.get("name", ""))
    return str(value)


def row_words(asked: Field, row: Row, say: Say = english) -> str:
    """A row as one line: its columns in words, with commas between them."""
    told: list[str] = []
    before = ""
    for column in asked.columns:
        part = " ".join(words(column, row.get(column.id), say).split())
        if part and column.kind == before == "time" and told:
            told[-1] = say("{start} to {end}").format(start=told[-1], end=part)
        elif part:
            told.append(part)
        before = column.kind if part else ""
    return ", ".join(told)


def items(asked: Field, value: Any, say: Say = english) -> list[str]:
    """What a field holds as lines of text, one for each item, row, name or paragraph."""
    if _empty(value) or asked.kind == "picture":
        return []
    if asked.kind in ("list", "people"):
        return [str(item) for item in value]
    if asked.kind in ("rows", "pairs"):
        return [row_words(asked, row, say) for row in value]
    return [words(asked, value, say)]


def read_day(value: Any) -> date | None:
    """The day of a JSON value, or None."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def place(name: str, asset: str = "") -> dict[str, str]:
    """A value for a place: its name, and the id of the asset where it is one."""
    return {"asset": asset, "name": name}


def _empty(value: Any) -> bool:
    """Whether a value says nothing."""
    if isinstance(value, Mapping):
        return all(_empty(inner) for inner in value.values())
    return value is None or value == "" or value == [] or value == ()


def _tidied(asked: Field, value: Any) -> Any:
    """One value without blanks at its ends; what is not of its kind stays, to be complained of."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value).strip()
    if asked.kind in ("list", "people") and _listed(value):
        texts = [_tidied(asked, item) for item in value]
        return [text for text in texts if not _empty(text)]
    if asked.columns and _listed(value) and all(isinstance(row, Mapping) for row in value):
        rows = [_tidied_row(asked, row) for row in value]
        return [row for row in rows if row]
    if asked.kind == "place" and isinstance(value, Mapping):
        name = _tidied(asked, str(value.get("name") or ""))
        return place(name, str(value.get("asset") or "")) if name else None
    return value


def _tidied_row(asked: Field, row: Row) -> dict[str, Any]:
    """One row without its empty columns."""
    kept = {column.id: _tidied(column, row.get(column.id)) for column in asked.columns}
    return {key: value for key, value in kept.items() if not _empty(value)}


def _listed(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _problem(asked: Field, value: Any) -> str:
    """What is wrong with one value, or ""."""
    if asked.kind in ("list", "people"):
        sound = _listed(value) and all(isinstance(item, str) for item in value)
        return "" if sound else "This holds a list of texts."
    if asked.columns:
        return _rows_problem(asked, value)
    return _simple_problem(asked, value)


def _rows_problem(asked: Field, value: Any) -> str:
    """What is wrong with rows: the first wrong row and column."""
    if not _listed(value) or not all(isinstance(row, Mapping) for row in value):
        return "This holds rows."
    for number, row in enumerate(value, 1):
        for column in asked.columns:
            inner = row.get(column.id)
            sentence = "" if _empty(inner) else _simple_problem(column, inner)
            if sentence:
                return f"Row {number}, {column.label}: {sentence}"
    return ""


def _simple_problem(asked: Field, value: Any) -> str:
    """What is wrong with a value of one piece."""
    if asked.kind == "scale":
        sound = type(value) is int and 0 <= value <= _TOP
        return "" if sound else "Choose a whole number from 0 to 10."
    if asked.kind == "date":
        sound = isinstance(value, str) and read_day(value) is not None
        return "" if sound else "This date is not in the calendar. Type it like 5 March 2026."
    if asked.kind == "time":
        sound = isinstance(value, str) and bool(_TIME.fullmatch(value))
        return "" if sound else "This is not a time of day. Type it like 2pm or 14:30."
    if asked.kind == "choice":
        return (
            ""
            if value in [option for option, _words in asked.options]
            else "Choose one of the answers."
        )
    if asked.kind == "place":
        sound = isinstance(value, Mapping) and isinstance(value.get("name"), str)
        return "" if sound else "Type the name of a place."
    if asked.kind == "picture":
        sound = isinstance(value, str) and value.startswith(PICTURE)
        return "" if sound and len(value) <= _PICTURE_MOST else "This is not a small picture."
    return "" if isinstance(value, str) else "This holds a text."
