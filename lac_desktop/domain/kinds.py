# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kinds of asset, their words, icons and OpenStreetMap tags, read from kinds.toml.

A rule for OpenStreetMap is a line of conditions joined by ``&``: ``key=value``, ``key=a|b``
(either), ``key=~part`` (the value holds these small letters), ``key=*`` (any value but "no"),
``!key`` (absent or "no"). Values of a feature that list
several things ("cafe;bar") meet a condition with each of them. Of all rules that fit, the one with
the most exact conditions wins, and among equals the one that stands first in the file.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lac_desktop.errors import LacError

#: The six ABCD categories and services, by letter: letter -> (singular, plural) names.
CATEGORIES: Mapping[str, tuple[str, str]] = {
    "G": ("Individual’s gift", "Individuals’ gifts"),
    "A": ("Association or group", "Associations and groups"),
    "I": ("Institution", "Institutions"),
    "P": ("Physical place", "Physical places"),
    "E": ("Enterprise or exchange", "Economy and exchange"),
    "C": ("Culture or story", "Culture and stories"),
    "S": ("Service", "Services"),
}

#: Why a thing without a name is held back.
NO_NAME = "no name"

_NAME_KEYS = ("name", "name:en", "name:cy", "official_name", "brand")
_KIND_FIELDS = {"id", "name", "name_cy", "category", "icon", "fresh_months", "words", "osm"}
_HOLD_FIELDS = {"reason", "kind", "osm", "any_kind", "not_kinds"}
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CONDITION = re.compile(r"(!)?([a-z][a-z0-9_:-]*)(?:=(.+))?")
_HEADER = re.compile(r"\s*\[\[\s*(kind|hold_back)\s*\]\]")
#: Words after which a text speaks of where or for whom, no longer of what.
_AFTER_HEAD = re.compile(r"\b(?:at|in|near|by|behind|opposite|beside|for|from|with)\b")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of asset. ``fresh_months`` is how long a check lasts before the next is due."""

    id: str
    name: str
    name_cy: str
    category: str
    words: tuple[str, ...] = ()
    icon: str = ""
    fresh_months: int = 6


@dataclass(frozen=True, slots=True)
class Match:
    """What OpenStreetMap tags mean: a kind, or the reason why the thing is held back.

    A thing that is held back still has the kind it gets when somebody brings it in.
    """

    kind: str
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One line of conditions: pairs of a key and the values that fit (None: any, (): absent)."""

    conditions: tuple[tuple[str, frozenset[str] | None], ...]
    kind: str
    reason: str
    rank: tuple[int, int]  # (minus exactness, place in the file): the smallest wins

    def fits(self, tags: Mapping[str, str]) -> bool:
        """Say whether every condition holds."""
        return all(_holds(tags.get(key), values) for key, values in self.conditions)


@dataclass(frozen=True, slots=True)
class _Override:
    """A reason that holds back things of any kind, such as ``access=private``."""

    rules: tuple[_Rule, ...]
    reason: str
    not_kinds: frozenset[str]


def osm_name(tags: Mapping[str, str]) -> str:
    """What an OpenStreetMap feature is called: its name, else a near equivalent, or ""."""
    return next((name for key in _NAME_KEYS if (name := tags.get(key, "").strip())), "")


class KindTable:
    """All kinds, the rules that map OpenStreetMap tags to them, and the words that name them."""

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        rules: Sequence[_Rule] = (),
        overrides: Sequence[_Override] = (),
    ) -> None:
        self.kinds = kinds
        self._overrides = tuple(overrides)
        self._by_value: dict[tuple[str, str], list[_Rule]] = {}
        self._by_key: dict[str, list[_Rule]] = {}
        for rule in rules:
            key, values = rule.conditions[0]
            for value in values or ():
                self._by_value.setdefault((key, value), []).append(rule)
            if values is None:
                self._by_key.setdefault(key, []).append(rule)
        self._keys = frozenset({key for key, _ in self._by_value} | set(self._by_key))
        self._phrases = _phrases(kinds.values())
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    @classmethod
    def parse(cls, toml_text: str) -> "KindTable":
        """Read the table from the text of ``kinds.toml``.

        Raises LacError that names the line, the kind and what is wrong with it.
        """
        try:
            data = tomllib.loads(toml_text)
        except tomllib.TOMLDecodeError as error:
            raise LacError(
                f"The table of kinds is not valid TOML: {error}.",
                "Mend that line of kinds.toml, or put back the file that came with the program.",
            ) from error
        return _Reader(data, toml_text).table()

    def match_osm(self, tags: Mapping[str, str]) -> Match | None:
        """Say what OpenStreetMap tags mean, or None where no rule knows them.

        ``tags`` are as they stand in the file. Things without a name, private or disused ones are
        held back whatever their kind.
        """
        best: _Rule | None = None
        for key in tags:
            if key in self._keys:
                best = self._better(best, key, tags)
        if best is None:
            return None
        if best.reason:
            return Match(best.kind, best.reason)
        for override in self._overrides:
            if best.kind not in override.not_kinds and any(r.fits(tags) for r in override.rules):
                return Match(best.kind, override.reason)
        return Match(best.kind) if osm_name(tags) else Match(best.kind, NO_NAME)

    def guess(self, text: str) -> str | None:
        """The kind that a few words of a spreadsheet or taxonomy mean, or None when unsure.

        A text that is a known phrase means its kind. Else the longest known phrase wins, and
        among equals the last one, since English puts the head of a name at its end ("park café").
        What follows "at", "in", "for" counts only if nothing before it is known.
        """
        folded = _fold(text)
        if whole := self._phrases.get(tuple(map(_stem, folded.split()))):
            return whole
        head = _AFTER_HEAD.split(folded, maxsplit=1)[0]
        return self._guess_in(head.split()) or self._guess_in(folded.split())

    def category(self, kind_id: str) -> str:
        """The letter of a kind's category; LacError for a kind that is not in the table."""
        return self._kind(kind_id).category

    def search_words(self, kind_id: str) -> str:
        """Everything one may type to find assets of a kind: names, Welsh name and synonyms."""
        kind = self._kind(kind_id)
        return " ".join((kind.name, kind.name_cy, *kind.words))

    def of_category(self, letter: str) -> tuple[Kind, ...]:
        """The kinds of a category in the order of the file."""
        return tuple(kind for kind in self.kinds.values() if kind.category == letter)

    def _kind(self, kind_id: str) -> Kind:
        try:
            return self.kinds[kind_id]
        except KeyError:
            raise LacError(
                f"There is no kind called “{kind_id}”.",
                "Use one of the kinds that the list of kinds shows.",
            ) from None

    def _better(self, best: _Rule | None, key: str, tags: Mapping[str, str]) -> _Rule | None:
        """The best of ``best`` and the rules that start with this key."""
        rules: Iterable[_Rule] = ()
        if tags[key] != "no":
            rules = self._by_key.get(key, ())
        for value in _values(tags[key]):
            rules = (*rules, *self._by_value.get((key, value), ()))
        for rule in rules:
            if (best is None or rule.rank < best.rank) and rule.fits(tags):
                best = rule
        return best

    def _guess_in(self, words: Sequence[str]) -> str | None:
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length, -1, -1):
                found = self._phrases.get(tuple(map(_stem, words[start : start + length])))
                if found:
                    return found
        return None


class _Reader:
    """Reads one kinds.toml and knows on which line each entry stands."""

    def __init__(self, data: dict[str, Any], text: str) -> None:
        self._data = data
        self._lines: dict[str, list[int]] = {"kind": [], "hold_back": []}
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                self._lines[header[1]].append(number)
        self._kinds: dict[str, Kind] = {}
        self._rules: list[_Rule] = []
        self._overrides: list[_Override] = []
        self._where = ""

    def table(self) -> KindTable:
        """Read every entry, kinds first, since holding back names them."""
        for entry in self._entries("kind", _KIND_FIELDS):
            self._read_kind(entry)
        for entry in self._entries("hold_back", _HOLD_FIELDS):
            self._read_hold(entry)
        self._where = ""
        self._check(bool(self._kinds), "it holds no kinds")
        return KindTable(self._kinds, self._rules, self._overrides)

    def _entries(self, section: str, known: set[str]) -> Iterator[dict[str, Any]]:
        """The entries of a section, each checked for fields that nobody reads."""
        entries = self._data.get(section, [])
        self._check(isinstance(entries, list), f"[[{section}]] must have two brackets")
        for number, entry in enumerate(entries):
            lines = self._lines[section]
            place = f"line {lines[number]}" if number < len(lines) else f"entry {number + 1}"
            self._where = f"{place}, {section} “{entry.get('id', entry.get('reason', '?'))}”"
            for field in entry:
                self._check(field in known, f"“{field}” is not one of its fields")
            yield entry

    def _read_kind(self, entry: dict[str, Any]) -> None:
        kind_id = self._text(entry, "id")
        self._check(bool(_ID.fullmatch(kind_id)), "its id must be small letters and hyphens")
        self._check(kind_id not in self._kinds, "a kind of this id stands above already")
        category = self._text(entry, "category")
        self._check(category in CATEGORIES, f"there is no category “{category}”")
        months = entry.get("fresh_months", 6)
        sound = type(months) is int and 1 <= months <= 60
        self._check(sound, "fresh_months must be a whole number from 1 to 60")
        name, name_cy = self._text(entry, "name"), self._text(entry, "name_cy")
        words, icon = self._texts(entry, "words"), self._text(entry, "icon")
        self._kinds[kind_id] = Kind(kind_id, name, name_cy, category, words, icon, months)
        for line in self._texts(entry, "osm"):
            self._rules.append(self._rule(line, kind_id, ""))

    def _read_hold(self, entry: dict[str, Any]) -> None:
        reason, lines = self._text(entry, "reason"), self._texts(entry, "osm")
        self._check(bool(lines), "it has no osm rules")
        if entry.get("any_kind") is True:
            rules = tuple(self._rule(line, "", reason) for line in lines)
            exempt = frozenset(self._texts(entry, "not_kinds"))
            for unknown in exempt - self._kinds.keys():
                self._check(False, f"there is no kind “{unknown}”")
            self._overrides.append(_Override(rules, reason, exempt))
            return
        kind = self._text(entry, "kind")
        self._check(kind in self._kinds, f"there is no kind “{kind}”")
        self._rules.extend(self._rule(line, kind, reason) for line in lines)

    def _rule(self, line: str, kind: str, reason: str) -> _Rule:
        conditions: list[tuple[str, frozenset[str] | None]] = []
        exactness = 0
        for part in line.split("&"):
            found = _CONDITION.fullmatch(part.strip())
            if not found or bool(found[1]) == bool(found[3]):
                self._check(False, f"“{part.strip()}” in the rule “{line}” is no condition")
                continue
            absent, key, values = found[1], found[2], found[3]
            wild = values == "*"
            fit = None if wild else frozenset(v.strip() for v in (values or "").split("|") if v)
            exactness += 1 if wild or absent else 10
            conditions.append((key, fit))
        first = conditions[0][1]
        self._check(first != frozenset(), f"the rule “{line}” starts with an absent key")
        partly = any(value.startswith("~") for value in first or ())
        self._check(not partly, f"the rule “{line}” starts with a part of a value")
        return _Rule(tuple(conditions), kind, reason, (-exactness, len(self._rules)))

    def _text(self, entry: dict[str, Any], field: str) -> str:
        value = entry.get(field)
        self._check(isinstance(value, str) and bool(value.strip()), f"its {field} is missing")
        return str(value)

    def _texts(self, entry: dict[str, Any], field: str) -> tuple[str, ...]:
        values = entry.get(field, [])
        sound = isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values)
        self._check(sound, f"its {field} must be a list of texts")
        return tuple(values)

    def _check(self, sound: bool, reason: str) -> None:
        """Stop with a sentence unless ``sound``."""
        if not sound:
            where = f" ({self._where})" if self._where else ""
            raise LacError(
                f"The table of kinds has a mistake{where}: {reason}.",
                "Mend it in kinds.toml, or put back the file that came with the program.",
            )


def _holds(value: str | None, wanted: frozenset[str] | None) -> bool:
    """Say whether a tag's value meets a condition; an empty ``wanted`` asks for absence."""
    if value is None or value == "no":
        return wanted is not None and (not wanted or (value == "no" and "no" in wanted))
    if wanted is None:
        return True
    if value in wanted or any(part in wanted for part in _values(value)):
        return True
    folded = value.casefold()
    return any(word[:1] == "~" and word[1:] in folded for word in wanted)


def _values(value: str) -> tuple[str, ...]:
    """The single values of a tag: OpenStreetMap lists several with semicolons."""
    if ";" not in value:
        return (value,)
    return tuple(part.strip() for part in value.split(";"))


def _fold(text: str) -> str:
    """Small letters without accents, apostrophes and punctuation, words one space apart."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"['’]", "", plain).replace("_", " ").translate(_SPACES).split())


_SPACES = {ord(c): " " for c in '-–—/\\.,;:()[]{}!?"“”*+|<>#'}


def _stem(word: str) -> str:
    """One form for a word and its plural, good enough to compare kinds by."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _phrases(kinds: Iterable[Kind]) -> dict[tuple[str, ...], str]:
    """Every name and synonym as stemmed words, with the kind it means; first come, first kept.

    Names take precedence over synonyms.
    """
    kinds = tuple(kinds)
    phrases: dict[tuple[str, ...], str] = {}
    named = [(k, text) for k in kinds for text in (k.id.replace("-", " "), k.name, k.name_cy)]
    for kind, text in (*named, *((k, word) for k in kinds for word in k.words)):
        stems = tuple(map(_stem, _fold(text).split()))
        if stems:
            phrases.setdefault(stems, kind.id)
    return phrases
