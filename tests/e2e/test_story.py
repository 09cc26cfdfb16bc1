# SPDX-License-Identifier: AGPL-3.0-or-later
"""One story through the window: Rutland's files in, a place put right, a map handed out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from lac_desktop.domain.query import Query
from lac_desktop.geo.build import build
from lac_desktop.services import assets, find, notebook
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.settings import NotebookSettings
from lac_desktop.storage.vault import FAST_FOR_TESTS
from lac_desktop.ui.asset.form import AssetForm
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.importing.page import ImportPage
from lac_desktop.ui.publish.page import PublishPage

SECRET = "acorn bridge candle drum"
Wait = Callable[[Callable[[], bool]], None]

#: What the offscreen platform says of every popup and dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(folder: Path, pack: Path) -> Notebook:
    """A new notebook on this area pack, unlocked."""
    settings = NotebookSettings(who="Ruth", pack_folder=str(pack))
    notebook.create(folder, SECRET, settings, strength=FAST_FOR_TESTS)
    return notebook.unlock(folder, SECRET)


@pytest.fixture
def pack(rutland: Path, tmp_path: Path) -> Path:
    """Rutland's streets and postcodes."""
    out = tmp_path / "pack"
    build(
        out,
        osm=[rutland / "osm" / "rutland-2018-02-27.osm.pbf"],
        postcodes=[rutland / "postcodes" / "codepoint-open-le.csv"],
        name="Rutland",
    )
    return out


@pytest.fixture
def books(pack: Path, tmp_path: Path) -> Iterator[tuple[Notebook, Notebook]]:
    """Ruth's notebook, and another one that gets what she hands out."""
    hers, theirs = opened(tmp_path / "Hers.lac", pack), opened(tmp_path / "Theirs.lac", pack)
    yield hers, theirs
    for one in (hers, theirs):
        notebook.lock(one)


def bring_in(frame: Frame, file: Path, wait: Wait) -> None:
    """Import a file as it stands."""
    work = frame.work
    assert work is not None
    frame.actions_table.by_id["import"].trigger()
    page = work.page
    assert isinstance(page, ImportPage)
    page.read([file])
    wait(lambda: page.preview is not None)
    while work.page is page and not frame.desk.jobs.busy:
        page.on.click()
        wait(lambda: not frame.desk.jobs.busy)
    wait(lambda: work.page is not page)


def rename(frame: Frame, name: str) -> None:
    """Edit the selected place in its form and save."""

    def fill() -> None:
        form = QApplication.activeModalWidget()
        assert isinstance(form, AssetForm)
        field = form.focusWidget()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        QTest.keyClicks(field, name)
        form.finish()

    QTimer.singleShot(200, fill)
    frame.actions_table.by_id["edit"].trigger()


def test_from_the_countys_files_to_a_map_and_back(
    frame: Frame, books: tuple[Notebook, Notebook], rutland: Path, tmp_path: Path, wait: Wait
) -> None:
    hers, theirs = books
    frame.open_notebook(hers)
    work, session = frame.work, frame.session
    assert work is not None
    assert session is not None
    bring_in(frame, rutland / "osm" / "rutland-2018-02-27.osm.pbf", wait)
    wait(lambda: session.total > 400)

    frame.activateWindow()
    frame.actions_table.by_id["search"].trigger()
    wait(work.top.search.hasFocus)
    QTest.keyClicks(work.top.search, "oakham libary")
    wait(lambda: bool(work.top._offers))
    QTest.keyClick(work.top.popup, Qt.Key.Key_Down)
    QTest.keyClick(work.top.popup, Qt.Key.Key_Return)
    wait(lambda: bool(session.selection))
    assert session.asset(session.selection).name == "Rutland County Library"  # type: ignore[union-attr]
    work.show_section("community")
    rename(frame, "Oakham Library by the Castle")
    wait(lambda: len(find.find(hers, Query(text="library castle"))) == 1)

    file = tmp_path / "map.geojson"
    frame.actions_table.by_id["publish"].trigger()
    page = work.page
    assert isinstance(page, PublishPage)
    wait(lambda: page._leaving is not None)
    assert work.page is page
    page._save(file, "geojson")
    wait(file.exists)
    count = assets.count(hers)
    wait(lambda: not frame.desk.jobs.busy)

    frame.open_notebook(theirs)
    bring_in(frame, file, wait)
    wait(lambda: assets.count(theirs) == count)
    assert len(find.find(theirs, Query(text="library castle"))) == 1
