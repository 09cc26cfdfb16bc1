# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ten-second notes that are sorted later, and the tally of short contacts (Level 1)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lac_desktop.domain import ids
from lac_desktop.domain.conversation import Conversation, Paragraph, QuickNote, Tally
from lac_desktop.errors import LacError
from lac_desktop.services import assets, conversations, people_steps, typing_drafts
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored
from lac_desktop.storage.binding import Connection


@dataclass(frozen=True, slots=True)
class Count:
    """How many contacts of a week, place or topic.

    ``key`` is the Monday as ISO date, the place's or the topic's id; ``label`` a name for it
    (an asset's name, a word as typed; for topics the id, which resources/tally.toml words).
    """

    key: str
    label: str
    count: int


def new(notebook: Notebook) -> QuickNote:
    """An empty note of now with an id of its own, not saved yet."""
    return QuickNote(ids.new_id(), "", notebook.clock(), notebook.settings.who)


def typed(notebook: Notebook, note: QuickNote) -> None:
    """Save a note as typed: a few ms, no history. It shows in the inbox even after a crash.

    Raises LacError (full disk); the text is still with the caller.
    """
    with notebook.vault.people_write() as db:
        typing_drafts.put_note(db, note, notebook.clock())


def quick(notebook: Notebook, text: str, note: QuickNote | None = None) -> QuickNote:
    """Put a note into the inbox as one step; ``note`` is the one that was being typed.

    Raises LacError for an empty one.
    """
    made = replace(note or new(notebook), text=text.strip())
    people_steps.must_be_right(notebook, [made])
    with notebook.vault.people_write() as db:
        stored.save(db, [made], step=people_steps.step(notebook, "Write a note", "note"))
        typing_drafts.drop_note(db, made.id)
    notebook.changed()
    return made


def inbox(notebook: Notebook) -> list[QuickNote]:
    """Notes to sort, the latest first, with those still being typed or cut short by a crash."""
    with notebook.vault.people_read() as db:
        typing = [note for note in typing_drafts.notes(db) if note.text.strip()]
        kept = stored.where(db, QuickNote, person="")
    begun = {note.id for note in typing}
    return [*typing, *(note for note in reversed(kept) if note.id not in begun)]


def of_person(notebook: Notebook, person: str) -> list[QuickNote]:
    """Notes sorted to a person, the latest first."""
    return people_steps.of_person(notebook, QuickNote, person)[::-1]


def get(notebook: Notebook, note: str) -> QuickNote | None:
    """The note of an id, or None."""
    with notebook.vault.people_read() as db:
        typing = {one.id: one for one in typing_drafts.notes(db)}
        return typing.get(note) or stored.get(db, QuickNote, note)


def sort_to(notebook: Notebook, note: str, person: str) -> QuickNote | None:
    """Sort a note to a person as one step; None if there is no such note."""
    there = get(notebook, note)
    if there is None:
        return None
    done = replace(there, person=person, sorted_on=notebook.clock().date())
    people_steps.must_be_right(notebook, [done])
    step = people_steps.step(notebook, f"Sort a note to {{{person}}}", "note")
    with notebook.vault.people_write() as db:
        stored.save(db, [done], step=step)
        typing_drafts.drop_note(db, note)
    notebook.changed()
    return done


def to_conversation(notebook: Notebook, note: str, people: Sequence[str] = ()) -> Conversation:
    """Make a note the reflection of a draft conversation; the note itself leaves the inbox.

    Undo puts the note back into the inbox and leaves the draft. Raises LacError if it is not
    there.
    """
    there = get(notebook, note)
    if there is None:
        raise LacError("This note is not in the inbox any more.", "Choose another.")
    begun = replace(
        conversations.new(notebook, people),
        on=there.made.date(),
        at=f"{there.made:%H:%M}",
        reflection=tuple(Paragraph(line) for line in there.text.split("\n\n") if line.strip()),
    )
    with notebook.vault.people_write() as db:
        typing_drafts.put(db, begun, notebook.clock())
        _take_out(notebook, db, there, "Make a note a conversation")
    notebook.changed()
    return begun


def _take_out(notebook: Notebook, db: Connection, note: QuickNote, why: str) -> None:
    """Remove a note; one that was never put into the inbox is put there first, for undo."""
    stored.save(db, [note], step=people_steps.step(notebook, "Write a note", "note"))
    stored.remove(db, QuickNote, [note.id], step=people_steps.step(notebook, why, "note"))
    typing_drafts.drop_note(db, note.id)


def throw_away(notebook: Notebook, note: str) -> bool:
    """Throw a note away; undo brings it back. Whether it was there."""
    there = get(notebook, note)
    if there is None:
        return False
    with notebook.vault.people_write() as db:
        _take_out(notebook, db, there, "Throw a note away")
    notebook.changed()
    return True


def tally(
    notebook: Notebook,
    place: str,
    topics: Sequence[str] = (),
    offered: Sequence[str] = (),
    *,
    first_name: str = "",
    note: str = "",
    on: date | None = None,
) -> Tally:
    """Count one short contact, today unless another day is given; no person file is needed.

    ``place`` is an asset's id or a word.
    """
    entry = Tally(
        ids.new_id(), on or notebook.clock().date(), place.strip(), tuple(topics), tuple(offered),
        first_name.strip(), note.strip(), notebook.settings.who,
    )  # fmt: skip
    people_steps.keep(notebook, [entry], "Count a short contact", "tally")
    return entry


def tallies(notebook: Notebook, since: date | None = None, limit: int = 500) -> list[Tally]:
    """Short contacts, the latest first."""
    with notebook.vault.people_read() as db:
        found = stored.since(db, Tally, "on", since)
    return sorted(found, key=lambda entry: entry.on)[::-1][:limit]


def save_tally(notebook: Notebook, entry: Tally) -> Tally:
    """Correct a short contact."""
    people_steps.keep(notebook, [entry], "Change a short contact", "tally")
    return entry


def remove_tally(notebook: Notebook, entry: str) -> bool:
    """Take a short contact out; undo brings it back. Whether it was there."""
    return people_steps.discard(notebook, Tally, [entry], "Take out a short contact")


def tally_counts(notebook: Notebook, by: str, since: date | None = None) -> list[Count]:
    """Contacts counted by "week" (latest first), "place" or "topic" (most first).

    Nothing is suppressed: this is for the coordinator's own eyes.
    """
    if by not in _KEYS:
        raise ValueError(f"by {by}")
    entries = tallies(notebook, since, limit=10**9)
    counted = Counter(key for entry in entries for key in _KEYS[by](entry))
    if by == "week":
        return [Count(key, key, counted[key]) for key in sorted(counted, reverse=True)]
    labels = _place_names(notebook, counted) if by == "place" else {}
    found = [Count(key, labels.get(key, key), number) for key, number in counted.items()]
    return sorted(found, key=lambda count: (-count.count, count.label.casefold(), count.key))


def _monday(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


_KEYS: Mapping[str, Callable[[Tally], Iterable[str]]] = {
    "week": lambda entry: [_monday(entry.on)],
    "place": lambda entry: [entry.place],
    "topic": lambda entry: dict.fromkeys(entry.topics),
}


def place_label(notebook: Notebook, place: str) -> str:
    """The asset's name where a place is one, else the word itself."""
    return _place_names(notebook, [place]).get(place, place)


def _place_names(notebook: Notebook, places: Iterable[str]) -> dict[str, str]:
    """Names of the places that are assets and still there."""
    return {asset.id: asset.name for asset in assets.get_many(notebook, list(places))}
