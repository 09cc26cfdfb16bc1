# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading OpenStreetMap extracts (.osm.pbf, .osm, .osm.gz, .osm.bz2) through GDAL.

GDAL is told by a small configuration of ours which tags become columns, because pyogrio reads one
layer at a time and every layer is a pass over the file.
"""

import re
import warnings
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lac_desktop.domain.progress import Progress
from lac_desktop.geo import build_files

if TYPE_CHECKING:
    import numpy as np

#: Tags that the basemap and the names need, by layer of GDAL's driver. The street graph's come on
#: top of the lines'.
POINT_TAGS = ("name", "name:cy", "place", "railway")
LINE_TAGS = (
    *("name", "name:cy", "ref", "highway", "railway", "waterway", "aeroway", "man_made"),
    *("bridge", "tunnel", "intermittent", "service", "oneway", "layer"),
)
AREA_TAGS = (
    *("name", "name:cy", "natural", "waterway", "landuse", "leisure", "amenity", "building"),
    *("boundary", "admin_level", "aeroway", "highway", "man_made", "military", "tourism", "water"),
)

#: Closed ways with one of these tags are areas (unless tagged otherwise), the rest are lines.
_AREA_KEYS = (
    "aeroway,amenity,boundary,building,landuse,leisure,military,natural,shop,tourism,"
    "highway=platform,public_transport=platform,man_made"
)

_EXPECTED = "an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz or .osm.bz2) was expected"
_WHERE = "Download an extract again, for instance of a county from Geofabrik."
_MOST_HEADER = 64 << 10
_MOST_BLOB = 32 << 20


@dataclass(frozen=True, slots=True)
class OsmLayer:
    """The features of one kind: ``shapes`` are shapely geometries in WGS84 degrees.

    ``tags`` maps a key to an object array of the same length, with None where it is not tagged.
    """

    shapes: "np.ndarray"
    tags: "dict[str, np.ndarray]"

    def __len__(self) -> int:
        return len(self.shapes)

    def has(self, key: str) -> "np.ndarray":
        """Which features carry a tag, as a boolean array."""
        import numpy as np

        column = self.tags.get(key)
        if column is None:
            return np.zeros(len(self), dtype=bool)
        return np.fromiter((value is not None for value in column), bool, len(self))


def prepare(path: Path, folder: Path, progress: Progress) -> Path:
    """Unpack an extract if it is compressed, and check that it is whole.

    Returns a file that :func:`read` takes; raises
    :class:`~lac_desktop.errors.UnreadableFileError` with what was expected.
    """
    kind = build_files.sniff(path)
    if kind in ("gzip", "bzip2"):
        unpacked = build_files.unpack(path, folder, f"{path.stem}.unpacked", progress)
        kind = build_files.sniff(unpacked)
        file = unpacked.rename(unpacked.with_suffix(".pbf" if kind == "pbf" else ".osm"))
    else:
        file = path
    if kind == "pbf":
        _check_pbf(file, path)
    elif kind == "osm":
        build_files.refuse_entities(file)
        _check_xml(file, path)
    else:
        reason = "the file is empty" if kind == "empty" else _EXPECTED
        raise build_files.problem(path, reason, _WHERE)
    return file


def read(
    file: Path,
    layer: Literal["points", "lines", "multipolygons"],
    tags: Sequence[str],
    folder: Path,
) -> OsmLayer:
    """Read one layer with some tags; geometries that GEOS cannot build are left out.

    Raises :class:`~lac_desktop.errors.UnreadableFileError` when GDAL cannot read the file.
    """
    import shapely
    from pyogrio import errors, raw, set_gdal_config_options

    set_gdal_config_options({"CPL_TMPDIR": str(folder)})  # where GDAL keeps the nodes of a country
    config = folder / f"osm-{layer}.ini"
    config.write_text(_config(layer, tags), encoding="utf-8")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # unclosed rings are left out below
            meta, _, wkb, columns = raw.read(
                file, layer=layer, force_2d=True, CONFIG_FILE=str(config)
            )
    except (errors.DataSourceError, errors.DataLayerError, errors.FeatureError) as error:
        raise build_files.problem(file, _EXPECTED, _WHERE) from error
    finally:
        set_gdal_config_options({"CPL_TMPDIR": None})
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    usable = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    found = {
        str(name): column[usable] for name, column in zip(meta["fields"], columns, strict=True)
    }
    return OsmLayer(shapes[usable], found)


def joined(layers: Sequence[OsmLayer]) -> OsmLayer:
    """The same layer of several files as one; an object that several hold is taken once."""
    import numpy as np

    if len(layers) == 1:
        return layers[0]
    shapes = np.concatenate([layer.shapes for layer in layers])
    tags = {key: np.concatenate([layer.tags[key] for layer in layers]) for key in layers[0].tags}
    ways = tags.get("osm_way_id", np.full(len(shapes), None, dtype=object))
    seen: set[tuple[str, str]] = set()
    first = np.zeros(len(shapes), dtype=bool)
    for row, number in enumerate(zip(tags["osm_id"].tolist(), ways.tolist(), strict=True)):
        first[row] = number not in seen
        seen.add(number)
    return OsmLayer(shapes[first], {key: column[first] for key, column in tags.items()})


def date_of(file: Path) -> str:
    """The day to which the extract was brought up to date, "" when its header does not say."""
    start = build_files.head(file)
    if build_files.sniff(file) == "pbf":
        stamp = next((v for k, v in _header_fields(start) if k == 32 and isinstance(v, int)), 0)
        if not stamp:
            return ""
        from datetime import UTC, datetime

        return datetime.fromtimestamp(min(stamp, 1 << 34), UTC).date().isoformat()
    found = re.search(rb'(?:osm_base|timestamp)="(\d{4}-\d\d-\d\d)', start.split(b"<node", 1)[0])
    return found[1].decode() if found else ""


def _config(layer: str, tags: Sequence[str]) -> str:
    """GDAL's OSM configuration for one layer: our tags and nothing else."""
    lines = [
        f"closed_ways_are_polygons={_AREA_KEYS}",
        "attribute_name_laundering=no",
        "report_all_nodes=no",
        "report_all_ways=no",
    ]
    for name in ("points", "lines", "multipolygons", "multilinestrings", "other_relations"):
        wanted = ",".join(tags) if name == layer else "name"
        lines += [f"[{name}]", "osm_id=yes", f"attributes={wanted}", "other_tags=no"]
    return "\n".join(lines) + "\n"


def _check_xml(file: Path, original: Path) -> None:
    """Refuse OSM XML that was cut off: it must end with its root element."""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - 4096))
        if not re.search(rb"</osm\s*>\s*(<!--.*-->\s*)?\0*$", stream.read(), re.DOTALL):
            raise build_files.problem(original, "the OpenStreetMap file is cut off", _WHERE)


def _check_pbf(file: Path, original: Path) -> None:
    """Refuse a PBF that was cut off: its blocks must end where the file ends.

    Format: a big-endian length, a BlobHeader with the length of the Blob, the Blob; and again.
    """
    size = file.stat().st_size
    done = 0
    with file.open("rb") as stream:
        while done < size:
            length = int.from_bytes(stream.read(4), "big")
            header = stream.read(length) if length <= _MOST_HEADER else b""
            fields = dict(_fields(header))
            blob = fields.get(3)
            if len(header) != length or not isinstance(blob, int) or blob > _MOST_BLOB:
                raise build_files.problem(original, "the OpenStreetMap file is damaged", _WHERE)
            done += 4 + length + blob
            stream.seek(done)
    if done != size:
        raise build_files.problem(original, "the OpenStreetMap file is cut off", _WHERE)


def _header_fields(start: bytes) -> list[tuple[int, Any]]:
    """The fields of a PBF's HeaderBlock (osmformat.proto), none when it makes no sense."""
    length = int.from_bytes(start[:4], "big")
    header = dict(_fields(start[4 : 4 + length]))
    size = header.get(3)
    if not isinstance(size, int):
        return []
    blob = dict(_fields(start[4 + length : 4 + length + size]))
    packed = blob.get(3)
    try:
        data = blob.get(1) or (
            zlib.decompressobj().decompress(packed, _MOST_HEADER)
            if isinstance(packed, bytes)
            else b""
        )
    except zlib.error:
        return []
    return list(_fields(data)) if isinstance(data, bytes) else []


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer: number, and a whole number or the bytes; stops at damage."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        if tag & 7 == 0:
            value, at = _varint(data, at)
            yield tag >> 3, value
        elif tag & 7 == 2:
            length, at = _varint(data, at)
            yield tag >> 3, data[at : at + length]
            at += length
        else:
            return


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """One variable-length number and where the next thing starts."""
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
        shift += 7
    return value, at
