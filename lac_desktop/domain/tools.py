# SPDX-License-Identifier: AGPL-3.0-or-later
"""Person-centred tools as data: what each asks, how it is filled in and how it lies on paper.

A tool is one TOML file: ``id``, ``title``, ``title_cy``, ``purpose`` and ``when`` (sentences),
``drawing`` (a name of :data:`DRAWINGS` or nothing), ``landscape``, and any number of ``[[field]]``
tables with ``id``, ``kind``, ``label``, ``prompt``, ``voice``, ``width`` and, by kind, ``options``
(value = words), ``columns`` (tables like fields), ``low`` and ``high`` (words at both ends).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lac_desktop.errors import LacError

#: Kinds of field: what a value of each is in JSON.
KINDS: Mapping[str, str] = {
    "text": "a text of one line",
    "long": "a text",
    "list": "a list of texts",
    "rows": "a list of rows, each a mapping of column ids to values",
    "pairs": "a list of rows of two texts",
    "scale": "a whole number from 0 to 10",
    "date": "a day, YYYY-MM-DD",
    "choice": "one of the options",
    "people": "a list of names",
    "time": "a time of day, HH:MM",
    "place": "a mapping of an asset's id (or nothing) and a name",
    "picture": "a small picture as a data: text",
}
#: Kinds that a column of rows may have.
COLUMN_KINDS = ("text", "long", "scale", "date", "choice", "time", "place")
#: Whose words a field holds.
VOICES = ("own", "plain", "reflection")
#: How much of the page's width a field takes.
WIDTHS = ("full", "half")
#: Drawings that the program knows.
DRAWINGS = ("circle", "week", "places", "profile")
#: The ids of a pair's two columns.
LEFT, RIGHT = "left", "right"

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FIELD = re.compile(r"\s*\[\[\s*field\s*\]\]")
_TOOL_KEYS = {"id", "title", "title_cy", "purpose", "when", "drawing", "landscape", "order"}
_FIELD_KEYS = {
    "id", "kind", "label", "label_cy", "prompt", "voice", "width", "options", "columns", "low",
    "high",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a tool, or one column of its rows.

    ``options`` are pairs of value and words; ``columns`` are the columns of rows and pairs.
    """

    id: str
    kind: str
    label: str
    label_cy: str = ""
    prompt: str = ""
    voice: str = "own"
    width: str = "full"
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    low: str = ""
    high: str = ""

    def words_of(self, value: str) -> str:
        """What an option is called; a value that is none is its own word."""
        return dict(self.options).get(value, value)


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. ``order`` is its place in the list; smaller stands first."""

    id: str
    title: str
    title_cy: str
    purpose: str
    when: str
    fields: tuple[Field, ...]
    drawing: str = ""
    landscape: bool = False
    order: int = 100

    def field(self, field_id: str) -> Field:
        """A field by its id; KeyError where there is none."""
        return next(f for f in self.fields if f.id == field_id)


def parse(text: str, file: str) -> Tool:
    """Read a tool from the text of its file; ``file`` is its name, for the sentence.

    Raises LacError that names the file, the line and what is wrong there.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistake(file, 0, f"it is not valid TOML: {error}") from error
    return _Reader(data, text, file).tool()


def _mistake(file: str, line: int, reason: str) -> LacError:
    """The sentence about one mistake; line 0 is for what has no line of its own."""
    where = f"{file}, line {line}" if line else file
    return LacError(
        f"The tool in {where} has a mistake: {reason}.",
        "Mend that line in a text editor, or take the file out of the folder.",
    )


class _Reader:
    """Reads one file and knows on which line each thing stands."""

    def __init__(self, data: dict[str, Any], text: str, file: str) -> None:
        self._data, self._file = data, file
        self._text_lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._text_lines, 1) if _FIELD.match(line)]
        self._within = (1, (self._starts or [len(self._text_lines) + 1])[0])

    def tool(self) -> Tool:
        """Read all of it."""
        top = {key: value for key, value in self._data.items() if key != "field"}
        self._known(top, _TOOL_KEYS)
        tool_id = self._id(top)
        drawing = str(top.get("drawing", ""))
        self._check(drawing in ("", *DRAWINGS), "drawing", f"there is no drawing “{drawing}”")
        landscape, order = top.get("landscape", False), top.get("order", 100)
        self._check(isinstance(landscape, bool), "landscape", "landscape is true or false")
        self._check(type(order) is int, "order", "order is a whole number")
        title, title_cy = self._text(top, "title"), self._text(top, "title_cy")
        purpose, when = self._text(top, "purpose"), self._text(top, "when")
        fields = tuple(self._fields())
        self._check(bool(fields), "", "it asks nothing: add a [[field]]")
        return Tool(tool_id, title, title_cy, purpose, when, fields, drawing, landscape, order)

    def _fields(self) -> Iterator[Field]:
        """The fields in order, each with an id of its own."""
        entries = self._data.get("field", [])
        self._check(isinstance(entries, list), "field", "each field begins with [[field]]")
        seen: set[str] = set()
        ends = [*self._starts[1:], len(self._text_lines) + 1]
        for number, entry in enumerate(entries):
            if number < len(self._starts):
                self._within = (self._starts[number], ends[number])
            made = self._field(entry, tuple(KINDS))
            self._check(made.id not in seen, "id", f"two fields are called “{made.id}”")
            seen.add(made.id)
            yield made

    def _field(self, entry: Mapping[str, Any], kinds: tuple[str, ...]) -> Field:
        """One field or column."""
        self._known(entry, _FIELD_KEYS)
        field_id, kind = self._id(entry), self._text(entry, "kind")
        self._check(kind in kinds, "kind", f"“{kind}” is not one of {', '.join(kinds)}")
        voice, width = str(entry.get("voice", "own")), str(entry.get("width", "full"))
        self._check(voice in VOICES, "voice", f"“{voice}” is not one of {', '.join(VOICES)}")
        self._check(width in WIDTHS, "width", f"“{width}” is not one of {', '.join(WIDTHS)}")
        said = {key: str(entry.get(key, "")) for key in ("label_cy", "prompt", "low", "high")}
        label = self._text(entry, "label")
        options, columns = self._options(entry, kind), self._columns(entry, kind)
        return Field(
            field_id, kind, label, voice=voice, width=width, options=options, columns=columns,
            **said,
        )  # fmt: skip

    def _options(self, entry: Mapping[str, Any], kind: str) -> tuple[tuple[str, str], ...]:
        """The options of a choice; other kinds have none."""
        raw = entry.get("options", {})
        sound = isinstance(raw, dict) and all(isinstance(v, str) and v for v in raw.values())
        self._check(sound, "options", 'options are written { value = "Words" }')
        self._check(
            (kind == "choice") == bool(raw), "options", "a choice, and only one, has options"
        )
        return tuple(raw.items())

    def _columns(self, entry: Mapping[str, Any], kind: str) -> tuple[Field, ...]:
        """The columns of rows or of pairs; other kinds have none."""
        raw = entry.get("columns", [])
        sound = isinstance(raw, list) and all(isinstance(c, dict) for c in raw)
        self._check(sound, "columns", "columns is a list of tables in braces")
        self._check((kind in ("rows", "pairs")) == bool(raw), "columns",
                    "rows and pairs, and nothing else, have columns")  # fmt: skip
        made = tuple(self._field(column, COLUMN_KINDS) for column in raw)
        ids = [column.id for column in made]
        self._check(len(set(ids)) == len(ids), "columns", "two columns have one id")
        if kind == "pairs":
            self._check(ids == [LEFT, RIGHT] and {c.kind for c in made} <= {"text", "long"},
                        "columns", "a pair has the text columns “left” and “right”")  # fmt: skip
        return made

    def _id(self, entry: Mapping[str, Any]) -> str:
        """An id of small letters."""
        found = self._text(entry, "id")
        self._check(bool(_ID.fullmatch(found)), "id", f"the id “{found}” must be small letters, "
                    "digits and hyphens")  # fmt: skip
        return found

    def _text(self, entry: Mapping[str, Any], key: str) -> str:
        """A text that must be there."""
        value = entry.get(key)
        self._check(isinstance(value, str) and bool(value.strip()), key, f"its {key} is missing")
        return str(value)

    def _known(self, entry: Mapping[str, Any], known: set[str]) -> None:
        """Complain about a key that nobody reads."""
        for key in entry:
            self._check(key in known, key, f"“{key}” is not a key that is read here")

    def _check(self, sound: bool, key: str, reason: str) -> None:
        """Stop with a sentence unless ``sound``."""
        if not sound:
            raise _mistake(self._file, self._line(key), reason)

    def _line(self, key: str) -> int:
        """The line of a key within the part being read, else the line where the part begins."""
        first, end = self._within
        name = re.escape(key)
        found = re.compile(rf"(?:^|[{{,\[])\s*\"?{name}\"?\s*=|^\s*\[\s*{name}\s*\]")
        for number in range(first, end):
            if key and found.search(self._text_lines[number - 1]):
                return number
        return min(first, len(self._text_lines))
