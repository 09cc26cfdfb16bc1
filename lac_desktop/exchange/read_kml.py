# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read KML 2.2 and KMZ (OGC 07-147r2): placemarks with their data, in folders that name kinds."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from lac_desktop.domain.importing import Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.features import Feature, Features, reading
from lac_desktop.exchange.geometry_json import Shape, understand
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import member, opened_zip, read_bytes
from lac_desktop.exchange.xml_tree import children, parse, tag, text_in, walk

_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack")
_PLAIN = {"name": "name", "address": "address", "phoneNumber": "phone"}


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read every placemark; raises UnreadableFileError."""
    progress(0, None, f"Reading {path.name}")
    root = parse(path.name, _document(path))
    features = tuple(_features(path.name, root))
    problems: list[Problem] = []
    if any(tag(element) == "NetworkLink" for element, _ in walk(root)):
        message = f"{path.name} points to other files on the internet; those were not fetched."
        problems.append(Problem(path.name, None, "", message))
    if not features:
        raise nothing_found(path.name)
    return reading(
        Features(path.name, features, tuple(problems)), kinds, options or Options(), progress
    )


def _document(path: Path) -> bytes:
    """The KML itself, from a plain file or the first one in a KMZ."""
    with path.open("rb") as stream:
        if stream.read(4) != b"PK\x03\x04":
            return read_bytes(path)
    with opened_zip(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
        if not names:
            raise UnreadableFileError(f"{path.name} holds no KML.", "Choose another file.")
        names.sort(key=lambda name: (name.lower() != "doc.kml", name.count("/")))
        return member(archive, names[0])


def _features(file: str, root: Element) -> Iterator[Feature]:
    """Every placemark in the order of the file."""
    number = 0
    for element, above in walk(root):
        if tag(element) != "Placemark":
            continue
        number += 1
        folders = [text_in(outer, "name") for outer in above if tag(outer) == "Folder"]
        yield _feature(number, element, folders[-1] if folders else "")


def _feature(number: int, placemark: Element, folder: str) -> Feature:
    """One placemark: names and data as properties, geometry as a shape."""
    properties: dict[str, str] = {}
    for name, key in _PLAIN.items():
        if text := text_in(placemark, name):
            properties[key] = text
    data = dict(_data(placemark))
    properties.update({key: text for key, text in data.items() if text})
    description = _unmarked(text_in(placemark, "description"))
    if description and not any(key in data for key in ("id", "description")):
        properties["description"] = description
    if folder and not any(key in properties for key in ("kind", "category", "type")):
        properties["category"] = folder
    shapes = [child for child in placemark if tag(child) in _SHAPES]
    shape = _shape(shapes[0]) if shapes else Shape()
    return Feature(number, properties, shape)


def _data(placemark: Element) -> Iterator[tuple[str, str]]:
    """The extended data of a placemark, by name."""
    for extended in children(placemark, "ExtendedData"):
        for data in children(extended, "Data"):
            yield data.get("name", ""), text_in(data, "value")
        for schema in children(extended, "SchemaData"):
            for simple in children(schema, "SimpleData"):
                yield simple.get("name", ""), "".join(simple.itertext()).strip()


def _unmarked(text: str) -> str:
    """A description without its HTML."""
    if "<" not in text and "&" not in text:
        return text
    lines = re.sub(r"(?i)<\s*(?:br|/p|/tr|/li|/div)[^>]*>", "\n", text)
    lines = re.sub(r"(?is)<(script|style)\b.*?(?:</\1\s*>|$)", "", lines)
    plain = html.unescape(re.sub(r"<[^<>]*>", " ", lines))
    return "\n".join(" ".join(line.split()) for line in plain.splitlines() if line.strip())


def _shape(element: Element) -> Shape:
    """The shape of a KML geometry."""
    kind = tag(element)
    if kind in ("Track", "MultiTrack"):
        return Shape(line=True)
    if kind == "MultiGeometry":
        parts = [_geometry(child) for child in element if tag(child) in _SHAPES]
        found = [part for part in parts if part is not None]
        return understand({"type": "GeometryCollection", "geometries": found} if found else None)
    geometry = _geometry(element)
    if geometry is None:
        return Shape(message="The position could not be read.")
    return understand(geometry)


def _geometry(element: Element) -> dict[str, Any] | None:
    """A KML geometry as GeoJSON, or None where a number is none."""
    kind = tag(element)
    if kind == "Polygon":
        rings = []
        for boundary in children(element, "outerBoundaryIs", "innerBoundaryIs"):
            rings += [_coordinates(ring) for ring in children(boundary, "LinearRing")]
        whole = [ring for ring in rings if ring]
        return {"type": "Polygon", "coordinates": whole} if whole and rings[0] else None
    coordinates = _coordinates(element)
    if not coordinates:
        return None
    if kind == "Point":
        return {"type": "Point", "coordinates": coordinates[0]}
    return {"type": "LineString", "coordinates": coordinates}


def _coordinates(element: Element) -> list[list[float]] | None:
    """Positions of a KML geometry: "lon,lat[,alt]" with white space between; None if broken."""
    positions: list[list[float]] = []
    text = re.sub(r"\s*,\s*", ",", text_in(element, "coordinates"))
    for part in text.split():
        numbers = part.split(",")
        try:
            positions.append([float(numbers[0]), float(numbers[1])])
        except (ValueError, IndexError):
            return None
    return positions
