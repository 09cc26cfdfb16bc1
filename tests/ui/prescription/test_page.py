# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things to try, on paper: one page in large print, public facts alone, no name unless asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from lac_desktop.domain.asset import Asset, Visibility
from lac_desktop.domain.geometry import Point
from lac_desktop.domain.sessions import Session as Happening
from lac_desktop.services import access, assets, people, prescription
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.prescription import code, paper
from lac_desktop.ui.prescription.page import PrescriptionPage, open_page
from tests.ui.pdf_text import page_count, text_of
from tests.ui.strengths.conftest import unnamed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]


def a_place(book: Notebook, name: str, **known: object) -> Asset:
    """A public place that is kept."""
    made = replace(
        assets.blank(name=name, kind="mens-shed", point=Point(52.67, -0.73)),
        visibility=Visibility.PUBLIC,
        **known,
    )
    assets.save(book, made)
    return made


@pytest.fixture
def page(frame: Frame, open_notebook: Notebook) -> PrescriptionPage:
    """The page with one place, for Jean."""
    jean = people.add(open_notebook, "Jean Weaver", home=Point(52.6712, -0.7312)).id
    shed = a_place(
        open_notebook, "The Shed", gives="Company and sawdust", greeter="Mo",
        greeter_agreed_public=True, website="https://shed.example",
        sessions=(Happening("Mending", weekday=3, start="14:00", end="16:00"),),
    )  # fmt: skip
    a_place(open_notebook, "Brackenfold Church", address="High Street")
    frame.open_notebook(open_notebook)
    assert frame.session is not None
    open_page(frame.session, frame.desk, (shed.id,), jean)
    found = frame.findChild(PrescriptionPage)
    assert found is not None
    return found


def test_one_page_that_names_nobody_unless_asked(
    page: PrescriptionPage, tmp_path: Path, open_notebook: Notebook
) -> None:
    page.start_at("Brackenfold Church")
    file = tmp_path / "try.pdf"
    assert page.write_to(file)
    data = file.read_bytes()
    words = text_of(data)
    assert page_count(data) == 1
    for said in ("Something you might like", "The Shed", "Company and sawdust",
                 "Mending: Every Thursday, 2pm to 4pm", "Says hello: Mo.", "Web page"):  # fmt: skip
        assert said in words
    assert "Jean" not in words
    assert b"Jean" not in data
    page.named.setChecked(True)
    page.write_to(file)
    assert "Things you might like, Jean Weaver" in text_of(file.read_bytes())
    person = people.all_people(open_notebook)[0].id
    assert [look.what for look in access.looks(open_notebook, person)] == ["printed", "printed"]


def test_it_begins_where_a_place_is_typed(page: PrescriptionPage, frame: Frame) -> None:
    assert frame.focusWidget() is page.add


def test_a_home_is_no_start(page: PrescriptionPage) -> None:
    for typed in ("52.6712, -0.7312", "SK 860 090"):
        page.start_at(typed)
        assert "must not give a home away" in page.problem.text()
        assert page.sheet is not None
        assert page.sheet.shortlist.start is None


def test_places_are_added_and_taken_off_by_keyboard(
    page: PrescriptionPage, open_notebook: Notebook
) -> None:
    assert unnamed(page) == []
    church = next(one for one in ("Brackenfold Church",))
    page.add.setText(church)
    page.add.textEdited.emit(church)
    page.add._entered()
    assert page.list.count() == 2
    page.add_place("nothing of the kind")
    assert "Choose a place of this notebook" in page.problem.text()
    page.take_off()
    page.take_off()
    assert page.list.count() == 0
    assert page.said.text() == "Choose one to three places."
    assert not page.write_to(Path("never.pdf"))
    assert not Path("never.pdf").exists()


#: Much to say of a place.
FULL: dict[str, Any] = {
    "gives": "A plot to share, tools to borrow and somebody to dig beside you all year. " * 3,
    "welcome": "Come to the blue gate. Ask for anybody in a hat. We stop for tea at eleven.",
    "access": {"step-free": "yes", "toilets": "yes", "bus": "yes"},
    "cost": "free",
    "access_note": "The far path is gravel and slopes gently towards the old railway line.",
    "address": "The Long Lane behind the Railway Station",
    "postcode": "ZZ1 1ZZ",
}


def test_three_full_places_still_fit_in_large_print(frame: Frame, open_notebook: Notebook) -> None:
    full = [
        a_place(
            open_notebook, f"The Invented Community Allotment and Garden {n}", **FULL,
            sessions=tuple(Happening(f"Digging {d}", weekday=d, start="10:00", end="12:00")
                           for d in range(5)),
        ).id
        for n in range(3)
    ]  # fmt: skip
    sheet = paper.Sheet(prescription.shortlist(open_notebook, full))
    found = paper.fit(sheet)
    assert not found.over
    assert found.points >= paper.LARGE[-1] or "smaller" in found.words(False)
    assert page_count(paper.pdf(sheet, found)) == 1
    one = paper.Sheet(prescription.shortlist(open_notebook, full[:1]))
    assert paper.fit(one).points >= paper.LARGE[-1]


def test_three_full_places_keep_their_map_in_large_print(
    frame: Frame, open_notebook: Notebook
) -> None:
    """What is said of each gets shorter before the map goes."""
    full = [
        a_place(
            open_notebook, f"The Invented Community Allotment and Garden {n}", **FULL,
            greeter="Mo at the gate", greeter_agreed_public=True, website="https://shed.example",
        ).id
        for n in range(3)
    ]  # fmt: skip
    streets = SimpleNamespace(tiles=SimpleNamespace(attribution="Invented"))
    found = paper.fit(paper.Sheet(prescription.shortlist(open_notebook, full), cast(Any, streets)))
    assert found.points >= paper.LARGE[-1]
    assert found.map_mm >= 30


def test_a_map_that_has_no_room_is_told() -> None:
    bare = paper.Fit(paper.LARGE[-1], directions=False, map_mm=0.0, brief=True)
    assert "no room for the map" in bare.words(True, True)
    assert "no room for the map" not in bare.words(True, False)
    assert "map" not in paper.Fit(18.0, directions=True, map_mm=55.0).words(True, True)


@pytest.mark.parametrize("pixels", [90, 130, 320])
@pytest.mark.parametrize(
    "text", ["geo:52.67000,-0.73000", "https://example.org/knit-and-natter?tag=tea&when=café"]
)
def test_what_is_scanned_is_what_is_said(text: str, pixels: int) -> None:
    image = QImage(pixels + 60, pixels + 60, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    code.draw_code(painter, text, QRectF(30, 20, pixels, pixels), "Opens a map")
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    (read,) = zxingcpp.read_barcodes(np.ascontiguousarray(rows[:, : image.width()]))
    assert read.format == zxingcpp.BarcodeFormat.QRCode
    assert read.text == text
