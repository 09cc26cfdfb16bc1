# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slips of the pen in what somebody said: "lonley" and "kniting" are heard all the same."""

import string
from collections.abc import Collection, Iterator

from lac_desktop.domain.interests import fold

#: Shorter words are too like one another; "letter" and "litter" still are, so that only in longer
#: words a letter counts as missing or mistaken.
_SHORTEST, _LONG = 5, 7
#: Letters that are written for each other; others are hardly ever mistaken.
_ALIKE = ("aeiouy", "sckz", "mn")
#: Letters that make another form of a word, not a slip.
_ENDINGS = ("d", "n", "r", "s", "y")


def mended(text: str, known: Collection[str]) -> str:
    """A folded text in which each word that is not known is the known one it was meant for.

    Only slips are mended (a letter too many, too few, doubled, in the wrong order, or a vowel for
    another), so that a word nobody listens for stays as it is.
    """
    return " ".join(_mended(word, known) for word in fold(text).split())


def _mended(word: str, known: Collection[str]) -> str:
    if len(word) < _SHORTEST or word in known or word.isdigit():
        return word
    slips = (meant for meant in _slips(word) if meant in known)
    return next((meant for meant in slips if not _another_form(word, meant)), word)


def _another_form(word: str, meant: str) -> bool:
    """Whether one is the other with an ending: who says "collapse" does not mean "collapsed"."""
    short, long = sorted((word, meant), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def _slips(word: str) -> Iterator[str]:
    """Words from which this one differs by a single slip, the likeliest first."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + a[-1] + b for a, b in cuts if a)
    yield from (a + b[1:] for a, b in cuts if a and b and a[-1] == b[0])
    if len(word) < _LONG:
        return
    yield from (a + b[1:] for a, b in cuts if b)
    for letters in _ALIKE:
        for a, b in cuts:
            if b and b[0] in letters:
                yield from (a + letter + b[1:] for letter in letters)
    yield from (a + letter + b for a, b in cuts[1:] for letter in string.ascii_lowercase)
