# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cover names and addresses that may not leave wherever they stand in a text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lac_desktop.domain.asset import Asset, Visibility

#: The letter of individuals' gifts, which never carry a position or a way to reach somebody.
GIFT = "G"

#: What stands in a text where a name or an address was held back.
MASK = "(held back)"

_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not stand in any text that leaves: gathered over the whole notebook.

    ``names`` are of greeters and contacts who have not agreed (two words or more), ``addresses``
    of confidential assets, and ``unlinked`` holds the ids that no link may reach.
    """

    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    unlinked: frozenset[str] = frozenset()


def secrets_of(assets: Iterable[Asset], categories: Mapping[str, str] | None = None) -> Secrets:
    """Gather what every text that leaves is searched for.

    ``categories`` maps kind ids to letters; with it gifts are kept out of links as well.
    """
    names: set[str] = set()
    places: set[str] = set()
    addresses: set[str] = set()
    unlinked: set[str] = set()
    for asset in assets:
        places.add(asset.name.casefold())
        names.update(name for name in unagreed(asset) if len(_WORD.findall(name)) > 1)
        if asset.confidential and len(asset.address) >= 8:
            addresses.add(asset.address)
        gift = categories is not None and categories.get(asset.kind, "") == GIFT
        if asset.visibility is not Visibility.PUBLIC or asset.confidential or gift:
            unlinked.add(asset.id)
    # Lists often give a place as its own contact ("Oakham Library"): that is no person's name.
    people = frozenset(name for name in names if name.casefold() not in places)
    return Secrets(people, frozenset(addresses), frozenset(unlinked))


@dataclass(frozen=True, slots=True)
class Masks:
    """What to cover in the texts of one asset.

    ``common`` and ``own`` are texts by their first word, the notebook's and the asset's;
    ``allowed`` are names that agreed here. ``prose`` are single words, ``postcodes`` says that any
    postcode is covered too.
    """

    common: Mapping[str, tuple[str, ...]]
    own: Mapping[str, tuple[str, ...]]
    allowed: frozenset[str]
    prose: tuple[str, ...]
    postcodes: bool


def unagreed(asset: Asset) -> frozenset[str]:
    """Names of the people of an asset who have not agreed to be public."""
    names = {one.name.strip() for one in asset.contacts if not one.agreed_public}
    if not asset.greeter_agreed_public:
        names.add(asset.greeter.strip())
    return frozenset(names - agreed(asset) - {""})


def agreed(asset: Asset) -> frozenset[str]:
    """Names of the people of an asset who have agreed to be public."""
    names = {one.name.strip() for one in asset.contacts if one.agreed_public}
    if asset.greeter_agreed_public:
        names.add(asset.greeter.strip())
    return frozenset(names)


@lru_cache(maxsize=4096)
def pattern(text: str, ignore_case: bool) -> re.Pattern[str]:
    """Match the words of a text whatever stands between them, and never inside a word."""
    words = r"\W+".join(_WORD.findall(text))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE if ignore_case else 0)


@lru_cache(maxsize=8)
def common_index(secrets: Secrets) -> Mapping[str, tuple[str, ...]]:
    """The notebook's names and addresses by their first word, made once for many assets."""
    return by_first_word(secrets.names | secrets.addresses)


def by_first_word(texts: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Sort texts to cover by their first word, so that thousands of them cost nothing."""
    index: dict[str, list[str]] = {}
    for text in sorted(texts, key=lambda one: (-len(one), one)):
        if words := _WORD.findall(text.lower()):
            index.setdefault(words[0], []).append(text)
    return {word: tuple(found) for word, found in index.items()}


def masks_of(asset: Asset, secrets: Secrets) -> Masks:
    """Everything to cover in the texts of one asset; its name stands as it is.

    A single word may be an ordinary one ("May", "Rose"), so it is covered only in the prose of the
    asset that it belongs to, in exactly its own letters.
    """
    names = unagreed(asset)
    own = {name for name in names if " " in name}
    if asset.confidential and asset.address.strip():
        own |= {asset.address, asset.address.split(",")[0]}
    single = tuple(sorted(name for name in names if " " not in name and _WORD.search(name)))
    return Masks(
        common_index(secrets),
        by_first_word(frozenset(own)) if own else {},
        agreed(asset),
        single,
        asset.confidential,
    )


def masked(
    text: str, index: Mapping[str, tuple[str, ...]], allowed: frozenset[str] = frozenset()
) -> str:
    """Cover every text of the index in a text, but for those that are allowed."""
    if not text or not index:
        return text
    for word in set(_WORD.findall(text.lower())) & index.keys():
        for secret in index[word]:
            if secret not in allowed:
                text = pattern(secret, True).sub(MASK, text)
    return text


def covered(text: str, masks: Masks, hidden: bool) -> str:
    """Cover in prose whatever may not leave."""
    text = masked(masked(text, masks.own), masks.common, masks.allowed)
    for name in masks.prose:
        text = pattern(name, False).sub(MASK, text)
    return _POSTCODE.sub(MASK, text) if masks.postcodes or hidden else text
