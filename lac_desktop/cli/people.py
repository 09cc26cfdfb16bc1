# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop people`` and ``lac-desktop note``: for checks and for support staff."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lac_desktop.cli.output import ANY_PATH, passphrase_option, read_passphrase, say, say_json, told
from lac_desktop.domain.rights import ERASED_BECAUSE
from lac_desktop.domain.wording import long_date
from lac_desktop.errors import LacError

if TYPE_CHECKING:
    from lac_desktop.domain.person import Person
    from lac_desktop.services.notebook import Notebook

F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def opened(vault: Path, passphrase_file: Path | None) -> "Iterator[Notebook]":
    """The notebook in a folder, locked again after the block."""
    from lac_desktop.services import notebook

    book = notebook.unlock(vault, read_passphrase(passphrase_file))
    try:
        yield book
    finally:
        notebook.lock(book)


def of_notebook(command: F) -> F:
    """Add ``--vault``, ``--json`` and the passphrase, and tell known problems as sentences."""

    @click.option(
        "--vault",
        required=True,
        type=ANY_PATH,
        help="Folder of the notebook.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
    @passphrase_option
    @told
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return run  # pyright: ignore[reportReturnType]  # click changes the signature


@click.group()
def people() -> None:
    """Look after people’s records: add, list, show, erase, hand over."""


@people.command("add")
@click.argument("name")
@of_notebook
def add(name: str, vault: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """Begin to walk alongside NAME."""
    from lac_desktop.services import people as service

    with opened(vault, passphrase_file) as book:
        person = service.add(book, name)
    if as_json:
        say_json({"id": person.id, "name": person.name})
    else:
        say(person.id)


@people.command("list")
@of_notebook
def list_people(vault: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List everybody with where the walk stands."""
    from lac_desktop.services import people as service

    with opened(vault, passphrase_file) as book:
        rows = service.all_people(book)
    if as_json:
        say_json(
            [
                {
                    "id": row.id,
                    "name": row.name,
                    "standing": row.standing.value,
                    "last_contact": row.last_contact.isoformat() if row.last_contact else None,
                    "conversations": row.conversations,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        last = f", last spoken on {long_date(row.last_contact)}" if row.last_contact else ""
        say(f"{row.id}  {row.name}: {row.standing.value}{last}")


@people.command("show")
@click.argument("person")
@of_notebook
def show(person: str, vault: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """Show what is known of PERSON (a number); noted in the access log."""
    from lac_desktop.services import conversations
    from lac_desktop.services import people as service

    with opened(vault, passphrase_file) as book:
        found = service.opened(book, person)
        if found is None:
            raise _not_there()
        if not as_json:
            say(service.as_text(book, person))
            return
        answer = _plain(found) | {
            "standing": service.standing(book, person).value,
            "conversations": conversations.count_of(book, person),
        }
    say_json(answer)


@people.command("erase")
@click.argument("person")
@click.option(
    "--because",
    type=click.Choice(tuple(ERASED_BECAUSE)),
    default="asked",
    show_default=True,
    help="Why: remembered beside the number.",
)
@click.option("--preview", is_flag=True, help="Say what would go, and erase nothing.")
@of_notebook
def erase(
    person: str,
    because: str,
    preview: bool,
    vault: Path,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Erase PERSON (a number) for good, from every page of the file and its history."""
    from lac_desktop.services import rights_erasure

    with opened(vault, passphrase_file) as book:
        seen = rights_erasure.preview(book, person)
        counts = dict(seen.counts)
        if not preview:
            counts = dict(rights_erasure.erase(book, person, because).counts)
    if as_json:
        say_json({"id": person, "erased": not preview, "rows": counts, "shared": len(seen.shared)})
        return
    say("This would go:" if preview else "Erased for good:")
    for title, number in counts.items():
        say(f"  {title}: {number:,}")
    if seen.shared:
        say(f"  Conversations with others that stay without them: {len(seen.shared):,}")


@people.command("sar")
@click.argument("person")
@click.argument("out", type=ANY_PATH)
@click.option("--recipient", default="", help="Who receives it, for the record.")
@click.option("--reason", default="", help="Why, for the record.")
@of_notebook
def sar(
    person: str,
    out: Path,
    recipient: str,
    reason: str,
    vault: Path,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Write everything about PERSON to OUT: a folder, or a name ending in .html, .json or .zip.

    Passages about others are taken out as usual; the window shows each for a decision.
    """
    from lac_desktop.services import rights_report

    with opened(vault, passphrase_file) as book:
        given = rights_report.write(book, person, out, recipient=recipient, reason=reason)
    if as_json:
        files = [str(file) for file in given.files]
        say_json({"files": files, "records": given.records, "withheld": given.withheld})
        return
    for file in given.files:
        say(str(file))
    say(f"{given.records:,} records. Passages about others changed: {given.withheld:,}.")


@click.group()
def note() -> None:
    """Ten-second notes."""


@note.command("add")
@click.argument("text")
@click.option("--person", default="", help="Sort it to this person (a number).")
@of_notebook
def add_note(
    text: str, person: str, vault: Path, as_json: bool, passphrase_file: Path | None
) -> None:
    """Keep TEXT as a note; - reads it from standard input."""
    from lac_desktop.services import notes
    from lac_desktop.services import people as service

    words = _standard_input() if text == "-" else text
    with opened(vault, passphrase_file) as book:
        if person and service.get(book, person) is None:
            raise _not_there()
        kept = notes.quick(book, words)
        if person:
            kept = notes.sort_to(book, kept.id, person) or kept
    if as_json:
        say_json({"id": kept.id, "person": kept.person or None})
    else:
        say(kept.id)


@note.command("list")
@click.option("--person", default="", help="Those sorted to this person (a number).")
@of_notebook
def list_notes(person: str, vault: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List notes that are not sorted yet, the latest first."""
    from lac_desktop.services import notes

    with opened(vault, passphrase_file) as book:
        found = notes.of_person(book, person) if person else notes.inbox(book)
    if as_json:
        say_json(
            [
                {
                    "id": one.id,
                    "text": one.text,
                    "made": one.made.isoformat(timespec="seconds"),
                    "person": one.person or None,
                }
                for one in found
            ]
        )
        return
    for one in found:
        say(f"{one.id}  {one.made:%Y-%m-%d %H:%M}  {one.text}")


def _plain(person: "Person") -> dict[str, Any]:
    """What is known of a person as JSON can hold it, days as ISO dates."""
    return json.loads(json.dumps(asdict(person), default=str))


def _standard_input() -> str:
    """Standard input as UTF-8, whatever the console's own encoding."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig").rstrip("\n")
    except UnicodeDecodeError as error:
        raise LacError(
            "The text on standard input is not UTF-8.", "Save it as UTF-8, then send it again."
        ) from error


def _not_there() -> LacError:
    return LacError("This person is not in the notebook.", "See “people list” for the numbers.")
