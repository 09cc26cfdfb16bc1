# SPDX-License-Identifier: AGPL-3.0-or-later
"""The access log, drafts and settings of people.db: small tables without a history of their own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lac_desktop.storage import binding


def add(
    db: binding.Connection, when: datetime, who: str, what: str, person: str, detail: str
) -> None:
    """Add a line to the access log."""
    db.execute(
        "INSERT INTO access(at, who, what, person, detail) VALUES (?, ?, ?, ?, ?)",
        (when.isoformat(), who, what, person, detail),
    )


def latest(
    db: binding.Connection, person: str, limit: int
) -> list[tuple[datetime, str, str, str, str]]:
    """The latest lines about a person ("" for all): when, who, what, person, detail."""
    rows = db.execute(
        "SELECT at, who, what, person, detail FROM access "
        "WHERE ?1 = '' OR person = ?1 ORDER BY seq DESC LIMIT ?2",
        (person, limit),
    )
    return [(datetime.fromisoformat(row[0]), *row[1:]) for row in rows]


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """What is being typed: its key, the ids of whom it is about, when and as which turn, what."""

    key: str
    people: tuple[str, ...]
    kept: datetime
    turn: int
    value: Any


def put_draft(
    db: binding.Connection, key: str, people: Sequence[str], value: Any, when: datetime
) -> int:
    """Keep what is being typed, cheap enough for every second; the turn it was kept as.

    Turns grow with every call, whatever the clock says. ``value`` is what JSON can hold.
    """
    turn = int(db.execute("SELECT coalesce(max(turn), 0) + 1 FROM draft").fetchone()[0])
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    db.execute(
        "INSERT OR REPLACE INTO draft(key, person, kept, turn, value) VALUES (?, ?, ?, ?, ?)",
        (key, " ".join(people), when.isoformat(), turn, text),
    )
    return turn


def draft_turn(db: binding.Connection, key: str) -> int | None:
    """The turn of a draft, or None where there is none."""
    row = db.execute("SELECT turn FROM draft WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


_DRAFT = "SELECT key, person, kept, turn, value FROM draft"


def _stored_draft(row: Any) -> StoredDraft:
    key, people, kept, turn, value = row
    moment = datetime.fromisoformat(kept)
    return StoredDraft(key, tuple(people.split()), moment, turn, json.loads(value))


def draft(db: binding.Connection, key: str) -> StoredDraft | None:
    """What was being typed under a key, or None."""
    row = db.execute(f"{_DRAFT} WHERE key = ?", (key,)).fetchone()
    return None if row is None else _stored_draft(row)


def drafts(db: binding.Connection, prefix: str = "", person: str = "") -> list[StoredDraft]:
    """Drafts whose key begins so, of a person or of all, the latest written first."""
    rows = db.execute(
        f"{_DRAFT} WHERE substr(key, 1, length(?1)) = ?1 "
        "AND (?2 = '' OR instr(' ' || person || ' ', ' ' || ?2 || ' ') > 0) ORDER BY turn DESC",
        (prefix, person),
    )
    return [_stored_draft(row) for row in rows]


def drop_draft(db: binding.Connection, key: str) -> None:
    """Forget a draft; nothing happens if it is not there."""
    db.execute("DELETE FROM draft WHERE key = ?", (key,))


def get_setting(db: binding.Connection, key: str, default: Any = None) -> Any:
    """The value of a setting about people, or the default."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return default if row is None else json.loads(row[0])


def put_setting(db: binding.Connection, key: str, value: Any) -> None:
    """Set a setting to anything JSON can hold."""
    text = json.dumps(value, ensure_ascii=False)
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, text))
