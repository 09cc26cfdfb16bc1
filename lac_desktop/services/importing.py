# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bring files into the notebook: look first, mend and decide, then apply as one undoable step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.importing import Candidate, Fate, Problem, Reading
from lac_desktop.domain.progress import Progress, silent

#: What a person can say about a row that looks like an asset that is there.
SAME, DIFFERENT, MERGE, LEAVE_OUT, UNDECIDED = "same", "different", "merge", "leave out", ""


@dataclass(frozen=True, slots=True)
class Twin:
    """An asset that a row may be, with the reasons in words ("the same phone number")."""

    asset: Asset
    reasons: tuple[str, ...]
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the preview: what the file said, what it makes, and what will happen to it.

    ``number`` counts from 0 over all files and names the row for :func:`fix` and :func:`decide`.
    ``existing`` is the asset of the same source that this row updates. ``choices`` says per field
    "here" (keep the notebook's) or "file" (take the file's) for a merge with ``twins[0]``.
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


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an import would do; nothing has changed yet.

    ``vanished`` are assets of these sources that the new files no longer have. ``problems`` are
    about whole files. ``held_back`` counts rows kept out by reason.
    """

    readings: tuple[Reading, ...]
    rows: tuple[Row, ...]
    vanished: tuple[Asset, ...] = ()
    problems: tuple[Problem, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; ``step`` names it for undo ("" where nothing changed)."""

    added: int
    updated: int
    unchanged: int
    duplicates: int
    vanished: int
    problems: tuple[Problem, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)
    step: str = ""
