# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers while somebody types: names and places that begin so, typing errors forgiven."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from lac_desktop.storage import binding, match
from lac_desktop.storage.derived import words_of

#: So many matches are ranked; ranking them all would take as long as there are assets.
_RANKED = 200


@dataclass(frozen=True, slots=True)
class Completion:
    """One asset offered while typing. ``place`` is its address and postcode."""

    rid: int
    id: str
    name: str
    kind: str
    category: str
    place: str


def complete(db: binding.Connection, text: str, limit: int = 8) -> list[Completion]:
    """The best assets for what was typed so far, the best first."""
    words = words_of(text)[:8]
    if not words:
        return []
    rows = _matching(db, " ".join(f'"{word}"*' for word in words))
    if len(rows) < limit:
        forgiving = _forgiving(db, words)
        seen = {row[0] for row in rows}
        if forgiving:
            rows += [row for row in _matching(db, forgiving) if row[0] not in seen]
    ranked = sorted(rows, key=lambda row: (-_fit(words, row[1], row[2]), len(row[1]), row[0]))
    return _completions(db, [row[0] for row in ranked[:limit]])


def _matching(db: binding.Connection, expression: str) -> list[tuple[int, str, str]]:
    return db.execute(
        "SELECT rowid, name, place FROM asset_quick WHERE asset_quick MATCH ? LIMIT ?",
        (expression, _RANKED),
    ).fetchall()


def _forgiving(db: binding.Connection, words: Sequence[str]) -> str:
    """An expression in which words that nothing begins with stand for those like them."""
    parts: list[str] = []
    altered = False
    for word in words:
        if _known(db, word):
            parts.append(f'"{word}"*')
            continue
        meant = match.similar(db, word)
        if not meant:
            return ""
        altered = True
        parts.append("(" + " OR ".join(f'"{term}"' for term in meant) + ")")
    return " AND ".join(parts) if altered else ""


def _known(db: binding.Connection, word: str) -> bool:
    found = db.execute(
        "SELECT 1 FROM asset_quick WHERE asset_quick MATCH ? LIMIT 1", (f'"{word}"*',)
    )
    return found.fetchone() is not None


def _fit(words: Sequence[str], name: str, place: str) -> float:
    """How well a name and place fit what was typed: 100 and more for a name that begins so."""
    typed, called = " ".join(words), " ".join(words_of(name))
    if called.startswith(typed):
        return 200.0
    in_name = sum(any(part.startswith(word) for part in called.split()) for word in words)
    return 100.0 * in_name / len(words) + fuzz.partial_ratio(typed, f"{called} {place.lower()}")


def _completions(db: binding.Connection, rids: Sequence[int]) -> list[Completion]:
    marks = ", ".join("?" * len(rids))
    rows = db.execute(
        "SELECT f.rid, a.id, a.name, a.kind, f.category, a.address, a.postcode "  # noqa: S608
        f"FROM asset_find f JOIN asset a ON a.rid = f.rid WHERE f.rid IN ({marks})",
        rids,
    )
    found = {
        rid: Completion(rid, key, name, kind, category, ", ".join(p for p in place if p))
        for rid, key, name, kind, category, *place in rows
    }
    return [found[rid] for rid in rids if rid in found]
