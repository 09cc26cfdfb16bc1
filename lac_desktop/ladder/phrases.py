# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hearing phrases in what somebody said, whatever the capitals, accents and apostrophes."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lac_desktop.domain.interests import fold


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as it must stand in folded text; ``*`` is the rest of a word."""
    parts = [fold(part) for part in phrase.split("*")]
    joined = r"\w*".join(re.escape(part) for part in parts)
    if phrase.endswith("*"):
        return re.compile(rf"(?<!\w){joined}")
    gap = joined.replace(r"\w*", r"\w*\ ") if "* " in phrase else joined
    return re.compile(rf"(?<!\w){gap}(?!\w)")


_ENDINGS = ("ings", "ing", "ers", "er", "ies", "es", "ed", "s", "y")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What words of one family share: knit, knits, knitting and knitter are "knit".

    Cruder than Porter's (1980), and enough here: endings fall, then a doubled last letter.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > 3 else word


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(stem(word) for word in fold(text).split())


def holds(text_stems: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Whether a phrase of stems stands in a text's."""
    if not phrase or phrase[0] not in text_stems:
        return False
    size = len(phrase)
    return size == 1 or any(
        text_stems[at : at + size] == phrase for at in range(len(text_stems) - size + 1)
    )


def first_heard(text: str, phrases: Iterable[str]) -> str:
    """The first of the phrases that stands in a text, as the text has it; "" where none does."""
    folded = fold(text)
    for phrase in phrases:
        found = pattern(phrase).search(folded)
        if found:
            return found[0].strip()
    return ""


def heard(text: str, phrases: Iterable[str]) -> list[str]:
    """All of the phrases that stand in a text."""
    folded = fold(text)
    return [phrase for phrase in phrases if pattern(phrase).search(folded)]


def without(text: str, phrases: Iterable[str]) -> str:
    """A folded text with these phrases taken out; a full stop stands where each was."""
    folded = fold(text)
    for phrase in phrases:
        folded = pattern(phrase).sub(" | ", folded)
    return folded
