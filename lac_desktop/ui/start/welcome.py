# SPDX-License-Identifier: AGPL-3.0-or-later
"""First run: look round the demo, or set up a notebook in five short steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.domain.urgent import UrgentNumbers
from lac_desktop.errors import LacError
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.forms import Form, choice, focus_of
from lac_desktop.ui.start.passphrase import NewPassphrase
from lac_desktop.ui.start.recovery_code import RecoveryCode
from lac_desktop.ui.start.screen import StartScreen
from lac_desktop.ui.start.steps import WhoAndWhere
from lac_desktop.ui.widgets import button, label, line, row
from lac_desktop.ui.words import languages, tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook

_THEMES = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)


@dataclass(slots=True)
class _Answers:
    """What was answered so far."""

    who: str = ""
    nation: str = "england"
    folder: Path | None = None
    passphrase: str = ""
    notebook: Notebook | None = None


class WelcomeScreen(StartScreen):
    """One question a screen; Back keeps what was answered."""

    def __init__(self, desk: Desk, numbers: UrgentNumbers) -> None:
        super().__init__(desk, numbers, tr("Welcome"))
        self.answers = _Answers()
        self.body: QWidget | None = None
        self.next: Callable[[], object] = lambda: None
        self.look()

    def look(self) -> None:
        """Step (a): text size, look and language with live preview; demo or set up."""
        self._begin(tr("Welcome to LAC Desktop"), tr(
            "A notebook and map of your neighbourhood. Everything stays on this laptop."
        ))  # fmt: skip
        form = Form(self.desk.theme)
        preferred = self.desk.preferences
        sizes = choice(
            [(str(n), f"{n} %") for n in (90, 100, 110, 125, 150, 175, 200)],
            str(preferred.text_size),
        )
        themes = choice([(value, tr(words)) for value, words in _THEMES], preferred.theme)
        form.add("size", tr("Text size"), sizes)
        form.add("theme", tr("Colours"), themes)
        sizes.activated.connect(lambda: self._prefer(text_size=int(sizes.currentData())))
        themes.activated.connect(lambda: self._prefer(theme=themes.currentData()))
        if len(spoken := languages()) > 1:
            form.add("language", tr("Language"), self._languages(spoken))
        self.column.addWidget(form)
        self.column.addSpacing(12)
        self.column.addWidget(line())
        self.column.addSpacing(8)
        demo = button(tr("Have a look round first"), self._demo)
        own = button(tr("Set up my own"), self.who, "primary")
        self.column.addLayout(row(own, demo, None))
        self.column.addWidget(
            label(tr("The look round opens an invented neighbourhood. It needs no passphrase, and "
                     "nothing of it is kept."), "caption", wrap=True)
        )  # fmt: skip
        self.column.addSpacing(16)
        other = button(tr("Open a notebook that is there"), self.other.emit, "link")
        back = button(tr("Restore from a backup"), self.restore.emit, "link")
        self.column.addLayout(row(other, back, None))
        self._end(own)

    def who(self) -> None:
        """Step (b): who I am, the nation, and where the notebook lies."""
        self._begin(tr("Who and where"), tr("Step 1 of 4"))
        step = WhoAndWhere(self.desk, self.answers.who, self.answers.nation, self.answers.folder)
        self.column.addWidget(step)

        def on() -> None:
            if answer := step.answer():
                self.answers.who, self.answers.nation, self.answers.folder = answer
                self.passphrase()

        self._buttons(tr("Next"), on, self.look)
        self._end(step)

    def passphrase(self) -> None:
        """Step (c): a passphrase."""
        self._begin(tr("A passphrase"), tr("Step 2 of 4"))
        step = NewPassphrase(self.desk)
        self.column.addWidget(step)
        self.column.addWidget(
            label(tr("There is no way round it: without the passphrase or the recovery code of "
                     "the next step nobody can open the notebook, we neither."),
                  "caption", wrap=True)
        )  # fmt: skip

        def on() -> None:
            if chosen := step.chosen():
                self.answers.passphrase = chosen
                self._make()

        self._buttons(tr("Make the notebook"), on, self.who)
        self._end(step)

    def recovery(self, code: str) -> None:
        """Step (d): the recovery code, typed back."""
        self._begin(tr("Your recovery code"), tr("Step 3 of 4"))
        self.column.addWidget(
            label(tr("It opens the notebook if the passphrase is forgotten. It is shown once: "
                     "print it, save it to a drive, or write it down."), wrap=True)
        )  # fmt: skip
        step = RecoveryCode(self.desk, code)
        self.column.addWidget(step)

        def on() -> None:
            if step.typed_back():
                self._unlock()

        self._buttons(tr("I have kept it"), on, None)
        self._end(step)

    def area(self) -> None:
        """Step (e): an area pack and the patch, or an empty map."""
        from lac_desktop.ui.start.area import Area

        notebook = self.answers.notebook
        assert notebook is not None
        self._begin(tr("Your area"), tr("Step 4 of 4"))
        step = Area(self.desk, notebook)
        self.column.addWidget(step)

        def on() -> None:
            step.keep(lambda: self.opened.emit(notebook))

        self._buttons(tr("Open my notebook"), on, None)
        self._end(step)

    def _make(self) -> None:
        """Make the notebook on a worker thread, then show its code."""
        answers = self.answers
        folder = answers.folder
        assert folder is not None
        self.setEnabled(False)

        def work(_progress: Progress) -> str:
            from lac_desktop.services import notebook
            from lac_desktop.services.settings import NotebookSettings

            settings = NotebookSettings(who=answers.who, nation=answers.nation)
            return notebook.create(folder, answers.passphrase, settings)

        def done(code: str) -> None:
            self.setEnabled(True)
            self.recovery(code)

        self.desk.jobs.run(work, done, self._failed, title=tr("Making the notebook"))

    def _unlock(self) -> None:
        """Open the new notebook and forget the passphrase."""
        answers, folder = self.answers, self.answers.folder
        assert folder is not None
        self.setEnabled(False)
        secret, answers.passphrase = answers.passphrase, ""

        def work(_progress: Progress) -> Notebook:
            from lac_desktop.services import notebook

            return notebook.unlock(folder, secret)

        def done(notebook: Notebook) -> None:
            self.setEnabled(True)
            answers.notebook = notebook
            self.area()

        self.desk.jobs.run(work, done, self._failed, title=tr("Opening the notebook"))

    def _failed(self, error: LacError) -> None:
        """Say so and let the answers be changed."""
        self.setEnabled(True)
        self.desk.messages.problem(error)

    def _demo(self) -> None:
        """Open the demo at once."""
        window = self.window()
        getattr(window, "commands").open_demo()  # noqa: B009 - the window is a Frame

    def _prefer(self, **values: object) -> None:
        """Keep a setting and show it at once."""
        getattr(self.window(), "prefer")(**values)  # noqa: B009 - the window is a Frame

    def _languages(self, spoken: dict[str, str]) -> QComboBox:
        """The languages there are words for; a change shows at the next start."""
        made = choice(spoken.items(), self.desk.preferences.language)
        made.activated.connect(lambda: self._prefer(language=made.currentData()))
        return made

    def _begin(self, title: str, under: str) -> None:
        """Begin a screen."""
        self.empty()
        self.column.addStretch(1)
        self.column.addWidget(label(title, "display", wrap=True))
        self.column.addWidget(label(under, "lead", "muted", wrap=True))
        self.column.addSpacing(12)

    def _buttons(
        self, words: str, on: Callable[[], object], back: Callable[[], object] | None
    ) -> None:
        """The foot of a screen."""
        self.next = on
        self.column.addSpacing(12)
        forward = button(words, on, "primary")
        forward.setDefault(True)
        parts = [forward, button(tr("Back"), back)] if back else [forward]
        self.column.addLayout(row(*parts, None))
        for edit in self.findChildren(QLineEdit):
            edit.returnPressed.connect(on)

    def _end(self, first: QWidget) -> None:
        """End a screen and put the focus on its first field."""
        self.column.addStretch(2)
        self.first = focus_of(first)
        self.first.setFocus()
