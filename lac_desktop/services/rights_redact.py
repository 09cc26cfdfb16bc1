# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passages about other people in what is kept about one: shown first, then taken out as decided.

A decision belongs to a text, so the same words are treated alike wherever they stand: in the
conversation, in its earlier versions and in a draft.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lac_desktop.domain.rights import Redaction, words_in
from lac_desktop.domain.tool_values import PICTURE
from lac_desktop.services.rights_collect import Collected

WITHHELD = "[A passage about somebody else was taken out.]"
SOMEBODY = "[somebody else]"
#: Fields that by their nature may speak of others.
_OF_OTHERS = ("introduced_who", "who_else", "carer_for", "other")
_NOBODY = ("me", "you", "")
#: Words of a name this short are common words too; such names are looked for as written.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that may be about somebody else.

    ``where`` is the section's title, ``why`` a sentence, ``names`` the names found in it, and
    ``usual`` what is done with it unless somebody decides otherwise.
    """

    text: str
    where: str
    why: str
    usual: Redaction
    names: tuple[str, ...] = ()


def passages(collected: Collected) -> list[Passage]:
    """Every text to look at before anything is handed over, each once, in order."""
    names = _names(collected)
    finder = _finder(names)
    found: dict[str, Passage] = {}
    for section in collected.sections:
        for record in section.records:
            shared = len(record.get("people", ())) > 1 if section.table == "conversation" else False
            for path, text, about in _texts(record):
                one = _judge(text, path, about, shared, finder, section.title)
                if one is not None:
                    known = found.get(text)
                    if known is None or _severity(one.usual) > _severity(known.usual):
                        found[text] = one
    return list(found.values())


def _severity(one: Redaction) -> int:
    return list(Redaction).index(one)


def _judge(
    text: str,
    path: tuple[str, ...],
    about: str,
    shared: bool,
    finder: Callable[[str], tuple[str, ...]],
    where: str,
) -> Passage | None:
    """Why a text may be about somebody else, or None."""
    names = finder(text)
    field = path[-1] if path else ""
    if about:
        why = f"Marked as about {about}."
        return Passage(text, where, why, Redaction.PASSAGE, names)
    if names:
        return Passage(text, where, f"Names {', '.join(names)}.", Redaction.NAMES, names)
    promised = field == "who" and "promises" in path
    if (promised or field in _OF_OTHERS) and text.casefold() not in _NOBODY:
        usual = Redaction.PASSAGE if field == "introduced_who" else Redaction.SHOW
        return Passage(text, where, "May speak of somebody else.", usual)
    if shared and path and path[0] in ("own_words", "reflection") and field == "text":
        why = "From a conversation with others too."
        return Passage(text, where, why, Redaction.SHOW)
    return None


def _names(collected: Collected) -> list[str]:
    """Names of others: of the notebook, and whom marked passages are about."""
    own = set(words_in(f"{collected.person.name} {collected.person.full_name}"))
    found: dict[str, None] = {}
    for names in collected.others.values():
        for name in names:
            if set(words_in(name)) - own:
                found[name] = None
            for word in name.split():
                if len(word) >= _SHORT and not set(words_in(word)) <= own:
                    found[word] = None
    for section in collected.sections:
        for record in section.records:
            for _path, _text, about in _texts(record):
                for word in re.findall(r"\w+", about):
                    if word[0].isupper() and len(word) >= _SHORT and word.casefold() not in own:
                        found[word] = None
    return sorted(found, key=len, reverse=True)


def _finder(names: Iterable[str]) -> Callable[[str], tuple[str, ...]]:
    """A function that gives the names that stand in a text."""
    pattern = _pattern(names)

    def find(text: str) -> tuple[str, ...]:
        if pattern is None:
            return ()
        return tuple(dict.fromkeys(match[0] for match in pattern.finditer(text)))

    return find


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words of any of the names; names under three letters only as they are written."""
    parts = [
        re.escape(name) if len(name) < _SHORT else f"(?i:{re.escape(name)})"
        for name in names
        if name.strip() and name not in ("A", "I", "a", "i")
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def redacted(collected: Collected, decided: Mapping[str, Redaction]) -> list[Mapping[str, Any]]:
    """The sections as they may be handed over: table, title and records as JSON values."""
    known = {one.text: one for one in passages(collected)}
    pattern = _pattern(_names(collected))

    def shown(text: str) -> str:
        one = known.get(text)
        if one is None:
            return text
        choice = decided.get(text, one.usual)
        if choice is Redaction.PASSAGE:
            return WITHHELD
        if choice is Redaction.NAMES and pattern is not None:
            return pattern.sub(SOMEBODY, text)
        return text

    return [
        {
            "table": one.table,
            "title": one.title,
            "records": [_mapped(record, shown) for record in one.records],
        }
        for one in collected.sections
    ]


def _mapped(value: Any, shown: Callable[[str], str]) -> Any:
    """A JSON value with each text, and who a passage was about, as it may be shown."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list | tuple):
        return [_mapped(one, shown) for one in value]
    if isinstance(value, Mapping):
        kept = {str(shown(str(key))): _mapped(one, shown) for key, one in value.items()}
        if value.get("about") and "text" in value and kept["text"] != value["text"]:
            kept["about"] = SOMEBODY
        return kept
    return value


def _texts(
    value: Any, path: tuple[str, ...] = (), about: str = ""
) -> Iterable[tuple[tuple[str, ...], str, str]]:
    """Every text of a JSON value with its path and whom it is marked as about."""
    if isinstance(value, str):
        if value and not value.startswith(PICTURE):
            yield path, value, about
    elif isinstance(value, Mapping):
        marked = value.get("about") if "text" in value else None
        for key, one in value.items():
            mark = str(marked) if marked and key == "text" else ""
            yield from _texts(one, (*path, str(key)), mark)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, path, about)
