# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of a place: every field goes in and comes out; what is wrong is said under it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lac_desktop.domain.asset import Asset, Contact, Known, Link, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Repeats
from lac_desktop.domain.sessions import Session as Happening
from lac_desktop.services import assets
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.asset.dates import read_day
from lac_desktop.ui.asset.facts import sections
from lac_desktop.ui.asset.form import AssetForm
from lac_desktop.ui.asset.tabs import FactsTab
from lac_desktop.ui.asset.when_tab import SessionDialog, _clock
from lac_desktop.ui.asset.where_tab import WhereTab
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.session import Session

Wait = Callable[[Callable[[], bool]], None]

#: What the offscreen platform says of windows; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def session(frame: Frame, filled: Notebook, wait: Wait) -> Session:
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    return frame.session


def full(kind: str, other: str) -> Asset:
    return replace(
        assets.blank(name="Weir allotments society", kind=kind, point=Point(52.67, -0.73)),
        name_cy="Cymdeithas y Gored",
        description="Half plots",
        gives="Surplus veg",
        could_give="A raised bed",
        greeter="Alan",
        greeter_agreed_public=True,
        welcome="Come to the gate",
        address="Weir Lane",
        postcode="LE15 6RE",
        hours="Sa 09:00-12:00",
        hours_text="Saturdays, unless it pours",
        sessions=(Happening("Dig", Repeats.NTH_WEEKDAY, 5, (1, -1), "09:00", "12:00"),),
        cost="paid",
        cost_note="£5 a year",
        access={"step-free": "limited", "toilets": "no"},
        access_note="Gravel path",
        languages=("English", "Welsh"),
        phone="01632 960 114",
        email="alan@weir.example",
        website="https://weir.example",
        contacts=(Contact("Alan", "plot secretary", agreed_public=True, can_speak=True),),
        links=(Link("meets in", other),),
        known=Known.HEARD_OF,
        checked_on=date(2026, 1, 5),
        checked_by="Ruth",
        visibility=Visibility.ONLY_ME,
        confidential=True,
        source="groups.csv#12",
        licence="OGL",
        attribution="The council",
    )


def test_every_field_goes_in_and_comes_out(frame: Frame, session: Session) -> None:
    assert session.found is not None
    from lac_desktop.services import about

    other = about.ids_of(session.notebook, [int(session.found.rids[0])])[0]
    asset = full(next(iter(session.notebook.kinds.kinds)), other)
    form = AssetForm(frame, session, asset, new=False)
    assert form.current() == asset
    assert form.answer() == asset
    form.close_unsaved()
    form.deleteLater()


def test_what_is_wrong_is_said_under_its_field(frame: Frame, session: Session) -> None:
    form = AssetForm(frame, session, assets.blank(), new=True)
    assert form.answer() is None
    about_tab = form.parts[0]
    name = about_tab.form.fields["name"]
    assert "needs a name" in name.error.text()
    assert "needs a name" in name.widget.accessibleDescription()
    assert about_tab.form.fields["kind"].error.text()
    about_tab.name.setText("Knit")  # type: ignore[attr-defined]
    about_tab.kind.setCurrentIndex(3)  # type: ignore[attr-defined]
    form.parts[1].position.setText("nowhere at all")  # type: ignore[attr-defined]
    form.parts[2].hours.setText("whenever we like")  # type: ignore[attr-defined]
    assert form.answer() is None
    assert "no position" in form.parts[1].form.fields["point"].error.text()
    assert form.parts[2].form.fields["hours"].error.text()
    form.parts[1].position.setText("52.67, -0.73")  # type: ignore[attr-defined]
    form.parts[2].hours.setText("Mo-Fr 09:00-17:00")  # type: ignore[attr-defined]
    made = form.answer()
    assert made is not None
    assert made.point == Point(52.67, -0.73)
    form.close_unsaved()
    form.deleteLater()


def test_a_kind_can_be_typed_and_saved_at_once(frame: Frame, session: Session) -> None:
    form = AssetForm(frame, session, assets.blank(name="Test"), new=True)
    form.parts[0].kind.lineEdit().setText("library")  # type: ignore[attr-defined]
    made = form.answer()
    assert made is not None
    assert session.notebook.kinds.kinds[made.kind].name == "Library"
    form.close_unsaved()
    form.deleteLater()


def test_hours_are_explained_as_they_are_typed(frame: Frame, session: Session, wait: Wait) -> None:
    form = AssetForm(frame, session, assets.blank(), new=True)
    tab = form.parts[2]
    tab.hours.setText("Mo-Fr 09:00-17:00; PH off")  # type: ignore[attr-defined]
    wait(lambda: "Open now, until 5pm" in tab.form.fields["hours"].hint.text())
    assert "closed on bank holidays" in tab.form.fields["hours"].hint.text()
    form.close_unsaved()
    form.deleteLater()


def test_a_session_needs_a_name_and_a_time_that_is_one(frame: Frame, session: Session) -> None:
    dialog = SessionDialog(frame, session, None)
    assert dialog.answer() is None
    dialog.title.setText("Knit and Natter")
    dialog.start.setText("1:30pm")
    made = dialog.answer()
    assert made is not None
    assert (made.title, made.start) == ("Knit and Natter", "13:30")
    dialog.start.setText("teatime")
    assert dialog.answer() is None
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("9", "09:00"), ("9.30", "09:30"), ("1:30pm", "13:30"), ("12am", "00:00"), ("noon", "noon")],
)
def test_times_as_people_type_them(typed: str, clock: str) -> None:
    assert _clock(typed) == clock


@pytest.mark.parametrize(
    "typed", ["5 March 2026", "05/03/2026", "2026-03-05", "5th mar 2026", "5.3.2026", "5 March"]
)
def test_days_as_people_type_them(typed: str) -> None:
    assert read_day(typed, date(2026, 3, 10)) == date(2026, 3, 5)


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_none(typed: str) -> None:
    assert isinstance(read_day(typed, date(2026, 3, 10)), date | None)


def test_a_place_that_is_here_already_is_asked_about_under_its_name(
    frame: Frame, session: Session, wait: Callable[[Callable[[], bool]], None]
) -> None:
    form = AssetForm(frame, session, assets.blank(), new=True)
    about = form.parts[0]
    hint = about.form.fields["name"].hint
    about.name.setText("Knit & Nater")  # type: ignore[attr-defined]
    wait(lambda: hint.text() == "Knit and Natter is here already. Same place?")
    where = next(part for part in form.parts if isinstance(part, WhereTab))
    where.position.setText("52.6713, -0.731")
    wait(lambda: "Knit and Natter is 30 metres away. Same place?" in hint.text())
    where.position.setText("52.70, -0.731")
    wait(lambda: not hint.text())
    form.close_unsaved()
    form.deleteLater()


def test_where_a_place_came_from_is_said_in_words(frame: Frame, session: Session) -> None:
    made = replace(assets.blank(name="Spoke Shed"), source="osm:way/123")
    assert ("Source", ["From OpenStreetMap (way 123)"]) in sections(session.notebook, made)
    form = AssetForm(frame, session, made, new=False)
    facts = next(part for part in form.parts if isinstance(part, FactsTab))
    assert facts.source.text() == "OpenStreetMap (way 123)"
    assert form.current() == made
    form.close_unsaved()
    form.deleteLater()
