# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings: shown at once where they are looks, kept with the notebook, undone in one step."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from lac_desktop.domain.geometry import Point
from lac_desktop.domain.shapes import polygon_of
from lac_desktop.services.notebook import Notebook
from lac_desktop.ui import settings_dialog
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.settings_dialog import SettingsDialog, ask_for_settings
from lac_desktop.ui.terms import TermDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Wait = Callable[[Callable[[], bool]], None]
SHAPE = polygon_of([Point(52.66, -0.74), Point(52.66, -0.72), Point(52.68, -0.72)])


def test_text_size_and_colours_show_while_the_dialog_is_open(
    frame: Frame, filled: Notebook
) -> None:
    dialog = SettingsDialog(frame, frame.desk, filled, frame.prefer)
    dialog.sizes.setCurrentIndex(dialog.sizes.findData("150"))
    dialog.sizes.activated.emit(dialog.sizes.currentIndex())
    assert frame.desk.theme.text_size == 150
    dialog.themes.setCurrentIndex(dialog.themes.findData("dark"))
    dialog.themes.activated.emit(dialog.themes.currentIndex())
    assert frame.desk.theme.name == "dark"
    frame.prefer(text_size=100, theme="light")


def test_a_term_is_typed_as_people_write_days(frame: Frame) -> None:
    today = date(2026, 3, 10)
    dialog = TermDialog(frame, frame.desk.theme, None, today)
    dialog.first.setText("someday")
    dialog.last.setText("1/4/2026")
    assert dialog.answer() is None
    dialog.first.setText("5 May 2026")
    assert dialog.answer() is None  # it ends before it begins
    assert "before" in dialog.form.fields["last"].error.text()
    dialog.first.setText("5 January 2026")
    assert dialog.answer() == (date(2026, 1, 5), date(2026, 4, 1))
    dialog.last.setText("1/4/2027")
    assert dialog.answer() is None
    assert "year" in dialog.form.fields["last"].error.text()


def test_overlapping_terms_are_pointed_out(frame: Frame, filled: Notebook) -> None:
    dialog = SettingsDialog(frame, frame.desk, filled, frame.prefer)
    dialog.terms.values = [(date(2026, 4, 1), date(2026, 7, 20)),
                           (date(2026, 1, 5), date(2026, 4, 1))]  # fmt: skip
    dialog.terms.fill()
    assert dialog.terms.list.item(0).text() == "5 January 2026 to 1 April 2026"
    assert dialog.answer() is None
    assert "1 April 2026" in dialog.form.fields["terms"].error.text()


def test_all_settings_are_kept_and_one_undo_brings_the_old_ones_back(
    frame: Frame, filled: Notebook, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame.open_notebook(filled)
    wait(lambda: frame.session is not None and frame.session.found is not None)

    def fill_in(_parent: object, dialog: SettingsDialog) -> object:
        dialog.who.setText("Bronwen")
        dialog.nation.setCurrentIndex(dialog.nation.findData("wales"))
        dialog.pace.setCurrentIndex(dialog.pace.findData("wheelchair"))
        dialog.minutes.setValue(25)
        dialog.letters.setChecked(False)
        dialog.patch._shape = SHAPE
        dialog.patch.offer([])
        dialog.patch.name.setText("Our streets")
        dialog.terms.values = [(date(2026, 1, 5), date(2026, 4, 1))]
        dialog.finish()
        assert dialog.result() == QDialog.DialogCode.Accepted
        return dialog.value

    monkeypatch.setattr(settings_dialog, "ask", fill_in)
    before = filled.settings
    ask_for_settings(frame)
    wait(lambda: filled.settings.who == "Bronwen" and not frame.desk.jobs.busy)
    kept = filled.settings
    assert (kept.nation, kept.pace, kept.lock_minutes) == ("wales", "wheelchair", 25)
    assert (kept.patch, kept.patch_name) == (SHAPE, "Our streets")
    assert kept.terms == (("2026-01-05", "2026-04-01"),)
    assert not frame.desk.preferences.letter_keys
    assert frame.work is not None
    assert "25" in frame.work.status.lock.text()
    wait(lambda: frame.messages.isVisible())
    buttons = frame.messages.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Undo").click()
    wait(lambda: filled.settings == before)
