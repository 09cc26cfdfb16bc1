# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that is kept about one person, found by introspection of people.db.

Known tables are read as the records they hold. Every other table is searched for the person's
number in every column, so that a table nobody thought of here is in the answer too.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lac_desktop.domain.person import Person
from lac_desktop.errors import LacError
from lac_desktop.services import access, assets, datamap
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_erase
from lac_desktop.storage import people_records as stored
from lac_desktop.storage import people_records_about as about
from lac_desktop.storage import people_schema_read as schema_read
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.people_tables import TABLES, plain

#: Made from other tables, so that they hold nothing more.
_DERIVED = ("conversation_person", "words")
#: Tables with a section of their own below.
_OWN_SECTION = ("change", "access", "draft")
#: A number of a person or a place, as domain/ids makes them.
_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GONE = "somebody who is not here any more"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the answer: a table's name and title, and its records as JSON values."""

    table: str
    title: str
    records: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything about a person. ``others`` are names of everybody else in the notebook."""

    person: Person
    sections: tuple[Section, ...]
    others: Mapping[str, tuple[str, ...]]


def collect(notebook: Notebook, person: str) -> Collected:
    """Gather everything about a person, nothing left out. Raises LacError if not there."""
    with notebook.vault.people_read() as db:
        found = stored.get(db, Person, person)
        if found is None:
            raise LacError("This person is not in the notebook.", "Look in the list of people.")
        people = {p.id: p for p in stored.where(db, Person)}
        sections = [*_known(db, person), _history(db, person), *_rest(db, person)]
        erased = frozenset(people_erase.was_erased(db))
    records = [record for one in sections for record in one.records]
    named = _naming(people, erased, _places(notebook, records))
    told = tuple(
        Section(one.table, one.title, tuple(_with_names(r, named) for r in one.records))
        for one in sections
        if one.records
    )
    others = {
        key: tuple(name for name in (one.name, one.full_name) if name)
        for key, one in people.items()
        if key != person
    }
    return Collected(found, told, others)


def _known(db: Connection, person: str) -> list[Section]:
    """The records of each noun that name the person, and what belongs to them."""
    found: list[Section] = []
    for table in TABLES.values():
        part = people_erase.PARTS.get(table.name)
        if part is not None:
            column, _whole = part
            keys = [key for _rid, key, _people in people_erase.conversations_of(db, person)]
            records = stored.among(db, table.noun, column, keys)
        elif table.name == "person":
            records = stored.among(db, Person, "id", [person])
        else:
            records = about.records_naming(db, table.noun, person)
        titled = datamap.title_of(table.name)
        found.append(Section(table.name, titled, tuple(plain(one) for one in records)))
    return found


def _history(db: Connection, person: str) -> Section:
    """Earlier versions of the person's own records, those taken out since too."""
    rows = people_erase.with_parts(db, people_erase.own_rows(db, person))
    wanted = {(table, rid) for table, rids in rows.items() for rid in rids}
    wanted |= people_erase.rows_gone_before(db, person)
    wanted |= {("conversation", rid) for rid, _k, _p in people_erase.conversations_of(db, person)}
    found: list[tuple[int, dict[str, Any]]] = []
    for table, rid in sorted(wanted):
        for seq, at, who, field, old, new in about.history(db, table, rid):
            what = {"+": "added", "-": "taken out"}.get(field, datamap.label_of(table, field))
            found.append(
                (
                    seq,
                    {
                        "when": at,
                        "who": who,
                        "of": datamap.title_of(table),
                        "what": what,
                        "before": _value(table, field, old),
                        "after": _value(table, field, new),
                    },
                )
            )
    return Section("change", datamap.title_of("change"), tuple(one for _seq, one in sorted(found)))


def _value(table: str, field: str, value: Any) -> Any:
    """A value of the history as JSON: whole records and lists are read, texts stay texts."""
    if not isinstance(value, str):
        return value
    if field in ("+", "-"):
        whole = json.loads(value)
        return {key: _value(table, key, inner) for key, inner in whole.items() if inner}
    if value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _rest(db: Connection, person: str) -> list[Section]:
    """Who looked, what is being typed, and every other row in which the number stands."""
    looks = [
        {"when": at, "who": who, "what": access.WHAT.get(what, what), "detail": detail}
        for at, who, what, detail in about.looks(db, person)
    ]
    drafts = [
        {"kept": kept, "text": json.loads(value)} for kept, value in about.drafts_naming(db, person)
    ]
    known = (*TABLES, *_DERIVED, *_OWN_SECTION)
    other: dict[str, list[Mapping[str, Any]]] = {}
    for table, row in schema_read.rows_holding(db, person, known):
        other.setdefault(table, []).append({k: _readable(v) for k, v in row.items()})
    return [
        Section("draft", datamap.title_of("draft"), tuple(drafts)),
        Section("access", datamap.title_of("access"), tuple(looks)),
        *(Section(table, datamap.title_of(table), tuple(rows)) for table, rows in other.items()),
    ]


def _readable(value: Any) -> Any:
    """A column of a table that is not known here, as JSON can hold it."""
    return value.hex() if isinstance(value, bytes) else value


def _places(notebook: Notebook, value: Any) -> Mapping[str, str]:
    """The names of all assets whose numbers stand alone somewhere in a JSON value."""
    found: set[str] = set()

    def look(inner: Any) -> None:
        if isinstance(inner, str):
            if _NUMBER.fullmatch(inner):
                found.add(inner)
        elif isinstance(inner, Mapping):
            look(list(inner.values()))
        elif isinstance(inner, list | tuple):
            for one in inner:
                look(one)

    look(value)
    return {asset.id: asset.name for asset in assets.get_many(notebook, sorted(found))}


def _naming(
    people: Mapping[str, Person], erased: frozenset[str], places: Mapping[str, str]
) -> Callable[[str], str]:
    """A function that puts names in place of people's and places' numbers, also of those erased."""

    def named(text: str) -> str:
        if text in people:
            return people[text].name
        if text in places:
            return places[text]
        if text in erased:
            return _GONE
        if "{" in text:
            for key, one in people.items():
                text = text.replace(f"{{{key}}}", one.name)
        return text

    return named


def _with_names(value: Any, named: Callable[[str], str], key: str = "") -> Any:
    """A JSON value with names in place of numbers; the record's own number stays."""
    if isinstance(value, str):
        return value if key == "id" else named(value)
    if isinstance(value, list | tuple):
        return [_with_names(one, named) for one in value]
    if isinstance(value, Mapping):
        return {name: _with_names(one, named, str(name)) for name, one in value.items()}
    return value
