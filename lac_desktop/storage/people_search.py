# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding words in conversations of all people, within the locked file.

The excerpt is cut here rather than by FTS5's ``snippet()``, which took over a second for one
pasted text of 1 MB that holds an everyday word thousands of times.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lac_desktop.storage import binding
from lac_desktop.storage.derived import words_of

#: Marks before and after a word that was searched for.
BEGIN, END = "\x02", "\x03"
_WEIGHED = 500  # conversations whose words are weighed against each other
_BEFORE, _AFTER = 40, 90  # characters of an excerpt around the first word found
_MOST_WORDS = 12


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
    """Conversations that hold all the words; the last word may be unfinished.

    The best come first; of words that more than 500 hold, those kept last, because weighing
    thousands takes long and tells little.
    """
    words = words_of(text)[:_MOST_WORDS]
    if not words:
        return []
    expression = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
    many = db.execute(
        "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        (expression, _WEIGHED),
    ).fetchone()
    order = "rowid DESC" if many else "rank"
    found = db.execute(
        f"SELECT rowid, own, noticed, rest FROM words WHERE words MATCH ? ORDER BY {order} LIMIT ?",  # noqa: S608
        (expression, limit),
    ).fetchall()
    wanted = _pattern(words)
    heard = (_heard(db, row[0], row[1:], wanted) for row in found)
    return [one for one in heard if one is not None]


def _heard(
    db: binding.Connection, rid: int, parts: Sequence[str], wanted: re.Pattern[str]
) -> Heard | None:
    """The answer of one conversation, with the part that holds most of the words."""
    row = db.execute('SELECT id, people, "on" FROM conversation WHERE rid = ?', (rid,)).fetchone()
    if row is None:  # the full text is out of step, which a check tells and mends
        return None
    excerpts = [excerpt(part, wanted) for part in parts]
    part = max(range(3), key=lambda at: excerpts[at].count(BEGIN))
    return Heard(row[0], row[1], row[2], excerpts[part], part)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Finds the words in folded text; the last one may go on."""
    choices = [*map(re.escape, words[:-1]), rf"{re.escape(words[-1])}[^\W_]*"]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(choices)})(?![^\W_])")


def excerpt(text: str, wanted: re.Pattern[str]) -> str:
    """What stands around the first word found, with every word found in it marked."""
    text = unicodedata.normalize("NFC", text).translate({ord(BEGIN): " ", ord(END): " "})
    folded = _folded(text)
    first = wanted.search(folded)
    at = first.start() if first else 0
    start, end = _edge(text, at - _BEFORE, at), _edge(text, at + _AFTER, None)
    cut: list[str] = ["…" if start > 0 else ""]
    done = start
    for match in wanted.finditer(folded, start, end) if first else ():
        cut += [text[done : match.start()], BEGIN, text[match.start() : match.end()], END]
        done = match.end()
    cut += [text[done:end], "…" if end < len(text) else ""]
    return " ".join("".join(cut).split())


def _edge(text: str, at: int, stop: int | None) -> int:
    """The next beginning of a word from ``at`` on, not beyond ``stop``; within the text."""
    at = max(0, at)
    if at == 0 or at >= len(text):
        return min(at, len(text))
    space = re.compile(r"\s").search(text, at, at + _BEFORE if stop is None else stop)
    return space.end() if space else at


def _folded(text: str) -> str:
    """The text without accents and in lower case, letter for letter as long as before."""
    if text.isascii():
        return text.lower()
    return text.translate({ord(letter): _fold(letter) for letter in set(text)})


def _fold(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0].lower()
    return plain if len(plain) == 1 else letter
