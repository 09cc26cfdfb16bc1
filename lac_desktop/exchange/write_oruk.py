# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as one page of an Open Referral UK 3.0 feed of services.

The UK profile (openreferraluk.org, schema 3.0) leaves out what people need most, such as phone
numbers. By default we write the superset: the profile plus members of HSDS 3.0 that its schemas
let through, plus our own columns under ``lac_desktop``. ``strict`` keeps to the profile alone.
Every id is made from the asset's own, so that writing twice gives the same file.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import COLUMNS, OWN_BLOCK, row_of
from lac_desktop.exchange.oruk_schedules import schedules_of
from lac_desktop.exchange.writing import Context, about, category_name, kind_name

#: The space that our ids are made in (a random UUID, fixed for good).
SPACE = UUID("6f0a4a5e-8d0b-4f57-9a52-0c6a3f2b7d11")

TAXONOMY = "LAC Desktop kinds of community asset"

_ACCESS_WORDS = {
    "step-free": "Step-free access",
    "toilets": "Accessible toilets",
    "hearing-loop": "Hearing loop",
    "quiet": "Quiet space",
    "parking": "Parking",
    "bus": "Bus stop nearby",
}
_URI = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write the page: counts, who is to be named, and the services as ``contents``."""
    count = len(assets)
    by_id = {asset.id: asset for asset in assets}
    page = {
        "total_items": count,
        "total_pages": 1,
        "page_number": 1,
        "size": count,
        "first_page": True,
        "last_page": True,
        "empty": count == 0,
        "about": list(about(assets, context)),
    }
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(json.dumps(page, ensure_ascii=False)[:-1] + ', "contents": [')
        for number, asset in enumerate(assets):
            if number % 100 == 0:
                progress(number, count, "Writing")
            service = _service(asset, by_id, context)
            text = json.dumps(service, ensure_ascii=False, indent=1, allow_nan=False)
            file.write((",\n" if number else "\n") + text)
        file.write("\n]}\n")


def id_of(*parts: str) -> str:
    """A lasting id for one part of an asset: the asset's own for the service itself."""
    if len(parts) == 1:
        try:
            return str(UUID(parts[0]))
        except ValueError:
            pass
    return str(uuid5(SPACE, "\x1f".join(parts).encode("utf-8", "replace").decode()))


def _service(
    asset: PublicAsset, by_id: Mapping[str, PublicAsset], context: Context
) -> dict[str, Any]:
    """One asset as a service."""
    me = id_of(asset.id)
    service: dict[str, Any] = {
        "id": me,
        "name": asset.name,
        "description": _described(asset, context),
        "url": _uri(asset.website),
        "email": _email(asset.email),
        "status": "active",
        "assured_date": asset.checked_on.isoformat() if asset.checked_on else "",
        "schedules": schedules_of(asset, me, context.say_hours, id_of),
        "service_areas": _areas(asset, me),
        "service_at_locations": _locations(asset, me, strict=context.strict),
        "organization": _organization(asset, by_id, context),
        "cost_options": _costs(asset, me),
        "contacts": _contacts(asset, me, strict=context.strict),
        "attributes": _attributes(asset, me, context),
    }
    if not context.strict:
        service |= _beyond_the_profile(asset, me)
    return {name: value for name, value in service.items() if value not in ("", [], None)}


def _beyond_the_profile(asset: PublicAsset, me: str) -> dict[str, Any]:
    """What HSDS 3.0 and our own columns hold beyond the UK profile."""
    own = {key: text for key, text in row_of(asset).items() if text}
    return {
        "alternate_name": asset.name_cy,
        "fees_description": asset.cost_note,
        "phones": _phones(asset.phone, asset.id, "phone", me),
        "languages": [
            {"id": id_of(asset.id, "language", name), "service_id": me, "name": name}
            for name in asset.languages
        ],
        OWN_BLOCK: {column.key: own[column.key] for column in COLUMNS if column.key in own},
    }


def _described(asset: PublicAsset, context: Context) -> str:
    """What it is, what it gives and what happens on a first visit, a paragraph each."""
    said = [asset.description, asset.gives, asset.welcome]
    return "\n\n".join(text for text in said if text) or kind_name(asset, context.kinds)


def _organization(
    asset: PublicAsset, by_id: Mapping[str, PublicAsset], context: Context
) -> dict[str, Any]:
    """Who runs it: the published asset it is run by, else it is its own organisation."""
    runs = next(
        (by_id[k.other] for k in asset.links if k.relation == "run by" and k.other in by_id), asset
    )
    organization = {
        "id": id_of(runs.id, "organization"),
        "name": runs.name,
        "description": _described(runs, context),
        "email": _email(runs.email),
        "website": _uri(runs.website),
    }
    return {name: value for name, value in organization.items() if value}


def _areas(asset: PublicAsset, me: str) -> list[dict[str, Any]]:
    """Where it reaches: the drawn area, or the neighbourhood of a person's gift."""
    if not (asset.area or asset.neighbourhood):
        return []
    area = {
        "id": id_of(asset.id, "area"),
        "service_id": me,
        "name": asset.neighbourhood or asset.name,
        "service_area": asset.neighbourhood or asset.name,
    }
    if asset.area:
        area |= {"extent": asset.area, "extent_type": "geojson"}
    return [area]


def _locations(asset: PublicAsset, me: str, *, strict: bool) -> list[dict[str, Any]]:
    """Where it is; nothing at all where the address may not leave."""
    if asset.point is None and not asset.address and not asset.postcode:
        return []
    place = id_of(asset.id, "location")
    location: dict[str, Any] = {"id": place, "location_type": "physical", "name": asset.name}
    if asset.point is not None:
        location["latitude"] = round(asset.point.lat, 7)
        location["longitude"] = round(asset.point.lon, 7)
    if asset.address or asset.postcode:
        location["addresses"] = [_address(asset, place)]
    if access := _access(asset, place):
        location["accessibility"] = access
    if not strict and asset.access_note:
        location["transportation"] = asset.access_note
    return [
        {
            "id": id_of(asset.id, "service_at_location"),
            "service_id": me,
            "location_id": place,
            "location": location,
        }
    ]


def _address(asset: PublicAsset, place: str) -> dict[str, Any]:
    """The address in the parts that the profile demands; what is unknown is empty text."""
    lines = [line.strip() for line in re.split(r"[,\n]", asset.address) if line.strip()]
    if lines and lines[-1].replace(" ", "").upper() == asset.postcode.replace(" ", "").upper():
        lines.pop()
    city = lines.pop() if len(lines) > 1 else ""
    return {
        "id": id_of(asset.id, "address"),
        "location_id": place,
        "address_1": ", ".join(lines),
        "city": city,
        "state_province": "",
        "postal_code": asset.postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _access(asset: PublicAsset, place: str) -> list[dict[str, Any]]:
    """The access facts that are known, and the note about them."""
    facts = []
    for fact, value in asset.access.items():
        said = f"{_ACCESS_WORDS.get(fact, fact)}: {value}"
        facts.append(
            {
                "id": id_of(asset.id, "access", fact),
                "location_id": place,
                "description": said,
                "accessibility": said,
            }
        )
    if asset.access_note:
        facts.append(
            {
                "id": id_of(asset.id, "access note"),
                "location_id": place,
                "description": "Getting in and getting around",
                "details": asset.access_note,
            }
        )
    return facts


def _costs(asset: PublicAsset, me: str) -> list[dict[str, Any]]:
    """What it costs, where that is known."""
    if not asset.cost and not asset.cost_note:
        return []
    option: dict[str, Any] = {"id": id_of(asset.id, "cost"), "service_id": me}
    if asset.cost:
        option["option"] = asset.cost.capitalize()
    if asset.cost == "free":
        option["amount"] = 0
    if asset.cost_note:
        option["amount_description"] = asset.cost_note
    return [option]


def _contacts(asset: PublicAsset, me: str, *, strict: bool) -> list[dict[str, Any]]:
    """People who agreed to be named: those in public roles, and who says hello."""
    contacts: list[dict[str, Any]] = []
    for number, person in enumerate(asset.contacts):
        one = {
            "id": id_of(asset.id, "contact", str(number)),
            "service_id": me,
            "name": person.name,
            "title": person.role,
        }
        if not strict:
            phones = _phones(person.phone, asset.id, f"contact {number} phone", me)
            beyond = {"department": person.organisation, "email": person.email, "phones": phones}
            one |= {name: value for name, value in beyond.items() if value}
        contacts.append({name: value for name, value in one.items() if value})
    if asset.greeter:
        contacts.append(
            {
                "id": id_of(asset.id, "greeter"),
                "service_id": me,
                "name": asset.greeter,
                "title": "Says hello on a first visit",
            }
        )
    return contacts


def _phones(number: str, asset_id: str, part: str, me: str) -> list[dict[str, Any]]:
    """A phone number as HSDS 3.0 has it."""
    return [{"id": id_of(asset_id, part), "service_id": me, "number": number}] if number else []


def _attributes(asset: PublicAsset, me: str, context: Context) -> list[dict[str, Any]]:
    """The kind of the asset as a term of our taxonomy, below the term of its category."""
    term = {
        "id": id_of("kind", asset.kind),
        "name": kind_name(asset, context.kinds),
        "description": f"{kind_name(asset, context.kinds)} ({category_name(asset)})",
        "parent_id": id_of("category", asset.category),
        "taxonomy": TAXONOMY,
        "term": asset.kind,
    }
    attribute = {
        "id": id_of(asset.id, "kind"),
        "link_id": me,
        "taxonomy_term_id": term["id"],
        "link_type": "kind",
        "taxonomy_term": term,
    }
    if not context.strict:
        attribute["link_entity"] = "service"
        term["code"] = asset.kind
    return [attribute]


def _uri(text: str) -> str:
    """A web address that is valid as a URI, or "" (the superset keeps the text as it stood)."""
    return text if _URI.fullmatch(text) else ""


def _email(text: str) -> str:
    """An email address that is valid as one, or ""."""
    return text if _EMAIL.fullmatch(text) else ""
