# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding words in conversations of all people, within the locked file."""

from dataclasses import dataclass

from lac_desktop.storage import binding
from lac_desktop.storage.derived import words_of


@dataclass(frozen=True, slots=True)
class Heard:
    """One conversation that holds the words; ``snippet`` marks them with \\x02 and \\x03.

    ``part`` says in which words: 0 the person's own, 1 the reflection, 2 the rest.
    """

    conversation: str
    people: str  # a JSON list of ids
    on: str
    snippet: str
    part: int


def search(db: binding.Connection, text: str, limit: int = 50) -> list[Heard]:
    """Conversations that hold all the words, the best first; the last word may be unfinished."""
    words = words_of(text)[:12]
    if not words:
        return []
    expression = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
    found = db.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (expression, limit)
    ).fetchall()
    return [_heard(db, row[0], expression) for row in found]


def _heard(db: binding.Connection, rid: int, expression: str) -> Heard:
    """The answer of one conversation, with the part that holds most of the words."""
    parts = db.execute(
        "SELECT snippet(words, 0, char(2), char(3), '…', 12), "
        "snippet(words, 1, char(2), char(3), '…', 12), "
        "snippet(words, 2, char(2), char(3), '…', 12) FROM words WHERE words MATCH ? "
        "AND rowid = ?",
        (expression, rid),
    ).fetchone()
    part = max(range(3), key=lambda at: (parts[at] or "").count("\x02"))
    row = db.execute('SELECT id, people, "on" FROM conversation WHERE rid = ?', (rid,)).fetchone()
    return Heard(row[0], row[1], row[2], parts[part] or "", part)
