# SPDX-License-Identifier: AGPL-3.0-or-later
"""The columns of every table and map file that leaves or comes back, shared by both sides.

A column has a ``key`` (GeoJSON and KML property, GeoPackage and Shapefile column), a ``heading``
(CSV and XLSX) and the ``field`` of Asset it stands for. Every value is text: what
:func:`to_text` writes, :func:`from_text` reads back without loss.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from lac_desktop.domain.asset import ACCESS_FACTS, Contact, Known, Link, Visibility
from lac_desktop.domain.sessions import Repeats, Session


@dataclass(frozen=True, slots=True)
class Column:
    """One column: property name, heading for people, and the field of Asset behind it.

    ``field`` is "lat" or "lon" for the position, "access.FACT" for an access fact, and "" for a
    column that is written for people but ignored when read (the category follows from the kind).
    """

    key: str
    heading: str
    field: str


COLUMNS: tuple[Column, ...] = (
    Column("id", "LAC id", "id"),
    Column("name", "Name", "name"),
    Column("name_cy", "Name in Welsh", "name_cy"),
    Column("kind", "Kind", "kind"),
    Column("category", "Category", ""),
    Column("description", "Description", "description"),
    Column("gives", "What it gives", "gives"),
    Column("could_give", "What it could give", "could_give"),
    Column("greeter", "Who will greet you", "greeter"),
    Column("welcome", "On a first visit", "welcome"),
    Column("address", "Address", "address"),
    Column("postcode", "Postcode", "postcode"),
    Column("neighbourhood", "Neighbourhood", "neighbourhood"),
    Column("lat", "Latitude", "lat"),
    Column("lon", "Longitude", "lon"),
    Column("opening_hours", "Opening hours", "hours"),
    Column("hours_text", "Opening hours in words", "hours_text"),
    Column("sessions", "Sessions", "sessions"),
    Column("cost", "Cost", "cost"),
    Column("cost_note", "Cost note", "cost_note"),
    Column("step_free", "Step-free", "access.step-free"),
    Column("toilets", "Accessible toilets", "access.toilets"),
    Column("hearing_loop", "Hearing loop", "access.hearing-loop"),
    Column("quiet", "Quiet space", "access.quiet"),
    Column("parking", "Parking", "access.parking"),
    Column("bus", "Bus", "access.bus"),
    Column("access_note", "Access note", "access_note"),
    Column("languages", "Languages", "languages"),
    Column("phone", "Phone", "phone"),
    Column("email", "Email", "email"),
    Column("website", "Website", "website"),
    Column("contacts", "Contacts", "contacts"),
    Column("links", "Links", "links"),
    Column("confidential", "Address is confidential", "confidential"),
    Column("checked_on", "Last checked", "checked_on"),
    Column("source", "Source", "source"),
    Column("licence", "Licence", "licence"),
    Column("attribution", "Attribution", "attribution"),
    Column("area", "Area", "area"),
    Column("about_file", "About this file", ""),
)

#: The member of an Open Referral service that carries our own columns, text by key, so that what
#: the standard cannot hold comes back without loss; where it is there, it wins.
OWN_BLOCK = "lac_desktop"

#: Column by property name and by heading in lower case: how a reader knows our own files.
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
BY_HEADING: Mapping[str, Column] = {column.heading.lower(): column for column in COLUMNS}


def _plain(value: Any) -> Any:
    """Turn a record of the domain into what JSON can hold, leaving out what is empty."""
    if isinstance(value, Session | Contact | Link):
        named = {name: _plain(getattr(value, name)) for name in value.__slots__}
        return {name: inner for name, inner in named.items() if inner not in ("", None, [], False)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value


def to_text(value: Any) -> str:
    """Write one field's value: empty text for nothing, JSON for records, "; " between words."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return f"{value:.7f}".rstrip("0").rstrip(".")
    if isinstance(value, tuple | list):
        if all(isinstance(word, str) for word in value):
            return "; ".join(value)
        return json.dumps(_plain(value), ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


def row_of(asset: Any) -> dict[str, str]:
    """Every column of one asset by key: takes any record with Asset's attribute names.

    Attributes that the record does not have give empty text, so that a public asset serves.
    """
    row: dict[str, str] = {}
    for column in COLUMNS:
        if column.field.startswith("access."):
            access = getattr(asset, "access", None) or {}
            value = access.get(column.field.removeprefix("access."), "")
        elif column.field in ("lat", "lon"):
            point = getattr(asset, "point", None)
            value = getattr(point, column.field) if point is not None else ""
        else:
            value = getattr(asset, column.field, "") if column.field else ""
        row[column.key] = to_text(value)
    return row


def _day(text: str) -> date:
    """Read a date written by :func:`to_text`; raises ValueError otherwise."""
    return date.fromisoformat(text[:10])


def _session(raw: Mapping[str, Any]) -> Session:
    """Read one session from its JSON record; raises ValueError, TypeError or KeyError."""
    return Session(
        title=str(raw.get("title", "")),
        repeats=Repeats(raw.get("repeats", Repeats.WEEKLY.value)),
        weekday=int(raw.get("weekday", 0)),
        nth=tuple(int(n) for n in raw.get("nth", ())),
        start=str(raw.get("start", "")),
        end=str(raw.get("end", "")),
        starts=_day(raw["starts"]) if raw.get("starts") else None,
        until=_day(raw["until"]) if raw.get("until") else None,
        dates=tuple(_day(day) for day in raw.get("dates", ())),
        term_time_only=bool(raw.get("term_time_only", False)),
        note=str(raw.get("note", "")),
    )


def _contact(raw: Mapping[str, Any]) -> Contact:
    """Read one contact from its JSON record; whoever was published had agreed to it."""
    texts = {
        name: str(raw.get(name, ""))
        for name in ("name", "role", "organisation", "patch", "phone", "email")
    }
    return Contact(
        **texts,
        agreed_public=bool(raw.get("agreed_public", False)),
        can_speak=bool(raw.get("can_speak", False)),
    )


def _records(text: str) -> list[Mapping[str, Any]]:
    """Read a JSON list of records; raises ValueError where it is something else."""
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ValueError("a list of records was expected")
    return found


def from_text(field: str, text: str) -> Any:
    """Read the value of a field of Asset (or of "access.FACT", "lat", "lon") from its text.

    Raises ValueError where the text does not say such a value.
    """
    try:
        match field:
            case "sessions":
                return tuple(_session(item) for item in _records(text)) if text else ()
            case "contacts":
                return tuple(_contact(item) for item in _records(text)) if text else ()
            case "links":
                links = _records(text) if text else []
                return tuple(Link(str(item["relation"]), str(item["other"])) for item in links)
            case "languages":
                return tuple(word.strip() for word in text.split(";") if word.strip())
            case "checked_on" | "vanished_on":
                return _day(text) if text else None
            case "lat" | "lon":
                return float(text) if text else None
            case "confidential" | "greeter_agreed_public":
                return text.strip().lower() in ("yes", "true", "1", "y", "x")
            case "known":
                return Known(text)
            case "visibility":
                return Visibility(text)
            case _:
                return text
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def access_field(fact: str) -> str:
    """Name the column field of one access fact, such as "access.step-free"."""
    if fact not in ACCESS_FACTS:
        raise ValueError(fact)
    return f"access.{fact}"
