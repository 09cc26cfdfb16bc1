# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conversations: typed as a draft, kept once, corrected beside, promised, searched, copied out."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Addendum, Conversation, Promise, promise_order
from lac_desktop.errors import DamagedVaultError, LacError, StaleError
from lac_desktop.services import access, people_steps, people_text, typing_drafts
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.people_steps import with_people
from lac_desktop.services.typing_drafts import Draft
from lac_desktop.storage import people_overview as overview
from lac_desktop.storage import people_records as stored
from lac_desktop.storage import people_search
from lac_desktop.storage.binding import Connection
from lac_desktop.storage.people_tables import plain

__all__ = ["Draft"]

#: The editor saves the draft at the latest so many seconds after the first key not saved yet.
SAVE_WITHIN = 1.0
_PARTS = ("own words", "reflection", "rest")


@dataclass(frozen=True, slots=True)
class Due:
    """An open promise, the conversation it was made in and with whom (ids and names)."""

    promise: Promise
    conversation: str
    on: date
    people: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that holds the words; the snippet marks them with \\x02 and \\x03.

    ``part`` is "own words", "reflection" or "rest".
    """

    conversation: str
    on: date
    people: tuple[str, ...]
    names: tuple[str, ...]
    snippet: str
    part: str


def new(notebook: Notebook, people: Sequence[str] = (), setting: str = "") -> Conversation:
    """A conversation of now that is not saved yet, with an id of its own."""
    now = notebook.clock()
    return Conversation(
        ids.new_id(), tuple(people), now.date(), at=f"{now:%H:%M}", setting=setting,
        by=notebook.settings.who, started=now,
    )  # fmt: skip


def save_draft(notebook: Notebook, conversation: Conversation, turn: int | None = None) -> int:
    """Keep what is being typed, right or wrong, and return its turn; a few ms, no history.

    ``turn`` is what the last call in this window returned, or :attr:`Draft.turn`. If another window
    saved this draft since, StaleError is raised: ``stored`` is the other window's text and
    ``mine`` this one under a new id, saved as a draft of its own: go on with that (its turn is
    ``turn`` of the error). Raises LacError (full disk): the text is still with the caller.
    """
    now = notebook.clock()
    typed = replace(conversation, kept=False, changed=now)
    clash: Draft | None = None
    with notebook.vault.people_write() as db:
        _must_be_a_draft(db, typed.id)
        if turn is not None and typing_drafts.turn_of(db, typed.id) not in (None, turn):
            there = typing_drafts.get(db, typed.id)
            if there is not None and not _same(there.conversation, typed):
                clash, typed = there, replace(typed, id=ids.new_id())
        made = typing_drafts.put(db, typed, now)
    if clash is not None:
        raise StaleError(
            "This draft was typed on in another window meanwhile.",
            "Both are kept: what you typed here is a draft of its own now.",
            stored=clash.conversation,
            mine=typed,
            turn=made,
        )
    return made


def _same(one: Conversation, other: Conversation) -> bool:
    """Whether two conversations say the same, whoever saved them when."""
    return _bare(one) == _bare(other)


def _bare(conversation: Conversation) -> object:
    return plain(replace(conversation, kept=False, changed=None, by=""))


def _must_be_a_draft(db: Connection, conversation: str) -> None:
    if stored.is_there(db, Conversation, conversation):
        raise LacError(
            "This conversation is kept already, so its words stay as they are.",
            "Add what is missing as a correction.",
        )


def drafts(notebook: Notebook, person: str = "") -> list[Draft]:
    """What is being typed or was when the program ended, the latest first; of one person or all."""
    with notebook.vault.people_read() as db:
        return typing_drafts.latest(db, person)


def draft(notebook: Notebook, conversation: str) -> Draft | None:
    """The draft of a conversation's id, or None."""
    with notebook.vault.people_read() as db:
        return typing_drafts.get(db, conversation)


def discard_draft(notebook: Notebook, conversation: str) -> None:
    """Throw a draft away for good."""
    with notebook.vault.people_write() as db:
        typing_drafts.drop(db, conversation)
    notebook.changed()


def keep(notebook: Notebook, conversation: Conversation) -> Conversation:
    """Turn a draft into a kept conversation as one step; undo makes it a draft again.

    Raises LacError where it cannot be kept (nobody, nothing said, a day to come), and StaleError
    where a conversation of this id is kept already with other text; the draft stays.
    """
    people_steps.must_be_right(notebook, [conversation])
    now = notebook.clock()
    by = conversation.by or notebook.settings.who
    kept = replace(conversation, kept=True, by=by, changed=now)
    why = f"Keep a conversation with {with_people(kept.people)}"
    with notebook.vault.people_write() as db:
        there = stored.get(db, Conversation, kept.id)
        if there is not None and not _same(there, kept):
            raise StaleError(
                "This conversation was kept in another window meanwhile, with other words.",
                "Add what is missing as a correction.",
                stored=there,
                mine=kept,
            )
        if there is None:
            stored.save(db, [kept], step=people_steps.step(notebook, why, "keep"))
        typing_drafts.drop(db, kept.id)
    notebook.changed()
    return there or kept


def get(notebook: Notebook, conversation: str) -> Conversation | None:
    """The kept conversation of an id, or None."""
    return people_steps.get(notebook, Conversation, conversation)


def of_person(
    notebook: Notebook, person: str, start: int = 0, limit: int = 50
) -> list[Conversation]:
    """Kept conversations with a person, the latest first, from ``start`` at most ``limit``."""
    with notebook.vault.people_read() as db:
        return overview.conversations(db, person, start, limit)


def count_of(notebook: Notebook, person: str) -> int:
    """How many kept conversations there are with a person."""
    with notebook.vault.people_read() as db:
        return overview.count_of(db, person)


def addenda(notebook: Notebook, conversation: str) -> list[Addendum]:
    """The corrections of a conversation, in the order in which they were made."""
    with notebook.vault.people_read() as db:
        return stored.where(db, Addendum, conversation=conversation)


def add_addendum(
    notebook: Notebook, conversation: str, text: str = "", statement: str = ""
) -> Addendum:
    """Put a correction beside a kept conversation, whose own text stays.

    ``statement`` is the person's own, in their words. Raises LacError where both are empty or
    the conversation is not kept.
    """
    there = get(notebook, conversation)
    if there is None:
        raise LacError("Only a kept conversation is corrected.", "Change the draft itself.")
    made = Addendum(
        ids.new_id(), conversation, notebook.clock(), notebook.settings.who, text, statement
    )
    why = f"Correct a conversation with {with_people(there.people)}"
    people_steps.keep(notebook, [made], why, "addendum")
    return made


def tag(
    notebook: Notebook,
    conversation: str,
    *,
    good_life: Sequence[str] | None = None,
    principles: Sequence[str] | None = None,
    read_back: bool | None = None,
) -> Conversation | None:
    """Change the tags of a kept conversation, or note that it was read back; None if not there."""

    def tagged(there: Conversation) -> Conversation:
        return replace(
            there,
            good_life=there.good_life if good_life is None else tuple(good_life),
            principles=there.principles if principles is None else tuple(principles),
            read_back=there.read_back if read_back is None else read_back,
        )

    return people_steps.change(
        notebook, Conversation, conversation, tagged,
        lambda there: f"Tag a conversation with {with_people(there.people)}", "tag",
    )  # fmt: skip


def due(notebook: Notebook, until: date | None = None) -> list[Due]:
    """Open promises by ``until``, the soonest first; without it all, undated ones last.

    None of people who moved away or died.
    """
    with notebook.vault.people_read() as db:
        quiet = overview.silent(db)
        wanted = [
            one
            for one in overview.open_promises(db)
            if not quiet.issuperset(one.people)
            and (until is None or (one.promise.by is not None and one.promise.by <= until))
        ]
        names = overview.names(db, [person for one in wanted for person in one.people])
    wanted.sort(key=lambda one: promise_order(one.promise))
    return [
        Due(one.promise, one.conversation, one.on, one.people, _called(one.people, names))
        for one in wanted
    ]


def _called(people: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(person, "") for person in people)


def mark_done(
    notebook: Notebook,
    conversation: str,
    promise: str,
    learned: str = "",
    on: date | None = None,
) -> Conversation | None:
    """Note that a promise was kept, on a day (today by default), and what was learned."""
    day = on or notebook.clock().date()
    return _change_promise(notebook, conversation, promise, day, learned, "Done")


def not_done(notebook: Notebook, conversation: str, promise: str) -> Conversation | None:
    """Open a promise again that was marked as done."""
    return _change_promise(notebook, conversation, promise, None, "", "Open again")


def _change_promise(
    notebook: Notebook, conversation: str, promise: str, day: date | None, learned: str, why: str
) -> Conversation | None:
    def changed(there: Conversation) -> Conversation:
        promises = (
            replace(one, done_on=day, learned=learned) if one.id == promise else one
            for one in there.promises
        )
        return replace(there, promises=tuple(promises))

    return people_steps.change(
        notebook, Conversation, conversation, changed,
        lambda there: f"{why}: a promise with {with_people(there.people)}", "promise",
    )  # fmt: skip


def search(notebook: Notebook, text: str, limit: int = 50) -> list[Hit]:
    """Kept conversations of all people that hold all the words, the best first.

    The last word may be unfinished. Accents and capitals do not matter. Raises LacError where the
    search is damaged; it is made anew when the notebook is next unlocked.
    """
    with _search_may_be_damaged(notebook), notebook.vault.people_read() as db:
        heard = people_search.search(db, text, limit)
        people = [tuple(json.loads(one.people)) for one in heard]
        names = overview.names(db, [person for some in people for person in some])
    return [
        Hit(
            one.conversation, date.fromisoformat(one.on), some, _called(some, names),
            one.snippet, _PARTS[one.part],
        )
        for one, some in zip(heard, people, strict=True)
    ]  # fmt: skip


@contextmanager
def _search_may_be_damaged(notebook: Notebook) -> Iterator[None]:
    """Have a damaged search made anew and say so."""
    try:
        yield
    except DamagedVaultError as error:
        with notebook.vault.people_write() as db:
            stored.make_due(db)
        raise LacError(
            "The search of conversations is damaged.",
            "Lock the notebook and unlock it again: the search is made anew then.",
        ) from error


def as_text(notebook: Notebook, conversation: Conversation) -> str:
    """A conversation with its corrections as plain text for the council's own case system.

    Paragraphs about somebody else are marked. Noted in the access log for each person.
    """
    with notebook.vault.people_read() as db:
        names = overview.names(db, conversation.people)
    for person in conversation.people:
        access.note(notebook, "copied", person, conversation.id)
    return people_text.conversation_text(conversation, names, addenda(notebook, conversation.id))
