# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rights in the real window: the tab, every dialog by keyboard, handing over, erasing, rescue."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from lac_desktop.domain.conversation import Paragraph
from lac_desktop.domain.rights import Redaction
from lac_desktop.services import conversations, council, people, retention, rights
from lac_desktop.services.council import Council
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.people.tabs import TABS
from lac_desktop.ui.rights.erase import EraseDialog
from lac_desktop.ui.rights.hand_over import HandOverDialog
from lac_desktop.ui.rights.review import ReviewDialog
from lac_desktop.ui.rights.tab import RightsTab
from lac_desktop.ui.start.unlock import UnlockScreen
from tests.ui.test_dialogs import look, visit

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def two(open_notebook: Notebook) -> tuple[str, str]:
    """Jean and Mo, who spoke together once; a passage of Jean's is about Ann."""
    jean = people.add(open_notebook, "Jean")
    mo = people.add(open_notebook, "Mo")
    said = (Paragraph("We walk."), Paragraph("Ann is ill.", "Ann"))
    both = replace(conversations.new(open_notebook, (jean.id, mo.id)), own_words=said)
    conversations.keep(open_notebook, both)
    rights.open_request(open_notebook, jean.id, "see")
    return jean.id, mo.id


@pytest.fixture
def tab(frame: Frame, open_notebook: Notebook, two: tuple[str, str], wait: Wait) -> RightsTab:
    """The tab of Jean in the open window."""
    frame.open_notebook(open_notebook)
    assert frame.session is not None
    made = RightsTab(frame.session, frame.desk, two[0])
    frame.screens.addWidget(made)
    frame.screens.setCurrentWidget(made)
    wait(lambda: made.requests.topLevelItemCount() == 1)
    return made


def test_the_tab_is_one_of_a_persons(open_notebook: Notebook) -> None:
    assert "rights" in [one.id for one in TABS]


def test_a_request_from_the_tab(tab: RightsTab, qapp: QApplication, wait: Wait) -> None:
    item = tab.requests.topLevelItem(0)
    assert item is not None
    assert "Due by" in item.text(2)
    assert tab.pause.isEnabled()
    assert not tab.resume.isEnabled()

    def stop(dialog: QDialog) -> None:
        dialog.text.setPlainText("Which years?")  # type: ignore[attr-defined]
        dialog.finish()  # type: ignore[attr-defined]

    visit(qapp, tab.pause.click, stop)
    wait(lambda: tab.resume.isEnabled())
    tab.resume.click()
    wait(lambda: tab.pause.isEnabled() and not tab._desk.jobs.busy)


@pytest.mark.parametrize(
    "name", ["hand_over", "erase", "record", "pause", "extend", "answered", "hold"]
)
def test_tab_goes_round_what_the_tab_asks(name: str, tab: RightsTab, qapp: QApplication) -> None:
    visit(qapp, getattr(tab, name).click, look)


def test_handing_over_decides_each_passage(
    tab: RightsTab, qapp: QApplication, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "jean.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(out), ""))

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOverDialog)
        texts = list(dialog.decided)
        assert dialog.decided["Ann is ill."] is Redaction.PASSAGE
        walked = dialog.list.topLevelItem(texts.index("We walk."))
        assert walked is not None
        dialog.list.setCurrentItem(walked)
        assert dialog.text.toPlainText() == "We walk."
        dialog.way.setCurrentIndex(dialog.way.findData(Redaction.PASSAGE.value))
        dialog.way.activated.emit(dialog.way.currentIndex())
        dialog.recipient.setText("")
        dialog.finish()
        assert dialog.value is None  # says who receives it first
        dialog.recipient.setText("Jean")
        dialog.finish()

    visit(qapp, tab.hand_over.click, decide)
    wait(lambda: bool(rights.disclosures(tab._session.notebook)) and not tab._desk.jobs.busy)
    assert out.with_suffix(".json").exists()
    text = out.read_text("utf-8")
    assert "We walk." not in text
    assert "ill" not in text


def test_erasing_from_the_tab(
    tab: RightsTab, two: tuple[str, str], qapp: QApplication, wait: Wait
) -> None:
    notebook = tab._session.notebook

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, EraseDialog)
        dialog.finish()
        assert dialog.value is None  # no reason, no name
        dialog.why.setCurrentIndex(1)
        dialog.typed.setText("jean")
        dialog.finish()

    visit(qapp, tab.erase.click, decide)
    wait(lambda: people.get(notebook, two[0]) is None and not tab._desk.jobs.busy)
    (left,) = conversations.of_person(notebook, two[1])
    assert left.people == (two[1],)


@pytest.mark.parametrize("command", ["retention", "what-left", "who-looked", "backups", "council"])
def test_tab_goes_round_the_records(command: str, tab: RightsTab, qapp: QApplication) -> None:
    frame = tab.window()
    assert isinstance(frame, Frame)
    visit(qapp, frame.actions_table.by_id[command].trigger, look)


def test_review_in_two_steps(
    frame: Frame, open_notebook: Notebook, two: tuple[str, str], qapp: QApplication, wait: Wait
) -> None:
    council.save(open_notebook, Council(months={"conversation": 1}, wait_days=0))
    later = open_notebook.clock().replace(year=2027)
    open_notebook.clock = lambda: later
    frame.open_notebook(open_notebook)
    assert frame.session is not None
    dialog = ReviewDialog(frame, frame.session, frame.desk)
    dialog.show()
    item = dialog.past.topLevelItem(0)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)

    def reason(asked: QDialog) -> None:
        asked.text.setPlainText("Over")  # type: ignore[attr-defined]
        asked.finish()  # type: ignore[attr-defined]

    visit(qapp, dialog.choose.click, reason)
    wait(lambda: dialog.waiting.topLevelItemCount() == 1)
    dialog.tabs.setCurrentIndex(1)
    chosen = dialog.waiting.topLevelItem(0)
    assert chosen is not None
    chosen.setCheckState(0, Qt.CheckState.Checked)
    visit(qapp, dialog.dispose.click, lambda asked: asked.finish())  # type: ignore[attr-defined]
    wait(lambda: retention.waiting(open_notebook) == [] and not frame.desk.jobs.busy)
    assert conversations.of_person(open_notebook, two[0]) == []
    dialog.close()


def test_a_damaged_notebook_offers_rescue(
    frame: Frame, vault: Path, qapp: QApplication, wait: Wait
) -> None:
    (vault / "people.db").write_bytes(b"x" * 40_000)
    frame.show_unlock(vault)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    assert not screen.rescue.isVisible()
    screen.field.edit.setText("acorn bridge candle drum")
    screen.unlock()
    wait(lambda: screen.rescue.isVisible())
    visit(qapp, screen.rescue.click, lambda asked: asked.finish())  # type: ignore[attr-defined]
    rescued = vault.parent / "Rescued.lac"
    titles: list[str] = []
    visit(qapp, lambda: None, lambda told: titles.append(told.windowTitle()))
    assert titles == ["What was rescued"]
    wait(lambda: frame.folder == rescued and not frame.desk.jobs.busy)
