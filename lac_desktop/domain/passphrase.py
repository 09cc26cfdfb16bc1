# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passphrases: suggesting one that can be remembered, and saying how strong one is."""

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

#: Fewer characters than this can be guessed whatever they are.
LEAST = 10


class Strength(IntEnum):
    """How long a passphrase would hold."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strong a passphrase is, and the sentence that says so."""

    strength: Strength
    sentence: str


_SENTENCES = {
    Strength.TOO_SHORT: "Too short. Use at least ten characters; four words are easy to remember.",
    Strength.WEAK: "Weak: a patient person could guess it. Add a word that does not belong.",
    Strength.FAIR: "Fair: it would take years to guess. One more word makes it strong.",
    Strength.STRONG: "Strong: nobody will guess it.",
}


def suggest(
    words: Sequence[str], pick: Callable[[Sequence[str]], str] = secrets.choice, count: int = 5
) -> str:
    """Join so many words drawn by chance, each a different one."""
    chosen: list[str] = []
    while len(chosen) < count:
        word = pick(words)
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def bits(passphrase: str) -> float:
    """Estimate how many bits a guesser must try: words count about 9, other signs by their set.

    A sign that repeats or follows its neighbour ("aaa", "1234") counts next to nothing.
    """
    words = [w for w in passphrase.lower().split() if w]
    if len(set(words)) >= 3 and all(w.isalpha() for w in words):
        return 9.5 * sum(1 for w in set(words) if len(w) > 2)
    fresh = 1 + sum(1 for a, b in pairwise(passphrase) if abs(ord(a) - ord(b)) > 1)
    pool = sum(
        size
        for size, has in (
            (26, any(c.islower() for c in passphrase)),
            (26, any(c.isupper() for c in passphrase)),
            (10, any(c.isdigit() for c in passphrase)),
            (20, any(not c.isalnum() for c in passphrase)),
        )
        if has
    )
    variety = len(set(passphrase)) / max(1, len(passphrase))
    return min(1.0, variety * 1.6) * min(fresh, len(passphrase)) * math.log2(max(2, pool)) * 0.6


def judge(passphrase: str) -> Judgement:
    """Say how strong it is: weak under 32 bits, fair under 44 (a guess costs about a second)."""
    if len(passphrase.strip()) < LEAST:
        strength = Strength.TOO_SHORT
    else:
        guess = bits(passphrase)
        strength = Strength.WEAK if guess < 32 else Strength.FAIR if guess < 44 else Strength.STRONG
    return Judgement(strength, _SENTENCES[strength])
