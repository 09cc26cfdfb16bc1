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
