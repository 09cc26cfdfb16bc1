# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ladder's tables, read from TOML with every mistake told by file, entry and reason."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from lac_desktop.domain.interests import fold
from lac_desktop.domain.ladder import Approach, Rung, Scenario
from lac_desktop.errors import LacError
from lac_desktop.ladder.phrases import problem_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Danger:
    """Phrases that hint at danger, harmless ones that hold them, and why they come first.

    ``together`` holds lists of phrases that mean danger where one of each list is said nearby.
    """

    why: str
    heard: tuple[str, ...]
    not_in: tuple[str, ...]
    together: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Dislikes:
    """How people say that they do not want something."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    until: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the ladder knows before anybody asks."""

    rungs: tuple[Rung, ...]
    rung_of_kind: Mapping[str, int]
    rung_of_category: Mapping[str, int]
    scenarios: tuple[Scenario, ...]
    approaches: tuple[Approach, ...]
    dangers: tuple[Danger, ...]
    dislikes: Dislikes
    never: frozenset[str] = frozenset()  # kinds that are not suggested to anybody
    plain: frozenset[str] = frozenset()  # words that say nothing about a wish
    closed: tuple[str, ...] = ()  # how a place says of itself that it is no more

    def rung(self, kind: str, category: str) -> int:
        """On which rung an asset stands."""
        return self.rung_of_kind.get(kind) or self.rung_of_category.get(category, 4)

    @property
    def words(self) -> frozenset[str]:
        """Every folded word that situations, approaches, dangers and dislikes listen for."""
        texts = [text for one in self.scenarios for text in (*one.words, *one.groups)]
        texts += [text for one in self.approaches for text in one.words]
        texts += [text for one in self.dangers for text in (*one.heard, *one.not_in)]
        texts += [text for one in self.dangers for of in one.together for p in of for text in p]
        texts += [*self.dislikes.before, *self.dislikes.after, *self.dislikes.until]
        words = (word for text in texts for word in re.split(r"[\s()|]+", text))
        return frozenset(part for word in words if "*" not in word for part in fold(word).split())

    def approach(self, approach_id: str) -> Approach | None:
        """The approach of an id."""
        return next((one for one in self.approaches if one.id == approach_id), None)


def read(folder: Path, kinds: Collection[str], interests: Collection[str]) -> Tables:
    """Read ``rungs``, ``scenarios``, ``approaches``, ``danger``, ``dislikes`` and ``plain``.

    ``kinds`` and ``interests`` are the ids there are. Raises LacError naming the file, the entry,
    its line and the reason.
    """
    rungs_file = _File(folder / "rungs.toml")
    rungs = rungs_file.entries("rung", _rung)
    if [rung.number for rung in rungs] != list(range(1, 8)):
        raise rungs_file.wrong("", "the rungs must be numbered 1 to 7, each once and in order")
    of_kind: dict[str, int] = {}
    of_category: dict[str, int] = {}
    for where, entry in rungs_file.raw("rung"):
        for kind in rungs_file.texts(entry, "kinds", where, kinds):
            of_kind[kind] = entry["number"]
        for category in rungs_file.texts(entry, "categories", where):
            of_category[category] = entry["number"]
    approaches_file = _File(folder / "approaches.toml")
    approaches = approaches_file.entries("approach", lambda f, w, e: _approach(f, w, e, kinds))
    ids = {approach.id for approach in approaches}
    scenarios = _File(folder / "scenarios.toml").entries(
        "scenario", lambda f, w, e: _scenario(f, w, e, kinds, interests, ids)
    )
    dangers_file = _File(folder / "danger.toml")
    lists = _lists(dangers_file)
    dangers = dangers_file.entries("danger", lambda f, w, e: _danger(f, w, e, lists))
    return Tables(
        rungs, of_kind, of_category, scenarios, approaches, dangers,
        _dislikes(_File(folder / "dislikes.toml")),
        frozenset(rungs_file.texts(rungs_file.data, "never", "", kinds)),
        _plain(_File(folder / "plain.toml")),
        _phrases(rungs_file, rungs_file.data, "closed", ""),
    )  # fmt: skip


class _File:
    """One TOML file of the ladder."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self.text = path.read_text(encoding="utf-8-sig")
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise self.wrong("", f"it is not valid TOML: {error}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise self.wrong("", "it cannot be read") from error

    def raw(self, table: str) -> list[tuple[str, dict[str, Any]]]:
        """The entries of a table, each with where it stands."""
        entries = self.data.get(table, [])
        if not isinstance(entries, list) or not entries:
            raise self.wrong("", f"it holds no [[{table}]]")
        head = f"[[{table}]]"
        lines = [n for n, line in enumerate(self.text.splitlines(), 1) if line.strip() == head]
        return [
            (f"line {lines[n] if n < len(lines) else '?'}, {entry.get('id', table)}", entry)
            for n, entry in enumerate(entries)
        ]

    def entries(
        self, table: str, make: "Callable[[_File, str, dict[str, Any]], T]"
    ) -> tuple[T, ...]:
        """Every entry of a table, made and with an id of its own."""
        seen: set[str] = set()
        made: list[T] = []
        for where, entry in self.raw(table):
            key = str(entry.get("id", ""))
            if key and key in seen:
                raise self.wrong(where, "an entry of this id stands above already")
            seen.add(key)
            made.append(make(self, where, entry))
        return tuple(made)

    def text_of(self, entry: Mapping[str, Any], field: str, where: str, must: bool = True) -> str:
        """A text field."""
        value = entry.get(field, "")
        if not isinstance(value, str) or (must and not value.strip()):
            raise self.wrong(where, f"its {field} is missing or no text")
        return value

    def flag(self, entry: Mapping[str, Any], field: str, where: str) -> bool:
        """A yes or no; no where it is left out."""
        value = entry.get(field, False)
        if not isinstance(value, bool):
            raise self.wrong(where, f"its {field} must be true or false")
        return value

    def only(self, entry: Mapping[str, Any], fields: Collection[str], where: str) -> None:
        """Tell of a field that nobody reads, such as a misspelt one."""
        for field in entry:
            if field not in fields:
                known = ", ".join(fields)
                raise self.wrong(where, f"it has a field “{field}”; it may have {known}")

    def texts(
        self,
        entry: Mapping[str, Any],
        field: str,
        where: str,
        known: Collection[str] | None = None,
    ) -> tuple[str, ...]:
        """A list of texts, each of which must be among ``known`` if that is given."""
        values = entry.get(field, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            raise self.wrong(where, f"its {field} must be a list of texts")
        for value in values:
            if known is not None and value not in known:
                raise self.wrong(where, f"{field} has “{value}”, which does not exist")
        return tuple(values)

    def wrong(self, where: str, reason: str) -> LacError:
        """The sentence for a mistake."""
        place = f" ({where})" if where else ""
        return LacError(
            f"{self.name} has a mistake{place}: {reason}.",
            "Mend it there, or put back the file that came with the program.",
        )


#: What the entries of each file may hold.
_RUNG_KEYS = (
    "number", "id", "title", "title_cy", "about", "questions", "kinds", "categories"
)  # fmt: skip
_APPROACH_KEYS = (
    "id", "rung", "title", "what", "suits", "ask", "start", "is_not", "kinds", "national", "words"
)  # fmt: skip
_SCENARIO_KEYS = (
    "id", "title", "words", "questions", "interests", "kinds", "approaches", "groups", "avoid",
    "avoid_words", "wide", "only",
)  # fmt: skip


def _rung(file: _File, where: str, entry: dict[str, Any]) -> Rung:
    file.only(entry, _RUNG_KEYS, where)
    number = entry.get("number")
    if not isinstance(number, int):
        raise file.wrong(where, "its number is missing")
    return Rung(
        number,
        file.text_of(entry, "id", where),
        file.text_of(entry, "title", where),
        file.text_of(entry, "title_cy", where),
        file.texts(entry, "questions", where),
        file.text_of(entry, "about", where),
    )


def _approach(file: _File, where: str, entry: dict[str, Any], kinds: Collection[str]) -> Approach:
    file.only(entry, _APPROACH_KEYS, where)
    rung = entry.get("rung")
    if not isinstance(rung, int) or not 1 <= rung <= 7:
        raise file.wrong(where, "its rung must be 1 to 7")
    return Approach(
        id=file.text_of(entry, "id", where),
        rung=rung,
        title=file.text_of(entry, "title", where),
        what=file.text_of(entry, "what", where),
        suits=file.text_of(entry, "suits", where),
        ask=file.texts(entry, "ask", where),
        start=file.text_of(entry, "start", where),
        is_not=file.text_of(entry, "is_not", where),
        kinds=file.texts(entry, "kinds", where, kinds),
        national=file.text_of(entry, "national", where, must=False),
        words=_phrases(file, entry, "words", where),
    )


def _scenario(
    file: _File,
    where: str,
    entry: dict[str, Any],
    kinds: Collection[str],
    interests: Collection[str],
    approaches: Collection[str],
) -> Scenario:
    file.only(entry, _SCENARIO_KEYS, where)
    asked = entry.get("questions", {})
    if not isinstance(asked, dict):
        raise file.wrong(where, "its questions must be a table of rungs")
    questions: dict[int, tuple[str, ...]] = {}
    for rung in asked:
        if rung not in "1234567" or len(rung) != 1:
            raise file.wrong(where, f"there is no rung “{rung}” to ask on")
        questions[int(rung)] = file.texts(asked, rung, where)
    words = _phrases(file, entry, "words", where)
    if not words:
        raise file.wrong(where, "it listens for no words")
    return Scenario(
        id=file.text_of(entry, "id", where),
        title=file.text_of(entry, "title", where),
        words=words,
        questions=questions,
        interests=file.texts(entry, "interests", where, interests),
        kinds=file.texts(entry, "kinds", where, kinds),
        approaches=file.texts(entry, "approaches", where, approaches),
        groups=_phrases(file, entry, "groups", where),
        avoid=file.texts(entry, "avoid", where, kinds),
        avoid_words=_phrases(file, entry, "avoid_words", where),
        wide=file.flag(entry, "wide", where),
        only=file.flag(entry, "only", where),
    )


_LIST = re.compile(r"@(\w+)")
_DANGER_KEYS = ("why", "heard", "together", "not_in")


def _lists(file: _File) -> dict[str, str]:
    """Lists of phrases that others name as ``@name``, each as the choice that it stands for."""
    table = file.data.get("lists", {})
    if not isinstance(table, dict):
        raise file.wrong("lists", "it must be a table of lists of texts")
    choices: dict[str, str] = {}
    for name in table:
        phrases = _phrases(file, table, name, "lists", choices)
        if not phrases:
            raise file.wrong("lists", f"{name} is empty")
        choices[name] = f"({'|'.join(phrases)})"
    return choices


def _danger(file: _File, where: str, entry: dict[str, Any], lists: Mapping[str, str]) -> Danger:
    file.only(entry, _DANGER_KEYS, where)
    together: list[tuple[tuple[str, ...], ...]] = []
    groups = entry.get("together", [])
    for parts in groups if isinstance(groups, list) else [groups]:
        if not isinstance(parts, list) or len(parts) < 2:
            raise file.wrong(where, "each of its together must be two lists of texts or more")
        read = (_phrases(file, {"together": part}, "together", where, lists) for part in parts)
        together.append(tuple(read))
    heard = _phrases(file, entry, "heard", where, lists)
    if not heard and not together:
        raise file.wrong(where, "it listens for no words")
    return Danger(
        file.text_of(entry, "why", where),
        heard,
        _phrases(file, entry, "not_in", where, lists),
        tuple(together),
    )


def _phrases(
    file: _File,
    entry: Mapping[str, Any],
    field: str,
    where: str,
    lists: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """A list of phrases; ``@name`` in one stands for any phrase of a list of that name."""
    whole: list[str] = []
    known = lists or {}
    for phrase in file.texts(entry, field, where):
        for name in _LIST.findall(phrase):
            if name not in known:
                raise file.wrong(where, f"“{phrase}” in {field} names @{name}, which is no list")
        if problem := problem_of(phrase):
            raise file.wrong(where, f"“{phrase}” in {field} {problem}")
        whole.append(_LIST.sub(lambda named: known[named[1]], phrase))
    return tuple(whole)


def _plain(file: _File) -> frozenset[str]:
    return frozenset(file.texts(file.data, "words", ""))


def _dislikes(file: _File) -> Dislikes:
    texts = [_phrases(file, file.data, field, "") for field in ("before", "after", "until")]
    return Dislikes(*texts)
