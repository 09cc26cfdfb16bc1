# SPDX-License-Identifier: AGPL-3.0-or-later
"""Mend and decide rows of a preview: every function gives a new preview and changes no other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from lac_desktop.domain import ids
from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Box, Point
from lac_desktop.domain.importing import Fate, Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.errors import LacError
from lac_desktop.exchange import hours_words, positions, values
from lac_desktop.exchange.build import Context, named
from lac_desktop.exchange.fields import from_text
from lac_desktop.services.duplicates import alike
from lac_desktop.services.importing_memory import FIELDS, mark_of
from lac_desktop.services.importing_place import Placer, placed
from lac_desktop.services.importing_rows import (
    DIFFERENT,
    FILE,
    LEAVE_OUT,
    MERGE,
    SAME,
    UNDECIDED,
    Bench,
    Preview,
    Row,
    Twin,
)

_EMPTY = Asset(id="", name="", kind="")
_CODED = ("sessions", "contacts", "links", "languages", "confidential", "checked_on")


def fix(preview: Preview, number: int, field: str, value: str) -> Preview:
    """Type a value into a row: its problems with that field go, or a sentence says what is wrong.

    ``field`` is an attribute of Asset; "point" takes "lat, lon". A row that had no name can come
    in once it has one.
    """
    row = preview.rows[number]
    bench = _bench(preview)
    placer = Placer(bench.locate)
    reading = preview.readings[row.reading]
    mended = fixed(row, {**row.fixes, field: value}, bench.kinds, reading, bench.bounds)
    if mended.read is not None and mended.read.point is None and mended.fate is not Fate.HELD_BACK:
        asset, problem = placed(mended.read, placer, row.candidate.file, row.candidate.row)
        mended = replace(mended, read=asset)
        if problem and all(p.message != problem.message for p in mended.problems):
            mended = replace(mended, problems=(*mended.problems, problem))
    return _with(preview, _settled(mended, preview, bench))


def fixed(
    row: Row, fixes: Mapping[str, str], kinds: KindTable, reading: Reading, bounds: Box | None
) -> Row:
    """A row with typed values in place of what the file says."""
    read = row.candidate.asset
    problems = list(row.candidate.problems)
    name = fixes.get("name") or (read.name if read else "")
    if read is None and not name:
        return replace(row, fixes=dict(fixes))
    if read is None:
        context = Context(
            row.candidate.file,
            kinds,
            licence=reading.licence,
            attribution=reading.attribution,
            visibility=Visibility(reading.details.get("visibility", "public")),
            bounds=bounds,
        )
        built = named(row.candidate, name, context)
        read, problems = built.asset, list(built.problems)
    if read is None:
        return replace(row, fixes=dict(fixes))
    for field, text in fixes.items():
        problems = [problem for problem in problems if problem.field != field]
        try:
            read = _set(read, field, text, bounds)
        except LacError as error:
            wrong = Problem(row.candidate.file, row.candidate.row, field, error.message)
            problems.append(wrong)
    if read.point is not None:
        problems = [p for p in problems if p.field != "address" or "no address" not in p.message]
    return replace(row, read=read, problems=tuple(problems), fixes=dict(fixes))


def _set(asset: Asset, field: str, text: str, bounds: Box | None) -> Asset:
    """An asset with one field read from typed text; raises LacError with what is wrong."""
    if field == "point":
        both = positions.pair(text)
        found = positions.place(*both, bounds) if both else None
        point = found.point if found else positions.grid_reference(text)
        if (
            point is None
            and found is not None
            and found.suggestion.replace(" ", "") == text.replace(" ", "")
        ):
            # Typed on purpose: a place abroad is where somebody says it is.
            lat, lon = (float(number) for number in text.split(","))
            point = Point(lat, lon)
        if point is None:
            raise LacError(found.message if found else "Type a latitude and a longitude.")
        return replace(asset, point=point)
    cleaned = _clean(field, text.strip())
    if cleaned.message:
        raise LacError(cleaned.message)
    if field == "hours":
        return _with_hours(asset, cleaned.value)
    if field in _CODED:
        try:
            return replace(asset, **{field: from_text(field, cleaned.value)})
        except ValueError as error:
            raise LacError("That could not be read.") from error
    if field not in FIELDS or not isinstance(getattr(_EMPTY, field), str):
        raise LacError("That field cannot be typed here.")
    return replace(asset, **{field: cleaned.value})


def _with_hours(asset: Asset, text: str) -> Asset:
    """An asset with opening hours as typed, in words where they are not understood."""
    hours, words = hours_words.read(text)
    return replace(asset, hours=hours, hours_text=words)


def _clean(field: str, text: str) -> values.Cleaned:
    """Clean a typed value as the file's own are cleaned; an empty one takes the value away."""
    if not text:
        return values.Cleaned("", "An asset needs a name." if field == "name" else "")
    cleaners: Mapping[str, Any] = {
        "postcode": values.postcode,
        "phone": values.phone,
        "email": values.email,
        "website": values.website,
        "checked_on": values.day,
    }
    if field in cleaners:
        return cleaners[field](text)
    if field in ("name", "name_cy", "address"):
        return values.shortened(values.line(text), field)
    return values.Cleaned(values.plain(text)[: values.LONGEST_TEXT])


def decide(
    preview: Preview, number: int, decision: str, choices: Mapping[str, str] | None = None
) -> Preview:
    """Say what a row is: SAME as its first twin, DIFFERENT, MERGE by ``choices``, LEAVE_OUT.

    SAME keeps what is here and fills what is empty; MERGE takes each field for which ``choices``
    says FILE. UNDECIDED takes the decision back. Raises LacError where there is no twin to join.
    """
    row = preview.rows[number]
    bench = _bench(preview)
    if decision in (SAME, MERGE):
        if not row.twins:
            raise LacError("This row looks like no other place.", "Add it, or leave it out.")
        joined = replace(row, decision=decision, choices=dict(choices or {}), fate=Fate.MERGE)
        return _with(preview, joined)
    cleared = replace(row, decision="" if decision == UNDECIDED else decision, choices={})
    if decision == LEAVE_OUT:
        return _with(preview, replace(cleared, fate=Fate.LEAVE_OUT))
    if decision == DIFFERENT and row.asset is not None:
        return _with(preview, replace(cleared, fate=Fate.ADD))
    return _with(preview, _settled(cleared, preview, bench))


def joined(row: Row, twin: Asset) -> Asset:
    """What a row and its twin become together."""
    read = row.read or row.asset
    if read is None:
        return twin
    takes: dict[str, Any] = {}
    for field in FIELDS:
        new, here = getattr(read, field), getattr(twin, field)
        if row.decision == SAME:
            take = here == getattr(_EMPTY, field) and field not in ("licence", "attribution")
        else:
            take = row.choices.get(field) == FILE
        if take and new != here:
            takes[field] = new
    return replace(twin, **takes) if takes else twin


def use_all_suggestions(preview: Preview) -> Preview:
    """Mend every problem that has a suggestion by it."""
    for row in preview.rows:
        if row.fate is Fate.HELD_BACK:
            continue
        for problem in row.problems:
            if problem.suggestion and problem.field and problem.field not in row.fixes:
                preview = fix(preview, row.number, problem.field, problem.suggestion)
    return preview


def bring_in(
    preview: Preview, reason: str | None = None, numbers: Sequence[int] | None = None
) -> Preview:
    """Let rows in that were held back: of one reason, of chosen numbers, or all."""
    chosen = set(numbers or ())
    bench = _bench(preview)
    placer = Placer(bench.locate)
    rows = list(preview.rows)
    for row in preview.rows:
        wanted = row.number in chosen if numbers is not None else True
        if row.fate is not Fate.HELD_BACK or not wanted:
            continue
        if reason is not None and row.candidate.held_back != reason:
            continue
        if row.read is not None and row.read.point is None:
            asset, problem = placed(row.read, placer, row.candidate.file, row.candidate.row)
            row = replace(row, read=asset)
            if problem:
                row = replace(row, problems=(*row.problems, problem))
        rows[row.number] = _settled(replace(row, fate=Fate.ADD), preview, bench)
    return _counted(replace(preview, rows=tuple(rows)))


def _bench(preview: Preview) -> Bench:
    """What mending needs; a preview made by hand has none."""
    if preview.bench is None:
        raise LacError("This preview cannot be changed.", "Read the file again.")
    return preview.bench


def _settled(row: Row, preview: Preview, bench: Bench) -> Row:
    """A mended row with its fate and twins found again."""
    read = row.read
    if read is None:
        return replace(row, asset=None, fate=Fate.PROBLEM)
    if row.fate is Fate.HELD_BACK:
        return row
    mark = mark_of(read)
    if row.existing is not None:
        changed = {f: getattr(read, f) for f in row.fixes if f in FIELDS}
        if "hours" in row.fixes:
            changed["hours_text"] = read.hours_text
        fresh = replace(row.asset or row.existing, **changed)
        fate = Fate.UNCHANGED if fresh == row.existing else Fate.UPDATE
        return replace(row, asset=fresh, fate=fate, mark=mark)
    asset_id = row.asset.id if row.asset is not None and row.asset.id else ids.new_id()
    source = row.asset.source if row.asset is not None else read.source
    asset = replace(read, id=asset_id, source=source)
    others = [
        each.asset
        for each in preview.rows
        if each.number != row.number
        and each.asset is not None
        and each.fate in (Fate.ADD, Fate.DUPLICATE)
    ]
    pool = [*bench.pool, *others]
    pairs = alike([*pool, asset], len(pool))
    twins = tuple(Twin(pool[pair.a], pair.reasons, pair.score) for pair in pairs[:5])
    fate = Fate.DUPLICATE if twins and row.decision != DIFFERENT else Fate.ADD
    return replace(row, asset=asset, fate=fate, twins=twins, mark=mark)


def _with(preview: Preview, row: Row) -> Preview:
    """The preview with one row exchanged."""
    rows = list(preview.rows)
    rows[row.number] = row
    return _counted(replace(preview, rows=tuple(rows)))


def _counted(preview: Preview) -> Preview:
    """The preview with held-back rows counted again."""
    reasons = Counter(row.candidate.held_back for row in preview.rows if row.fate is Fate.HELD_BACK)
    return replace(preview, held_back=dict(reasons.most_common()))


def mergeable(row: Row) -> list[str]:
    """Fields in which a row and its first twin differ, for the side by side view."""
    if not row.twins or row.read is None:
        return []
    twin = row.twins[0].asset
    names = {field.name for field in fields(Asset)}
    return [
        name for name in FIELDS if name in names and getattr(row.read, name) != getattr(twin, name)
    ]
