# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notebook's own settings: JSON values under keys, encrypted with everything else."""

import json
from typing import Any

from lac_desktop.storage import binding


def get(db: binding.Connection, key: str, default: Any = None) -> Any:
    """The value of a key, or the default."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return default if row is None else json.loads(row[0])


def put(db: binding.Connection, key: str, value: Any) -> None:
    """Set a key to anything JSON can hold."""
    text = json.dumps(value, ensure_ascii=False)
    db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, text))


def drop(db: binding.Connection, key: str) -> None:
    """Forget a key; nothing happens if it is not there."""
    db.execute("DELETE FROM setting WHERE key = ?", (key,))


def everything(db: binding.Connection) -> dict[str, Any]:
    """All keys and their values."""
    return {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM setting")}
