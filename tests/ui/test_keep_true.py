# SPDX-License-Identifier: AGPL-3.0-or-later
"""Area, history, bulk edit and comparing in the window: each changes the notebook and is undone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTableWidget

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.shapes import polygon_of
from lac_desktop.services import about, assets
from lac_desktop.services.notebook import Notebook
from lac_desktop.services.upkeep import Pair
from lac_desktop.ui import draw
from lac_desktop.ui.asset.form import AssetForm
from lac_desktop.ui.asset.where_tab import WhereTab
from lac_desktop.ui.community import bulk, history
from lac_desktop.ui.community.bulk import BulkDialog
from lac_desktop.ui.community.duplicates import CompareDialog
from lac_desktop.ui.community.history import show_history
from lac_desktop.ui.community.value_choice import ValueChoice
from lac_desktop.ui.dialogs import Dialog
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
AREA = polygon_of([Point(52.66, -0.74), Point(52.66, -0.72), Point(52.68, -0.72)])


@pytest.fixture
def session(frame: Frame, filled: Notebook, wait: Wait) -> Session:
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    return frame.session


def all_of(session: Session) -> list[Asset]:
    assert session.found is not None
    ids = about.ids_of(session.notebook, [int(rid) for rid in session.found.rids])
    return assets.get_many(session.notebook, ids)


def where_of(form: AssetForm) -> WhereTab:
    return next(part for part in form.parts if isinstance(part, WhereTab))


def test_the_area_of_a_place_is_drawn_shown_on_the_map_and_taken_away(
    frame: Frame, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = next(a for a in all_of(session) if "Library" in a.name)
    form = AssetForm(frame, session, library, new=False)
    where = where_of(form)
    assert where._drawn.text() == "None"
    monkeypatch.setattr(draw, "ask", lambda _parent, dialog: (dialog.map.stop(), AREA)[1])
    where.draw()
    assert where._drawn.text() == "An area of 3 corners"
    assert form.current().area == AREA
    saved = assets.save(session.notebook, form.current())
    form._timer.stop()
    form.close_unsaved()
    assert frame.work is not None
    frame.work.show_section("map")
    page = frame.work.page
    session.select(saved.id)
    map_view = page.map  # type: ignore[attr-defined]
    assert len(map_view.chosen.area) == 1
    assert map_view.chosen.overlay().drawn.rings
    session.select("")
    assert map_view.chosen.area == ()
    again = where_of(AssetForm(frame, session, saved, new=False))
    again._show_area("")
    assert again.area == ""


def test_an_area_alone_gives_the_place_its_position(
    frame: Frame, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = AssetForm(frame, session, assets.blank(name="New field"), new=True)
    monkeypatch.setattr(draw, "ask", lambda _parent, dialog: (dialog.map.stop(), AREA)[1])
    where_of(form).draw()
    now = form.current()
    assert now.point == Point(52.67, -0.73)
    form._timer.stop()
    form.drop_draft()


def test_the_history_tells_who_when_and_what_without_columns_of_corners(
    frame: Frame, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = next(a for a in all_of(session) if "shop" in a.name)
    assets.save(session.notebook, replace(shop, area=AREA, cost="free"), "Edit the shop")
    kept: list[Dialog[bool]] = []
    monkeypatch.setattr(history, "ask", lambda _parent, dialog: kept.append(dialog))
    show_history(frame, session, frame.desk, shop)
    table = kept[0].findChildren(QTableWidget)[0]
    rows = [
        [item.text() if (item := table.item(r, c)) else "" for c in range(4)]
        for r in range(table.rowCount())
    ]
    assert ["10 March 2026, 10:30am", "Ruth", "Edit the shop", "Area: drawn anew"] in rows
    assert ["10 March 2026, 10:30am", "Ruth", "Edit the shop", "Cost: free"] in rows
    assert rows[-1][3] == "Added"


def test_many_places_change_in_one_step_and_nothing_chosen_is_told(
    frame: Frame, session: Session, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [a.id for a in all_of(session)]
    dialog = BulkDialog(frame, session, frame.desk, len(ids))
    assert dialog.answer() is None
    assert "Nothing is changed yet" in dialog.form.fields["kind"].error.text()
    dialog.visibility.setCurrentIndex(dialog.visibility.findData("public"))
    dialog.access["step-free"].setCurrentIndex(dialog.access["step-free"].findData("yes"))
    dialog.checked.setText("never ever")
    assert dialog.answer() is None
    dialog.checked.setText("today")
    changes = dialog.answer()
    assert changes is not None
    monkeypatch.setattr(bulk, "ask", lambda _parent, _dialog: changes)
    bulk.ask_to_change(frame, session, frame.desk, ids)
    wait(lambda: all(a.visibility is Visibility.PUBLIC for a in all_of(session)))
    assert all(a.access["step-free"] == "yes" for a in all_of(session))
    assert {a.checked_on for a in all_of(session)} == {session.notebook.clock().date()}
    wait(lambda: "Changed 4 places" in frame.messages.sentence)
    session.undo()
    wait(lambda: sum(a.visibility is Visibility.PUBLIC for a in all_of(session)) == 1)


@pytest.mark.parametrize("size", [100, 200])
def test_both_sides_of_a_comparison_are_seen_at_every_text_size(
    frame: Frame, session: Session, size: int, wait: Wait
) -> None:
    frame.prefer(text_size=size)
    some = all_of(session)
    long = replace(some[0], description="word " * 80, gives="Unbroken" * 30)
    pair = Pair(long, some[1], ("the same name",), tuple(assets.differing(long, some[1])))
    dialog = CompareDialog(frame, session, frame.desk, [pair])
    dialog.show()
    wait(lambda: dialog.isVisible())
    sides = [made for made in dialog.findChildren(ValueChoice) if made.isVisible()]
    assert sides
    for made in sides:
        right = made.mapTo(dialog, made.rect().topRight()).x()
        assert right <= dialog.width()
        room = made.width() - 30
        lines = made.text().split("\n")
        assert all(made.fontMetrics().horizontalAdvance(line) <= room for line in lines)
    dialog.close()
    frame.prefer(text_size=100)
