# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as KML 2.2 (OGC 07-147r2): a folder a category, every field as data.

Google Earth shows a description as HTML, so ours is HTML whose text is escaped once for HTML and
once more for XML. The fields that come back on import are the ``ExtendedData``, which are plain.
"""

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lac_desktop.domain.kinds import CATEGORIES
from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.exchange.fields import BY_KEY, row_of
from lac_desktop.exchange.shapes import PLACES, polygons_of
from lac_desktop.exchange.writing import Context, about, category_name, kind_name

#: Fill colours of the categories as KML writes them: opacity, blue, green, red.
_COLOURS = {
    "G": "ff4dd2ff",
    "A": "ffc8782a",
    "I": "ff6b2433",
    "P": "ff3f5517",
    "E": "ff0e44b5",
    "C": "ffb57fcf",
    "S": "ffffffff",
}

#: What the balloon of a place shows, in this order.
_SHOWN = (
    "gives",
    "description",
    "welcome",
    "greeter",
    "hours_text",
    "address",
    "postcode",
    "neighbourhood",
    "cost_note",
    "access_note",
    "phone",
    "email",
    "website",
)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write a Document with one Folder a category that has places in it."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        file.write(f"<name>{_xml(context.title)}</name>\n")
        file.write(f"<description>{_html(about(assets, context))}</description>\n")
        for letter, colour in _COLOURS.items():
            file.write(_style(letter, colour))
        done = 0
        for letter in CATEGORIES:
            inside = [one for one in assets if _letter(one) == letter]
            if not inside:
                continue
            file.write(f"<Folder>\n<name>{_xml(CATEGORIES[letter][1])}</name>\n")
            for asset in inside:
                if done % 200 == 0:
                    progress(done, len(assets), "Writing")
                file.write("".join(_placemark(asset, context)))
                done += 1
            file.write("</Folder>\n")
        file.write("</Document>\n</kml>\n")


def _letter(asset: PublicAsset) -> str:
    return asset.category if asset.category in CATEGORIES else "S"


def _style(letter: str, colour: str) -> str:
    """How a category looks: no picture, because a picture would be fetched from the network."""
    see_through = "66" + colour[2:]
    return (
        f'<Style id="{letter}"><IconStyle><color>{colour}</color></IconStyle>'
        f"<LineStyle><color>{colour}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{see_through}</color></PolyStyle></Style>\n"
    )


def _placemark(asset: PublicAsset, context: Context) -> Iterator[str]:
    """One place, in the order of elements that the schema asks for."""
    row = row_of(asset) | {"category": category_name(asset)}
    lines = [kind_name(asset, context.kinds)]
    lines += [f"{BY_KEY[key].heading}: {row[key]}" for key in _SHOWN if row[key]]
    if asset.hours:
        lines.append(f"Open: {context.say_hours(asset.hours)}")
    yield f"<Placemark>\n<name>{_xml(asset.name)}</name>\n"
    yield f"<description>{_html(lines)}</description>\n<styleUrl>#{_letter(asset)}</styleUrl>\n"
    yield "<ExtendedData>\n"
    for key, text in row.items():
        if text:
            yield f'<Data name="{key}"><value>{_xml(text)}</value></Data>\n'
    yield "</ExtendedData>\n"
    yield _geometry(asset)
    yield "</Placemark>\n"


def _geometry(asset: PublicAsset) -> str:
    """The point, the areas, or both together."""
    parts = []
    if asset.point is not None:
        parts.append(
            f"<Point><coordinates>{_at(asset.point.lon, asset.point.lat)}</coordinates></Point>"
        )
    for outer, *holes in polygons_of(asset.area):
        rings = [("outerBoundaryIs", outer), *(("innerBoundaryIs", hole) for hole in holes)]
        parts.append("<Polygon>" + "".join(_ring(*ring) for ring in rings) + "</Polygon>")
    if len(parts) > 1:
        return "<MultiGeometry>" + "".join(parts) + "</MultiGeometry>\n"
    return "".join(parts) + "\n" if parts else ""


def _ring(tag: str, ring: Sequence[Sequence[float]]) -> str:
    where = " ".join(_at(lon, lat) for lon, lat in ring)
    return f"<{tag}><LinearRing><coordinates>{where}</coordinates></LinearRing></{tag}>"


def _at(lon: float, lat: float) -> str:
    return f"{round(lon, PLACES)},{round(lat, PLACES)}"


def _xml(text: str) -> str:
    """Plain text inside an element; characters that XML cannot hold become the mark for that."""
    return html.escape(_NOT_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def _html(lines: Sequence[str]) -> str:
    """Lines of plain text as HTML inside an element."""
    return _xml("<br>".join(html.escape(line) for line in lines))
