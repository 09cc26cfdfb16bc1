# SPDX-License-Identifier: AGPL-3.0-or-later
"""Find assets that may be one: alike in name and near, or with the same phone, web or postcode.

Only pairs that could be alike are compared: neighbours on a grid of 200 m, and those that share a
phone number, web address, email or postcode. 20,000 assets take about a second.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import METRES_PER_DEGREE, distance_m
from lac_desktop.domain.progress import Progress, silent

if TYPE_CHECKING:
    import numpy as np

#: Metres across a cell of the grid; pairs up to this far apart are compared by place.
CELL = 200.0
#: More assets than this with one phone or web address share it as a switchboard would.
_SWITCHBOARD = 6
#: Kinds of which a neighbourhood has one: two lists that each name one nearby mean the same.
_LONE = frozenset(("library", "post-office", "jobcentre"))
_SMALL_WORDS = frozenset(("the", "a", "of", "and", "in", "at", "y", "yr", "ltd", "limited", "cic"))
_SAME_WORD: Mapping[str, str] = {
    "saint": "st", "centre": "center", "community": "comm", "road": "rd", "street": "st",
    "surgery": "practice", "doctors": "practice", "chapel": "church", "ctr": "center",
    "med": "medical", "primary": "", "school": "school", "c": "", "e": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two assets by their place in the list given, a score from 0 to 1, and the reasons."""

    a: int
    b: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is compared of one asset."""

    name: str  # words in order of the alphabet
    words: frozenset[str]
    numbers: frozenset[str]
    phone: str
    web: str
    email: str
    postcode: str
    source: str


def plain_words(name: str) -> list[str]:
    """The words of a name without accents, marks and small words; "St" and "Saint" are one."""
    folded = unicodedata.normalize("NFKD", name[:200].casefold().replace("&", " and "))
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.findall(r"\w+", letters.replace("'", "").replace("’", ""))
    same = (_SAME_WORD.get(word, word) for word in words if word not in _SMALL_WORDS)
    kept = [word for word in same if word]
    return kept or words


def _traits(asset: Asset) -> _Traits:
    """What is compared of an asset."""
    words = plain_words(asset.name)
    digits = re.sub(r"\D", "", re.split(r"(?i)ext|x", asset.phone)[0])
    web = re.sub(r"^https?://(www\.)?", "", asset.website.lower()).rstrip("/")
    return _Traits(
        name=" ".join(sorted(words)),
        words=frozenset(words),
        numbers=frozenset(re.findall(r"\d+", " ".join(words))),
        phone=digits[-9:] if len(digits) >= 9 else "",
        web=web,
        email=asset.email.lower(),
        postcode=asset.postcode.replace(" ", "").upper(),
        source=re.split(r"[#/]", asset.source)[0],
    )


def alike(
    assets: Sequence[Asset], new_from: int = 0, progress: Progress = silent
) -> list[Likeness]:
    """Pairs that are likely one, best first; at least one of each stands at or after ``new_from``.

    A person decides: nothing is joined by a score alone.
    """
    if new_from >= len(assets) or len(assets) < 2:
        return []
    progress(0, None, "Looking for duplicates")
    traits = [_traits(asset) for asset in assets]
    pairs = _pairs(assets, traits, new_from)
    if not len(pairs):
        return []
    likely = _worth_a_look(assets, traits, pairs)
    found: list[Likeness] = []
    for done, (a, b) in enumerate(likely):
        if done % 5000 == 0:
            progress(done, len(likely), "Looking for duplicates")
        score, reasons = compare(assets[a], assets[b], traits[a], traits[b])
        if score:
            found.append(Likeness(a, b, score, reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def _pairs(assets: Sequence[Asset], traits: Sequence[_Traits], new_from: int) -> "np.ndarray":
    """Pairs (first, second) that are near each other or share something, each once."""
    import numpy as np

    near = _near(assets)
    shared = [
        pair
        for field in ("phone", "web", "email", "postcode")
        for pair in _sharing(getattr(trait, field) for trait in traits)
    ]
    unplaced = [
        trait.name if asset.point is None and not trait.postcode else ""
        for asset, trait in zip(assets, traits, strict=True)
    ]
    shared += _sharing(unplaced)
    both = np.vstack([near, np.array(shared, dtype=np.int64).reshape(-1, 2)])
    both = both[both[:, 1] >= new_from]
    codes = np.unique(both[:, 0] * np.int64(len(assets)) + both[:, 1])
    return np.column_stack([codes // len(assets), codes % len(assets)])


def _sharing(values: Iterable[str]) -> list[tuple[int, int]]:
    """Pairs with the same value, unless too many share it to mean anything."""
    groups: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        if value:
            groups.setdefault(value, []).append(place)
    return [
        (group[i], group[j])
        for group in groups.values()
        if 1 < len(group) <= _SWITCHBOARD * 8
        for i in range(len(group))
        for j in range(i + 1, len(group))
    ]


def _near(assets: Sequence[Asset]) -> "np.ndarray":
    """Pairs in the same or neighbouring cells of the grid."""
    import numpy as np

    placed = np.array([n for n, a in enumerate(assets) if a.point is not None], dtype=np.int64)
    if not len(placed):
        return np.empty((0, 2), dtype=np.int64)
    lats = np.array([a.point.lat for a in assets if a.point is not None])
    lons = np.array([a.point.lon for a in assets if a.point is not None])
    rows = np.floor(lats * METRES_PER_DEGREE / CELL).astype(np.int64)
    middle = np.radians((rows + 0.5) * CELL / METRES_PER_DEGREE)
    width = METRES_PER_DEGREE * np.maximum(np.cos(middle), 0.01) / CELL
    # Rows differ a little in the width of a degree; looking two cells aside makes up for it.
    cols = np.floor(lons * width).astype(np.int64)
    cells = (rows << 32) + cols
    order = np.argsort(cells, kind="stable")
    found = [_joined(cells[order], placed[order], step) for step in _STEPS]
    pairs = np.vstack(found)
    return np.column_stack([pairs.min(axis=1), pairs.max(axis=1)])


#: To itself and to half of the cells around, so that each pair comes once.
_STEPS = (0, 1, (1 << 32) - 1, 1 << 32, (1 << 32) + 1)


def _joined(cells: "np.ndarray", items: "np.ndarray", step: int) -> "np.ndarray":
    """Pairs of items in a cell with those of the cell one step on."""
    import numpy as np

    starts = np.searchsorted(cells, cells + step, side="left")
    ends = np.searchsorted(cells, cells + step, side="right")
    if step == 0:
        starts = np.arange(len(cells)) + 1
    counts = np.maximum(ends - starts, 0)
    first = np.repeat(np.arange(len(cells)), counts)
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.column_stack([items[first], items[np.repeat(starts, counts) + inside]])


def _worth_a_look(
    assets: Sequence[Asset], traits: Sequence[_Traits], pairs: "np.ndarray"
) -> list[tuple[int, int]]:
    """The pairs whose names are alike at all, or of one kind with one name inside the other."""
    import numpy as np
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    numbers: dict[str, int] = {}
    kinds = np.array([numbers.setdefault(asset.kind, len(numbers)) for asset in assets])
    names = [trait.name for trait in traits]

    def scored(some: "np.ndarray", scorer: Any, cutoff: int) -> "np.ndarray":
        firsts = [names[n] for n in some[:, 0].tolist()]
        seconds = [names[n] for n in some[:, 1].tolist()]
        return cpdist(firsts, seconds, scorer=scorer, score_cutoff=cutoff) > 0

    lone = np.array([asset.kind in _LONE for asset in assets])
    kept = scored(pairs, fuzz.ratio, 55)
    kept |= lone[pairs[:, 0]] & (kinds[pairs[:, 0]] == kinds[pairs[:, 1]])
    rest = np.flatnonzero(~kept & (kinds[pairs[:, 0]] == kinds[pairs[:, 1]]))
    if len(rest):
        kept[rest] = scored(pairs[rest], fuzz.token_set_ratio, 99)
    return [(a, b) for a, b in pairs[kept].tolist()]


def _inside(one: _Traits, other: _Traits) -> bool:
    """Say whether all words of one name stand in the other."""
    return bool(one.words) and (one.words <= other.words or other.words <= one.words)


def compare(
    a: Asset, b: Asset, one: _Traits | None = None, other: _Traits | None = None
) -> tuple[float, tuple[str, ...]]:
    """How likely two assets are one, from 0 (no) to 1, and why in words."""
    from rapidfuzz import fuzz

    one, other = one or _traits(a), other or _traits(b)
    name = fuzz.ratio(one.name, other.name) / 100
    if one.numbers != other.numbers:
        name *= 0.6
    inside = _inside(one, other) and one.numbers == other.numbers
    metres = distance_m(a.point, b.point) if a.point and b.point else None
    shares = {
        "phone": bool(one.phone) and one.phone == other.phone,
        "web": bool(one.web) and one.web == other.web and "/" in one.web,
        "site": bool(one.web) and one.web == other.web,
        "email": bool(one.email) and one.email == other.email,
        "postcode": bool(one.postcode) and one.postcode == other.postcode,
    }
    same_list = bool(one.source) and one.source == other.source
    kind = a.kind == b.kind
    lists = bool(one.source and other.source) and not same_list
    lone = kind and a.kind in _LONE and lists and metres is not None and metres <= 150
    score = _score(name, metres, shares, inside=inside, kind=kind, close=same_list)
    if lone and not score:
        score = 0.5
    if not score:
        return 0.0, ()
    reasons = _reasons(name, metres, shares, inside=inside)
    return score, (("the same kind of place", *reasons) if lone and name < 0.8 else reasons)


def _score(
    name: float,
    metres: float | None,
    shares: Mapping[str, bool],
    *,
    inside: bool,
    kind: bool,
    close: bool,
) -> float:
    """Weigh the signs; one list seldom names a thing twice, so there they must be stronger."""
    if close:
        near = metres <= 60 if metres is not None else shares["postcode"]
        strong = name >= 0.95 and kind and near
        return round(min(1.0, 0.5 + name / 2), 3) if strong else 0.0
    here = metres is not None and metres <= 200
    placed = here or (shares["postcode"] and (metres is None or metres <= 600))
    reach = shares["phone"] or shares["email"] or shares["web"]
    far = metres is not None and metres > 1500
    likely = (
        (name >= 0.86 and placed and (kind or name >= 0.95))
        or (inside and kind and placed)
        or (name >= 0.95 and kind and metres is not None and metres <= 400)
        or (reach and not far and (name >= 0.6 or (inside and kind)))
        or (shares["site"] and kind and placed and name >= 0.6)
        or (metres is None and name >= 0.95 and kind and not (shares["postcode"] or reach))
    )
    if not likely:
        return 0.0
    score = 0.45 * max(name, 0.9 if inside else 0.0) + 0.1 * kind
    score += 0.25 * (1.0 if here else 0.7 if placed else 0.3 if metres is None else 0.1)
    score += 0.1 * reach + 0.1 * (shares["phone"] or shares["postcode"])
    return round(min(1.0, score), 3)


def _reasons(
    name: float, metres: float | None, shares: Mapping[str, bool], *, inside: bool
) -> tuple[str, ...]:
    """The signs in words, the strongest first."""
    said = []
    if name >= 0.999:
        said.append("the same name")
    elif name >= 0.8:
        said.append("nearly the same name")
    elif inside:
        said.append("one name is part of the other")
    if metres is not None and metres <= 25:
        said.append("the same place")
    elif metres is not None and metres <= 600:
        said.append(f"{max(10, round(metres, -1)):.0f} m apart")
    for field, words in (
        ("phone", "the same phone number"),
        ("email", "the same email address"),
        ("site", "the same website"),
        ("postcode", "the same postcode"),
    ):
        if shares[field]:
            said.append(words)
    return tuple(said)
