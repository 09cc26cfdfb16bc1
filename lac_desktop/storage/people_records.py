# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping and finding the records of people.db; every change belongs to a step."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto
from typing import Any, TypeVar

from lac_desktop.domain.conversation import Conversation
from lac_desktop.storage import binding
from lac_desktop.storage.people_tables import BY_NOUN, TABLES, Table, decode, encode
from lac_desktop.storage.steps import Step, begin, forget_if_empty, resume

T = TypeVar("T")
_OUT_OF_STEP = (11, 19)  # SQLite's codes for a damaged table and for a row that should not be
_DUE = "look-ups due"


def _selected(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in ("id", *table.columns))


def save(db: binding.Connection, records: Iterable[Any], *, step: Step | int) -> int:
    """Add records or change those whose id is there; the number of the step (0: nothing differed).

    Only values that differ are written and recorded. A number joins a step begun before.
    """
    own = isinstance(step, Step)
    number = begin(db, step) if isinstance(step, Step) else step
    resume(db, number)
    for record in records:
        _save(db, record)
    return 0 if own and forget_if_empty(db, number) else number


def _save(db: binding.Connection, record: Any) -> None:
    table = BY_NOUN[type(record)]
    values = encode(record)
    there = db.execute(
        f"SELECT rid, {_selected(table)} FROM {table.name} WHERE id = ?",  # noqa: S608
        (record.id,),
    ).fetchone()
    if there is None:
        names = ", ".join(f'"{name}"' for name in ("id", *table.columns))
        marks = ", ".join("?" * (len(table.columns) + 1))
        made = db.execute(
            f"INSERT INTO {table.name}({names}) VALUES ({marks})",  # noqa: S608
            (record.id, *values),
        )
        _derive(db, int(made.lastrowid or 0), record)
        return
    differ = [
        (name, new)
        for name, old, new in zip(table.columns, there[2:], values, strict=True)
        if old != new
    ]
    if differ:
        sets = ", ".join(f'"{name}" = ?' for name, _new in differ)
        db.execute(
            f"UPDATE {table.name} SET {sets} WHERE rid = ?",  # noqa: S608
            (*(new for _name, new in differ), there[0]),
        )
        _derive(db, there[0], record)


def _derive(db: binding.Connection, rid: int, record: Any) -> None:
    """Bring the look-up by person and the full text of a conversation up to date."""
    if not isinstance(record, Conversation):
        return
    underive(db, rid)
    db.executemany(
        "INSERT INTO conversation_person VALUES (?, ?, ?)",
        [(rid, person, record.on.isoformat()) for person in dict.fromkeys(record.people)],
    )
    own = "\n".join(paragraph.text for paragraph in record.own_words)
    noticed = "\n".join(paragraph.text for paragraph in record.reflection)
    promised = [f"{promise.who} {promise.what}" for promise in record.promises]
    rest = "\n".join((record.strong, record.matters, record.who_else, record.setting, *promised))
    _write_words(
        db,
        "INSERT INTO words(rowid, own, noticed, rest) VALUES (?, ?, ?, ?)",
        (rid, own, noticed, rest),
    )


def _write_words(db: binding.Connection, statement: str, values: Sequence[Any]) -> None:
    """Change the full text; where that is damaged, keep the record and mend the text later."""
    try:
        db.execute(statement, values)
    except binding.Error as error:
        if binding.code(error) not in _OUT_OF_STEP:
            raise
        make_due(db)


def underive(db: binding.Connection, rid: int) -> None:
    """Take a conversation out of the look-ups."""
    db.execute("DELETE FROM conversation_person WHERE conversation = ?", (rid,))
    _write_words(db, "DELETE FROM words WHERE rowid = ?", (rid,))


def get(db: binding.Connection, noun: type[T], record_id: str) -> T | None:
    """The record of an id, or None."""
    table = BY_NOUN[noun]
    row = db.execute(
        f"SELECT {_selected(table)} FROM {table.name} WHERE id = ?",  # noqa: S608
        (record_id,),
    ).fetchone()
    return None if row is None else decode(noun, row)


def is_there(db: binding.Connection, noun: type, record_id: str) -> bool:
    """Whether there is a record of an id, without reading it."""
    name = BY_NOUN[noun].name
    return db.execute(f"SELECT 1 FROM {name} WHERE id = ?", (record_id,)).fetchone() is not None  # noqa: S608


class _Something(Enum):
    """Stands for any value at all."""

    SOMETHING = auto()


#: In :func:`where`: whatever the column holds, so long as it holds something.
SOMETHING = _Something.SOMETHING


def where(
    db: binding.Connection, noun: type[T], **wanted: str | bool | _Something | None
) -> list[T]:
    """All records whose columns hold these values, oldest first; None stands for nothing there.

    Raises KeyError for a column that the noun does not have.
    """
    conditions: list[str] = []
    values: list[str | bool] = []
    for column, value in wanted.items():
        name = _column(noun, column)
        if value is None or value is SOMETHING:
            conditions.append(f"{name} IS {'NOT ' if value is SOMETHING else ''}NULL")
        else:
            conditions.append(f"{name} = ?")
            values.append(value)
    return meeting(db, noun, " AND ".join(conditions), values)


def since(db: binding.Connection, noun: type[T], column: str, day: date | None) -> list[T]:
    """The records whose column holds that day or a later one, oldest first; None: all."""
    condition = f"{_column(noun, column)} >= ?"
    return meeting(db, noun, condition, (day.isoformat(),)) if day else meeting(db, noun)


def _column(noun: type, column: str) -> str:
    """A column's name as SQL writes it."""
    if column not in ("id", *BY_NOUN[noun].columns):
        raise KeyError(column)
    return f'"{column}"'


def meeting(
    db: binding.Connection, noun: type[T], condition: str = "", values: Sequence[Any] = ()
) -> list[T]:
    """The records that meet an SQL condition of this package, oldest first."""
    table = BY_NOUN[noun]
    wanted = f" WHERE {condition}" if condition else ""
    rows = db.execute(
        f"SELECT {_selected(table)} FROM {table.name}{wanted} ORDER BY rid",  # noqa: S608
        values,
    )
    return [decode(noun, row) for row in rows.fetchall()]


def among(db: binding.Connection, noun: type[T], column: str, values: Iterable[str]) -> list[T]:
    """The records whose column holds one of these texts, oldest first."""
    condition = f"{_column(noun, column)} IN (SELECT value FROM json_each(?))"  # noqa: S608
    return meeting(db, noun, condition, (json.dumps(list(values)),))


def of_person(db: binding.Connection, noun: type[T], person: str) -> list[T]:
    """All records of a noun that name a person, oldest first."""
    table = BY_NOUN[noun]
    if table.shared:
        return meeting(
            db,
            noun,
            "rid IN (SELECT conversation FROM conversation_person WHERE person = ?)",
            (person,),
        )
    columns = [column for column in table.people if column != "id"]
    condition = " OR ".join(f'"{column}" = ?' for column in columns)
    return meeting(db, noun, condition, [person] * len(columns)) if columns else []


def remove(db: binding.Connection, noun: type, ids: Iterable[str], *, step: Step | int) -> int:
    """Delete records; undo brings them back. The number of the step (0: none was there)."""
    own = isinstance(step, Step)
    number = begin(db, step) if isinstance(step, Step) else step
    resume(db, number)
    table = BY_NOUN[noun]
    for record_id in ids:
        row = db.execute(f"SELECT rid FROM {table.name} WHERE id = ?", (record_id,)).fetchone()  # noqa: S608
        if row is not None:
            if noun is Conversation:
                underive(db, row[0])
            db.execute(f"DELETE FROM {table.name} WHERE rid = ?", row)  # noqa: S608
    return 0 if own and forget_if_empty(db, number) else number


def make_due(db: binding.Connection) -> None:
    """Have all look-ups made anew by the next :func:`refresh`."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", (_DUE,))


def is_due(db: binding.Connection) -> bool:
    """Say whether :func:`refresh` should run; cheap enough for every unlocking."""
    return db.execute("SELECT 1 FROM meta WHERE key = ?", (_DUE,)).fetchone() is not None


def refresh(db: binding.Connection) -> None:
    """Make all look-ups of conversations anew, inside the caller's writing transaction."""
    db.execute("DELETE FROM conversation_person")
    # "delete-all" is for tables without content; dropping every row also drops a damaged index.
    db.execute("DELETE FROM words_content")
    db.execute("INSERT INTO words(words) VALUES('rebuild')")
    rederive(db, [row[0] for row in db.execute("SELECT rid FROM conversation").fetchall()])
    db.execute("DELETE FROM meta WHERE key = ?", (_DUE,))


def rederive(db: binding.Connection, rids: Iterable[int]) -> None:
    """Make the look-ups of conversations anew, after an undo or a damaged index."""
    table = TABLES["conversation"]
    for rid in rids:
        underive(db, rid)
        row = db.execute(
            f"SELECT {_selected(table)} FROM conversation WHERE rid = ?",  # noqa: S608
            (rid,),
        ).fetchone()
        if row is not None:
            _derive(db, rid, decode(Conversation, row))
