# SPDX-License-Identifier: AGPL-3.0-or-later
"""People at the size of years of work: typing, opening a person, searching every conversation.

Each figure stands beside what one would write first: a row with its history for every keystroke,
reading all conversations, ``LIKE '%…%'`` over the texts.

Run: ``python -m tests.benchmarks.bench_people [--conversations 20000]``
"""

import argparse
import bisect
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from lac_desktop.domain.conversation import Conversation, Paragraph, Promise
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.person import Person
from lac_desktop.services import conversations, notebook, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import people_records as stored
from lac_desktop.storage.keys import FAST_FOR_TESTS
from lac_desktop.storage.steps import Step

NOW = datetime(2026, 11, 21, 11, 0)
_COMMON = (
    "the and to she he garden with shed her his a of would love for more time friend bus library "
    "Tuesday walk dog knitting music church allotment sister daughter son neighbour tea cake kind "
    "repair bike radio choir old new stairs phone ring go help show young people"
)
EVERYDAY = tuple(_COMMON.split())
NAMES = ("Jean", "Mo", "Ifor", "Siân", "Ada", "Ola", "Kit", "Bea")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "tu")


def vocabulary(chance: random.Random, size: int = 12_000) -> list[str]:
    """Everyday words first, then invented ones, as a language has them."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(size)}
    return [*EVERYDAY, *sorted(made)]


def writer(chance: random.Random) -> Callable[[int], str]:
    """Writes so many words, each as rare as its rank (Zipf)."""
    words = vocabulary(chance)
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))

    def write(count: int) -> str:
        drawn = (chance.uniform(0, weights[-1]) for _ in range(count))
        return " ".join(words[bisect.bisect_left(weights, at)] for at in drawn)

    return write


def fill(book: Notebook, count: int) -> list[Person]:
    """Two hundred people; one has 500 conversations, the others share the rest."""
    chance = random.Random(7)
    write = writer(chance)
    some = [Person(new_id(), f"{NAMES[n % len(NAMES)]} {n}") for n in range(200)]
    talks = [
        _talk(chance, write, some[0 if n < 500 else chance.randrange(200)]) for n in range(count)
    ]
    with book.vault.people_write() as db:
        stored.save(db, [*some, *talks], step=Step("A", "Fill", NOW, "import"))
    return some


def _talk(chance: random.Random, write: Callable[[int], str], person: Person) -> Conversation:
    day = date(2026, 11, 20) - timedelta(days=chance.randrange(2000))
    done = None if chance.random() < 0.05 else day
    return Conversation(
        new_id(),
        (person.id,),
        day,
        setting="At the library",
        own_words=tuple(Paragraph(write(40)) for _ in range(3)),
        reflection=(Paragraph(write(30)),),
        strong=write(10),
        matters=write(10),
        promises=(Promise(new_id(), "me", write(6), day + timedelta(days=14), done),),
        kept=True,
        started=NOW,
        changed=NOW,
    )


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each call."""
    taken: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def line(what: str, taken: Sequence[float]) -> None:
    """Print the middle and the 95th of a hundred."""
    ordered = sorted(taken)
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{what:<66} {statistics.median(ordered):9.2f} {worst:9.2f}")


def typing(book: Notebook, person: Person, words: int, said: str, times: int) -> None:
    """A key to the saved draft, with so many words written already."""
    text = writer(random.Random(3))(words)
    talk = replace(conversations.new(book, [person.id]), own_words=(Paragraph(text),))
    turn = conversations.save_draft(book, talk)
    keys = itertools.count()

    def press() -> None:
        nonlocal turn
        typed = replace(talk, strong=f"key {next(keys)}")
        turn = conversations.save_draft(book, typed, turn)

    def record() -> None:
        typed = replace(talk, own_words=(Paragraph(f"{text} {next(keys)}"),))
        with book.vault.people_write() as db:
            stored.save(db, [typed], step=Step("A", "Type", NOW))

    line(f"key to saved draft, {said}", timed(press, times))
    conversations.discard_draft(book, talk.id)
    line("  alternative: a record with history a key", timed(record, max(5, times // 4)))


def opening(book: Notebook, person: Person) -> None:
    """A person with 500 conversations: their page, the list of everybody, what is due."""

    def page() -> None:
        assert people.opened(book, person.id) is not None
        people.agreements(book, person.id)
        people.standing_history(book, person.id)
        assert conversations.count_of(book, person.id) >= 500
        assert len(conversations.of_person(book, person.id)) == 50

    line("open a person with 500 conversations, 50 shown", timed(page, 40))
    every = timed(lambda: conversations.of_person(book, person.id, 0, 10_000), 20)
    line("  alternative: read all of them", every)
    line("list of everybody", timed(lambda: people.all_people(book), 20))
    line("promises due", timed(lambda: conversations.due(book, date(2026, 11, 28)), 20))


def _like(book: Notebook, text: str) -> None:
    condition = " AND ".join(
        ["(own_words LIKE ? OR reflection LIKE ? OR strong LIKE ? OR matters LIKE ?)"]
        * len(text.split())
    )
    values = [f"%{word}%" for word in text.split() for _ in range(4)]
    with book.vault.people_read() as db:
        db.execute(
            f'SELECT id FROM conversation WHERE {condition} ORDER BY "on" DESC LIMIT 50',
            values,
        ).fetchall()


def searching(book: Notebook) -> None:
    """Words as they are typed, from the commonest to the rarest, one to three at once."""
    chance = random.Random(5)
    words = vocabulary(random.Random(7))
    rare = [" ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(60)]
    common = [" ".join(chance.sample(EVERYDAY, chance.randint(1, 3))) for _ in range(60)]
    begun = [text[: chance.randint(1, len(text))] for text in common]
    for said, texts in (("any words", rare), ("everyday words", common), ("half typed", begun)):
        found = [timed(lambda t=text: conversations.search(book, t), 1)[0] for text in texts]
        line(f"search, {said}", found)
        like = [timed(lambda t=text: _like(book, t), 1)[0] for text in texts[:10]]
        line("  alternative: LIKE", like)


def main() -> None:
    """Fill a notebook, measure, print a table in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    count = parser.parse_args().conversations
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "bench.lac"
        notebook.create(folder, "bench words", strength=FAST_FOR_TESTS)
        book = notebook.unlock(folder, "bench words", clock=lambda: NOW)
        began = time.perf_counter()
        some = fill(book, count)
        size = (folder / "people.db").stat().st_size / 1e6
        print(f"{count:,} conversations in {time.perf_counter() - began:.1f} s, {size:.0f} MB")
        print(f"{'milliseconds':<66} {'median':>9} {'p95':>9}")
        typing(book, some[0], 300, "300 words", 200)
        typing(book, some[0], 170_000, "1 MB pasted", 30)
        opening(book, some[0])
        searching(book)
        notebook.lock(book)


if __name__ == "__main__":
    main()
