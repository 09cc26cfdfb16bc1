# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a row of a list is: its kind, and the key that names it in later files."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Candidate
from lac_desktop.domain.interests import fold
from lac_desktop.domain.kinds import KindTable

#: What a thing is when no word tells: the widest kind there is.
ANY_KIND = "community-group"
#: Kinds so wide that any other word says more, the widest last.
_WIDE = ("shop", "social-care", "charity-office", "local-business", ANY_KIND)

#: Words that name something people do together: in English the last, in Welsh the first.
_HEAD = re.compile(
    r"\b(group|club|class|society|cafe|circle|choir|band|session|team|scheme|meet ?up)s?$"
    r"|^(clwb|grwp|cor|dosbarth|cymdeithas|band|caffi|cylch|sesiwn|tim)\b",
)
#: Words for a kind that are longer tell of more than a kind.
_LONGEST_KIND = 60


def kind_of(
    texts: Sequence[str],
    name: str,
    kinds: KindTable,
    hint: str = "",
    title: str = "",
    category: str = "",
) -> str:
    """The kind of a row: from its own words, the list's title, its name, else the widest.

    ``hint`` is a kind that the whole list is of; words of another than ``category`` do not count.
    """
    own = next((text for text in texts if text in kinds.kinds), "")
    if own:
        return own
    said = [found for text in texts if (found := kinds.guess(text))]
    hint = hint or kinds.guess(title) or ""
    if category:
        said = [found for found in said if kinds.category(found) == category]
    for found in (*said, hint, kinds.guess(name) or ""):
        if found and found not in _WIDE:
            return found
    wide = [found for found in (*said, kinds.guess(name), hint) if found in _WIDE]
    return min(wide, key=_WIDE.index, default=ANY_KIND)


def said_more(texts: Sequence[str], name: str, description: str, kinds: KindTable) -> str:
    """What the words for a kind say beyond the kind, the name and the description, or "".

    A "chess club" is of the kind "Social, hobby or history club": without its own words nobody
    would find it by chess.
    """
    for text in texts:
        words = " ".join(text.split())
        found = kinds.guess(words)
        if words in kinds.kinds or len(words) > _LONGEST_KIND:
            continue
        if (found is None or found in _WIDE) and not _HEAD.search(fold(words)):
            continue  # a class of its own ("Other", "Charitable company") tells nobody anything
        kind = kinds.kinds[found or ANY_KIND]
        known = _stems(f"{kind.name} {kind.name_cy} {name} {description}")
        if not _stems(words) <= known:
            return words
    return ""


def _stems(text: str) -> set[str]:
    return {word.removesuffix("s") for word in fold(text).split()}


def usual_category(texts: Sequence[str], kinds: KindTable, title: str) -> str:
    """The category of a list's title where the words of nearly all its rows are of it too."""
    hint = kinds.guess(title)
    if not hint or hint in _WIDE or not texts:
        return ""
    category = kinds.category(hint)
    known = {text: found for text in set(texts) if (found := kinds.guess(text))}
    said = [kinds.category(known[text]) for text in texts if text in known]
    return category if said and said.count(category) >= len(said) * 0.85 else ""


def content_key(name: str, postcode: str, address: str, point: Point | None) -> str:
    """A key for rows without an id: the same as long as name and place stay the same."""
    place = postcode or address.casefold() or (f"{point.lat:.4f},{point.lon:.4f}" if point else "")
    text = "\n".join((" ".join(name.casefold().split()), place))
    return "=" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]


def distinct_keys(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Number the keys that several rows of a file share, in the order of the file."""
    seen: dict[str, int] = {}
    distinct: list[Candidate] = []
    for each in candidates:
        seen[each.key] = seen.get(each.key, 0) + 1
        again = seen[each.key]
        distinct.append(each if again == 1 else replace(each, key=f"{each.key}~{again}"))
    return tuple(distinct)
