# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a record about people, field by field, as sentences; shared by all forms."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from lac_desktop.domain.asset_check import LONGEST_NAME, FieldProblem, postcode_of
from lac_desktop.domain.conversation import Addendum, Conversation, QuickNote, Tally
from lac_desktop.domain.geometry import UK
from lac_desktop.domain.introduction import Considered, Introduction
from lac_desktop.domain.person import Agreement, Person, StandingChange
from lac_desktop.domain.strengths import Exchange, Gift, MeasureTaken, ToolSheet, Wish

__all__ = ["FieldProblem", "problems_of"]

#: Nobody has lived longer than 122 years.
_OLDEST = 122
#: Longest text of one field, in characters: several books.
LONGEST_TEXT = 5_000_000
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_TO_COME = "This day is still to come."
_HOW = ("spoken", "written", "signed")


def problems_of(record: Any, today: date) -> list[FieldProblem]:
    """Everything wrong with a record; one that ``must`` be put right cannot be kept as it is.

    ``record`` is a noun of domain/person.py, conversation.py, strengths.py or introduction.py;
    others pass.
    """
    check = _CHECKS.get(type(record))
    return list(check(record, today)) if check else []


def _person(person: Person, today: date) -> Iterator[FieldProblem]:
    if not person.name.strip():
        yield FieldProblem("name", "A name is needed. A first name will do.", must=True)
    for field, what in (("name", "name"), ("full_name", "full name")):
        if len(getattr(person, field)) > LONGEST_NAME:
            yield FieldProblem(
                field,
                f"The {what} has {len(getattr(person, field)):,} characters. Keep it to "
                f"{LONGEST_NAME} and put the rest in the note.",
                must=True,
            )
    yield from _born(person.born, today)
    if person.introduced_on is not None and person.introduced_on > today:
        yield FieldProblem("introduced_on", _TO_COME, must=True)
    if person.home is not None and not UK.holds(person.home):
        yield FieldProblem("home", "This position is not in the UK.", must=True)
    if person.home_postcode and not postcode_of(person.home_postcode):
        yield FieldProblem(
            "home_postcode", f"“{person.home_postcode}” is not a postcode. Type it like LE15 6RE."
        )
    if any(not reach.value.strip() for reach in person.reach):
        yield FieldProblem("reach", "One way to reach them is empty. Fill it in or take it out.")
    if any(other == person.id for other, _tie in person.alongside):
        yield FieldProblem("alongside", "Nobody walks alongside themselves.", must=True)


def _born(born: date | None, today: date) -> Iterator[FieldProblem]:
    if born is None:
        return
    if born > today:
        yield FieldProblem(
            "born", "This date of birth is still to come. Check the year.", must=True
        )
    elif today.year - born.year > _OLDEST:
        yield FieldProblem("born", f"This makes them over {_OLDEST}. Check the year.")


def _standing(change: StandingChange, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(change.person)
    if change.on > today:
        yield FieldProblem("on", _TO_COME, must=True)


def _agreement(agreement: Agreement, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(agreement.person)
    if agreement.kind not in ("work together", "share"):
        yield FieldProblem("kind", "Say whether it is to work together or to share.", must=True)
    if agreement.how not in _HOW:
        yield FieldProblem("how", "Say whether it was spoken, written or signed.", must=True)
    if agreement.kind == "share" and not agreement.what.strip():
        yield FieldProblem("what", "Say what may be shared.", must=True)
    if agreement.kind == "share" and not agreement.whom.strip():
        yield FieldProblem("whom", "Say with whom it may be shared.", must=True)
    if agreement.on > today:
        yield FieldProblem("on", _TO_COME, must=True)
    if agreement.until is not None and agreement.until < agreement.on:
        yield FieldProblem("until", "It ends before it begins.", must=True)
    if agreement.withdrawn_on is not None and not agreement.on <= agreement.withdrawn_on <= today:
        yield FieldProblem(
            "withdrawn_on", "It can be withdrawn from the day it was given until today.", must=True
        )


def _conversation(conversation: Conversation, today: date) -> Iterator[FieldProblem]:
    if not conversation.people:
        yield FieldProblem("people", "Say whom you spoke with.", must=True)
    if conversation.on > today:
        yield FieldProblem("on", _TO_COME, must=True)
    if conversation.at and not _CLOCK.fullmatch(conversation.at):
        yield FieldProblem(
            "at", f"“{conversation.at}” is not a time. Type it like 14:30.", must=True
        )
    written = [p.text for p in (*conversation.own_words, *conversation.reflection)]
    written += [conversation.strong, conversation.matters, conversation.who_else]
    written += [promise.what for promise in conversation.promises]
    if not any(text.strip() for text in written):
        yield FieldProblem("own_words", "Nothing is written yet. One sentence will do.", must=True)
    if sum(map(len, written)) > LONGEST_TEXT:
        yield FieldProblem(
            "own_words", f"This is over {LONGEST_TEXT:,} characters. Make it two.", must=True
        )
    if any(not promise.what.strip() for promise in conversation.promises):
        yield FieldProblem("promises", "Say what will be done, or take the line out.", must=True)


def _addendum(addendum: Addendum, _today: date) -> Iterator[FieldProblem]:
    if not addendum.text.strip() and not addendum.statement.strip():
        yield FieldProblem("text", "Say what is to be put right.", must=True)
    yield from _not_too_long(addendum, "text", "statement")


def _quick_note(note: QuickNote, _today: date) -> Iterator[FieldProblem]:
    if not note.text.strip():
        yield FieldProblem("text", "The note is empty.", must=True)
    yield from _not_too_long(note, "text")


def _tally(tally: Tally, today: date) -> Iterator[FieldProblem]:
    if tally.on > today:
        yield FieldProblem("on", _TO_COME, must=True)
    if len(tally.first_name) > LONGEST_NAME:
        yield FieldProblem("first_name", "A first name is enough.", must=True)
    yield from _not_too_long(tally, "note", "place")


def _gift(gift: Gift, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(gift.person)
    yield from _said(gift.what, "Say what they are good at.")
    if gift.noticed_on is not None and gift.noticed_on > today:
        yield FieldProblem("noticed_on", _TO_COME, must=True)
    yield from _not_too_long(gift, "what", "note")


def _wish(wish: Wish, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(wish.person)
    yield from _said(wish.what, "Say what they would love.")
    for field in ("said_on", "came_true_on"):
        day = getattr(wish, field)
        if day is not None and day > today:
            yield FieldProblem(field, _TO_COME, must=True)
    yield from _not_too_long(wish, "what", "note")


def _exchange(exchange: Exchange, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(exchange.person)
    yield from _said(exchange.what, "Say what was given.")
    if exchange.other == exchange.person:
        yield FieldProblem("other", "Say who the other one was.", must=True)
    if exchange.on > today:
        yield FieldProblem("on", _TO_COME, must=True)
    yield from _not_too_long(exchange, "what", "felt")


def _dated(record: MeasureTaken | ToolSheet, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(record.person)
    if record.on > today:
        yield FieldProblem("on", _TO_COME, must=True)


def _introduction(made: Introduction, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(made.person)
    if not (made.inwards or made.to.strip() or made.to_asset or made.to_person):
        # it may be so once whoever it led to was erased, and must not stop the story then
        yield FieldProblem("to", "Say to whom or what.")
    if made.to_person and made.to_person == made.person:
        yield FieldProblem("to", "Nobody is introduced to themselves.", must=True)
    if made.first_time and not _CLOCK.fullmatch(made.first_time):
        yield FieldProblem(
            "first_time", f"“{made.first_time}” is not a time. Type it like 14:30.", must=True
        )
    if not 0 <= made.rung <= 7:
        yield FieldProblem("rung", "The ladder has rungs 1 to 7.", must=True)
    for field in ("on", "went_on", "contributor_since", "ended_on"):
        day = getattr(made, field)
        if day is not None and day > today:
            yield FieldProblem(field, _TO_COME, must=True)
    yield from _not_too_long(made, "to", "told", "thought_first", "felt", "learned", "who_meets")


def _considered(thought: Considered, today: date) -> Iterator[FieldProblem]:
    yield from _of_somebody(thought.person)
    if not thought.key and not thought.title.strip():
        yield FieldProblem("title", "Say what was thought about.", must=True)
    if thought.on > today:
        yield FieldProblem("on", _TO_COME, must=True)
    yield from _not_too_long(thought, "title", "why", "happened", "next")


def _of_somebody(person: str) -> Iterator[FieldProblem]:
    if not person:
        yield FieldProblem("person", "Say whom this is about.", must=True)


def _said(what: str, message: str) -> Iterator[FieldProblem]:
    if not what.strip():
        yield FieldProblem("what", message, must=True)


def _not_too_long(record: object, *fields: str) -> Iterator[FieldProblem]:
    for field in fields:
        if len(getattr(record, field)) > LONGEST_TEXT:
            yield FieldProblem(field, f"This text is over {LONGEST_TEXT:,} characters.", must=True)


_CHECKS: Mapping[type, Callable[[Any, date], Iterator[FieldProblem]]] = {
    Person: _person,
    StandingChange: _standing,
    Agreement: _agreement,
    Conversation: _conversation,
    Addendum: _addendum,
    QuickNote: _quick_note,
    Tally: _tally,
    Gift: _gift,
    Wish: _wish,
    Exchange: _exchange,
    MeasureTaken: _dated,
    ToolSheet: _dated,
    Introduction: _introduction,
    Considered: _considered,
}
