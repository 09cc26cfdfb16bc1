# SPDX-License-Identifier: AGPL-3.0-or-later
"""The access log, drafts and settings of people.db: small tables without a history of their own."""

import json
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


def put_draft(db: binding.Connection, key: str, person: str, value: Any, when: datetime) -> None:
    """Keep what is being typed; cheap enough for every two seconds."""
    text = json.dumps(value, ensure_ascii=False)
    db.execute(
        "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?)", (key, person, when.isoformat(), text)
    )


def draft(db: binding.Connection, key: str) -> Any:
    """What was being typed under a key, or None."""
    row = db.execute("SELECT value FROM draft WHERE key = ?", (key,)).fetchone()
    return None if row is None else json.loads(row[0])


def drafts(db: binding.Connection, prefix: str = "") -> list[tuple[str, str, datetime, Any]]:
    """All drafts whose key begins so, latest first: key, person, when kept, value."""
    rows = db.execute(
        "SELECT key, person, kept, value FROM draft WHERE substr(key, 1, length(?1)) = ?1 "
        "ORDER BY kept DESC",
        (prefix,),
    )
    return [(row[0], row[1], datetime.fromisoformat(row[2]), json.loads(row[3])) for row in rows]


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
