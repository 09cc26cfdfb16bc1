# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the nouns about people lie in people.db: one table a noun, one column a field.

Tables are named after the noun. A column holds text, a number, or JSON for tuples and mappings;
``id`` is a UUIDv7, ``person`` the id of a person. ``rid`` never leaves the file.
"""

import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from lac_desktop.domain.conversation import Addendum, Conversation, QuickNote, Tally
from lac_desktop.domain.introduction import Considered, Introduction
from lac_desktop.domain.person import Agreement, Person, StandingChange
from lac_desktop.domain.rights import Disclosure, Disposal, Hold, Request
from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, ToolSheet, Wish

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, the noun it holds, and which columns name a person.

    ``people`` holds columns with one person's id; ``shared`` a column with a JSON list of ids.
    ``since`` is the version of people.db that made the table. A new noun gets the next version and
    a migration of its own; so does a new field (``ALTER TABLE``), with a default.
    """

    name: str
    noun: type
    people: tuple[str, ...] = ("person",)
    shared: str = ""
    since: int = 2

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold what is known, in the order of the noun's fields."""
        return tuple(f.name for f in fields(self.noun) if f.name != "id")


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("person", Person, people=("id",)),
        Table("standing", StandingChange),
        Table("agreement", Agreement),
        Table("conversation", Conversation, people=(), shared="people"),
        Table("addendum", Addendum, people=()),
        Table("quick_note", QuickNote),
        Table("tally", Tally, people=()),
        Table("gift", Gift),
        Table("wish", Wish),
        Table("exchange", Exchange, people=("person", "other")),
        Table("measure", MeasureTaken),
        Table("tool_sheet", ToolSheet),
        Table("request", Request),
        Table("hold", Hold),
        Table("disclosure", Disclosure),
        Table("disposal", Disposal),
        Table("introduction", Introduction, people=("person", "to_person"), since=3),
        Table("considered", Considered, since=3),
    )
}
BY_NOUN: Mapping[type, Table] = {table.noun: table for table in TABLES.values()}


@cache
def _hints(noun: type) -> Mapping[str, Any]:
    return typing.get_type_hints(noun)


def sql_type(noun: type, name: str) -> str:
    """SQL type and NOT NULL of a field's column."""
    plain, empty = _unwrapped(_hints(noun)[name])
    kind = "INTEGER" if plain in (bool, int) else "REAL" if plain is float else "TEXT"
    return kind if empty else f"{kind} NOT NULL"


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    """A type without "or None", and whether None was allowed."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
        return kinds[0], True
    return hint, False


def encode(record: Any) -> tuple[Any, ...]:
    """The columns of a record, in the order of :attr:`Table.columns`."""
    table = BY_NOUN[type(record)]
    return tuple(_to_column(getattr(record, name)) for name in table.columns)


def _to_column(value: Any) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return storable(str(value))
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def storable(text: str) -> str:
    """A text as a database can hold it: without NUL, and with "\ufffd" for half a character.

    Both come with pasted text alone; every other character stays as it was typed.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def plain(value: Any) -> Any:
    """Anything a record holds as what JSON can hold."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return storable(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def decode(noun: type[T], row: Sequence[Any]) -> T:
    """A record from its id and its columns."""
    values = {
        name: value if reader is None or value is None else reader(value)
        for (name, reader), value in zip(_readers(noun), row[1:], strict=True)
    }
    return noun(**{"id": row[0], **values})


@cache
def _readers(noun: type) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The columns of a noun with what makes a field of each; None where it is one already."""
    hints = _hints(noun)
    return tuple((name, _reader(hints[name])) for name in BY_NOUN[noun].columns)


def from_plain(noun: type[T], value: Mapping[str, Any]) -> T:
    """A record from what :func:`plain` made of it; fields that are not known are left out."""
    hints = _hints(noun)
    return noun(**{name: _read(hints[name], kept) for name, kept in value.items() if name in hints})


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a field of a type from a column that is not NULL."""
    kind, _empty = _unwrapped(hint)
    if kind in (str, int, float):
        return None
    if kind is bool:
        return bool
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, date):
        return kind.fromisoformat
    return lambda value: _read(kind, json.loads(value))


def _read(hint: Any, value: Any) -> Any:
    """A value of a type from what JSON held."""
    kind, _empty = _unwrapped(hint)
    if value is None or kind in (Any, str, int, float, bool):
        return value
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[1:] == (...,) else inner
        return tuple(_read(k, v) for k, v in zip(kinds, value, strict=True))
    if origin is not None:  # a mapping of words to JSON values
        return dict(value)
    readers: dict[type, Callable[[Any], Any]] = {
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
    }
    if kind in readers:
        return readers[kind](value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], inner) for name, inner in value.items()})
