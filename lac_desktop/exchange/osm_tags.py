# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turn the tags of one OpenStreetMap feature into an asset's fields.

Tags after https://wiki.openstreetmap.org/wiki/Map_features; HSTORE text as GDAL writes it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.importing import Problem
from lac_desktop.exchange import hours_words, values

_HSTORE = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NAMES = ("name", "name:en", "name:cy", "official_name", "brand")
_STREETS = ("addr:street", "addr:place")
_TOWNS = ("addr:suburb", "addr:village", "addr:town", "addr:city")
_REACH: tuple[tuple[str, tuple[str, ...], Callable[[str], values.Cleaned]], ...] = (
    ("phone", ("phone", "contact:phone"), values.phone),
    ("email", ("email", "contact:email"), values.email),
    ("website", ("website", "contact:website", "url"), values.website),
)
_NO_ACCESS: Mapping[str, str] = MappingProxyType({})


def parse_hstore(text: str) -> dict[str, str]:
    """Read HSTORE text: ``"key"=>"value"`` pairs with backslash escapes."""
    pairs = _HSTORE.findall(text)
    if "\\" not in text:
        return dict(pairs)
    return {_ESCAPED.sub(r"\1", key): _ESCAPED.sub(r"\1", value) for key, value in pairs}


def asset_of(
    tags: Mapping[str, str], kind: str, source: str, file: str, row: int
) -> tuple[Asset | None, tuple[Problem, ...]]:
    """The asset of a feature without its place, and what could not be used.

    A nameless feature gets None: it needs a name before it can come in.
    """
    name = next((line for key in _NAMES if (line := values.line(tags.get(key, "")))), "")
    if not name:
        return None, ()
    cleaned = {"name": values.shortened(name, "name"), **_reach(tags)}
    said = {field: found.value for field, found in cleaned.items()}
    postcode = tags.get("addr:postcode") or tags.get("postal_code", "")
    hours, words = _hours(tags.get("opening_hours", ""))
    cost, cost_note = _cost(tags)
    checked = _checked(tags)
    asset = Asset(
        id="",
        kind=kind,
        name=said["name"],
        phone=said["phone"],
        email=said["email"],
        website=said["website"],
        name_cy=values.line(tags.get("name:cy", "")),
        description=_description(tags),
        address=_address(tags),
        # Mappers often know only the first half; a half postcode is no mistake of theirs.
        postcode=values.tidy_postcode(postcode) if postcode else "",
        hours=hours,
        hours_text=words,
        cost=cost,
        cost_note=cost_note,
        access=_access(tags),
        access_note=tags.get("wheelchair:description", "")[: values.LONGEST_TEXT],
        checked_on=checked,
        checked_by="OpenStreetMap" if checked else "",
        visibility=Visibility.PUBLIC,
        source=source,
    )
    wrong = ((field, found) for field, found in cleaned.items() if found.message)
    return asset, tuple(Problem(file, row, f, x.message, x.suggestion) for f, x in wrong)


def _reach(tags: Mapping[str, str]) -> dict[str, values.Cleaned]:
    """Phone, email and website, cleaned."""
    found: dict[str, values.Cleaned] = {}
    for field, keys, clean in _REACH:
        text = next((tags[key] for key in keys if tags.get(key)), "")
        found[field] = clean(text) if text else values.Cleaned("")
    return found


def _address(tags: Mapping[str, str]) -> str:
    """The address in one line: house, street, town."""
    if full := tags.get("addr:full", ""):
        return values.line(full)[: values.LONGEST_LINE]
    street = next((tags[key] for key in _STREETS if tags.get(key)), "")
    house = " ".join(part for part in (tags.get("addr:housenumber", ""), street) if part)
    towns = [tags[key] for key in _TOWNS if tags.get(key)]
    parts = [tags.get("addr:housename", ""), house if street or towns else "", *towns]
    text = ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return values.line(text)[: values.LONGEST_LINE]


def _description(tags: Mapping[str, str]) -> str:
    """What the tags say in words, and who runs the place."""
    said = values.plain(tags.get("description", ""))
    operator = values.line(tags.get("operator", ""))
    run_by = f"Run by {operator.rstrip('.')}." if operator and operator != tags.get("name") else ""
    parts = (said, _what_happens(tags), run_by)
    return "\n".join(part for part in parts if part)[: values.LONGEST_TEXT]


#: Tags that say what is done or believed there, in words that people search for.
_TOLD = ("sport", "denomination", "religion", "cuisine", "craft", "community_centre:for")


def _what_happens(tags: Mapping[str, str]) -> str:
    """Sports, denomination, cuisine and the like as one sentence: "Tennis, netball."."""
    told = [
        word.strip().replace("_", " ")
        for key in _TOLD
        for word in tags.get(key, "").split(";")
        if word.strip() and word.strip() not in ("yes", "no", "multi", "christian")
    ]
    words = values.line(", ".join(dict.fromkeys(told)))
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _hours(text: str) -> tuple[str, str]:
    """Opening hours where they are valid, else the words verbatim."""
    stripped = " ".join(text.split())
    if not stripped:
        return "", ""
    if hours_words.is_opening_hours(stripped):
        return stripped, ""
    return hours_words.read(stripped)


def _cost(tags: Mapping[str, str]) -> tuple[str, str]:
    """Whether it costs something: fee=no is free; any other value but yes is kept in words."""
    fee = tags.get("fee", "")
    charge = tags.get("charge", "")
    if fee == "no":
        return "free", ""
    if fee == "yes" or charge:
        return "paid", charge
    return ("", fee) if fee else ("", "")


def _access(tags: Mapping[str, str]) -> Mapping[str, str]:
    """The access facts that tags can tell."""
    facts: dict[str, str] = {}
    for fact, keys in (
        ("step-free", ("wheelchair",)),
        ("toilets", ("toilets:wheelchair", "wheelchair:toilets")),
        ("hearing-loop", ("hearing_loop", "audio_loop")),
        ("quiet", ("quiet_hours",)),
    ):
        for key in keys:
            said = "yes" if tags.get(key) == "designated" else values.yes_no(tags.get(key, ""))
            if said:
                facts.setdefault(fact, said)
    return MappingProxyType(facts) if facts else _NO_ACCESS


def _checked(tags: Mapping[str, str]) -> date | None:
    """When a mapper last checked the place on the ground."""
    for key in ("check_date", "survey:date", "check_date:opening_hours"):
        if said := tags.get(key, ""):
            iso = values.day(said).value
            if iso and date(2000, 1, 1) <= date.fromisoformat(iso):
                return date.fromisoformat(iso)
    return None
