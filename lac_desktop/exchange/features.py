# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make a reading of map features: properties are columns, geometries are places.

GeoJSON, GeoPackage, Shapefile, KML and GPX readers all hand their features to :func:`reading`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.importing import Candidate, Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.exchange import columns
from lac_desktop.exchange.build import Cells, Context, candidate
from lac_desktop.exchange.geometry_json import Shape
from lac_desktop.exchange.read_table import Options, source_id, title_of
from lac_desktop.exchange.row_identity import distinct_keys, usual_category

#: Properties that style a feature and say nothing about the place.
_STYLE = frozenset(
    ("marker-color", "marker-size", "marker-symbol", "stroke", "stroke-width", "stroke-opacity",
     "fill", "fill-opacity", "styleurl", "stylehash", "icon", "visibility", "tessellate", "extrude")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its number in the file (from 1), properties as text, and geometry."""

    number: int
    properties: Mapping[str, str]
    shape: Shape
    problems: tuple[Problem, ...] = ()
    held_back: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """All features of a file, and what is wrong with the file as a whole."""

    file: str
    features: Sequence[Feature]
    problems: tuple[Problem, ...] = ()
    title: str = ""
    licence: str = ""
    attribution: str = ""
    layers: tuple[str, ...] = field(default_factory=tuple)
    partial: bool = False  # not all of the file could be read


def reading(
    found: Features, kinds: KindTable, options: Options, progress: Progress = silent
) -> Reading:
    """Guess what the properties mean and build every feature."""
    headings = tuple(dict.fromkeys(k for f in found.features for k in f.properties))[:500]
    rows = [[f.properties.get(h, "") for h in headings] for f in found.features]
    mapping = _mapping(headings, rows, options)
    context = _context(found, headings, rows, mapping, kinds, options)
    built: list[Candidate] = []
    for done, (each, cells) in enumerate(zip(found.features, rows, strict=True)):
        built.append(_build(each, headings, cells, mapping, context))
        if done % 500 == 0:
            progress(done, len(rows), "Reading features")
    return Reading(
        source_id=source_id(found.file),
        title=context.title,
        licence=found.licence,
        attribution=found.attribution,
        candidates=distinct_keys(built),
        problems=found.problems,
        mapping=mapping,
        columns=headings,
        samples=tuple(dict(zip(headings, cells, strict=True)) for cells in rows[:20]),
        details={
            "sheets": found.layers,
            "visibility": context.visibility.value,
            "ours": context.ours,
            "partial": found.partial,
        },
    )


def _context(
    found: Features,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[str, str],
    kinds: KindTable,
    options: Options,
) -> Context:
    """What all features of a file share."""
    title = found.title or title_of(found.file)
    ours = "id" in mapping.values()  # then it was public when it was written
    private = not ours and any(columns.is_private(h) for h in headings)
    places = [n for n, h in enumerate(headings) if mapping.get(h) == "kind"]
    return Context(
        category=usual_category([row[n] for row in rows for n in places], kinds, title),
        file=found.file,
        kinds=kinds,
        title=title,
        licence=found.licence,
        attribution=found.attribution,
        visibility=options.visibility or (Visibility.TEAM if private else Visibility.PUBLIC),
        bounds=options.bounds,
        ours=ours,
    )


def _mapping(
    headings: Sequence[str], rows: Sequence[Sequence[str]], options: Options
) -> dict[str, str]:
    """What the properties mean: guessed, without those that only style, and as chosen."""
    step = max(1, len(rows) // 200)
    mapping = columns.guess(headings, rows[::step]) if headings else {}
    mapping.update({h: "" for h in headings if h.lower() in _STYLE})
    mapping.update({h: f for h, f in (options.mapping or {}).items() if h in mapping})
    return mapping


def _build(
    each: Feature,
    headings: Sequence[str],
    row: Sequence[str],
    mapping: Mapping[str, str],
    context: Context,
) -> Candidate:
    """Build one feature; its own geometry wins over coordinates in its properties."""
    by_field: dict[str, list[str]] = {}
    for heading, text in zip(headings, row, strict=True):
        if text and mapping.get(heading):
            by_field.setdefault(mapping[heading], []).append(text)
    shape, problems = each.shape, list(each.problems)
    if shape.message:
        problems.append(Problem(context.file, each.number, "point", shape.message))
    held = each.held_back
    if shape.line and not held:
        held = "a line, not a place"
    if by_field.get("confidential"):
        shape = Shape()
    point = _whole(shape.point)
    cells = Cells(each.number, by_field, point, shape.area, tuple(problems), held)
    return candidate(cells, context)


def _whole(point: Point | None) -> Point | None:
    """A point with 7 decimals (1 cm), so that reading it again gives the same one."""
    return Point(round(point.lat, 7), round(point.lon, 7)) if point else None
