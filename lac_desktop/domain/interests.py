# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interests in plain words, each tied to the kinds of asset where it can be followed.

People's interests, gifts and wishes hold ids of this table (or words of their own, which stay as
they were typed), so that what a person loves and what a place is share the same words.
"""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lac_desktop.errors import LacError

_FIELDS = {"id", "name", "name_cy", "words", "kinds"}
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_HEADER = re.compile(r"\s*\[\[\s*interest\s*\]\]")
_NO_WORD = re.compile(r"[\W_]+")
#: The right ones, and what is typed for them.
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`´")
#: How alike a mistyped word must be to one that is known, from 0 to 1.
_ALIKE = 0.78


@dataclass(frozen=True, slots=True)
class Interest:
    """One interest; ``kinds`` are ids of kinds of asset, the closest first."""

    id: str
    name: str
    name_cy: str
    words: tuple[str, ...]
    kinds: tuple[str, ...]


class InterestTable:
    """All interests, found by what somebody types."""

    def __init__(self, interests: Mapping[str, Interest]) -> None:
        self.interests = interests
        self._names = {fold(name): i for i in interests.values() for name in (i.name_cy, i.name)}
        self._phrases = {i.id: _phrases(i) for i in interests.values()}
        self._speaking: dict[tuple[str, ...], list[str]] = {}
        for interest, phrases in self._phrases.items():
            for phrase in phrases:
                self._speaking.setdefault(phrase, []).append(interest)
        self._places = {interest: place for place, interest in enumerate(self._phrases)}
        self._words = sorted({w for all_ in self._phrases.values() for p in all_ for w in p})

    @classmethod
    def parse(cls, toml_text: str, kinds: Collection[str]) -> "InterestTable":
        """Read the table from the text of ``interests.toml``; ``kinds`` are the ids there are.

        Raises LacError that names the line, the interest and what is wrong with it.
        """
        try:
            data = tomllib.loads(toml_text)
        except tomllib.TOMLDecodeError as error:
            raise LacError(
                f"The table of interests is not valid TOML: {error}.",
                "Mend that line of interests.toml, or put back the file that came with the "
                "program.",
            ) from error
        return cls(_read(data, toml_text, kinds))

    def complete(self, typed: str, limit: int = 8) -> list[Interest]:
        """Interests that words as typed so far may mean, the best first.

        Each typed word must begin a word of a name or synonym, in English or Welsh; where nothing
        fits, words that are nearly so count too. Nothing typed gives nothing.
        """
        parts = fold(typed).split()
        if not parts:
            return []
        found = self._fitting(parts)
        if not found:
            found = self._fitting([self._nearest(part) for part in parts])
        return found[:limit]

    def named(self, text: str) -> Interest | None:
        """The interest of an id, or of a name or synonym typed in full."""
        if text in self.interests:
            return self.interests[text]
        folded = fold(text)
        if folded in self._names:
            return self._names[folded]
        wanted = tuple(folded.split())
        return next((self.interests[i] for i, p in self._phrases.items() if wanted in p), None)

    def id_of(self, text: str) -> str:
        """The id of what was typed in full; words that no interest knows stay as they are."""
        known = self.named(text)
        return known.id if known else " ".join(text.split())

    def words_of(self, text: str, language: str = "en") -> str:
        """How an id reads on screen; words of somebody's own read as they are."""
        known = self.interests.get(text)
        if known is None:
            return text
        return known.name_cy if language == "cy" else known.name

    def kinds_of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Kinds of asset where these interests can be followed, the closest first, each once."""
        found: dict[str, None] = {}
        for text in texts:
            known = self.named(text)
            found |= dict.fromkeys(known.kinds if known else ())
        return tuple(found)

    def of_kind(self, kind: str) -> list[Interest]:
        """Interests that can be followed at a kind of asset."""
        return [i for i in self.interests.values() if kind in i.kinds]

    def spoken_of(self, text: str) -> list[Interest]:
        """Interests one of whose names or synonyms stands in a text, the longest first."""
        words = fold(text).split()
        found: dict[str, int] = {}
        for size in range(min(5, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                for interest in self._speaking.get(tuple(words[start : start + size]), ()):
                    found.setdefault(interest, size)
        ordered = sorted(found, key=lambda i: (-found[i], self._places[i]))
        return [self.interests[i] for i in ordered]

    def _fitting(self, parts: list[str]) -> list[Interest]:
        """Interests with a phrase in which each part begins a word; whole phrases come first."""
        ranked = []
        for place, (id_, phrases) in enumerate(self._phrases.items()):
            ranks = [_rank(parts, phrase, n == 0) for n, phrase in enumerate(phrases)]
            best = min((rank for rank in ranks if rank is not None), default=None)
            if best is not None:
                ranked.append((best, place, id_))
        return [self.interests[id_] for _rank, _place, id_ in sorted(ranked)]

    def _nearest(self, part: str) -> str:
        """The known word that is most like a mistyped one."""
        near = difflib.get_close_matches(part, self._words, 1, _ALIKE)
        return near[0] if near else part


def fold(text: str) -> str:
    """Small letters without accents, apostrophes and punctuation, words one space apart."""
    plain = text.replace("&", " and ").translate(_APOSTROPHES)
    if plain.isascii():  # most texts are, and then there is nothing to take apart
        plain = plain.lower()
    else:
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = unicodedata.normalize("NFKD", plain)  # small letters can come apart again
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        plain = plain.translate(_APOSTROPHES)  # some letters come apart into one
    return " ".join(_NO_WORD.sub(" ", plain).split())


def _phrases(interest: Interest) -> tuple[tuple[str, ...], ...]:
    """The folded names and synonyms of an interest as tuples of words, its name first."""
    texts = (interest.name, interest.name_cy, *interest.words)
    return tuple(dict.fromkeys(tuple(fold(text).split()) for text in texts))


def _rank(parts: list[str], phrase: tuple[str, ...], is_name: bool) -> int | None:
    """How well parts fit a phrase, 0 the best; None where one of them begins no word of it."""
    if not all(any(word.startswith(part) for word in phrase) for part in parts):
        return None
    if " ".join(phrase) == " ".join(parts):
        return 0 if is_name else 1
    first = phrase[0].startswith(parts[0])
    return 2 + (0 if first else 2) + (0 if is_name else 1)


def _read(data: dict[str, Any], text: str, kinds: Collection[str]) -> dict[str, Interest]:
    """Every entry, checked."""
    read: dict[str, Interest] = {}
    taken: dict[str, str] = {}
    for where, entry in _entries(data, text):
        for field in entry:
            _must(field in _FIELDS, where, f"“{field}” is not one of its fields")
        made = Interest(
            _text(entry, "id", where),
            _text(entry, "name", where),
            _text(entry, "name_cy", where),
            _texts(entry, "words", where),
            _texts(entry, "kinds", where),
        )
        _must(bool(_ID.fullmatch(made.id)), where, "its id must be small letters and hyphens")
        _must(made.id not in read, where, "an interest of this id stands above already")
        _must(bool(made.kinds), where, "it is tied to no kind")
        for kind in made.kinds:
            _must(kind in kinds, where, f"there is no kind “{kind}”")
        for phrase in (made.id, made.name, made.name_cy, *made.words):
            other = taken.setdefault(fold(phrase), made.id)
            _must(other == made.id, where, f"“{phrase}” means “{other}” already")
        read[made.id] = made
    _must(bool(read), "", "it holds no interests")
    return read


def _entries(data: dict[str, Any], text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries, each with where it stands."""
    entries = data.get("interest", [])
    _must(isinstance(entries, list), "", "[[interest]] must have two brackets")
    for section in data:
        _must(section == "interest", "", f"“{section}” is not one of its parts")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    for number, entry in enumerate(entries):
        place = f"line {lines[number]}" if number < len(lines) else f"entry {number + 1}"
        yield f"{place}, interest “{entry.get('id', '?')}”", entry


def _text(entry: dict[str, Any], field: str, where: str) -> str:
    value = entry.get(field)
    _must(isinstance(value, str) and bool(value.strip()), where, f"its {field} is missing")
    return str(value)


def _texts(entry: dict[str, Any], field: str, where: str) -> tuple[str, ...]:
    values = entry.get(field, [])
    sound = isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values)
    _must(sound, where, f"its {field} must be a list of texts")
    return tuple(values)


def _must(sound: bool, where: str, reason: str) -> None:
    """Stop with a sentence unless ``sound``."""
    if not sound:
        place = f" ({where})" if where else ""
        raise LacError(
            f"The table of interests has a mistake{place}: {reason}.",
            "Mend it in interests.toml, or put back the file that came with the program.",
        )
