# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves, sorted into the groups that a person can tick, with every item in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from lac_desktop.domain.privacy import GIFT, Group, PublicAsset
from lac_desktop.domain.wording import count


@dataclass(frozen=True, slots=True)
class LeavingGroup:
    """One group of facts that leaves: what it is, and every single item in words."""

    group: Group
    title: str
    detail: str
    items: tuple[str, ...]


def groups_of(public: Sequence[PublicAsset]) -> tuple[LeavingGroup, ...]:
    """Places, phone numbers, gifts and named people among the assets that leave."""
    return (_places(public), _phones(public), _gifts(public), _people(public))


def _places(public: Sequence[PublicAsset]) -> LeavingGroup:
    items = tuple(one.name for one in public if one.category != GIFT)
    title = count(len(items), "{count} place or group", "{count} places and groups")
    detail = "Name, kind, what it gives, public address, opening times, access."
    return LeavingGroup(Group.PLACES, title, detail, items)


def _phones(public: Sequence[PublicAsset]) -> LeavingGroup:
    items = [f"{one.name}: {one.phone}" for one in public if one.phone]
    for one in public:
        items += [f"{who.name}, {one.name}: {who.phone}" for who in one.contacts if who.phone]
    title = count(len(items), "{count} phone number", "{count} phone numbers")
    detail = "Of places, and of people in public roles who agreed."
    return LeavingGroup(Group.PHONES, title, detail, tuple(items))


def _gifts(public: Sequence[PublicAsset]) -> LeavingGroup:
    gifts = [one for one in public if one.category == GIFT]
    items = tuple(f"{one.name}: {one.neighbourhood}".removesuffix(": ") for one in gifts)
    title = count(len(items), "{count} gift offered", "{count} gifts offered")
    detail = "Name and neighbourhood only, never a place to reach."
    return LeavingGroup(Group.GIFTS, title, detail, items)


def _people(public: Sequence[PublicAsset]) -> LeavingGroup:
    items = [f"{one.greeter}, {one.name}" for one in public if one.greeter]
    items += [f"{who.name}, {one.name}" for one in public for who in one.contacts]
    title = count(len(items), "{count} named person", "{count} named people")
    return LeavingGroup(Group.PEOPLE, title, "Only those who agreed to be public.", tuple(items))
