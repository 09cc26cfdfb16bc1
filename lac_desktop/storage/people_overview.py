# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers about many people at once: the list, their names, standing, promises and counts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lac_desktop.domain.conversation import Conversation, Promise
from lac_desktop.domain.person import Standing
from lac_desktop.storage import binding
from lac_desktop.storage.people_schema import OPEN_PROMISES
from lac_desktop.storage.people_tables import TABLES, decode, from_plain

_PEOPLE = """SELECT p.id, p.name, p.full_name, p.pronouns, p.language,
  (SELECT s.standing || ' ' || s."on" FROM standing s WHERE s.person = p.id
     ORDER BY s."on" DESC, s.rid DESC LIMIT 1),
  (SELECT max(c."on") FROM conversation_person c WHERE c.person = p.id),
  (SELECT count(*) FROM conversation_person c WHERE c.person = p.id)
  FROM person p ORDER BY p.rid"""
_LATEST = 'ORDER BY p."on" DESC, c.at DESC, p.conversation DESC'


@dataclass(frozen=True, slots=True)
class Known:
    """One person in short; ``last`` is the day of the latest conversation of ``talks``."""

    id: str
    name: str
    full_name: str
    pronouns: str
    language: str
    standing: Standing
    since: date | None
    last: date | None
    talks: int


@dataclass(frozen=True, slots=True)
class Open:
    """A promise that is not done, and the conversation it was made in."""

    promise: Promise
    conversation: str
    people: tuple[str, ...]
    on: date


def everybody(db: binding.Connection) -> list[Known]:
    """All people, in the order in which they were added."""
    return [_known(*row) for row in db.execute(_PEOPLE).fetchall()]


def _known(
    person: str, name: str, full: str, pronouns: str, language: str, standing: str | None,
    last: str | None, talks: int,
) -> Known:  # fmt: skip
    words, _, since = (standing or "").rpartition(" ")
    return Known(
        person,
        name,
        full,
        pronouns,
        language,
        Standing(words) if words else Standing.ALONGSIDE,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(last) if last else None,
        talks,
    )


def names(db: binding.Connection, people: Iterable[str]) -> dict[str, str]:
    """Names by id, of those who are there."""
    wanted = json.dumps(list(dict.fromkeys(people)))
    rows = db.execute(
        "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return dict(rows.fetchall())


def silent(db: binding.Connection) -> frozenset[str]:
    """Ids of people whose standing ends reminders."""
    return frozenset(one.id for one in everybody(db) if one.standing.ends_reminders)


def open_promises(db: binding.Connection) -> list[Open]:
    """All promises that are not done, in the order in which the conversations were added."""
    rows = db.execute(
        f'SELECT id, people, "on", promises FROM conversation WHERE {OPEN_PROMISES} ORDER BY rid'  # noqa: S608
    ).fetchall()
    found: list[Open] = []
    for conversation, people, on, promises in rows:
        for value in json.loads(promises):
            promise = from_plain(Promise, value)
            if promise.done_on is None:
                shared = tuple(json.loads(people))
                found.append(Open(promise, conversation, shared, date.fromisoformat(on)))
    return found


def conversations(
    db: binding.Connection, person: str, start: int, limit: int
) -> list[Conversation]:
    """Conversations with a person, the latest first: by day, time of day, then as added."""
    columns = ", ".join(f'c."{name}"' for name in ("id", *TABLES["conversation"].columns))
    rows = db.execute(
        f"SELECT {columns} FROM conversation c WHERE c.rid IN "  # noqa: S608
        "(SELECT p.conversation FROM conversation_person p JOIN conversation c "
        f"ON c.rid = p.conversation WHERE p.person = ? {_LATEST} LIMIT ? OFFSET ?) "
        'ORDER BY c."on" DESC, c.at DESC, c.rid DESC',
        (person, limit, start),
    ).fetchall()
    return [decode(Conversation, row) for row in rows]


def count_of(db: binding.Connection, person: str) -> int:
    """How many conversations there are with a person."""
    return int(
        db.execute(
            "SELECT count(*) FROM conversation_person WHERE person = ?", (person,)
        ).fetchone()[0]
    )
