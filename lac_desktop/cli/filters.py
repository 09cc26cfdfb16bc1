# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the words of the command line to a Query."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from lac_desktop.domain.asset import ACCESS_FACTS
from lac_desktop.domain.query import Query
from lac_desktop.errors import LacError
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.places import Place, place

_WITHIN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(m|km|min|minutes?)\s*", re.IGNORECASE)

_NUMBERS = re.compile(r"[\s\d.,+-]+")


def query_from(
    notebook: Notebook,
    text: str,
    *,
    near: str | None = None,
    within: str | None = None,
    kinds: Sequence[str] = (),
    open_at: str | None = None,
    access: Sequence[str] = (),
    limit: int | None = None,
) -> Query:
    """A query; ValueError for words that mean nothing, LacError for a place that is not known."""
    metres, minutes = limit_of(within)
    where = _place(notebook, near) if near else None
    if (metres is not None or minutes is not None) and where is None:
        raise ValueError("--within needs --near: within so far of what?")
    return Query(
        text=text,
        near=where.point if where else None,
        near_text=where.words if where else "",
        within_metres=metres,
        within_minutes=minutes,
        kinds=frozenset(_kind(notebook, kind) for kind in kinds),
        open_at=clock_time(open_at) if open_at else None,
        access=frozenset(_fact(fact) for fact in access),
        limit=limit,
    )


def limit_of(within: str | None) -> tuple[float | None, float | None]:
    """Metres and minutes of "800m", "1.2km" or "10min"; ValueError for anything else."""
    if not within:
        return None, None
    read = _WITHIN.fullmatch(within)
    if read is None:
        raise ValueError(f"“{within}” is no distance: write 800m, 1.2km or 10min.")
    number, unit = float(read[1]), read[2].lower()
    if unit.startswith("min"):
        return None, number
    return number * (1000 if unit == "km" else 1), None


def _place(notebook: Notebook, text: str) -> Place:
    where = place(notebook, text)
    if where is None:
        hint = "Check the spelling, or give LAT,LON."
        if _NUMBERS.fullmatch(text):
            hint = "Give latitude first, then longitude, in the area of the notebook: 52.67,-0.73."
        elif notebook.pack is None:
            hint = "This notebook has no area pack yet: use --pack, or give LAT,LON."
        elif problem := notebook.pack.why_no_places:
            hint = f"{problem} Build the pack again, or give LAT,LON."
        raise LacError(f"“{text}” was not found.", hint)
    return where


def _kind(notebook: Notebook, text: str) -> str:
    if text in notebook.kinds.kinds:
        return text
    by_name = {kind.name.lower(): kind.id for kind in notebook.kinds.kinds.values()}
    guessed = by_name.get(text.lower()) or notebook.kinds.guess(text)
    if guessed is None:
        raise ValueError(f"“{text}” is not a kind of place in the list of kinds.")
    return guessed


def clock_time(text: str) -> datetime:
    """The time on the clocks of the United Kingdom that ISO text means; ValueError for others.

    Text without a zone is that time already; one such as "2026-07-05T10:30Z" is converted.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is no time like 2026-12-05T10:30.") from None
    return at.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None) if at.tzinfo else at


def _fact(text: str) -> str:
    if text not in ACCESS_FACTS:
        raise ValueError(f"“{text}” is no access fact: use {', '.join(ACCESS_FACTS)}.")
    return text
