# SPDX-License-Identifier: AGPL-3.0-or-later
"""From what was said and is known of a person to what the rules look for."""

from collections.abc import Iterable
from functools import cache

from lac_desktop.domain.interests import Interest, fold
from lac_desktop.ladder import listening
from lac_desktop.ladder.candidate import Wanted
from lac_desktop.ladder.phrases import heard as phrases_heard
from lac_desktop.ladder.phrases import holds, stems, without
from lac_desktop.services import interests, ladder_people
from lac_desktop.services.ladder_heard import Heard
from lac_desktop.services.notebook import Notebook


def wanted_of(notebook: Notebook, heard: Heard) -> Wanted:
    """Everything that the rules need to know of the one who asks."""
    asked, known = heard.asked, interests.load()
    unwanted = listening.not_wanted(
        asked.wishes, asked.dislikes, heard.table.dislikes, heard.table.scenarios
    )
    away = {interest.id for phrase in unwanted for interest in known.spoken_of(phrase)}
    whole = [one for phrase in unwanted if (one := known.named(phrase)) is not None]
    unwanted += tuple(fold(word) for one in whole for word in one.words)
    loved = _loved(heard, unwanted)
    kinds_away = {kind for phrase in unwanted if (kind := _kind_away(notebook, phrase))}
    kinds_away |= {one.kinds[0] for one in whole if notebook.kinds.category(one.kinds[0]) != "A"}
    record = ladder_people.record_of(notebook, asked.person)
    return Wanted(
        loves=tuple(_phrases(one) for one in loved if one.id not in away),
        situations=_situations(heard),
        speaks=_speaks(heard),
        said=_said(heard, unwanted),
        gifts=tuple(_phrases(one) for one in record.gifts),
        been=record.been,
        access=asked.access,
        languages=asked.languages,
        free_times=bool(asked.free_times),
        money_tight=any(scenario.id == "money-tight" for scenario in heard.scenarios),
        near_text=asked.near_text,
        unwanted=unwanted,
        unwanted_kinds=frozenset(kinds_away),
        avoided={kind: one.title for one in heard.scenarios for kind in one.avoid},
        avoided_words=tuple((one.title, one.avoid_words) for one in heard.scenarios),
        others=_others(heard),
        subjects=_subjects(),
        closed=heard.table.closed,
        put_aside=dict(record.put_aside),
        remembered=dict(record.remembered),
    )


def _kind_away(notebook: Notebook, phrase: str) -> str:
    """The kind of place that a dislike means; not a group's, for groups do more than one thing."""
    kind = notebook.kinds.guess(phrase)
    return kind if kind is not None and notebook.kinds.category(kind) != "A" else ""


def _loved(heard: Heard, unwanted: tuple[str, ...]) -> list[Interest]:
    """Interests by name from the record, then those that the wishes speak of.

    Phrases of a situation ("money is tight", "coming home from hospital") speak of no interest.
    """
    known, asked = interests.load(), heard.asked
    situation = [word for word in _situation_words(heard) if " " in word]
    found: dict[str, Interest] = {}
    for name in asked.interests:
        interest = known.named(name)
        if interest is not None:
            found[interest.id] = interest
    for wish in asked.wishes:
        said = stems(without(wish, [*unwanted, *situation]).replace("|", "x"))
        for interest_id, phrases in _spoken().items():
            if any(holds(said, phrase) for phrase in phrases):
                found.setdefault(interest_id, known.interests[interest_id])
    return list(found.values())


@cache
def _spoken() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The stems of every name, part of a name and synonym, by interest."""
    return {
        one.id: tuple(dict.fromkeys(stems(phrase) for phrase in _texts(one)))
        for one in interests.load().interests.values()
    }


def _texts(interest: Interest) -> list[str]:
    """A name and its synonyms."""
    return [interest.name, *interest.words]


def _phrases(interest: Interest) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    words = tuple(dict.fromkeys(fold(text) for text in _texts(interest)))
    return interest.name.lower(), words, interest.kinds


def _situations(heard: Heard) -> dict[str, tuple[str, int]]:
    """Kinds where people in these situations look, with how near the front each stands."""
    found: dict[str, tuple[str, int]] = {}
    for approach in heard.approaches:
        for place, kind in enumerate(approach.kinds):
            found.setdefault(kind, (approach.title, place))
    for number, scenario in enumerate(heard.scenarios[:3]):
        for place, kind in enumerate(scenario.kinds):
            found.setdefault(kind, (scenario.title, place + 2 * number))
    return found


def _speaks(heard: Heard) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...]:
    """By which phrases a group says that it is for people in the situations heard.

    What was heard itself stands apart: it names the very condition, place or loss.
    """
    said = " . ".join(heard.asked.wishes)
    return tuple(
        (one.title, tuple(phrases_heard(said, one.words)), one.groups, one.wide)
        for one in heard.scenarios[:3]
    )


def _others(heard: Heard) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Situations of others: those whose groups are for them alone, and that were not heard."""
    theirs = {one.id for one in heard.scenarios}
    return tuple(
        (one.title, one.groups)
        for one in heard.table.scenarios
        if one.only and one.id not in theirs
    )


@cache
def _subjects() -> dict[str, frozenset[tuple[str, ...]]]:
    """The stems of everything that people love to do at places of each kind."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for one in interests.load().interests.values():
        for kind in one.kinds:
            found.setdefault(kind, set()).update(_spoken()[one.id])
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


def _situation_words(heard: Heard) -> list[str]:
    """The words that the heard situations and approaches listen for."""
    words = [word for scenario in heard.scenarios for word in scenario.words]
    return words + [word for approach in heard.approaches for word in approach.words]


def _said(heard: Heard, unwanted: Iterable[str]) -> tuple[str, ...]:
    """Words of the wishes that are worth finding in what a place says of itself.

    What a situation or an approach already heard ("coming home from hospital") is not.
    """
    spoken = _situation_words(heard)
    found: dict[str, None] = {}
    for wish in heard.asked.wishes:
        for word in without(wish, [*unwanted, *spoken]).split():
            if len(word) > 2 and word not in heard.table.plain and not word.isdigit():
                found[word] = None
    return tuple(found)
