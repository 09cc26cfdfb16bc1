# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language coach: notices deficit words and offers plain ones, once each; it never rewrites."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lac_desktop.services import listed
from lac_desktop.services.listed import Listed

FILE_NAME = "wordcoach.toml"
_SPACE = r"[\s‐-]+"  # a space in the list fits a line break or a hyphen in the text
_NAME = "{name}"


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of the list: phrases to notice, what to offer instead, and why."""

    say: tuple[str, ...]
    instead: tuple[str, ...]
    why: str = ""

    @property
    def key(self) -> str:
        """What names the entry: each is offered once in a conversation."""
        return self.say[0].casefold()


@dataclass(frozen=True, slots=True)
class Remark:
    """A phrase that was noticed from ``start`` to ``end`` of a text, as it is written there."""

    start: int
    end: int
    phrase: str
    word: Word


def load() -> Listed[Word]:
    """The council's list, or the shipped one; ``problems`` says what is wrong, line by line."""
    return listed.load(FILE_NAME, "word", _word)


def _word(raw: dict[str, Any]) -> Word:
    unknown = sorted(set(raw) - {"say", "instead", "why"})
    if unknown:
        raise ValueError(f"“{unknown[0]}” is not known here. Use say, instead and why.")
    return Word(
        listed.texts(raw, "say"),
        listed.texts(raw, "instead"),
        listed.words(raw, "why", needed=False),
    )


class Coach:
    """Finds the phrases of a list in text; made once, as building the pattern takes a moment."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._by_phrase: dict[str, Word] = {}
        for word in words:
            for phrase in word.say:
                self._by_phrase.setdefault(_plain(phrase), word)
        longest_first = sorted(self._by_phrase, key=len, reverse=True)
        choices = "|".join(_pattern(phrase) for phrase in longest_first)
        self._pattern = re.compile(rf"(?<![\w’'])(?:{choices})(?!\w)", re.IGNORECASE)
        self._empty = not longest_first

    def remarks(self, text: str) -> Iterator[Remark]:
        """Every phrase of the list in a text, in order; the longest where several fit."""
        if self._empty:
            return
        for match in self._pattern.finditer(text):
            word = self._by_phrase.get(_plain(match[0]))
            if word is not None:
                yield Remark(match.start(), match.end(), match[0], word)


def offers(remark: Remark, name: str) -> list[str]:
    """What to offer instead, with the person's name and a capital where the phrase has one."""
    made = [instead.replace(_NAME, name) for instead in remark.word.instead]
    first = remark.phrase[:1]
    if first.isupper() and not remark.phrase.isupper():
        made = [text[:1].upper() + text[1:] for text in made]
    return made


def why(remark: Remark, name: str) -> str:
    """The reason of a remark, with the person's name; may be empty."""
    return remark.word.why.replace(_NAME, name)


def _plain(phrase: str) -> str:
    """A phrase as it is looked up: small letters, one space, one kind of apostrophe."""
    return re.sub(_SPACE, " ", phrase.casefold().replace("’", "'")).strip()


def _pattern(plain: str) -> str:
    """The expression that fits a phrase however it is spaced."""
    parts = [re.escape(part).replace("'", "['’]") for part in plain.split(" ")]
    return _SPACE.join(parts)
