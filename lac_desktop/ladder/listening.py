# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is heard in somebody's words: danger, situations, and what they do not want."""

import re
from collections.abc import Iterable, Sequence

from lac_desktop.domain.interests import fold
from lac_desktop.domain.ladder import Approach, Scenario, UrgentWord
from lac_desktop.ladder.phrases import (
    first_heard,
    heard,
    nearby,
    pattern,
    sentences,
    taken_out,
    without,
)
from lac_desktop.ladder.tables import Danger, Dislikes

#: So many words after "not" are what is not wanted, unless a stop comes before.
_MOST_WORDS = 4
_STOP = "|"
#: Words that mean danger together stand within so many letters, about a dozen words.
_NEARBY = 75
#: So much of a text is looked at for words that stand together.
_MOST_LETTERS = 2000


def danger_in(texts: Iterable[str], dangers: Sequence[Danger]) -> UrgentWord | None:
    """The first danger that words hint at, or None; harmless phrases are taken out first."""
    for text in texts:
        whole = sentences(text)
        for danger in dangers:
            said = taken_out(whole, danger.not_in)
            found = first_heard(said, danger.heard)
            near = (nearby(said[:_MOST_LETTERS], of, _NEARBY) for of in danger.together)
            if found or (found := next((words for words in near if words), "")):
                return UrgentWord(found, danger.why)
    return None


def scenarios_in(texts: Sequence[str], scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The situations that words speak of: the one spoken of most first, the wide ones last."""
    said = " . ".join(texts)
    hits = [(len(heard(said, scenario.words)), scenario) for scenario in scenarios]
    found = [(number, scenario) for number, scenario in hits if number]
    order = {scenario.id: place for place, scenario in enumerate(scenarios)}
    found.sort(key=lambda pair: (pair[1].wide, -pair[0], order[pair[1].id]))
    return tuple(scenario for _number, scenario in found)


def approaches_in(texts: Sequence[str], approaches: Sequence[Approach]) -> tuple[Approach, ...]:
    """The approaches that words ask for by name or by what they do."""
    said = " . ".join(texts)
    return tuple(one for one in approaches if heard(said, one.words))


def not_wanted(
    wishes: Iterable[str],
    dislikes: Iterable[str],
    table: Dislikes,
    scenarios: Sequence[Scenario],
) -> tuple[str, ...]:
    """What somebody said they do not want, as folded phrases ("church", "bingo").

    A dislike by itself ("church") counts whole. In wishes, phrases of the scenarios ("no
    friends") are no dislikes.
    """
    found: dict[str, None] = {}
    spoken = [word for scenario in scenarios for word in scenario.words]
    for text in wishes:
        found |= dict.fromkeys(_after_no(_marked(text, spoken), table))
    for text in dislikes:
        for part in _parts(text):
            named = _after_no(fold(part), table)
            found |= dict.fromkeys(named or ([fold(part)] if fold(part) else []))
    return tuple(found)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;.\n/]| or | and | nor ", text) if part.strip()]


def _marked(text: str, spoken: Sequence[str]) -> str:
    """Folded text in which stops are marked and phrases of scenarios are taken out."""
    parts = [without(part, spoken) for part in re.split(r"[,;.\n!?]", text)]
    return f" {_STOP} ".join(parts)


def _after_no(folded: str, table: Dislikes) -> list[str]:
    """What stands after each way of saying no, up to where that ends."""
    found: list[str] = []
    stops = {fold(word) for word in table.until} | {_STOP}
    for phrase in table.after:
        for match in pattern(phrase).finditer(folded):
            words = folded[: match.start()].split(_STOP)[-1].split()[-_MOST_WORDS:]
            found += _wanted(words)[-1:]
        folded = pattern(phrase).sub(f" {_STOP} ", folded)
    for phrase in sorted(table.before, key=len, reverse=True):
        for match in pattern(phrase).finditer(folded):
            words: list[str] = []
            for word in folded[match.end() :].split()[:_MOST_WORDS]:
                if word in stops:
                    break
                words.append(word)
            found += _wanted(words)
    return list(dict.fromkeys(found))


_FILLING = frozenset(
    (
        "a", "an", "the", "any", "my", "another", "to", "at", "in", "of", "go", "going", "be",
        "being", "with", "them", "that", "those", "these", "like", "really", "too", "much",
        "want", "anything", "more", "i", "is", "are",
    )
)  # fmt: skip


def _wanted(words: list[str]) -> list[str]:
    """The things named in some words: "or" and "and" divide them, filling words fall away."""
    named: list[str] = []
    current: list[str] = []
    for word in [*words, "or"]:
        if word in ("or", "and", "nor"):
            if current:
                named.append(" ".join(current))
            current = []
        elif word not in _FILLING:
            current.append(word)
    return named
