# SPDX-License-Identifier: AGPL-3.0-or-later
"""Read GeoJSON, also where it is broken in places: every good feature is kept (RFC 7946)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lac_desktop.domain.importing import Problem, Reading
from lac_desktop.domain.kinds import KindTable
from lac_desktop.domain.progress import Progress, silent
from lac_desktop.errors import UnreadableFileError
from lac_desktop.exchange.features import Feature, Features, reading
from lac_desktop.exchange.fields import to_text
from lac_desktop.exchange.geometry_json import Shape, understand
from lac_desktop.exchange.read_csv import decode
from lac_desktop.exchange.read_table import Options, nothing_found
from lac_desktop.exchange.unpack import member, opened_zip, read_bytes

_FEATURE = re.compile(r'\{\s*"type"\s*:\s*"Feature"\s*[,}]', re.IGNORECASE)
_MOST_FEATURES = 300_000


def read(
    path: Path, kinds: KindTable, options: Options | None = None, progress: Progress = silent
) -> Reading:
    """Read one GeoJSON file (plain, packed, or alone in a zip); raises UnreadableFileError."""
    progress(0, None, f"Reading {path.name}")
    text, note = decode(path.name, _bytes(path))
    problems = [Problem(path.name, None, "", note)] if note else []
    found, broken = parse(path.name, text)
    features = tuple(_features(path.name, found))
    if not features and not broken:
        raise nothing_found(path.name)
    title, licence, attribution = _about(found)
    whole = Features(
        path.name,
        features,
        (*problems, *broken),
        title,
        licence,
        attribution,
        partial=bool(broken),
    )
    return reading(whole, kinds, options or Options(), progress)


def _bytes(path: Path) -> bytes:
    """The bytes of the file, or of the one GeoJSON in a zip."""
    with path.open("rb") as stream:
        if stream.read(4) != b"PK\x03\x04":
            return read_bytes(path)
    with opened_zip(path) as archive:
        names = [n for n in archive.namelist() if n.lower().endswith((".geojson", ".json"))]
        if len(names) != 1:
            raise UnreadableFileError(
                f"{path.name} holds {len(names)} maps.", "Unpack it and choose them one by one."
            )
        return member(archive, names[0])


def parse(name: str, text: str) -> tuple[Any, list[Problem]]:
    """Parse JSON; where it is broken, save the features that are whole and say how many.

    Raises UnreadableFileError where nothing can be saved.
    """
    try:
        return json.loads(text), []
    except RecursionError as error:
        raise _not_json(name, 1) from error
    except json.JSONDecodeError as error:
        where, line = error, error.lineno
    saved, lost = _saved(text)
    if not saved:
        raise _not_json(name, line) from where
    message = (
        f"{name} is damaged near line {line}: {len(saved)} features were saved, "
        f"{lost} could not be read."
    )
    return {"type": "FeatureCollection", "features": saved}, [Problem(name, None, "", message)]


def _not_json(name: str, line: int) -> UnreadableFileError:
    """The sentence for JSON of which nothing can be read."""
    return UnreadableFileError(
        f"{name} is damaged near line {line} and nothing of it can be read.",
        "Download it again, or ask for the list as CSV.",
    )


def _saved(text: str) -> tuple[list[Any], int]:
    """The features of broken JSON that can be read one by one, and how many cannot."""
    decoder = json.JSONDecoder()
    saved: list[Any] = []
    lost = 0
    end = 0
    for match in _FEATURE.finditer(text):
        if match.start() < end:
            continue
        try:
            feature, end = decoder.raw_decode(text, match.start())
        except (json.JSONDecodeError, RecursionError):
            lost += 1
        else:
            saved.append(feature)
    return saved, lost


def _about(root: Any) -> tuple[str, str, str]:
    """Title, licence and attribution, where the collection names them as ours do."""
    if not isinstance(root, Mapping):
        return "", "", ""
    said = (root.get(key) for key in ("name", "licence", "attribution"))
    return tuple(text if isinstance(text, str) else "" for text in said)  # type: ignore[return-value]


def _features(file: str, root: Any) -> Iterator[Feature]:
    """Every feature of a collection, a single feature, or a bare geometry."""
    kind = str(root.get("type", "")).lower() if isinstance(root, Mapping) else ""
    if isinstance(root, list):
        listed: Any = root
    elif kind == "featurecollection":
        listed = root.get("features")
    elif kind == "feature":
        listed = [root]
    elif isinstance(root, Mapping) and ("coordinates" in root or "geometries" in root):
        listed = [{"type": "Feature", "geometry": root, "properties": {}}]
    else:
        listed = []
    if not isinstance(listed, list):
        return
    for number, each in enumerate(listed[:_MOST_FEATURES], start=1):
        yield _feature(file, number, each)


def _feature(file: str, number: int, raw: Any) -> Feature:
    """One feature: properties as text, geometry checked."""
    if not isinstance(raw, Mapping):
        problem = Problem(file, number, "", "This is not a feature.")
        return Feature(number, {}, Shape(), (problem,))
    properties = raw.get("properties")
    flat = _flat(properties) if isinstance(properties, Mapping) else {}
    if "id" not in flat and isinstance(raw.get("id"), str | int):
        flat["@id"] = str(raw["id"])
    shape = understand(raw.get("geometry", raw if "coordinates" in raw else None))
    return Feature(number, flat, shape)


def _flat(properties: Mapping[Any, Any]) -> dict[str, str]:
    """Properties as text; whole numbers that became 1617903377.0 are whole again."""
    flat: dict[str, str] = {}
    for key, value in properties.items():
        flat[str(key)] = plain_text(value)
    return flat


def plain_text(value: Any) -> str:
    """One property as text: lists of words with semicolons, records as JSON."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return to_text(value)
