# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be known about a person, in groups that stay out of sight until they are wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from lac_desktop.domain.person import INFORMATION, INTRODUCED_BY, Person
from lac_desktop.domain.wording import DAYS, long_date, time_range
from lac_desktop.services import about, interests
from lac_desktop.ui.asset.facts import ACCESS
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

_DAYS: dict[str, str] = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), DAYS, strict=True))
_DAY = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su)\b")
_SPAN = re.compile(r"\b([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)\b")
_BETWEEN = re.compile(r"(?<=[a-zâêîôûŵŷ])-(?=[A-Z])")
REACH = {
    "phone": "Phone",
    "email": "Email",
    "address": "Address",
    "through": "Through somebody",
    "other": "Another way",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One field: attribute of Person, label, how it is typed, hint, choices.

    ``kind`` is "line", "text", "day", "one", "many", "words", "yes-no", "reach", "place" or
    "hours". ``own`` marks what are the person's own words.
    """

    name: str
    text: str
    kind: str = "line"
    hint: str = ""
    options: Mapping[str, str] | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are asked for and shown together; ``menu`` is the line that adds it."""

    id: str
    text: str
    menu: str
    facts: tuple[Fact, ...]


GROUPS = (
    Group("reach", "How to reach them", "How to reach them", (
        Fact("reach", "Ways to reach them", "reach"),
    )),
    Group("names", "Name", "Full name, pronouns, date of birth", (
        Fact("name", "Name", hint="What they like to be called."),
        Fact("full_name", "Full name"),
        Fact("pronouns", "Pronouns"),
        Fact("born", "Date of birth", "day", "Such as 5 March 1948. Only where it is of use."),
    )),
    Group("language", "Language and information", "Language, and how to give information", (
        Fact("language", "Language they wish to speak"),
        Fact("information", "Information, if they wish", "many", options=INFORMATION),
    )),
    Group("introduced", "How they came", "Who introduced them", (
        Fact("introduced_by", "Introduced by", "one", options=INTRODUCED_BY),
        Fact("introduced_who", "Who that was", hint="A name, or a team."),
        Fact("introduced_on", "On", "day", "Such as 5 March 2026, or today."),
        Fact("introduced_agreed", "Did they agree to be introduced?", "yes-no"),
        Fact("introduced_hope", "What they hope", "text", "In their own words.", own=True),
    )),
    Group("home", "Home", "Home, as a postcode or a pin", (
        Fact("home", "Where home is", "place"),
        Fact("home_note", "About getting there", hint="Such as: the side door, ring twice."),
    )),
    Group("carer", "Caring for somebody", "That they care for somebody", (
        Fact("carer", "Do they care for somebody?", "yes-no"),
        Fact("carer_for", "For whom"),
        Fact("carer_wants", "What they want for themself", "text", "In their own words.",
             own=True),
    )),
    Group("likes", "Likes and dislikes", "What they like, and what they do not", (
        Fact("interests", "Interests", "words", "With commas between them."),
        Fact("dislikes", "What they do not want", "text", "As they said it.", own=True),
    )),
    Group("access", "What makes it easier", "What makes a place easier for them", (
        Fact("access_wishes", "It matters to them", "many", options=ACCESS),
    )),
    Group("free", "When they are free", "When they are free", (
        Fact("free_times", "Free times", "hours", "Such as: Tuesdays 2pm to 5pm."),
    )),
    Group("note", "Note", "A note", (Fact("note", "Note", "text"),)),
)  # fmt: skip


def known_lines(notebook: Notebook, person: Person, group: Group) -> list[tuple[str, bool]]:
    """What a group says of a person: lines, and which of them are their own words."""
    found: list[tuple[str, bool]] = []
    for fact in group.facts:
        for text in _SHOWN.get(fact.kind, _plain)(notebook, person, fact):
            found.append((text, fact.own))
    if group.id == "names" and found == [(person.name, False)]:
        return []  # the name alone stands at the head of the page
    return found


def _plain(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    """A text as it is; short ones with their label where that says more."""
    text = str(getattr(person, fact.name) or "").strip()
    if not text or fact.own or fact.kind == "text" or fact.name in ("name", "full_name"):
        return [text] if text else []
    return [f"{tr(fact.text)}: {text}"]


def _day(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    day = getattr(person, fact.name)
    return [f"{tr(fact.text)}: {long_date(day, tr)}"] if day else []


def _one(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    value = getattr(person, fact.name)
    return [tr(dict(fact.options or {}).get(value) or str(value))] if value else []


def _many(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    options = dict(fact.options or {})
    words = [tr(options.get(str(one)) or str(one)) for one in getattr(person, fact.name)]
    return [", ".join(words)] if words else []


def _words(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    table = interests.load()
    words = [table.words_of(one) for one in getattr(person, fact.name)]
    return [", ".join(words)] if words else []


def _yes_no(_notebook: Notebook, person: Person, fact: Fact) -> Sequence[str]:
    value = getattr(person, fact.name)
    if value is None:
        return []
    return [f"{tr(fact.text)} {tr('Yes') if value else tr('No')}"]


def _reach(_notebook: Notebook, person: Person, _fact: Fact) -> Sequence[str]:
    return [reach_words(one.kind, one.value, one.note) for one in person.reach]


def _place(_notebook: Notebook, person: Person, _fact: Fact) -> Sequence[str]:
    where = person.home_postcode or (tr("A pin on the map") if person.home else "")
    return [where] if where else []


def _hours(notebook: Notebook, person: Person, _fact: Fact) -> Sequence[str]:
    spec = person.free_times
    said = about.hours_sentence(notebook, spec)
    now = {"Open now": tr("Free now")}.get(said.split(",")[0], "")
    return [f"{spoken_hours(spec)}. {now}".strip(" .")] if spec else []


def spoken_hours(spec: str) -> str:
    """Free times as people say them: "Tuesday to Thursday 1pm to 5pm"; "; " becomes a comma."""
    clock = _SPAN.sub(lambda m: time_range(time(int(m[1]), int(m[2])), time(int(m[3]) % 24,
                                           int(m[4])), tr), spec)  # fmt: skip
    named = _DAY.sub(lambda m: tr(_DAYS[m[1]]), clock)
    return _BETWEEN.sub(f" {tr('to')} ", named).replace(";", ",").replace(" off", f" {tr('not')}")


def reach_words(kind: str, value: str, note: str) -> str:
    """One way to reach somebody in a line."""
    said = f"{tr(REACH.get(kind, 'Another way'))}: {value}"
    return f"{said} ({note})" if note else said


_SHOWN: Mapping[str, Callable[[Notebook, Person, Fact], Sequence[str]]] = {
    "day": _day,
    "one": _one,
    "many": _many,
    "words": _words,
    "yes-no": _yes_no,
    "reach": _reach,
    "place": _place,
    "hours": _hours,
}
