# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the preview of an import holds: rows, twins, and the result when it was applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Box
from lac_desktop.domain.importing import Candidate, Fate, Problem, Reading
from lac_desktop.domain.kinds import KindTable

#: What a person can say about a row that looks like an asset that is there.
SAME, DIFFERENT, MERGE, LEAVE_OUT, UNDECIDED = "same", "different", "merge", "leave out", ""
#: Where the value of a field comes from in a merge.
HERE, FILE = "here", "file"


@dataclass(frozen=True, slots=True)
class Twin:
    """An asset that a row may be, with the reasons in words ("the same phone number").

    It is an asset of the notebook, or one that another row of this import makes.
    """

    asset: Asset
    reasons: tuple[str, ...]
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the preview: what the file said, what it makes, and what will happen to it.

    ``number`` counts from 0 over all files and names the row for ``fix`` and ``decide``.
    ``asset`` is what will be saved: new, or ``existing`` (of the same source) brought up to date.
    ``read`` is the asset as the file alone would have it, ``mark`` its fingerprint. ``choices``
    says per field HERE or FILE for a merge with ``twins[0]``. ``fixes`` are values typed so far.
    """

    number: int
    candidate: Candidate
    asset: Asset | None
    fate: Fate
    problems: tuple[Problem, ...] = ()
    twins: tuple[Twin, ...] = ()
    existing: Asset | None = None
    decision: str = UNDECIDED
    choices: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, str] = field(default_factory=dict)
    read: Asset | None = None
    mark: str = ""
    reading: int = 0  # which of the preview's readings it comes from


@dataclass(frozen=True, slots=True)
class Bench:
    """What mending a row needs: kinds, where the neighbourhood lies, and how to find a place.

    ``locate`` gives the point of a postcode, or None; ``pool`` holds the notebook's assets.
    """

    kinds: KindTable
    bounds: Box | None = None
    locate: Callable[[str], object] | None = None
    pool: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an import would do; nothing has changed yet.

    ``vanished`` are assets of these sources that the new files no longer have. ``problems`` are
    about whole files; ``unreadable`` those of files of which nothing could be read. ``held_back``
    counts rows kept out by reason.
    """

    readings: tuple[Reading, ...]
    rows: tuple[Row, ...]
    vanished: tuple[Asset, ...] = ()
    problems: tuple[Problem, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)
    digests: tuple[str, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    bench: Bench | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; ``step`` is the number of the step for undo, "" if nothing changed.

    ``added`` includes the likely duplicates, which ``duplicates`` counts again.
    """

    added: int
    updated: int
    unchanged: int
    duplicates: int
    vanished: int
    problems: tuple[Problem, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)
    step: str = ""
