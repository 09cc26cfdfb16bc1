# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assets as rows of the table and back; lists and nested things are JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from types import MappingProxyType
from typing import Any

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.storage.schema import ASSET_COLUMNS

COLUMNS = tuple(ASSET_COLUMNS)
#: What SELECT must list for :func:`decode`: the id and all columns.
SELECTED = ", ".join(("id", *COLUMNS))
KNOWN_RANK: Mapping[str, int] = {known.value: rank for rank, known in enumerate(Known)}

_AS_THEY_ARE = tuple(
    f.name
    for f in fields(Asset)
    if f.type in (str, "str") and f.name in ASSET_COLUMNS and f.name != "id"
)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _read_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _session_out(session: Session) -> dict[str, Any]:
    """Only what differs from an empty session, so that rows stay small."""
    empty = Session("")
    out: dict[str, Any] = {}
    for f in fields(Session):
        value = getattr(session, f.name)
        if value == getattr(empty, f.name):
            continue
        if isinstance(value, date):
            value = value.isoformat()
        elif f.name == "dates":
            value = [day.isoformat() for day in value]
        out[f.name] = value
    return out


def _session_in(out: dict[str, Any]) -> Session:
    values = dict(out)
    values.setdefault("title", "")
    for name in ("starts", "until"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    if "dates" in values:
        values["dates"] = tuple(date.fromisoformat(day) for day in values["dates"])
    if "nth" in values:
        values["nth"] = tuple(values["nth"])
    if "repeats" in values:
        values["repeats"] = Repeats(values["repeats"])
    return Session(**values)


def encode(asset: Asset) -> tuple[Any, ...]:
    """An asset's values in the order of ``COLUMNS``."""
    values: dict[str, Any] = {name: getattr(asset, name) for name in _AS_THEY_ARE}
    values.update(
        greeter_agreed_public=int(asset.greeter_agreed_public),
        lat=None if asset.point is None else float(asset.point.lat),
        lon=None if asset.point is None else float(asset.point.lon),
        sessions=_json([_session_out(s) for s in asset.sessions]) if asset.sessions else "",
        access=_json(dict(sorted(asset.access.items()))) if asset.access else "",
        languages=_json(asset.languages) if asset.languages else "",
        contacts=_json([asdict(c) for c in asset.contacts]) if asset.contacts else "",
        links=_json([[link.relation, link.other] for link in asset.links]) if asset.links else "",
        known=asset.known.value,
        checked_on=_date(asset.checked_on),
        visibility=asset.visibility.value,
        confidential=int(asset.confidential),
        vanished_on=_date(asset.vanished_on),
    )
    return tuple(values[name] for name in COLUMNS)


def decode(row: Sequence[Any]) -> Asset:
    """An asset from a row of ``SELECTED``."""
    v = dict(zip(COLUMNS, row[1:], strict=True))
    point = None if v["lat"] is None or v["lon"] is None else Point(v["lat"], v["lon"])
    access = MappingProxyType(json.loads(v["access"])) if v["access"] else None
    given = {name: v[name] for name in _AS_THEY_ARE}
    if access is not None:
        given["access"] = access
    return Asset(
        id=row[0],
        greeter_agreed_public=bool(v["greeter_agreed_public"]),
        point=point,
        sessions=tuple(_session_in(s) for s in _list(v["sessions"])),
        languages=tuple(_list(v["languages"])),
        contacts=tuple(Contact(**c) for c in _list(v["contacts"])),
        links=tuple(Link(relation, other) for relation, other in _list(v["links"])),
        known=Known(v["known"]),
        checked_on=_read_date(v["checked_on"]),
        visibility=Visibility(v["visibility"]),
        confidential=bool(v["confidential"]),
        vanished_on=_read_date(v["vanished_on"]),
        **given,
    )


def _list(text: str) -> list[Any]:
    return json.loads(text) if text else []


def access_bits(access: Mapping[str, str]) -> int:
    """One bit for each access fact that is "yes", in the order of ``ACCESS_FACTS``."""
    return sum(1 << i for i, fact in enumerate(ACCESS_FACTS) if access.get(fact) == "yes")


def field_of(column: str) -> str:
    """The attribute of Asset that a column belongs to."""
    return "point" if column in ("lat", "lon") else column


def in_words(column: str, value: Any) -> str:
    """A column's value as text for the history."""
    if value is None or value == "":
        return ""
    if column in ("greeter_agreed_public", "confidential"):
        return "yes" if value else "no"
    if column == "access":
        return ", ".join(f"{fact}: {said}" for fact, said in json.loads(value).items())
    if column == "languages":
        return ", ".join(json.loads(value))
    if column == "sessions":
        return ", ".join(s.get("title", "") for s in json.loads(value))
    if column == "contacts":
        return ", ".join(_contact_in_words(c) for c in json.loads(value))
    if column == "links":
        return ", ".join(relation for relation, _ in json.loads(value))
    return str(value)


def _contact_in_words(contact: Mapping[str, Any]) -> str:
    about = ", ".join(str(contact[k]) for k in ("role", "organisation") if contact.get(k))
    name = str(contact.get("name", ""))
    return f"{name} ({about})" if name and about else name or about
