# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turn one HSDS or Open Referral UK service into cells: places, times, costs and ways to ask."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.exchange import hours_words, values
from lac_desktop.exchange.build import Cells
from lac_desktop.exchange.fields import BY_KEY, OWN_BLOCK, to_text

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
#: How feeds say that an address must not be shown.
_HIDDEN = re.compile(r"\b(confidential|withheld|redacted|not disclosed|undisclosed|secret)\b", re.I)
_FACTS = (
    ("step-free", r"wheelchair|step[- ]free|level access|ramp|building has lift"),
    ("toilets", r"(?:accessible|disabled|adapted)[^.;]*toilet|toilet[^.;]*(?:accessible|disabled)"),
    ("hearing-loop", r"hearing loop|induction loop"),
    ("quiet", r"quiet (?:space|room|area)"),
    ("parking", r"parking"),
    ("bus", r"bus stop|bus route"),
)


def _list(value: Any) -> list[Mapping[str, Any]]:
    """The records of a list, or none."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(record: Any, *keys: str) -> str:
    """The first of some members that says something, as text without HTML."""
    if not isinstance(record, Mapping):
        return ""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = str(value).strip().strip('"')
            if text:
                return _unmarked(text)
    return ""


def _unmarked(text: str) -> str:
    """Text without HTML tags, which feeds often carry in descriptions."""
    if "<" not in text and "&" not in text:
        return text
    if not re.search(r"</?(?:p|br|li|ul|ol|b|i|strong|em|a|div|span|h\d)\b", text, re.IGNORECASE):
        return text
    lines = re.sub(r"(?i)<\s*(?:br|/p|/li|/div|/h\d)[^>]*>", "\n", text)
    plain = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", " ", lines))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines() if line.strip())


def cells_of(service: Mapping[str, Any], number: int) -> Iterator[tuple[Cells, bool]]:
    """The cells of a service, once for each of its places; True where LAC Desktop wrote it."""
    own = service.get(OWN_BLOCK)
    if isinstance(own, Mapping) and own.get("name"):
        by_field: dict[str, list[str]] = {}
        for key, column in BY_KEY.items():
            if isinstance(own.get(key), str) and column.field:
                by_field.setdefault(column.field, []).append(own[key])
        yield Cells(number, by_field, key=str(own.get("id", ""))), True
        return
    me = _text(service, "id")
    shared = _shared(service)
    places = [_at(at) for at in _list(service.get("service_at_locations"))]
    places = [place for place in places if place] or [{}]
    for n, place in enumerate(places):
        by_field = {**shared}
        for name, texts in place.items():
            by_field[name] = [*by_field.get(name, ()), *texts]
        if n and place.get("place name"):
            by_field["name"] = [f"{shared['name'][0]} ({place['place name'][0]})"]
        by_field.pop("place name", None)
        key = me if n == 0 else f"{me}@{n}"
        yield Cells(number, by_field, key=f"id:{key}" if me else ""), False


def _shared(service: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a service says wherever it happens."""
    organization = service.get("organization")
    name = _text(service, "name")
    run_by = _text(organization, "name")
    about = [
        _text(service, "description"),
        _text(service, "alert"),
        _text(service, "eligibility_description"),
        _text(service, "application_process"),
        f"Run by {run_by.rstrip('.')}." if run_by and run_by != name else "",
    ]
    found = {
        "name": [name],
        "description": [text for text in about if text],
        "kind": _kinds(service),
        "email": [_text(service, "email") or _text(organization, "email")],
        "website": [_text(service, "url", "website") or _text(organization, "website", "url")],
        "phone": _phones(service) or _phones(organization),
        "status": [_text(service, "status").lower()],
        "languages": [
            "; ".join(t for x in _list(service.get("languages")) if (t := _text(x, "name")))
        ],
        "contacts": _contacts(service),
        "checked_on": [_past(_text(service, "assured_date"))],
    }
    found |= _costs(service)
    found |= _times(_list(service.get("schedules")))
    return {key: [text for text in texts if text] for key, texts in found.items()}


def _kinds(service: Mapping[str, Any]) -> list[str]:
    """Words for what kind of service it is."""
    words: list[str] = []
    for attribute in _list(service.get("attributes")):
        term = attribute.get("taxonomy_term")
        words += [_text(term, "term"), _text(term, "name")]
    return [word for word in dict.fromkeys(words) if word and word != "name"]


def _phones(record: Any) -> list[str]:
    """The phone numbers of a service, or of the people to ask about it."""
    if not isinstance(record, Mapping):
        return []
    found = [_text(phone, "number") for phone in _list(record.get("phones"))]
    for contact in _list(record.get("contacts")):
        found += [_text(phone, "number") for phone in _list(contact.get("phones"))]
    return [number for number in found if number]


def _contacts(service: Mapping[str, Any]) -> list[str]:
    """People to ask, as records of contacts; whether they agreed to be public is not known."""
    people = [
        {
            "name": values.line(_text(contact, "name"))[:200],
            "role": values.line(_text(contact, "title"))[:200],
            "organisation": values.line(_text(contact, "department"))[:200],
            "email": _text(contact, "email")[:200],
        }
        for contact in _list(service.get("contacts"))
    ]
    named = [person for person in people if person["name"]]
    return [json.dumps(named, ensure_ascii=False)] if named else []


def _costs(service: Mapping[str, Any]) -> dict[str, list[str]]:
    """What it costs: free where every amount is nothing, and the words about it."""
    options = _list(service.get("cost_options"))
    amounts: list[float] = []
    notes = [_text(service, "fees_description", "fees")]
    for option in options:
        said = [_text(option, "option"), _text(option, "amount_description")]
        amount = _amount(option.get("amount"))
        if amount is not None:
            amounts.append(amount)
            if amount:
                said.insert(1, f"£{amount:.2f}".removesuffix(".00"))
        notes.append(" ".join(word for word in said if word))
    words = [note for note in dict.fromkeys(notes) if note and note.lower() not in ("free", "paid")]
    if any(amounts):
        cost = "paid"
    elif amounts or any(_text(option, "option").lower() == "free" for option in options):
        cost = "free"
    else:
        cost = "free" if words and values.cost(words[0])[0] == "free" else ""
    return {"cost": [cost], "cost_note": words}


def _amount(value: Any) -> float | None:
    """An amount of money, or None."""
    try:
        return float(value) if value is not None and not isinstance(value, bool) else None
    except (TypeError, ValueError):
        return None


def _past(text: str) -> str:
    """A date up to today as text, else ""."""
    iso = values.day(text).value if text else ""
    return iso if iso and iso <= date.today().isoformat() else ""


def _at(at: Mapping[str, Any]) -> dict[str, list[str]]:
    """The place of a service at a location; a hidden address has no position here either."""
    location = at.get("location")
    if not isinstance(location, Mapping) or not location:
        return {}
    if _text(location, "location_type").lower() == "virtual":
        return {}
    address = (_list(location.get("addresses")) or [{}])[0]
    lines = [_text(address, f"address_{n}") for n in (1, 2)]
    said = " ".join((_text(location, "name"), _text(location, "description"), *lines))
    if _HIDDEN.search(said):
        return {"confidential": ["yes"], "place name": []}
    town = _text(address, "city")
    found = {
        "place name": [_text(location, "name")],
        "address": [*lines, town],
        "postcode": [_text(address, "postal_code")],
        "lat": [_text(location, "latitude")],
        "lon": [_text(location, "longitude")],
        "phone": _phones(location),
    }
    found |= _access(location)
    found |= _times(_list(at.get("schedules")) or _list(location.get("schedules")))
    return {key: [text for text in texts if text] for key, texts in found.items()}


def _access(location: Mapping[str, Any]) -> dict[str, list[str]]:
    """Access facts that the words of a location mean, and the words themselves."""
    found: dict[str, list[str]] = {}
    notes: list[str] = []
    for entry in _list(location.get("accessibility")):
        text = _text(entry, "description", "accessibility")
        details = _text(entry, "details")
        said = re.fullmatch(r"(.+): (yes|no|limited)", text)
        for fact, pattern in _FACTS:
            if re.search(pattern, said[1] if said else text, re.IGNORECASE):
                found.setdefault(f"access.{fact}", [said[2] if said else "yes"])
        notes += [] if said else [text]
        notes += [details]
    notes.append(_text(location, "transportation"))
    found["access_note"] = [note for note in dict.fromkeys(notes) if note]
    return found


def _times(schedules: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Opening times from weekly schedules, sessions from the rest, and the words about them."""
    windows: dict[int, list[str]] = {}
    sessions: list[Session] = []
    words: list[str] = []
    for schedule in schedules:
        words.append(_text(schedule, "description"))
        if (until := _text(schedule, "valid_to", "until")) and _past(until):
            continue
        opens, closes = _text(schedule, "opens_at")[:5], _text(schedule, "closes_at")[:5]
        window = hours_words.window(opens, closes) if opens and closes else ""
        days = [
            (nth, _DAYS.index(day)) for nth, day in _BYDAY.findall(_text(schedule, "byday").upper())
        ]
        weekly = _text(schedule, "freq").upper() in ("WEEKLY", "DAILY", "")
        every = _text(schedule, "interval") in ("", "1")
        if weekly and every and window and days and not any(nth for nth, _ in days):
            for _, weekday in days:
                windows.setdefault(weekday, []).append(window)
        elif opens and days:
            sessions += _sessions(schedule, days, opens, closes, weekly=weekly)
    hours, _ = hours_words.from_days({day: ",".join(spans) for day, spans in windows.items()})
    return {
        "hours": [hours] if hours else [],
        "hours_text": ["; ".join(dict.fromkeys(word for word in words if word))],
        "sessions": [to_text(tuple(sessions))] if sessions else [],
    }


def _sessions(
    schedule: Mapping[str, Any],
    days: list[tuple[str, int]],
    opens: str,
    closes: str,
    *,
    weekly: bool,
) -> list[Session]:
    """Sessions of a fortnightly or monthly schedule, one for each weekday."""
    title = values.line(_text(schedule, "description"))[:200]
    starts = values.day(_text(schedule, "dtstart", "valid_from")).value
    found: list[Session] = []
    for weekday in dict.fromkeys(day for _, day in days):
        nth = tuple(int(n) for n, day in days if day == weekday and n)
        if weekly and _text(schedule, "interval") != "2":
            continue
        if not weekly and not nth:
            continue
        found.append(
            Session(
                title=title,
                repeats=Repeats.FORTNIGHTLY if weekly else Repeats.NTH_WEEKDAY,
                weekday=weekday,
                nth=nth,
                start=opens,
                end=closes,
                starts=date.fromisoformat(starts) if starts else None,
                note=values.line(_text(schedule, "notes"))[:500],
            )
        )
    return found
