# SPDX-License-Identifier: AGPL-3.0-or-later
"""First run, unlocking, wrong passphrases and recovery, in the real window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from lac_desktop import paths
from lac_desktop.app import start
from lac_desktop.errors import WrongPassphraseError
from lac_desktop.services import notebook
from lac_desktop.storage import vault as vaults
from lac_desktop.ui.frame import Frame
from lac_desktop.ui.start import restore
from lac_desktop.ui.start.recover import RecoverScreen, looks_like_code
from lac_desktop.ui.start.recovery_code import RecoveryCode, groups_of, same_group
from lac_desktop.ui.start.restore import RestoreDialog
from lac_desktop.ui.start.unlock import UnlockScreen, wait_after
from lac_desktop.ui.start.welcome import WelcomeScreen

from .conftest import PASSPHRASE

Wait = Callable[[Callable[[], bool]], None]

#: What the offscreen platform says of windows; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def press(screen: object, words: str) -> None:
    buttons = [b for b in screen.findChildren(QPushButton) if b.text() == words]  # type: ignore[attr-defined]
    assert buttons, f"no button “{words}”"
    buttons[-1].click()


def field(screen: object, name: str) -> QLineEdit:
    edits = screen.findChildren(QLineEdit)  # type: ignore[attr-defined]
    return next(e for e in edits if e.accessibleName() == name)


def shown(screen: object) -> str:
    labels = screen.findChildren(QLabel)  # type: ignore[attr-defined]
    return "\n".join(label.text() for label in labels if not label.isHidden())


def test_first_run_makes_a_notebook_that_its_code_opens(
    frame: Frame, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook.create, "__kwdefaults__", {"strength": vaults.FAST_FOR_TESTS})
    start(frame, None)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, WelcomeScreen)
    assert "999" in shown(screen)
    press(screen, "Set up my own")
    screen.next()
    assert "Type your name" in shown(screen)
    field(screen, "Your name").setText("Ruth")
    screen.next()
    field(screen, "Passphrase").setText("short")
    screen.next()
    assert "Too short" in shown(screen)
    field(screen, "Passphrase").setText(PASSPHRASE)
    field(screen, "The same again").setText(PASSPHRASE)
    screen.next()
    wait(lambda: bool(screen.findChildren(RecoveryCode)))
    code = screen.findChildren(RecoveryCode)[0]
    screen.next()
    assert "This is not group" in shown(screen)
    groups = groups_of(code._code)
    assert len(groups) == 8
    for at in code.asked:
        field(screen, f"Type group {at + 1} back").setText(groups[at].lower())
    screen.next()
    wait(lambda: any(b.accessibleName() == "Area pack" for b in screen.findChildren(QComboBox)))
    screen.next()
    wait(lambda: frame.session is not None)
    assert frame.session is not None
    assert frame.session.notebook.settings.who == "Ruth"
    folder = frame.session.notebook.folder
    assert folder.parent == paths.home()
    frame.lock()
    notebook.lock(notebook.unlock(folder, " ".join(groups)))


def test_unlocking_by_passphrase_and_locking_again(frame: Frame, vault: Path, wait: Wait) -> None:
    start(frame, vault)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    assert "Brackenfold is locked" in shown(screen)
    field(screen, "Passphrase").setText(PASSPHRASE)
    QTest.keyClick(field(screen, "Passphrase"), Qt.Key.Key_Return)
    wait(lambda: frame.session is not None)
    assert frame.windowTitle() == "LAC Desktop"
    frame.lock()
    assert frame.session is None
    assert isinstance(frame.screens.currentWidget(), UnlockScreen)
    assert "Brackenfold" not in frame.windowTitle()


def test_a_wrong_passphrase_says_so_and_waits_longer_each_time(
    frame: Frame, vault: Path, wait: Wait
) -> None:
    start(frame, vault)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    for tries in range(1, 6):
        field(screen, "Passphrase").setText("wrong wrong wrong")
        screen.unlock()
        wait(lambda n=tries: screen._tries == n)
    assert "Check Caps Lock" in screen.error.text()
    assert "Wait" in screen.go.text()
    assert not screen.go.isEnabled()
    assert [wait_after(n) for n in (4, 5, 6, 7, 99)] == [0, 5, 10, 20, 300]


def test_the_recovery_code_opens_and_asks_for_a_new_passphrase(
    frame: Frame, tmp_path: Path, wait: Wait
) -> None:
    folder = tmp_path / "Mine.lac"
    code = notebook.create(folder, PASSPHRASE, strength=vaults.FAST_FOR_TESTS)
    start(frame, folder)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    screen.switch.click()
    field(screen, "Recovery code").setText(code.lower().replace("-", " "))
    screen.unlock()
    wait(lambda: isinstance(frame.screens.currentWidget(), RecoverScreen))
    assert frame.session is None
    recover = frame.screens.currentWidget()
    assert isinstance(recover, RecoverScreen)
    field(recover, "Passphrase").setText("too")
    recover.next.click()
    assert "Too short" in shown(recover)
    for name in ("Passphrase", "The same again"):
        field(recover, name).setText("candle drum acorn bridge")
    QTest.keyClick(field(recover, "The same again"), Qt.Key.Key_Return)
    wait(lambda: recover.code is not None)
    assert recover.code is not None
    groups = groups_of(recover.code._code)
    assert groups != groups_of(code)
    recover.next.click()
    assert frame.session is None  # not before the new code was typed back
    for at in recover.code.asked:
        field(recover, f"Type group {at + 1} back").setText(groups[at])
    recover.next.click()
    wait(lambda: frame.session is not None)
    frame.lock()
    with pytest.raises(WrongPassphraseError):
        notebook.unlock(folder, code)
    notebook.lock(notebook.unlock(folder, "candle drum acorn bridge"))
    notebook.lock(notebook.unlock(folder, " ".join(groups)))


def test_leaving_the_recovery_screen_locks_the_notebook_again(
    frame: Frame, vault: Path, wait: Wait
) -> None:
    frame.show_recover(notebook.unlock(vault, PASSPHRASE), "0000" * 8)
    assert isinstance(frame.screens.currentWidget(), RecoverScreen)
    frame.show_unlock(vault)
    notebook.lock(notebook.unlock(vault, PASSPHRASE))


def test_the_form_of_a_recovery_code_is_known() -> None:
    assert looks_like_code("ABCD-EFGH-0123-4567-89AB-CDEF-GHJK-MNPQ")
    assert looks_like_code("abcdefgh0123456789abcdefghjkmnpq")
    assert not looks_like_code(PASSPHRASE)


def test_a_second_window_is_told_that_the_notebook_is_open(
    frame: Frame, vault: Path, wait: Wait
) -> None:
    held = notebook.unlock(vault, PASSPHRASE)
    try:
        start(frame, vault)
        screen = frame.screens.currentWidget()
        assert isinstance(screen, UnlockScreen)
        field(screen, "Passphrase").setText(PASSPHRASE)
        screen.unlock()
        wait(lambda: bool(screen.error.text()))
        assert frame.session is None
    finally:
        notebook.lock(held)


def test_typed_back_groups_forgive_case_and_look_alikes() -> None:
    assert same_group("o1b2 ", "OIB2")
    assert same_group("01b2", "OIB2")
    assert not same_group("", "OIB2")
    assert not same_group("AAAA", "OIB2")


def chosen_folder(dialog: RestoreDialog) -> Path | None:
    """Fill in the dialog: first a place that is taken, then a new one."""
    assert Path(dialog.folder.text()) == paths.home() / "Restored.lac"
    dialog.folder.setText(str(paths.home()))
    taken = paths.home().with_name(paths.home().name + ".lac")
    taken.mkdir()
    assert dialog.answer() is None
    assert "something in this place" in dialog.form.fields["folder"].error.text()
    dialog.folder.setText("")
    assert dialog.answer() is None
    dialog.folder.setText(str(paths.home() / "Elsewhere" / "Mine again"))
    return dialog.answer()


def test_a_backup_is_written_and_brought_back(
    frame: Frame, vault: Path, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.lacbackup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    frame.open_notebook(notebook.unlock(vault, PASSPHRASE))
    frame.actions_table.by_id["backup"].trigger()
    wait(lambda: "Backed up" in frame.messages.sentence)
    frame.lock()
    monkeypatch.setattr(restore, "ask", lambda _parent, dialog: chosen_folder(dialog))
    frame.commands.restore()
    wait(lambda: "Restored" in frame.messages.sentence)
    screen = frame.screens.currentWidget()
    assert isinstance(screen, UnlockScreen)
    field(screen, "Passphrase").setText(PASSPHRASE)
    screen.unlock()
    wait(lambda: frame.session is not None)
    assert frame.folder == paths.home() / "Elsewhere" / "Mine again.lac"
    frame.lock()


def test_nobody_at_the_keyboard_locks(frame: Frame, vault: Path, wait: Wait) -> None:
    frame.open_notebook(notebook.unlock(vault, PASSPHRASE))
    frame.idle._timer.setInterval(20)
    frame.idle.start(0.001)
    wait(lambda: frame.session is None)
    assert isinstance(frame.screens.currentWidget(), UnlockScreen)


def test_the_demo_opens_once_however_often_it_is_asked_for(frame: Frame, qtbot: QtBot) -> None:
    def opened() -> bool:
        return frame.session is not None and not frame.desk.jobs.busy

    for _click in range(3):
        frame.commands.open_demo()
    qtbot.waitUntil(opened, timeout=60_000)  # the first time its area pack is made
    assert len(list(paths.cache().glob("demo-*"))) == 1
    frame.lock()
    assert list(paths.cache().glob("demo-*")) == []
    frame.commands.open_demo()
    qtbot.waitUntil(opened, timeout=60_000)
