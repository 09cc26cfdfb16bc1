# SPDX-License-Identifier: AGPL-3.0-or-later
"""The optional photo of the one-page profile: small, only in the locked file, on paper, theirs."""

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from lac_desktop.domain.tool_values import PICTURE
from lac_desktop.errors import LacError
from lac_desktop.services import rights_collect, rights_erasure, rights_redact, rights_report, tools
from lac_desktop.ui.session import Session
from lac_desktop.ui.tools import paper
from lac_desktop.ui.tools.form_panel import FormPanel
from lac_desktop.ui.tools.paper import PHOTO
from lac_desktop.ui.tools.picture import PictureField, image_of, shrunk
from lac_desktop.ui.tools.printing import PrintDialog
from tests.storage import page_scan
from tests.ui.tools.hands import Open

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TOOL = "one-page-profile"


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A large picture file with words of a camera in it."""
    image = QImage(QSize(2400, 1600), QImage.Format.Format_RGB32)
    image.fill(QColor("#2A78C8"))
    image.setText("Comment", "taken at LE15 6AH")
    file = tmp_path / "me.png"
    image.save(str(file))
    return str(file)


def profile(open_tool: Open) -> FormPanel:
    panel = open_tool(TOOL)
    assert isinstance(panel, FormPanel)
    return panel


def with_photo(open_tool: Open, photo: str) -> FormPanel:
    panel = profile(open_tool)
    panel.start()
    field = panel.form.inputs["photo"].widget
    assert isinstance(field, PictureField)
    field.take_file(photo)
    panel.bar.save.click()
    return panel


def test_a_photo_is_shrunk_and_brings_nothing_of_the_camera(photo: str) -> None:
    kept = shrunk(photo)
    assert kept.startswith(PICTURE)
    assert len(kept) < 60_000
    assert image_of(kept).size() == QSize(360, 240)
    assert b"LE15" not in base64.b64decode(kept.removeprefix(PICTURE))


def test_a_file_that_is_no_picture_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.jpg"
    file.write_text("Dear Jean")
    with pytest.raises(LacError, match="not a picture"):
        shrunk(str(file))


def test_it_is_kept_with_its_page_shown_and_printed_or_left_off(
    open_tool: Open, session: Session, jean: str, photo: str, qtbot: QtBot
) -> None:
    panel = with_photo(open_tool, photo)
    (sheet,) = tools.sheets(session.notebook, jean, TOOL)
    assert str(sheet.values["photo"]).startswith(PICTURE)
    panel.read()
    assert panel.text.accessibleDescription() == "With a photo"
    made = panel.sheet(False, False)
    found = paper.fit(made)
    assert not found.over

    def blue(out: frozenset[tuple[str, int]]) -> bool:
        seen = paper.picture(made, found, 400, out)
        return seen.pixelColor(340, 50).blue() > seen.pixelColor(340, 50).red() + 60

    assert blue(frozenset())
    assert not blue(frozenset({PHOTO}))
    dialog = PrintDialog(panel, panel.story, panel.sheet, names=False)
    assert "The photo" in [dialog.items.item(n).text() for n in range(dialog.items.count())]
    dialog.close()


def test_it_is_in_what_the_person_is_given_and_gone_when_they_are_erased(
    open_tool: Open, session: Session, jean: str, photo: str, tmp_path: Path
) -> None:
    with_photo(open_tool, photo)
    book = session.notebook
    kept = str(tools.sheets(book, jean, TOOL)[0].values["photo"])
    passages = rights_redact.passages(rights_collect.collect(book, jean))
    assert all(PICTURE not in one.text for one in passages)
    rights_report.write(book, jean, tmp_path / "given.html")
    page = (tmp_path / "given.html").read_text("utf-8")
    assert f'<img src="{kept}" alt=' in page
    assert kept in (tmp_path / "given.json").read_text("utf-8")
    rights_erasure.erase(book, jean, "asked")
    pages = page_scan.pages(book.folder / "people.db", bytes(book.vault.bundle.people))
    assert all(kept[200:240].encode() not in one for one in pages)
