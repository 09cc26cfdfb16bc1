# SPDX-License-Identifier: AGPL-3.0-or-later
"""People walked alongside: who they are, where the walk stands, what was agreed, undo and redo.

Nobody is removed here: that is a right with its own steps. What is sensitive stays in people.db.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Promise, promise_order
from lac_desktop.domain.person import Agreement, Person, Standing, StandingChange
from lac_desktop.errors import LacError, StaleError
from lac_desktop.services import access, people_steps, people_text
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.people_undo import next_redo, next_undo, redo, undo
from lac_desktop.services.typing_drafts import DRAFT_KEY
from lac_desktop.storage import people_access
from lac_desktop.storage import people_overview as overview
from lac_desktop.storage import people_records as stored
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.derived import words_of

__all__ = ["next_redo", "next_undo", "redo", "undo"]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people.

    ``since`` is when the standing began. ``last_contact`` is the day of the latest kept
    conversation. ``next_promise`` is the open promise that comes first; None for people who moved
    away or died. ``conversations`` counts kept ones, ``drafts`` what is being typed.
    """

    id: str
    name: str
    standing: Standing
    since: date | None = None
    last_contact: date | None = None
    next_promise: Promise | None = None
    conversations: int = 0
    drafts: int = 0
    pronouns: str = ""
    language: str = ""


def add(notebook: Notebook, name: str, **known: Any) -> Person:
    """Begin to walk alongside somebody: a name is enough. ``known`` are other fields of Person.

    The walk stands at "walking alongside" from today. Raises LacError for an empty name.
    """
    person = Person(id=ids.new_id(), name=name.strip(), **known)
    today = notebook.clock().date()
    begun = StandingChange(ids.new_id(), person.id, Standing.ALONGSIDE, today)
    people_steps.keep(notebook, [person, begun], f"Begin with {{{person.id}}}", "add")
    return person


def get(notebook: Notebook, person: str) -> Person | None:
    """The person of an id, or None; for lists and look-ups, so not noted as opened."""
    return people_steps.get(notebook, Person, person)


def opened(notebook: Notebook, person: str) -> Person | None:
    """The person of an id for their page: noted in the access log as opened."""
    found = get(notebook, person)
    if found is not None:
        access.note(notebook, "opened", person)
    return found


def save(notebook: Notebook, person: Person, seen: Person | None = None, why: str = "") -> Person:
    """Keep changes to a person as one step and return the person as kept.

    ``seen`` is the person as the form was opened with. What another window changed meanwhile in
    other fields is kept too; where both changed the same field, StaleError is raised with both
    versions and nothing is overwritten. Raises LacError for what cannot be kept.
    """
    people_steps.must_be_right(notebook, [person])
    with notebook.vault.people_write() as db:
        there = stored.get(db, Person, person.id)
        if there is None:
            raise LacError(
                "This person is not in the notebook any more.",
                "Copy what you typed, then look in the list of people.",
            )
        joined = _joined(person, seen, there)
        words = why or f"Change what is known of {{{person.id}}}"
        number = stored.save(db, [joined], step=people_steps.step(notebook, words))
    if number:
        notebook.changed()
    return joined


def _joined(mine: Person, seen: Person | None, there: Person) -> Person:
    """My changes on top of what is stored; StaleError where both changed the same."""
    if seen is None or seen == there:
        return mine
    names = [f.name for f in fields(Person)]
    changed = [name for name in names if getattr(mine, name) != getattr(seen, name)]
    both = [
        name
        for name in changed
        if getattr(there, name) not in (getattr(seen, name), getattr(mine, name))
    ]
    if both:
        raise StaleError(
            f"{there.name} was changed in another window meanwhile.",
            "Look at both and keep what is right; nothing was overwritten.",
            stored=there,
            mine=mine,
        )
    return replace(there, **{name: getattr(mine, name) for name in changed})


def all_people(notebook: Notebook) -> list[PersonRow]:
    """Everybody, by name."""
    with notebook.vault.people_read() as db:
        return _rows(db, overview.everybody(db))


def _rows(db: Connection, known: list[overview.Known]) -> list[PersonRow]:
    """The lines of these people, by name."""
    first: dict[str, Promise] = {}
    for one in sorted(overview.open_promises(db), key=lambda found: promise_order(found.promise)):
        for person in one.people:
            first.setdefault(person, one.promise)
    typing: Counter[str] = Counter(
        person for draft in people_access.drafts(db, DRAFT_KEY) for person in draft.people
    )
    rows = [
        PersonRow(
            one.id, one.name, one.standing, one.since, one.last,
            None if one.standing.ends_reminders else first.get(one.id),
            one.talks, typing[one.id], one.pronouns, one.language,
        )
        for one in known
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (words_of(row.name), row.name, row.id))


def find(notebook: Notebook, text: str, limit: int = 20) -> list[PersonRow]:
    """People whose name or full name holds words that begin so; accents do not matter."""
    wanted = words_of(text)
    with notebook.vault.people_read() as db:
        known = overview.everybody(db)
        found = [one for one in known if _fits(f"{one.name} {one.full_name}", wanted)]
        return _rows(db, found)[:limit]


def _fits(name: str, wanted: list[str]) -> bool:
    """Whether each word wanted begins one of the name's words."""
    there = words_of(name)
    return all(any(word.startswith(begun) for word in there) for begun in wanted)


def names(notebook: Notebook, people: Iterable[str]) -> dict[str, str]:
    """Names by id, of those who are there."""
    with notebook.vault.people_read() as db:
        return overview.names(db, people)


def standing(notebook: Notebook, person: str) -> Standing:
    """Where the walk stands now; "walking alongside" where nothing else was said."""
    history = standing_history(notebook, person)
    return history[0].standing if history else Standing.ALONGSIDE


def standing_history(notebook: Notebook, person: str) -> list[StandingChange]:
    """All changes of standing, the latest first."""
    changes = people_steps.of_person(notebook, StandingChange, person)
    # Of one day, what was added later counts; ids and clocks may disagree, the order added cannot.
    return sorted(changes, key=lambda change: change.on)[::-1]


def change_standing(
    notebook: Notebook, person: str, to: Standing, on: date | None = None, note: str = ""
) -> StandingChange:
    """Note that the walk stands elsewhere from a day (today by default).

    "Moved away" and "died" end every reminder about the person. Raises LacError for a day to come.
    """
    day = on or notebook.clock().date()
    change = StandingChange(ids.new_id(), person, to, day, note)
    people_steps.keep(notebook, [change], f"{{{person}}}: {to.value}", "standing")
    return change


def silent(notebook: Notebook) -> frozenset[str]:
    """Ids of people about whom nothing may come up as a reminder: they moved away or died."""
    with notebook.vault.people_read() as db:
        return overview.silent(db)


def agreements(notebook: Notebook, person: str) -> list[Agreement]:
    """Everything agreed with a person, the latest first, withdrawn ones too."""
    found = people_steps.of_person(notebook, Agreement, person)
    return sorted(found, key=lambda agreement: agreement.on)[::-1]


def agree(notebook: Notebook, agreement: Agreement) -> Agreement:
    """Record an agreement, or correct one. Raises LacError for what cannot be kept."""
    why = f"Agree with {{{agreement.person}}}"
    people_steps.keep(notebook, [agreement], why, "agreement")
    return agreement


def new_agreement(notebook: Notebook, person: str, kind: str) -> Agreement:
    """An agreement of today that is not saved yet; ``kind`` is "work together" or "share"."""
    return Agreement(ids.new_id(), person, kind, notebook.clock().date(), "spoken")


def withdraw(
    notebook: Notebook, agreement: str, on: date | None = None, note: str = ""
) -> Agreement | None:
    """Note that an agreement was withdrawn on a day (today by default); None if there is none."""
    day = on or notebook.clock().date()
    return people_steps.change(
        notebook,
        Agreement,
        agreement,
        lambda given: replace(given, withdrawn_on=day, note=note or given.note),
        lambda given: f"Withdraw an agreement of {{{given.person}}}",
        "agreement",
    )


def running_out(notebook: Notebook, days: int = 30) -> list[Agreement]:
    """Agreements that end within so many days, the soonest first; none of silent people."""
    today = notebook.clock().date()
    with notebook.vault.people_read() as db:
        given = stored.where(db, Agreement, until=stored.SOMETHING, withdrawn_on=None)
        quiet = overview.silent(db)
    ending = [
        (agreement.until, agreement)
        for agreement in given
        if agreement.until is not None
        and agreement.person not in quiet
        and today <= agreement.until <= today + timedelta(days=days)
    ]
    return [agreement for _until, agreement in sorted(ending, key=lambda pair: pair[0])]


def walk_together(notebook: Notebook, one: str, other: str, tie: str, tie_back: str) -> None:
    """Note that two are walked with together, as one step.

    ``tie`` says what ``other`` is to ``one`` ("sister"), ``tie_back`` the other way round.
    """
    _tie(notebook, one, other, tie, tie_back, f"Walk with {{{one}}} and {{{other}}} together")


def walk_apart(notebook: Notebook, one: str, other: str) -> None:
    """Note that two are walked with together no more."""
    _tie(notebook, one, other, None, None, f"Walk with {{{one}}} and {{{other}}} apart")


def _tie(
    notebook: Notebook, one: str, other: str, tie: str | None, back: str | None, why: str
) -> None:
    """Set what two are to each other on both; None takes it away."""
    pairs = ((one, other, tie), (other, one, back))
    people = [(get(notebook, mine), theirs, word) for mine, theirs, word in pairs]
    changed: list[Person] = []
    for person, theirs, word in people:
        if person is None:
            raise LacError("One of the two is not in the notebook.", "Add both first.")
        rest = tuple(pair for pair in person.alongside if pair[0] != theirs)
        more = () if word is None else ((theirs, word),)
        changed.append(replace(person, alongside=(*rest, *more)))
    people_steps.keep(notebook, changed, why)


def together(notebook: Notebook, person: str) -> list[tuple[Person, str]]:
    """Who is walked with together with a person, and what they are to them."""
    found = get(notebook, person)
    if found is None:
        return []
    others = [(get(notebook, other), tie) for other, tie in found.alongside]
    return [(other, tie) for other, tie in others if other is not None]


def as_text(notebook: Notebook, person: str) -> str:
    """A person as plain text for the council's own case system; noted in the access log.

    Holds what is known and agreed, standing and dates; conversations are copied one by one. Home
    is left out.
    """
    found = get(notebook, person)
    if found is None:
        return ""
    access.note(notebook, "copied", person)
    return people_text.person_text(
        found,
        standing_history(notebook, person),
        agreements(notebook, person),
        [(other.name, tie) for other, tie in together(notebook, person)],
        notebook.clock().date(),
    )
