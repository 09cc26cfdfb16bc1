# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assets of the demo, from the entries in ``resources/demo``.

Besides the fields of an asset that speak for themselves, an entry has: ``key``, its name among
entries; ``at``, see :mod:`demo_spots`; ``sessions``, see :mod:`demo_sessions`; ``access``, facts
that are "yes", or "fact:limited" or "fact:no"; ``contacts``, "name | role | organisation | patch |
agreed, can speak"; ``links``, "relation: key"; ``checked``, days ago (else spread by chance);
``phone`` and ``web``, true to be given ones.
"""

import hashlib
import random
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lac_desktop.domain.asset import Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.services.demo_ground import read_toml
from lac_desktop.services.demo_sessions import session
from lac_desktop.services.demo_spots import Spot

_FILES = ("gifts", "groups", "institutions", "places", "enterprise", "culture", "services")
_DOMAIN = "brackenfold.example"
#: The first of the telephone numbers that are given out, of Ofcom's 01632 960000 to 960999.
_FIRST_NUMBER, _FIRST_CONTACT = 100, 500
#: Fields of an entry that are an asset's own, text by text.
_TEXTS = (
    *("name", "kind", "name_cy", "description", "gives", "could_give", "greeter", "welcome"),
    *("hours", "hours_text", "cost", "cost_note", "access_note"),
)
#: A made-up moment (5 January 2026, 9:00 UTC) from which the ids count, in milliseconds.
_EPOCH = 1_767_603_600_000


def entries() -> list[dict[str, Any]]:
    """All entries, in the order of the files."""
    return [entry for name in _FILES for entry in read_toml(f"{name}.toml")["asset"]]


def assets(
    rows: Sequence[Mapping[str, Any]], spots: Mapping[str, Spot], today: date, seed: int
) -> tuple[Asset, ...]:
    """Make the assets; ValueError when an entry links to one that is not there."""
    ids = {row["key"]: _lasting_id(row["key"], seed, i) for i, row in enumerate(rows)}
    contacts = 0
    made = []
    for i, row in enumerate(rows):
        made.append(_asset(row, ids, spots[row["key"]], today, seed, (i, contacts)))
        contacts += len(row.get("contacts", []))
    return tuple(made)


def _asset(
    row: Mapping[str, Any],
    ids: Mapping[str, str],
    spot: Spot,
    today: date,
    seed: int,
    numbers: tuple[int, int],
) -> Asset:
    """One asset; ``numbers`` are how many entries and contacts came before it."""
    key = row["key"]
    texts: dict[str, Any] = {name: str(row.get(name, "")) for name in _TEXTS}
    checked, by = _checked(row, today, seed)
    has_phone, has_web = bool(row.get("phone")), bool(row.get("web"))
    return Asset(
        id=ids[key],
        **texts,
        greeter_agreed_public=bool(row.get("greeter_ok")),
        address=f"{spot.address}, Brackenfold" if spot.address else "",
        postcode=spot.postcode,
        point=None if spot.lat is None or spot.lon is None else Point(spot.lat, spot.lon),
        area=spot.area,
        sessions=tuple(session(line, today) for line in row.get("sessions", [])),
        access=_access(row.get("access", "")),
        languages=tuple(row.get("languages", ())),
        phone=_number(_FIRST_NUMBER + numbers[0]) if has_phone else "",
        email=f"hello@{key}.{_DOMAIN}" if has_web else "",
        website=f"https://{key}.{_DOMAIN}/" if has_web else "",
        contacts=tuple(
            _contact(line, numbers[1] + i) for i, line in enumerate(row.get("contacts", []))
        ),
        links=tuple(_link(line, ids) for line in row.get("links", [])),
        known=Known(row.get("known", "")),
        checked_on=checked,
        checked_by=by,
        visibility=Visibility(row.get("visibility", "public")),
        confidential=bool(row.get("confidential")),
    )


def _lasting_id(key: str, seed: int, number: int) -> str:
    """A UUID of version 7 that is the same for the same key and seed."""
    chance = int.from_bytes(hashlib.sha256(f"{seed}/{key}".encode()).digest()[:10], "big")
    value = (_EPOCH + number) << 80 | 0x7 << 76 | (chance >> 68 & 0xFFF) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | chance & (1 << 62) - 1))


def _checked(row: Mapping[str, Any], today: date, seed: int) -> tuple[date | None, str]:
    """When an entry was last checked, and by whom."""
    chance = random.Random(f"{seed}/{row['key']}")  # noqa: S311 - a spread, not a secret
    days = row.get("checked")
    if days is None:
        spread = ((0, 90), (0, 90), (0, 90), (20, 180), (90, 300))
        days = None if chance.random() < 0.05 else chance.randint(*chance.choice(spread))
    if days is None:
        return None, ""
    return today - timedelta(int(days)), chance.choice(("Ruth", "Ruth", "Ruth", "Alun", "Meera"))


def _access(line: str) -> dict[str, str]:
    """Access facts from their line."""
    facts = (word.partition(":") for word in line.split())
    return {fact: value or "yes" for fact, _, value in facts}


def _number(last: int) -> str:
    """One of Ofcom's drama numbers."""
    return f"01632 960 {last:03}"


def _contact(line: str, number: int) -> Contact:
    """A person in a public role from their line."""
    name, role, organisation, patch, *rest = (part.strip() for part in line.split("|"))
    flags = rest[0] if rest else ""
    mailbox = name.lower().replace(" ", ".")
    return Contact(
        name, role, organisation, patch, _number(_FIRST_CONTACT + number), f"{mailbox}@{_DOMAIN}",
        agreed_public="agreed" in flags, can_speak="can speak" in flags,
    )  # fmt: skip


def _link(line: str, ids: Mapping[str, str]) -> Link:
    """A tie to another entry from its line."""
    relation, _, other = line.partition(": ")
    if other not in ids:
        raise ValueError(f"no entry has the key {other}")
    return Link(relation, ids[other])
