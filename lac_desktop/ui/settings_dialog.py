# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the account (look, size, keys) and of the notebook (who, nation, patch, terms)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from lac_desktop.domain.progress import Progress
from lac_desktop.services.preferences import TEXT_SIZES
from lac_desktop.ui.desk import Desk
from lac_desktop.ui.dialogs import Dialog, ask
from lac_desktop.ui.forms import Form, choice, text_field
from lac_desktop.ui.patch import PatchChoice
from lac_desktop.ui.start.steps import NATIONS
from lac_desktop.ui.terms import TermsEditor
from lac_desktop.ui.words import languages, tr

if TYPE_CHECKING:
    from lac_desktop.services.notebook import Notebook
    from lac_desktop.services.settings import NotebookSettings
    from lac_desktop.ui.frame import Frame
    from lac_desktop.ui.session import Session

_THEMES = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
_PACES = (("slow", "Slow"), ("usual", "Usual"), ("wheelchair", "Wheelchair"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: values of Preferences, and of the notebook's settings where one is open."""

    look: dict[str, object]
    notebook: dict[str, object]


class SettingsDialog(Dialog[Chosen]):
    """Look and size show at once; the rest is kept on Save."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        notebook: Notebook | None,
        prefer: Callable[..., None],
    ) -> None:
        super().__init__(parent, desk.theme, tr("Settings"), tr("Save settings"))
        self._desk = desk
        preferred = desk.preferences
        form = self.form = Form(desk.theme)
        form.heading(tr("This account"))
        self.themes = choice([(v, tr(w)) for v, w in _THEMES], preferred.theme)
        self.sizes = choice([(str(n), f"{n} %") for n in TEXT_SIZES], str(preferred.text_size))
        form.add("theme", tr("Colours"), self.themes)
        form.add("size", tr("Text size"), self.sizes)
        self.themes.activated.connect(lambda: prefer(theme=self.themes.currentData()))
        self.sizes.activated.connect(lambda: prefer(text_size=int(self.sizes.currentData())))
        self.language = choice(languages().items(), preferred.language)
        if self.language.count() > 1:
            form.add("language", tr("Language"), self.language, tr("Shows at the next start."))
        self.letters = QCheckBox()
        form.add(
            "letters",
            tr("Single letters are keys in lists"),
            self.letters,
            tr("Such as S for “still right”. Without it, typing goes to a name."),
        )
        self.letters.setChecked(preferred.letter_keys)
        self._notebook = notebook
        if notebook is not None:
            self._of_notebook(notebook)
            self._of_area(notebook)
        self.body.addWidget(form)
        self.body.addStretch(1)
        self.fit(560, 640 if notebook is not None else 0)

    def answer(self) -> Chosen | None:
        """Everything, or None with the field marked."""
        look: dict[str, object] = {"letter_keys": self.letters.isChecked()}
        if self.language.count() > 1:
            look["language"] = self.language.currentData()
        if self._notebook is None:
            return Chosen(look, {})
        who = self.who.text().strip()
        problems = {} if who else {"who": tr("Type your name.")}
        if wrong := self.terms.problem():
            problems["terms"] = wrong
        if not self.form.show_problems(problems):
            return None
        patch = self.patch.chosen()
        return Chosen(
            look,
            {
                "who": who,
                "nation": self.nation.currentData(),
                "pace": self.pace.currentData(),
                "lock_minutes": self.minutes.value(),
                "patch": patch.shape,
                "patch_name": patch.name,
                "terms": self.terms.terms(),
            },
        )

    def _of_notebook(self, notebook: Notebook) -> None:
        """The part that travels with the notebook."""
        settings = notebook.settings
        self.form.heading(tr("This notebook"))
        self.who = text_field(settings.who)
        self.nation = choice([(v, tr(w)) for v, w in NATIONS], settings.nation)
        self.pace = choice([(v, tr(w)) for v, w in _PACES], settings.pace)
        self.minutes = QSpinBox()
        self.minutes.lineEdit().setTextMargins(7, 0, 0, 0)  # as in the fields round it
        self.minutes.setRange(0, 120)
        self.minutes.setSuffix(tr(" minutes"))
        self.minutes.setSpecialValueText(tr("Never"))
        self.minutes.setValue(settings.lock_minutes)
        self.form.add(
            "who", tr("Your name"), self.who, tr("Shown as “checked by” and in the history.")
        )
        self.form.add("nation", tr("Nation"), self.nation, tr("For bank holidays."))
        self.form.add(
            "pace",
            tr("Walking pace"),
            self.pace,
            tr("For all minutes on foot. Wheelchair leaves out ways with steps."),
        )
        self.form.add(
            "minutes",
            tr("Lock when idle for"),
            self.minutes,
            tr("The passphrase is then asked for again. What is being typed is kept."),
        )

    def _of_area(self, notebook: Notebook) -> None:
        """My patch, and the school terms of its council."""
        self.form.heading(tr("Your area"))
        self.patch = PatchChoice(self._desk, notebook, self.form)
        today = notebook.clock().date()
        self.terms = TermsEditor(self.theme, notebook.settings.terms, today)
        self.form.add(
            "terms",
            tr("School terms"),
            self.terms,
            tr("For what happens in term time only. Your council publishes the dates."),
        )


def ask_for_settings(frame: Frame) -> None:
    """Show the settings and keep what was chosen."""
    session = frame.session
    open_one = session.notebook if session is not None else None
    chosen = ask(frame, SettingsDialog(frame, frame.desk, open_one, frame.prefer))
    if chosen is None:
        return
    frame.prefer(**chosen.look)
    if session is None or not chosen.notebook:
        return
    before = session.notebook.settings
    wanted = replace(before, **chosen.notebook)
    if wanted != before:
        _keep(frame, session, wanted, lambda: _keep(frame, session, before, None))


def _keep(
    frame: Frame, session: Session, wanted: NotebookSettings, undo: Callable[[], None] | None
) -> None:
    """Keep settings on a worker thread, show what follows from them, and offer Undo."""
    notebook = session.notebook

    def work(_progress: Progress) -> None:
        from lac_desktop.services import notebook as notebooks

        notebooks.save_settings(notebook, wanted)

    def done(_result: object) -> None:
        frame.idle.start(0 if notebook.is_demo else wanted.lock_minutes)
        frame.say_lock_time()
        session.changed()
        if undo is not None:
            frame.desk.messages.done(tr("The settings are saved."), tr("Undo"), undo)
        else:
            frame.desk.messages.done(tr("The settings are as they were."))

    frame.desk.jobs.run(work, done, title=tr("Saving"))
