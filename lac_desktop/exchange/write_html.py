# SPDX-License-Identifier: AGPL-3.0-or-later
"""Write public assets as one web page that opens from a USB stick with no network.

folium builds the map and its GeoJson layer; Leaflet comes from the XStatic-Leaflet wheel and is
put into the page in place of folium's links, by name, and an unknown link is an error. folium runs
what it is given through Jinja, so nothing that somebody typed is ever handed to it: the page is
rendered with marks in it, and the texts take the place of the marks afterwards, escaped. A
Content-Security-Policy lets exactly our own scripts run and nothing be fetched.
"""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from lac_desktop import paths
from lac_desktop.domain.kinds import CATEGORIES
from lac_desktop.domain.privacy import PublicAsset
from lac_desktop.domain.progress import Progress
from lac_desktop.domain.wording import long_date
from lac_desktop.exchange import html_backdrop, html_rows
from lac_desktop.exchange.shapes import shape_of
from lac_desktop.exchange.writing import (
    Context,
    about,
    credits_of,
    is_odbl,
    place_count,
)

#: How large a page of a thousand places should stay; the map under the pins takes what is left.
GOOD_SIZE = 1_000_000

#: The least that the map under the pins gets on a page with very many places.
LEAST_BACKDROP = 150_000

#: folium's own names of the files it links: what stands in the page in their place.
_SCRIPTS = {"leaflet": "leaflet.js", "jquery": "", "bootstrap": "", "awesome_markers": ""}
_STYLES = {
    "leaflet_css": "leaflet.css",
    "bootstrap_css": "",
    "glyphicons_css": "",
    "awesome_markers_font_css": "",
    "awesome_markers_css": "",
    "awesome_rotate_css": "",
}

_OTHERS_SCRIPT = re.compile(r'<script src="([^"]*)"></script>')
_OTHERS_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"\s*/>')
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_MARK = re.compile(r"<!--lac:([a-z]+)-->")


def fill(assets: Sequence[PublicAsset], path: Path, context: Context, progress: Progress) -> None:
    """Write the page: map, search, categories, the places as a table by name, and the credits."""
    assets = sorted(assets, key=lambda one: (one.name.casefold(), one.id))
    rows: list[str] = []
    areas: dict[int, Any] = {}
    for number, asset in enumerate(assets):
        if number % 200 == 0:
            progress(number, len(assets), "Writing")
        rows.append(html_rows.row(number, asset, context))
        if asset.area and (shape := shape_of(asset)) is not None and shape["type"] != "Point":
            areas[number] = shape
    table = "\n".join(rows)
    room = GOOD_SIZE - len(_empty_page()) - len(table.encode("utf-8", "replace")) - 20_000
    room = max(LEAST_BACKDROP, min(html_backdrop.ROOM, room))
    texts = {
        "title": escape(context.title),
        "made": escape(_made(assets, context)),
        "caption": escape(f"{place_count(len(assets))}. Choose a heading to sort by it."),
        "credit": escape(_credit(assets, context)),
        "headings": html_rows.headings(),
        "rows": table,
        "about": "\n".join(f"<p>{_linked(line)}</p>" for line in about(assets, context)),
        "areas": html_backdrop.safe_in_script(json.dumps(areas, separators=(",", ":"))),
        "backdrop": html_backdrop.packed(context.backdrop, room),
        "lang": escape(context.language, quote=True),
    }
    page = _MARK.sub(lambda mark: texts[mark[1]], _empty_page())
    path.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _made(assets: Sequence[PublicAsset], context: Context) -> str:
    """The line under the title."""
    checked = [asset.checked_on for asset in assets if asset.checked_on is not None]
    line = f"{place_count(len(assets))}, {long_date(context.made)}."
    return f"{line} Last checked: {long_date(max(checked))}." if checked else line


def _credit(assets: Sequence[PublicAsset], context: Context) -> str:
    """Who is to be named right under the map."""
    named = [credit.attribution for credit in credits_of(assets, context)]
    if any(is_odbl(asset) for asset in assets) and not any("OpenStreetMap" in one for one in named):
        named.append("© OpenStreetMap contributors")
    return " · ".join(dict.fromkeys(named))


def _linked(line: str) -> str:
    """A line of plain text in which the licence's address is a link."""
    return re.sub(r"(https://[^\s<]+)", r'<a href="\1">\1</a>', escape(line))


@lru_cache(maxsize=1)
def _empty_page() -> str:
    """The page with marks where the texts go; the same for every map, so it is made once.

    Raises RuntimeError where folium's page is not as it was when this was written.
    """
    page = _rendered()
    page = _once(page, "<html>", '<html lang="<!--lac:lang-->">')
    page = re.sub(r'<meta name="viewport"[^>]*>', "", page)
    css = _resource("page.css")
    scripts = _resource("backdrop.js") + _resource("page.js")
    names = {letter: plural for letter, (_, plural) in CATEGORIES.items()}
    blocks = (
        f'<script type="application/json" id="lac-categories">{json.dumps(names)}</script>\n'
        '<script type="application/json" id="lac-areas"><!--lac:areas--></script>\n'
        '<script type="application/json" id="lac-backdrop"><!--lac:backdrop--></script>\n'
    )
    div = '<div class="folium-map" id="map_lac" ></div>'
    body = _resource("top.html") + div + _resource("bottom.html") + blocks
    page = _once(page, div, body)
    page = _once(page, "</head>", f"<style>{css}</style>\n<script>{scripts}</script>\n</head>")
    page = _once(
        page, "</script>\n</html>", "LacPage.start(map_lac, geo_json_lac);\n</script>\n</html>"
    )
    _refuse_links(page)
    return _once(page, "<head>", f"<head>\n{_first_in_head(page)}")


def _first_in_head(page: str) -> str:
    """The policy, the title and the size of the screen; the policy must come before any script."""
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src {_hashes(_SCRIPT, page)}; style-src {_hashes(_STYLE, page)}"
    )
    return (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="generator" content="LAC Desktop">\n'
        "<title><!--lac:title--></title>"
    )


def _rendered() -> str:
    """folium's page for an empty map whose GeoJson layer is run by our own script."""
    with _without_pandas():
        import folium

    page_map = folium.Map(
        location=[54.0, -2.5],
        zoom_start=6,
        tiles=None,
        max_zoom=19,
        min_zoom=5,
        attributionControl=False,
        fadeAnimation=False,
        zoomAnimation=False,
        markerZoomAnimation=False,
    )
    page_map._id = "lac"
    pins = folium.GeoJson(
        {"type": "FeatureCollection", "features": []},
        on_each_feature=folium.JsCode("LacPage.each"),
        point_to_layer=folium.JsCode("LacPage.pin"),
    )
    pins._id = "lac"
    pins.add_to(page_map)
    root: Any = page_map.get_root()
    page = root.render()
    names = {url: name for name, url in (*page_map.default_js, *page_map.default_css)}
    page = _OTHERS_SCRIPT.sub(lambda link: _script_for(link[1], names), page)
    return _OTHERS_STYLE.sub(lambda link: _style_for(link[1], names), page)


def _script_for(url: str, names: Mapping[str, str]) -> str:
    """The script that stands in the page in place of one of folium's links."""
    file = _known(url, names, _SCRIPTS)
    if not file:
        return ""
    text = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", _leaflet(file))
    if "</script" in text.lower():
        raise RuntimeError(f"{file} cannot stand inside a page.")
    return f"<script>{text}</script>"


def _style_for(url: str, names: Mapping[str, str]) -> str:
    """The style sheet that stands in the page in place of one of folium's links."""
    file = _known(url, names, _STYLES)
    if not file:
        return ""
    # Pictures of controls that the page does not have.
    text = re.sub(r"url\(images/[a-z0-9-]+\.png\)", "none", _leaflet(file))
    return f"<style>{text}</style>"


def _known(url: str, names: Mapping[str, str], files: Mapping[str, str]) -> str:
    """The file for a link by folium's name for it.

    Raises RuntimeError for a link that we do not know: it would be fetched from the network.
    """
    name = names.get(url)
    if name is None or name not in files:
        raise RuntimeError(f"folium links something new: {url}")
    return files[name]


def _leaflet(file: str) -> str:
    """A file of the Leaflet that the XStatic-Leaflet wheel carries."""
    from xstatic.pkg import leaflet

    return (Path(leaflet.BASE_DIR) / file).read_text(encoding="utf-8")


def _resource(name: str) -> str:
    """A part of the page that is our own."""
    return (paths.resources() / "html" / name).read_text(encoding="utf-8")


def _once(page: str, old: str, new: str) -> str:
    """Replace what must stand in the page exactly once; raises RuntimeError otherwise."""
    if page.count(old) != 1:
        raise RuntimeError(f"folium's page has {old!r} {page.count(old)} times, not once.")
    return page.replace(old, new)


def _refuse_links(page: str) -> None:
    """Raise RuntimeError where the page would fetch something."""
    tags = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    found = re.search(
        r"(?:src|href)\s*=\s*[\"']?(?:https?:|//)|@import|url\(\s*[\"']?(?!data:|#)", tags
    )
    if found:
        raise RuntimeError(f"The page would fetch {tags[found.start() : found.start() + 80]!r}.")


def _hashes(blocks: re.Pattern[str], page: str) -> str:
    """The hashes that let exactly these inline scripts or styles run (CSP level 3)."""
    found = dict.fromkeys(blocks.findall(page))
    made = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in found)
    return " ".join(f"'sha256-{one}'" for one in made) or "'none'"


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Keep pandas out while folium is imported: it asks for it and can do without (saves 0.3 s)."""
    absent = object()
    before = sys.modules.get("pandas", absent)
    if before is not absent:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["pandas"]
