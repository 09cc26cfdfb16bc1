# SPDX-License-Identifier: AGPL-3.0-or-later
"""From candidates to what a rung shows: the first few with reasons, the others with why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lac_desktop.domain.ladder import Suggestion
from lac_desktop.ladder.candidate import Candidate, Said, Wanted
from lac_desktop.ladder.rules import RULES, STOPS

#: So many suggestions a rung shows at first, and so many others can be opened.
FIRST, OTHERS = 3, 12


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate with what the rules said of it."""

    one: Candidate
    said: tuple[Said, ...]
    stop: str

    @property
    def fits(self) -> bool:
        """Whether anything says why it should be suggested at all."""
        return any(said.fits for said in self.said)

    @property
    def order(self) -> tuple[float, float, str, str]:
        """What comes first: weight, then minutes, then the name, so that it is always the same."""
        weight = sum(said.weight for said in self.said)
        far = self.one.minutes if self.one.minutes is not None else 999.0
        return (-round(weight, 6), round(far, 3), self.one.title.casefold(), self.one.key)


def judge(one: Candidate, wanted: Wanted) -> Judged:
    """What all rules say of a candidate."""
    said = [told for rule in RULES if (told := rule(one, wanted)) is not None]
    fits = any(told.fits for told in said)  # else it is left out, and nobody asks why
    stop = next((words for rule in STOPS if fits and (words := rule(one, wanted))), "")
    return Judged(one, tuple(said), stop)


def rank(
    candidates: Iterable[Candidate], wanted: Wanted
) -> tuple[list[Suggestion], list[tuple[Suggestion, str]]]:
    """The first suggestions of a rung and the others with why not."""
    judged = [judge(one, wanted) for one in candidates]
    good = sorted((j for j in judged if j.fits and not j.stop), key=lambda j: j.order)
    shown = [suggestion(j) for j in good[:FIRST]]
    others = [(suggestion(j), _why_later(j, good)) for j in good[FIRST : FIRST + OTHERS]]
    stopped = sorted((j for j in judged if j.fits and j.stop), key=lambda j: j.order)
    others += [(suggestion(j), j.stop) for j in stopped[: max(0, OTHERS - len(others))]]
    return shown, others


def _why_later(late: Judged, good: Sequence[Judged]) -> str:
    """Why one that fits too is not among the first: what the last of those has more."""
    last = good[min(FIRST, len(good)) - 1]
    doubts = [said.sentence for said in late.said if said.doubt]
    if doubts and not any(said.doubt for said in last.said):
        return doubts[0]
    mine, theirs = late.one.minutes, last.one.minutes
    if mine is not None and theirs is not None and mine > theirs + 2:
        return f"{last.one.title} is nearer"
    has = {said.sentence for said in late.said}
    more = [said.sentence for said in last.said if not said.doubt and said.sentence not in has]
    return f"{last.one.title} also has: {more[0]}" if more else f"{last.one.title} fits better"


def suggestion(judged: Judged) -> Suggestion:
    """What is shown of a candidate: reasons by weight, then doubts."""
    reasons = [said for said in judged.said if not said.doubt]
    reasons.sort(key=lambda said: (not said.fits, -said.weight))
    one = judged.one
    return Suggestion(
        rung=one.rung,
        key=one.key,
        title=one.title,
        kind=one.kind,
        asset_id=one.asset_id,
        minutes=None if one.minutes is None else round(one.minutes, 1),
        reasons=tuple(said.sentence for said in reasons),
        doubts=tuple(said.sentence for said in judged.said if said.doubt),
        verb="Introduce",
        detail=one.gives,
    )
