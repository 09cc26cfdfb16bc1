# SPDX-License-Identifier: AGPL-3.0-or-later
"""One timeline for everything about a person: said, promised, agreed, given and noticed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lac_desktop.domain.conversation import Conversation, Promise
from lac_desktop.domain.days import ends_words, promised_words, spoken_day
from lac_desktop.domain.introduction import FOLLOW_UP_WEEKS, Introduction, StillGoing, Went
from lac_desktop.domain.measures import declined
from lac_desktop.domain.person import Standing
from lac_desktop.domain.wording import Say, english
from lac_desktop.services import (
    assets,
    conversations,
    introductions,
    measures,
    notes,
    people,
    reciprocity,
    strengths,
    tools,
    tried,
)
from lac_desktop.services.notebook import Notebook

#: What can be on a timeline, in the order of the filters: kind -> words.
KINDS: Mapping[str, str] = {
    "conversation": "Conversations",
    "promise": "Promises",
    "standing": "Walking together",
    "agreement": "Agreements",
    "gift": "Gifts and wishes",
    "exchange": "Given and received",
    "introduction": "Introductions",
    "tried": "What we tried",
    "measure": "Measures",
    "tool": "Pages made together",
    "note": "Quick notes",
}
_ALL = 1_000_000
#: So many of the latest conversations are looked through for the latest few lines.
_RECENT = 30
_QUOTE = 160
_STANDING = {
    Standing.ALONGSIDE: "Began to walk alongside",
    Standing.STEPPED_BACK: "Stepped back",
    Standing.BACK: "Back in touch",
    Standing.MOVED: "Moved away",
    Standing.DIED: "Died",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline.

    ``text`` is a sentence, ``quote`` the person's own words or "". ``ref`` is the id of the
    record it comes from: for a promise that of its conversation, for a page that of its tool.
    ``at`` is "HH:MM" or "".
    """

    kind: str
    on: date
    text: str
    ref: str
    quote: str = ""
    at: str = ""


def timeline(
    notebook: Notebook,
    person: str,
    kinds: frozenset[str] = frozenset(),
    say: Say = english,
) -> list[Happening]:
    """Everything about a person, the latest first; of these kinds, or of all where none is given.

    The order is by day and time, so that a clock that was set back changes nothing else.
    """
    wanted = kinds or frozenset(KINDS)
    talks = _talks(notebook, person, _ALL) if wanted & {"conversation", "promise"} else []
    return _gathered(notebook, person, wanted, talks, say)


def lately(notebook: Notebook, person: str, most: int = 5, say: Say = english) -> list[Happening]:
    """The latest lines of the timeline, at most so many, the latest first.

    It costs the same after years: what was said and promised is read from the latest
    conversations alone, so a promise of long ago that was kept only now is not among them.
    """
    talks = _talks(notebook, person, max(most, _RECENT))
    return _gathered(notebook, person, frozenset(KINDS), talks, say)[:most]


def _talks(notebook: Notebook, person: str, most: int) -> list[Conversation]:
    """The latest kept conversations with a person."""
    return conversations.of_person(notebook, person, 0, most)


def _gathered(
    notebook: Notebook,
    person: str,
    kinds: frozenset[str],
    talks: Sequence[Conversation],
    say: Say,
) -> list[Happening]:
    """What these conversations and all other records hold of these kinds, the latest first."""
    made: list[Happening] = []
    if "conversation" in kinds:
        made += _conversations(talks, say)
    if "promise" in kinds:
        made += _promises(notebook, person, talks, say)
    for kind, source in _SOURCES.items():
        if kind in kinds:
            made += source(notebook, person, say)
    return sorted(made, key=lambda one: (one.on, one.at), reverse=True)


def opening_words(conversation: Conversation) -> str:
    """The first of the person's own words, short enough for a line; what is about others is not."""
    for paragraph in conversation.own_words:
        text = " ".join(paragraph.text[: _QUOTE * 4].split())
        if text and not paragraph.about:
            return text if len(text) <= _QUOTE else text[:_QUOTE].rsplit(" ", 1)[0] + "…"
    return ""


def _conversations(talks: Sequence[Conversation], say: Say) -> Iterator[Happening]:
    for one in talks:
        where = say("Conversation: {where}").format(where=one.setting)
        text = where if one.setting else say("Conversation")
        yield Happening("conversation", one.on, text, one.id, opening_words(one), one.at)


def _promises(
    notebook: Notebook, person: str, talks: Sequence[Conversation], say: Say
) -> Iterator[Happening]:
    known = people.names(notebook, [person])
    for talk in talks:
        for one in talk.promises:
            what = promise_words(one, known.get(person, ""), say)
            if one.done_on is None:
                by = promised_words(one.by, notebook.clock().date(), say)
                yield Happening("promise", talk.on, f"{what} ({by})", talk.id)
            else:
                done = say("Done: {what}").format(what=what)
                yield Happening("promise", one.done_on, done, talk.id, one.learned)


def promise_words(promise: Promise, name: str, say: Say = english) -> str:
    """Who said they would do what: "You said you would ring", "Jean said they would ring"."""
    if promise.who == "me":
        return say("You said you would: {what}").format(what=promise.what)
    who = name if promise.who == "you" else promise.who
    return say("{name} said they would: {what}").format(name=who, what=promise.what)


def _standing(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    for one in people.standing_history(notebook, person):
        yield Happening("standing", one.on, say(_STANDING[one.standing]), one.id, one.note)


def _agreements(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    for one in people.agreements(notebook, person):
        if one.kind == "share":
            text = say("Agreed to share {what} with {whom}").format(what=one.what, whom=one.whom)
        else:
            text = say("Agreed to work together")
        if one.until is not None:
            text += f". {ends_words(one.until, notebook.clock().date(), say)}"
        yield Happening("agreement", one.on, text, one.id, one.note)
        if one.withdrawn_on is not None:
            back = say("Took back: {what}").format(what=text)
            yield Happening("agreement", one.withdrawn_on, back, one.id)


def _gifts(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    for gift in strengths.gifts(notebook, person):
        if gift.noticed_on is not None:
            text = say("Gift noticed: {what}").format(what=gift.what)
            yield Happening("gift", gift.noticed_on, text, gift.id, gift.note)
    for wish in strengths.wishes(notebook, person):
        if wish.said_on is not None:
            text = say("Would love: {what}").format(what=wish.what)
            yield Happening("gift", wish.said_on, text, wish.id, wish.note)
        if wish.came_true_on is not None:
            text = say("Came true: {what}").format(what=wish.what)
            yield Happening("gift", wish.came_true_on, text, wish.id)


def _exchanges(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    found = strengths.exchanges(notebook, person)
    names = names_of(notebook, [one.other for one in found] + [one.person for one in found])
    for one in found:
        mine = one.person == person
        gave = one.given if mine else not one.given
        other = one.other if mine else one.person
        words = "Gave {name}: {what}" if gave else "{name} gave: {what}"
        text = say(words).format(name=names.get(other, other), what=one.what)
        yield Happening("exchange", one.on, text, one.id, one.felt)


def _measures(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    taken = strengths.measures(notebook, person)
    known = measures.all_measures() if taken else {}
    for one in taken:
        name = known[one.measure].name if one.measure in known else _title(one.measure)
        words = "Measure not wanted: {name}" if declined(one) else "Measure: {name}"
        text = say(words).format(name=say(name))
        yield Happening("measure", one.on, text, one.id, one.note)


def _tools(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    apart = (tried.TOOL, reciprocity.TOOL)  # kept as sheets, and nothing that was made together
    made = [one for one in strengths.sheets(notebook, person) if one.tool not in apart]
    known = tools.toolbox().tools if made else {}
    for one in made:
        name = known[one.tool].title if one.tool in known else _title(one.tool)
        text = say("Made together: {name}").format(name=say(name))
        yield Happening("tool", one.on, text, one.tool, one.purpose)


def _tried(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    for one in tried.all_tried(notebook, person):
        words = "Tried: {what}. {happened}" if one.happened else "Tried: {what}"
        text = say(words).format(what=one.what, happened=one.happened)
        yield Happening("tried", one.on, text, one.id)


def _introductions(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    found = introductions.of_person(notebook, person)
    names = people.names(notebook, [one.person for one in found])
    for one in found:
        if one.inwards:
            by = one.introduced_by or say("somebody")
            text = say("Introduced to us by {who}").format(who=by)
            yield Happening("introduction", one.on, text, one.id, one.felt)
        elif one.person != person:
            name = names.get(one.person, say("Somebody"))
            text = say("{name} was introduced to them").format(name=name)
            yield Happening("introduction", one.on, text, one.id)
        else:
            yield from _introduced(one, notebook.clock().date(), say)


def _introduced(one: Introduction, today: date, say: Say) -> Iterator[Happening]:
    """An introduction and what became of it."""
    text = say("Introduction: {to}").format(to=one.to)
    if one.first_visit is not None and one.went is Went.NOT_YET and one.ended_on is None:
        day = spoken_day(one.first_visit, today, say)
        text = f"{text}. {say('First visit: {when}').format(when=day)}"
    yield Happening("introduction", one.on, text, one.id)
    if one.went is Went.WENT and one.went_on is not None:
        text = say("Went: {to}").format(to=one.to)
        yield Happening("introduction", one.went_on, text, one.id, one.felt)
    for weeks, going in zip(FOLLOW_UP_WEEKS, (one.at_4_weeks, one.at_12_weeks), strict=True):
        on = one.asks_on(weeks)
        if going is StillGoing.STILL_GOING and on is not None:
            words = say("Still going after {weeks} weeks: {to}")
            yield Happening("introduction", on, words.format(weeks=weeks, to=one.to), one.id)
    if one.contributor_since is not None:
        text = say("Gives there too: {to}").format(to=one.to)
        yield Happening("introduction", one.contributor_since, text, one.id)
    if one.ended_on is not None:
        yield Happening("introduction", one.ended_on, _ended(one, say), one.id)


def _ended(one: Introduction, say: Say) -> str:
    """How an introduction ended."""
    words = "Came to an end: {to}"
    if one.went is Went.NOT_FOR_ME:
        words = "Not for them: {to}"
    elif StillGoing.STEPPED_AWAY in (one.at_4_weeks, one.at_12_weeks):
        words = "Stepped away: {to}"
    return say(words).format(to=one.to)


def _notes(notebook: Notebook, person: str, say: Say) -> Iterator[Happening]:
    for one in notes.of_person(notebook, person):
        text = say("Quick note: {text}").format(text=" ".join(one.text[:400].split()))
        yield Happening("note", one.made.date(), text, one.id, "", f"{one.made:%H:%M}")


def names_of(notebook: Notebook, ids: list[str]) -> dict[str, str]:
    """Names of people and assets by id; what is neither is a plain name and left out."""
    found = people.names(notebook, ids)
    places = assets.get_many(notebook, [one for one in ids if one not in found])
    return found | {place.id: place.name for place in places}


def _title(name: str) -> str:
    """A readable name for the id of a measure or tool: "one-page" becomes "One page"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


#: What is not read out of conversations.
_SOURCES: Mapping[str, Callable[[Notebook, str, Say], Iterator[Happening]]] = {
    "standing": _standing,
    "agreement": _agreements,
    "gift": _gifts,
    "exchange": _exchanges,
    "introduction": _introductions,
    "tried": _tried,
    "measure": _measures,
    "tool": _tools,
    "note": _notes,
}
