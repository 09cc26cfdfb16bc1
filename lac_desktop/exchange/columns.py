# SPDX-License-Identifier: AGPL-3.0-or-later
"""Guess what the columns of a table mean, from their headings and from what stands in them."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lac_desktop import paths
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange import positions, values
from lac_desktop.exchange.fields import BY_HEADING, BY_KEY

#: Fields that take several columns; all others take the best one.
SEVERAL = frozenset(("address", "description", "access_note"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = re.compile(r"\b(mon|tues?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat|sun)\b")
_OPENS = re.compile(r"\b(opens?|opening time|from|start)$")
_CLOSES = re.compile(r"\b(closes?|closing time|to|until|end)$")
_OURS = frozenset(("id", "name", "kind"))  # what every file of ours has


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one field may be called."""

    field: str
    exact: Mapping[str, int]
    ends: tuple[str, ...]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class Headings:
    """The table of headings: rules per field, private words, and tables to refuse."""

    rules: tuple[_Rule, ...]
    private: tuple[str, ...]
    refuse: tuple[tuple[frozenset[str], str, str], ...]


@lru_cache(maxsize=1)
def headings_table() -> Headings:
    """Read resources/import/headings.toml once."""
    text = (paths.resources() / "import" / "headings.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rules = tuple(
        _Rule(
            entry["field"],
            {plain_heading(word): place for place, word in enumerate(entry.get("exact", ()))},
            tuple(entry.get("ends", ())),
            frozenset(entry.get("never", ())),
        )
        for entry in data["field"]
    )
    refuse = tuple((frozenset(r["headings"]), r["message"], r["hint"]) for r in data["refuse"])
    return Headings(rules, tuple(data["private"]["contains"]), refuse)


def plain_heading(heading: str) -> str:
    """Write a heading in small letters with single spaces: "PharmacyName" is "pharmacy name"."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading[:200])
    return " ".join(re.sub(r"[^\w@]+|_", " ", split.casefold()).split())


def is_private(heading: str) -> bool:
    """Say whether a heading looks like something that is not for sharing."""
    plain = f" {plain_heading(heading)} "
    return any(f" {word} " in plain for word in headings_table().private)


def knows(heading: str) -> bool:
    """Say whether a cell could be the heading of a field we know."""
    plain = plain_heading(heading)
    if not plain or len(plain) > 60:
        return False
    if heading.strip().lower() in BY_HEADING or heading.strip() in BY_KEY:
        return True
    return any(_score(rule, plain) > 0 for rule in headings_table().rules) or bool(_weekday(plain))


def _score(rule: _Rule, plain: str) -> float:
    """How well a heading fits a field: 10 and less for exact words, 5 for an ending, 0 for none."""
    if plain in rule.exact:
        return 10 - rule.exact[plain] * 0.05
    for ending in rule.ends:
        if plain.endswith(f" {ending}"):
            before = plain.removesuffix(ending).split()
            if not rule.never.intersection(before) and " ".join(before) not in rule.never:
                return 5 - len(before) * 0.1
    return 0


def _weekday(plain: str) -> str:
    """The field of a weekday's column ("hours.0" is Monday; .opens, .closes), or ""."""
    day = next((n for n, name in enumerate(_WEEKDAYS) if name in plain), None)
    if day is None:
        found = _SHORT.search(plain)
        if not found or len(plain.split()) > 3:
            return ""
        day = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(found[1][:3]))
    if _CLOSES.search(plain):
        return f"hours.{day}.closes"
    return f"hours.{day}.opens" if _OPENS.search(plain) else f"hours.{day}"


def guess(headings: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
    """Map each heading to a field of Asset, or to "" where it stays out.

    ``sample`` holds some rows with one cell per heading. Besides Asset's fields there are: lat,
    lon, position (both in one cell), contact (phone, email or name), contact.role, hours.N (N is
    the weekday from 0), status, closed_on, row_id and access.FACT.
    """
    ours = _our_own(headings)
    if ours:
        return ours
    mapping = dict.fromkeys(headings, "")
    best: dict[str, tuple[float, str]] = {}
    for place, heading in enumerate(headings):
        if is_private(heading) or _is_home_mail([row[place] for row in sample]):
            continue
        field, score = _by_heading(heading)
        cells = [row[place] for row in sample if not values.nothing(row[place])]
        if field and not _fits(field, cells):
            field, score = "", 0.0
        if not field:
            field, score = _by_content(cells)
        if field in SEVERAL or field.startswith("hours."):
            mapping[heading] = field
        elif field and score - place * 0.001 > best.get(field, (0.0, ""))[0]:
            best[field] = (score - place * 0.001, heading)
    mapping.update({heading: field for field, (_, heading) in best.items()})
    return _settled(mapping, headings, sample)


def _our_own(headings: Sequence[str]) -> dict[str, str]:
    """The mapping of a file that LAC Desktop wrote, or an empty one."""
    for table, spelled in ((BY_HEADING, str.lower), (BY_KEY, str)):
        known = [heading for heading in headings if spelled(heading.strip()) in table]
        fields = {table[spelled(heading.strip())].field for heading in known}
        if fields >= _OURS and len(known) > len(headings) * 0.8:
            found = {h: table[spelled(h.strip())].field for h in known}
            return {heading: found.get(heading, "") for heading in headings}
    return {}


def _by_heading(heading: str) -> tuple[str, float]:
    """The field that a heading fits best, with its score."""
    plain = plain_heading(heading)
    weekday = _weekday(plain)
    if weekday:
        return weekday, 10
    scored = [(_score(rule, plain), rule.field) for rule in headings_table().rules]
    score, field = max(scored, key=lambda pair: pair[0])
    return (field, score) if score > 0 else ("", 0)


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    """The share of cells that pass a test; 0 where there are none."""
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _is_home_mail(cells: Sequence[str]) -> bool:
    """Say whether a column holds mostly email addresses of people at home."""
    mails = [cell for cell in cells if values.is_email(cell)]
    return len(mails) >= 3 and _share(mails, values.is_free_mail) > 0.6


def _fits(field: str, cells: Sequence[str]) -> bool:
    """Say whether what stands in a column can be what its heading says."""
    if not cells:
        return True
    if field in ("lat", "lon"):
        return _share(cells, lambda cell: positions.number(cell) is not None) > 0.5
    if field == "hours":
        return (
            _share(cells, lambda cell: any(letter.isalpha() or letter in ":-" for letter in cell))
            > 0.5
        )
    if field == "position":
        return _share(cells, _is_position) > 0.5
    if field == "name":
        return _share(cells, lambda cell: any(letter.isalpha() for letter in cell)) > 0.3
    if field in ("address", "phone", "email", "website"):
        if field != "email" and _share(cells, values.is_email) > 0.5:
            return False
        if field != "website" and _share(cells, values.is_website) > 0.5:
            return False
    if field.startswith("access."):
        return _share(cells, lambda cell: bool(values.yes_no(cell))) > 0.5
    return True


def _is_position(cell: str) -> bool:
    """Say whether one cell holds a whole position."""
    return positions.pair(cell) is not None or positions.grid_reference(cell) is not None


def _by_content(cells: Sequence[str]) -> tuple[str, float]:
    """The field that a column's cells look like, with a score below that of any heading."""
    if len(cells) < 2:
        return "", 0
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("postcode", lambda cell: bool(values.tidy_postcode(cell))),
        ("email", values.is_email),
        ("website", values.is_website),
        ("phone", values.is_phone),
        ("description", _is_prose),
    )
    for field, test in tests:
        if _share(cells, test) > 0.7:
            return field, 1
    return "", 0


def _is_prose(cell: str) -> bool:
    """Say whether a cell holds a sentence rather than a name, an address or a list of codes."""
    words = [word for word in cell.split() if word.isalpha() and word.islower()]
    return len(words) >= 4


def _settled(
    mapping: dict[str, str], headings: Sequence[str], sample: Sequence[Sequence[str]]
) -> dict[str, str]:
    """Settle what depends on several columns: one coordinate alone, ids that repeat, no name."""
    fields = set(mapping.values())
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if one in fields and other not in fields:
            mapping.update({h: "" for h, field in mapping.items() if field == one})
    for place, heading in enumerate(headings):
        if mapping[heading] == "row_id":
            cells = [row[place] for row in sample]
            filled = [cell for cell in cells if cell.strip()]
            if len(filled) < len(cells) * 0.9 or len(set(filled)) < len(filled) * 0.97:
                mapping[heading] = ""
    if "name" not in mapping.values():
        kind = next((h for h, field in mapping.items() if field == "contact"), "")
        if kind:
            mapping[kind] = "name"
    return mapping


def refuse_other_lists(name: str, headings: Sequence[str]) -> None:
    """Raise UnreadableFileError where the headings are those of postcodes or the like."""
    plain = {plain_heading(heading) for heading in headings}
    for needed, message, hint in headings_table().refuse:
        if needed <= plain:
            raise UnreadableFileError(f"{name} {message}", hint)
