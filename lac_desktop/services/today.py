# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Today shows: what I said I would do, who to see, what to sort, what is worth a check.

People who moved away or died come up nowhere here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.conversation import QuickNote
from lac_desktop.domain.freshness import Freshness, freshness
from lac_desktop.domain.person import Agreement, Standing
from lac_desktop.domain.query import Order, Query
from lac_desktop.domain.strengths import ToolSheet
from lac_desktop.services import conversations, find, introductions, notes, people, strengths
from lac_desktop.services.conversations import Draft, Due
from lac_desktop.services.introductions import Due as FollowUp
from lac_desktop.services.notebook import Notebook, centre
from lac_desktop.services.notes import Count
from lac_desktop.services.people import PersonRow
from lac_desktop.storage import assets as stored
from lac_desktop.storage import people_access, people_records
from lac_desktop.storage.on_day import on_day

QUIET_WEEKS = 6
_WEEKS = "quiet-weeks"
_AGREEMENT_DAYS = 30
_DUE_DAYS = 7
_NEXT_CHECKS = 3
_MOST_SESSIONS = 60


@dataclass(frozen=True, slots=True)
class ToSee:
    """Somebody to see: not met yet, or back in touch without a conversation since that day."""

    person: PersonRow
    back: bool
    since: date | None


@dataclass(frozen=True, slots=True)
class OnToday:
    """Something that happens today: local start and end, and whether that is unsure."""

    asset: Asset
    start: datetime
    end: datetime
    unsure: bool


@dataclass(frozen=True, slots=True)
class ToCheck:
    """An asset whose check is due; ``relied_on`` are names of people who rely on it."""

    asset: Asset
    relied_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Today:
    """Everything of one day, each list in the order in which it is shown.

    ``checks_due`` counts all assets that are worth a check; ``names`` holds the names of all
    people by id; ``quiet_weeks`` is after how many weeks somebody counts as not spoken to.
    """

    at: datetime
    promises: tuple[Due, ...] = ()
    introductions: tuple[FollowUp, ...] = ()
    to_see: tuple[ToSee, ...] = ()
    quiet: tuple[PersonRow, ...] = ()
    drafts: tuple[Draft, ...] = ()
    notes: tuple[QuickNote, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    relied_on: tuple[ToCheck, ...] = ()
    checks: tuple[ToCheck, ...] = ()
    checks_due: int = 0
    on: tuple[OnToday, ...] = ()
    tally: tuple[Count, ...] = ()
    people: int = 0
    quiet_weeks: int = QUIET_WEEKS
    names: dict[str, str] = field(default_factory=dict)


def today(notebook: Notebook) -> Today:
    """Gather the day; a worker thread may do it, for it reads both files."""
    now = notebook.clock()
    everybody = people.all_people(notebook)
    weeks = quiet_weeks(notebook)
    silent = people.silent(notebook)
    relied = _relied_on(notebook, silent)
    due = find.find(notebook, _worth_a_check(notebook))
    first_near = [one for one in _near(notebook, due) if one.id not in relied]
    return Today(
        at=now,
        promises=tuple(conversations.due(notebook, now.date() + timedelta(days=_DUE_DAYS))),
        introductions=tuple(introductions.due(notebook)),
        to_see=tuple(to_see(everybody)),
        quiet=tuple(quiet(everybody, now.date(), weeks)),
        drafts=tuple(_drafts(notebook, silent)),
        notes=tuple(notes.inbox(notebook)),
        agreements=tuple(people.running_out(notebook, _AGREEMENT_DAYS)),
        relied_on=tuple(_due_of(notebook, relied, {one.id: one.name for one in everybody})),
        checks=tuple(ToCheck(one) for one in first_near[:_NEXT_CHECKS]),
        checks_due=len(due),
        on=tuple(on_today(notebook)),
        tally=tuple(notes.tally_counts(notebook, "place", _monday(now.date()))),
        people=len(everybody),
        quiet_weeks=weeks,
        names={one.id: one.name for one in everybody},
    )


def quiet_weeks(notebook: Notebook) -> int:
    """After how many weeks without a conversation somebody comes up as not spoken to."""
    with notebook.vault.people_read() as db:
        kept = people_access.get_setting(db, _WEEKS, QUIET_WEEKS)
    return kept if isinstance(kept, int) and 1 <= kept <= 104 else QUIET_WEEKS


def set_quiet_weeks(notebook: Notebook, weeks: int) -> None:
    """Choose after how many weeks; 1 to 104."""
    with notebook.vault.people_write() as db:
        people_access.put_setting(db, _WEEKS, max(1, min(104, weeks)))
    notebook.changed()


def to_see(everybody: Iterable[PersonRow]) -> list[ToSee]:
    """People nobody has spoken with yet, and those back in touch since their last conversation."""
    found: list[ToSee] = []
    for one in everybody:
        if one.standing is Standing.BACK and one.since is not None:
            if one.last_contact is None or one.last_contact < one.since:
                found.append(ToSee(one, back=True, since=one.since))
        elif one.standing is Standing.ALONGSIDE and not one.conversations:
            found.append(ToSee(one, back=False, since=one.since))
    return sorted(found, key=lambda seen: seen.since or date.min)


def quiet(everybody: Iterable[PersonRow], day: date, weeks: int) -> list[PersonRow]:
    """People walked alongside whose last conversation is longer ago, the longest first."""
    before = day - timedelta(weeks=weeks)
    walked = (Standing.ALONGSIDE, Standing.BACK)
    found = [
        one
        for one in everybody
        if one.standing in walked and one.last_contact is not None and one.last_contact < before
    ]
    seen = {one.person.id for one in to_see(found)}
    left = [one for one in found if one.id not in seen]
    return sorted(left, key=lambda one: one.last_contact or date.min)


def on_today(notebook: Notebook) -> list[OnToday]:
    """What happens today and is not over yet, the earliest first."""
    now = notebook.clock()
    with notebook.vault.read() as db:
        told = on_day(db, now.date(), _MOST_SESSIONS)
        known = stored.get_many(db, [asset_id for asset_id, *_rest in told])
    found = [
        OnToday(known[asset_id], start, end, unsure)
        for asset_id, start, end, unsure in told
        if asset_id in known
    ]
    return [one for one in found if one.end > now]


def _worth_a_check(notebook: Notebook) -> Query:
    """Everything that is due a check, the nearest first where the middle of the patch is known."""
    middle = centre(notebook)
    order = Order.NEAREST if middle is not None else Order.CHECKED
    return Query(stale=True, near=middle, order=order)


def _near(notebook: Notebook, due: find.FoundSet) -> list[Asset]:
    """The first few of what is due, with room for those that are named apart."""
    with notebook.vault.read() as db:
        ids = stored.ids_of(db, due.rids[: _NEXT_CHECKS * 4].tolist())
        known = stored.get_many(db, ids)
    return [known[one] for one in ids if one in known]


def _drafts(notebook: Notebook, silent: frozenset[str]) -> list[Draft]:
    """Drafts, without those that are only about people nothing may come up about."""
    return [
        one
        for one in conversations.drafts(notebook)
        if not one.conversation.people or set(one.conversation.people) - silent
    ]


def _relied_on(notebook: Notebook, silent: frozenset[str]) -> dict[str, set[str]]:
    """Which people rely on which assets: what was exchanged, and what their latest pages name."""
    relied: dict[str, set[str]] = {}
    for one in strengths.exchanges(notebook):
        if one.person not in silent:
            relied.setdefault(one.other, set()).add(one.person)
    with notebook.vault.people_read() as db:
        sheets = people_records.where(db, ToolSheet)
    latest = {(one.person, one.tool): one for one in sorted(sheets, key=lambda one: one.on)}
    for sheet in latest.values():
        if sheet.person not in silent:
            for text in _texts(sheet.values):
                relied.setdefault(text, set()).add(sheet.person)
    with notebook.vault.read() as db:
        there = stored.get_many(db, relied)
    return {asset_id: relied[asset_id] for asset_id in there}


def _texts(value: Any) -> Iterable[str]:
    """Every short text inside a JSON value: among them ids of assets."""
    if isinstance(value, str):
        if 16 <= len(value) <= 64 and " " not in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _due_of(
    notebook: Notebook, relied: dict[str, set[str]], names: dict[str, str]
) -> list[ToCheck]:
    """Which of the assets that people rely on are due a check or gone from their source."""
    day = notebook.clock().date()
    with notebook.vault.read() as db:
        known = stored.get_many(db, relied)
    found = [
        ToCheck(asset, tuple(sorted(names[one] for one in relied[asset_id] if one in names)))
        for asset_id, asset in known.items()
        if asset.vanished_on is not None or _is_due(notebook, asset, day)
    ]
    return sorted(found, key=lambda one: (-len(one.relied_on), one.asset.name.casefold()))


def _is_due(notebook: Notebook, asset: Asset, day: date) -> bool:
    months = notebook.indexer.fresh_months(asset.kind)
    return freshness(asset.checked_on, months, day) is Freshness.DUE


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
