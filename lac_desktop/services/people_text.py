# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation or a person as plain text, for the council's own case system."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from lac_desktop.domain.conversation import (
    GOOD_LIFE,
    Addendum,
    Conversation,
    Paragraph,
    Promise,
)
from lac_desktop.domain.person import (
    INFORMATION,
    INTRODUCED_BY,
    Agreement,
    Person,
    StandingChange,
)
from lac_desktop.domain.wording import clock_time, long_date


def conversation_text(
    conversation: Conversation, names: Mapping[str, str], addenda: Sequence[Addendum]
) -> str:
    """A conversation under headings, with its corrections; ``names`` by id of person."""
    with_whom = ", ".join(names.get(person, "somebody") for person in conversation.people)
    when = long_date(conversation.on)
    if conversation.at:
        hour, minute = map(int, conversation.at.split(":"))
        when += f", {clock_time(time(hour, minute))}"
    parts = [
        ("Conversation with " + with_whom, when),
        ("Where", conversation.setting),
        ("In their own words", _paragraphs(conversation.own_words)),
        ("What's strong", conversation.strong),
        ("What matters now", conversation.matters),
        ("What each of us will do", "\n".join(map(_promise, conversation.promises))),
        ("Who else", conversation.who_else),
        ("A good life", _words(conversation.good_life, GOOD_LIFE)),
        ("What the coordinator noticed", _paragraphs(conversation.reflection)),
        ("Read back", "Read back together." if conversation.read_back else ""),
        ("Written by", conversation.by),
        *(("Correction", _correction(addendum)) for addendum in addenda),
    ]
    return _under_headings(parts)


def person_text(
    person: Person,
    standing: Sequence[StandingChange],
    agreements: Sequence[Agreement],
    together: Sequence[tuple[str, str]],
    today: date,
) -> str:
    """What is known of a person and agreed with them, under headings; home is left out."""
    parts = [
        (person.full_name or person.name, person.pronouns),
        ("Called", person.name if person.full_name else ""),
        ("Born", long_date(person.born) if person.born else ""),
        ("How to reach them", "\n".join(_reach(person))),
        ("Language they wish to speak", person.language),
        ("Wishes for information", _words(person.information, INFORMATION)),
        ("Introduced by", "\n".join(_introduced(person))),
        ("Carer", "\n".join(_carer(person))),
        ("Walked with together", "\n".join(f"{name} ({tie})" for name, tie in together)),
        ("Interests", ", ".join(person.interests)),
        ("Does not like", person.dislikes),
        ("Access that matters", ", ".join(person.access_wishes)),
        ("Note", person.note),
        ("Where the walk stands", "\n".join(map(_change, standing))),
        ("Agreed", "\n".join(_agreed(agreement, today) for agreement in agreements)),
    ]
    return _under_headings(parts)


def _under_headings(parts: Iterable[tuple[str, str]]) -> str:
    first, *rest = parts
    blocks = ["\n".join(line for line in first if line)]
    blocks += [f"{heading}\n{text.strip()}" for heading, text in rest if text.strip()]
    return "\n\n".join(blocks) + "\n"


def _words(values: Iterable[str], words: Mapping[str, str]) -> str:
    return ", ".join(words.get(value, value) for value in values)


def _paragraphs(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join(f"[About {p.about}] {p.text}" if p.about else p.text for p in paragraphs)


def _promise(promise: Promise) -> str:
    who = {"me": "Coordinator", "you": "They"}.get(promise.who, promise.who)
    text = f"{who}: {promise.what}"
    if promise.by:
        text += f", by {long_date(promise.by)}"
    if promise.done_on:
        text += f" (done on {long_date(promise.done_on)})"
    return f"{text} {promise.learned}".rstrip()


def _correction(addendum: Addendum) -> str:
    lines = [f"{long_date(addendum.made.date())} {addendum.by}".rstrip()]
    if addendum.text:
        lines.append(addendum.text)
    if addendum.statement:
        lines.append(f"The person's own statement: {addendum.statement}")
    return "\n".join(lines)


def _reach(person: Person) -> list[str]:
    return [
        f"{way.kind}: {way.value} ({way.note})" if way.note else f"{way.kind}: {way.value}"
        for way in person.reach
    ]


def _introduced(person: Person) -> list[str]:
    agreed = {True: "They agreed to it.", False: "They had not agreed to it.", None: ""}
    by = INTRODUCED_BY.get(person.introduced_by, person.introduced_by)
    on = long_date(person.introduced_on) if person.introduced_on else ""
    facts = ", ".join(fact for fact in (by, person.introduced_who, on) if fact)
    said = agreed[person.introduced_agreed] if facts else ""
    hope = f"Hope: {person.introduced_hope}" if person.introduced_hope else ""
    return [line for line in (facts, said, hope) if line]


def _carer(person: Person) -> list[str]:
    is_carer = {True: "Yes", False: "No", None: ""}[person.carer]
    whom = f"For {person.carer_for}" if person.carer_for else ""
    wants = f"Wants for themself: {person.carer_wants}" if person.carer_wants else ""
    return [line for line in (is_carer, whom, wants) if line]


def _change(change: StandingChange) -> str:
    text = f"{long_date(change.on)}: {change.standing.value}"
    return f"{text}. {change.note}" if change.note else text


def _agreed(agreement: Agreement, today: date) -> str:
    what = "To work together"
    if agreement.kind == "share":
        what = f"To share {agreement.what} with {agreement.whom}"
    text = f"{what}, {agreement.how} on {long_date(agreement.on)}"
    if agreement.until:
        text += f", until {long_date(agreement.until)}"
    if agreement.withdrawn_on:
        text += f", withdrawn on {long_date(agreement.withdrawn_on)}"
    elif not agreement.holds_on(today):
        text += ", run out"
    return f"{text}. {agreement.note}" if agreement.note else f"{text}."
