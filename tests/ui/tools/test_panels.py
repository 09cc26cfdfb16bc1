# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tools in the window: filled in by keys alone, kept while typing, dated, played, undone."""

import subprocess
import sys
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lac_desktop.domain import ids
from lac_desktop.domain.strengths import Gift, GiftOf, Offer
from lac_desktop.domain.tools import parse
from lac_desktop.services import strengths, tools
from lac_desktop.ui.forms import focus_of
from lac_desktop.ui.session import Session
from lac_desktop.ui.tools import tabs
from lac_desktop.ui.tools.form_panel import FormPanel
from lac_desktop.ui.tools.inputs import Kit, make
from lac_desktop.ui.tools.panel import ToolPanel
from lac_desktop.ui.tools.rows import RowDialog
from lac_desktop.ui.tools.tools_tab import ToolsTab
from lac_desktop.ui.work import tab_chain
from tests.ui.conftest import NOW
from tests.ui.tools.conftest import BOX
from tests.ui.tools.hands import Open, circle, items_of, type_line
from tests.ui.tools.rich import rich

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_each_save_is_dated_and_can_be_played(
    open_tool: Open, session: Session, jean: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lac_desktop.ui.tools.strip._STEP_MS", 20)
    panel = circle(open_tool)
    for month, name in enumerate(("Mo", "Gail", "Sid")):
        session.notebook.clock = lambda m=month: NOW + timedelta(days=31 * m)
        type_line(panel.typed, f"{name}, friend")
        panel.bar.save.click()
    assert [s.on.month for s in tools.sheets(session.notebook, jean, panel.tool.id)] == [3, 4, 5]
    assert panel.before.text() == "In April: 2 and 0"
    panel = circle(open_tool)
    shown: list[int] = []
    panel.story.shown.connect(lambda: shown.append(len(panel.ties())))
    panel.strip._play.click()
    qtbot.waitUntil(lambda: panel.story.at == 2, timeout=3000)
    assert shown == [1, 2, 3]
    panel.strip._earlier.click()
    assert panel.strip._said.text() == "10 April 2026, 2 of 3".replace(
        "10", str(panel.story.day.day)
    )


def test_looking_at_an_earlier_date_and_typing_there_begins_from_it(
    open_tool: Open, session: Session, jean: str
) -> None:
    panel = circle(open_tool)
    for name in ("Mo", "Gail"):
        type_line(panel.typed, f"{name}, friend")
        panel.bar.save.click()
    panel.story.look_at(0)
    type_line(panel.typed, "Sid, neighbour")
    assert [t.name for t in panel.ties()] == ["Mo", "Sid"]
    assert panel.story.changed
    assert [len(s.values["people"]) for s in panel.story.sheets] == [1, 2]


def test_what_is_typed_is_kept_without_saving(
    open_tool: Open, session: Session, jean: str, qtbot: QtBot
) -> None:
    panel = circle(open_tool)
    type_line(panel.typed, "Mo, friend")
    qtbot.waitUntil(lambda: bool(tools.draft(session.notebook, jean, panel.tool.id)), timeout=3000)
    again = circle(open_tool)
    assert [t.name for t in again.ties()] == ["Mo"]
    assert again.bar.isVisible()
    again.bar.drop.click()
    assert again.ties() == []
    assert tools.draft(session.notebook, jean, panel.tool.id) is None


def test_only_hands_make_a_draft(open_tool: Open, session: Session, jean: str) -> None:
    for tool in BOX.values():
        tools.save(session.notebook, jean, tool, rich(tool, 2))
    for tool in BOX.values():
        panel = open_tool(tool.id)
        if isinstance(panel, FormPanel):
            panel.start()
        panel.story.look_at(0)
        panel.closing()
        assert not panel.story.changed, tool.id
    assert not [u for u in tools.uses(session.notebook, tools.toolbox(), jean) if u.draft]


def test_a_list_is_filled_in_by_keys_alone(open_tool: Open) -> None:
    panel = open_tool("one-page-profile")
    assert isinstance(panel, FormPanel)
    panel.begin.click()
    editor = items_of(panel, "matters")
    for text in ("My bike", "Tuesdays", "Roses"):
        type_line(editor.line, text)
    QTest.keyClick(editor.list, Qt.Key.Key_Up, ALT)
    assert editor.values == ["My bike", "Roses", "Tuesdays"]
    QTest.keyClick(editor.list, Qt.Key.Key_Return)
    assert editor.line.text() == "Roses"
    editor.line.selectAll()
    type_line(editor.line, "My roses")
    assert editor.values == ["My bike", "My roses", "Tuesdays"]
    QTest.keyClick(editor.list, Qt.Key.Key_Delete)
    QTest.keyClick(editor.list, Qt.Key.Key_Insert)
    assert editor.values == ["My bike", "Tuesdays"]
    panel.bar.save.click()
    assert dict(panel.story.sheets[-1].values) == {"matters": ["My bike", "Tuesdays"]}
    assert "My bike" in panel.text.toPlainText()
    assert panel.stack.currentWidget() is panel.text


@pytest.mark.parametrize("tool", list(BOX))
def test_every_tool_goes_in_and_comes_out_of_its_form(
    open_tool: Open, session: Session, tool: str
) -> None:
    values = rich(BOX[tool], 3)
    kit = Kit(session, session.desk)
    for asked in BOX[tool].fields:
        made = make(kit, asked)
        told: list[int] = []
        made.on_change(lambda told=told: told.append(1))
        made.put(values[asked.id])
        assert made.read() == values[asked.id], asked.id
        assert not told
        for row in values[asked.id] if asked.columns else ():
            dialog = RowDialog(None, kit, asked, row)
            assert dialog.answer() == row
            dialog.deleteLater()
        made.widget.deleteLater()


def test_what_is_wrong_in_a_row_is_said_under_its_column(session: Session) -> None:
    asked = BOX["learning-log"].field("entries")
    dialog = RowDialog(None, Kit(session, session.desk), asked, None)
    assert dialog.answer() is None
    assert "Type something first" in dialog.form.fields["on"].error.text()
    dialog.inputs["on"].widget.setText("the 31st of June")  # type: ignore[attr-defined]
    assert dialog.answer() is None
    assert "not in the calendar" in dialog.form.fields["on"].error.text()
    dialog.inputs["on"].widget.setText("5 March")  # type: ignore[attr-defined]
    assert dialog.answer() == {"on": "2026-03-05"}
    dialog.deleteLater()


def test_a_row_that_the_lock_interrupts_is_kept(
    open_tool: Open, session: Session, jean: str
) -> None:
    panel = open_tool("learning-log")
    assert isinstance(panel, FormPanel)
    panel.start()
    editor = items_of(panel, "entries")
    asked = panel.tool.field("entries")
    for close, kept in ((0, 1), (None, 1)):
        dialog = RowDialog(panel, panel.kit(), asked, None, editor.take_unfinished)
        dialog.inputs["what"].put("Half a sent")
        if close is None:
            dialog.reject()
        else:
            dialog.done(close)
        assert len(editor.values) == kept
        dialog.deleteLater()
    panel.closing()
    draft = tools.draft(session.notebook, jean, "learning-log")
    assert draft is not None
    assert draft["entries"] == [{"what": "Half a sent"}]


def test_a_line_that_was_not_entered_is_kept(open_tool: Open, session: Session, jean: str) -> None:
    panel = open_tool("doughnut")
    assert isinstance(panel, FormPanel)
    panel.start()
    items_of(panel, "core").line.setText("Tablets at ni")
    panel.closing()
    assert tools.draft(session.notebook, jean, "doughnut") == {
        "role": "", "core": ["Tablets at ni"], "judgement": [], "leave": [],
    }  # fmt: skip
    round_one = circle(open_tool)
    round_one.typed.setText("Gai")
    round_one.closing()
    kept = tools.draft(session.notebook, jean, "relationship-circle")
    assert kept is not None
    assert kept["people"][0]["name"] == "Gai"


def test_a_new_page_begins_with_the_gifts_that_are_offered(
    open_tool: Open, session: Session, jean: str
) -> None:
    for what, offer in (("Bakes", Offer.SHOW), ("Grieves", Offer.PRIVATE)):
        strengths.save(session.notebook, Gift(ids.new_id(), jean, what, GiftOf.HANDS, offer))
    panel = open_tool("one-page-profile")
    assert isinstance(panel, FormPanel)
    panel.start()
    shown = items_of(panel, "strong").values
    assert shown == [{"of": "hands", "what": "Bakes", "offer": "show"}]
    assert not panel.story.changed


def test_a_new_file_is_a_tool_that_works(open_tool: Open, session: Session, jean: str) -> None:
    text = (
        'id = "song"\ntitle = "My song"\ntitle_cy = "Fy nghân"\npurpose = "Says it."\n'
        'when = "Any time."\n[[field]]\nid = "songs"\nkind = "list"\nlabel = "Songs"\n'
        '[[field]]\nid = "loud"\nkind = "scale"\nlabel = "How loud"\n'
    )
    panel = open_tool(parse(text, "song.toml"))
    assert isinstance(panel, FormPanel)
    panel.start()
    type_line(items_of(panel, "songs").line, "Calon Lan")
    panel.bar.save.click()
    assert [s.tool for s in strengths.sheets(session.notebook, jean)] == ["song"]
    assert "Calon Lan" in panel.text.toPlainText()


def test_undo_takes_back_a_save(open_tool: Open, session: Session, jean: str, qtbot: QtBot) -> None:
    panel = circle(open_tool)
    session.people_changed.connect(panel.changed)
    type_line(panel.typed, "Mo, friend")
    panel.bar.save.click()
    session.undo_people()
    qtbot.waitUntil(lambda: panel.ties() == [], timeout=3000)
    assert strengths.sheets(session.notebook, jean) == []


def test_the_tab_lists_tools_and_goes_back(session: Session, jean: str, qapp: QApplication) -> None:
    tab = tabs.all_tools(session, session.desk, jean)
    assert isinstance(tab, ToolsTab)
    tab.show()
    assert tab.list.count() == 16
    tab.list.setCurrentRow(15)
    assert tab.title.text() == BOX["maps"].title
    tab.start()
    assert isinstance(tab.open, FormPanel)
    tab.open.start()
    type_line(items_of(tab.open, "gifts").line, "Figures")
    tab.close_tool()
    assert "Not saved yet" in "".join(tab.list.item(n).text() for n in range(16))
    tab.start("maps")
    assert tab.open is not None
    assert tab.open.story.save()
    tab.close_tool()
    assert tab.list.item(0).text().startswith("My story and where it goes\nLast on 10 March 2026")
    tab.closing()
    tab.close()
    tab.deleteLater()


def test_tabs_of_a_person_are_made(session: Session, jean: str) -> None:
    for build in (tabs.one_page, tabs.people_in_my_life, tabs.my_places):
        made = build(session, session.desk, jean)
        made.show()
        if isinstance(made, ToolPanel):
            made.closing()
        made.close()
        made.deleteLater()


def test_a_page_that_is_read_brings_no_form_no_map_and_no_printing() -> None:
    """Opening a person's page waits for what it shows alone."""
    wanted = "import sys, lac_desktop.ui.tools.tabs, lac_desktop.ui.tools.form_panel as made;"
    heavy = "[n for n in sys.modules if n.endswith(('ui.map', 'tools.printing', 'PrintSupport'))]"
    ran = subprocess.run(
        [sys.executable, "-c", f"{wanted} print({heavy})"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "[]"


def test_tab_goes_through_the_form_once_it_is_there(open_tool: Open, qapp: QApplication) -> None:
    panel = open_tool("one-page-profile")
    assert isinstance(panel, FormPanel)
    panel.show()
    panel.start()
    qapp.processEvents()
    way = [widget for widget in tab_chain(panel) if widget.isVisible()]
    first = focus_of(next(iter(panel.form.inputs.values())).widget)
    last = focus_of(list(panel.form.inputs.values())[-1].widget)
    assert way.index(panel.done) < way.index(first) < way.index(last)
    assert panel.bar.save not in way or way.index(last) < way.index(panel.bar.save)
