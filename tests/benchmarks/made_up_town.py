# SPDX-License-Identifier: AGPL-3.0-or-later
"""A made-up notebook for the helper: places along real streets, and a person with a full record.

However many places there are, the same share of them is of each kind, speaks of each interest and
lies within half an hour's walk: two sizes differ in size alone.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Known
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.ids import new_id
from lac_desktop.domain.interests import Interest
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.person import Person
from lac_desktop.domain.sessions import Session
from lac_desktop.domain.strengths import Exchange, Gift, Offer, ToolSheet, Wish
from lac_desktop.geo.build import build
from lac_desktop.services import assets, considered, interests, notebook, people, strengths
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.keys import FAST_FOR_TESTS

NOW = datetime(2026, 3, 5, 12, 0)
#: A county town, with the densest neighbourhood, and a village six miles off.
TOWN, VILLAGE = Point(52.6705, -0.7285), Point(52.6935, -0.5430)
#: How often kinds come in the eleven areas of OpenStreetMap that the data folder holds, of 3,513;
#: every other kind of the table comes as often as _OTHERS, for groups are on no map.
_OFTEN = {
    "restaurant": 621, "shop": 517, "place-of-worship": 255, "food-shop": 220, "pub": 210,
    "hotel": 156, "cafe": 148, "school": 145, "park": 115, "memorial": 113, "hairdresser": 104,
    "local-business": 87, "nature-place": 80, "council-office": 73, "bank": 66, "museum": 58,
    "sports-ground": 57, "emergency-station": 37, "pharmacy": 37, "cemetery": 35, "dentist": 33,
    "transport-stop": 31, "sports-centre": 30, "charity-office": 25, "theatre": 23,
}  # fmt: skip
_OTHERS = 20
_STREETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "rutland" / "osm"
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "ste", "wa")
_HOURS = ("Mo-Fr 09:00-17:00", "Mo-Su 10:00-22:00", "Tu,Th 10:00-12:00", "We 14:00-16:00", "")


def made_notebook(folder: Path, size: int) -> Notebook:
    """An open notebook of so many places, two hundred people and their gifts."""
    pack = folder / "pack"
    build(pack, osm=sorted(_STREETS.glob("*.osm.pbf")), name="Streets")
    vault = folder / f"{size}.lac"
    settings = NotebookSettings(who="B", pack_folder=str(pack))
    notebook.create(vault, "bench", settings, strength=FAST_FOR_TESTS)
    book = notebook.unlock(vault, "bench", clock=lambda: NOW)
    made = list(_places(book, size))
    assets.save_many(book, made, "Make", "import")
    _others(book, random.Random(4))
    return book


def _places(book: Notebook, size: int) -> Iterator[Asset]:
    """Places on streets: more where streets are close together, as in life."""
    assert book.pack is not None
    graph = book.pack.walk()
    assert graph is not None
    chance, spots = random.Random(2), np.random.default_rng(3)
    at = spots.integers(0, len(graph.net.lon), size)
    lats = graph.net.lat[at] + spots.normal(0, 3e-4, size)
    lons = graph.net.lon[at] + spots.normal(0, 5e-4, size)
    kinds = list(book.kinds.kinds)
    weights = [_OFTEN.get(kind, _OTHERS) for kind in kinds]
    drawn = chance.choices(kinds, weights, k=size)
    loves = list(interests.load().interests.values())
    for kind, lat, lon in zip(drawn, lats.tolist(), lons.tolist(), strict=True):
        yield _place(chance, book.kinds, kind, Point(lat, lon), loves)


def _place(
    chance: random.Random, kinds: KindTable, kind: str, at: Point, loves: Sequence[Interest]
) -> Asset:
    """One place: one in five says what is done there, groups more than others."""
    group = kinds.category(kind) == "A"
    word = kinds.kinds[kind].name
    tells = chance.random() < (0.7 if group else 0.2)
    love = chance.choice(loves)
    does = chance.choice((love.name, *love.words)) if tells else ""
    sessions = (
        (Session(does or word, weekday=chance.randrange(7), start="14:00", end="16:00"),)
        if group
        else ()
    )
    facts = {fact: chance.choice(("yes", "no", "limited")) for fact in ACCESS_FACTS}
    return replace(
        assets.blank(name=f"{_name(chance)} {does or word}", kind=kind, point=at),
        gives=f"{does} for everybody" if tells and chance.random() < 0.5 else "",
        description=" ".join(_name(chance) for _ in range(12)) if chance.random() < 0.4 else "",
        address=f"{chance.randrange(200)} {_name(chance)} Street",
        hours=chance.choice(_HOURS),
        sessions=sessions,
        access=facts if chance.random() < 0.15 else {},
        known=chance.choice(tuple(Known)),
        checked_on=date(2026, chance.choice((1, 2)), 3) if chance.random() < 0.3 else None,
        greeter="Mo" if chance.random() < 0.05 else "",
    )


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()


def _others(book: Notebook, chance: random.Random) -> None:
    """Two hundred people with two gifts each, half of which they would show somebody."""
    loves = list(interests.load().interests.values())
    for _ in range(200):
        one = people.add(book, _name(chance))
        for offer in (Offer.PRIVATE, Offer.SHOW):
            love = chance.choice(loves)
            gift = Gift(new_id(), one.id, f"Good at {love.name.lower()}", offer=offer)
            strengths.save(book, gift)


def full_record(book: Notebook, name: str, home: Point, been: Sequence[str]) -> Person:
    """A person of whom much is known, from interests and gifts to what was thought about."""
    person = people.add(
        book, name, home=home, interests=("gardening", "knitting", "Local history"),
        free_times="Tu,Th 13:00-17:00", access_wishes=("step-free", "quiet"), dislikes="loud music",
    )  # fmt: skip
    key = person.id
    gifts = ("Baking bread", "Mending clothes", "Knows every bird", "Listening", "Growing tomatoes")
    strengths.save(book, *(Gift(new_id(), key, what) for what in gifts))
    strengths.save(
        book,
        Wish(new_id(), key, "Sing with others again", words=("singing",)),
        Wish(new_id(), key, "Walk by the water", words=("walking",)),
        ToolSheet(
            new_id(), key, "community-map", NOW.date(),
            {"places": [{"name": asset, "asset": asset} for asset in been[:3]]},
        ),
        ToolSheet(
            new_id(), key, "relationship-circle", NOW.date(),
            {"people": [{"name": who, "ring": "friends"} for who in ("Mo", "Bea")]},
        ),
        Exchange(new_id(), key, True, been[3], "Cakes", NOW.date()),
    )  # fmt: skip
    for asset in been[4:8]:
        considered.remember(book, key, f"asset:{asset}", "A place", 3)
    return person
