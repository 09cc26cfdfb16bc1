# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an import proposes before anything changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lac_desktop.domain.asset import Asset


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one row: a sentence, and the field that a typed fix would change.

    ``row`` counts as the source does (line of a sheet, number of a feature) and is None for the
    whole file. ``field`` is an attribute of Asset, or "" where none fits. ``suggestion`` is a
    value that would mend it, or "".
    """

    file: str
    row: int | None
    field: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row as read: raw values, the asset they make, and what is wrong with it.

    ``values`` maps asset field names to the text as it stood in the file, for the preview.
    ``asset`` is None where no asset can be made yet (no name). ``held_back`` gives the reason why
    the kind table keeps it out unless it is asked for ("parking", "no name", "private").
    ``key`` names the thing in later files of the same source, whatever its row then is.
    """

    file: str
    row: int
    source: str
    values: Mapping[str, str]
    asset: Asset | None
    problems: tuple[Problem, ...] = ()
    held_back: str = ""
    key: str = ""


class Fate(StrEnum):
    """What will happen to a candidate when the import is applied."""

    ADD = "add"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # looks like one that is there: add and mark, unless decided
    MERGE = "merge"
    LEAVE_OUT = "leave out"
    PROBLEM = "problem"
    HELD_BACK = "held back"


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader got out of one source.

    ``source_id`` names the source for later imports of newer files ("osm", "groups.csv").
    ``mapping`` maps column headings to asset fields for tables ("" = left out).
    """

    source_id: str
    title: str
    licence: str
    attribution: str
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    samples: tuple[Mapping[str, str], ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
