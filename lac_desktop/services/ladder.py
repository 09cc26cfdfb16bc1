# SPDX-License-Identifier: AGPL-3.0-or-later
"""The helper: community first, services second, the urgent route always there."""

from dataclasses import replace
from functools import cache

from lac_desktop import paths
from lac_desktop.domain.interests import fold
from lac_desktop.domain.ladder import (
    Asked,
    LadderAnswer,
    Rung,
    RungAnswer,
    Scenario,
    Suggestion,
)
from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.ladder import listening, ranking, spelling, tables
from lac_desktop.ladder.candidate import Candidate, Wanted
from lac_desktop.ladder.tables import Tables
from lac_desktop.services import interests, ladder_approaches, ladder_assets, ladder_people, urgent
from lac_desktop.services.indexing import load_kinds
from lac_desktop.services.ladder_heard import Heard
from lac_desktop.services.ladder_wanted import wanted_of
from lac_desktop.services.notebook import Notebook

__all__ = ["answer", "asked_of", "contacts", "load"]

_NOTHING = "Nothing on this laptop fits yet. That is a gap worth noting; the people above may know."


@cache
def load() -> Tables:
    """The shipped ladder, or the council's own from the policy folder, read once.

    Raises LacError naming the file, the entry and the reason of a mistake.
    """
    own = paths.machine_policy() / "ladder"
    folder = own if own.is_dir() else paths.resources() / "ladder"
    return tables.read(folder, load_kinds().kinds.keys(), interests.load().interests.keys())


@cache
def _known_words() -> frozenset[str]:
    """Words that are no slip of the pen: those the ladder listens for, and plain ones."""
    loved = (text for one in interests.load().interests.values() for text in (one.name, *one.words))
    return load().words | load().plain | {word for text in loved for word in fold(text).split()}


def _as_meant(asked: Asked) -> Asked:
    """The question with its wishes once more without slips of the pen, where there are any."""
    meant = (spelling.mended(wish, _known_words()) for wish in asked.wishes)
    changed = [
        mended for mended, wish in zip(meant, asked.wishes, strict=True) if mended != fold(wish)
    ]
    return replace(asked, wishes=(*asked.wishes, *changed))


def contacts(notebook: Notebook) -> UrgentNumbers:
    """The numbers of the urgent route; there even when nothing else is."""
    return urgent.load(notebook.folder)


def asked_of(notebook: Notebook, person: str, wishes: tuple[str, ...] = ()) -> Asked:
    """What is known of a person as a question; wishes said now come first."""
    return ladder_people.asked_of(notebook, person, wishes)


def answer(notebook: Notebook, asked: Asked) -> LadderAnswer:
    """The whole ladder for what was asked: every rung, even an empty one, the same each time.

    Nothing is stored. Danger in the words puts the urgent route first and leaves the rest.
    """
    table = load()
    asked = _as_meant(asked)
    danger = listening.danger_in((*asked.wishes, *asked.dislikes), table.dangers)
    scenarios = listening.scenarios_in(asked.wishes, table.scenarios)
    heard = Heard(asked, table, scenarios, listening.approaches_in(asked.wishes, table.approaches))
    wanted = wanted_of(notebook, heard)
    found = ladder_assets.candidates(notebook, heard, wanted)
    found += ladder_people.gifts_of_others(notebook, asked)
    by_rung: dict[int, list[Candidate]] = {rung.number: [] for rung in table.rungs}
    for one in found:
        by_rung[one.rung].append(one)
    approaches = ladder_approaches.suggestions(heard, wanted, found)
    own = ladder_people.own_rungs(notebook, heard)
    rungs = tuple(
        _rung(rung, scenarios, by_rung[rung.number], approaches, own, wanted)
        for rung in table.rungs
    )
    if not (asked.wishes or asked.interests or asked.person):  # nobody said anything yet
        rungs = tuple(replace(rung, nothing="") for rung in rungs)
    return LadderAnswer(danger is not None, danger.why if danger else "", scenarios, rungs)


def _rung(
    rung: Rung,
    scenarios: tuple[Scenario, ...],
    candidates: list[Candidate],
    approaches: list[Suggestion],
    own: list[Suggestion],
    wanted: Wanted,
) -> RungAnswer:
    """One rung: the person's own first, then what is mapped, then approaches to ask about."""
    asked = [q for scenario in scenarios for q in scenario.questions.get(rung.number, ())]
    questions = tuple(dict.fromkeys((*asked, *rung.questions)))
    mapped, others = ranking.rank(candidates, wanted)
    mine = [one for one in own if one.rung == rung.number]
    here = [one for one in approaches if one.rung == rung.number]
    shown = _together(mine, mapped, here)
    late = [(one, "More like this") for one in (*mine, *mapped, *here) if one not in shown]
    return RungAnswer(
        rung=rung,
        questions=questions,
        suggestions=tuple(shown),
        others=(*late, *others),
        nothing="" if shown else _NOTHING,
    )


def _together(
    mine: list[Suggestion], mapped: list[Suggestion], approaches: list[Suggestion]
) -> list[Suggestion]:
    """At most three: the person's own first; an approach gets a place where there is one left.

    On rungs 5 and 6 the approach comes with its local scheme, so the first one is kept.
    """
    first = [*mine[:2], *mapped, *mine[2:]]
    keep = ranking.FIRST - (1 if approaches else 0)
    return [*first[:keep], *approaches, *first[keep:]][: ranking.FIRST]
