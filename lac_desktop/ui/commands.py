# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the commands of the window do: notebooks, settings, help. Pages add their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from lac_desktop import paths
from lac_desktop.domain.progress import Progress
from lac_desktop.errors import LacError
from lac_desktop.services import urgent
from lac_desktop.services.preferences import TEXT_SIZES
from lac_desktop.ui.actions import Actions
from lac_desktop.ui.words import tr

if TYPE_CHECKING:
    from lac_desktop.ui.frame import Frame

#: Commands that belong to a page or to the selected place.
_OF_PAGES = (
    "add", "edit", "still-right", "near-here", "history", "remove", "duplicates", "call-sheet",
    "select-all", "bulk", "print-view", "save-view", "walking-area", "boundaries", "map-key",
    "map-credits", "converse", "ask-helper", "near-home", "copy-person",
)  # fmt: skip

#: Commands about records of people, carried out by ui/rights.
_OF_RIGHTS = ("retention", "what-left", "who-looked", "backups", "council", "data-map")
#: Commands about introductions, carried out by ui/introductions.
_OF_INTRODUCTIONS = ("introduce", "things-to-try", "gift-match", "looking-back")


class Commands:
    """The window's own commands, and the way to those of the page in front."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._of_page: Mapping[str, Callable[[], object]] = {}
        self._making_demo = False

    def connect(self, actions: Actions) -> None:
        """Tie every command of the table to what it does."""
        frame = self._frame
        own: dict[str, Callable[[], object]] = {
            **self._of_notebooks(),
            "quick-note": lambda: self.talk("quick-note"),
            "tally": lambda: self.talk("tally"),
            "inbox": lambda: self.talk("inbox"),
            "tally-counts": lambda: self.talk("tally-counts"),
            **{name: lambda n=name: self.rights(n) for name in _OF_RIGHTS},
            **{name: lambda n=name: self.introductions(n) for name in _OF_INTRODUCTIONS},
            "add-person": self.add_person,
            "lock": frame.lock,
            "quit": frame.close,
            "undo": lambda: self.of_page("undo", lambda: frame.session and frame.session.undo()),
            "redo": lambda: self.of_page("redo", lambda: frame.session and frame.session.redo()),
            "settings": self.settings,
            "text-larger": lambda: self.text_size(1),
            "text-smaller": lambda: self.text_size(-1),
            "text-usual": lambda: frame.prefer(text_size=100),
            "detail": lambda: frame.work and frame.work.toggle_detail(),
            "search": lambda: frame.work and frame.work.top.search.setFocus(),
            "back": lambda: frame.work and frame.work.back(),
            "next-region": lambda: self.region(1),
            "last-region": lambda: self.region(-1),
            "keys": self.keys,
            "urgent": frame.show_urgent,
            "urgent-edit": self.edit_urgent,
            "about": self.about,
        }
        for name, act in own.items():
            actions.on(name, act)
        for name in _OF_PAGES:
            actions.on(name, lambda n=name: self._of_page.get(n, lambda: None)())
        actions.unlocked(False)

    def _of_notebooks(self) -> dict[str, Callable[[], object]]:
        """Commands that open, keep and fill notebooks."""
        return {
            "new-notebook": self.new_notebook,
            "open-notebook": self.open_other,
            "restore": self.restore,
            "backup": self.back_up,
            "verify": self.verify,
            "passphrase": self.change_passphrase,
            "recovery-code": self.new_recovery_code,
            "pack": self.choose_pack,
            "pack-build": self.build_pack,
            "import": self.import_places,
            "imports": self.imports,
            "publish": self.publish,
        }

    def route(self, of_page: Mapping[str, Callable[[], object]]) -> None:
        """Send the commands of places to the page in front."""
        self._of_page = of_page
        for name in _OF_PAGES:
            self._frame.actions_table.by_id[name].setEnabled(name in of_page)

    def of_page(self, name: str, otherwise: Callable[[], object]) -> None:
        """Do what the page in front means by a command, or else what the window does."""
        self._of_page.get(name, otherwise)()

    def text_size(self, step: int) -> None:
        """The next larger or smaller text."""
        now = self._frame.desk.preferences.text_size
        at = min(range(len(TEXT_SIZES)), key=lambda i: abs(TEXT_SIZES[i] - now))
        chosen = TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at + step))]
        self._frame.prefer(text_size=chosen)
        self._frame.desk.messages.done(tr("Text size {n} %", n=chosen))

    def region(self, step: int) -> None:
        """F6 in the open notebook; on a start screen Tab order serves."""
        if self._frame.work is not None:
            self._frame.work.region(step)
        elif step > 0:
            self._frame.focusNextChild()
        else:
            self._frame.focusPreviousChild()

    def rights(self, name: str) -> None:
        """Review, records, backups and what the council sets."""
        from lac_desktop.ui.rights.commands import COMMANDS

        session = self._frame.session
        if session is not None:
            COMMANDS[name](self._frame, session, self._frame.desk)

    def talk(self, name: str) -> None:
        """Quick note, tally, notes to sort, counts."""
        from lac_desktop.ui.talk.commands import run

        run(self._frame, name)

    def introductions(self, name: str) -> None:
        """Things to try, who could show whom, looking back."""
        from lac_desktop.ui.introductions.commands import run

        run(self._frame, name)

    def add_person(self) -> None:
        """Add somebody, in the section People."""
        work = self._frame.work
        if work is not None:
            work.show_section("people")
            work.page.commands()["add-person"]()

    def new_notebook(self) -> None:
        """Lock and go to the first screen."""
        self._frame.lock()
        self._frame.show_welcome()

    def open_other(self) -> None:
        """Choose another notebook's folder."""
        chosen = QFileDialog.getExistingDirectory(
            self._frame, tr("Open a notebook: choose its folder, which ends in .lac"),
            str(paths.home()),
        )  # fmt: skip
        if chosen:
            self._frame.lock()
            self._frame.show_unlock(Path(chosen))

    def open_demo(self) -> None:
        """Make the invented neighbourhood, if need be, and open it; once, however often asked."""
        if self._making_demo:
            return
        self._making_demo = True

        def work(progress: Progress) -> Any:
            from lac_desktop.services import demo_notebook

            return demo_notebook.open_demo(progress)

        def over() -> None:
            self._making_demo = False

        job = self._frame.desk.jobs.run(
            work, self._frame.open_notebook, title=tr("Making the demo neighbourhood")
        )
        job.ended.connect(over)

    def restore(self) -> None:
        """Bring back a backup into a new folder."""
        from lac_desktop.ui.start.restore import ask_to_restore

        ask_to_restore(self._frame, self._frame.desk, self._frame.show_unlock)

    def back_up(self) -> None:
        """Write an encrypted copy, after asking where to."""
        session = self._frame.session
        if session is None:
            return
        name = f"lac-backup-{datetime.now():%Y-%m-%d}.lacbackup"
        chosen, _ = QFileDialog.getSaveFileName(
            self._frame, tr("Back up now"), str(Path.home() / name), tr("Backups (*.lacbackup)")
        )
        if not chosen:
            return
        notebook = session.notebook

        def work(progress: Progress) -> None:
            from lac_desktop.services import notebook as notebooks

            notebooks.backup(notebook, Path(chosen), progress)

        def done(_result: object) -> None:
            self._frame.prefer(last_backup=datetime.now().isoformat(timespec="minutes"))
            self._frame.desk.messages.done(
                tr("Backed up and checked. Keep the file away from this laptop.")
            )

        self._frame.desk.jobs.run(work, done, title=tr("Backing up"))

    def verify(self) -> None:
        """Check the open notebook from end to end."""
        session = self._frame.session
        if session is None:
            return
        vault = session.notebook.vault

        def work(progress: Progress) -> list[str]:
            from lac_desktop.services import upkeep

            return upkeep.check(vault, progress)

        self._frame.desk.jobs.run(work, self._verified, title=tr("Checking the notebook"))

    def change_passphrase(self) -> None:
        """Ask for the old and the new one."""
        from lac_desktop.ui.start.passphrase import ask_to_change

        if self._frame.session is not None:
            ask_to_change(self._frame, self._frame.desk, self._frame.session.notebook)

    def new_recovery_code(self) -> None:
        """Make a new recovery code; the old one stops working."""
        from lac_desktop.ui.start.recovery_code import ask_for_new_code

        if self._frame.session is not None:
            ask_for_new_code(self._frame, self._frame.desk, self._frame.session.notebook)

    def choose_pack(self) -> None:
        """Choose the folder of an area pack."""
        session = self._frame.session
        if session is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self._frame, tr("Choose the folder of an area pack"), str(paths.maps())
        )
        if chosen:
            self.use_pack(Path(chosen))

    def build_pack(self) -> None:
        """Build an area pack from downloaded files, and use it."""
        from lac_desktop.ui.packs.wizard import ask_to_build

        ask_to_build(self._frame, self._frame.desk, self.use_pack)

    def import_places(self) -> None:
        """Bring places in from files."""
        from lac_desktop.ui.importing.page import ImportPage

        work, session = self._frame.work, self._frame.session
        if work is not None and session is not None:
            work.show_task(ImportPage(session, self._frame.desk, work.end_task))

    def imports(self) -> None:
        """What was imported, and taking it back."""
        from lac_desktop.ui.importing.past import show_imports

        if self._frame.session is not None:
            show_imports(self._frame, self._frame.session, self._frame.desk)

    def publish(self) -> None:
        """Hand out what is shown."""
        from lac_desktop.ui.publish.page import PublishPage

        work, session = self._frame.work, self._frame.session
        if work is not None and session is not None:
            work.show_task(PublishPage(session, self._frame.desk, work.end_task))

    def use_pack(self, folder: Path) -> None:
        """Take this area pack from now on."""
        session = self._frame.session
        if session is None:
            return

        def work(_progress: Progress) -> None:
            from lac_desktop.services import notebook as notebooks

            notebooks.use_pack(session.notebook, folder)

        def done(_result: object) -> None:
            self._frame.desk.messages.done(tr("The area pack is in use."))
            self._frame.open_notebook(session.notebook)

        self._frame.desk.jobs.run(work, done, title=tr("Opening the area pack"))

    def settings(self) -> None:
        """Look, size, keys, who I am, nation and lock time."""
        from lac_desktop.ui.settings_dialog import ask_for_settings

        ask_for_settings(self._frame)

    def edit_urgent(self) -> None:
        """Set the council's numbers."""
        from lac_desktop.ui.urgent_panel import ask_for_numbers

        frame = self._frame
        if frame.numbers.fixed:
            frame.desk.messages.warn(
                tr("Your council’s IT sets these numbers for every account on this machine.")
            )
            return
        chosen = ask_for_numbers(frame, frame.desk, frame.numbers, datetime.now().date())
        if chosen is None:
            return
        try:
            urgent.save(frame.folder, chosen)
        except LacError as error:
            frame.desk.messages.problem(error)
            return
        frame.numbers = urgent.load(frame.folder)
        side = getattr(frame.screens.currentWidget(), "urgent", None)
        if side is not None:
            side.show_numbers(frame.numbers)
        frame.desk.messages.done(tr("The numbers are saved and show on every screen."))

    def keys(self) -> None:
        """The keys of this screen as a list."""
        from lac_desktop.ui.help import show_keys

        work = self._frame.work
        screen = work.page.title if work is not None else ""
        show_keys(self._frame, self._frame.desk, self._frame.actions_table.keys_for(screen), screen)

    def about(self) -> None:
        """Version, licence and whose map data this is."""
        from lac_desktop.ui.help import show_about

        session = self._frame.session
        pack = session.notebook.pack if session is not None else None
        show_about(self._frame, self._frame.desk, pack.info.attribution if pack else "")

    def explain_privacy(self) -> None:
        """Who can see what is on screen."""
        from lac_desktop.ui.help import show_privacy

        if self._frame.session is not None:
            show_privacy(self._frame, self._frame.desk, self._frame.session.notebook)

    def _verified(self, problems: list[str]) -> None:
        """Say what the check found."""
        if not problems:
            self._frame.desk.messages.done(tr("The notebook is sound: every check passed."))
            return
        self._frame.desk.messages.problem(
            LacError(" ".join(problems), tr("Back up now, then restore your last good backup."))
        )
