# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hearing phrases in what somebody said, whatever the capitals, accents and apostrophes."""

import re
from collections.abc import Iterable
from functools import lru_cache

from lac_desktop.domain.interests import fold

#: Up to four words, and the spaces round them.
_BETWEEN = r"\ (?:\w+\ ){0,4}"
_PIECES = re.compile(r"[()|]|\.\.\.|[^\s()|]+?(?=\.\.\.|[\s()|]|$)")
#: Where a sentence ends, or a line.
_ENDS = re.compile(r"[.!?;\n]+")
_INNERMOST = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as it must stand in folded text.

    ``*`` is the rest of a word, ``...`` up to four words between, ``(my|his own)`` one of these.
    """
    made: list[str] = []
    before = ""
    for piece in _PIECES.findall(phrase):
        if piece == "...":
            before = _BETWEEN
        elif piece in "|)":
            made.append(piece)
            before = "" if piece == "|" else r"\ "
        elif piece == "(":
            made.append(f"{before}(?:")
            before = ""
        elif word := r"\w*".join(re.escape(fold(part)) for part in piece.split("*")):
            made.append(before + word)
            before = r"\ "
    return re.compile(rf"(?<!\w)(?:{''.join(made)})(?!\w)")


def problem_of(phrase: str) -> str:
    """What is wrong with a phrase, as the end of a sentence; "" where nothing is."""
    if any(sign in _without_choices(phrase) for sign in "()|"):
        return "has brackets that do not fit, or a bar outside of them"
    if re.search(r"[(|]\s*[|)]|\.\.\.\s*[|)]|[(|]\s*\.\.\.", phrase):
        return "has an empty place between its brackets"
    if not any(fold(piece) for piece in _PIECES.findall(phrase)):
        return "holds no word"
    return ""


_ENDINGS = ("ings", "ing", "ers", "er", "es", "ed", "s")
#: Words whose ending is part of them, so that carers are found by caring and not by
#: a car, and "run out" is not running.
_WHOLE = {
    "care": "care", "cares": "care", "caring": "care", "cared": "care", "carer": "care",
    "carers": "care", "news": "news", "speed": "speed", "sober": "sober", "paper": "paper",
    "number": "number", "letter": "letter", "letters": "letter", "dinner": "dinner",
    "water": "water", "woods": "woods", "outing": "outing", "outings": "outing", "joiner": "joiner",
    "joinery": "joiner", "maker": "maker", "makers": "maker", "putting": "putting",
    "running": "running", "runner": "running", "runners": "running", "sister": "sister",
    "brother": "brother", "mother": "mother", "father": "father",
}  # fmt: skip


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What words of one family share: knit, knits, knitting and knitter are "knit".

    Cruder than Porter's (1980), and enough here: endings fall, then a doubled last letter. A last
    "y" stays as "i" ("stories" is "story"), so that no army is found in an arm.
    """
    if word in _WHOLE:
        return _WHOLE[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 3 and word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "i"
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


def speaks_of(words: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in a text, whatever the endings of its words."""
    text, has = _known_stems(words)
    return any(
        phrase[0] in has and (len(phrase) == 1 or holds(text, phrase))
        for phrase in _stemmed(phrases)
    )


@lru_cache(maxsize=4096)
def _known_stems(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    found = stems(text)
    return found, frozenset(found)


@lru_cache(maxsize=1024)
def _stemmed(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    found = dict.fromkeys(stems(phrase) for phrase in phrases)
    return tuple(phrase for phrase in found if phrase)


@lru_cache(maxsize=1024)
def runs(text_stems: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every run of up to four stems of a text, to be compared with many phrases at once."""
    size = len(text_stems)
    return frozenset(
        text_stems[a:b] for a in range(size) for b in range(a + 1, min(a + 4, size) + 1)
    )


def first_heard(folded: str, phrases: tuple[str, ...]) -> str:
    """What stands first in a folded text of all the phrases; "" where none does."""
    found = _one_of(phrases).search(folded) if phrases else None
    return found[0] if found else ""


@lru_cache(maxsize=256)
def _one_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern(phrase).pattern})" for phrase in phrases))


def speaks(folded: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in a text that is folded already."""
    if not any(part in folded for part in _parts_of(phrases)):
        return False  # a hundred times quicker than the pattern, and nearly always so
    return _one_of(phrases).search(folded) is not None


@lru_cache(maxsize=256)
def _parts_of(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Of each phrase the longest part that must stand in a text letter by letter."""
    parts = (re.split(r"\.\.\.|\*", _without_choices(phrase)) for phrase in phrases)
    return tuple(dict.fromkeys(max(map(fold, some), key=len) for some in parts))


def _without_choices(phrase: str) -> str:
    """A phrase with a star for each pair of brackets."""
    while (plainer := _INNERMOST.sub("*", phrase)) != phrase:
        phrase = plainer
    return phrase


def nearby(folded: str, lists: tuple[tuple[str, ...], ...], most: int) -> str:
    """The part of a folded text in which one phrase of each list stands, in any order, if it is no
    longer than so many letters; else ""."""
    spans = [[found.span() for found in _one_of(of).finditer(folded)] for of in lists]
    for start in sorted({begin for of in spans for begin, _end in of}):
        chosen: list[tuple[int, int]] = []
        for of in spans:
            fits = (s for s in of if s[0] >= start and s[1] - start <= most and s not in chosen)
            if (span := next(fits, None)) is None:
                break
            chosen.append(span)
        else:
            return folded[start : max(end for _begin, end in chosen)]
    return ""


def heard(text: str, phrases: Iterable[str]) -> list[str]:
    """All of the phrases that stand in a text."""
    folded = fold(text)
    return [phrase for phrase in phrases if pattern(phrase).search(folded)]


def sentences(text: str) -> str:
    """A folded text in which a bar stands at the end of each sentence, so that no phrase is heard
    across it."""
    return " | ".join(folded for part in _ENDS.split(text) if (folded := fold(part)))


def without(text: str, phrases: Iterable[str]) -> str:
    """A folded text with these phrases taken out; a bar stands where each was."""
    return taken_out(fold(text), phrases)


def taken_out(folded: str, phrases: Iterable[str]) -> str:
    """The same of a text that is folded already, and may hold bars."""
    for phrase in phrases:
        folded = pattern(phrase).sub(" | ", folded)
    return folded
