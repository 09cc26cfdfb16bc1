# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods of retention: what is past the council's period, and disposal of it in two steps.

Kinds come from ``resources/retention.toml``, periods from the council (``services/council.py``).
Nothing goes by itself: a record past its period comes up for review, is chosen with a reason, and
is disposed of in a second act, some days later where the council wishes so.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from lac_desktop import paths
from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Conversation, QuickNote, Tally
from lac_desktop.domain.person import Standing
from lac_desktop.domain.rights import Disposal, Request, months_later
from lac_desktop.domain.strengths import MeasureTaken, ToolSheet
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import backups, council, people_steps, rights, rights_erasure
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import erase_again, erased_list, people_erase
from lac_desktop.storage import people_overview as overview
from lac_desktop.storage import people_records as stored
from lac_desktop.storage import people_records_about as about
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.erased_list import ErasedList
from lac_desktop.storage.steps import Step

_NOUNS: Mapping[str, type] = {
    "conversation": Conversation,
    "quick_note": QuickNote,
    "tally": Tally,
    "measure": MeasureTaken,
    "tool_sheet": ToolSheet,
    "request": Request,
}
_ENDED = (Standing.STEPPED_BACK, Standing.MOVED, Standing.DIED)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record that a period can be set for."""

    id: str
    title: str
    counts: str


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """One record past its period: whose, since when it counts, and when the period ended.

    ``label`` names it for the review ("Conversation of 5 March 2026"). ``held`` is a hold's
    reason, or "".
    """

    kind: str
    record: str
    person: str
    name: str
    label: str
    since: date
    ended: date
    held: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A record that was chosen to go, and from when it may be disposed of."""

    disposal: Disposal
    label: str
    ready_on: date


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """The kinds of record, in order."""
    raw: dict[str, Any] = tomllib.loads((paths.resources() / "retention.toml").read_text("utf-8"))
    return tuple(Kind(key, one["title"], one["counts"]) for key, one in raw.items())


def review(notebook: Notebook) -> list[PastPeriod]:
    """Everything past its period that was not chosen yet, the longest over first."""
    told = council.load(notebook)
    today = notebook.clock().date()
    held = {one.person: one.reason for one in rights.holds(notebook)}
    with notebook.vault.people_read() as db:
        marked = {(one.kind, one.record) for one in stored.where(db, Disposal)}
        names = {one.id: one.name for one in overview.everybody(db)}
        found: list[PastPeriod] = []
        for kind, record, person, label, since in _dated(db, told.months):
            ended = months_later(since, told.months[kind])
            if ended <= today and (kind, record) not in marked:
                name, why = names.get(person, ""), held.get(person, "")
                found.append(PastPeriod(kind, record, person, name, label, since, ended, why))
    return sorted(found, key=lambda one: one.ended)


def _dated(db: Connection, months: Mapping[str, int]) -> Iterable[tuple[str, str, str, str, date]]:
    """Records of the kinds that have a period: kind, id, person, label, day it counts from."""
    if months.get("person"):
        for one in overview.everybody(db):
            days = [day for day in (one.last, one.since) if day is not None]
            if one.standing in _ENDED and days:
                label = f"{one.name}, {one.standing.value}"
                yield "person", one.id, one.id, label, max(days)
    titles = {kind.id: kind.title for kind in kinds()}
    for kind, noun in _NOUNS.items():
        for record in stored.where(db, noun) if months.get(kind) else ():
            day = _day_of(record)
            if day is not None:
                label = f"{titles[kind]}: {long_date(day)}"
                yield kind, record.id, _person_of(record), label, day
    if months.get("access"):
        day = about.first_look(db)
        if day is not None:
            yield "access", "all", "", f"{titles['access']}: from {long_date(day)}", day


def _day_of(record: Any) -> date | None:
    if isinstance(record, QuickNote):
        return record.made.date()
    if isinstance(record, Request):
        return record.answered_on
    return record.on


def _person_of(record: Any) -> str:
    if isinstance(record, Conversation):
        return record.people[0] if record.people else ""
    return str(getattr(record, "person", ""))


def choose(notebook: Notebook, chosen: Iterable[PastPeriod], reason: str) -> int:
    """First step: mark records to go, with a reason; how many. Held ones are refused."""
    wanted = list(chosen)
    if not reason.strip():
        raise LacError("Say why these may go.", "Nothing was chosen.")
    held = [one for one in wanted if one.held]
    if held:
        raise LacError(f"“{held[0].label}” is held: {held[0].held}", "Leave it out.")
    today, who = notebook.clock().date(), notebook.settings.who
    marks = [
        Disposal(ids.new_id(), one.kind, one.record, one.person, reason.strip(), today, who)
        for one in wanted
    ]
    with notebook.vault.people_write() as db:
        stored.save(db, marks, step=people_steps.step(notebook, "Choose for disposal", "disposal"))
    notebook.changed()
    return len(marks)


def waiting(notebook: Notebook) -> list[Chosen]:
    """What was chosen and is still there, with the day from which it may go."""
    wait = timedelta(days=council.load(notebook).wait_days)
    titles = {kind.id: kind.title for kind in kinds()}
    with notebook.vault.people_read() as db:
        marks = stored.where(db, Disposal)
        names = {one.id: one.name for one in overview.everybody(db)}
    return [
        Chosen(
            one,
            ": ".join(x for x in (titles.get(one.kind, one.kind), names.get(one.person, "")) if x),
            one.on + wait,
        )
        for one in marks
    ]


def spare(notebook: Notebook, disposals: Iterable[str]) -> None:
    """Take records out of what was chosen; they come up for review again."""
    with notebook.vault.people_write() as db:
        step = people_steps.step(notebook, "Spare from disposal", "disposal")
        stored.remove(db, Disposal, disposals, step=step)
    notebook.changed()


def dispose(notebook: Notebook, disposals: Iterable[str]) -> int:
    """Second step: dispose of chosen records for good; how many records or people went.

    Raises LacError for what is held meanwhile or not yet ready; nothing is done then.
    """
    wanted = set(disposals)
    chosen = [one for one in waiting(notebook) if one.disposal.id in wanted]
    today = notebook.clock().date()
    early = [one for one in chosen if one.ready_on > today]
    if early:
        raise LacError(
            f"This may be disposed of from {long_date(early[0].ready_on)}.",
            "The council set some days between choosing and disposing.",
        )
    held = {one.person for one in rights.holds(notebook)}
    if any(one.disposal.person in held for one in chosen):
        raise LacError("One of these is held now.", "Leave it out, or end the hold.")
    people = [one.disposal.record for one in chosen if one.disposal.kind == "person"]
    for person in people:
        rights_erasure.erase(notebook, person, "period")
    rest = [one.disposal for one in chosen if one.disposal.kind != "person"]
    return len(people) + (_dispose(notebook, rest) if rest else 0)


def _dispose(notebook: Notebook, marks: list[Disposal]) -> int:
    """Single records, with their history, and the old lines of the access log."""
    tables: dict[str, list[str]] = {}
    for one in marks:
        if one.kind in _NOUNS:
            tables.setdefault(one.kind, []).append(one.record)
    log = any(one.kind == "access" for one in marks)
    step = Step(notebook.settings.who, "Dispose of records", notebook.clock(), "erase")
    with notebook.vault.people_write() as db:
        gone = people_erase.erase_records(
            db, {**tables, "disposal": [one.id for one in marks]}, step=step
        )
        if log:
            months = council.load(notebook).months.get("access", 0)
            about.forget_looks(db, months_later(notebook.clock().date(), -months))
        outside = {table: frozenset(keys) for table, keys in tables.items()}
        places = backups.erased_places(notebook)
        erased_list.add(notebook.vault, places, ErasedList({}, outside))
    erase_again.scrub(notebook.vault)
    notebook.changed()
    return gone - len(marks) + (1 if log else 0)
