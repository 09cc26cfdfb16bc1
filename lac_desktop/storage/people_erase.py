# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real deletion: rows, words of the full text, drafts, links and every value in the history.

A change that is erased keeps its place and its digest in the chain, so the chain stays unbroken.
``erased`` remembers ids alone. After the transaction, :func:`scrub` takes what was deleted out of
the pages, the search and the write-ahead log.
"""
# ruff: noqa: S608 - every name in these statements is of this package's own tables

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lac_desktop.domain.conversation import Conversation
from lac_desktop.errors import LacError
from lac_desktop.storage import binding
from lac_desktop.storage.people_records import rederive, underive
from lac_desktop.storage.people_tables import TABLES
from lac_desktop.storage.steps import Step, begin

#: Records that belong to another: table -> (its column, the table that the column names by id).
PARTS: Mapping[str, tuple[str, str]] = {"addendum": ("conversation", "conversation")}
_PATIENCE = 10.0  # seconds to wait for readers


@dataclass(frozen=True, slots=True)
class Doomed:
    """What goes or changes: row numbers by table, and drafts by key."""

    rows: dict[str, set[int]]
    drafts: set[str]

    def count(self) -> int:
        """How many rows."""
        return sum(len(rids) for rids in self.rows.values())


def own_rows(db: binding.Connection, person: str) -> dict[str, set[int]]:
    """Rows that are the person's alone: by owner column, solo conversations, and their parts."""
    found: dict[str, set[int]] = {}
    for table in TABLES.values():
        if table.people:
            owner = table.people[0]
            rows = db.execute(f'SELECT rid FROM {table.name} WHERE "{owner}" = ?', (person,))
            found[table.name] = {row[0] for row in rows}
    found["conversation"] = {
        rid for rid, _key, people in conversations_of(db, person) if people == [person]
    }
    return found


def conversations_of(db: binding.Connection, person: str) -> list[tuple[int, str, list[str]]]:
    """Conversations with a person: rid, id, ids of all who were there."""
    rows = db.execute(
        "SELECT c.rid, c.id, c.people FROM conversation c JOIN conversation_person p "
        "ON p.conversation = c.rid WHERE p.person = ? ORDER BY c.rid",
        (person,),
    )
    return [(rid, key, json.loads(people)) for rid, key, people in rows.fetchall()]


def erase_person(
    db: binding.Connection,
    person: str,
    *,
    conversations: Iterable[str] = (),
    rewritten: Iterable[Conversation] = (),
    step: Step,
    reason: str,
) -> dict[str, int]:
    """Erase a person in the caller's transaction; how many rows went, by table.

    ``conversations`` are ids of shared ones that go too, ``rewritten`` conversations as they are
    to stand without the person. Every other shared one stays without the person's id. ``reason``
    is a word of the program. Call :func:`scrub` afterwards.
    """
    begin(db, step)
    gone = own_rows(db, person)
    for key in conversations:
        row = db.execute("SELECT rid FROM conversation WHERE id = ?", (key,)).fetchone()
        gone["conversation"] |= {row[0]} if row else set()
    gone = with_parts(db, gone)
    touched = rows_gone_before(db, person)
    counts = _delete(db, gone)
    touched |= {(table, rid) for table, rids in gone.items() for rid in rids}
    touched |= _rewrite(db, rewritten)
    touched |= _unlink(db, person)
    counts["draft"] = _drop_drafts(db, person)
    _blank_history(db, touched)
    _blank_values_holding(db, person)
    db.execute("UPDATE access SET detail = '' WHERE person = ?", (person,))
    db.execute(
        "INSERT OR REPLACE INTO erased VALUES (?, ?, ?, ?)",
        (person, step.when.isoformat(), step.who, reason),
    )
    _end_undo(db)
    return {name: number for name, number in counts.items() if number}


def erase_records(
    db: binding.Connection, records: Mapping[str, Iterable[str]], *, step: Step
) -> int:
    """Really delete single records (ids by table) with their history; how many went."""
    begin(db, step)
    gone: dict[str, set[int]] = {}
    for table, ids in records.items():
        wanted = json.dumps(list(ids))
        rows = db.execute(
            f"SELECT rid FROM {TABLES[table].name} WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        gone[table] = {row[0] for row in rows}
    gone = with_parts(db, gone)
    counts = _delete(db, gone)
    _blank_history(db, {(table, rid) for table, rids in gone.items() for rid in rids})
    _end_undo(db)
    return sum(counts.values())


def with_parts(db: binding.Connection, rows: dict[str, set[int]]) -> dict[str, set[int]]:
    """The rows and the records that belong to them."""
    found = {name: set(rids) for name, rids in rows.items()}
    for part, (column, whole) in PARTS.items():
        for rid in found.get(whole, set()):
            parts = db.execute(
                f'SELECT p.rid FROM {part} p JOIN {whole} w ON w.id = p."{column}" WHERE w.rid = ?',
                (rid,),
            )
            found.setdefault(part, set()).update(row[0] for row in parts.fetchall())
    return found


def _delete(db: binding.Connection, rows: Mapping[str, set[int]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for table, rids in rows.items():
        for rid in rids:
            if table == "conversation":
                underive(db, rid)
            db.execute(f"DELETE FROM {table} WHERE rid = ?", (rid,))
            db.execute("DELETE FROM field_clock WHERE tbl = ? AND rid = ?", (table, rid))
        counts[table] = len(rids)
    return counts


def _rewrite(db: binding.Connection, conversations: Iterable[Conversation]) -> set[tuple[str, int]]:
    """Store conversations in other words and return their rows."""
    from lac_desktop.storage.people_tables import encode

    touched: set[tuple[str, int]] = set()
    sets = ", ".join(f'"{name}" = ?' for name in TABLES["conversation"].columns)
    for one in conversations:
        row = db.execute("SELECT rid FROM conversation WHERE id = ?", (one.id,)).fetchone()
        if row is not None:
            db.execute(f"UPDATE conversation SET {sets} WHERE rid = ?", (*encode(one), row[0]))
            touched.add(("conversation", row[0]))
    rederive(db, {rid for _table, rid in touched})
    return touched


def _unlink(db: binding.Connection, person: str) -> set[tuple[str, int]]:
    """Take the person's id out of every record of others, and return their rows."""
    touched: set[tuple[str, int]] = set()
    for table in TABLES.values():
        for column in table.columns:
            rows = db.execute(
                f'SELECT rid, "{column}" FROM {table.name} WHERE instr("{column}", ?)', (person,)
            ).fetchall()
            for rid, value in rows:
                db.execute(
                    f'UPDATE {table.name} SET "{column}" = ? WHERE rid = ?',
                    (without(value, person), rid),
                )
                touched.add((table.name, rid))
    rederive(db, {rid for name, rid in touched if name == "conversation"})
    for key, value in db.execute(
        "SELECT key, value FROM setting WHERE instr(value, ?)", (person,)
    ).fetchall():
        db.execute("UPDATE setting SET value = ? WHERE key = ?", (without(value, person), key))
    return touched


def without(column: str, person: str) -> str:
    """A column's text without an id: out of a JSON value, or empty where it was the id itself."""
    try:
        value = json.loads(column)
    except ValueError:
        return column.replace(person, "")
    left = _without(value, person)
    return json.dumps("" if left is None else left, ensure_ascii=False, separators=(",", ":"))


def _without(value: Any, person: str) -> Any:
    """A JSON value without an id; None where nothing of it is left."""
    if isinstance(value, str):
        return None if value == person else value.replace(person, "")
    if isinstance(value, list):
        if value and value[0] == person and len(value) == 2 and isinstance(value[1], str):
            return None  # (id, what they are to each other)
        return [kept for item in value if (kept := _without(item, person)) is not None]
    if isinstance(value, dict):
        kept = {k: _without(v, person) for k, v in value.items() if k != person}
        return {k: "" if v is None and value[k] is not None else v for k, v in kept.items()}
    return value


def _drop_drafts(db: binding.Connection, person: str) -> int:
    """Forget drafts about the person alone; take the person out of drafts about others too."""
    rows = db.execute(
        "SELECT key, person, value FROM draft WHERE instr(person, ?1) OR instr(value, ?1)",
        (person,),
    ).fetchall()
    dropped = 0
    for key, people, value in rows:
        others = [one for one in people.split() if one != person]
        if others or not people:
            db.execute(
                "UPDATE draft SET person = ?, value = ? WHERE key = ?",
                (" ".join(others), without(value, person), key),
            )
        else:
            db.execute("DELETE FROM draft WHERE key = ?", (key,))
            dropped += 1
    return dropped


def rows_gone_before(db: binding.Connection, person: str) -> set[tuple[str, int]]:
    """Rows of the person that were taken out or undone before: known from the history alone."""
    found: set[tuple[str, int]] = set()
    rows = db.execute(
        "SELECT tbl, row, coalesce(new, old) FROM change "
        "WHERE field IN ('+', '-') AND instr(coalesce(new, old), ?)",
        (person,),
    )
    whole: set[str] = set()
    for table, rid, text in rows.fetchall():
        known = TABLES.get(table)
        if known is None:
            continue
        value = json.loads(text)
        owner = value.get(known.people[0]) if known.people else None
        if owner == person or (known.shared and json.loads(value[known.shared]) == [person]):
            found.add((table, rid))
            whole.add(value["id"])
    return found | _parts_before(db, whole)


def _parts_before(db: binding.Connection, ids: set[str]) -> set[tuple[str, int]]:
    """Rows of parts (corrections) whose whole is one of these ids, from the history alone."""
    found: set[tuple[str, int]] = set()
    for part, (column, _whole) in PARTS.items():
        rows = db.execute(
            "SELECT row, coalesce(new, old) FROM change WHERE tbl = ? AND field IN ('+', '-') "
            "AND coalesce(new, old) IS NOT NULL",
            (part,),
        )
        found |= {(part, rid) for rid, text in rows.fetchall() if json.loads(text)[column] in ids}
    return found


def _blank_history(db: binding.Connection, rows: Iterable[tuple[str, int]]) -> None:
    """Erase every value that the history holds of these rows."""
    db.executemany(
        "UPDATE change SET old = NULL, new = NULL, erased = 1 WHERE tbl = ? AND row = ?", list(rows)
    )


def _blank_values_holding(db: binding.Connection, person: str) -> None:
    """Erase every value of the history that holds the person's id, whosever row it is."""
    db.execute(
        "UPDATE change SET old = NULL, new = NULL, erased = 1 "
        "WHERE instr(old, ?1) OR instr(new, ?1)",
        (person,),
    )


def _end_undo(db: binding.Connection) -> None:
    """Steps of which nothing is left to undo no longer offer it; this one never does."""
    db.execute(
        "UPDATE step SET state = 'dropped' WHERE state <> 'dropped' AND undoes IS NULL AND "
        "number IN (SELECT step FROM change GROUP BY step HAVING min(erased) = 1)"
    )


def was_erased(db: binding.Connection) -> dict[str, tuple[datetime, str, str]]:
    """Everybody erased: when, by whom and why, by id."""
    rows = db.execute("SELECT person, at, who, reason FROM erased").fetchall()
    return {person: (datetime.fromisoformat(at), who, why) for person, at, who, why in rows}


def scrub(db: binding.Connection) -> None:
    """Take deleted values out of the search, the pages and the write-ahead log, for good.

    ``db`` is the writer outside a transaction. Raises LacError where another window still reads.
    """
    db.execute("INSERT INTO words(words) VALUES('rebuild')")
    _empty_log(db)
    db.execute("VACUUM")
    _empty_log(db)


def _empty_log(db: binding.Connection) -> None:
    until = time.monotonic() + _PATIENCE
    while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise LacError(
                "What was erased is gone from every list, but not yet from the file’s pages.",
                "Lock the notebook and unlock it again; the rest is done then.",
            )
        time.sleep(0.05)
