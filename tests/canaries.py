# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records about people in which every text is an invented word, made from the nouns themselves.

A field or a table that is added later is filled too, without a change here.
"""

import types
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from lac_desktop.domain.conversation import Conversation
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_access, people_records
from lac_desktop.storage.people_tables import TABLES, plain
from lac_desktop.storage.steps import Step

#: Stands at the head of every canary, and in no text of the program.
MARK = "Zzquorn"
DAY = date(2026, 3, 1)
#: Where nobody lives: digits that stand in no file by chance.
LAT, LON = 52.6123454321, -0.7123454321
_LINKS = ("id", "person", "people", "conversation", "record")


def canary(*path: str) -> str:
    """The invented word of a field."""
    return MARK + "".join(part.title().replace("_", "") for part in path)


def _value(hint: Any, path: tuple[str, ...]) -> Any:
    """A value of a type with a canary in every text of it."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        hint = next(kind for kind in typing.get_args(hint) if kind is not type(None))
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        kinds = inner[:1] if inner[1:] == (...,) else inner
        return tuple(_value(kind, (*path, str(at))) for at, kind in enumerate(kinds))
    if origin is not None:
        return {canary(*path, "key"): [canary(*path, "value")]}
    if is_dataclass(hint):
        return _record(hint, path)
    simple = {
        str: lambda: canary(*path),
        bool: lambda: True,
        int: lambda: 7,
        float: lambda: LAT if path[-1] == "lat" else LON,
        datetime: lambda: datetime(2026, 3, 1, 9),
        date: lambda: DAY,
    }
    if hint in simple:
        return simple[hint]()
    assert isinstance(hint, type)
    assert issubclass(hint, Enum)
    return next(iter(hint))


def _record(noun: Any, path: tuple[str, ...], **known: Any) -> Any:
    hints = typing.get_type_hints(noun)
    values = {
        f.name: _value(hints[f.name], (*path, f.name)) for f in fields(noun) if f.name not in known
    }
    return noun(**values, **known)


def fill(
    book: Notebook, person: str, others: tuple[str, ...] = (), leave_out: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Put one record of every noun about a person into a notebook; the records by table.

    With ``others`` the conversation is with them too. ``leave_out`` names tables.
    """
    made: dict[str, Any] = {}
    links: dict[str, Any] = {"person": person, "people": (person, *others)}
    for table in TABLES.values():
        if table.name in leave_out:
            continue
        known = {f.name: links[f.name] for f in fields(table.noun) if f.name in links}
        known["id"] = person if table.noun is Person else new_id()
        if table.noun is Conversation:
            known["kept"] = True
            links["conversation"] = known["id"]
        if "record" in {f.name for f in fields(table.noun)}:
            known["record"] = known["id"]
        if table.noun is Person:
            known["alongside"] = ()
        made[table.name] = _record(table.noun, (table.name,), **known)
    step = Step("Ruth", "Fill", datetime(2026, 3, 1, 9), "edit")
    with book.vault.people_write() as db:
        people_records.save(db, made.values(), step=step)
        typed = replace(
            made["conversation"], id=new_id(), people=(person,), setting=canary("draft"), kept=False
        )
        key = f"conversation:{typed.id}"
        people_access.put_draft(db, key, [person], plain(typed), step.when)
        people_access.add(db, step.when, "Ruth", "opened", person, canary("access", "detail"))
    return made


def texts(made: dict[str, Any]) -> set[str]:
    """Every canary in these records."""
    import re

    return set(re.findall(rf"{MARK}\w+", repr(made)))
