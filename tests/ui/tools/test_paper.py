# SPDX-License-Identifier: AGPL-3.0-or-later
"""Printing: always one A4 page, in normal and large print, and nobody's name but on the page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lac_desktop.services import access, strengths, tools
from lac_desktop.ui.session import Session
from lac_desktop.ui.tools import paper
from lac_desktop.ui.tools.panel import ToolPanel
from lac_desktop.ui.tools.paper import Sheet, fit, keep_what_fits, pdf
from lac_desktop.ui.tools.printing import PrintDialog
from lac_desktop.ui.tools.sheet_text import Part, body_html
from tests.ui.tools.conftest import BOX
from tests.ui.tools.rich import rich

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[[str], ToolPanel]


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", data))


@pytest.mark.parametrize("tool", list(BOX))
def test_every_tool_prints_to_exactly_one_page(open_tool: Open, tool: str) -> None:
    panel = open_tool(tool)
    panel.story.type(rich(BOX[tool], 7 if tool != "perfect-week" else 14))
    for large, smallest in ((False, 11 if tool == "one-page-profile" else 9), (True, 16)):
        sheet = panel.sheet(large, False)
        out = keep_what_fits(sheet, large=large)
        found = fit(sheet, large=large, out=out)
        assert found.over == 0
        assert found.points >= smallest
        assert paper._over(sheet, found.points, out) <= 0  # what is drawn is inside the page
        data = pdf(sheet, found, out)
        assert pages(data) == 1
        assert not names_in(data)
    panel.story.type(rich(BOX[tool], 3))  # what people mostly write needs nothing left off
    assert fit(panel.sheet(False, False)).over == 0
    assert keep_what_fits(panel.sheet(False, False)) == frozenset()


def names_in(data: bytes) -> list[bytes]:
    """Names in the properties of a PDF, plain or in UTF-16."""
    told = b"".join(re.findall(rb"/(?:Title|Author|Creator|Subject|Keywords) ?\(.*?\)", data))
    told += b"".join(re.findall(rb"<x:xmpmeta.*?</x:xmpmeta", data, re.DOTALL))
    assert b"LAC Desktop" in told.replace(b"\x00", b"")
    return [name for name in (b"Jean", b"Weaver") if name in told.replace(b"\x00", b"")]


LINES = st.lists(st.text(max_size=300), min_size=1, max_size=30).map(tuple)


@given(st.lists(LINES, max_size=6), st.booleans(), st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_words_can_be_made_to_fit(
    qapp: QApplication, lists: list[tuple[str, ...]], large: bool, half: bool
) -> None:
    parts = tuple(Part(str(n), f"Part {n}", half=half, lines=rows) for n, rows in enumerate(lists))
    sheet = Sheet("One page", "Jean, 5 March 2026", parts)
    out = keep_what_fits(sheet, large=large)
    assert fit(sheet, large=large, out=out).over == 0
    if out:  # no more is left off than must be
        assert fit(sheet, large=large).over > 0


def test_too_much_is_counted_in_lines(open_tool: Open) -> None:
    panel = open_tool("one-page-profile")
    panel.story.type({"matters": [f"Line {n}" for n in range(80)]})
    found = fit(panel.sheet(False, False))
    assert 10 < found.over < 60
    assert found.words() == f"{found.over} lines over. What matters most?"
    panel.story.type({"matters": ["x" * 1_000_000]})
    assert fit(panel.sheet(False, False)).over > 5_000


def test_own_words_are_violet_and_in_quotation_marks(qapp: QApplication) -> None:
    look = paper._look(11)
    own = body_html((Part("a", "A", "own", lines=("I <b>bake</b>",)),), look)
    assert "“I &lt;b&gt;bake&lt;/b&gt;”" in own
    assert look.own in own
    noticed = body_html((Part("a", "A", "reflection", lines=("Bakes",)),), look)
    assert "“" not in noticed
    assert look.own not in noticed


def test_the_dialog_never_prints_two_pages(
    open_tool: Open, session: Session, jean: str, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = open_tool("one-page-profile")
    panel.story.type({"matters": [f"What matters, number {n}" for n in range(70)]})
    dialog = PrintDialog(panel, panel.story, panel.sheet, names=False)
    dialog.show()
    assert "What matters most?" in dialog.said.text()
    assert not dialog._fits()
    dialog.items.item(0).setCheckState(Qt.CheckState.Unchecked)
    before = dialog.found.over
    qtbot.waitUntil(lambda: dialog.found.over < before)
    dialog.suggest.click()
    assert dialog.said.text() == "Fits on one A4 page"
    file = tmp_path / "page.pdf"
    assert dialog.write_to(file)
    assert pages(file.read_bytes()) == 1
    assert access.looks(session.notebook, jean)[0].what == "printed"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]
    dialog.deleteLater()


def test_a_closed_folder_gets_a_sentence_and_no_file(
    open_tool: Open, session: Session, jean: str, tmp_path: Path
) -> None:
    panel = open_tool("path")
    panel.story.type({"dream": "To ride"})
    dialog = PrintDialog(panel, panel.story, panel.sheet, names=False)
    assert not dialog.write_to(tmp_path / "nowhere" / "page.pdf")
    assert dialog.said.text().endswith(".")
    assert not any(look.what == "printed" for look in access.looks(session.notebook, jean))
    dialog.reject()
    dialog.deleteLater()


def test_the_circle_prints_initials_if_so_wished(open_tool: Open) -> None:
    panel = open_tool("relationship-circle")
    rows = [{"name": f"Winston Brown {n}", "ring": "know", "sector": "family"} for n in range(35)]
    panel.story.type({"people": rows})
    named, short = panel.sheet(False, False), panel.sheet(False, True)
    assert any("Winston Brown 3" in line for part in named.parts for line in part.said)
    assert not any("Winston" in line for part in short.parts for line in part.said)
    assert "Jean" in named.under
    assert "Jean" not in short.under
    for sheet in (named, short):
        out = keep_what_fits(sheet)
        assert pages(pdf(sheet, fit(sheet, out=out), out)) == 1


def test_a_week_tells_in_words_what_its_grid_cuts_short(open_tool: Open) -> None:
    panel = open_tool("perfect-week")
    brief: dict[str, Any] = {"day": "mon", "start": "09:00", "end": "12:00", "what": "Bowls"}
    panel.story.type({"week": [brief]})
    assert [part.id for part in panel.sheet(False, False).parts] == []
    long = {**brief, "end": "09:30", "what": "Bowls and then a very long lunch by the river"}
    panel.story.type({"week": [brief, long]})
    assert [part.id for part in panel.sheet(False, False).parts] == ["week"]
    assert [part.id for part in panel.sheet(True, False).parts] == ["week"]


def test_printing_shows_what_is_looked_at(open_tool: Open, session: Session, jean: str) -> None:
    tools.save(session.notebook, jean, BOX["path"], {"dream": "To ride"})
    assert strengths.latest_sheet(session.notebook, jean, "path") is not None
    panel = open_tool("path")
    panel.story.type({"dream": "To fly"})
    panel.story.look_at(0)
    assert [p.lines for p in panel.sheet(False, False).parts] == [("To ride",)]
