# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people of the demo, from ``resources/demo/people.toml``: every word of it is made up.

A ``person`` has fields of Person, and lists of what there is about them: ``standing``,
``agreement``, ``gift``, ``wish``, ``exchange``, ``introduction``, ``conversation``, ``sheet``.
Days count back from today: ``days`` is when, ``until`` and ``by`` are days to come (negative: gone
by), ``done`` days ago. ``together`` and ``other`` name a person by key; "@Name" is an asset of the
demo. Home is where the postcode is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.conversation import Conversation, Paragraph, Promise, QuickNote, Tally
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.introduction import Introduction, Went
from lac_desktop.domain.person import Agreement, Person, Reach, Standing, StandingChange
from lac_desktop.domain.strengths import Exchange, Gift, GiftOf, Offer, ToolSheet, Wish
from lac_desktop.services import people_steps, places
from lac_desktop.services.demo_ground import read_toml
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage.steps import BEGINNING

_PLAIN = (
    *("name", "full_name", "pronouns", "language", "home_postcode", "home_note"),
    *("introduced_by", "introduced_who", "introduced_agreed", "introduced_hope"),
    *("carer", "carer_for", "carer_wants", "dislikes", "free_times", "note"),
)
_MANY = ("information", "interests", "access_wishes")


@dataclass(frozen=True, slots=True)
class _Making:
    """What every part of making a record needs."""

    today: date
    now: datetime
    who: str
    people: Mapping[str, str]  # key -> id
    assets: Mapping[str, str]  # name -> id

    def ago(self, days: int) -> date:
        """The day so many days ago."""
        return self.today - timedelta(days=days)

    def other(self, text: str) -> str:
        """A person's id, an asset's id, or the plain name."""
        if text.startswith("@"):
            return self.assets[text[1:]]
        return self.people.get(text, text)


def add_people(notebook: Notebook, assets: Sequence[Asset]) -> None:
    """Put the invented people into a demo notebook, as one step."""
    people_steps.keep(notebook, people_records(notebook, assets), "Make the demo", BEGINNING)


def people_records(notebook: Notebook, assets: Sequence[Asset]) -> list[Any]:
    """Everything about the invented people as records; KeyError where a name leads nowhere."""
    raw = read_toml("people.toml")
    now = notebook.clock()
    making = _Making(
        today=now.date(),
        now=now,
        who=notebook.settings.who,
        people={row["key"]: new_id() for row in raw["person"]},
        assets={asset.name: asset.id for asset in assets},
    )
    records: list[Any] = []
    for row in raw["person"]:
        person = _person(making, row, raw["person"])
        home = places.place(notebook, person.home_postcode) if person.home_postcode else None
        records.append(replace(person, home=home.point if home else None))
        records += _parts(making, person.id, row)
    records += [
        QuickNote(new_id(), one["text"], now - timedelta(hours=one["hours"]), making.who)
        for one in raw["note"]
    ]
    return records + list(_tallies(making, raw["tally"]))


def _person(making: _Making, row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Person:
    """The person; ties are noted both ways."""
    own = making.people[row["key"]]
    ties = [(making.people[t["with"]], t["tie"]) for t in row.get("together", [])]
    for other in rows:
        for tie in other.get("together", []):
            if tie["with"] == row["key"]:
                ties.append((making.people[other["key"]], tie["back"]))
    standing = row.get("standing", [])
    known: dict[str, Any] = {name: row[name] for name in _PLAIN if name in row}
    known |= {name: tuple(row[name]) for name in _MANY if name in row}
    return Person(
        id=own,
        **known,
        born=date.fromisoformat(row["born"]) if "born" in row else None,
        reach=tuple(Reach(**one) for one in row.get("reach", [])),
        introduced_on=making.ago(standing[0]["days"]) if standing else None,
        alongside=tuple(ties),
    )


def _parts(making: _Making, person: str, row: Mapping[str, Any]) -> Iterator[Any]:
    """Everything else about a person."""
    for one in row.get("standing", []):
        to = Standing(one["to"])
        yield StandingChange(new_id(), person, to, making.ago(one["days"]), one.get("note", ""))
    for one in row.get("agreement", []):
        until = making.today + timedelta(days=one["until"]) if "until" in one else None
        yield Agreement(
            new_id(), person, one["kind"], making.ago(one["days"]), one["how"],
            one.get("what", ""), one.get("whom", ""), until, note=one.get("note", ""),
        )  # fmt: skip
    for one in row.get("gift", []):
        yield Gift(
            new_id(), person, one["what"], GiftOf(one["of"]), Offer(one["offer"]),
            tuple(one.get("words", [])), noticed_on=making.ago(one["days"]),
        )  # fmt: skip
    for one in row.get("wish", []):
        words, said = tuple(one.get("words", [])), making.ago(one["days"])
        yield Wish(new_id(), person, one["what"], words, said_on=said)
    for one in row.get("exchange", []):
        other, on = making.other(one["other"]), making.ago(one["days"])
        felt = one.get("felt", "")
        yield Exchange(new_id(), person, one["given"], other, one["what"], on, felt)
    for one in row.get("introduction", []):
        yield _introduction(making, person, one)
    for one in row.get("conversation", []):
        yield _conversation(making, person, one)
    for one in row.get("sheet", []):
        values = _with_assets(making, one["values"])
        yield ToolSheet(new_id(), person, one["tool"], making.ago(one["days"]), values)


def _introduction(making: _Making, person: str, one: Mapping[str, Any]) -> Introduction:
    """An agreed introduction to an asset; ``visit`` is the day of the first visit."""
    visit, went = making.ago(one["visit"]), bool(one.get("went", False))
    return Introduction(
        new_id(), person, one["to"][1:], making.ago(one["days"]),
        to_asset=making.assets[one["to"][1:]], rung=one["rung"], introduced_by=making.who,
        agreed=True, who_meets=one["meets"], going_along=one.get("along", False),
        first_visit=visit, first_time=one.get("at", ""), told=one["told"],
        went=Went.WENT if went else Went.NOT_YET, went_on=visit if went else None,
        felt=one.get("felt", ""),
    )  # fmt: skip


def _conversation(making: _Making, person: str, one: Mapping[str, Any]) -> Conversation:
    """A kept conversation of some days ago."""
    on = making.ago(one["days"])
    at = datetime.fromisoformat(f"{on.isoformat()}T{one.get('at', '15:00')}")
    return Conversation(
        id=new_id(),
        people=(person,),
        on=on,
        at=one.get("at", ""),
        setting=one["setting"],
        own_words=tuple(Paragraph(text) for text in one.get("own", [])),
        reflection=tuple(_paragraph(text) for text in one.get("noticed", [])),
        strong=one.get("strong", ""),
        matters=one.get("matters", ""),
        promises=tuple(_promise(making, raw) for raw in one.get("promise", [])),
        good_life=tuple(one.get("good_life", [])),
        read_back=one.get("read_back"),
        by=making.who,
        kept=True,
        started=at,
        changed=at,
    )


def _paragraph(raw: str | Mapping[str, str]) -> Paragraph:
    return Paragraph(raw) if isinstance(raw, str) else Paragraph(raw["text"], raw["about"])


def _promise(making: _Making, raw: Mapping[str, Any]) -> Promise:
    by = making.today + timedelta(days=raw["by"]) if "by" in raw else None
    done = making.ago(raw["done"]) if "done" in raw else None
    return Promise(new_id(), raw["who"], raw["what"], by, done, raw.get("learned", ""))


def _with_assets(making: _Making, value: Any) -> Any:
    """The values of a sheet; a place "@Name" becomes the asset's name and id."""
    if isinstance(value, Mapping):
        return {key: _with_assets(making, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_assets(making, inner) for inner in value]
    if isinstance(value, str) and value.startswith("@"):
        return {"asset": making.assets[value[1:]], "name": value[1:]}
    return value


def _tallies(making: _Making, rows: Sequence[Mapping[str, Any]]) -> Iterator[Tally]:
    """Short contacts of the last days, none of them on a day to come."""
    for row in rows:
        for days in row["days"]:
            topics, offered = tuple(row["topics"]), tuple(row["offered"])
            yield Tally(new_id(), making.ago(days), row["place"], topics, offered, by=making.who)
