# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window: menus, message bar, and either a start screen or the open notebook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.errors import LacError
from lac_desktop.services import preferences, urgent
from lac_desktop.ui import clipboard
from lac_desktop.ui.actions import ANYWHERE, Actions
from lac_desktop.ui.away import AwayWatch
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.focus import FocusRing
from lac_desktop.ui.idle import IdleWatch
from lac_desktop.ui.message_bar import MessageBar, ProgressStrip
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.ui.session import Session
    from lac_desktop.ui.start.screen import StartScreen
    from lac_desktop.ui.work import Work

_FLOOR = (683, 345)
_BACKUP_MS = 20_000  # after unlocking: not while somebody finds their way in
_DESIGN = (1366, 730)


class Frame(QMainWindow):
    """The one window. Its title never names anything personal."""

    def __init__(self, desk: Desk, app: QApplication) -> None:
        super().__init__()
        self.desk, self._app = desk, app
        self.session: Session | None = None
        self.work: Work | None = None
        self.folder: Path | None = None
        self.numbers: UrgentNumbers = urgent.load(None)
        self.actions_table = Actions(desk.icons, self)
        self.actions_table.fill(self.menuBar())
        self.addActions([self.actions_table.by_id[name] for name in ANYWHERE])
        self.screens = QStackedWidget()
        self.messages = MessageBar(desk)
        self.strip = ProgressStrip(desk)
        inside = QWidget()
        inside.setObjectName("page")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self.strip)
        layout.addWidget(self.screens, 1)
        self.setCentralWidget(inside)
        self.setMinimumSize(*_FLOOR)
        self._ring = FocusRing(self, desk.theme)
        self.idle = IdleWatch(app, self)
        self.idle.idle.connect(self.lock)
        self.away = AwayWatch(app, self)
        self.away.away.connect(self.lock)
        self._daily = QTimer(self, singleShot=True, interval=_BACKUP_MS)
        self._daily.timeout.connect(self.back_up_today)
        self._loaded = False
        for part in (desk.jobs, desk.messages):
            part.setParent(self)  # they go when the window goes
        desk.jobs.problem.connect(desk.messages.problem)
        desk.jobs.bug.connect(self.show_bug)
        desk.theme.changed.connect(self._look_changed)
        self._connect()
        self._title()
        self._place()

    # What is on screen

    def show_screen(self, screen: StartScreen) -> None:
        """Show a start screen in place of what was there."""
        self._drop_screens()
        self.screens.addWidget(screen)
        self.screens.setCurrentWidget(screen)
        self.actions_table.unlocked(False)
        screen.first.setFocus()

    def show_unlock(self, folder: Path) -> None:
        """Ask for the passphrase of a notebook."""
        from lac_desktop.ui.start.unlock import UnlockScreen

        self.folder = folder
        self.numbers = urgent.load(folder)
        screen = UnlockScreen(self.desk, folder, self.numbers)
        screen.opened.connect(self.open_notebook)
        screen.recovered.connect(self.show_recover)
        screen.rescued.connect(self.show_unlock)
        screen.other.connect(self.commands.open_other)
        screen.restore.connect(self.commands.restore)
        self.show_screen(screen)

    def show_recover(self, notebook: Notebook, code: str) -> None:
        """The recovery code opened the notebook: a new passphrase and code come first."""
        from lac_desktop.ui.start.recover import RecoverScreen

        screen = RecoverScreen(self.desk, notebook, code, self.numbers)
        screen.opened.connect(self.open_notebook)
        self.show_screen(screen)

    def show_welcome(self) -> None:
        """First run: look round first, or set up a notebook."""
        from lac_desktop.ui.start.welcome import WelcomeScreen

        self.folder = None
        self.numbers = urgent.load(None)
        screen = WelcomeScreen(self.desk, self.numbers)
        screen.opened.connect(self.open_notebook)
        screen.other.connect(self.commands.open_other)
        screen.restore.connect(self.commands.restore)
        self.show_screen(screen)

    def open_notebook(self, notebook: Notebook) -> None:
        """Show an unlocked notebook."""
        from lac_desktop.ui.session import Session
        from lac_desktop.ui.talk.commands import offer_drafts
        from lac_desktop.ui.work import Work

        self._drop_screens()
        self.folder = notebook.folder
        self.numbers = urgent.load(notebook.folder)
        self.session = Session(notebook, self.desk)
        self.work = Work(
            self.session,
            self.desk,
            lock=self.lock,
            urgent=self.show_urgent,
            explain=self.commands.explain_privacy,
        )
        self.work.top.fill_menu(self.actions_table.fill)
        self.screens.addWidget(self.work)
        self.screens.setCurrentWidget(self.work)
        self.work.section_changed.connect(lambda _section: self._route())
        self.session.asked.connect(lambda name: self.actions_table.by_id[name].trigger())
        self.work.show_section("today")
        self.actions_table.unlocked(True)
        self._route()
        self._welcome(notebook)
        offer_drafts(self.session)
        self._title()
        self.session.refresh()
        self.work.go_to_main()
        self._fit_menu()
        self._daily.start()

    def lock(self) -> None:
        """Close the notebook and ask for the passphrase; unsaved edits are kept inside it."""
        if self.session is None or self.work is None:
            return
        from lac_desktop.ui.asset.form import keep_open_drafts

        notebook, folder = self.session.notebook, self.folder
        for dialog in self._app.topLevelWidgets():
            keep_open_drafts(dialog)
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()  # file and print dialogs of the system
        self.desk.jobs.cancel_all()
        self.session.close()
        self.session, demo = None, notebook.is_demo
        self.idle.stop()
        self._daily.stop()
        self.messages.hide()
        self._drop_screens()
        clipboard.forget()
        from lac_desktop.services.demo_notebook import leave

        leave(notebook)
        self._title()
        if demo or folder is None:
            self.show_welcome()
        else:
            self.show_unlock(folder)

    def back_up_today(self) -> None:
        """Make the day's backup if it is due, while the work goes on; locking stops it."""
        from lac_desktop.services import backups

        if self.session is None:
            return
        notebook = self.session.notebook

        def done(made: backups.Backup | None) -> None:
            if made is not None:
                self.prefer(last_backup=made.made.isoformat(timespec="minutes"))

        def failed(error: LacError) -> None:
            why = str(error)
            self.desk.messages.warn(tr("The backup of today could not be made. {why}", why=why))

        # Without a title: nobody need know, and closing the window need not ask about it.
        self.desk.jobs.run(lambda progress: backups.make_if_due(notebook, progress), done, failed)

    # Small things

    def show_urgent(self) -> None:
        """The numbers, on every screen."""
        from lac_desktop.ui.dialogs import ask, in_front
        from lac_desktop.ui.urgent_panel import UrgentDialog

        over = in_front(self)
        if isinstance(over, UrgentDialog):
            return
        self.numbers = urgent.load(self.folder)
        edit = self.commands.edit_urgent
        ask(over, UrgentDialog(over, self.desk, self.numbers, edit, self.session))

    def say_lock_time(self) -> None:
        """When the notebook locks by itself."""
        if self.session is None or self.work is None:
            return
        notebook = self.session.notebook
        minutes = notebook.settings.lock_minutes
        if notebook.is_demo:
            words = tr("Demo: nothing is kept")
        elif minutes:
            words = tr("Locks after {n} minutes idle", n=minutes)
        else:
            words = tr("Never locks by itself")
        self.work.status.lock.setText(words)

    def show_bug(self, error: BaseException) -> None:
        """Our own mistake: one dialog with a report."""
        from lac_desktop.ui import bugs

        bugs.show(self, self.desk.theme, error)

    def prefer(self, **values: Any) -> None:
        """Change settings of the account and keep them."""
        self.desk.preferences = replace(self.desk.preferences, **values)
        if "theme" in values or "text_size" in values:
            self.desk.theme.apply(self.desk.preferences.theme, self.desk.preferences.text_size)
        elif "letter_keys" in values and self.work is not None:
            self.work.adapt()
        try:
            preferences.save(self.desk.preferences)
        except LacError as error:
            self.desk.messages.problem(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Load the icon fonts once the window was painted."""
        super().showEvent(event)
        if not self._loaded:
            self._loaded = True
            QTimer.singleShot(0, self._load_icons)
            QTimer.singleShot(0, lambda: self.away.start(self))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, lock, and remember where the window was."""
        from lac_desktop.ui.dialogs import confirm

        if self.desk.jobs.busy and not confirm(
            self,
            self.desk.theme,
            tr("Something is still under way"),
            tr("Closing now stops it. Everything stays as it was before."),
            tr("Stop and close"),
        ):
            event.ignore()
            return
        box = self.normalGeometry()
        place = (box.x(), box.y(), box.width(), box.height())
        self.prefer(window=place, maximised=self.isMaximized())
        self.lock()
        self._drop_screens()
        self.desk.jobs.cancel_all()
        event.accept()

    def resizeEvent(self, event: Any) -> None:
        """Under 800 the menu bar gives way to a Menu button."""
        super().resizeEvent(event)
        self._fit_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the innermost thing."""
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape:
            if self.messages.isVisible():
                self.messages.hide()
            elif self.work is not None and self.work.detail.isVisible():
                self.work.close_detail()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        """Say what the commands do that no page carries out."""
        from lac_desktop.ui.commands import Commands

        self.commands = Commands(self)
        self.commands.connect(self.actions_table)

    def _route(self) -> None:
        """Only what the page can carry out is possible now."""
        if self.work is not None:
            self.commands.route(self.work.page.commands())

    def _welcome(self, notebook: Notebook) -> None:
        """Remember the notebook and lock it when nobody is here."""
        if not notebook.is_demo:
            self.prefer(last_notebook=str(notebook.folder))
        self.idle.start(0 if notebook.is_demo else notebook.settings.lock_minutes)
        self.say_lock_time()
        if notebook.pack_problem:
            self.desk.messages.warn(
                tr(
                    "The street map file is missing. Your places still show. {why}",
                    why=notebook.pack_problem,
                ),
                tr("Find the file"),
                self.commands.choose_pack,
            )
            return
        from lac_desktop.services import backups

        if told := backups.warning(notebook):
            self.desk.messages.warn(tr(told), tr("Back up now"), self.commands.back_up)

    def _title(self) -> None:
        """The program's name, and Demo where it is one: nothing personal."""
        demo = self.session is not None and self.session.notebook.is_demo
        self.setWindowTitle(tr("LAC Desktop: Demo") if demo else "LAC Desktop")

    def _drop_screens(self) -> None:
        """Take away what is shown."""
        while (old := self.screens.widget(0)) is not None:
            if self.work is not None and old is self.work:
                self.work.closing()
                self.work = None
            if (leaving := getattr(old, "leaving", None)) is not None:
                leaving()
            self.screens.removeWidget(old)
            old.deleteLater()

    def _load_icons(self) -> None:
        """Load fonts and paint again."""
        self.desk.icons.load()
        self._look_changed()

    def _look_changed(self) -> None:
        """Paint everything anew in the theme that is on."""
        for widget in self.findChildren(QWidget):
            widget.update()
        self._fit_menu()
        if self.work is not None:
            self.work.adapt()

    def _fit_menu(self) -> None:
        """Show the menu bar where there is room for it."""
        logical = self.width() * 100 / self.desk.theme.text_size
        self.menuBar().setVisible(self.work is None or logical >= 800)

    def _place(self) -> None:
        """Open where the window was, if that is still on a screen."""
        kept = self.desk.preferences.window
        screen = QGuiApplication.primaryScreen().availableGeometry()
        box = QRect(*kept) if len(kept) == 4 else QRect(0, 0, 0, 0)
        if len(kept) == 4 and screen.intersects(box.adjusted(40, 40, -40, -40)):
            self.setGeometry(box.intersected(screen))
        else:
            self.resize(min(_DESIGN[0], screen.width()), min(_DESIGN[1], screen.height() - 30))
        if self.desk.preferences.maximised:
            self.showMaximized()
