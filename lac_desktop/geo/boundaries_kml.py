# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading areas from KML 2.2 with a parser that refuses entities and document types.

GDAL's plain KML driver drops ExtendedData, where the area codes are, hence this reader.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lac_desktop.geo import build_files

if TYPE_CHECKING:
    import numpy as np


def read(path: Path) -> "tuple[dict[str, np.ndarray], np.ndarray]":
    """The attributes and the polygons (shapely, WGS84 degrees) of a KML file's placemarks.

    Attributes are object arrays by name, with None where a placemark lacks one. Raises
    :class:`~lac_desktop.errors.UnreadableFileError` for broken XML, entities, and no polygons.
    """
    import numpy as np

    facts: list[dict[str, str]] = []
    shapes: list[Any] = []
    for known, shape in _placemarks(path):
        facts.append(known)
        shapes.append(shape)
    if not shapes:
        raise build_files.problem(path, "it holds no areas, only points, lines or links")
    names = dict.fromkeys(name for known in facts for name in known)
    columns = {name: np.array([known.get(name) for known in facts], dtype=object) for name in names}
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapes
    return columns, column


def _placemarks(path: Path) -> Iterator[tuple[dict[str, str], Any]]:
    """Each placemark that has an area, with its attributes."""
    import shapely
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        for _, element in ElementTree.iterparse(str(path), forbid_dtd=True):
            if _tag(element) != "Placemark":
                continue
            polygons = [
                polygon for part in element.iter() if (polygon := _polygon(part)) is not None
            ]
            if polygons:
                yield _facts(element), shapely.MultiPolygon(polygons)
            element.clear()
    except DefusedXmlException as error:
        raise build_files.problem(
            path,
            "its XML declares a document type or entities, which could fetch other files",
            "Save it again from the program that made it, or ask for another format.",
        ) from error
    except (ElementTree.ParseError, ValueError) as error:
        raise build_files.problem(path, "the KML is damaged or cut off") from error


def _facts(placemark: Any) -> dict[str, str]:
    """A placemark's name and its ExtendedData (typed SimpleData and plain Data alike)."""
    facts: dict[str, str] = {}
    for element in placemark.iter():
        tag, key = _tag(element), element.get("name")
        if tag == "name" and "name" not in facts:
            facts["name"] = (element.text or "").strip()
        elif tag == "SimpleData" and key:
            facts[key] = (element.text or "").strip()
        elif tag == "Data" and key:
            values = [child.text or "" for child in element if _tag(child) == "value"]
            facts[key] = "".join(values).strip()
    return facts


def _polygon(element: Any) -> Any | None:
    """A shapely polygon of a Polygon element with a usable outer ring, else None."""
    import shapely

    if _tag(element) != "Polygon":
        return None
    outer: list[tuple[float, float]] = []
    holes: list[list[tuple[float, float]]] = []
    for child in element:
        rings = [_ring(part.text or "") for part in child.iter() if _tag(part) == "coordinates"]
        if _tag(child) == "outerBoundaryIs" and rings:
            outer = rings[0]
        elif _tag(child) == "innerBoundaryIs":
            holes += [ring for ring in rings if len(ring) > 2]
    return shapely.Polygon(outer, holes) if len(outer) > 2 else None


def _ring(text: str) -> list[tuple[float, float]]:
    """KML's "lon,lat[,height] ..." as pairs; raises ValueError for anything else."""
    pairs: list[tuple[float, float]] = []
    for word in text.split():
        parts = word.split(",")
        if len(parts) < 2:
            raise ValueError(word)
        pairs.append((float(parts[0]), float(parts[1])))
    return pairs


def _tag(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
