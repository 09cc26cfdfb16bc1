# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the ladder takes from people's records, and what it must leave alone.

Of others only gifts that they are willing to show or teach are ever looked at, and only inside
the app. Nothing about a private gift goes any further than this file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.interests import Interest, fold
from lac_desktop.domain.ladder import Asked, Suggestion
from lac_desktop.domain.person import Person
from lac_desktop.domain.strengths import Gift, Offer
from lac_desktop.ladder.candidate import Candidate
from lac_desktop.services import considered, interests, people, strengths
from lac_desktop.services.ladder_heard import Heard
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.places import place

_CIRCLE, _PLACES = "relationship-circle", "community-map"
_GIFT_KIND = "gift-skill"


@dataclass(frozen=True, slots=True)
class Record:
    """What a person's record says for the ladder."""

    gifts: tuple[Interest, ...] = ()
    been: frozenset[str] = frozenset()
    put_aside: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)


def asked_of(notebook: Notebook, person: str, wishes: tuple[str, ...] = ()) -> Asked:
    """What is known of a person as a question to the ladder; wishes said now come first."""
    known = people.get(notebook, person)
    if known is None:
        return Asked(wishes=wishes)
    home = known.home or _of_postcode(notebook, known.home_postcode)
    kept = strengths.wishes(notebook, person)
    said = tuple(wish.what for wish in kept if wish.came_true_on is None)
    loved = [word for wish in kept for word in wish.words]
    return Asked(
        wishes=(*wishes, *said),
        near=home,
        near_text=known.name if home else "",
        free_times=known.free_times,
        access=known.access_wishes,
        languages=(known.language,) if known.language else (),
        interests=tuple(dict.fromkeys((*known.interests, *loved))),
        dislikes=(known.dislikes,) if known.dislikes else (),
        person=person,
    )


def _of_postcode(notebook: Notebook, postcode: str) -> Point | None:
    """The middle of a postcode, where the area pack knows it."""
    found = place(notebook, postcode) if postcode else None
    return found.point if found else None


def record_of(notebook: Notebook, person: str) -> Record:
    """Gifts, places and what was thought about before; empty without a person."""
    if not person:
        return Record()
    gifts: dict[str, Interest] = {}
    for gift in strengths.gifts(notebook, person):
        for interest in _interests_of(gift):
            gifts[interest.id] = interest
    return Record(
        gifts=tuple(gifts.values()),
        been=_been(notebook, person),
        put_aside=considered.put_aside(notebook, person),
        remembered=considered.remembered(notebook, person),
    )


def _interests_of(gift: Gift) -> list[Interest]:
    """Interests that a gift is tied to, by its words or by what it says."""
    table = interests.load()
    tied = [known for word in gift.words if (known := table.named(word)) is not None]
    return tied or table.spoken_of(gift.what)


def _been(notebook: Notebook, person: str) -> frozenset[str]:
    """Assets that the person goes to or used to go to, by their community map and exchanges."""
    found: set[str] = set()
    sheet = strengths.latest_sheet(notebook, person, _PLACES)
    for row in (sheet.values.get("places") or []) if sheet else []:
        if isinstance(row, dict):
            found |= {str(row[name]) for name in ("asset", "asset_id") if row.get(name)}
    found |= {exchange.other for exchange in strengths.exchanges(notebook, person)}
    return frozenset(found - {person, ""})


def own_rungs(notebook: Notebook, heard: Heard) -> list[Suggestion]:
    """Rungs 1 and 2: what the person can do and whom they know."""
    person = heard.asked.person
    known = people.get(notebook, person) if person else None
    if known is None:
        return []
    return [*_gifts(notebook, person), *_wishes(heard), *_circle(notebook, known)]


def _gifts(notebook: Notebook, person: str) -> list[Suggestion]:
    """The person's own gifts: theirs to see, whether private or not."""
    return [
        Suggestion(
            1,
            f"gift:{gift.id}",
            f"Do more of it: {gift.what}",
            kind="gift",
            reasons=(f"You are good at it ({gift.of.value})",),
            verb="Plan it",
            detail=gift.note,
        )
        for gift in strengths.gifts(notebook, person)
    ]


def _wishes(heard: Heard) -> list[Suggestion]:
    table = interests.load()
    found = [known for name in heard.asked.interests if (known := table.named(name)) is not None]
    return [
        Suggestion(
            1,
            f"interest:{one.id}",
            f"An hour of {one.name.lower()} this week",
            kind="interest",
            reasons=("You said that you love it",),
            verb="Plan it",
        )
        for one in found[:3]
    ]


def _circle(notebook: Notebook, known: Person) -> list[Suggestion]:
    """Unpaid people of the latest circle: first those they want to see more of."""
    sheet = strengths.latest_sheet(notebook, known.id, _CIRCLE)
    rows = (
        [row for row in (sheet.values.get("people") or []) if isinstance(row, dict)]
        if sheet
        else []
    )
    unpaid = [row for row in rows if row.get("name") and row.get("paid") != "yes"]
    more = [row for row in unpaid if row.get("wants") == "more"]
    near = [row for row in unpaid if row not in more and row.get("ring") in ("closest", "friends")]
    found = [_person_suggestion(row, "You would like to see more of them") for row in more] + [
        _person_suggestion(row, "Close to you") for row in near
    ]
    names = people.names(notebook, [other for other, _tie in known.alongside])
    for other, tie in known.alongside:
        if other in names:
            found.append(
                Suggestion(
                    2, f"person:{other}", f"Ask {names[other]}", kind="person",
                    reasons=(f"You walk together ({tie})" if tie else "You walk together",),
                    verb="Plan it",
                )
            )  # fmt: skip
    return found


def _person_suggestion(row: dict[str, object], why: str) -> Suggestion:
    name, tie = str(row["name"]), str(row.get("tie") or "")
    return Suggestion(
        2, f"circle:{fold(name)}", f"Ask {name}", kind="person",
        reasons=(why, tie[:1].upper() + tie[1:]) if tie else (why,), verb="Plan it",
    )  # fmt: skip


def gifts_of_others(notebook: Notebook, asked: Asked) -> list[Candidate]:
    """Gifts that other people are willing to show or teach, as candidates of rung 3."""
    silent = people.silent(notebook)
    offered = [
        gift
        for gift in strengths.gifts(notebook)
        if gift.offer is not Offer.PRIVATE
        and gift.person != asked.person
        and gift.person not in silent
    ]
    names = people.names(notebook, {gift.person for gift in offered})
    return [
        Candidate(
            key=f"gift:{gift.id}",
            title=f"{names[gift.person]} would show someone: {gift.what}",
            kind=_GIFT_KIND,
            kind_name="A gift offered",
            category="G",
            rung=3,
            words=_gift_words(gift),
            gives=gift.what,
        )
        for gift in offered
        if gift.person in names
    ]


def _gift_words(gift: Gift) -> str:
    """The folded words of a gift: what it says, and the names of what it is tied to."""
    return " ".join((fold(gift.what), *map(_folded, _interests_of(gift))))


@cache
def _folded(interest: Interest) -> str:
    """The folded name and synonyms of an interest."""
    return " ".join(fold(text) for text in (interest.name, *interest.words))
