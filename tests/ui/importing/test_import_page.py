# SPDX-License-Identifier: AGPL-3.0-or-later
"""The import in the window, on Rutland's own files: choose, match, check, bring in, take back."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from lac_desktop.domain.asset import Visibility
from lac_desktop.services import assets, importing, upkeep
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.community.duplicates import CompareDialog, looked_up
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.importing import past
from lac_desktop.ui.importing.page import CHOOSE, COLUMNS, ROWS, ImportPage
from lac_desktop.ui.importing.past import ImportsDialog, said

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(frame: Frame, open_notebook: Notebook, wait: Wait) -> ImportPage:
    """The import over an empty notebook."""
    frame.open_notebook(open_notebook)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    frame.actions_table.by_id["import"].trigger()
    assert frame.work is not None
    made = frame.work.page
    assert isinstance(made, ImportPage)
    return made


def workbook(file: Path) -> Path:
    """Two sheets, one with a column that looks private."""
    from openpyxl import Workbook

    book = Workbook()
    one = book.active
    assert one is not None
    one.title = "Groups"
    one.append(["Group name", "Postcode", "Date of birth", "Notes"])
    for name in ("Knit and Natter", "Wend Walkers", "Oakham Choir", "Chess Club"):
        one.append([name, "LE15 6RE", "1/1/1950", "Tuesdays"])
    two = book.create_sheet("Venues")
    two.append(["Venue", "Address"])
    two.append(["Oakham Hall", "High Street, Oakham"])
    two.append(["Uppingham Hall", "High Street East, Uppingham"])
    book.save(file)
    return file


def press(parent: object, words: str) -> None:
    buttons = parent.findChildren(QPushButton)  # type: ignore[attr-defined]
    next(b for b in buttons if b.text() == words).click()


def test_the_libraries_of_rutland_come_in_and_one_undo_takes_them_back(
    page: ImportPage, frame: Frame, open_notebook: Notebook, rutland: Path, wait: Wait
) -> None:
    page.read([rutland / "directory" / "libraries-rutland.csv"])
    wait(lambda: page.stack.currentIndex() == COLUMNS)
    page.on.click()
    wait(lambda: page.stack.currentIndex() == ROWS)
    assert "Bring in" in page.on.text()
    assert page.check.model.rowCount() > 0
    page.on.click()
    wait(lambda: assets.count(open_notebook) > 0)
    wait(lambda: "added" in frame.messages.sentence)
    press(frame.messages, "Undo")
    wait(lambda: assets.count(open_notebook) == 0)


def test_what_is_held_back_comes_in_by_its_reason(
    page: ImportPage, rutland: Path, wait: Wait
) -> None:
    page.read([rutland / "osm" / "rutland-2018-02-27.osm.pbf"])
    wait(lambda: page.stack.currentIndex() == ROWS)
    assert page.preview is not None
    before = dict(page.preview.held_back)
    assert len(before) > 2
    menu = page.check._bring.menu()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words[-1].startswith("All of them")
    assert len(words) == len(before) + 1
    reason, number = next(iter(before.items()))
    ready = importing.counts(page.preview)["all"]
    menu.actions()[0].trigger()
    wait(lambda: page.preview is not None and reason not in page.preview.held_back)
    assert page.preview is not None
    assert importing.counts(page.preview)["all"] == ready + number
    assert {k: v for k, v in before.items() if k != reason} == dict(page.preview.held_back)


def test_a_sheet_a_reader_and_private_columns_are_chosen_before_the_rows(
    page: ImportPage, open_notebook: Notebook, tmp_path: Path, wait: Wait
) -> None:
    file = workbook(tmp_path / "groups.xlsx")
    page.read([file])
    wait(lambda: page.stack.currentIndex() == COLUMNS)
    source = page._sources["groups.xlsx"]
    assert [source.sheet.itemText(i) for i in range(source.sheet.count())] == ["Groups", "Venues"]
    assert source.visible.currentData() == "team"  # it looks like somebody's own list
    page.on.click()
    wait(lambda: page.stack.currentIndex() == ROWS)
    assert "“Date of birth”" in page.check._private.text()
    page.check._change.click()
    assert page.stack.currentIndex() == COLUMNS
    source = page._sources["groups.xlsx"]
    source.sheet.setCurrentIndex(1)
    source.sheet.activated.emit(1)
    wait(lambda: "Venue" in page._sources["groups.xlsx"].columns.mapping())
    source = page._sources["groups.xlsx"]
    source.visible.setCurrentIndex(source.visible.findData("only me"))
    page.on.click()
    wait(lambda: page.stack.currentIndex() == ROWS)
    assert page.check._private.isHidden()
    page.on.click()
    wait(lambda: assets.count(open_notebook) == 2)
    with open_notebook.vault.read() as db:
        from lac_desktop.storage import assets as stored

        assert {a.visibility for a in stored.all_assets(db)} == {Visibility.ONLY_ME}


def test_a_typed_fix_mends_the_row_and_leaving_out_can_be_taken_back(
    page: ImportPage, tmp_path: Path, wait: Wait
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Name,Email,Kind\nOakham Choir,choir at example,Choir\n,x@example.org,Choir\n")
    page.read([file])
    wait(lambda: page.stack.currentIndex() == COLUMNS)
    page.on.click()
    wait(lambda: page.stack.currentIndex() == ROWS)
    assert page.preview is not None
    bad = next(row for row in page.preview.rows if any(p.field == "email" for p in row.problems))
    page.check.table.selectRow(page.check.model.place_of(bad.number))
    field = next(
        e for e in page.check.mend.findChildren(QLineEdit) if "@" in e.text() or "at" in e.text()
    )
    field.setText("choir@example.org")
    field.returnPressed.emit()
    assert page.preview is not None
    mended = page.preview.rows[bad.number]
    assert mended.read is not None
    assert mended.read.email == "choir@example.org"
    assert not [p for p in mended.problems if p.field == "email"]


def test_cancel_while_reading_leaves_everything_as_it_was(
    page: ImportPage, frame: Frame, open_notebook: Notebook, rutland: Path, wait: Wait
) -> None:
    page.read([rutland / "osm" / "rutland-2018-02-27.osm.gz"])
    wait(lambda: frame.desk.jobs.busy)
    frame.desk.jobs.cancel_all()
    wait(lambda: not frame.desk.jobs.busy)
    assert page.stack.currentIndex() == CHOOSE
    assert page.preview is None
    assert assets.count(open_notebook) == 0


def test_a_file_that_cannot_be_read_says_why(
    page: ImportPage, frame: Frame, tmp_path: Path, wait: Wait
) -> None:
    file = tmp_path / "noise.xlsx"
    file.write_bytes(bytes(range(256)) * 40)
    page.read([file])
    wait(lambda: "noise.xlsx" in frame.messages.sentence)
    assert page.stack.currentIndex() == CHOOSE


def test_rutland_comes_in_its_duplicates_are_compared_in_time_and_the_list_takes_it_back(
    page: ImportPage, frame: Frame, open_notebook: Notebook, rutland: Path, wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    page.read([rutland / "osm" / "rutland-2018-02-27.osm.pbf"])
    wait(lambda: page.stack.currentIndex() == ROWS)
    page.on.click()
    wait(lambda: assets.count(open_notebook) > 400)
    session = frame.session
    assert session is not None
    wait(lambda: session.found is not None and len(session.found) > 400)
    began = time.perf_counter()
    pairs = upkeep.open_pairs(open_notebook)
    pairs += looked_up(session, lambda _d, _t, _w: None)
    assert time.perf_counter() - began < 6
    assert pairs
    dialog = CompareDialog(frame, session, frame.desk, pairs)
    dialog.show()
    before, n = assets.count(open_notebook), len(dialog._pairs)
    dialog.both.click()
    assert len(dialog._pairs) == n - 1
    if dialog._pairs and dialog.isVisible():
        dialog.join.click()
        wait(lambda: assets.count(open_notebook) == before - 1)
    wait(lambda: not frame.desk.jobs.busy)
    dialog.close()
    listed = assets.imports(open_notebook)
    assert [one.places for one in listed] == [before]
    assert f"{before:,} places" in said(listed[0])
    monkeypatch.setattr(past, "ask", lambda _parent, made: made.answer())
    frame.actions_table.by_id["imports"].trigger()
    wait(lambda: not assets.imports(open_notebook)[0].can_undo)
    assert assets.count(open_notebook) <= 2  # what was joined by hand stays
    shown = ImportsDialog(frame, frame.desk, assets.imports(open_notebook))
    assert "Taken back" in shown.list.item(0).text()
    assert not shown.accept_button.isEnabled()


def test_an_import_of_long_ago_can_no_more_be_taken_back(frame: Frame, filled: Notebook) -> None:
    now = filled.clock()
    assert assets.imports(filled)[0].can_undo
    filled.clock = lambda: now + timedelta(days=31)
    listed = assets.imports(filled)
    assert not listed[0].can_undo
    assert "Too long ago" in said(listed[0])
    assert ImportsDialog(frame, frame.desk, []).answer() is None
