# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever was exported comes back without loss, from every format that can be read."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lac_desktop.domain.asset import ACCESS_FACTS, LINK_RELATIONS, Asset, Contact, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.exchange import readers, values
from lac_desktop.exchange.writing import FORMATS, write
from tests.exchange import published

#: The page is for people; everything else is read back.
BACK = [one for one in FORMATS if one != "html"]
TABLE = published.kinds()


def _clean(text: str) -> str:
    """Text as any import keeps it: composed letters, no control characters, trimmed."""
    return values.plain(text)


def _line(text: str) -> str:
    return values.line(text).strip(" ,")


_LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"))
_WORDS = st.text(_LETTERS, max_size=40).filter(
    lambda text: not values.nothing(_line(text)) or not text
)
LINES = _WORDS.map(_line).filter(lambda text: not text or not values.nothing(text))
NAMES = LINES.filter(bool)
TEXTS = (
    st.lists(LINES, max_size=3)
    .map("\n".join)
    .map(_clean)
    .filter(lambda text: not text or not values.nothing(text))
)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
TIMES = st.sampled_from(["09:00", "13:30", "23:59", ""])
DEGREES = st.floats(-0.9, 0.9).map(lambda number: round(number, 7))
SESSIONS = st.builds(
    Session,
    title=NAMES,
    repeats=st.sampled_from([Repeats.WEEKLY, Repeats.FORTNIGHTLY]),
    weekday=st.integers(0, 6),
    start=TIMES,
    end=TIMES,
    starts=st.none() | DAYS,
    until=st.none() | DAYS,
    term_time_only=st.booleans(),
    note=TEXTS,
) | st.builds(
    Session,
    title=NAMES,
    repeats=st.just(Repeats.DATES),
    dates=st.lists(DAYS, min_size=1).map(tuple),
)
CONTACTS = st.builds(
    Contact, name=NAMES, role=LINES, organisation=LINES, phone=LINES, agreed_public=st.just(True)
)
ASSETS = st.builds(
    Asset,
    id=st.uuids(version=4).map(str),
    name=NAMES,
    kind=st.sampled_from(sorted(TABLE.kinds)),
    name_cy=LINES,
    description=TEXTS,
    gives=TEXTS,
    greeter=LINES,
    greeter_agreed_public=st.just(True),
    welcome=TEXTS,
    point=st.builds(lambda lat, lon: Point(52.5 + lat, lon - 1), DEGREES, DEGREES),
    hours=st.sampled_from(["", "Mo-Fr 09:00-17:00; PH off", "sunrise-sunset", "Sa[1] 10:00+"]),
    hours_text=TEXTS,
    sessions=st.lists(SESSIONS, max_size=2).map(tuple),
    cost=st.sampled_from(["", "free", "paid"]),
    cost_note=TEXTS,
    access=st.dictionaries(
        st.sampled_from(ACCESS_FACTS), st.sampled_from(["yes", "limited", "no"])
    ),
    access_note=TEXTS,
    phone=st.sampled_from(["", "+44 1632 960001", "01632 960 002", "116 123"]),
    email=st.sampled_from(["", "a.b@example.org"]),
    website=st.sampled_from(["", "https://example.org/a?b=c&d=é"]),
    contacts=st.lists(CONTACTS, max_size=2).map(tuple),
    checked_on=st.none() | DAYS,
    visibility=st.just(Visibility.PUBLIC),
    neighbourhood=LINES,
)  # fmt: skip


def back(format_id: str, public: tuple[PublicAsset, ...], folder: Path) -> dict[str, PublicAsset]:
    """Write, read, and pass through the wall again: what is left of the places, by id."""
    file = folder / f"there{FORMATS[format_id].suffix}"
    write(format_id, public, file, published.context(TABLE))
    reading = readers.read(file, kinds=TABLE)
    made = [one.asset for one in reading.candidates if one.asset is not None]
    assert all(one.visibility is Visibility.PUBLIC for one in made)
    return {one.id: one for one in published.public(TABLE, made)}


def differences(before: PublicAsset, after: PublicAsset) -> dict[str, tuple[Any, Any]]:
    """The fields that are not the same; positions may move by a centimetre."""
    found = {}
    for field in fields(PublicAsset):
        one, other = getattr(before, field.name), getattr(after, field.name)
        if isinstance(one, Point) and isinstance(other, Point):
            if math.isclose(one.lat, other.lat, abs_tol=1e-7) and math.isclose(
                one.lon, other.lon, abs_tol=1e-7
            ):
                continue
        elif isinstance(one, Mapping):
            one, other = dict(one), dict(other)
        elif field.name == "area" and one and other:
            one, other = _corners(str(one)), _corners(str(other))
        if one != other:
            found[field.name] = (one, other)
    return found


def _corners(area: str) -> set[tuple[float, ...]]:
    return {tuple(position) for ring in json.loads(area)["coordinates"] for position in ring}


@pytest.mark.parametrize("format_id", BACK)
def test_everything_a_place_can_hold_comes_back(format_id: str, tmp_path: Path) -> None:
    chosen = [
        one
        if one.name.isprintable() and len(one.name) < 300
        else replace(one, name=f"N{one.id}", description="")
        for one in published.assets(TABLE)
    ]
    chosen = [
        replace(one, name=_line(one.name), description=_clean(one.description)) for one in chosen
    ]
    public = published.public(TABLE, chosen)
    after = back(format_id, public, tmp_path)
    assert len(after) == len(public)
    for one in public:
        assert differences(one, after[one.id]) == {}


@pytest.mark.parametrize("format_id", BACK)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chosen=st.lists(ASSETS, min_size=1, max_size=3, unique_by=lambda one: one.id))
def test_any_place_comes_back(format_id: str, chosen: list[Asset], tmp_path: Path) -> None:
    first, *rest = chosen
    linked = replace(first, links=tuple(Link(LINK_RELATIONS[0], one.id) for one in rest))
    public = published.public(TABLE, [linked, *rest])
    after = back(format_id, public, tmp_path)
    for one in public:
        assert differences(one, after[one.id]) == {}
