# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests with their clock, holds, and the record of what left the notebook about a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lac_desktop.domain import ids, rights
from lac_desktop.domain.rights import ASKED_FOR, Disclosure, Hold, Pause, Request
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError
from lac_desktop.services import people_steps
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.opening import bank_holidays
from lac_desktop.storage import people_records as stored

_WAY_OUT = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class Clock:
    """A request with the day its answer is due, and a sentence on how it stands."""

    request: Request
    due: date
    days_left: int
    sentence: str


def open_request(
    notebook: Notebook, person: str, kind: str, received: date | None = None, how: str = ""
) -> Request:
    """Record that a person asked for something, received today unless a day is given.

    ``kind`` is a key of :data:`~lac_desktop.domain.rights.ASKED_FOR`. Raises LacError for a day to
    come or an unknown kind.
    """
    day = received or notebook.clock().date()
    if day > notebook.clock().date():
        raise LacError("This day is still to come.", _WAY_OUT)
    if kind not in ASKED_FOR:
        raise LacError("Say what was asked for.", _WAY_OUT)
    request = Request(ids.new_id(), person, kind, day, how.strip())
    _keep(notebook, request, "Record a request of {person}")
    return request


def pause(notebook: Notebook, request: Request, why: str, on: date | None = None) -> Request:
    """Stop the clock, because something was asked back. Raises LacError without a reason."""
    day = on or notebook.clock().date()
    if not why.strip():
        raise LacError("Say why the clock stands still, such as what was asked back.", _WAY_OUT)
    if request.paused or request.answered_on is not None:
        raise LacError("The clock of this request does not run.", _WAY_OUT)
    if not request.received <= day <= notebook.clock().date():
        raise LacError("The clock can stand still from the day it began until today.", _WAY_OUT)
    changed = replace(request, pauses=(*request.pauses, Pause(day, None, why.strip())))
    return _keep(notebook, changed, "Stop the clock for {person}")


def resume(notebook: Notebook, request: Request, on: date | None = None) -> Request:
    """Let the clock run again, from today unless a day is given."""
    day = on or notebook.clock().date()
    if not request.paused:
        raise LacError("The clock of this request runs.", _WAY_OUT)
    last = request.pauses[-1]
    if not last.since <= day <= notebook.clock().date():
        raise LacError("The clock runs again between when it stopped and today.", _WAY_OUT)
    changed = replace(request, pauses=(*request.pauses[:-1], replace(last, until=day)))
    return _keep(notebook, changed, "Start the clock again for {person}")


def extend(notebook: Notebook, request: Request, why: str, on: date | None = None) -> Request:
    """Take two more months. Raises LacError without a reason, or once the first month is over."""
    day = on or notebook.clock().date()
    if not why.strip():
        raise LacError("Say why it takes longer; the person must be told.", _WAY_OUT)
    if request.extended_on is not None or request.answered_on is not None:
        raise LacError("This request was extended or answered already.", _WAY_OUT)
    if day > clock_of(notebook, request).due:
        raise LacError("It can be extended within the first month alone.", _WAY_OUT)
    changed = replace(request, extended_on=day, extended_why=why.strip())
    return _keep(notebook, changed, "Extend a request of {person}")


def answer(notebook: Notebook, request: Request, outcome: str, on: date | None = None) -> Request:
    """Note that a request was answered, and how; a refusal says why."""
    if not outcome.strip():
        raise LacError("Say what was done, or why it was refused.", _WAY_OUT)
    running = resume(notebook, request) if request.paused else request
    day = on or notebook.clock().date()
    changed = replace(running, answered_on=day, outcome=outcome.strip())
    return _keep(notebook, changed, "Answer a request of {person}")


def requests(notebook: Notebook, person: str = "") -> list[Clock]:
    """Requests of a person or of all, the open ones first by when they are due."""
    with notebook.vault.people_read() as db:
        found = stored.of_person(db, Request, person) if person else stored.where(db, Request)
    clocks = [clock_of(notebook, request) for request in found]
    return sorted(clocks, key=lambda one: (one.request.answered_on is not None, one.due))


def clock_of(notebook: Notebook, request: Request) -> Clock:
    """When an answer is due as things stand today, and in words."""
    today = request.answered_on or notebook.clock().date()
    nation = notebook.settings.nation

    def holiday(day: date) -> bool:
        return day in bank_holidays(nation, day.year)

    due = rights.due_on(request, today, holiday)
    left = (due - today).days
    if request.answered_on is not None:
        words = f"Answered on {long_date(request.answered_on)}."
    elif request.paused:
        since = long_date(request.pauses[-1].since)
        words = f"The clock stands still since {since}. Due {long_date(due)} if it ran from today."
    elif left < 0:
        words = f"Overdue: it was due on {long_date(due)}."
    else:
        words = f"Due by {long_date(due)}, {left} {'day' if left == 1 else 'days'} from now."
    return Clock(request, due, left, words)


def _keep(notebook: Notebook, request: Request, why: str) -> Request:
    words = why.replace("person", request.person)
    with notebook.vault.people_write() as db:
        stored.save(db, [request], step=people_steps.step(notebook, words, "request"))
    notebook.changed()
    return request


def hold(notebook: Notebook, person: str, reason: str) -> Hold:
    """Hold a record: it may not be erased or disposed of. Raises LacError without a reason."""
    if not reason.strip():
        raise LacError("Say why the record is held.", _WAY_OUT)
    made = Hold(
        ids.new_id(), person, reason.strip(), notebook.clock().date(), notebook.settings.who
    )
    with notebook.vault.people_write() as db:
        stored.save(db, [made], step=people_steps.step(notebook, f"Hold {{{person}}}", "hold"))
    notebook.changed()
    return made


def release(notebook: Notebook, held: Hold) -> Hold:
    """End a hold today."""
    ended = replace(held, released_on=notebook.clock().date())
    with notebook.vault.people_write() as db:
        step = people_steps.step(notebook, f"End a hold of {{{held.person}}}", "hold")
        stored.save(db, [ended], step=step)
    notebook.changed()
    return ended


def holds(notebook: Notebook, person: str = "") -> list[Hold]:
    """Holds that stand, of a person or of all."""
    with notebook.vault.people_read() as db:
        found = stored.of_person(db, Hold, person) if person else stored.where(db, Hold)
    return [one for one in found if one.released_on is None]


def note_disclosure(
    notebook: Notebook, people: Sequence[str], what: str, recipient: str, reason: str = ""
) -> None:
    """Record that something about these people left the notebook, to whom and why."""
    made = [
        Disclosure(
            ids.new_id(), person, notebook.clock(), notebook.settings.who, what, recipient, reason
        )
        for person in people
    ]
    with notebook.vault.people_write() as db:
        stored.save(db, made, step=people_steps.step(notebook, "Record what left", "disclosure"))
    notebook.changed()


def disclosures(notebook: Notebook, person: str = "") -> list[Disclosure]:
    """What left about a person or about all, the latest first."""
    with notebook.vault.people_read() as db:
        found = stored.of_person(db, Disclosure, person) if person else stored.where(db, Disclosure)
    return sorted(found, key=lambda one: one.at, reverse=True)
