# SPDX-License-Identifier: AGPL-3.0-or-later
"""Near somebody's home: in the window alone, said in the status bar, and in nothing that leaves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from lac_desktop.domain.asset import Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.query import Order, Query, without_home
from lac_desktop.services import access, assets, exporting, filters, people
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.map.picture import save_picture
from lac_desktop.ui.map_output import _from_a_place, _sheet, away_from_home
from lac_desktop.ui.map_page import MapPage
from lac_desktop.ui.people.near import home_of
from lac_desktop.ui.people.page import PeoplePage

Wait = Callable[[Callable[[], bool]], None]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
#: A canary: these digits occur nowhere else.
HOME = Point(52.671357, -0.732468)
NAME = "Quintessa"


@pytest.fixture
def shown(frame: Frame, filled: Notebook, wait: Wait) -> MapPage:
    """The map near Quintessa's home, asked for on her page."""
    person = people.add(filled, NAME)
    people.save(filled, replace(person, home=HOME))
    public = [replace(one, visibility=Visibility.PUBLIC) for one in _all(filled)]
    assets.save_many(filled, public, "Publish", "bulk")
    frame.open_notebook(filled)
    work, session = frame.work, frame.session
    assert work is not None
    assert session is not None
    session.open_person(person.id)
    page = work.page
    assert isinstance(page, PeoplePage)
    page.person.near()
    assert isinstance(work.page, MapPage)
    wait(lambda: session.found is not None and session.found.query.near == HOME)
    return work.page


def _all(book: Notebook) -> list[assets.Asset]:
    from lac_desktop.services import about, find

    found = find.find(book, Query())
    return assets.get_many(book, about.ids_of(book, found.rids.tolist()))


def test_it_shows_with_minutes_and_the_privacy_light_says_so(shown: MapPage, frame: Frame) -> None:
    assert frame.work is not None
    assert frame.session is not None
    assert shown.home.isVisible()
    assert shown.map.chosen.origin is None
    assert shown.filters.near.accessibleName() == f"Near {NAME}"
    assert frame.work.status.light.text() == f"Private: {NAME}’s home shows on this screen"
    found = frame.session.found
    assert found is not None
    assert found.minutes.min() < 5
    assert NAME not in frame.windowTitle()
    frame.work.show_section("community")  # the list keeps it
    assert frame.session.query.near_home
    looks = access.looks(frame.session.notebook)
    assert [one.detail for one in looks][:1] == ["home"]


def test_it_goes_as_soon_as_it_is_not_asked_for(shown: MapPage, frame: Frame, wait: Wait) -> None:
    assert frame.work is not None
    assert frame.session is not None
    shown.filters.clear_near()
    wait(lambda: not shown.home.isVisible())
    assert not frame.session.query.near_home
    assert frame.session.home_of == ""
    assert frame.work.status.light.text() == "Private: only on this laptop"


def test_another_place_takes_its_place(shown: MapPage, frame: Frame) -> None:
    session = frame.session
    assert session is not None
    session.change(open_now=True)
    assert session.query.near_home
    session.change(near=Point(52.6, -0.7), near_text="Oakham")
    assert not session.query.near_home
    assert session.near_words == "Oakham"


def test_the_name_is_never_part_of_the_query(shown: MapPage, frame: Frame) -> None:
    assert frame.session is not None
    assert NAME not in repr(frame.session.query)
    assert frame.session.near_words == NAME


def test_a_saved_filter_keeps_neither_home_nor_name(shown: MapPage, frame: Frame) -> None:
    session = frame.session
    assert session is not None
    session.change(within_minutes=15.0, free=True, order=Order.NEAREST)
    filters.keep(session.notebook, "Free", session.query)
    (kept,) = filters.saved(session.notebook).values()
    assert kept == Query(free=True)
    with session.notebook.vault.read() as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        plain = [name for name in tables if not name.startswith(("asset_rt", "search", "sqlite"))]
        stored = repr([db.execute(f'SELECT * FROM "{name}"').fetchall() for name in plain])
    assert NAME not in stored
    assert "52.671357" not in stored


@pytest.mark.parametrize("format_id", list(exporting.FORMATS))
def test_no_export_holds_home_or_is_cut_round_it(
    shown: MapPage, frame: Frame, format_id: str, tmp_path: Path
) -> None:
    session = frame.session
    assert session is not None
    book = session.notebook
    session.change(within_minutes=1.0)
    leaving = exporting.plan(book, session.query)
    everywhere = exporting.plan(book, Query())
    assert [one.id for one in leaving.public] == [one.id for one in everywhere.public]
    file = tmp_path / f"out.{format_id}"
    exporting.export(book, format_id, file, session.query)
    written = b"".join(f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())
    assert written
    for canary in (NAME.encode(), b"52.67135", b"0.73246"):
        assert canary not in written


def test_the_picture_is_the_same_with_and_without_home(
    shown: MapPage, frame: Frame, tmp_path: Path
) -> None:
    session = frame.session
    assert session is not None
    leaving = exporting.plan(session.notebook, session.query)
    assert not _from_a_place(session, leaving)
    sheet = _sheet(session, shown.map, leaving)
    assert sheet.walk == ()
    centre = sheet.view.centre
    assert abs(centre.lat - HOME.lat) + abs(centre.lon - HOME.lon) > 0.0002
    save_picture(sheet, tmp_path / "with.png")
    shown.home.show_home(None)
    save_picture(sheet, tmp_path / "without.png")
    assert (tmp_path / "with.png").read_bytes() == (tmp_path / "without.png").read_bytes()
    with_few = replace(sheet, assets=())
    assert away_from_home(with_few).view.centre != shown.map.view.centre


def test_the_scene_cannot_hold_a_home(shown: MapPage) -> None:
    scene = shown.map.scene()
    assert scene.origin is None
    assert not hasattr(scene, "home")
    drawn = QImage(shown.map.size(), QImage.Format.Format_RGB32)
    drawn.fill(0)
    shown.home.render(drawn)
    assert drawn.pixelColor(drawn.rect().center()) != drawn.pixelColor(2, 2)


def test_nothing_of_it_is_remembered_outside_the_notebook(shown: MapPage, frame: Frame) -> None:
    text = repr(frame.desk.preferences)
    assert NAME not in text
    assert "52.671" not in text
    clipboard = QApplication.clipboard()
    assert NAME not in clipboard.text()
    assert clipboard.image().isNull()
    frame.lock()
    assert frame.session is None


def test_without_a_home_there_is_a_way_to_add_it(
    frame: Frame, filled: Notebook, wait: Wait
) -> None:
    person = people.add(filled, "Rhys")
    frame.open_notebook(filled)
    assert frame.work is not None
    assert frame.session is not None
    frame.session.open_person(person.id)
    page = frame.work.page
    assert isinstance(page, PeoplePage)
    page.person.near()
    assert frame.work.section == "people"
    assert frame.messages.sentence == "Where home is is not known yet."
    assert home_of(filled, replace(person, home_postcode="LE15 6RE")) is None  # no area pack


def test_a_query_without_a_home_is_left_alone() -> None:
    query = Query(near=Point(1, 2), near_text="here", within_minutes=5.0, order=Order.NEAREST)
    assert without_home(query) is query
    bare = without_home(replace(query, near_home=True, free=True))
    assert bare == Query(free=True)
