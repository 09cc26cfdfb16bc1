# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one door to every format that can leave: public assets in, one whole file out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from lac_desktop.domain.hours_words import describe as describe_hours
from lac_desktop.domain.kinds import CATEGORIES, KindTable
from lac_desktop.domain.privacy import PublicAsset, require_public
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.domain.wording import count, long_date
from lac_desktop.errors import LacError
from lac_desktop.exchange.backdrop import Backdrop
from lac_desktop.exchange.whole import whole


@lru_cache(maxsize=4096)
def said_hours(hours: str) -> str:
    """Opening hours in words; few distinct ones serve many places, so they are kept."""
    return describe_hours(hours)


@dataclass(frozen=True, slots=True)
class Credit:
    """A source that a file is made from: who is to be named, when it was made, its licence."""

    name: str
    attribution: str
    licence: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a writer needs beside the assets.

    ``made`` is the local time that the file is dated with. ``credits`` are of the map underneath
    and of anything else used; those of the assets are added from their own fields. ``say_hours``
    turns OSM opening hours into words. ``strict`` keeps to the Open Referral UK profile alone.
    """

    kinds: KindTable
    made: datetime
    title: str = "Community map"
    credits: tuple[Credit, ...] = ()
    backdrop: Backdrop | None = None
    say_hours: Callable[[str], str] = said_hours
    strict: bool = False
    language: str = "en-GB"


#: A writer fills the file at ``path``, which nobody else sees until it is whole.
Writer = Callable[[Sequence[PublicAsset], Path, Context, Progress], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that assets can leave in: its name for people, ending, and the module behind it."""

    id: str
    title: str
    suffix: str
    module: str


FORMATS: Mapping[str, Format] = {
    one.id: one
    for one in (
        Format("html", "Map as a web page", ".html", "write_html"),
        Format("xlsx", "Excel workbook", ".xlsx", "write_xlsx"),
        Format("csv", "Comma-separated values", ".csv", "write_csv"),
        Format("geojson", "GeoJSON", ".geojson", "write_geojson"),
        Format("gpkg", "GeoPackage", ".gpkg", "write_gpkg"),
        Format("kml", "KML for Google Earth", ".kml", "write_kml"),
        Format("oruk", "Open Referral UK 3.0", ".json", "write_oruk"),
    )
}


def write(
    format_id: str,
    assets: Iterable[PublicAsset],
    path: Path,
    context: Context,
    progress: Progress = silent,
    *,
    check: Callable[[Path], None] | None = None,
) -> int:
    """Write public assets to ``path``, whole or not at all, and return how many.

    ``check`` looks at the finished file before it takes its place; if it raises, nothing is there.

    Raises LacError for an unknown format or a file that cannot be written, TypeError where
    something did not come through the wall, CancelledError when ``progress`` does.
    """
    chosen = FORMATS.get(format_id)
    if chosen is None:
        raise LacError(
            f"There is no format called {format_id}.", f"Choose one of {', '.join(FORMATS)}."
        )
    public = require_public(assets)
    writer: Writer = import_module(f"lac_desktop.exchange.{chosen.module}").fill
    progress(0, len(public), "Writing")
    with whole(path) as beside:
        writer(public, beside, context, progress)
        progress(len(public), len(public), "Writing")
        if check is not None:
            check(beside)
    return len(public)


def credits_of(assets: Sequence[PublicAsset], context: Context) -> tuple[Credit, ...]:
    """Everybody to be named in the file: those of the context, then those of the assets."""
    found = list(context.credits)
    named = {credit.attribution for credit in found}
    for asset in assets:
        if asset.attribution and asset.attribution not in named:
            named.add(asset.attribution)
            found.append(Credit("Places", asset.attribution, asset.licence))
    return tuple(found)


def share_alike(assets: Sequence[PublicAsset]) -> str:
    """The sentence that must travel with rows from OpenStreetMap, or "" where there are none.

    The Open Database Licence 1.0, section 4.4, asks that a database made from it, when it is
    passed on, be under the same licence.
    """
    number = sum(1 for one in assets if is_odbl(one))
    if not number:
        return ""
    rows = count(number, "{count} of these places comes", "{count} of these places come")
    return (
        f"{rows} from OpenStreetMap, © OpenStreetMap contributors, under the Open Database "
        "Licence (ODbL) 1.0. If you pass on a list made from them, name OpenStreetMap and share "
        "that list under the same licence: https://opendatacommons.org/licenses/odbl/1-0/"
    )


def is_odbl(asset: PublicAsset) -> bool:
    """Say whether an asset comes from OpenStreetMap."""
    licence = asset.licence.lower()
    return asset.source.startswith("osm:") or "odbl" in licence or "open database" in licence


def about(assets: Sequence[PublicAsset], context: Context) -> tuple[str, ...]:
    """The lines that every file carries: what it is, when it was made, from what, under which."""
    places = place_count(len(assets))
    lines = [f"{context.title}: {places}, written {long_date(context.made)} by LAC Desktop."]
    for credit in credits_of(assets, context):
        parts = [credit.attribution.rstrip(".")]
        if credit.date:
            parts.append(f"as of {credit.date}")
        if credit.licence:
            parts.append(f"licence: {credit.licence}")
        lines.append(f"{credit.name}: {', '.join(parts)}.")
    if note := share_alike(assets):
        lines.append(note)
    return tuple(lines)


def place_count(number: int) -> str:
    """A number of places in words: "1 place", "1,204 places"."""
    return count(number, "{count} place", "{count} places")


def kind_name(asset: PublicAsset, kinds: KindTable) -> str:
    """The words for the kind of an asset, or its id where the table does not know it."""
    kind = kinds.kinds.get(asset.kind)
    return kind.name if kind else asset.kind


def category_name(asset: PublicAsset) -> str:
    """The name of the category of an asset, in the plural."""
    return CATEGORIES.get(asset.category, CATEGORIES["S"])[1]
