# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ladder of help: from what is strong outwards, services last, urgent help never gated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lac_desktop.domain.geometry import Point


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung, 1 to 7, with the questions asked there (second person, strength-based)."""

    number: int
    id: str
    title: str
    title_cy: str
    questions: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation: the words it listens for, and what to ask and look for on each rung.

    ``groups`` are words that groups for people in this situation write of themselves; places of
    the kinds in ``avoid``, and what speaks of ``avoid_words``, are not suggested (no pub to
    somebody who gave up drink). A ``wide`` situation (lonely) comes after those that say more;
    groups for people in an ``only`` situation are not for others.
    """

    id: str
    title: str
    words: tuple[str, ...]
    questions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    interests: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    avoid_words: tuple[str, ...] = ()
    wide: bool = False
    only: bool = False


@dataclass(frozen=True, slots=True)
class Approach:
    """One approach of the seeds on its rung: what it is, whom it suits, how to start, what it is
    not; ``kinds`` are asset kinds that are a local scheme of it, ``national`` the body to ask."""

    id: str
    rung: int
    title: str
    what: str
    suits: str
    ask: tuple[str, ...]
    start: str
    is_not: str
    kinds: tuple[str, ...] = ()
    national: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the one who asks; everything may be empty.

    ``wishes`` are sentences as said; ``near`` the place to walk from; ``free_times`` is
    opening_hours syntax; ``dislikes`` are sentences ("not church"). ``person`` is an id or "".
    """

    wishes: tuple[str, ...] = ()
    near: Point | None = None
    near_text: str = ""
    free_times: str = ""
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    person: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion with its reasons and its doubts; no score is ever shown.

    ``key`` names it for the memory; ``verb`` is what a button would do ("Introduce").
    """

    rung: int
    key: str
    title: str
    kind: str = ""
    asset_id: str = ""
    minutes: float | None = None
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    verb: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class UrgentWord:
    """Words that hint at danger: the phrase that was heard and why it is put first."""

    heard: str
    why: str


@dataclass(frozen=True, slots=True)
class RungAnswer:
    """One rung of an answer; ``others`` are those not among the first, with why not."""

    rung: Rung
    questions: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    others: tuple[tuple[Suggestion, str], ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class LadderAnswer:
    """The whole answer; ``urgent_first`` puts the urgent route before everything else."""

    urgent_first: bool
    urgent_why: str
    scenarios: tuple[Scenario, ...]
    rungs: tuple[RungAnswer, ...]
