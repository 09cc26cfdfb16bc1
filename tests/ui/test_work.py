# SPDX-License-Identifier: AGPL-3.0-or-later
"""The open notebook in the real window: list, map, details, keys, filters, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from lac_desktop.domain.geometry import Point
from lac_desktop.services import assets, filters
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.community.model import FOUND
from lac_desktop.ui.community.page import CommunityPage
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.map_page import MapPage
from lac_desktop.ui.session import Session
from lac_desktop.ui.work import Work

Wait = Callable[[Callable[[], bool]], None]

#: What the offscreen platform says of windows; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Opened = tuple[Frame, Work, Session, CommunityPage]


@pytest.fixture
def opened(frame: Frame, filled: Notebook, wait: Wait) -> Opened:
    """The Community page with four places."""
    frame.open_notebook(filled)
    work, session = frame.work, frame.session
    assert work is not None
    assert session is not None
    work.show_section("community")
    page = work.page
    assert isinstance(page, CommunityPage)
    wait(lambda: page.table.places.rowCount() == 4)
    return frame, work, session, page


def names(page: CommunityPage) -> list[str]:
    model = page.table.places
    rows = [model.row(n) for n in range(model.rowCount())]
    return [found.name for found in rows if found]


def choose(page: CommunityPage, name: str) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.places.index(names(page).index(name), 0))


def test_list_is_read_out_in_whole_sentences(opened: Opened) -> None:
    _, _, _, page = opened
    model = page.table.places
    row = names(page).index("Brackenfold Library")
    spoken = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Brackenfold Library, ")
    assert "Open now, until 5:30pm" in spoken
    assert names(page) == sorted(names(page), key=str.casefold)


def test_s_checks_today_and_undo_takes_it_back(opened: Opened, wait: Wait) -> None:
    frame, _, session, page = opened
    choose(page, "Knit and Natter")
    chosen = session.selection
    QTest.keyClick(page.table, Qt.Key.Key_S)
    wait(lambda: "Checked today" in frame.messages.sentence)
    asset = assets.get(session.notebook, chosen)
    assert asset is not None
    assert asset.checked_on == datetime(2026, 3, 10).date()
    assert asset.checked_by == "Ruth"
    frame.actions_table.by_id["undo"].trigger()
    wait(lambda: frame.messages.sentence.startswith("Undone"))
    again = assets.get(session.notebook, chosen)
    assert again is not None
    assert again.checked_on == datetime(2025, 5, 1).date()
    frame.actions_table.by_id["redo"].trigger()
    wait(lambda: frame.messages.sentence.startswith("Done again"))


def test_letter_keys_can_be_switched_off(opened: Opened, wait: Wait) -> None:
    frame, _, session, page = opened
    frame.prefer(letter_keys=False)
    choose(page, "Brackenfold Library")
    QTest.keyClick(page.table, Qt.Key.Key_W)
    assert page.table.currentIndex().data(FOUND).name == "Wend Walkers"
    steps = len(assets.steps(session.notebook))
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert len(assets.steps(session.notebook)) == steps


def test_enter_opens_details_and_esc_gives_the_focus_back(opened: Opened) -> None:
    _, work, _, page = opened
    choose(page, "Brackenfold Library")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert work.detail.isVisible()
    assert work.detail.asset is not None
    assert work.detail.asset.name == "Brackenfold Library"
    work.detail._close.setFocus()
    QTest.keyClick(work.detail._close, Qt.Key.Key_Escape)
    assert not work.detail.isVisible()
    assert page.table.hasFocus()


def test_buttons_of_the_details_act(opened: Opened, wait: Wait) -> None:
    frame, work, session, page = opened
    choose(page, "Knit and Natter")
    session.open(session.selection)
    still = next(b for b in work.detail.findChildren(QPushButton) if b.text() == "Still right")
    still.setFocus()
    QTest.keyClick(still, Qt.Key.Key_Return)
    wait(lambda: "Checked today" in frame.messages.sentence)
    assert "Checked today by Ruth" in work.detail._checked.text()


def test_the_details_lead_to_an_introduction_and_back_to_where_they_came_from(
    opened: Opened, wait: Wait
) -> None:
    frame, work, session, page = opened
    choose(page, "Knit and Natter")
    session.open(session.selection)
    asked: list[str] = []
    session.asked.connect(asked.append)
    words = {b.text(): b for b in work.detail.findChildren(QPushButton)}
    titles: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        titles.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, look)
    words["Introduce…"].click()
    assert (asked, titles) == (["introduce"], ["Introduce somebody"])
    frame.resize(900, 650)
    wait(lambda: work.detail._back.isVisible())
    assert work.detail._back.text() == "Back to the list"
    work.close_detail()
    work.show_section("map")
    session.open(session.selection)
    assert work.detail._back.text() == "Back to the map"


def test_filters_narrow_list_and_map_alike(opened: Opened, wait: Wait) -> None:
    _, work, session, page = opened
    page.filters.switches["free"].trigger()
    wait(lambda: names(page) == ["Brackenfold Library"])
    work.show_section("map")
    map_page = work.page
    assert isinstance(map_page, MapPage)
    assert len(map_page.map.places) == 1
    assert map_page.filters.switches["free"].isChecked()
    session.change(free=False, open_now=True)
    wait(lambda: session.found is not None and "library" not in session.query.text)
    wait(lambda: names(page) == ["Brackenfold Library"])
    session.set_query(replace(session.query, open_now=False))
    wait(lambda: len(map_page.map.places) == 4)


def test_search_filters_as_one_types_and_esc_shows_all(opened: Opened, wait: Wait) -> None:
    frame, work, _, page = opened
    frame.actions_table.by_id["search"].trigger()
    search = work.top.search
    QTest.keyClicks(search, "librery")
    wait(lambda: names(page) == ["Brackenfold Library"] or page.table.places.rowCount() == 0)
    work.top.popup.hide()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    wait(lambda: page.table.places.rowCount() == 4)


def test_near_a_point_gives_minutes_and_sorts_by_them(opened: Opened, wait: Wait) -> None:
    _, _, session, page = opened
    session.change(near=Point(52.67, -0.73), near_text="the library")
    wait(lambda: not page.table.isColumnHidden(1))
    assert names(page)[0] == "Brackenfold Library"
    assert page.table.places.index(0, 1).data() == "about 1 min"
    heading = page.table.places.headerData(
        1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert heading == "Walk, sorted nearest first"


def test_nothing_found_offers_what_would_find_something(opened: Opened, wait: Wait) -> None:
    _, _, session, page = opened
    session.change(
        near=Point(52.60, -0.73), near_text="LE15 6RE", within_minutes=5.0, open_now=True
    )
    wait(lambda: page.stack.currentWidget() is page.empty)
    assert page.empty.words.text() == "Nothing within 5 minutes of LE15 6RE is open now."
    offers = page.empty.findChildren(QPushButton)
    wait(lambda: any("Any distance" in b.text() for b in page.empty.findChildren(QPushButton)))
    assert offers
    clear = next(b for b in page.empty.findChildren(QPushButton) if b.text() == "Clear all filters")
    clear.click()
    wait(lambda: page.table.places.rowCount() == 4)


def test_removing_says_so_and_can_be_undone(opened: Opened, wait: Wait) -> None:
    frame, _, _, page = opened
    choose(page, "Wend Walkers")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    wait(lambda: page.table.places.rowCount() == 3)
    frame.messages._button.click()
    wait(lambda: "Wend Walkers" in names(page))


def test_saved_filters_come_back(opened: Opened) -> None:
    _, _, session, _ = opened
    query = replace(session.query, free=True, near=Point(52.67, -0.73), near_text="here")
    filters.keep(session.notebook, "Free and near", query)
    filters.keep(session.notebook, "Free and near", query)
    assert filters.saved(session.notebook) == {"Free and near": query}
    filters.forget(session.notebook, "Free and near")
    assert filters.saved(session.notebook) == {}


def test_f6_goes_round_the_parts_of_the_screen(opened: Opened) -> None:
    frame, work, _, page = opened
    page.table.setFocus()
    parts: list[QWidget] = [work.status, work.rail, work.top, page.filters, page.table]
    for part in parts:
        frame.actions_table.by_id["next-region"].trigger()
        now = QApplication.focusWidget()
        assert now is not None
        assert part is now or part.isAncestorOf(now), part.accessibleName()
    frame.actions_table.by_id["last-region"].trigger()
    now = QApplication.focusWidget()
    assert now is not None
    assert page.filters.isAncestorOf(now)


@pytest.mark.parametrize(("theme", "size"), [("light", 100), ("dark", 150), ("contrast", 200)])
def test_narrow_windows_keep_what_must_never_hide(opened: Opened, size: int, theme: str) -> None:
    frame, work, _, page = opened
    frame.prefer(theme=theme, text_size=size)
    choose(page, "Brackenfold Library")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    frame.resize(1366, 730)
    QApplication.processEvents()
    assert work.rail.urgent.isVisible()
    assert work.rail.urgent.accessibleName() == "Worried about someone?"
    assert work.status.light.isVisible()
    assert frame.width() <= 1366
    if size == 200:
        assert work.narrow
        assert not work.stack.isVisible()
        frame.actions_table.by_id["back"].trigger()
        assert work.stack.isVisible()


def test_menus_move_to_the_top_bar_with_large_text_and_come_back(opened: Opened) -> None:
    frame, work, _, _ = opened
    frame.resize(1366, 730)
    frame.prefer(text_size=200)
    assert (frame.menuBar().isVisible(), work.top.menu.isVisible()) == (False, True)
    frame.prefer(text_size=100)
    assert (frame.menuBar().isVisible(), work.top.menu.isVisible()) == (True, False)


def test_drafts_survive_locking(opened: Opened, wait: Wait) -> None:
    from lac_desktop.ui.asset.form import AssetForm

    frame, _, session, _ = opened
    asset = assets.get_many(session.notebook, [session.selection]) or [
        assets.get(session.notebook, _first(session))
    ]
    assert asset[0] is not None
    form = AssetForm(frame, session, asset[0], new=False)
    form.parts[0].name.setText("Half a name")  # type: ignore[attr-defined]
    form.close_unsaved()
    again = AssetForm(frame, session, asset[0], new=False)
    assert again.current().name == "Half a name"
    assert "kept what you typed" in again.said.text()
    again.drop_draft()
    form.deleteLater()
    again.close_unsaved()
    again.deleteLater()


def _first(session: Session) -> str:
    from lac_desktop.services import about

    assert session.found is not None
    return about.ids_of(session.notebook, [int(session.found.rids[0])])[0]
