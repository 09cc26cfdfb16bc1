# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page holds everything, asks for nothing, and shows what people typed as they typed it."""

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange import html_backdrop, write_html
from lac_desktop.exchange.backdrop import BackArea, Backdrop, BackLabel, BackLine
from lac_desktop.exchange.writing import write
from tests.exchange import published

BACKDROP = Backdrop(
    (BackArea("water", (((-0.75, 52.66), (-0.74, 52.66), (-0.74, 52.665), (-0.75, 52.66)),)),),
    (
        BackLine("street", ((-0.76, 52.67), (-0.72, 52.67))),
        BackLine("rail", ((-0.75, 52.66), (-0.75, 52.68))),
    ),
    (BackLabel("place", "</script>Oak & Ham", (-0.74, 52.668), rank=1),),
)


@pytest.fixture(scope="module")
def table() -> KindTable:
    return published.kinds()


@pytest.fixture(scope="module")
def page(table: KindTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "map.html"
    write("html", published.public(table), file, published.context(table, backdrop=BACKDROP))
    return file


class Seen(HTMLParser):
    """Tags with their attributes, and the text of every cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.cells.append("")
        if tag in ("script", "style", "td", "th", "bdi"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


def seen(page: Path) -> Seen:
    reader = Seen()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_nothing_is_fetched(page: Path) -> None:
    for tag, given in seen(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "form") or tag == "form"
        assert "src" not in given
        assert not any(name.startswith("on") for name in given)
        if tag == "a":
            assert (given["href"] or "").startswith(("#", "https://", "mailto:", "tel:"))
    text = page.read_text(encoding="utf-8")
    assert "user-scalable" not in text
    assert "cdn." not in text
    assert "<!--lac:" not in re.sub(r"&lt;.*?&gt;", "", text)


def test_the_policy_lets_our_own_scripts_run_and_nothing_else(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    policy = next(
        given["content"] or ""
        for tag, given in seen(page).tags
        if given.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        for inner in re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_the_same_places_stand_in_a_table(page: Path) -> None:
    cells = seen(page).cells
    for name in published.NASTY:
        assert name.encode("utf-8", "replace").decode() in cells
    assert "Brackenfold LibraryLlyfrgell Brackenfold" in cells
    text = " ".join(cells)
    assert "Monday to Friday 10am to 5:30pm" in text
    assert "Every Tuesday, 1:30pm to 3pm" in text
    assert "+44 1632 960001" in text
    assert "The address is confidential" in text
    assert "Not Agreed" not in text
    assert "a back room" not in text
    assert "49" not in cells


def test_it_says_what_it_is(page: Path) -> None:
    tags = seen(page).tags
    assert ("html", {"lang": "en-GB"}) in tags
    assert any(tag == "a" and given.get("class") == "skip" for tag, given in tags)
    text = page.read_text(encoding="utf-8")
    assert "<title>Brackenfold {{7*7}} &lt;/title&gt;</title>" in text
    assert "Contains OS data © Crown copyright 2026" in text
    assert "© OpenStreetMap contributors" in text
    assert "opendatacommons.org" in text
    assert "9 March 2026" in text


def test_an_unknown_link_of_folium_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import folium

    monkeypatch.setattr(
        folium.Map, "default_js", [*folium.Map.default_js, ("new", "https://x.example/new.js")]
    )
    write_html._empty_page.cache_clear()
    with pytest.raises(RuntimeError, match="something new"):
        write_html._empty_page()
    write_html._empty_page.cache_clear()


def test_writing_it_needs_no_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from lac_desktop.exchange import write_html; write_html._empty_page();"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], check=False).returncode == 0


def test_a_thousand_places_stay_under_a_megabyte(table: KindTable, tmp_path: Path) -> None:
    one = published.full(table)
    spare = Asset(
        id="", name="", kind="library", gives=one.gives, address=one.address, postcode=one.postcode,
        point=one.point, hours=one.hours, phone=one.phone, website=one.website, access=one.access,
        visibility=Visibility.PUBLIC,
    )  # fmt: skip
    many = [replace(spare, id=published.uuid(n), name=f"Place {n}") for n in range(1000)]
    streets = tuple(
        BackLine("street", tuple((-0.7 + n * 1e-4 + k * 1e-3, 52.6 + k * 1e-3) for k in range(40)))
        for n in range(5000)
    )
    file = tmp_path / "map.html"
    backdrop = Backdrop((), streets, ())
    write("html", published.public(table, many), file, published.context(table, backdrop=backdrop))
    assert 900_000 < file.stat().st_size <= 1_000_000
    assert 400_000 < len(html_backdrop.packed(backdrop)) <= html_backdrop.ROOM


def test_what_matters_least_goes_first(table: KindTable) -> None:
    whole = html_backdrop.packed(BACKDROP)
    assert '"l":[[2,[' in whole
    assert "\\u003c/script" in whole
    short = html_backdrop.packed(BACKDROP, 190)
    assert "Oak" in short
    assert len(short) <= 190
    assert html_backdrop.packed(None) == "null"
    assert html_backdrop.packed(Backdrop()) == "null"


def test_the_page_of_nothing(table: KindTable, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    assert write("html", (), file, published.context(table)) == 0
    assert "0 places" in file.read_text(encoding="utf-8")


def test_page_is_always_the_same(table: KindTable, tmp_path: Path) -> None:
    first, again = tmp_path / "a.html", tmp_path / "b.html"
    for file in (first, again):
        write_html._empty_page.cache_clear()
        write("html", published.public(table), file, published.context(table, backdrop=BACKDROP))
    assert first.read_bytes() == again.read_bytes()
    rows = re.search(
        r'<tbody id="rows">\n(.*?)</tbody>', first.read_text(encoding="utf-8"), re.DOTALL
    )
    assert rows is not None
    published.check_golden("\n".join(rows[1].split("\n")[:6]) + "\n", "rows.html")


def test_many_in_one_spot_are_written(table: KindTable, tmp_path: Path) -> None:
    one = Asset(
        id="", name="", kind="library", point=Point(52.6, -0.7), visibility=Visibility.PUBLIC
    )
    many = [replace(one, id=published.uuid(n), name=f"Number {n}") for n in range(70)]
    file = tmp_path / "map.html"
    assert write("html", published.public(table, many), file, published.context(table)) == 70
