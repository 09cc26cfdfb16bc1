# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every dialog of the community side: names, roles, Tab reaches everything, focus is seen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QWidget,
)
from shiboken6 import isValid

from lac_desktop.services.notebook import Notebook
from lac_desktop.ui.focus import FocusRing
from lac_desktop.ui.frame import Frame

BY_COMMAND = (
    "add", "edit", "history", "settings", "urgent", "urgent-edit", "keys", "about", "call-sheet",
    "pack-build", "passphrase", "bulk",
)  # fmt: skip
_PATIENCE_MS = 5_000

#: The offscreen platform says such things of popups and dialogs.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def visit(app: QApplication, act: Callable[[], object], look: Callable[[QDialog], None]) -> None:
    """Open a dialog, look at it or answer it, and close it; what goes wrong is raised here."""
    wrong: list[BaseException] = []
    seen: list[QDialog] = []
    timer = QTimer(app)

    def glance() -> None:
        dialog = app.activeModalWidget()
        if not isinstance(dialog, QDialog) or seen:
            return
        seen.append(dialog)
        timer.stop()
        try:
            look(dialog)
        except BaseException as error:  # raised again once the dialog is closed
            wrong.append(error)
        if isValid(dialog) and dialog.isVisible():
            dialog.reject()

    timer.timeout.connect(glance)
    timer.start(30)
    act()
    for _ in range(_PATIENCE_MS // 50):
        if seen:
            break
        QTest.qWait(50)
    timer.stop()
    if wrong:
        raise wrong[0]
    assert seen, "no dialog opened"


def stops(dialog: QDialog) -> set[QWidget]:
    """Everything that Tab should reach; of a group of choices only the one chosen."""
    found = set()
    for widget in dialog.findChildren(QWidget):
        inner = widget.parentWidget()
        if isinstance(inner, QComboBox | QAbstractSpinBox):
            continue
        if isinstance(inner, QAbstractScrollArea) and inner.viewport() is widget:
            continue
        # Not asked of a viewport or an inner edit: their proxy is what they stand in, PySide takes
        # that for their child, and collecting such a ring deletes widgets that Qt still uses.
        if widget.focusProxy() is not None:
            continue
        if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None:
            chosen = group.checkedButton()
            if group.exclusive() and chosen is not None and chosen is not widget:
                continue
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isEnabled() and widget.isVisibleTo(dialog):
            found.add(widget)
    return found


def companions(widget: QWidget) -> list[QAbstractButton]:
    """The choices of the same group, which the arrow keys reach from this one."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group.buttons() if group is not None and group.exclusive() else []


def named(widget: QWidget) -> str:
    """The name that a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    assert interface.role() != QAccessible.Role.NoRole, widget
    name = interface.text(QAccessible.Text.Name).strip()
    if not name and isinstance(widget, QComboBox):
        labels = widget.window().findChildren(QLabel)
        name = next((label.text() for label in labels if label.buddy() is widget), "")
    return name


def is_seen(dialog: QDialog, widget: QWidget) -> bool:
    """Whether the focus shows: the ring, or the mark that a list draws itself."""
    if isinstance(widget, QAbstractItemView) or widget.property("ownFocus"):
        return True
    return any(ring.isVisible() for ring in dialog.findChildren(FocusRing))


def look(dialog: QDialog) -> None:
    """Go round by Tab: everything has a name, is reached and shows its focus; nothing traps."""
    assert dialog.windowTitle().strip()
    wanted = stops(dialog)
    unnamed = [widget for widget in wanted if not named(widget)]
    assert not unnamed
    first = dialog.focusWidget()
    assert first is not None
    reached: list[QWidget] = [first]
    for _ in range(3 * len(wanted) + 6):
        now = dialog.focusWidget()
        assert now is not None, "the focus is lost"
        QTest.keyClick(now, Qt.Key.Key_Tab)
        QTest.qWait(1)
        after = dialog.focusWidget()
        assert after is not None
        parts = isinstance(now, QAbstractSpinBox)  # Tab goes through day, month and year first
        assert after is not now or parts or len(wanted) == 1, f"Tab is trapped in {now}"
        for _wait in range(20):  # a page that scrolls puts its ring once it has settled
            if is_seen(dialog, after):
                break
            QTest.qWait(10)
        assert is_seen(dialog, after), after
        if after is first and now is not first:
            break
        reached.append(after)
    arrows = {button for widget in reached for button in companions(widget)}
    missed = [named(widget) for widget in wanted - set(reached) - arrows]
    assert not missed


@pytest.fixture
def at_work(frame: Frame, filled: Notebook, wait: Callable[[Callable[[], bool]], None]) -> Frame:
    """The window on the list of four places, one of them selected."""
    frame.open_notebook(filled)
    assert frame.work is not None
    frame.work.show_section("community")
    session = frame.session
    assert session is not None
    wait(lambda: session.found is not None and len(session.found) == 4)
    frame.work.go_to_main()
    return frame


@pytest.mark.parametrize("command", BY_COMMAND)
def test_tab_goes_round_a_dialog(command: str, at_work: Frame, qapp: QApplication) -> None:
    if command == "bulk":
        at_work.actions_table.by_id["select-all"].trigger()
    visit(qapp, at_work.actions_table.by_id[command].trigger, look)


@pytest.mark.parametrize("name", ["choose_near", "choose_time"])
def test_tab_goes_round_what_a_filter_asks(name: str, at_work: Frame, qapp: QApplication) -> None:
    work = at_work.work
    assert work is not None
    visit(qapp, getattr(work.pages["community"].filters, name), look)  # type: ignore[attr-defined]


def test_tab_goes_round_who_can_see_this(at_work: Frame, qapp: QApplication) -> None:
    visit(qapp, at_work.commands.explain_privacy, look)


def test_tab_goes_round_the_report_of_a_mistake(at_work: Frame, qapp: QApplication) -> None:
    visit(qapp, lambda: at_work.show_bug(RuntimeError("x")), look)


def test_locking_under_a_dialog_trips_over_nothing(at_work: Frame, qapp: QApplication) -> None:
    assert at_work.focusWidget() is not None

    def lock(_dialog: QDialog) -> None:
        at_work.lock()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    visit(qapp, at_work.actions_table.by_id["settings"].trigger, lock)
    assert at_work.session is None
