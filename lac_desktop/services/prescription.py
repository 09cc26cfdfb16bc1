# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wellbeing prescription: one to three things to try on one page, in plain words.

Everything on it went through the wall (``domain.privacy``). The way on foot starts at
a public landmark that the coordinator picks: never at a home, and at nothing that stands beside
one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lac_desktop.domain import privacy
from lac_desktop.domain.asset import Asset
from lac_desktop.domain.geometry import Point, distance_m
from lac_desktop.domain.hours_words import describe as hours_in_words
from lac_desktop.domain.privacy import GIFT, PublicAsset
from lac_desktop.domain.sessions import describe as session_in_words
from lac_desktop.domain.wording import distance, minutes_walk
from lac_desktop.errors import LacError
from lac_desktop.exchange.whole import write_whole
from lac_desktop.services import access, find, places
from lac_desktop.services.answers import kind_name
from lac_desktop.services.notebook import Notebook
from lac_desktop.storage import assets as stored
from lac_desktop.storage import people_records

#: So many options fit on the page, and no more are good to choose from.
MOST = 3
#: A start that is no public asset must be so far from every home that is known, in metres.
FROM_HOMES = 60.0
#: Kinds of place that are not one household's: a postcode may be a single door.
_PUBLIC_PLACES = ("place",)
_SHORT_STRETCH = 12.0
_MOST_SESSIONS = 3
_MAIN_STREETS = 3

_ACCESS = {
    "step-free": ("No steps to get in.", "There are steps to get in."),
    "toilets": ("There is a toilet.", "There is no toilet."),
    "hearing-loop": ("There is a hearing loop.", ""),
    "quiet": ("There is a quiet corner.", ""),
    "parking": ("You can park there.", "There is nowhere to park."),
    "bus": ("A bus stops nearby.", "No bus stops nearby."),
}


@dataclass(frozen=True, slots=True)
class Start:
    """Where the way begins: a public place, in words and as a point."""

    words: str
    point: Point


@dataclass(frozen=True, slots=True)
class Way:
    """A way on foot: ``minutes`` at the notebook's pace, sentences, and its line (lat, lon).

    ``streets`` are the longest ones in the order in which they are walked. ``crow`` says that no
    street is known: there are no sentences and no minutes then.
    """

    metres: float
    minutes: float
    steps: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    crow: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to try, in plain words; what is not known is empty.

    ``code`` is what the QR code holds, ``code_words`` what it opens.
    """

    asset: PublicAsset
    kind: str
    what: str
    when: tuple[str, ...]
    where: str
    hello: str
    facts: tuple[str, ...]
    way: Way | None
    code: str
    code_words: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The page: options, where the ways start, and sentences about what had to stay off it."""

    options: tuple[Option, ...]
    start: Start | None
    made: date
    held: tuple[str, ...] = ()
    name: str = ""


def start_at(notebook: Notebook, text: str) -> Start:
    """The public landmark that was typed or chosen: an asset's name or id, or the name of a place.

    Raises LacError for what is no public place: a postcode, a grid reference, two numbers, a place
    that stays on this laptop, or one beside a home.
    """
    asset = _asset_named(notebook, text.strip())
    if asset is not None:
        public = next(iter(published(notebook, [asset.id])[0]), None)
        if public is None or public.point is None or public.category == GIFT:
            raise LacError(
                f"{asset.name} stays on this laptop, so no printed way can start there.",
                "Choose a public place, such as the library.",
            )
        return Start(public.name, public.point)
    found = places.place(notebook, text)
    if found is None:
        raise LacError(
            "This place is not on the map.", "Choose a public place, such as the library."
        )
    if found.kind not in _PUBLIC_PLACES or _beside_a_home(notebook, found.point):
        raise LacError(
            "A printed way must not give a home away.",
            "Choose a public place, such as the library, the church or the bus station.",
        )
    return Start(found.words, found.point)


def _asset_named(notebook: Notebook, text: str) -> Asset | None:
    """The asset of an id or of exactly this name."""
    with notebook.vault.read() as db:
        if (found := stored.get(db, text)) is not None:
            return found
    hits = [one for one in find.complete(notebook, text, 8) if one.asset_id] if text else []
    same = [one.asset_id for one in hits if one.text.casefold() == text.casefold()]
    with notebook.vault.read() as db:
        return stored.get(db, same[0]) if same else None


def _beside_a_home(notebook: Notebook, point: Point) -> bool:
    """Whether somebody whom we walk alongside lives right there."""
    from lac_desktop.domain.person import Person

    with notebook.vault.people_read() as db:
        people = people_records.where(db, Person, home=people_records.SOMETHING)
    homes = [person.home for person in people if person.home is not None]
    return any(distance_m(point, home) < FROM_HOMES for home in homes)


def published(
    notebook: Notebook, ids: Iterable[str]
) -> tuple[tuple[PublicAsset, ...], tuple[str, ...]]:
    """What may be printed of these assets, in this order, and why others may not."""
    with notebook.vault.read() as db:
        everything = {asset.id: asset for asset in stored.all_assets(db)}
    categories = {kind: one.category for kind, one in notebook.kinds.kinds.items()}
    secrets = privacy.secrets_of(everything.values(), categories)
    chosen = [everything[one] for one in dict.fromkeys(ids) if one in everything]
    public = privacy.publish_all(chosen, categories=categories, secrets=secrets)
    there = {one.id for one in public}
    held = [
        f"{one.name} is not on the page. {privacy.why_held_back(one)}"
        for one in chosen
        if one.id not in there
    ]
    return public, tuple(held)


def shortlist(
    notebook: Notebook, ids: Sequence[str], start: Start | None = None, name: str = ""
) -> Shortlist:
    """The page for up to three assets. ``name`` is put on it only where somebody asked for that.

    Raises LacError where nothing of them may be printed.
    """
    public, held = published(notebook, ids)
    if not public:
        raise LacError(
            "None of these may be printed: they are not public.",
            "Set who can see it to public, under Edit, if it may be handed out.",
        )
    more = tuple(f"{one.name} is not on the page. It holds three." for one in public[MOST:])
    options = tuple(_option(notebook, one, start) for one in public[:MOST])
    return Shortlist(options, start, notebook.clock().date(), (*held, *more), name.strip())


def _option(notebook: Notebook, one: PublicAsset, start: Start | None) -> Option:
    """Everything about one asset that a newcomer wants to know."""
    code, code_words = _code(one)
    way = None
    if start is not None and one.point is not None and start.words != one.name:
        way = _way(notebook, start, one)
    where = ", ".join(part for part in (one.address, one.postcode) if part)
    what = one.gives or one.description
    return Option(
        one,
        kind_name(notebook, one.kind),
        _first_sentences(what),
        _when(one),
        f"Where: {where or one.neighbourhood}" if where or one.neighbourhood else "",
        f"Says hello: {_sentence(one.greeter)}" if one.greeter else "",
        _facts(one),
        way,
        code,
        code_words,
    )


def _when(one: PublicAsset) -> tuple[str, ...]:
    """Sessions first, else hours, in words."""
    said = [f"{s.title}: {session_in_words(s)}" for s in one.sessions[:_MOST_SESSIONS]]
    if not said and one.hours:
        said.append(f"Open: {hours_in_words(one.hours)}")
    if not said and one.hours_text:
        said.append(one.hours_text)
    return tuple(said)


def _first_sentences(text: str, longest: int = 160) -> str:
    """The beginning of a text, whole sentences where there are any."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[:longest]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > 40 else f"{cut.rsplit(' ', 1)[0]}…"


def _facts(one: PublicAsset) -> tuple[str, ...]:
    """Cost, access and buses as sentences."""
    said: list[str] = []
    if one.cost == "free":
        said.append("It is free.")
    elif one.cost_note:
        said.append(_sentence(one.cost_note))
    said += [word for fact, words in _ACCESS.items() if (word := _fact(one.access, fact, words))]
    if one.access_note:
        said.append(_sentence(_first_sentences(one.access_note)))
    if one.welcome:
        said.append(_sentence(_first_sentences(one.welcome)))
    if one.phone:
        said.append(f"Phone {one.phone}.")
    return tuple(said)


def _fact(known: Mapping[str, str], fact: str, words: tuple[str, str]) -> str:
    return {"yes": words[0], "no": words[1]}.get(known.get(fact, ""), "")


def _sentence(text: str) -> str:
    said = text.strip()
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."


def _code(one: PublicAsset) -> tuple[str, str]:
    """What the QR code holds: the public website, else the place on the map (RFC 5870)."""
    site = one.website.strip()
    if site and not re.match(r"[a-z]+:", site, re.IGNORECASE):
        site = f"https://{site}"
    if re.match(r"https?://\S+$", site, re.IGNORECASE):
        return site, "Web page"
    if one.point is not None:
        return f"geo:{one.point.lat:.5f},{one.point.lon:.5f}", "Place on a map"
    return "", ""


def _way(notebook: Notebook, start: Start, one: PublicAsset) -> Way:
    """The way on foot from the start, along the streets where they are known."""
    assert one.point is not None
    graph = notebook.pack.walk() if notebook.pack else None
    gait = places.pace(notebook)
    route = None
    if graph is not None:
        route = graph.route(start.point, one.point, avoids_steps=gait.avoids_steps)
    if route is None:
        return Way(distance_m(start.point, one.point), 0.0, crow=True)
    parts = [(p.name, p.metres, p.steps, p.turn) for p in route.parts]
    line = tuple((float(lat), float(lon)) for lon, lat in route.line)
    minutes = gait.minutes(route.metres)
    told = tuple(directions(parts, start.words, one.name))
    return Way(route.metres, minutes, told, main_streets(parts), line)


def main_streets(parts: Sequence[tuple[str, float, bool, str]]) -> tuple[str, ...]:
    """The three longest named streets of a route, in the order in which they are walked."""
    named = [(metres, name) for name, metres, _steps, _turn in parts if name]
    longest = {name for _metres, name in sorted(named, reverse=True)[:_MAIN_STREETS]}
    return tuple(dict.fromkeys(name for _metres, name in named if name in longest))


def directions(parts: Sequence[tuple[str, float, bool, str]], start: str, goal: str) -> list[str]:
    """Sentences for a route: (street, metres, steps, turn) one after another.

    A stretch that is over in a few steps and has no name is not worth a sentence.
    """
    told = [p for p in parts if p[0] or p[2] or p[1] >= _SHORT_STRETCH] or list(parts[:1])
    said: list[str] = []
    for name, metres, steps, turn in told:
        street = "the steps" if steps else name or "the path"
        far = distance(max(metres, 1.0))
        if not said:
            said.append(f"From {start}, go along {street} for {far}.")
        elif turn in ("left", "right"):
            into = "onto" if steps or not name else "into"
            said.append(f"Turn {turn} {into} {street} and go on for {far}.")
        else:
            said.append(f"Go straight on along {street} for {far}.")
    return [*said, f"{goal} is there."]


def way_words(way: Way | None, start: Start | None) -> str:
    """How far it is, in one sentence."""
    if way is None or start is None:
        return ""
    if way.crow:
        return f"About {distance(way.metres)} from {start.words}, as the crow flies."
    said = f"{minutes_walk(way.minutes)} on foot from {start.words}"
    if not way.streets:
        return f"{said}."
    *before, last = way.streets
    along = f"{', '.join(before)} and {last}" if before else last
    return f"{said}, by {along}."


def note_printed(notebook: Notebook, person: str) -> None:
    """Note in the access log that a page was made for somebody; nothing for a page for nobody."""
    if person:
        access.note(notebook, "printed", person, "prescription")


def write_paper(notebook: Notebook, person: str, file: Path, data: bytes) -> None:
    """Write the page to a file, whole or not at all. Raises LacError where that is not possible."""
    write_whole(file, data, personal=True)
    note_printed(notebook, person)
