# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing out what is shown: the page says what leaves, and the file holds that and no more."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QScrollArea

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.shapes import polygon_of, rings_of
from lac_desktop.services import assets, exporting, importing
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.publish.page import PublishPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
PARK = polygon_of([Point(52.66, -0.74), Point(52.66, -0.73), Point(52.67, -0.73)])


@pytest.fixture
def page(frame: Frame, filled: Notebook, wait: Wait) -> PublishPage:
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    frame.actions_table.by_id["publish"].trigger()
    assert frame.work is not None
    made = frame.work.page
    assert isinstance(made, PublishPage)
    wait(lambda: made._leaving is not None)
    return made


def test_the_page_says_what_leaves_and_what_stays(page: PublishPage) -> None:
    assert page._count.text() == "1 place leaves, 3 stay"
    assert "Nothing has been handed out yet" in page.last.text()
    assert page.what.findChildren(QCheckBox)


def test_it_follows_the_text_size_and_scrolls_as_one_page(
    page: PublishPage, frame: Frame, wait: Wait
) -> None:
    frame.resize(1366, 768)

    def sizes() -> tuple[int, int]:
        pictures = [one.pixmap().width() for one in page.what.findChildren(QLabel)]
        return max(pictures), page.preview.height()

    usual = sizes()
    frame.prefer(text_size=200)
    wait(lambda: sizes()[0] == 2 * usual[0] and sizes()[1] > 1.5 * usual[1])
    around = [part for part in page.findChildren(QScrollArea) if part.isAncestorOf(page.what)]
    assert around
    assert around[0].isAncestorOf(page.preview)
    frame.prefer(text_size=100)
    wait(lambda: sizes() == usual)


@pytest.mark.parametrize("kind", ["csv", "geojson", "html"])
def test_the_file_holds_what_was_said_and_no_more(
    page: PublishPage, frame: Frame, tmp_path: Path, kind: str, wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = tmp_path / f"out.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.format.setCurrentIndex(page.format.findData(kind))
    page.name.setText("Oakham")
    page.recipient.setText("Parish council")
    page.save.click()
    wait(file.exists)
    wait(lambda: "1 place is in" in frame.messages.sentence)
    text = file.read_text("utf-8-sig")
    assert "Brackenfold Library" in text
    for kept in ("Knit and Natter", "Bronwen", "Parish council", "Ruth"):
        assert kept not in text


def test_the_export_record_speaks_of_days_as_people_do(
    page: PublishPage, frame: Frame, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    page.format.setCurrentIndex(page.format.findData("csv"))
    page.save.click()
    wait(lambda: "1 place is in" in frame.messages.sentence)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 1
    frame.actions_table.by_id["publish"].trigger()
    assert frame.work is not None
    again = frame.work.page
    assert isinstance(again, PublishPage)
    wait(lambda: again._leaving is not None)
    assert again.last.text().startswith("10 March 2026, 10:30am, ")


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "kml", "csv", "oruk"])
def test_the_area_of_a_place_leaves_and_comes_back(
    filled: Notebook, tmp_path: Path, kind: str
) -> None:
    from lac_desktop.domain.query import Query

    park = replace(
        assets.blank(name="Cutts Close", kind="park", point=Point(52.664, -0.734)),
        area=PARK,
        visibility=Visibility.PUBLIC,
    )
    if park.kind not in filled.kinds.kinds:
        park = replace(park, kind=next(iter(filled.kinds.kinds)))
    assets.save(filled, park)
    suffix = exporting.FORMATS[kind].suffix
    file = tmp_path / f"park{suffix}"
    exporting.export(filled, kind, file, Query(text="Cutts Close"))
    found = importing.preview(filled, [file]).readings[0].candidates
    areas = [c.asset.area for c in found if c.asset is not None and c.asset.name == "Cutts Close"]
    assert areas
    assert set(rings_of(areas[0])[0]) == set(rings_of(PARK)[0])
    assert json.loads(areas[0])["type"] in ("Polygon", "MultiPolygon")
