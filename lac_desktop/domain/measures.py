# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures that a person may choose to take, and how their answers are scored.

A measure is data (``resources/measures/*.toml``): its questions as its source words them, and the
lines that its source allows to be drawn from the answers. There is no total over unlike things:
answers are added only where a line says so.

``MeasureTaken.answers`` maps the id of a question to the code of its answer (a whole number);
``"ID.words"`` holds the person's own words to that question. What was not answered is not there.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lac_desktop.domain.strengths import MeasureTaken
from lac_desktop.errors import LacError


@dataclass(frozen=True, slots=True)
class Band:
    """What a source calls the values from ``least`` to ``most``, both included."""

    least: int
    most: int
    words: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, with the code that its source gives it."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. With ``options`` one is chosen, otherwise a number from ``low`` to ``high``.

    ``own_words`` asks for the person's own words beside the number, or is empty. With ``names``
    those words name what the number is about, and its line goes by them.
    """

    id: str
    ask: str
    low: int = 0
    high: int = 10
    low_words: str = ""
    high_words: str = ""
    options: tuple[Option, ...] = ()
    own_words: str = ""
    names: bool = False

    def words_of(self, code: int) -> str:
        """The words of an option, or the number."""
        return next((o.words for o in self.options if o.code == code), str(code))


@dataclass(frozen=True, slots=True)
class Line:
    """What may be shown over time: one question, or the sum of several that belong together.

    ``first_on_top`` draws the smallest code at the top ("often" above "never").
    """

    id: str
    name: str
    items: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    first_on_top: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with where it comes from. ``scoring`` says in a sentence how it is scored.

    ``fixed`` wording belongs to its source and is not changed; ``introduction`` is read out first.
    """

    id: str
    name: str
    about: str
    introduction: str
    scoring: str
    source: str
    link: str
    licence: str
    fixed: bool
    order: int
    items: tuple[Item, ...]
    lines: tuple[Line, ...]

    def item(self, item_id: str) -> Item:
        """The question of an id; KeyError where there is none."""
        return next((i for i in self.items if i.id == item_id), None) or _no_item(item_id)


@dataclass(frozen=True, slots=True)
class Reading:
    """A line's value at one time, with its words ("high", "Some of the time") or ""."""

    value: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """One reading on a day; ``own_words`` are the person's, where the question asked for them."""

    on: date
    reading: Reading
    own_words: str = ""
    taken: str = ""  # id of the MeasureTaken


@dataclass(frozen=True, slots=True)
class Track:
    """One line over time, the earliest day first, between ``low`` and ``high``.

    ``answers`` are the answers to choose from, where there are such; they are the scale then.
    """

    name: str
    low: int
    high: int
    low_words: str
    high_words: str
    answers: tuple[Option, ...]
    first_on_top: bool
    points: tuple[TrackPoint, ...]


def own_words_key(item: str) -> str:
    """The key under which answers hold a person's own words to a question."""
    return f"{item}.words"


def declined(taken: MeasureTaken) -> bool:
    """Whether the measure was offered and the person did not want it."""
    return not any(isinstance(v, int) or str(v).strip() for v in taken.answers.values())


def problems_of(measure: Measure, answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with answers: id of the question -> sentence; no answer is never wrong."""
    wrong: dict[str, str] = {}
    for item in measure.items:
        value, said = answers.get(item.id), str(answers.get(own_words_key(item.id), "")).strip()
        codes = [o.code for o in item.options] or range(item.low, item.high + 1)
        if value is not None and (type(value) is not int or value not in codes):
            wrong[item.id] = f"Choose a whole number from {min(codes)} to {max(codes)}."
        elif value is not None and item.names and not said:
            wrong[item.id] = "Say in a few words what it is."
    return wrong


def readings(measure: Measure, answers: Mapping[str, Any]) -> dict[str, Reading]:
    """The value of every line that the answers allow: id of the line -> reading.

    A sum needs all its questions answered; with one of them missing there is no value.
    """
    found: dict[str, Reading] = {}
    for line in measure.lines:
        values = [answers.get(item) for item in line.items]
        whole = [value for value in values if type(value) is int]
        if len(whole) == len(values) and not set(line.items) & problems_of(measure, answers).keys():
            found[line.id] = _reading(measure, line, sum(whole))
    return found


def tracks(measure: Measure, taken: Sequence[MeasureTaken]) -> list[Track]:
    """The lines of a measure over time; lines without any value are left out.

    Questions whose answer the person named themselves give one line a name.
    """
    ordered = sorted(taken, key=lambda t: (t.on, t.id))
    made: list[Track] = []
    for line in measure.lines:
        points: dict[str, list[TrackPoint]] = {}
        names: dict[str, str] = {}
        for one in ordered:
            reading = readings(measure, one.answers).get(line.id)
            if reading is not None:
                said = _said(measure, line, one.answers)
                name = said if _is_named(measure, line) else line.name
                names.setdefault(_key(name), name)
                points.setdefault(_key(name), []).append(TrackPoint(one.on, reading, said, one.id))
        made += [_track(measure, line, names[key], found) for key, found in points.items()]
    return _joined(made) if any(item.names for item in measure.items) else made


def parse(toml_text: str, file: str) -> Measure:
    """Read a measure from its file's text. Raises LacError that says what is wrong where."""
    try:
        data = tomllib.loads(toml_text)
        return _measure(data)
    except tomllib.TOMLDecodeError as error:
        reason = f"it is not valid TOML: {error}"
    except KeyError as error:
        reason = f"{error.args[0]} is missing or not known"
    except (TypeError, ValueError, AttributeError) as error:
        reason = str(error)
    raise LacError(
        f"The measure in {file} has a mistake: {reason}.",
        "Mend it, or put back the file that came with the program.",
    )


def _reading(measure: Measure, line: Line, value: int) -> Reading:
    """A value with the words of its band or option."""
    if len(line.items) == 1 and (options := measure.item(line.items[0]).options):
        return Reading(value, next(o.words for o in options if o.code == value))
    return Reading(value, next((b.words for b in line.bands if b.least <= value <= b.most), ""))


def _is_named(measure: Measure, line: Line) -> bool:
    """Whether the person names what a line is about."""
    return len(line.items) == 1 and measure.item(line.items[0]).names


def _said(measure: Measure, line: Line, answers: Mapping[str, Any]) -> str:
    """The person's own words to a line of one question."""
    if len(line.items) != 1 or not measure.item(line.items[0]).own_words:
        return ""
    return " ".join(str(answers.get(own_words_key(line.items[0]), "")).split())


def _key(name: str) -> str:
    """One form for a name that is typed twice."""
    return " ".join(name.casefold().split())


def _track(measure: Measure, line: Line, name: str, points: Sequence[TrackPoint]) -> Track:
    """A line with the ends of its scale, which add up as its questions do."""
    items = [measure.item(item) for item in line.items]
    low = sum(min([o.code for o in i.options] or [i.low]) for i in items)
    high = sum(max([o.code for o in i.options] or [i.high]) for i in items)
    one = items[0] if len(items) == 1 else None
    words = (one.low_words, one.high_words) if one else ("", "")
    options = one.options if one else ()
    return Track(name, low, high, *words, options, line.first_on_top, tuple(points))


def _joined(found: Sequence[Track]) -> list[Track]:
    """Named lines that came up under several questions as one line each, in order of first day.

    A line keeps the name as it was given first.
    """
    by_name: dict[str, Track] = {}
    for track in sorted(found, key=lambda t: t.points[0].on):
        there = by_name.get(_key(track.name))
        points = (*there.points, *track.points) if there else track.points
        ordered = tuple(sorted(points, key=lambda p: (p.on, p.taken)))
        by_name[_key(track.name)] = replace(there or track, points=ordered)
    return list(by_name.values())


def _measure(data: Mapping[str, Any]) -> Measure:
    items = tuple(_item(entry) for entry in data["item"])
    known = {item.id for item in items}
    if len(known) != len(items):
        raise ValueError("two questions have the same id")
    lines = tuple(_line(entry, known) for entry in data["line"])
    made = Measure(
        data["id"], data["name"], data["about"], data["introduction"], data["scoring"],
        data["source"], data.get("link", ""), data["licence"], bool(data["fixed"]),
        int(data.get("order", 100)), items, lines,
    )  # fmt: skip
    for line in lines:
        _check_bands(made, line)
    return made


def _item(entry: Mapping[str, Any]) -> Item:
    options = tuple(Option(int(o["code"]), str(o["words"])) for o in entry.get("options", ()))
    if len({o.code for o in options}) != len(options):
        raise ValueError(f"two answers of “{entry['id']}” have the same code")
    extra = {k: v for k, v in entry.items() if k not in ("id", "ask", "options")}
    return Item(str(entry["id"]), str(entry["ask"]), options=options, **extra)


def _line(entry: Mapping[str, Any], known: set[str]) -> Line:
    for item in entry["items"]:
        if item not in known:
            raise ValueError(
                f"the line “{entry['id']}” names a question “{item}” that is not there"
            )
    bands = tuple(Band(int(a), int(b), str(words)) for a, b, words in entry.get("bands", ()))
    top = bool(entry.get("first_on_top", False))
    return Line(str(entry["id"]), str(entry["name"]), tuple(entry["items"]), bands, top)


def _check_bands(measure: Measure, line: Line) -> None:
    """Bands must cover every value once."""
    if line.bands:
        whole = _track(measure, line, line.name, ())
        covered = [v for b in line.bands for v in range(b.least, b.most + 1)]
        if covered != list(range(whole.low, whole.high + 1)):
            raise ValueError(f"the bands of “{line.id}” do not cover every value once, in order")


def _no_item(item_id: str) -> Item:
    raise KeyError(f"question “{item_id}”")
