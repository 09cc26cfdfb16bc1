# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop pack``: build area packs and look things up in them."""

from dataclasses import asdict
from pathlib import Path

import click

from lac_desktop.cli.output import ANY_PATH, end_progress, progress_line, say, say_json, told
from lac_desktop.errors import LacError


@click.group()
def pack() -> None:
    """Build area packs from open data, and look things up in them."""


@pack.command("build")
@click.option("--out", required=True, type=ANY_PATH, help="Folder of the pack to write.")
@click.option("--osm", multiple=True, type=ANY_PATH, help="OpenStreetMap extract.")
@click.option("--postcodes", multiple=True, type=ANY_PATH, help="Code-Point Open or ONSPD.")
@click.option("--boundaries", multiple=True, type=ANY_PATH, help="Wards, LSOAs, authorities.")
@click.option("--names", multiple=True, type=ANY_PATH, help="OS Open Names tiles.")
@click.option("--basemap", type=ANY_PATH, help="Your own PMTiles or MBTiles.")
@click.option("--name", default="", help="What the area is called.")
@told
def build(
    out: Path,
    osm: tuple[Path, ...],
    postcodes: tuple[Path, ...],
    boundaries: tuple[Path, ...],
    names: tuple[Path, ...],
    basemap: Path | None,
    name: str,
) -> None:
    """Build an area pack from files that you downloaded."""
    from lac_desktop.services import packs

    if not (osm or postcodes or boundaries or names or basemap):
        raise click.UsageError("Name at least one file to build from: see --help.")
    inputs = packs.Inputs(osm, postcodes, boundaries, names, basemap)
    info = packs.build(out, inputs, name=name, progress=progress_line)
    end_progress()
    say(f"The area pack “{info.name}” is in {out}.")
    for count, number in info.counts.items():
        say(f"  {count}: {number:,}")
    for sentence in (*info.warnings, *info.missing):
        say(f"  Note: {sentence}")
    for need in packs.missing(inputs):
        say(f"  {need.what}: {need.why} {need.where}")


@pack.command("info")
@click.argument("folder", type=ANY_PATH)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def info(folder: Path, as_json: bool) -> None:
    """Say what is in a pack, from when, and whose data it is."""
    from lac_desktop.services import packs

    about = packs.info(folder)
    if as_json:
        say_json(asdict(about) | {"folder": str(about.folder), "counts": dict(about.counts)})
        return
    say(f"{about.name}, built {about.built}")
    for source in about.sources:
        say(f"  {source.kind}: {source.file} {source.date} ({source.licence})")
    for count, number in about.counts.items():
        say(f"  {count}: {number:,}")
    for sentence in (*about.warnings, *about.missing):
        say(f"  Note: {sentence}")
    say(f"  Show on every map: {about.attribution}")


@pack.command("locate")
@click.argument("folder", type=ANY_PATH)
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def locate(folder: Path, text: str, as_json: bool) -> None:
    """Find the postcode or place TEXT: its point, ward and LSOA."""
    from lac_desktop.services import packs

    located = packs.locate(folder, text)
    if located is None:
        raise LacError(
            f"“{text}” is not in this area pack.",
            "Check the spelling, or build the pack with postcodes and place names.",
        )
    answer = {
        "lat": round(located.point.lat, 6),
        "lon": round(located.point.lon, 6),
        "ward": located.ward or None,
        "ward_code": located.ward_code or None,
        "lsoa": located.lsoa or None,
        "kind": located.kind,
        "name": located.name,
        "terminated": located.terminated or None,
    }
    if as_json:
        say_json(answer)
        return
    say(f"{located.name}: {answer['lat']}, {answer['lon']}")
    say(f"  ward {located.ward or 'not known'}, LSOA {located.lsoa or 'not known'}")
    if located.terminated:
        say(f"  This postcode went out of use in {located.terminated}.")
