# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was thought about or tried with a person; the ladder looks different because of it.

Of each suggestion the latest word counts. Success and failure are told alike.
"""

from dataclasses import replace
from datetime import date, timedelta

from lac_desktop.domain import ids
from lac_desktop.domain.introduction import Considered, Thought
from lac_desktop.domain.strengths import Offer
from lac_desktop.domain.wording import long_date
from lac_desktop.services import people, people_steps, strengths
from lac_desktop.services.notebook import Notebook

#: "Later" without a day comes back after so many weeks.
LATER_WEEKS = 4
_PERSON, _GIFT = "person:", "gift:"
#: Suggestions that name another person: their words are put together anew when they are read.
_NAMED = (_PERSON, _GIFT)
_NOBODY = "Somebody who is not here any more"
_NO_GIFT = "A gift that is not offered any more"


def remember(
    notebook: Notebook,
    person: str,
    key: str,
    title: str,
    rung: int = 0,
    thought: Thought = Thought.THOUGHT_ABOUT,
    why: str = "",
    happened: str = "",
    next: str = "",  # noqa: A002 - the noun's own field
    until: date | None = None,
) -> Considered:
    """Keep what became of a suggestion today, as one step that undo takes back.

    ``key`` names the suggestion ("asset:ID", "approach:homeshare", "gift:ID"). "Later" without a
    day gets one in :data:`LATER_WEEKS` weeks. Raises LacError for what cannot be kept.
    """
    today = notebook.clock().date()
    if thought is not Thought.LATER:
        until = None
    elif until is None:
        until = today + timedelta(weeks=LATER_WEEKS)
    title = "" if key.startswith(_NAMED) else title.strip()  # a name lives in one place
    kept = Considered(
        ids.new_id(), person, key, title, thought, today, rung, why.strip(), happened.strip(),
        next.strip(), until,
    )  # fmt: skip
    people_steps.keep(notebook, [kept], words(kept), "considered")
    return kept


def words(one: Considered) -> str:
    """The words of the step, people by number: "{id}: thought about something"."""
    return f"Remember with {{{one.person}}}: {one.thought.value}"


def save(notebook: Notebook, considered: Considered) -> None:
    """Keep changes to what was remembered. Raises LacError for what cannot be kept."""
    people_steps.keep(notebook, [considered], words(considered), "considered")


def forget(notebook: Notebook, considered: Considered) -> bool:
    """Take out what was remembered; undo brings it back. Whether it was there."""
    why = f"Forget what was thought about with {{{considered.person}}}"
    return people_steps.discard(notebook, Considered, [considered.id], why)


def of_person(notebook: Notebook, person: str) -> list[Considered]:
    """Everything thought about with a person, the latest first.

    A suggestion that is another person ("person:ID") has that person's present name as its title,
    and a gift ("gift:ID") says what it is and whose: an erasure leaves nothing of either behind.
    """
    found = people_steps.of_person(notebook, Considered, person)
    ordered = sorted(found, key=lambda one: one.on)[::-1]
    named = {one.key for one in ordered if one.key.startswith(_NAMED)}
    titles = _titles(notebook, person, named) if named else {}
    return [replace(one, title=titles[one.key]) if one.key in named else one for one in ordered]


def _titles(notebook: Notebook, person: str, keys: set[str]) -> dict[str, str]:
    """What each key of another person or of a gift is called today."""
    gifts = {f"{_GIFT}{gift.id}": gift for gift in strengths.gifts(notebook)}
    others = {key.removeprefix(_PERSON) for key in keys if key.startswith(_PERSON)}
    names = people.names(notebook, others | {gifts[key].person for key in keys if key in gifts})
    titles: dict[str, str] = {}
    for key in keys:
        gift = gifts.get(key)
        if key.startswith(_PERSON):
            titles[key] = names.get(key.removeprefix(_PERSON), _NOBODY)
        elif gift is not None and gift.person == person:
            titles[key] = gift.what
        elif gift is not None and gift.offer is not Offer.PRIVATE and gift.person in names:
            titles[key] = f"{names[gift.person]}: {gift.what}"
        else:
            titles[key] = _NO_GIFT
    return titles


def latest(notebook: Notebook, person: str) -> dict[str, Considered]:
    """The latest word on each suggestion, by its key."""
    found: dict[str, Considered] = {}
    for one in of_person(notebook, person):
        found.setdefault(one.key, one)
    return found


def put_aside(notebook: Notebook, person: str, day: date | None = None) -> dict[str, str]:
    """Keys of what must not be suggested on a day (today by default), with why.

    That is what was "not for me", and "later" until its day has come.
    """
    on = day or notebook.clock().date()
    aside: dict[str, str] = {}
    for key, one in latest(notebook, person).items():
        if one.thought is Thought.NOT_FOR_ME:
            aside[key] = f"“Not for me”{f': {one.why}' if one.why else ''}"
        elif one.thought is Thought.LATER and one.until is not None and on < one.until:
            aside[key] = f"Later: from {long_date(one.until)}"
    return aside


def remembered(notebook: Notebook, person: str) -> dict[str, str]:
    """Keys of what was thought about or tried, each with a sentence that tells it."""
    return {
        key: sentence(one)
        for key, one in latest(notebook, person).items()
        if one.thought in (Thought.THOUGHT_ABOUT, Thought.TRIED)
    }


def sentence(one: Considered) -> str:
    """What became of a suggestion, in one line: what was said, what happened and what is next."""
    said = f"{one.thought.value.capitalize()} on {long_date(one.on)}"
    if one.thought is Thought.LATER and one.until is not None:
        said += f", again from {long_date(one.until)}"
    parts = [said, one.why, one.happened, f"Next: {one.next}" if one.next else ""]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
