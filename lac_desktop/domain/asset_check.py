# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with an asset, field by field, as sentences; shared by forms and imports."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from lac_desktop.domain.asset import ACCESS_FACTS, LINK_RELATIONS, Asset
from lac_desktop.domain.geometry import UK
from lac_desktop.domain.sessions import Repeats, Session

#: Longest name and longest text that are kept, in characters.
LONGEST_NAME = 300
LONGEST_TEXT = 20_000

#: Shape of a UK postcode with its space; Royal Mail's programmers' guide, edition 7.
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d|24:00")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong: the field of Asset, and a sentence. ``must`` says it cannot be saved so."""

    field: str
    message: str
    must: bool = False


def postcode_of(text: str) -> str:
    """A postcode in Royal Mail's spelling ("LE15 6RE"), or "" where the text cannot be one."""
    bare = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    spelt = f"{bare[:-3]} {bare[-3:]}"
    return spelt if POSTCODE.fullmatch(spelt) else ""


def problems_of(asset: Asset, kinds: Container[str], today: date) -> list[FieldProblem]:
    """Everything wrong with an asset; an empty list means that it can be kept as it is."""
    return [
        *_name_and_kind(asset, kinds),
        *_where(asset),
        *_how_to_reach(asset),
        *_when(asset, today),
        *_closed_lists(asset),
    ]


def _name_and_kind(asset: Asset, kinds: Container[str]) -> Iterator[FieldProblem]:
    if not asset.name.strip():
        yield FieldProblem("name", "It needs a name. A few words will do.", must=True)
    elif len(asset.name) > LONGEST_NAME:
        yield FieldProblem(
            "name",
            f"The name has {len(asset.name):,} characters. Keep it under {LONGEST_NAME} and put "
            "the rest in the description.",
            must=True,
        )
    if asset.kind not in kinds:
        yield FieldProblem("kind", "Choose what kind of place or group it is.", must=True)
    for name in ("description", "gives", "could_give", "hours_text", "welcome"):
        if len(getattr(asset, name)) > LONGEST_TEXT:
            yield FieldProblem(name, f"This text is over {LONGEST_TEXT:,} characters.", must=True)


def _where(asset: Asset) -> Iterator[FieldProblem]:
    if asset.postcode and not postcode_of(asset.postcode):
        yield FieldProblem(
            "postcode", f"“{asset.postcode}” is not a postcode. Type it like LE15 6RE."
        )
    if asset.point is not None and not UK.holds(asset.point):
        yield FieldProblem("point", "This position is not in the UK.", must=True)


def _how_to_reach(asset: Asset) -> Iterator[FieldProblem]:
    if asset.email and not _EMAIL.fullmatch(asset.email):
        yield FieldProblem("email", f"“{asset.email}” is not an email address.")
    if asset.phone and len(re.sub(r"\D", "", asset.phone)) < 3:
        yield FieldProblem("phone", f"“{asset.phone}” is not a phone number.")
    if asset.website and re.search(r"\s|^(?!https?://)[a-z]+:", asset.website):
        yield FieldProblem("website", f"“{asset.website}” is not a web address.")


def _when(asset: Asset, today: date) -> Iterator[FieldProblem]:
    if asset.checked_on is not None and asset.checked_on > today:
        yield FieldProblem("checked_on", "This date is still to come.", must=True)
    for session in asset.sessions:
        yield from _session(session)


def _session(session: Session) -> Iterator[FieldProblem]:
    title = session.title or "A session"
    for clock in (session.start, session.end):
        if clock and not _CLOCK.fullmatch(clock):
            yield FieldProblem(
                "sessions", f"{title}: “{clock}” is not a time. Type it like 14:30.", must=True
            )
    if session.repeats is Repeats.NTH_WEEKDAY and not session.nth:
        yield FieldProblem("sessions", f"{title}: say which week of the month.", must=True)
    if session.repeats is Repeats.FORTNIGHTLY and session.starts is None:
        yield FieldProblem(
            "sessions", f"{title}: give one date, so that the weeks can be counted.", must=True
        )
    if session.repeats is Repeats.DATES and not session.dates:
        yield FieldProblem("sessions", f"{title}: give at least one date.", must=True)
    if session.starts and session.until and session.until < session.starts:
        yield FieldProblem("sessions", f"{title}: it ends before it starts.", must=True)


def _closed_lists(asset: Asset) -> Iterator[FieldProblem]:
    if asset.cost not in ("", "free", "paid"):
        yield FieldProblem("cost", "Say free, paid, or leave it unknown.", must=True)
    for fact, value in asset.access.items():
        if fact not in ACCESS_FACTS or value not in ("", "yes", "limited", "no"):
            yield FieldProblem("access", f"“{fact}: {value}” is not an access fact.", must=True)
    for link in asset.links:
        if link.relation not in LINK_RELATIONS or link.other == asset.id:
            yield FieldProblem("links", "This link leads nowhere.", must=True)
