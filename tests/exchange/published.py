# SPDX-License-Identifier: AGPL-3.0-or-later
"""A few invented places that hold everything a public asset can hold, for the writers' tests."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lac_desktop.domain.asset import Asset, Contact, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.kinds import Kind, KindTable
from lac_desktop.domain.privacy import PublicAsset, publish_all
from lac_desktop.domain.sessions import Repeats, Session
from lac_desktop.exchange.writing import Context, Credit

#: Names that have broken pages, sheets and feeds before.
NASTY = (
    "{{7*7}} café {% raw %}",
    "`back` ${alert(1)}",
    "</script><script>alert(1)</script>",
    "<!--lac:rows--> <b>bold</b> &amp; 'q' \"q\"",
    "مقهى الجوار \u202eRTL\u202c",
    "e\u0301\u0308 Ŵŷ combining",
    "=cmd|' /C calc'!A0",
    "'+44 quoted",
    "@SUM(A1)\tTab",
    "x" * 10_000,
    "Lone \ud800 half and bell \x07",
    "]]> CDATA \u2028 line",
)

AREA = (
    '{"type":"Polygon","coordinates":[[[-0.73,52.67],[-0.72,52.675],[-0.72,52.67],[-0.73,52.67]]]}'
)


def kinds() -> KindTable:
    """One kind for each category, so that the shipped ones may change their words."""
    named = {
        "gift-skill": ("Skill to share", "G"),
        "community-group": ("Community group", "A"),
        "library": ("Library", "I"),
        "park": ("Park or garden", "P"),
        "shop": ("Shop", "E"),
        "museum": ("Museum", "C"),
        "advice": ("Advice and information", "S"),
    }
    return KindTable({one: Kind(one, name, "", letter) for one, (name, letter) in named.items()})


def uuid(number: int) -> str:
    """A fixed id."""
    return f"0190a000-0000-7000-8000-{number:012d}"


def _kind_of(table: KindTable, letter: str) -> str:
    return next(kind for kind, one in table.kinds.items() if one.category == letter)


def full(table: KindTable) -> Asset:
    """A place with every field filled."""
    return Asset(
        id=uuid(1),
        name="Brackenfold Library",
        kind=_kind_of(table, "I"),
        name_cy="Llyfrgell Brackenfold",
        description="Books & <quiet>\nand a garden.",
        gives="Tea, newspapers, computers",
        could_give="a back room",
        greeter="Ada Bell",
        greeter_agreed_public=True,
        welcome="Ring the bell twice",
        address="1 Mill Row, Brackenfold",
        postcode="ZZ1 1AA",
        point=Point(52.67, -0.73),
        hours="Mo-Fr 10:00-17:30; Sa 10:00-13:00; PH off",
        hours_text="Late on request",
        sessions=(
            Session("Knit and Natter", weekday=1, start="13:30", end="15:00", note="Upstairs"),
            Session("Rhymes", Repeats.FORTNIGHTLY, 3, (), "10:00", "", date(2026, 1, 8)),
            Session(
                "Chess", Repeats.NTH_WEEKDAY, 5, (1, -1), "14:00", "16:00", term_time_only=True
            ),
            Session(
                "Fair", Repeats.DATES, dates=(date(2026, 6, 6), date(2026, 12, 5)), start="10:00"
            ),
        ),
        cost="free",
        cost_note="Printing 10p a page",
        access={"step-free": "yes", "toilets": "limited", "hearing-loop": "no"},
        access_note="Ramp at the side",
        languages=("English", "Cymraeg"),
        phone="+44 1632 960001",
        email="library@example.org",
        website="https://library.example.org/a?b=1&c=2",
        contacts=(
            Contact(
                "Cy Dunn",
                "Librarian",
                "Council",
                "Brackenfold",
                "01632 960002",
                "cy@example.org",
                True,
            ),
            Contact("Not Agreed", "Caretaker"),
        ),
        links=(Link("run by", uuid(2)),),
        checked_on=date(2026, 3, 5),
        checked_by="Ruth Carter",
        visibility=Visibility.PUBLIC,
        source="osm:node/123",
        licence="ODbL 1.0",
        attribution="© OpenStreetMap contributors",
    )


def assets(table: KindTable) -> list[Asset]:
    """A full place, its council, a park with an area, a safe house, a gift, and nasty names."""
    council = replace(
        full(table),
        id=uuid(2),
        name="Brackenfold Council",
        links=(),
        source="",
        licence="",
        attribution="",
        greeter="",
        contacts=(),
    )
    park = replace(
        council,
        id=uuid(3),
        name="Mill Park",
        kind=_kind_of(table, "P"),
        area=AREA,
        hours="sunrise-sunset",
        sessions=(),
        cost="",
        cost_note="",
    )
    refuge = replace(
        council, id=uuid(4), name="A safe house", kind=_kind_of(table, "S"), confidential=True
    )
    gift = Asset(
        id=uuid(5),
        name="Mo mends bikes",
        kind=_kind_of(table, "G"),
        neighbourhood="Mill End",
        visibility=Visibility.PUBLIC,
    )
    bare = Asset(id=uuid(6), name="Bare", kind=_kind_of(table, "A"), visibility=Visibility.PUBLIC)
    nasty = [
        Asset(
            id=uuid(10 + n),
            name=name,
            description=name[:200],
            kind=_kind_of(table, "E"),
            point=Point(52.66 + n / 1000, -0.74),
            visibility=Visibility.PUBLIC,
        )
        for n, name in enumerate(NASTY)
    ]
    return [full(table), council, park, refuge, gift, bare, *nasty]


def public(table: KindTable, chosen: Sequence[Asset] | None = None) -> tuple[PublicAsset, ...]:
    """The same through the wall."""
    categories = {kind: one.category for kind, one in table.kinds.items()}
    return publish_all(chosen if chosen is not None else assets(table), categories=categories)


def context(table: KindTable, **given: Any) -> Context:
    """A context with a fixed date."""
    values: dict[str, Any] = {
        "kinds": table,
        "made": datetime(2026, 3, 9, 10, 30),
        "title": "Brackenfold {{7*7}} </title>",
        "credits": (
            Credit("Street map", "Contains OS data © Crown copyright 2026", "OGL 3.0", "2026-02"),
        ),
    }
    return Context(**values | given)


def check_golden(made: str, name: str) -> None:
    """Compare with the stored file of that name; LAC_GOLDEN=write stores it anew."""
    file = Path(__file__).parent / "golden" / name
    if os.environ.get("LAC_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.encode())
    assert made == file.read_bytes().decode()
