# SPDX-License-Identifier: AGPL-3.0-or-later
"""``lac-desktop hours``: what opening hours in OpenStreetMap's syntax mean at a time."""

from datetime import datetime

import click

from lac_desktop.cli.output import say, say_json, told
from lac_desktop.domain.geometry import Point
from lac_desktop.errors import LacError
from lac_desktop.services.settings import NATIONS


@click.command()
@click.argument("spec")
@click.option("--at", "at_text", help="Local time, such as 2026-12-25T11:00; now by default.")
@click.option("--nation", type=click.Choice(NATIONS), default="england", show_default=True)
@click.option("--near", help="LAT,LON, for sunrise and sunset.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@told
def hours(spec: str, at_text: str | None, nation: str, near: str | None, as_json: bool) -> None:
    """Say whether SPEC is open at a time, and when that changes."""
    from lac_desktop.services import opening

    at = local_time(at_text) if at_text else opening.now()
    answer = opening.evaluate(spec, at, nation=nation, near=latlon(near) if near else None)
    when = answer.next_change.isoformat(timespec="minutes") if answer.next_change else None
    if as_json:
        say_json({"open": answer.open, "next": when, "text": answer.text})
    else:
        say(answer.text)


def local_time(text: str) -> datetime:
    """A local time without zone from ISO text; usage error otherwise."""
    from lac_desktop.cli.filters import clock_time

    try:
        return clock_time(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def latlon(text: str) -> Point:
    """A point from "LAT,LON" in degrees."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise click.BadParameter(f"“{text}” is no position like 52.67,-0.73") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise LacError(
            f"“{text}” is not on the earth.", "Give latitude first, then longitude, in degrees."
        )
    return Point(lat, lon)
