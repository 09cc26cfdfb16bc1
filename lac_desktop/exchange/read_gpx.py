# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read GPX 1.0 and 1.1: waypoints are places; routes and tracks are held back."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from lac_desktop.domain.importing import Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.exchange.features import Feature, Features, reading
from lac_desktop.exchange.geometry_json import Shape, understand
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import read_bytes
from lac_desktop.exchange.xml_tree import children, parse, tag, text_in


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read every waypoint, route and track; raises UnreadableFileError."""
    progress(0, None, f"Reading {path.name}")
    root = parse(path.name, read_bytes(path))
    features = tuple(_features(root))
    if not features:
        raise nothing_found(path.name)
    return reading(Features(path.name, features), kinds, options or Options(), progress)


def _features(root: Element) -> Iterator[Feature]:
    """Waypoints, then routes and tracks, numbered together."""
    number = 0
    for element in root:
        kind = tag(element)
        if kind not in ("wpt", "rte", "trk"):
            continue
        number += 1
        yield _waypoint(number, element) if kind == "wpt" else _line(number, element)


def _properties(element: Element) -> dict[str, str]:
    """Name, kind, description and link."""
    found = {
        "name": text_in(element, "name"),
        "type": text_in(element, "type"),
        "description": text_in(element, "desc") or text_in(element, "cmt"),
        "website": text_in(element, "url"),
    }
    for link in children(element, "link"):
        found["website"] = found["website"] or link.get("href", "")
    return {key: text for key, text in found.items() if text}


def _waypoint(number: int, element: Element) -> Feature:
    """One waypoint as a place."""
    try:
        position = [float(element.get("lon", "")), float(element.get("lat", ""))]
    except ValueError:
        shape = Shape(message="The position could not be read.")
    else:
        shape = understand({"type": "Point", "coordinates": position})
    return Feature(number, _properties(element), shape)


def _line(number: int, element: Element) -> Feature:
    """One route or track: kept by its first point, held back as no place."""
    points = [p for part in (element, *children(element, "trkseg"))
              for p in children(part, "rtept", "trkpt")]  # fmt: skip
    shape = Shape(line=True)
    for point in points[:1]:
        try:
            position = [float(point.get("lon", "")), float(point.get("lat", ""))]
        except ValueError:
            continue
        shape = Shape(understand({"type": "Point", "coordinates": position}).point, line=True)
    return Feature(number, _properties(element), shape, held_back="a route, not a place")
