# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who could show whom something, and which place would welcome which gift: inside the vault only.

A gift that is private is left out before anything is compared, so that nothing is ever proposed
because of it. Nobody is scored; what fits is listed with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.interests import InterestTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.strengths import Gift, Offer, Wish
from lac_desktop.services import interests, introductions, people, strengths
from lac_desktop.services.answers import kind_name
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored

#: So many places are listed for one gift.
PLACES_A_GIFT = 5
#: Categories in the order in which places are listed: people's own groups come first.
_ORDER = "ACPEI"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Showing:
    """One person could show or teach another something: ids, the words of both, and why."""

    gift: Gift
    wish: Wish
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Welcome:
    """A place that would welcome a gift: ``asked`` where it said that it could use that."""

    gift: Gift
    asset_id: str
    name: str
    kind: str
    why: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """Everything that fits, and the names of people by id."""

    showings: tuple[Showing, ...]
    welcomes: tuple[Welcome, ...]
    names: Mapping[str, str]


def offered(gifts: Iterable[Gift], silent_people: frozenset[str] = frozenset()) -> list[Gift]:
    """Gifts that their owner is willing to show or teach, of people who can be asked."""
    return [g for g in gifts if g.offer is not Offer.PRIVATE and g.person not in silent_people]


def interests_in(what: str, words: Iterable[str], table: InterestTable) -> dict[str, str]:
    """Interests that a gift or wish speaks of: id to name, chosen ones first."""
    chosen = [known for word in words if (known := table.named(word)) is not None]
    spoken = table.spoken_of(what)
    return {one.id: one.name for one in (*chosen, *spoken)}


def showings(
    gifts: Sequence[Gift],
    wishes: Sequence[Wish],
    table: InterestTable,
    met: frozenset[frozenset[str]] = frozenset(),
) -> list[Showing]:
    """Gifts and wishes of different people that share an interest, most shared first.

    ``gifts`` are offered ones; ``met`` are pairs of people who are introduced already.
    """
    speaks = [(gift, interests_in(gift.what, gift.words, table)) for gift in offered(gifts)]
    found: list[Showing] = []
    for wish in wishes:
        if wish.came_true_on is not None:
            continue
        wanted = interests_in(wish.what, wish.words, table)
        for gift, given in speaks:
            shared = tuple(name for key, name in given.items() if key in wanted)
            pair = frozenset((gift.person, wish.person))
            if shared and len(pair) == 2 and pair not in met:
                found.append(Showing(gift, wish, shared))
    return sorted(found, key=lambda one: (-len(one.shared), one.gift.id, one.wish.id))


def matches(notebook: Notebook, progress: Progress = silent) -> Matches:
    """Look across the patch; a worker thread may do it. Raises CancelledError by ``progress``."""
    table, quiet = interests.load(), people.silent(notebook)
    gifts = offered(strengths.gifts(notebook), quiet)
    wishes = [one for one in strengths.wishes(notebook) if one.person not in quiet]
    met = frozenset(
        frozenset((one.person, one.to_person))
        for one in introductions.everything(notebook)
        if one.to_person
    )
    found = showings(gifts, wishes, table, met)
    welcomes = _welcomes(notebook, gifts, table, progress)
    names = people.names(notebook, {g.person for g in gifts} | {w.person for w in wishes})
    return Matches(tuple(found), tuple(welcomes), names)


def _welcomes(
    notebook: Notebook, gifts: Sequence[Gift], table: InterestTable, progress: Progress
) -> list[Welcome]:
    """Places by gift: those that said they could use it, then those where it is at home."""
    speaks = [(gift, interests_in(gift.what, gift.words, table)) for gift in gifts]
    kinds = {gift.id: table.kinds_of(given) for gift, given in speaks}
    wanted = {kind for some in kinds.values() for kind in some}
    by_gift: dict[str, list[tuple[tuple[object, ...], Welcome]]] = {g.id: [] for g in gifts}
    for asset in _assets(notebook, wanted, progress):
        category = notebook.indexer.category(asset.kind)
        if category not in _ORDER or asset.vanished_on is not None:
            continue
        said = interests_in(asset.could_give, (), table) if asset.could_give else {}
        for gift, given in speaks:
            asked = [name for key, name in given.items() if key in said]
            if not asked and asset.kind not in kinds[gift.id]:
                continue
            made = _welcome(notebook, gift, asset, asked)
            at = kinds[gift.id].index(asset.kind) if asset.kind in kinds[gift.id] else -1
            rank = (not asked, at, _ORDER.index(category), asset.name.casefold(), asset.id)
            by_gift[gift.id].append((rank, made))
    return [
        made
        for gift in gifts
        for _rank, made in sorted(by_gift[gift.id], key=lambda one: one[0])[:PLACES_A_GIFT]
    ]


def _assets(notebook: Notebook, kinds: set[str], progress: Progress) -> Iterable[Asset]:
    """Assets of these kinds, and all that said what they could give."""
    with notebook.vault.read() as db:
        for number, asset in enumerate(stored.all_assets(db)):
            if number % _BATCH == 0:
                progress(number, 0, "Looking through the places")
            if asset.kind in kinds or asset.could_give:
                yield asset


def _welcome(notebook: Notebook, gift: Gift, asset: Asset, asked: Sequence[str]) -> Welcome:
    kind = kind_name(notebook, asset.kind)
    why = f"Could do more: {asset.could_give}" if asked else f"{kind}: it is at home there"
    return Welcome(gift, asset.id, asset.name, kind, why, bool(asked))
