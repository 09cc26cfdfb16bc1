# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo town as the files that a real place comes in, so that building its pack is the real way.

An OpenStreetMap XML file, Code-Point Open and OS Open Names CSV files (National Grid metres, no
header), and GeoJSON boundaries with the columns of the ONS.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from lac_desktop.geo import grid
from lac_desktop.services.demo_areas import Area, PostcodeSpot, lsoas, postcodes, wards
from lac_desktop.services.demo_ground import Globe, Line, at_metres, lengths
from lac_desktop.services.demo_joints import split_at_bridges
from lac_desktop.services.demo_town import Town, river_banks

#: The day the invented survey was made; OpenStreetMap files carry one.
_DAY = "2026-01-05"
_COUNTRY = "E92000001"


def write_osm(town: Town, path: Path) -> None:
    """Write streets, water, railway, green places and buildings as OpenStreetMap XML."""
    file = _Osm(town.globe)
    for street in town.streets:
        tags = {"highway": street.kind, "name": street.name, "name:cy": street.name_cy}
        if street.grow:
            tags["surface"] = "asphalt"
        for piece, bridge in split_at_bridges(street.line, town.river, town.river_width):
            over = {"bridge": "yes", "layer": "1"} if bridge else {}
            file.way(piece, {**tags, **over})
    names = town.plan["river"]
    banks = river_banks(town.river, town.river_width)
    file.way(town.river, {"waterway": "river", "name": names["name"], "name:cy": names["name_cy"]})
    file.ring(banks, {"natural": "water", "water": "river", "name": names["name"]})
    file.way(town.brook, {"waterway": "stream", "name": town.plan["brook"]["name"]})
    for piece, bridge in split_at_bridges(town.railway, town.river, town.river_width):
        over = {"bridge": "yes", "layer": "1"} if bridge else {}
        file.way(piece, {"railway": "rail", "name": town.plan["railway"]["name"], **over})
    for green in town.greens:
        file.ring(green.ring, {green.tag[0]: green.tag[1], "name": green.name})
    for building in town.buildings:
        file.ring(building.ring, building.tags)
    _points(town, file)
    path.write_text(file.text(), encoding="utf-8")


def _points(town: Town, file: "_Osm") -> None:
    """The town, its parts, the station and the level crossing."""
    file.node(np.zeros(2), {"place": "town", "name": "Brackenfold", "name:cy": "Plyg y Rhedyn"})
    for name, kind, x, y in town.words["places"]["suburbs"]:
        file.node(np.array([x, y], float), {"place": kind, "name": name})
    station = town.plan["railway"]["station"]
    place = np.array(station["at"], float)
    file.node(place, {"railway": "station", "name": f"{station['name']} Station"})
    file.node(town.level_crossing, {"railway": "level_crossing"})


class _Osm:
    """Collects nodes and ways; vertices at the same place are one node."""

    def __init__(self, globe: Globe) -> None:
        self._globe = globe
        self._number: dict[tuple[float, float], int] = {}
        self._tags: dict[int, Mapping[str, str]] = {}
        self._ways: list[str] = []

    def _nodes(self, places: Line) -> list[int]:
        spots = map(tuple, self._globe.lonlat(places).tolist())
        return [self._number.setdefault(spot, len(self._number) + 1) for spot in spots]

    def node(self, place: Line, tags: Mapping[str, str]) -> None:
        """One place (2,) in metres with tags."""
        self._tags[self._nodes(place[None, :])[0]] = tags

    def ring(self, ring: Line, tags: Mapping[str, str]) -> None:
        """A closed way from a ring that is not closed."""
        self.way(np.concatenate([ring, ring[:1]]), tags)

    def way(self, line: Line, tags: Mapping[str, str]) -> None:
        """One way in metres; tags with an empty value are left out."""
        refs = "".join(f'<nd ref="{node}"/>' for node in self._nodes(line))
        number = len(self._ways) + 1
        self._ways.append(f'<way id="{number}" version="1">{refs}{_tags(tags)}</way>\n')

    def text(self) -> str:
        """The whole file."""
        nodes = (
            f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"'
            + (f">{_tags(self._tags[number])}</node>\n" if number in self._tags else "/>\n")
            for (lon, lat), number in self._number.items()
        )
        head = (
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            f'<osm version="0.6" generator="LAC Desktop demo" osm_base="{_DAY}T00:00:00Z">\n'
        )
        return "".join([head, *nodes, *self._ways, "</osm>\n"])


def _tags(tags: Mapping[str, str]) -> str:
    return "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items() if value
    )


def write_postcodes(town: Town, path: Path) -> None:
    """Write a Code-Point Open file: ten columns, no header, postcodes padded to seven."""
    spots = postcodes(town)
    east, north = _grid(town, [spot.place for spot in spots])
    lad = town.words["areas"]["lad"][0]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for spot, x, y in zip(spots, east, north, strict=True):
            outward, inward = spot.code.split()
            code = f"{outward:<4}{inward}"
            writer.writerow([code, 10, x, y, _COUNTRY, "", "", "", lad, spot.ward])


def write_boundaries(town: Town, folder: Path) -> list[Path]:
    """Write wards and LSOAs as GeoJSON with the ONS's column names."""
    areas = town.words["areas"]
    year, (lad, lad_name, _) = areas["year"], areas["lad"]
    district = {f"LAD{year}CD": lad, f"LAD{year}NM": lad_name}
    files = []
    for name, found, columns in (
        ("wards", wards(town), (f"WD{year}CD", f"WD{year}NM", f"WD{year}NMW")),
        ("lsoas", lsoas(town), ("LSOA21CD", "LSOA21NM", "LSOA21NMW")),
    ):
        path = folder / f"{name}.geojson"
        features = [_feature(town.globe, area, columns, district) for area in found]
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return files


def _feature(
    globe: Globe, area: Area, columns: tuple[str, str, str], district: Mapping[str, str]
) -> dict[str, object]:
    """One area as a GeoJSON feature, its ring anticlockwise as RFC 7946 wants it."""
    ring = np.concatenate([area.ring, area.ring[:1]])
    x, y = ring[:, 0], ring[:, 1]
    if np.dot(x[:-1], y[1:]) < np.dot(x[1:], y[:-1]):
        ring = ring[::-1]
    values = dict(zip(columns, (area.code, area.name, area.name_cy), strict=True))
    return {
        "type": "Feature",
        "properties": {**values, **district},
        "geometry": {"type": "Polygon", "coordinates": [globe.lonlat(ring).tolist()]},
    }


def write_names(town: Town, path: Path) -> None:
    """Write an OS Open Names tile: 34 columns, no header, UTF-8 with a byte order mark."""
    rows = list(_name_rows(town, postcodes(town)))
    east, north = _grid(town, [row[4] for row in rows])
    lad_name = town.words["areas"]["lad"][1]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for i, (name, other, kind, local, _) in enumerate(rows):
            cells = [""] * 34
            languages = ("cym", "eng") if other else ("", "")
            cells[0:10] = [f"demo{i:06}", "", name, languages[0], other, languages[1],
                           kind, local, str(east[i]), str(north[i])]  # fmt: skip
            cells[16], cells[18], cells[24], cells[27], cells[29] = (
                "ZK1", "Brackenfold" if local != "Town" else "", lad_name, "Invented", "England",
            )  # fmt: skip
            writer.writerow(cells)


def _name_rows(
    town: Town, spots: Iterable[PostcodeSpot]
) -> Iterable[tuple[str, str, str, str, Line]]:
    """Name, English name of a Welsh one, type, local type and place (2,) of each entry."""
    yield "Brackenfold", "", "populatedPlace", "Town", np.zeros(2)
    kinds = {"hamlet": "Hamlet", "suburb": "Suburban Area", "neighbourhood": "Suburban Area"}
    for name, kind, x, y in town.words["places"]["suburbs"]:
        yield name, "", "populatedPlace", kinds[kind], np.array([x, y], float)
    river = town.plan["river"]
    middle = town.river[len(town.river) // 2]
    yield river["name_cy"], river["name"], "hydrography", "Inland Water", middle
    station = town.plan["railway"]["station"]
    place = np.array(station["at"], float)
    yield f"{station['name']} Station", "", "transportNetwork", "Railway Station", place
    for green in town.greens:
        if green.name and green.tag[0] in ("leisure", "natural"):
            yield green.name, "", "other", "Urban Greenspace", green.ring.mean(axis=0)
    seen: set[str] = set()
    for street in town.streets:
        if street.name and street.name not in seen:
            seen.add(street.name)
            middle = at_metres(street.line, np.array([lengths(street.line)[-1] / 2]))[0][0]
            yield street.name, "", "transportNetwork", "Named Road", middle
    for spot in spots:
        yield spot.code, "", "other", "Postcode", spot.place


def _grid(town: Town, places: list[Line]) -> tuple[list[int], list[int]]:
    """Eastings and northings of places in the town's metres, whole metres."""
    lonlat = town.globe.lonlat(np.array(places))
    east, north = grid.from_wgs84(lonlat[:, 1], lonlat[:, 0])
    return np.rint(east).astype(int).tolist(), np.rint(north).astype(int).tolist()
