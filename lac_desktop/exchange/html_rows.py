# SPDX-License-Identifier: AGPL-3.0-or-later
"""The places of the shareable page as rows of a table, every text escaped for HTML.

Paragraphs have no end tags: HTML does not ask for them, and a thousand places weigh 60 kB less.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape

from lac_desktop.domain.asset import ACCESS_FACTS
from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.sessions import describe
from lac_desktop.domain.wording import long_date
from lac_desktop.exchange.fields import BY_KEY
from lac_desktop.exchange.shapes import PLACES
from lac_desktop.exchange.writing import Context, category_name, kind_name

HEADINGS = ("Name", "Kind", "About", "When and cost", "Where and access", "Contact", "Checked")

#: Letters of scripts that run from right to left, and the marks that turn the direction.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]")

_ACCESS = {
    column.field.removeprefix("access."): column.heading
    for column in BY_KEY.values()
    if column.field.startswith("access.")
}


def headings() -> str:
    """The cells of the heading row."""
    return "".join(f'<th scope="col">{escape(one)}</th>' for one in HEADINGS)


def row(number: int, asset: PublicAsset, context: Context) -> str:
    """One place as a row; its position is in ``data-at`` as latitude and longitude."""
    at = ""
    if asset.point is not None:
        at = f' data-at="{round(asset.point.lat, PLACES)},{round(asset.point.lon, PLACES)}"'
    letter = escape(asset.category, quote=True)
    cells = (
        _cell(_kind(asset, context)),
        _cell(_about(asset)),
        _cell(_when(asset, context)),
        _cell(_where(asset)),
        _cell(_contact(asset)),
        _checked(asset),
    )
    return f'<tr id="p{number}" data-c="{letter}"{at}>{_name(asset)}{"".join(cells)}</tr>'


def _name(asset: PublicAsset) -> str:
    """The name as the heading of the row, and the Welsh name below it."""
    names = f"<bdi>{escape(asset.name)}</bdi>"
    if asset.name_cy and asset.name_cy != asset.name:
        names += f'<bdi lang="cy">{escape(asset.name_cy)}</bdi>'
    return f'<th scope="row">{names}</th>'


def _cell(parts: Iterator[str]) -> str:
    return f"<td>{''.join(parts)}</td>"


@lru_cache(maxsize=4096)
def _said(text: str, label: str = "") -> str:
    """A paragraph of plain text with what it is about in front; line ends stay."""
    if not text:
        return ""
    front = f"<b>{escape(label)}:</b> " if label else ""
    words = escape(text).replace("\n", "<br>")
    extra = ' dir="auto"' if not text.isascii() and _RIGHT_TO_LEFT.search(text) else ""
    extra += ' class="clip"' if len(text) > 1000 else ""
    return f"<p{extra}>{front}{words}"


def _kind(asset: PublicAsset, context: Context) -> Iterator[str]:
    yield _said(f"{kind_name(asset, context.kinds)} · {category_name(asset)}")


def _about(asset: PublicAsset) -> Iterator[str]:
    yield _said(asset.gives)
    yield _said(asset.description)
    yield _said(asset.greeter, "Who will greet you")
    yield _said(asset.welcome, "On a first visit")
    yield _said(", ".join(asset.languages), "Languages")


def _when(asset: PublicAsset, context: Context) -> Iterator[str]:
    if asset.hours:
        yield _said(context.say_hours(asset.hours), "Open")
    yield _said(asset.hours_text, "Open")
    for session in asset.sessions:
        when = describe(replace(session, weekday=session.weekday % 7))
        yield _said(", ".join(part for part in (when, session.note) if part), session.title)
    if asset.cost:
        yield _said(asset.cost.capitalize())
    yield _said(asset.cost_note, "Cost")


def _where(asset: PublicAsset) -> Iterator[str]:
    yield _said(asset.address)
    if asset.postcode and asset.postcode.lower() not in asset.address.lower():
        yield _said(asset.postcode)
    yield _said(asset.neighbourhood)
    if asset.confidential:
        yield _said("The address is confidential. Ask before you go.")
    facts = [
        f"{_ACCESS.get(fact, fact)}: {asset.access[fact]}"
        for fact in (*ACCESS_FACTS, *sorted(set(asset.access) - set(ACCESS_FACTS)))
        if asset.access.get(fact)
    ]
    yield _said(", ".join(facts))
    yield _said(asset.access_note, "Access")


def _contact(asset: PublicAsset) -> Iterator[str]:
    yield _phone(asset.phone)
    yield _email(asset.email)
    if asset.website.lower().startswith(("http://", "https://")):
        link = escape(asset.website, quote=True)
        yield f'<p><a href="{link}">{_short(asset.website)}</a>'
    else:
        yield _said(asset.website)
    for person in asset.contacts:
        parts = (person.name, person.role, person.organisation, person.patch)
        yield _said(", ".join(part for part in parts if part))
        yield _phone(person.phone)
        yield _email(person.email)


def _phone(number: str) -> str:
    """A phone number that a phone can ring."""
    digits = "".join(sign for sign in number if sign in "0123456789+")
    if len(digits) < 3:
        return _said(number)
    return f'<p><a href="tel:{digits}">{escape(number)}</a>'


def _email(address: str) -> str:
    """An email address that opens the reader's own mail program."""
    if "@" not in address or any(sign in address for sign in " \t\n?&\"'<>"):
        return _said(address)
    return f'<p><a href="mailto:{escape(address, quote=True)}">{escape(address)}</a>'


def _short(address: str) -> str:
    """A web address as people say it."""
    bare = address.split("://", 1)[1].removeprefix("www.").rstrip("/")
    return escape(bare if len(bare) <= 60 else bare[:59] + "…")


def _checked(asset: PublicAsset) -> str:
    """When it was last checked; sorted by the date."""
    if asset.checked_on is None:
        return "<td></td>"
    iso, words = asset.checked_on.isoformat(), long_date(asset.checked_on)
    return f'<td data-s="{iso}"><p>Checked <time datetime="{iso}">{words}</time></td>'
