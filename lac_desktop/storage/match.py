# SPDX-License-Identifier: AGPL-3.0-or-later
"""From what somebody typed to an FTS5 expression, with typing errors forgiven.

Prefixes are spelled out as the words that begin so: an expression of whole words lets FTS5 seek a
single row at once, where a prefix would merge long lists for each row asked about.
"""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from lac_desktop.storage import binding
from lac_desktop.storage.derived import words_of

#: Little words that say nothing, in English and Welsh; left out while others remain.
_LITTLE = frozenset(
    (
        *("a", "an", "and", "at", "for", "in", "is", "near", "of", "on", "or", "the", "to", "with"),
        *("ac", "ar", "i", "o", "y", "yn", "yr"),
    )
)
_MOST_TERMS = 64
_SHORTEST_PREFIX = 3
_SHORTEST_TYPO = 4
_LAST = "\U0010ffff"
_ALIKE = 0.7  # one slip in four letters, two in seven


def terms_of(text: str) -> list[str]:
    """The words of a search text that count, each once."""
    words = list(dict.fromkeys(words_of(text)))[:12]
    return [word for word in words if word not in _LITTLE] or words


def beginning(db: binding.Connection, prefix: str, limit: int) -> list[str]:
    """Words of the notebook that begin so, in order of the alphabet."""
    rows = db.execute(
        "SELECT term FROM word WHERE term >= ? AND term < ? LIMIT ?",
        (prefix, prefix + _LAST, limit),
    )
    return [row[0] for row in rows]


def similar(db: binding.Connection, word: str, limit: int = 6) -> list[str]:
    """Words of the notebook that this one may be meant for, the likeliest first.

    A word half typed is compared with the beginnings of words. Words with the same first letter,
    or the second as their first, are tried before all others.
    """
    if len(word) < _SHORTEST_TYPO or word.isdigit():
        return []
    near = [
        term
        for letter in dict.fromkeys(word[:2])
        for term in beginning(db, letter, -1)
        if len(term) >= len(word) - 2
    ]
    found = _closest(word, near, limit)
    if not found:
        every = db.execute("SELECT term FROM word WHERE length(term) >= ?", (len(word) - 2,))
        found = _closest(word, [row[0] for row in every], limit)
    return found


def _closest(word: str, terms: Sequence[str], limit: int) -> list[str]:
    whole = process.extract(
        word, terms, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=limit
    )
    begun = process.extract(
        word,
        [term[: len(word)] for term in terms],
        scorer=OSA.normalized_similarity,
        score_cutoff=_ALIKE,
        limit=limit,
    )
    # A whole word is likelier than the beginning of a longer one.
    scored = [(score + 0.05, terms[i]) for _, score, i in whole]
    scored += [(score, terms[i]) for _, score, i in begun]
    ordered = dict.fromkeys(term for _, term in sorted(scored, key=lambda pair: -pair[0]))
    return list(ordered)[:limit]


def _variants(db: binding.Connection, word: str) -> str | None:
    """An expression for one word: those that begin so, or those it may be meant for."""
    if len(word) < _SHORTEST_PREFIX:
        return f'"{word}"'
    stems = [word]
    if word.endswith("ies") and len(word) > 4:
        stems.append(word[:-3] + "y")
    elif word.endswith("s") and len(word) > 3:
        stems.append(word[:-1])
    terms: list[str] = []
    for stem in stems:
        some = beginning(db, stem, _MOST_TERMS + 1)
        if len(some) > _MOST_TERMS:
            return f'"{stem}"*'
        terms += some
    terms = terms or similar(db, word)
    if not terms:
        return None
    return "(" + " OR ".join(f'"{term}"' for term in dict.fromkeys(terms)) + ")"


def expression(db: binding.Connection, text: str) -> str | None:
    """An FTS5 expression that wants every word of the text; "" for no words.

    None says that some word is nowhere in the notebook, not even misspelt.
    """
    parts: list[str] = []
    for word in terms_of(text):
        part = _variants(db, word)
        if part is None:
            return None
        parts.append(part)
    return " AND ".join(parts)


def any_expression(db: binding.Connection, phrases: Sequence[str]) -> str | None:
    """An FTS5 expression that wants every word of one of the phrases; None if none can fit.

    Words count by how they begin, in what a place says of itself, not in the words of its kind or
    address; their order and what stands between them do not count.
    """
    begun: dict[str, str] = {}
    parts: list[str] = []
    for phrase in dict.fromkeys(phrases):
        words = terms_of(phrase)
        for word in words:
            if word not in begun:
                begun[word] = _begun(db, word)
        if words and all(begun[word] for word in words):
            parts.append(" AND ".join(begun[word] for word in words))
    some = " OR ".join(f"({part})" for part in dict.fromkeys(parts))
    return f"{{name name_cy gives rest}} : ({some})" if some else None


def _begun(db: binding.Connection, word: str) -> str:
    """An expression for the words of the notebook that begin so, or "" where there are none."""
    if len(word) < _SHORTEST_PREFIX:
        return f'"{word}"'
    terms = beginning(db, word, _MOST_TERMS + 1)
    if len(terms) > _MOST_TERMS:
        return f'"{word}"*'
    return "(" + " OR ".join(f'"{term}"' for term in terms) + ")" if terms else ""
