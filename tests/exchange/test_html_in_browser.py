# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page in a real browser: from a file, with no network, by mouse, keyboard and phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lac_desktop.domain.kinds import KindTable
from lac_desktop.exchange.writing import write
from tests.exchange import published
from tests.exchange.browser import Browser
from tests.exchange.test_write_html import BACKDROP

SHOWN = "[...document.querySelectorAll('#rows tr')].filter(r => !r.hidden)"
COUNT = "document.getElementById('count').textContent"


@pytest.fixture(scope="module")
def table() -> KindTable:
    return published.kinds()


@pytest.fixture(scope="module")
def page(table: KindTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "map.html"
    write("html", published.public(table), file, published.context(table, backdrop=BACKDROP))
    return file


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    one = Browser(tmp_path_factory.mktemp("chromium"))
    yield one
    one.close()


def search(browser: Browser, text: str) -> None:
    browser.run("document.getElementById('words').select()")
    browser.type(text)


def test_it_opens_without_a_complaint(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.run("document.title") == "Brackenfold {{7*7}} </title>"
    assert browser.run(COUNT) == "18 places, 3 of them in the list only."
    assert browser.run("document.querySelectorAll('.pin, .cluster').length") > 2
    assert browser.run("document.querySelectorAll('.leaflet-tile-pane canvas').length") > 0
    assert browser.run("document.querySelectorAll('#rows tr').length") == 18
    assert browser.complaints() == []


def test_names_show_as_they_were_typed(browser: Browser, page: Path) -> None:
    browser.open(page)
    shown = browser.run(
        "[...document.querySelectorAll('#rows bdi:first-child')].map(e => e.textContent)"
    )
    for name in published.NASTY:
        assert name.encode("utf-8", "replace").decode().replace("\r", "\n") in shown
    assert browser.run("document.querySelectorAll('#rows script, #rows form').length") == 0


def test_search_and_categories_filter_list_and_map_together(browser: Browser, page: Path) -> None:
    browser.open(page)
    search(browser, "LLYFRGELL Ada")
    browser.until(f"{SHOWN}.length === 1")
    assert browser.run(COUNT) == "1 of 18 places."
    assert browser.run("document.querySelectorAll('.pin').length") == 1
    assert browser.run("document.querySelector('.pin').getAttribute('aria-label')").startswith(
        "Brackenfold Library"
    )
    search(browser, "nowhere at all")
    browser.until(f"{COUNT}.startsWith('No place matches')")
    browser.run("document.getElementById('clear').click()")
    browser.until(f"{SHOWN}.length === 18")
    browser.run("document.querySelector('#categories input[value=P]').click()")
    browser.until(f"{SHOWN}.length === 1")
    browser.run("document.querySelector('#categories input[value=G]').click()")
    browser.until(f"{COUNT} === '2 of 18 places, 1 of them in the list only.'")
    assert browser.complaints() == []


def test_headings_sort_both_ways(browser: Browser, page: Path) -> None:
    browser.open(page)
    name = "document.querySelector('#rows bdi').textContent"
    browser.run("document.querySelector('thead button').click()")
    first = browser.run(name)
    assert (
        browser.run("document.querySelector('thead th').getAttribute('aria-sort')") == "ascending"
    )
    browser.run("document.querySelector('thead button').click()")
    assert browser.run(name) != first
    assert (
        browser.run("document.querySelector('thead th').getAttribute('aria-sort')") == "descending"
    )
    browser.run("document.querySelectorAll('thead button')[6].click()")
    assert (
        browser.run("document.querySelector('#rows tr').cells[6].textContent")
        == "Checked 5 March 2026"
    )


def test_pins_and_cards_by_keyboard(browser: Browser, page: Path) -> None:
    browser.open(page)
    search(browser, "llyfrgell ada")
    browser.until("document.querySelectorAll('.pin').length === 1")
    browser.run("document.querySelector('.pin').focus()")
    browser.press("Enter")
    browser.until("!!document.querySelector('.card h3')")
    assert browser.run("document.activeElement.className") == "card"
    text = browser.run("document.querySelector('.card').textContent")
    assert "Brackenfold LibraryLibrary · Institutions" in text
    assert "Books & <quiet>" in text
    browser.press("Escape")
    browser.until("!document.querySelector('.card')")
    assert "pin" in browser.run("document.activeElement.className")
    browser.run("document.querySelector('tr:not([hidden]) .to-map').click()")
    browser.until("!!document.querySelector('.card')")
    assert browser.complaints() == []


def test_a_cluster_lists_its_members(browser: Browser, table: KindTable, tmp_path: Path) -> None:
    from dataclasses import replace

    many = [
        replace(published.full(table), id=published.uuid(n), name=f"Number {n}", links=())
        for n in range(70)
    ]
    file = tmp_path / "map.html"
    write("html", published.public(table, many), file, published.context(table))
    browser.open(file)
    assert browser.run("document.querySelector('.cluster').textContent") == "70"
    browser.run("document.querySelector('.cluster').focus()")
    browser.press("Enter")
    browser.until("document.querySelectorAll('.card li').length === 71")
    fifth = "document.querySelectorAll('.card li button')[5]"
    name = browser.run(f"{fifth}.textContent")
    assert name == "Number 12"
    browser.run(f"{fifth}.click()")
    browser.until(f"document.querySelector('.card h3').textContent === '{name}'")
    assert browser.complaints() == []


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_nothing_runs_out_of_the_page(browser: Browser, page: Path, dark: bool) -> None:
    browser.open(page, width=400, height=800, dark=dark)
    assert browser.run("document.documentElement.scrollWidth") <= 400
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(23, 27, 30)" if dark else "rgb(247, 246, 242)")
    assert browser.run("document.querySelector('#rows tr').getAttribute('role')") == "row"
    assert browser.complaints() == []
    assert browser.picture().startswith(b"\x89PNG")


def test_without_scripts_the_list_is_there(browser: Browser, page: Path) -> None:
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
        root = browser.send("DOM.getDocument")["root"]["nodeId"]
        rows = browser.send("DOM.querySelectorAll", nodeId=root, selector="#rows tr")["nodeIds"]
        assert len(rows) == 18
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
