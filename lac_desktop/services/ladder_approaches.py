# SPDX-License-Identifier: AGPL-3.0-or-later
"""Approaches of the seeds as suggestions: the local scheme if one is mapped, else whom to ask."""

from collections.abc import Sequence

from lac_desktop.domain.ladder import Approach, Suggestion
from lac_desktop.domain.wording import minutes_walk
from lac_desktop.ladder.candidate import Candidate, Wanted
from lac_desktop.services.ladder_heard import Heard


def suggestions(heard: Heard, wanted: Wanted, found: Sequence[Candidate]) -> list[Suggestion]:
    """The approaches that words ask for, then those that a situation brings to mind."""
    why: dict[str, str] = {}
    for approach in heard.approaches:
        why[approach.id] = "What you said speaks of it"
    for scenario in heard.scenarios[:2]:
        for approach_id in scenario.approaches:
            why.setdefault(approach_id, f"{scenario.title}: worth knowing about")
    made: list[Suggestion] = []
    for approach_id, reason in why.items():
        approach = heard.table.approach(approach_id)
        if approach is None or f"approach:{approach.id}" in wanted.put_aside:
            continue
        made.append(_suggestion(approach, reason, found))
    return made


def _suggestion(approach: Approach, reason: str, found: Sequence[Candidate]) -> Suggestion:
    local = _local(approach, found)
    reasons = [reason, f"Suits: {approach.suits}"]
    doubts: list[str] = []
    if local is not None:
        reasons.append(f"Here: {local.title}")
        if local.minutes is not None:
            reasons.append(f"{minutes_walk(local.minutes)} on foot")
    elif approach.national:
        doubts.append(f"No local scheme is mapped: ask {approach.national}")
    doubts.append(approach.is_not)
    return Suggestion(
        rung=approach.rung,
        key=f"approach:{approach.id}",
        title=approach.title,
        kind="approach",
        asset_id=local.asset_id if local else "",
        minutes=local.minutes if local else None,
        reasons=tuple(reasons),
        doubts=tuple(doubts),
        verb="Read more",
        detail=approach.what,
    )


def _local(approach: Approach, found: Sequence[Candidate]) -> Candidate | None:
    """The nearest asset that is a local scheme of an approach."""
    fitting = [one for one in found if one.kind in approach.kinds and not one.vanished]
    if not fitting:
        return None
    return min(
        fitting,
        key=lambda one: (
            approach.kinds.index(one.kind),
            one.minutes if one.minutes is not None else 999.0,
            one.title,
        ),
    )
