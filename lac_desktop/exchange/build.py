# SPDX-License-Identifier: AGPL-3.0-or-later
"""Build a candidate from the cells of one row or feature, whatever format it came from."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lac_desktop.domain.asset import ACCESS_FACTS, Asset, Contact, Visibility
from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.importing import Candidate, Problem
from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange import hours_words, positions, values
from lac_desktop.exchange.fields import from_text
from lac_desktop.exchange.row_identity import content_key, kind_of, said_more

#: What stands between the cells of several columns in the values of a candidate.
SEVERAL = " | "
_TEXTS = ("description", "gives", "could_give", "welcome", "cost_note", "access_note")
_LINES = (
    "name_cy", "greeter", "address", "neighbourhood", "source", "licence", "attribution",
)  # fmt: skip
_CODED = ("sessions", "contacts", "links", "confidential", "checked_on")
_CLOSED = re.compile(
    r"^(c|closed|inactive|defunct|dormant|d|proposed|p|dissolved|removed|ceased|suspended|"
    r"permanently closed|temporarily closed|no longer running|ended)$",
    re.IGNORECASE,
)
_GEOMETRIES = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")


@dataclass(frozen=True, slots=True)
class Context:
    """What all rows of one source share.

    ``kind_hint`` is a kind that the list as a whole is of; where ``category`` is given, nearly all
    of the list is of it and a word that means another is misunderstood. ``ours`` says that LAC
    Desktop wrote the file, so that greeters in it had agreed. ``hold`` maps a field to what keeps
    a row in ("keep") and the reason why others are held back.
    """

    file: str
    kinds: KindTable
    title: str = ""
    kind_hint: str = ""
    licence: str = ""
    attribution: str = ""
    visibility: Visibility = Visibility.PUBLIC
    bounds: Box | None = None
    ours: bool = False
    category: str = ""
    hold: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cells:
    """One row by field of Asset: the cells of every column that means the field.

    ``point`` and ``area`` are the geometry of a map feature, already in WGS84. ``problems`` are
    those that the reader itself found in the row.
    """

    row: int
    by_field: Mapping[str, Sequence[str]]
    point: Point | None = None
    area: str = ""
    problems: tuple[Problem, ...] = ()
    held_back: str = ""
    source: str = ""
    key: str = ""


def named(nameless: Candidate, name: str, context: Context) -> Candidate:
    """Build a candidate again that had no name, once somebody has typed one."""
    by_field = {field: text.split(SEVERAL) for field, text in nameless.values.items()}
    cells = Cells(
        nameless.row, {**by_field, "name": [name]}, source=nameless.source, key=nameless.key
    )
    return candidate(cells, context)


def candidate(cells: Cells, context: Context) -> Candidate:
    """Build one candidate; what cannot be used becomes a problem with a sentence."""
    work = _Work(cells, context)
    work.read_name()
    if work.name:
        work.read_texts()
        work.read_reach()
        work.read_place()
        work.read_hours()
        work.read_access()
    return work.finish()


class _Work:
    """One row while it is being read: the asset's values so far, and the problems."""

    def __init__(self, cells: Cells, context: Context) -> None:
        self.cells = cells
        self.context = context
        self.name = ""
        self.made: dict[str, Any] = {}
        self.problems: list[Problem] = list(cells.problems)
        self.held_back = cells.held_back

    def all(self, field_name: str) -> list[str]:
        """The cells of a field that say something."""
        found = self.cells.by_field.get(field_name, ())
        return [cell.strip() for cell in found if not values.nothing(cell)]

    def first(self, field_name: str) -> str:
        """The first cell of a field that says something, or ""."""
        found = self.all(field_name)
        return found[0] if found else ""

    def problem(self, field_name: str, message: str, suggestion: str = "") -> None:
        """Note what is wrong."""
        self.problems.append(
            Problem(self.context.file, self.cells.row, field_name, message, suggestion)
        )

    def take(self, field_name: str, cleaned: values.Cleaned) -> str:
        """Keep a cleaned value and note what was wrong with it."""
        if cleaned.message:
            self.problem(field_name, cleaned.message, cleaned.suggestion)
        return cleaned.value

    def read_name(self) -> None:
        """Read the name; a row without one makes no asset yet."""
        whole = values.line(self.first("name"))
        self.name = self.take("name", values.shortened(whole, "name"))
        if len(whole) > len(self.name):
            self.made["description"] = whole[: values.LONGEST_TEXT]
        if not self.name:
            self.problem("name", "The row has no name.")

    def read_texts(self) -> None:
        """Read the fields that are free text or written by LAC Desktop itself."""
        for field_name in _TEXTS:
            parts = [values.plain(part) for part in dict.fromkeys(self.all(field_name))]
            text = "\n".join(part for part in parts if part)
            kept = values.shortened(text, field_name.replace("_", " "), values.LONGEST_TEXT)
            if text:
                self.made[field_name] = self.take(field_name, kept)
        for field_name in _LINES:
            separator = ", " if field_name == "address" else " "
            parts = [values.line(part).strip(" ,") for part in self.all(field_name)]
            text = separator.join(part for part in dict.fromkeys(parts) if part)
            if text:
                kept = values.shortened(text, field_name.replace("_", " "))
                self.made[field_name] = self.take(field_name, kept)
        for field_name in _CODED:
            self._read_coded(field_name)
        if self.context.ours and self.made.get("greeter"):
            self.made["greeter_agreed_public"] = True
        self._read_cost_and_languages()

    def _read_coded(self, field_name: str) -> None:
        """Read a field that is a date, a fact, or records as LAC Desktop writes them."""
        text = self.first(field_name)
        if not text:
            return
        if field_name == "checked_on":
            text = self.take(field_name, values.day(text))
        try:
            value = from_text(field_name, text)
        except ValueError:
            self.problem(field_name, f"“{text[:60]}” could not be read.")
        else:
            if value is not None:
                self.made[field_name] = value

    def _read_cost_and_languages(self) -> None:
        """Read cost and languages."""
        if text := self.first("cost"):
            said, note = values.cost(text)
            self.made["cost"] = said
            if note and not self.made.get("cost_note"):
                self.made["cost_note"] = values.shortened(note, "cost").value
        words = [w.strip() for t in self.all("languages") for w in re.split(r"[;,/]| and ", t)]
        if any(words):
            self.made["languages"] = tuple(dict.fromkeys(word for word in words if word))

    def read_reach(self) -> None:
        """Read phone, email, website, and the contact column that may hold any of them."""
        mail = self.first("email")
        if values.is_website(mail) and not self.first("website"):
            self.made["website"] = values.website(mail).value
            mail = ""
        for field_name, clean in (
            ("phone", values.phone), ("email", values.email), ("website", values.website)
        ):  # fmt: skip
            if text := mail if field_name == "email" else self.first(field_name):
                # Bare digits in a file of ours went through a spreadsheet; the rest is as it was.
                kept = self.context.ours and not text.removesuffix(".0").isdigit()
                cleaned = values.Cleaned(values.line(text)) if kept else clean(text)
                self.made[field_name] = self.take(field_name, cleaned)
        role = values.line(self.first("contact.role"))
        for text in self.all("contact"):
            if "@" in text and values.email(text).value:
                self.made.setdefault("email", values.email(text).value)
            elif values.is_website(text) and values.website(text).value:
                self.made.setdefault("website", values.website(text).value)
            elif re.search(r"\d{5}|\d{3} \d{3}", text) and values.phone(text).value:
                self.made.setdefault("phone", values.phone(text).value)
            elif not re.search(r"\d{5}|@", text) and "contacts" not in self.made:
                contact = Contact(name=values.line(text)[:200], role=role[:200])
                self.made["contacts"] = (contact,)

    def read_place(self) -> None:
        """Read postcode and position; a postcode inside the address counts too."""
        address = self.made.get("address", "")
        if text := self.first("postcode"):
            self.made["postcode"] = self.take("postcode", values.postcode(text))
        elif address:
            self.made["postcode"] = values.postcode_in(address)
        if self.made.get("postcode") and address:
            trimmed = re.sub(r"[\s,]+$", "", _without_end(address, self.made["postcode"]))
            self.made["address"] = trimmed or address
        both = bool(self.first("lat") and self.first("lon"))
        if self.cells.point is not None and not (self.context.ours and both):
            self._read_geometry()
        else:
            self._read_coordinates()
        if self.cells.area and self.made.get("point") is not None:
            self.made["area"] = self.cells.area
        if area := self.first("area"):
            self._read_area(area)

    def _read_geometry(self) -> None:
        """Take the point of a map feature."""
        point = self.cells.point
        if point is not None:
            placed = positions.place(repr(point.lat), repr(point.lon), self.context.bounds)
            self._placed(placed)

    def _read_coordinates(self) -> None:
        """Read latitude and longitude, or both in one cell."""
        lat, lon = self.first("lat"), self.first("lon")
        if lat and lon:
            self._placed(positions.place(lat, lon, self.context.bounds))
        elif lat or lon:
            self.problem("point", "Only one of the two coordinates is there.")
        elif text := self.first("position"):
            both = positions.pair(text)
            square = None if both else positions.grid_reference(text)
            if square is not None:
                self.made["point"] = square
            elif both:
                self._placed(positions.place(*both, self.context.bounds))
            else:
                self.problem("point", f"“{text[:40]}” is not a position.")

    def _placed(self, placed: positions.Placed) -> None:
        """Keep a position and note what was wrong with it."""
        if placed.point is not None:
            lat, lon = placed.point.lat, placed.point.lon
            self.made["point"] = Point(round(lat, 7), round(lon, 7))
        if placed.message:
            self.problem("point", placed.message, placed.suggestion)

    def _read_area(self, text: str) -> None:
        """Read an area from a table: GeoJSON geometry as text."""
        try:
            geometry = json.loads(text)
            fine = geometry.get("type") in _GEOMETRIES and isinstance(geometry["coordinates"], list)
        except (ValueError, AttributeError, KeyError, RecursionError):
            fine = False
        if fine:
            self.made["area"] = text
        else:
            self.problem("area", "The area could not be read.")

    def read_hours(self) -> None:
        """Read opening times per weekday, or in words."""
        days: dict[int, str] = {}
        for weekday in range(7):
            parts = self.all(f"hours.{weekday}")
            opens, closes = (
                self.first(f"hours.{weekday}.opens"),
                self.first(f"hours.{weekday}.closes"),
            )
            if opens and closes:
                parts.append(f"{opens}-{closes}")
            elif opens and re.fullmatch(r"(?i)closed", opens):
                parts.append(opens)
            if parts:
                days[weekday] = ",".join(parts)
        hours, words = hours_words.from_days(days) if days else ("", "")
        for text in self.all("hours"):
            # What we wrote ourselves is in OpenStreetMap's syntax, however rare the rule.
            read, said = (text, "") if self.context.ours else hours_words.read(text)
            hours = hours or read
            words = "; ".join(part for part in (words, values.plain(said)) if part)
        if words := "; ".join(p for p in (words, values.plain(self.first("hours_text"))) if p):
            self.made["hours_text"] = words[: values.LONGEST_TEXT]
        if hours:
            self.made["hours"] = hours

    def read_access(self) -> None:
        """Read the access facts."""
        facts: dict[str, str] = {}
        for fact in ACCESS_FACTS:
            if text := self.first(f"access.{fact}"):
                said = values.yes_no(text)
                if said:
                    facts[fact] = said
                else:
                    note = "; ".join(t for t in (self.made.get("access_note", ""), text) if t)
                    self.made["access_note"] = values.line(note)[: values.LONGEST_TEXT]
        if facts:
            self.made["access"] = MappingProxyType(facts)

    def _why_held_back(self) -> str:
        """The reason why a row is no asset now, or ""."""
        closed = self.first("closed_on")
        if closed and values.yes_no(closed) != "no":
            return "closed"
        if _CLOSED.match(self.first("status")):
            return "closed"
        for field_name, rule in self.context.hold.items():
            said = self.first(field_name)
            if said and said not in rule["keep"]:
                return str(rule["reason"])
        return ""

    def finish(self) -> Candidate:
        """Put the candidate together."""
        cells, context = self.cells, self.context
        source = cells.source or f"{context.file}#{cells.row}"
        shown = {name: SEVERAL.join(self.all(name)) for name in cells.by_field if self.all(name)}
        if cells.point is not None:
            shown |= {"lat": repr(cells.point.lat), "lon": repr(cells.point.lon)}
        if cells.area:
            shown["area"] = cells.area
        if not self.name and (cells.point is not None or cells.area) and not self.held_back:
            # A nameless spot on a map is no mistake to mend; in a list of names it is one.
            self.held_back = "no name"
            self.problems = [p for p in self.problems if p.field != "name"]
        if not self.name:
            return Candidate(
                context.file, cells.row, source, shown, None, tuple(self.problems),
                self.held_back, self._key(""),
            )  # fmt: skip
        self.held_back = self.held_back or self._why_held_back()
        made, about = self.made, self.made.get("description", "")
        if not context.ours and (
            said := said_more(self.all("kind"), self.name, about, context.kinds)
        ):
            made["description"] = f"{said}\n{about}".strip()[: values.LONGEST_TEXT]
        made.setdefault("licence", context.licence)
        made.setdefault("attribution", context.attribution)
        if not made.get("source") or not context.ours:
            made["source"] = source
        asset = Asset(
            id=self.first("id") if context.ours else "",
            name=self.name,
            kind=self._kind(),
            visibility=context.visibility,
            **made,
        )
        return Candidate(
            context.file, cells.row, source, shown, asset, tuple(self.problems),
            self.held_back, self._key(asset.id),
        )  # fmt: skip

    def _kind(self) -> str:
        """The kind of the row."""
        about = self.context
        hints = (about.kinds, about.kind_hint, about.title, about.category)
        return kind_of(self.all("kind"), self.name, *hints)

    def _key(self, own_id: str) -> str:
        """What names this row in later files of the same source."""
        if own_id or self.cells.key:
            return own_id or self.cells.key
        if row_id := self.first("row_id"):
            return f"#{row_id}"
        made = self.made
        place = (made.get("postcode", ""), made.get("address", ""), made.get("point"))
        return content_key(self.name, *place)


def _without_end(address: str, postcode: str) -> str:
    """An address without the postcode at its end."""
    packed = postcode.replace(" ", r"\s*")
    return re.sub(rf"[\s,]*{packed}\s*$", "", address, flags=re.IGNORECASE)
