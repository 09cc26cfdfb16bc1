# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wall: the only road from an asset to something that may leave the laptop.

Everything that writes, prints or draws for somebody else takes :class:`PublicAsset`, and only
:func:`publish` makes one. What the coordinator thinks or does stays here always: how well a place
is known, what it could give, who checked it, who greets without having agreed, and when a source
dropped it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from lac_desktop.domain.asset import Asset, Contact, Link, Visibility
from lac_desktop.domain.covering import (
    GIFT,
    MASK,
    Masks,
    Secrets,
    common_index,
    covered,
    masked,
    masks_of,
    pattern,
    secrets_of,
)
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Session

__all__ = ["GIFT", "MASK", "PublicAsset", "Secrets", "publish", "publish_all", "secrets_of"]

_SEAL = object()
_NOTHING_SECRET = Secrets()
_PROSE = ("description", "gives", "welcome", "hours_text", "cost_note", "access_note")


class Group(StrEnum):
    """The groups of facts that a person can tick on or off before they leave."""

    PLACES = "places"
    PHONES = "phones"
    PEOPLE = "people"
    GIFTS = "gifts"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAsset:
    """The facts of one asset that may leave the laptop; made by :func:`publish` alone.

    ``category`` is the ABCD letter. ``point`` is WGS84 and, like ``area`` (GeoJSON text),
    ``address`` and ``postcode``, empty where the address is confidential or the asset is a
    person's gift; gifts have ``neighbourhood`` instead. ``links`` reach published assets only and
    ``contacts`` have all agreed. ``source`` is given for open data only. Building one by hand
    raises TypeError.
    """

    seal: InitVar[object]
    id: str
    name: str
    kind: str
    category: str
    name_cy: str = ""
    description: str = ""
    gives: str = ""
    greeter: str = ""
    welcome: str = ""
    address: str = ""
    postcode: str = ""
    neighbourhood: str = ""
    point: Point | None = None
    area: str = ""
    hours: str = ""
    hours_text: str = ""
    sessions: tuple[Session, ...] = ()
    cost: str = ""
    cost_note: str = ""
    access: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    access_note: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    contacts: tuple[Contact, ...] = ()
    links: tuple[Link, ...] = ()
    checked_on: date | None = None
    confidential: bool = False
    source: str = ""
    licence: str = ""
    attribution: str = ""

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("A PublicAsset is made by publish() alone.")


def publish(
    asset: Asset,
    *,
    category: str,
    published: frozenset[str] = frozenset(),
    neighbourhood: str = "",
    secrets: Secrets = _NOTHING_SECRET,
) -> PublicAsset | None:
    """Return what may leave of an asset, or None where nothing may.

    ``category`` is the letter of its kind; ``published`` are the ids that leave together with it,
    for links; ``neighbourhood`` is what a gift is given in place of a position; ``secrets`` are
    the notebook's (see :func:`secrets_of`).
    """
    if asset.visibility is not Visibility.PUBLIC:
        return None
    hidden = asset.confidential or category == GIFT
    masks = masks_of(asset, secrets)
    phone, email = _reachable(asset, category)
    return PublicAsset(
        seal=_SEAL,
        id=asset.id,
        name=asset.name,
        kind=asset.kind,
        category=category,
        name_cy=asset.name_cy,
        greeter=asset.greeter if asset.greeter_agreed_public else "",
        neighbourhood=_neighbourhood(asset, category, neighbourhood),
        hours=asset.hours,
        sessions=tuple(_session(session, masks, hidden) for session in asset.sessions),
        cost=asset.cost,
        access=MappingProxyType({fact: value for fact, value in asset.access.items() if value}),
        languages=asset.languages,
        phone=phone,
        email=email,
        website="" if category == GIFT else asset.website,
        contacts=tuple(replace(c, can_speak=False) for c in asset.contacts if c.agreed_public),
        links=_links(asset, published, secrets, hidden),
        checked_on=asset.checked_on,
        confidential=asset.confidential,
        licence=asset.licence,
        attribution=asset.attribution,
        **_texts(asset, masks, hidden),
        **({} if hidden else _whereabouts(asset)),
    )


def _texts(asset: Asset, masks: Masks, hidden: bool) -> dict[str, Any]:
    """The free texts with everything covered that may not leave."""
    return {name: _prose(asset, name, masks, hidden) for name in _PROSE}


def _whereabouts(asset: Asset) -> dict[str, Any]:
    """The fields that say where an asset is; a private file is not named as its source."""
    return {
        "address": asset.address,
        "postcode": asset.postcode,
        "point": asset.point,
        "area": asset.area,
        "source": asset.source if asset.licence else "",
    }


def publish_all(
    assets: Iterable[Asset],
    *,
    categories: Mapping[str, str],
    neighbourhoods: Mapping[str, str] | None = None,
    secrets: Secrets | None = None,
) -> tuple[PublicAsset, ...]:
    """Publish assets together, so that links between them stay.

    ``categories`` maps kind ids to letters (an unknown kind counts as a service),
    ``neighbourhoods`` asset ids to ward names. Without ``secrets`` those of the assets given are
    used; pass the notebook's where only a part of it leaves.
    """
    assets = list(assets)
    known = secrets if secrets is not None else secrets_of(assets, categories)
    published = frozenset(one.id for one in assets if one.visibility is Visibility.PUBLIC)
    near = neighbourhoods or {}
    made = (
        publish(
            one,
            category=categories.get(one.kind, "S"),
            published=published,
            neighbourhood=near.get(one.id, ""),
            secrets=known,
        )
        for one in assets
    )
    return tuple(one for one in made if one is not None)


def leave_out(asset: PublicAsset, groups: frozenset[Group]) -> PublicAsset | None:
    """Return the asset without the groups that somebody unticked, or None where it goes too."""
    if (Group.GIFTS if asset.category == GIFT else Group.PLACES) in groups:
        return None
    out = asset
    if Group.PHONES in groups:
        contacts = tuple(replace(one, phone="") for one in out.contacts)
        out = replace(out, seal=_SEAL, phone="", contacts=contacts)
    if Group.PEOPLE in groups:
        out = replace(out, seal=_SEAL, greeter="", contacts=())
    return out


def require_public(assets: Iterable[object]) -> tuple[PublicAsset, ...]:
    """Return the assets as a tuple, refusing anything that did not come through the wall.

    Raises TypeError: handing an exporter anything else is a bug, never a known problem.
    """
    checked: list[PublicAsset] = []
    for one in assets:
        if type(one) is not PublicAsset:
            raise TypeError(f"Only a PublicAsset may leave, not {type(one).__name__}.")
        checked.append(one)
    return tuple(checked)


def why_held_back(asset: Asset) -> str:
    """Say in a sentence why nothing of the asset leaves, or "" where it may."""
    if asset.visibility is Visibility.TEAM:
        return "Only your team can see it. Set who can see it to public if it may leave."
    if asset.visibility is Visibility.ONLY_ME:
        return "Only you can see it. Set who can see it to public if it may leave."
    return ""


def parts_held_back(
    asset: Asset, *, category: str, secrets: Secrets = _NOTHING_SECRET
) -> tuple[str, ...]:
    """Say in sentences which parts of a public asset stay here, and why."""
    said: list[str] = []
    if asset.confidential:
        said.append("The address is confidential: it leaves without a position or an address.")
    if category == GIFT:
        said.append("A person’s gift leaves with a neighbourhood only, never a place to reach.")
    if asset.greeter and not asset.greeter_agreed_public:
        said.append("Who says hello has not agreed to be public.")
    waiting = sum(1 for one in asset.contacts if one.name and not one.agreed_public)
    if waiting:
        people = "1 contact has" if waiting == 1 else f"{waiting} contacts have"
        said.append(f"{people} not agreed to be public.")
    shared = category != GIFT and _reachable(asset, category) != (asset.phone, asset.email)
    if shared:
        said.append("Its phone or email is also that of a person who has not agreed.")
    masks = masks_of(asset, secrets)
    if any(_prose(asset, name, masks, False) != getattr(asset, name) for name in _PROSE):
        said.append("A name or address in its text is covered, because it may not leave.")
    return tuple(said)


def named_in_title(asset: PublicAsset, secrets: Secrets) -> str:
    """The person who has not agreed and whose name the name of a place holds, or "".

    The name of a public place leaves as it is, so this is for somebody to decide.
    """
    for title in (asset.name, asset.name_cy):
        if masked(title, common_index(secrets)) != title:
            people = (name for name in sorted(secrets.names) if pattern(name, True).search(title))
            return next(people, "")
    return ""


def _prose(asset: Asset, name: str, masks: Masks, hidden: bool) -> str:
    """One free text of an asset with everything covered that may not leave.

    How to get there would give a confidential place away, so its access note stays here.
    """
    if name == "access_note" and hidden:
        return ""
    if name == "hours_text":  # "Mo" is a day there, not a person
        masks = replace(masks, prose=())
    return covered(getattr(asset, name), masks, hidden)


def _session(session: Session, masks: Masks, hidden: bool) -> Session:
    """A session with its texts covered."""
    title, note = (covered(text, masks, hidden) for text in (session.title, session.note))
    return replace(session, title=title, note=note)


def _reachable(asset: Asset, category: str) -> tuple[str, str]:
    """Phone and email that may leave: never a gift's, nor those of somebody who has not agreed."""
    if category == GIFT:
        return "", ""
    waiting = [one for one in asset.contacts if not one.agreed_public]
    digits = {_digits(one.phone) for one in waiting} - {""}
    emails = {one.email.strip().lower() for one in waiting} - {""}
    phone = "" if _digits(asset.phone) in digits else asset.phone
    email = "" if asset.email.strip().lower() in emails else asset.email
    return phone, email


def _digits(phone: str) -> str:
    """The digits of a phone number with the country code 44 written as 0."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return "0" + digits[2:] if digits.startswith("44") else digits


def _neighbourhood(asset: Asset, category: str, ward: str) -> str:
    """The neighbourhood that a gift is given in place of a position."""
    return (asset.neighbourhood or ward) if category == GIFT and not asset.confidential else ""


def _links(
    asset: Asset, published: frozenset[str], secrets: Secrets, hidden: bool
) -> tuple[Link, ...]:
    """Links that may leave: a tie to or from a confidential place or a gift would place it."""
    if hidden:
        return ()
    return tuple(
        link
        for link in asset.links
        if link.other in published and link.other not in secrets.unlinked
    )
