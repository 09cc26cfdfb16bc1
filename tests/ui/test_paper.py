# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes on paper from the window: recovery code, call sheet and map view, read back."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QPushButton

from lac_desktop.services import assets, upkeep
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui import printing
from lac_desktop.ui.community.call_sheet import CallSheet
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.start.recovery_code import RecoveryCode
from tests.ui.pdf_text import drawn, page_count, text_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
CODE = "ABCD-EFGH-0123-4567-89AB-CDEF-GHJK-MNPQ"


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The PDF that a printer would have got."""
    file = tmp_path / "printed.pdf"

    def to_file(_parent: object, document: QTextDocument) -> bool:
        printing.save_pdf(document, file)
        return True

    monkeypatch.setattr(printing, "print_document", to_file)
    monkeypatch.setattr("lac_desktop.ui.community.call_sheet.print_document", to_file)
    return file


def test_the_recovery_code_is_printed_on_one_sheet_that_names_nobody(
    frame: Frame, printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = RecoveryCode(frame.desk, CODE)
    buttons = {b.text(): b for b in code.findChildren(QPushButton)}
    buttons["Print…"].click()
    words = text_of(printed.read_bytes())
    assert page_count(printed.read_bytes()) == 1
    assert all(group in words for group in CODE.split("-"))
    assert "Keep it away from the laptop" in words
    assert "Ruth" not in words
    saved = tmp_path / "stick.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    buttons["Save to a drive…"].click()
    assert all(group in saved.read_text("utf-8") for group in CODE.split("-"))


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_the_call_sheet_is_black_on_white_in_every_theme(
    frame: Frame, filled: Notebook, printed: Path, theme: str, wait: Wait
) -> None:
    frame.prefer(theme=theme)
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    due = upkeep.call_sheet(filled)
    dialog = CallSheet(frame, frame.session, frame.desk, due)
    dialog.show()
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Print…").click()
    data = printed.read_bytes()
    words = text_of(data)
    assert "Places to ring, 10 March 2026" in words
    assert "Knit and Natter" in words
    assert "Still right" in words
    assert {tuple(map(float, c.split())) for c in colours_of(data)} == {(0.0, 0.0, 0.0)}
    frame.prefer(theme="light")
    dialog.close()


def colours_of(pdf: bytes) -> set[str]:
    """The colours in which text is drawn, as "r g b" from 0 to 1."""
    found = re.findall(r"([\d.]+ [\d.]+ [\d.]+) scn\n/GSa gs\nBT", drawn(pdf))
    assert found
    return set(found)


def test_a_long_call_sheet_runs_over_pages_and_saves_whole(
    frame: Frame, filled: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Wait
) -> None:
    some = [
        replace(assets.blank(name=f"Club number {n}", kind="choir"), phone=f"01632 960 {n:03}")
        for n in range(75)
    ]
    kind = next(iter(filled.kinds.kinds))
    assets.save_many(filled, [replace(a, kind=kind) for a in some], "Make", "import")
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.session is not None
    dialog = CallSheet(frame, frame.session, frame.desk, upkeep.call_sheet(filled))
    dialog.show()
    file = tmp_path / "sheet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog._save()
    assert page_count(file.read_bytes()) > 3
    assert text_of(file.read_bytes()).count("Still right") == 60
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []
    dialog.close()


def test_the_map_view_is_saved_as_pdf_and_as_a_picture(
    frame: Frame, filled: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Wait
) -> None:
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)
    assert frame.work is not None
    frame.work.show_section("map")
    for name in ("view.pdf", "view.png"):
        file = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, f=file: (str(f), ""))
        frame.actions_table.by_id["save-view"].trigger()
        wait(lambda f=file: f.exists())
        assert file.stat().st_size > 3_000
    wait(lambda: "left out" in frame.messages.sentence)
    data = (tmp_path / "view.pdf").read_bytes()
    assert page_count(data) == 1
    words = text_of(data)
    assert "Brackenfold Library" in words  # the one public place
    assert "Knit and Natter" not in words
